"""Lines: the paragraphs of a manuscript one by one, each with its mark taken off and its looks told."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TypeAlias

from orgdocs.importing.manuscript import Grid, Manuscript, Paragraph, Spot
from orgdocs.importing.understanding.marks import Mark, follow, split_confused_mark, split_mark
from orgdocs.importing.understanding.meanings import tell_meaning

_RESIDUE = re.compile(r"\[bookmark: [^\]\n]*\]")
_SPACE = re.compile(r"\s+")
_INLINE = re.compile(r"([^\W\d_][^:.;()]{2,40}):\s+([A-ZА-ЯІЇЄҐЎЁ]\S*\s+\S+\s+\S.*)")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text as a reader sees it: its mark, its words, its looks."""

    words: str
    """The text without the mark."""
    spot: Spot
    mark: Mark | None = None
    level: int | None = None
    heading: int | None = None
    bold: bool = False
    centred: bool = False
    indent: int = 0
    breaks_page: bool = False
    continues: bool = False
    """Whether it is a further line of the same paragraph."""
    residue: bool = False
    """Whether leavings of another program were taken out of it."""

    @property
    def text(self) -> str:
        """Mark and words."""
        return f"{self.mark.text} {self.words}".strip() if self.mark else self.words

    @property
    def caps(self) -> bool:
        """Whether all letters are capitals, and there are enough of them to tell."""
        return self.words.isupper() and sum(map(str.isalpha, self.words)) > 3

    @property
    def shown(self) -> bool:
        """Whether it stands out as headings do."""
        return self.caps or self.bold or self.centred or self.heading is not None

    @property
    def size(self) -> int:
        """How many words it has."""
        return len(self.words.split())

    @property
    def end(self) -> str:
        """Its last character, or an empty text."""
        return self.words[-1:]


Piece: TypeAlias = Line | Grid


def read_lines(manuscript: Manuscript) -> list[Piece]:
    """The lines and tables of a manuscript in reading order; empty paragraphs are left out."""
    pieces: list[Piece] = []
    for block in manuscript.blocks:
        if isinstance(block, Grid):
            pieces.append(block)
            continue
        pieces += _read_paragraph(block)
    return _confirm_marks(_part_headings(pieces))


def _part_headings(pieces: list[Piece]) -> list[Piece]:
    """A heading and the sentence that follows it in the same line become two lines: "Evaluation: the work is assessed once a year"."""
    parted: list[Piece] = []
    for piece in pieces:
        found = _INLINE.match(piece.words) if isinstance(piece, Line) and not piece.mark else None
        before = parted[-1] if parted else None
        listed = isinstance(before, Line) and before.end in {":", ";", ","}
        if isinstance(piece, Line) and found and not listed and tell_meaning(found[1]).surety >= 0.95:
            parted.append(replace(piece, words=f"{found[1]}:", heading=2))
            parted.append(replace(piece, words=found[2], heading=None, breaks_page=False, bold=False, centred=False))
        else:
            parted.append(piece)
    return parted


def _read_paragraph(paragraph: Paragraph) -> list[Line]:
    lines: list[Line] = []
    cleaned = _RESIDUE.sub(" ", paragraph.text)
    label = paragraph.label.strip()
    for text in _INVISIBLE.sub("", cleaned).split("\n"):
        words = _SPACE.sub(" ", text).strip()
        if not words and not label:
            continue
        mark, rest = split_mark(words)
        if label:
            mark, rest = _take_label(label, mark, words, rest)
        line = Line(
            rest, paragraph.spot, mark, paragraph.level if not lines else None, paragraph.heading, paragraph.bold, paragraph.centred,
            paragraph.indent, paragraph.breaks_page and not lines, bool(lines), cleaned != paragraph.text,
        )  # fmt: skip
        lines.append(line)
        label = ""
    return lines


def _take_label(label: str, typed: Mark | None, words: str, rest: str) -> tuple[Mark | None, str]:
    """The label that Word sets by itself counts, unless it is a mere sign before a typed number."""
    mark = split_mark(f"{label} x")[0] or Mark(label, "dot")
    if mark.style in {"dot", "dash"} and typed and not typed.weak and typed.style not in {"dot", "dash"}:
        return typed, rest
    return mark._replace(text=label, weak=False), words


def _confirm_marks(pieces: list[Piece]) -> list[Piece]:
    """Keep numbers that may be words only where they come next in a count, and find numbers written with wrong characters."""
    confirmed: list[Piece] = []
    recent: dict[str, list[tuple[int, ...]]] = {"path": [], "paren": [], "letter-dot": []}
    for index, piece in enumerate(pieces):
        line = piece
        if isinstance(line, Line):
            expected = {(style, numbers) for style, past in recent.items() for last in past for numbers in follow(last)}
            if line.mark and line.mark.weak and not _is_expected(line.mark, expected, pieces[index + 1 :]):
                line = replace(line, words=line.text, mark=None)
            if line.mark is None or (line.mark.style == "path" and len(line.mark.numbers) == 1):
                typed = f"{line.mark.text}{line.words}" if line.mark else line.words
                confused, rest = split_confused_mark(typed, expected)
                if confused:
                    line = replace(line, words=rest, mark=confused)
            if line.mark and line.mark.style in recent:
                past = recent[line.mark.style]
                past[:] = [*past[-3:], line.mark.numbers]
        confirmed.append(line)
    return confirmed


def _is_expected(mark: Mark, expected: set[tuple[str, tuple[int, ...]]], following: list[Piece]) -> bool:
    if (mark.style, mark.numbers) in expected:
        return True
    if mark.numbers[-1] != 1:
        return False
    near = (piece.mark for piece in following[:40] if isinstance(piece, Line) and piece.mark)
    return any(other.style == mark.style and other.numbers in follow(mark.numbers) for other in near)
