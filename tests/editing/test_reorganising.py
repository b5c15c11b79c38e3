"""Another id for anything in a registry changes no finding of ``check`` and no word of a paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from orgdocs.editing.reorganising import WHATS, look_ahead, rename
from orgdocs.editing.symbols import Symbol
from orgdocs.project import Project, open_project
from orgdocs.sources import read_work_tree

EXAMPLE = read_work_tree(Path(__file__).parents[2] / "docs" / "example")


def _things() -> list[tuple[str, str, str]]:
    found = []
    for organisation, institution in open_project(EXAMPLE).registry.institutions.items():
        tables = (institution.positions, institution.units, institution.bodies, institution.acts, institution.clause_sets)
        found += [(organisation, what, key) for what, table in zip(WHATS, tables, strict=True) for key in table]
    return found


@pytest.fixture(scope="module")
def example() -> Project:
    return open_project(EXAMPLE)


@pytest.mark.parametrize(("organisation", "what", "old"), _things())
def test_another_id_changes_no_paper(example: Project, organisation: str, what: str, old: str) -> None:
    plan = rename(example, Symbol(organisation, WHATS[what], old), "entirely-new")
    assert look_ahead(example, plan).problems == ()
    kept = {path: content for path, content in EXAMPLE.files.items() if path not in plan.moved.values()}
    after = open_project(replace(EXAMPLE, files=dict(sorted({**kept, **plan.changed}.items()))))
    assert [str(problem.sentence) for problem in after.problems] == [str(problem.sentence) for problem in example.problems]
    words = {paper: repr(content.body).replace(old, "entirely-new") for paper, content in example.contents.items()}
    assert {
        paper._replace(subject=old if paper.subject == "entirely-new" else paper.subject): repr(content.body).replace(old, "entirely-new")
        for paper, content in after.contents.items()
    } == words
