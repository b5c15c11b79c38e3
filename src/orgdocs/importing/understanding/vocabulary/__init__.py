"""Vocabulary: the words by which old papers are understood, as data, one file for each language.

A file holds patterns by topic: ``headings`` and ``leads`` by meaning, ``titles`` by kind of paper, and plain lists. ``{a}`` in a
pattern stands for any of the signs that are used as an apostrophe, or none. A further language is a further file.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources

LANGUAGES = ("uk", "ru", "be", "en")

_APOSTROPHE = "['’ʼ`*]?"


@cache
def _read(language: str) -> dict[str, list[str] | dict[str, list[str]]]:
    data: dict[str, list[str] | dict[str, list[str]]] = json.loads(
        resources.files(__package__).joinpath(f"{language}.json").read_text(encoding="utf-8")
    )
    return data


@cache
def find_pattern(topic: str, name: str = "") -> re.Pattern[str]:
    """One pattern for a topic (or for one of its names) in all languages; each alternative ends at the end of a word."""
    listed: list[str] = []
    for language in LANGUAGES:
        entry = _read(language).get(topic, [])
        listed += entry.get(name, []) if isinstance(entry, dict) else entry
    pattern = "|".join(listed).replace("{a}", _APOSTROPHE)
    return re.compile(rf"(?:{pattern})", re.IGNORECASE)


@cache
def list_names(topic: str) -> tuple[str, ...]:
    """The names within a topic, in the order in which they are to be tried: what is more particular comes first."""
    return tuple(dict.fromkeys(name for language in LANGUAGES for name in _read(language)[topic]))
