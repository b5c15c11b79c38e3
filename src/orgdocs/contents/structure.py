"""The content of the structure sheet: the units of an organisation with heads and posts, on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orgdocs.contents.tables import Columns, make_columns, make_row
from orgdocs.language import capitalise, format_number
from orgdocs.model import Organisation, Paper
from orgdocs.staffing import calculate_line, exists_in, total

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgdocs.contents.composing import Composer
    from orgdocs.contents.content import Body
    from orgdocs.hierarchy import Hierarchy
    from orgdocs.model import Unit

KIND = "structure"


def write(composer: Composer, organisation: Organisation) -> Body:
    """The body of the structure sheet of an organisation."""
    sight = composer.sight
    wording = composer.wording(KIND)
    body = composer.compose(KIND, _view(composer, organisation), organisation, Paper())
    columns: Columns = wording.data["columns"]
    body["columns"] = make_columns(columns)
    lines = []
    for number, unit in numbered_units(sight.hierarchy, organisation):
        posts = [post for post in sight.hierarchy.members(unit) if exists_in(organisation.staffing_table, post)]
        own = [line for post in posts if (line := calculate_line(post)) is not None]
        lines += own
        head = sight.hierarchy.head(unit)
        name = capitalise(sight.unit(unit)["nominative"])
        if unit.legal_entity and unit is not organisation:
            name = f"{name} ({sight.words['structure']['legal_entity']})"
        figures = {
            "number": number,
            "unit": name,
            "head": capitalise(sight.post(head)["nominative"]) if head else "",
            "posts": str(total(own).posts),
            "units": format_number(total(own).units, sight.language),
        }
        body["rows"].append(make_row("post", figures, columns))
    sums = {
        "unit": wording.data["rows"]["total"],
        "posts": str(total(lines).posts),
        "units": format_number(total(lines).units, sight.language),
    }
    body["rows"].append(make_row("total", sums, columns))
    return body


def _view(composer: Composer, organisation: Organisation) -> dict[str, Any]:
    return {"name": composer.sight.unit(organisation), "acquaintance_places": 3}


def numbered_units(hierarchy: Hierarchy, organisation: Organisation) -> Iterator[tuple[str, Unit]]:
    """The organisation and its units from the top down, numbered 1, 1.1, 2 … below it."""
    yield "", organisation
    waiting = [(str(number), unit) for number, unit in enumerate(hierarchy.children(organisation), 1)]
    seen: set[str] = set()
    while waiting:
        number, unit = waiting.pop(0)
        if unit.id in seen:
            continue
        seen.add(unit.id)
        yield number, unit
        waiting[:0] = [(f"{number}.{index}", child) for index, child in enumerate(hierarchy.children(unit), 1)]
