"""What the ids in files stand for: where each is defined, and where it is mentioned. Functions, territories and tasks have ids too."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from orgdocs.model.references import SPACES, referred_kind, walk_values
from orgdocs.problems import Place, Route
from orgdocs.schemas import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgdocs.documents import Document
    from orgdocs.model import Institution
    from orgdocs.project import Project


class Symbol(NamedTuple):
    """What an id stands for.

    ``space`` is ``entity`` (posts, units and bodies, which share one set of ids), ``act``, ``clauses``, ``function``,
    ``territory`` or ``task``. A function's id is ``unit/function``; territories and tasks belong to ``unit``.
    """

    organisation: str
    space: str
    id: str
    unit: str = ""

    def renamed(self, new: str) -> Symbol:
        """The symbol with another id; of a function only the part behind its unit is meant."""
        unit, slash, _ = self.id.rpartition("/")
        return self._replace(id=f"{unit}{slash}{new}")


class Mention(NamedTuple):
    """A place where a symbol is named, with the text there: for a unit that may be the id of one of its functions."""

    path: str
    route: Route
    text: str


def defined_at(project: Project, symbol: Symbol) -> Place | None:
    """Where a symbol is defined: the name in its file, its key, or the id of a function."""
    hierarchy = project.hierarchies.get(symbol.organisation)
    if hierarchy is None:
        return None
    institution = hierarchy.institution
    if symbol.space == "act":
        act = institution.acts.get(symbol.id)
        return act.place if act else None
    if symbol.space == "clauses":
        clauses = institution.clause_sets.get(symbol.id)
        return clauses.place if clauses else None
    if symbol.space == "function":
        function = hierarchy.functions.get(symbol.id)
        return function.id_place if function else None
    if symbol.space in {"territory", "task"}:
        return _defined_in_unit(institution, symbol)
    body = institution.bodies.get(symbol.id)
    if body is not None:
        return body.place
    entity = institution.positions.get(symbol.id) or institution.unit(symbol.id)
    if entity is None:
        return None
    return entity.place.under("title" if symbol.id in institution.positions else "name")


def _defined_in_unit(institution: Institution, symbol: Symbol) -> Place | None:
    unit = institution.unit(symbol.unit)
    if unit is None:
        return None
    if symbol.space == "territory":
        return Place(unit.place.path, ("territories", symbol.id), at_key=True) if symbol.id in unit.territories else None
    return next((task.id_place for task in unit.tasks if task.id == symbol.id), None)


def find_mentions(project: Project, symbol: Symbol) -> Iterator[Mention]:
    """Where a symbol is named, its definition not counted. A unit is also named in the ids of its functions."""
    institution = project.registry.institutions[symbol.organisation]
    for path, document in project.documents.items():
        kind = kind_of(path)
        if kind is None or not is_meant_in(path, symbol.organisation) or symbol.id.split("/")[0] not in document.text:
            continue
        if symbol.unit and own_unit(institution, path, document) != symbol.unit:
            continue
        for route, text in walk_values(document.data):
            referred = referred_kind(kind, route)
            space = None if referred is None else SPACES.get(referred)
            in_function = space == "function" and symbol.space == "entity" and text.startswith(f"{symbol.id}/")
            if in_function or (space == symbol.space and text == symbol.id):
                yield Mention(path, route, text)


def is_meant_in(path: str, organisation: str) -> bool:
    """Whether the ids in a file may be those of an organisation: in its own files, and in those that stand above all."""
    parts = path.split("/")
    return len(parts) <= 2 or parts[1] == organisation


def own_unit(institution: Institution, path: str, document: Document) -> str:
    """The unit that a file is about: a unit's own, or the one that a post belongs to."""
    parts = path.split("/")
    if kind_of(path) == "unit":
        return parts[-1].removesuffix(".yaml")
    unit = document.data.get("unit") if isinstance(document.data, dict) else None
    return unit if isinstance(unit, str) else institution.organisation.id
