"""Who stands where: the typed graph over one institution, asked in words of the field and never in words of networkx."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from orgdocs.model import Position

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import networkx as nx

    from orgdocs.model import Actor, Clause, Entity, Institution, Unit

_T = TypeVar("_T")

EDGES = (
    "part_of", "belongs_to", "heads", "deputises", "reports_to", "subordinate_to", "accountable_to", "coordinated_by",
    "cooperates_with", "appoints", "approves", "substitutes", "performs", "relates", "covers",
)  # fmt: skip
"""The kinds of edges, each from the one who does it: ``a substitutes b``, ``duty-holder performs function``."""


class Kept:
    """What was gathered from entities one by one. It is gathered anew only when the entity is another object than before."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], tuple[Entity, Any]] = {}

    def of(self, entity: Entity, gather: Callable[[Entity, str], _T], about: str) -> _T:
        """What ``gather`` gives for an entity and a word."""
        key = (gather, entity.place, about)
        known = self._kept.get(key)
        if known is None or known[0] is not entity:
            known = self._kept[key] = (entity, gather(entity, about))
        gathered: _T = known[1]
        return gathered


class Hierarchy:
    """The hierarchy of one institution.

    Nodes are ids: of posts, units, bodies and the organisation, which share one set of ids, ``unit/function`` for
    functions and ``unit#territory`` for territories. References to what does not exist are left out, so that no
    phantom nodes arise; rules report them. All answers are in a stable order.
    """

    def __init__(self, institution: Institution, kept: Kept | None = None) -> None:
        self.institution = institution
        self.kept = kept or Kept()
        """What rules gather from single entities; who opens a registry again hands it on."""

    # -- units ----------------------------------------------------------------------------------------------------

    @cached_property
    def _children(self) -> dict[str, list[Unit]]:
        children: dict[str, list[Unit]] = {}
        for unit in self.institution.units.values():
            parent = unit.parent.id if unit.parent else self.institution.organisation.id
            children.setdefault(parent, []).append(unit)
        for units in children.values():
            units.sort(key=lambda unit: (unit.order is None, unit.order or 0, unit.id))
        return children

    def children(self, unit: Unit) -> Sequence[Unit]:
        """Units directly under a unit or the organisation, in the order of the papers."""
        return self._children.get(unit.id, ())

    def branch(self, unit: Unit) -> Iterator[Unit]:
        """The unit and all units below it, from the top down. Cycles of units are cut."""
        seen: set[str] = set()
        waiting = [unit]
        while waiting:
            current = waiting.pop()
            if current.id not in seen:
                seen.add(current.id)
                yield current
                waiting.extend(reversed(self.children(current)))

    def parents(self, unit: Unit) -> Iterator[Unit]:
        """The units above a unit, nearest first, the organisation last."""
        seen = {unit.id}
        current: Unit | None = unit
        while current is not None and current is not self.institution.organisation:
            current = self.institution.unit(current.parent.id) if current.parent else self.institution.organisation
            if current is None or current.id in seen:
                return
            seen.add(current.id)
            yield current

    def unit_of(self, position: Position) -> Unit | None:
        """The unit a post belongs to; the organisation itself where the post names none."""
        return self.institution.unit(position.unit.id) if position.unit else self.institution.organisation

    def legal_entity(self, unit: Unit) -> Unit:
        """The legal entity that a unit is part of: itself, the nearest one above, or the organisation."""
        if unit.legal_entity:
            return unit
        return next((parent for parent in self.parents(unit) if parent.legal_entity), self.institution.organisation)

    # -- posts ----------------------------------------------------------------------------------------------------

    @cached_property
    def _members(self) -> dict[str, list[Position]]:
        members: dict[str, list[Position]] = {}
        for position in self.institution.positions.values():
            unit = self.unit_of(position)
            if unit is not None:
                members.setdefault(unit.id, []).append(position)
        for unit_id, positions in members.items():
            unit = self.institution.unit(unit_id)
            leaders = [ref.id for ref in ((unit.head,) if unit and unit.head else ())] + [ref.id for ref in (unit.deputies if unit else ())]
            ranks = {position_id: rank for rank, position_id in reversed(list(enumerate(leaders)))}
            positions.sort(
                key=lambda post: (
                    ranks.get(post.id, len(leaders)),
                    post.order is None,
                    post.order or 0,
                    self._depths[post.id],
                    post.id,
                )
            )
        return members

    def members(self, unit: Unit) -> Sequence[Position]:
        """Posts directly in a unit: head, deputies, then by the given order, depth of subordination and id."""
        return self._members.get(unit.id, ())

    @cached_property
    def _depths(self) -> dict[str, int]:
        """How many superiors every post has. Worked out along the chains, so that a long one is walked once and not by each post."""
        depths: dict[str, int] = {}
        for position in self.institution.positions.values():
            path: dict[str, int] = {}
            current: Actor | None = position
            while isinstance(current, Position) and current.id not in depths and current.id not in path:
                path[current.id] = len(path)
                current = self.superior(current)
            rest = list(path)
            if isinstance(current, Position) and current.id in path:
                # The chain runs into a circle: each post in it has all the others above it.
                circle = rest[path[current.id] :]
                depths.update(dict.fromkeys(circle, len(circle) - 1))
                rest = rest[: path[current.id]]
            above = -1 if current is None else depths[current.id] if isinstance(current, Position) else 0
            for number, post_id in enumerate(reversed(rest), 1):
                depths[post_id] = above + number
        return depths

    def head(self, unit: Unit) -> Position | None:
        """The post that heads a unit."""
        return self.institution.positions.get(unit.head.id) if unit.head else None

    def deputies(self, unit: Unit) -> list[Position]:
        """The posts that deputise for the head, first deputy first."""
        positions = self.institution.positions
        return [positions[ref.id] for ref in unit.deputies if ref.id in positions]

    @cached_property
    def _headed(self) -> dict[str, list[Unit]]:
        headed: dict[str, list[Unit]] = {}
        units = {unit.id: unit for unit in self.branch(self.institution.organisation)}
        units |= {key: unit for key, unit in sorted(self.institution.units.items()) if key not in units}
        for unit in units.values():
            if unit.head:
                headed.setdefault(unit.head.id, []).append(unit)
        return headed

    def heads(self, position: Position) -> Sequence[Unit]:
        """The units that a post heads, in the order of the papers."""
        return self._headed.get(position.id, ())

    # -- subordination --------------------------------------------------------------------------------------------

    def superior(self, position: Position) -> Actor | None:
        """The one administrative superior: a post, or an official or body outside."""
        return self.institution.actor(position.reports_to.id) if position.reports_to else None

    def chain(self, position: Position) -> Iterator[Actor]:
        """The superiors of a post from the nearest upwards. A cycle is cut where it closes."""
        seen = {position.id}
        current: Actor | None = position
        while isinstance(current, Position):
            current = self.superior(current)
            if current is None or current.id in seen:
                return
            seen.add(current.id)
            yield current

    @cached_property
    def _subordinates(self) -> dict[str, list[Position]]:
        subordinates: dict[str, list[Position]] = {}
        for position in self.institution.positions.values():
            if position.reports_to:
                subordinates.setdefault(position.reports_to.id, []).append(position)
        for positions in subordinates.values():
            positions.sort(key=self._place_in_papers)
        return subordinates

    def _place_in_papers(self, position: Position) -> tuple[int, int, str]:
        return (*self._order.get(position.id, (len(self._order), 0)), position.id)

    @cached_property
    def _order(self) -> dict[str, tuple[int, int]]:
        order: dict[str, tuple[int, int]] = {}
        for number, unit in enumerate(self.branch(self.institution.organisation)):
            for index, position in enumerate(self.members(unit)):
                order[position.id] = (number, index)
        return order

    def positions(self) -> list[Position]:
        """All posts in the order of the papers: units from the top down, in each the head first."""
        return sorted(self.institution.positions.values(), key=self._place_in_papers)

    def subordinates(self, actor: Actor) -> Sequence[Position]:
        """The posts that report to a post or body directly."""
        return self._subordinates.get(actor.id, ())

    # -- substitution, functions, territories ---------------------------------------------------------------------

    def substitutes(self, position: Position) -> list[Position]:
        """The posts that stand in for a post, first choice first."""
        positions = self.institution.positions
        return [positions[ref.id] for ref in position.substituted_by if ref.id in positions]

    @cached_property
    def _substituted(self) -> dict[str, list[Position]]:
        substituted: dict[str, list[Position]] = {}
        for position in self.institution.positions.values():
            for ref in position.substituted_by:
                substituted.setdefault(ref.id, []).append(position)
        for positions in substituted.values():
            positions.sort(key=self._place_in_papers)
        return substituted

    def substituted(self, position: Position) -> Sequence[Position]:
        """The posts for which a post stands in."""
        return self._substituted.get(position.id, ())

    @cached_property
    def functions(self) -> dict[str, Clause]:
        """All functions by ``unit/function``, those of the organisation under its own id."""
        functions: dict[str, Clause] = {}
        for unit in self.institution.establishments:
            for clause in walk_clauses(unit.functions):
                if clause.id is not None:
                    functions.setdefault(f"{unit.id}/{clause.id}", clause)
        return functions

    def duties(self, position: Position) -> Iterator[Clause]:
        """The duties of a post: those of its clause sets first, then its own."""
        for ref in position.includes:
            if ref.id in self.institution.clause_sets:
                yield from self.institution.clause_sets[ref.id].duties
        yield from position.duties

    @cached_property
    def _performers(self) -> dict[str, list[Position]]:
        performers: dict[str, list[Position]] = {}
        for position in self.positions():
            for function in dict.fromkeys(ref.id for duty in self.duties(position) for ref in duty.performs):
                performers.setdefault(function, []).append(position)
        return performers

    def performers(self, function: str) -> Sequence[Position]:
        """The posts with a duty that performs a function, given as ``unit/function``."""
        return self._performers.get(function, ())

    def keepers(self, unit: Unit, territory: str) -> list[Position]:
        """The posts of a unit that answer for one of its territories."""
        return [post for post in self.members(unit) if any(ref.id == territory for ref in post.territories)]

    def staff_units(self, unit: Unit) -> Decimal:
        """Staff units (posts times rate) of a unit and the units below it, without legal entities of their own."""
        total = Decimal(0)
        waiting = [unit]
        seen = {unit.id}
        while waiting:
            current = waiting.pop()
            for position in self.members(current):
                if position.staffing:
                    total += position.staffing.units
            for child in self.children(current):
                if not child.legal_entity and child.id not in seen:
                    seen.add(child.id)
                    waiting.append(child)
        return total

    # -- the graph ------------------------------------------------------------------------------------------------

    @cached_property
    def graph(self) -> nx.MultiDiGraph:
        """The whole typed multigraph; the key of an edge is its kind."""
        import networkx as nx  # noqa: PLC0415  (0.2 s: only who needs the graph pays for it)

        graph = nx.MultiDiGraph()
        institution = self.institution
        graph.add_nodes_from(
            [institution.organisation.id, *institution.units, *institution.positions, *institution.bodies, *self.functions]
        )
        graph.add_nodes_from(f"{unit.id}#{territory}" for unit in self.institution.establishments for territory in unit.territories)
        known = set(graph)
        graph.add_edges_from((start, end, kind) for start, end, kind in self.edges() if start in known and end in known)
        return graph

    def edges(self) -> Iterator[tuple[str, str, str]]:
        """All edges as (from, to, kind), also those to ids that do not exist."""
        for unit in self.institution.establishments:
            yield from self._edges_of_unit(unit)
        for position in self.institution.positions.values():
            yield from self._edges_of_position(position)
        for approval in self.institution.organisation.approvals:
            yield approval.by.id, self.institution.organisation.id, "approves"

    def _edges_of_unit(self, unit: Unit) -> Iterator[tuple[str, str, str]]:
        if unit is not self.institution.organisation:
            yield unit.id, unit.parent.id if unit.parent else self.institution.organisation.id, "part_of"
        if unit.head:
            yield unit.head.id, unit.id, "heads"
        for ref in unit.deputies:
            yield ref.id, unit.id, "deputises"
        for kind in ("subordinate_to", "accountable_to", "coordinated_by", "cooperates_with"):
            for tie in getattr(unit, kind):
                yield unit.id, tie.to.id, kind

    def _edges_of_position(self, position: Position) -> Iterator[tuple[str, str, str]]:
        unit = self.unit_of(position)
        if unit is not None:
            yield position.id, unit.id, "belongs_to"
            for ref in position.territories:
                yield position.id, f"{unit.id}#{ref.id}", "covers"
        if position.reports_to:
            yield position.id, position.reports_to.id, "reports_to"
        for kind in ("accountable_to", "coordinated_by"):
            for tie in getattr(position, kind):
                yield position.id, tie.to.id, kind
        if position.appointed_by:
            yield position.appointed_by.by.id, position.id, "appoints"
        for ref in position.substituted_by:
            yield ref.id, position.id, "substitutes"
        for relation in position.relations:
            if relation.to:
                yield position.id, relation.to.id, "relates"
        for function in dict.fromkeys(ref.id for duty in self.duties(position) for ref in duty.performs):
            yield position.id, function, "performs"

    def cycles(self, kind: str) -> list[list[str]]:
        """The loops, which are cycles of one, and for each knot of edges of one kind a shortest cycle through its smallest id.

        Not all cycles are listed: there can be millions in a small tangle.
        """
        edges = [(start, end) for start, end, edge_kind in self.edges() if edge_kind == kind]
        if not _may_be_cyclic(edges):
            return []
        import networkx as nx  # noqa: PLC0415

        graph = nx.DiGraph(edges)
        loops = list(nx.nodes_with_selfloops(graph))
        graph.remove_edges_from([(node, node) for node in loops])
        cycles = [[node] for node in loops]
        for knot in nx.strongly_connected_components(graph):
            if len(knot) > 1:
                start = min(knot)
                # A view of the knot would be walked in the order of a set; of several shortest cycles always the same one is wanted.
                part = nx.DiGraph(sorted(graph.subgraph(knot).edges))
                back = [nx.shortest_path(part, end, start) for end in part[start]]
                cycles.append([start, *min(back, key=len)[:-1]])
        return sorted(cycles)


def _may_be_cyclic(edges: list[tuple[str, str]]) -> bool:
    """Peel off ends until nothing is left: cheap, and almost always the whole answer."""
    import graphlib  # noqa: PLC0415

    sorter = graphlib.TopologicalSorter[str]()
    for start, end in edges:
        sorter.add(start, end)
    try:
        sorter.prepare()
    except graphlib.CycleError:
        return True
    return False


def walk_clauses(clauses: Iterable[Clause]) -> Iterator[Clause]:
    """All clauses and the items below them, in the order of the paper."""
    for clause in clauses:
        yield clause
        yield from walk_clauses(clause.items)
