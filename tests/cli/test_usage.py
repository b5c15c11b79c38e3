"""Wrong usage: exit code 2, nothing done, and the wrong word named. The sentences around it are those of click."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases import read_base
from orgdocs.cli import run
from orgdocs.cli.new import UNIT_KINDS
from orgdocs.schemas import load_schema

WRONG = (
    ("frobnicate", "frobnicate"),
    ("check --formt json", "--formt"),
    ("check --format xml", "xml"),
    ("check --root no-such-folder", "no-such-folder"),
    ("build --jobs 0", "--jobs"),
    ("build --kind minutes", "minutes"),
    ("build --language xx", "xx"),
    ("build --output org/registry.yaml", "org/registry.yaml"),
    ("tree one two", "two"),
    ("template ru letter", "letter"),
    ("template xx structure", "xx"),
    ("completion basic", "basic"),
    ("init", "DIR"),
    ("init there --profile fr", "fr"),
    ("new position", "ID"),
    ("new position clerk --titel b", "--titel"),
    ("new unit cars --kind ministry", "ministry"),
)


@pytest.mark.parametrize(("line", "word"), WRONG)
def test_wrong_usage(line: str, word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    files = read_base("small")
    for path, content in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    assert run(line.split()) == 2
    output, errors = capsys.readouterr()
    assert output == ""
    assert word in errors
    assert "Traceback" not in errors
    assert {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == files


@pytest.mark.parametrize("width", ["80", "200"])
@pytest.mark.parametrize(
    "command", ["", "init", "new", "new position", "new unit", "check", "build", "tree", "rule", "template", "completion"]
)
def test_help_fits(command: str, width: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", width)
    assert run([*command.split(), "--help"]) == 0
    output = capsys.readouterr().out
    widest = max(len(line) for line in output.splitlines())
    assert output.startswith("Usage: orgdocs")
    assert widest <= min(int(width), 100)


def test_the_kinds_of_units_are_those_of_the_schema() -> None:
    assert list(UNIT_KINDS) == load_schema("unit")["$defs"]["unit_kind"]["enum"]


def test_a_folder_that_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    assert run(["check"]) == 2
    assert capsys.readouterr().err == "Error: the folder that you are in is no longer there\n"
