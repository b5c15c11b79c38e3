"""A ledger of thousands of records for the benchmarks, signed in memory: ssh-keygen would need minutes for it."""

from __future__ import annotations

import base64
import hashlib
import struct
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from orgdocs.approvals.authority import describe_authority
from orgdocs.approvals.binding import authority_matter
from orgdocs.approvals.records import Decision, Matter, Record, digest_of
from orgdocs.approvals.signatures import NAMESPACE
from orgdocs.project import open_project
from orgdocs.sources import read_work_tree

_TESTS = Path(__file__).parents[1]
_PAPERS = 50


def write_ledger(root: Path, count: int) -> dict[str, bytes]:
    """A small registry with an introduced authority and so many approvals; the files of its ledger."""
    key = Ed25519PrivateKey.generate()
    public = base64.b64encode(_string(b"ssh-ed25519") + _string(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))).decode()
    for path in sorted((_TESTS / "bases" / "small").rglob("*.yaml")):
        _write(root / path.relative_to(_TESTS / "bases" / "small"), path.read_bytes())
    _write(root / "org/office/organisation.yaml", (_TESTS / "approvals" / "office" / "organisation.yaml").read_bytes())
    holder = f"name: {{family: Moore, given: Ann}}, holds: [{{post: director}}], keys: [{{key: ssh-ed25519 {public}}}]"
    people = f"people:\n  moore: {{{holder}}}\n"
    _write(root / "org/office/people.yaml", people.encode())
    authority = describe_authority(open_project(read_work_tree(root)).registry.institutions["office"])
    files: dict[str, bytes] = {}

    def add(matter: Matter, digest: str, revision: int, prev: str, *, introduces: bool = False) -> str:
        record = Record(
            matter=matter, digest=digest, decision=Decision.APPROVE, revision=revision, approver="moore", position="director",
            holds="director", level="organisation" if introduces else "unit", registry=authority.digest, time="2026-03-01T09:00:00Z",
            prev=(prev,) if prev else (), authority=authority.data if introduces else None,
        )  # fmt: skip
        content = record.as_bytes()
        name = f"{matter.folder}/{digest_of(content)[:24]}"
        files[f"{name}.json"], files[f"{name}.sig"] = content, _sign(content, key)
        return digest_of(content)

    first = add(authority_matter("office"), authority.digest, 1, "", introduces=True)
    for number in range(_PAPERS):
        last = first
        for revision in range(1, count // _PAPERS + 1):
            last = add(Matter("office", "job-description", f"post-{number}"), digest_of(f"{number} {revision}".encode()), revision, last)
    for path, content in files.items():
        _write(root / path, content)
    return files


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _string(text: bytes) -> bytes:
    return struct.pack(">L", len(text)) + text


def _sign(content: bytes, key: Ed25519PrivateKey) -> bytes:
    """A signature as ssh-keygen makes it, after PROTOCOL.sshsig of OpenSSH."""
    about = _string(NAMESPACE.encode()) + _string(b"") + _string(b"sha512")
    signed = key.sign(b"SSHSIG" + about + _string(hashlib.sha512(content).digest()))
    public = _string(b"ssh-ed25519") + _string(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
    blob = b"SSHSIG" + struct.pack(">L", 1) + _string(public) + about + _string(_string(b"ssh-ed25519") + _string(signed))
    lines = base64.encodebytes(blob).decode()
    return f"-----BEGIN SSH SIGNATURE-----\n{lines}-----END SSH SIGNATURE-----\n".encode()
