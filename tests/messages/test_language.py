"""The catalogs are in good Ukrainian and Russian as far as a program can see, and are written one way."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import pytest

from orgdocs.messages import load_patterns
from orgdocs.rules.slips import find_apostrophes, find_foreign, find_mixed, find_quotes, find_spaces

LANGUAGES = ["uk", "ru"]
_VALUES = re.compile(r"\{[^{}]*\}")
_WORD = re.compile("[A-Za-z]")
_OURS = re.compile("[А-Яа-яЄІЇҐєіїґЁё]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_is_sorted_and_indented_alike(language: str) -> None:
    text = (files("orgdocs.messages") / f"{language}.json").read_text("utf-8")
    assert text == json.dumps(dict(sorted(load_patterns(language).items())), ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_mixes_alphabets(language: str) -> None:
    assert [found for told in load_patterns(language).values() for found in find_mixed(_VALUES.sub(" ", told))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_are_those_of_the_language(language: str) -> None:
    assert [(told, found) for told in load_patterns(language).values() if (found := find_foreign(told, language))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotes_and_spaces_are_right(language: str) -> None:
    catalog = {pattern: told for pattern, told in load_patterns(language).items() if any(letter.isalpha() for letter in told)}
    assert [told for told in catalog.values() if any(find_quotes(told, language)) or any(find_spaces(told)) or "'" in told] == []


def test_apostrophes_are_ukrainian() -> None:
    assert [told for told in load_patterns("uk").values() if any(find_apostrophes(told, "’"))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_dashes_are_of_one_kind(language: str) -> None:
    assert [told for told in load_patterns(language).values() if " - " in told or "—" in told] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_in_english(language: str) -> None:
    """A translation has words of its own, unless its pattern consists of values and signs."""
    catalog = load_patterns(language)
    assert [pattern for pattern, told in catalog.items() if _WORD.search(_VALUES.sub("", pattern)) and not _OURS.search(told)] == []
