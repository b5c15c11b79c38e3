"""Old papers of several countries and styles, and all that is understood of each: see manuscripts.py for the writing of the source."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases import list_cases, read_case
from importing.understanding.manuscripts import list_drafted, list_words, show_drafts, write_manuscript
from orgdocs.importing.understanding import understand

CASES = list_cases(Path(__file__).parent / "cases")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, *, accept: bool) -> None:
    case = read_case(path)
    drafts = understand(write_manuscript(case.files["source"].decode()))
    case.check(show_drafts(drafts), accept=accept)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_no_word_is_lost(path: Path) -> None:
    manuscript = write_manuscript(read_case(path).files["source"].decode())
    head, text = list_drafted(understand(manuscript))
    words = list_words(manuscript)
    assert sorted(head + text) == sorted(words)
    assert _is_within(text, words)


def _is_within(part: list[str], whole: list[str]) -> bool:
    remaining = iter(whole)
    return all(word in remaining for word in part)
