"""Workbooks that were exported, edited and taken back: every change in the files, and everything that is told."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cases import Case, list_cases, read_case
from importing.returning.editing import edit_workbook
from orgdocs.editing.reorganising import look_ahead
from orgdocs.exporting.sheets import lay_out_sheets
from orgdocs.exporting.workbooks import write_registry_workbook
from orgdocs.importing.reading import read_manuscript
from orgdocs.importing.returning.applying import plan_return
from orgdocs.importing.returning.comparing import compare_workbook
from orgdocs.importing.returning.lines import ForeignError, is_returned
from orgdocs.project import open_project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgdocs.project import Project

CASES = list_cases(Path(__file__).parent / "cases")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, *, accept: bool) -> None:
    case = read_case(path)
    edits = case.files.pop("edits").decode()
    project = open_project(case.source)
    exported = write_registry_workbook(lay_out_sheets(project, next(iter(project.registry.institutions))), {})
    manuscript = read_manuscript(edit_workbook(exported, edits), "sheets.xlsx")
    assert is_returned(manuscript)
    case.check("\n".join(_take_back(manuscript, _later(case) or project, remove="delete" in edits)), accept=accept)


def _later(case: Case) -> Project | None:
    if case.later is None:
        return None
    case.later.files.pop("edits", None)
    return open_project(case.later.source)


def _take_back(manuscript: object, project: Project, *, remove: bool) -> Iterator[str]:
    try:
        organisation, returned = compare_workbook(manuscript, project)  # type: ignore[arg-type]
    except ForeignError as error:
        yield f"refused: {error.sentence}"
        return
    plan = plan_return(project, organisation, returned, remove=remove)
    for path, content in sorted(plan.changed.items()):
        old = project.source.files.get(path, b"").decode().splitlines()
        yield from difflib.unified_diff(old, content.decode().splitlines(), path, path, n=1, lineterm="")
    yield from (f"removed: {path}" for path in plan.removed)
    yield from (f"note: {note}" for note in plan.notes)
    yield from (f"afterwards: {problem.code} {problem.sentence}" for problem in look_ahead(project, plan).problems)
    if not plan.changed and not plan.removed:
        yield "no file changes"
