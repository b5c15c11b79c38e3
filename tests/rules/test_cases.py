"""Every rule has cases that break it and cases that do not, each with the whole report."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases import list_cases, read_case
from orgdocs.project import open_project
from orgdocs.reporting.text import report_text
from orgdocs.rules import RULES

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("path", list_cases(CASES), ids=lambda path: path.stem)
def test_case(path: Path, *, accept: bool) -> None:
    case = read_case(path)
    project = open_project(case.source)
    case.check(report_text(project.problems, project.texts), accept=accept)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_a_failing_and_a_passing_case(rule: object) -> None:
    code = rule.code  # type: ignore[attr-defined]
    failing = [path for path in CASES.glob(f"{code}-fail*.case") if f" {code} " in read_case(path).expected]
    passing = [path for path in CASES.glob(f"{code}-pass*.case") if f" {code} " not in read_case(path).expected]
    assert failing, f"there is no case in which {code} finds something"
    assert passing, f"there is no case in which {code} finds nothing"
