"""A record has one form only, and whatever else is there is refused in words, never with a traceback."""

from __future__ import annotations

import base64
import json
import random
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from orgdocs.approvals.authority import Authority, is_sound
from orgdocs.approvals.ledger import open_ledgers
from orgdocs.approvals.records import Act, Attachment, Decision, Matter, Record, UnreadableRecordError, canonical, digest_of, read_record
from orgdocs.approvals.signatures import NAMESPACE, find_signer, sign

RECORD = Record(
    matter=Matter("office", "regulation", "legal.uk"),
    digest=digest_of(b"text"),
    decision=Decision.APPROVE,
    revision=7,
    approver="ann-moore",
    position="council",
    holds="deputy",
    level="unit",
    registry=digest_of(b"authority"),
    time="2026-03-02T09:00:00Z",
    prev=(digest_of(b"1"), digest_of(b"2")),
    effective="2026-04-01",
    act=Act("resolution", "12-р «а»", "2026-02-27"),
    prepared_by=("tom-gray",),
    attachments=(Attachment("Рішення.p7s", digest_of(b"scan")),),
    inputs=digest_of(b"inputs"),
    tool="orgdocs 1",
)


def test_a_record_is_read_as_it_was_written() -> None:
    again = read_record(RECORD.as_bytes())
    assert again.as_bytes() == RECORD.as_bytes()
    assert (again.act, again.attachments, sorted(again.prev)) == (RECORD.act, RECORD.attachments, sorted(RECORD.prev))


def test_its_form() -> None:
    data = json.loads(RECORD.as_bytes())
    assert RECORD.as_bytes().endswith(b"}\n")
    assert (data["_type"], data["predicateType"]) == ("https://in-toto.io/Statement/v1", "urn:orgdocs:approval:v1")
    assert data["subject"] == [{"name": "office/regulation/legal.uk", "digest": {"sha256": digest_of(b"text")}}]
    assert "reason" not in data["predicate"]


_TEXT = RECORD.as_bytes()


def _authority(organisation: str, about: str, level: str) -> bytes:
    """A record about who may approve in the office, as the document of an organisation, about something and on a level."""
    data = {"organisation": organisation}
    digest = digest_of(canonical(data))
    record = replace(RECORD, matter=Matter("office", "authority", about), level=level, authority=data, digest=digest)
    return record.as_bytes()


def test_an_authority_is_read() -> None:
    assert read_record(_authority("office", "office", "organisation")).authority == {"organisation": "office"}


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\xff\xfe", id="no UTF-8"),
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param(b"null\n", id="null"),
        pytest.param(b'"text"\n', id="text"),
        pytest.param(_TEXT[:-1], id="no line feed at the end"),
        pytest.param(_TEXT.replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(_TEXT.replace(b'":', b'": '), id="spaces"),
        pytest.param(_TEXT.replace(b'"revision":7', b'"revision":7,"revision":7'), id="one key twice"),
        pytest.param(_TEXT.replace(b'"revision":7', b'"revision":7.0'), id="a number with a point"),
        pytest.param(_TEXT.replace(b'"revision":7', b'"revision":true'), id="yes for a number"),
        pytest.param(_TEXT.replace(b'"revision":7', b'"revision":-7'), id="a negative number"),
        pytest.param(_TEXT.replace(b'"revision":7', b'"revision":' + b"9" * 5000), id="a long number"),
        pytest.param(_TEXT.replace(b'"approve"', b'"wonder"'), id="an unknown decision"),
        pytest.param(_TEXT.replace(b"office/regulation", b"office/../regulation"), id="a path that leads out"),
        pytest.param(_TEXT.replace(b"ann-moore", "аnn-moore".encode()), id="a Cyrillic letter in an id"),
        pytest.param(_TEXT.replace(b"ann-moore", b"ann-moore\\n"), id="a line feed in an id"),
        pytest.param(_TEXT.replace(b"2026-04-01", b"2026-02-30"), id="a day that is not in the calendar"),
        pytest.param(_TEXT.replace(b"09:00:00Z", b"25:00:00Z"), id="an hour that no day has"),
        pytest.param(_TEXT.replace(b'"tool"', b'"toll"'), id="an unknown field"),
        pytest.param(_TEXT.replace(b"/v1", b"/v2", 1), id="another statement"),
        pytest.param(_TEXT.replace("«".encode(), b"\\ud83d"), id="half a character"),
        pytest.param(_TEXT + b" " * (1 << 20), id="too long"),
        pytest.param(_TEXT.replace(b'"ann-moore"', b'"*"'), id="everybody"),
        pytest.param(_TEXT.replace("«а»".encode(), b"\\u001b[2J"), id="an escape sequence"),
        pytest.param(_TEXT.replace("«а»".encode(), "\u202ea".encode()), id="a mark that turns the direction"),
        pytest.param(_TEXT.replace(b'-27"', b'-27\\n"'), id="a line feed in a day"),
        pytest.param(replace(RECORD, withdraws=(digest_of(b"1"),)).as_bytes(), id="an approval that withdraws"),
        pytest.param(replace(RECORD, decision=Decision.WITHDRAW).as_bytes(), id="a withdrawal of nothing"),
        pytest.param(_authority("annex", "office", "organisation"), id="the authority of another organisation"),
        pytest.param(_authority("office", "annex", "organisation"), id="an authority about something else"),
        pytest.param(_authority("office", "office", "unit"), id="an authority of a unit"),
    ],
)
def test_what_is_no_record(content: bytes) -> None:
    with pytest.raises(UnreadableRecordError):
        read_record(content)


def test_changed_bytes_never_give_a_traceback() -> None:
    """Whatever becomes of a record, it is read or refused; and none of these is the record that was signed."""
    chance = random.Random(20260302)  # noqa: S311  (nothing is kept secret here)
    for _ in range(2000):
        content = bytearray(_TEXT)
        for _ in range(chance.randint(1, 3)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path = f"org/office/approvals/regulation/legal.uk/{digest_of(_TEXT)[:24]}.json"
        (ledger,) = open_ledgers({path: bytes(content)}).values()
        (entry,) = ledger.entries.values()
        assert entry.record is None or bytes(content) == _TEXT
        assert entry.fault is not None


@pytest.mark.parametrize(
    ("name", "ending"), [("Рішення.PDF", ".pdf"), ("подпись.sig", ".bin"), ("act.json", ".bin"), ("act", ".bin"), ("a.p7s", ".p7s")]
)
def test_how_an_attachment_is_named(name: str, ending: str) -> None:
    """Never like a record or a signature, which it would then be taken for."""
    assert Attachment(name, digest_of(b"scan")).file == digest_of(b"scan")[:24] + ending


@pytest.mark.parametrize(
    "signature",
    [
        b"",
        b"\xff" * 200,
        b"-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n",
        b"-----BEGIN SSH SIGNATURE-----\nU1NI\n-----END SSH SIGNATURE-----",
    ],
)
def test_what_is_no_signature(signature: bytes) -> None:
    assert find_signer(b"content", signature) is None


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="OpenSSH is not installed")
def test_changed_signatures_are_none_for_both_verifiers(tmp_path: Path) -> None:
    """Whatever becomes of a signature, ours never fails over it, and says what OpenSSH says."""
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "key"], check=True)
    lines = sign(_TEXT, str(tmp_path / "key")).splitlines()
    blob = base64.b64decode(b"".join(lines[1:-1]))
    chance = random.Random(20260303)  # noqa: S311  (nothing is kept secret here)
    for number in range(400):
        changed = bytearray(blob)
        for _ in range(chance.randint(0, 2)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        changed += bytes(chance.choice((0, 0, 0, 1)))
        signature = b"\n".join((lines[0], base64.b64encode(changed), lines[-1], b""))
        ours = find_signer(_TEXT, signature) is not None
        assert ours == (bytes(changed) == blob)
        if number < 60:
            (tmp_path / "sig").write_bytes(signature)
            command = ["ssh-keygen", "-Y", "check-novalidate", "-n", NAMESPACE, "-s", tmp_path / "sig"]
            theirs = subprocess.run(command, input=_TEXT, capture_output=True, check=False).returncode == 0
            assert ours == theirs


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"matrix": [{}]},
        {"matrix": [{"paper": "x", "by": 1}]},
        {"people": {"a": {"keys": [{"key": None}]}}},
        {"extra": 1},
        {"matrix": "x"},
    ],
)
def test_what_is_no_authority(data: object) -> None:
    assert not is_sound(data)


def test_an_authority_without_anything_entitles_nobody() -> None:
    authority = Authority({})
    assert is_sound({})
    assert authority.rule("regulation", "unit", "legal") is None
    assert authority.capacity("ann-moore", "director", RECORD.day) is None
    assert authority.digest == digest_of(canonical({}))
