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

CASES = list_cases(Path(__file__).parent / "understanding" / "cases")
UNREADABLE = ("OD1", "OD2")
"""Codes of errors that would mean that import writes files which orgdocs does not understand."""


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_word_is_found_again(path: Path) -> None:
    manuscript = write_manuscript(read_case(path).files["source"].decode())
    outcome = take_over([Reading(manuscript, tuple(understand(manuscript)))], Wishes(organisation="sample"), Path("/registry"), None)
    errors = [problem for problem in outcome.proven.problems if problem.severity is Severity.ERROR]
    assert [f"{problem.path}: {problem.sentence}" for problem in errors if problem.code.startswith(UNREADABLE)] == []
    for proof in outcome.proven.proofs:
        assert proof.reason is None
        assert proof.coverage is not None
        assert [(one.spot.block, one.words, one.found) for one in proof.coverage.differences if not one.is_moved] == []
