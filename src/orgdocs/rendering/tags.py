"""The tags of a template as they stand in Word: each whole in one paragraph, and nothing beside those that vanish."""

from __future__ import annotations

import re
from typing import NoReturn

from lxml import etree

from orgdocs.rendering.expressions import OPENING, TemplateFault
from orgdocs.rendering.packages import W

MOST_TAGS = 5_000
"""So many tags a part may hold; the largest of our own has a hundred."""

_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_ANY_MARK = re.compile(r"\{[{%#]|[}%#]\}")

_PLACED = re.compile(r"\{[{%#](p|tr|tc|r)\s")

_CONTAINERS = {"p": "paragraph", "tr": "row", "tc": "cell"}
_LOST = {
    "drawing": "a picture", "pict": "a picture", "object": "an object", "sectPr": "a section break", "footnoteReference": "a footnote",
    "endnoteReference": "an endnote", "sym": "a symbol", "fldSimple": "a field", "fldChar": "a field",
}  # fmt: skip
_CHANGES = frozenset(
    {f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "pPrChange", "rPrChange", "tblPrChange", "sectPrChange")}
)

_HARD_SPACE = "\xa0"


def _split(text: str) -> tuple[list[str], str]:
    """The tags in a text, and the text with a NUL for each. In time that grows with the text, whatever is in it."""
    tags: list[str] = []
    rest: list[str] = []
    at = 0
    while mark := OPENING.search(text, at):
        end = text.find(_CLOSING[mark[0]], mark.end())
        if end < 0:
            break
        rest.append(text[at : mark.start()])
        tags.append(text[mark.start() : end + 2])
        at = end + 2
    return tags, "\0".join([*rest, text[at:]])


class Tags:
    """The tags of a part as they stand in Word: each whole in one paragraph, and nothing beside those that vanish."""

    def __init__(self, name: str, root: etree._Element) -> None:
        self.name = name
        self.loops_columns = False
        self.may_empty = False
        self.count = 0
        for node in root.iter(etree.Element):
            if node.tag in _CHANGES:
                raise TemplateFault(f"{name}: it holds tracked changes, which would stand in every paper; accept or reject them in Word")
            if node.tag == f"{W}p":
                self._check_paragraph(node)
            elif any(OPENING.search(str(value)) for value in node.attrib.values()) or (
                node.tag != f"{W}t" and node.text and OPENING.search(node.text)
            ):
                raise TemplateFault(f"{name}: there is a tag where none is filled in, in “{etree.QName(node).localname}”")

    def _fail(self, sentence: str, text: str) -> NoReturn:
        raise TemplateFault(f"{self.name}: {sentence} (near “{text[:100]}”)")

    def _check_paragraph(self, paragraph: etree._Element) -> None:
        pieces = [node for node in paragraph.iter(f"{W}t") if next(node.iterancestors(f"{W}p")) is paragraph]
        text = "".join(piece.text or "" for piece in pieces)
        if "{" not in text and "}" not in text:
            return
        tags, rest = _split(text)
        self.count += len(tags)
        if self.count > MOST_TAGS:
            raise TemplateFault(f"{self.name}: it holds more than {MOST_TAGS} tags")
        if _ANY_MARK.search(rest):
            self._fail("a tag is not closed, or not opened, in its paragraph", text)
        if re.search(r"(?:^|\0)\}|\{(?:\0|$)", rest):
            self._fail("a single brace stands beside a tag or at the edge of a paragraph; set something between", text)
        self._soften(pieces, tags, text)
        for tag in tags:
            self._check_tag(tag.replace(_HARD_SPACE, " "), text.replace(_HARD_SPACE, " "), paragraph)

    @staticmethod
    def _soften(pieces: list[etree._Element], tags: list[str], text: str) -> None:
        """Make the hard spaces within tags, which Word likes to type, plain ones."""
        at = 0
        for tag in tags:
            start = text.index(tag, at)
            at = start + len(tag)
            text = text[:start] + tag.replace(_HARD_SPACE, " ") + text[at:]
        at = 0
        for piece in pieces:
            length = len(piece.text or "")
            piece.text = text[at : at + length]
            at += length

    def _check_tag(self, tag: str, text: str, paragraph: etree._Element) -> None:
        if tag[2] in "-+" or tag[-3] in "-+":
            self._fail("the signs - and + in a tag swallow what stands around it; leave them out", text)
        if re.match(r"\{%\s*(vm|hm|cellbg)\b", tag):
            self._fail("vm, hm and cellbg are not known here", text)
        if re.match(r"\{%\s*colspan\b", tag):
            cell = next(paragraph.iterancestors(f"{W}tc"), None)
            if cell is None or cell.find(f"{W}tcPr/{W}tcW") is None:
                self._fail("colspan stands in a cell of a table, and one that has a width", text)
            self.loops_columns = True
        self.loops_columns |= tag.startswith("{%tc ")
        placed = _PLACED.match(tag)
        if placed is None:
            return
        kind = placed[1]
        if tag.startswith("{{"):
            self._fail(f"what is printed needs its paragraph: write {{{{ without {kind}", text)
        if kind == "r":
            return
        container = paragraph if kind == "p" else next(paragraph.iterancestors(f"{W}{kind}"), None)
        if container is None:
            self._fail(f"{{%{kind} stands outside of a table", text)
        self._check_alone(tag, kind, container)
        parent = paragraph.getparent()
        self.may_empty |= kind != "p" or parent is None or parent.tag != f"{W}body"

    def _check_alone(self, tag: str, kind: str, container: etree._Element) -> None:
        """What stands around such a tag vanishes with it: there must be nothing."""
        word = _CONTAINERS[kind]
        whole = "".join(piece.text or "" for piece in container.iter(f"{W}t")).replace(_HARD_SPACE, " ")
        rest = whole.replace(tag, "", 1).strip()
        if OPENING.search(rest):
            self._fail(f"there is a second tag in the {word} of {tag}; give each a {word} of its own", whole)
        if rest:
            self._fail(f"in the {word} of {tag} there is text besides the tag; it would be lost", whole)
        for node in container.iter(etree.Element):
            if node.tag == f"{W}br" and node.get(f"{W}type") is not None:
                self._fail(f"in the {word} of {tag} there is a page break; it would be lost", whole)
            local = etree.QName(node).localname
            if local in _LOST:
                self._fail(f"in the {word} of {tag} there is {_LOST[local]}; it would be lost", whole)
