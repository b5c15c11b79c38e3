"""Which clause of one list is which of another: by id, by the same text, by likeness."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from orgdocs.rules.similarity import likeness, words_of

LEAST = 60
"""From so many percent on, a clause is another wording of one in the same place of the other version."""
_STEM = 5


class Matching(NamedTuple):
    """Numbers of clauses in the old and the new list."""

    pairs: list[tuple[int, int]]
    """In the order of the new list."""
    removed: list[int]
    added: list[int]


def match(old: Sequence[tuple[str | None, str]], new: Sequence[tuple[str | None, str]]) -> Matching:
    """Match two lists of clauses, each given by its id and its text."""
    pairs: dict[int, int] = {}
    left = dict.fromkeys(range(len(old)))
    ids = {clause_id: number for number, (clause_id, _) in reversed(list(enumerate(old))) if clause_id is not None}
    for number, (clause_id, _) in enumerate(new):
        if clause_id in ids and ids[clause_id] in left:
            pairs[number] = ids[clause_id]
            del left[ids[clause_id]]
    by_text: dict[str, list[int]] = {}
    for number in reversed(left):
        by_text.setdefault(old[number][1], []).append(number)
    for number, (_, text) in enumerate(new):
        if number not in pairs and by_text.get(text):
            pairs[number] = by_text[text].pop()
            del left[pairs[number]]
    rest = [number for number in range(len(new)) if number not in pairs]
    for before, after in _match_alike([text for _, text in old], [text for _, text in new], list(left), rest):
        pairs[after] = before
        del left[before]
    matched = [(pairs[number], number) for number in sorted(pairs)]
    return Matching(matched, list(left), [number for number in rest if number not in pairs])


def _match_alike(old: Sequence[str], new: Sequence[str], left: list[int], rest: list[int]) -> list[tuple[int, int]]:
    """The pairs that are most alike, each clause once."""
    found = []
    words = {number: words_of(old[number]) for number in left}
    stems = {number: {word[:_STEM] for word in words[number]} for number in left}
    for number in rest:
        mine = words_of(new[number])
        mine_stems = {word[:_STEM] for word in mine}
        for other in left:
            shorter = min(len(mine_stems), len(stems[other]))
            if 3 * len(mine_stems & stems[other]) < shorter:
                continue
            alike = likeness(words[other], mine, LEAST)
            if alike:
                found.append((-alike, abs(number - other), other, number))
    pairs: list[tuple[int, int]] = []
    seen_old: set[int] = set()
    seen_new: set[int] = set()
    for *_, other, number in sorted(found):
        if other not in seen_old and number not in seen_new:
            seen_old.add(other)
            seen_new.add(number)
            pairs.append((other, number))
    return pairs


def displaced(order: Sequence[int]) -> list[int]:
    """Of a sequence of distinct numbers, the fewest that must be taken out so that the others rise, as indices into it.

    >>> displaced([2, 0, 1, 3])
    [0]
    """
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for index, number in enumerate(order):
        at = bisect_left(tails, number)
        tails[at : at + 1] = [number]
        ends[at : at + 1] = [index]
        before.append(ends[at - 1] if at else None)
    rising: set[int] = set()
    current: int | None = ends[-1] if ends else None
    while current is not None:
        rising.add(current)
        current = before[current]
    return [index for index in range(len(order)) if index not in rising]
