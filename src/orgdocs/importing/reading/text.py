"""Plain text files as manuscripts: a paragraph a line, or lines that were cut at the width of a page joined again."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from orgdocs.importing.manuscript import Manuscript, Oddity, Paragraph, Spot
from orgdocs.importing.reading.encodings import decode
from orgdocs.importing.reading.tidying import tidy

WIDEST_PAGE = 140
"""Lines that are longer were not cut by anybody."""

_BOOKMARK = re.compile(r"\[bookmark: [^\]\n]{1,80}\]")
_PAGE_NUMBER = re.compile(r"(?:[-–—]\s*)?\d{1,3}(?:\s*[-–—])?\Z")
_MARKER = re.compile(r"\s*(?:[-–—•*·▪]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[^\W\d_]{1,2}|[IVXLC]{1,6})[.)])(?:\s|\Z)|\s*\d{1,3}(?:\.\d{1,3})+\s")
_ENDS = (".", ";", ":", "!", "?")
_FEWEST_CUTS = 3


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


def read_text(data: bytes, name: str) -> Manuscript:
    """Read a plain text file.

    Raises:
        UnreadableError: it is no text.
    """
    text, encoding = decode(data)
    oddities = [] if encoding == "utf-8" else [Oddity("encoding", encoding)]
    lines, running = part_running(split_lines(text))
    oddities += [Oddity("bookmark", found, Spot(line.number)) for line in lines for found in _BOOKMARK.findall(line.text)]
    lines = [line._replace(text=_BOOKMARK.sub("", line.text)) for line in lines]
    paragraphs = [set_paragraph(group) for group in join_lines(lines)]
    return Manuscript(name, "txt", tuple(paragraph for paragraph in paragraphs if paragraph.text), tuple(running), tuple(oddities))


def split_lines(text: str) -> list[Line]:
    """The lines of a text with their numbers and pages."""
    lines: list[Line] = []
    paged = "\f" in text
    page = 1
    for number, raw in enumerate(re.split(r"\r\n?|\n", text), 1):
        parts = raw.split("\f")
        for place, part in enumerate(parts):
            page += place > 0
            lines.append(Line(part, number, page if paged else None, place > 0))
    return lines


def part_running(lines: list[Line]) -> tuple[list[Line], list[Paragraph]]:
    """Take out page numbers, and lines that stand at the edge of most pages: running heads. They are kept apart, each once."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        if line.page is not None and line.text.strip():
            pages.setdefault(line.page, []).append(line)
    edges = {line for page in pages.values() for line in (*page[:2], *page[-2:])}
    often = Counter(_without_number(line.text) for line in edges)
    least = max(2, (len(pages) + 1) // 2)
    taken = [
        line for line in lines if line in edges and (_PAGE_NUMBER.match(line.text.strip()) or often[_without_number(line.text)] >= least)
    ]
    apart = {_without_number(line.text): line for line in reversed(taken) if not _PAGE_NUMBER.match(line.text.strip())}
    begins = {line.page for line in taken if line.begins_page}
    kept: list[Line] = []
    for line in lines:
        if line not in taken:
            begins_page = line.begins_page or (line.page in begins and bool(line.text.strip()))
            begins -= {line.page} if begins_page else set()
            kept.append(line._replace(begins_page=begins_page))
    return kept, [Paragraph(tidy(line.text), Spot(line.number, page=line.page)) for line in reversed(apart.values())]


def _without_number(text: str) -> str:
    return tidy(re.sub(r"\d+", "", text))


def join_lines(lines: list[Line], *, cut: bool | None = None) -> list[list[Line]]:
    """The lines in groups, each a paragraph. ``cut`` says whether lines were cut at the width of a page; None finds out."""
    width = _find_width(lines) if cut is None else max((len(line.text.rstrip()) for line in lines), default=0) if cut else 0
    groups: list[list[Line]] = []
    blank = True
    for line in lines:
        if not line.text.strip():
            blank = True
            continue
        last = groups[-1][-1] if groups else None
        # An empty line ends a paragraph, but the top and the bottom of a page do not.
        if last is not None and width and (not blank or line.begins_page) and _goes_on(last, line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
        blank = False
    return groups


def _find_width(lines: list[Line]) -> int:
    """The width at which lines were cut, or 0: then nearly every line that goes on in small letters had no room for one more word."""
    width = max((len(line.text.rstrip()) for line in lines), default=0)
    if not 30 <= width <= WIDEST_PAGE:
        return 0
    pairs = [
        (before, after)
        for before, after in pairwise(lines)
        if before.text.strip()
        and after.text.strip()[:1].islower()
        and not _MARKER.match(after.text)
        and not before.text.rstrip().endswith(_ENDS)
    ]
    full = [pair for pair in pairs if _is_full(*pair, width)]
    return width if len(full) >= _FEWEST_CUTS and len(full) * 5 >= len(pairs) * 4 else 0


def _is_full(before: Line, after: Line, width: int) -> bool:
    first = (after.text.split(maxsplit=1) or [""])[0]
    # Pages set to both edges and narrow letters leave some room.
    return len(before.text.rstrip()) + 1 + len(first) > width * 0.88


def _goes_on(before: Line, after: Line, width: int) -> bool:
    """Whether a line goes on in the next one."""
    if _MARKER.match(after.text) or not _is_full(before, after, width):
        return False
    start = after.text.strip()[:1]
    ended = before.text.rstrip().endswith(_ENDS)
    return not (ended and (start.isupper() or after.indent > before.indent)) or (start.islower() and not ended)


def set_paragraph(group: list[Line]) -> Paragraph:
    """The lines of one paragraph as a paragraph; a word cut by a hyphen is joined again."""
    text = group[0].text
    for line in group[1:]:
        text = join_words(text, line.text)
    first = group[0]
    return Paragraph(tidy(text), Spot(first.number, page=first.page), indent=first.indent, breaks_page=first.begins_page)


def join_words(before: str, after: str) -> str:
    """Two lines as one: a word that was cut by a hyphen at the end of the first is whole again."""
    before, after = before.rstrip(), after.lstrip()
    if re.search(r"[^\W\d_][-\xad\u2010]\Z", before) and after[:1].islower():
        return before[:-1] + after
    return f"{before} {after}"
