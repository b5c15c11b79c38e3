"""Every rule has cases that break it and cases that do not, each with the whole report."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cases import list_cases, read_case
from orgdocs.project import open_project
from orgdocs.reporting.text import report_text
from orgdocs.rules import RULES, Rule, ledger

CASES = Path(__file__).parent / "cases"
_CODE = re.compile(r"^\S.*: (?:error|warning) (OD[0-9]{3}) ", re.MULTILINE)


@pytest.mark.parametrize("path", list_cases(CASES), ids=lambda path: path.stem)
def test_case(path: Path, *, accept: bool) -> None:
    case = read_case(path)
    project = open_project(case.source)
    case.check(report_text(project.problems, project.texts), accept=accept)


@pytest.mark.parametrize("path", sorted(CASES.glob("OD*-fail*.case")), ids=lambda path: path.stem)
def test_a_mistake_breaks_one_rule(path: Path) -> None:
    assert set(_CODE.findall(read_case(path).expected)) == {path.stem[:5]}


# Records of approvals are not looked at by opening a registry: tests/approvals has their cases.
@pytest.mark.parametrize("rule", [rule for rule in RULES if rule not in ledger.RULES], ids=lambda rule: rule.code)
def test_every_rule_has_a_failing_and_a_passing_case(rule: Rule) -> None:
    assert list(CASES.glob(f"{rule.code}-fail*.case")), f"there is no case in which {rule.code} finds something"
    passing = [path for path in CASES.glob(f"{rule.code}-pass*.case") if rule.code not in _CODE.findall(read_case(path).expected)]
    assert passing, f"there is no case in which {rule.code} finds nothing"
