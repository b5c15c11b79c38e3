"""The guide to wordings names every value, filter and test that there is, with its kind, and its examples work."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from docs.guide import DOCS, ROOT, read_blocks, read_table, section
from orgdocs.contents import familiarisation, job_description, regulation, staffing_table, structure
from orgdocs.contents.composing import Composer
from orgdocs.contents.content import RECORDS
from orgdocs.contents.planning import plan_papers
from orgdocs.contents.view import Sight
from orgdocs.contents.wording import _environment
from orgdocs.model import Organisation, Paper, Position, Unit
from orgdocs.profiles import load_profile
from orgdocs.project import open_project
from orgdocs.rendering.papers import texts_of
from orgdocs.sources import read_work_tree

GUIDE = (DOCS / "wording.md").read_text("utf-8")
EXAMPLE = DOCS / "example"
HEADINGS = {
    "job-description": "## Names in a job description",
    "regulation": "## Names in a regulation",
    "staffing-table": "## Names in a staffing table",
    "structure": "## Names in a structure sheet",
    "familiarisation-sheet": "## Names in the papers around the papers",
    "familiarisation-journal": "## Names in the papers around the papers",
    "review-list": "## Names in the papers around the papers",
}
EVERYWHERE = "## Names in every paper"


@cache
def views() -> dict[str, dict[str, set[str]]]:
    """The names of all views over the reference registry and the example, with the kinds of their values."""
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for root in (ROOT, EXAMPLE):
        for hierarchy in open_project(read_work_tree(root)).hierarchies.values():
            organisation = hierarchy.institution.organisation
            composer = Composer(Sight(hierarchy, load_profile(organisation.profile), organisation.language))
            for paper, subject in plan_papers(hierarchy):
                common = composer._common(Paper(), composer.sight.approval(paper.kind, subject))
                for heading, view in ((EVERYWHERE, common), (HEADINGS[paper.kind], own_view(composer, paper.kind, subject))):
                    for name, value in view.items():
                        if not name.endswith("_"):  # what the filters need for themselves
                            found[heading][name] |= set(kinds(value))
    return found


def own_view(composer: Composer, kind: str, subject: Unit | Position) -> dict[str, Any]:
    """The view that a kind of paper makes of its subject."""
    if kind in RECORDS:
        return familiarisation.about(composer, subject)
    if isinstance(subject, Position):
        return job_description.view(composer.sight, subject)
    if kind == "regulation":
        return regulation.view(composer.sight, subject)
    if kind == "staffing-table":
        return staffing_table._Writing(composer, subject)._view()
    assert isinstance(subject, Organisation)
    return structure._view(composer, subject)


def kinds(value: Any) -> Iterator[str]:
    """The kind of a value in the words of the guide; nothing for an empty list or no value."""
    if isinstance(value, bool):
        yield "yes or no"
    elif isinstance(value, int):
        yield "number"
    elif isinstance(value, str):
        yield "text"
    elif isinstance(value, dict):
        yield "name" if "nominative" in value else "fields"
    elif isinstance(value, list) and value:
        first = value[0]
        if isinstance(first, str):
            yield "texts"
        elif "nominative" in first:
            yield "names"
        else:
            yield "clauses" if {"text", "items"} <= set(first) else "entries"


@pytest.mark.parametrize("heading", [EVERYWHERE, *dict.fromkeys(HEADINGS.values())])
def test_every_name_is_described_and_nothing_else(heading: str) -> None:
    told = {row[0].strip("`"): row[1] for row in read_table(section(GUIDE, heading))}
    there = views()[heading]
    everywhere = {row[0].strip("`") for row in read_table(section(GUIDE, EVERYWHERE))}
    if heading == EVERYWHERE:
        assert told.pop("acquaintance_places") == "number"  # each kind of paper gives it itself
        assert set(told) == set(there)
    else:
        assert set(told) == set(there) - everywhere
    for name, kind in told.items():
        assert there[name] <= {kind}, name


def test_every_filter_is_described() -> None:
    told = [row[0].strip("`") for row in read_table(section(GUIDE, "## Filters and tests"))]
    assert sorted(told) == sorted(_environment().filters)


def test_every_test_is_described() -> None:
    text = section(GUIDE, "## Filters and tests")
    assert [name for name in _environment().tests if f"`{name}`" not in text] == []


def examples() -> list[tuple[str, str]]:
    """The examples: a whole wording.yaml, and the paragraph that must come out of it, if one is shown."""
    blocks = read_blocks(section(GUIDE, "## Examples"))
    following = [*blocks[1:], None]
    return [
        (block.text, after.text.strip() if after and after.language == "text" else "")
        for block, after in zip(blocks, following, strict=True)
        if block.language == "yaml"
    ]


@pytest.mark.parametrize(("wording", "shown"), examples())
def test_the_examples_work(wording: str, shown: str, tmp_path: Path) -> None:
    root = tmp_path / "registry"
    shutil.copytree(EXAMPLE, root)
    (root / "org/library/wording.yaml").write_text(wording, encoding="utf-8")
    project = open_project(read_work_tree(root))
    assert [str(problem.sentence) for problem in project.problems] == []
    plain = {content.digest for content in open_project(read_work_tree(EXAMPLE)).contents.values()}
    assert {content.digest for content in project.contents.values()} != plain
    if shown:
        assert shown in {text for content in project.contents.values() for text in texts_of(content.body)}
