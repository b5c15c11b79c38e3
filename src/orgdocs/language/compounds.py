"""Words as titles have them: compounds with hyphens, and ordinals in figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files

from orgdocs.language.guessing import guess_person
from orgdocs.language.morphology import Gender, Reading, is_known, normalise, read_word

_HYPHEN = re.compile("([-\N{NON-BREAKING HYPHEN}])")

_STAYING = frozenset((files("orgdocs.language") / "staying.txt").read_text(encoding="utf-8").split())
"""First halves that are never declined: прес-секретар, віце-президент, шеф-кухар, генерал-майор; some only in one word."""

_PLACE = re.compile("([сцз]ьк(ий|а|е|і)|[сц]к(ий|ая|ое|ие))$")
"""The ends of adjectives made of the names of places, which no dictionary has all of, and which are all declined alike."""

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


def _read_simple(word: str, language: str, *, person: bool, least: int = 1) -> tuple[Reading, ...]:
    """The readings of a word without hyphens; guessed by an ending of at least so many letters if the dictionary has none."""
    readings = read_word(word, language)
    if not is_known(word, language) and _PLACE.search(word):
        return tuple(replace(reading.settle(animate=person), is_known=True) for reading in readings if reading.part == "adjective")
    if person and len(word) > 3 and word.isalpha() and not is_known(word, language):
        guessed = guess_person(word, language, least)
        readings = readings if guessed is None else (guessed,)
    return tuple(reading.settle(animate=person) for reading in readings)


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
    stays = bool({first, f"{first}-{rest}"} & _STAYING)
    for last in read_title_word(rest, language, person=person):
        if last.part == "adjective" and first.endswith(("о", "е", "є")):
            yield _join((first,) * len(last.forms), hyphen, last, known=True)
            continue
        partners = () if stays else _read_simple(first, language, person=person, least=2)
        fitting = [reading for reading in partners if _go_together(reading, last, person=person)]
        for partner in fitting:
            is_sure = last.is_known and partner.is_known and (partner.gender == "plur") == (last.gender == "plur")
            joined = _join(partner.forms, hyphen, last, known=is_sure)
            yield replace(joined, part="noun", gender=partner.gender, animate=person)
        if not fitting:
            is_sure = stays or is_whole or first.endswith("о") or first.isascii()
            yield _join((first,) * len(last.forms), hyphen, last, known=last.is_known and is_sure)


def _go_together(first: Reading, last: Reading, *, person: bool) -> bool:
    """Whether both halves are declined, as in лікар-хірург, пожежний-рятувальник and школа-інтернат."""
    if last.part == "noun" and last.animate != person:
        return False
    if first.part == "noun":
        return first.animate == person and (not person or (first.gender == "plur") == (last.gender == "plur"))
    return last.part == "noun" and last.agrees(first.gender)


def _join(first: tuple[str, ...], hyphen: str, last: Reading, *, known: bool) -> Reading:
    return replace(last, forms=tuple(f"{one}{hyphen}{other}" for one, other in zip(first, last.forms, strict=True)), is_known=known)
