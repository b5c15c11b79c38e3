"""What was approved, found again in git: the revision in which a paper read as it was approved, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from orgdocs.approvals.binding import Bound, bind_project
from orgdocs.comparing import Comparison, compare
from orgdocs.documents import Data
from orgdocs.problems import Place, Route
from orgdocs.project import Project, open_project
from orgdocs.revisions import RevisionError, list_commits, read_revision

if TYPE_CHECKING:
    from orgdocs.approvals.records import Matter
    from orgdocs.approvals.standing import Version

SEARCHED = 40
"""So many revisions are looked through for an approved text; it is nearly always in the first or second."""


class Found(NamedTuple):
    """An approved text where it was found: the revision, the registry there, and the paper as it was bound."""

    revision: str
    project: Project
    bound: Bound


class History:
    """Registries of earlier revisions, each opened once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._opened: dict[str, tuple[Project, Mapping[Matter, Bound]]] = {}
        self._found: dict[tuple[Matter, str], Found | None] = {}
        self._compared: dict[tuple[str, str], Comparison] = {}

    def find(self, matter: Matter, version: Version) -> Found | None:
        """The revision in which a paper reads as a version of it was approved; None if there is none in the history.

        It is looked for where the record of the approval was added, then before that, and then after: a record may be
        committed with the text, or later.
        """
        key = (matter, version.digest)
        if key not in self._found:
            self._found[key] = self._search(matter, version)
        return self._found[key]

    def compare(self, revision: str, now: Project, organisation: str) -> Comparison:
        """What changed in an organisation from a revision until now."""
        key = (revision, organisation)
        if key not in self._compared:
            self._compared[key] = compare(self._open(revision)[0], now, organisations=(organisation,))
        return self._compared[key]

    def _search(self, matter: Matter, version: Version) -> Found | None:
        for revision in self._candidates(version, matter):
            project, bound = self._open(revision)
            there = bound.get(matter)
            if there is not None and (there.digest, there.level) == (version.digest, version.record.level):
                return Found(revision, project, there)
        return None

    def _candidates(self, version: Version, matter: Matter) -> Iterator[str]:
        paths = [f"{each.record.matter.folder}/{each.digest[:24]}.json" for each in version.approvals]
        seen: set[str] = set()
        try:
            for path in paths:
                for added in list_commits(self.root, "HEAD", path, added=True):
                    yield from self._fresh(
                        [added, *list_commits(self.root, added, f"org/{matter.organisation}", f"positions/{matter.organisation}")], seen
                    )
            yield from self._fresh(list_commits(self.root, "HEAD", f"org/{matter.organisation}", f"positions/{matter.organisation}"), seen)
        except RevisionError:
            return

    @staticmethod
    def _fresh(commits: list[str], seen: set[str]) -> Iterator[str]:
        for commit in commits[:SEARCHED]:
            if commit not in seen:
                seen.add(commit)
                yield commit

    def _open(self, revision: str) -> tuple[Project, Mapping[Matter, Bound]]:
        if revision not in self._opened:
            project = open_project(read_revision(self.root, revision))
            self._opened[revision] = (project, bind_project(project))
        return self._opened[revision]


def find_changes(before: Project, now: Project, files: tuple[str, ...]) -> list[Place]:
    """Where files differ in what they say, in the order of the files; comments and layout make no difference.

    Places are those of now. For what is gone, that is the value around it.
    """
    places: list[Place] = []
    for path in files:
        old, new = before.documents.get(path), now.documents.get(path)
        if new is None:
            continue
        places += [Place(path, route, at_key=at_key) for route, at_key in _differences(old.data if old is not None else None, new.data, ())]
    return places


def _differences(old: Data, new: Data, route: Route) -> Iterator[tuple[Route, bool]]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key, value in new.items():
            if key not in old:
                yield (*route, key), True
            else:
                yield from _differences(old[key], value, (*route, key))
        if old.keys() - new.keys():
            yield route, bool(route)
    elif isinstance(old, list) and isinstance(new, list):
        start = next((index for index, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        if start < len(new):
            if start < len(old) and len(old) == len(new):
                yield from _differences(old[start], new[start], (*route, start))
            else:
                yield (*route, start), False
        else:
            yield route, bool(route)
    else:
        yield route, False
