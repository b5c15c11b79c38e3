"""Marks: the numbers, letters and signs before clauses, told from the words after them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

UKRAINIAN = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
LATIN = "abcdefghijklmnopqrstuvwxyz"

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_DOTS = "•·▪●○◦‣■□▫►➢✓✔➤∙⁃❖\uf0b7\uf0a7\uf0d8\uf0fc\uf02d"

_BULLET = re.compile(rf"[{_DOTS}]\s*|[*+]\s+|\*(?=[^\W\d_])|[{_DASHES}]\s+|[{_DASHES}](?=[^\W\d_])|[o§Øü]\s+(?=[^\W\d_])(?<=\s)")
_PATH = re.compile(r"(\d{1,3}(?:\s?\.\s?\d{1,3}){0,7})(\s?[.)](?![.\d])|\s?,(?=\s)|\s?:(?=\s)|(?=\s)|(?=[^\W\d_])|$)\s*")
_BRACKETED = re.compile(r"\(\s*(\d{1,3}|[^\W\d_])\s*\)\s*(?=\S)")
_BRACKETED_ROMAN = re.compile(r"\(\s*([ivxіх]{1,5})\s*\)\s*(?=\S)")
_LETTER = re.compile(r"([^\W\d_])\s?([).])\s*(?=\S)")
_LOW_ROMAN = re.compile(r"([ivxіх]{1,5})\s?\)\s*(?=\S)")
_ROMAN = re.compile(r"([IVXLІХ]{1,6})(\s?[.)]|\s?[:–—-](?=\s)|(?=\s))\s*")
_WORD = re.compile(
    r"((?:розділ|раздел|раздзел|глава|section|chapter|part|частина|часть|стаття|статья|article)\s+([\dIVXІХ]{1,5}))\s*[.:)–—-]?\s*",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\d{1,2}\s+[^\W\d_]{3,12}\s+\d{4}\s*(?:р\b|г\b|року|года|$)|\d{1,2}\s?[.]\s?\d{1,2}\s?[.]\s?\d{4}|\d\d[.]\d\d[.]\d\d(?![.\d])|"
    r"\d{1,2}[.:]\d\d\s?[–—-]\s?\d{1,2}[.:]\d\d"
)

_CONFUSED = {
    **dict.fromkeys("lIІi|!і", "1"),
    **dict.fromkeys("ЗзЭэ", "3"),
    **dict.fromkeys("ОоOo", "0"),
    **dict.fromkeys("Бб", "6"),
    **dict.fromkeys("Ss", "5"),
    **dict.fromkeys("ВB", "8"),
    "Ч": "4",
    **dict.fromkeys("PРПп", "11"),
}
_CONFUSABLE = re.compile(
    rf"([\d{''.join(map(re.escape, _CONFUSED))}]{{1,3}}(?:\.[\d{''.join(map(re.escape, _CONFUSED))}]{{1,3}})*)([.)])\s*(?=\S)"
)


class Mark(NamedTuple):
    """What stands before a clause. ``numbers`` are its values: ``(3, 1)`` for ``3.1.``, ``(2,)`` for ``б)``."""

    text: str
    """As printed, without spaces around it."""
    style: str
    """``path`` (1. or 1.2.3), ``paren`` (1\\)), ``bracket`` ((1) or (а)), ``letter`` (а\\)), ``letter-dot`` (a.), ``roman`` (i\\)),
    ``section`` (IV. or Розділ 4), ``dash`` or ``dot``."""
    numbers: tuple[int, ...] = ()
    odd: bool = False
    """Whether letters stand in it for digits."""
    weak: bool = False
    """A bare number without point or bracket, which may be part of the words."""


def split_mark(text: str) -> tuple[Mark | None, str]:
    """The mark at the beginning of a text, or None, and the words after it. A bullet before a number gives way to the number."""
    sign = _BULLET.match(text)
    if sign:
        rest = text[sign.end() :]
        inner, words = _split_number(rest)
        if inner and (not inner.weak or len(inner.numbers) > 1):
            return inner._replace(weak=False), words
        printed = sign.group().strip()
        return Mark(printed, "dash" if printed in _DASHES else "dot"), rest
    return _split_number(text)


def _split_number(text: str) -> tuple[Mark | None, str]:
    if _DATE.match(text):
        return None, text
    path = _PATH.match(text)
    if path:
        return _judge_path(path, text)
    bracketed = _BRACKETED.match(text)
    if bracketed:
        value = bracketed[1]
        number = int(value) if value.isdigit() else letter_value(value)
        if number:
            return Mark(bracketed.group().strip(), "bracket", (number,)), text[bracketed.end() :]
    enclosed = _BRACKETED_ROMAN.match(text)
    if enclosed and len(enclosed[1]) > 1 and roman_value(enclosed[1]):
        return Mark(enclosed.group().strip(), "roman", (roman_value(enclosed[1]),)), text[enclosed.end() :]
    roman = _LOW_ROMAN.match(text)
    if roman and len(roman[1]) > 1:
        return Mark(roman.group().strip(), "roman", (roman_value(roman[1]),)), text[roman.end() :]
    letter = _LETTER.match(text)
    if letter and letter[1].islower() and letter_value(letter[1]):
        style = "letter" if letter[2] == ")" else "letter-dot"
        return Mark(letter.group().strip(), style, (letter_value(letter[1]),), weak=style == "letter-dot"), text[letter.end() :]
    return None, text


def _judge_path(path: re.Match[str], text: str) -> tuple[Mark | None, str]:
    numbers = tuple(int(part) for part in re.split(r"\s?\.\s?", path[1]))
    ending = path[2].strip()
    rest = text[path.end() :]
    if max(numbers) > 199 or (len(numbers) == 1 and not ending and not rest) or rest.startswith("%"):
        return None, text
    glued = not ending and not path.group()[-1:].isspace() and bool(rest)
    if ending in {",", ":"} and len(numbers) == 1:
        return None, text
    if glued and (len(numbers) == 1 or not rest[0].isupper()):
        return None, text
    style = "paren" if ending == ")" and len(numbers) == 1 else "path"
    printed = re.sub(r"\s", "", path[1] + (ending if ending in {".", ")"} else ""))
    return Mark(printed, style, numbers, weak=not ending and (len(numbers) == 1 or not rest[:1].isupper())), rest


def split_section_mark(text: str) -> tuple[Mark | None, str]:
    """A Roman number or the word for a section with a number, as headings have them."""
    word = _WORD.match(text)
    if word:
        value = int(word[2]) if word[2].isdigit() else roman_value(word[2])
        return Mark(word.group().strip(), "section", (value,)), text[word.end() :]
    roman = _ROMAN.match(text)
    if roman and roman_value(roman[1]):
        return Mark(roman.group().strip(), "section", (roman_value(roman[1]),), weak=not roman[2].strip()), text[roman.end() :]
    return None, text


def split_confused_mark(text: str, expected: Iterable[tuple[str, tuple[int, ...]]]) -> tuple[Mark | None, str]:
    """A number in which letters stand for digits, if it then is one of those that may come next (style and numbers)."""
    found = _CONFUSABLE.match(text)
    if not found or found[1].replace(".", "").isdigit():
        return None, text
    parts = tuple("".join(_CONFUSED.get(character, character) for character in part) for part in found[1].split("."))
    if any(len(part) > 3 for part in parts):
        return None, text
    numbers = tuple(map(int, parts))
    style = "paren" if found[2] == ")" and len(numbers) == 1 else "path"
    if (style, numbers) not in set(expected):
        return None, text
    return Mark(found.group().strip(), style, numbers, odd=True), text[found.end() :]


def letter_value(letter: str) -> int:
    """The place of a letter in its alphabet, from 1; 0 if it is in none. Cyrillic lists leave letters out as Russian ones do."""
    letter = letter.lower()
    return (LATIN.find(letter) + 1) or (RUSSIAN.find(letter) + 1) or (UKRAINIAN.find(letter) + 1)


def roman_value(text: str) -> int:
    """The value of a Roman number written with Latin or Cyrillic letters; 0 if it is none."""
    digits = {"I": 1, "V": 5, "X": 10, "L": 50}
    letters = text.upper().replace("І", "I").replace("Х", "X")
    values = [digits.get(letter, 0) for letter in letters]
    if 0 in values:
        return 0
    total = sum(-value if value < max(values[index:]) else value for index, value in enumerate(values))
    return total if letters == _write_roman(total) else 0


def _write_roman(number: int) -> str:
    written = ""
    for value, letters in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= value:
            written += letters
            number -= value
    return written


def follow(numbers: tuple[int, ...]) -> set[tuple[int, ...]]:
    """All numbers that may come after one: the next at each of its levels, and the first below it."""
    return {(*numbers[:level], numbers[level] + 1) for level in range(len(numbers))} | {(*numbers, 1)}
