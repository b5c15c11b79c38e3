"""Files as they lie on disk, byte for byte, and all that the reader says of each.

``NAME.yaml`` is the file. ``NAME.txt`` is its data as JSON, or its faults, one a line:
``line:column-endline:endcolumn rule: sentence | hint``. Where the parser written in Python, which stands in for libyaml,
refuses a file at another place or in other words, ``NAME.python.txt`` says how.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orgdocs.documents import Document, read_document
from orgdocs.problems import Span

CASES = Path(__file__).parent / "cases"
FILES = sorted(CASES.glob("*.yaml"))


def report(document: Document) -> str:
    """Everything that was read, or everything that is wrong."""
    if not document.faults:
        return json.dumps(document.data, ensure_ascii=False, indent=2) + "\n"
    lines = []
    for fault in document.faults:
        finding = fault.finding
        hint = "" if finding.hint is None else f" | {finding.hint}"
        lines.append(f"{show(document.span(finding.place))} {fault.rule}: {finding.sentence}{hint}")
        lines += [f"    note {show(document.span(note.place))}: {note.sentence}" for note in finding.notes]
    return "\n".join(lines) + "\n"


def show(span: Span) -> str:
    """A span in short."""
    return f"{span.line}:{span.column}-{span.end_line}:{span.end_column}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_case(path: Path, parser: str, *, accept: bool) -> None:
    actual = report(read_document("case.yaml", path.read_bytes()))
    expected = path.with_suffix(".txt")
    own = path.with_suffix(f".{parser}.txt")
    if accept:
        if parser == "libyaml":
            expected.write_text(actual, encoding="utf-8", newline="\n")
        elif actual != expected.read_text(encoding="utf-8"):
            own.write_text(actual, encoding="utf-8", newline="\n")
        else:
            own.unlink(missing_ok=True)
        return
    assert actual == (own if own.exists() else expected).read_text(encoding="utf-8")


def test_every_expectation_belongs_to_a_file() -> None:
    names = {path.stem for path in FILES}
    assert {path.name.partition(".")[0] for path in CASES.glob("*.txt")} == names
    assert names, "there are no cases"
