"""OD50x to OD54x: functions, tasks, duties and territories: who does what, and what is said twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from orgdocs.hierarchy import walk_clauses
from orgdocs.model import Clause, Clauses, Position, Ref, Text, Unit
from orgdocs.problems import Finding, Note, Place, Sentence
from orgdocs.rules.rule import Subject, error, warning
from orgdocs.rules.similarity import covered, find_near, words_of
from orgdocs.schemas import suggest


def without_duties(subject: Subject) -> Iterator[Finding]:
    """A post has duties, of its own or from a clause set, or its file says why no job description is issued.

    A job description without duties describes no job.

    Wrong:

    ```yaml
    title: Lawyer
    staffing: {posts: 1}
    ```

    Right:

    ```yaml
    title: Lawyer
    staffing: {posts: 1}
    duties:
      - checks contracts
    ```
    """
    for position in subject.institution.positions.values():
        if position.partial or position.job_description.not_required is not None or any(subject.hierarchy.duties(position)):
            continue
        if not _may_include_duties(subject, position):
            hint = Sentence("write duties, or job_description: {not_required: the reason}")
            yield Finding(position.place.under("title"), Sentence("{post} has no duties", post=position.id), hint=hint)


def _may_include_duties(subject: Subject, position: Position) -> bool:
    """Whether a clause set of the post is missing or has faults, so that nobody knows what it would bring."""
    sets = subject.institution.clause_sets
    return any(ref.id not in sets or sets[ref.id].partial for ref in position.includes)


# -- functions ------------------------------------------------------------------------------------------------------


def function_without_performer(subject: Subject) -> Iterator[Finding]:
    """Every function of a unit is performed by a duty of some post.

    What nobody has as a duty is done by chance. A function with items that have ids of their own is a sphere, and carried by
    them. Where posts have no duties yet, nothing is said.

    Wrong:

    ```yaml
    legal.yaml: {functions: [{id: advice, text: gives advice}, {id: claims, text: brings claims}]}
    lawyer.yaml: {unit: legal, duties: [{text: gives advice, performs: [legal/advice]}]}
    ```

    Right:

    ```yaml
    legal.yaml: {functions: [{id: advice, text: gives advice}, {id: claims, text: brings claims}]}
    lawyer.yaml: {unit: legal, duties: [{text: advises and brings claims, performs: [legal/advice, legal/claims]}]}
    ```
    """
    hierarchy = subject.hierarchy
    if _duties_may_be_missing(subject):
        return
    misspelt = {ref.id.split("/")[0] for _, ref in _performing(subject) if ref.id not in hierarchy.functions}
    for unit in _units(subject):
        functions = list(_leaves(unit.functions))
        if not functions or unit.partial or unit.id in misspelt or not _has_duties(subject, unit):
            continue
        idle = [clause for clause in functions if not hierarchy.performers(f"{unit.id}/{clause.id}")]
        if len(idle) == len(functions) > 1:
            sentence = Sentence("no duty performs any of the {count} functions of {unit}", count=len(idle), unit=unit.id)
            hint = Sentence("write performs at the duties: {example}", example=f"performs: [{unit.id}/{idle[0].id}]")
            yield Finding(Place(unit.place.path, ("functions",), at_key=True), sentence, hint=hint)
            continue
        for clause in idle:
            sentence = Sentence("no post performs the function {function}", function=f"{unit.id}/{clause.id}")
            hint = Sentence("write at the duty that carries it out: {example}", example=f"performs: [{unit.id}/{clause.id}]")
            yield Finding(_at_id(clause), sentence, hint=hint)


def _has_duties(subject: Subject, unit: Unit) -> bool:
    """Whether the unit or a unit below it has a post with duties of its own."""
    return any(post.duties for part in subject.hierarchy.branch(unit) for post in subject.hierarchy.members(part))


def _duties_may_be_missing(subject: Subject) -> bool:
    """Whether a file with faults may hold duties, so that nobody can say what is not performed."""
    institution = subject.institution
    return any(kind in {"position", "clauses"} for kind, _ in institution.broken) or any(
        holder.partial for holder in chain(institution.positions.values(), institution.clause_sets.values())
    )


def duty_without_function(subject: Subject) -> Iterator[Finding]:
    """In a unit whose duties name the functions they perform, every duty of its staff does so.

    A duty that serves no function of the unit is work that nobody asked for, or a function that the regulation lacks. The
    duties of heads and deputies, and those of clause sets, need name none: leading is no function of the unit. Nothing is
    said where fewer than three of four duties name functions.

    Wrong:

    ```yaml
    duties:
      - {text: gives legal advice, performs: [legal/advice]}
      - {text: checks contracts, performs: [legal/contracts]}
      - {text: brings claims, performs: [legal/claims]}
      - waters the flowers
    ```

    Right:

    ```yaml
    duties:
      - {text: gives legal advice, performs: [legal/advice]}
      - {text: checks contracts, performs: [legal/contracts]}
      - {text: brings claims, performs: [legal/claims]}
    ```
    """
    for unit in _units(subject):
        if unit.partial or not unit.functions:
            continue
        leaders = {ref.id for ref in ((unit.head,) if unit.head else ())} | {ref.id for ref in unit.deputies}
        staff = [post for post in subject.hierarchy.members(unit) if post.id not in leaders and not post.partial]
        duties = [duty for post in staff for duty in post.duties]
        aimless = [duty for duty in duties if not duty.performs]
        if aimless and 4 * len(aimless) <= len(duties):
            hint = Sentence("write performs with a function of {unit}, or add the function to the unit", unit=unit.id)
            for duty in aimless:
                yield Finding(duty.place, Sentence("the duty performs no function"), hint=hint)


def distant_function(subject: Subject) -> Iterator[Finding]:
    """A duty performs functions of the post's own unit, of the units above it, or of units below that the post leads.

    A function of another unit is that unit's business. Where posts of several units share it on purpose, the function names
    its lead.

    Wrong:

    ```yaml
    finance.yaml: {functions: [{id: payments, text: makes payments}]}
    lawyer.yaml: {unit: legal, duties: [{text: makes payments, performs: [finance/payments]}]}
    ```

    Right:

    ```yaml
    finance.yaml: {functions: [{id: payments, text: makes payments, lead: accountant}]}
    lawyer.yaml: {unit: legal, duties: [{text: checks payments, performs: [finance/payments]}]}
    ```
    """
    hierarchy, institution = subject.hierarchy, subject.institution
    for position in institution.positions.values():
        home = hierarchy.unit_of(position)
        if home is None or position.partial:
            continue
        near: set[str] | None = None
        for duty in position.duties:
            for ref in duty.performs:
                owner = ref.id.split("/", maxsplit=1)[0]
                clause = hierarchy.functions.get(ref.id)
                if owner == home.id or clause is None or clause.lead is not None:
                    continue
                near = near or {unit.id for unit in hierarchy.parents(home)}
                unit = institution.unit(owner)
                if owner in near or unit is None or _leads(subject, position, unit):
                    continue
                sentence = Sentence("{post} belongs to {unit}, and {function} is a function of {other}",
                                    post=position.id, unit=home.id, function=ref.id, other=owner)  # fmt: skip
                hint = Sentence("name a function of {unit}, or say at the function with lead who leads it", unit=home.id)
                yield Finding(ref.place, sentence, (Note(_at_id(clause), Sentence("the function stands here")),), hint)


def _leads(subject: Subject, position: Position, unit: Unit) -> bool:
    """Whether a post heads a unit or one above it, deputises there, or is a superior of its head."""
    hierarchy = subject.hierarchy
    for part in chain((unit,), hierarchy.parents(unit)):
        if part is subject.institution.organisation:
            break
        head = hierarchy.head(part)
        if head is not None and (head is position or position in hierarchy.chain(head)):
            return True
        if any(ref.id == position.id for ref in part.deputies):
            return True
    return False


def function_without_lead(subject: Subject) -> Iterator[Finding]:
    """A function that posts of different units perform names the one of them that leads.

    Otherwise each waits for the other. Units above and below each other share a function in the order of subordination, and
    a performer who is the superior of all the others leads anyway.

    Wrong:

    ```yaml
    office.yaml: {functions: [{id: appeals, text: answers appeals}]}
    lawyer.yaml: {unit: legal, duties: [{text: answers appeals about law, performs: [office/appeals]}]}
    clerk.yaml: {unit: records, duties: [{text: answers other appeals, performs: [office/appeals]}]}
    ```

    Right:

    ```yaml
    office.yaml: {functions: [{id: appeals, text: answers appeals, lead: clerk}]}
    lawyer.yaml: {unit: legal, duties: [{text: answers appeals about law, performs: [office/appeals]}]}
    clerk.yaml: {unit: records, duties: [{text: answers other appeals, performs: [office/appeals]}]}
    ```
    """
    hierarchy = subject.hierarchy
    places: dict[str, dict[str, Place]] = {}
    for position, ref in _performing(subject):
        places.setdefault(ref.id, {}).setdefault(position.id, ref.place)
    for function, clause in hierarchy.functions.items():
        performers = hierarchy.performers(function)
        if clause.lead is not None or len(performers) < 2:
            continue
        units = {unit.id: unit for post in performers if (unit := hierarchy.unit_of(post)) is not None}
        above = {parent.id for unit in units.values() for parent in hierarchy.parents(unit)}
        apart = [unit for unit in units if unit not in above]
        if len(apart) < 2 or any(_is_above(subject, post, performers) for post in performers):
            continue
        voices = [next(post for post in performers if hierarchy.unit_of(post) is units[unit]) for unit in apart]
        sentence = Sentence("posts of {units} perform {function}, and none of them leads", units=_listed(apart), function=function)
        notes = tuple(
            Note(places[function][post.id], Sentence("{post} of {unit} performs it", post=post.id, unit=unit))
            for post, unit in zip(voices[:3], apart[:3], strict=True)
        )
        example = f"lead: {voices[0].id}"
        yield Finding(_at_id(clause), sentence, notes, Sentence("write at the function who leads: {example}", example=example))


def _is_above(subject: Subject, position: Position, others: Iterable[Position]) -> bool:
    """Whether a post is a superior of all the other ones."""
    return all(other is position or position in subject.hierarchy.chain(other) for other in others)


def lead_without_part(subject: Subject) -> Iterator[Finding]:
    """Who leads a function is a post that performs it.

    A lead whose job description does not mention the matter leads on paper only.

    Wrong:

    ```yaml
    legal.yaml: {functions: [{id: advice, text: gives advice, lead: director}]}
    lawyer.yaml: {duties: [{text: gives advice, performs: [legal/advice]}]}
    ```

    Right:

    ```yaml
    legal.yaml: {functions: [{id: advice, text: gives advice, lead: lawyer}]}
    lawyer.yaml: {duties: [{text: gives advice, performs: [legal/advice]}]}
    ```
    """
    hierarchy, institution = subject.hierarchy, subject.institution
    for function, clause in hierarchy.functions.items():
        lead = clause.lead
        if lead is None or institution.is_broken("position", lead.id):
            continue
        position = institution.positions.get(lead.id)
        performers = hierarchy.performers(function)
        if position is None:
            hint = suggest(lead.id, list(institution.positions)) or Sentence("name a post that performs the function")
            yield Finding(lead.place, Sentence("no post has the id {id}", id=lead.id), hint=hint)
        elif position not in performers and not position.partial and not _may_include_duties(subject, position):
            sentence = Sentence("{post} leads {function} and has no duty that performs it", post=position.id, function=function)
            notes = (Note(position.place.under("title"), Sentence("the duties of {post} are in this file", post=position.id)),)
            if performers:
                hint = Sentence("let one of these lead: {posts}; or write performs at a duty", posts=_listed([post.id for post in performers]))
            else:
                hint = Sentence("write at one of the duties: {example}", example=f"performs: [{function}]")
            yield Finding(lead.place, sentence, notes, hint)


# -- tasks ----------------------------------------------------------------------------------------------------------


def task_without_function(subject: Subject) -> Iterator[Finding]:
    """In a unit whose functions say which tasks they serve, every task is served by one.

    A task that no function serves is a wish. Nothing is said of units where no function says what it serves.

    Wrong:

    ```yaml
    tasks:
      - {id: lawfulness, text: keeping the office lawful}
      - {id: training, text: training the staff in law}
    functions:
      - {id: advice, text: gives legal advice, serves: [lawfulness]}
    ```

    Right:

    ```yaml
    tasks:
      - {id: lawfulness, text: keeping the office lawful}
      - {id: training, text: training the staff in law}
    functions:
      - {id: advice, text: gives legal advice, serves: [lawfulness]}
      - {id: courses, text: holds courses on law, serves: [training]}
    ```
    """
    for unit in _units(subject):
        served = {ref.id for clause in walk_clauses(unit.functions) for ref in clause.serves}
        known = {clause.id for clause in unit.tasks}
        # A misspelt task is the next rule's matter, and the task that was meant is served.
        if not served or unit.partial or not served <= known:
            continue
        for clause in unit.tasks:
            if clause.id is None:
                hint = Sentence("give the task an id, and name it at a function under serves")
                yield Finding(clause.place, Sentence("no function of {unit} serves this task", unit=unit.id), hint=hint)
            elif clause.id not in served:
                hint = Sentence("write at a function: {example}", example=f"serves: [{clause.id}]")
                yield Finding(_at_id(clause), Sentence("no function of {unit} serves the task {task}", unit=unit.id, task=clause.id), hint=hint)


def unknown_task(subject: Subject) -> Iterator[Finding]:
    """The tasks that a function serves stand, with their ids, among the tasks of the same unit.

    A function cannot serve what the regulation does not set.

    Wrong:

    ```yaml
    tasks: [{id: lawfulness, text: keeping the office lawful}]
    functions: [{id: advice, text: gives legal advice, serves: [lawfullness]}]
    ```

    Right:

    ```yaml
    tasks: [{id: lawfulness, text: keeping the office lawful}]
    functions: [{id: advice, text: gives legal advice, serves: [lawfulness]}]
    ```
    """
    for unit in _units(subject):
        known = [clause.id for clause in unit.tasks if clause.id is not None]
        for clause in walk_clauses(unit.functions):
            for ref in clause.serves:
                if ref.id not in known and not unit.partial:
                    hint = suggest(ref.id, known) or Sentence("give the task this id: {example}", example=f"{{id: {ref.id}, text: …}}")
                    yield Finding(ref.place, Sentence("{unit} has no task {id}", unit=unit.id, id=ref.id), hint=hint)


# -- said twice -----------------------------------------------------------------------------------------------------

_UNIT_LISTS = ("general", "tasks", "rights", "structure_clauses", "leadership_clauses", "powers", "interaction", "final")
_POST_LISTS = ("general", "must_know", "duties", "rights", "responsibility", "interaction", "indicators", "evaluation")


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
    for unit in _units(subject):
        # What a task has in common with a function is the matter of another rule.
        once = [getattr(unit, name) for name in _UNIT_LISTS]
        yield from _repeated(_Said(say), once)
        yield from _repeated(_Said(say), [unit.functions, *(part for part in once if part is not unit.tasks)], new=unit.functions)
    sets = {key: _Said(say) for key in institution.clause_sets}
    for key, clause_set in institution.clause_sets.items():
        yield from _repeated(sets[key], [getattr(clause_set, name) for name in _POST_LISTS])
    told: set[tuple[str, str]] = set()
    for position in institution.positions.values():
        included = [(ref.id, sets[ref.id]) for ref in position.includes if ref.id in sets]
        for number, (later, said) in enumerate(included):
            for earlier, before in included[:number]:
                if later != earlier and (earlier, later) not in told:
                    told |= {(earlier, later), (later, earlier)}
                    yield from _both(institution.clause_sets, before, said, position)
        yield from _repeated(_Said(say), [getattr(position, name) for name in _POST_LISTS], [said for _, said in included])


class _Said:
    """The clauses of a paper so far, by their words."""

    def __init__(self, say: Callable[[Clause], str]) -> None:
        self.say = say
        self.clauses: dict[tuple[object, ...], Clause] = {}


def _repeated(
    said: _Said, lists: Iterable[Sequence[Clause]], before: Sequence[_Said] = (), new: Sequence[Clause] | None = None
) -> Iterator[Finding]:
    """The clauses that repeat one that came before; ``new`` says that only what concerns this list is news."""
    for clauses in lists:
        for key, clause in _keys(clauses, said.say):
            first = said.clauses.setdefault(key, clause)
            if first is clause:
                first = next((other.clauses[key] for other in before if key in other.clauses), clause)
            if first is clause or (new is not None and clauses is not new and not _stands_in(first, new)):
                continue
            note = Note(first.place, Sentence("it stands here already"))
            yield Finding(clause.place, Sentence("the clause stands twice in this paper"), (note,), Sentence("take one of them out"))


def _stands_in(clause: Clause, clauses: Sequence[Clause]) -> bool:
    return bool(clauses) and clause.place.path == clauses[0].place.path and clause.place.route[0] == clauses[0].place.route[0]


def _keys(clauses: Sequence[Clause], say: Callable[[Clause], str], parent: object = None) -> Iterator[tuple[tuple[object, ...], Clause]]:
    """What makes each clause the same as another: its words; for a short item also the clause that it belongs to."""
    for clause in clauses:
        words = words_of(say(clause))
        if words:
            yield (words if parent is None or len(words) > 3 else (parent, *words)), clause
        if clause.items:
            yield from _keys(clause.items, say, clause.place)


def _both(sets: object, before: _Said, said: _Said, position: Position) -> Iterator[Finding]:
    """The clauses that two clause sets have in common, both of which a post includes."""
    del sets
    for key, clause in said.clauses.items():
        first = before.clauses.get(key)
        if first is not None:
            notes = (
                Note(first.place, Sentence("it stands here already")),
                Note(position.place.under("includes"), Sentence("{post} includes both sets", post=position.id)),
            )
            yield Finding(clause.place, Sentence("the clause stands in two sets of one paper"), notes, Sentence("take one of them out"))
