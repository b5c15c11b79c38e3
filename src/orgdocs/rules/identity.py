"""OD3xx: ids and references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from orgdocs.model import Clause, Position, Ref
from orgdocs.problems import Finding, Place, Sentence
from orgdocs.profiles import PROFILES
from orgdocs.rules.rule import Subject, error, warning
from orgdocs.schemas import suggest


def unknown_reference(subject: Subject) -> Iterator[Finding]:
    """What is referred to exists: unit, post, body, act, clause set, function, territory.

    Wrong: `reports_to: head-of-benefit`. Right: `reports_to: head-of-benefits`.
    """
    institution = subject.institution
    yield from _unknown(subject, _unit_refs(subject), "unit", {**institution.units, institution.organisation.id: institution.organisation})
    yield from _unknown(subject, _post_refs(subject), "position", institution.positions)
    actors = {**institution.positions, **institution.bodies}
    yield from _unknown(subject, _actor_refs(subject), "actor", actors)
    anybody = {**actors, **institution.units, institution.organisation.id: institution.organisation}
    yield from _unknown(subject, _anybody_refs(subject), "anybody", anybody)
    yield from _unknown(subject, _approved_refs(subject), "anybody", anybody)
    yield from _unknown(subject, _act_refs(subject), "act", institution.acts)
    yield from _unknown(subject, _set_refs(subject), "clauses", institution.clause_sets)
    yield from _unknown(subject, _function_refs(subject), "function", subject.hierarchy.functions)
    for position in institution.positions.values():
        unit = subject.hierarchy.unit_of(position)
        if unit is not None:
            yield from _unknown(subject, position.territories, "territory", unit.territories)


_WORDS = {
    "unit": "no unit has the id {id}",
    "position": "no post has the id {id}",
    "actor": "no post or body has the id {id}",
    "anybody": "no post, unit or body has the id {id}",
    "act": "no act in acts.yaml has the id {id}",
    "clauses": "no clause set has the id {id}",
    "function": "there is no function {id}",
    "territory": "the unit has no territory {id}",
}

# Which files could define what is missing: while one of them is unreadable, nobody can say that it is missing.
_DEFINED_IN = {
    "unit": ("unit",), "position": ("position",), "actor": ("position", "organisation"),
    "anybody": ("position", "unit", "organisation"), "act": ("acts",), "clauses": ("clauses",),
    "function": ("unit", "organisation"), "territory": ("unit", "organisation"),
}  # fmt: skip


def _unknown(subject: Subject, refs: Iterable[Ref | None], kind: str, known: Any) -> Iterator[Finding]:
    for ref in refs:
        if ref is None or ref.id in known or _may_be_in_broken_file(subject, kind, ref.id):
            continue
        yield Finding(ref.place, Sentence(_WORDS[kind], id=ref.id), hint=suggest(ref.id, list(known)))


def _may_be_in_broken_file(subject: Subject, kind: str, ref_id: str) -> bool:
    institution = subject.institution
    if kind == "function":
        ref_id = ref_id.split("/")[0]
        if any(unit.partial for unit in (institution.organisation, *institution.units.values()) if unit.id == ref_id):
            return True
    for file_kind in _DEFINED_IN[kind]:
        if file_kind == "acts" and any(broken == "acts" for broken, _ in institution.broken):
            return True
        if file_kind == "organisation" and institution.organisation.partial:
            return True
        if institution.is_broken(file_kind, ref_id):
            return True
    return False


def _units(subject: Subject) -> Iterator[Any]:
    yield subject.institution.organisation
    yield from subject.institution.units.values()


def _unit_refs(subject: Subject) -> Iterator[Ref | None]:
    for unit in subject.institution.units.values():
        yield unit.parent
    for position in subject.institution.positions.values():
        yield position.unit


def _post_refs(subject: Subject) -> Iterator[Ref | None]:
    for unit in _units(subject):
        yield unit.head
        yield from unit.deputies
    for position in subject.institution.positions.values():
        yield from position.substituted_by


def _actor_refs(subject: Subject) -> Iterator[Ref | None]:
    organisation = subject.institution.organisation
    yield organisation.superior_body
    for approval in organisation.approvals:
        yield from (approval.by, *approval.signed_by, *approval.agreed_by) if approval.by.id else ()
    for position in subject.institution.positions.values():
        yield position.reports_to
        for appointment in (position.appointed_by, position.dismissed_by):
            if appointment is not None:
                yield appointment.by
                yield appointment.on_proposal_of


def _anybody_refs(subject: Subject) -> Iterator[Ref | None]:
    for unit in _units(subject):
        for ties in (unit.subordinate_to, unit.accountable_to, unit.coordinated_by, unit.cooperates_with):
            yield from (tie.to for tie in ties)
    for position in subject.institution.positions.values():
        for ties in (position.accountable_to, position.coordinated_by):
            yield from (tie.to for tie in ties)
        yield from (relation.to for relation in position.relations)


def _approved_refs(subject: Subject) -> Iterator[Ref]:
    for approval in subject.institution.organisation.approvals:
        yield from approval.subjects


def _act_refs(subject: Subject) -> Iterator[Ref]:
    institution = subject.institution
    for holder in (*_units(subject), *institution.positions.values(), *institution.clause_sets.values()):
        yield from holder.guided_by
    for position in institution.positions.values():
        yield from position.basis


def _set_refs(subject: Subject) -> Iterator[Ref]:
    for position in subject.institution.positions.values():
        yield from position.includes


def _function_refs(subject: Subject) -> Iterator[Ref]:
    institution = subject.institution
    for holder in (*institution.positions.values(), *institution.clause_sets.values()):
        for duty in holder.duties:
            yield from duty.performs


def duplicate_id(subject: Subject) -> Iterator[Finding]:
    """An id is given once in an organisation; units, posts and bodies share one set of ids.

    Otherwise nobody could say which one `reports_to` means.

    Wrong: a unit `legal` and a post `legal`. Right: a unit `legal` and a post `lawyer`.
    """
    return iter(())


def duplicate_function(subject: Subject) -> Iterator[Finding]:
    """The id of a function is given once in a unit.

    Wrong: two functions `id: reporting`. Right: `id: monthly-reporting` and `id: annual-reporting`.
    """
    for unit in _units(subject):
        first: dict[str, Clause] = {}
        for clause in _walk(unit.functions):
            if clause.id is None:
                continue
            if clause.id in first:
                place = Place(clause.place.path, (*clause.place.route[:-1], "id"))
                yield Finding(place, Sentence("the function {id} is defined twice in this unit", id=clause.id))
            first.setdefault(clause.id, clause)


def _walk(clauses: Iterable[Clause]) -> Iterator[Clause]:
    for clause in clauses:
        yield clause
        yield from _walk(clause.items)


def id_differs(subject: Subject) -> Iterator[Finding]:
    """An id that is written in a file is the file's name; for an organisation, the folder's.

    Wrong: `id: chief` in `head.yaml`. Right: `id: head`, or no `id` at all.
    """
    del subject
    return iter(())


def folder_differs(subject: Subject) -> Iterator[Finding]:
    """A post lies in the folder of its unit.

    People look for it there.

    Wrong: `positions/x/legal/clerk.yaml` with `unit: finance`. Right: `positions/x/finance/clerk.yaml`.
    """
    for position in subject.institution.positions.values():
        unit = position.unit.id if position.unit else None
        if unit == subject.institution.organisation.id:
            unit = None
        if position.folder != unit and not position.partial:
            place = position.unit.place if position.unit else position.place
            sentence = Sentence(
                "the post belongs to {unit}, but its file lies in {folder}",
                unit=unit or "the organisation itself",
                folder=_folder(position),
            )
            yield Finding(place, sentence)


def _folder(position: Position) -> str:
    return position.place.path.rsplit("/", 1)[0]


def unknown_profile(subject: Subject) -> Iterator[Finding]:
    """The profile of an organisation is one that orgdocs has.

    Wrong: `profile: ukraine`. Right: `profile: ua`.
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
