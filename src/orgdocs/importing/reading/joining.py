"""Lines that were cut at the width of a page, joined to paragraphs again, and words that were cut at the end of a line."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

WIDEST_PAGE = 140
"""Lines that are longer were not cut by anybody."""

_MARKER = re.compile(
    r"\s*(?:[-–—•*·▪●■]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[^\W\d_]|[IVXLC]{1,6})[.)])(?:\s|\Z)|\s*\d{1,3}(?:\.\d{1,3})+\s|\s*\d{1,2}[.)][^\W\d_]"
)
_ENDS = (".", ";", ":", "!", "?")
_ITEM_ENDS = (";", ":")
_CUT_WORD = re.compile(r"[^\W_][-\xad\u2010]\Z")
_HYPHENED = re.compile(r"(?<![^\W\d_])([^\W\d_]+)-[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_CUTS = 3
_SET_IN = 3
"""So many characters are a first line that is set in, and no crooked scan."""


class Line(NamedTuple):
    """A line of a text file with its number from 1 and its page from 1; pages are counted where there are form feeds."""

    text: str
    number: int
    page: int | None = None
    begins_page: bool = False

    @property
    def indent(self) -> int:
        """The spaces before it; a tab reaches to the next eighth column."""
        opened = self.text.expandtabs(8)
        return len(opened) - len(opened.lstrip())

    @property
    def length(self) -> int:
        """Up to its last letter."""
        return len(self.text.rstrip())


def join_lines(lines: list[Line], *, cut: bool | None = None) -> list[list[Line]]:
    """The lines in groups, each a paragraph. ``cut`` says whether lines were cut at the width of a page; None finds out."""
    width = _find_width(lines) if cut is None else max((line.length for line in lines), default=0) if cut else 0
    margin = _find_margin(lines, width)
    groups: list[list[Line]] = []
    blank = True
    for line in lines:
        if not line.text.strip():
            blank = True
            continue
        # An empty line ends a paragraph, but the top and the bottom of a page do not.
        if groups and width and (not blank or line.begins_page) and _goes_on(groups[-1], line, width, margin):
            groups[-1].append(line)
        else:
            groups.append([line])
        blank = False
    return groups


def _find_width(lines: list[Line]) -> int:
    """The width at which lines were cut, or 0: then nearly every line that goes on in small letters had no room for one more word."""
    width = max((line.length for line in lines), default=0)
    if not 30 <= width <= WIDEST_PAGE:
        return 0
    pairs = [(before, after) for before, after in pairwise(lines) if before.text.strip() and _is_middle(before, after)]
    full = [pair for pair in pairs if _is_full(*pair, width * 0.85)]
    return width if len(full) >= _FEWEST_CUTS and len(full) * 5 >= len(pairs) * 4 else 0


def _find_margin(lines: list[Line], width: int) -> int:
    """The indent at which most long lines begin."""
    indents = Counter(line.indent for line in lines if line.length * 2 > width)
    return indents.most_common(1)[0][0] if indents else 0


def _is_middle(before: Line, after: Line) -> bool:
    """Whether a sentence goes on from line to line: nothing ends the first, and the second begins small, without a sign of an item."""
    return after.text.strip()[:1].islower() and not _MARKER.match(after.text) and not before.text.rstrip().endswith(_ENDS)


def _is_full(before: Line, after: Line, width: float) -> bool:
    """Whether the first word of the next line had no room in this one."""
    first = (after.text.split(maxsplit=1) or [""])[0]
    return before.length + 1 + len(first) > width


def _goes_on(group: list[Line], after: Line, width: int, margin: int) -> bool:
    """Whether the paragraph of these lines goes on in the next one. Letters of different widths leave some room in full lines."""
    before = group[-1]
    if _MARKER.match(after.text):
        return False
    if _is_middle(before, after):
        return _is_full(before, after, width * 0.6)
    hangs = _MARKER.match(group[0].text) and after.indent > group[0].indent
    if (after.indent >= margin + _SET_IN and not hangs) or not _is_full(before, after, width * 0.85):
        return False
    end = before.text.rstrip()
    if end.endswith(_ITEM_ENDS):
        return False
    # A sentence may end where the line does: then there was no room for one more word.
    return not end.endswith(_ENDS) or after.text.strip()[:1].islower() or (after.indent <= before.indent and _is_full(before, after, width))


class Hyphens:
    """What a hyphen at the end of a line is: the mark of a cut word, or a part of it. The rest of the text tells."""

    def __init__(self, groups: list[list[Line]]) -> None:
        text = "\n".join(line.text for group in groups for line in group)
        self._words = {word.lower() for word in _WORD.findall(text)}
        self._beginnings = {word.lower() for word in _HYPHENED.findall(text)}
        cuts = [before for group in groups for before, _ in pairwise(group)]
        ended = sum(1 for line in cuts if _CUT_WORD.search(line.text.rstrip()))
        # Programs that cut words do so at every tenth line; hyphens that belong to words come there once in fifty.
        self._are_cuts = ended * 20 > len(cuts)

    def join(self, group: list[Line]) -> str:
        """The lines of a paragraph as one text."""
        pieces: list[str] = []
        for place, line in enumerate(group):
            piece = line.text if place == 0 else line.text.lstrip()
            if place:
                piece = self._link(pieces, piece)
            pieces.append(piece.rstrip())
        return "".join(pieces)

    def _link(self, pieces: list[str], after: str) -> str:
        """The next line with a space before it, or without one where a word or a blank goes on; the last piece may lose its hyphen."""
        before = pieces[-1]
        if before.endswith("_") and after.startswith("_"):
            return after
        if not _CUT_WORD.search(before[-2:]) or not after[:1].isalnum():
            return f" {after}"
        beginning = before[:-1].rsplit(maxsplit=1)[-1].lower()
        found = _WORD.match(after)
        whole = beginning + (found[0].lower() if found else "")
        belongs = beginning in self._beginnings or (whole not in self._words and not self._are_cuts)
        if before[-1] == "\xad" or not (belongs or after[0].isupper() or after[0].isdigit() or before[-2].isdigit()):
            pieces[-1] = before[:-1]
        return after
