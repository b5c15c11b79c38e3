"""Which ids there are for a field that holds one, with the titles that people know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgdocs.hierarchy import walk_clauses
from orgdocs.model import text_for

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgdocs.hierarchy import Hierarchy
    from orgdocs.model import Institution, Text


def known_ids(hierarchy: Hierarchy, referred: str, unit_id: str | None = None) -> dict[str, str]:
    """The ids that a field may hold, each with its title. For territories and tasks, only those of one unit if it is given."""
    institution = hierarchy.institution
    organisation = institution.organisation
    units = {organisation.id: organisation, **institution.units}
    if referred in {"territory", "task"}:
        chosen = [units[unit_id]] if unit_id in units else list(units.values())
        if referred == "territory":
            return {key: _say(institution, text) for unit in chosen for key, text in unit.territories.items()}
        return {clause.id: _say(institution, clause.text) for unit in chosen for clause in walk_clauses(unit.tasks) if clause.id}
    if referred == "function":
        return {key: _say(institution, clause.text) for key, clause in hierarchy.functions.items()}
    found: dict[str, Mapping[str, Text]] = {
        "position": {key: position.title for key, position in institution.positions.items()},
        "body": {key: body.name for key, body in institution.bodies.items()},
        "unit": {key: unit.name for key, unit in units.items()},
        "act": {key: act.title for key, act in institution.acts.items()},
        "clauses": dict.fromkeys(institution.clause_sets, ""),
    }
    return {
        entity_id: title
        for kind in _MEANT.get(referred, (referred,))
        for entity_id, title in (
            *((key, _say(institution, text)) for key, text in found.get(kind, {}).items()),
            *((broken, "") for broken_kind, broken in sorted(institution.broken) if broken_kind == kind),
        )
    }


_MEANT = {
    "actor": ("position", "body"),
    "anybody": ("position", "unit", "body"),
    "approved": ("position", "unit"),
    "anything": ("position", "unit"),
}


def _say(institution: Institution, text: Text) -> str:
    return text_for(text, institution.organisation.language)


def title_of(institution: Institution, entity_id: str) -> str | None:
    """The title or name of a post, unit, body, act or function; None if there is none."""
    entity = institution.positions.get(entity_id)
    if entity is not None:
        return _say(institution, entity.title)
    named = institution.unit(entity_id) or institution.bodies.get(entity_id)
    if named is not None:
        return _say(institution, named.name)
    act = institution.acts.get(entity_id)
    return _say(institution, act.title) if act is not None else None
