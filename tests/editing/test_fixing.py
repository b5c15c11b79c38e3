"""What --fix changes in files: whole diffs, and that everything else stays byte by byte."""

from __future__ import annotations

import difflib
from dataclasses import replace
from pathlib import Path

import pytest

from cases import list_cases, read_base, read_case
from orgdocs.editing import fix
from orgdocs.project import Project, open_project
from orgdocs.sources import Source

CASES = Path(__file__).parent / "cases"
DIRECTOR = "positions/office/director.yaml"


def _open(**changes: bytes) -> Project:
    return open_project(Source(Path("/registry"), read_base("ua-small") | changes))


def _fix_director(text: bytes) -> bytes | None:
    """What becomes of the director's file when this stands below it."""
    content = read_base("ua-small")[DIRECTOR] + text
    return fix(_open(**{DIRECTOR: content})).get(DIRECTOR)


@pytest.mark.parametrize("path", list_cases(CASES), ids=lambda path: path.stem)
def test_case(path: Path, *, accept: bool) -> None:
    case = read_case(path)
    fixed = fix(open_project(case.source))
    diffs = []
    for name, content in fixed.items():
        before, after = (text.decode().splitlines() for text in (case.files[name], content))
        diffs += [line for line in difflib.unified_diff(before, after, name, name, n=0, lineterm="") if not line.startswith("@@")]
    case.check("\n".join(diffs), accept=accept)


@pytest.mark.parametrize("path", list_cases(CASES), ids=lambda path: path.stem)
def test_nothing_is_left_to_mend_afterwards(path: Path) -> None:
    source = read_case(path).source
    mended = replace(source, files=source.files | fix(open_project(source)))
    assert fix(open_project(mended)) == {}


def test_a_sound_registry_stays_as_it_is() -> None:
    assert fix(_open()) == {}


def test_byte_order_mark_and_line_ends_stay() -> None:
    content = b"\xef\xbb\xbf" + read_base("ua-small")[DIRECTOR].replace(b"\n", b"\r\n")
    added = "must_know:\r\n  - |\r\n    порядок  роботи\r\n    у дві  зміни\n  - 1) правила\r\n".encode()
    mended = "must_know:\r\n  - |\r\n    порядок роботи\r\n    у дві зміни\n  - правила\r\n".encode()
    assert fix(_open(**{DIRECTOR: content + added})) == {DIRECTOR: content + mended}


def test_a_file_with_a_fault_in_its_yaml_is_not_touched() -> None:
    assert _fix_director("must_know: [порядок  роботи]\ntitle: ще одна\n".encode()) is None


def test_a_file_with_a_fault_by_its_schema_is_mended() -> None:
    mended = _fix_director("must_know: [порядок  роботи]\ntitel: ще одна\n".encode())
    assert mended is not None
    assert mended.endswith("must_know: [порядок роботи]\ntitel: ще одна\n".encode())


@pytest.mark.parametrize(
    "text",
    [
        "must_know:\n  - порядок  роботи  # orgdocs: ignore[OD814] так на вивісці\n",
        "must_know:\n  - 1) [правила]\n",  # without the number it would be a list
        'must_know:\n  - "1) порядок: \\\n    роботи"\nrights:\n  - 1) {a}\n',
        'must_know: ["порядок роботи\n      "]\n',  # the space belongs to a line end
    ],
    ids=["ignored", "list", "map", "line-end"],
)
def test_what_is_not_safe_is_left_alone(text: str) -> None:
    assert _fix_director(text.encode()) is None


def test_rules_that_are_switched_off_mend_nothing() -> None:
    files = {
        "org/registry.yaml": b"format: 1\nrules: {ignore: [OD814]}\n",
        DIRECTOR: read_base("ua-small")[DIRECTOR] + "must_know: [порядок  роботи, 1) правила]\n".encode(),
    }
    expected = read_base("ua-small")[DIRECTOR] + "must_know: [порядок  роботи, правила]\n".encode()
    assert fix(_open(**files)) == {DIRECTOR: expected}
