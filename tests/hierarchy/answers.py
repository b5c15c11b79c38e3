"""Every answer of a hierarchy as one readable text, for comparing all of them at once."""

from __future__ import annotations

from collections.abc import Iterable

from orgdocs.hierarchy import EDGES, Hierarchy
from orgdocs.model import Body, Organisation, Position, Unit


def render_answers(hierarchy: Hierarchy) -> str:
    """The answers by unit, post, body, function and territory, then the graph. What is empty prints nothing."""
    institution = hierarchy.institution
    units = [institution.organisation, *(institution.units[key] for key in sorted(institution.units))]
    lines = [f"posts: {_ids(hierarchy.positions())}"]
    for unit in units:
        lines += _block(f"unit {unit.id}", _unit_answers(hierarchy, unit))
    for key in sorted(institution.positions):
        lines += _block(f"post {key}", _post_answers(hierarchy, institution.positions[key]))
    for key in sorted(institution.bodies):
        lines += _block(f"body {key}", [("subordinates", _ids(hierarchy.subordinates(institution.bodies[key])))])
    for key in sorted(hierarchy.functions):
        lines += _block(f"function {key}", [("performers", _ids(hierarchy.performers(key)))])
    for kind in EDGES:
        cycles = hierarchy.cycles(kind)
        lines += [f"cycles of {kind}: {' | '.join(' '.join(cycle) for cycle in cycles)}"] if cycles else []
    lines.append("nodes: " + " ".join(sorted(hierarchy.graph)))
    for kind in EDGES:
        edges = sorted(f"{start}>{end}" for start, end, key in hierarchy.graph.edges(keys=True) if key == kind)
        lines += [f"{kind}: {' '.join(edges)}"] if edges else []
    return "\n".join(lines)


def _unit_answers(hierarchy: Hierarchy, unit: Unit) -> Iterable[tuple[str, str]]:
    head = hierarchy.head(unit)
    yield "children", _ids(hierarchy.children(unit))
    yield "branch", _ids(hierarchy.branch(unit))
    yield "parents", _ids(hierarchy.parents(unit))
    yield "legal entity", hierarchy.legal_entity(unit).id
    yield "head", head.id if head else ""
    yield "deputies", _ids(hierarchy.deputies(unit))
    yield "members", _ids(hierarchy.members(unit))
    yield "staff units", str(hierarchy.staff_units(unit))
    for territory in unit.territories:
        yield f"keepers of {territory}", _ids(hierarchy.keepers(unit, territory))


def _post_answers(hierarchy: Hierarchy, position: Position) -> Iterable[tuple[str, str]]:
    unit, superior = hierarchy.unit_of(position), hierarchy.superior(position)
    yield "unit", unit.id if unit else ""
    yield "heads", _ids(hierarchy.heads(position))
    yield "superior", superior.id if superior else ""
    yield "chain", _ids(hierarchy.chain(position))
    yield "subordinates", _ids(hierarchy.subordinates(position))
    yield "substitutes", _ids(hierarchy.substitutes(position))
    yield "substituted", _ids(hierarchy.substituted(position))
    yield "duties", " | ".join(str(duty.text) for duty in hierarchy.duties(position))


def _block(title: str, answers: Iterable[tuple[str, str]]) -> list[str]:
    told = [f"  {question}: {answer}" for question, answer in answers if answer]
    return [title, *told]


def _ids(entities: Iterable[Position | Unit | Organisation | Body]) -> str:
    return " ".join(entity.id for entity in entities)
