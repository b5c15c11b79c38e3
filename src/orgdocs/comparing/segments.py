"""Two texts word by word: what is kept, what is removed and what is added."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby

from orgdocs.comparing.changes import Segment

_TOKEN = re.compile(r"\d+(?:[.,\N{NO-BREAK SPACE}]\d+)+|\w+(?:['’ʼ-]\w+)*|\s+|[^\w\s]")


def compare_words(before: str, after: str) -> tuple[Segment, ...]:
    """The segments of two texts. Kept and removed ones give the text before, kept and added ones the text after.

    >>> [tuple(segment) for segment in compare_words("keeps the books", "keeps all books")]
    [('keeps ', 'kept'), ('the', 'removed'), ('all', 'added'), (' books', 'kept')]
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    stretches = [("".join(old[i:j]), "".join(new[k:m]), tag == "equal") for tag, i, j, k, m in matcher.get_opcodes()]
    kept = sum(_letters(old) for old, _, is_kept in stretches if is_kept)
    if 3 * kept < min(_letters(before), _letters(after)):  # a few common words among others would only confuse
        return (Segment(before, "removed"), Segment(after, "added"))
    return tuple(_put_together(_segments(_join(stretches))))


def _letters(text: str) -> int:
    return sum(letter.isalnum() for letter in text)


def _join(stretches: list[tuple[str, str, bool]]) -> list[tuple[str, str, bool]]:
    """The stretches, in which what is kept between two changes and has no word in it belongs to the change around it."""
    joined: list[tuple[str, str, bool]] = []
    for number, (old, new, is_kept) in enumerate(stretches):
        is_thin = is_kept and 0 < number < len(stretches) - 1 and not any(letter.isalnum() for letter in old)
        if joined and not joined[-1][2] and (is_thin or not is_kept):
            before, after, _ = joined.pop()
            joined.append((before + old, after + new, False))
        else:
            joined.append((old, new, is_kept))
    return joined


def _segments(stretches: list[tuple[str, str, bool]]) -> Iterator[Segment]:
    for old, new, is_kept in stretches:
        if is_kept:
            yield Segment(old, "kept")
            continue
        # A space at the same end of both belongs to neither.
        head = " " if old[:1] == new[:1] == " " else ""
        old, new = old[len(head) :], new[len(head) :]  # noqa: PLW2901
        tail = " " if old[-1:] == new[-1:] == " " else ""
        old, new = old[: len(old) - len(tail)], new[: len(new) - len(tail)]  # noqa: PLW2901
        yield from (Segment(text, state) for text, state in ((head, "kept"), (old, "removed"), (new, "added"), (tail, "kept")) if text)


def _put_together(segments: Iterator[Segment]) -> Iterator[Segment]:
    """The segments, of which those that follow each other and are kept are one."""
    for is_kept, group in groupby(segments, key=lambda segment: segment.state == "kept"):
        if is_kept:
            yield Segment("".join(segment.text for segment in group), "kept")
        else:
            yield from group
