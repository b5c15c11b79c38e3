"""Plain text files as manuscripts: a paragraph a line, or lines that were cut at the width of a page joined again."""

from __future__ import annotations

import re
from collections import Counter

from orgdocs.importing.manuscript import Manuscript, Oddity, Paragraph, Spot, UnreadableError
from orgdocs.importing.reading.encodings import decode
from orgdocs.importing.reading.joining import Hyphens, Line, join_lines
from orgdocs.importing.reading.tidying import tidy
from orgdocs.problems import Sentence

MOST_LINES = 50_000

_BOOKMARK = re.compile(r"\[bookmark: [^\]\n]{1,80}\]")
_PAGE_NUMBER = re.compile(r"(?:[-–—]\s*)?\d{1,3}(?:\s*[-–—])?\Z")


def read_text(data: bytes, name: str) -> Manuscript:
    """Read a plain text file.

    Raises:
        UnreadableError: it is no text.
    """
    text, encoding = decode(data)
    manuscript = set_text(text, name, "txt")
    odd = () if encoding == "utf-8" else (Oddity("encoding", encoding),)
    return manuscript._replace(oddities=odd + manuscript.oddities)


def set_text(text: str, name: str, form: str) -> Manuscript:
    """Text in lines as a manuscript; the lines of a PDF file are always cut."""
    lines, running = part_running(split_lines(text))
    oddities = [Oddity("bookmark", found, Spot(line.number)) for line in lines for found in _BOOKMARK.findall(line.text)]
    lines = [line._replace(text=_BOOKMARK.sub("", line.text)) for line in lines]
    groups = join_lines(lines, cut=True if form == "pdf" else None)
    hyphens = Hyphens(groups)
    paragraphs = [
        Paragraph(
            tidy(hyphens.join(group)), Spot(group[0].number, page=group[0].page), indent=group[0].indent, breaks_page=group[0].begins_page
        )
        for group in groups
    ]
    return Manuscript(name, form, tuple(paragraph for paragraph in paragraphs if paragraph.text), tuple(running), tuple(oddities))


def split_lines(text: str) -> list[Line]:
    """The lines of a text with their numbers and pages.

    Raises:
        UnreadableError: there are more than any paper has.
    """
    if text.count("\n") + text.count("\r") > MOST_LINES:
        raise UnreadableError(Sentence("it has more than {number} lines", number=MOST_LINES))
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
    out = set(taken)
    for line in lines:
        if line not in out:
            begins_page = line.begins_page or (line.page in begins and bool(line.text.strip()))
            begins -= {line.page} if begins_page else set()
            kept.append(line._replace(begins_page=begins_page))
    return kept, [Paragraph(tidy(line.text), Spot(line.number, page=line.page)) for line in reversed(apart.values())]


def _without_number(text: str) -> str:
    return tidy(re.sub(r"\d+", "", text))
