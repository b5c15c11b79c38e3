"""Texts that are made to be slow to look through: long runs of the words and signs that are looked for."""

from __future__ import annotations

from time import process_time

import pytest

from importing.understanding.manuscripts import list_drafted, list_words, write_manuscript
from orgdocs.importing.understanding import understand

RUNS = {
    "one-word": "а",
    "numbers": "1.",
    "blanks": "_",
    "brackets": "(",
    "quotes": "«а» ",
    "posts": "директор, ",
    "acts": "керується законом, ",
    "experience": "стаж роботи ",
    "alternatives": "вищу освіту або ",
    "appointments": "appointed and dismissed ",
    "absence": "absence duties ",
    "absence-uk": "відсутності обов’язки ",
}


@pytest.mark.parametrize("name", RUNS)
@pytest.mark.parametrize("length", [5500, 40_000])
def test_a_long_run_is_looked_through_in_no_time(name: str, length: int) -> None:
    run = (RUNS[name] * length)[:length]
    manuscript = write_manuscript(f"ПОСАДОВА ІНСТРУКЦІЯ\n1. Загальні положення\n1.1. {run}\n{run}\n")
    begun = process_time()
    head, text = list_drafted(understand(manuscript))
    assert process_time() - begun < 3
    assert sorted(head + text) == sorted(list_words(manuscript))
