"""Word templates, prepared once: each part becomes a compiled, sandboxed template; everything else is ready bytes."""

from __future__ import annotations

import posixpath
import re
import traceback
from collections.abc import Mapping
from typing import Any

import jinja2
from jinja2 import meta
from lxml import etree

from orgdocs.rendering.expressions import ENVIRONMENT, OPENING, Reading, TemplateFault, say_near
from orgdocs.rendering.packages import BODY, CONTENT_TYPES, DECLARATION, PackageError, W, list_xml, parse_xml, read_package, serialise_xml
from orgdocs.rendering.shapes import SHAPES, Shape
from orgdocs.rendering.tags import Tags

_SPLIT_MARK = re.compile(r"\{(<[^>]*>)*[{%#]")
_SPLIT_END = re.compile(r"[}%#](<[^>]*>)*\}")
_PAIR = re.compile(r"\{%\s*(for|if|endfor|endif)\b")
_PARAGRAPH = re.compile(r"<w:p[ >]")
_RENDERED = re.compile(r"word/(document|header[0-9]*|footer[0-9]*|footnotes|endnotes)\.xml")
_NO_RELATION = "/stylesWithEffects"
_SPAN_FIRST = re.compile(r"(<w:tcPr[^>]*>)(<w:gridSpan[^>]*/>)((?:<w:cnfStyle[^>]*/>)?<w:tcW [^>]*/>)")


# -- parts ----------------------------------------------------------------------------------------------------------


class Part:
    """One part of a template that is rendered."""

    __slots__ = ("_lined", "_render", "_template", "loops_columns", "may_empty", "name", "names")

    def __init__(self, name: str, root: etree._Element, shapes: Mapping[str, Shape] = SHAPES) -> None:
        self.name = name
        tags = Tags(name, root)
        self.loops_columns = tags.loops_columns
        """Whether columns come out of a loop, so that the grid and the widths have to be fitted afterwards."""
        self.may_empty = tags.may_empty
        """Whether a cell or the like may be left without a paragraph, so that one has to be put in."""
        patched = patch(DECLARATION + etree.tostring(root, encoding="unicode"))
        if len(OPENING.findall(patched)) != tags.count:
            raise TemplateFault(f"{name}: there is a tag in a place where none is filled in, such as a field or a drawing")
        self._lined = _PARAGRAPH.sub(r"\n\g<0>", patched)
        _check_pairs(self._lined, name)
        try:
            tree = ENVIRONMENT.parse(self._lined)
            Reading(name, self._lined).check(tree, shapes)
            self.names = meta.find_undeclared_variables(tree)
            """The names of values that it asks for."""
            self._template = ENVIRONMENT.from_string(patched)
        except jinja2.TemplateSyntaxError as error:
            raise TemplateFault(f"{name}: {error.message}{say_near(self._lined, error.lineno)}") from None
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
            raise TemplateFault(f"{self.name}: {error}{say_near(self._lined, self._line_of_error(values))}") from None

    def _line_of_error(self, values: dict[str, Any]) -> int | None:
        """In which line rendering breaks off: found by doing it again with the lines kept apart."""
        try:
            ENVIRONMENT.from_string(self._lined).render(values)
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
            raise TemplateFault(f"{name}: {word} closes nothing here; {opened}{say_near(source, _line(source, tag))}")
        else:
            open_tags.pop()
    if open_tags:
        word = open_tags[-1][1]
        raise TemplateFault(f"{name}: this {word} is never closed by end{word}{say_near(source, _line(source, open_tags[-1]))}")


def _line(source: str, tag: re.Match[str]) -> int:
    return source.count("\n", 0, tag.start()) + 1


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
        if root.tag == f"{W}comments" and len(root):
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
