"""The styles of a Word file, each with what it has from those that it is based on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from orgdocs.importing.reading.markup import W, list_children, read_indent, read_number, read_switch, read_value

_HEADING = re.compile(
    r"(?:heading|заголовок|загаловак|überschrift|titre|nagłówek|título|titolo|rubrik|nadpis|antraštė|pealkiri|virsraksts)\s*([1-9])\Z"
)
_TITLE = frozenset(
    {"title", "subtitle", "название", "подзаголовок", "назва", "підзаголовок", "назва документа", "назва об’єкта", "titel", "tytuł"}
)
_CONTENTS = re.compile(r"(?:toc|оглавление|зміст|содержание)\s*[1-9]\Z")


class Style(NamedTuple):
    """One style: its own properties as XML, and the id of the style that it is based on."""

    id: str
    name: str
    based_on: str
    paragraph: etree._Element | None
    run: etree._Element | None


class Styles:
    """All styles of a file, asked by id; what a style does not say, those below it do."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self._default = ""
        for node in list_children(root, "style"):
            name = (read_value(node, "name") or "").strip().lower()
            style = Style(
                node.get(W + "styleId") or "", name, read_value(node, "basedOn") or "", node.find(W + "pPr"), node.find(W + "rPr")
            )
            self._styles.setdefault(style.id, style)
            if node.get(W + "type", "paragraph") == "paragraph" and (node.get(W + "default") or "0").lower() in {"1", "true", "on"}:
                self._default = style.id
        defaults = None if root is None else root.find(W + "docDefaults")
        self._defaults = Style(
            "",
            "",
            "",
            None if defaults is None else defaults.find(f"{W}pPrDefault/{W}pPr"),
            None if defaults is None else defaults.find(f"{W}rPrDefault/{W}rPr"),
        )

    def choose(self, paragraph: etree._Element | None) -> str:
        """The id of the style of a paragraph with these properties."""
        named = read_value(paragraph, "pStyle") or ""
        return named if named in self._styles else self._default

    def climb(self, style: str) -> Iterator[Style]:
        """A style and those that it is based on; a ring of them is cut."""
        seen: set[str] = set()
        while style in self._styles and style not in seen:
            seen.add(style)
            yield self._styles[style]
            style = self._styles[style].based_on

    def switch(self, style: str, name: str, *, of_runs: bool = True) -> bool | None:
        """Whether a style switches a property on or off; None where neither it nor those below it say anything."""
        for step in self.climb(style):
            if (said := read_switch(step.run if of_runs else step.paragraph, name)) is not None:
                return said
        return None

    def switch_run(self, run: etree._Element | None, style: str, name: str) -> bool:
        """Whether a run in a paragraph of this style has a property, such as ``b`` or ``vanish``.

        A property of the style of the paragraph is switched off again by a style of characters that has it too (ECMA-376, part 1,
        17.7.3).
        """
        if (direct := read_switch(run, name)) is not None:
            return direct
        of_paragraph, of_characters = self.switch(style, name), self.switch(read_value(run, "rStyle") or "", name)
        if of_paragraph is None and of_characters is None:
            return bool(read_switch(self._defaults.run, name))
        return bool(of_paragraph) != bool(of_characters)

    def align(self, paragraph: etree._Element | None, style: str) -> str:
        """How the lines of a paragraph stand: ``center``, ``left`` or ``both``."""
        said = [read_value(paragraph, "jc"), *(read_value(step.paragraph, "jc") for step in self.climb(style))]
        return next((value for value in [*said, read_value(self._defaults.paragraph, "jc")] if value), "left")

    def indent(self, style: str) -> int:
        """The left indent by style, in millimetres."""
        said = (read_indent(step.paragraph) for step in self.climb(style))
        return next((value for value in said if value is not None), 0)

    def heading(self, paragraph: etree._Element | None, style: str) -> int | None:
        """The level of a heading from 1, 0 for a title, None for ordinary text: by outline level, else by the name of the style."""
        levels = [read_number(paragraph, "outlineLvl"), *(read_number(step.paragraph, "outlineLvl") for step in self.climb(style))]
        for level in levels:
            if level is not None:
                return level + 1 if 0 <= level < 9 else None
        for step in self.climb(style):
            if step.name in _TITLE:
                return 0
            if found := _HEADING.match(step.name):
                return int(found[1])
        return None

    def is_contents(self, style: str) -> bool:
        """Whether a style is that of the lines of a table of contents."""
        return any(_CONTENTS.match(step.name) for step in self.climb(style))
