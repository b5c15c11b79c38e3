"""Staffing tables as files, out of lines: cells parted by bars, ``<`` for a cell merged with its left one, ``^`` with the one above."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import openpyxl

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docx.document import Document


def draw_file(form: str, text: str) -> bytes:
    """A file of one of the forms ``csv``, ``xlsx``, ``docx``. Lines without a bar are paragraphs, ``⏎`` is a line break in a cell."""
    lines = text.splitlines()
    if form == "csv":
        return text.encode()
    return _draw_workbook(lines) if form == "xlsx" else _draw_document(lines)


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("⏎", "\n") for cell in line.split("|")]


def _draw_workbook(lines: Sequence[str]) -> bytes:
    """A workbook in which numbers are numbers; ``=== name`` begins a further sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    row = 0
    for line in lines:
        if line.startswith("sheet "):
            if row:
                sheet = book.create_sheet()
            sheet.title, row = line.removeprefix("sheet "), 0
            continue
        row += 1
        cells = _cells(line)
        for column, cell in enumerate(cells, 1):
            if cell not in {"", "<", "^"}:
                sheet.cell(row, column).value = float(cell) if cell.replace(".", "", 1).isdigit() else cell
        _merge(sheet, row, cells)
    return _save(book)


def _merge(sheet: object, row: int, cells: list[str]) -> None:
    for column, cell in enumerate(cells, 1):
        if cell == "^":
            sheet.merge_cells(start_row=row - 1, end_row=row, start_column=column, end_column=column)  # type: ignore[attr-defined]
        elif cell != "<" and column < len(cells) and cells[column] == "<":
            end = column
            while end < len(cells) and cells[end] == "<":
                end += 1
            sheet.merge_cells(start_row=row, end_row=row, start_column=column, end_column=end)  # type: ignore[attr-defined]


def _draw_document(lines: Sequence[str]) -> bytes:
    document = docx.Document()
    for block in _blocks(lines):
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            _add_table(document, block)
    return _save(document)


def _blocks(lines: Sequence[str]) -> Iterator[str | list[list[str]]]:
    table: list[list[str]] = []
    for line in lines:
        if "|" in line:
            table.append(_cells(line))
            continue
        if table:
            yield table
            table = []
        yield line
    if table:
        yield table


def _add_table(document: Document, rows: list[list[str]]) -> None:
    table = document.add_table(len(rows), max(map(len, rows)))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell == "<":
                table.cell(row, column - 1).merge(table.cell(row, column))
            elif cell == "^":
                table.cell(row - 1, column).merge(table.cell(row, column))
            elif cell:
                table.cell(row, column).text = cell


def _save(whole: object) -> bytes:
    buffer = io.BytesIO()
    whole.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()
