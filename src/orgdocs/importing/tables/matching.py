"""What makes a name or value of a table the same as one of a file, and how titles are written in files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from orgdocs.emitting import as_read
from orgdocs.importing.registering import words_of
from orgdocs.importing.tables.figures import show

if TYPE_CHECKING:
    from orgdocs.emitting import Value

NUMBERS = re.compile(r"\d+")
"""Numbers in names: sections 1 and 2 are two."""


def lower_title(title: str, language: str) -> str:
    """A title as it reads within a sentence; abbreviations and English titles stay."""
    title = " ".join(title.split())
    if title.isupper() and len(title) > 4:
        title = title.capitalize()
    first = title.split(" ", maxsplit=1)[0]
    return title if language == "en" or first[1:2].isupper() else title[:1].lower() + title[1:]


def identify(name: str) -> tuple[tuple[str, ...], list[str]]:
    """What makes a name the same as another one: its words, and its numbers."""
    return words_of(name), NUMBERS.findall(name)


def is_same(old: object, new: Value) -> bool:
    """Whether a file and a table say the same: numbers by their value, texts without regard to case."""
    if isinstance(new, Mapping):
        return isinstance(old, Mapping) and old.keys() == new.keys() and all(is_same(old[key], below) for key, below in new.items())
    if isinstance(new, Sequence) and not isinstance(new, str):
        return isinstance(old, list) and len(old) == len(new) and all(map(is_same, old, new))
    if old is None:
        return str(as_read(new)) == "1"  # a rate that is left out
    return _number_or_text(old) == _number_or_text(as_read(new))


def _number_or_text(value: object) -> str:
    text = " ".join(str(value).split()).casefold()
    return show(Decimal(text)) if re.fullmatch(r"\d+(?:\.\d+)?", text) else text
