"""Word templates, prepared once: each part becomes a compiled, sandboxed template; everything else is ready bytes."""

from __future__ import annotations

import posixpath
import re
import traceback
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, NoReturn

import jinja2
from jinja2 import meta, nodes
from lxml import etree
from markupsafe import Markup, escape

from orgdocs.contents.packet import PACKET
from orgdocs.rendering.packages import BODY, CONTENT_TYPES, DECLARATION, PackageError, list_xml, parse_xml, read_package, serialise_xml
from orgdocs.rendering.pictures import Drawing
from orgdocs.sandbox import ALLOWED_NODES, LOOP_STATE, Sandbox

MOST_TAGS = 5_000
"""So many tags a part may hold; the largest of our own has a hundred."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARK = re.compile(r"\{\{|\{%|\{#")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_ANY_MARK = re.compile(r"\{[{%#]|[}%#]\}")
_SPLIT_MARK = re.compile(r"\{(<[^>]*>)*[{%#]")
_SPLIT_END = re.compile(r"[}%#](<[^>]*>)*\}")
_PLACED = re.compile(r"\{[{%#](p|tr|tc|r)\s")
_PAIR = re.compile(r"\{%\s*(for|if|endfor|endif)\b")
_PARAGRAPH = re.compile(r"<w:p[ >]")
_RENDERED = re.compile(r"word/(document|header[0-9]*|footer[0-9]*|footnotes|endnotes)\.xml")
_NO_RELATION = "/stylesWithEffects"
_SPAN_FIRST = re.compile(r"(<w:tcPr[^>]*>)(<w:gridSpan[^>]*/>)((?:<w:cnfStyle[^>]*/>)?<w:tcW [^>]*/>)")

_CONTAINERS = {"p": "paragraph", "tr": "row", "tc": "cell"}
_LOST = {
    "drawing": "a picture", "pict": "a picture", "object": "an object", "sectPr": "a section break", "footnoteReference": "a footnote",
    "endnoteReference": "an endnote", "sym": "a symbol", "fldSimple": "a field", "fldChar": "a field",
}  # fmt: skip
_CHANGES = frozenset(
    {f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "pPrChange", "rPrChange", "tblPrChange", "sectPrChange")}
)

Shape = str | list[Any] | dict[str, Any]
"""What a field is: ``text``, a list with the shape of its entries, or a dict with the shapes of its fields."""

_TEXT = "text"
_SIGNATURES: Shape = [{"post": _TEXT, "line": _TEXT}]
_BLOCK: Shape = {
    "style": _TEXT, "text": _TEXT, "columns": [_TEXT], "rows": [{"with": _TEXT, "receives": _TEXT, "provides": _TEXT}],
}  # fmt: skip
_WORDS: Shape = [{"text": _TEXT, "state": _TEXT}]
_TABLE: Shape = {"heading": _TEXT, "columns": [_TEXT], "rows": [{"style": _TEXT, "text": _TEXT, "cells": [_TEXT]}]}
_PACKET: Shape = {
    "intro": [_TEXT], "changes": {"heading": _TEXT, "groups": [{"heading": _TEXT, "changes": [{"words": _WORDS}]}]},
    "totals": _TABLE, "papers": _TABLE,
    "comparison": {
        "heading": _TEXT, "columns": [_TEXT], "rows": [{"style": _TEXT, "text": _TEXT, "before": _WORDS, "after": _WORDS}],
    },
    "orders": [
        {
            "heading": _TEXT, "issuer": _TEXT, "word": _TEXT, "requisites": [_TEXT], "about": _TEXT, "preamble": _TEXT, "verb": _TEXT,
            "points": [{"text": _TEXT, "entries": [_TEXT]}], "signatures": _SIGNATURES,
        }
    ],
}  # fmt: skip
SHAPES: dict[str, Shape] = {
    "title": _TEXT, "emblem": _TEXT, "annex_first": [_TEXT], "annex_next": _TEXT, "head": [_TEXT],
    "stamp": {"word": _TEXT, "lines": [_TEXT]},
    "name": _TEXT, "subject": [_TEXT], "below": [_TEXT], "preamble": [_TEXT], "numbering": _TEXT,
    "sections": [{"heading": _TEXT, "lead": _TEXT, "blocks": [_BLOCK]}],
    "columns": [{"title": _TEXT, "number": _TEXT, "width": _TEXT, "align": _TEXT}],
    "rows": [{"style": _TEXT, "text": _TEXT, "cells": [{"text": _TEXT, "align": _TEXT}]}],
    "closing": [_TEXT], "signatures": _SIGNATURES, "agreed_word": _TEXT, "agreed": _SIGNATURES, "acquaintance": _TEXT,
    "acquaintance_columns": [_TEXT], "acquaintance_rows": [_TEXT], "marks": {"footer": [_TEXT], "draft": _TEXT, "code": _TEXT},
}  # fmt: skip
"""The names that a template may use: the fields of a content's body, and the marks."""

PACKET_SHAPES: dict[str, Shape] = SHAPES | {"packet": _PACKET}
"""The names that the template of packets may use."""


def shapes_for(kind: str) -> Mapping[str, Shape]:
    """The names that the template of a kind of paper may use."""
    return PACKET_SHAPES if kind == PACKET else SHAPES


_LOOP: Shape = dict.fromkeys(sorted(LOOP_STATE), _TEXT)


class TemplateFault(Exception):  # noqa: N818  (a fault in the user's file, not an error of the program)
    """A template cannot be used; the text says what is wrong and next to which text."""


# -- language -------------------------------------------------------------------------------------------------------


_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')
_TAB = Markup('</w:t><w:tab/><w:t xml:space="preserve">')


def _finalize(value: Any) -> Any:
    """Text is escaped by the environment; line breaks and tabs in it become Word's own, and a picture its drawing."""
    if isinstance(value, str):
        if "\n" in value or "\t" in value:
            return Markup(escape(value).replace("\n", _BREAK).replace("\t", _TAB))  # noqa: S704  (escaped on this line)
        return value
    if isinstance(value, jinja2.Undefined | Drawing) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise TemplateFault(f"a template can print texts only, not {type(value).__name__}")


_ENVIRONMENT = Sandbox(autoescape=True, finalize=_finalize, filters={"length": len, "upper": str.upper})
"""The second wall: the check of the parsed template refuses already what this refuses."""

_SIGNS = {"add": "+", "sub": "-", "mul": "*", "div": "/", "floordiv": "//", "mod": "%", "pow": "**", "concat": "~", "call": "(…)"}
"""Kinds of nodes by what stands in the template."""

_DEEPEST = 40


class _Reading:
    """The check of one parsed part: only fields, conditions and loops, and every name is one that papers have."""

    def __init__(self, name: str, source: str) -> None:
        self.name = name
        self.source = source

    def fail(self, sentence: str, node: nodes.Node) -> NoReturn:
        raise TemplateFault(f"{self.name}: {sentence}{_near(self.source, node.lineno)}")

    def check(self, node: nodes.Node, scope: Mapping[str, Shape], loop: str = "", depth: int = 0) -> None:
        """Check a node and all below it. ``scope`` has the names that are known there, ``loop`` the innermost loop's."""
        if not isinstance(node, ALLOWED_NODES):
            word = type(node).__name__.lower()
            self.fail(f"“{_SIGNS.get(word, word)}” is not allowed in a template, which prints fields with if and for", node)
        if depth > _DEEPEST:
            self.fail("tags are nested too deeply here", node)
        if isinstance(node, nodes.For):
            self._check_loop(node, scope, loop, depth)
            return
        if isinstance(node, nodes.Output):
            for printed in node.nodes:
                self._check_printed(printed, scope)
        elif isinstance(node, nodes.TemplateData) and _MARK.search(node.data):
            self.fail("“raw” is not allowed in a template", node)
        elif isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            self.shape(node, scope)
            return
        elif isinstance(node, nodes.Const) and isinstance(node.value, str) and "&" in node.value:
            self.fail("a text within a tag cannot hold &; write it beside the tag", node)
        elif isinstance(node, nodes.Filter) and node.name not in _ENVIRONMENT.filters:
            self.fail(f"there is no filter {node.name}; there are {', '.join(_ENVIRONMENT.filters)}", node)
        elif isinstance(node, nodes.Test) and node.name not in _ENVIRONMENT.tests:
            self.fail(f"there is no test {node.name}", node)
        for child in node.iter_child_nodes():
            self.check(child, scope, loop, depth + 1)

    def _check_printed(self, node: nodes.Node, scope: Mapping[str, Shape]) -> None:
        """What is printed is a text: Python's own words for lists and truth belong into no paper."""
        if isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            shape = self.shape(node, scope)
            if isinstance(shape, list):
                self.fail(f"{_path(node)} is a list; go over it with for", node)
            if isinstance(shape, dict):
                self.fail(f"{_path(node)} is no text; it has {', '.join(shape)}", node)
        elif isinstance(node, nodes.CondExpr):
            self._check_printed(node.expr1, scope)
            if node.expr2 is not None:
                self._check_printed(node.expr2, scope)
        elif isinstance(node, nodes.Const):
            if not isinstance(node.value, str):
                self.fail(f"{node.value} is no text", node)
        elif isinstance(node, nodes.Compare | nodes.And | nodes.Or | nodes.Not | nodes.Test | nodes.List | nodes.Tuple):
            self.fail("what is printed here is no text; conditions belong into if", node)

    def _check_loop(self, node: nodes.For, scope: Mapping[str, Shape], loop: str, depth: int) -> None:
        if not isinstance(node.target, nodes.Name) or node.recursive:
            self.fail("a loop has one name and one list: for item in head", node)
        root: nodes.Node = node.iter
        while isinstance(root, nodes.Getattr | nodes.Getitem):
            root = root.node
        shape = self.shape(node.iter, scope)
        if not isinstance(root, nodes.Name) or not isinstance(shape, list):
            self.fail("a loop goes over a list of the paper", node)
        # Otherwise three nested loops over a long table would take days.
        if loop and root.name != loop:
            self.fail(f"a loop within a loop goes over a field of the outer one: for … in {loop}.…", node)
        inner = {**scope, node.target.name: shape[0], "loop": _LOOP}
        for child in (*node.body, *([node.test] if node.test is not None else [])):
            self.check(child, inner, node.target.name, depth + 1)
        for child in node.else_:
            self.check(child, scope, loop, depth + 1)

    def shape(self, node: nodes.Node, scope: Mapping[str, Shape]) -> Shape:
        """What a field is; an unknown name is a fault."""
        if isinstance(node, nodes.Name):
            if node.name not in scope:
                self._fail_unknown(node.name, "a paper", scope, node)
            return scope[node.name]
        if isinstance(node, nodes.Getattr):
            key: Any = node.attr
        elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            key = node.arg.value
        else:
            self.fail("only fields can be used here, such as section.heading", node)
        owner = self.shape(node.node, scope)
        if isinstance(owner, list) and isinstance(key, int) and not isinstance(key, bool):
            entry: Shape = owner[0]
            return entry
        if not isinstance(owner, dict):
            self.fail(f"{_path(node.node)} has no field {key}", node)
        if key not in owner:
            self._fail_unknown(str(key), _path(node.node), owner, node)
        found: Shape = owner[key]
        return found

    def _fail_unknown(self, name: str, where: str, known: Mapping[str, Shape], node: nodes.Node) -> NoReturn:
        foreign = "".join(dict.fromkeys(letter for letter in name if not letter.isascii()))
        if foreign:
            self.fail(f"the name {name} has letters that are not Latin: {foreign}", node)
        near = get_close_matches(name, known, n=1)
        hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(sorted(known))}"
        self.fail(f"there is nothing called {name} in {where}{hint}", node)


def _path(node: nodes.Node) -> str:
    """A field as it is written: section.heading."""
    if isinstance(node, nodes.Getattr):
        return f"{_path(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return f"{_path(node.node)}[{node.arg.value!r}]"
    return node.name if isinstance(node, nodes.Name) else "this"


def _near(source: str, line: int | None) -> str:
    """The readable text around a line of prepared XML, to find the place in Word. Each paragraph is a line there."""
    lines = source.split("\n")
    if line is None or not 0 < line <= len(lines):
        return ""
    text = " ".join(re.sub(r"<[^>]+>", " ", lines[line - 1]).split())
    mark = _MARK.search(text)
    start = max(mark.start() - 40, 0) if mark else 0
    words = text[start : start + 100]
    return f" (near “{words}”)" if words else ""


# -- parts ----------------------------------------------------------------------------------------------------------


class Part:
    """One part of a template that is rendered."""

    __slots__ = ("_lined", "_render", "_template", "loops_columns", "may_empty", "name", "names")

    def __init__(self, name: str, root: etree._Element, shapes: Mapping[str, Shape] = SHAPES) -> None:
        self.name = name
        marks = _Marks(name, root)
        self.loops_columns = marks.loops_columns
        """Whether columns come out of a loop, so that the grid and the widths have to be fitted afterwards."""
        self.may_empty = marks.may_empty
        """Whether a cell or the like may be left without a paragraph, so that one has to be put in."""
        patched = patch(DECLARATION + etree.tostring(root, encoding="unicode"))
        if len(_MARK.findall(patched)) != marks.count:
            raise TemplateFault(f"{name}: there is a tag in a place where none is filled in, such as a field or a drawing")
        self._lined = _PARAGRAPH.sub(r"\n\g<0>", patched)
        _check_pairs(self._lined, name)
        try:
            tree = _ENVIRONMENT.parse(self._lined)
            _Reading(name, self._lined).check(tree, shapes)
            self.names = meta.find_undeclared_variables(tree)
            """The names of values that it asks for."""
            self._template = _ENVIRONMENT.from_string(patched)
        except jinja2.TemplateSyntaxError as error:
            raise TemplateFault(f"{name}: {error.message}{_near(self._lined, error.lineno)}") from None
        except (RecursionError, SyntaxError, ValueError, MemoryError):
            raise TemplateFault(f"{name}: tags are nested too deeply") from None
        self._render = self._template.root_render_func

    def render(self, values: dict[str, Any]) -> bytes:
        """The part with the values filled in. Whether it is whole is for the caller to see by parsing it.

        Raises:
            TemplateFault: the template asks for something that the content has not, or a text cannot stand in Word.
        """
        try:
            text = "".join(self._render(self._template.new_context(values)))
            if "\r" in text:
                raise TemplateFault(f"{self.name}: a text holds a carriage return, which Word files cannot keep")
            return text.encode()
        except UnicodeEncodeError:
            raise TemplateFault(f"{self.name}: a text holds half a character, which cannot be written") from None
        except (jinja2.TemplateError, TypeError, ValueError, LookupError, ArithmeticError) as error:
            raise TemplateFault(f"{self.name}: {error}{_near(self._lined, self._line_of_error(values))}") from None

    def _line_of_error(self, values: dict[str, Any]) -> int | None:
        """In which line rendering breaks off: found by doing it again with the lines kept apart."""
        try:
            _ENVIRONMENT.from_string(self._lined).render(values)
        except Exception as error:  # noqa: BLE001  (the same as before, whatever it was)
            lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
            return lines[-1] if lines else None
        return None


def patch(source: str) -> str:
    """Word's XML with the tags of a template freed from the runs that Word splits them into.

    This is docxtpl's own preparation, so that its templates and its documentation hold here; only the cell properties
    of a spanning cell are put into the order that the format demands.
    """
    from docxtpl import DocxTemplate  # noqa: PLC0415  (0.1 s; only who prepares a template pays for it)

    patched: str = DocxTemplate(None).patch_xml(source)
    return _SPAN_FIRST.sub(r"\1\3\2", patched)


def _check_pairs(source: str, name: str) -> None:
    """Every for and if has its end: said here because Jinja names the end of the file, not the open tag."""
    open_tags: list[re.Match[str]] = []
    for tag in _PAIR.finditer(source):
        word = tag[1]
        if not word.startswith("end"):
            open_tags.append(tag)
        elif not open_tags or open_tags[-1][1] != word.removeprefix("end"):
            opened = f"the {open_tags[-1][1]} before it is still open" if open_tags else "nothing is open"
            raise TemplateFault(f"{name}: {word} closes nothing here; {opened}{_near(source, _line(source, tag))}")
        else:
            open_tags.pop()
    if open_tags:
        word = open_tags[-1][1]
        raise TemplateFault(f"{name}: this {word} is never closed by end{word}{_near(source, _line(source, open_tags[-1]))}")


def _line(source: str, tag: re.Match[str]) -> int:
    return source.count("\n", 0, tag.start()) + 1


_HARD_SPACE = "\xa0"


def _split(text: str) -> tuple[list[str], str]:
    """The tags in a text, and the text with a NUL for each. In time that grows with the text, whatever is in it."""
    tags: list[str] = []
    rest: list[str] = []
    at = 0
    while mark := _MARK.search(text, at):
        end = text.find(_CLOSING[mark[0]], mark.end())
        if end < 0:
            break
        rest.append(text[at : mark.start()])
        tags.append(text[mark.start() : end + 2])
        at = end + 2
    return tags, "\0".join([*rest, text[at:]])


class _Marks:
    """The tags of a part as they stand in Word: each whole in one paragraph, and nothing beside those that vanish."""

    def __init__(self, name: str, root: etree._Element) -> None:
        self.name = name
        self.loops_columns = False
        self.may_empty = False
        self.count = 0
        for node in root.iter(etree.Element):
            if node.tag in _CHANGES:
                raise TemplateFault(f"{name}: it holds tracked changes, which would stand in every paper; accept or reject them in Word")
            if node.tag == f"{_W}p":
                self._check_paragraph(node)
            elif any(_MARK.search(str(value)) for value in node.attrib.values()) or (
                node.tag != f"{_W}t" and node.text and _MARK.search(node.text)
            ):
                raise TemplateFault(f"{name}: there is a tag where none is filled in, in “{etree.QName(node).localname}”")

    def _fail(self, sentence: str, text: str) -> NoReturn:
        raise TemplateFault(f"{self.name}: {sentence} (near “{text[:100]}”)")

    def _check_paragraph(self, paragraph: etree._Element) -> None:
        pieces = [node for node in paragraph.iter(f"{_W}t") if next(node.iterancestors(f"{_W}p")) is paragraph]
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
            cell = next(paragraph.iterancestors(f"{_W}tc"), None)
            if cell is None or cell.find(f"{_W}tcPr/{_W}tcW") is None:
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
        container = paragraph if kind == "p" else next(paragraph.iterancestors(f"{_W}{kind}"), None)
        if container is None:
            self._fail(f"{{%{kind} stands outside of a table", text)
        self._check_alone(tag, kind, container)
        parent = paragraph.getparent()
        self.may_empty |= kind != "p" or parent is None or parent.tag != f"{_W}body"

    def _check_alone(self, tag: str, kind: str, container: etree._Element) -> None:
        """What stands around such a tag vanishes with it: there must be nothing."""
        word = _CONTAINERS[kind]
        whole = "".join(piece.text or "" for piece in container.iter(f"{_W}t")).replace(_HARD_SPACE, " ")
        rest = whole.replace(tag, "", 1).strip()
        if _MARK.search(rest):
            self._fail(f"there is a second tag in the {word} of {tag}; give each a {word} of its own", whole)
        if rest:
            self._fail(f"in the {word} of {tag} there is text besides the tag; it would be lost", whole)
        for node in container.iter(etree.Element):
            if node.tag == f"{_W}br" and node.get(f"{_W}type") is not None:
                self._fail(f"in the {word} of {tag} there is a page break; it would be lost", whole)
            local = etree.QName(node).localname
            if local in _LOST:
                self._fail(f"in the {word} of {tag} there is {_LOST[local]}; it would be lost", whole)


# -- templates ------------------------------------------------------------------------------------------------------


class Template:
    """A Word template, checked and prepared.

    Raises:
        TemplateFault: the file is not acceptable, or a tag in it cannot be read.
    """

    def __init__(self, data: bytes, shapes: Mapping[str, Shape] = SHAPES) -> None:
        self._shapes = shapes
        try:
            parts = read_package(data)
        except PackageError as error:
            raise TemplateFault(str(error)) from None
        self.static: dict[str, bytes] = {}
        self.dynamic: list[Part] = []
        parsed = set(list_xml(parts))
        for name in _reachable(parts):
            if name in parsed:
                self._take(name, parts[name])
            else:
                self.static[name] = parts[name]

    def _take(self, name: str, content: bytes) -> None:
        root = parse_xml(content)
        if root.tag == f"{_W}comments" and len(root):
            raise TemplateFault(f"{name}: it holds comments, which would stand in every paper; delete them in Word")
        if name == "word/_rels/document.xml.rels":
            content = _without_effects(root, content)
        # Serialised first, so that a brace written as a number is seen as the brace that it is.
        etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
        text = etree.tostring(root, encoding="unicode")
        if _RENDERED.fullmatch(name) and (_SPLIT_MARK.search(text) or _SPLIT_END.search(text)):
            self.dynamic.append(Part(name, root, self._shapes))
        elif _SPLIT_MARK.search(text):
            raise TemplateFault(f"{name}: there is a template tag in a part where none is filled in")
        else:
            self.static[name] = content


def _without_effects(root: etree._Element, content: bytes) -> bytes:
    """The relations without the copy of the styles for Word 2007 on, which validators refuse and nobody needs."""
    needless = [relation for relation in root if (relation.get("Type") or "").endswith(_NO_RELATION)]
    if not needless:
        return content
    for relation in needless:
        root.remove(relation)
    return serialise_xml(root)


def _reachable(parts: Mapping[str, bytes]) -> list[str]:
    """The parts that belong to the text: what nothing points to, and properties and thumbnails, are left behind."""
    names = {name.casefold(): name for name in parts}
    found = {CONTENT_TYPES: None, BODY: None}
    waiting = [BODY]
    while waiting:
        folder, _, base = waiting.pop().rpartition("/")
        relations = f"{folder}/_rels/{base}.rels"
        if relations not in parts:
            continue
        found[relations] = None
        for relation in parse_xml(parts[relations]):
            kind, target = relation.get("Type") or "", (relation.get("Target") or "").partition("#")[0]
            if relation.get("TargetMode") == "External" or not target or kind.endswith(_NO_RELATION):
                continue
            path = posixpath.normpath(posixpath.join(f"/{folder}", target)).lstrip("/")
            if path.casefold() not in names:
                raise TemplateFault(f"{relations} points to {path}, which is not in the file; save it once more in Word")
            if names[path.casefold()] not in found:
                found[names[path.casefold()]] = None
                waiting.append(names[path.casefold()])
    return list(found)
