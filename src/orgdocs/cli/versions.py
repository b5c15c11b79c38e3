"""The two versions of a registry that a command compares: revisions of git, or the files as they lie there."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from orgdocs.cli.options import RefusedError
from orgdocs.sources import Source, read_work_tree

if TYPE_CHECKING:
    from orgdocs.project import Project
    from orgdocs.revisions import RevisionError


def read_versions(root: Path, first: str | None, second: str | None) -> tuple[Source, Source]:
    """The files of both versions: HEAD and the work tree where none is named, one revision and the work tree, or two revisions.

    ``A..B`` stands for A and B; ``A...B`` for B and where it branched off from A, which is what a pull request changes. Without B,
    these end at HEAD.
    """
    from orgdocs.revisions import RevisionError, find_branching, read_revision  # noqa: PLC0415

    try:
        if first is not None and second is None and "..." in first:
            start, _, end = first.partition("...")
            second = end or "HEAD"
            first = find_branching(root, start or "HEAD", second)
        elif first is not None and second is None and ".." in first:
            start, _, end = first.partition("..")
            first, second = start or "HEAD", end or "HEAD"
        before = read_revision(root, first or "HEAD")
        after = read_revision(root, second) if second is not None else read_work_tree(root)
    except RevisionError as error:
        raise RefusedError(_explain(root, error)) from None
    return before, after


def _explain(root: Path, error: RevisionError) -> str:
    from orgdocs.revisions import RevisionError, is_shallow  # noqa: PLC0415

    text = str(error)
    if "not a git repository" in text:
        return "these files are in no git repository, so there is no earlier version to compare with"
    with contextlib.suppress(RevisionError):  # without git nobody can tell
        if is_shallow(root):
            return f"{text}; this clone holds only the last commits, fetch the others with: git fetch --unshallow"
    return text


def open_versions(before: Source, after: Source) -> tuple[Project, Project]:
    """Open both versions; what did not change between them is read once."""
    from orgdocs.project import Memory, open_project  # noqa: PLC0415

    memory = Memory()
    return open_project(before, memory=memory), open_project(after, memory=memory)
