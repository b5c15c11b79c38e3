"""Texts compared word by word."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgdocs.comparing.changes import Segment, mark_words
from orgdocs.comparing.segments import compare_words

_WORDS = st.lists(
    st.sampled_from(["призначає", "допомогу", "сім’ям", "з", "дітьми", ",", "2026", "р.", "  ", "—", "a-b", "(", ")"]), max_size=12
)


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("keeps the books", "keeps the books", "keeps the books"),
        ("keeps the books", "keeps all the books", "keeps {+all+} the books"),
        ("keeps all the books", "keeps the books", "keeps [-all-] the books"),
        ("checks contracts", "checks letters", "checks [-contracts-]{+letters+}"),
        ("checks contracts, letters", "checks acts; files", "checks [-contracts, letters-]{+acts; files+}"),
        ("within 10 days", "within 5 working days", "within [-10-]{+5 working+} days"),
        ("сім’ям з дітьми", "сім'ям з дітьми", "[-сім’ям-]{+сім'ям+} з дітьми"),
        ("веде облік", "веде облік.", "веде облік{+.+}"),
        ("the head of the division", "a clerk of its own", "[-the head of the division-]{+a clerk of its own+}"),
        ("one", "two", "[-one-]{+two+}"),
    ],
)  # fmt: skip
def test_words_are_marked(before: str, after: str, marked: str) -> None:
    assert mark_words(compare_words(before, after)) == marked


@given(_WORDS, _WORDS)
def test_both_texts_can_be_read_from_the_segments(old: list[str], new: list[str]) -> None:
    before, after = " ".join(old), " ".join(new)
    segments = compare_words(before, after)
    assert "".join(segment.text for segment in segments if segment.state != "added") == before
    assert "".join(segment.text for segment in segments if segment.state != "removed") == after
    assert all(segment.text for segment in segments)
    assert [one for one, other in pairwise(segments) if one.state == other.state == "kept"] == []


def test_a_text_that_came_as_a_whole_has_no_marks() -> None:
    assert mark_words((Segment("keeps the books", "added"),)) == "keeps the books"
