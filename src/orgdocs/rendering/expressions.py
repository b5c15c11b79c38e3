"""What the tags of a template say: fields, conditions and loops, checked before anything is filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, NoReturn

import jinja2
from jinja2 import nodes
from markupsafe import Markup, escape

from orgdocs.rendering.pictures import Drawing
from orgdocs.rendering.shapes import TEXT, Shape
from orgdocs.sandbox import ALLOWED_NODES, LOOP_STATE, Sandbox

OPENING = re.compile(r"\{\{|\{%|\{#")
"""What begins a tag."""

_LOOP: Shape = dict.fromkeys(sorted(LOOP_STATE), TEXT)


class TemplateFault(Exception):  # noqa: N818  (a fault in the user's file, not an error of the program)
    """A template cannot be used; the text says what is wrong and next to which text."""


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


ENVIRONMENT = Sandbox(autoescape=True, finalize=_finalize, filters={"length": len, "upper": str.upper})
"""The second wall: the check of the parsed template refuses already what this refuses."""

_SIGNS = {"add": "+", "sub": "-", "mul": "*", "div": "/", "floordiv": "//", "mod": "%", "pow": "**", "concat": "~", "call": "(…)"}
"""Kinds of nodes by what stands in the template."""

_DEEPEST = 40


class Reading:
    """The check of one parsed part: only fields, conditions and loops, and every name is one that papers have."""

    def __init__(self, name: str, source: str) -> None:
        self.name = name
        self.source = source

    def fail(self, sentence: str, node: nodes.Node) -> NoReturn:
        """Refuse the template for what stands at a node."""
        raise TemplateFault(f"{self.name}: {sentence}{say_near(self.source, node.lineno)}")

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
        elif isinstance(node, nodes.TemplateData) and OPENING.search(node.data):
            self.fail("“raw” is not allowed in a template", node)
        elif isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
            self.shape(node, scope)
            return
        elif isinstance(node, nodes.Const) and isinstance(node.value, str) and "&" in node.value:
            self.fail("a text within a tag cannot hold &; write it beside the tag", node)
        elif isinstance(node, nodes.Filter) and node.name not in ENVIRONMENT.filters:
            self.fail(f"there is no filter {node.name}; there are {', '.join(ENVIRONMENT.filters)}", node)
        elif isinstance(node, nodes.Test) and node.name not in ENVIRONMENT.tests:
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


def say_near(source: str, line: int | None) -> str:
    """The readable text around a line of prepared XML, to find the place in Word. Each paragraph is a line there."""
    lines = source.split("\n")
    if line is None or not 0 < line <= len(lines):
        return ""
    text = " ".join(re.sub(r"<[^>]+>", " ", lines[line - 1]).split())
    mark = OPENING.search(text)
    start = max(mark.start() - 40, 0) if mark else 0
    words = text[start : start + 100]
    return f" (near “{words}”)" if words else ""
