"""Reorganisations in files: another id for a thing, another unit for a post, another parent for a unit; every mention follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from orgdocs.editing.patching import Patch, PatchError
from orgdocs.editing.symbols import Symbol, defined_at, find_mentions, is_meant_in
from orgdocs.model.references import referred_kind, walk_values
from orgdocs.problems import Place, Problem, Route, Sentence
from orgdocs.project import Project, open_project
from orgdocs.schemas import kind_of, refuse_id, suggest

if TYPE_CHECKING:
    from orgdocs.model import Entity, Institution, Position, Unit

WHATS = {"post": "entity", "unit": "entity", "body": "entity", "act": "act", "clauses": "clauses"}
"""What a person can name to give it another id, and the space of ids that it has one of."""

_REMEMBERED = frozenset({"entity", "act", "clauses"})
"""Of which ids the former ones are kept."""

_KINDS = {"entity": ("unit", "position"), "clauses": ("clauses",)}
"""The kinds of files that are named by the ids of a space."""

_NAMES = ("id", "title", "name", "forms", "short_title", "short_name", "short_forms")
"""The fields behind which the former ids go."""


class ReorganisingError(Exception):
    """What was asked for cannot be done; the sentence says why. Nothing was changed."""

    def __init__(self, sentence: Sentence, hint: Sentence | None = None) -> None:
        self.sentence = sentence if hint is None else Sentence("{problem}; {hint}", problem=sentence, hint=hint)
        super().__init__(str(self.sentence))


@dataclass(frozen=True, slots=True)
class Reorganisation:
    """What is to be done to the files of a registry. Nothing is written yet."""

    organisation: str
    changed: Mapping[str, bytes]
    """New contents by path, those of files that move by their new path."""
    moved: Mapping[str, str] = field(default_factory=dict)
    """Old path by new path."""
    former: str | None = None
    """The id that is given up."""
    notes: tuple[Sentence, ...] = ()
    """What the person should know besides."""
    removed: tuple[str, ...] = ()
    """Files that go."""


class Outlook(NamedTuple):
    """What follows from a reorganisation."""

    left: tuple[Place, ...]
    """Where the former id still stands, in texts that may or may not mean it."""
    problems: tuple[Problem, ...]
    """What ``check`` finds afterwards and did not find before."""


def look_ahead(project: Project, plan: Reorganisation) -> Outlook:
    """Open the registry as it will be, without writing anything."""
    source = project.source
    kept = {path: content for path, content in source.files.items() if path not in {*plan.moved.values(), *plan.removed}}
    after = open_project(replace(source, files=dict(sorted({**kept, **plan.changed}.items()))))
    known = {(problem.code, str(problem.sentence)) for problem in project.problems}
    problems = tuple(problem for problem in after.problems if (problem.code, str(problem.sentence)) not in known)
    return Outlook(tuple(_left(after, plan.organisation, plan.former)) if plan.former else (), problems)


def _left(after: Project, organisation: str, former: str) -> Iterator[Place]:
    """Values that are the former id in fields that may hold anything: conditions of constraints, for example."""
    for path, document in after.documents.items():
        if is_meant_in(path, organisation) and former in document.text:
            for route, text in walk_values(document.data):
                if text == former and "previously" not in route and referred_kind(kind_of(path) or "", route) is None:
                    yield Place(path, route)


def find_what(institution: Institution, entity_id: str) -> list[str]:
    """What has this id: a post, unit or body, an act, a clause set; acts and clause sets have ids of their own."""
    tables = (institution.positions, institution.units, institution.bodies, institution.acts, institution.clause_sets)
    return [what for what, table in zip(WHATS, tables, strict=True) if entity_id in table]


def rename(project: Project, symbol: Symbol, new: str) -> Reorganisation:
    """Give something another id: its file or key, every mention of it, and ``previously`` with the old id.

    Functions, territories and tasks have no ``previously``. ``new`` is the id without the unit of a function.

    Raises:
        ReorganisingError: there is no such thing, the new id cannot be used, or a file that would have to change has faults.
    """
    work = _Work(project, symbol.organisation)
    place = defined_at(project, symbol)
    if place is None:
        raise ReorganisingError(Sentence("nothing has the id {id}", id=symbol.id))
    if symbol.space == "entity" and symbol.id == symbol.organisation:
        raise ReorganisingError(Sentence("an organisation keeps its id: it is in the name of every paper of it"))
    work.check_new_id(symbol, new)
    route = work.define_anew(symbol, place, new)
    if symbol.space in _REMEMBERED:
        patch = work.patch(place.path)
        patch.set((*route, "previously"), [*(patch.value((*route, "previously")) or ()), symbol.id], after=_NAMES)
    work.mention_anew(symbol, new)
    return work.finish(former=symbol.id)


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
            raise ReorganisingError(Sentence("{part} is a part of {unit}; a unit cannot be moved into itself", part=parent, unit=unit_id))
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
        self.notes: list[Sentence] = []

    def patch(self, path: str) -> Patch:
        """The file under change."""
        if path not in self.patches:
            try:
                self.patches[path] = Patch(path, self.project.source.files[path])
            except PatchError as error:
                raise ReorganisingError(error.sentence) from None
        return self.patches[path]

    def path_of(self, what: str, entity_id: str) -> str:
        """The file of a post or unit."""
        table: Mapping[str, Position | Unit] = self.institution.positions if what == "post" else self.institution.units
        entity = table.get(entity_id)
        if entity is None:
            missing = {"post": Sentence("there is no post {id}", id=entity_id), "unit": Sentence("there is no unit {id}", id=entity_id)}
            raise ReorganisingError(missing[what], suggest(entity_id, list(table)))
        return entity.place.path

    def check_new_id(self, symbol: Symbol, new: str) -> None:
        """Refuse an id that cannot be one, or that something has or had."""
        if (reason := refuse_id(new)) is not None:
            raise ReorganisingError(Sentence("{name} cannot be an id", name=new), reason)
        taken = defined_at(self.project, symbol.renamed(new))
        if taken is not None:
            raise ReorganisingError(Sentence("the id {id} is in use already: {path}", id=new, path=taken.path))
        if any(broken == new and kind in _KINDS.get(symbol.space, ()) for kind, broken in self.institution.broken):
            raise ReorganisingError(Sentence("the id {id} is in use already: a file that cannot be read has it", id=new))
        for entity in self._entities(symbol.space):
            if any(ref.id == new for ref in entity.previously) and entity.id != symbol.id:
                raise ReorganisingError(
                    Sentence("{id} had the id {former} before; an id is never given to something else", id=entity.id, former=new)
                )

    def _entities(self, space: str) -> Iterator[Entity]:
        """Everything whose ids are of one set with those of a space."""
        institution = self.institution
        if space == "act":
            yield from institution.acts.values()
        elif space == "clauses":
            yield from institution.clause_sets.values()
        elif space == "entity":
            yield from institution.establishments
            yield from institution.positions.values()
            yield from institution.bodies.values()

    def define_anew(self, symbol: Symbol, place: Place, new: str) -> Route:
        """Put the new id where the old one is defined; the route to what has it."""
        path, route = place.path, place.route
        if place.at_key:
            try:
                self.patch(path).rename(route, new)
            except PatchError as error:
                raise ReorganisingError(error.sentence) from None
            return (*route[:-1], new)
        if symbol.space in {"function", "task"}:
            self.set(path, route, new)
            return route[:-1]
        if self.patch(path).value(("id",)) is not None:
            self.set(path, ("id",), new)
        self.move(path, str(PurePosixPath(path).with_name(f"{new}.yaml")))
        if symbol.id in self.institution.units:
            self.move_folder(symbol.id, new)
        return ()

    def check_unit(self, unit_id: str) -> str | None:
        """The id of a unit; None for the organisation itself."""
        if unit_id == self.organisation:
            return None
        self.path_of("unit", unit_id)
        return unit_id

    def check_superior(self, post_id: str, superior: str) -> None:
        """Refuse a superior that does not exist, or is the post itself."""
        if superior == post_id:
            raise ReorganisingError(Sentence("{post} cannot report to itself", post=superior))
        if self.institution.actor(superior) is None:
            known = [*self.institution.positions, *self.institution.bodies]
            raise ReorganisingError(Sentence("there is no post or body {id}", id=superior), suggest(superior, known))

    def note_superior(self, post_id: str) -> None:
        """Say to whom a post goes on reporting."""
        position = self.institution.positions[post_id]
        if position.reports_to is not None:
            sentence = Sentence("{post} still reports to {superior}; another superior is given with --reports-to",
                                post=post_id, superior=position.reports_to.id)  # fmt: skip
            self.notes.append(sentence)

    def move(self, path: str, target: str) -> None:
        """Have a file go to another path."""
        if target != path and target in self.project.source.files:
            raise ReorganisingError(Sentence("{path} is there already", path=target))
        self.patch(path)
        self.targets[path] = target

    def move_folder(self, old: str, new: str) -> None:
        """Have the files of the posts of a unit follow its id."""
        start = f"positions/{self.organisation}/{old}/"
        for path in self.project.source.files:
            if path.startswith(start):
                self.move(path, f"positions/{self.organisation}/{new}/{path.removeprefix(start)}")

    def mention_anew(self, symbol: Symbol, new: str) -> None:
        """Put the new id wherever the old one is meant."""
        renamed = symbol.renamed(new).id
        for path, route, text in find_mentions(self.project, symbol):
            self.set(path, route, renamed + text[len(symbol.id) :])

    def set(self, path: str, route: Route, value: str) -> None:
        """Put a value into a file."""
        try:
            self.patch(path).set(route, value)
        except PatchError as error:
            raise ReorganisingError(error.sentence) from None

    def finish(self, former: str | None = None) -> Reorganisation:
        """Everything that changes."""
        changed = {self.targets.get(path, path): patch.finish() for path, patch in self.patches.items()}
        moved = {target: path for path, target in self.targets.items() if target != path}
        changed = {path: content for path, content in changed.items() if path in moved or content != self.project.source.files.get(path)}
        return Reorganisation(self.organisation, changed, moved, former, tuple(self.notes))
