"""Between places in a text and what stands there: which value is under the cursor, what it stands for, what may stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from orgdocs.documents import read_document
from orgdocs.editing.symbols import Symbol, defined_at, own_unit
from orgdocs.model.references import SPACES, referred_kind, walk_values
from orgdocs.problems import Place, Route, Span
from orgdocs.schemas import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgdocs.documents import Data, Document
    from orgdocs.server.desk import Desk

_WORD = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_/")
_CURSOR = "orgdocs-cursor-0"
"""Put where the cursor is, to find its place again after reading; nobody's id."""


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
        if defined_at(desk.project, symbol) is not None:
            return symbol
    return None


def _organisations_of(desk: Desk, path: str) -> list[str]:
    """The organisation of a file; all of them for the files that stand above."""
    parts = path.split("/")
    return [parts[1]] if len(parts) > 2 else list(desk.project.registry.institutions)


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
