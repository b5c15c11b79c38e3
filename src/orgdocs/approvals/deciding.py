"""Making a record: what somebody may decide about a paper now, and the record of it, ready to be signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from orgdocs import __version__
from orgdocs.approvals.authority import Authority, Capacity
from orgdocs.approvals.records import AUTHORITY, Act, Attachment, Decision, Record, is_line
from orgdocs.approvals.standing import Standing, State
from orgdocs.approvals.tallying import Accepted
from orgdocs.problems import Sentence

if TYPE_CHECKING:
    from orgdocs.approvals.judging import Judgement
    from orgdocs.approvals.ledger import Ledger


class RefusedDecisionError(Exception):
    """Somebody may not decide so; ``sentence`` says why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants to decide, as far as it was said."""

    decision: Decision
    """To approve also stands for to agree, where that is what the person is asked for."""
    person: str
    position: str | None = None
    number: str = ""
    act_date: date | None = None
    effective: date | None = None
    reason: str = ""
    prepared_by: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()


class _Choice(NamedTuple):
    decision: Decision
    position: str
    capacity: Capacity


def decide(standing: Standing, judgement: Judgement, wish: Wish, now: datetime) -> Record:
    """The record of a decision about a paper as it is now.

    Raises:
        RefusedDecisionError: the person may not decide so, or there is nothing to decide.
    """
    bound = standing.bound
    if bound is None or not bound.digest:
        raise RefusedDecisionError(Sentence("{matter} cannot be written for errors; orgdocs check tells which", matter=standing.matter))
    introduces = judgement.authority is None
    records = [entry.record for entry in judgement.ledger.entries.values() if entry.record is not None]
    if introduces and any(record.matter.kind == AUTHORITY for record in records):
        raise RefusedDecisionError(Sentence("the ledger has an introduction that does not count; orgdocs verify tells why"))
    if introduces and standing.matter.kind != AUTHORITY:
        raise RefusedDecisionError(
            Sentence(
                "the ledger has no introduction yet; begin with: orgdocs approve {matter}",
                matter=f"{standing.matter.organisation}/{AUTHORITY}",
            )
        )
    authority = judgement.authority or bound.authority
    assert authority is not None  # noqa: S101  (the authority is bound to itself)
    _check_texts(wish)
    if wish.person not in authority.people:
        raise RefusedDecisionError(_unknown_person(wish.person, authority, bound.authority))
    choice = _introduce(authority, wish) if introduces else _choose(standing, authority, wish, now.date())
    if not introduces:
        _check_four_eyes(standing, authority, wish, choice)
    act = _act(standing, wish, choice)
    earlier = _earlier(standing, choice) if choice.decision is Decision.WITHDRAW else ()
    # A decision is withdrawn from the text on which it was made, whatever the paper says by now.
    digest, revision = (earlier[0].record.digest, earlier[0].record.revision) if earlier else (bound.digest, standing.revision)
    return Record(
        matter=standing.matter,
        digest=digest,
        decision=choice.decision,
        revision=revision,
        approver=wish.person,
        position=choice.position,
        holds=choice.capacity.holds,
        level=bound.level,
        registry=authority.digest,
        time=now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        prev=tuple(sorted(_heads(judgement, standing))),
        withdraws=tuple(sorted(each.digest for each in earlier)),
        effective=_effective(wish, choice, now),
        act=act,
        reason=wish.reason,
        prepared_by=wish.prepared_by,
        attachments=wish.attachments,
        inputs=bound.inputs,
        template=bound.template,
        tool=f"orgdocs {__version__}",
        authority=_authority_data(earlier[0].record if earlier else None, bound.authority),
    )


def _check_texts(wish: Wish) -> None:
    """What stands in a record is shown on the screens and papers of others, exactly as it is."""
    for text in (wish.reason, wish.number, *(attachment.name for attachment in wish.attachments)):
        if not is_line(text):
            raise RefusedDecisionError(Sentence("there is a character in {text} that cannot be shown; leave it out", text=ascii(text)))


def _authority_data(withdrawn: Record | None, authority: Authority | None) -> Mapping[str, Any] | None:
    """What a record about the authority carries whole; None for papers."""
    if withdrawn is not None:
        return withdrawn.authority
    return authority.data if authority is not None else None


def _unknown_person(person: str, accepted: Authority, now: Authority | None) -> Sentence:
    if now is not None and person in now.people:
        return Sentence("{person} is in people.yaml, and that has not been approved yet", person=person)
    return Sentence("{person} is not among the people who may approve: {people}", person=person, people=", ".join(accepted.people) or "–")


def _introduce(authority: Authority, wish: Wish) -> _Choice:
    """Whoever introduces the authority signs for a post of theirs, if they have one: trust in it comes from elsewhere."""
    if wish.decision is not Decision.APPROVE:
        raise RefusedDecisionError(Sentence("there is nothing yet that could be rejected or withdrawn"))
    held = [tenure["post"] for tenure in authority.people[wish.person].get("holds", ())]
    post = wish.position or next(iter(held), None)
    if post is None:
        raise RefusedDecisionError(Sentence("{person} holds no post", person=wish.person))
    return _Choice(Decision.APPROVE, post, Capacity(post))


def _choose(standing: Standing, authority: Authority, wish: Wish, day: date) -> _Choice:
    """As what the person decides: the first that is asked for, or the post that was named."""
    rule = standing.rule
    if rule is None:
        raise RefusedDecisionError(Sentence("nobody approves {matter} by the approval matrix", matter=standing.matter))
    possible = _possible(standing, wish.decision)
    open_choices = []
    for decision, post in possible:
        capacity = authority.capacity(wish.person, post, day)
        if capacity is not None and wish.position in {None, post}:
            open_choices.append(_Choice(decision, post, capacity))
    if not open_choices:
        raise RefusedDecisionError(_not_asked(standing, authority, wish, day))
    if wish.decision is not Decision.APPROVE:
        return open_choices[0]
    missing = [post for post in rule.agreed_by if post not in {each.record.position for each in standing.agreed}]
    for choice in open_choices:
        if choice.decision is Decision.AGREE and choice.position in missing:
            return choice
    approving = next((choice for choice in open_choices if choice.decision is Decision.APPROVE), None)
    if approving is None:
        raise RefusedDecisionError(Sentence("{post} has agreed already", post=open_choices[0].position))
    if missing:
        raise RefusedDecisionError(
            Sentence("these have to agree before it is approved: {posts}", posts=_people_of(missing, authority, day))
        )
    if standing.state is State.APPROVED:
        raise RefusedDecisionError(Sentence("it is approved already, as revision {revision}", revision=standing.revision))
    if any(each.record.approver == wish.person for each in standing.approved):
        raise RefusedDecisionError(Sentence("{person} has approved it already; others have to, as well", person=wish.person))
    return approving


def _possible(standing: Standing, decision: Decision) -> list[tuple[Decision, str]]:
    rule = standing.rule
    assert rule is not None  # noqa: S101  (the caller has looked)
    if decision is Decision.APPROVE:
        return [(Decision.AGREE, post) for post in rule.agreed_by] + [(Decision.APPROVE, post) for post in rule.approvers]
    return [(decision, post) for post in (*rule.approvers, *rule.agreed_by)]


def _not_asked(standing: Standing, authority: Authority, wish: Wish, day: date) -> Sentence:
    rule = standing.rule
    assert rule is not None  # noqa: S101  (the caller has looked)
    asked = _people_of((*rule.approvers, *rule.agreed_by), authority, day)
    if wish.position is not None:
        return Sentence("{person} cannot sign for {post} here; asked are: {posts}", person=wish.person, post=wish.position, posts=asked)
    return Sentence("{person} is not asked; asked are: {posts}", person=wish.person, posts=asked)


def _people_of(posts: Iterable[str], authority: Authority, day: date) -> str:
    """Posts, each with who may sign for it now."""
    told = []
    for post in dict.fromkeys(posts):
        able = ", ".join(authority.name(person) for person in authority.able(post, day))
        told.append(f"{post} ({able})" if able else post)
    return ", ".join(told)


def _check_four_eyes(standing: Standing, authority: Authority, wish: Wish, choice: _Choice) -> None:
    rule = standing.rule
    if choice.decision is not Decision.APPROVE or rule is None or not rule.four_eyes:
        return
    if not wish.prepared_by:
        raise RefusedDecisionError(Sentence("four eyes are asked for here: say with --prepared-by who prepared the paper"))
    for person in wish.prepared_by:
        if person not in authority.people:
            raise RefusedDecisionError(_unknown_person(person, authority, standing.bound.authority if standing.bound else None))
    if wish.person in wish.prepared_by:
        raise RefusedDecisionError(Sentence("{person} prepared the paper, and somebody else has to approve it", person=wish.person))
    if any(each.record.approver == wish.person for each in standing.agreed):
        raise RefusedDecisionError(Sentence("{person} agreed to the paper, and somebody else has to approve it", person=wish.person))


def _act(standing: Standing, wish: Wish, choice: _Choice) -> Act | None:
    kind = standing.rule.act if standing.rule is not None else None
    if wish.number and wish.act_date is not None:
        return Act(kind or "order", wish.number, wish.act_date.isoformat())
    if wish.number or wish.act_date is not None:
        raise RefusedDecisionError(Sentence("an act has a number and a day: give both, --number and --date"))
    if choice.capacity.records_act:
        raise RefusedDecisionError(
            Sentence("{post} decides by an act, which you record: give its --number and --date", post=choice.position)
        )
    return None


def _effective(wish: Wish, choice: _Choice, now: datetime) -> str:
    if choice.decision is not Decision.APPROVE:
        return ""
    return (wish.effective or wish.act_date or now.astimezone(UTC).date()).isoformat()


def _earlier(standing: Standing, choice: _Choice) -> tuple[Accepted, ...]:
    """What is withdrawn: all that stands from this post, on the text as it is now or on the one that was approved last."""
    mine = [each for each in (*standing.approved, *standing.agreed, *standing.rejections) if each.record.position == choice.position]
    if not mine and standing.latest is not None:
        mine = [each for each in standing.latest.approvals if each.record.position == choice.position]
    if not mine:
        raise RefusedDecisionError(Sentence("{post} has decided nothing here that could be withdrawn", post=choice.position))
    return tuple(mine)


def _heads(judgement: Judgement, standing: Standing) -> set[str]:
    """The records that the signer has seen: the last of this paper and of the authority; for the authority itself, of all."""
    ledger: Ledger = judgement.ledger
    accepted = {digest: each.record for digest, each in judgement.accepted.items()}
    own = {digest: record for digest, record in accepted.items() if record.matter == standing.matter}
    authorities = {digest: record for digest, record in accepted.items() if record.matter.kind == AUTHORITY}
    if standing.matter.kind == AUTHORITY:
        return {*_last(own), *_last(accepted | judgement.rivals)} & ledger.entries.keys()
    # Each group by itself: what is known only through a change of authority would have to be looked for in the whole ledger.
    return {*_last(own), *_last(authorities)} & ledger.entries.keys()


def _last(records: Mapping[str, Record]) -> set[str]:
    """The records that no other one among them has seen."""
    named = {before for record in records.values() for before in record.prev}
    return records.keys() - named
