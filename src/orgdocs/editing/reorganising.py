"""Reorganisations in files: another id for a thing, another unit for a post, another parent for a unit; every mention follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from orgdocs.editing.patching import Patch, PatchError
from orgdocs.model.references import SPACES, referred_kind, walk_values
from orgdocs.problems import Place, Problem, Route
from orgdocs.project import Project, open_project
from orgdocs.schemas import kind_of, load_schema, suggest

if TYPE_CHECKING:
    from orgdocs.model import Institution

WHATS = ("post", "unit", "body", "act", "clauses")
"""What can get another id."""

_FILES = {"post": "position", "unit": "unit", "clauses": "clauses"}
"""By what has a file of its own, the kind of that file."""

_KEYS = {"body": ("organisation.yaml", "bodies"), "act": ("acts.yaml", "acts")}
"""By what stands in a file among others, that file and the field."""


_NAMES = ("id", "title", "name", "forms", "short_title", "short_name", "short_forms")
"""The fields behind which the former ids go."""


class ReorganisingError(Exception):
    """What was asked for cannot be done; the text says why. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Reorganisation:
    """What is to be done to the files of a registry, and what follows from it. Nothing is written yet."""

    changed: Mapping[str, bytes]
    """New contents by path, those of files that move by their new path."""
    moved: Mapping[str, str] = field(default_factory=dict)
    """Old path by new path."""
    left: tuple[Place, ...] = ()
    """Where the old id still stands, in texts that may or may not mean it."""
    problems: tuple[Problem, ...] = ()
    """What ``check`` finds afterwards and did not find before."""
    notes: tuple[str, ...] = ()
    """What the person should know besides."""


def find_what(institution: Institution, entity_id: str) -> list[str]:
    """What has this id: a post, unit or body, an act, a clause set; acts and clause sets have ids of their own."""
    tables = (institution.positions, institution.units, institution.bodies, institution.acts, institution.clause_sets)
    return [what for what, table in zip(WHATS, tables, strict=True) if entity_id in table]


def rename(project: Project, organisation: str, what: str, old: str, new: str) -> Reorganisation:
    """Give something another id: its file or key, every mention of it, and ``previously`` with the old id.

    Raises:
        ReorganisingError: the new id cannot be used, or a file that would have to change has faults.
    """
    work = _Work(project, organisation)
    work.check_new_id(what, new)
    if what in _FILES:
        path = work.path_of(what, old)
        target = str(PurePosixPath(path).with_name(f"{new}.yaml"))
        route: Route = ()
        if work.patch(path).value(("id",)) is not None:
            work.patch(path).set(("id",), new)
    else:
        name, table = _KEYS[what]
        path = target = f"org/{organisation}/{name}"
        work.patch(path).rename((table, old), new)
        route = (table, new)
    patch = work.patch(path)
    patch.set((*route, "previously"), [*(patch.value((*route, "previously")) or ()), old], after=_NAMES)
    if path != target:
        work.move(path, target)
    if what == "unit":
        work.move_folder(old, new)
    work.mention_anew(what, old, new)
    return work.finish(left=old)


def move_post(project: Project, organisation: str, post_id: str, unit_id: str, reports_to: str | None = None) -> Reorganisation:
    """Put a post into another unit, or directly under the organisation if its own id is given.

    Raises:
        ReorganisingError: there is no such post, unit or superior, or a file has faults.
    """
    work = _Work(project, organisation)
    path = work.path_of("post", post_id)
    unit = work.check_unit(unit_id)
    patch = work.patch(path)
    if unit is None:
        if patch.value(("unit",)) is not None:
            patch.remove(("unit",))
    else:
        patch.set(("unit",), unit, after=_NAMES)
    work.move(path, "/".join(["positions", organisation, *([unit] if unit else []), f"{post_id}.yaml"]))
    if reports_to is not None:
        work.check_superior(post_id, reports_to)
        patch.set(("reports_to",), reports_to, after=("unit", "category", "classifier", "grade"))
    else:
        work.note_superior(post_id)
    return work.finish()


def move_unit(project: Project, organisation: str, unit_id: str, parent_id: str) -> Reorganisation:
    """Put a unit with all that belongs to it under another one, or directly under the organisation if its own id is given.

    Raises:
        ReorganisingError: there is no such unit, or it would come to lie within itself.
    """
    work = _Work(project, organisation)
    path = work.path_of("unit", unit_id)
    parent = work.check_unit(parent_id)
    hierarchy = project.hierarchies[organisation]
    if parent is not None:
        above = work.institution.units[parent]
        if parent == unit_id or any(unit.id == unit_id for unit in hierarchy.parents(above)):
            raise ReorganisingError(f"{parent} is a part of {unit_id}; a unit cannot be moved into itself")
    patch = work.patch(path)
    if parent is None:
        if patch.value(("parent",)) is not None:
            patch.remove(("parent",))
    else:
        patch.set(("parent",), parent, after=(*_NAMES, "kind"))
    return work.finish()


class _Work:
    """The files of a registry while they are being changed."""

    def __init__(self, project: Project, organisation: str) -> None:
        self.project = project
        self.organisation = organisation
        self.institution = project.registry.institutions[organisation]
        self.patches: dict[str, Patch] = {}
        self.targets: dict[str, str] = {}
        self.notes: list[str] = []

    def patch(self, path: str) -> Patch:
        """The file under change."""
        if path not in self.patches:
            try:
                self.patches[path] = Patch(path, self.project.source.files[path])
            except PatchError as error:
                raise ReorganisingError(str(error)) from None
        return self.patches[path]

    def path_of(self, what: str, entity_id: str) -> str:
        """The file of a post, unit or clause set."""
        tables = {"post": self.institution.positions, "unit": self.institution.units, "clauses": self.institution.clause_sets}
        entity = tables[what].get(entity_id)
        if entity is None:
            near = suggest(entity_id, list(tables[what]))
            raise ReorganisingError(f"there is no {_said(what)} {entity_id}" + (f"; {near}" if near else ""))
        return entity.place.path

    def check_new_id(self, what: str, new: str) -> None:
        """Refuse an id that cannot be one, or that something has or had."""
        schema = load_schema("unit")["$defs"]["id"]
        if not re.fullmatch(schema["pattern"].removesuffix("$"), new) or len(new) > schema["maxLength"]:
            raise ReorganisingError(
                f"{new!r} cannot be an id: it consists of lower-case Latin letters, digits and single hyphens, begins with a letter, "
                "and has 64 at most"
            )
        institution = self.institution
        space = {
            "act": (institution.acts,),
            "clauses": (institution.clause_sets,),
        }.get(what, (institution.positions, institution.units, institution.bodies, {self.organisation: institution.organisation}))
        for table in space:
            if new in table:
                raise ReorganisingError(f"the id {new} is in use already: {table[new].place.path}")
            for entity in table.values():
                if any(ref.id == new for ref in entity.previously) and entity.id != new:
                    raise ReorganisingError(f"{entity.id} had the id {new} before; an id is never given to something else")

    def check_unit(self, unit_id: str) -> str | None:
        """The id of a unit; None for the organisation itself."""
        if unit_id == self.organisation:
            return None
        self.path_of("unit", unit_id)
        return unit_id

    def check_superior(self, post_id: str, superior: str) -> None:
        """Refuse a superior that does not exist, or is the post itself."""
        if superior == post_id:
            raise ReorganisingError(f"{superior} cannot report to itself")
        if self.institution.actor(superior) is None:
            near = suggest(superior, [*self.institution.positions, *self.institution.bodies])
            raise ReorganisingError(f"there is no post or body {superior}" + (f"; {near}" if near else ""))

    def note_superior(self, post_id: str) -> None:
        """Say to whom a post goes on reporting."""
        position = self.institution.positions[post_id]
        if position.reports_to is not None:
            self.notes.append(f"{post_id} still reports to {position.reports_to.id}; another superior is given with --reports-to")

    def move(self, path: str, target: str) -> None:
        """Have a file go to another path."""
        if target != path and target in self.project.source.files:
            raise ReorganisingError(f"{target} is there already")
        self.patch(path)
        self.targets[path] = target

    def move_folder(self, old: str, new: str) -> None:
        """Have the files of the posts of a unit follow its id."""
        start = f"positions/{self.organisation}/{old}/"
        for path in self.project.source.files:
            if path.startswith(start):
                self.move(path, f"positions/{self.organisation}/{new}/{path.removeprefix(start)}")

    def mention_anew(self, what: str, old: str, new: str) -> None:
        """Put the new id wherever the old one is meant."""
        for path, route, text in self._mentions(what, old):
            try:
                self.patch(path).set(route, new + text[len(old) :])
            except PatchError as error:
                raise ReorganisingError(str(error)) from None

    def _mentions(self, what: str, old: str) -> Iterator[tuple[str, Route, str]]:
        space = what if what in {"act", "clauses"} else "entity"
        for path, document in self.project.documents.items():
            kind = kind_of(path)
            if kind is None or not self._concerns(path) or old not in document.text:
                continue
            for route, text in walk_values(document.data):
                referred = referred_kind(kind, route)
                if referred is None or referred not in SPACES:
                    continue
                in_function = what == "unit" and SPACES[referred] == "function" and text.startswith(f"{old}/")
                if in_function or (SPACES[referred] == space and text == old):
                    yield path, route, text

    def _concerns(self, path: str) -> bool:
        """Whether the ids in a file are those of this organisation."""
        parts = path.split("/")
        return len(parts) <= 2 or parts[1] == self.organisation

    def finish(self, left: str | None = None) -> Reorganisation:
        """Everything that changes, with what is found afterwards."""
        changed = {self.targets.get(path, path): patch.finish() for path, patch in self.patches.items()}
        moved = {target: path for path, target in self.targets.items() if target != path}
        changed = {path: content for path, content in changed.items() if path in moved or content != self.project.source.files.get(path)}
        source = self.project.source
        kept = {path: content for path, content in source.files.items() if path not in moved.values()}
        after = open_project(replace(source, files=dict(sorted({**kept, **changed}.items()))))
        known = {(problem.code, str(problem.sentence)) for problem in self.project.problems}
        problems = tuple(problem for problem in after.problems if (problem.code, str(problem.sentence)) not in known)
        return Reorganisation(changed, moved, tuple(self._left(after, left)) if left else (), problems, tuple(self.notes))

    def _left(self, after: Project, old: str) -> Iterator[Place]:
        """Values that are the old id in fields that may hold anything: conditions of constraints, for example."""
        for path, document in after.documents.items():
            if self._concerns(path) and old in document.text:
                for route, text in walk_values(document.data):
                    if text == old and "previously" not in route and referred_kind(kind_of(path) or "", route) is None:
                        yield Place(path, route)


def _said(what: str) -> str:
    return {"clauses": "clause set"}.get(what, what)
