"""Reports as Excel workbooks: plain tables, texts never taken for formulas, the same bytes every time. The only owner of xlsxwriter."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING

import xlsxwriter

from orgdocs.exporting.sheets import HEAD_ROWS, KEYS, KEYS_IN_CELL, LONGEST_TEXT, MARKER, digest_row, make_key
from orgdocs.problems import Sentence
from orgdocs.rendering.packages import write_package

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from orgdocs.exporting.sheets import Field, Row, SheetData
    from orgdocs.reporting.audit import Audit, Cell

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME = 31
_FIRST_DAY = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
_WIDEST = 60
_SPARE = 200
"""So many rows below the last one offer the same choices."""
_GUESSING = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Nothing is guessed from a text: "=1+1", "http://…" and "007" stay what they are."""
_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,3})?")
"""Numbers that a cell keeps exactly; all others are texts."""


def write_audit_workbook(report: Audit) -> bytes:
    """The function audit as a workbook: a sheet for each unit's matrix, then one for each table."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **_GUESSING}) as workbook:
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
    return _pack(buffer)


class TooLongError(Exception):
    """A text is longer than a cell of Excel; the sentence says which."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def write_registry_workbook(sheets: Sequence[SheetData], patterns: Mapping[str, str]) -> bytes:
    """Sheets that may be edited in Excel and taken back; titles of columns in the language of ``patterns``.

    Raises:
        TooLongError: a text has more characters than a cell can hold.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **_GUESSING}) as workbook:
        workbook.set_properties({"title": sheets[0].organisation, "created": _FIRST_DAY})
        formats = _Sheets(workbook)
        for sheet in sheets:
            _write_sheet(formats, formats.add(sheet.name), sheet, patterns)
    return _pack(buffer)


def _write_sheet(formats: _Sheets, worksheet: Worksheet, sheet: SheetData, patterns: Mapping[str, str]) -> None:
    worksheet.write_string(0, 0, f"{MARKER} {sheet.organisation} {sheet.name}")
    for column, field in enumerate(sheet.fields, 1):
        worksheet.write_string(0, column, field.name)
        worksheet.write_string(1, column, field.title.told(patterns), formats.bold)
        shown = [row.cells[column - 1] for row in sheet.rows]
        widest = max((len(line) for cell in [field.title.told(patterns), *shown] for line in cell.splitlines() or [""]), default=0)
        cell_format = formats.number if field.kind == "number" else formats.told if field.kind == "told" else formats.text
        worksheet.set_column(column, column, min(max(widest + 2, 8), _WIDEST), cell_format)
        if field.choices:
            worksheet.data_validation(
                HEAD_ROWS, column, HEAD_ROWS + len(sheet.rows) + _SPARE, column, {"validate": "list", "source": list(field.choices)}
            )
    digests = [digest_row(row.path, row.route) for row in sheet.rows]
    for place, start in enumerate(range(0, len(digests), KEYS_IN_CELL)):
        worksheet.write_string(0, len(sheet.fields) + 1 + place, KEYS + " ".join(digests[start : start + KEYS_IN_CELL]))
    for number, row in enumerate(sheet.rows, HEAD_ROWS):
        worksheet.write_string(number, 0, make_key(row, sheet.fields))
        for column, (field, cell) in enumerate(zip(sheet.fields, row.cells, strict=True), 1):
            _write_cell(formats, worksheet, (number, column), field, cell, row)
    worksheet.set_row(0, None, None, {"hidden": True})
    worksheet.set_column(0, 0, None, None, {"hidden": True})
    worksheet.freeze_panes(HEAD_ROWS, 2)
    worksheet.repeat_rows(1)
    worksheet.autofilter(1, 1, max(HEAD_ROWS + len(sheet.rows) - 1, 1), len(sheet.fields))


def _write_cell(formats: _Sheets, worksheet: Worksheet, at: tuple[int, int], field: Field, cell: str, row: Row) -> None:
    if len(cell) > LONGEST_TEXT:
        sentence = Sentence("{path}: {field} has {number} characters, a cell of Excel holds {limit}", path=row.path, field=field.name,
                            number=len(cell), limit=LONGEST_TEXT)  # fmt: skip
        raise TooLongError(sentence)
    if cell == "":
        worksheet.write_blank(*at, None, formats.told if field.kind == "told" else formats.text)
    elif field.kind == "number" and _PLAIN_NUMBER.fullmatch(cell):
        worksheet.write_number(*at, float(cell), formats.number)
    else:
        worksheet.write_string(*at, cell, formats.told if field.kind == "told" else formats.text)


def _pack(buffer: io.BytesIO) -> bytes:
    """The workbook packed anew without compression, so that every version of zlib gives the same bytes."""
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
        self.text: Format = workbook.add_format({**frame, "num_format": "@"})
        self.number: Format = workbook.add_format(frame)
        self.told: Format = workbook.add_format({**frame, "num_format": "@", "font_color": "#606060", "bg_color": "#F4F4F4"})

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
            sheet.write_string(0, column, title[:LONGEST_TEXT], self.turned if turned and column else self.bold)
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
                    sheet.write_string(number, column, cell[:LONGEST_TEXT], self.plain)
                else:
                    sheet.write_number(number, column, cell, self.plain)
