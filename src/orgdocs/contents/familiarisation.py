"""Sheets and the journal on which staff sign that they have read the papers that concern them.

In Ukraine the employee signs on the paper itself, on a sheet of its own where there is no room, or in a journal (rules of
record keeping, order of the Ministry of Justice of 18.06.2015 № 1000/5, section II).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orgdocs.contents import job_description, regulation
from orgdocs.contents.tables import Columns, make_columns, make_heading, make_row
from orgdocs.language import capitalise
from orgdocs.model import Organisation, Paper, Position, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgdocs.contents.composing import Composer
    from orgdocs.contents.content import Body

SHEET, JOURNAL = "familiarisation-sheet", "familiarisation-journal"

READ = frozenset({job_description.KIND, regulation.KIND})
"""The kinds of papers that staff sign to have read."""

_FEWEST_ROWS = 10
"""A sheet has room for newcomers."""


def write_sheet(composer: Composer, subject: Unit | Position) -> Body:
    """The sheet to be signed for the job description of a post, or for the regulation of a unit by everybody in it."""
    sight = composer.sight
    paper = subject.job_description if isinstance(subject, Position) else subject.regulation
    view = {**about(composer, subject), **_approval(composer, subject), "acquaintance_places": 3}
    body = composer.compose(SHEET, view, subject, paper)
    columns: Columns = composer.wording(SHEET).data["columns"]
    body["columns"] = make_columns(columns)
    body["signatures"] = []  # whoever reads it signs in its rows
    readers = [subject] if isinstance(subject, Position) else list(sight.hierarchy.members(subject))
    rows = [entry for post in readers for entry in _places(composer, post)]
    rows += [{}] * (_FEWEST_ROWS - len(rows))
    body["rows"] = [make_row("post", {**entry, "number": str(number)}, columns) for number, entry in enumerate(rows, 1)]
    return body


def write_journal(composer: Composer, organisation: Organisation, papers: Iterable[tuple[str, Unit | Position]]) -> Body:
    """The journal of all job descriptions and regulations, unit by unit, a row for each person who has to read each of them."""
    sight = composer.sight
    view = {**about(composer, organisation), "acquaintance_places": 3}
    body = composer.compose(JOURNAL, view, organisation, Paper())
    columns: Columns = composer.wording(JOURNAL).data["columns"]
    body["columns"] = make_columns(columns)
    body["signatures"] = []  # whoever reads it signs in its rows
    by_unit: dict[str, list[tuple[str, Unit | Position]]] = {}
    for kind, subject in papers:
        if kind not in READ:
            continue
        unit = sight.hierarchy.unit_of(subject) if isinstance(subject, Position) else subject
        if unit is not None:  # else a rule reports what the post says of its unit
            by_unit.setdefault(unit.id, []).append((kind, subject))
    number = 0
    for unit in sight.hierarchy.branch(organisation):
        if unit.id not in by_unit:
            continue
        body["rows"].append(make_heading(capitalise(sight.unit(unit)["nominative"])))
        for kind, subject in sorted(by_unit[unit.id], key=lambda entry: entry[0] != regulation.KIND):
            readers = [subject] if isinstance(subject, Position) else list(sight.hierarchy.members(subject))
            title = capitalise(composer.row(JOURNAL, kind, about(composer, subject)))
            for post in readers:
                for entry in _places(composer, post):
                    number += 1
                    body["rows"].append(make_row("post", {**entry, "number": str(number), "paper": title}, columns))
    return body


def about(composer: Composer, subject: Unit | Position) -> dict[str, Any]:
    """What a wording may say of the paper about a post or unit: what it is called, and whose it is."""
    sight = composer.sight
    if isinstance(subject, Position):
        naming = job_description.naming(sight, subject)
        return {**naming, "name": naming["unit"]}
    return {
        "name": sight.unit(subject),
        "paper": None,
        "for_worker": False,
        "post": None,
        "unit": None,
        "unit_in_title": False,
        "in_unit": False,
    }


def _approval(composer: Composer, subject: Unit | Position) -> dict[str, Any]:
    """Whose act approves the paper that is read: without a number of its own it is known by that of the act."""
    sight = composer.sight
    approval = sight.approval(job_description.KIND if isinstance(subject, Position) else regulation.KIND, subject)
    if approval is None or not approval.act:
        return {}
    return {"approver": sight.referred(approval.by), "approval_act": sight.act_kind(approval.act)}


def _places(composer: Composer, post: Position) -> Iterator[dict[str, str]]:
    """A row for each holder of a post: with the name where it is known, which it is where there is one."""
    posts = max(post.staffing.posts if post.staffing else 1, 1)
    title = capitalise(composer.sight.post(post)["nominative"])
    for _ in range(posts):
        yield {"post": title, "name": composer.person_name(post) if posts == 1 else ""}
