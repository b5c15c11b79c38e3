"""Office files as parts with relations, opened for reading: what runs or fetches something is refused, the rest is only text."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from orgdocs.importing.manuscript import UnreadableError
from orgdocs.problems import Sentence
from orgdocs.rendering.packages import CONTENT_TYPES, MOST_MARKUP, PackageError, parse_xml, read_archive

_DANGEROUS_NAME = re.compile(
    r"(?i)vbaProject|vbaData|activeX|oleObject|attachedToolbars|embeddings/[^/]*\.bin\Z|macrosheets/|dialogsheets/"
)
_DANGEROUS_TYPE = re.compile(r"(?i)macroEnabled|vbaProject|activeX|oleObject|ms-excel\.(intl)?macrosheet")
_DANGEROUS_RELATIONS = frozenset(
    {"aFChunk", "control", "oleObject", "subDocument", "vbaProject", "ctrlProp", "xlMacrosheet", "ddeLink"}
)  # fmt: skip
_HARMLESS_OUTSIDE = frozenset({"hyperlink", "externalLinkPath", "externalLinkMissing", "xlPathMissing", "xlStartup", "xlAlternateStartup"})
"""Links that somebody must click, and other workbooks, whose values are in the file as they were last seen."""
_REMOTE_CALL = re.compile(rb"<(?:\w+:)?(ddeLink|oleLink)\b")
_DANGEROUS_FIELDS = frozenset({"DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "LINK", "EMBED", "DATABASE", "RD"})
_OWN_DRIVE = re.compile(r"(?i)(file:///)?[a-z]:[\\/]|[^:/\\]+\Z")
"""A template on the drive of the author: never fetched by anybody else, and in half of the files that offices keep."""
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)
"""Names of the strict variant of the format, and those that everybody else uses."""


class Relation(NamedTuple):
    """A relation of a part: its kind in one word, and the name of the part that it leads to (or the address outside)."""

    kind: str
    target: str
    outside: bool = False


class OfficeFile:
    """The parts of a Word or Excel file, judged and ready to be parsed.

    Raises:
        UnreadableError: it is broken, larger than allowed, or holds what runs or fetches something.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self.parts = read_archive(data)
            self._judge()
        except PackageError as error:
            raise UnreadableError(error.sentence) from None

    def parse(self, name: str) -> etree._Element | None:
        """A part as a tree, or None where there is none of that name.

        Raises:
            UnreadableError: it is no XML as office programs write it.
        """
        content = self.parts.get(name)
        if content is None:
            return None
        try:
            return _parse(name, content)
        except PackageError as error:
            raise UnreadableError(error.sentence) from None

    def relate(self, name: str) -> Mapping[str, Relation]:
        """The relations of a part by their ids; those of the package for the empty name. Dangling ones are among them."""
        folder, file = posixpath.split(name)
        root = self.parse(posixpath.join(folder, "_rels", f"{file}.rels"))
        return {} if root is None else {entry.get("Id") or "": _read_relation(entry, folder) for entry in _entries(root)}

    def find_main(self) -> str:
        """The name of the main part, by the relations of the package or, where these are lost, by custom."""
        for relation in self.relate("").values():
            if relation.kind == "officeDocument" and relation.target in self.parts:
                return relation.target
        return next((name for name in ("word/document.xml", "xl/workbook.xml") if name in self.parts), "")

    def list_embedded(self) -> list[str]:
        """The names of files inside the file, such as the tables behind charts."""
        return sorted(name for name in self.parts if "/embeddings/" in name)

    def list_outside(self) -> list[Relation]:
        """The other files that it was made with, on the drive of the author: its template, workbooks that formulas look into."""
        roots = [self.parse(name) for name in sorted(self.parts) if name.endswith(".xml.rels")]
        relations = [_read_relation(entry, "") for root in roots if root is not None for entry in _entries(root)]
        return [relation for relation in relations if relation.outside and relation.kind != "hyperlink"]

    def _judge(self) -> None:
        for name in self.parts:
            if _DANGEROUS_NAME.search(name):
                raise PackageError(Sentence("it holds macros or embedded programs ({name}); save it without them", name=name))
        if CONTENT_TYPES not in self.parts:
            raise PackageError(Sentence("it is a zip archive, but no Word or Excel file"))
        for entry in _entries(_parse(CONTENT_TYPES, self.parts[CONTENT_TYPES])):
            kind = entry.get("ContentType") or ""
            # Some programs list this type in every file, with or without macros.
            if _DANGEROUS_TYPE.search(kind) and entry.get("PartName"):
                raise PackageError(
                    Sentence("it holds macros or embedded programs ({name}); save it without them", name=entry.get("PartName"))
                )
        for name, content in self.parts.items():
            if b"<!DOCTYPE" in content and b"\0" not in content[:512]:
                raise PackageError(
                    Sentence("{part}: {reason}", part=name, reason=Sentence("it declares a document type, which office files never do"))
                )
            if "externalLinks/" in name and (found := _REMOTE_CALL.search(content)):
                raise PackageError(Sentence("{part} brings in another file or program ({kind})", part=name, kind=found[1].decode()))
            if name.casefold().endswith(".rels"):
                self._judge_relations(name, _parse(name, content))

    @staticmethod
    def _judge_relations(name: str, root: etree._Element) -> None:
        for entry in _entries(root):
            relation = _read_relation(entry, "")
            if relation.kind in _DANGEROUS_RELATIONS:
                raise PackageError(Sentence("{part} brings in another file or program ({kind})", part=name, kind=relation.kind))
            harmless = relation.kind in _HARMLESS_OUTSIDE or (relation.kind == "attachedTemplate" and _OWN_DRIVE.match(relation.target))
            if relation.outside and not harmless:
                raise PackageError(Sentence("{part} points outside the file ({kind})", part=name, kind=relation.kind))


def check_field(code: str) -> None:
    """Refuse a field of Word that fetches or runs something when the file is opened.

    Raises:
        UnreadableError: the field is one of those.
    """
    word = (code.split(maxsplit=1) or [""])[0].upper()
    if word in _DANGEROUS_FIELDS:
        raise UnreadableError(
            Sentence(
                "the field {field} in it fetches or runs something from outside; in Word select all, press Ctrl+Shift+F9 and save it",
                field=word,
            )
        )


def _parse(name: str, content: bytes) -> etree._Element:
    for strict, common in _STRICT:
        content = content.replace(strict, common)
    # Each tag costs a hundred times its bytes once it is parsed.
    if content.count(b"<") + content.count(b"=") > MOST_MARKUP:
        raise PackageError(Sentence("{part}: {reason}", part=name, reason=Sentence("it holds more tags than any paper needs")))
    try:
        return parse_xml(content)
    except PackageError as error:
        raise PackageError(Sentence("{part}: {reason}", part=name, reason=error.sentence)) from None


def _entries(root: etree._Element) -> list[etree._Element]:
    return list(root.iterchildren("*"))  # no comments


def _read_relation(entry: etree._Element, folder: str) -> Relation:
    kind = (entry.get("Type") or "").rsplit("/", 1)[-1]
    target = entry.get("Target") or ""
    outside = (entry.get("TargetMode") or "Internal").lower() != "internal" or "://" in target or target.startswith(("\\\\", "//"))
    if outside:
        return Relation(kind, target, outside=True)
    path = unquote(target)
    return Relation(kind, posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path)))
