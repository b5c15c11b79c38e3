"""Headings: which lines open a section, told by number, looks, words and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from orgdocs.importing.understanding.lines import Line, Piece
from orgdocs.importing.understanding.marks import Mark, split_section_mark
from orgdocs.importing.understanding.meanings import tell_lead, tell_meaning
from orgdocs.importing.understanding.particulars import tell_particular
from orgdocs.importing.understanding.titles import is_below, is_organisation, is_place, is_stamp, tell_title

_LONGEST = 22
_ENDS = ".;:,!?"


class Heading(NamedTuple):
    """A line that opens a section."""

    words: str
    mark: Mark | None
    meaning: str
    surety: float

    @property
    def value(self) -> int | None:
        """The number of the section."""
        return self.mark.numbers[0] if self.mark and self.mark.numbers else None


def find_headings(pieces: Sequence[Piece]) -> dict[int, Heading]:
    """The headings among the lines, by index."""
    found: dict[int, Heading] = {}
    for index, piece in enumerate(pieces):
        if isinstance(piece, Line):
            heading = _judge(pieces, index)
            if heading:
                found[index] = heading
    return found


def _judge(pieces: Sequence[Piece], index: int) -> Heading | None:
    line = pieces[index]
    if not isinstance(line, Line) or line.size > _LONGEST or len(line.words) > 200:
        return None
    mark, words = line.mark, line.words
    if mark is None:
        mark, words = split_section_mark(line.words)
        if mark and (not words or not (line.shown or mark.weak is False or tell_meaning(words).name)):
            mark, words = (mark, words) if not words and mark.text[0].isalpha() and len(mark.text) > 3 else (None, line.words)
    if mark and mark.style in {"dash", "dot", "bracket", "letter", "letter-dot", "roman", "paren"} and line.heading is None:
        return None
    if mark and mark.style == "path" and len(mark.numbers) > 1:
        return None
    if not any(map(str.isalpha, words)):
        return Heading("", mark, "", 0.8) if mark and mark.style == "section" and not words else None
    return _judge_numbered(pieces, index, line, mark, words) if mark else _judge_bare(pieces, index, line)


def _judge_numbered(pieces: Sequence[Piece], index: int, line: Line, mark: Mark, words: str) -> Heading | None:
    meaning = tell_meaning(words)
    if words[-1] in ";,":
        return None
    short = len(words.split()) <= 12
    opens = _opens_count(pieces, index, mark)
    if words[-1] in ".:" and not (meaning.surety >= 0.9 or (line.shown and short)):
        return None
    if words[-1] == ":" and not line.shown and (tell_lead(words) or len(words.split()) > 5):
        return None
    if meaning.surety >= 0.8 and (short or line.shown) and (opens or line.shown or len(words.split()) <= 7):
        return Heading(words, mark, meaning.name, 0.95 if meaning.surety >= 0.9 else 0.85)
    if (line.shown and (short or line.caps)) or mark.style == "section":
        return Heading(words, mark, meaning.name, max(meaning.surety, 0.6))
    if opens and short and words[-1] not in ".:":
        return Heading(words, mark, meaning.name, max(meaning.surety, 0.6))
    return None


def _judge_bare(pieces: Sequence[Piece], index: int, line: Line) -> Heading | None:
    words = line.words
    if words[-1] in ";," or tell_particular(words) or is_stamp(line) or _names_paper(line) or is_place(line):
        return None
    meaning = tell_meaning(words)
    size = len(words.split())
    before = next((piece for piece in reversed(pieces[:index]) if isinstance(piece, Line)), None)
    listed = before is not None and (before.end in {";", ","} or (before.end == ":" and not before.shown))
    if line.heading and not listed:
        return None if is_below(line) else Heading(words, None, meaning.name, max(meaning.surety, 0.7))
    if line.shown and meaning.surety >= 0.8 and not (words[-1] == ":" and tell_lead(words) and size > 4):
        return Heading(words, None, meaning.name, 0.9)
    if listed or words[-1] == ".":
        return None
    if meaning.surety >= 0.95 and size <= 7:
        return Heading(words, None, meaning.name, 0.8)
    if meaning.surety >= 0.9 and size <= 4 and words[-1] != ":" and words[0].isupper():
        return Heading(words, None, meaning.name, 0.7)
    plain = (
        (words[-1] not in _ENDS or (words[-1] == ":" and line.caps and size <= 5))
        and size <= 10
        and not is_below(line)
        and not is_organisation(line)
    )
    if plain and (line.bold or line.caps) and _formatted_around(pieces, index) and index:
        return Heading(words, None, meaning.name, 0.6)
    return None


def _names_paper(line: Line) -> bool:
    """Whether a line is the title of a paper; "duties" alone is rather the heading of a section."""
    title = tell_title(line)
    return title is not None and not (title.by_duties and not title.rest)


def _opens_count(pieces: Sequence[Piece], index: int, mark: Mark) -> bool:
    """Whether the next number is the first below this one: 3.1 after 3, or 1 after a Roman number."""
    for piece in pieces[index + 1 : index + 6]:
        if isinstance(piece, Line) and piece.mark and piece.mark.style in {"path", "paren"}:
            return piece.mark.numbers == (*mark.numbers, 1) or (mark.style == "section" and piece.mark.style == "path")
    return False


def _formatted_around(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a known heading with the same looks stands elsewhere, and a clause follows here."""
    line = pieces[index]
    following = next((piece for piece in pieces[index + 1 :] if isinstance(piece, Line)), None)
    if not isinstance(line, Line) or following is None or (following.shown and not following.mark):
        return False
    looks = (line.bold, line.caps)
    return any(
        isinstance(piece, Line) and (piece.bold, piece.caps) == looks and not piece.mark and tell_meaning(piece.words).surety >= 0.9
        for piece in pieces[max(0, index - 120) : index + 120]
    )
