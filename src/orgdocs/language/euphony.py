"""Prepositions that change by their neighbours: Ukrainian з/із/зі and у/в, Russian о/об/обо, с/со, к/ко, в/во, Belarusian з/са, у/ў.

Ukrainian after the orthography of 2019, paragraphs 23 and 24. ``before`` is the text that the preposition follows; without it,
a pause is meant.
"""

from __future__ import annotations

import re

_OPENING = "«„“\"'("
_VOWELS = "аеєиіїоуюяыэё"
_CONSONANTS = "бвгґджзйклмнпрстфхцчшщ"


def join_with(form: str, language: str, before: str = "") -> str:
    """«З» before a name in the instrumental or genitive: з директором, із соціальною службою, зі спеціалістом; со службой."""
    word = _spoken(form)
    if language == "en":
        return f"with {form}"
    if language == "ru":
        return f"{'со' if _matches(_RUSSIAN_WITH, word) else 'с'} {form}"
    if language == "be":
        return f"{'са' if _matches(_BELARUSIAN_WITH, word) else 'з'} {form}"
    if _matches(_CLUSTERS, word):
        return f"зі {form}"
    is_crowded = word[:1] in tuple("зсшщжцч") or (word[:1] in tuple(_CONSONANTS) and _ends_in(_CONSONANTS, before))
    return f"{'із' if is_crowded else 'з'} {form}"


def join_in(form: str, language: str, before: str = "") -> str:
    """«У» or «в» before a name: у відділі, в архіві, робота в центрі, працює у службі; во втором отделе."""
    word = _begin(form)
    if language == "en":
        return f"in {form}"
    if language == "be":
        return f"{'ў' if _ends_in(_VOWELS, before) else 'у'} {form}"
    if language == "ru":
        return f"{'во' if _matches(_RUSSIAN_IN, word) else 'в'} {form}"
    is_open = word[:1] in tuple(_VOWELS) or (_ends_in(_VOWELS, before) and not _matches(_LABIAL, word))
    return f"{'в' if is_open else 'у'} {form}"


def join_about(form: str) -> str:
    """Russian «о», «об», «обо» before a name in the prepositional: об отделе, об «Архиве», о Центре, обо всех; «о» before е, ё, ю, я."""
    word = _begin(form)
    if _matches(_RUSSIAN_ABOUT, word):
        return f"обо {form}"
    return f"{'об' if word[:1] in tuple('аиоуэ') else 'о'} {form}"


_CLUSTERS = re.compile(rf"[зсш]['’ʼ]?[{_CONSONANTS}]|мн|льв|рт")
"""Beginnings of words before which only «зі» can be said: зі службою, зі школою, зі Львова, зі мною."""
_LABIAL = re.compile("[вф]|льв|[стхз]в")
"""Beginnings of words before which «у» is said behind a vowel, too: у власному, у Львові, у святковому."""
_RUSSIAN_WITH = re.compile(rf"[зсшж][{_CONSONANTS}]|щ|мн|вс|вт|льв|льд|рт")
_BELARUSIAN_WITH = re.compile(rf"[зсшж][{_CONSONANTS}]|льв|мн")
_RUSSIAN_IN = re.compile(rf"[вф][{_CONSONANTS}]|мн|льв|льд|рту\b|главе\b|дворе?\b|дворц")
_RUSSIAN_ABOUT = re.compile(r"(мне|всем|всём|всех|всей|что)\b")


def _begin(form: str) -> str:
    """The form from its first letter on, in small letters."""
    return form.lstrip(_OPENING).lower()


_SPELLED = re.compile(r"[А-ЯҐЄІЇЁЎ]{2,}")
_NAMED_WITH_VOWEL = tuple("АЕЄИІЇОУЮЯЁЫЭЛМНРСФ")


def _spoken(form: str) -> str:
    """The beginning as it is said: of an abbreviation in capitals the name of its first letter, «ес» of СБУ, «зе» of ЗСУ."""
    word = form.lstrip(_OPENING)
    if _SPELLED.match(word):
        return "е" if word.startswith(_NAMED_WITH_VOWEL) else f"{word[0]}е".lower()
    return word.lower()


def _matches(pattern: re.Pattern[str], word: str) -> bool:
    return pattern.match(word) is not None


def _ends_in(letters: str, text: str) -> bool:
    """Whether the last word before a preposition ends in one of the letters, without a pause behind it."""
    ending = text.rstrip(" \N{NO-BREAK SPACE}»”\"'’)").lower()
    return bool(ending) and (ending[-1] in letters or (ending[-1] == "ь" and letters == _CONSONANTS))
