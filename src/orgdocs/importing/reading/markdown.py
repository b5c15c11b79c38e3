"""Markdown files as manuscripts: headings, lists, tables and bold paragraphs, without the signs that make them."""

from __future__ import annotations

import re

from orgdocs.importing.manuscript import Block, Cell, Grid, Manuscript, Oddity, Paragraph, Spot
from orgdocs.importing.reading.encodings import decode
from orgdocs.importing.reading.sheets import MOST_COLUMNS
from orgdocs.importing.reading.text import split_lines
from orgdocs.importing.reading.tidying import tidy

_HEADING = re.compile(r" {0,3}(#{1,6})(?:\s|\Z)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)\s*\Z")
_RULE = re.compile(r" {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})\Z")
_ITEM = re.compile(r"(\s*)([-*+]|\d{1,9}[.)])(?:\s+|\Z)(.*)")
_NUMBERED = re.compile(r" {0,3}\d{1,3}(?:\.\d{1,3})+\.?\s")
"""A typed number of several levels, which Markdown takes for words."""
_TABLE_LINE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*\Z")
_CELL_END = re.compile(r"(?<!\\)\|")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\((?:[^()\n]|\([^()\n]*\))*\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_STRESSED = re.compile(r"(?<![\w*])([*_`])(?=\S)([^*_`]+?)(?<=\S)\1(?![\w*])", re.DOTALL)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_LONGEST_MARKED = 20_000
"""Signs of emphasis in longer paragraphs stay: looking for their ends would take too long."""
_BREAK = re.compile(r"(?: {2,}|\\)\n|<br\s*/?>")


def read_markdown(data: bytes, name: str) -> Manuscript:
    """Read a Markdown file.

    Raises:
        UnreadableError: it is no text.
    """
    text, encoding = decode(data)
    reader = _Reader()
    if encoding != "utf-8":
        reader.oddities.append(Oddity("encoding", encoding))
    reader.read(text)
    return Manuscript(name, "md", tuple(reader.blocks), (), tuple(reader.oddities))


class _Reader:
    """Reads one file, line by line."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.oddities: list[Oddity] = []
        self._held: list[str] = []
        self._line = 0
        self._label = ""
        self._level: int | None = None
        self._indents: list[int] = []
        self._counted: dict[int, str] = {}

    def _take_comments(self, text: str) -> str:
        """Take comments out and tell of them; their line ends stay, so that lines are counted right."""
        kept: list[str] = []
        place, line = 0, 1
        while (start := text.find("<!--", place)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
            comment = text[start + 4 : end]
            kept += [text[place:start], "\n" * comment.count("\n")]
            line += text.count("\n", place, start)
            self.oddities.append(Oddity("comment", tidy(comment), Spot(line)))
            line += comment.count("\n")
            place = end + 3
        return "".join([*kept, text[place:]])  # a comment that nobody ended is text

    def read(self, text: str) -> None:
        """Read all lines."""
        lines = [line.text for line in split_lines(self._take_comments(text))]
        number = 0
        fence = ""
        while number < len(lines):
            line = lines[number]
            number += 1
            if found := _FENCE.match(line):
                self._finish()
                fence = "" if fence == found[1] else fence or found[1]
            elif fence:
                self._hold(line, number)
                self._finish()
            elif 0 < line.count("|") <= MOST_COLUMNS and number < len(lines) and "|" in lines[number] and _TABLE_LINE.match(lines[number]):
                number = self._read_table(lines, number)
            else:
                self._read_line(line, number)
        self._finish()

    def _read_line(self, line: str, number: int) -> None:
        line = re.sub(r"^( {0,3}> ?)+", "", line)
        if not line.strip():
            self._finish()
        elif found := _HEADING.match(line):
            self._finish()
            title = line[found.end() :].strip()
            bare = title.rstrip("#")
            self._hold(bare if not bare or bare[-1].isspace() else title, number)
            self._finish(heading=len(found[1]))
        elif self._held and self._level is None and (found := _UNDERLINE.match(line)):
            self._finish(heading=1 if found[1][0] == "=" else 2)
        elif _RULE.match(line):
            self._finish()
        elif found := _ITEM.match(line):
            self._begin_item(found, number)
        else:
            if self._held and _NUMBERED.match(line) and _NUMBERED.match(self._held[0]):
                self._finish()  # two clauses in lines that follow one another are no one paragraph
            if not self._held and not line[0].isspace():
                self._indents.clear()
                self._counted.clear()
            self._hold(line, number)

    def _begin_item(self, found: re.Match[str], number: int) -> None:
        self._finish()
        indent = len(found[1].expandtabs(4))
        while self._indents and self._indents[-1] > indent:
            self._counted.pop(len(self._indents) - 1, None)
            self._indents.pop()
        if not self._indents or indent > self._indents[-1] + 1:
            self._indents.append(indent)
        self._level = len(self._indents) - 1
        self._label = self._count(found[2], self._level)
        self._hold(found[3], number)

    def _count(self, mark: str, level: int) -> str:
        """The sign of an item as it is shown; numbers that are all the same are counted on."""
        if mark in "-*+":
            return "•"
        before = self._counted.get(level)
        if before is not None and int(mark[:-1]) <= 1 and before[-1] == mark[-1]:
            mark = f"{int(before[:-1]) + 1}{mark[-1]}"
        self._counted[level] = mark
        return mark

    def _hold(self, line: str, number: int) -> None:
        if not self._held:
            self._line = number
        self._held.append(line)

    def _finish(self, heading: int | None = None) -> None:
        """Put what is held as one paragraph."""
        held, self._held = "\n".join(line.lstrip() if place else line for place, line in enumerate(self._held)), []
        label, self._label = self._label, ""
        level, self._level = self._level, None
        text, bold = read_inline(held)
        if text or label:
            self.blocks.append(Paragraph(text, Spot(self._line), label=label, level=level, heading=heading, bold=bold))

    def _read_table(self, lines: list[str], number: int) -> int:
        """Read a table whose second line is ``number`` from 0; the number of the line after it is returned."""
        self._finish()
        first = number
        rows = [self._read_row(lines[number - 1], 1, first)]
        number += 1
        while number < len(lines) and "|" in lines[number]:
            rows.append(self._read_row(lines[number], len(rows) + 1, first))
            number += 1
        self.blocks.append(Grid(tuple(rows), Spot(first)))
        return number

    @staticmethod
    def _read_row(line: str, row: int, block: int) -> tuple[Cell, ...]:
        texts = _CELL_END.split(line.strip().removeprefix("|").removesuffix("|"))
        cells = []
        for column, raw in enumerate(texts, 1):
            text, bold = read_inline(raw)
            cells.append(Cell((Paragraph(text, Spot(block, row, column), bold=bold),) if text else ()))
        return tuple(cells)


def read_inline(raw: str) -> tuple[str, bool]:
    """The text of a paragraph without the signs of emphasis and links, and whether all of it is bold."""
    text = _BREAK.sub("\x0b", raw.strip()).replace("\n", " ")
    if len(text) > _LONGEST_MARKED:
        return tidy(text), False
    whole = _STRONG.fullmatch(text)
    text = _LINK.sub(r"\1", _STRONG.sub(r"\2", text))
    return tidy(_ESCAPED.sub(r"\1", _STRESSED.sub(r"\2", text))), whole is not None
