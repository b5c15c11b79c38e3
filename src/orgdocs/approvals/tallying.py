"""Counting: whether the decisions on one revision of one text make it approved, and who is still waited for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from orgdocs.approvals.records import Decision, Record

if TYPE_CHECKING:
    from orgdocs.approvals.authority import Authority, Rule


_LASTING = {Decision.REJECT, Decision.WITHDRAW}


class Accepted(NamedTuple):
    """A record that counts, with the authority by which it was judged."""

    digest: str
    record: Record
    authority: Authority


@dataclass(frozen=True, slots=True)
class Tally:
    """The decisions that stand on one revision of a text.

    A decision no longer stands if it was withdrawn, or if the same post has decided otherwise since; an approval counts only
    if those who have to agree had agreed before it. Each person counts once.
    """

    revision: int
    digest: str
    level: str
    complete: bool
    approved: tuple[str, ...] = ()
    """Digests of the approvals that count, in the order of their time."""
    agreed: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    waiting_for: tuple[str, ...] = ()
    """Posts that have to agree, or, once all have, to approve."""
    premature: tuple[str, ...] = ()
    """Approvals that were given before all had agreed."""


def tally(accepted: Mapping[str, Accepted], revision: int, digest: str, level: str) -> Tally:
    """Count what stands on a revision of a text, decided on a level. ``accepted`` are the records of one paper that count.

    A rejection of the same text under an earlier number stands as long as nobody has taken it back.
    """
    found = {
        key: each
        for key, each in accepted.items()
        if (each.record.digest, each.record.level) == (digest, level)
        and (each.record.revision == revision or (each.record.revision < revision and each.record.decision in _LASTING))
    }
    withdrawn = {each for other in found.values() for each in other.record.withdraws}
    seen = _seen(found)
    order = sorted(found, key=lambda key: (found[key].record.time, len(seen[key]), found[key].record.approver, key))
    standing = [key for key in order if key not in withdrawn and not _is_overridden(key, found, seen, withdrawn)]

    def of(decision: Decision) -> list[str]:
        return [key for key in standing if found[key].record.decision is decision]

    rule, authority = _rule(found, of(Decision.APPROVE) or standing or order)
    if rule is None or authority is None:
        return Tally(revision, digest, level, complete=False)
    agreed_by = {found[key].record.position: key for key in of(Decision.AGREE)}
    unagreed = tuple(post for post in rule.agreed_by if post not in agreed_by)
    needed = {key for post, key in agreed_by.items() if post in rule.agreed_by}
    approvals = {key for key in of(Decision.APPROVE) if found[key].record.position in rule.approvers}
    premature = {key for key in approvals if unagreed or not needed <= seen[key]}
    if rule.four_eyes:
        agreeing = {found[key].record.approver for key in of(Decision.AGREE)}
        preparing = {person for key in approvals for person in found[key].record.prepared_by}
        approvals = {key for key in approvals if found[key].record.approver not in agreeing | preparing}
    persons: dict[str, str] = {}
    for key in order:
        if key in approvals - premature:
            persons.setdefault(found[key].record.approver, key)
    rejected = tuple(of(Decision.REJECT))
    complete = len(persons) >= rule.threshold and not rejected
    waiting = unagreed or (() if len(persons) >= rule.threshold else rule.approvers)
    return Tally(
        revision, digest, level, complete, tuple(persons.values()), tuple(of(Decision.AGREE)), rejected, waiting,
        tuple(key for key in order if key in premature),
    )  # fmt: skip


def _seen(found: Mapping[str, Accepted]) -> dict[str, set[str]]:
    """For each record, those of the same revision that its signer had seen."""
    seen: dict[str, set[str]] = {}

    def look(start: str) -> set[str]:
        known: set[str] = set()
        waiting = [start]
        while waiting:
            for before in found[waiting.pop()].record.prev:
                if before in found and before not in known:
                    known.add(before)
                    waiting.append(before)
        return known

    for key in found:
        seen[key] = look(key)
    return seen


def _is_overridden(key: str, found: Mapping[str, Accepted], seen: Mapping[str, set[str]], withdrawn: set[str]) -> bool:
    """Whether the same post has decided otherwise with this decision in view."""
    record = found[key].record
    if record.decision is Decision.WITHDRAW:
        return True
    for other, later in found.items():
        if (
            other in withdrawn
            or later.record.decision is Decision.WITHDRAW
            or later.record.position != record.position
            or key not in seen[other]
        ):
            continue
        if later.record.decision is not record.decision and Decision.REJECT in {record.decision, later.record.decision}:
            return True
    return False


def _rule(found: Mapping[str, Accepted], keys: list[str]) -> tuple[Rule | None, Authority | None]:
    """The entry of the matrix by which the last of some decisions was made."""
    if not keys:
        return None, None
    last = found[keys[-1]]
    matter = last.record.matter
    return last.authority.rule(matter.kind, last.record.level, matter.about), last.authority
