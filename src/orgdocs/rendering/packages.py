"""Word files as packages of parts: opened with suspicion, written the same way every time."""

from __future__ import annotations

import hashlib
import io
import re
import struct
import unicodedata
import zipfile
import zlib
from typing import TYPE_CHECKING

from lxml import etree

from orgdocs.problems import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_PARTS = 500
LARGEST_PART = 32 << 20
LARGEST_PACKAGE = 64 << 20
HIGHEST_RATIO = 200
MOST_MARKUP = 500_000
"""So many tags and attributes a package may hold: parsed, each costs a hundred times its bytes."""

CONTENT_TYPES = "[Content_Types].xml"
BODY = "word/document.xml"

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""The namespace of Word's elements, as it stands before their names."""
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_DECLARED_ENCODING = re.compile(rb"""^(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
_ENTRY = b"PK\x01\x02"

_FORBIDDEN_NAMES = re.compile(r"(?i)vbaProject|activeX|embeddings/|oleObject|\.bin\Z|attachedToolbars")
_FORBIDDEN_TYPES = re.compile(r"(?i)macroEnabled|vbaProject|activeX|oleObject")
_FORBIDDEN_RELATIONS = frozenset({"aFChunk", "attachedTemplate", "control", "oleObject", "package", "subDocument", "vbaProject"})
_FORBIDDEN_FIELDS = frozenset(
    {
        "DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "LINK", "EMBED", "DATABASE", "RD", "MACROBUTTON", "ADDIN",
        "CONTROL", "HTMLACTIVEX", "PRINT", "ASK", "FILLIN", "SUBSCRIBER",
    }
)  # fmt: skip
"""Fields that fetch, run or ask something when the file is opened or printed."""
_SAFE_LINK = re.compile(r"(?i)(https?|mailto):")
_LINK_TARGET = re.compile(r"\s*\"?([^\"\s]+)")
_LINK_SWITCH = re.compile(r"\\[a-zA-Z](?:\s+\"[^\"]*\")?")
_ODD_NAME = re.compile(r"[\x00-\x1f\x7f:*?\"<>|\\]|%2e|%2f|%5c", re.IGNORECASE)


class PackageError(Exception):
    """A file is not an acceptable package; the sentence says why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def parse_xml(data: bytes) -> etree._Element:
    """Parse a part strictly: UTF-8 only, no entities, no network, no DOCTYPE.

    Raises:
        PackageError: the part is not well-formed, in another encoding, or declares a document type.
    """
    declared = _DECLARED_ENCODING.match(data)
    if b"\0" in data[:64] or data[:2] in {b"\xfe\xff", b"\xff\xfe"} or (declared and declared[1].lower() not in {b"utf-8", b"us-ascii"}):
        raise PackageError(Sentence("it is not in UTF-8, which office files are always in"))
    # Anywhere, not only at the top: in a well-formed part these letters stand in a comment at most.
    if b"<!DOCTYPE" in data:
        raise PackageError(Sentence("it declares a document type, which office files never do"))
    try:
        return etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        raise PackageError(Sentence("it is not well-formed: {reason}", reason=error.msg)) from None


DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
"""What every part begins with."""


def serialise_xml(root: etree._Element) -> bytes:
    """A part as bytes, the same for the same tree."""
    return (DECLARATION + etree.tostring(root, encoding="unicode")).encode()


def _parser() -> etree.XMLParser:
    return etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, dtd_validation=False)


def read_package(data: bytes) -> dict[str, bytes]:
    """The parts of a Word file by name, after checks that keep hostile and broken files out.

    Raises:
        PackageError: it is no zip, too large, holds macros, objects or outside relations, or the like.
    """
    _check_beginning(data)
    parts = read_archive(data)
    _check_parts(parts)
    return parts


def read_archive(data: bytes) -> dict[str, bytes]:
    """The parts of any zip archive by name, within limits of number and size.

    Raises:
        PackageError: it is no zip, cut off, encrypted or too large, or has part names that no office program writes.
    """
    # The list of members is built before it can be looked at, so its length is estimated first.
    if data.count(_ENTRY) > 2 * MOST_PARTS:
        raise PackageError(Sentence("it has more than {number} parts", number=MOST_PARTS))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read_parts(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, struct.error, ValueError) as error:
        raise PackageError(Sentence("it is cut off or damaged (no readable zip archive: {reason})", reason=error)) from None


def _check_beginning(data: bytes) -> None:
    if not data:
        raise PackageError(Sentence("it is empty"))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise PackageError(Sentence("it is an old .doc or an encrypted file; save it as .docx without a password"))
    if data.startswith(b"{\\rtf"):
        raise PackageError(Sentence("it is an RTF file; save it as .docx"))
    if not data.startswith(b"PK\x03\x04"):
        raise PackageError(Sentence("it is not a Word file (it does not begin like a zip archive)"))


def _read_parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    members = archive.infolist()
    if len(members) > MOST_PARTS:
        raise PackageError(Sentence("it has more than {number} parts", number=MOST_PARTS))
    parts: dict[str, bytes] = {}
    seen: set[str] = set()
    total = 0
    for member in members:
        name = member.filename
        folded = unicodedata.normalize("NFKC", name).casefold()
        if folded in seen:
            raise PackageError(Sentence("the part {part} is there twice", part=repr(name)))
        seen.add(folded)
        if {"", ".", ".."} & set(name.removesuffix("/").split("/")) or _ODD_NAME.search(name):
            raise PackageError(Sentence("the part name {part} is not allowed", part=repr(name)))
        if member.flag_bits & 0x41:
            raise PackageError(Sentence("it is encrypted; save it without a password"))
        if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise PackageError(Sentence("the part {part} is packed in a way that no office program knows", part=name))
        if member.file_size > LARGEST_PART or (
            member.file_size > 1 << 20 and member.file_size > HIGHEST_RATIO * max(member.compress_size, 1)
        ):
            raise PackageError(Sentence("the part {part} is too large or packed too tightly", part=name))
        with archive.open(member) as stream:
            content = stream.read(LARGEST_PART + 1)
        total += len(content)
        if len(content) > LARGEST_PART or total > LARGEST_PACKAGE:
            raise PackageError(Sentence("it unpacks to more than is allowed"))
        if not member.is_dir():
            parts[name] = content
        elif content:
            raise PackageError(Sentence("the folder {part} has a content of its own", part=name))
    return parts


def list_xml(parts: Mapping[str, bytes]) -> list[str]:
    """The names of the parts that are XML: by their name, or by the type that the package gives them, as Word sees it."""
    defaults: set[str] = set()
    overrides: set[str] = set()
    for entry in parse_xml(parts[CONTENT_TYPES]):
        if (entry.get("ContentType") or "").lower().endswith("xml"):
            defaults.add((entry.get("Extension") or "?").casefold())
            overrides.add((entry.get("PartName") or "?").casefold())
    return [
        name
        for name in parts
        if (folded := name.casefold()).endswith((".xml", ".rels")) or folded.rsplit(".", 1)[-1] in defaults or f"/{folded}" in overrides
    ]


def _check_parts(parts: Mapping[str, bytes]) -> None:
    if CONTENT_TYPES not in parts or BODY not in parts:
        raise PackageError(Sentence("it is a zip archive, but no Word file"))
    for name in parts:
        if _FORBIDDEN_NAMES.search(name):
            raise PackageError(Sentence("it holds macros, embedded objects or binaries ({part})", part=name))
    if sum(content.count(b"<") + content.count(b"=") for name, content in parts.items() if not _is_picture(name, content)) > MOST_MARKUP:
        raise PackageError(Sentence("it holds more tags than any paper needs"))
    _check_types(_parse(parts, CONTENT_TYPES))
    for name in list_xml(parts):
        root = _parse(parts, name)
        if name == BODY and root.tag != f"{W}document":
            raise PackageError(
                Sentence("it is saved as “Strict Open XML Document”, or no text document; save it as “Word Document (.docx)”")
            )
        if name.casefold().endswith(".rels"):
            _check_relations(root, name)
        else:
            _check_fields(root, name)


def _is_picture(name: str, content: bytes) -> bool:
    """Whether a part is surely none that is parsed: markup is not counted in pictures and fonts."""
    return b"\0" in content and not name.casefold().endswith((".xml", ".rels"))


def _parse(parts: Mapping[str, bytes], name: str) -> etree._Element:
    try:
        return parse_xml(parts[name])
    except PackageError as error:
        raise PackageError(Sentence("{part}: {reason}", part=name, reason=error.sentence)) from None


def _check_types(root: etree._Element) -> None:
    main = ""
    for entry in root:
        kind = entry.get("ContentType") or ""
        if _FORBIDDEN_TYPES.search(kind):
            raise PackageError(Sentence("it holds macros or embedded programs"))
        if (entry.get("PartName") or "").casefold() == f"/{BODY}":
            main = kind
    if main != _MAIN_TYPE:
        raise PackageError(Sentence("it is no Word document (perhaps a .dotx); save it as “Word Document (.docx)”"))


def _check_relations(root: etree._Element, name: str) -> None:
    for relation in root:
        kind = (relation.get("Type") or "").rsplit("/", 1)[-1]
        target = relation.get("Target") or ""
        if (relation.get("TargetMode") or "Internal") != "Internal":
            if kind != "hyperlink" or not _SAFE_LINK.match(target):
                raise PackageError(Sentence("{part} points outside the file ({kind})", part=name, kind=kind))
        elif ":" in target or "\\" in target or target.startswith("//"):
            raise PackageError(Sentence("{part} points outside the file ({kind})", part=name, kind=kind))
        if kind in _FORBIDDEN_RELATIONS:
            raise PackageError(Sentence("{part} brings in another file or program ({kind})", part=name, kind=kind))


class _Field:
    """A field that is open while a part is read: its code so far, and whether its result has begun."""

    __slots__ = ("code", "shown")

    def __init__(self, *, shown: bool = False) -> None:
        self.code = ""
        self.shown = shown


def _check_fields(root: etree._Element, name: str) -> None:
    """Find fields that reach outside. Word splits their codes over runs, and lets fields stand in fields."""
    fields = [_Field(shown=True)]
    for node in root.iter(etree.Element):
        local = etree.QName(node).localname
        if local == "instrText":
            fields[-1].code += node.text or ""
        elif local == "fldSimple":
            _check_field(_attribute(node, "instr"), name)
        elif local == "fldChar":
            kind = _attribute(node, "fldCharType")
            if kind == "begin":
                if not fields[-1].shown and not re.match(r"\s*\S+\s", fields[-1].code):
                    raise PackageError(Sentence("the name of a field in {part} is put together by another field", part=name))
                fields.append(_Field())
                continue
            _check_field(fields[-1].code, name)
            fields[-1].shown = True
            if kind == "end" and len(fields) > 1:
                fields.pop()
    for field in fields:
        _check_field(field.code, name)


def _attribute(node: etree._Element, local: str) -> str:
    """An attribute by its local name, in whatever namespace."""
    return next((str(value) for key, value in node.attrib.items() if etree.QName(key).localname == local), "")


def _check_field(code: str, name: str) -> None:
    word, *rest = code.split(maxsplit=1) or [""]
    if word.upper() in _FORBIDDEN_FIELDS:
        raise PackageError(Sentence("the field {field} in {part} fetches or runs something from outside", field=word.upper(), part=name))
    if word.upper() == "HYPERLINK" and rest:
        target = _LINK_TARGET.match(_LINK_SWITCH.sub(" ", rest[0]))
        if target and not _SAFE_LINK.match(target[1]):
            raise PackageError(
                Sentence("a link in {part} points to {target}; only web and mail addresses are allowed", part=name, target=target[1])
            )


# -- writing --------------------------------------------------------------------------------------------------------

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of everything in our archives, which is also the one that Word writes."""

_DATE = 0x21  # the same in the archive's own numbers
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
            info = zipfile.ZipInfo(member.filename, FIRST_DAY)
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
