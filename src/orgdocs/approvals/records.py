"""Records: what somebody decided about one paper, as canonical JSON in the shape of an in-toto statement, version 1."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from orgdocs.documents.characters import find_forbidden
from orgdocs.problems import Sentence

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "urn:orgdocs:approval:v1"

AUTHORITY = "authority"
"""In place of a kind of paper: the record is about who may approve."""

LARGEST_RECORD = 1 << 20

_ENDINGS = (".json", ".sig")
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")
_ABOUT = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*(\.[a-z]{2})?\Z")
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\Z")


class Decision(StrEnum):
    """What was decided. Who agrees does so before approval; who withdraws takes a decision back."""

    APPROVE = "approve"
    AGREE = "agree"
    REJECT = "reject"
    WITHDRAW = "withdraw"


class Matter(NamedTuple):
    """What a decision is about: a paper, or the authority of an organisation."""

    organisation: str
    kind: str
    about: str
    """The id of the post or unit; with a point and the language where it is not that of the organisation."""

    def __str__(self) -> str:
        return f"{self.organisation}/{self.kind}/{self.about}"

    @property
    def folder(self) -> str:
        """Where its records lie, relative to the root of the registry."""
        return f"org/{self.organisation}/approvals/{self.kind}/{self.about}"


class Act(NamedTuple):
    """The act by which a body decided: its kind, number and day."""

    kind: str
    number: str
    date: str


class Attachment(NamedTuple):
    """A file that lies beside the record under the beginning of its digest, and what it was called."""

    name: str
    sha256: str

    @property
    def file(self) -> str:
        """The name under which it lies there: with the ending of its own, unless it is one that records have."""
        ending = re.search(r"\.[A-Za-z0-9]{1,8}\Z", self.name)
        found = ending[0].lower() if ending else ".bin"
        return self.sha256[:24] + (".bin" if found in _ENDINGS else found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One decision. ``digest`` is that of the text of the paper, ``registry`` that of the authority it was decided by."""

    matter: Matter
    digest: str
    decision: Decision
    revision: int
    approver: str
    """Id of the person who signed."""
    position: str
    """Id of the post or body for which the person signed, as the approval matrix names it."""
    holds: str
    """Id of the post that the person held: the same, one that substitutes it, or that of the registrar."""
    level: str
    """``organisation`` or ``unit``: which entries of the approval matrix fit the paper."""
    registry: str
    time: str
    """When it was signed by the clock of the signer, in UTC: shown, and compared with the days in the authority."""
    prev: tuple[str, ...] = ()
    """Digests of the records that the signer had seen, without those that these name."""
    withdraws: tuple[str, ...] = ()
    effective: str = ""
    """The day from which the paper is in force."""
    act: Act | None = None
    reason: str = ""
    prepared_by: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    inputs: str = ""
    """Digest of what stood in the files behind the paper."""
    template: str = ""
    tool: str = ""
    authority: Mapping[str, Any] | None = field(default=None, hash=False)
    """The whole authority, where the record is about that."""

    @property
    def day(self) -> date:
        """The day on which it was signed."""
        return date.fromisoformat(self.time[:10])

    def as_bytes(self) -> bytes:
        """The statement as it is stored and signed."""
        predicate = {
            "decision": str(self.decision), "revision": self.revision, "approver": self.approver, "position": self.position,
            "holds": self.holds, "level": self.level, "registry": self.registry, "time": self.time, "prev": sorted(self.prev),
            "withdraws": sorted(self.withdraws), "effective": self.effective, "act": self.act._asdict() if self.act else None,
            "reason": self.reason, "prepared_by": list(self.prepared_by),
            "attachments": [attachment._asdict() for attachment in self.attachments],
            "inputs": self.inputs, "template": self.template, "tool": self.tool, "authority": self.authority,
        }  # fmt: skip
        statement = {
            "_type": STATEMENT,
            "subject": [{"name": str(self.matter), "digest": {"sha256": self.digest}}],
            "predicateType": PREDICATE,
            "predicate": {key: value for key, value in predicate.items() if value not in ("", None, [])},
        }
        return canonical(statement)


def canonical(data: Any) -> bytes:
    """JSON of which there is one form only: keys in order, no spaces, UTF-8, one line feed at the end."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def digest_of(content: bytes) -> str:
    """SHA-256 as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


class UnreadableRecordError(Exception):
    """A file is no record; ``sentence`` says why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


_NO_JSON = Sentence("the record is not JSON in the form in which it is signed: keys in order, no spaces, UTF-8, one line")
_SHAPELESS = Sentence("the record does not have the fields that a record has, and only these")


def read_record(content: bytes) -> Record:
    """A record from its bytes.

    Raises:
        UnreadableRecordError: they are not canonical JSON, or not of the shape of a record. Thus no two readers can
            understand them in two ways: a key given twice, a number written otherwise or a space more is refused.
    """
    if len(content) > LARGEST_RECORD:
        raise UnreadableRecordError(Sentence("the record is larger than a megabyte"))
    try:
        data = json.loads(content)
        same = canonical(data) == content
    except (ValueError, RecursionError):
        raise UnreadableRecordError(_NO_JSON) from None
    if not same:
        raise UnreadableRecordError(_NO_JSON)
    try:
        record = _take_apart(data)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        raise UnreadableRecordError(_SHAPELESS) from None
    if record.as_bytes() != content:  # there was something besides
        raise UnreadableRecordError(_SHAPELESS)
    return record


def _take_apart(data: Any) -> Record:
    """The record in a statement. What is not as it must be raises whatever error is at hand."""
    (subject,) = data["subject"]
    predicate: dict[str, Any] = data["predicate"]
    organisation, kind, about = subject["name"].split("/")
    act = predicate.get("act")
    record = Record(
        matter=Matter(_need(_ID, organisation), _need(_ID, kind), _need(_ABOUT, about)),
        digest=_need(_DIGEST, subject["digest"]["sha256"]),
        decision=Decision(predicate["decision"]),
        revision=_count(predicate["revision"]),
        approver=_need(_ID, predicate["approver"]),
        position=_need(_ID, predicate["position"]),
        holds=_need(_ID, predicate["holds"]),
        level=_need(re.compile(r"(organisation|unit)\Z"), predicate["level"]),
        registry=_need(_DIGEST, predicate["registry"]),
        time=_instant(predicate["time"]),
        prev=tuple(_need(_DIGEST, each) for each in predicate.get("prev", ())),
        withdraws=tuple(_need(_DIGEST, each) for each in predicate.get("withdraws", ())),
        effective=_day(predicate.get("effective", "")),
        act=Act(_text(act["kind"]), _text(act["number"]), _day(act["date"])) if act is not None else None,
        reason=_text(predicate.get("reason", "")),
        prepared_by=tuple(_need(_ID, each) for each in predicate.get("prepared_by", ())),
        attachments=tuple(Attachment(_text(each["name"]), _need(_DIGEST, each["sha256"])) for each in predicate.get("attachments", ())),
        inputs=_text(predicate.get("inputs", "")),
        template=_text(predicate.get("template", "")),
        tool=_text(predicate.get("tool", "")),
        authority=predicate.get("authority"),
    )
    if bool(record.withdraws) != (record.decision is Decision.WITHDRAW):
        raise ValueError(record.withdraws)  # an approval that withdraws would undo what another post has rejected
    if (record.authority is not None) != (kind == AUTHORITY):
        raise ValueError(kind)
    if record.authority is not None:
        own = (record.authority["organisation"], record.matter.about, record.level) == (organisation, organisation, "organisation")
        if not own or digest_of(canonical(record.authority)) != record.digest:
            raise ValueError(record.matter)
    return record


def _need(pattern: re.Pattern[str], value: Any) -> str:
    text = _text(value)
    if not pattern.match(text):
        raise ValueError(text)
    return text


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    if not is_line(value):
        raise ValueError(value)
    return value


def is_line(text: str) -> bool:
    """Whether a text is shown as it is, in one line: without control characters, and without marks that turn its direction."""
    return find_forbidden(text) is None and not any(character in text for character in "\t\r\n")


def _count(value: Any) -> int:
    if type(value) is not int or not 0 < value < 1_000_000:
        raise ValueError(value)
    return value


def _day(value: Any) -> str:
    text = _text(value)
    if text and date.fromisoformat(text).isoformat() != text:
        raise ValueError(text)
    return text


def _instant(value: Any) -> str:
    text = _need(_TIME, value)
    datetime.fromisoformat(text)
    return text
