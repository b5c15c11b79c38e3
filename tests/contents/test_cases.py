"""Whole papers as text: a case names its papers in lines ``=== paper id``, and what they must say."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases import list_cases, read_case
from contents.rendition import render_text
from orgdocs.problems import Severity
from orgdocs.project import open_project
from orgdocs.reporting.text import report_text

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("path", list_cases(CASES), ids=lambda path: path.stem)
def test_case(path: Path, *, accept: bool) -> None:
    case = read_case(path)
    wanted = [name.removeprefix("paper ") for name in case.files if name.startswith("paper ")]
    for name in wanted:
        del case.files[f"paper {name}"]
    project = open_project(case.source)
    errors = [problem for problem in project.problems if problem.severity is Severity.ERROR]
    problems = report_text(errors, project.texts)
    papers = [render_text(content) for name in wanted for paper, content in project.contents.items() if str(paper) == name]
    case.check("\n\n".join([*papers, problems]).strip("\n"), accept=accept)
