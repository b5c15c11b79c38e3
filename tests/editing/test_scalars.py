"""Texts in all the styles of YAML, aligned with their sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgdocs.documents import Document, read_document
from orgdocs.editing.scalars import align
from orgdocs.problems import Place

ROOT = Path(__file__).parents[2]

STYLES = {
    "plain": "порядок роботи",
    "plain over lines": "порядок\n    роботи\n\n    і обліку",
    "single": "'обов''язки і ''права'''",
    "single over lines": "'обов''язки\n    і\n\n\n    права '",
    "double": r'"a \"b\" \\ \x41\u0456\U0001F319\t\/\_ "',
    "double over lines": '"порядок  \n    роботи\\\n    тут \\\n    \\  і там"',
    "literal": "|\n    порядок\n\n      роботи  \n    тут",
    "literal without end": "|-\n    порядок\n    роботи",
    "literal with all ends": "|+  # так треба\n    порядок\n\n",
    "folded": ">-\n    порядок\n    роботи\n\n    тут\n\n\n    і там",
    "folded after an empty line": ">\n\n    порядок\n    роботи",
}


def _align(document: Document, route: tuple[str | int, ...]) -> tuple[str | None, str]:
    """The text as aligned and as read; each character that stands for itself must be the one in the file."""
    value: object = document.data
    for key in route:
        value = value[key]  # type: ignore[index]
    span = document.span(Place(document.path, route))
    lines = document.text.split("\n")
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line) + 1)
    source = document.text[offsets[span.line - 1] + span.column - 1 : offsets[span.end_line - 1] + span.end_column - 1]
    letters = align(source)
    assert isinstance(value, str)
    if letters is None:
        return None, value
    assert all(letter.start <= letter.end <= len(source) for letter in letters)
    for letter in letters:
        stretch = source[letter.start : letter.end]
        assert stretch == letter.character or "\n" in stretch or stretch[:1] in {"", "\\"} or stretch == "''"
    return "".join(letter.character for letter in letters), value


@pytest.mark.parametrize("style", STYLES)
def test_every_style(style: str) -> None:
    aligned, value = _align(read_document("a.yaml", f"a:\n  - {STYLES[style]}\n".encode()), ("a", 0))
    assert aligned == value


@pytest.mark.parametrize(
    "source", ["|2\n     порядок\n    роботи", ">-\n    порядок\n      роботи\n    тут"], ids=["indentation given", "indented further"]
)
def test_what_cannot_be_followed_is_not_guessed(source: str) -> None:
    assert _align(read_document("a.yaml", f"a:\n  - {source}\n".encode()), ("a", 0))[0] is None


def _routes(data: object, route: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(data, dict):
        return [found for key, value in data.items() for found in _routes(value, (*route, key))]
    if isinstance(data, list):
        return [found for key, value in enumerate(data) for found in _routes(value, (*route, key))]
    return [route] if data is not None else []


def test_every_text_of_the_reference_organisations_is_found_in_its_file() -> None:
    wrong = []
    for path in sorted([*(ROOT / "org" / "zhytomyr").rglob("*.yaml"), *(ROOT / "org" / "izhevsk").rglob("*.yaml")]):
        document = read_document(path.name, path.read_bytes())
        for route in _routes(document.data):
            aligned, value = _align(document, route)
            if aligned != value:
                wrong.append((path.name, route))
    assert wrong == []
