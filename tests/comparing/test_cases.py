"""What changes between two versions of a registry, as it is told at the terminal: a table of pairs.

A case that sets ``messages`` is told in that language.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from cases import list_cases, read_case
from orgdocs.cli.options import speak
from orgdocs.comparing import compare
from orgdocs.messages import load_patterns
from orgdocs.project import open_project
from orgdocs.reporting.changes import Telling
from orgdocs.reporting.changes_text import report_changes

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("path", list_cases(CASES), ids=lambda path: path.stem)
def test_case(path: Path, *, accept: bool) -> None:
    case = read_case(path)
    assert case.later is not None
    comparison = compare(open_project(case.source), open_project(case.later.source))
    language = speak(case.later.source)
    telling = Telling(load_patterns(language), language)
    notes = [telling.say(note) for note in comparison.notes]
    case.check("\n".join([report_changes(comparison, telling), *notes]), accept=accept)
