"""Words that no dictionary has: declined like a word that they end in, or like one that ends alike. Always doubtful."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files

from orgdocs.language.morphology import Reading, read_word

_LEAST = 4
"""How many letters of a known word a guess needs: електрогазо|зварник."""


def guess_person(word: str, language: str, least: int) -> Reading | None:
    """How a word is declined that people are called by, as far as an end of at least so many letters tells."""
    for start in range(1, len(word) - _LEAST + 1):
        for reading in read_word(word[start:], language):
            if reading.is_known and reading.part == "noun" and reading.animate and reading.gender != "plur":
                return replace(reading, forms=tuple(word[:start] + form for form in reading.forms), is_known=False)
    for ending, model in _load_models(language):
        if len(ending) >= least and word.endswith(ending):
            like = next(reading for reading in read_word(model, language) if reading.part == "noun" and reading.animate)
            stem, common = word.removesuffix(ending), len(model) - len(ending)
            return replace(like, forms=tuple(stem + form[common:] for form in like.forms), is_known=False)
    return None


@cache
def _load_models(language: str) -> tuple[tuple[str, str], ...]:
    """Pairs of an ending and a person's title with that ending, the longest endings first."""
    lines = (files("orgdocs.language") / f"endings-{language}.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split() for line in lines if line and not line.startswith("#"))
    return tuple(sorted(((ending, model) for ending, model in pairs), key=lambda pair: -len(pair[0])))
