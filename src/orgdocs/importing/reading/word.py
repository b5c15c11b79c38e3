"""Word files (docx, docm refused) as manuscripts: paragraphs and tables of the body in reading order, with what Word adds by itself.

Changes that were tracked are taken as accepted and told, hidden text and comments are told, headers and notes stand apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from orgdocs.importing.manuscript import Block, Cell, Grid, Manuscript, Oddity, Paragraph, Spot, UnreadableError
from orgdocs.importing.reading.markup import MC, R, W, list_children, read_indent, read_number, read_switch
from orgdocs.importing.reading.numbering import Numbering
from orgdocs.importing.reading.officefiles import OfficeFile, Relation
from orgdocs.importing.reading.paragraphs import Gatherer, Strip, choose_alternative, is_deleted, read_comment
from orgdocs.importing.reading.styles import Styles
from orgdocs.importing.reading.tidying import tidy
from orgdocs.problems import Sentence

_DEEPEST = 40
"""So deep may tables and text boxes stand in each other."""
_MOST_COLUMNS = 200
_PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_DIAGRAM_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_GROUPS = frozenset(W + name for name in ("sdtContent", "customXml", "smartTag", "ins", "moveTo"))


def read_word(data: bytes, name: str) -> Manuscript:
    """Read a Word file.

    Raises:
        UnreadableError: it is broken, hostile, or no text document.
    """
    return _Reader(OfficeFile(data), name).read()


@dataclass(slots=True)
class _Flow:
    """Where paragraphs are put: the body, with spots that count on, or one cell, with the spot of the cell."""

    gatherer: Gatherer
    blocks: list[Block] = field(default_factory=list)
    cell: Spot | None = None
    strip: Strip = field(default_factory=Strip)
    breaks: bool = False
    """Whether a page or section begins before the next paragraph."""

    @property
    def spot(self) -> Spot:
        """The place of what is put next."""
        return self.cell or Spot(len(self.blocks) + 1)


class _Reader:
    """Reads one file."""

    def __init__(self, file: OfficeFile, name: str) -> None:
        self._file = file
        self._name = name
        self._main = file.find_main()
        self._relations = file.relate(self._main)
        self._styles = Styles(self._part("styles"))
        self._numbering = Numbering(self._part("numbering"), self._styles)
        self._comments = self._part("comments")
        self._notes = {kind: self._part(f"{kind}s") for kind in ("footnote", "endnote")}
        self._noted = {"footnote": 0, "endnote": 0}
        self._running: list[Paragraph] = []
        self._oddities: list[Oddity] = []
        self._heads: set[str] = set()
        self._depth = 0

    def _part(self, kind: str) -> etree._Element | None:
        return next((self._file.parse(relation.target) for relation in self._relations.values() if relation.kind == kind), None)

    def read(self) -> Manuscript:
        """The whole file."""
        root = self._file.parse(self._main)
        body = None if root is None else root.find(W + "body")
        if body is None:
            raise UnreadableError(Sentence("it is a zip archive, but no Word or Excel file"))
        flow = _Flow(self._gatherer())
        self._read_blocks(body, flow)
        self._finish(flow)
        self._oddities += [Oddity("outside", relation.target) for relation in self._file.list_outside()]
        self._oddities += [Oddity("embedded-file", name) for name in self._file.list_embedded()]
        running = {paragraph.text: paragraph for paragraph in reversed(self._running) if paragraph.text}
        return Manuscript(self._name, "docx", tuple(flow.blocks), tuple(reversed(running.values())), tuple(self._oddities))

    def _gatherer(self, without: frozenset[str] = frozenset()) -> Gatherer:
        return Gatherer(self._styles, self._read_diagram, without=without)

    def _read_blocks(self, container: etree._Element, flow: _Flow) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnreadableError(Sentence("its tables and text boxes stand in each other more than {number} deep", number=_DEEPEST))
        for node in container:
            if node.tag == W + "p":
                self._read_paragraph(node, flow)
            elif node.tag == W + "tbl":
                self._read_table(node, flow)
            elif node.tag == W + "sectPr":
                self._read_section(node)
            elif node.tag == W + "sdt":
                for content in list_children(node, "sdtContent"):
                    self._read_blocks(content, flow)
            elif node.tag in _GROUPS:
                self._read_blocks(node, flow)
            elif node.tag == MC + "AlternateContent":
                self._read_blocks(choose_alternative(node), flow)
        self._depth -= 1

    def _read_paragraph(self, node: etree._Element, flow: _Flow) -> None:
        properties = node.find(W + "pPr")
        style = self._styles.choose(properties)
        flow.gatherer.gather(node, style, flow.strip)
        section = None if properties is None else properties.find(W + "sectPr")
        if not is_deleted(None if properties is None else properties.find(W + "rPr")) or section is not None:
            self._put(flow, properties, style)
        if section is not None:
            self._read_section(section)
            flow.breaks = True

    def _put(self, flow: _Flow, properties: etree._Element | None, style: str) -> None:
        """Put what was gathered as one paragraph, and the text boxes anchored in it before or after."""
        strip, flow.strip = flow.strip, Strip()
        for box, before in strip.boxes:
            if before:
                self._read_blocks(box, flow)
        text, direct = strip.text, read_indent(properties)
        mark = None if properties is None else properties.find(W + "rPr")
        # Word does not count a paragraph of which nothing is shown, not even its end.
        is_hidden = not text and self._styles.switch_run(mark, style, "vanish")
        label = None if is_hidden else self._numbering.count(properties, style)
        by_list = None if label is None else label.indent
        breaks = flow.breaks or strip.begins_page or self._breaks_before(properties, style)
        spot = flow.spot
        if contents := tidy(strip.contents):
            self._oddities.append(Oddity("contents", contents, spot))
        if text or (label is not None and label.text):
            flow.blocks.append(
                Paragraph(
                    text,
                    spot,
                    label="" if label is None else label.text,
                    level=None if label is None else label.level,
                    heading=self._styles.heading(properties, style),
                    bold=strip.is_bold,
                    centred=self._styles.align(properties, style) == "center",
                    indent=next((indent for indent in (direct, by_list) if indent is not None), self._styles.indent(style)),
                    breaks_page=breaks,
                )
            )
            breaks = False
        flow.breaks = breaks or strip.ends_page
        self._oddities += [Oddity(code, aside, spot) for code, aside in strip.asides]
        for kind, number in strip.notes:
            self._read_note(kind, number, spot)
        for box, before in strip.boxes:
            if not before:
                self._read_blocks(box, flow)

    def _finish(self, flow: _Flow) -> None:
        """Put what is left of paragraphs whose ends were deleted."""
        if flow.strip.pieces or flow.strip.asides or flow.strip.boxes:
            self._put(flow, None, self._styles.choose(None))

    def _breaks_before(self, properties: etree._Element | None, style: str) -> bool:
        direct = read_switch(properties, "pageBreakBefore")
        return bool(self._styles.switch(style, "pageBreakBefore", of_runs=False) if direct is None else direct)

    # -- tables --

    def _read_table(self, node: etree._Element, flow: _Flow) -> None:
        self._finish(flow)
        if flow.cell is not None:  # a table in a cell: its cells are paragraphs of that cell
            for row in self._list_rows(node):
                for cell in _list_nested(row, "tc"):
                    self._read_blocks(cell, flow)
            return
        number = len(flow.blocks) + 1
        rows = [self._read_row(row, number, place) for place, row in enumerate(self._list_rows(node), 1)]
        if any(rows):
            flow.blocks.append(Grid(tuple(rows), Spot(number)))

    def _list_rows(self, table: etree._Element) -> Iterator[etree._Element]:
        for row in _list_nested(table, "tr"):
            if is_deleted(row.find(W + "trPr")):
                words = tidy(" ".join(part.text or "" for part in row.iter(W + "t", W + "delText")))
                self._oddities.append(Oddity("deleted", words))
            else:
                yield row

    def _read_row(self, row: etree._Element, block: int, number: int) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        column = 1
        skipped = min(max(read_number(row.find(W + "trPr"), "gridBefore") or 0, 0), _MOST_COLUMNS)
        if skipped:
            cells.append(Cell((), skipped))
            column += skipped
        for node in _list_nested(row, "tc"):
            properties = node.find(W + "tcPr")
            span = min(max(read_number(properties, "gridSpan") or 1, 1), _MOST_COLUMNS)
            merge = None if properties is None else properties.find(W + "vMerge")
            continued = merge is not None and merge.get(W + "val", "continue") == "continue"
            inner = _Flow(self._gatherer(), cell=Spot(block, number, column))
            self._read_blocks(node, inner)
            self._finish(inner)
            cells.append(Cell(tuple(part for part in inner.blocks if isinstance(part, Paragraph)), span, continued))
            column += span
        return tuple(cells)

    # -- what stands apart --

    def _read_section(self, node: etree._Element) -> None:
        for reference in list_children(node, "headerReference", "footerReference"):
            relation = self._relations.get(reference.get(R + "id") or "")
            if relation is not None and relation.target not in self._heads:
                self._heads.add(relation.target)
                self._read_apart(relation)

    def _read_apart(self, relation: Relation) -> None:
        root = self._file.parse(relation.target)
        if root is not None:
            self._running += self._read_story(root, _PAGE_FIELDS)

    def _read_story(self, root: etree._Element, without: frozenset[str] = frozenset()) -> list[Paragraph]:
        """The paragraphs of a header, footer or note, those in its tables too."""
        flow = _Flow(self._gatherer(without), cell=Spot(0))
        self._read_blocks(root, flow)
        self._finish(flow)
        return [block for block in flow.blocks if isinstance(block, Paragraph)]

    def _read_note(self, kind: str, number: str, spot: Spot) -> None:
        if kind == "comment":
            if text := read_comment(self._comments, number):
                self._oddities.append(Oddity("comment", text, spot))
            return
        self._noted[kind] += 1
        root = self._notes[kind]
        node = next((note for note in list_children(root, kind) if note.get(W + "id") == number), None)
        if node is not None:
            label = str(self._noted[kind])
            for paragraph in self._read_story(node):
                self._running.append(paragraph._replace(spot=spot, label=label))
                label = ""

    def _read_diagram(self, node: etree._Element) -> str:
        """The words of a diagram, which stand in a part of their own."""
        ids = {value for child in node.iter() for key, value in child.attrib.items() if str(key).startswith(R)}
        words = [
            text
            for relation in (self._relations[name] for name in sorted(map(str, ids)) if name in self._relations)
            if relation.kind == "diagramData" and (root := self._file.parse(relation.target)) is not None
            for part in root.iter(_DIAGRAM_TEXT)
            if (text := tidy(part.text or ""))
        ]
        return "; ".join(words)


def _list_nested(node: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, also those inside of content controls."""
    for child in node:
        if child.tag == W + name:
            yield child
        elif child.tag in {W + "sdt", *_GROUPS}:
            yield from _list_nested(child, name)
