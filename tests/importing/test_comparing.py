"""The comparison of an old paper with a new one: what makes no difference, what moved, and what is lost."""

from __future__ import annotations

import pytest

from orgdocs.importing.comparing import Coverage, Passage, compare, compared_words
from orgdocs.importing.manuscript import Spot


def passages(text: str) -> list[Passage]:
    lines = [(number, line.strip()) for number, line in enumerate(text.strip().splitlines(), 1)]
    return [Passage(compared_words(line), line, Spot(number)) for number, line in lines]


def told(coverage: Coverage) -> list[str]:
    return [f"{one.spot.block} {'moved' if one.is_moved else 'lost'}: {one.words} | {one.found}" for one in coverage.differences]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1.1.Відділ  веде облік;", "ВІДДІЛ ВЕДЕ ОБЛІК."),
        ("26)здійснює нагляд", "здійснює нагляд"),
        ("• 1.2 is appointed", "is appointed"),
        ("соціально - економічного", "соціально-економічного"),
        ("службових обов'язків", "службових обов’язків"),
        ("IV. Учёт", "Учет"),
        ("(а) перше", "перше"),
        ("со\u00adціальний", "соціальний"),
        ("[bookmark: o1]Права", "Права"),
    ],
)
def test_what_makes_no_difference(old: str, new: str) -> None:
    assert compared_words(old.replace("[bookmark: o1]", "")) == compared_words(new)


@pytest.mark.parametrize("text", ["2 роки", "03.04.2020", "P. Prepares", "а також", "12"])
def test_what_is_no_number_of_a_clause_is_kept(text: str) -> None:
    assert len(compared_words(text)) >= len([word for word in text.replace("03.04.2020", "2020").split() if word])


def test_words_that_are_gone_are_told_with_what_stands_there() -> None:
    coverage = compare(
        passages("Права\nмає право підписувати акти\nщороку звітує перед радою"), passages("Права\nмає право складати акти\nзвітує")
    )
    assert told(coverage) == ["2 lost: підписувати | складати", "3 lost: щороку | ", "3 lost: перед радою | "]
    assert (coverage.words, coverage.in_order, coverage.lost, coverage.percent) == (9, 5, 4, 55.5)


def test_words_at_another_place_are_not_lost() -> None:
    coverage = compare(passages("перше речення тут\nдруге речення там\nкінець"), passages("друге речення там\nперше речення тут\nкінець"))
    assert (coverage.moved, coverage.lost) == (3, 0)
    assert len(told(coverage)) == 1


def test_a_word_that_stands_once_hides_no_loss() -> None:
    coverage = compare(passages("облік\nоблік\nоблік"), passages("облік"))
    assert (coverage.in_order, coverage.moved, coverage.lost) == (1, 0, 2)


def test_lines_around_the_text_may_stand_in_another_order() -> None:
    old = passages("Додаток 1\nКомунальний заклад\nПОЛОЖЕННЯ\nтекст")
    new = passages("Комунальний заклад\nПОЛОЖЕННЯ\nДодаток 1\nтекст")
    assert compare(old, new, loose=3).percent == 100
    assert compare(old, new).percent < 100


def test_one_word_of_very_many_is_not_everything() -> None:
    old = passages("\n".join(f"слово{number} тут" for number in range(3000)))
    coverage = compare(old, passages("\n".join(f"слово{number} тут" for number in range(1, 3000))))
    assert coverage.lost == 2
    assert coverage.percent == 99.9
