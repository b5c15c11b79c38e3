"""Vocabulary: the words by which old papers are understood, as data, one file for each language.

A file holds patterns by topic: ``headings`` and ``leads`` by meaning, ``titles`` by kind of paper, and plain lists. ``{a}`` in a
pattern stands for any of the signs that are used as an apostrophe, or none. A further language is a further file.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import Any

LANGUAGES = ("uk", "ru", "be", "en")

_APOSTROPHE = "['’ʼ`*]?"


@cache
def _read(language: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(resources.files(__package__).joinpath(f"{language}.json").read_text(encoding="utf-8"))
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


_CASES = {"nom": "nominative", "gen": "genitive", "dat": "dative", "acc": "accusative", "ins": "instrumental"}


@cache
def list_phrases(language: str, name: str) -> tuple[re.Pattern[str], ...]:
    """The phrases by which a language tells a fact. ``{gen}`` in one is a name that stands in the genitive: its group is ``genitive``."""
    facts = _read(language)["facts"]
    listed = facts.get(name, []) if isinstance(facts, dict) else []
    return tuple(re.compile(rf"(?<!\w)(?:{_fill(pattern)})", re.IGNORECASE) for pattern in listed)


@cache
def list_choices(language: str, topic: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns that each stand for a value, such as the words for levels of education."""
    return tuple((re.compile(rf"(?<!\w)(?:{_fill(pattern)})", re.IGNORECASE), value) for pattern, value in _read(language)[topic])


@cache
def find_word_list(language: str, topic: str) -> re.Pattern[str]:
    """One pattern for a list of a single language; it matches at the beginning of a word."""
    listed = _read(language)[topic]
    return re.compile(rf"(?<!\w)(?:{_fill('|'.join([listed] if isinstance(listed, str) else listed))})", re.IGNORECASE)


@cache
def find_stop(language: str) -> re.Pattern[str]:
    """The words with which a sentence goes on after a name; a space stands before each."""
    return re.compile(rf"(?:{_fill('|'.join(_read(language)['stops']))})(?!\w)", re.IGNORECASE)


@cache
def find_value(language: str, topic: str, word: str) -> str | int | None:
    """What a word stands for in a small table: a number, a kind of act."""
    table = _read(language)[topic]
    return table.get(word.lower().replace("’", "'")) if isinstance(table, dict) else None


def _fill(pattern: str) -> str:
    for short, case in _CASES.items():
        pattern = pattern.replace(f"{{{short}}}", f"(?P<{case}>[^;:]+)")
    return pattern.replace("{a}", _APOSTROPHE)


@cache
def list_words(language: str, topic: str) -> tuple[str, ...]:
    """A plain list of words or endings."""
    return tuple(_read(language)[topic])


@cache
def find_endings(language: str, case: str) -> tuple[str, ...]:
    """How words of a case look in the nominative, as ``ending:ending``; the first that fits counts, and ``-`` is none."""
    return tuple(_read(language)["endings"].get(case, "").split())
