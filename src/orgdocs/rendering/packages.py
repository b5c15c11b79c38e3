"""Word files as packages of parts: opened with suspicion, written the same way every time."""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_PARTS = 500
LARGEST_PART = 32 << 20
LARGEST_PACKAGE = 64 << 20
HIGHEST_RATIO = 200

CONTENT_TYPES = "[Content_Types].xml"

_FORBIDDEN_NAMES = re.compile(r"(?i)vbaProject|activeX|embeddings/|oleObject|\.bin$|attachedToolbars")
_FORBIDDEN_TYPES = re.compile(rb"(?i)macroEnabled|vbaProject|activeX|oleObject")
_FORBIDDEN_FIELDS = re.compile(rb"(?i)\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|LINK)\b[^<]{0,200}")
_FIELD_CODES = re.compile(rb"(?s)<w:instrText[^>]*>(.*?)</w:instrText>|w:instr=\"([^\"]*)\"")
_SAFE_LINK = re.compile(r"(?i)(https?|mailto):")


class PackageError(Exception):
    """A file is not an acceptable Word package; the text says why."""


def parse_xml(data: bytes) -> etree._Element:
    """Parse a part strictly: no entities, no network, no DOCTYPE.

    Raises:
        PackageError: the part is not well-formed, or declares a document type.
    """
    if b"<!DOCTYPE" in data[:4096]:
        raise PackageError("it declares a document type, which Word files never do")
    try:
        return etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        raise PackageError(f"it is not well-formed: {error.msg}") from None


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, dtd_validation=False)


def read_package(data: bytes) -> dict[str, bytes]:
    """The parts of a Word file by name, after checks that keep hostile and broken files out.

    Raises:
        PackageError: it is no zip, too large, holds macros, objects or outside relations, or the like.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise PackageError("it is an old .doc or an encrypted file; save it as .docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _read_parts(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, struct.error, UnicodeDecodeError) as error:
        raise PackageError(f"it is not a Word file (no readable zip archive: {error})") from None
    _check_parts(parts)
    return parts


def _read_parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    members = archive.infolist()
    if len(members) > MOST_PARTS:
        raise PackageError(f"it has more than {MOST_PARTS} parts")
    parts: dict[str, bytes] = {}
    seen: set[str] = set()
    total = 0
    for member in members:
        name = member.filename
        if member.is_dir():
            continue
        if name.startswith("/") or "\\" in name or ".." in name.split("/") or name.casefold() in seen:
            raise PackageError(f"the part name {name!r} is not allowed or is there twice")
        if member.flag_bits & 1:
            raise PackageError("it is encrypted")
        if member.file_size > LARGEST_PART or (
            member.file_size > 1 << 20 and member.file_size > HIGHEST_RATIO * max(member.compress_size, 1)
        ):
            raise PackageError(f"the part {name} is too large or packed too tightly")
        seen.add(name.casefold())
        with archive.open(member) as stream:
            content = stream.read(LARGEST_PART + 1)
        total += len(content)
        if len(content) > LARGEST_PART or total > LARGEST_PACKAGE:
            raise PackageError("it unpacks to more than is allowed")
        parts[name] = content
    return parts


def _check_parts(parts: Mapping[str, bytes]) -> None:
    if CONTENT_TYPES not in parts or "word/document.xml" not in parts:
        raise PackageError("it is a zip archive, but no Word file")
    if _FORBIDDEN_TYPES.search(parts[CONTENT_TYPES]):
        raise PackageError("it holds macros or embedded programs")
    for name, content in parts.items():
        if _FORBIDDEN_NAMES.search(name):
            raise PackageError(f"it holds macros, embedded objects or binaries ({name})")
        if name.endswith((".xml", ".rels")):
            root = parse_xml(content)
            if name.endswith(".rels"):
                _check_relations(root, name)
            for code in _FIELD_CODES.findall(content):
                if _FORBIDDEN_FIELDS.search(b" ".join(code)):
                    raise PackageError(f"a field in {name} fetches something from outside")


def _check_relations(root: etree._Element, name: str) -> None:
    for relation in root:
        if relation.get("TargetMode") != "External":
            continue
        kind = (relation.get("Type") or "").rsplit("/", 1)[-1]
        if kind != "hyperlink" or not _SAFE_LINK.match(relation.get("Target") or ""):
            raise PackageError(f"{name} points outside the file ({kind})")


# -- writing --------------------------------------------------------------------------------------------------------

_DATE = 0x21  # 1 January 1980: the date that Word itself writes into its archives
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s4B4H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_UTF8 = 0x800


def order_parts(names: Iterable[str]) -> list[str]:
    """The order of parts in a package: content types, package relations, then by name."""
    first = {CONTENT_TYPES: 0, "_rels/.rels": 1}
    return sorted(names, key=lambda name: (first.get(name, 2), name))


def write_package(parts: Mapping[str, bytes]) -> bytes:
    """A stored zip archive of the parts: same parts, same bytes, on every machine and in every zlib.

    Written by hand because there is nothing to compress and no clock to ask: it takes a tenth of the time.
    """
    body: list[bytes] = []
    central: list[bytes] = []
    offset = 0
    for name in order_parts(parts):
        content = parts[name]
        encoded = name.encode()
        flags = 0 if name.isascii() else _UTF8
        checksum, size = zlib.crc32(content), len(content)
        header = _LOCAL.pack(b"PK\x03\x04", 20, flags, 0, 0, _DATE, checksum, size, size, len(encoded), 0)
        body += (header, encoded, content)
        central.append(
            _CENTRAL.pack(b"PK\x01\x02", 20, 0, 20, 0, flags, 0, 0, _DATE, checksum, size, size, len(encoded), 0, 0, 0, 0, 0, offset)
            + encoded
        )
        offset += len(header) + len(encoded) + size
    directory = b"".join(central)
    body.append(directory)
    body.append(_END.pack(b"PK\x05\x06", 0, 0, len(central), len(central), len(directory), offset, 0))
    return b"".join(body)


def compress_package(data: bytes) -> bytes:
    """The same package deflated, for mailing. Its content digest is the same."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            info = zipfile.ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0))
            info.create_system = 0
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(member))
    return buffer.getvalue()


def digest_parts(parts: Mapping[str, bytes]) -> str:
    """SHA-256 over names and contents of the parts: independent of order and compression."""
    total = hashlib.sha256()
    for name in sorted(parts):
        encoded = name.encode()
        total.update(struct.pack(">Q", len(encoded)) + encoded + hashlib.sha256(parts[name]).digest())
    return total.hexdigest()
