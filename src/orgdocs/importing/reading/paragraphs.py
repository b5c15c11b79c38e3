"""What stands in one paragraph of a Word file, as a reader sees it: its text over all runs, and what is no text of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from orgdocs.importing.reading.markup import MC, W, list_children
from orgdocs.importing.reading.officefiles import check_field
from orgdocs.importing.reading.styles import Styles
from orgdocs.importing.reading.tidying import read_symbol, tidy

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_MATH = frozenset(
    {
        "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath",
        "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMathPara",
    }
)
_PICTURE = frozenset({"{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata"})
_DRAWING_DATA = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"
_DRAWING_NAME = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_WORD_ART = "{urn:schemas-microsoft-com:vml}textpath"
_WRAPPERS = frozenset(
    W + name
    for name in ("hyperlink", "smartTag", "sdtContent", "fldSimple", "customXml", "dir", "bdo", "ruby", "rubyBase", "ins", "moveTo")
)
_BREAK = "\f"
"""Stands for a page break inside a paragraph until its ends are known."""
_PLAIN = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


@dataclass(slots=True)
class Field:
    """A field that is open: its instruction so far, and whether its result has begun."""

    code: str = ""
    shown: bool = False

    @property
    def word(self) -> str:
        """The name of the field in capitals."""
        return (self.code.split(maxsplit=1) or [""])[0].upper()


@dataclass(slots=True)
class Strip:
    """What was gathered from one paragraph, and from those before it whose ends were deleted."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)
    """Text and whether it is bold."""
    asides: list[tuple[str, str]] = field(default_factory=list)
    """Codes and texts of what is no text of the paper."""
    boxes: list[tuple[etree._Element, bool]] = field(default_factory=list)
    """The contents of text boxes, and whether they are anchored before any text."""
    notes: list[tuple[str, str]] = field(default_factory=list)
    """References to notes: ``footnote`` or ``endnote``, and the id."""
    contents: str = ""
    """What of it belongs to a table of contents, which is made of the headings and no text of its own."""

    @property
    def text(self) -> str:
        """All of it, tidied; page breaks in the middle have become line breaks."""
        return tidy("".join(text for text, _ in self.pieces).strip(_BREAK + " \t\n").replace(_BREAK, "\n"))

    @property
    def is_bold(self) -> bool:
        """Whether all that can be seen is bold."""
        seen = [bold for text, bold in self.pieces if text.strip()]
        return bool(seen) and all(seen)

    @property
    def begins_page(self) -> bool:
        """Whether a page break stands before its text."""
        return "".join(text for text, _ in self.pieces).lstrip(" \t\n").startswith(_BREAK)

    @property
    def ends_page(self) -> bool:
        """Whether a page break stands after its text, or it is nothing else."""
        return "".join(text for text, _ in self.pieces).rstrip(" \t\n").endswith(_BREAK)


class Gatherer:
    """Gathers the strips of one story: the body, a header, a note. Fields may reach over its paragraphs."""

    def __init__(self, styles: Styles, diagram: Callable[[etree._Element], str], *, without: frozenset[str] = frozenset()) -> None:
        self._styles = styles
        self._diagram = diagram
        self._without = without
        self._fields: list[Field] = []
        self._strip = Strip()
        self._style = ""

    def gather(self, paragraph: etree._Element, style: str, strip: Strip) -> None:
        """Add what stands in a paragraph to a strip."""
        self._strip, self._style = strip, style
        self._walk(paragraph)

    def _walk(self, node: etree._Element) -> None:
        for child in node:
            tag = child.tag
            if tag == W + "r":
                self._read_run(child)
            elif tag in {W + "del", W + "moveFrom"}:
                self._note("deleted", _read_plain(child))
            elif tag in _WRAPPERS:
                if tag in {W + "ins", W + "moveTo"}:
                    self._note("inserted", _read_plain(child))
                elif tag == W + "fldSimple":
                    instruction = Field(child.get(W + "instr") or "")
                    check_field(instruction.code)
                    if instruction.word in self._without:
                        continue
                self._walk(child)
            elif tag == W + "sdt":
                for content in list_children(child, "sdtContent"):
                    self._walk(content)
            elif tag == MC + "AlternateContent":
                self._walk(choose_alternative(child))
            elif tag in _MATH:
                self._add("".join(part.text or "" for part in child.iter(_MATH_TEXT)), bold=False)

    def _read_run(self, run: etree._Element) -> None:
        properties = run.find(W + "rPr")
        hidden = self._styles.switch_run(properties, self._style, "vanish")
        bold = self._styles.switch_run(properties, self._style, "b")
        unseen = self._read_pieces(run, bold=bold, hidden=hidden)
        if unseen:
            self._note("hidden-text", unseen)

    def _read_pieces(self, run: etree._Element, *, bold: bool, hidden: bool) -> str:
        """Add the pieces of a run; those of a hidden one are returned instead."""
        unseen = ""
        for child in run:
            if not isinstance(child.tag, str):
                continue
            local = child.tag.rsplit("}", 1)[-1]
            if child.tag == MC + "AlternateContent":
                unseen += self._read_pieces(choose_alternative(child), bold=bold, hidden=hidden)
            elif local == "fldChar":
                self._turn_field(child.get(W + "fldCharType") or "")
            elif local == "instrText":
                if self._fields:
                    self._fields[-1].code += child.text or ""
            elif local in {"drawing", "pict", "object"}:
                self._read_drawing(child)
            elif local in {"footnoteReference", "endnoteReference"}:
                self._strip.notes.append((local.removesuffix("Reference"), child.get(W + "id") or ""))
            elif local == "commentReference":
                self._strip.notes.append(("comment", child.get(W + "id") or ""))
            elif text := _read_piece(child, local):
                if hidden:
                    unseen += text
                else:
                    self._add(text, bold=bold)
        return unseen if self._is_shown() else ""

    def _turn_field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(Field())
        elif self._fields:
            check_field(self._fields[-1].code)
            self._fields[-1].shown = True
            if kind == "end":
                self._fields.pop()

    def _is_shown(self) -> bool:
        return all(open_field.shown and open_field.word not in self._without for open_field in self._fields)

    def _add(self, text: str, *, bold: bool) -> None:
        if not self._is_shown():
            return
        if any(open_field.word == "TOC" for open_field in self._fields) or self._styles.is_contents(self._style):
            self._strip.contents += text
        else:
            self._strip.pieces.append((text, bold))

    def _note(self, code: str, text: str) -> None:
        if text := tidy(text):
            self._strip.asides.append((code, text))

    def _read_drawing(self, drawing: etree._Element) -> None:
        """A drawing: the text in its boxes belongs to the paper, pictures are told of."""
        before = not any(text.strip() for text, _ in self._strip.pieces)
        boxes = [box for box in _list_shown(drawing) if box.tag == W + "txbxContent"]
        self._strip.boxes += [(box, before) for box in boxes]
        for node in _list_shown(drawing):
            if node.tag in _PICTURE:
                name = drawing.find(f".//{_DRAWING_NAME}")
                self._strip.asides.append(("picture", "" if name is None else tidy(name.get("descr") or name.get("title") or "")))
            elif node.tag == _WORD_ART:
                self._note("word-art", node.get("string") or "")
            elif node.tag == _DRAWING_DATA and (kind := (node.get("uri") or "").rsplit("/", 1)[-1]) in {"diagram", "chart"}:
                self._strip.asides.append((kind, self._diagram(node)))


def choose_alternative(node: etree._Element) -> etree._Element:
    """The one branch of an alternative that is read: the newer one, unless only the older one says something."""
    branches = [child for child in node if child.tag in {MC + "Choice", MC + "Fallback"}]
    telling = (branch for branch in branches if any(part.tag in {W + "t", *_PICTURE} for part in branch.iter()))
    return next(telling, branches[0] if branches else node)


def is_deleted(mark: etree._Element | None) -> bool:
    """Whether the end of a paragraph or a row of a table was deleted (or moved away) while changes were tracked."""
    return mark is not None and next(list_children(mark, "del", "moveFrom"), None) is not None


def _list_shown(node: etree._Element) -> list[etree._Element]:
    """All nodes of a drawing, from each alternative one branch only, without those inside of text boxes."""
    found: list[etree._Element] = []
    waiting = [node]
    while waiting:
        current = waiting.pop()
        found.append(current)
        if current.tag == MC + "AlternateContent":
            waiting.append(choose_alternative(current))
        elif current.tag != W + "txbxContent":
            waiting += current.iterchildren("*", reversed=True)
    return found


def _read_plain(node: etree._Element) -> str:
    return "".join(
        part.text or "" if part.tag in {W + "t", W + "delText"} else " " for part in node.iter(W + "t", W + "delText", W + "tab", W + "br")
    )


def _read_piece(node: etree._Element, local: str) -> str:
    if local == "t":
        return node.text or ""
    if local == "br":
        return _BREAK if node.get(W + "type") == "page" else "\n"
    if local == "sym":
        code = node.get(W + "char") or ""
        try:
            return read_symbol(int(code[:6], 16))
        except ValueError:
            return ""
    return _PLAIN.get(local, "")


def read_comment(root: etree._Element | None, number: str) -> str:
    """The text of a comment by its id."""
    found = next((node for node in list_children(root, "comment") if node.get(W + "id") == number), None)
    return "" if found is None else tidy(" ".join(_read_plain(paragraph) for paragraph in found.iter(W + "p")))
