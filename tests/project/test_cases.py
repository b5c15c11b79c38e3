"""Whole reports on registries with many faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases import list_cases, read_case
from orgdocs.project import open_project
from orgdocs.reporting.text import report_text

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("path", list_cases(CASES), ids=lambda path: path.stem)
def test_case(path: Path, *, accept: bool) -> None:
    case = read_case(path)
    project = open_project(case.source)
    case.check(report_text(project.problems, project.texts), accept=accept)
