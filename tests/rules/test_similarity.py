"""Texts that say the same or nearly so are found, and quickly, whatever else there is."""

from __future__ import annotations

import random
import time

import pytest

from orgdocs.rules.similarity import Near, coverage, find_near, likeness, nearest, words_of

SAME = [
    ("веде облік", "Веде  облік."),
    ("забезпечує об'єктивний розгляд", "забезпечує об’єктивний розгляд"),
    ("ведёт учёт", "ведет учет"),
    ("checks contracts; and files them", "checks contracts – and files them"),
    ("co\N{SOFT HYPHEN}operates", "cooperates"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_people_do_not_read_makes_no_difference(one: str, other: str) -> None:
    assert words_of(one) == words_of(other)


def test_other_words_and_other_order_do() -> None:
    assert words_of("веде облік справ") != words_of("веде облік скарг")
    assert words_of("a b") != words_of("b a")


TEXTS = [
    "здійснює нагляд за дотриманням законодавства під час призначення та виплати пенсій",
    "нагляд за дотриманням законодавства під час призначення та виплати пенсій",
    "приймає заяви громадян району 1 та реєструє їх у журналі",
    "приймає заяви громадян району 2 та реєструє їх у журналі",
    "видає довідки",
    "Видає довідки.",
    "під час призначення та виплати пенсій здійснює нагляд за дотриманням законодавства",
]


def test_near_texts_are_found_by_words_numbers_and_in_any_order() -> None:
    assert list(find_near(TEXTS, range(len(TEXTS)), 90)) == [Near(1, 0, 94), Near(5, 4, 100), Near(6, 0, 100)]


def test_texts_of_one_owner_are_not_compared() -> None:
    assert list(find_near(TEXTS, ["one"] * len(TEXTS), 90)) == []
    assert list(find_near(["a b"] * 4, ["one", "one", "two", "one"], 90)) == [Near(2, 0, 100), Near(3, 2, 100)]


def test_short_texts_are_only_the_same_or_different() -> None:
    assert list(find_near(["веде облік справ", "веде облік справи"], [1, 2], 50)) == []


def test_the_threshold_is_the_least_likeness() -> None:
    one, other = TEXTS[0], TEXTS[1]
    assert likeness(words_of(one), words_of(other), 94) == 94
    assert likeness(words_of(one), words_of(other), 95) == 0
    assert list(find_near([one, other], [1, 2], 95)) == []


def _duties(count: int) -> list[str]:
    """Duties with a few frequent and many rare words, and in each hundred one that is nearly another."""
    chance = random.Random(7)  # noqa: S311  (the same texts every time)
    words = ["".join(chance.choices("абвгдежзиклмнопрстуя", k=chance.randint(3, 12))) for _ in range(3000)]
    weights = [1 / (rank + 1) for rank in range(3000)]
    duties = [" ".join(chance.choices(words, weights, k=chance.randint(8, 20))) for _ in range(count)]
    for number in range(0, count, 100):
        duties[number + 57] = duties[number].replace(" ", " ще ", 1)
    return duties


def test_ten_thousand_duties_are_sifted_within_a_second() -> None:
    duties = _duties(10_000)
    started = time.process_time()
    found = [near for start in range(0, 10_000, 100) for near in find_near(duties[start : start + 100], range(100), 85)]
    assert time.process_time() - started < 1
    assert [near[:2] for near in found] == [(57, 0)] * 100


def test_the_same_texts_give_the_same_answer_and_all_pairs_no_more() -> None:
    duties = _duties(600)
    found = {(near.text, near.like): near.percent for near in find_near(duties, range(600), 85)}
    words = [words_of(duty) for duty in duties]
    everything = {
        (late, early): alike
        for late in range(600)
        for early in range(late)
        if late % 100 == 57 and (alike := likeness(words[late], words[early], 85))
    }
    assert found == everything
    assert list(find_near(duties, range(600), 85)) == list(find_near(duties, range(600), 85))


def test_hundreds_of_like_texts_take_no_longer() -> None:
    texts = [f"готує висновок щодо справи {word} за зверненням громадян міста" for word in _duties(2000)]
    started = time.process_time()
    list(find_near(texts, range(2000), 90))
    assert time.process_time() - started < 1


def test_the_nearest_name_of_a_thing() -> None:
    assert nearest("акти обстеження", ["звіти", "обстеження умов проживання та їх актування"]) == (1, 100)
    assert nearest("місячні звіти", ["річний звіт"]) == (0, 50)
    assert nearest("звіти", []) == (0, 0)
    assert nearest("звіти", ["накази"]) == (0, 0)


def test_coverage_is_the_share_of_longer_words() -> None:
    assert coverage("signs the contracts of the office", ["signs contracts", "keeps the office"]) == 66
    assert coverage("signs", []) == 0
    assert coverage("to be", []) == 100
