"""The files of a registry as they stand in a git revision, read with git alone: no work tree is touched."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from orgdocs.sources import FOLDERS, LARGEST_FILE, LARGEST_TEMPLATE, TEMPLATES, Source, group_of

_LINK, _MODULE = "120000", "160000"

_NOTHING_COMMITTED = "nothing has been committed here yet, so there is no earlier version; save what there is with git add and git commit"


class RevisionError(Exception):
    """A revision cannot be read; the text says which and why."""


def read_revision(root: Path, revision: str) -> Source:
    """The registry at ``root`` as it was in a revision: a branch, a tag, a commit, ``HEAD~1``.

    Raises:
        RevisionError: this is no git repository, or it has no such revision.
    """
    commit = resolve_revision(root, revision)
    listing = _git(root, "ls-tree", "-r", "-z", "-l", commit, "--", *FOLDERS, TEMPLATES)
    wanted: list[tuple[str, str, str]] = []
    strange: dict[str, str] = {}
    for entry in listing.split(b"\0"):
        if not entry:
            continue
        head, _, name = entry.partition(b"\t")
        mode, _, blob, size = head.decode("ascii").split()
        path = name.decode("utf-8", "surrogateescape")
        group = group_of(path)
        if group is None:
            continue
        if mode in {_LINK, _MODULE}:
            strange[path] = "link"
        elif int(size) > (LARGEST_TEMPLATE if group == "templates" else LARGEST_FILE):
            strange[path] = "large"
        else:
            wanted.append((group, path, blob))
    contents = _read_blobs(root, [blob for _, _, blob in wanted])
    groups: dict[str, dict[str, bytes]] = {}
    for group, path, blob in sorted(wanted):
        groups.setdefault(group, {})[path] = contents[blob]
    return Source(root, groups.pop("files", {}), **groups, strange=strange)


def read_files(root: Path, revision: str, folders: tuple[str, ...], is_wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """The ordinary files below some folders of ``root`` in a revision, by path and in order, of those whose paths are wanted.

    Raises:
        RevisionError: this is no git repository, or it has no such revision.
    """
    commit = resolve_revision(root, revision)
    found: dict[str, str] = {}
    for entry in _git(root, "ls-tree", "-r", "-z", commit, "--", *folders).split(b"\0"):
        head, _, name = entry.partition(b"\t")
        path = name.decode("utf-8", "surrogateescape")
        if entry and not head.startswith((_LINK.encode(), _MODULE.encode())) and is_wanted(path):
            found[path] = head.split()[2].decode("ascii")
    contents = _read_blobs(root, list(found.values()))
    return {path: contents[found[path]] for path in sorted(found)}


def list_commits(root: Path, revision: str, *paths: str, added: bool = False) -> list[str]:
    """The commits that changed something under these paths, from a revision backwards; with ``added``, those that added a file.

    Raises:
        RevisionError: this is no git repository, or it has no such revision.
    """
    only = ["--diff-filter=A"] if added else []
    listing = _git(root, "log", "--format=%H", "-m", *only, resolve_revision(root, revision), "--", *paths)
    return list(dict.fromkeys(listing.decode("ascii").split()))


def list_uncommitted(root: Path, *paths: str) -> list[str]:
    """Those of some files that are not in the last commit as they are in the work tree.

    Raises:
        RevisionError: this is no git repository.
    """
    top = _git(root, "rev-parse", "--show-prefix").decode("utf-8", "surrogateescape").strip()
    listing = _git(root, "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--", *paths)
    return [entry[3:].removeprefix(top) for entry in listing.decode("utf-8", "surrogateescape").split("\0") if entry]


def read_setting(root: Path, name: str) -> list[str]:
    """The values of a setting of git, which no revision of the registry can change; none where there is no repository."""
    try:
        return _git(root, "config", "--get-all", name).decode("utf-8", "replace").splitlines()
    except RevisionError:
        return []


def resolve_revision(root: Path, revision: str) -> str:
    """The full hash of the commit that a revision stands for.

    Raises:
        RevisionError: this is no git repository, or it has no such revision.
    """
    try:
        return _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").decode("ascii").strip()
    except RevisionError as error:
        if revision == "HEAD" and not str(error):
            raise RevisionError(_NOTHING_COMMITTED) from None
        raise RevisionError(f"there is no revision {revision} here{f': {error}' if str(error) else ''}") from None


class Commit(NamedTuple):
    """A commit: its full hash, who wrote it, and when it was committed, as ``2026-02-03T04:05:06Z``."""

    hash: str
    author: str
    time: str


def read_commit(root: Path, revision: str) -> Commit:
    """The commit that a revision stands for.

    Raises:
        RevisionError: this is no git repository, or it has no such revision.
    """
    commit = resolve_revision(root, revision)
    author, seconds = _git(root, "show", "-s", "--format=%an%x00%ct", commit).decode("utf-8", "replace").strip().split("\0")
    return Commit(commit, author, f"{datetime.fromtimestamp(int(seconds), UTC):%Y-%m-%dT%H:%M:%SZ}")


def read_user(root: Path) -> str:
    """The name under which somebody commits here; empty if git knows none."""
    try:
        return _git(root, "config", "user.name").decode("utf-8", "replace").strip()
    except RevisionError:
        return ""


def find_branching(root: Path, first: str, second: str) -> str:
    """The full hash of the commit at which two revisions went apart.

    Raises:
        RevisionError: one of them is not there, or they have nothing in common.
    """
    commits = [resolve_revision(root, revision) for revision in (first, second)]
    try:
        return _git(root, "merge-base", *commits).decode("ascii").strip()
    except RevisionError:
        raise RevisionError(f"{first} and {second} have no commit in common") from None


def is_shallow(root: Path) -> bool:
    """Whether a repository holds only the last commits, as CI fetches it unless told otherwise.

    Raises:
        RevisionError: this is no git repository.
    """
    return _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"


def _git(root: Path, *arguments: str, given: bytes | None = None) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], input=given, capture_output=True, check=False)  # noqa: S603, S607
    except FileNotFoundError:
        raise RevisionError("git is not installed") from None
    if done.returncode:
        raise RevisionError(done.stderr.decode("utf-8", "replace").strip().removeprefix("fatal: "))
    return done.stdout


def _read_blobs(root: Path, blobs: list[str]) -> dict[str, bytes]:
    """The contents of blobs by hash, all in one run of git."""
    if not blobs:
        return {}
    stream = _git(root, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs).encode())
    contents: dict[str, bytes] = {}
    at = 0
    for blob in blobs:
        end = stream.index(b"\n", at)
        size = int(stream[at:end].split()[-1])
        contents[blob] = stream[end + 1 : end + 1 + size]
        at = end + 1 + size + 1
    return contents
