"""Opening with a memory gives what opening without one gives, whatever happened to the files in between."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from cases import TESTS, list_cases, read_base, read_case
from orgdocs.project import Memory, Project, open_project
from orgdocs.sources import Source

FOLDERS = ("rules", "contents")


def _told(project: Project) -> tuple[list[object], ...]:
    """Everything that a project says, in plain values."""
    return (
        [
            (item.order, item.severity, item.hint and str(item.hint), [(note.path, note.span) for note in item.notes])
            for item in project.problems
        ],
        [(paper, content.as_data()) for paper, content in project.contents.items()],
        [(paper, subject.id) for paper, subject in project.subjects.items()],
    )


@pytest.mark.parametrize("folder", FOLDERS)
def test_one_registry_becomes_another(folder: str) -> None:
    """All cases in turn, as if somebody had made each of the one before."""
    memory = Memory()
    for path in list_cases(TESTS / folder / "cases"):
        source = read_case(path).source
        assert _told(open_project(source, memory=memory)) == _told(open_project(source)), path.name


EDITS = [
    ("reports_to: director", "reports_to: deputy"),
    ("unit: legal", "unit: office"),
    ("title: ", "title: New "),
    ("name: ", "name: New "),
    ("forms:", "froms:"),
    ("head: ", "head: no"),
    ("\n", "\n# a comment\n"),
    ("duties:", "duties: ["),
    ("salary: ", "salary: 1"),
    ("by: ", "by: x"),
    ("guided_by: [", "guided_by: [charter, "),
    ("includes: [common]\n", ""),
    ("order: ", "order: 9"),
    ("languages:", "langages:"),
    ("language: en", "language: en\nlanguages: [uk]"),
    ("kind: official", "kind: body"),
    ("works_by", "works_buy"),
]


@pytest.mark.parametrize("base", ["small", "ua-small", "ua-tiny"])
@pytest.mark.parametrize("seed", range(4))
def test_edits_made_and_taken_back(base: str, seed: int) -> None:
    files, memory = read_base(base), Memory()
    dice = random.Random(seed)  # noqa: S311  (the same walk every time)
    for _ in range(40):
        whole = dict(files)
        for path in dice.sample(sorted(files), dice.randrange(3)):
            old, new = dice.choice(EDITS)
            whole[path] = files[path].decode().replace(old, new, 1).encode()
            if dice.random() < 0.1:
                del whole[path]
        source = Source(Path("/registry"), dict(sorted(whole.items())))
        assert _told(open_project(source, memory=memory)) == _told(open_project(source))


def test_what_did_not_change_is_the_same() -> None:
    files, memory = read_base("small"), Memory()
    first = open_project(Source(Path("/registry"), files), memory=memory)
    path = "positions/office/deputy.yaml"
    changed = files | {path: files[path] + b"rights: [use the copier]\n"}
    second = open_project(Source(Path("/registry"), changed), memory=memory)
    kept = [str(paper) for paper, content in second.contents.items() if content is first.contents.get(paper)]
    assert kept == ["office/job-description/lawyer", "office/regulation/legal"]
