"""OD4xx: to whom posts report, over how many steps, and how many report to one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from orgdocs.model import Position, Unit
from orgdocs.problems import Finding, Note, Sentence
from orgdocs.rules.rule import Subject, warning


class Line(NamedTuple):
    """The line of units in which a unit stands, itself first and the organisation last, and who leads them."""

    units: tuple[Unit, ...]
    leaders: frozenset[str]
    """Ids of the heads and deputies of these units."""
    sound: bool
    """Whether every unit of the line has a head of its own, and no file of it has faults."""


def draw_lines(subject: Subject) -> dict[str, Line]:
    """The line of each unit that stands in one with the organisation, by the id of the unit."""
    hierarchy = subject.hierarchy
    organisation = subject.institution.organisation
    lines: dict[str, Line] = {}
    for unit in hierarchy.branch(organisation):
        head = hierarchy.head(unit)
        own = frozenset(ref.id for ref in (unit.head, *unit.deputies) if ref is not None)
        sound = not unit.partial and head is not None and (head.partial or hierarchy.unit_of(head) is unit)
        above = lines.get(unit.parent.id if unit.parent else organisation.id) if unit is not organisation else None
        lines[unit.id] = Line((unit, *above.units), own | above.leaders, sound and above.sound) if above else Line((unit,), own, sound)
    return lines


def superior_elsewhere(subject: Subject) -> Iterator[Finding]:
    """A post reports to a post of its own unit or of a unit above it, the head of a unit to somebody who leads above.

    A superior in another branch is given work by one head and answers for it to another, and neither sees the whole. The
    head of a unit reports to the head, a deputy or another manager of a unit above, or to whoever is above them.

    Wrong:

    ```yaml
    units/claims.yaml: {name: Claims Sector, parent: legal, head: head-of-claims}
    head-of-claims.yaml: {unit: claims, reports_to: head-of-finance}
    ```

    Right:

    ```yaml
    units/claims.yaml: {name: Claims Sector, parent: legal, head: head-of-claims}
    head-of-claims.yaml: {unit: claims, reports_to: head-of-legal}
    ```
    """
    hierarchy = subject.hierarchy
    lines = draw_lines(subject)
    for position in subject.institution.positions.values():
        superior, unit = hierarchy.superior(position), hierarchy.unit_of(position)
        if not isinstance(superior, Position) or unit is None or position.partial or superior.partial or position.reports_to is None:
            continue
        line, home = lines.get(unit.id), hierarchy.unit_of(superior)
        if line is None or home is None or not line.sound or unit.head is None or superior.id in line.leaders:
            continue
        leads = unit.head.id == position.id
        if home in line.units[leads:] and not (leads and superior.category not in {None, "manager"}):
            continue
        # Who reports past the head to the head's superior, or closes a ring, is told so already.
        head = hierarchy.head(unit)
        past = not leads and head is not None and head.reports_to is not None and head.reports_to.id == superior.id
        if not past and position not in hierarchy.chain(superior):
            yield _elsewhere(position, superior, unit, home, leads=leads)


def _elsewhere(position: Position, superior: Position, unit: Unit, home: Unit, *, leads: bool) -> Finding:
    assert position.reports_to is not None  # noqa: S101  (who has a superior says so)
    place = superior.unit.place if superior.unit else superior.place.under("title")
    notes = (Note(place, Sentence("{post} belongs to {unit}", post=superior.id, unit=home.id)),)
    values = {"post": position.id, "unit": unit.id, "superior": superior.id}
    if leads:
        sentence = Sentence("{post} heads {unit} and reports to {superior}, who leads no unit above it", **values)
        hint = Sentence("let it report to the head or a deputy of the unit above {unit}", unit=unit.id)
    else:
        sentence = Sentence("{post} belongs to {unit} and reports to {superior}, of a unit that does not stand above it", **values)
        hint = Sentence("let it report to somebody of {unit} or above, or move it to {home}", unit=unit.id, home=home.id)
    return Finding(position.reports_to.place, sentence, notes, hint)


def deputy_elsewhere(subject: Subject) -> Iterator[Finding]:
    """A deputy reports to the head of the unit, or to another deputy of it.

    A deputy acts in the head's name, and cannot do so on somebody else's orders.

    Wrong:

    ```yaml
    legal.yaml: {name: Legal Division, head: lawyer, deputies: [counsel]}
    counsel.yaml: {unit: legal, reports_to: director}
    ```

    Right:

    ```yaml
    legal.yaml: {name: Legal Division, head: lawyer, deputies: [counsel]}
    counsel.yaml: {unit: legal, reports_to: lawyer}
    ```
    """
    hierarchy = subject.hierarchy
    for unit in hierarchy.branch(subject.institution.organisation):
        head = hierarchy.head(unit)
        # A head from another unit is another rule's matter.
        if head is None or head.partial or hierarchy.unit_of(head) is not unit:
            continue
        leaders = {head.id, *(ref.id for ref in unit.deputies)}
        for ref in unit.deputies:
            deputy = subject.institution.positions.get(ref.id)
            if deputy is None:
                continue
            superior = hierarchy.superior(deputy)
            if deputy is head or deputy.partial or deputy.reports_to is None or not isinstance(superior, Position):
                continue
            if superior.id in leaders or deputy in hierarchy.chain(superior):
                continue
            sentence = Sentence(
                "{post} is a deputy in {unit} and reports to {superior}, not to the head",
                post=deputy.id,
                unit=unit.id,
                superior=superior.id,
            )
            notes = (Note(ref.place, Sentence("it is named as a deputy here")),)
            hint = Sentence("write reports_to: {head}, or take it out of deputies of {unit}", head=head.id, unit=unit.id)
            yield Finding(deputy.reports_to.place, sentence, notes, hint)


def long_chain(subject: Subject) -> Iterator[Finding]:
    """No more superiors stand above a post than the registry allows, 6 if it does not say.

    Over each further step orders arrive later and reports with less in them. The limit is set in org/registry.yaml under
    rules, limits, chain. Of the posts that stand too low, the first ones on each way down are named.

    Wrong:

    ```yaml
    chain: clerk -> senior-clerk -> head-of-group -> head-of-sector -> head-of-division -> head-of-department -> deputy -> director
    ```

    Right:

    ```yaml
    chain: clerk -> head-of-sector -> head-of-division -> deputy -> director
    ```
    """
    hierarchy = subject.hierarchy
    limit = subject.settings.longest_chain
    layer = [post for post in subject.institution.positions.values() if not isinstance(hierarchy.superior(post), Position)]
    for _ in range(limit):
        if not layer:
            return
        layer = [below for post in layer for below in hierarchy.subordinates(post)]
    for post in layer:
        too_low = hierarchy.subordinates(post)
        if too_low and too_low[0].reports_to is not None:
            chain = " -> ".join([too_low[0].id, post.id, *(actor.id for actor in hierarchy.chain(post) if isinstance(actor, Position))])
            sentence = Sentence(
                "{count} superiors stand above {post}, the limit is {limit}: {chain}",
                count=limit + 1, post=too_low[0].id, limit=limit, chain=chain,
            )  # fmt: skip
            hint = Sentence("let it report to a post further up, or change the limit chain in org/registry.yaml")
            yield Finding(too_low[0].reports_to.place, sentence, hint=hint)


def wide_span(subject: Subject) -> Iterator[Finding]:
    """No more posts report to one than the registry allows, 12 if it does not say.

    Nobody can direct and hear so many. Posts are counted by what they are and not by how many there are of the same: ten
    drivers with one job description are one. The limit is set in org/registry.yaml under rules, limits, span.

    Wrong:

    ```yaml
    director.yaml: thirteen posts report to it
    ```

    Right:

    ```yaml
    director.yaml: six heads and the deputy report to it
    deputy.yaml: six heads report to it
    ```
    """
    hierarchy = subject.hierarchy
    limit = subject.settings.widest_span
    for position in subject.institution.positions.values():
        below = hierarchy.subordinates(position)
        if len(below) > limit:
            sentence = Sentence("{count} posts report to {post}, the limit is {limit}", count=len(below), post=position.id, limit=limit)
            hint = Sentence("let some of them report to a deputy or the head of a group, or change the limit span in org/registry.yaml")
            yield Finding(position.place.under("title"), sentence, hint=hint)


RULES = (
    warning("OD409", "superior-elsewhere", superior_elsewhere),
    warning("OD410", "deputy-elsewhere", deputy_elsewhere),
    warning("OD411", "long-chain", long_chain),
    warning("OD412", "wide-span", wide_span),
)
