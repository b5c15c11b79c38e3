"""Word's automatic numbering: which number or sign stands before a paragraph, exactly as it is printed.

After ECMA-376, part 1, section 17.9; where it is silent, as Word behaves: lists with one abstract definition count on together,
and a definition that starts anew does so where it is met for the first time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from orgdocs.importing.reading.markup import MC, W, list_children, read_indent, read_number, read_switch, read_value, to_number
from orgdocs.importing.reading.numerals import write_number
from orgdocs.importing.reading.styles import Styles
from orgdocs.importing.reading.tidying import read_symbol, tidy

_LEVELS = 9
_SYMBOL_FONT = re.compile(r"(?i)wingdings|webdings|symbol")
_PLACE = re.compile(r"%([1-9])")


class Label(NamedTuple):
    """What stands before a paragraph, the depth of its list from 0, and the left indent that the list gives, in millimetres."""

    text: str
    level: int
    indent: int | None


class _Level(NamedTuple):
    """One level of a list."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    text: str = ""
    restart: int | None = None
    in_digits: bool = False
    style: str = ""
    indent: int | None = None
    is_picture: bool = False


class _Instance(NamedTuple):
    """A list in use: the definition that it counts with, where it starts anew, and the levels that it changes."""

    definition: str
    starts: Mapping[int, int]
    levels: Mapping[int, _Level]


class Numbering:
    """The lists of a file and how far each has counted. Paragraphs must be asked about in their order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._links: dict[str, str] = {}
        self._definitions: dict[str, dict[int, _Level]] = {}
        self._instances: dict[str, _Instance] = {}
        for node in list_children(root, "abstractNum"):
            name = node.get(W + "abstractNumId") or ""
            self._definitions[name] = dict(_read_level(level) for level in list_children(node, "lvl"))
            if link := read_value(node, "numStyleLink"):
                self._links[name] = link
        for node in list_children(root, "num"):
            self._instances[node.get(W + "numId") or ""] = _read_instance(node)
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()

    def count(self, paragraph: etree._Element | None, style: str) -> Label | None:
        """Count a paragraph with these properties and this style; None where it stands in no list."""
        number, level = self._find(paragraph, style)
        instance = self._instances.get(number)
        if instance is None:
            return None
        definition = self._follow(instance.definition)
        levels = {**self._definitions.get(definition, {}), **instance.levels}
        if level not in levels:
            return None
        counts = self._counts.setdefault(definition, {})
        self._advance(counts, number, instance, levels, level)
        return Label(_print(levels, counts, instance.starts, level), level, levels[level].indent)

    def _advance(self, counts: dict[int, int], number: str, instance: _Instance, levels: Mapping[int, _Level], level: int) -> None:
        starts = instance.starts
        for higher in range(level):  # a level that was left out counts as if it had been there
            counts.setdefault(higher, starts.get(higher, levels[higher].start if higher in levels else 1))
        if level in starts and (number, level) not in self._started:
            counts[level] = starts[level]
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = starts.get(level, levels[level].start)
        self._started.add((number, level))
        for deeper in range(level + 1, _LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or level < restart:
                counts.pop(deeper, None)

    def _find(self, paragraph: etree._Element | None, style: str) -> tuple[str, int]:
        """The list and the level of a paragraph: its own, else those of its style; ``0`` switches a list off."""
        own = None if paragraph is None else paragraph.find(W + "numPr")
        number, level = read_value(own, "numId"), read_number(own, "ilvl")
        if number is not None:
            return number, _within(level)
        for step in self._styles.climb(style):
            given = None if step.paragraph is None else step.paragraph.find(W + "numPr")
            number = read_value(given, "numId")
            if number is not None:
                return number, _within(self._level_of_style(number, style, read_number(given, "ilvl")) if level is None else level)
        return "0", 0

    def _level_of_style(self, number: str, style: str, given: int | None) -> int | None:
        """The level that names a style as its own, or the one that the style gives."""
        instance = self._instances.get(number)
        if instance is not None:
            levels = {**self._definitions.get(self._follow(instance.definition), {}), **instance.levels}
            for step in self._styles.climb(style):
                for level, what in levels.items():
                    if what.style and what.style == step.id:
                        return level
        return given

    def _follow(self, definition: str) -> str:
        """The definition that really counts, where one only names a style of lists."""
        for _ in range(_LEVELS):
            link = self._links.get(definition)
            if link is None:
                break
            numbers = (
                read_value(None if step.paragraph is None else step.paragraph.find(W + "numPr"), "numId")
                for step in self._styles.climb(link)
            )
            instance = self._instances.get(next((number for number in numbers if number), ""))
            if instance is None or instance.definition == definition:
                break
            definition = instance.definition
        return definition


def _within(level: int | None) -> int:
    return min(max(level or 0, 0), _LEVELS - 1)


def _read_level(node: etree._Element) -> tuple[int, _Level]:
    form, pattern = "decimal", ""
    # A form that older programs do not know is offered beside one that they do.
    for given in (node.find(W + "numFmt"), node.find(f"{MC}AlternateContent/{MC}Choice/{W}numFmt")):
        if given is not None:
            form, pattern = given.get(W + "val") or "decimal", given.get(W + "format") or ""
    text = read_value(node, "lvlText") or ""
    if form == "bullet" and len(text) == 1 and _SYMBOL_FONT.match(read_value(node.find(W + "rPr"), "rFonts", "ascii") or ""):
        text = read_symbol(ord(text))
    start, restart = read_number(node, "start"), read_number(node, "lvlRestart")
    level = _Level(
        start=start or 0,
        form=form,
        pattern=pattern,
        text=text,
        restart=restart,
        in_digits=bool(read_switch(node, "isLgl")),
        style=read_value(node, "pStyle") or "",
        indent=read_indent(node.find(W + "pPr")),
        is_picture=node.find(W + "lvlPicBulletId") is not None,
    )
    return _within(to_number(node.get(W + "ilvl"))), level


def _read_instance(node: etree._Element) -> _Instance:
    starts: dict[int, int] = {}
    levels: dict[int, _Level] = {}
    for change in list_children(node, "lvlOverride"):
        place = _within(to_number(change.get(W + "ilvl")))
        for given in list_children(change, "lvl"):
            levels[place] = _read_level(given)[1]
        if (start := read_number(change, "startOverride")) is not None:
            starts[place] = start
    return _Instance(read_value(node, "abstractNumId") or "", starts, levels)


def _print(levels: Mapping[int, _Level], counts: Mapping[int, int], starts: Mapping[int, int], level: int) -> str:
    own = levels[level]
    if own.form == "bullet":
        return "•" if own.is_picture else tidy(own.text)

    def print_level(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        what = levels.get(place, _Level())
        number = counts.get(place, starts.get(place, what.start))
        form = "decimal" if own.in_digits and what.form not in {"none", "bullet", "decimalZero"} else what.form
        return "" if form == "bullet" else write_number(number, form, what.pattern)

    return tidy(_PLACE.sub(print_level, own.text))
