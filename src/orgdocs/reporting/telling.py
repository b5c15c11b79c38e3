"""Problems told in another language: sentences, hints and notes; codes and places stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from orgdocs.problems import Problem, Sentence


def tell(problems: Sequence[Problem], patterns: Mapping[str, str]) -> list[Problem]:
    """The problems with their sentences in the language of ``patterns``; as they are if it is empty."""
    if not patterns:
        return list(problems)
    return [
        replace(
            problem,
            sentence=Sentence(problem.sentence.told(patterns)),
            notes=tuple(replace(note, sentence=Sentence(note.sentence.told(patterns))) for note in problem.notes),
            hint=Sentence(problem.hint.told(patterns)) if problem.hint is not None else None,
        )
        for problem in problems
    ]
