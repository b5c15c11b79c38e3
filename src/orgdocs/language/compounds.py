"""Words as titles have them: compounds with hyphens, ordinals in figures, and words that no dictionary has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files

from orgdocs.language.morphology import Gender, Reading, is_known, normalise, read_word

_HYPHEN = re.compile("([-\N{NON-BREAKING HYPHEN}])")

_STAYING = frozenset((files("orgdocs.language") / "staying.txt").read_text(encoding="utf-8").split())
"""First halves that are never declined: прес-секретар, віце-президент, шеф-кухар, генерал-майор."""

_MODELS = {
    "uk": (
        ("ка", "лікарка"),
        ("иця", "учениця"),
        ("иня", "членкиня"),
        ("ша", "опікунша"),
        ("ець", "фахівець"),
        ("ик", "працівник"),
        ("ік", "механік"),
        ("лог", "психолог"),
        ("ар", "лікар"),
        ("яр", "маляр"),
        ("ор", "директор"),
        ("ер", "менеджер"),
        ("єр", "інженер"),
        ("ир", "касир"),
        ("ист", "спеціаліст"),
        ("іст", "юрист"),
        ("їст", "юрист"),
        ("ант", "консультант"),
        ("ент", "агент"),
        ("тель", "вчитель"),
        ("аль", "коваль"),
        ("ач", "оглядач"),
        ("яч", "глядач"),
        ("граф", "географ"),
        ("олог", "психолог"),
        ("метр", "геометр"),
        ("атр", "психіатр"),
        ("вод", "екскурсовод"),
        ("знавець", "фахівець"),
        ("їй", "водій"),
        ("ій", "водій"),
        ("ун", "опікун"),
        ("ан", "капітан"),
        ("ер", "менеджер"),
        ("ург", "хірург"),
        ("евт", "терапевт"),
        ("ід", "інвалід"),
        ("ат", "адвокат"),
        ("ет", "поет"),
        ("от", "пілот"),
        ("а", "мужчина"),
    ),
    "ru": (
        ("ка", "санитарка"),
        ("ица", "учительница"),
        ("иня", "героиня"),
        ("ша", "кассирша"),
        ("ец", "продавец"),
        ("ик", "работник"),
        ("лог", "психолог"),
        ("арь", "пекарь"),
        ("яр", "столяр"),
        ("ор", "директор"),
        ("ёр", "боксёр"),
        ("ер", "инженер"),
        ("ир", "кассир"),
        ("ист", "специалист"),
        ("ант", "консультант"),
        ("ент", "агент"),
        ("тель", "учитель"),
        ("ач", "трубач"),
        ("граф", "географ"),
        ("метр", "геометр"),
        ("атр", "психиатр"),
        ("вод", "экскурсовод"),
        ("вед", "краевед"),
        ("ей", "хорей"),
        ("ан", "капитан"),
        ("ург", "хирург"),
        ("евт", "терапевт"),
        ("ат", "адвокат"),
        ("ет", "поэт"),
        ("от", "пилот"),
        ("ун", "опекун"),
        ("а", "мужчина"),
        ("щик", "уборщик"),
        ("чик", "летчик"),
    ),
}
"""What a person's title in a word that the dictionary does not have is declined like, by its ending, the longest first."""

_ORDINALS = {
    ("uk", "й"): ("й", "го", "му", "го", "м", "му"),
    ("ru", "й"): ("й", "го", "му", "го", "м", "м"),
    ("uk", "а"): ("а", "ї", "й", "у", "ю", "й"),
    ("ru", "я"): ("я", "й", "й", "ю", "й", "й"),
}
"""How an ordinal in figures goes on: 1-й, 1-го."""


@lru_cache(maxsize=4096)
def read_title_word(word: str, language: str, *, person: bool) -> tuple[Reading, ...]:
    """The readings of one word of a title as a nominative, compounds and unknown words among them.

    ``person`` says that people are called so: an unknown word is then guessed by what people are called.
    """
    word = normalise(word)
    halves = _HYPHEN.split(word)
    if len(halves) == 1:
        return _read_simple(word, language, person=person)
    if halves[0].isdigit() and len(halves) == 3:
        return tuple(reading.settle(animate=person) for reading in _read_ordinal(halves, language))
    return tuple(dict.fromkeys(_read_compound(halves, language, person=person)))


def _read_simple(word: str, language: str, *, person: bool) -> tuple[Reading, ...]:
    readings = read_word(word, language)
    if person and len(word) > 4 and word.isalpha() and not is_known(word, language):
        guessed = _guess(word, language)
        readings = readings if guessed is None else (guessed,)
    return tuple(reading.settle(animate=person) for reading in readings)


def _guess(word: str, language: str) -> Reading | None:
    """An unknown word like a known one: one that it ends in (електрогазо|зварник), or one with the same ending."""
    for start in range(1, len(word) - 4):
        for reading in read_word(word[start:], language):
            if reading.is_known and reading.part == "noun" and reading.animate and reading.gender in {"masc", "femn"}:
                return _prefix(word[:start], reading)
    for ending, model in sorted(_MODELS[language], key=lambda pair: -len(pair[0])):
        if word.endswith(ending):
            like = next(reading for reading in read_word(model, language) if reading.animate)
            common = len(model) - len(ending)
            stem = word[: len(word) - len(ending)]
            forms = tuple(stem + form[common:] for form in like.forms)
            return replace(like, forms=forms, is_known=False)
    return None


def _prefix(prefix: str, reading: Reading) -> Reading:
    return replace(reading, forms=tuple(prefix + form for form in reading.forms), is_known=False)


def _read_ordinal(halves: list[str], language: str) -> Iterator[Reading]:
    endings = _ORDINALS.get((language, halves[2]))
    if endings is not None:
        gender: Gender = "masc" if halves[2] == "й" else "femn"
        forms = tuple(f"{halves[0]}{halves[1]}{ending}" for ending in endings)
        yield Reading("adjective", gender, animate=False, forms=forms)


def _read_compound(halves: list[str], language: str, *, person: bool) -> Iterator[Reading]:
    """The last part declined, the first one too if it is a noun of its own: лікаря-хірурга, but прес-секретаря."""
    first, hyphen, rest = halves[0], halves[1], "".join(halves[2:])
    is_whole = any(reading.is_known for reading in read_word("".join(halves), language))
    for last in read_title_word(rest, language, person=person):
        if last.part == "adjective" and first.endswith(("о", "е", "є")):
            yield _join((first,) * len(last.forms), hyphen, last, known=True)
            continue
        partners = () if first in _STAYING else _read_simple(first, language, person=person)
        fitting = [reading for reading in partners if _go_together(reading, last, person=person)]
        for partner in fitting:
            is_sure = last.is_known and partner.is_known and (partner.gender == "plur") == (last.gender == "plur")
            joined = _join(partner.forms, hyphen, last, known=is_sure)
            yield replace(joined, part="noun", gender=partner.gender, animate=person)
        if not fitting:
            stays = is_whole or first in _STAYING or first.endswith("о") or first.isascii()
            yield _join((first,) * len(last.forms), hyphen, last, known=last.is_known and stays)


def _go_together(first: Reading, last: Reading, *, person: bool) -> bool:
    """Whether both halves are declined, as in лікар-хірург, пожежний-рятувальник and школа-інтернат."""
    if last.part == "noun" and last.animate != person:
        return False
    if first.part == "noun":
        return first.animate == person and (not person or (first.gender == "plur") == (last.gender == "plur"))
    return last.part == "noun" and last.agrees(first.gender)


def _join(first: tuple[str, ...], hyphen: str, last: Reading, *, known: bool) -> Reading:
    return replace(last, forms=tuple(f"{one}{hyphen}{other}" for one, other in zip(first, last.forms, strict=True)), is_known=known)
