"""OD50x to OD54x: functions, tasks, duties and territories: who does what, and what is said twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeAlias

from orgdocs.hierarchy import walk_clauses
from orgdocs.model import Clause, Clauses, Position, Ref, Text, Unit
from orgdocs.problems import Finding, Note, Place, Sentence
from orgdocs.rules.functions import list_functions, list_performers
from orgdocs.rules.rule import Subject, error, warning
from orgdocs.rules.similarity import coverage, find_near, words_of
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
        functions = list(list_functions(unit))
        if not functions or unit.partial or unit.id in misspelt or not _has_duties(subject, unit):
            continue
        idle = [function for function in functions if not list_performers(hierarchy, function)]
        if len(idle) == len(functions) > 1:
            sentence = Sentence("no duty performs any of the {count} functions of {unit}", count=len(idle), unit=unit.id)
            hint = Sentence("write at the duties: {example}", example=f"performs: [{idle[0].id}]")
            yield Finding(Place(unit.place.path, ("functions",), at_key=True), sentence, hint=hint)
            continue
        for function in idle:
            sentence = Sentence("no post performs the function {function}", function=function.id)
            hint = Sentence("write at the duty that carries it out: {example}", example=f"performs: [{function.id}]")
            yield Finding(_at_id(function.clause), sentence, hint=hint)


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
                hint = Sentence(
                    "let one of these lead: {posts}; or write performs at a duty", posts=_listed([post.id for post in performers])
                )
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
                yield Finding(
                    _at_id(clause), Sentence("no function of {unit} serves the task {task}", unit=unit.id, task=clause.id), hint=hint
                )


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
    for unit in _units(subject):
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
    for unit in _units(subject):
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
    for unit in _units(subject):
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
    for unit in _units(subject):
        head = subject.hierarchy.head(unit)
        if head is None or head.partial or not unit.powers or not head.duties or _may_include_duties(subject, head):
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


# -- territories ----------------------------------------------------------------------------------------------------


def territory_without_post(subject: Subject) -> Iterator[Finding]:
    """In a unit that works by territory, some post answers for each territory.

    Those who live there have nobody to go to.

    Wrong:

    ```yaml
    care.yaml: {works_by: territory, territories: {harbour: the harbour, hill: the hill}}
    carer.yaml: {unit: care, territories: [harbour]}
    ```

    Right:

    ```yaml
    care.yaml: {works_by: territory, territories: {harbour: the harbour, hill: the hill}}
    carer.yaml: {unit: care, territories: [harbour, hill]}
    ```
    """
    hierarchy = subject.hierarchy
    for unit in _units(subject):
        members = hierarchy.members(unit)
        if unit.works_by != "territory" or unit.partial or not members or _duties_may_be_missing(subject):
            continue
        if any(ref.id not in unit.territories for post in members for ref in post.territories):
            continue  # a misspelt one may be meant
        for territory in unit.territories:
            if not hierarchy.keepers(unit, territory):
                sentence = Sentence("no post of {unit} answers for the territory {territory}", unit=unit.id, territory=territory)
                hint = Sentence("name it at a post of the unit: {example}", example=f"territories: [{territory}]")
                yield Finding(Place(unit.place.path, ("territories", territory), at_key=True), sentence, hint=hint)


# -- what the rules have in common ----------------------------------------------------------------------------------


def _units(subject: Subject) -> Iterator[Unit]:
    """The organisation and its units, without one that bears the organisation's own id, which is another rule's matter."""
    organisation = subject.institution.organisation
    yield organisation
    yield from (unit for unit in subject.institution.units.values() if unit.id != organisation.id)


def _performing(subject: Subject) -> Iterator[tuple[Position, Ref]]:
    """Every post with every mention of a function that its duties perform."""
    for position in subject.hierarchy.positions():
        for duty in subject.hierarchy.duties(position):
            for ref in duty.performs:
                yield position, ref


def _at_id(clause: Clause) -> Place:
    return Place(clause.place.path, (*clause.place.route[:-1], "id"))


def _voice(subject: Subject) -> Callable[[Clause], str]:
    """How a clause reads as a whole, with its items, in the language of the organisation."""
    language = subject.institution.organisation.language

    def text_of(text: Text) -> str:
        return text if isinstance(text, str) else text.get(language) or next(iter(text.values()), "")

    def say(clause: Clause) -> str:
        return " ".join((text_of(clause.text), *map(say, clause.items))) if clause.items else text_of(clause.text)

    return say


def _listed(ids: Sequence[str]) -> str:
    shown = ", ".join(ids[:4])
    return f"{shown}, …" if len(ids) > 4 else shown


RULES = (
    error("OD501", "without-duties", without_duties),
    warning("OD502", "function-without-performer", function_without_performer),
    warning("OD503", "duty-without-function", duty_without_function),
    warning("OD504", "distant-function", distant_function),
    warning("OD505", "function-without-lead", function_without_lead),
    error("OD506", "lead-without-part", lead_without_part),
    warning("OD507", "task-without-function", task_without_function),
    error("OD508", "unknown-task", unknown_task),
    warning("OD509", "duplicate-clause", duplicate_clause),
    warning("OD510", "similar-duties", similar_duties),
    warning("OD511", "similar-task", similar_task),
    warning("OD512", "uncovered-powers", uncovered_powers),
    warning("OD513", "territory-without-post", territory_without_post),
)
