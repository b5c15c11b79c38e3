"""Edits that an editor is sent make exactly the text that was wanted."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from orgdocs.server.edits import find_changes

LINES = st.lists(st.sampled_from(["head: clerk", "head: chief-clerk", "  - clerk", "title: Clerk", ""]), max_size=6)


@settings(deadline=None, derandomize=True, database=None)
@given(LINES, LINES, st.sampled_from(["", "\n"]))
def test_changes_make_the_new_text(old: list[str], new: list[str], end: str) -> None:
    before, after = "\n".join(old) + end, "\n".join(new) + "\n"
    text = before
    for span, written in reversed(list(find_changes(before, after))):
        start, stop = _offset(before, span.line, span.column), _offset(before, span.end_line, span.end_column)
        assert 0 <= start <= stop <= len(before)
        text = text[:start] + written + text[stop:]
    assert text == after


def _offset(text: str, line: int, column: int) -> int:
    lines = text.split("\n")
    assert line <= len(lines)
    assert column <= len(lines[line - 1]) + 1
    return sum(len(above) + 1 for above in lines[: line - 1]) + column - 1


def test_words_change_as_a_whole() -> None:
    changes = [
        ((span.line, span.column, span.end_column), text)
        for span, text in find_changes("head: director  # since May\n", "head: general-director  # since May\n")
    ]
    assert changes == [((1, 7, 15), "general-director")]
