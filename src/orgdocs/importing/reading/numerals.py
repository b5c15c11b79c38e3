"""Numbers of lists as Word prints them: digits, Roman numerals, letters of several alphabets.

The forms are those of ECMA-376, part 1, section 17.18.59 (ST_NumberFormat).
"""

from __future__ import annotations

from collections.abc import Callable

LATIN = "abcdefghijklmnopqrstuvwxyz"
RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
"""The letters of a Russian list: without ё, й, ъ and ь."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_HIGHEST = 100_000
"""No list is longer; numbers above are printed in digits, so that a file cannot ask for a label of any length."""


def write_roman(number: int) -> str:
    """A number in small Roman numerals.

    >>> write_roman(1994)
    'mcmxciv'
    """
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written


def write_letters(number: int, alphabet: str) -> str:
    """A number as a letter, which is doubled after the end of the alphabet, as Word does it.

    >>> write_letters(3, RUSSIAN), write_letters(28, LATIN)
    ('в', 'bb')
    """
    times, index = divmod(number - 1, len(alphabet))
    return alphabet[index] * (times + 1)


def _write_ordinal(number: int) -> str:
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "lowerRoman": write_roman,
    "upperRoman": lambda number: write_roman(number).upper(),
    "lowerLetter": lambda number: write_letters(number, LATIN),
    "upperLetter": lambda number: write_letters(number, LATIN).upper(),
    "russianLower": lambda number: write_letters(number, RUSSIAN),
    "russianUpper": lambda number: write_letters(number, RUSSIAN).upper(),
    "ordinal": _write_ordinal,
    "hex": lambda number: f"{number:X}",
    "numberInDash": lambda number: f"- {number} -",
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "none": lambda _: "",
}


def write_number(number: int, form: str, pattern: str = "") -> str:
    """A number in a form of Word; ``pattern`` is the sample of the form ``custom``, such as ``001, 002, 003, ...``.

    A form that is not known here is printed in digits: the number is right, only its letters are not.
    """
    if form == "custom":
        sample = pattern.split(",", maxsplit=1)[0].strip()
        if sample.isdigit():
            return str(number).zfill(len(sample))
        samples = [part.strip() for part in pattern.split(",")]
        return samples[number - 1] if 0 < number <= len(samples) and "..." not in samples[number - 1] else str(number)
    if not 0 < number < _HIGHEST and form != "none":
        return str(number)
    return _FORMS.get(form, str)(number)
