"""OD3xx: ids and references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from orgdocs.hierarchy import walk_clauses
from orgdocs.model import Institution, Position, Ref
from orgdocs.problems import Finding, Note, Place, Sentence
from orgdocs.profiles import PROFILES
from orgdocs.rules.rule import Subject, error, warning
from orgdocs.schemas import suggest, suggest_id


def unknown_reference(subject: Subject) -> Iterator[Finding]:
    """What is referred to exists: unit, post, body, act, clause set, function, territory.

    A paper cannot name what is not there, and a misspelt superior leaves a post without one.

    Wrong:

    ```yaml
    reports_to: head-of-benefit
    ```

    Right:

    ```yaml
    reports_to: head-of-benefits
    ```
    """
    institution = subject.institution
    units = {**institution.units, institution.organisation.id: institution.organisation}
    actors = {**institution.positions, **institution.bodies}
    yield from _unknown(subject, _unit_refs(institution), "unit", units)
    yield from _unknown(subject, _post_refs(institution), "position", institution.positions)
    yield from _unknown(subject, _actor_refs(institution), "actor", actors)
    yield from _unknown(subject, _anybody_refs(institution), "anybody", {**actors, **units})
    yield from _unknown(subject, _approved_refs(institution), "approved", {**institution.positions, **units})
    yield from _unknown(subject, _act_refs(institution), "act", institution.acts)
    yield from _unknown(subject, _set_refs(institution), "clauses", institution.clause_sets)
    yield from _unknown(subject, _function_refs(institution), "function", subject.hierarchy.functions)
    for position in institution.positions.values():
        unit = subject.hierarchy.unit_of(position)
        if unit is not None and not unit.partial:
            yield from _unknown(subject, position.territories, "territory", unit.territories)


class _Kind(NamedTuple):
    """What a reference may stand for: how it is missed, where to look, and which kinds of files could define it."""

    sentence: str
    where: str
    files: tuple[str, ...] = ()


_KINDS = {
    "unit": _Kind("no unit has the id {id}", "a unit has its file in org/{organisation}/units; orgdocs new unit {id} makes one", ("unit",)),
    "position": _Kind(
        "no post has the id {id}", "a post has its file in positions/{organisation}; orgdocs new position {id} makes one", ("position",)
    ),
    "actor": _Kind(
        "no post or body has the id {id}",
        "a post has its file in positions/{organisation}, and orgdocs new position {id} makes one; "
        "a body stands under bodies in org/{organisation}/organisation.yaml",
        ("position", "organisation"),
    ),
    "anybody": _Kind(
        "no post, unit or body has the id {id}",
        "a post has its file in positions/{organisation}, a unit in org/{organisation}/units; "
        "a body stands under bodies in org/{organisation}/organisation.yaml",
        ("position", "unit", "organisation"),
    ),
    "approved": _Kind(
        "no post or unit has the id {id}",
        "a post has its file in positions/{organisation}, a unit in org/{organisation}/units",
        ("position", "unit"),
    ),
    "act": _Kind("no act has the id {id}", "acts stand in org/{organisation}/acts.yaml", ("acts",)),
    "clauses": _Kind("no clause set has the id {id}", "a clause set has its file in org/{organisation}/clauses", ("clauses",)),
    "function": _Kind("there is no function {id}", "functions stand, each with its id, in the file of their unit", ("unit",)),
    "territory": _Kind("the unit has no territory {id}", "territories stand in the file of the unit"),
}


def _unknown(subject: Subject, refs: Iterable[Ref | None], kind: str, known: Mapping[str, object]) -> Iterator[Finding]:
    untold = _units_missed(subject.institution) if kind == "function" else frozenset()
    for ref in refs:
        if (
            ref is None
            or ref.id in known
            or ref.id.split("/", maxsplit=1)[0] in untold
            or _may_be_in_broken_file(subject.institution, kind, ref.id)
        ):
            continue
        where = Sentence(_KINDS[kind].where, organisation=subject.institution.organisation.id, id=ref.id)
        hint = _another_kind(subject.institution, ref.id) or suggest_id(ref.id, list(known)) or where
        yield Finding(ref.place, Sentence(_KINDS[kind].sentence, id=ref.id), hint=hint)


def _units_missed(institution: Institution) -> frozenset[str]:
    """Ids of units that posts and units name as theirs and that are not there: that is told, and their functions are missing with them."""
    named = {ref.id for ref in _unit_refs(institution) if ref is not None}
    return frozenset(named - institution.units.keys() - {institution.organisation.id})


def _another_kind(institution: Institution, entity_id: str) -> Sentence | None:
    """What the id does stand for, if it is there and does not belong here."""
    named = (
        (Sentence("{id} is the organisation", id=entity_id), {institution.organisation.id}),
        (Sentence("{id} is a unit", id=entity_id), institution.units),
        (Sentence("{id} is a post", id=entity_id), institution.positions),
        (Sentence("{id} is a body", id=entity_id), institution.bodies),
        (Sentence("{id} is an act", id=entity_id), institution.acts),
        (Sentence("{id} is a clause set", id=entity_id), institution.clause_sets),
    )
    return next((sentence for sentence, ids in named if entity_id in ids), None)


def _may_be_in_broken_file(institution: Institution, kind: str, ref_id: str) -> bool:
    """Whether a file with faults could define what is missing: while that is so, nobody can say that it is missing."""
    if kind == "function":
        ref_id = ref_id.split("/", maxsplit=1)[0]
        unit = institution.unit(ref_id)
        if unit is not None and unit.partial:
            return True
    if "organisation" in _KINDS[kind].files and institution.organisation.partial:
        return True
    if kind == "act" and any(broken == "acts" for broken, _ in institution.broken):
        return True
    return any(institution.is_broken(file_kind, ref_id) for file_kind in _KINDS[kind].files)


def _unit_refs(institution: Institution) -> Iterator[Ref | None]:
    for unit in institution.units.values():
        yield unit.parent
    for position in institution.positions.values():
        yield position.unit


def _post_refs(institution: Institution) -> Iterator[Ref | None]:
    for unit in institution.establishments:
        yield unit.head
        yield from unit.deputies
    yield institution.organisation.registrar
    for position in institution.positions.values():
        yield from position.substituted_by


def _actor_refs(institution: Institution) -> Iterator[Ref | None]:
    organisation = institution.organisation
    yield organisation.superior_body
    for approval in organisation.approvals:
        if approval.by.id:
            yield approval.by
        yield from approval.signed_by
        yield from approval.agreed_by
        yield from approval.also_by
    for somebody in institution.people.values():
        yield from (tenure.post for tenure in somebody.holds)
    for position in institution.positions.values():
        yield position.reports_to
        for appointment in (position.appointed_by, position.dismissed_by):
            if appointment is not None:
                yield appointment.by
                yield appointment.on_proposal_of


def _anybody_refs(institution: Institution) -> Iterator[Ref | None]:
    for unit in institution.establishments:
        for ties in (unit.subordinate_to, unit.accountable_to, unit.coordinated_by, unit.cooperates_with):
            yield from (tie.to for tie in ties)
    for position in institution.positions.values():
        for ties in (position.accountable_to, position.coordinated_by):
            yield from (tie.to for tie in ties)
        yield from (relation.to for relation in position.relations)


def _approved_refs(institution: Institution) -> Iterator[Ref]:
    for approval in institution.organisation.approvals:
        yield from approval.subjects


def _act_refs(institution: Institution) -> Iterator[Ref]:
    for unit in institution.establishments:
        yield from unit.guided_by
    for holder in (*institution.positions.values(), *institution.clause_sets.values()):
        yield from holder.guided_by
    for position in institution.positions.values():
        yield from position.basis


def _set_refs(institution: Institution) -> Iterator[Ref]:
    for position in institution.positions.values():
        yield from position.includes


def _function_refs(institution: Institution) -> Iterator[Ref]:
    for holder in (*institution.positions.values(), *institution.clause_sets.values()):
        for duty in holder.duties:
            yield from duty.performs


def duplicate_id(subject: Subject) -> Iterator[Finding]:
    """An id is given once in an organisation; units, posts and bodies share one set of ids.

    Otherwise nobody could say which of them a reference means.

    Wrong:

    ```yaml
    org/office/units/legal.yaml: {name: Legal Division}
    positions/office/legal/legal.yaml: {title: Lawyer}
    ```

    Right:

    ```yaml
    org/office/units/legal.yaml: {name: Legal Division}
    positions/office/legal/lawyer.yaml: {title: Lawyer}
    ```
    """
    del subject
    return iter(())


def id_differs(subject: Subject) -> Iterator[Finding]:
    """An id that is written in a file is the file's name; for an organisation, the folder's.

    The name of the file is the id by which others refer to it; a second one would mislead.

    Wrong:

    ```yaml
    head-of-benefits.yaml: {id: chief}
    ```

    Right:

    ```yaml
    head-of-benefits.yaml: {id: head-of-benefits}
    ```
    """
    del subject
    return iter(())


def folder_differs(subject: Subject) -> Iterator[Finding]:
    """A post lies in the folder of its unit.

    People look for it there.

    Wrong:

    ```yaml
    positions/office/legal/cashier.yaml: {unit: finance}
    ```

    Right:

    ```yaml
    positions/office/finance/cashier.yaml: {unit: finance}
    ```
    """
    institution = subject.institution
    told: set[tuple[str | None, str]] = set()
    for position in institution.positions.values():
        unit = position.unit.id if position.unit and position.unit.id != institution.organisation.id else None
        if position.folder == unit or position.partial or not _is_defined(institution, unit):
            continue
        place = position.unit.place if position.unit else position.place
        folder = position.place.path.rsplit("/", 1)[0]
        right = "/".join(("positions", institution.organisation.id, *([unit] if unit else [])))
        if unit is not None and position.folder is not None and not _is_defined(institution, position.folder):
            if (unit, folder) not in told:
                told.add((unit, folder))
                sentence = Sentence("{folder} is the folder of no unit, and holds posts of {unit}", folder=folder, unit=unit)
                values = {"right": right, "unit": unit, "id": position.folder}
                hint = Sentence("name the folder {right}; if the unit is to have another id: orgdocs rename {unit} {id}", **values)
                yield Finding(place, sentence, hint=hint)
            continue
        if unit is None:
            sentence = Sentence("{post} belongs to no unit, but its file lies in {folder}", post=position.id, folder=folder)
        else:
            sentence = Sentence("{post} belongs to {unit}, but its file lies in {folder}", post=position.id, unit=unit, folder=folder)
        yield Finding(place, sentence, hint=_move(institution, position, right))


def _is_defined(institution: Institution, unit: str | None) -> bool:
    return unit is None or unit in institution.units or institution.is_broken("unit", unit)


def _move(institution: Institution, position: Position, right: str) -> Sentence:
    if position.folder is not None and _is_defined(institution, position.folder):
        return Sentence("move it to {right}, or write unit: {folder}", right=right, folder=position.folder)
    return Sentence("move it to {right}", right=right)


def duplicate_function(subject: Subject) -> Iterator[Finding]:
    """The id of a function is given once in a unit.

    Duties refer to functions by these ids.

    Wrong:

    ```yaml
    functions:
      - {id: reporting, text: reports every month}
      - {id: reporting, text: reports every year}
    ```

    Right:

    ```yaml
    functions:
      - {id: monthly-reporting, text: reports every month}
      - {id: annual-reporting, text: reports every year}
    ```
    """
    for unit in subject.institution.establishments:
        first: dict[str, Place] = {}
        for clause in walk_clauses(unit.functions):
            if clause.id is None:
                continue
            place = clause.id_place
            if clause.id in first:
                notes = (Note(first[clause.id], Sentence("it is defined here already")),)
                yield Finding(place, Sentence("the function {id} is defined twice in this unit", id=clause.id), notes)
            first.setdefault(clause.id, place)


def unknown_profile(subject: Subject) -> Iterator[Finding]:
    """The profile of an organisation is one that orgdocs has.

    The profile gives the forms and the wording of the papers.

    Wrong:

    ```yaml
    profile: ukraine
    ```

    Right:

    ```yaml
    profile: ua
    ```
    """
    organisation = subject.institution.organisation
    if organisation.profile and organisation.profile not in PROFILES:
        hint = suggest(organisation.profile, PROFILES) or Sentence("one of: {options}", options=", ".join(PROFILES))
        yield Finding(organisation.place.under("profile"), Sentence("there is no profile {id}", id=organisation.profile), hint=hint)


RULES = (
    error("OD301", "unknown-reference", unknown_reference),
    error("OD302", "duplicate-id", duplicate_id),
    error("OD303", "id-differs", id_differs),
    warning("OD304", "folder-differs", folder_differs),
    error("OD305", "duplicate-function", duplicate_function),
    error("OD306", "unknown-profile", unknown_profile),
)
