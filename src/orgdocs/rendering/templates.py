"""Word templates, prepared once: each part becomes a compiled, sandboxed template; everything else is ready bytes."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import meta, nodes
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError
from markupsafe import Markup, escape

from orgdocs.rendering.packages import PackageError, digest_parts, parse_xml, read_package

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARK = re.compile(r"\{\{|\{%|\{#")
_SPLIT_MARK = re.compile(r"\{(<[^>]*>)*[{%#]")
_PARAGRAPH_TAG = re.compile(r"(\{%|\{\{)(p|tr|tc) ")
_RENDERED = re.compile(r"word/(document|header[0-9]*|footer[0-9]*|footnotes|endnotes)\.xml")
_DROPPED = re.compile(r"docProps/(core|app|custom)\.xml|docProps/thumbnail\..*|word/stylesWithEffects\.xml")

FIELDS = frozenset(
    {
        "title", "annex_first", "annex_next", "head", "stamp", "name", "subject", "below", "preamble", "sections", "columns", "rows",
        "closing", "signatures", "agreed_word", "agreed", "acquaintance", "acquaintance_columns", "acquaintance_rows",
    }
)  # fmt: skip
"""The names that a template may use: the fields of a content's body."""


class TemplateFault(Exception):  # noqa: N818  (a fault in the user's file, not an error of the program)
    """A template cannot be used; the text says what is wrong and next to which text."""


class _Environment(ImmutableSandboxedEnvironment):
    """Values and loops, and nothing else: no calls, no attributes of Python objects, no arithmetic that grows."""

    intercepted_binops = frozenset({"*", "**", "%", "//", "/"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        raise SecurityError(f"the operator {operator} is not allowed")

    def call(self, context: Any, obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: A002
        raise SecurityError("calls are not allowed")

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, dict):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        if isinstance(obj, LoopContext) and attribute in {"first", "last", "index", "length"}:
            return getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, dict | list):
            try:
                return obj[argument]
            except (LookupError, TypeError):
                pass
        return self.undefined(obj=obj, name=argument)


_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')
_TAB = Markup('</w:t><w:tab/><w:t xml:space="preserve">')


def _finalize(value: Any) -> Any:
    """Text is escaped by the environment; line breaks and tabs in it become Word's own."""
    if isinstance(value, str):
        if "\n" in value or "\t" in value:
            return Markup(escape(value).replace("\n", _BREAK).replace("\t", _TAB))  # noqa: S704  (escaped on this line)
        return value
    if isinstance(value, jinja2.Undefined) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise TemplateFault(f"a template can print texts only, not {type(value).__name__}")


def _make_environment() -> _Environment:
    environment = _Environment(undefined=jinja2.StrictUndefined, autoescape=True, finalize=_finalize)
    environment.globals.clear()
    environment.filters = {"length": len, "upper": str.upper}
    environment.tests = {
        name: test for name, test in environment.tests.items() if name in {"defined", "none", "eq", "==", "ne", "!=", "in"}
    }
    return environment


_ENVIRONMENT = _make_environment()


class Part:
    """One part of a template that is rendered."""

    __slots__ = ("_render", "_template", "name")

    def __init__(self, name: str, source: str) -> None:
        self.name = name
        patched = patch(source)
        try:
            tree = _ENVIRONMENT.parse(patched)
            _check_tree(tree, name)
            self._template = _ENVIRONMENT.from_string(patched)
        except jinja2.TemplateSyntaxError as error:
            raise TemplateFault(f"{name}: {error.message}{_near(patched, error.lineno)}") from None
        unknown = meta.find_undeclared_variables(tree) - FIELDS
        if unknown:
            raise TemplateFault(
                f"{name}: there is nothing called {', '.join(sorted(unknown))} in a paper; there are {', '.join(sorted(FIELDS))}"
            )
        self._render = self._template.root_render_func

    def render(self, values: Mapping[str, Any]) -> bytes:
        """The part with the values filled in, parsed strictly to make sure that it is whole.

        Raises:
            TemplateFault: the template asks for something that the content has not.
        """
        try:
            return "".join(self._render(self._template.new_context(values))).encode()
        except (jinja2.UndefinedError, SecurityError, TypeError) as error:
            raise TemplateFault(f"{self.name}: {error}") from None


def patch(source: str) -> str:
    """Word's XML with the tags of a template freed from the runs that Word splits them into.

    This is docxtpl's own preparation, so that its templates and its documentation hold here.
    """
    from docxtpl import DocxTemplate  # noqa: PLC0415  (0.1 s; only who prepares a template pays for it)

    patched: str = DocxTemplate(None).patch_xml(source)
    return patched


def _near(source: str, line: int | None) -> str:
    """The readable text around a line of patched XML, to find the place in Word."""
    if line is None:
        return ""
    text = re.sub(r"<[^>]+>", " ", "\n".join(source.split("\n")[max(line - 2, 0) : line + 1]))
    marks = _MARK.search(text)
    words = " ".join(text[marks.start() if marks else 0 :].split())
    return f" (near “{words[:80]}”)" if words else ""


def _check_tree(tree: nodes.Template, name: str) -> None:
    forbidden = (
        nodes.Call,
        nodes.Include,
        nodes.Import,
        nodes.FromImport,
        nodes.Extends,
        nodes.Macro,
        nodes.CallBlock,
        nodes.Block,
        nodes.Mul,
        nodes.Pow,
    )
    for node in tree.find_all(forbidden):
        raise TemplateFault(f"{name}: {type(node).__name__.lower()} is not allowed in a template (line {node.lineno})")


class Template:
    """A Word template, checked and prepared.

    Raises:
        TemplateFault: the file is not acceptable, or a tag in it cannot be read.
    """

    def __init__(self, data: bytes) -> None:
        try:
            parts = read_package(data)
        except PackageError as error:
            raise TemplateFault(str(error)) from None
        self.parts = {name: content for name, content in parts.items() if not _DROPPED.fullmatch(name)}
        self.static: dict[str, bytes] = {}
        self.dynamic: list[Part] = []
        for name, content in self.parts.items():
            self._take(name, content)
        body = self.parts["word/document.xml"]
        self.loops_columns = b"{%tc " in body or b"colspan" in body
        """Whether columns come out of a loop, so that the grid and the widths have to be fitted afterwards."""

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the parts that matter: the incremental build goes by it."""
        return digest_parts(self.parts)

    def _take(self, name: str, content: bytes) -> None:
        if not name.endswith((".xml", ".rels")):
            self.static[name] = content
            return
        text = content.decode("utf-8")
        marked = _SPLIT_MARK.search(text) is not None
        if marked and not _RENDERED.fullmatch(name):
            raise TemplateFault(f"{name}: there is a template tag in a part where none is filled in")
        if marked:
            _check_paragraph_tags(parse_xml(content), name)
            self.dynamic.append(Part(name, text))
        else:
            self.static[name] = content


def _check_paragraph_tags(root: etree._Element, name: str) -> None:
    """A paragraph with a ``{%p`` tag vanishes with all of its text: nothing else may stand in it."""
    for paragraph in root.iter(f"{_W}p"):
        text = "".join(paragraph.itertext(f"{_W}t"))
        tags = _PARAGRAPH_TAG.findall(text)
        if not tags or tags[0][1] != "p":
            continue
        rest = re.sub(r"\{[{%]p .*?[%}]\}", "", text, count=1).strip()
        if rest:
            raise TemplateFault(f"{name}: in the paragraph “{text[:80]}” there is text besides the tag; it would be lost")
