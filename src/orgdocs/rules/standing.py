"""OD4xx: the hierarchy of units and posts."""

from __future__ import annotations

from collections.abc import Iterator

from orgdocs.model import Position, Unit
from orgdocs.problems import Finding, Note, Place, Sentence
from orgdocs.rules.rule import Subject, error


def subordination_cycle(subject: Subject) -> Iterator[Finding]:
    """Subordination has no cycles.

    In a cycle everybody is everybody's superior, and nobody decides.

    Wrong: the accountant reports to the lawyer, the lawyer to the accountant. Right: both report to the director.
    """
    positions = subject.institution.positions
    for cycle in subject.hierarchy.cycles("reports_to"):
        places = [position.reports_to.place for post in cycle if (position := positions.get(post)) and position.reports_to]
        following = [*cycle[1:], cycle[0]]
        notes = tuple(
            Note(place, Sentence("{post} reports to {superior}", post=post, superior=superior))
            for place, post, superior in list(zip(places, cycle, following, strict=False))[1:]
        )
        yield Finding(places[0], Sentence("{cycle}", cycle=" -> ".join([*cycle, cycle[0]])), notes)


def roots(subject: Subject) -> Iterator[Finding]:
    """Exactly one post of an organisation has no superior in it: its head.

    Every other post reports to some post of the organisation. A second root is a branch that nobody directs.

    Wrong: two posts without `reports_to`. Right: `reports_to` everywhere but at the head, who may report to a body outside.
    """
    institution = subject.institution
    tops = [
        position
        for position in institution.positions.values()
        if not position.partial and (position.reports_to is None or position.reports_to.id in institution.bodies)
    ]
    head = institution.organisation.head.id if institution.organisation.head else None
    for position in tops:
        if position.id == head or _heads_legal_entity(subject, position):
            continue
        place = position.reports_to.place if position.reports_to else position.place.under("title")
        sentence = Sentence("{post} has no superior in the organisation, and does not head it", post=position.id)
        hint = Sentence("write reports_to: {head}, or the post it reports to", head=head) if head else None
        yield Finding(place, sentence, hint=hint)


def _heads_legal_entity(subject: Subject, position: Position) -> bool:
    return any(unit.legal_entity for unit in subject.hierarchy.heads(position))


def unit_cycle(subject: Subject) -> Iterator[Finding]:
    """No unit is, directly or through others, a part of itself.

    Wrong: the sector belongs to the division, the division to the sector. Right: one of them belongs to the other.
    """
    units = subject.institution.units
    for cycle in subject.hierarchy.cycles("part_of"):
        places = [unit.parent.place for unit_id in cycle if (unit := units.get(unit_id)) and unit.parent]
        notes = tuple(
            Note(place, Sentence("{unit} belongs to {parent}", unit=unit, parent=parent))
            for place, unit, parent in list(zip(places, cycle, [*cycle[1:], cycle[0]], strict=False))[1:]
        )
        yield Finding(places[0], Sentence("{cycle}", cycle=" -> ".join([*cycle, cycle[0]])), notes)


def unit_without_head(subject: Subject) -> Iterator[Finding]:
    """Every unit has a head.

    Wrong: a division whose `head` is a post with `posts: 0`. Right: a post that exists in the staffing table.
    """
    for unit in _units(subject):
        head = subject.hierarchy.head(unit)
        if head is not None and head.staffing is not None and head.staffing.posts == 0:
            assert unit.head is not None  # noqa: S101
            yield Finding(unit.head.place, Sentence("{unit} has no head: the post {head} has no posts", unit=unit.id, head=head.id))


def head_outside(subject: Subject) -> Iterator[Finding]:
    """The head of a unit is a post of that unit.

    Wrong: `head: lawyer`, and the lawyer's `unit` is another one. Right: a head whose `unit` is this one.
    """
    for unit in _units(subject):
        head = subject.hierarchy.head(unit)
        if head is None or head.partial or subject.hierarchy.unit_of(head) is unit or unit.head is None:
            continue
        if unit is subject.institution.organisation and head.unit is None:
            continue
        where = head.unit.id if head.unit else subject.institution.organisation.id
        place = head.unit.place if head.unit else head.place.under("title")
        notes = (Note(place, Sentence("{head} belongs to {where}", head=head.id, where=where)),)
        yield Finding(unit.head.place, Sentence("{head} heads {unit} and does not belong to it", head=head.id, unit=unit.id), notes)


def two_heads(subject: Subject) -> Iterator[Finding]:
    """A unit has one head.

    It has two if the head's post is there more than once, or if another post of the unit, which is no deputy, reports
    to the head's own superior, past the head.

    Wrong: `posts: 2` at the head of a division. Right: one head and a deputy.
    """
    for unit in _units(subject):
        head = subject.hierarchy.head(unit)
        if head is None:
            continue
        if head.staffing is not None and head.staffing.posts > 1:
            place = head.staffing.place.under("posts")
            yield Finding(place, Sentence("{unit} has {count} heads", unit=unit.id, count=head.staffing.posts))
        if unit is subject.institution.organisation or head.reports_to is None:
            continue
        deputies = {ref.id for ref in unit.deputies}
        for position in subject.hierarchy.members(unit):
            if position is head or position.id in deputies or position.reports_to is None:
                continue
            if position.reports_to.id == head.reports_to.id:
                assert unit.head is not None  # noqa: S101
                sentence = Sentence(
                    "{post} reports past the head of {unit} to {superior}", post=position.id, unit=unit.id, superior=position.reports_to.id
                )
                yield Finding(
                    position.reports_to.place, sentence, (Note(unit.head.place, Sentence("{head} heads the unit", head=head.id)),)
                )


def self_substitution(subject: Subject) -> Iterator[Finding]:
    """No post is its own substitute.

    Wrong: `substituted_by: [lawyer]` in `lawyer.yaml`. Right: another post.
    """
    for position in subject.institution.positions.values():
        for ref in position.substituted_by:
            if ref.id == position.id:
                yield Finding(ref.place, Sentence("{post} substitutes itself", post=position.id))


def substitution_cycle(subject: Subject) -> Iterator[Finding]:
    """Substitution has no cycles.

    If two posts substitute only each other, nobody is there when one of them is away and the other falls ill.

    Wrong: the accountant substitutes the economist and the other way round. Right: a chain that ends.
    """
    positions = subject.institution.positions
    for cycle in subject.hierarchy.cycles("substitutes"):
        if len(cycle) == 1:
            continue
        backwards = [cycle[0], *reversed(cycle[1:])]
        following = [*backwards[1:], backwards[0]]
        places: list[Place] = []
        for post, substitute in zip(backwards, following, strict=True):
            places += [ref.place for ref in positions[post].substituted_by if ref.id == substitute][:1]
        notes = tuple(
            Note(place, Sentence("{substitute} substitutes {post}", substitute=substitute, post=post))
            for place, post, substitute in list(zip(places, backwards, following, strict=True))[1:]
        )
        yield Finding(places[0], Sentence("{cycle}", cycle=" -> ".join([*backwards, backwards[0]])), notes)


def _units(subject: Subject) -> Iterator[Unit]:
    yield subject.institution.organisation
    yield from subject.institution.units.values()


RULES = (
    error("OD401", "subordination-cycle", subordination_cycle),
    error("OD402", "roots", roots),
    error("OD403", "unit-cycle", unit_cycle),
    error("OD404", "unit-without-head", unit_without_head),
    error("OD405", "head-outside", head_outside),
    error("OD406", "two-heads", two_heads),
    error("OD407", "self-substitution", self_substitution),
    error("OD408", "substitution-cycle", substitution_cycle),
)
