"""How values are written: what a text must look like, what somebody may have meant, and what to say of it."""

from __future__ import annotations

import json
import re
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from orgdocs.problems import Sentence
from orgdocs.sources import make_printable

if TYPE_CHECKING:
    from orgdocs.documents import Data

TEXT_PATTERNS = {"integer": "^(0|[1-9][0-9]{0,8})$", "number": "^(0|[1-9][0-9]{0,11})(\\.[0-9]{1,6})?$"}
"""Every scalar of a file is text. Where the schema wants a number, this is how the text must look."""

NAMES = {
    "integer": Sentence("a whole number"),
    "number": Sentence("a number"),
    "boolean": Sentence("true or false"),
    "string": Sentence("a text"),
    "array": Sentence("a list"),
    "object": Sentence("a group of fields"),
}
_MISSPELT = {
    "integer": "{value} is not a whole number",
    "number": "{value} is not a number",
    "boolean": "{value} is neither true nor false",
}
HOW = {
    "integer": Sentence("write digits only, for example 2"),
    "number": Sentence("write it with a point and without spaces, for example 9800 or 0.5"),
    "boolean": Sentence("write true or false"),
    "array": Sentence("put each entry on a line of its own that begins with a dash"),
    "object": Sentence("write them on the lines below it, indented"),
}
BEGIN_WITH_HYPHEN = Sentence("begin each entry on a line of its own with a hyphen (-) and a space; the paper sets numbers and marks itself")
_WORDS = dict.fromkeys(("yes", "on", "y", "1", "true", "так", "да", "+"), "true") | dict.fromkeys(
    ("no", "off", "n", "0", "false", "ні", "нет", "не", "-"), "false"
)

DEMANDS = {
    "^[a-z][a-z0-9]*(-[a-z0-9]+)*$": Sentence(
        "an id begins with a letter and consists of lower-case Latin letters, digits and single hyphens, 64 at most"
    ),
    "^[a-z][a-z0-9]*(-[a-z0-9]+)*/[a-z][a-z0-9]*(-[a-z0-9]+)*$": Sentence(
        "write the unit, a slash and the function: benefits/assign-family-benefits"
    ),
    "^[A-Za-z0-9_][A-Za-z0-9_-]*(/[A-Za-z0-9_][A-Za-z0-9_-]*)*$": Sentence(
        "a folder is written with Latin letters, digits, hyphens, underscores and slashes"
    ),
    "^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$": Sentence("write the name of a branch, for example main"),
    "^OD[0-9]{3}$": Sentence("the code of a rule is OD and three digits, for example OD401"),
    "^[0-9]{4,6}([.-][0-9]{1,3})?$": Sentence("4 to 6 digits are expected; after a point or hyphen up to 3 more"),
    "^[0-9]{5,15}$": Sentence("5 to 15 digits are expected"),
    "^[0-9]{8}$": Sentence("8 digits are expected"),
    "^([0-9]{10}|[0-9]{12})$": Sentence("10 or 12 digits are expected"),
    "^([0-9]{13}|[0-9]{15})$": Sentence("13 or 15 digits are expected"),
    "^([0-9]{8}|[0-9]{10})$": Sentence("8 or 10 digits are expected"),
    "^([0-9]+|none)$": Sentence("digits are expected, or none"),
    "^[0-9A-Z]{9}$": Sentence("9 digits or capital Latin letters are expected"),
    "^ssh-ed25519 [A-Za-z0-9+/]{68}( [A-Za-z0-9_.@+-]+)*$": Sentence(
        "copy the line of the file that ends in .pub: ssh-ed25519, a space and the key; make one with ssh-keygen -t ed25519"
    ),
    "^[0-9a-f]{24}$": Sentence("the name of a record is 24 digits and letters from a to f"),
}
"""What the patterns of the schemas demand, in words."""

_ID_PATTERN = next(iter(DEMANDS))
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "conin", "conout"} | {f"{port}{number}" for port in ("com", "lpt") for number in range(10)}
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LOOSE_DATE = re.compile(r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})")
_DOTTED_DATE = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})(?: ?[рг]\.?)?")

# Cyrillic letters that look like Latin ones, and are typed for them by a slip of the keyboard.
LOOK_ALIKES = str.maketrans("авекмнорстухіјѕԁԛԝ", "abekmhopctyxijsdqw")


# What people write behind an amount: 20%, 9800 грн, 2 шт., €.
_MEASURE = re.compile(r"(?<=[0-9.,])[^\W\d]*[%€$₴₽.]?\Z")
_LIKENESS_OF_IDS = 0.8


def is_day(text: str) -> bool:
    """Whether a text is a day that Python can represent; the validator's own check takes the year 0 and signs."""
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def suggest(word: str, known: list[str] | tuple[str, ...]) -> Sentence | None:
    """A hint "did you mean", if one of the known words is near enough."""
    near = nearest_word(word, known)
    return Sentence("did you mean {word}?", word=near) if near is not None else None


def nearest_word(word: str, known: list[str] | tuple[str, ...]) -> str | None:
    """The known word that is nearest to a word, if one is near enough."""
    return next(iter(get_close_matches(word, known, n=1, cutoff=0.6)), None)


def refuse_id(word: str) -> Sentence | None:
    """Why a word cannot be an id, None if it can. Ids are names of files, and Windows keeps some names for itself."""
    if word in _RESERVED:
        return Sentence("Windows keeps this name for itself")
    return None if len(word) <= 64 and re.fullmatch(_ID_PATTERN.removesuffix("$"), word) else DEMANDS[_ID_PATTERN]


def suggest_id(entity_id: str, known: list[str]) -> Sentence | None:
    """A hint "did you mean" for an id that leads nowhere, unless it rather is the id of something that is still to be made.

    A ``deputy-director`` is no slip for ``director``, nor ``home-care`` one for ``home-care-worker``; words in another order are.
    """
    words = sorted(entity_id.split("-"))
    near = next((each for each in known if sorted(each.split("-")) == words), None)
    near = near or next(iter(get_close_matches(entity_id, known, n=1, cutoff=_LIKENESS_OF_IDS)), None)
    return Sentence("did you mean {word}?", word=near) if near is not None else None


def explain_list(reads: str, value: Data) -> Sentence | None:
    """What to do where a list stands and one value belongs, or the other way round; ``reads`` is the type that is wanted."""
    if reads == "string" and isinstance(value, list):
        options = [each for each in value if isinstance(each, str)]
        if len(options) == 1 and len(value) == 1:
            return Sentence("write {word}, without brackets or a dash", word=shorten(options[0]))
        if options:
            return Sentence("only one can stand here: {options}", options=shorten(", ".join(options)))
        return None
    if reads != "array" or not isinstance(value, str):
        return HOW.get(reads)
    if re.match(r"-\S", value):
        return Sentence("leave a space after the dash")
    if re.match(r"[-–—•▪●·*]|[0-9]{1,2}[.)] ", value):
        return BEGIN_WITH_HYPHEN
    if re.fullmatch(r"[\w /.,-]{1,60}", value):
        return Sentence("write [{value}], or each entry on a line of its own that begins with a dash", value=value)
    return HOW[reads]


def demand(schema: dict[str, Any], value: str) -> Sentence | None:
    """What a text must look like; for an id also how this one would look."""
    pattern = schema.get("pattern", "")
    if pattern == _ID_PATTERN:
        word = re.sub(r"[\s_.-]+", "-", value.strip().lower()).strip("-").translate(LOOK_ALIKES)
        if word != value and len(word) <= 64 and re.fullmatch(pattern, word):
            return Sentence("did you mean {word}?", word=word)
    return DEMANDS.get(pattern)


def refuse(reads: str, value: Data) -> Sentence:
    """What is said of a value that is no number, or neither yes nor no."""
    return Sentence(_MISSPELT[reads], value=shorten(value))


def spell(reads: str, value: str) -> Sentence:
    """How the number or the yes and no is written that somebody had in mind."""
    if reads == "boolean":
        word = _WORDS.get(value.lower())
    else:
        word = _MEASURE.sub("", re.sub(r"[\s'_]", "", value)).removesuffix(".")
        word = re.sub(r",(?=[0-9]{1,2}$)", ".", word) if reads == "number" else re.sub(r"[.,]0+$", "", word)
        word = re.sub(r"^0+(?=[0-9])", "", word)
    if word is not None and (reads == "boolean" or re.fullmatch(TEXT_PATTERNS[reads], word)):
        return Sentence("write {word}", word=word)
    return HOW[reads]


def explain_date(value: str) -> tuple[Sentence, Sentence]:
    """What is wrong with a text that should be a date, and what to do."""
    if _DATE.fullmatch(value):
        return Sentence("the calendar has no day {value}", value=value), Sentence("a date is written year-month-day")
    sentence = Sentence("{value} is not a date", value=shorten(value))
    if parts := _LOOSE_DATE.fullmatch(value):
        year, month, day = parts.groups()
    elif parts := _DOTTED_DATE.fullmatch(value):
        day, month, year = parts.groups()
    if parts is not None and is_day(word := f"{year}-{month:0>2}-{day:0>2}"):
        return sentence, Sentence("write {word}", word=word)
    return sentence, Sentence("write year-month-day, for example 2026-01-31")


def shorten(value: Data) -> str:
    """A value as a sentence can quote it: printable, and not longer than 40 characters."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = text if len(text) <= 40 else text[:39] + "…"
    return make_printable(text)
