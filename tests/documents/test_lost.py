"""Which values count as lost: each has its fault already, so nobody else complains of it."""

from __future__ import annotations

import pytest

from orgdocs.documents import read_document
from orgdocs.problems import Route


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("a: b\n", set()),
        ("a: *b\n", {("a",)}),
        ("a: [b, *c]\n", {("a", 1)}),
        ("a: {{ b }}\n", {("a",)}),
        ("{{ b }}\n", {()}),
        ("a: {<<: *b}\n", {("a", "<<")}),
        ("<<: *b\n", {("<<",)}),
        ("? [a]\n: b\n", {("",)}),
        ("*a : b\n", {("",)}),
        ("a:\n\u00a0b: c\n", {("\u00a0b",), ("a",)}),
        ('a: "x\\0"\n', {("a",)}),
        ('"a\\0": x\n', {("a\0",)}),
        (f"a: {'x' * 100_001}\n", {("a",)}),
        ("a: !x\n", {("a",)}),
        ("a: !x b\n", set()),
        ("a: &x [b]\n", set()),
        # What is known of the value stays known.
        ("a: b #c\n", set()),
        ("a: #c\n", {("a",)}),
        ("a: b\na: *c\n", set()),
    ],
)
def test_lost(text: str, lost: set[Route], parser: str) -> None:
    assert parser
    document = read_document("a.yaml", text.encode())
    assert document.lost == lost
    assert bool(document.faults) is (text != "a: b\n")
