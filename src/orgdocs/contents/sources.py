"""Which files a paper draws on: what an error must touch to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgdocs.model import Position

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgdocs.contents.content import PaperId
    from orgdocs.hierarchy import Hierarchy
    from orgdocs.model import Unit


def files_behind(hierarchy: Hierarchy, paper: PaperId, subject: Unit | Position) -> set[str]:
    """The paths of all files that say something in a paper, those of the names it mentions included."""
    organisation = paper.organisation
    common = {f"org/{organisation}/{name}.yaml" for name in ("organisation", "acts", "wording")} | {"org/registry.yaml"}
    return common | set(_own(hierarchy, paper, subject))


def _own(hierarchy: Hierarchy, paper: PaperId, subject: Unit | Position) -> Iterator[str]:
    institution = hierarchy.institution
    if isinstance(subject, Position):
        yield subject.place.path
        unit = hierarchy.unit_of(subject)
        headed = hierarchy.heads(subject)
        mentioned: list[Unit | Position | None] = [unit, *headed, hierarchy.head(unit) if unit else None]
        mentioned += [*hierarchy.subordinates(subject), *hierarchy.substitutes(subject), *hierarchy.substituted(subject)]
        yield from (entity.place.path for entity in mentioned if entity is not None)
        yield from (institution.clause_sets[ref.id].place.path for ref in subject.includes if ref.id in institution.clause_sets)
        refs = [relation.to for relation in subject.relations] + [subject.reports_to]
        refs += [appointment.by for appointment in (subject.appointed_by, subject.dismissed_by) if appointment]
        for ref in refs:
            named = (institution.actor(ref.id) or institution.unit(ref.id)) if ref else None
            if named is not None:
                yield named.place.path
    elif paper.kind == "regulation":
        yield subject.place.path
        named_units = [*hierarchy.children(subject), hierarchy.head(subject), *hierarchy.deputies(subject)]
        yield from (entity.place.path for entity in named_units if entity is not None)
    else:
        for below in hierarchy.branch(subject):
            yield below.place.path
            yield from (position.place.path for position in hierarchy.members(below))
