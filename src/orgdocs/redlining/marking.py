"""The marks of tracked changes in the XML of Word: runs, ends of paragraphs and rows that came or went."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from orgdocs.redlining.proving import CELL, PARAGRAPH, ROW, RUN, TABLE
from orgdocs.rendering.packages import W

PROPERTIES = f"{W}pPr"
CAME, WENT = "ins", "del"
_DELETED = {f"{W}t": f"{W}delText", f"{W}instrText": f"{W}delInstrText"}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LAST_PROPERTIES = frozenset({f"{W}sectPr", f"{W}pPrChange"})
_BREAKS = {"\t": f"{W}tab", "\n": f"{W}br"}


class Author(NamedTuple):
    """Who made the tracked changes and when; ``time`` as ``2026-02-03T04:05:06Z``."""

    name: str
    time: str


class Marker:
    """Puts marks into trees, numbered through one Word file."""

    def __init__(self, author: Author) -> None:
        self.author = author
        self.count = 0

    def mark(self, block: etree._Element, name: str) -> etree._Element:
        """Mark a paragraph, or a table with all its rows, as ``ins`` or ``del``."""
        if block.tag == PARAGRAPH:
            self.mark_end(block, name)
        for row in block.iter(ROW):
            self.mark_row(row, name)
        for paragraph in list(block.iter(PARAGRAPH)):
            if next(paragraph.iterancestors(RUN), None) is None:  # a text box comes and goes with the run that holds it
                self.mark_runs(paragraph, name)
        return block

    def mark_row(self, row: etree._Element, name: str) -> None:
        """Mark a row by itself; what stands in its cells is marked apart."""
        properties = row.find(f"{W}trPr")
        if properties is None:
            properties = etree.Element(f"{W}trPr")
            # The schema demands a property before the mark: this one says what is so anyway.
            etree.SubElement(properties, f"{W}cantSplit", {f"{W}val": "off"})
            row.insert(1 if len(row) and row[0].tag == f"{W}tblPrEx" else 0, properties)
        properties.append(self._signed(name))

    def mark_whole_row(self, row: etree._Element, name: str) -> etree._Element:
        """Mark a row with all that stands in it."""
        self.mark_row(row, name)
        for block in row.iterfind(f"{CELL}/*"):
            if block.tag == TABLE:
                self.mark(block, name)
            elif block.tag == PARAGRAPH:
                self.mark_runs(block, name)
        return row

    def mark_end(self, paragraph: etree._Element, name: str) -> None:
        """Mark the end of a paragraph: without it, the paragraph runs on into the next one."""
        properties = demand_properties(paragraph)
        looks = properties.find(f"{W}rPr")
        if looks is None:
            looks = etree.Element(f"{W}rPr")
            behind = next((child for child in properties if child.tag in _LAST_PROPERTIES), None)
            properties.insert(len(properties) if behind is None else properties.index(behind), looks)
        looks.insert(0, self._signed(name))

    def mark_runs(self, paragraph: etree._Element, name: str) -> None:
        """Mark all that a paragraph says."""
        for run in list(paragraph.iter(RUN)):
            owner = run.getparent()
            if owner is None or next(run.iterancestors(PARAGRAPH)) is not paragraph:
                continue
            before = run.getprevious()
            mark = before if before is not None and before.tag == f"{W}{name}" else self._signed(name)
            if mark is not before:
                owner.insert(owner.index(run), mark)
            mark.append(run)
            if name == WENT:
                for text in run.iter(*_DELETED):
                    text.tag = _DELETED[str(text.tag)]
                    text.set(_SPACE, "preserve")

    def write_run(self, text: str, looks: etree._Element | None, name: str = "") -> etree._Element:
        """A run that says a text, with tabs and breaks, marked if there is a mark."""
        run = etree.Element(RUN)
        if looks is not None:
            run.append(_copy(looks))
        letters = f"{W}delText" if name == WENT else f"{W}t"
        rest = text
        while rest:
            at = min((index for sign in _BREAKS if (index := rest.find(sign)) >= 0), default=len(rest))
            if at:
                written = etree.SubElement(run, letters, {_SPACE: "preserve"})
                written.text = rest[:at]
            if at < len(rest):
                etree.SubElement(run, _BREAKS[rest[at]])
            rest = rest[at + 1 :]
        if not name:
            return run
        mark = self._signed(name)
        mark.append(run)
        return mark

    def note_looks(self, paragraph: etree._Element, former: etree._Element | None) -> None:
        """Keep in mind how a paragraph looked before, if it looked otherwise."""
        before = [] if former is None else [child for child in former if child.tag not in {f"{W}rPr", *_LAST_PROPERTIES}]
        now = [child for child in demand_properties(paragraph) if child.tag not in {f"{W}rPr", *_LAST_PROPERTIES}]
        if list(map(canonical, before)) == list(map(canonical, now)):
            return
        change = self._signed("pPrChange")
        etree.SubElement(change, PROPERTIES).extend(map(_copy, before))
        demand_properties(paragraph).append(change)

    def separate(self) -> etree._Element:
        """A paragraph that is neither there before nor after: it keeps a table that went apart from the one that came."""
        paragraph = etree.Element(PARAGRAPH)
        looks = etree.SubElement(etree.SubElement(paragraph, PROPERTIES), f"{W}rPr")
        looks.extend([self._signed(CAME), self._signed(WENT)])
        return paragraph

    def _signed(self, name: str) -> etree._Element:
        self.count += 1
        return etree.Element(f"{W}{name}", {f"{W}id": str(self.count), f"{W}author": self.author.name, f"{W}date": self.author.time})


def demand_properties(paragraph: etree._Element) -> etree._Element:
    """The properties of a paragraph, made if it has none."""
    properties = paragraph.find(PROPERTIES)
    if properties is None:
        properties = etree.Element(PROPERTIES)
        paragraph.insert(0, properties)
    return properties


def canonical(node: etree._Element) -> bytes:
    """A node as bytes, the same for nodes that say the same."""
    return etree.tostring(node, method="c14n")


def _copy(node: etree._Element) -> etree._Element:
    return etree.fromstring(canonical(node))
