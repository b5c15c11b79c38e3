"""The list of papers with the days on which they are due for review: what an organisation looks at again, and when."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from orgdocs.contents import regulation
from orgdocs.contents.familiarisation import about
from orgdocs.contents.tables import Columns, make_columns, make_row
from orgdocs.language import capitalise
from orgdocs.model import Organisation, Paper, Position, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgdocs.contents.composing import Composer
    from orgdocs.contents.content import Body

KIND = "review-list"

_LONGEST = 1200
"""Months: no paper waits longer than a century."""


class Review(NamedTuple):
    """One paper and its review. All days are None where nothing is known to count from."""

    kind: str
    subject: Unit | Position
    months: int
    approved: dt.date | None
    reviewed: dt.date | None
    due: dt.date | None


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; the last one of a month that is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def paper_of(organisation: Organisation, kind: str, subject: Unit | Position) -> Paper:
    """The particulars of a paper about a post or unit."""
    if isinstance(subject, Position):
        return subject.job_description
    return subject.regulation if kind == regulation.KIND else organisation.staffing_table.paper


def find_reviews(organisation: Organisation, papers: Iterable[tuple[str, Unit | Position]]) -> list[Review]:
    """Every paper that is looked at again, by the day on which it is due; those with nothing to count from come first."""
    found = []
    for kind, subject in papers:
        paper = paper_of(organisation, kind, subject)
        months = paper.review_every if paper.review_every is not None else organisation.review_every.get(kind)
        if not months:
            continue
        months = min(months, _LONGEST)
        approved = paper.approval.date or paper.date
        last = max((day for day in (approved, paper.reviewed_on) if day), default=None)
        found.append(Review(kind, subject, months, approved, paper.reviewed_on, add_months(last, months) if last else None))
    return sorted(found, key=lambda review: review.due or dt.date.min)


def write(composer: Composer, organisation: Organisation, papers: Iterable[tuple[str, Unit | Position]]) -> Body:
    """The body of the list. It does not say what is overdue: a paper knows no clock."""
    sight = composer.sight
    view = {**about(composer, organisation), "acquaintance_places": 3}
    body = composer.compose(KIND, view, organisation, Paper())
    columns: Columns = composer.wording(KIND).data["columns"]
    body["columns"] = make_columns(columns)
    body["signatures"] = []
    known = [review for review in find_reviews(organisation, papers) if _is_placed(composer, review.subject)]
    for number, review in enumerate(known, 1):
        signers = composer.signers(review.kind, review.subject)
        figures = {
            "number": str(number),
            "paper": capitalise(composer.row(KIND, review.kind, about(composer, review.subject))),
            "approved": sight.day(review.approved) if review.approved else "",
            "reviewed": sight.day(review.reviewed) if review.reviewed else "",
            "months": str(review.months),
            "due": sight.day(review.due) if review.due else "",
            "responsible": ", ".join(capitalise(sight.actor(actor)["nominative"]) for actor in signers),
        }
        body["rows"].append(make_row("post", figures, columns))
    return body


def _is_placed(composer: Composer, subject: Unit | Position) -> bool:
    """Whether the unit of a post is known; else a rule reports what the post says of it."""
    return not isinstance(subject, Position) or composer.sight.hierarchy.unit_of(subject) is not None
