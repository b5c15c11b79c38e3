"""Files of each kind, and all that their schema has to say: one YAML file and one text with the whole report.

``cases/KIND/NAME.yaml`` is the file. ``NAME.txt`` holds its faults, one a line, as
``line:column-endline:endcolumn rule: sentence | hint``, and what is left of its data; or the word sound.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orgdocs.documents import Data, read_document
from orgdocs.schemas import check_document

CASES = Path(__file__).parent / "cases"
FILES = sorted(CASES.rglob("*.yaml"))


def report(kind: str, content: bytes) -> str:
    """The faults of a file, those of reading first, and the data that remains."""
    document = read_document("case.yaml", content)
    faults, rest = check_document(kind, document)
    lines = []
    for fault in (*document.faults, *faults):
        span = document.span(fault.finding.place)
        hint = "" if fault.finding.hint is None else f" | {fault.finding.hint}"
        lines.append(f"{span.line}:{span.column}-{span.end_line}:{span.end_column} {fault.rule}: {fault.finding.sentence}{hint}")
    if not lines:
        assert rest == document.data
        return "sound\n"
    # The order in which a validator walks is its own affair; reports are sorted by place later.
    lines.sort(key=lambda line: [int(number) for number in line.split("-")[0].split(":")])
    return "\n".join([*lines, f"left: {json.dumps(shorten(rest), ensure_ascii=False)}"]) + "\n"


def shorten(data: Data) -> Data:
    """The data with long texts cut."""
    if isinstance(data, dict):
        return {key: shorten(value) for key, value in data.items()}
    if isinstance(data, list):
        return [shorten(value) for value in data]
    return data[:80] if isinstance(data, str) else data


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_case(path: Path, *, accept: bool) -> None:
    actual = report(path.parent.name, path.read_bytes())
    expected = path.with_suffix(".txt")
    if accept:
        expected.write_text(actual, encoding="utf-8", newline="\n")
        return
    assert actual == expected.read_text(encoding="utf-8")


def test_every_expectation_belongs_to_a_file() -> None:
    assert {path.with_suffix(".yaml") for path in CASES.rglob("*.txt")} == set(FILES)


@pytest.mark.parametrize("path", [path for path in FILES if path.stem == "sound"], ids=lambda path: path.parent.name)
def test_sound_file_is_sound(path: Path) -> None:
    assert report(path.parent.name, path.read_bytes()) == "sound\n"
