"""What the rules say in their cases can be said in every language, also where a sentence is put together while the program runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cases import list_cases, read_case
from orgdocs.messages import load_patterns
from orgdocs.problems import Sentence
from orgdocs.project import open_project

CASES = Path(__file__).parents[1] / "rules" / "cases"


def _sentences(sentence: Sentence) -> Iterator[Sentence]:
    """The sentence and the sentences in it. What a constraint says in the registry's own words is left out."""
    if type(sentence) is Sentence:
        yield sentence
    for value in sentence.values.values():
        if isinstance(value, Sentence):
            yield from _sentences(value)


@pytest.fixture(scope="module")
def said() -> dict[str, str]:
    """Every pattern said in a case that fails, with the first such case."""
    patterns: dict[str, str] = {}
    for path in list_cases(CASES):
        if "-fail" not in path.name:
            continue
        for problem in open_project(read_case(path).source).problems:
            for sentence in (problem.sentence, *(note.sentence for note in problem.notes), problem.hint):
                if sentence is not None:
                    patterns |= {part.pattern: path.name for part in _sentences(sentence) if part.pattern not in patterns}
    return patterns


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_every_sentence_of_the_cases_is_translated(language: str, said: dict[str, str]) -> None:
    catalog = load_patterns(language)
    assert {pattern: case for pattern, case in said.items() if pattern not in catalog} == {}
