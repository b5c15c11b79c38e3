"""What is known stays known when lines move; what is new, or happens once more, is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgdocs.baselines import BaselineError, count_problems, new_problems, parse_baseline, read_baseline, write_baseline
from orgdocs.project import Project, open_project
from orgdocs.sources import Source

SMALL = Path(__file__).parents[1] / "bases" / "small"
DEPUTY = "positions/office/deputy.yaml"


def _open(change: dict[str, str]) -> Project:
    files = {path.relative_to(SMALL).as_posix(): path.read_bytes() for path in SMALL.rglob("*.yaml")}
    files |= {path: text.encode() for path, text in change.items()}
    return open_project(Source(SMALL, dict(sorted(files.items()))), select=("OD3",))


def _deputy(*lines: str) -> str:
    return "\n".join(("title: Deputy Director", *lines, "duties: [helps]", ""))


def _told(project: Project, known: str) -> list[tuple[str, int]]:
    return [(problem.code, problem.span.line) for problem in new_problems(project.problems, project.texts, parse_baseline(known))]


def test_moved_lines_are_known() -> None:
    before = _open({DEPUTY: _deputy("reports_to: directr")})
    known = write_baseline(before.problems, before.texts)
    assert _told(before, known) == []
    assert _told(_open({DEPUTY: _deputy("# a comment", "category: manager", "reports_to:   directr")}), known) == []


def test_a_new_one_is_told_and_an_old_one_is_not() -> None:
    before = _open({DEPUTY: _deputy("reports_to: directr")})
    known = write_baseline(before.problems, before.texts)
    after = _open({DEPUTY: _deputy("reports_to: directr", "substituted_by: [nobody]")})
    assert _told(after, known) == [("OD301", 3)]


def test_the_same_once_more_is_new() -> None:
    before = _open({DEPUTY: _deputy("reports_to: director", "substituted_by:", "  - nobody")})
    known = write_baseline(before.problems, before.texts)
    after = _open({DEPUTY: _deputy("reports_to: director", "substituted_by:", "  - nobody", "  - nobody")})
    assert _told(after, known) == [("OD301", 5)]


def test_a_baseline_is_readable_and_sorted() -> None:
    project = _open({DEPUTY: _deputy("reports_to: directr")})
    text = write_baseline(project.problems, project.texts)
    fingerprint = next(iter(count_problems(project.problems, project.texts)))
    assert text == f'{{\n  "format": 1,\n  "problems": [\n    "positions/office/deputy.yaml OD301 {fingerprint}"\n  ]\n}}\n'


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 9, "problems": []}', "\xff"])
def test_what_is_no_baseline_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "known.json"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(BaselineError, match="no baseline"):
        read_baseline(path)
    with pytest.raises(BaselineError, match="cannot be read"):
        read_baseline(tmp_path / "missing.json")
