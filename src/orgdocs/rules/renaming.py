"""OD3xx: the ids that things had before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from orgdocs.model import Entity, Institution, Position, Ref, Unit
from orgdocs.problems import Finding, Note, Sentence
from orgdocs.rules.rule import Subject, error


def former_id(subject: Subject) -> Iterator[Finding]:
    """An id under `previously` is no longer in use, and is named once; only units or posts that came of one may share it.

    Otherwise nobody could say what became of the thing that had it.

    Wrong:

    ```yaml
    org/office/units/legal.yaml: {name: Legal Division}
    org/office/units/law.yaml: {name: Law Division, previously: [legal]}
    ```

    Right:

    ```yaml
    org/office/units/law.yaml: {name: Law Division, previously: [legal]}
    ```
    """
    for entities in _name_spaces(subject.institution):
        yield from _former_ids(entities)


def _name_spaces(institution: Institution) -> Iterator[Sequence[Entity]]:
    """The entities that share one set of ids."""
    organisation = institution.organisation
    yield (organisation, *institution.units.values(), *institution.bodies.values(), *institution.positions.values())
    yield tuple(institution.acts.values())
    yield tuple(institution.clause_sets.values())


def _former_ids(entities: Sequence[Entity]) -> Iterator[Finding]:
    used = {entity.id: entity for entity in entities}
    named: dict[str, tuple[Entity, Ref]] = {}
    for entity in entities:
        own: dict[str, Ref] = {}
        for ref in entity.previously:
            if ref.id in own:
                note = Note(own[ref.id].place, Sentence("it is named here already"))
                yield Finding(ref.place, Sentence("the former id {id} is named twice", id=ref.id), (note,))
            elif ref.id in used:
                yield _in_use(ref, entity, used)
            elif ref.id in named and not _may_share(entity, named[ref.id][0]):
                note = Note(named[ref.id][1].place, Sentence("it is named here already"))
                hint = Sentence("several units, or several posts, may name one former id, and nothing else")
                yield Finding(ref.place, Sentence("the former id {id} is named twice", id=ref.id), (note,), hint)
            own.setdefault(ref.id, ref)
            named.setdefault(ref.id, (entity, ref))


def _in_use(ref: Ref, entity: Entity, used: Mapping[str, Entity]) -> Finding:
    if ref.id == entity.id:
        return Finding(ref.place, Sentence("{id} is the id that it has now", id=ref.id), hint=Sentence("leave it out"))
    note = Note(used[ref.id].place, Sentence("it is given here"))
    hint = Sentence("name only ids that nothing has any more")
    return Finding(ref.place, Sentence("the former id {id} is in use", id=ref.id), (note,), hint)


def _may_share(one: Entity, other: Entity) -> bool:
    """Whether both may have come of one thing: units by division of a unit, posts by that of a post."""
    return type(one) is type(other) and isinstance(one, Unit | Position)


RULES = (error("OD307", "former-id", former_id),)
