"""What the dictionaries know of a word: each way to read it as a nominative, with all its case forms.

The dictionaries of pymorphy3 are an extra, because the licence fields of the Ukrainian one disagree. Nothing of them is part
of orgdocs: forms are proposed with them once and stored in the registry's own files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal, NamedTuple

from orgdocs.language import CASES

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer
    from pymorphy3.analyzer import Parse
    from pymorphy3.tagset import OpencorporaTag

Part = Literal["noun", "adjective"]
Gender = Literal["masc", "femn", "neut", "plur"]
NamePart = Literal["Surn", "Name", "Patr"]

DICTIONARIES = {"uk": "pymorphy3_dicts_uk", "ru": "pymorphy3_dicts_ru"}
"""The package that holds the words of a language."""

_CASES = {"nomn": "nominative", "gent": "genitive", "datv": "dative", "accs": "accusative", "ablt": "instrumental", "loct": "prepositional"}
_GENDERS: tuple[Gender, ...] = ("masc", "femn", "neut")
_PARTS: dict[str, Part] = {"NOUN": "noun", "ADJF": "adjective", "PRTF": "adjective"}
_NAMES = frozenset({"Surn", "Name", "Patr", "Init", "Abbr"})
"""Surnames and abbreviations that look like words of the field: двірник, коваль, столяр."""
_LOW = frozenset({"Infr", "Slng", "Arch", "Erro", "Dist", "alt"})
"""Marks of style, which some forms of a word may have and others not."""
_VARYING = frozenset(
    {*_LOW, *_CASES, *_GENDERS, "ms-f", "GNdr", "sing", "plur", "anim", "inan", "voct", "gen2", "loc2", "acc2", "Sgtm", "Pltm"}
)
"""What may differ between the forms of one word; everything else that differs makes it a variant, or another word."""
_HEADS = frozenset({"відповідальний", "старший", "ответственный", "вожатий"})
"""Adjectives that are heads by themselves, which the dictionaries do not say: відповідальний за архів."""
_PAPERS = frozenset({"акт"})
"""Words with two genitives of which the one in -а is meant."""
_APOSTROPHES = str.maketrans(dict.fromkeys("\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}`", "'"))


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a word as a nominative: what it is and how it is declined, in small letters."""

    part: Part
    gender: Gender
    """``plur`` where the word stands in the plural."""
    animate: bool
    """Means nothing for an adjective."""
    forms: tuple[str, ...]
    """The nominative and then the forms in the order of ``CASES``. What the accusative is, ``settle`` says."""
    is_known: bool = True
    is_common: bool = True
    """Whether men and women are called so: глава, староста."""
    stands_alone: bool = False
    """Whether an adjective can be a head by itself: керуючий, дежурный."""
    is_participle: bool = False
    """Whether it may have an object: регулирующий отношения."""

    def settle(self, *, animate: bool) -> Reading:
        """The same with the accusative that is said of a living being, or of a thing.

        Only words that have no accusative of their own differ: бачу директора, бачу відділ.
        """
        has_own = self.gender == "femn" or (self.part == "noun" and self.gender == "masc" and self.forms[0][-1] in "ая")
        if has_own:
            return self
        nominative, genitive, dative, _, *others = self.forms
        accusative = genitive if animate and self.gender != "neut" else nominative
        return replace(self, forms=(nominative, genitive, dative, accusative, *others))

    def agrees(self, gender: Gender) -> bool:
        """Whether an adjective of this gender can stand with it."""
        return self.gender == gender or (self.is_common and gender == "masc" and self.gender == "femn")


def is_available(language: str) -> bool:
    """Whether the dictionary of a language is installed: ``pip install orgdocs[forms]``."""
    return language in DICTIONARIES and find_spec("pymorphy3") is not None and find_spec(DICTIONARIES[language]) is not None


def normalise(word: str) -> str:
    """The word as the dictionaries write it: in small letters, with a straight apostrophe."""
    return word.lower().translate(_APOSTROPHES)


def read_word(word: str, language: str) -> tuple[Reading, ...]:
    """The readings of a word as a nominative, likely ones first; guesses only for a word that the dictionary does not have.

    Case of letters and the kind of apostrophe do not matter.
    """
    return _read(normalise(word), language)


class Restored(NamedTuple):
    """A word in the nominative, found from another form of it."""

    word: str
    part: Part
    gender: Gender
    animate: bool


def restore_word(word: str, language: str, case: str) -> tuple[Restored, ...]:
    """The nominatives of a word that stands in a case: ``директора`` in the genitive is ``директор``. Likely ones come first."""
    found: dict[Restored, None] = {}
    parses = [parse for parse in _parse(normalise(word), language) if _is_word(parse) and _CASES.get(_case(parse.tag)) == case]
    if any(parse.is_known for parse in parses):
        parses = [parse for parse in parses if parse.is_known]
    for parse in parses:
        gender = _gender(parse.tag)
        for other in parse.lexeme:
            if other.tag.POS != parse.tag.POS or not gender:
                continue
            if _case(other.tag) == "nomn" and _gender(other.tag) == gender and not _NAMES & set(other.tag.grammemes):
                found[Restored(other.word, _PARTS[str(parse.tag.POS)], gender, "anim" in parse.tag.grammemes)] = None
                break
    return tuple(found)


def find_cases(word: str, language: str) -> frozenset[str]:
    """The cases that a noun or adjective can stand in: ``директора`` in genitive and accusative."""
    found: set[str] = set()
    for parse in _parse(normalise(word), language):
        if _is_word(parse) and _PARTS.get(str(parse.tag.POS)):
            found.add(_CASES.get(_case(parse.tag), ""))
    return frozenset(found - {""})


def read_name(word: str, language: str, part: NamePart, gender: Gender) -> tuple[tuple[str, ...], ...]:
    """The forms of a name of people of that gender, as ``Reading.forms``; nothing for a name that the dictionary does not have."""
    parses = (parse for parse in _parse(normalise(word), language) if parse.is_known and part in set(parse.tag.grammemes))
    readings = (_reading(parse, language) for parse in parses)
    borne = (reading for reading in readings if reading is not None and (reading.is_common or reading.gender == gender))
    return tuple(dict.fromkeys(reading.forms for reading in borne))


def is_adverb(word: str, language: str) -> bool:
    """Whether the word is an adverb: тимчасово, временно."""
    return any(parse.tag.POS == "ADVB" for parse in _parse(normalise(word), language))


def is_known(word: str, language: str) -> bool:
    """Whether the dictionary has the word, as other than a surname."""
    return any(parse.is_known and not _NAMES & set(parse.tag.grammemes) for parse in _parse(normalise(word), language))


@cache
def _analyzer(language: str) -> MorphAnalyzer:
    from pymorphy3 import MorphAnalyzer  # noqa: PLC0415  (only where forms are proposed)

    return MorphAnalyzer(lang=language)


def _parse(word: str, language: str) -> list[Parse]:
    parses: list[Parse] = _analyzer(language).parse(word)
    return parses


@lru_cache(maxsize=4096)
def _read(word: str, language: str) -> tuple[Reading, ...]:
    parses = [parse for parse in _parse(word, language) if _is_word(parse)]
    if any(parse.is_known for parse in parses):
        parses = [parse for parse in parses if parse.is_known]
    spelled = [parse for parse in parses if parse.word.replace("ё", "е") == word.replace("ё", "е")]
    parses = sorted(spelled or parses, key=_is_low)
    readings = (_reading(parse, language) for parse in parses)
    return _drop_points(tuple(dict.fromkeys(reading for reading in readings if reading is not None)))


def _drop_points(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Without Ukrainian twins whose genitive ends in -а: «центра» is a point, an institution is «центру»; but a paper is «акта»."""
    twins = {reading.forms[2:] for reading in readings if not reading.animate and reading.forms[1].endswith(("у", "ю"))}
    return tuple(
        reading
        for reading in readings
        if reading.forms[2:] not in twins or reading.forms[1].endswith(("у", "ю")) != (reading.forms[0] in _PAPERS)
    )


def _is_word(parse: Parse) -> bool:
    """Whether this is a noun or adjective as titles have them.

    Not a surname, not a colour that is never declined, not a possessive: «міністрів» is of ministers, and not a minister's.
    """
    part, grammemes = str(parse.tag.POS), set(parse.tag.grammemes)
    is_odd = part == "ADJF" and ("Fixd" in grammemes or not parse.normal_form.endswith("й"))
    return part in _PARTS and not _NAMES & grammemes and not is_odd


def _case(tag: OpencorporaTag) -> str:
    """The case; lemmas of many Ukrainian nouns have none, which means the nominative."""
    return str(tag.case or "nomn")


def _gender(tag: OpencorporaTag) -> Gender | None:
    grammemes = {"femn" if grammeme == "ms-f" else grammeme for grammeme in map(str, tag.grammemes)}
    return "plur" if "plur" in grammemes else next((gender for gender in _GENDERS if gender in grammemes), None)


def _reading(parse: Parse, language: str) -> Reading | None:
    """The word as a nominative, or nothing if it is another case."""
    grammemes = set(parse.tag.grammemes)
    gender = _gender(parse.tag)
    if _case(parse.tag) != "nomn" or gender is None:
        return None
    part = _PARTS[str(parse.tag.POS)]
    own = _fixed(parse.tag)
    found: dict[str, list[str]] = {}
    for other in sorted(parse.lexeme, key=_is_low):
        if _fixed(other.tag) == own and _gender(other.tag) == gender:
            found.setdefault(_CASES.get(_case(other.tag), ""), []).append(other.word)
    if not found.keys() >= set(_CASES.values()):
        return None
    animate = "anim" in grammemes
    oblique = (_choose(case, found[case], part, language, animate=animate) for case in CASES)
    return Reading(
        part,
        gender,
        animate,
        (parse.word, *oblique),
        bool(parse.is_known),
        "ms-f" in grammemes,
        _is_head(parse, language),
        _is_participle(parse),
    )


def _is_low(parse: Parse) -> bool:
    """Whether a form is colloquial, old or spelled otherwise (ґубернатор)."""
    return bool(_LOW & set(parse.tag.grammemes))


def _is_head(parse: Parse, language: str) -> bool:
    """Participles, and adjectives that the dictionary or our own list knows as nouns."""
    return (
        _is_participle(parse)
        or "Subx" in set(parse.tag.grammemes)
        or parse.normal_form in _HEADS
        or any(other.tag.POS == "NOUN" for other in _parse(parse.normal_form, language))
    )


def _is_participle(parse: Parse) -> bool:
    return parse.tag.POS == "PRTF" or bool({"actv", "pssv"} & set(parse.tag.grammemes))


def _fixed(tag: OpencorporaTag) -> frozenset[str]:
    """What all forms of a word have in common."""
    return frozenset(map(str, tag.grammemes)) - _VARYING


def _choose(case: str, forms: list[str], part: Part, language: str, *, animate: bool) -> str:
    """One of several accepted forms: the same one everywhere, so that a paper does not mix them.

    Ukrainian: the dative in -у (директору, not директорові); the prepositional in -ові of a person and in -і of a thing; the
    genitive in -у of a thing that has both (центру is an institution, центра a point of a circle).
    """
    if language != "uk" or len(forms) == 1:
        return forms[0]
    preferred: tuple[str, ...] = ()
    if part == "adjective":
        preferred = ("му$",)
    elif case == "dative" or (case == "genitive" and not animate):
        preferred = ("[ую]$",)
    elif case == "prepositional":
        preferred = ("[оеє]ві$", "[ую]$") if animate else ("(?<![оеє]в)[ії]$", "[ую]$")
    fitting = (form for ending in preferred for form in forms if re.search(ending, form))
    return next(fitting, forms[0])
