"""Where keys and values stand: every route of a file, with the span of its key and of its value."""

from __future__ import annotations

import pytest

from orgdocs.documents import read_document
from orgdocs.problems import Place, Route, Span

NESTED = """\
# 😀 a comment
title: головний спеціаліст
staffing: {posts: 2, "rate": '0.5', allowances: [{kind: rank}, x]}
duties:
- text: призначає
  items:
    - перше 😀
    -
    - [a, 😀😀, b]
назва:  👩‍⚖️ юрист   # comment
"😀": {є: ї}
long: >-
  перший
  рядок
quoted: "перший
  рядок"
plain: перший
  рядок
empty:
last: |
  a
"""

SPANS: dict[Route, tuple[tuple[int, int, int, int], tuple[int, int, int, int]]] = {
    ("title",): ((2, 1, 2, 6), (2, 8, 2, 27)),
    ("staffing",): ((3, 1, 3, 9), (3, 11, 3, 12)),
    ("staffing", "posts"): ((3, 12, 3, 17), (3, 19, 3, 20)),
    ("staffing", "rate"): ((3, 22, 3, 28), (3, 30, 3, 35)),
    ("staffing", "allowances"): ((3, 37, 3, 47), (3, 49, 3, 50)),
    ("staffing", "allowances", 0): ((3, 50, 3, 51), (3, 50, 3, 51)),
    ("staffing", "allowances", 0, "kind"): ((3, 51, 3, 55), (3, 57, 3, 61)),
    ("staffing", "allowances", 1): ((3, 64, 3, 65), (3, 64, 3, 65)),
    ("duties",): ((4, 1, 4, 7), (5, 1, 5, 2)),
    ("duties", 0): ((5, 3, 5, 4), (5, 3, 5, 4)),
    ("duties", 0, "text"): ((5, 3, 5, 7), (5, 9, 5, 18)),
    ("duties", 0, "items"): ((6, 3, 6, 8), (7, 5, 7, 6)),
    ("duties", 0, "items", 0): ((7, 7, 7, 14), (7, 7, 7, 14)),
    ("duties", 0, "items", 1): ((8, 5, 8, 6), (8, 5, 8, 6)),
    ("duties", 0, "items", 2): ((9, 7, 9, 8), (9, 7, 9, 8)),
    ("duties", 0, "items", 2, 0): ((9, 8, 9, 9), (9, 8, 9, 9)),
    ("duties", 0, "items", 2, 1): ((9, 11, 9, 13), (9, 11, 9, 13)),
    ("duties", 0, "items", 2, 2): ((9, 15, 9, 16), (9, 15, 9, 16)),
    ("назва",): ((10, 1, 10, 6), (10, 9, 10, 19)),
    ("😀",): ((11, 1, 11, 4), (11, 6, 11, 7)),
    ("😀", "є"): ((11, 7, 11, 8), (11, 10, 11, 11)),
    ("long",): ((12, 1, 12, 5), (12, 7, 15, 1)),
    ("quoted",): ((15, 1, 15, 7), (15, 9, 16, 9)),
    ("plain",): ((17, 1, 17, 6), (17, 8, 18, 8)),
    ("empty",): ((19, 1, 19, 6), (19, 1, 19, 6)),
    ("last",): ((20, 1, 20, 5), (20, 7, 22, 1)),
}


@pytest.mark.parametrize("route", SPANS, ids=str)
def test_span_of_key_and_value(route: Route, parser: str) -> None:
    assert parser
    document = read_document("a.yaml", NESTED.encode())
    assert document.faults == ()
    key, value = SPANS[route]
    assert document.span(Place("a.yaml", route, at_key=True)) == Span(*key)
    assert document.span(Place("a.yaml", route)) == Span(*value)


def test_every_value_has_a_span(parser: str) -> None:
    assert parser
    assert read_document("a.yaml", NESTED.encode())._spans.keys() == SPANS.keys()


@pytest.mark.parametrize("route", [route for route, (key, value) in SPANS.items() if value[0] == value[2]], ids=str)
def test_span_cuts_out_what_stands_there(route: Route) -> None:
    document = read_document("a.yaml", NESTED.encode())
    span = document.span(Place("a.yaml", route, at_key=True))
    cut = NESTED.split("\n")[span.line - 1][span.column - 1 : span.end_column - 1]
    if isinstance(route[-1], str):
        assert cut.strip("'\"") == route[-1]
    else:
        assert cut


@pytest.mark.parametrize(
    ("place", "span"),
    [
        # What is not there is shown at the key of the nearest thing above it.
        (Place("a.yaml", ("staffing", "salary")), Span(3, 1, 3, 9)),
        (Place("a.yaml", ("staffing", "allowances", 0, "percent")), Span(3, 50, 3, 51)),
        (Place("a.yaml", ("staffing", "allowances", 7, "percent")), Span(3, 37, 3, 47)),
        # The whole file is shown at its first field, not at a comment above it.
        (Place("a.yaml"), Span(2, 1, 2, 6)),
        (Place("a.yaml", ("unit",)), Span(2, 1, 2, 6)),
        # A span that is known already counts.
        (Place("a.yaml", ("title",), span=Span(9, 9, 9, 9)), Span(9, 9, 9, 9)),
    ],
)
def test_span_of_what_is_not_there(place: Place, span: Span) -> None:
    assert read_document("a.yaml", NESTED.encode()).span(place) == span


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n", "a: 'b\n", "x\n"])
def test_file_without_data_is_shown_at_its_beginning(text: str) -> None:
    document = read_document("a.yaml", text.encode())
    assert document.span(Place("a.yaml", ("title",), at_key=True)) == Span(1, 1, 1, 1)


def test_spans_of_a_field_given_twice_are_those_of_the_first() -> None:
    document = read_document("a.yaml", b"a: {x: 1}\nb: 2\na: {x: 3, y: 4}\n")
    assert document.data == {"a": {"x": "1"}, "b": "2"}
    assert document.span(Place("a.yaml", ("a", "x"))) == Span(1, 8, 1, 9)
    assert document.span(Place("a.yaml", ("a", "y"))) == Span(1, 1, 1, 2)


def test_what_cannot_be_read_leaves_other_spans_alone() -> None:
    document = read_document("a.yaml", b"? [0, x]\n: {x: 1}\nx: 2\n")
    assert document.data == {"x": "2"}
    assert document._spans == {("x",): (Span(3, 1, 3, 2), Span(3, 4, 3, 5))}
