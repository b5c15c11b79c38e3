"""What an import made of staffing tables, as plain data for machines and as lines for people."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from orgdocs.importing.filing import say_value
from orgdocs.importing.tables.figures import show
from orgdocs.problems import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from orgdocs.importing.drafts import PostRow, UnitRows
    from orgdocs.importing.tables.filing import FiledTable
    from orgdocs.importing.tables.proving import Cells

_WIDTH = 80
_SHOWN = 5

FIGURES = {
    "units": Sentence("staff units"), "posts": Sentence("posts"), "month": Sentence("fund of a month"), "year": Sentence("fund of a year"),
    "salary_fund": Sentence("fund of salaries"), "filled": Sentence("filled"), "vacant": Sentence("vacant"), "salary": Sentence("salaries"),
}  # fmt: skip
"""The figures of a table in words."""


def table_data(filed: FiledTable, cells: Cells, patterns: Mapping[str, str]) -> dict[str, Any]:
    """Everything that is known about a table, JSON-able."""
    draft = filed.draft
    places = {id(one.row): one for one in filed.rows}

    def row_data(row: PostRow) -> dict[str, Any]:
        one = places[id(row)]
        values = {name: say_value(value) for name, value in row.values.items()}
        return {
            "row": row.spot.row, "title": row.title, "id": one.id, "path": one.path, "outcome": one.outcome, "values": values,
            "figures": _figures(row.figures), "kept": [list(pair) for pair in row.kept], "persons": list(row.persons),
        }  # fmt: skip

    def group_data(number: int, group: UnitRows) -> dict[str, Any]:
        return {
            "name": group.name, "kind": group.kind, "unit": filed.units[number][0] if number in filed.units else None,
            "totals": _figures(group.totals), "kept": [list(pair) for pair in group.kept], "rows": [row_data(row) for row in group.rows],
        }  # fmt: skip

    return {
        "sheet": draft.sheet,
        "name": draft.organisation or " ".join(draft.title),
        "language": draft.language,
        "title": list(draft.title),
        "above": list(draft.above),
        "below": list(draft.below),
        "kept": [list(pair) for pair in draft.kept],
        "settings": {name: say_value(value) for name, value in draft.settings.items()},
        "totals": _figures(draft.totals),
        "groups": [group_data(number, group) for number, group in enumerate(draft.groups)],
        "missing": filed.missing,
        "cells": {"written": cells.written, "derived": cells.derived, "told": cells.told, "lost": [list(pair) for pair in cells.lost]},
        "odd": [{"code": one.code, "row": one.spot.row, "sentence": one.sentence.told(patterns)} for one in draft.oddnesses],
    }


def _figures(figures: Mapping[str, Decimal]) -> dict[str, str]:
    return {name: show(value) for name, value in figures.items()}


def table_lines(data: Mapping[str, Any], patterns: Mapping[str, str]) -> Iterator[str]:
    """A table for a terminal of 80 columns."""

    def say(sentence: Sentence, indent: int = 4) -> Iterator[str]:
        yield from textwrap.wrap(
            sentence.told(patterns), _WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2),
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip

    rows = [row for group in data["groups"] for row in group["rows"]]
    counts = {outcome: sum(row["outcome"] == outcome for row in rows) for outcome in ("new", "filled", "same", "differs")}
    yield from say(Sentence("staffing table: {name}", name=data["name"]), 2)
    units = {group["unit"] for group in data["groups"] if group["unit"]}
    yield from say(Sentence("units: {units}, rows: {rows}", units=len(units), rows=len(rows)))
    yield from say(
        Sentence(
            "posts that are new: {new}, that got their staffing: {filled}, that have it already: {same}, otherwise: {differs}", **counts
        )
    )
    for name, value in data["totals"].items():
        if name in FIGURES:
            yield from say(Sentence("{what}, as the table says: {number}", what=FIGURES[name], number=value))
    cells = data["cells"]
    count = cells["written"] + cells["derived"] + cells["told"] + len(cells["lost"])
    yield from say(
        Sentence(
            "cells: {count}; in the files: {written}, follow from others: {derived}, in this report: {told}, lost: {lost}",
            count=count, written=cells["written"], derived=cells["derived"], told=cells["told"], lost=len(cells["lost"]),
        )
    )  # fmt: skip
    for cell, text in cells["lost"][:_SHOWN]:
        yield from say(Sentence("{cell}, not found again: {words}", cell=cell, words=text), 6)
    for row in rows:
        for head, text in row["kept"]:
            yield from say(
                Sentence(
                    "row {row}, not understood, kept as a comment: {words}", row=row["row"], words=f"{head}: {text}" if head else text
                ),
                6,
            )
    if data["missing"]:
        yield from say(Sentence("have staffing and are not in the table: {ids}", ids=", ".join(data["missing"])))
    if data["odd"]:
        yield from say(Sentence("odd in the old paper: {count}", count=len(data["odd"])))
        for odd in data["odd"]:
            yield from say(Sentence("row {row}: {what}", row=odd["row"] or "?", what=odd["sentence"]), 6)
