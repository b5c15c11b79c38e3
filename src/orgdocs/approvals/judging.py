"""Which records count: each is judged by the authority that was accepted when it was made, and refused with a reason of its own.

Trust begins with an introduction: the first authority of a ledger, whose digest is known from elsewhere. From there on an
authority is accepted if it was approved by those whom the one before it names. A record that was made by an earlier
authority counts if those who approved the change had seen it, or if its signer may still decide so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import PurePosixPath
from typing import NamedTuple

from orgdocs.approvals.authority import Authority, is_sound
from orgdocs.approvals.ledger import Entry, Ledger
from orgdocs.approvals.records import AUTHORITY, Decision, Matter, Record
from orgdocs.approvals.signatures import find_signer
from orgdocs.approvals.tallying import Accepted, Tally, tally
from orgdocs.problems import Sentence

_AHEAD = timedelta(days=1)
"""So far a clock may be ahead."""

GRACE = timedelta(days=14)
"""So long after a post was left a record that was signed before may still arrive."""


class Refusal(NamedTuple):
    """Why a record does not count, by the rule it breaks."""

    path: str
    rule: str
    sentence: Sentence
    hint: Sentence | None = None


class _Step(NamedTuple):
    """An accepted authority, and the records that had been seen when the next one was approved."""

    authority: Authority
    revision: int
    since: str
    """The day on which it was approved: nobody could decide by it before."""
    sealed: frozenset[str] = frozenset()


@dataclass
class Judgement:
    """What became of the records of one ledger."""

    ledger: Ledger
    accepted: dict[str, Accepted] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    authority: Authority | None = None
    """The authority that is accepted now; None where there is no introduction."""
    authority_revision: int = 0
    introduction: str = ""
    """Digest of the first accepted authority."""
    pinned: bool = False
    """Whether that digest is known from elsewhere."""
    rivals: dict[str, Record] = field(default_factory=dict)
    """Records by which changes of the authority were approved side by side, so that nobody can say which counts."""


def judge(
    ledger: Ledger,
    *,
    today: date,
    pins: Collection[str] = (),
    base: Mapping[str, bytes] | None = None,
    files: Mapping[str, bytes] | None = None,
) -> Judgement:
    """Judge all records of a ledger.

    ``pins`` are digests of introductions, or beginnings of them, that are known from elsewhere. ``base`` has the files of
    the ledger as they stand in a revision from which nothing may be missing, ``files`` those of now.
    """
    return _Judging(ledger, today, pins, base, files or {}).judge()


class _Judging:
    def __init__(
        self, ledger: Ledger, today: date, pins: Collection[str], base: Mapping[str, bytes] | None, files: Mapping[str, bytes]
    ) -> None:
        self.ledger = ledger
        self.today = today
        self.pins = pins
        self.base = base
        self.files = files
        self.result = Judgement(ledger)
        self.signers: dict[str, str] = {}
        self.steps: list[_Step] = []

    def judge(self) -> Judgement:
        sound = self._check_files()
        self._accept_authorities([(digest, entry) for digest, entry in sound if entry.matter.kind == AUTHORITY])
        refused = {refusal.path for refusal in self.result.refusals}
        for digest, record in sound:
            if digest not in self.result.accepted and self._path(digest) not in refused:
                self._judge_one(digest, record)
        return self.result

    def _path(self, digest: str) -> str:
        return self.ledger.entries[digest].path

    def _refuse(self, path: str, rule: str, sentence: Sentence, hint: Sentence | None = None) -> None:
        self.result.refusals.append(Refusal(path, rule, sentence, hint))

    # -- files ----------------------------------------------------------------------------------------------------

    def _check_files(self) -> list[tuple[str, Record]]:
        """The records that can be read, are signed by some key, and miss nothing that they name; the others are refused."""
        sound = []
        reached = self._count_revisions()
        for digest, entry in self.ledger.entries.items():
            if entry.record is None:
                self._refuse(entry.path, "broken-record", entry.fault or Sentence("the record cannot be read"))
            elif (signer := self._signer(entry)) is None:
                self._refuse(entry.path, "bad-signature", Sentence("the signature is not one over this record"))
            elif missing := [each for each in entry.record.prev if each not in self.ledger.entries]:
                sentence = Sentence("a record that stood before this one is missing: {name}", name=missing[0][:24])
                self._refuse(entry.path, "missing-record", sentence, Sentence("bring it back from git; records are never removed"))
            elif entry.record.revision > reached.get(entry.record.matter, 0):
                sentence = Sentence(
                    "it is about revision {revision}, and there is no record of revision {before}",
                    revision=entry.record.revision,
                    before=reached.get(entry.record.matter, 0) + 1,
                )
                self._refuse(entry.path, "missing-record", sentence, Sentence("revisions follow each other, beginning with 1"))
            elif lost := self._lost_attachment(entry):
                self._refuse(entry.path, "missing-record", lost)
            else:
                self.signers[digest] = signer
                sound.append((digest, entry.record))
        self._compare_with_base()
        return sound

    def _count_revisions(self) -> dict[Matter, int]:
        """For each paper, up to which revision there are records of all. A number out of turn could leave no room for any other."""
        numbers: dict[Matter, set[int]] = {}
        for entry in self.ledger.entries.values():
            if entry.record is not None:
                numbers.setdefault(entry.record.matter, set()).add(entry.record.revision)
        return {matter: next(number for number in count() if number + 1 not in found) for matter, found in numbers.items()}

    @staticmethod
    def _signer(entry: Entry) -> str | None:
        return find_signer(entry.content, entry.signature) if entry.signature is not None else None

    def _lost_attachment(self, entry: Entry) -> Sentence | None:
        if entry.record is None:
            return None
        for attachment in entry.record.attachments:
            found = self.ledger.others.get(str(PurePosixPath(entry.path).parent / attachment.file))
            if found is None:
                return Sentence("the attached file {name} is missing: {file}", name=attachment.name, file=attachment.file)
            if found != attachment.sha256:
                return Sentence("the attached file {name} was changed: {file}", name=attachment.name, file=attachment.file)
        return None

    def _compare_with_base(self) -> None:
        refused = {refusal.path for refusal in self.result.refusals}
        for path, content in (self.base or {}).items():
            now = self.files.get(path)
            if path in refused or (path.endswith(".sig") and f"{path.removesuffix('.sig')}.json" not in self.files):
                continue  # the record itself is told
            if now is None:
                hint = Sentence("merge the base into this branch; if it is still missing then, bring it back from git")
                self._refuse(path, "missing-record", Sentence("the base has this file, and it is missing here"), hint)
            elif now.replace(b"\r\n", b"\n") != content.replace(b"\r\n", b"\n"):
                self._refuse(path, "missing-record", Sentence("the base has this file with other content"))

    # -- authorities ----------------------------------------------------------------------------------------------

    def _accept_authorities(self, records: list[tuple[str, Record]]) -> None:
        """Walk from the introduction to the authority that is accepted now."""
        root = self._introduce(records)
        if root is None:
            return
        since = max(each.record.time for each in self.result.accepted.values())[:10]
        self.steps = [_Step(Authority(root.authority or {}), root.revision, since)]
        self.result.introduction = root.digest
        rest = dict(records)
        while True:
            step = self.steps[-1]
            change = self._next_change(step, rest)
            if change is None:
                break
            self.steps[-1] = step._replace(sealed=frozenset(self.ledger.before(change.approved)))
            record = rest[change.approved[0]]
            since = max(rest[digest].time for digest in change.approved)[:10]
            self.steps.append(_Step(Authority(record.authority or {}), change.revision, since))
            for digest in list(rest):
                if digest in self.steps[-2].sealed or digest in change.approved:
                    del rest[digest]
        self.result.authority = self.steps[-1].authority
        self.result.authority_revision = self.steps[-1].revision

    def _next_change(self, step: _Step, records: Mapping[str, Record]) -> Tally | None:
        """The change of authority that follows a step; None if there is none, or several of which nobody can say which counts.

        Two that were approved side by side are joined by a third one that knows both, and whose approvers may approve by each
        of them: somebody whom one of them has dismissed cannot undo it so.
        """
        changes = self._approved_changes(step, records)
        first = [each for each in changes if not any(self._knows(each, other) for other in changes)]
        if self.base is not None and len(first) > 1:
            known = [each for each in first if all(self._path(digest) in self.base for digest in each.approved)]
            first = known or first
        if len(first) < 2:
            return first[0] if first else None
        authorities = [Authority(records[each.approved[0]].authority or {}) for each in first]
        joining = [
            each
            for each in changes
            if all(self._knows(each, other) for other in first)
            and all(self._may_decide(digest, records[digest], authority) for digest in each.approved for authority in authorities)
        ]
        if len(joining) == 1:
            return joining[0]
        self.result.rivals = {digest: records[digest] for each in first for digest in each.approved}
        for path in sorted(map(self._path, self.result.rivals)):
            sentence = Sentence("two changes of who may approve were approved side by side, and neither knows of the other")
            self._refuse(path, "rival-authorities", sentence, Sentence("approve the authority as it is now: orgdocs approve authority"))
        return None

    def _may_decide(self, digest: str, record: Record, authority: Authority) -> bool:
        refused = self._refuse_key(digest, record, authority, authority, sealed=False) or self._refuse_entitlement(
            digest, record, authority
        )
        return refused is None

    def _introduce(self, records: list[tuple[str, Record]]) -> Record | None:
        """The record that trust begins with, accepted; None if there is none, or nobody can say which."""
        roots = [
            (digest, record)
            for digest, record in records
            if record.registry == record.digest and record.decision is Decision.APPROVE and not record.prev and is_sound(record.authority)
        ]
        pins = [pin.lower() for pin in self.pins]
        if not pins and self.base is not None:
            pins = [record.digest for digest, record in roots if self._path(digest) in self.base]
        chosen = [(digest, record) for digest, record in roots if not pins or any(record.digest.startswith(pin) for pin in pins)]
        for digest, record in roots:
            if (digest, record) not in chosen:
                sentence = Sentence("this introduction is not the one that is known: {digest}", digest=record.digest[:24])
                self._refuse(self._path(digest), "unknown-introduction", sentence)
        if len({record.digest for _, record in chosen}) > 1:
            for digest, record in chosen:
                sentence = Sentence("the ledger has several introductions; this one is {digest}", digest=record.digest[:24])
                self._refuse(self._path(digest), "unknown-introduction", sentence, Sentence("say which one counts with --introduction"))
            return None
        found = None
        for digest, record in chosen:
            authority = Authority(record.authority or {})
            refused = self._refuse_key(digest, record, authority, authority, sealed=False) or self._refuse_future(digest, record)
            if refused is not None:
                self.result.refusals.append(refused)
                continue
            self.result.accepted[digest] = Accepted(digest, record, authority)
            found = found or record
        self.result.pinned = found is not None and bool(pins)
        return found

    def _approved_changes(self, step: _Step, records: Mapping[str, Record]) -> list[Tally]:
        """The changes of authority that are wholly approved by a step's authority."""
        authority = step.authority
        able: dict[str, Accepted] = {}
        for digest, record in records.items():
            if (
                record.registry != authority.digest
                or (record.registry == record.digest and not record.prev)
                or not is_sound(record.authority)
            ):
                continue
            in_time = step.since <= record.time[:10] and record.day <= self.today + _AHEAD
            if record.revision > step.revision and in_time and self._may_decide(digest, record, authority):
                able[digest] = Accepted(digest, record, authority)
        tallies = [
            tally(able, revision, digest, "organisation")
            for revision, digest in dict.fromkeys((each.record.revision, each.record.digest) for each in able.values())
        ]
        return [found for found in tallies if found.complete]

    def _knows(self, later: Tally, earlier: Tally) -> bool:
        """Whether whoever approved one change had seen the other one."""
        return later is not earlier and any(digest in self.ledger.before(later.approved) for digest in earlier.approved)

    # -- single records -------------------------------------------------------------------------------------------

    def _judge_one(self, digest: str, record: Record) -> None:
        path = self._path(digest)
        if not self.steps:
            hint = Sentence("introduce the authority first: orgdocs approve authority")
            self._refuse(path, "unknown-authority", Sentence("the ledger has no introduction by which this record could be judged"), hint)
            return
        numbers = [number for number, step in enumerate(self.steps) if step.authority.digest == record.registry]
        if not numbers:
            sentence = Sentence(
                "the record was made by a word on who may approve that nobody has approved: {digest}", digest=record.registry[:24]
            )
            self._refuse(path, "unknown-authority", sentence, Sentence("approve the authority first, by those who may today"))
            return
        newest = self.steps[-1].authority
        sealed = any(digest in self.steps[number].sealed for number in numbers)
        current = numbers[-1] == len(self.steps) - 1
        judged_by = self.steps[numbers[-1]].authority
        refused = self._refuse_key(digest, record, judged_by, newest, sealed=sealed) or self._refuse_entitlement(digest, record, judged_by)
        if refused is None and not sealed and not current:
            refused = self._refuse_entitlement(digest, record, newest)
            if refused is not None:
                refused = refused._replace(
                    sentence=Sentence(
                        "who may approve has changed, and whoever approved that had not seen this record: {why}", why=refused.sentence
                    )
                )
        refused = refused or self._refuse_time(digest, record, newest, min(self.steps[number].since for number in numbers))
        if refused is not None:
            self.result.refusals.append(refused)
            return
        self.result.accepted[digest] = Accepted(digest, record, judged_by)

    def _refuse_key(self, digest: str, record: Record, authority: Authority, newest: Authority, *, sealed: bool) -> Refusal | None:
        """Whether the signature is not by a good key of the person who is named."""
        path, key = self._path(digest), self.signers[digest]
        if record.approver not in authority.people:
            return Refusal(path, "wrong-key", Sentence("{person} is not among the people", person=record.approver))
        mine = next((known for known in authority.keys(record.approver) if known.key == key), None)
        if mine is None:
            owner = authority.owner(key)
            sentence = Sentence("it is signed with a key that {person} does not have", person=record.approver)
            if owner is not None:
                sentence = Sentence("it is signed with the key of {owner}, not of {person}", owner=owner, person=record.approver)
            return Refusal(path, "wrong-key", sentence)
        if record.time[:10] < mine.since:
            return Refusal(path, "wrong-key", Sentence("it is signed on {day}, before the key was good", day=record.time[:10]))
        now = next((known for known in newest.keys(record.approver) if known.key == key), None)
        name = digest[:24]
        if now is None and not sealed:
            return Refusal(
                path,
                "ended-key",
                Sentence("the key is no longer one of {person}, and nobody has sealed this record", person=record.approver),
            )
        if now is not None and now.revoked and name not in now.sealed:
            return Refusal(
                path, "ended-key", Sentence("the key was revoked on {day}, and does not name this record under sealed", day=now.revoked)
            )
        if now is not None and now.retired and not sealed and name not in now.sealed:
            return Refusal(path, "ended-key", Sentence("the key was retired on {day}, and nobody has sealed this record", day=now.retired))
        return None

    def _refuse_entitlement(self, digest: str, record: Record, authority: Authority) -> Refusal | None:
        """Whether the person could not decide so, for that post, on that day."""
        path = self._path(digest)

        def refuse(rule: str, pattern: Sentence) -> Refusal:
            return Refusal(path, rule, pattern)

        known = next((key for key in authority.keys(record.approver) if key.key == self.signers[digest]), None)
        if known is None:
            return refuse("wrong-key", Sentence("{person} has no such key", person=record.approver))
        capacity = authority.capacity(record.approver, record.position, record.day)
        if capacity is None or capacity.holds != record.holds:
            sentence = Sentence(
                "{person} could not sign for {post} on {day}", person=record.approver, post=record.position, day=record.time[:10]
            )
            return refuse("not-entitled", sentence)
        if capacity.records_act and record.act is None:
            return refuse("not-entitled", Sentence("{post} decides by an act, and the record names none", post=record.position))
        rule = authority.rule(record.matter.kind, record.level, record.matter.about)
        if rule is None:
            return refuse("not-entitled", Sentence("nobody approves {matter} by the approval matrix", matter=record.matter))
        allowed = {
            Decision.APPROVE: rule.approvers, Decision.AGREE: rule.agreed_by,
            Decision.REJECT: (*rule.approvers, *rule.agreed_by), Decision.WITHDRAW: (*rule.approvers, *rule.agreed_by),
        }[record.decision]  # fmt: skip
        if record.position not in allowed:
            sentence = Sentence(
                "{post} is not asked for it: the approval matrix names {others}", post=record.position, others=", ".join(allowed) or "–"
            )
            return refuse("not-entitled", sentence)
        if record.decision is Decision.APPROVE and rule.four_eyes:
            if not record.prepared_by:
                return refuse("own-approval", Sentence("four eyes are asked for, and the record does not say who prepared the paper"))
            if record.approver in record.prepared_by:
                return refuse(
                    "own-approval",
                    Sentence("{person} prepared the paper and approves it, where four eyes are asked for", person=record.approver),
                )
        if record.decision is Decision.WITHDRAW and not self._may_withdraw(record):
            return refuse(
                "not-entitled", Sentence("only decisions of {post} on the same paper can be withdrawn by it", post=record.position)
            )
        return None

    def _may_withdraw(self, record: Record) -> bool:
        earlier = [self.ledger.entries[digest].record if digest in self.ledger.entries else None for digest in record.withdraws]
        return bool(earlier) and all(
            each is not None and (each.matter, each.position) == (record.matter, record.position) for each in earlier
        )

    def _refuse_future(self, digest: str, record: Record) -> Refusal | None:
        path = self._path(digest)
        if (self.base is None or path not in self.base) and record.day > self.today + _AHEAD:
            return Refusal(path, "not-entitled", Sentence("it is signed on {day}, which is still to come", day=record.time[:10]))
        return None

    def _refuse_time(self, digest: str, record: Record, newest: Authority, since: str) -> Refusal | None:
        """Whether the day in the record cannot be. Who stood in for a post before others held it could else still do so."""
        path = self._path(digest)
        if record.time[:10] < since:
            sentence = Sentence(
                "it is signed on {day}, and by a word on who may approve that was approved on {since}", day=record.time[:10], since=since
            )
            return Refusal(path, "not-entitled", sentence, Sentence("look at the clock of the computer"))
        if self.base is not None and path in self.base:
            return None
        if (refused := self._refuse_future(digest, record)) is not None:
            return refused
        late = max(record.day, self.today - GRACE)
        if self.base is not None and newest.capacity(record.approver, record.position, late) is None:
            sentence = Sentence(
                "{person} can no longer sign for {post}, and the base does not have this record",
                person=record.approver,
                post=record.position,
            )
            return Refusal(path, "not-entitled", sentence)
        return None
