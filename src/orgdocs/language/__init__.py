"""How languages write: numbers, dates, amounts in words, plural forms and lists."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, localcontext
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from orgdocs.problems import Sentence

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from babel import Locale

CASES = ("genitive", "dative", "accusative", "instrumental", "prepositional")
"""The cases besides the nominative, by the names that the YAML uses."""

CASE_NAMES = {
    "genitive": Sentence("genitive"),
    "dative": Sentence("dative"),
    "accusative": Sentence("accusative"),
    "instrumental": Sentence("instrumental"),
    "prepositional": Sentence("prepositional"),
}
"""The cases as people call them."""

INFLECTED = frozenset({"uk", "ru", "be"})
"""Languages in which names change by case."""

_WIDE = Context(prec=99, rounding=ROUND_HALF_UP)
"""Room for the digits of any figure: the usual 28 would be refused."""

LOCALES = {"uk": "uk-UA", "ru": "ru-RU", "be": "be-BY", "en": "en-GB"}
"""Language tags for files, by language."""


@cache
def _locale(language: str) -> Locale:
    from babel import Locale  # noqa: PLC0415  (dates and numbers only)

    return Locale.parse(LOCALES[language], sep="-")


@lru_cache(maxsize=4096)
def format_number(number: Decimal, language: str, places: int | None = None) -> str:
    """A number as the language writes it: ``12 345,50`` with a non-breaking space, or ``12,345.50``.

    ``places`` fixes the number of decimals, rounded half up; without it, as many as there are, without trailing zeros.
    """
    from babel.numbers import format_decimal  # noqa: PLC0415

    pattern = "#,##0." + ("0" * places if places else "######") if places != 0 else "#,##0"
    with localcontext(_WIDE):
        return format_decimal(number, pattern, locale=_locale(language))


def format_day(day: date, language: str, style: str) -> str:
    """A date: ``verbal`` (14 червня 2026 р., 14 June 2026) or ``numeric`` (14.06.2026)."""
    if style == "numeric":
        return f"{day.day:02}.{day.month:02}.{day.year:04}"
    from babel.dates import format_date  # noqa: PLC0415

    return format_date(day, "long", locale=_locale(language)).replace("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}")


@cache
def plural(number: int, language: str) -> str:
    """The plural category of a whole number: ``one``, ``few``, ``many`` or ``other``."""
    return str(_locale(language).plural_form(number))


def capitalise(text: str) -> str:
    """The text with its first letter a capital, everything else untouched."""
    for index, letter in enumerate(text):
        if letter.isalpha():
            return text[:index] + letter.upper() + text[index + 1 :]
        if letter.isdigit():
            break
    return text


def join_names(names: list[str], conjunction: str) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"
