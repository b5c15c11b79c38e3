"""The two versions of a registry that a command compares: revisions of git, or the files as they lie there."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from orgdocs.cli.options import RefusedError
from orgdocs.sources import Source, read_work_tree

if TYPE_CHECKING:
    from datetime import datetime

    from orgdocs.project import Project
    from orgdocs.redlining import Author
    from orgdocs.revisions import RevisionError


def read_versions(root: Path, first: str | None, second: str | None) -> tuple[Source, Source]:
    """The files of both versions: HEAD and the work tree where none is named, one revision and the work tree, or two revisions.

    ``A..B`` stands for A and B; ``A...B`` for B and where it branched off from A, which is what a pull request changes. Without B,
    these end at HEAD.
    """
    from orgdocs.revisions import RevisionError, read_revision  # noqa: PLC0415

    before, after = name_versions(root, first, second)
    try:
        return read_revision(root, before), read_revision(root, after) if after is not None else read_work_tree(root)
    except RevisionError as error:
        raise RefusedError(_explain(root, error)) from None


def name_versions(root: Path, first: str | None, second: str | None) -> tuple[str, str | None]:
    """The revisions that are meant, None for the work tree; see ``read_versions``."""
    from orgdocs.revisions import RevisionError, find_branching  # noqa: PLC0415

    if first is not None and second is None and "..." in first:
        start, _, end = first.partition("...")
        try:
            return find_branching(root, start or "HEAD", end or "HEAD"), end or "HEAD"
        except RevisionError as error:
            raise RefusedError(_explain(root, error)) from None
    if first is not None and second is None and ".." in first:
        start, _, end = first.partition("..")
        return start or "HEAD", end or "HEAD"
    return first or "HEAD", second


def sign(root: Path, after: str | None, author: str | None, time: datetime | None) -> Author:
    """Who made the changes up to a version and when: its author and date.

    For the work tree they are whoever commits here and what SOURCE_DATE_EPOCH says, or the day of the last commit, so that the same
    files give the same bytes. What is given counts more.
    """
    from orgdocs.redlining import Author  # noqa: PLC0415
    from orgdocs.rendering.papers import fixed_time  # noqa: PLC0415
    from orgdocs.revisions import RevisionError, read_commit, read_user  # noqa: PLC0415

    try:
        commit = read_commit(root, after or "HEAD")
    except RevisionError as error:
        raise RefusedError(_explain(root, error)) from None
    name = commit.author if after is not None else read_user(root) or commit.author
    told = f"{time:%Y-%m-%dT%H:%M:%SZ}" if time is not None else ""
    return Author(author or name, told or (fixed_time() if after is None else "") or commit.time)


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
