"""Ids for titles and names: short, readable, never twice."""

from __future__ import annotations

import re

import pytest

from orgdocs.importing.fields import Ledger
from orgdocs.importing.naming import LONGEST, Ids, make_id, transliterate
from orgdocs.importing.registering import Directory

IDS = """
uk | Директор | director
uk | Перший заступник міського голови | first-deputy-mayor
uk | Головний бухгалтер | chief-accountant
uk | Начальник відділу кадрів | head-of-division-personnel
uk | міською радою | city-council
uk | Сторож (вахтер) | watchman
uk | Закон України «Про запобігання корупції» | anti-corruption-law
uk | Закон України «Про статус фахівців підводного ремонту» | law-status-fakhivtsiv-pidvodnoho-remontu
uk | акти Президента України | president-acts
uk | начальник управління підводних споруд | head-of-directorate-pidvodnykh-sporud
ru | Приказ Минтруда России 351н | order-mintruda-rossii-351n
uk | Об’єднана їдальня | obiednana-yidalnia
ru | Заместитель директора по хозяйственной работе | deputy-director-maintenance-work
ru | Заведующая библиотекой | head-of-library
ru | 1С-программист | n1s-programmer
be | Загадчык гаспадаркі | head-of-facilities
en | Head of the Lending Division | head-of-lending-division
en | [position] | position
"""


@pytest.mark.parametrize("line", IDS.strip().splitlines())
def test_ids(line: str) -> None:
    language, name, expected = (part.strip() for part in line.split("|"))
    assert make_id(name, language) == expected


def test_an_id_is_cut_at_a_word() -> None:
    given = make_id("Specialist in the processing of applications for the compensation of travel of veterans", "en", words=9)
    assert given == "specialist-processing-applications"
    assert len(given) <= LONGEST


def test_a_post_gets_no_unknown_words_where_its_own_are_free() -> None:
    directory = Directory("uk")
    titles = ("Водій шкільного автобуса підвищеної місткості", "Водій автотранспортних засобів", "Завідувач чогось", "Водій")
    given = [directory.register(title, "post", fallback="post") for title in titles]
    assert given == ["driver", "driver-avtotransportnykh-zasobiv", "head-of-chohos", "driver-2"]


def test_an_act_with_a_number_is_called_by_it() -> None:
    ledger = Ledger(Directory("ru"))
    act = {"name": "Федеральный закон «О порядке рассмотрения дел»", "number": "152-ФЗ"}
    assert ledger.act(act) == ledger.act(act) == "federal-law-152-fz"


def test_what_is_no_name_gives_no_id() -> None:
    assert make_id("____ № 5", "uk") == "n5"
    assert make_id("—", "uk") == ""


def test_every_id_is_one_by_the_schema() -> None:
    pattern = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
    for letter in "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяёъыэў'’-–_ 7".upper():
        given = make_id(f"{letter}а {letter}{letter} б{letter}", "uk")
        assert pattern.fullmatch(given), (letter, given)


def test_ids_are_given_once() -> None:
    ids = Ids({"director"})
    chosen = [ids.choose("Директор", "uk", fallback="post", beside="school") for _ in range(3)]
    assert [*chosen, ids.choose("—", "uk", fallback="post")] == ["director-school", "director-2", "director-3", "post"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Згорани", "zghorany"), ("Юрій", "yurii"), ("Знам’янка", "znamianka"), ("Єнакієве", "yenakiieve"), ("Короп’є", "koropie")],
)
def test_ukrainian_is_transliterated_by_the_rules_of_the_cabinet(text: str, expected: str) -> None:
    assert transliterate(text, "uk") == expected
