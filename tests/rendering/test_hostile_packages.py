"""Broken and hostile files are refused with a sentence that says why, quickly and in little memory."""

# ruff: noqa: E501  (a case is a line: the file, and the sentence that refuses it)

from __future__ import annotations

import io
import random
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from orgdocs.rendering.packages import MOST_PARTS, PackageError, read_package, write_package
from rendering.wordfiles import MAIN, block, document, part, relations, types, with_parts, word_file, word_parts, zipped

ENTITY = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
LAUGHS = '<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip


def declared(doctype: str, text: str = "") -> str:
    """A main part with a document type."""
    return document(block(text)).replace("?>\n", f"?>\n{doctype}", 1)


def run(*codes: str) -> str:
    """Field codes in runs of their own."""
    marks = {
        "[": '<w:fldChar w:fldCharType="begin"/>',
        "|": '<w:fldChar w:fldCharType="separate"/>',
        "]": '<w:fldChar w:fldCharType="end"/>',
    }
    runs = "".join(f"<w:r>{marks.get(code) or f'<w:instrText>{code}</w:instrText>'}</w:r>" for code in codes)
    return f"<w:p>{runs}</w:p>"


def patched(data: bytes, at: int, value: int, form: str = "<H") -> bytes:
    """An archive with a number in the first entry of its list of members changed."""
    place = data.index(b"PK\x01\x02") + at
    return data[:place] + struct.pack(form, value) + data[place + struct.calcsize(form) :]


def body_of(content: str | bytes) -> bytes:
    """A file with another main part."""
    return word_file(changed={"word/document.xml": content})


def related(*entry: str, name: str = "word/_rels/document.xml.rels") -> bytes:
    """A file with one more relation."""
    return word_file(changed={name: relations(("styles", "styles.xml"), entry)})  # type: ignore[arg-type]  # two or three texts


def typed(*entries: tuple[str, str], **defaults: str) -> bytes:
    """A file with more content types."""
    return word_file(changed={"[Content_Types].xml": types(*entries, defaults=defaults)})


def attributes(count: int) -> bytes:
    """A file with so many attributes on one paragraph."""
    return body_of(document("<w:p " + " ".join(f'a{number}="1"' for number in range(count)) + "/>"))


WHOLE = zipped(word_parts())
UNKNOWN = ("/word/settings.xml", "application/vnd.ms-word.document.macroEnabled.main+xml")

REFUSED: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "empty": (b"", "it is empty"),
    "text": (b"name: clerk\n", "it is not a Word file (it does not begin like a zip archive)"),
    "old .doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "it is an old .doc or an encrypted file; save it as .docx without a password"),
    "rtf": (b"{\\rtf1\\ansi }", "it is an RTF file; save it as .docx"),
    "program before the archive": (b"MZ" + WHOLE, "it is not a Word file (it does not begin like a zip archive)"),
    "cut off": (WHOLE[: len(WHOLE) // 2], "it is cut off or damaged (no readable zip archive: …"),
    "only the beginning": (b"PK\x03\x04", "it is cut off or damaged (no readable zip archive: …"),
    "no Word file": (zipped({"a.txt": b"a"}), "it is a zip archive, but no Word file"),
    "no members": (b"PK\x03\x04" + write_package({}), "it is a zip archive, but no Word file"),
    "spreadsheet": (zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<a/>"}), "it is a zip archive, but no Word file"),
    "template of Word": (
        typed(("/word/document.xml", f"{MAIN}.template.main+xml")), "it is no Word document (perhaps a .dotx); save it as “Word Document (.docx)”",
    ),
    "strict": (
        body_of('<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body/></w:document>'),
        "it is saved as “Strict Open XML Document”, or no text document; save it as “Word Document (.docx)”",
    ),
    "encrypted": (patched(WHOLE, 8, 1), "it is encrypted; save it without a password"),
    "strongly encrypted": (patched(WHOLE, 8, 0x40), "it is encrypted; save it without a password"),
    "packed by bzip2": (zipped(word_parts(), zipfile.ZIP_BZIP2), "the part [Content_Types].xml is packed in a way that no office program knows"),
    "packed by lzma": (zipped(word_parts(), zipfile.ZIP_LZMA), "the part [Content_Types].xml is packed in a way that no office program knows"),
    "climbing name": (zipped({**word_parts(), "../../evil.xml": b"<a/>"}), "the part name '../../evil.xml' is not allowed"),
    "climbing folder": (zipped({**word_parts(), "word/../../": b""}), "the part name 'word/../../' is not allowed"),
    "climbing name in code": (zipped({**word_parts(), "word/%2e%2e/a.xml": b"<a/>"}), "the part name 'word/%2e%2e/a.xml' is not allowed"),
    "absolute name": (zipped({**word_parts(), "/etc/a.xml": b"<a/>"}), "the part name '/etc/a.xml' is not allowed"),
    "drive name": (zipped({**word_parts(), "C:/a.xml": b"<a/>"}), "the part name 'C:/a.xml' is not allowed"),
    "backslash name": (write_package({**word_parts(), "word\\..\\a.xml": b"<a/>"}), "the part name 'word\\\\..\\\\a.xml' is not allowed"),
    "line in a name": (write_package({**word_parts(), "a\nb.xml": b"<a/>"}), "the part name 'a\\nb.xml' is not allowed"),
    "empty step in a name": (zipped({**word_parts(), "word//a.xml": b"<a/>"}), "the part name 'word//a.xml' is not allowed"),
    "case twin": (zipped({**word_parts(), "WORD/Document.xml": b"<a/>"}), "the part 'WORD/Document.xml' is there twice"),
    "wide twin": (zipped({**word_parts(), "word/ｄocument.xml": b"<a/>"}), "the part 'word/ｄocument.xml' is there twice"),
    "folder with a content": (zipped({**word_parts(), "word/notes/": b"text"}), "the folder word/notes/ has a content of its own"),
    "many parts": (lambda: zipped({f"{number}.xml": b"" for number in range(MOST_PARTS + 1)}), "it has more than 500 parts"),
    "very many parts": (lambda: b"PK\x03\x04" + b"PK\x01\x02" * 100_000, "it has more than 500 parts"),
    "bomb in a picture": (lambda: zipped({**word_parts(), "word/media/a.png": bytes(30 << 20)}), "the part word/media/a.png is too large or packed too tightly"),
    "huge part": (lambda: write_package({**word_parts(), "word/media/a.png": bytes((32 << 20) + 1)}), "the part word/media/a.png is too large or packed too tightly"),
    "huge in sum": (
        lambda: write_package({**word_parts(), **{f"word/media/{number}.png": bytes(22 << 20) for number in range(3)}}), "it unpacks to more than is allowed",
    ),
    "size that lies": (
        lambda: patched(zipped({"a.bin": bytes(9 << 20), **word_parts()}), 24, 5, "<L"),
        "it is cut off or damaged (no readable zip archive: …",
    ),
    "very many tags": (lambda: body_of(document("<w:p><w:r/></w:p>" * 200_000)), "it holds more tags than any paper needs"),
    "very many attributes": (lambda: attributes(550_000), "it holds more tags than any paper needs"),
    "very deep": (body_of(document("<w:p>" * 5000 + "</w:p>" * 5000)), "word/document.xml: it is not well-formed: Excessive depth in document…"),
    "not well-formed": (
        body_of("<w:document>"),
        "word/document.xml: it is not well-formed: Namespace prefix w on document is not defined…",
    ),
    "empty part": (body_of(""), "word/document.xml: it is not well-formed: Document is empty…"),
    "outside entity": (body_of(declared(ENTITY, "&x;")), "word/document.xml: it declares a document type, which office files never do"),
    "inside entity": (body_of(declared('<!DOCTYPE d [<!ENTITY x "HID">]>', "A&x;B")), "word/document.xml: it declares a document type, which office files never do"),
    "billion laughs": (body_of(declared(LAUGHS, "&i;")), "word/document.xml: it declares a document type, which office files never do"),
    "type after a long comment": (
        body_of(declared(f"<!--{'x' * 10_000}-->{ENTITY}", "&x;")), "word/document.xml: it declares a document type, which office files never do",
    ),
    "type in UTF-16": (body_of(declared(ENTITY, "&x;").replace("UTF-8", "UTF-16").encode("utf-16")), "word/document.xml: it is not in UTF-8, which office files are always in"),
    "UTF-16 unmarked": (body_of(document("<w:p/>").encode("utf-16-le")), "word/document.xml: it is not in UTF-8, which office files are always in"),
    "UTF-32": (body_of(document("<w:p/>").encode("utf-32")), "word/document.xml: it is not in UTF-8, which office files are always in"),
    "UTF-7": (body_of(b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a>'), "word/document.xml: it is not in UTF-8, which office files are always in"),
    "Windows-1251": (body_of(document(block("ї")).replace("UTF-8", "windows-1251").encode("cp1251")), "word/document.xml: it is not in UTF-8, which office files are always in"),
    "type in a part of another name": (
        word_file(changed={"[Content_Types].xml": types(("/word/a.dat", "text/xml")), "word/a.dat": declared(ENTITY)}),
        "word/a.dat: it declares a document type, which office files never do",
    ),
    "type in a drawing": (
        word_file(changed={"[Content_Types].xml": types(defaults={"svg": "image/svg+xml"}), "word/media/a.svg": f"{ENTITY}<svg/>"}),
        "word/media/a.svg: it declares a document type, which office files never do",
    ),
    "macros": (word_file(changed={"word/vbaProject.bin": b"\1"}), "it holds macros, embedded objects or binaries (word/vbaProject.bin)"),
    "macros by type": (typed(UNKNOWN), "it holds macros or embedded programs"),
    "macros by type in numbers": (
        word_file(changed={"[Content_Types].xml": types(UNKNOWN).replace("macroEnabled", "macro&#69;nabled")}), "it holds macros or embedded programs",
    ),
    "OLE": (word_file(changed={"word/embeddings/oleObject1.bin": b"\1"}), "it holds macros, embedded objects or binaries (word/embeddings/oleObject1.bin)"),
    "ActiveX": (word_file(changed={"word/activeX/activeX1.xml": "<a/>"}), "it holds macros, embedded objects or binaries (word/activeX/activeX1.xml)"),
    "printer data": (word_file(changed={"word/printer.BIN": b"\1"}), "it holds macros, embedded objects or binaries (word/printer.BIN)"),
    "outside template": (
        related("attachedTemplate", "https://example.org/a.dotm", "External", name="word/_rels/settings.xml.rels"),
        "word/_rels/settings.xml.rels points outside the file (attachedTemplate)",
    ),
    "outside picture": (related("image", "https://example.org/a.png", "External"), "word/_rels/document.xml.rels points outside the file (image)"),
    "outside object": (related("oleObject", "file:///a.xls", "External"), "word/_rels/document.xml.rels points outside the file (oleObject)"),
    "mode in small letters": (related("image", "https://example.org/a.png", "external"), "word/_rels/document.xml.rels points outside the file (image)"),
    "link to a file": (related("hyperlink", "file:///etc/passwd", "External"), "word/_rels/document.xml.rels points outside the file (hyperlink)"),
    "link to a script": (related("hyperlink", "javascript:alert(1)", "External"), "word/_rels/document.xml.rels points outside the file (hyperlink)"),
    "link to a share": (related("hyperlink", "\\\\host\\share", "External"), "word/_rels/document.xml.rels points outside the file (hyperlink)"),
    "inside that is outside": (related("image", "https://example.org/a.png"), "word/_rels/document.xml.rels points outside the file (image)"),
    "other file": (related("aFChunk", "chunk.html"), "word/_rels/document.xml.rels brings in another file or program (aFChunk)"),
    "other document": (related("subDocument", "a.docx"), "word/_rels/document.xml.rels brings in another file or program (subDocument)"),
    "DDE": (word_file(run("[", " DDEAUTO cmd &quot;/k calc&quot; ", "]")), "the field DDEAUTO in word/document.xml fetches or runs something from outside"),
    "DDE in small letters": (word_file(run("[", "dde excel a b", "]")), "the field DDE in word/document.xml fetches or runs something from outside"),
    "DDE over runs": (word_file(run("[", " DD", "EA", "UTO cmd", "|", "]")), "the field DDEAUTO in word/document.xml fetches or runs something from outside"),
    "DDE over paragraphs": (word_file(run("[", " DD") + run("EAUTO cmd", "]")), "the field DDEAUTO in word/document.xml fetches or runs something from outside"),
    "DDE never ended": (word_file(run("[", " DDEAUTO cmd")), "the field DDEAUTO in word/document.xml fetches or runs something from outside"),
    "DDE without a beginning": (word_file(run(" DDEAUTO cmd")), "the field DDEAUTO in word/document.xml fetches or runs something from outside"),
    "DDE in a result": (word_file(run("[", " PAGE ", "|", "[", " DDE a b ", "]", "]")), "the field DDE in word/document.xml fetches or runs something from outside"),
    "DDE put together": (word_file(run("[", "[", " QUOTE 68 68 69 ", "|", "]", " a b", "]")), "the name of a field in word/document.xml is put together by another field"),
    "DDE half put together": (word_file(run("[", " DD", "[", " QUOTE 69 ", "]", " a b", "]")), "the name of a field in word/document.xml is put together by another field"),
    "text from outside": (word_file('<w:p><w:fldSimple w:instr=" INCLUDETEXT &quot;file:///etc/passwd&quot; "/></w:p>'), "the field INCLUDETEXT in word/document.xml fetches or runs something from outside"),
    "picture from outside": (
        with_parts("<w:p/>", ("header", "header1.xml", part("hdr", run("[", "INCLUDEPICTURE https://example.org/a.png", "]")))),
        "the field INCLUDEPICTURE in word/header1.xml fetches or runs something from outside",
    ),
    "field in a part of another name": (
        word_file(changed={"[Content_Types].xml": types(("/word/h.dat", f"{MAIN}.header+xml")), "word/h.dat": part("hdr", run("[", "LINK Excel.Sheet a", "]"))}),
        "the field LINK in word/h.dat fetches or runs something from outside",
    ),
    "field with another prefix": (
        body_of(document(run("[", "DDE a b", "]")).replace("<w:", "<x:").replace("</w:", "</x:").replace("xmlns:w=", "xmlns:x=").replace(" w:", " x:")),
        "the field DDE in word/document.xml fetches or runs something from outside",
    ),
    "link field to a file": (word_file(run("[", " HYPERLINK &quot;file:///etc/passwd&quot; \\o &quot;x&quot; ", "]")), "a link in word/document.xml points to file:///etc/passwd; only web and mail addresses are allowed"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    made, sentence = REFUSED[case]
    data = made if isinstance(made, bytes) else made()
    began = time.monotonic()
    with pytest.raises(PackageError) as refusal:
        read_package(data)
    said = str(refusal.value)
    assert said == sentence if not sentence.endswith("…") else said.startswith(sentence[:-1])  # the rest is the library's
    assert time.monotonic() - began < 2


def test_twins_are_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped([*word_parts().items(), ("word/document.xml", b"<a/>")])
    with pytest.raises(PackageError, match=r"the part 'word/document\.xml' is there twice"):
        read_package(data)


@pytest.mark.parametrize(
    "data",
    [
        word_file(run("[", " PAGE \\* MERGEFORMAT ", "|", "]")),
        word_file(run("[", " IF ", "[", " PAGE ", "]", " &gt; 1 a b", "|", "]")),
        word_file(run("[", " HYPERLINK &quot;https://example.org/link/dde&quot; \\o &quot;dde: link&quot; ", "|", "]")),
        word_file(run("[", " HYPERLINK \\l &quot;_Toc1&quot; ", "]")),
        word_file(block("DDEAUTO and LINK are words too")),
        word_file(block("&lt;!DOCTYPE html&gt; is text here")),
        related("hyperlink", "https://example.org", "External"),
        related("hyperlink", "MAILTO:a@example.org", "External"),
        zipped({**word_parts(), "word/media/": b""}),
        word_file(changed={"word/media/a.png": b"\x89PNG\r\n<\0" + b"=" * 600_000}),
    ],
    ids=["page", "field in a field", "link", "link inside", "words", "words of XML", "web", "mail", "folder", "picture"],
)
def test_harmless(data: bytes) -> None:
    assert "word/document.xml" in read_package(data)


BOMBS: dict[str, Callable[[], bytes]] = {
    "tags": lambda: body_of(document("<w:p/>" * 490_000)),
    "attributes": lambda: attributes(490_000),
    "pictures": lambda: zipped({**word_parts(), **{f"word/media/{number}.png": bytes(31 << 20) for number in range(20)}}),
    "members": lambda: b"PK\x03\x04" + b"PK\x01\x02" * 1_000_000,
}
"""The worst that is let through to the parser, and the tightest archives."""

MEASURE = """
import re, sys
from orgdocs.rendering.packages import PackageError, read_package
try:
    read_package(open(sys.argv[1], "rb").read())
except PackageError:
    pass
print(int(re.search(r"VmHWM:\\s*([0-9]+)", open("/proc/self/status").read())[1]) // 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the most memory is read from /proc")
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_takes_little_memory_and_time(name: str, tmp_path: Path) -> None:
    (tmp_path / "bomb").write_bytes(BOMBS[name]())
    began = time.monotonic()
    measured = subprocess.run([sys.executable, "-c", MEASURE, str(tmp_path / "bomb")], capture_output=True, text=True, check=True)
    assert int(measured.stdout) < 256  # MiB
    assert time.monotonic() - began < 4


def test_damaged_files_raise_nothing_else() -> None:
    """Two thousand damaged files: each is read, or refused with a sentence."""
    chance = random.Random(20)  # noqa: S311  (no secret; the same files every time)
    sources = [WHOLE, word_file(), zipped(word_parts(), zipfile.ZIP_LZMA)]
    refused = 0
    for _ in range(2000):
        data = bytearray(chance.choice(sources))
        for _ in range(chance.choice((1, 1, 2, 8, 40))):
            at = chance.randrange(len(data))
            if chance.random() < 0.2:
                del data[at : at + chance.randrange(1, 60)]
            elif chance.random() < 0.2:
                data[at:at] = data[chance.randrange(len(data)) :][: chance.randrange(60)]
            else:
                data[at] = chance.randrange(256)
        try:
            read_package(bytes(data))
        except PackageError:
            refused += 1
    assert refused > 1000


def test_a_file_cut_anywhere_is_refused() -> None:
    data = io.BytesIO(WHOLE).getvalue()
    for length in range(0, len(data), 7):
        with pytest.raises(PackageError):
            read_package(data[:length])
