"""The functions that must be performed, and by whom they are: what the rules on functions and the function audit count alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from orgdocs.hierarchy import Hierarchy
from orgdocs.model import Clause, Position, Unit


class Function(NamedTuple):
    """A function that is no sphere of others, with the spheres that it lies in, as ``unit/function``."""

    id: str
    clause: Clause
    spheres: tuple[str, ...]


def list_functions(unit: Unit) -> Iterator[Function]:
    """The functions of a unit in the order of its regulation; a function with items that have ids is a sphere, and not listed."""
    return _list(unit.id, unit.functions, ())


def _list(unit: str, clauses: Iterable[Clause], spheres: tuple[str, ...]) -> Iterator[Function]:
    for clause in clauses:
        if clause.id is None:
            continue
        name = f"{unit}/{clause.id}"
        if any(item.id for item in clause.items):
            yield from _list(unit, clause.items, (*spheres, name))
        else:
            yield Function(name, clause, spheres)


def list_performers(hierarchy: Hierarchy, function: Function) -> list[Position]:
    """The posts with a duty that performs a function, or a whole sphere that it lies in, in the order of the papers."""
    found = [posts for name in (function.id, *function.spheres) if (posts := hierarchy.performers(name))]
    if len(found) < 2:
        return list(found[0]) if found else []
    ids = {post.id for posts in found for post in posts}
    return [post for post in hierarchy.positions() if post.id in ids]
