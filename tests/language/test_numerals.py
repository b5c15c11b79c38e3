"""Numbers in words: tables of amounts and staff units, each read by eye, and num2words as a second opinion where it is right."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from num2words import num2words

from orgdocs.language.numerals import CURRENCIES, LARGEST, STAFF_UNIT, amount_in_words, decimal_in_words, number_in_words

TABLES = Path(__file__).parent / "tables"


def _rows(name: str, fields: int) -> list[list[str]]:
    return [line.split(" ", fields) for line in (TABLES / name).read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("amount", "currency", "language", "case", "words"), _rows("amounts.txt", 4))
def test_amount(amount: str, currency: str, language: str, case: str, words: str) -> None:
    assert amount_in_words(Decimal(amount), currency, language, case) == words


@pytest.mark.parametrize(("number", "language", "case", "words"), _rows("units.txt", 3))
def test_units(number: str, language: str, case: str, words: str) -> None:
    units = Decimal(number)
    assert f"{decimal_in_words(units, language, case)} {STAFF_UNIT[language].after(units, language, case)}" == words


NUMBERS = [*range(1101), *range(1999, 120_000, 777), *range(10**6, 10**9, 98_765_431), 10**12 + 1, LARGEST]


@pytest.mark.parametrize("language", ["uk", "ru", "be", "en"])
def test_second_opinion(language: str) -> None:
    """The nominative of the masculine, in which num2words makes no mistakes; it sets commas in English."""
    ours = {number: number_in_words(number, language) for number in NUMBERS}
    theirs = {number: num2words(number, lang=language).replace("'", "’").replace(",", "") for number in NUMBERS}
    assert ours == theirs


def test_second_opinion_is_wrong() -> None:
    """What keeps num2words out of the program; when it is mended there, our tables may go."""
    assert num2words(2_000_000, lang="ru", gender="f") == "две миллиона"
    assert num2words(300, lang="uk", case="genitive") == "трьохста"
    assert num2words(1000, lang="uk", case="genitive") == "однієї тисячи"


@pytest.mark.parametrize(
    ("number", "expected"),
    [("1", "1 гривня"), ("2", "2 гривні"), ("5", "5 гривень"), ("11", "11 гривень"), ("21", "21 гривня"), ("0.5", "0.5 гривні")],
)
def test_noun_after_figures(number: str, expected: str) -> None:
    noun = CURRENCIES["UAH"]["uk"][0]
    assert f"{number} {noun.after(Decimal(number), 'uk')}" == expected


def test_staff_units_after_figures_in_the_genitive() -> None:
    """«Штат у кількості …» governs the genitive."""
    noun = STAFF_UNIT["uk"]
    found = [f"{number} {noun.after(Decimal(number), 'uk', 'genitive')}" for number in ("1", "2", "5", "21", "14.75")]
    assert found == [
        "1 штатної одиниці", "2 штатних одиниць", "5 штатних одиниць", "21 штатної одиниці", "14.75 штатної одиниці",
    ]  # fmt: skip


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_numbers_out_of_reach(number: int) -> None:
    with pytest.raises(ValueError, match="is not between 0 and"):
        number_in_words(number, "uk")


def test_every_currency_has_every_language() -> None:
    assert {(currency, *sorted(forms)) for currency, forms in CURRENCIES.items()} == {
        (currency, "be", "en", "ru", "uk") for currency in ("UAH", "RUB", "BYN", "EUR", "USD")
    }
