"""Two institutions with the faults that published papers really have: each is found at its line, and nothing else is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases import TESTS, read_base
from orgdocs.problems import Problem
from orgdocs.project import open_project
from orgdocs.reporting.text import report_text
from orgdocs.sources import Source

EXPECTED = TESTS / "bases" / "faulty.expected"
FILES = read_base("faulty")

REGULATION = "org/department/organisation.yaml"
AGENCY = "org/agency/organisation.yaml"
MANAGER = "positions/agency/manager.yaml"
HEAD = "positions/agency/child-benefits/head-of-child-benefits.yaml"
CHIEF = "positions/agency/child-benefits/chief-specialist.yaml"

FAULTS = [
    pytest.param(REGULATION, "- піклується про додаткові гарантії", 2, "OD509", id="a guarantee listed twice within a power"),
    pytest.param(REGULATION, "{id: pensions,", 1, "OD511", id="a power that says the same as a task, not linked"),
    pytest.param(REGULATION, "Директор Департаменту і перший заступник", 1, "OD810", id="a first deputy whom nothing creates"),
    pytest.param(REGULATION, "- Штатний розпис і положення", 1, "OD906", id="who approves the staffing table"),
    pytest.param(REGULATION, "- У межах видатків", 1, "OD906", id="who approves the staffing table, again"),
    pytest.param(AGENCY, "- Штатное расписание утверждает", 1, "OD906", id="who approves the staffing table, otherwise than the matrix"),
    pytest.param(REGULATION, "{paper: staffing-table,", 2, "OD904", id="a second approver of the staffing table in the matrix"),
    pytest.param(REGULATION, "33) готує", 1, "OD806", id="a number with a bracket"),
    pytest.param(MANAGER, "2.4. распоряжается", 1, "OD806", id="a number of two levels"),
    pytest.param(HEAD, "10. запрашивает", 1, "OD806", id="the number before a missing one"),
    pytest.param(HEAD, "12. предлагает", 1, "OD806", id="the number after a missing one"),
    pytest.param(CHIEF, "П. Готовит", 1, "OD806", id="a letter that was a number"),
    pytest.param(CHIEF, "13.проверяет", 1, "OD806", id="a number without a space"),
    pytest.param(REGULATION, "зразка № ____", 1, "OD805", id="a line to fill in"),
    pytest.param(CHIEF, "установленного в ____", 1, "OD805", id="a long line to fill in"),
    pytest.param(MANAGER, "[должность, фамилия]", 1, "OD805", id="a name in brackets to fill in"),
    pytest.param(MANAGER, "[иные обязанности]", 1, "OD805", id="a whole duty in brackets to fill in"),
    pytest.param(CHIEF, "- text: следит за тем", 1, "OD510", id="nearly the same duty of a head and a chief specialist"),
    pytest.param(REGULATION, "{id: register,", 1, "OD808", id="an abbreviation used before it is defined"),
    pytest.param(REGULATION, "на прохання департаменту", 1, "OD809", id="a defined term without its capital letter"),
    pytest.param(REGULATION, "зауваження до проектів", 1, "OD820", id="two spellings of a word"),
]


@pytest.fixture(scope="module")
def problems() -> list[Problem]:
    return list(open_project(Source(Path("/registry"), FILES)).problems)


@pytest.mark.parametrize(("path", "words", "time", "code"), FAULTS)
def test_a_fault_is_found_at_its_line(problems: list[Problem], path: str, words: str, time: int, code: str) -> None:
    lines = [number for number, line in enumerate(FILES[path].decode().splitlines(), 1) if words in line]
    assert (path, lines[time - 1], code) in {(problem.path, problem.span.line, problem.code) for problem in problems if problem.span}


def test_every_problem_is_one_of_these_faults(problems: list[Problem]) -> None:
    assert len(problems) == len(FAULTS)


def test_the_whole_report(*, accept: bool) -> None:
    project = open_project(Source(Path("/registry"), FILES))
    report = report_text(project.problems, project.texts) + "\n"
    if accept:
        EXPECTED.write_text(report, encoding="utf-8")
    assert report == EXPECTED.read_text(encoding="utf-8")
