"""Case forms of the names of people: Russian ones by pytrovich, Ukrainian ones by shevchenko, both held against the dictionary.

shevchenko cannot tell a Ukrainian family name that is an adjective (Білий, Білого) from one that is a noun (Палій, Палія; Кучма,
Кучми of a woman, too), and declines them wrongly; these are declined here.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

from orgdocs.language import CASES
from orgdocs.language.morphology import NamePart, is_available, normalise, read_name
from orgdocs.language.phrases import dress
from orgdocs.language.proposals import Doubt, Proposal, doubt_gender, doubt_name, doubt_readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytrovich.maker import PetrovichDeclinationMaker

Sex = Literal["masc", "femn"]
"""The grammatical gender of a person's name."""

_LIBRARIES = {"uk": "shevchenko", "ru": "pytrovich"}
_PATRONYMICS: dict[Sex, re.Pattern[str]] = {
    "masc": re.compile(r"(ович|евич|йович|ич|ьич|оглы|огли|улы|улу)$"),
    "femn": re.compile(r"(івна|ївна|овна|евна|ична|инична|кызы|кизи|гызы)$"),
}
_FAMILY_NAMES_OF_WOMEN = re.compile(r"(ськ|цьк|зьк|еньк|ов|ев|єв|ін|їн|ск|цк)ая?$")

_ADJECTIVES: dict[str, tuple[str, ...]] = {
    "ий": ("ого", "ому", "ого", "им", "ому"),
    "ій": ("ього", "ьому", "ього", "ім", "ьому"),
    "ой": ("ого", "ому", "ого", "им", "ому"),
    "а": ("ої", "ій", "у", "ою", "ій"),
    "я": ("ьої", "ій", "ю", "ьою", "ій"),
}
"""How Ukrainian family names that are adjectives go on, by the end that is dropped."""

_FAMILIAR: dict[str, dict[Sex, re.Pattern[str]]] = {
    "uk": {
        "masc": re.compile(r"(ко|[уюая]к|[сцз]ький|ич|[оеє]в|[ії]н|ий)$"),
        "femn": re.compile(r"([^ая]|[сцз]ька|[оеє]ва|[ії]на)$"),
    },
    "ru": {"masc": re.compile(r"(ко|[уюая]к|[сц]кий|ич|[оеё]в|[иы]н|их|ых|ый)$"), "femn": re.compile(r"([^ая]|[сц]кая|[оеё]ва|[иы]на)$")},
}
"""Ends of family names that are declined in one way only, whether the dictionary has them or not."""


def can_decline(language: str) -> bool:
    """Whether what declines the names of people of this language is installed: ``pip install orgdocs[forms]``."""
    return is_available(language) and find_spec(_LIBRARIES[language]) is not None


def decline_person(family: str, given: str, patronymic: str | None, language: str, gender: Sex | None = None) -> Proposal:
    """The forms of a full name, written as family name, given name and patronymic; what is empty is left out.

    Initials stay. The gender is that of the patronymic, or of the given name if all who bear it are men or are women.
    """
    parts: dict[NamePart, str] = {"Surn": family, "Name": given, "Patr": patronymic or ""}
    doubts: list[Doubt] = []
    sex = gender or find_gender(given, patronymic, language)
    if sex is None:
        sex = "femn" if _FAMILY_NAMES_OF_WOMEN.search(family.lower()) else "masc"
        doubts.append(doubt_gender(" ".join(filter(None, (given, patronymic)))))
    declined = {part: _decline_part(name, part, sex, language, doubts) for part, name in parts.items() if name}
    forms = {case: " ".join(forms[number] for forms in declined.values()) for number, case in enumerate(CASES)}
    return Proposal(forms, tuple(dict.fromkeys(doubts)))


def find_gender(given: str, patronymic: str | None, language: str) -> Sex | None:
    """The gender that a patronymic tells, or else a given name; nothing where neither does: initials, Саша, Женя."""
    for sex, pattern in _PATRONYMICS.items():
        if patronymic and pattern.search(normalise(patronymic)):
            return sex
    borne = {sex for sex in _PATRONYMICS if read_name(given, language, "Name", sex)}
    return borne.pop() if len(borne) == 1 else None


def _decline_part(name: str, part: NamePart, sex: Sex, language: str, doubts: list[Doubt]) -> tuple[str, ...]:
    """One part of a name in all cases; hyphens part names that are declined each for itself."""
    halves = re.split(r"([-‑ ])", name)
    last = len(halves) - 1
    declined = [
        _decline_half(half, part, sex, language, doubts)
        if index % 2 == 0 and not _stays(half, is_last=index == last)
        else (half,) * len(CASES)
        for index, half in enumerate(halves)
    ]
    return tuple("".join(forms) for forms in zip(*declined, strict=True))


def _stays(half: str, *, is_last: bool) -> bool:
    """Initials, parts in other letters, and short first halves: Драй-Хмара, Бонч-Бруевич."""
    is_short = sum(letter in "аеєиіїоуюяыэё" for letter in half.lower()) < 2
    return not half or half.endswith(".") or half.isascii() or (not is_last and is_short)


def _decline_half(name: str, part: NamePart, sex: Sex, language: str, doubts: list[Doubt]) -> tuple[str, ...]:
    """One name in all cases: a given name as the dictionary has it, a family name by rule; they are doubtful where these differ."""
    word = normalise(name)
    known = _look_up(word, part, sex, language)
    forms = known[0] if known and part == "Name" else tuple(_decline_by_rule(word, part, sex, language, known))
    if not known and (part == "Name" or (part == "Surn" and not _FAMILIAR[language][sex].search(word))):
        doubts.append(doubt_name(name))
    elif known and _compare(forms) not in {_compare(other) for other in known}:
        doubts.append(doubt_readings(name))
    return tuple(dress(form, name) for form in forms)


def _look_up(word: str, part: NamePart, sex: Sex, language: str) -> list[tuple[str, ...]]:
    """What the dictionary has; a family name in -а that it has of men is a woman's, too, and declined alike: Кучма."""
    known = read_name(word, language, part, sex)
    if not known and part == "Surn" and sex == "femn" and word.endswith(("а", "я")):
        known = read_name(word, language, part, "masc")
    return [forms[1:] for forms in known]


def _compare(forms: tuple[str, ...]) -> tuple[str, ...]:
    """The forms that papers need, comparable: without the prepositional, which has several, and without ё."""
    return tuple(form.replace("ё", "е") for form in forms[:-1])


def _decline_by_rule(word: str, part: NamePart, sex: Sex, language: str, known: list[tuple[str, ...]]) -> Iterator[str]:
    if language == "ru":
        yield from _decline_russian(word, part, sex)
    elif part == "Surn":
        yield from _decline_family(word, sex, known)
    else:
        yield from _decline_ukrainian(word, part, sex)


def _decline_family(word: str, sex: Sex, known: list[tuple[str, ...]]) -> Iterator[str]:
    """A Ukrainian family name: an adjective by its ends, a noun by rule; one in -а is a woman's as it is a man's."""
    end = next((end for end in _ADJECTIVES if word.endswith(end)), None)
    if end is None or (sex == "masc") == (end in {"а", "я"}) or not _is_adjective(word, end, known):
        if end is not None and sex == "masc" and end == "ій":
            yield from (word[:-1] + ending for ending in ("я", "ю", "я", "єм", "єві"))
        else:
            yield from _decline_ukrainian(word, "Surn", "masc" if end in {"а", "я"} else sex)
        return
    yield from (word.removesuffix(end) + ending for ending in _ADJECTIVES[end])


def _is_adjective(word: str, end: str, known: list[tuple[str, ...]]) -> bool:
    """Whether a family name is declined as an adjective: as the dictionary has it, or by its end."""
    if known:
        return known[0][0].endswith(("ого", "ього", "ої", "ьої"))
    return end in {"ий", "ой"} or word.endswith("ній") or _FAMILY_NAMES_OF_WOMEN.search(word) is not None


def _decline_ukrainian(word: str, part: NamePart, sex: Sex) -> Iterator[str]:
    import shevchenko  # noqa: PLC0415  (only where names are declined)

    field = {"Surn": "familyName", "Name": "givenName", "Patr": "patronymicName"}[part]
    decline = (shevchenko.in_genitive, shevchenko.in_dative, shevchenko.in_accusative, shevchenko.in_ablative, shevchenko.in_locative)
    gender = {"masc": "masculine", "femn": "feminine"}[sex]
    for in_case in decline:
        yield str(in_case({"gender": gender, field: word})[field])


@cache
def _maker() -> PetrovichDeclinationMaker:
    from pytrovich.maker import PetrovichDeclinationMaker  # noqa: PLC0415

    return PetrovichDeclinationMaker()


def _decline_russian(word: str, part: NamePart, sex: Sex) -> Iterator[str]:
    from pytrovich import enums  # noqa: PLC0415

    piece = {"Surn": enums.NamePart.LASTNAME, "Name": enums.NamePart.FIRSTNAME, "Patr": enums.NamePart.MIDDLENAME}[part]
    gender = {"masc": enums.Gender.MALE, "femn": enums.Gender.FEMALE}[sex]
    for case in CASES:
        yield _maker().make(piece, gender, enums.Case[case.upper()], word, known_gender=False)
