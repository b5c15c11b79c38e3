"""What editors ask, answered in plain values: definition, hover, completion, mentions, renaming, corrections."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from orgdocs.editing import reorganising
from orgdocs.editing.symbols import Symbol, defined_at, find_mentions
from orgdocs.editors.references import known_ids, title_of
from orgdocs.problems import Place, Sentence, Span
from orgdocs.server.edits import Renaming, list_edits
from orgdocs.server.places import Spot, find_gap, find_spot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgdocs.hierarchy import Hierarchy
    from orgdocs.model import Position, Unit
    from orgdocs.server.desk import Desk


class Offer(NamedTuple):
    """An id that may stand at the cursor: what it is called, and the stretch that it takes the place of."""

    id: str
    title: str
    span: Span


def locate(desk: Desk, path: str, line: int, column: int) -> tuple[str, Span] | None:
    """Where the id under the cursor is defined."""
    spot = find_spot(desk, path, line, column)
    return _define(desk, spot.symbol) if spot is not None else None


def _define(desk: Desk, symbol: Symbol) -> tuple[str, Span] | None:
    place = defined_at(desk.project, symbol)
    if place is None:
        return None
    document = desk.document(place.path)
    return (place.path, document.span(place)) if document is not None else None


def offer_ids(desk: Desk, path: str, text: str, line: int, column: int) -> list[Offer]:
    """The ids that may stand at the cursor, with their titles."""
    gap = find_gap(desk, path, text, line, column)
    if gap is None:
        return []
    if gap.referred == "organisation":
        names = {key: str(title_of(item.institution, key) or "") for key, item in desk.project.hierarchies.items()}
        return [Offer(key, name, gap.span) for key, name in names.items()]
    own = desk.hierarchy(path)
    found: dict[str, str] = {}
    for hierarchy in [own] if own is not None else desk.project.hierarchies.values():
        found |= known_ids(hierarchy, gap.referred, gap.unit)
    return [Offer(key, title, gap.span) for key, title in found.items()]


def mentions(desk: Desk, path: str, line: int, column: int, *, definition: bool) -> list[tuple[str, Span]]:
    """Where the thing under the cursor is named, with its definition if that is wanted."""
    spot = find_spot(desk, path, line, column)
    if spot is None:
        return []
    places = (Place(mention.path, mention.route) for mention in find_mentions(desk.project, spot.symbol))
    found = [(place.path, desk.project.documents[place.path].span(place)) for place in places]
    defined = _define(desk, spot.symbol) if definition else None
    return [*([defined] if defined else []), *found]


# -- hover ----------------------------------------------------------------------------------------------------------


def describe(desk: Desk, path: str, line: int, column: int) -> tuple[list[Sentence], Span] | None:
    """What the thing under the cursor is, in lines of Markdown: title, unit, superior, and the titles of its papers."""
    spot = find_spot(desk, path, line, column)
    if spot is None:
        return None
    hierarchy = desk.project.hierarchies[spot.symbol.organisation]
    title, lines = _describe(desk, hierarchy, spot.symbol)
    return [Sentence("**{name}**", name=_escape(title)), *lines], spot.span


def _describe(desk: Desk, hierarchy: Hierarchy, symbol: Symbol) -> tuple[str, list[Sentence]]:
    institution = hierarchy.institution
    title = title_of(institution, symbol.id) or symbol.id
    if symbol.space == "entity" and symbol.id in institution.positions:
        return title, [*_about_post(hierarchy, institution.positions[symbol.id]), *_papers(desk, symbol)]
    if symbol.space == "entity" and (unit := institution.unit(symbol.id)) is not None:
        return title, [*_about_unit(hierarchy, unit), *_papers(desk, symbol)]
    if symbol.space == "act" and (act := institution.acts.get(symbol.id)) is not None:
        said = [str(word) for word in (act.date, act.number) if word]
        return title, [Sentence("{name}", name=_escape(", ".join(said)))] if said else []
    if symbol.space == "clauses":
        holders = sum(symbol.id in {ref.id for ref in post.includes} for post in institution.positions.values())
        return symbol.id, [Sentence("clause set; posts that include it: {count}", count=holders)]
    if symbol.space == "function":
        names = ", ".join(_escape(title_of(institution, post.id) or post.id) for post in hierarchy.performers(symbol.id))
        performed = Sentence("performed by: {names}", names=names) if names else Sentence("performed by nobody")
        return known_ids(hierarchy, "function").get(symbol.id, symbol.id), [performed]
    if symbol.space in {"territory", "task"}:
        return known_ids(hierarchy, symbol.space, symbol.unit).get(symbol.id, symbol.id), []
    return title, []


def _about_post(hierarchy: Hierarchy, post: Position) -> Iterator[Sentence]:
    institution = hierarchy.institution
    if (unit := hierarchy.unit_of(post)) is not None:
        yield Sentence("unit: {name}", name=_escape(title_of(institution, unit.id) or unit.id))
    if (superior := hierarchy.superior(post)) is not None:
        yield Sentence("superior: {name}", name=_escape(title_of(institution, superior.id) or superior.id))


def _about_unit(hierarchy: Hierarchy, unit: Unit) -> Iterator[Sentence]:
    institution = hierarchy.institution
    if (parent := next(hierarchy.parents(unit), None)) is not None:
        yield Sentence("unit above: {name}", name=_escape(title_of(institution, parent.id) or parent.id))
    if (head := hierarchy.head(unit)) is not None:
        yield Sentence("head: {name}", name=_escape(title_of(institution, head.id) or head.id))


def _papers(desk: Desk, symbol: Symbol) -> Iterator[Sentence]:
    """The papers about a post or unit, each with its title as it is printed."""
    for paper, content in desk.project.contents.items():
        if (paper.organisation, paper.subject) == (symbol.organisation, symbol.id):
            words = " ".join((content.body["name"], *content.body["subject"])).split() or [content.body["title"]]
            yield Sentence("paper: *{name}*", name=_escape(" ".join(words)))


def _escape(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", text)


# -- renaming -------------------------------------------------------------------------------------------------------


def renamable(desk: Desk, path: str, line: int, column: int) -> Spot | None:
    """The symbol under the cursor, if it can be renamed: an organisation is renamed with its folders, by hand."""
    spot = find_spot(desk, path, line, column)
    return None if spot is None or spot.symbol.id == spot.symbol.organisation else spot


def rename(desk: Desk, symbol: Symbol, new: str) -> Renaming:
    """What must change so that a symbol has another id: the same as ``orgdocs rename`` does.

    Raises:
        ReorganisingError: the new id cannot be one, or is taken, or a file that would have to change has faults.
    """
    return list_edits(desk.project, reorganising.rename(desk.project, symbol, new))
