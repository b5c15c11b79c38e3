"""How languages write numbers, dates, plurals and lists. ``~`` stands for a non-breaking space in what is expected."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from orgdocs.language import CASES, INFLECTED, LOCALES, capitalise, format_day, format_number, join_names, plural
from orgdocs.schemas import load_schema

NUMBERS = [
    ("0", None, "0", "0"),
    ("0.0", None, "0", "0"),
    ("0.5", None, "0,5", "0.5"),
    ("0.250", None, "0,25", "0.25"),
    ("10.50", None, "10,5", "10.5"),
    ("999", None, "999", "999"),
    ("1234", None, "1~234", "1,234"),
    ("9800.00", 2, "9~800,00", "9,800.00"),
    ("12345.5", 2, "12~345,50", "12,345.50"),
    ("1234567.891", None, "1~234~567,891", "1,234,567.891"),
    ("-1234.5", 2, "-1~234,50", "-1,234.50"),
    ("1234.5", 0, "1~235", "1,235"),
    ("1234.565", 2, "1~234,57", "1,234.57"),
    ("0.0000005", None, "0,000001", "0.000001"),
    ("0", 2, "0,00", "0.00"),
    ("0.123456", None, "0,123456", "0.123456"),
    ("1E+3", None, "1~000", "1,000"),
    ("1E+3", 2, "1~000,00", "1,000.00"),
    ("1" * 40 + ".125", 2, "1" + "~111" * 13 + ",13", "1" + ",111" * 13 + ".13"),
    ("10000000000980000004999.01", 2, "10~000~000~000~980~000~004~999,01", "10,000,000,000,980,000,004,999.01"),
]


@pytest.mark.parametrize(("number", "places", "slavic", "english"), NUMBERS)
def test_numbers(number: str, places: int | None, slavic: str, english: str) -> None:
    written = {language: format_number(Decimal(number), language, places).replace("\N{NO-BREAK SPACE}", "~") for language in LOCALES}
    assert written == {"uk": slavic, "ru": slavic, "be": slavic, "en": english}


DAYS = [
    ("2026-06-14", "uk", "14 червня 2026~р.", "14.06.2026"),
    ("2026-01-01", "uk", "1 січня 2026~р.", "01.01.2026"),
    ("2026-06-14", "ru", "14 июня 2026~г.", "14.06.2026"),
    ("2026-05-31", "ru", "31 мая 2026~г.", "31.05.2026"),
    ("2026-06-14", "be", "14 чэрвеня 2026~г.", "14.06.2026"),
    ("2026-11-02", "be", "2 лістапада 2026~г.", "02.11.2026"),
    ("2026-06-14", "en", "14 June 2026", "14.06.2026"),
    ("2024-02-29", "en", "29 February 2024", "29.02.2024"),
    ("0999-12-31", "en", "31 December 999", "31.12.0999"),
]


@pytest.mark.parametrize(("day", "language", "verbal", "numeric"), DAYS)
def test_days(day: str, language: str, verbal: str, numeric: str) -> None:
    written = [format_day(date.fromisoformat(day), language, style).replace("\N{NO-BREAK SPACE}", "~") for style in ("verbal", "numeric")]
    assert written == [verbal, numeric]


MONTHS = {
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "be": "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня",
    "en": "January February March April May June July August September October November December",
}


@pytest.mark.parametrize("language", MONTHS)
def test_months_stand_in_the_genitive(language: str) -> None:
    days = [date(2026, month, 7) for month in range(1, 13)]
    assert [format_day(day, language, "verbal").split()[1] for day in days] == MONTHS[language].split()


def test_no_day_has_a_strange_space_or_sign() -> None:
    for language in LOCALES:
        for number in range(0, 366, 5):
            text = format_day(date(2026, 1, 1) + timedelta(number), language, "verbal")
            assert {letter for letter in text if not letter.isalnum()} <= {" ", "\N{NO-BREAK SPACE}", "."}


PLURALS = {
    "one": [1, 21, 31, 101, 121, 1001],
    "few": [2, 3, 4, 22, 24, 33, 102, 1003],
    "many": [0, 5, 6, 10, 11, 12, 14, 19, 20, 25, 30, 100, 111, 112, 1000, 1011],
}


@pytest.mark.parametrize("language", ["uk", "ru", "be"])
def test_slavic_plurals(language: str) -> None:
    numbers = sorted(number for found in PLURALS.values() for number in found)
    assert {category: [number for number in numbers if plural(number, language) == category] for category in PLURALS} == PLURALS


def test_english_plurals() -> None:
    assert [plural(number, "en") for number in (0, 1, 2, 5, 11, 21, 101)] == ["other", "one", *["other"] * 5]


CAPITALS = [
    ("", ""),
    ("відділ", "Відділ"),
    ("Відділ", "Відділ"),
    ("є юридичною особою", "Є юридичною особою"),
    ("її керівник", "Її керівник"),
    ("ґанок", "Ґанок"),
    ("ўрад", "Ўрад"),
    ("ёлка", "Ёлка"),
    ("п’ятий відділ", "П’ятий відділ"),
    ("об'єднання", "Об'єднання"),
    ("«сонечко», ясла", "«Сонечко», ясла"),
    ("„сонечко“", "„Сонечко“"),
    ('"office"', '"Office"'),
    ("(в.о.) директора", "(В.о.) директора"),
    ("'aina", "'Aina"),
    ("– відділ", "– Відділ"),
    ("1-й відділ", "1-й відділ"),
    ("№ 5 відділ", "№ 5 відділ"),
    ("«2-га черга»", "«2-га черга»"),
    ("ДСП відділ", "ДСП відділ"),
    ("iPhone", "IPhone"),
    ("…", "…"),
    (" відділ", " Відділ"),
    ("\N{CYRILLIC SMALL LETTER I}\N{COMBINING BREVE}од", "\N{CYRILLIC CAPITAL LETTER I}\N{COMBINING BREVE}од"),
    ("élan", "Élan"),
    ("😀 так", "😀 Так"),
]


@pytest.mark.parametrize(("text", "capital"), CAPITALS)
def test_capitals(text: str, capital: str) -> None:
    assert capitalise(text) == capital
    assert capitalise(capital) == capital


@pytest.mark.parametrize(
    ("names", "joined"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a та b"),
        (["a", "b", "c"], "a, b та c"),
        (["a, b", "c", "d", "e"], "a, b, c, d та e"),
    ],
)
def test_lists_of_names(names: list[str], joined: str) -> None:
    assert join_names(names, "та") == joined


def test_languages_and_cases_are_those_of_the_schemas() -> None:
    texts = load_schema("position")["$defs"]["text"]["anyOf"][1]["properties"]
    assert set(texts) == set(LOCALES) >= INFLECTED
    assert set(load_schema("organisation")["properties"]["language"]["enum"]) == set(LOCALES)
    assert tuple(load_schema("position")["$defs"]["forms"]["properties"]) == CASES
