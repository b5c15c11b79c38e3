"""OD509 to OD512: what papers say twice, and what two papers about one person say apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from orgdocs.hierarchy import walk_clauses
from orgdocs.model import Clause, Clauses, Position, Ref, Unit, text_for
from orgdocs.problems import Finding, Note, Place, Sentence
from orgdocs.rules.rule import Subject, warning
from orgdocs.rules.similarity import coverage, find_near, words_of

_UNIT_LISTS = (
    "general", "tasks", "functions", "rights", "structure_clauses", "leadership_clauses", "powers", "interaction", "final",
)  # fmt: skip
_POST_LISTS = ("general", "must_know", "duties", "rights", "responsibility", "interaction", "indicators", "evaluation")
_SET_APART = frozenset({"tasks", "functions"})
"""What a task has in common with a function is the matter of another rule."""


def duplicate_clause(subject: Subject) -> Iterator[Finding]:
    """A clause stands once in a paper.

    Who reads it twice looks for the difference. Case, spaces, punctuation, apostrophes and ё for е make none. Clauses are
    compared over all lists of a paper, and in a job description with those of its clause sets.

    Wrong:

    ```yaml
    duties:
      - checks contracts
      - gives legal advice
      - Checks contracts.
    ```

    Right:

    ```yaml
    duties:
      - checks contracts
      - gives legal advice
    ```
    """
    institution = subject.institution
    say = _voice(subject)
    for unit in subject.institution.establishments:
        yield from _repeated({}, _keys(unit, _UNIT_LISTS, say))
    sets: dict[str, _Said] = {key: {} for key in institution.clause_sets}
    for key, clause_set in institution.clause_sets.items():
        yield from _repeated(sets[key], _keys(clause_set, _POST_LISTS, say))
    told: set[tuple[str, str]] = set()
    for position in institution.positions.values():
        included = [ref for ref in position.includes if ref.id in sets]
        for number, later in enumerate(included):
            for earlier in included[:number]:
                if earlier.id != later.id and (earlier.id, later.id) not in told:
                    told |= {(earlier.id, later.id), (later.id, earlier.id)}
                    yield from _in_both(sets[earlier.id], sets[later.id], position, later)
        yield from _repeated({}, _keys(position, _POST_LISTS, say), [sets[ref.id] for ref in included])


_Key: TypeAlias = tuple[object, ...]
"""What makes a clause the same as another: its words; for a short item also the clause that it belongs to."""
_Said: TypeAlias = dict[_Key, Clause]
"""The clauses of a paper so far."""


def _keys(entity: Unit | Clauses, fields: Sequence[str], say: Callable[[Clause], str]) -> Iterator[tuple[_Key, Clause]]:
    for field in fields:
        yield from _keys_of(getattr(entity, field), say)


def _keys_of(clauses: Sequence[Clause], say: Callable[[Clause], str], parent: Place | None = None) -> Iterator[tuple[_Key, Clause]]:
    for clause in clauses:
        words = words_of(say(clause))
        if words:
            yield (words if parent is None or len(words) > 3 else (parent, *words)), clause
        if clause.items:
            yield from _keys_of(clause.items, say, clause.place)


def _repeated(said: _Said, keys: Iterable[tuple[_Key, Clause]], before: Sequence[_Said] = ()) -> Iterator[Finding]:
    """The clauses that say again what was said in this file or in the clause sets before it."""
    for key, clause in keys:
        first = said.setdefault(key, clause)
        if first is clause and before:
            first = next((others[key] for others in before if key in others), clause)
        if first is not clause and {first.place.route[0], clause.place.route[0]} != _SET_APART:
            notes = (Note(first.place, Sentence("it stands here already")),)
            yield Finding(clause.place, Sentence("this clause stands twice in the paper"), notes, Sentence("take one of them out"))


def _in_both(before: _Said, said: _Said, position: Position, include: Ref) -> Iterator[Finding]:
    """The clauses that two clause sets have in common, both of which a post includes."""
    for key, clause in said.items():
        if key in before:
            notes = (
                Note(before[key].place, Sentence("it stands here already")),
                Note(include.place, Sentence("{post} includes both clause sets", post=position.id)),
            )
            yield Finding(clause.place, Sentence("this clause stands twice in the paper"), notes, Sentence("take one of them out"))


def similar_duties(subject: Subject) -> Iterator[Finding]:
    """Posts of a unit have duties of their own, and not the same ones in nearly the same words.

    Where two posts have one duty, nobody knows whose it is. Duties are nearly the same from 90 percent of their letters on,
    or what limits.similarity in org/registry.yaml says, if their numbers are the same. Duties from clause sets are shared on
    purpose, and posts that each serve a territory may have the same ones.

    Wrong:

    ```yaml
    head-of-legal.yaml: {duties: [checks the contracts of the office]}
    lawyer.yaml: {duties: [checks contracts of the office]}
    ```

    Right:

    ```yaml
    head-of-legal.yaml: {duties: [signs the opinions on contracts]}
    lawyer.yaml: {duties: [checks contracts of the office]}
    ```
    """
    say = _voice(subject)
    for unit in subject.institution.establishments:
        duties = [(post, duty) for post in subject.hierarchy.members(unit) for duty in post.duties]
        owners = ["a territory" if post.territories else post.id for post, _ in duties]
        for near in find_near([say(duty) for _, duty in duties], owners, subject.settings.similarity):
            post, duty = duties[near.text]
            other, like = duties[near.like]
            if near.percent == 100:
                sentence = Sentence("{post} has the same duty as {other}", post=post.id, other=other.id)
            else:
                sentence = Sentence("{post} has nearly the same duty as {other}", post=post.id, other=other.id)
            notes = (Note(like.place, Sentence("the duty of {other} stands here", other=other.id)),)
            hint = Sentence("say what each of them does, leave it to one, or put it in a clause set that both include")
            yield Finding(duty.place, sentence, notes, hint)


def similar_task(subject: Subject) -> Iterator[Finding]:
    """A function does not repeat a task of its unit, unless it says that it serves this task.

    A task says what a unit is there for, a function what it does for it. In the same words one of them says nothing. How near
    is near is said at similar-duties.

    Wrong:

    ```yaml
    tasks: [supervision of the lawful payment of pensions]
    functions: [{id: pensions, text: supervises the lawful payment of pensions}]
    ```

    Right:

    ```yaml
    tasks: [{id: lawful-pensions, text: supervision of the lawful payment of pensions}]
    functions: [{id: pensions, text: supervises the lawful payment of pensions, serves: [lawful-pensions]}]
    ```
    """
    say = _voice(subject)
    for unit in subject.institution.establishments:
        functions = list(walk_clauses(unit.functions))
        clauses = [*unit.tasks, *functions]
        owners = ["task"] * len(unit.tasks) + ["function"] * len(functions)
        for near in find_near([say(clause) for clause in clauses], owners, subject.settings.similarity):
            function, task = clauses[near.text], clauses[near.like]
            if task.id is not None and any(ref.id == task.id for ref in function.serves):
                continue
            notes = (Note(task.place, Sentence("the task stands here")),)
            hint = Sentence("say what is done for the task, or link them: an id at the task, and serves with this id at the function")
            yield Finding(function.place, Sentence("the function says the same as a task of {unit}", unit=unit.id), notes, hint)


def uncovered_powers(subject: Subject) -> Iterator[Finding]:
    """The duties of a head cover the powers that the unit's regulation gives to the head.

    Two papers about one person say the same of her, or the next inspection asks which one holds. It is one warning for each
    head, and only where limits.powers in org/registry.yaml says from how many percent of its words on a power is covered by a
    duty: powers and duties may be worded apart on purpose, and no program knows that.

    Wrong:

    ```yaml
    registry.yaml: {rules: {limits: {powers: 40}}}
    legal.yaml: {head: head-of-legal, leadership: {powers: [distributes the incoming files among the lawyers]}}
    head-of-legal.yaml: {duties: [represents the office in court]}
    ```

    Right:

    ```yaml
    registry.yaml: {rules: {limits: {powers: 40}}}
    legal.yaml: {head: head-of-legal, leadership: {powers: [distributes the incoming files among the lawyers]}}
    head-of-legal.yaml: {duties: [represents the office in court, distributes files among the lawyers]}
    ```
    """
    share = subject.settings.powers
    if share is None:
        return
    say = _voice(subject)
    for unit in subject.institution.establishments:
        head = subject.hierarchy.head(unit)
        if head is None or head.partial or not unit.powers or not head.duties or not subject.knows_clause_sets(head):
            continue
        duties = [say(duty) for duty in subject.hierarchy.duties(head)]
        missing = [power for power in unit.powers if coverage(say(power), duties) < share]
        if missing:
            sentence = Sentence(
                "the duties of {head} do not cover {count} of the {all} powers that {unit} gives its head",
                head=head.id, count=len(missing), all=len(unit.powers), unit=unit.id,
            )  # fmt: skip
            notes = tuple(Note(power.place, Sentence("no duty of {head} covers this power", head=head.id)) for power in missing)
            place = Place(head.place.path, ("duties",), at_key=True)
            yield Finding(place, sentence, notes, Sentence("add them to the duties, or take them out of the powers"))


def _voice(subject: Subject) -> Callable[[Clause], str]:
    """How a clause reads as a whole, with its items, in the language of the organisation."""
    language = subject.institution.organisation.language

    def say(clause: Clause) -> str:
        return " ".join((text_for(clause.text, language), *map(say, clause.items))) if clause.items else text_for(clause.text, language)

    return say


RULES = (
    warning("OD509", "duplicate-clause", duplicate_clause),
    warning("OD510", "similar-duties", similar_duties),
    warning("OD511", "similar-task", similar_task),
    warning("OD512", "uncovered-powers", uncovered_powers),
)
