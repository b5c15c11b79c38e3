"""What a Word file with tracked changes says once they are all accepted, and once they are all rejected."""

from __future__ import annotations

import copy
import hashlib
import posixpath
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from lxml import etree

from orgdocs.rendering.packages import W, parse_xml

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PARAGRAPH, TABLE, ROW, CELL, RUN = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "r"))

_CAME = frozenset({f"{W}ins", f"{W}moveTo", f"{W}cellIns"})
_WENT = frozenset({f"{W}del", f"{W}moveFrom", f"{W}cellDel"})
_FORMERLY = frozenset(
    f"{W}{name}Change" for name in ("rPr", "pPr", "sectPr", "tblPr", "tblGrid", "tblPrEx", "tcPr", "trPr", "numbering")
)  # fmt: skip
"""How something looked before; it says nothing of texts, but of styles and numbers."""

SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}


class Line(NamedTuple):
    """A paragraph as people see it: in which part and row and cell it stands, its style, its list level, and its text."""

    part: str
    cell: tuple[int, ...]
    """Table, row and cell, each counted from 0 in the part; empty outside of tables."""
    style: str
    level: str
    """The list that it belongs to, and its level in it, be it by its style."""
    text: str


def read_lines(parts: Mapping[str, bytes]) -> list[Line]:
    """The paragraphs of all texts of a Word file without tracked changes: body, heads and feet of pages, notes."""
    return [line for name in text_parts(parts) for line in _lines(name, parse_xml(parts[name]), parts)]


def accept(parts: Mapping[str, bytes]) -> list[Line]:
    """The paragraphs once all changes are accepted."""
    return [line for name in text_parts(parts) for line in _lines(name, _decide(parse_xml(parts[name]), _CAME, _WENT), parts)]


def reject(parts: Mapping[str, bytes]) -> list[Line]:
    """The paragraphs once all changes are rejected."""
    return [line for name in text_parts(parts) for line in _lines(name, _decide(parse_xml(parts[name]), _WENT, _CAME), parts)]


def text_parts(parts: Mapping[str, bytes]) -> list[str]:
    """The parts that hold texts, in a fixed order."""
    names = ("document", "header", "footer", "footnotes", "endnotes")
    return sorted(name for name in parts if name.startswith(tuple(f"word/{each}" for each in names)) and name.endswith(".xml"))


def _decide(root: etree._Element, kept: frozenset[str], gone: frozenset[str]) -> etree._Element:
    """The tree without what is gone; the marks of what is kept are taken off."""
    is_rejected = f"{W}ins" in gone
    for change in list(root.iter(*_FORMERLY)):
        _restore(change, is_rejected=is_rejected)
    for row in list(root.iter(ROW)):
        if any(mark.tag in gone for mark in row.iterfind(f"{W}trPr/*")):
            _remove(row)
    for table in list(root.iter(TABLE)):
        if table.find(ROW) is None:
            _remove(table)
    joined = [mark for mark in root.iter(*gone) if _is_paragraph_mark(mark)]
    owners = [mark.getparent().getparent().getparent() for mark in joined]  # type: ignore[union-attr]
    for node in list(root.iter(*gone)):
        if node.getparent() is not None and not _is_paragraph_mark(node):
            _remove(node)
    for paragraph in reversed(owners):
        _join(paragraph)
    for node in list(root.iter(*kept)):
        _unwrap(node)
    return root


def _restore(change: etree._Element, *, is_rejected: bool) -> None:
    """Put properties back as they were before, if the change is rejected."""
    owner = change.getparent()
    if owner is None:
        return
    owner.remove(change)
    if is_rejected and (former := change[0] if len(change) else None) is not None:
        kept = [child for child in owner if child.tag in {f"{W}rPr", f"{W}sectPr", *_CAME, *_WENT} and child.tag != former.tag]
        owner[:] = [*copy.deepcopy(former), *(child for child in kept if former.find(str(child.tag)) is None)]


def _is_paragraph_mark(mark: etree._Element) -> bool:
    """Whether a mark is about the end of a paragraph, which is gone when two paragraphs become one."""
    around = mark.getparent()
    return around is not None and around.tag == f"{W}rPr" and around.getparent() is not None and around.getparent().tag == f"{W}pPr"  # type: ignore[union-attr]


def _join(paragraph: etree._Element) -> None:
    """Let a paragraph run on into the next one, whose looks count; one that has become empty goes."""
    following = paragraph.getnext()
    if following is None or following.tag != PARAGRAPH:
        if not any(paragraph.itertext()) and following is not None and following.tag != f"{W}sectPr":
            _remove(paragraph)
        return
    runs = [child for child in paragraph if child.tag != f"{W}pPr"]
    at = 1 if following.find(f"{W}pPr") is not None else 0
    following[at:at] = runs
    _remove(paragraph)


def _remove(node: etree._Element) -> None:
    owner = node.getparent()
    if owner is not None:
        owner.remove(node)


def _unwrap(node: etree._Element) -> None:
    """Put what a mark holds in its place."""
    owner = node.getparent()
    if owner is not None:
        at = owner.index(node)
        owner[at : at + 1] = list(node)


def _lines(part: str, root: etree._Element, parts: Mapping[str, bytes]) -> Iterator[Line]:
    pictures = _pictures(part, parts)
    usual = _usual_levels(parts)
    rows = {row: number for number, row in enumerate(root.iter(ROW))}
    tables = {table: number for number, table in enumerate(root.iter(TABLE))}
    for paragraph in root.iter(PARAGRAPH):
        cell = next(paragraph.iterancestors(CELL), None)
        where: tuple[int, ...] = ()
        if cell is not None and (row := cell.getparent()) is not None and (table := row.getparent()) is not None:
            where = (tables[table], rows[row], row.findall(CELL).index(cell))
        style = style_of(paragraph)
        yield Line(part, where, style, level_of(paragraph) or usual.get(style, ""), _text(paragraph, pictures))


def style_of(paragraph: etree._Element) -> str:
    """The id of the style of a paragraph; empty for the usual one."""
    named = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if named is None else named.get(f"{W}val", "")


def level_of(owner: etree._Element) -> str:
    """The list and the level in it that a paragraph or style names: ``1.0``; empty if it names none."""
    values = {key: owner.find(f"{W}pPr/{W}numPr/{W}{key}") for key in ("numId", "ilvl")}
    told = {key: node.get(f"{W}val", "") for key, node in values.items() if node is not None}
    return f"{told['numId']}.{told.get('ilvl', '0')}" if "numId" in told else ""


@cache
def _levels_of_styles(styles: bytes) -> Mapping[str, str]:
    found = {style.get(f"{W}styleId", ""): style for style in parse_xml(styles).iter(f"{W}style")}
    levels = {}
    for name, style in found.items():
        seen: set[str] = set()
        base: etree._Element | None = style
        while base is not None and not level_of(base) and base.get(f"{W}styleId", "") not in seen:
            seen.add(base.get(f"{W}styleId", ""))
            parent = base.find(f"{W}basedOn")
            base = found.get(parent.get(f"{W}val", "")) if parent is not None else None
        levels[name] = level_of(base) if base is not None else ""
    return levels


def _usual_levels(parts: Mapping[str, bytes]) -> Mapping[str, str]:
    """The list and level of each style that has one."""
    return _levels_of_styles(parts["word/styles.xml"]) if parts.get("word/styles.xml") else {}


def _text(paragraph: etree._Element, pictures: Mapping[str, str]) -> str:
    pieces = []
    for node in paragraph.iter(f"{W}t", f"{W}delText", f"{W}instrText", f"{W}delInstrText", *SIGNS, f"{_A}blip"):
        if next(node.iterancestors(PARAGRAPH)) is not paragraph:
            continue
        if node.tag == f"{_A}blip":
            pieces.append(pictures.get(node.get(f"{_R}embed", ""), "picture"))
        elif node.tag != f"{W}tab" or next(node.iterancestors(f"{W}pPr"), None) is None:  # those in the properties are stops
            pieces.append(SIGNS.get(str(node.tag)) or node.text or "")
    return "".join(pieces)


def _pictures(part: str, parts: Mapping[str, bytes]) -> dict[str, str]:
    """What stands for each picture of a part: the digest of its file, by the name of its relation."""
    return {
        key: f"picture {hashlib.sha256(parts[target]).hexdigest()}"
        for key, target in read_relations(part, parts).items()
        if target in parts
    }


def read_relations(part: str, parts: Mapping[str, bytes]) -> dict[str, str]:
    """The parts that a part refers to, by the name of the relation."""
    folder, name = posixpath.split(part)
    data = parts.get(f"{folder}/_rels/{name}.rels")
    inner = (one for one in (parse_xml(data) if data is not None else ()) if one.get("TargetMode") != "External")
    return {one.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, one.get("Target", "")))[1:] for one in inner}
