"""Every sentence that orgdocs can say is in every catalog, with the same values, and nothing is there that is not said."""

from __future__ import annotations

import runpy
from pathlib import Path
from string import Formatter

import pytest

from orgdocs.messages import choose_language, load_patterns
from orgdocs.problems import Sentence

TOOL = Path(__file__).parents[2] / "tools" / "collect_messages.py"


@pytest.fixture(scope="module")
def patterns() -> dict[str, str]:
    collected: dict[str, str] = runpy.run_path(str(TOOL))["collect_patterns"]()
    return collected


def _fields(pattern: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(pattern) if name}


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_catalog_is_complete(language: str, patterns: dict[str, str]) -> None:
    catalog = load_patterns(language)
    assert {pattern: place for pattern, place in patterns.items() if pattern not in catalog} == {}
    assert [pattern for pattern in catalog if pattern not in patterns] == []


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_translations_take_the_same_values(language: str) -> None:
    wrong = {}
    for pattern, told in load_patterns(language).items():
        has_values = "{" in pattern and _fields_or_none(pattern) is not None
        if has_values and _fields(pattern) != _fields(told):
            wrong[pattern] = told
    assert wrong == {}


def _fields_or_none(pattern: str) -> set[str] | None:
    """The values of a pattern; None for a text with braces that takes none."""
    try:
        return _fields(pattern)
    except ValueError:
        return None


def test_a_sentence_is_told_with_the_sentences_in_it() -> None:
    inner = Sentence("a text")
    sentence = Sentence("expected here: {what}", what=inner)
    assert sentence.told({"expected here: {what}": "тут потрібно: {what}", "a text": "текст"}) == "тут потрібно: текст"
    assert sentence.told({}) == "expected here: a text"


def test_language_is_asked_for_or_the_registrys_or_the_environments(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert choose_language("ru", "uk") == "ru"
    assert choose_language(None, "uk") == "uk"
    assert choose_language(None, "xx") == "en"
    monkeypatch.setenv("LANG", "uk_UA.UTF-8")
    assert choose_language(None, None) == "uk"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert choose_language(None, None) == "en"
