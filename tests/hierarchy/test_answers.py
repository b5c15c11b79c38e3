"""What a hierarchy answers about whole institutions, whatever the order in which their files come."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from cases import list_cases, read_case
from hierarchy.answers import render_answers
from orgdocs.project import open_project
from orgdocs.sources import Source

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("path", list_cases(CASES), ids=lambda path: path.stem)
def test_case(path: Path, *, accept: bool) -> None:
    case = read_case(path)
    case.check(render_answers(open_project(case.source).hierarchies["office"]), accept=accept)


@pytest.mark.parametrize("path", list_cases(CASES), ids=lambda path: path.stem)
@pytest.mark.parametrize("seed", range(5))
def test_order_of_files_does_not_matter(path: Path, seed: int) -> None:
    case = read_case(path)
    files = list(case.files.items())
    random.Random(seed).shuffle(files)  # noqa: S311  (no secret)
    hierarchy = open_project(Source(Path("/registry"), dict(files))).hierarchies["office"]
    assert render_answers(hierarchy) == case.expected
