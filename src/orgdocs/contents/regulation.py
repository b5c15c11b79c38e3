"""The content of a regulation: what an organisation or unit is, does and may do, and who leads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orgdocs.model import Body as OutsideBody

if TYPE_CHECKING:
    from orgdocs.contents.composing import Composer
    from orgdocs.contents.content import Body
    from orgdocs.contents.view import Sight
    from orgdocs.model import Unit

KIND = "regulation"

_LISTS = ("general", "tasks", "functions", "rights", "structure_clauses", "leadership_clauses", "powers", "interaction", "final")


def write(composer: Composer, unit: Unit) -> Body:
    """The body of the regulation of a unit or of the organisation itself."""
    return composer.compose(KIND, view(composer.sight, unit), unit, unit.regulation)


def view(sight: Sight, unit: Unit) -> dict[str, Any]:
    """What the wording of a regulation may speak of."""
    hierarchy = sight.hierarchy
    organisation = sight.institution.organisation
    head = hierarchy.head(unit)
    superior = hierarchy.superior(head) if head else None
    parent = next(hierarchy.parents(unit), None)
    units = [{**sight.unit(child), "legal_entity": child.legal_entity} for child in hierarchy.children(unit)]
    alternatives = sight.alternatives(head.qualification, head.place.under("qualification")) if head else []
    return {
        "name": sight.unit(unit),
        "term": sight.unit_term(unit),
        "is_organisation": unit is organisation,
        "parent": sight.unit(parent) if parent else None,
        "legal_entity": unit.legal_entity,
        "status": sight.text(unit.status, unit.place.under("status")),
        "subordinate_to": sight.ties(unit.subordinate_to),
        "accountable_to": sight.ties(unit.accountable_to),
        "coordinated_by": sight.ties(unit.coordinated_by),
        "cooperates_with": sight.ties(unit.cooperates_with),
        "predecessors": [sight.predecessor(predecessor) for predecessor in unit.predecessors],
        "guided_by": sight.acts(unit.guided_by),
        "units": units,
        "unit_lines": _unit_lines(sight, units, unit),
        "head": sight.post(head) if head else None,
        "head_term": sight.term(head) if head else None,
        "head_superior": sight.actor(superior) if superior else None,
        "head_superior_outside": isinstance(superior, OutsideBody),
        "appointed": sight.appointment(head.appointed_by) if head else None,
        "qualification": alternatives,
        "qualification_lines": [{"text": text, "items": []} for text in alternatives],
        "deputies": [sight.post(post) for post in hierarchy.deputies(unit)],
        "regulation_approval": sight.approvers("regulation", "organisation" if unit is organisation else "unit"),
        "unit_regulation_approval": sight.approvers("regulation", "unit"),
        "job_description_approval": sight.approvers("job-description", "unit"),
        "staffing_approval": sight.approvers("staffing-table", "organisation"),
        "structure_approval": sight.approvers("structure", "organisation"),
        "territory_lines": [
            {"text": sight.text(text, unit.place.under("territories", key)), "items": []} for key, text in unit.territories.items()
        ],
        "works_by": unit.works_by or "",
        "address": sight.text(unit.address, unit.place.under("address")),
        "leads": {key: sight.text(text, unit.place.under("leads", key)) for key, text in unit.leads.items()},
        "acquaintance_places": 3,
        **{key: sight.lines(getattr(unit, key), arranged=unit.regulation.arrangement is not None) for key in _LISTS},
    }


def _unit_lines(sight: Sight, units: list[dict[str, Any]], unit: Unit) -> list[dict[str, Any]]:
    """The child units as a list, legal entities marked, closed by the open entry where there is one."""
    mark = sight.words["structure"]["legal_entity"]
    lines: list[dict[str, Any]] = [
        {"text": f"{item['nominative']} ({mark})" if item["legal_entity"] else item["nominative"], "items": []} for item in units
    ]
    if unit.structure_open is not None:
        lines.append({"text": sight.text(unit.structure_open, unit.place.under("structure", "open")), "items": []})
    return lines
