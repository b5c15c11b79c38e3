"""OD401, OD403, OD407 and OD408: rings, in which somebody stands above or in for itself in the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orgdocs.problems import Finding, Note, Place, Sentence
from orgdocs.rules.rule import Subject, error


def subordination_cycle(subject: Subject) -> Iterator[Finding]:
    """Posts do not report to each other in a ring.

    In a ring everybody is everybody's superior, and nobody decides.

    Wrong:

    ```yaml
    lawyer.yaml: {reports_to: accountant}
    accountant.yaml: {reports_to: lawyer}
    ```

    Right:

    ```yaml
    lawyer.yaml: {reports_to: director}
    accountant.yaml: {reports_to: director}
    ```
    """
    positions = subject.institution.positions
    for cycle in subject.hierarchy.cycles("reports_to"):
        steps = []
        for post, superior in _steps(cycle):
            position = positions.get(post)
            if position is not None and position.reports_to is not None and post not in subject.institution.bodies:
                steps.append((position.reports_to.place, Sentence("{post} reports to {superior}", post=post, superior=superior)))
        if len(cycle) == 1:
            sentence, hint = Sentence("{post} reports to itself", post=cycle[0]), Sentence("name another post")
        else:
            sentence = Sentence("these posts report to each other in a ring: {ring}", ring=_chain(cycle))
            hint = Sentence("let one of them report to a post outside the ring")
        yield from _ring(cycle, steps, sentence, hint)


def unit_cycle(subject: Subject) -> Iterator[Finding]:
    """No unit is, directly or through others, a part of itself.

    Such units hang nowhere in the organisation, and no paper shows them.

    Wrong:

    ```yaml
    claims.yaml: {name: Claims Sector, parent: legal}
    legal.yaml: {name: Legal Division, parent: claims}
    ```

    Right:

    ```yaml
    claims.yaml: {name: Claims Sector, parent: legal}
    legal.yaml: {name: Legal Division}
    ```
    """
    units = subject.institution.units
    for cycle in subject.hierarchy.cycles("part_of"):
        steps = []
        for part, whole in _steps(cycle):
            unit = units.get(part)
            if unit is not None and unit.parent is not None:
                steps.append((unit.parent.place, Sentence("{unit} belongs to {parent}", unit=part, parent=whole)))
        if len(cycle) == 1:
            sentence, hint = Sentence("{unit} belongs to itself", unit=cycle[0]), Sentence("name another unit, or take the line out")
        else:
            sentence = Sentence("these units belong to each other in a ring: {ring}", ring=_chain(cycle))
            hint = Sentence("the uppermost of them belongs to a unit outside the ring, or has no parent")
        below = [unit for unit in subject.hierarchy.branch(units[cycle[0]]) if unit.id not in cycle] if cycle[0] in units else []
        cut_off = [
            Note(unit.parent.place, Sentence("{unit} hangs below them and is cut off too", unit=unit.id)) for unit in below if unit.parent
        ]
        yield from _ring(cycle, steps, sentence, hint, cut_off)


def self_substitution(subject: Subject) -> Iterator[Finding]:
    """No post is its own substitute.

    Who is away cannot stand in for the absence.

    Wrong:

    ```yaml
    lawyer.yaml: {substituted_by: [lawyer]}
    ```

    Right:

    ```yaml
    lawyer.yaml: {substituted_by: [economist]}
    ```
    """
    for position in subject.institution.positions.values():
        for ref in position.substituted_by:
            if ref.id == position.id:
                yield Finding(ref.place, Sentence("{post} substitutes itself", post=position.id), hint=Sentence("name another post"))


def substitution_cycle(subject: Subject) -> Iterator[Finding]:
    """Posts do not substitute each other in a ring.

    If two posts substitute only each other, nobody is there when one of them is away and the other falls ill.

    Wrong:

    ```yaml
    lawyer.yaml: {substituted_by: [economist]}
    economist.yaml: {substituted_by: [lawyer]}
    ```

    Right:

    ```yaml
    lawyer.yaml: {substituted_by: [economist]}
    economist.yaml: {substituted_by: [accountant]}
    ```
    """
    positions = subject.institution.positions
    for cycle in subject.hierarchy.cycles("substitutes"):
        if len(cycle) == 1:
            continue
        backwards = [cycle[0], *reversed(cycle[1:])]  # from each post to its substitute, as the files say it
        steps = []
        for post, substitute in _steps(backwards):
            place = next(ref.place for ref in positions[post].substituted_by if ref.id == substitute)
            steps.append((place, Sentence("{substitute} substitutes {post}", substitute=substitute, post=post)))
        sentence = Sentence("these posts are substituted by each other in a ring: {ring}", ring=_chain(backwards))
        yield from _ring(backwards, steps, sentence, Sentence("let the chain of substitutes end with one of them"))


def _steps(cycle: Sequence[str]) -> Iterator[tuple[str, str]]:
    return zip(cycle, [*cycle[1:], cycle[0]], strict=True)


def _chain(cycle: Sequence[str]) -> str:
    return " -> ".join([*cycle, cycle[0]])


def _ring(
    cycle: Sequence[str], steps: Sequence[tuple[Place, Sentence]], sentence: Sentence, hint: Sentence, further: Sequence[Note] = ()
) -> Iterator[Finding]:
    """The finding about a ring: at its first step, with a note for each further one, and then the further notes.

    A ring that is only there because an id is given twice lacks a step, and nothing is said about it.
    """
    if len(steps) == len(cycle):
        yield Finding(steps[0][0], sentence, (*(Note(place, step) for place, step in steps[1:]), *further), hint)


RULES = (
    error("OD401", "subordination-cycle", subordination_cycle),
    error("OD403", "unit-cycle", unit_cycle),
    error("OD407", "self-substitution", self_substitution),
    error("OD408", "substitution-cycle", substitution_cycle),
)
