"""Nesting: lines with marks become clauses with items below them; lines without are joined, listed or stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from orgdocs.importing.drafts import ClauseDraft
from orgdocs.importing.manuscript import Spot
from orgdocs.importing.understanding.lines import Line
from orgdocs.importing.understanding.marks import Mark

_HANGING = re.compile(
    r"(?:[,(–—-]|\b(?:і|й|та|або|чи|в|у|з|із|до|на|за|по|про|для|від|и|или|с|к|о|об|от|при|без|of|and|or|the|a|to|in|for|by|with|on|at))$",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:т\.\s?[дпі]|і т\.\s?[дпі]|ін|др|пр|р|рр|г|гг|м|ст|вул|ул|грн|руб|тис|тыс|млн|etc|inc|ltd|e\.g|i\.e|[А-ЯІЇЄҐA-Z])\.$",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"\s*[;.,]\s*$")


@dataclass(slots=True)
class Node:
    """A clause in the making. ``key`` says what kind of list it stands in."""

    words: str
    spot: Spot
    key: tuple[object, ...]
    mark: str = ""
    numbers: tuple[int, ...] = ()
    indent: int = 0
    items: list[Node] = field(default_factory=list)

    def draft(self) -> ClauseDraft:
        """The finished clause: without closing mark, and without the colon before its items."""
        words = self.words
        if self.items:
            words = words.rstrip().removesuffix(":").rstrip()
        return ClauseDraft(close(words), self.spot, self.mark, tuple(item.draft() for item in self.items))


_PARAGRAPH = ("paragraph",)
_PLAIN = ("plain",)


def close(words: str) -> str:
    """A text without its closing mark; the point of an abbreviation stays."""
    if words.endswith("...") or _ABBREVIATED.search(words):
        return words
    return _CLOSING.sub("", words)


def nest(lines: Iterable[Line]) -> list[Node]:
    """The clauses of a section, each with what lies below it."""
    tree = _Tree()
    for line in lines:
        tree.add(line)
    return tree.roots


class _Tree:
    """The clauses so far, and the path of those still open, from the outermost to the last one."""

    def __init__(self) -> None:
        self.roots: list[Node] = []
        self.open: list[Node] = []

    def add(self, line: Line) -> None:
        if line.mark is None:
            self._add_bare(line)
        elif line.mark.style == "path":
            self._add_path(line, line.mark.numbers)
        else:
            self._add_listed(line, line.mark)

    def _put(self, depth: int, line: Line, key: tuple[object, ...]) -> None:
        """Add a clause below the open one at a depth; 0 is the uppermost level."""
        mark = line.mark
        node = Node(line.words, line.spot, key, mark.text if mark else "", mark.numbers if mark else (), line.indent)
        del self.open[depth:]
        (self.open[-1].items if self.open else self.roots).append(node)
        self.open.append(node)

    def _add_path(self, line: Line, numbers: tuple[int, ...]) -> None:
        key = ("path", len(numbers))
        beside = self._find(key)
        nested = self.open and self.open[-1].words.endswith(":") and numbers == (1,)
        if beside is not None and not (nested and self.open[-1].key != key):
            self._put(beside, line, key)
            return
        above = [depth for depth, node in enumerate(self.open) if node.key[0] == "path" and numbers[: len(node.numbers)] == node.numbers]
        if above and len(self.open[above[-1]].numbers) < len(numbers):
            self._put(above[-1] + 1, line, key)
        elif len(numbers) == 1 and self.open and (nested or self.open[-1].words.endswith(":")):
            self._put(len(self.open), line, key)
        else:
            self._put(0, line, key)

    def _add_listed(self, line: Line, mark: Mark) -> None:
        if mark.style in {"letter", "bracket"} and mark.text.strip("()") == "i" and not self._continues((mark.style,), mark.numbers):
            mark = mark._replace(style="roman", numbers=(1,))
        style = mark.style
        key = (style, line.level) if style in {"dash", "dot"} else (style,)
        beside = self._find_beside(key, line.indent)
        last = self.open[-1] if self.open else None
        deeper = (
            last is not None and last.words.endswith(":") and (mark.numbers == (1,) or (not mark.numbers and line.indent > last.indent))
        )
        if beside is not None and not deeper:
            self._put(beside, line, key)
        else:
            self._put(len(self.open), line, key)

    def _find_beside(self, key: tuple[object, ...], indent: int) -> int | None:
        """The open clause of the same list: of several, or of one that stands further in, the one with the same indent."""
        depths = [depth for depth, node in enumerate(self.open) if node.key == key]
        same = [depth for depth in depths if self.open[depth].indent == indent]
        return next(reversed(same or depths), None)

    def _continues(self, key: tuple[object, ...], numbers: tuple[int, ...]) -> bool:
        return any(node.key == key and node.numbers[0] + 1 == numbers[0] for node in self.open)

    def _add_bare(self, line: Line) -> None:
        last = self.open[-1] if self.open else None
        if last is None:
            self._put(0, line, _PARAGRAPH)
        elif self._is_joined(last, line):
            last.words = f"{last.words} {line.words}"
        elif last.words.endswith(":"):
            self._put(len(self.open), line, _PLAIN)
        elif self._find(_PLAIN) is not None:
            self._add_plain(line)
        elif last.words.endswith((";", ",")) and last.key[0] != "path" and last.key != _PARAGRAPH and line.words[:1].islower():
            self._put(len(self.open) - 1, line, last.key)
        else:
            self._put(self._find_level(), line, _PARAGRAPH)

    def _add_plain(self, line: Line) -> None:
        """A line among others that follow a colon: the next one, unless the list was closed before it."""
        depths = [depth for depth, node in enumerate(self.open) if node.key == _PLAIN]
        while depths and self._is_closed(depths[-1], line):
            depth = depths.pop()
            del self.open[depth:]
        if depths:
            self._put(depths[-1], line, _PLAIN)
        else:
            self._put(self._find_level(), line, _PARAGRAPH)

    def _is_closed(self, depth: int, line: Line) -> bool:
        siblings = self.open[depth - 1].items if depth else self.roots
        last = _deepest(siblings[-1]).words
        if not last.endswith(".") or not line.words[:1].isupper() or _ABBREVIATED.search(last):
            return False
        others = [_deepest(item).words[-1:] for item in siblings[:-1]]
        return ";" in others or "," in others or (not others and siblings[0].words[:1].islower())

    def _is_joined(self, last: Node, line: Line) -> bool:
        if last.words.endswith((".", ";", ":", "!", "?")) and not _ABBREVIATED.search(last.words):
            return False
        if _HANGING.search(last.words):
            return not (last.key == _PLAIN and last.words.endswith(",") and self._lists_with_commas())
        if line.continues:
            return True
        return line.words[:1].islower() and last.key != _PLAIN

    def _lists_with_commas(self) -> bool:
        depth = self._find(_PLAIN)
        siblings = (self.open[depth - 1].items if depth else self.roots) if depth is not None else []
        return len(siblings) > 1 and all(item.words.endswith(",") for item in siblings)

    def _find(self, key: tuple[object, ...]) -> int | None:
        return next((depth for depth in range(len(self.open) - 1, -1, -1) if self.open[depth].key == key), None)

    def _find_level(self) -> int:
        """Where a paragraph of its own belongs: beside the last numbered clause, or uppermost."""
        depth = next((depth for depth in range(len(self.open) - 1, -1, -1) if self.open[depth].key[0] == "path"), None)
        return depth if depth is not None else 0


def _deepest(node: Node) -> Node:
    while node.items:
        node = node.items[-1]
    return node
