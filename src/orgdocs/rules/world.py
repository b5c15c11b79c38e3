"""One institution as conditions see it: what it says of its things, and what it cannot tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from orgdocs.hierarchy import walk_clauses
from orgdocs.model import Clause, Position, Ref, Text, Unit
from orgdocs.problems import Place

if TYPE_CHECKING:
    from orgdocs.hierarchy import Hierarchy


Answer: TypeAlias = "bool | None"
"""Yes, no, or cannot tell: a file has faults or an id leads nowhere, and another rule has spoken."""


class _Unknown:
    """Stands for a value that could not be read, or an id that leads nowhere."""


UNKNOWN = _Unknown()


class Listing(NamedTuple):
    """A list as a field gives it: a stretch of a sequence; ``open`` where it may be longer than is known."""

    items: Sequence[Any]
    open: bool = False
    start: int = 0
    stop: int | None = None
    """Given where the sequence is the whole of posts or units in the order of the papers, of which this is a part."""


class Function(NamedTuple):
    """A function of a unit, with the unit."""

    id: str
    clause: Clause
    unit: Unit

    @property
    def place(self) -> Place:
        """Where its text stands."""
        return self.clause.place

    @property
    def partial(self) -> bool:
        """Whether the file of its unit has faults."""
        return self.unit.partial


class World:
    """One institution as conditions see it, with what they have found out already."""

    def __init__(self, hierarchy: Hierarchy) -> None:
        self.hierarchy = hierarchy
        self.institution = hierarchy.institution
        self.organisation = hierarchy.institution.organisation
        broken = {kind for kind, _ in self.institution.broken}
        # A post that has faults may belong elsewhere than it seems, so that no list of posts is sure.
        self.posts_open = "position" in broken or any(post.partial for post in self.institution.positions.values())
        self.units_open = "unit" in broken or any(unit.partial for unit in self.institution.units.values())
        self.sets_open = "clauses" in broken or any(shared.partial for shared in self.institution.clause_sets.values())
        self.found: dict[int, dict[int, Answer]] = {}
        self.sums: dict[int, tuple[list[int], list[int]]] = {}

    # -- values ---------------------------------------------------------------------------------------------------

    def text(self, text: Text | None) -> str | None:
        """A text in the organisation's own language."""
        if text is None or isinstance(text, str):
            return text
        return text.get(self.organisation.language)

    def post(self, ref: Ref | None) -> Any:
        """The post that is meant; None where none is named, or somebody outside."""
        if ref is None or ref.id in self.institution.bodies:
            return None
        return self.institution.positions.get(ref.id, UNKNOWN)

    def unit(self, ref: Ref | None) -> Any:
        """The unit that is meant."""
        return None if ref is None else self.institution.unit(ref.id) or UNKNOWN

    def posts(self, refs: Iterable[Ref]) -> Listing:
        """The posts that are meant."""
        found = [self.institution.positions.get(ref.id) for ref in refs]
        posts = [post for post in found if post is not None]
        return Listing(posts, open=len(posts) < len(found))

    def home(self, post: Position) -> Any:
        """The unit of a post."""
        return self.hierarchy.unit_of(post) or UNKNOWN

    def clauses(self, post: Position, name: str) -> Listing:
        """The clauses of a post under one field, those of its clause sets first."""
        clauses: list[Clause] = []
        is_open = False
        for ref in post.includes:
            shared = self.institution.clause_sets.get(ref.id)
            is_open = is_open or shared is None or shared.partial
            clauses += getattr(shared, name) if shared is not None else ()
        return Listing([*clauses, *getattr(post, name)], is_open)

    def performs(self, post: Position) -> Listing:
        """The functions that the duties of a post perform."""
        duties = self.clauses(post, "duties")
        ids = dict.fromkeys(ref.id for duty in duties.items for ref in duty.performs)
        found = [self.functions[key] for key in ids if key in self.functions]
        return Listing(found, open=duties.open or len(found) < len(ids))

    @cached_property
    def functions(self) -> dict[str, Function]:
        """All functions by ``unit/function``."""
        return {
            f"{unit.id}/{clause.id}": Function(f"{unit.id}/{clause.id}", clause, unit)
            for unit in self.institution.establishments
            for clause in walk_clauses(unit.functions)
            if clause.id is not None
        }

    def functions_of(self, unit: Unit) -> Listing:
        """The functions of a unit, those inside spheres too."""
        return Listing([self.functions[f"{unit.id}/{clause.id}"] for clause in walk_clauses(unit.functions) if clause.id is not None])

    def performers(self, function: Function) -> Listing:
        """The posts whose duties perform a function."""
        return Listing(self.hierarchy.performers(function.id), self.posts_open or self.sets_open)

    @cached_property
    def acts(self) -> Listing:
        """All acts."""
        return Listing(tuple(self.institution.acts.values()), self.institution.is_broken("acts", "acts"))

    # -- the order of the papers ----------------------------------------------------------------------------------

    @cached_property
    def _order(self) -> tuple[list[Unit], list[Position], dict[str, tuple[int, int, int, int]]]:
        """Units and posts from the top down, and for every unit where those below it begin and end."""
        units = list(self.hierarchy.branch(self.organisation))
        posts: list[Position] = []
        starts = []
        for unit in units:
            starts.append(len(posts))
            posts += self.hierarchy.members(unit)
        starts.append(len(posts))
        ends: dict[str, int] = {}
        places = {unit.id: number for number, unit in enumerate(units)}
        for number in range(len(units) - 1, -1, -1):
            below = [ends[child.id] for child in self.hierarchy.children(units[number]) if places.get(child.id, -1) > number]
            ends[units[number].id] = max([number + 1, *below])
        stretches = {unit.id: (number + 1, ends[unit.id], starts[number], starts[ends[unit.id]]) for number, unit in enumerate(units)}
        return units, posts, stretches

    def branch_posts(self, unit: Unit) -> Any:
        """The posts of a unit and of the units below it."""
        _, posts, stretches = self._order
        if unit.id not in stretches:
            return UNKNOWN
        return Listing(posts, self.posts_open or self.units_open, *stretches[unit.id][2:])

    def branch_units(self, unit: Unit) -> Any:
        """The units below a unit, at all levels."""
        units, _, stretches = self._order
        return Listing(units, self.units_open, *stretches[unit.id][:2]) if unit.id in stretches else UNKNOWN

    @cached_property
    def _staff(self) -> list[Decimal]:
        """Staff units up to each post in the order of the papers."""
        sums = [Decimal(0)]
        for post in self._order[1]:
            sums.append(sums[-1] + (staff_units(post) or 0))
        return sums

    def staff_units(self, unit: Unit) -> Any:
        """Staff units of a unit and the units below it."""
        stretches = self._order[2]
        if self.posts_open or self.units_open or unit.id not in stretches:
            return UNKNOWN
        _, _, start, stop = stretches[unit.id]
        return self._staff[stop] - self._staff[start]

    @cached_property
    def _levels(self) -> dict[str, int]:
        levels: dict[str, int] = {self.organisation.id: 0}
        for unit in self._order[0][1:]:
            levels[unit.id] = levels[unit.parent.id if unit.parent else self.organisation.id] + 1
        return levels

    def unit_level(self, unit: Unit) -> Any:
        """How deep a unit stands: 0 for the organisation, 1 directly under it."""
        return self._levels.get(unit.id, UNKNOWN)

    @cached_property
    def _depths(self) -> dict[str, int | None]:
        """How many posts stand above each; None in a ring, or below one."""
        depths: dict[str, int | None] = {}
        for post in self.institution.positions.values():
            path: dict[str, None] = {}
            current: Any = post
            while isinstance(current, Position) and current.id not in depths and current.id not in path:
                path[current.id] = None
                current = self.post(current.reports_to)
            depth = -1 if current is None else depths.get(current.id) if isinstance(current, Position) else None
            for post_id in reversed(path):
                depth = None if depth is None else depth + 1
                depths[post_id] = depth
        return depths

    def post_level(self, post: Position) -> Any:
        """How many posts stand above a post."""
        depth = self._depths[post.id]
        return UNKNOWN if depth is None else depth


def staff_units(post: Position) -> Decimal | None:
    """Posts times rate; None where the post has no line in the staffing table."""
    return post.staffing.units if post.staffing is not None else None
