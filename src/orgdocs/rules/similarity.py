"""Texts that say the same, or nearly the same: how texts are compared, and how near ones are found without comparing all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import ceil
from typing import NamedTuple

_WORD = re.compile(r"\w+")
_UNREAD = str.maketrans({"ё": "е", **dict.fromkeys("'’ʼ‘`´\N{SOFT HYPHEN}", None)})
_HAS_UNREAD = re.compile("[ё'’ʼ‘`´\N{SOFT HYPHEN}]")
_STEM = 5
"""So many letters of a word count when texts are sifted: endings change by case and person."""
_FEWEST_WORDS = 4
"""Shorter texts are alike by chance."""
_SLACK = 20
"""Of texts that are alike by so many percent, so many fewer percent of the words are the same."""
_MOST_LOOKED_AT = 64
"""With so many others a text is compared at most: where hundreds are alike, one of them is found soon."""


@lru_cache(maxsize=1 << 17)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text without what people do not read: case, spaces, punctuation, apostrophes, ё for е."""
    text = text.casefold()
    if _HAS_UNREAD.search(text):  # translating takes twice as long as all the rest
        text = text.translate(_UNREAD)
    return tuple(_WORD.findall(text))


class Near(NamedTuple):
    """Two texts, by their numbers, that say the same (100 percent) or nearly so."""

    text: int
    like: int
    percent: int


def find_near(texts: Sequence[str], owners: Sequence[object], percent: int) -> Iterator[Near]:
    """For each text the first earlier one of another owner that it is like, by at least so many percent.

    Texts are alike only if their numbers are the same: two districts, two years or two grades are two matters. Not all
    pairs are compared. Like texts share most words, so they share one of the rarest of each; only those that do are looked at.
    """
    yield from _find_near(tuple(texts), tuple(owners), percent)


@lru_cache(maxsize=1 << 10)
def _find_near(texts: tuple[str, ...], owners: tuple[object, ...], percent: int) -> tuple[Near, ...]:
    """The same; kept, for while somebody types most units stay as they are."""
    prints = [_Print(words_of(text)) for text in texts]
    seen: dict[tuple[str, ...], list[int]] = {}
    groups: dict[tuple[str, ...], list[int]] = {}
    found: dict[int, Near] = {}
    for number, a_print in enumerate(prints):
        same = seen.setdefault(a_print.words, [])
        like = next((other for other in same if owners[other] != owners[number]), None)
        if like is not None:
            found[number] = Near(number, like, 100)
        if not same and len(a_print.words) >= _FEWEST_WORDS:
            groups.setdefault(a_print.numbers, []).append(number)
        if len(same) < 2 and (not same or like is not None):
            same.append(number)  # two owners are enough: whoever comes next is another than one of them
    for group in groups.values():
        if len(group) > 1:
            found |= _sift(prints, group, owners, percent)
    return tuple(found[number] for number in sorted(found))


class _Print:
    """What is compared of a text: its words, the numbers among them, and the beginnings of the others."""

    __slots__ = ("numbers", "stems", "words")

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words
        self.numbers = tuple(word for word in words if not word.isalpha() and any(letter.isdigit() for letter in word))
        self.stems: frozenset[str] = frozenset()


def _sift(prints: Sequence[_Print], group: Sequence[int], owners: Sequence[object], percent: int) -> dict[int, Near]:
    """The near ones among texts with the same numbers, none of which are the same."""
    for number in group:
        prints[number].stems = frozenset(word[:_STEM] for word in prints[number].words)
    frequency = Counter(stem for number in group for stem in prints[number].stems)
    share = max(percent - _SLACK, 1) / 100
    index: dict[str, list[int]] = {}
    found: dict[int, Near] = {}
    for number in group:
        stems = prints[number].stems
        rarest = sorted(stems, key=lambda stem: (frequency[stem], stem))[: len(stems) - ceil(share * len(stems)) + 1]
        candidates: dict[int, None] = {}
        for stem in rarest:
            if frequency[stem] > 1:
                candidates.update(dict.fromkeys(index.get(stem, ())[:_MOST_LOOKED_AT]))
                index.setdefault(stem, []).append(number)
        for other in sorted(candidates)[:_MOST_LOOKED_AT]:
            if owners[other] != owners[number] and len(stems & prints[other].stems) >= share * max(len(stems), len(prints[other].stems)):
                alike = likeness(prints[number].words, prints[other].words, percent)
                if alike:
                    found[number] = Near(number, other, alike)
                    break
    return found


def likeness(words: Sequence[str], others: Sequence[str], least: int) -> int:
    """How much of two texts is the same, in percent of their letters and in whatever order; 0 where it is less than ``least``."""
    from rapidfuzz import fuzz  # noqa: PLC0415  (only where two texts are near enough to compare)

    alike = fuzz.ratio(" ".join(words), " ".join(others), score_cutoff=least)
    if not alike:
        alike = fuzz.ratio(" ".join(sorted(words)), " ".join(sorted(others)), score_cutoff=least)
    return int(alike)


def nearest(text: str, others: Sequence[str]) -> tuple[int, int]:
    """Number and likeness of the text among others that shares most of the shorter one's words; likeness 0 where none shares any.

    Made for short names of things, such as what one post gives to another: a shorter name of the same thing is the same.
    """
    mine = _roots(text)
    best = (0, 0)
    for number, other in enumerate(others):
        theirs = _roots(other)
        shorter, longer = sorted((mine, theirs), key=len)
        shared = sum(any(root.startswith(whole) or whole.startswith(root) for whole in longer) for root in shorter)
        percent = 100 * shared // len(shorter) if shorter else 0
        if percent > best[1]:
            best = (number, percent)
    return best


def _roots(text: str) -> list[str]:
    """The beginnings of the words, without little ones as far as there are others: short words change near their beginning."""
    words = words_of(text)
    words = tuple(word for word in words if len(word) > 3) or words
    return sorted({word[: 4 if len(word) > 5 else 3] for word in words})


def coverage(text: str, others: Sequence[str]) -> int:
    """How many percent of the longer words of a text stand in the one of the other texts that has most of them."""
    mine = {word[:_STEM] for word in words_of(text) if len(word) > 3}
    if not mine:
        return 100
    return max((100 * len(mine & {word[:_STEM] for word in words_of(other)}) // len(mine) for other in others), default=0)
