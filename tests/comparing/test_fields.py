"""Whatever is taken out of a registry that uses every field is told, has a mirror image, and is the reason for the papers that change."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from orgdocs.comparing import compare
from orgdocs.project import Memory, Project, open_project
from orgdocs.sources import Source, read_work_tree

EXAMPLE = Path(__file__).parents[2] / "docs" / "example"

SILENT = {
    "id", "previously", "format", "output", "messages",
    "parent", "legal_entity", "step", "threshold",  # what they say is the default
    "ignore", "severity",
}  # fmt: skip
"""Fields that may go without a word: they change nothing that anybody reads, or say what holds without them."""

SILENT_PLACES = {("positions/library/lending/librarian.yaml", ("guided_by",))}
"""The clause set that the post includes names the same act."""


@cache
def _source() -> Source:
    return read_work_tree(EXAMPLE)


@cache
def _memory() -> Memory:
    return Memory()


@cache
def _whole() -> Project:
    return open_project(_source())


def _routes(data: Any, route: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield (*route, key)
        yield from _routes(value, (*route, key))


def _without(data: Any, route: tuple[Any, ...]) -> bytes:
    changed = copy.deepcopy(data)
    inner = changed
    for step in route[:-1]:
        inner = inner[step]
    del inner[route[-1]]
    return yaml.safe_dump(changed, allow_unicode=True, sort_keys=False).encode()


@pytest.mark.parametrize("path", sorted(_source().files))
def test_nothing_goes_without_a_word(path: str) -> None:
    data = yaml.load(_source().files[path], Loader=yaml.BaseLoader)  # noqa: S506  (this loader makes texts and nothing else)
    untold, unexplained, unmirrored = [], [], []
    for route in _routes(data):
        project = open_project(replace(_source(), files={**_source().files, path: _without(data, route)}), memory=_memory())
        if project.errors:
            continue
        there, back = compare(_whole(), project), compare(project, _whole())
        if not there.changes and route[-1] not in SILENT and route[-2:-1] != ("previously",) and (path, route) not in SILENT_PLACES:
            untold.append(route)
        unexplained += [(route, str(paper.paper)) for paper in there.papers if not paper.reasons]
        if len(there.changes) != len(back.changes) or [paper.paper for paper in there.papers] != [paper.paper for paper in back.papers]:
            unmirrored.append(route)
    assert (untold, unexplained, unmirrored) == ([], [], [])


def test_the_same_registry_has_no_changes() -> None:
    comparison = compare(_whole(), open_project(_source()))
    assert (comparison.changes, comparison.papers, comparison.notes) == ((), (), ())
