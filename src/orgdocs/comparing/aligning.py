"""Which paragraph or row of one text is which of another: in order, the same or alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

T = TypeVar("T")
_WORD = re.compile(r"\w+")


def pair_off(
    old: Sequence[T], new: Sequence[T], key: Callable[[T], Hashable], likeness: Callable[[T, T], float], least: float
) -> Iterator[tuple[T | None, T | None]]:
    """Both sequences in one order: what has the same key or is alike in pairs, the rest by itself, what went before what came.

    ``likeness`` is between 0 and 1; two are a pair from ``least`` on.
    """
    before, after = [key(one) for one in old], [key(one) for one in new]
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(old[i:j], new[k:m], strict=True)
        else:
            yield from _pair_alike(old[i:j], new[k:m], likeness, least)


def _pair_alike(old: Sequence[T], new: Sequence[T], likeness: Callable[[T, T], float], least: float) -> Iterator[tuple[T | None, T | None]]:
    """The pairs in order whose likenesses give the largest sum."""
    alike = [[likeness(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            together = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= least else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(old) or j < len(new):
        if i < len(old) and j < len(new) and alike[i][j] >= least and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif i < len(old) and (j == len(new) or best[i][j] == best[i + 1][j]):
            yield old[i], None
            i += 1
        else:
            yield None, new[j]
            j += 1


def share_words(before: str, after: str) -> float:
    """The share of words that two texts have in common, from 0 to 1.

    >>> share_words("keeps the books", "keeps all books")
    0.6666666666666666
    """
    old, new = Counter(_WORD.findall(before.casefold())), Counter(_WORD.findall(after.casefold()))
    whole = old.total() + new.total()
    return 2 * (old & new).total() / whole if whole else 1.0
