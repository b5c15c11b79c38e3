"""Slips of the keyboard in one text: where they are and, where there is no doubt, what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

APOSTROPHE = "’"
"""The apostrophe of a registry that has not chosen another one."""
LETTER_APOSTROPHE = "ʼ"
"""The apostrophe that counts as a letter: the other one that a registry may choose."""


class Slip(NamedTuple):
    """A stretch of a text that should read otherwise; ``better`` is None where only a person can say how."""

    start: int
    end: int
    better: str | None


# Per language what an ordinary text consists of. The search for anything else goes over all texts, and must be quick.
_ORDINARY = {
    "uk": "а-щьюяєіїґА-ЩЬЮЯЄІЇҐ’ʼ«»",
    "ru": "а-яёА-ЯЁ«»",
    "be": "а-зй-шыьэюяёіўА-ЗЙ-ШЫЬЭЮЯЁІЎ’ʼ«»",
    "en": "A-Za-z’“”",
}
UNUSUAL = {language: re.compile(rf"[^{letters}0-9 .,;:()–—/%№+&=*?!\n\N{{NO-BREAK SPACE}}-]") for language, letters in _ORDINARY.items()}
"""Finds, per language, the first character that calls for a closer look; most texts have none."""

_CYRILLIC = r"\u0400-\u04ff\u0500-\u052f"

# -- spaces and numbers ---------------------------------------------------------------------------------------------

_SPACES = re.compile(r"\A +| +\Z|(?<=[^ \n])  +(?=[^ \n])")


def find_spaces(text: str) -> Iterator[Slip]:
    """Spaces at the beginning and end, and more than one between words."""
    for match in _SPACES.finditer(text):
        inside = match.start() > 0 and match.end() < len(text)
        yield Slip(match.start(), match.end(), " " if inside else "")


_NUMBER = re.compile(
    r"\s*(?P<number>"
    r"\d{1,2}(?:\.\d{1,2})*\.(?!\d)[ \N{NO-BREAK SPACE}]*(?=[^\W\d])"  # 1. and 2.5.
    r"|\d{1,2}(?:\.\d{1,2}){2,3}[ \N{NO-BREAK SPACE}]+(?=[^\W\d])"  # 2.5.1
    r"|\d{1,2}\.\d{1,2}[ \N{NO-BREAK SPACE}]+(?=[^\W\d_][^\W\d_A-ZА-ЯЄІЇҐЁЎ])(?=[A-ZА-ЯЄІЇҐЁЎ])"  # 2.5 and a sentence
    r"|(?:\d{1,2}|[^\W\d_])\)[ \N{NO-BREAK SPACE}]*(?=\S)"  # 1) and а)
    r"|[–—•▪●·*-][ \N{NO-BREAK SPACE}]+(?=\S)"
    r"|[•▪●](?=\w)"
    r")"
)
# "P. keeps" comes from a scanned 11, "A. keeps" from a list with letters. "P. Smith" is a name, "г. Ижевск" a town.
_LETTER_NUMBER = re.compile(r"\s*(?P<number>[A-ZА-ЯЄІЇҐЁЎ]\.[ \N{NO-BREAK SPACE}]+)(?=[^\W\d_A-ZА-ЯЄІЇҐЁЎ]{3})")
_LETTERED = re.compile(r"\s*(?P<number>[A-ZА-ЯЄІЇҐЁЎ]\.[ \N{NO-BREAK SPACE}]+)(?=[^\W\d_]{3})")
MAY_BE_NUMBERED = re.compile(r"\n(?:[0-9]{1,2}[.)]|[^\W\d_]\)|[–—•▪●·*-]|[A-ZА-ЯЄІЇҐЁЎ]\. ?)")
"""Finds, in texts of which each begins after a line feed, one that may begin with a number."""


def find_number(text: str) -> Slip | None:
    """A number or list sign typed at the beginning: "2.5.", "1)", "а)", a dash or bullet; "P.", which only a person can judge."""
    if match := _NUMBER.match(text):
        return Slip(match.start("number"), match.end("number"), "")
    match = _LETTER_NUMBER.match(text)
    return Slip(match.start("number"), match.end("number"), None) if match else None


def find_lettered(text: str) -> Slip | None:
    """One capital letter with a point at the beginning, whatever follows: where others are numbered, it was a number."""
    match = _LETTERED.match(text)
    return Slip(match.start("number"), match.end("number"), None) if match else None


# -- quotes and apostrophes -----------------------------------------------------------------------------------------

_STRAIGHT = re.compile(r'"')
_OPENS = re.compile(r'(?:(?<![^\s(«„“\[/–—-]))"(?=[\w«„(])')
_CLOSES = re.compile(r'(?<=[\w»“”.!?…)%])"(?=[\s).,;:!?»”\]/–—-]|\Z)')
_INCHES = re.compile(r"(?<=\d)\"")


def find_quotes(text: str, language: str) -> Iterator[Slip]:
    """Straight quotes, which papers in Ukrainian, Russian and Belarusian print as « »; in English, « » itself.

    In what order they open and close must be clear, else nothing better is known.
    """
    if language == "en":
        yield from (Slip(match.start(), match.end(), None) for match in re.finditer("[«»]", text))
        return
    places = [match.start() for match in _STRAIGHT.finditer(text)]
    if not places:
        return
    opening = {match.start() for match in _OPENS.finditer(text)}
    closing = {match.start() for match in _CLOSES.finditer(text)}
    if not opening and len(places) == len(_INCHES.findall(text)):
        return
    clear = (
        len(places) % 2 == 0
        and all(place in opening and place not in closing for place in places[::2])
        and all(place in closing and place not in opening for place in places[1::2])
    )
    for number, place in enumerate(places):
        yield Slip(place, place + 1, ("«", "»")[number % 2] if clear and not _is_within(text, place) else None)


def _is_within(text: str, place: int) -> bool:
    """Whether « stands open there: quotes within quotes are others."""
    return text.count("«", 0, place) != text.count("»", 0, place)


_APOSTROPHES = "'`ʼ‘’´′"
_APOSTROPHE = re.compile(rf"(?<=[{_CYRILLIC}])[{_APOSTROPHES}](?=[{_CYRILLIC}])")


def find_apostrophes(text: str, kind: str) -> Iterator[Slip]:
    """Signs between Cyrillic letters that stand for an apostrophe and are not the one of the registry."""
    if not any(sign in text for sign in _APOSTROPHES):
        return
    for match in _APOSTROPHE.finditer(text):
        if match.group() != kind:
            yield Slip(match.start(), match.end(), kind)


# -- what nobody can mend but its writer ----------------------------------------------------------------------------

_ASKING = (
    "вказати|уточнити|зазначити|заповнити|вставити|указать|уточнить|заполнить|вставить|удакладніць|указаць|"
    "specify|insert|to be specified|to be confirmed|to be determined|fill in"
)
_GAP = re.compile(
    r"_{2,}(?:\s*_{2,})*|\[\s*(?:…|\.\.\.)?\s*\]|\[\s*[^\W\d_]{2}[^\[\]]*\](?!\()|(?<!\w)(?:TBD|TBC|TODO)(?!\w)|(?<![\w-])(?:XXX+|ХХХ+)(?![\w-])|\A\s*(?:…|\.\.\.)\s*\Z"
)
_ASKED = re.compile(rf"[\[(<]\s*(?:{_ASKING})\b[^\])>]*[\])>]|\A\s*(?:{_ASKING})[\s.!?:…]*\Z", re.IGNORECASE)
_OF_GAPS = ("_", "[", "…", "...", "XXX", "ХХХ", "TB", "TODO")
_LONGEST_WORD = 24
"""A text that consists of a word that asks for something is no longer."""
_SIGNS = ("XXX", "TBD", "TBC", "TODO")
# One letter at the beginning that has no case: these two searches take a tenth of the time of one with alternatives.
_ASKS_IN_BRACKETS = re.compile(rf"\((?i:\s*(?:{_ASKING}))")
_ASKS_ALONE = re.compile(rf"\n(?i:[ \t]*(?:\.\.\.|{_ASKING})[ \t.!?:]*\n)")


def may_be_unfilled(joined: str, language: str) -> bool:
    """Whether, among texts that each stand between line feeds, there may be a placeholder of ordinary characters."""
    if any(sign in joined for sign in (_SIGNS if language == "en" else ("ХХХ",))):
        return True
    return _ASKS_IN_BRACKETS.search(joined) is not None or _ASKS_ALONE.search(joined) is not None


def find_placeholder(text: str) -> str | None:
    """What was left to be filled in: ``____``, ``[…]``, ``[position]``, TBD, (вказати …)."""
    match = _GAP.search(text) if any(sign in text for sign in _OF_GAPS) else None
    if match is None and (len(text) <= _LONGEST_WORD or any(bracket in text for bracket in "([<")):
        match = _ASKED.search(text)
    return match.group().strip() if match else None


_SEAM = re.compile(rf"[A-Za-z][{_CYRILLIC}]|[{_CYRILLIC}][A-Za-z]")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN_ALIKE = frozenset("aceikmoptuxyABCEHIKMOPTXYSsijJ")
_CYRILLIC_ALIKE = frozenset("асеікмортихуАВСЕНІКМОРТХУЅѕіїјЈ")
_INFLECTED = re.compile(rf"[A-Z]{{2,}}[{_CYRILLIC}]+")
_ROMAN = re.compile("[IVXLCDMІХСМ]+")


def find_mixed(text: str) -> Iterator[tuple[str, str]]:
    """Words of both alphabets, each with the letters of the rarer one, where these look like letters of the other.

    Roman numerals and abbreviations, also with an ending, are no such words; nor is what is put together on purpose of letters that nobody
    confuses.
    """
    if _SEAM.search(text) is None:
        return
    for word in _WORD.findall(text):
        if _SEAM.search(word) is None:
            continue
        numeral = _ROMAN.match(word)
        if _INFLECTED.fullmatch(word) or (
            numeral and (numeral.end() == len(word) or (numeral.group().isascii() and not word[numeral.end() :].isascii()))
        ):
            continue
        latin = [letter for letter in word if letter.isascii()]
        cyrillic = [letter for letter in word if not letter.isascii()]
        if len(latin) <= len(cyrillic):
            strange, alike = latin, _LATIN_ALIKE
        else:
            strange, alike = cyrillic, _CYRILLIC_ALIKE
        if len(latin) == len(cyrillic) and not alike.issuperset(strange):
            strange, alike = cyrillic, _CYRILLIC_ALIKE
        if alike.issuperset(strange):
            yield word, ", ".join(dict.fromkeys(strange))


_FOREIGN = {"uk": re.compile("[ыэъёўЫЭЪЁЎ]"), "ru": re.compile("[іїєґўІЇЄҐЎ]"), "be": re.compile("[ищъїєґИЩЪЇЄҐ]")}
_LETTER = re.compile(r"[^\W\d_]")
_LATIN_WORD = re.compile(r"(?<!\S)[a-z]{2,}(?=[\s.,;:)]|\Z)")
_FAIREST_SHARE = 30


def find_foreign(text: str, language: str) -> str | None:
    """A letter or word which shows that a text is in another language than ``language``."""
    if language == "en":
        letters = _LETTER.findall(text)
        cyrillic = [letter for letter in letters if "\u0400" <= letter <= "\u052f"]
        return cyrillic[0] if 100 * len(cyrillic) > _FAIREST_SHARE * len(letters) else None
    foreign = _FOREIGN.get(language)
    if foreign is None:
        return None
    if match := foreign.search(text):
        return match.group()
    words = _LATIN_WORD.findall(text)
    return words[0] if len(words) >= 3 and not re.search(f"[{_CYRILLIC}]", text) else None


# -- all together ---------------------------------------------------------------------------------------------------


def find_mendable(text: str, language: str, apostrophe: str, *, clause: bool) -> list[tuple[str, Slip]]:
    """The slips that can be mended without asking anybody, each with the name of its rule; some may overlap."""
    slips = [("spaces", slip) for slip in find_spaces(text)]
    slips += (("quotes", slip) for slip in find_quotes(text, language) if slip.better is not None)
    if language == "uk":
        slips += (("apostrophe", slip) for slip in find_apostrophes(text, apostrophe))
    if clause and (number := find_number(text)) is not None and number.better is not None:
        slips.append(("typed-number", number))
    return slips
