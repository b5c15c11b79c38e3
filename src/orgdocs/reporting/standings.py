"""Where papers stand, for people and machines: the table of states, the history of one paper, and what somebody is about to sign."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from orgdocs.approvals.amending import describe_amendments
from orgdocs.approvals.authority import Authority, Capacity
from orgdocs.approvals.records import AUTHORITY, Decision, Matter, Record
from orgdocs.approvals.standing import Standing, State, Version
from orgdocs.approvals.verifying import Verification, changes_since
from orgdocs.model import text_for
from orgdocs.problems import Sentence
from orgdocs.rendering.marks import group_digest

if TYPE_CHECKING:
    from orgdocs.approvals.tallying import Accepted
    from orgdocs.comparing import Change

_STATES = {
    State.DRAFT: Sentence("draft"),
    State.WAITING: Sentence("waiting"),
    State.APPROVED: Sentence("approved"),
    State.REJECTED: Sentence("rejected"),
    State.STALE: Sentence("changed"),
}
_COLOURS = {State.DRAFT: "yellow", State.WAITING: "yellow", State.APPROVED: "green", State.REJECTED: "red", State.STALE: "red"}
_DECISIONS = {
    Decision.APPROVE: Sentence("approves"),
    Decision.AGREE: Sentence("agrees"),
    Decision.REJECT: Sentence("rejects"),
    Decision.WITHDRAW: Sentence("takes back the decision"),
}
_CHANGES = 5


class Telling:
    """Tells sentences, people and posts in the language of the user, in lines of a width."""

    def __init__(self, verification: Verification, patterns: Mapping[str, str], width: int = 80, *, colour: bool = False) -> None:
        self.verification = verification
        self.patterns = patterns
        self.width = width
        self.style: Callable[..., str] = click.style if colour else (lambda text, **_: text)

    def say(self, sentence: Sentence) -> str:
        """A sentence in the language of the user."""
        return sentence.told(self.patterns)

    def wrap(self, text: str, indent: int) -> Iterator[str]:
        """A text in lines, indented."""
        yield from textwrap.wrap(
            text, self.width, initial_indent=" " * indent, subsequent_indent=" " * indent, break_on_hyphens=False, break_long_words=False
        )

    def person(self, record: Record) -> str:
        """Who signed: the name, and the post where it is known which."""
        return next((each.name(record.approver) for each in self._authorities(record) if record.approver in each.people), record.approver)

    def _capacity(self, record: Record) -> Capacity:
        """As what somebody signed a record; if nothing tells, by what the record says itself."""
        capacities = (each.capacity(record.approver, record.position, record.day) for each in self._authorities(record))
        return next((capacity for capacity in capacities if capacity is not None), Capacity(record.holds))

    def _authorities(self, record: Record) -> list[Authority]:
        """The authorities that may know who signed a record: the one by which it was judged comes first."""
        judgement = self.verification.judgements[record.matter.organisation]
        found = [each.authority for each in judgement.accepted.values() if each.authority.digest == record.registry][:1]
        if judgement.authority is not None:
            found.append(judgement.authority)
        if record.authority is not None:
            found.append(Authority(record.authority))
        return found

    def signed(self, record: Record) -> str:
        """Who decided, for which post, as what."""
        person = self.person(record)
        if record.holds == record.position:
            if self._capacity(record).acting:
                return self.say(Sentence("{person} (acting {post})", person=person, post=record.position))
            return f"{person} ({record.position})"
        if self._capacity(record).records_act:
            return self.say(Sentence("{post} (recorded by {person}, {holds})", person=person, post=record.position, holds=record.holds))
        return self.say(Sentence("{person} ({post}, as {holds})", person=person, post=record.position, holds=record.holds))

    def signs(self, record: Record) -> str:
        """Who decides what, as a sentence; the registrar decides nothing, but records what a body has decided."""
        if self._capacity(record).records_act and record.decision is Decision.APPROVE:
            person = self.person(record)
            sentence = Sentence(
                "{person} ({holds}) records that {post} has approved", person=person, holds=record.holds, post=record.position
            )
            return self.say(sentence)
        return f"{self.signed(record)} {self.say(_DECISIONS[record.decision])}"


def title_of(verification: Verification, matter: Matter) -> str:
    """The title of the post, or the name of the unit, that a paper is about."""
    bound = verification.bound.get(matter)
    if bound is None or bound.paper is None:
        return ""
    about: Any = verification.project.subjects[bound.paper]
    text: Any = getattr(about, "title", None) or getattr(about, "name", "")
    home = verification.project.registry.institutions[matter.organisation].organisation.language
    return text_for(text, home)


def _called(matter: Matter) -> str:
    return f"{matter.organisation}/{AUTHORITY}" if matter.kind == AUTHORITY else str(matter)


# -- what is about to be signed ---------------------------------------------------------------------------------------


def tell_decision(telling: Telling, record: Record, changes: Sequence[Change]) -> str:
    """What somebody is about to sign: which paper, its digest, what has changed, who decides what for which post."""
    verification = telling.verification
    standing = verification.standings[record.matter]
    lines = [telling.say(Sentence("{matter}, revision {revision}", matter=_called(record.matter), revision=record.revision))]
    if title := title_of(verification, record.matter):
        lines += telling.wrap(title, 4)
    lines.append(f"    {group_digest(record.digest)}")
    latest = standing.latest
    if record.matter.kind == AUTHORITY:
        lines += _people(telling, record)
    elif record.decision is Decision.WITHDRAW:
        lines += telling.wrap(telling.say(Sentence("Taken back is what was decided on revision {revision}.", revision=record.revision)), 4)
    elif latest is None:
        lines += telling.wrap(telling.say(Sentence("It has never been approved: read the whole paper.")), 4)
    elif latest.digest == record.digest:
        lines += telling.wrap(telling.say(Sentence("It reads as revision {revision}.", revision=latest.revision)), 4)
    else:
        lines += telling.wrap(telling.say(Sentence("Changed since revision {revision}:", revision=latest.revision)), 4)
        told = [f"- {_tell_change(telling, change)}" for change in changes]
        for line in told or [telling.say(Sentence("- git does not tell what: read the whole paper"))]:
            lines += textwrap.wrap(line, telling.width, initial_indent="      ", subsequent_indent="        ", break_on_hyphens=False)
    lines += telling.wrap(telling.signs(record), 4)
    if record.reason:
        lines += telling.wrap(telling.say(Sentence("reason: {reason}", reason=record.reason)), 4)
    if record.act is not None:
        lines += telling.wrap(telling.say(_act(record)), 4)
    if record.effective:
        lines += telling.wrap(telling.say(Sentence("in force from {day}", day=record.effective)), 4)
    for attachment in record.attachments:
        lines += telling.wrap(telling.say(Sentence("{name}: attached, not verified by orgdocs", name=attachment.name)), 4)
    return "\n".join(lines)


def _act(record: Record) -> Sentence:
    assert record.act is not None  # noqa: S101  (the caller has looked)
    return Sentence(
        "{act} № {number} of {day}", act=_ACTS.get(record.act.kind, record.act.kind), number=record.act.number, day=record.act.date
    )


_ACTS: dict[str, Sentence] = {
    "order": Sentence("order"), "directive": Sentence("directive"), "decision": Sentence("decision"), "resolution": Sentence("resolution"),
}  # fmt: skip


def _tell_change(telling: Telling, change: Change) -> str:
    return f"{change.subject.id}: {telling.say(change.said)}"


def _people(telling: Telling, record: Record) -> Iterator[str]:
    """Who may approve by an authority, and what it changes: what somebody has to look through who signs it."""
    for person, data in (record.authority or {}).get("people", {}).items():
        posts = ", ".join(tenure["post"] for tenure in data.get("holds", ()))
        keys = len([key for key in data.get("keys", ()) if not key.get("retired") and not key.get("revoked")])
        yield from telling.wrap(telling.say(Sentence("{person}: {posts}; keys: {count}", person=person, posts=posts or "–", count=keys)), 4)
    accepted = telling.verification.judgements[record.matter.organisation].authority
    if accepted is None or record.decision is Decision.WITHDRAW:
        return
    if changes := describe_amendments(accepted, Authority(record.authority or {})):
        yield from telling.wrap(telling.say(Sentence("What changes:")), 4)
    for change in changes:
        yield from textwrap.wrap(
            f"- {telling.say(change)}", telling.width, initial_indent="      ", subsequent_indent="        ", break_on_hyphens=False
        )


# -- where papers stand -----------------------------------------------------------------------------------------------


def tell_status(telling: Telling, matters: Sequence[Matter], day: date, *, whole: bool) -> str:
    """The state of each paper with what there is to say of it; with ``whole``, also all its revisions."""
    standings = [telling.verification.standings[matter] for matter in matters]
    words = {state: telling.say(sentence) for state, sentence in _STATES.items()}
    column = max(map(len, words.values())) + 2
    lines = []
    for standing in standings:
        word = words[standing.state].ljust(column)
        lines.append(f"{telling.style(word, fg=_COLOURS[standing.state])}{_called(standing.matter)}")
        for sentence in _details(telling, standing, day):
            lines += telling.wrap(telling.say(sentence), column)
        if whole:
            for version in standing.versions:
                for sentence in _version(telling, standing, version):
                    lines += telling.wrap(telling.say(sentence), column)
    counts = {state: sum(standing.state is state for standing in standings) for state in State}
    lines += ["", ", ".join(f"{words[state]}: {count}" for state, count in counts.items() if count)]
    return "\n".join(lines)


def _details(telling: Telling, standing: Standing, day: date) -> Iterator[Sentence]:
    """What there is to say of the state of a paper."""
    if standing.bound is None:
        yield Sentence("there is no such paper any more")
        return
    latest = standing.latest
    if standing.state is State.APPROVED and latest is not None:
        people = _signers(telling, latest.approvals)
        yield Sentence("revision {revision} by {person}, {force}", revision=latest.revision, person=people, force=_force(latest, day))
        if (version := standing.in_force(day)) is not None and version is not latest:
            yield Sentence("until then revision {revision} is in force", revision=version.revision)
    if standing.state is State.REJECTED:
        record = standing.rejections[-1].record
        yield Sentence("rejected by {person}: {reason}", person=telling.signed(record), reason=record.reason or "–")
    if standing.agreed and standing.state is not State.APPROVED:
        yield Sentence("agreed: {people}", people=_signers(telling, standing.agreed))
    if standing.approved and standing.state is State.WAITING:
        yield Sentence("approved so far: {people}", people=_signers(telling, standing.approved))
    if standing.premature and standing.state is not State.APPROVED:
        yield Sentence("approved before all had agreed, which does not count: {people}", people=_signers(telling, standing.premature))
    if standing.waiting_for and standing.state is not State.DRAFT:
        yield Sentence("waiting for: {posts}", posts=", ".join(standing.waiting_for))
    if standing.state is not State.APPROVED and (version := standing.in_force(day)) is not None:
        yield Sentence("revision {revision} is in force, and the paper has changed since", revision=version.revision)
        yield from _reasons(telling, standing)
    if standing.due is not None and standing.due <= day:
        yield Sentence("due for review since {day}", day=standing.due.isoformat())


def _signers(telling: Telling, decisions: Sequence[Accepted]) -> str:
    return ", ".join(telling.signed(each.record) for each in decisions)


def _force(version: Version, day: date) -> Sentence:
    if version.effective <= day:
        return Sentence("in force from {day}", day=version.effective.isoformat())
    return Sentence("will be in force from {day}", day=version.effective.isoformat())


def _reasons(telling: Telling, standing: Standing) -> Iterator[Sentence]:
    changes = changes_since(telling.verification, standing)
    for change in changes[:_CHANGES]:
        yield Sentence("– {change}", change=_tell_change(telling, change))
    if len(changes) > _CHANGES:
        yield Sentence("– and {count} more changes", count=len(changes) - _CHANGES)


def _version(telling: Telling, standing: Standing, version: Version) -> Iterator[Sentence]:
    """One approved revision of a paper: when, by whom, by which act, from when, until when, and what is attached."""
    record = version.record
    after = [other for other in standing.versions if other.revision > version.revision]
    digest = group_digest(version.digest)
    people = _signers(telling, version.approvals)
    yield Sentence("revision {revision}: {digest}", revision=version.revision, digest=digest)
    yield Sentence("approved on {day} by {people}", day=record.time[:10], people=people)
    if record.act is not None:
        yield _act(record)
    yield Sentence("in force from {day}", day=version.effective.isoformat())
    if after:
        yield Sentence("superseded from {day}", day=after[0].effective.isoformat())
    for each in version.approvals:
        for attachment in each.record.attachments:
            yield Sentence("{name}: attached, not verified by orgdocs", name=attachment.name)


def tell_in_force(telling: Telling, matters: Sequence[Matter], day: date) -> str:
    """What was in force on a day."""
    lines = []
    for matter in matters:
        standing = telling.verification.standings[matter]
        version = standing.in_force(day)
        if version is None:
            continue
        lines.append(_called(matter))
        for sentence in _version(telling, standing, version):
            lines += telling.wrap(telling.say(sentence), 4)
    if not lines:
        return telling.say(Sentence("Nothing was in force on {day}.", day=day.isoformat()))
    return "\n".join(lines)


def mark_status(telling: Telling, matters: Sequence[Matter], day: date) -> str:
    """The states as a table in Markdown, for the comment of a pull request."""
    head = (telling.say(Sentence("Paper")), telling.say(Sentence("State")), telling.say(Sentence("Details")))
    rows = [f"| {' | '.join(head)} |", "| --- | --- | --- |"]
    for matter in matters:
        standing = telling.verification.standings[matter]
        details = "; ".join(telling.say(sentence) for sentence in _details(telling, standing, day)).replace("|", "\\|")
        rows.append(f"| `{_called(matter)}` | {telling.say(_STATES[standing.state])} | {details} |")
    return "\n".join(rows)


def status_json(verification: Verification, matters: Sequence[Matter], day: date) -> str:
    """The states as JSON: a list of papers, each with its revisions."""
    return json.dumps([_as_data(verification.standings[matter], day) for matter in matters], ensure_ascii=False, indent=2)


def _as_data(standing: Standing, day: date) -> dict[str, Any]:
    in_force = standing.in_force(day)
    return {
        "paper": _called(standing.matter),
        "state": str(standing.state),
        "revision": standing.revision,
        "digest": standing.bound.digest if standing.bound is not None else "",
        "in_force": in_force.revision if in_force is not None else None,
        "waiting_for": list(standing.waiting_for),
        "agreed": [_decision(each.record) for each in standing.agreed],
        "rejected": [_decision(each.record) for each in standing.rejections],
        "due": standing.due.isoformat() if standing.due is not None else None,
        "revisions": [
            {
                "revision": version.revision,
                "digest": version.digest,
                "effective": version.effective.isoformat(),
                "approved": [_decision(each.record) for each in version.approvals],
            }
            for version in standing.versions
        ],
    }


def _decision(record: Record) -> dict[str, Any]:
    data: dict[str, Any] = {"person": record.approver, "position": record.position, "holds": record.holds, "time": record.time}
    if record.act is not None:
        data["act"] = record.act._asdict()
    if record.reason:
        data["reason"] = record.reason
    if record.attachments:
        data["attached"] = [attachment._asdict() for attachment in record.attachments]
    return data
