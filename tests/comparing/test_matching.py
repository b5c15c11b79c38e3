"""Clauses of two lists matched, and what stands in another order."""

from __future__ import annotations

import pytest

from orgdocs.comparing.matching import displaced, match


def _match(old: list[str], new: list[str]) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Matched texts, removed and added ones; an id stands before a colon."""
    split = [[(*text.split(":", 1),) if ":" in text else (None, text) for text in texts] for texts in (old, new)]
    found = match(split[0], split[1])  # type: ignore[arg-type]
    return [(old[was], new[now]) for was, now in found.pairs], [old[one] for one in found.removed], [new[one] for one in found.added]


def test_equal_texts_first_then_alike_ones() -> None:
    old = ["keeps the register of contracts", "keeps the register of letters", "answers letters"]
    new = ["keeps the register of letters", "keeps the register of all contracts", "receives visitors"]
    assert _match(old, new) == (
        [("keeps the register of letters",) * 2, ("keeps the register of contracts", "keeps the register of all contracts")],
        ["answers letters"],
        ["receives visitors"],
    )


def test_an_id_holds_whatever_the_text_is() -> None:
    assert _match(["a:checks contracts"], ["b:checks contracts", "a:speaks in court"]) == (
        [("a:checks contracts", "a:speaks in court")],
        [],
        ["b:checks contracts"],
    )


def test_the_same_text_twice_is_two_clauses() -> None:
    assert _match(["one more time"], ["one more time", "one more time"]) == ([("one more time",) * 2], [], ["one more time"])


def test_other_words_with_like_letters_do_not_match() -> None:
    assert _match(["готує звіти"], ["рахує гроші"]) == ([], ["готує звіти"], ["рахує гроші"])


@pytest.mark.parametrize(
    ("order", "out"),
    [([], []), ([0, 1, 2], []), ([2, 0, 1], [0]), ([1, 2, 0], [2]), ([3, 2, 1, 0], [0, 1, 2]), ([0, 4, 1, 2, 3], [1])],
)
def test_as_few_as_possible_are_displaced(order: list[int], out: list[int]) -> None:
    assert displaced(order) == out
