"""A comparison for programs: a JSON document."""

from __future__ import annotations

import json
from typing import Any

from orgdocs.comparing import Change, Comparison, Figures, PaperChange, Row, Spot, Subject, Totals, Value
from orgdocs.reporting.changes import Telling


def report_changes_json(comparison: Comparison, telling: Telling) -> str:
    """The comparison as JSON: ``changes``, ``totals``, ``papers``, ``notes``.

    Sentences are in the language of the report; numbers are texts with a decimal point, days are written year-month-day. A
    paper names the changes that reach it by their number in ``changes``, from 0.
    """
    numbers = {id(change): number for number, change in enumerate(comparison.changes)}
    data = {
        "changes": [_change(comparison, telling, change) for change in comparison.changes],
        "totals": [_totals(totals) for totals in comparison.totals],
        "papers": [_paper(paper, numbers) for paper in comparison.papers],
        "notes": [telling.say(note) for note in comparison.notes],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _change(comparison: Comparison, telling: Telling, change: Change) -> dict[str, Any]:
    return {
        "kind": str(change.kind),
        "organisation": change.organisation or None,
        "subject": _subject(change.subject),
        "field": change.field or None,
        "what": telling.say(change.what),
        "sentence": telling.change(change),
        "before": _value(telling, change.before),
        "after": _value(telling, change.after),
        "words": [{"text": segment.text, "state": segment.state} for segment in change.words],
        "was": _spot(comparison.spot_before(change)),
        "now": _spot(comparison.spot_after(change)),
        "source": _subject(change.source) if change.source is not None else None,
        "reach": [post.id for post in change.reach],
    }


def _value(telling: Telling, value: Value | None) -> Any:
    if value is None:
        return None
    if isinstance(value, tuple):
        return [_value(telling, one) for one in value]
    return telling.plain(value)


def _subject(subject: Subject) -> dict[str, str]:
    return {"kind": subject.kind, "id": subject.id, "title": subject.title}


def _spot(spot: Spot | None) -> dict[str, Any] | None:
    return {"path": spot.path, "line": spot.line} if spot is not None else None


def _totals(totals: Totals) -> dict[str, Any]:
    return {
        "organisation": totals.organisation,
        "currency": totals.currency or None,
        "whole": _row(totals.whole),
        "units": [{"unit": _subject(row.subject), **_row(row)} for row in totals.units],
    }


def _row(row: Row) -> dict[str, Any]:
    return {"before": _figures(row.before), "after": _figures(row.after), "difference": _figures(row.difference)}


def _figures(figures: Figures) -> dict[str, Any]:
    return {"posts": figures.posts, "units": f"{figures.units:f}", "payroll": f"{figures.payroll:f}"}


def _paper(paper: PaperChange, numbers: dict[int, int]) -> dict[str, Any]:
    return {
        "paper": str(paper.paper),
        "language": paper.paper.language,
        "state": paper.state,
        "formerly": str(paper.formerly) if paper.formerly is not None else None,
        "subject": _subject(paper.subject),
        "reasons": [numbers[id(change)] for change in paper.reasons],
    }
