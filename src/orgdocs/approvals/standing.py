"""Where each paper stands: draft, waiting for whom, approved and in force from when, rejected, or changed since it was approved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from orgdocs.approvals.records import AUTHORITY, Matter, Record
from orgdocs.approvals.tallying import Accepted, Tally, tally
from orgdocs.contents.reviews import add_months

if TYPE_CHECKING:
    from orgdocs.approvals.authority import Rule
    from orgdocs.approvals.binding import Bound
    from orgdocs.approvals.judging import Judgement


class State(StrEnum):
    """Where a paper stands."""

    DRAFT = "draft"
    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    STALE = "stale"


class Interval(NamedTuple):
    """After how many months a paper is looked at again, and when that was done last."""

    months: int
    reviewed: date | None


class Version(NamedTuple):
    """A text of a paper that was approved: its revision, the records that approved it, and from when it is in force."""

    revision: int
    digest: str
    approvals: tuple[Accepted, ...]
    effective: date

    @property
    def record(self) -> Record:
        """The approval by which it was complete."""
        return self.approvals[-1].record


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one paper stands."""

    matter: Matter
    bound: Bound | None
    """The paper as it is now; None where there is no such paper any more."""
    state: State
    revision: int
    """The number of the text as it is now, or that it would get."""
    versions: tuple[Version, ...] = ()
    rule: Rule | None = None
    agreed: tuple[Accepted, ...] = ()
    approved: tuple[Accepted, ...] = ()
    rejections: tuple[Accepted, ...] = ()
    premature: tuple[Accepted, ...] = ()
    """Approvals that were given before all had agreed, and do not count."""
    waiting_for: tuple[str, ...] = ()
    rivals: bool = False
    """Whether two texts were approved under one number, on two branches."""
    due: date | None = None
    """The day on which it was, or will be, due for review."""

    @property
    def latest(self) -> Version | None:
        """The text that was approved last."""
        return self.versions[-1] if self.versions else None

    def in_force(self, day: date) -> Version | None:
        """The text that was in force on a day."""
        return next((version for version in reversed(self.versions) if version.effective <= day), None)


def stand_papers(
    bound: Mapping[Matter, Bound],
    judgements: Mapping[str, Judgement],
    reviews: Mapping[Matter, Interval],
) -> dict[Matter, Standing]:
    """Where all papers stand, those included that are only in the ledger any more. Papers come in their order, the latter last.

    ``reviews`` has the papers that are looked at again.
    """
    by_matter: dict[Matter, dict[str, Accepted]] = {matter: {} for matter in bound}
    for judgement in judgements.values():
        for digest, accepted in judgement.accepted.items():
            by_matter.setdefault(accepted.record.matter, {})[digest] = accepted
    standings = {}
    for matter, records in by_matter.items():
        stand = _stand_authority if matter.kind == AUTHORITY else _stand_paper
        standing = stand(matter, bound.get(matter), judgements[matter.organisation], records)
        standings[matter] = standing
        if matter in reviews and standing.latest is not None:
            interval = reviews[matter]
            last = max(day for day in (standing.latest.effective, interval.reviewed) if day is not None)
            standings[matter] = replace(standing, due=add_months(last, interval.months))
    return standings


def _stand_paper(matter: Matter, bound: Bound | None, judgement: Judgement, accepted: Mapping[str, Accepted]) -> Standing:
    tallies = _of_level(_tallies(accepted), bound.level if bound is not None else None)
    versions = tuple(version for found in tallies if (version := _version(found, accepted)) is not None)
    last = max((found.revision for found in tallies), default=0)
    newest = {found.digest: found for found in tallies if found.revision == last and (bound is None or found.level == bound.level)}
    complete = {digest for digest, found in newest.items() if found.complete}
    if bound is None:
        return Standing(matter, None, State.APPROVED if versions else State.DRAFT, last, versions)
    rule = judgement.authority.rule(matter.kind, bound.level, matter.about) if judgement.authority is not None else None
    now = newest.get(bound.digest)
    if now is not None and complete <= {bound.digest}:
        return _with_tally(matter, bound, rule, now, versions, accepted)
    state = State.STALE if versions else State.DRAFT
    waiting = (rule.agreed_by or rule.approvers) if rule is not None else ()
    return Standing(matter, bound, state, last + 1, versions, rule, waiting_for=waiting, rivals=len(complete) > 1)


def _with_tally(
    matter: Matter, bound: Bound, rule: Rule | None, now: Tally, versions: tuple[Version, ...], accepted: Mapping[str, Accepted]
) -> Standing:
    def records(digests: tuple[str, ...]) -> tuple[Accepted, ...]:
        return tuple(accepted[digest] for digest in digests)

    state = State.WAITING if now.agreed or now.approved or now.premature else State.DRAFT
    if now.rejected:
        state = State.REJECTED
    elif now.complete:
        state = State.APPROVED
    return Standing(
        matter,
        bound,
        state,
        now.revision,
        versions,
        rule,
        agreed=records(now.agreed),
        approved=records(now.approved),
        rejections=records(now.rejected),
        premature=records(now.premature),
        waiting_for=() if now.complete else now.waiting_for,
    )


def _stand_authority(matter: Matter, bound: Bound | None, judgement: Judgement, accepted: Mapping[str, Accepted]) -> Standing:
    """An authority is approved if it is the one that the ledger has come to."""
    rule = judgement.authority.rule(AUTHORITY, "organisation", matter.about) if judgement.authority is not None else None
    found = [each for each in _tallies(accepted) if each.revision > judgement.authority_revision]
    known = [each for each in _tallies(accepted) if each.revision <= judgement.authority_revision]
    versions = tuple(version for each in known if (version := _version(each, accepted, whole=True)) is not None)
    if bound is None or judgement.authority is None:
        return Standing(matter, bound, State.DRAFT, 1, versions, rule)
    if judgement.authority.digest == bound.digest:
        return Standing(
            matter, bound, State.APPROVED, judgement.authority_revision, versions, rule, approved=versions[-1].approvals if versions else ()
        )
    now = next((each for each in found if each.digest == bound.digest), None)
    if now is not None:
        standing = _with_tally(matter, bound, rule, now, versions, accepted)
        if standing.state in {State.WAITING, State.REJECTED}:
            return standing
    waiting = (rule.agreed_by or rule.approvers) if rule is not None else ()
    numbers = (*(each.revision for each in found), *(record.revision for record in judgement.rivals.values()))
    number = max(numbers, default=judgement.authority_revision) + 1
    return Standing(matter, bound, State.STALE, number, versions, rule, waiting_for=waiting)


def _tallies(accepted: Mapping[str, Accepted]) -> list[Tally]:
    """What stands on each text under each number, in the order of the numbers and, under one number, of time."""
    first: dict[tuple[int, str, str], str] = {}
    for each in accepted.values():
        key = (each.record.revision, each.record.digest, each.record.level)
        first[key] = min(first.get(key, each.record.time), each.record.time)
    ordered = sorted(first, key=lambda key: (key[0], first[key], *key[1:]))
    return [tally(accepted, *key) for key in ordered]


def _of_level(tallies: list[Tally], level: str | None) -> list[Tally]:
    """What was decided for the level on which a paper is now, and before it came there.

    Another entry of the matrix fits on another level: whoever it names could else decide by claiming a level.
    """
    came = min((found.revision for found in tallies if found.level == level), default=None)
    return [found for found in tallies if level is None or came is None or found.level == level or found.revision < came]


def _version(found: Tally, accepted: Mapping[str, Accepted], *, whole: bool = False) -> Version | None:
    if not found.approved or not (found.complete or whole):
        return None
    approvals = tuple(accepted[digest] for digest in found.approved)
    days = [date.fromisoformat(each.record.effective) if each.record.effective else each.record.day for each in approvals]
    return Version(found.revision, found.digest, approvals, max(days))
