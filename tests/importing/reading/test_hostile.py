"""Files that are broken, hostile or none of ours are refused with a sentence of their own, quickly and in little memory."""

# ruff: noqa: E501  (a case is a line: the file, and the sentence that refuses it)

from __future__ import annotations

import os
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from importing.reading.sheetcases import draw_opendocument, draw_spreadsheet, draw_workbook
from importing.reading.wordcases import draw_word_file
from orgdocs.importing.manuscript import UnreadableError
from orgdocs.importing.reading import read_manuscript
from orgdocs.rendering.packages import read_archive, write_package
from rendering.wordfiles import block, document, relations, types, word_file, word_parts, zipped

ENTITY = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
WHOLE = word_file(block("текст"))
BOOK = draw_workbook(
    {"xl/workbook.xml": b"S\n", "xl/worksheets/sheet1.xml": b'<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'}
)
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def named(*streams: str) -> bytes:
    """The beginning of a compound file with streams of these names."""
    return COMPOUND + b"".join(stream.encode("utf-16-le") + bytes(64) for stream in streams)


def changed(data: bytes, parts: dict[str, bytes]) -> bytes:
    """A package with more or other parts."""
    return write_package({**read_archive(data), **parts})


def body_of(text: str) -> bytes:
    """A Word file with this main part."""
    return word_file(changed={"word/document.xml": text})


def related(kind: str, target: str, mode: str = "External", part: str = "document") -> bytes:
    """A Word file with one more relation."""
    return word_file(block("x"), {f"word/_rels/{part}.xml.rels": relations(("styles", "styles.xml"), (kind, target, mode))})


def field(code: str) -> bytes:
    """A Word file with a field, its code split over runs."""
    runs = "".join(f"<w:r><w:instrText>{letter}</w:instrText></w:r>" for letter in code)
    return word_file(f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>')


def sheet(rows: str) -> bytes:
    """A workbook with one sheet of these rows."""
    return draw_workbook({"xl/workbook.xml": b"S\n", "xl/worksheets/sheet1.xml": f"<sheetData>{rows}</sheetData>".encode()})


def encrypted(data: bytes) -> bytes:
    """An archive whose first member says that it is encrypted."""
    place = data.index(b"PK\x01\x02") + 8
    return data[:place] + struct.pack("<H", 1) + data[place + 2 :]


def odf(content: str) -> str:
    return (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0">{content}</office:document-content>'
    )


REFUSED: dict[str, tuple[str, bytes | Callable[[], bytes], str]] = {
    "empty": ("a.docx", b"", "it is empty"),
    "blank": ("a.txt", b" \n\n\t", "it is empty"),
    "nothing but a picture": ("a.docx", word_file("<w:p/>"), "there is no text in it; if it is a scan, have it recognised as text first"),
    "text named docx": ("a.docx", b"not a Word file", "it is named .docx, but is none inside; save it again as Word or Excel does"),
    "rtf named docx": ("a.docx", b"{\\rtf1 x}", "it is named .docx, but is none inside; save it again as Word or Excel does"),
    "old file renamed": ("a.docx", named("WordDocument"), "it is an old .doc file that was renamed to .docx; rename it back, or save it again in its program"),
    "old table renamed": ("a.xlsx", named("Workbook"), "it is an old .xls file that was renamed to .xlsx; rename it back, or save it again in its program"),
    "password": ("a.docx", named("EncryptionInfo", "EncryptedPackage"), "it is protected by a password; save it without one"),
    "macros of old": ("a.doc", named("WordDocument", "Macros", "_VBA_PROJECT"), "it holds macros; save it as .docx or .xlsx without them"),
    "old other": ("a.ppt", named("PowerPoint Document"), "it is an old office file, but neither of Word nor of Excel"),
    "encrypted members": ("a.docx", encrypted(WHOLE), "it is encrypted; save it without a password"),
    "cut off": ("a.docx", WHOLE[: len(WHOLE) // 2], "it is cut off or damaged (no readable zip archive: …"),
    "cut off early": ("a.docx", WHOLE[:20], "it is cut off or damaged (no readable zip archive: …"),
    "other archive": ("a.zip", zipped({"a.txt": b"a"}), "it is a zip archive, but no Word or Excel file"),
    "archive named docx": ("a.docx", zipped({"a.txt": b"a"}), "it is a zip archive, but no Word or Excel file"),
    "no main part": ("a.docx", write_package({name: content for name, content in word_parts().items() if name != "word/document.xml"}), "it is a zip archive, but no Word or Excel file"),
    "packed": ("a.rar", b"Rar!\x1a\x07\x00xx", "it is a packed archive; unpack it and name the files in it"),
    "scan": ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF", "it is a picture; have the scan recognised as text and save that as .docx"),
    "web page": ("a.doc", b"<html><body>x", "it is a web page or another kind of markup; open it in Word and save it as .docx"),
    "entities in a text": ("a.txt", f'<?xml version="1.0"?>{LAUGHS}<l>&i;</l>'.encode(), "it is a web page or another kind of markup; open it in Word and save it as .docx"),
    "program": ("a.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\xff\xfe\0" * 50, "it is neither text nor a Word, Excel, OpenDocument, RTF or PDF file"),
    "outside entity": ("a.docx", body_of(document(block("&x;")).replace("?>\n", f"?>\n{ENTITY}", 1)), "word/document.xml: it declares a document type, which office files never do"),
    "billion laughs": ("a.docx", body_of(document(block("&i;")).replace("?>\n", f"?>\n{LAUGHS}", 1)), "word/document.xml: it declares a document type, which office files never do"),
    "type in UTF-16": ("a.docx", word_file(changed={"word/document.xml": document(block("&i;")).replace("?>\n", f"?>\n{LAUGHS}", 1).encode("utf-16")}), "word/document.xml: it is not in UTF-8, which office files are always in"),
    "type in styles": ("a.docx", changed(WHOLE, {"word/styles.xml": ENTITY.encode() + b"<a/>"}), "word/styles.xml: it declares a document type, which office files never do"),
    "entities in a sheet": ("a.xlsx", changed(BOOK, {"xl/sharedStrings.xml": LAUGHS.encode() + b"<a/>"}), "xl/sharedStrings.xml: it declares a document type, which office files never do"),
    "macros": ("a.docx", changed(WHOLE, {"word/vbaProject.bin": b"x"}), "it holds macros or embedded programs (word/vbaProject.bin); save it without them"),
    "macros by type": ("a.docx", changed(WHOLE, {"[Content_Types].xml": types(("/word/document.xml", "application/vnd.ms-word.document.macroEnabled.main+xml")).encode()}), "it holds macros or embedded programs (/word/document.xml); save it without them"),
    "macros in a sheet": ("a.xlsm", changed(BOOK, {"xl/vbaProject.bin": b"x"}), "it holds macros or embedded programs (xl/vbaProject.bin); save it without them"),
    "old macro sheets": ("a.xlsx", changed(BOOK, {"xl/macrosheets/sheet1.xml": b"<a/>"}), "it holds macros or embedded programs (xl/macrosheets/sheet1.xml); save it without them"),
    "OLE": ("a.docx", changed(WHOLE, {"word/embeddings/oleObject1.bin": b"x"}), "it holds macros or embedded programs (word/embeddings/oleObject1.bin); save it without them"),
    "ActiveX": ("a.docx", changed(WHOLE, {"word/activeX/activeX1.xml": b"<a/>"}), "it holds macros or embedded programs (word/activeX/activeX1.xml); save it without them"),
    "template from the web": ("a.docx", related("attachedTemplate", "https://example.org/a.dotm", part="settings"), "word/_rels/settings.xml.rels points outside the file (attachedTemplate)"),
    "template on a share": ("a.docx", related("attachedTemplate", "\\\\host\\share\\a.dotm", part="settings"), "word/_rels/settings.xml.rels points outside the file (attachedTemplate)"),
    "template by file address": ("a.docx", related("attachedTemplate", "file://host/a.dotm", part="settings"), "word/_rels/settings.xml.rels points outside the file (attachedTemplate)"),
    "picture from the web": ("a.docx", related("image", "https://example.org/a.png"), "word/_rels/document.xml.rels points outside the file (image)"),
    "object elsewhere": ("a.docx", related("oleObject", "file:///a.xls"), "word/_rels/document.xml.rels brings in another file or program (oleObject)"),
    "other file inside": ("a.docx", related("aFChunk", "chunk.html", "Internal"), "word/_rels/document.xml.rels brings in another file or program (aFChunk)"),
    "DDE of a workbook": ("a.xlsx", changed(BOOK, {"xl/externalLinks/externalLink1.xml": b'<externalLink><ddeLink ddeService="cmd" ddeTopic="/k calc"/></externalLink>'}), "xl/externalLinks/externalLink1.xml brings in another file or program (ddeLink)"),
    "DDE": ("a.docx", field(' DDEAUTO cmd "/k calc" '), "the field DDEAUTO in it fetches or runs something from outside; in Word select all, press Ctrl+Shift+F9 and save it"),
    "DDE in small letters": ("a.docx", field("dde excel a"), "the field DDE in it fetches or runs something from outside; in Word select all, press Ctrl+Shift+F9 and save it"),
    "text from outside": ("a.docx", word_file('<w:p><w:fldSimple w:instr=" INCLUDETEXT &quot;file:///etc/passwd&quot; "/></w:p>'), "the field INCLUDETEXT in it fetches or runs something from outside; in Word select all, press Ctrl+Shift+F9 and save it"),
    "bomb in a picture": ("a.docx", lambda: zipped({**word_parts(block("x")), "word/media/a.png": bytes(30 << 20)}), "the part word/media/a.png is too large or packed too tightly"),
    "bomb in the body": ("a.docx", lambda: zipped({**word_parts(), "word/document.xml": b"<a>" + b" " * (30 << 20) + b"</a>"}), "the part word/document.xml is too large or packed too tightly"),
    "bomb in a sheet": ("a.xlsx", lambda: zipped({**read_archive(BOOK), "xl/worksheets/sheet1.xml": b" " * (30 << 20)}), "the part xl/worksheets/sheet1.xml is too large or packed too tightly"),
    "very many tags": ("a.docx", lambda: body_of(document("<w:p><w:r/></w:p>" * 200_000)), "word/document.xml: it holds more tags than any paper needs"),
    "very many parts": ("a.docx", lambda: zipped({**word_parts(), **{f"word/{number}.xml": b"" for number in range(501)}}), "it has more than 500 parts"),
    "tables in tables": ("a.docx", word_file("<w:tbl><w:tr><w:tc>" * 60 + block("x") + "</w:tc></w:tr></w:tbl>" * 60), "its tables and text boxes stand in each other more than 40 deep"),
    "very deep": ("a.docx", body_of(document("<w:p>" * 5000 + "</w:p>" * 5000)), "word/document.xml: it is not well-formed: Excessive depth in document…"),
    "climbing name": ("a.docx", zipped({**word_parts(), "../../evil.xml": b"<a/>"}), "the part name '../../evil.xml' is not allowed"),
    "twin part": ("a.docx", zipped({**word_parts(), "WORD/Document.xml": b"<a/>"}), "the part 'WORD/Document.xml' is there twice"),
    "cell at the end of the world": ("a.xlsx", sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "the sheet S has cells beyond column 256"),
    "very many rows": ("a.xlsx", lambda: sheet("".join(f"<row><c><v>{number}</v></c></row>" for number in range(20_001))), "the sheet S has more than 20000 rows"),
    "repeated rows": ("a.ods", draw_spreadsheet(b'<table:table table:name="S"><table:table-row table:number-rows-repeated="1000000"><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table>'), "the sheet S has more than 20000 rows"),
    "repeated cells": ("a.ods", draw_spreadsheet(b'<table:table table:name="S"><table:table-row><table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row></table:table>'), "the sheet S has cells beyond column 256"),
    "very many lines": ("a.csv", b"a;b\n" * 20_001, "the sheet 1 has more than 20000 rows"),
    "very many lines of text": ("a.txt", b"a\n" * 50_001, "it has more than 50000 lines"),
    "endless cell": ("a.csv", b'a;"' + b"b" * 200_000, "line 1 of the table cannot be read: field larger than field limit (131072)"),
    "macros of OpenDocument": ("a.odt", draw_opendocument("text", {"content.xml": odf("").encode(), "Basic/Standard/a.xml": b"<a/>"}), "it holds macros or embedded programs (Basic/Standard/a.xml); save it without them"),
    "password of OpenDocument": ("a.ods", draw_opendocument("spreadsheet", {"content.xml": b"x", "META-INF/manifest.xml": b"<manifest:encryption-data>"}), "it is protected by a password; save it without one"),
    "picture from the web in OpenDocument": ("a.odt", draw_opendocument("text", {"content.xml": odf('<draw:image xlink:href="https://example.org/a.png"/>').encode()}), "content.xml points outside the file (image)"),
    "entities of OpenDocument": ("a.ods", draw_opendocument("spreadsheet", {"content.xml": LAUGHS.encode() + b"<a>&i;</a>"}), "content.xml: it declares a document type, which office files never do"),
    "objects in RTF": ("a.rtf", b"{\\rtf1{\\object\\objautlink{\\*\\objdata 0105}}}", "it holds objects or fields that fetch or run something; save it as .docx without them"),
    "template in RTF": ("a.doc", b"{\\rtf1{\\*\\template https://example.org/a.dotm}x}", "it holds objects or fields that fetch or run something; save it as .docx without them"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    name, made, sentence = REFUSED[case]
    data = made if isinstance(made, bytes) else made()
    began = time.monotonic()
    with pytest.raises(UnreadableError) as refusal:
        read_manuscript(data, name)
    said = str(refusal.value)
    assert said == sentence if not sentence.endswith("…") else said.startswith(sentence[:-1])  # the rest is the library's
    assert time.monotonic() - began < 20  # seconds, not minutes: the machine may be busy


def test_not_to_be_opened(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="it is a folder; name the files in it"):
        read_manuscript(tmp_path)
    with pytest.raises(UnreadableError, match="there is no such file"):
        read_manuscript(tmp_path / "none.docx")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.docx")
        with pytest.raises(UnreadableError, match="there is no such file"):
            read_manuscript(tmp_path / "pipe.docx")


HARMLESS = {
    "values of another workbook": (
        changed(BOOK, {"xl/externalLinks/_rels/a.xml.rels": relations(("externalLinkPath", "file:///C:/a.xlsx", "External")).encode()}), ["outside"],
    ),
    "template on the drive of the author": (related("attachedTemplate", "file:///C:\\Users\\a\\Normal.dotm", part="settings"), ["outside"]),
    "link to a file": (related("hyperlink", "file:///C:/a.docx"), []),
    "link to nowhere": (related("hyperlink", "NULL", "Internal"), []),
    "table behind a chart": (changed(WHOLE, {"word/embeddings/a.xlsx": b"PK"}), ["embedded-file"]),
    "settings of a printer": (changed(WHOLE, {"word/printerSettings1.bin": b"x"}), []),
    "strict variant": (
        body_of(document(block("x")).replace("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main")),
        [],
    ),
    "main part of another name": (
        write_package(
            {
                "[Content_Types].xml": types().encode(),
                "_rels/.rels": relations(("officeDocument", "/word/document2.xml")).encode(),
                "word/document2.xml": document(block("x")).encode(),
            }
        ),
        [],
    ),
    "numbers that are none": (draw_word_file({"word/document.xml": b"{x/y}x", "word/numbering.xml": b'\xc2\xb6 z: decimal "%1" start=q'}), []),
}  # fmt: skip


@pytest.mark.parametrize("case", HARMLESS)
def test_read_all_the_same(case: str) -> None:
    """What is only unusual is read; what a reader should know is told."""
    data, codes = HARMLESS[case]
    manuscript = read_manuscript(data, "a.xlsx" if data.count(b"xl/") else "a.docx")
    assert len(manuscript.blocks) == 1
    assert [oddity.code for oddity in manuscript.oddities] == codes


def test_memory(tmp_path: Path) -> None:
    """The largest files that are allowed take less than 400 MB."""
    path = tmp_path / "large.docx"
    path.write_bytes(word_file(block("слово " * 20) * 40_000))
    script = (
        "import resource, sys; from pathlib import Path; from orgdocs.importing.reading import read_manuscript;"
        "print(len(read_manuscript(Path(sys.argv[1])).blocks), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    if sys.platform == "win32":
        pytest.skip("Windows tells no peak")
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    blocks, peak = map(int, done.stdout.split())
    assert blocks == 40_000
    assert peak < 400


MANY = 300_000
LABORIOUS = {
    "stars without an end": ("a.md", b"**a " * MANY),
    "brackets without an end": ("a.md", b"[" * MANY),
    "comments without an end": ("a.md", b"<!--" * MANY),
    "many comments": ("a.md", b"x<!---->" * MANY),
    "wide heading": ("a.md", b"# " + b" " * MANY + b"x"),
    "bars": ("a.md", b"|" * MANY + b"\n|-|"),
    "one long word": ("a.txt", ("слово" * MANY).encode()),
    "one long paragraph": ("a.txt", b"word word word word word word wo-\n" * 40_000),
    "blanks": ("a.txt", b"_" * MANY + b" " * MANY + b"x"),
    "many pages": ("a.txt", b"a\nb\nc\nd\ne\n\x0c" * 8_000),
    "many quotes": ("a.csv", b'a;"b"\n' * 15_000),
}


@pytest.mark.parametrize("case", LABORIOUS)
def test_soon_read(case: str) -> None:
    """No text makes a reader look for something again and again."""
    name, data = LABORIOUS[case]
    began = time.monotonic()
    read_manuscript(data, name)
    assert time.monotonic() - began < 30
