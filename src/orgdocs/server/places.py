"""Between places in a text and what stands there: which value is under the cursor, what it stands for, where else it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from orgdocs.documents import read_document
from orgdocs.model.references import SPACES, referred_kind, walk_values
from orgdocs.problems import Place, Route, Span
from orgdocs.schemas import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgdocs.documents import Data, Document
    from orgdocs.model import Institution
    from orgdocs.server.desk import Desk

_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_/")
_CURSOR = "orgdocs-cursor-0"
"""Put where the cursor is, to find its place again after reading; nobody's id."""


class Symbol(NamedTuple):
    """What an id stands for.

    ``space`` is ``entity`` (posts, units and bodies, which share one set of ids), ``act``, ``clauses``, ``function``,
    ``territory`` or ``task``. A function's id is ``unit/function``; territories and tasks belong to ``unit``.
    """

    organisation: str
    space: str
    id: str
    unit: str = ""


class Mention(NamedTuple):
    """A place where a symbol is named, with the text there: for a unit that may be the id of one of its functions."""

    path: str
    span: Span
    text: str


def _walk_keys(data: Data) -> Iterator[Route]:
    """The routes of what is defined by its key: bodies, acts, territories; and of the fields that name the thing of a file."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield (key,)
            if key in {"bodies", "acts", "territories"} and isinstance(value, dict):
                yield from ((key, inner) for inner in value)


def contains(span: Span, line: int, column: int) -> bool:
    """Whether a place, counted from 1, lies in a span or at its end."""
    return (span.line, span.column) <= (line, column) <= (span.end_line, span.end_column)


class Spot(NamedTuple):
    """What stands under the cursor: the symbol, and the span of its name here."""

    symbol: Symbol
    span: Span


def find_spot(desk: Desk, path: str, line: int, column: int) -> Spot | None:
    """What the id or name at a place of a file stands for."""
    document, kind = desk.document(path), kind_of(path)
    if document is None or kind is None:
        return None
    for route, text in walk_values(document.data):
        span = document.span(Place(path, route))
        if contains(span, line, column):
            symbol = _referred(desk, path, kind, route, text, document) or _defined(path, kind, route, text)
            return Spot(symbol, span) if symbol is not None else None
    for route in _walk_keys(document.data):
        span = document.span(Place(path, route, at_key=True))
        if contains(span, line, column):
            symbol = _defined_by_key(path, kind, route)
            return Spot(symbol, span) if symbol is not None else None
    return None


def _referred(desk: Desk, path: str, kind: str, route: Route, text: str, document: Document) -> Symbol | None:
    referred = referred_kind(kind, route)
    if referred is None or referred not in SPACES:
        return None
    space = SPACES[referred]
    for organisation in _organisations_of(desk, path):
        unit = own_unit(desk.project.registry.institutions[organisation], path, document) if space in {"territory", "task"} else ""
        symbol = Symbol(organisation, space, text, unit)
        if defined_at(desk, symbol) is not None:
            return symbol
    return None


def _organisations_of(desk: Desk, path: str) -> list[str]:
    """The organisation of a file; all of them for the files that stand above."""
    parts = path.split("/")
    return [parts[1]] if len(parts) > 2 else list(desk.project.registry.institutions)


def own_unit(institution: Institution, path: str, document: Document) -> str:
    """The unit that a file is about: a unit's own, or the one that a post belongs to."""
    parts = path.split("/")
    if kind_of(path) == "unit":
        return parts[-1].removesuffix(".yaml")
    unit = document.data.get("unit") if isinstance(document.data, dict) else None
    return unit if isinstance(unit, str) else institution.organisation.id


def _defined(path: str, kind: str, route: Route, text: str) -> Symbol | None:
    """What is defined by a value: a function or task by its id, and what a file is about by its own id."""
    parts = path.split("/")
    organisation, stem = parts[1], parts[-1].removesuffix(".yaml")
    if kind in {"unit", "organisation"} and route[-1] == "id" and len(route) > 1:
        unit = organisation if kind == "organisation" else stem
        if route[0] == "functions":
            return Symbol(organisation, "function", f"{unit}/{text}")
        return Symbol(organisation, "task", text, unit) if route[0] == "tasks" else None
    return _own(path, kind) if route in {("id",), ("title",), ("name",)} else None


def _defined_by_key(path: str, kind: str, route: Route) -> Symbol | None:
    parts = path.split("/")
    organisation, stem = parts[1], parts[-1].removesuffix(".yaml")
    if len(route) == 2:
        key = str(route[1])
        if route[0] == "acts":
            return Symbol(organisation, "act", key)
        if route[0] == "bodies":
            return Symbol(organisation, "entity", key)
        return Symbol(organisation, "territory", key, organisation if kind == "organisation" else stem)
    return _own(path, kind) if route in {("id",), ("title",), ("name",)} else None


def _own(path: str, kind: str) -> Symbol | None:
    """What a file is about."""
    parts = path.split("/")
    if kind == "organisation":
        return Symbol(parts[1], "entity", parts[1])
    if kind in {"unit", "position", "clauses"}:
        return Symbol(parts[1], "clauses" if kind == "clauses" else "entity", parts[-1].removesuffix(".yaml"))
    return None


def defined_at(desk: Desk, symbol: Symbol) -> Place | None:
    """Where a symbol is defined: the name in its file, its key, or the id of a function."""
    hierarchy = desk.project.hierarchies.get(symbol.organisation)
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
    return next(
        (task.id_place for task in unit.tasks if task.id == symbol.id),
        None,
    )


def find_mentions(desk: Desk, symbol: Symbol) -> list[Mention]:
    """Where a symbol is named, its definition not counted. A unit is also named in the ids of its functions."""
    mentions = []
    for path, document in desk.project.documents.items():
        kind = kind_of(path)
        parts = path.split("/")
        if kind is None or (len(parts) > 2 and parts[1] != symbol.organisation) or symbol.id.split("/")[0] not in document.text:
            continue
        for route, text in walk_values(document.data):
            referred = referred_kind(kind, route)
            if referred is None:
                continue
            space = SPACES.get(referred)
            named = space == symbol.space and text == symbol.id
            in_function = space == "function" and symbol.space == "entity" and text.startswith(f"{symbol.id}/")
            if symbol.unit and own_unit(desk.project.registry.institutions[symbol.organisation], path, document) != symbol.unit:
                continue
            if named or in_function:
                mentions.append(Mention(path, document.span(Place(path, route)), text))
    return mentions


class Gap(NamedTuple):
    """Where an id is being typed: what is expected there, the word so far, and the unit that the file is about."""

    referred: str
    span: Span
    unit: str | None


def find_gap(desk: Desk, path: str, text: str, line: int, column: int) -> Gap | None:
    """Which kind of id is expected at a place of a text that need not be readable as it stands."""
    kind = kind_of(path)
    lines = text.split("\n")
    if kind is None or line > len(lines):
        return None
    row = lines[line - 1].rstrip("\r")
    start = end = min(column - 1, len(row))
    while start > 0 and row[start - 1] in _WORD:
        start -= 1
    while end < len(row) and row[end] in _WORD:
        end += 1
    for attempt in _attempts(lines, line, row[:start], row[end:]):
        document = read_document(path, attempt.encode("utf-8", "replace"))
        route = next((route for route, value in walk_values(document.data) if value == _CURSOR), None)
        if route is None:
            continue
        referred = referred_kind(kind, route)
        if referred is None:
            return None
        hierarchy = desk.hierarchy(path)
        unit = own_unit(hierarchy.institution, path, document) if hierarchy is not None and len(path.split("/")) > 2 else None
        return Gap(referred, Span(line, start + 1, line, end + 1), unit)
    return None


def _attempts(lines: list[str], line: int, before: str, after: str) -> Iterator[str]:
    """The text with a word at the cursor, then with its brackets closed, then without what follows: until it can be read."""
    above, below = lines[: line - 1], lines[line:]
    space = "" if before.endswith((" ", "[", "{", "\t")) or not before else " "
    row = f"{before}{space}{_CURSOR}"
    opened = [bracket for bracket in row if bracket in "[{]}"]
    closing = ""
    for bracket in opened:
        closing = ("]" if bracket == "[" else "}") + closing if bracket in "[{" else closing[1:]
    for ending in (after, closing):
        yield "\n".join([*above, row + ending, *below])
        yield "\n".join([*above, row + ending])
