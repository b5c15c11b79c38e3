"""Staffing tables of several countries and shapes, and what is understood of each: see drawing.py for the writing of the source."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cases import list_cases, read_case
from importing.tables.drawing import draw_file
from orgdocs.importing.filing import Wishes
from orgdocs.importing.reading import read_manuscript
from orgdocs.importing.tables import find_tables
from orgdocs.importing.tables.filing import begin_filing, file_tables
from orgdocs.importing.tables.proving import prove_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgdocs.importing.drafts import TableDraft
    from orgdocs.importing.manuscript import Manuscript

CASES = list_cases(Path(__file__).parent / "cases")


def _read(path: Path) -> Manuscript:
    name, text = next(iter(read_case(path).files.items()))
    return read_manuscript(draw_file(name.rpartition(".")[2], text.decode()), name)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, *, accept: bool) -> None:
    found = find_tables(_read(path))
    lines = [line for table in found.tables for line in _show(table)]
    if found.rest.blocks and found.tables:
        lines.append(f"besides: {len(found.rest.blocks)} blocks")
    read_case(path).check("\n".join(lines or ["no staffing table"]), accept=accept)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_no_cell_is_lost(path: Path) -> None:
    manuscript = _read(path)
    tables = [(manuscript.name, table) for table in find_tables(manuscript).tables]
    if not tables:
        return
    wishes = Wishes(organisation="example")
    filing = begin_filing(tables, wishes, None)
    for filed in file_tables(tables, filing, wishes, path.parent, None):
        cells = prove_table(filed, manuscript, filing.files)
        assert cells.lost == ()
        assert cells.written > 0


def _show(table: TableDraft) -> Iterator[str]:
    yield f"{table.language}, {table.organisation or 'no name'}, {_pairs(table.settings)}"
    for name, lines in (("title", table.title), ("above", table.above)):
        yield from (f"{name}: {line}" for line in lines)
    for number, group in enumerate(table.groups):
        parent = "" if group.parent is None else f" in {group.parent}"
        yield f"{number} {group.kind} {group.name}{parent}".rstrip() + (f" = {_pairs(group.totals)}" if group.totals else "")
        yield from (f"    kept: {head} | {text}" for head, text in group.kept)
        for row in group.rows:
            title = row.title.replace("\n", "⏎")
            yield f"    {title}: {_pairs(row.values)}"
            yield from (f"        kept: {head} | {text}" for head, text in row.kept)
            yield from (f"        person: {person}" for person in row.persons)
    yield f"total: {_pairs(table.totals)}"
    yield from (f"kept: {where} | {text}" for where, text in table.kept)
    yield from (f"below: {line}" for line in table.below)
    yield from (f"odd: {one.code}: {one.sentence}" for one in table.oddnesses)


def _pairs(values: object) -> str:
    if isinstance(values, dict):
        return ", ".join(f"{name} {_pairs(value)}" for name, value in values.items())
    if isinstance(values, list):
        return f"[{'; '.join(map(_pairs, values))}]"
    return str(values)


def test_units_that_differ_by_numbers_are_several() -> None:
    path = next(path for path in CASES if path.stem == "uk-numbered-units")
    tables = [("table.csv", table) for table in find_tables(_read(path)).tables]
    filing = begin_filing(tables, Wishes(organisation="example"), None)
    (filed,) = file_tables(tables, filing, Wishes(organisation="example"), path.parent, None)
    assert len({given for given, _ in filed.units.values()}) == 2
    assert len({one.path for one in filed.rows}) == 4
