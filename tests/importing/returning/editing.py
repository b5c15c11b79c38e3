"""Edits in a workbook as lines: what somebody does in Excel between export and import."""

from __future__ import annotations

import io
import re

import openpyxl

_EDIT = re.compile(r"(?P<sheet>\w+)!(?P<cell>[A-Z]+\d+) = ?(?P<value>.*)")


def edit_workbook(content: bytes, edits: str) -> bytes:
    """The workbook after some edits, one a line.

    ``Staffing!G3 = 2600`` writes a cell, with numbers as numbers and ``⏎`` as a line break; ``insert Duties 4`` makes an empty
    row before row 4, ``copy Positions 3`` puts a copy of row 3, hidden cells too, below the last row; ``delete Duties 5`` and
    ``sort Duties B`` do what they say.
    """
    book = openpyxl.load_workbook(io.BytesIO(content))
    for line in edits.splitlines():
        if found := _EDIT.fullmatch(line):
            value = found["value"].replace("⏎", "\n")
            is_number = re.fullmatch(r"\d+(\.\d+)?", value)
            book[found["sheet"]][found["cell"]].value = float(value) if is_number else value or None
            continue
        command, sheet_name, *rest = line.split()
        sheet = book[sheet_name]
        if command == "insert":
            sheet.insert_rows(int(rest[0]))
        elif command == "delete":
            sheet.delete_rows(int(rest[0]))
        elif command == "copy":
            sheet.append([cell.value for cell in sheet[int(rest[0])]])
        elif command == "sort":
            column = openpyxl.utils.column_index_from_string(rest[0]) - 1
            rows = sorted(
                ([cell.value for cell in row] for row in sheet.iter_rows(min_row=3)), key=lambda row: str(row[column]), reverse=True
            )
            for number, row in enumerate(rows, 3):
                for place, value in enumerate(row, 1):
                    sheet.cell(number, place).value = value
        elif command == "move":
            cells = [(cell.row, cell.value) for cell in sheet[rest[0]]]
            sheet.delete_cols(openpyxl.utils.column_index_from_string(rest[0]))
            last = sheet.max_column + 1
            for number, value in cells:
                sheet.cell(number, last).value = value
        else:
            raise ValueError(line)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
