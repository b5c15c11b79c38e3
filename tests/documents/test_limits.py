"""Files made to exhaust a reader. That each test ends quickly is the test: without the limits they take minutes or crash."""

from __future__ import annotations

import pytest

from orgdocs.documents import DEEPEST, LONGEST_TEXT, read_document
from orgdocs.problems import Span

MANY = 200_000


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("[" * MANY, None),
        ("{a: " * (MANY // 4), 4 * DEEPEST + 1),
        ("a: " + "[" * MANY, DEEPEST + 3),
        ("a: " + "{a: " * (MANY // 4), 4 * DEEPEST),
        ("a: " + "{? " * (MANY // 3), 3 * DEEPEST + 1),
        ("a:\n  " + "- " * (MANY // 2), 2 * DEEPEST + 1),
        ("? " * (MANY // 2), 2 * DEEPEST + 1),
        ("a: [" + "[]," * (MANY // 3) + "[" * MANY, None),
    ],
    ids=["lists", "maps", "lists-below", "maps-below", "keys-below", "entries", "keys", "wide-and-deep"],
)
def test_depth(text: str, column: int | None, parser: str) -> None:
    assert parser
    document = read_document("a.yaml", text.encode())
    assert document.data is None
    assert document.broken
    (fault,) = document.faults
    span = fault.finding.place.span
    assert span is not None
    if text.startswith("["):
        assert fault.rule == "not-a-map"
    else:
        assert fault.rule == "too-deep"
        assert str(fault.finding.sentence) == "lists and maps lie more than 24 deep in one another"
        assert column in {None, span.column}


def test_long_text(parser: str) -> None:
    assert parser
    document = read_document("a.yaml", f"a: {'є' * LONGEST_TEXT}\nb: '{'є' * (LONGEST_TEXT + 1)}'\n".encode())
    (fault,) = document.faults
    assert fault.rule == "too-large"
    assert fault.finding.place.span == Span(2, 4, 2, 5)


def test_many_texts_on_one_line_with_a_comment_at_its_end() -> None:
    """Looking for a swallowed comment may not copy the rest of the line each time."""
    count = 60_000
    document = read_document("a.yaml", f"a: [{'b, ' * count}c] #d\n".encode())
    assert document.faults == ()
    assert isinstance(document.data, dict)
    assert document.data["a"] == ["b"] * count + ["c"]


def test_many_fields() -> None:
    document = read_document("a.yaml", "".join(f"f{number}: {number}\n" for number in range(20_000)).encode())
    assert document.faults == ()
    assert document.data == {f"f{number}": str(number) for number in range(20_000)}


def test_many_aliases_are_read_as_often_as_they_stand_there(parser: str) -> None:
    assert parser
    lines = [
        "a: &a [x]\n",
        *(f"{name}: &{name} [{', '.join([f'*{above}'] * 9)}]\n" for above, name in zip("abcdefgh", "bcdefghi", strict=True)),
    ]
    document = read_document("a.yaml", "".join(lines).encode())
    assert document.data == {"a": ["x"]} | {name: [None] * 9 for name in "bcdefghi"}
    assert len(document.faults) == 9 + 8 * 9
    assert {fault.rule for fault in document.faults} == {"plain-yaml"}
