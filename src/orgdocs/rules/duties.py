"""OD501 to OD506 and OD513: functions, duties and territories: who does what, and what nobody does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from orgdocs.model import Position, Ref, Unit
from orgdocs.problems import Finding, Note, Place, Sentence
from orgdocs.rules.functions import list_functions, list_performers
from orgdocs.rules.rule import Subject, error, warning
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
        if subject.knows_clause_sets(position):
            hint = Sentence("write duties, or job_description: {not_required: the reason}")
            yield Finding(position.place.under("title"), Sentence("{post} has no duties", post=position.id), hint=hint)


# -- functions ------------------------------------------------------------------------------------------------------


def function_without_performer(subject: Subject) -> Iterator[Finding]:
    """Every function of a unit is performed by a duty of some post.

    What nobody has as a duty is done by chance. A function with items that have ids of their own is a sphere, and carried by
    them. Where posts have no duties yet, nothing is said, nor of a function without an id: no duty could name it.

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
    for unit in subject.institution.establishments:
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
            yield Finding(function.clause.id_place, sentence, hint=hint)


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
    for unit in subject.institution.establishments:
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
    if hierarchy.cycles("part_of"):
        return  # what lies above a unit is not known
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
                yield Finding(ref.place, sentence, (Note(clause.id_place, Sentence("the function stands here")),), hint)


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
        yield Finding(clause.id_place, sentence, notes, Sentence("write at the function who leads: {example}", example=example))


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
        elif position not in performers and not position.partial and subject.knows_clause_sets(position):
            sentence = Sentence("{post} leads {function} and has no duty that performs it", post=position.id, function=function)
            notes = (Note(position.place.under("title"), Sentence("the duties of {post} are in this file", post=position.id)),)
            if performers:
                hint = Sentence(
                    "let one of these lead: {posts}; or write performs at a duty", posts=_listed([post.id for post in performers])
                )
            else:
                hint = Sentence("write at one of the duties: {example}", example=f"performs: [{function}]")
            yield Finding(lead.place, sentence, notes, hint)


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
    for unit in subject.institution.establishments:
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


def _performing(subject: Subject) -> Iterator[tuple[Position, Ref]]:
    """Every post with every mention of a function that its duties perform."""
    for position in subject.hierarchy.positions():
        for duty in subject.hierarchy.duties(position):
            for ref in duty.performs:
                yield position, ref


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
    warning("OD513", "territory-without-post", territory_without_post),
)
