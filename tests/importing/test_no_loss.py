"""The proof over old papers of several countries and styles: each is taken over, built as a Word file, read again and compared.

The papers are those of the cases about understanding.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from cases import list_cases, read_case
from importing.understanding.manuscripts import write_manuscript
from orgdocs.importing.filing import Wishes
from orgdocs.importing.taking import Reading, take_over
from orgdocs.importing.understanding import understand
from orgdocs.problems import Severity
from orgdocs.project import open_project
from orgdocs.sources import Source

CASES = list_cases(Path(__file__).parent / "understanding" / "cases")
UNREADABLE = ("OD1", "OD2")
"""Codes of errors that would mean that import writes files which orgdocs does not understand."""


def read(path: Path) -> Reading:
    """The paper of a case, understood."""
    manuscript = write_manuscript(read_case(path).files["source"].decode())
    return Reading(manuscript, tuple(understand(manuscript)))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_same_paper_again_changes_nothing(path: Path) -> None:
    reading, root = read(path), Path("/registry")
    first = take_over([reading], Wishes(organisation="sample"), root, None)
    project = open_project(Source(root, dict(sorted(first.filing.files.items()))))
    again = take_over([reading], Wishes(organisation="sample"), root, project, update=True)
    assert (again.filing.files, again.filing.extended) == ({}, {})
    assert [(update.path, update.changes, update.conflicts) for update in again.updates if update.changes or update.conflicts] == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_word_is_found_again(path: Path) -> None:
    outcome = take_over([read(path)], Wishes(organisation="sample"), Path("/registry"), None)
    errors = [problem for problem in outcome.proven.problems if problem.severity is Severity.ERROR]
    assert [f"{problem.path}: {problem.sentence}" for problem in errors if problem.code.startswith(UNREADABLE)] == []
    for proof in outcome.proven.proofs:
        assert proof.reason is None
        assert proof.coverage is not None
        assert [(one.spot.block, one.words, one.found) for one in proof.coverage.differences if not one.is_moved] == []
