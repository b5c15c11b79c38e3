"""Changes of whole files as editors apply them: the stretches of a text that become others, and files that get other names."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from orgdocs.documents import read_document
from orgdocs.problems import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orgdocs.editing.reorganising import Reorganisation
    from orgdocs.project import Project

_WORDS = re.compile(r"[\w/-]+|\s+|.")
"""What is changed as a whole within a line: an id is not pieced together from the letters of the former one."""


class Edit(NamedTuple):
    """A stretch of a file and what is written there instead."""

    path: str
    span: Span
    text: str


class Move(NamedTuple):
    """A file or folder that gets another name."""

    old: str
    new: str


class Renaming(NamedTuple):
    """Everything that changes when an id is renamed: first the texts, then the names of files."""

    edits: list[Edit]
    moves: list[Move]


def list_edits(project: Project, plan: Reorganisation) -> Renaming:
    """A reorganisation as edits of the files as they are, under the names that they still have, and moves."""
    edits = []
    for path, content in plan.changed.items():
        before = plan.moved.get(path, path)
        edits += [Edit(before, *change) for change in find_changes(project.texts[before], read_document(path, content).text)]
    return Renaming(sorted(edits), list(_fold(plan.moved)))


def _fold(moved: Mapping[str, str]) -> Iterator[Move]:
    """The moves of files, those of a whole folder as one, so that nothing else that lies there is left behind."""
    told = set()
    for new, old in moved.items():
        before, after = PurePosixPath(old), PurePosixPath(new)
        move = Move(str(before.parent), str(after.parent)) if before.name == after.name else Move(old, new)
        if move not in told:
            told.add(move)
            yield move


def find_changes(old: str, new: str) -> Iterator[tuple[Span, str]]:
    """The stretches in which two texts differ, each with what stands there afterwards; within a line, words as a whole."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for kind, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "replace" and end - start == last - first:
            for offset in range(end - start):
                yield from _change_line(start + offset + 1, before[start + offset], after[first + offset])
        elif kind != "equal":
            # Where no line break ends the text, there is no line behind the last one.
            stop = (end, len(before[-1]) + 1) if before and end == len(before) and not old.endswith("\n") else (end + 1, 1)
            yield Span(start + 1, 1, *stop), "".join(after[first:last])


def _change_line(number: int, old: str, new: str) -> Iterator[tuple[Span, str]]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    for kind, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            column = len("".join(before[:start])) + 1
            yield Span(number, column, number, column + len("".join(before[start:end]))), "".join(after[first:last])
