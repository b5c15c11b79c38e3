"""OpenDocument files: spreadsheets as manuscripts, and the checks that text documents pass before another program opens them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from lxml import etree

from orgdocs.importing.manuscript import Grid, Manuscript, Oddity, Spot, UnreadableError
from orgdocs.importing.reading.sheets import MOST_COLUMNS, Sheet
from orgdocs.importing.reading.tidying import tidy
from orgdocs.importing.reading.workbooks import show_decimal
from orgdocs.problems import Sentence
from orgdocs.rendering.packages import MOST_MARKUP, PackageError, parse_xml, read_archive

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_MACROS = re.compile(r"(?i)(Basic|Scripts)/")
_GROUPS = frozenset(
    _TABLE + name for name in ("table-header-rows", "table-row-group", "table-rows", "table-header-columns", "table-column-group")
)
_MOST_SPACES = 100
_LAST_ROW = 1 << 20


def check_document(data: bytes) -> etree._Element:
    """Judge an OpenDocument file; the tree of its content is returned.

    Raises:
        UnreadableError: it is broken, larger than allowed, protected by a password, or holds what runs or fetches something.
    """
    try:
        return _check_parts(read_archive(data))
    except PackageError as error:
        raise UnreadableError(error.sentence) from None


def _check_parts(parts: Mapping[str, bytes]) -> etree._Element:
    for name in parts:
        if _MACROS.match(name):
            raise PackageError(Sentence("it holds macros or embedded programs ({name}); save it without them", name=name))
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise PackageError(Sentence("it is protected by a password; save it without one"))
    if "content.xml" not in parts:
        raise PackageError(Sentence("it is cut off or damaged (no readable zip archive: {reason})", reason="content.xml"))
    roots = {name: _parse(name, parts[name]) for name in ("content.xml", "styles.xml") if name in parts}
    for name, root in roots.items():
        _check_links(name, root)
    return roots["content.xml"]


def _parse(name: str, content: bytes) -> etree._Element:
    if content.count(b"<") + content.count(b"=") > MOST_MARKUP:
        raise PackageError(Sentence("{part}: {reason}", part=name, reason=Sentence("it holds more tags than any paper needs")))
    try:
        return parse_xml(content)
    except PackageError as error:
        raise PackageError(Sentence("{part}: {reason}", part=name, reason=error.sentence)) from None


def _check_links(name: str, root: etree._Element) -> None:
    for node in root.iter(etree.Element):
        local = etree.QName(node).localname
        if local in {"dde-source", "dde-connection", "dde-connection-decl", "table-source", "event-listener", "script", "applet", "plugin"}:
            raise PackageError(Sentence("{part} brings in another file or program ({kind})", part=name, kind=local))
        target = node.get(_LINK) or ""
        if local != "a" and (":" in target or target.startswith("//")):
            raise PackageError(Sentence("{part} points outside the file ({kind})", part=name, kind=local))


def read_spreadsheet(data: bytes, name: str) -> Manuscript:
    """Read an OpenDocument spreadsheet.

    Raises:
        UnreadableError: it is broken, hostile, or larger than any table of people.
    """
    root = check_document(data)
    hidden = _find_hidden(root)
    oddities: list[Oddity] = []
    grids: list[Grid] = []
    for table in root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table"):
        title = table.get(f"{_TABLE}name") or ""
        if table.get(f"{_TABLE}style-name") in hidden:
            oddities.append(Oddity("hidden-sheet", title))
        elif grid := _read_table(table, title, oddities):
            grids.append(grid)
    return Manuscript(name, "ods", tuple(grids), (), tuple(oddities))


def _find_hidden(root: etree._Element) -> set[str]:
    """The names of the styles of tables that are not shown."""
    styles = root.iterfind(f"{_OFFICE}automatic-styles/*")
    return {
        next((str(value) for key, value in style.attrib.items() if str(key).endswith("}name")), "")
        for style in styles
        if any(node.get(f"{_TABLE}display") == "false" for node in style)
    }


def _read_table(table: etree._Element, title: str, oddities: list[Oddity]) -> Grid | None:
    sheet = Sheet(title)
    number = 1
    for row in _list_rows(table):
        repeated = _count(row, "number-rows-repeated", _LAST_ROW)
        cells = list(_read_row(row, number, oddities))
        # An empty row is often repeated to the end of the sheet.
        for copy in range(repeated if any(text for _, text, _, _ in cells) else 0):
            for column, text, _, _ in cells:
                sheet.put(number + copy, column, text)
        for column, _, wide, high in cells:
            if wide > 1 or high > 1:
                sheet.merge(number, column, number + high - 1, column + wide - 1)
        if row.get(f"{_TABLE}visibility") in {"collapse", "filter"} and any(text for _, text, _, _ in cells):
            oddities.append(Oddity("hidden-row", f"{title}!{number}", Spot(number, number)))
        number += repeated
    return sheet.settle()


def _list_rows(node: etree._Element) -> Iterator[etree._Element]:
    for child in node:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in _GROUPS:
            yield from _list_rows(child)


def _read_row(row: etree._Element, number: int, oddities: list[Oddity]) -> Iterator[tuple[int, str, int, int]]:
    """Column, text, and how many columns and rows it covers, for each cell that says something or is merged."""
    column = 1
    for cell in row:
        if cell.tag not in {f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"}:
            continue
        repeated = _count(cell, "number-columns-repeated", 1 << 14)
        text = _read_cell(cell, Spot(number, number, column), oddities)
        wide, high = _count(cell, "number-columns-spanned", MOST_COLUMNS), _count(cell, "number-rows-spanned", _LAST_ROW)
        if text or wide > 1 or high > 1:
            for copy in range(min(repeated, MOST_COLUMNS + 1)):
                yield column + copy, text, wide, high
        column += repeated


def _read_cell(cell: etree._Element, spot: Spot, oddities: list[Oddity]) -> str:
    notes = ("\n".join(_read_text(part) for part in note.iterfind(f"{_TEXT}p")) for note in cell.iterfind(f"{_OFFICE}annotation"))
    oddities += [Oddity("comment", tidy(note), spot) for note in notes]
    kind, value = cell.get(f"{_OFFICE}value-type"), cell.get(f"{_OFFICE}value") or ""
    shown = "\n".join(_read_text(part) for part in cell.iterfind(f"{_TEXT}p"))
    if kind == "float" and re.fullmatch(r"-?\d{1,20}(\.\d{1,20})?", value) and not re.match(r"0\d", shown):
        return show_decimal(Decimal(value))
    if not shown and cell.get(f"{_TABLE}formula") and kind is None:
        oddities.append(Oddity("uncached-formula", cell.get(f"{_TABLE}formula") or "", spot))
    return shown


def _read_text(node: etree._Element) -> str:
    """The text of a paragraph with its spans."""
    text = node.text or ""
    for child in node:
        if child.tag == f"{_TEXT}s":
            text += " " * _count_spaces(child)
        elif child.tag == f"{_TEXT}tab":
            text += "\t"
        elif child.tag == f"{_TEXT}line-break":
            text += "\n"
        elif child.tag != f"{_OFFICE}annotation" and isinstance(child.tag, str):
            text += _read_text(child)
        text += child.tail or ""
    return text


def _count_spaces(node: etree._Element) -> int:
    said = node.get(f"{_TEXT}c") or "1"
    return min(int(said), _MOST_SPACES) if said.isdigit() and len(said) < 6 else 1


def _count(node: etree._Element, name: str, most: int) -> int:
    said = node.get(_TABLE + name) or "1"
    return min(max(int(said), 1), most) if said.isascii() and said.isdigit() and len(said) < 10 else 1
