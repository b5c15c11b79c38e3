"""Proof of no loss: the words of an old paper, found again in order in the paper that is built from what was taken over.

Numbers before clauses, case, spaces, hyphens and marks are set by the new paper and make no difference. The lines around the
text (stamp, head, title, signatures) may stand in another order: where they are printed is a matter of layout.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from orgdocs.importing.manuscript import Grid, Manuscript, Paragraph, Spot
from orgdocs.importing.understanding.tabulated import counts_rows

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

_WORD = re.compile(r"[^\W_]+(?:[’][^\W_]+)*")
_NUMBER = re.compile(
    r"\s*(?:§\s*)?(?:\(?\d{1,3}(?:\s?\.\s?\d{1,3})+(?!\d)[.)]?|\(?\d{1,3}\s?[.)](?!\d)|\(?[^\W\d_]\)|[IVXІХ]{1,5}[.)](?=\s)|[–—•·▪*o-](?=\s))[\s,.]*"
)
_RESIDUE = re.compile(r"\[bookmark: [^\]]*\]")
"""What a converter of Word files left behind; nobody wrote it."""
_APOSTROPHES = str.maketrans(dict.fromkeys("'ʼ`´‘", "’") | {"ё": "е"})


class Passage(NamedTuple):
    """A paragraph or the paragraph of a cell: its words as they are compared, its text as people read it, and where it stands."""

    words: tuple[str, ...]
    text: str
    spot: Spot


class Difference(NamedTuple):
    """Words of the old paper that are not at their place in the new one."""

    words: str
    """The words of the source."""
    found: str
    """What stands at their place in the paper; empty if nothing does."""
    spot: Spot
    is_moved: bool
    """Whether the words stand somewhere else in the paper."""


class Coverage(NamedTuple):
    """How many words there were, how many of them are found again, and each difference."""

    words: int
    in_order: int
    moved: int
    differences: tuple[Difference, ...]

    @property
    def percent(self) -> float:
        """The words found again in order, out of a hundred; 100 only if it is all of them."""
        if self.in_order == self.words:
            return 100.0
        return min(99.9, int(1000 * self.in_order / self.words) / 10)

    @property
    def lost(self) -> int:
        """The words that are nowhere in the paper."""
        return self.words - self.in_order - self.moved


def passages_of(manuscript: Manuscript, numbers: Mapping[int, str] | None = None) -> list[Passage]:
    """The paragraphs of a manuscript in reading order, those of its tables cell by cell.

    ``numbers`` says by block what else was understood as the number of a clause, such as a letter typed for a digit.
    """
    found = []
    for paragraph in _paragraphs(manuscript):
        text = _RESIDUE.sub("", paragraph.text).strip()
        number = (numbers or {}).get(paragraph.spot.block, "")
        words = compared_words(text[len(number) :] if number and text.startswith(number) else text)
        if words:
            found.append(Passage(words, text, paragraph.spot))
    return found


def _paragraphs(manuscript: Manuscript) -> Iterator[Paragraph]:
    for block in manuscript.blocks:
        if isinstance(block, Grid):
            skipped = 1 if counts_rows(block) else 0  # numbers in a column of their own are numbers before clauses
            yield from (paragraph for row in block.rows for cell in row[skipped:] for paragraph in cell.paragraphs)
        else:
            yield block


def compared_words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: without a number before it, folded, with one kind of apostrophe."""
    plain = unicodedata.normalize("NFKC", text.replace("\u00ad", "")).translate(_APOSTROPHES)
    return tuple(_WORD.findall(_without_number(plain).casefold().translate(_APOSTROPHES)))


def _without_number(text: str) -> str:
    """The text behind its number; behind a bullet there may be a number too."""
    for _ in range(2):
        found = _NUMBER.match(text)
        if not found or not _WORD.search(text, found.end()):
            break
        text = text[found.end() :]
    return text


def compare(source: Sequence[Passage], paper: Sequence[Passage], *, loose: int = 0) -> Coverage:
    """Find the words of ``source`` again in ``paper``.

    So many passages at the head of the source as ``loose`` says are lines around the text: they are looked for one by one,
    in any order.
    """
    rest = list(paper)
    placed: set[int] = set()
    for index, passage in enumerate(source[:loose]):
        at = next((number for number, other in enumerate(rest) if passage.words == other.words), None)
        if at is not None:
            del rest[at]
            placed.add(index)
    old = [(index, passage) for index, passage in enumerate(source) if index not in placed]
    in_order = sum(len(source[index].words) for index in placed)
    gaps: list[_Gap] = []
    # Whole passages first, then words where passages differ: a long paper is not compared word by word with itself.
    for tag, first, end, other, last in _align([passage.words for _, passage in old], [passage.words for passage in rest]):
        if tag == "equal":
            in_order += sum(len(passage.words) for _, passage in old[first:end])
            continue
        missing = [(index, word) for index, passage in old[first:end] for word in passage.words]
        added = [word for passage in rest[other:last] for word in passage.words]
        for inner, begin, stop, start, limit in _align([word for _, word in missing], added):
            if inner == "equal":
                in_order += stop - begin
            else:
                gaps.append((missing[begin:stop], added[start:limit]))
    return _judge(source, in_order, gaps)


_Gap: TypeAlias = "tuple[list[tuple[int, str]], list[str]]"
"""Words of the source with the number of their passage, and the words of the paper in their place."""


def _judge(source: Sequence[Passage], in_order: int, gaps: list[_Gap]) -> Coverage:
    """Tell words that only moved from those that are lost, and gather the differences passage by passage."""
    free = Counter(word for _, added in gaps for word in added)
    differences = []
    moved = 0
    for missing, added in gaps:
        for index, words in _by_passage(missing):
            here = Counter(words)
            is_moved = all(free[word] >= count for word, count in here.items())
            if is_moved:
                free -= here
                moved += len(words)
            found = " ".join(added) if len(added) <= 4 * len(words) + 4 else ""
            differences.append(Difference(" ".join(words), found, source[index].spot, is_moved))
    total = sum(len(passage.words) for passage in source)
    return Coverage(total, in_order, moved, tuple(differences))


def _by_passage(words: Iterable[tuple[int, str]]) -> list[tuple[int, list[str]]]:
    found: dict[int, list[str]] = {}
    for index, word in words:
        found.setdefault(index, []).append(word)
    return list(found.items())


def _align(old: Sequence[Hashable], new: Sequence[Hashable]) -> Sequence[tuple[str, int, int, int, int]]:
    """How to make one list of the other, as ``difflib`` tells it."""
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
