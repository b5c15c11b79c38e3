"""Excel files as manuscripts: a table for each sheet, its numbers whole and as people would type them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from lxml import etree

from orgdocs.importing.manuscript import Grid, Manuscript, Oddity, Spot, UnreadableError
from orgdocs.importing.reading.officefiles import OfficeFile
from orgdocs.importing.reading.sheets import Sheet
from orgdocs.importing.reading.tidying import tidy
from orgdocs.problems import Sentence

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MOST_SHEETS = 100
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})\Z")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_DATES = frozenset({14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58})
_TIMES = frozenset({18, 19, 20, 21, 45, 46, 47})
_PERCENTS = frozenset({9, 10})
_FIRST_DAY = dt.datetime(1899, 12, 30)  # noqa: DTZ001  (Excel knows no time zones)
_DAYS_OF_1904 = 1462
_LAST_DAY = 2_958_465


def read_workbook(data: bytes, name: str) -> Manuscript:
    """Read an Excel file. Sheets that are hidden are told and left out; hidden rows are told and read.

    Raises:
        UnreadableError: it is broken, hostile, larger than any table of people, or no workbook.
    """
    return _Reader(OfficeFile(data), name).read()


class _Reader:
    """Reads one workbook."""

    def __init__(self, file: OfficeFile, name: str) -> None:
        self._file = file
        self._name = name
        self._main = file.find_main()
        self._relations = file.relate(self._main)
        self._oddities: list[Oddity] = []
        self._shared = [_read_rich(node) for node in _list(self._part("sharedStrings"), "si")]
        self._formats = list(_read_formats(self._part("styles")))
        self._shift = 0

    def _part(self, kind: str) -> etree._Element | None:
        return next((self._file.parse(relation.target) for relation in self._relations.values() if relation.kind == kind), None)

    def read(self) -> Manuscript:
        """All sheets that can be seen."""
        root = self._file.parse(self._main)
        if root is None or root.tag != f"{_S}workbook":
            raise UnreadableError(Sentence("it is a zip archive, but no Word or Excel file"))
        properties = root.find(f"{_S}workbookPr")
        self._shift = _DAYS_OF_1904 if properties is not None and properties.get("date1904") in {"1", "true"} else 0
        grids: list[Grid] = []
        entries = list(_list(root.find(f"{_S}sheets"), "sheet"))
        if len(entries) > _MOST_SHEETS:
            raise UnreadableError(Sentence("it has more than {number} sheets", number=_MOST_SHEETS))
        for entry in entries:
            relation = self._relations.get(entry.get(_ID) or "")
            title = entry.get("name") or ""
            if relation is None or relation.kind != "worksheet":
                continue
            if entry.get("state", "visible") != "visible":
                self._oddities.append(Oddity("hidden-sheet", title))
            elif (sheet := self._file.parse(relation.target)) is not None and (grid := self._read_sheet(sheet, title)):
                grids.append(grid)
        self._oddities += [Oddity("outside", relation.target) for relation in self._file.list_outside()]
        return Manuscript(self._name, "xlsx", tuple(grids), (), tuple(self._oddities))

    def _read_sheet(self, root: etree._Element, title: str) -> Grid | None:
        sheet = Sheet(title)
        number = 0
        for row in _list(root.find(f"{_S}sheetData"), "row"):
            number = int(row.get("r") or 0) if (row.get("r") or "").isdigit() else number + 1
            column = 0
            for cell in _list(row, "c"):
                address = _read_address(cell.get("r") or "")
                column = address[1] if address else column + 1
                text = self._read_cell(cell, number, column)
                sheet.put(number, column, text)
            if row.get("hidden") in {"1", "true"} and len(row):
                self._oddities.append(Oddity("hidden-row", f"{title}!{number}", Spot(number, number)))
        for merge in _list(root.find(f"{_S}mergeCells"), "mergeCell"):
            first, _, last = (merge.get("ref") or "").partition(":")
            corners = _read_address(first), _read_address(last)
            if corners[0] and corners[1]:
                sheet.merge(*corners[0], *corners[1])
        return sheet.settle()

    def _read_cell(self, cell: etree._Element, row: int, column: int) -> str:
        kind, value = cell.get("t", "n"), cell.findtext(f"{_S}v")
        spot = Spot(row, row, column)
        if kind == "inlineStr":
            inline = cell.find(f"{_S}is")
            return "" if inline is None else _read_rich(inline)
        if value is None:
            if (formula := cell.find(f"{_S}f")) is not None:
                self._oddities.append(Oddity("uncached-formula", f"={formula.text or ''}", spot))
            return ""
        if kind == "s":
            return self._shared[int(value)] if value.isdigit() and int(value) < len(self._shared) else ""
        if kind == "e":
            self._oddities.append(Oddity("cell-error", value, spot))
            return value
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if kind in {"str", "d"}:
            return _unescape(value)
        return self._show_number(value, cell.get("s") or "0")

    def _show_number(self, value: str, style: str) -> str:
        form = self._formats[int(style)] if style.isdigit() and int(style) < len(self._formats) else ""
        try:
            number = Decimal(value)
        except InvalidOperation:
            return value
        if not number.is_finite() or number.adjusted() > 20 or number.adjusted() < -20:
            return value
        if form in {"date", "time"} and 0 <= number <= _LAST_DAY:
            return _show_moment(number + self._shift, form)
        if form == "percent":
            return f"{show_decimal(number * 100)}%"
        shown = show_decimal(number)
        return shown.zfill(len(form)) if form.startswith("0") and shown.isdigit() else shown


def show_decimal(number: Decimal) -> str:
    """A number in plain digits, without the dust that binary fractions leave: 0.30000000000000004 is 0.3.

    >>> show_decimal(Decimal("9800.0"))
    '9800'
    """
    rounded = number if abs(number.adjusted()) > 12 else round(number, 12 - max(number.adjusted(), 0))
    shown = f"{rounded:f}"
    return (shown.rstrip("0").rstrip(".") if "." in shown else shown).replace("-0", "0" if not rounded else "-0")


def _show_moment(number: Decimal, form: str) -> str:
    moment = _FIRST_DAY + dt.timedelta(days=float(number))
    return f"{moment:%H:%M}" if form == "time" else f"{moment:%d.%m.%Y}"


def _read_formats(styles: etree._Element | None) -> Iterator[str]:
    """For each style of cells what its numbers are: ``date``, ``time``, ``percent``, zeros for a code of that length, or nothing."""
    if styles is None:
        return
    own = {node.get("numFmtId"): node.get("formatCode") or "" for node in _list(styles.find(f"{_S}numFmts"), "numFmt")}
    for node in _list(styles.find(f"{_S}cellXfs"), "xf"):
        number = node.get("numFmtId") or "0"
        yield _judge_format(own[number]) if number in own else _judge_built_in(int(number) if number.isdigit() else 0)


def _judge_built_in(number: int) -> str:
    return "date" if number in _DATES else "time" if number in _TIMES else "percent" if number in _PERCENTS else ""


def _judge_format(code: str) -> str:
    bare = _QUOTED.sub("", code.split(";", maxsplit=1)[0]).strip()
    if re.fullmatch(r"0{2,20}", bare):
        return bare
    if "%" in bare:
        return "percent"
    if re.search(r"[yYdDгГдД]", bare):
        return "date"
    return "time" if re.search(r"[hH]|s{2}", bare) else ""


def _read_rich(node: etree._Element) -> str:
    """A string that may consist of runs; readings of Chinese letters are not part of it."""
    texts = [part.text or "" for part in node.iter(f"{_S}t") if part.getparent() is None or part.getparent().tag != f"{_S}rPh"]  # type: ignore[union-attr]
    return tidy(_unescape("".join(texts)))


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if not 0xD800 <= int(found[1], 16) < 0xE000 else "", text)


def _read_address(text: str) -> tuple[int, int] | None:
    """Row and column of an address such as ``B7``."""
    found = _ADDRESS.match(text)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def _list(node: etree._Element | None, name: str) -> Iterator[etree._Element]:
    if node is not None:
        yield from (child for child in node if child.tag == _S + name)
