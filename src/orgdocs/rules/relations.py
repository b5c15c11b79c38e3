"""OD55x: relations between posts: what one says to receive, the other says to provide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orgdocs.model import Clause, Position, Relation, text_for
from orgdocs.problems import Finding, Note, Sentence
from orgdocs.rules.rule import Subject, warning
from orgdocs.rules.similarity import nearest

_ENOUGH = 50
"""From so many percent of the shorter wording on, two posts speak of the same thing."""


def received_not_provided(subject: Subject) -> Iterator[Finding]:
    """What a post receives from another, that one provides, where both describe their relation.

    Otherwise one waits for papers that nobody sends. The head speaks for the unit: a relation with a unit is answered by the
    relations of its head. Half the words of the shorter wording are enough to be the same thing.

    Wrong:

    ```yaml
    lawyer.yaml: {relations: [{with: accountant, receives: [the monthly payroll]}]}
    accountant.yaml: {relations: [{with: lawyer, provides: [invoices to be checked]}]}
    ```

    Right:

    ```yaml
    lawyer.yaml: {relations: [{with: accountant, receives: [invoices]}]}
    accountant.yaml: {relations: [{with: lawyer, provides: [invoices to be checked]}]}
    ```
    """
    for position, relation, other, answers in _described(subject):
        given = [clause for answer in answers for clause in answer.provides]
        for clause in _without_answer(subject, relation.receives, given):
            sentence = Sentence("{post} receives it from {other}, and {other} does not provide it", post=position.id, other=other.id)
            hint = _word_alike(subject, clause, given) or Sentence("add it to what {other} provides", other=other.id)
            yield Finding(clause.place, sentence, (_note(other, answers),), hint)


def provided_not_received(subject: Subject) -> Iterator[Finding]:
    """What a post provides to another, that one receives, where both describe their relation.

    Otherwise work is done for somebody who does not know of it. Where the other one waits for something else, which is the
    matter of received-not-provided, nothing is said here.

    Wrong:

    ```yaml
    lawyer.yaml: {relations: [{with: accountant, provides: [opinions on contracts]}]}
    accountant.yaml: {relations: [{with: lawyer, provides: [invoices to be checked]}]}
    ```

    Right:

    ```yaml
    lawyer.yaml: {relations: [{with: accountant, provides: [opinions on contracts]}]}
    accountant.yaml: {relations: [{with: lawyer, receives: [opinions], provides: [invoices to be checked]}]}
    ```
    """
    for position, relation, other, answers in _described(subject):
        taken = [clause for answer in answers for clause in answer.receives]
        if _without_answer(subject, taken, relation.provides):
            continue
        for clause in _without_answer(subject, relation.provides, taken):
            sentence = Sentence("{post} provides it to {other}, and {other} does not receive it", post=position.id, other=other.id)
            hint = _word_alike(subject, clause, taken) or Sentence("add it to what {other} receives", other=other.id)
            yield Finding(clause.place, sentence, (_note(other, answers),), hint)


def _described(subject: Subject) -> Iterator[tuple[Position, Relation, Position, list[Relation]]]:
    """Every relation of a post with another whose own relations answer it, with the other one and the answers."""
    institution = subject.institution
    for position in institution.positions.values():
        names = {position.id, *(unit.id for unit in subject.hierarchy.heads(position))}
        for relation in position.relations:
            other = _spoken_for(subject, relation)
            if other is None or other is position or other.partial or position.partial:
                continue
            answers = [answer for answer in other.relations if answer.to is not None and answer.to.id in names]
            if answers:
                yield position, relation, other, answers


def _spoken_for(subject: Subject, relation: Relation) -> Position | None:
    """The post that a relation is with; for a unit, its head."""
    if relation.to is None:
        return None
    position = subject.institution.positions.get(relation.to.id)
    unit = subject.institution.unit(relation.to.id)
    return position or (subject.hierarchy.head(unit) if unit is not None else None)


def _without_answer(subject: Subject, clauses: Sequence[Clause], answers: Sequence[Clause]) -> list[Clause]:
    texts = [_say(subject, answer) for answer in answers]
    return [clause for clause in clauses if nearest(_say(subject, clause), texts)[1] < _ENOUGH]


def _word_alike(subject: Subject, clause: Clause, answers: Sequence[Clause]) -> Sentence | None:
    """The hint with the nearest wording of the other side, if it has any word in common."""
    texts = [_say(subject, answer) for answer in answers]
    number, alike = nearest(_say(subject, clause), texts)
    return Sentence("if it is the same as “{wording}”, word it alike", wording=texts[number]) if alike else None


def _note(other: Position, answers: Sequence[Relation]) -> Note:
    place = answers[0].to.place if answers[0].to is not None else answers[0].place
    return Note(place, Sentence("{other} describes the relation here", other=other.id))


def _say(subject: Subject, clause: Clause) -> str:
    return text_for(clause.text, subject.institution.organisation.language)


def relation_to_itself(subject: Subject) -> Iterator[Finding]:
    """A post has relations with others, not with itself.

    The id of the post was taken for that of somebody else.

    Wrong:

    ```yaml
    lawyer.yaml: {relations: [{with: lawyer, receives: [contracts to be checked]}]}
    ```

    Right:

    ```yaml
    lawyer.yaml: {relations: [{with: accountant, receives: [contracts to be checked]}]}
    ```
    """
    for position in subject.institution.positions.values():
        for relation in position.relations:
            if relation.to is not None and relation.to.id == position.id:
                sentence = Sentence("{post} describes a relation with itself", post=position.id)
                yield Finding(relation.to.place, sentence, hint=Sentence("name another post, a unit or a body"))


RULES = (
    warning("OD550", "received-not-provided", received_not_provided),
    warning("OD551", "provided-not-received", provided_not_received),
    warning("OD552", "relation-to-itself", relation_to_itself),
)
