"""SSH signatures: made by ``ssh-keygen`` or through an agent, so that nobody here ever reads a private key; verified offline."""

from __future__ import annotations

import base64
import binascii
import re
import struct
import subprocess
from pathlib import Path

NAMESPACE = "approval.v1@orgdocs"
"""What a signature is for: one that was made for a commit or a mail is none here."""

_ARMOUR = re.compile(rb"-----BEGIN SSH SIGNATURE-----\n([A-Za-z0-9+/=\n]{1,2000})-----END SSH SIGNATURE-----\n?\Z")
_HASHES = (b"sha512", b"sha256")


class SigningError(Exception):
    """Nothing was signed; the text says why."""


def find_signer(content: bytes, signature: bytes) -> str | None:
    """The public key that made a signature over some bytes, as ``ssh-ed25519 AAAA…``; None if it is no such signature."""
    from sshsig import InvalidSignature, check_signature  # noqa: PLC0415  (0.1 s: only who has records pays for it)

    armoured = signature.replace(b"\r\n", b"\n")
    if not _is_well_formed(armoured):
        return None
    try:
        key = check_signature(content, armoured, NAMESPACE).openssh_str()
    except (InvalidSignature, NotImplementedError, ValueError):
        return None
    return " ".join(key.split()[:2])


def _is_well_formed(armoured: bytes) -> bool:
    """Whether a signature has just the parts that PROTOCOL.sshsig of OpenSSH gives it, for our namespace and an ed25519 key."""
    match = _ARMOUR.match(armoured)
    if match is None:
        return False
    try:
        blob = base64.b64decode(match[1].replace(b"\n", b""), validate=True)
        if blob[:10] != b"SSHSIG" + struct.pack(">L", 1):
            return False
        key, namespace, reserved, hashed, signature = _split(blob[10:])
        if (namespace, reserved) != (NAMESPACE.encode(), b"") or hashed not in _HASHES:
            return False
        return [(name, len(value)) for name, value in (_split(key), _split(signature))] == [(b"ssh-ed25519", 32), (b"ssh-ed25519", 64)]
    except (binascii.Error, struct.error, ValueError):
        return False


def _split(blob: bytes) -> list[bytes]:
    """The strings of which a structure of SSH consists, each with its length before it.

    Raises:
        struct.error, ValueError: it does not consist of such.
    """
    parts, at = [], 0
    while at < len(blob):
        (length,) = struct.unpack_from(">L", blob, at)
        parts.append(blob[at + 4 : at + 4 + length])
        at += 4 + length
    if at != len(blob):
        raise ValueError(at)
    return parts


def sign(content: bytes, key: str) -> bytes:
    """The signature over some bytes, made by ``ssh-keygen``.

    ``key`` is the path of a private key, or of a public one whose private half an agent holds. For a key with a passphrase
    ssh-keygen asks at the terminal.

    Raises:
        SigningError: ssh-keygen is not there, or did not sign.
    """
    command = ["ssh-keygen", "-Y", "sign", "-n", NAMESPACE, "-f", key]
    try:
        done = subprocess.run(command, input=content, capture_output=True, check=False)  # noqa: S603  (no shell; the key is a path)
    except FileNotFoundError:
        raise SigningError("ssh-keygen is not installed; it comes with OpenSSH") from None
    if done.returncode or not done.stdout.startswith(b"-----BEGIN SSH SIGNATURE-----"):
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise SigningError(f"ssh-keygen did not sign with {key}: {told[-1] if told else 'it gave no reason'}")
    return done.stdout.replace(b"\r\n", b"\n")


def read_public_key(path: Path) -> str | None:
    """The public key that belongs to a path: the file itself if it ends in .pub, or the one beside it; None if there is none."""
    public = path if path.suffix == ".pub" else path.with_name(f"{path.name}.pub")
    try:
        words = public.read_text("utf-8").split()
    except (OSError, UnicodeDecodeError):
        return None
    return " ".join(words[:2]) if len(words) > 1 else None


def list_agent_keys() -> list[str]:
    """The public keys whose private halves an agent holds; none if there is no agent."""
    try:
        done = subprocess.run(["ssh-add", "-L"], capture_output=True, check=False)  # noqa: S607  (whichever OpenSSH is installed)
    except FileNotFoundError:
        return []
    if done.returncode:
        return []
    return [" ".join(line.split()[:2]) for line in done.stdout.decode("utf-8", "replace").splitlines() if len(line.split()) > 1]
