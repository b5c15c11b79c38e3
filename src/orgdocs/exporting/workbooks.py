"""Reports as Excel workbooks: plain tables, texts never taken for formulas, the same bytes every time. The only owner of xlsxwriter."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING

import xlsxwriter

from orgdocs.rendering.packages import write_package

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from orgdocs.reporting.audit import Audit, Cell

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME = 31
_LONGEST_TEXT = 32_767
"""More characters Excel does not keep in a cell."""
_FIRST_DAY = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
_WIDEST = 60


def write_audit_workbook(report: Audit) -> bytes:
    """The function audit as a workbook: a sheet for each unit's matrix, then one for each table."""
    buffer = io.BytesIO()
    # Nothing is guessed from a text: "=1+1", "http://…" and "007" stay what they are.
    guessing = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **guessing}) as workbook:
        workbook.set_properties({"title": report.title, "created": _FIRST_DAY})
        sheets = _Sheets(workbook)
        for matrix in report.matrices:
            sheet = sheets.add(matrix.unit)
            sheets.head(sheet, [report.function, *matrix.posts], turned=True)
            rows = [[function, *marks] for function, marks in zip(matrix.functions, matrix.marks, strict=True)]
            sheets.fill(sheet, rows, [_WIDEST, *(4 for _ in matrix.posts)])
            sheet.write_string(len(rows) + 2, 0, report.legend)
        for table in report.tables:
            sheet = sheets.add(table.title)
            sheets.head(sheet, table.head)
            sheets.fill(sheet, table.rows, _widths(table.head, table.rows))
            note = report.none if not table.rows else table.note
            if note:
                sheet.write_string(len(table.rows) + 2, 0, note)
    # Packed anew without compression, so that every version of zlib gives the same bytes.
    with zipfile.ZipFile(buffer) as archive:
        return write_package({name: archive.read(name) for name in archive.namelist()})


def _widths(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[int]:
    return [min(max(len(str(row[column])) for row in [head, *rows]) + 2, _WIDEST) for column in range(len(head))]


class _Sheets:
    """The sheets of a workbook with what they have in common: names, heads, kinds of cells."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self.names: set[str] = set()
        frame = {"border": 1, "valign": "top", "text_wrap": True}
        self.bold: Format = workbook.add_format({**frame, "bold": True, "bg_color": "#E0E0E0"})
        self.turned: Format = workbook.add_format({**frame, "bold": True, "bg_color": "#E0E0E0", "rotation": 90, "valign": "bottom"})
        self.plain: Format = workbook.add_format(frame)

    def add(self, title: str) -> Worksheet:
        """A sheet whose name is what Excel takes of a title: 31 characters, no brackets and slashes, each name once."""
        name = " ".join(_FORBIDDEN.sub(" ", title).split()).strip("'")[:_LONGEST_NAME].strip().strip("'") or "-"
        number = 1
        unique = name
        while unique.casefold() in self.names or unique.casefold() == "history":
            number += 1
            ending = f" {number}"
            unique = name[: _LONGEST_NAME - len(ending)] + ending
        self.names.add(unique.casefold())
        sheet = self.workbook.add_worksheet(unique)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def head(self, sheet: Worksheet, titles: Sequence[str], *, turned: bool = False) -> None:
        """The head: it stays in sight, and is repeated on every printed page."""
        for column, title in enumerate(titles):
            sheet.write_string(0, column, title[:_LONGEST_TEXT], self.turned if turned and column else self.bold)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)

    def fill(self, sheet: Worksheet, rows: Sequence[Sequence[Cell]], widths: Sequence[int]) -> None:
        """The rows below the head."""
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if cell == "":
                    sheet.write_blank(number, column, None, self.plain)
                elif isinstance(cell, str):
                    sheet.write_string(number, column, cell[:_LONGEST_TEXT], self.plain)
                else:
                    sheet.write_number(number, column, cell, self.plain)
