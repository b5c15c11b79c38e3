"""Reading files for import: what kind a file is, by its content and not by its name, and a manuscript out of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from orgdocs.importing.manuscript import Manuscript, UnreadableError
from orgdocs.importing.reading.markdown import read_markdown
from orgdocs.importing.reading.office import convert, lay_out_pdf
from orgdocs.importing.reading.separated import read_separated
from orgdocs.importing.reading.text import read_text, set_text
from orgdocs.problems import Sentence

LARGEST_FILE = 64 << 20

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF", b"AT&TFORM")
_WORD_NAMES = frozenset({".docx", ".dotx", ".docm"})
_EXCEL_NAMES = frozenset({".xlsx", ".xltx", ".xlsm"})


def read_manuscript(source: Path | bytes, name: str = "") -> Manuscript:
    """Read a file, or bytes that are called ``name``.

    Raises:
        UnreadableError: it cannot be read as a paper or a table.
    """
    data = _load(source) if isinstance(source, Path) else source
    name = name or (source.name if isinstance(source, Path) else "")
    suffix = Path(name).suffix.lower()
    form = recognise(data, suffix)
    manuscript = _READERS[form](data, name)
    if not manuscript.blocks and not manuscript.running:
        raise UnreadableError(Sentence("there is no text in it; if it is a scan, have it recognised as text first"))
    return manuscript


def _read_docx(data: bytes, name: str) -> Manuscript:
    from orgdocs.importing.reading.word import read_word  # noqa: PLC0415  (lxml takes its time)

    return read_word(data, name)


def _read_xlsx(data: bytes, name: str) -> Manuscript:
    from orgdocs.importing.reading.workbooks import read_workbook  # noqa: PLC0415

    return read_workbook(data, name)


def _read_ods(data: bytes, name: str) -> Manuscript:
    from orgdocs.importing.reading.opendocument import read_spreadsheet  # noqa: PLC0415

    return read_spreadsheet(data, name)


def _read_odt(data: bytes, name: str) -> Manuscript:
    from orgdocs.importing.reading.opendocument import check_document  # noqa: PLC0415

    check_document(data)
    return _read_converted(data, name, "odt")


def _read_converted(data: bytes, name: str, form: str) -> Manuscript:
    """Read an old or foreign Word file by way of a new one."""
    return _read_docx(convert(data, form, "docx"), name)._replace(form=form)


def _read_xls(data: bytes, name: str) -> Manuscript:
    return _read_xlsx(convert(data, "xls", "xlsx"), name)._replace(form="xls")


def _read_pdf(data: bytes, name: str) -> Manuscript:
    return set_text(lay_out_pdf(data), name, "pdf")


_READERS: dict[str, Callable[[bytes, str], Manuscript]] = {
    "csv": read_separated,
    "doc": lambda data, name: _read_converted(data, name, "doc"),
    "docx": _read_docx,
    "md": read_markdown,
    "ods": _read_ods,
    "odt": _read_odt,
    "pdf": _read_pdf,
    "rtf": lambda data, name: _read_converted(data, name, "rtf"),
    "txt": read_text,
    "xls": _read_xls,
    "xlsx": _read_xlsx,
}


def _load(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise UnreadableError(Sentence("it is a folder; name the files in it") if path.is_dir() else Sentence("there is no such file"))
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableError(Sentence("it is larger than {number} MB", number=LARGEST_FILE >> 20))
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(Sentence("it cannot be opened: {reason}", reason=error.strerror or error)) from None


def recognise(data: bytes, suffix: str = "") -> str:
    """What a file is: ``docx``, ``xlsx``, ``odt``, ``ods``, ``doc``, ``xls``, ``rtf``, ``pdf``, ``csv``, ``md`` or ``txt``.

    The content decides; the name only where the content could be several things, and where the two contradict each other.

    Raises:
        UnreadableError: it is none of these, and the sentence says what it is where that can be seen.
    """
    if not data.strip():
        raise UnreadableError(Sentence("it is empty"))
    if data.startswith(_COMPOUND):
        return _recognise_compound(data, suffix)
    if data.startswith(b"PK\x03\x04"):
        return _recognise_archive(data, suffix)
    if data.startswith(b"{\\rtf"):
        form = "rtf"
    elif b"%PDF-" in data[:1024]:
        form = "pdf"
    else:
        form = _recognise_text(data, suffix)
    if suffix in _WORD_NAMES | _EXCEL_NAMES:
        raise UnreadableError(Sentence("it is named {suffix}, but is none inside; save it again as Word or Excel does", suffix=suffix))
    return form


def _recognise_compound(data: bytes, suffix: str) -> str:
    if any(mark.encode("utf-16-le") in data for mark in ("EncryptedPackage", "EncryptionInfo")):
        raise UnreadableError(Sentence("it is protected by a password; save it without one"))
    if any(mark.encode("utf-16-le") in data for mark in ("_VBA_PROJECT", "Macros")):
        raise UnreadableError(Sentence("it holds macros; save it as .docx or .xlsx without them"))
    is_word = "WordDocument".encode("utf-16-le") in data
    if not is_word and not any(mark.encode("utf-16-le") in data for mark in ("Workbook", "Book")):
        raise UnreadableError(Sentence("it is an old office file, but neither of Word nor of Excel"))
    if suffix in _WORD_NAMES | _EXCEL_NAMES:
        old = ".doc" if is_word else ".xls"
        raise UnreadableError(
            Sentence(
                "it is an old {old} file that was renamed to {suffix}; rename it back, or save it again in its program",
                old=old,
                suffix=suffix,
            )
        )
    return "doc" if is_word else "xls"


def _recognise_archive(data: bytes, suffix: str) -> str:
    kind = re.search(rb"mimetypeapplication/vnd\.oasis\.opendocument\.(text|spreadsheet)", data[:200])
    if kind is not None:
        return "odt" if kind[1] == b"text" else "ods"
    if b"word/" in data and b"[Content_Types].xml" in data:
        return "docx"
    if b"xl/" in data and b"[Content_Types].xml" in data:
        return "xlsx"
    if suffix in _WORD_NAMES:
        return "docx"  # cut off before the first name that tells; the reader says so
    if suffix in _EXCEL_NAMES:
        return "xlsx"
    raise UnreadableError(Sentence("it is a zip archive, but no Word or Excel file"))


def _recognise_text(data: bytes, suffix: str) -> str:
    if data.startswith(_ARCHIVES):
        raise UnreadableError(Sentence("it is a packed archive; unpack it and name the files in it"))
    if data.startswith(_PICTURES):
        raise UnreadableError(Sentence("it is a picture; have the scan recognised as text and save that as .docx"))
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype", b"<head", b"mime-version:", b"<?xml", b"<?mso")):
        raise UnreadableError(Sentence("it is a web page or another kind of markup; open it in Word and save it as .docx"))
    if suffix in {".md", ".markdown"}:
        return "md"
    return "csv" if suffix in {".csv", ".tsv", ".tab"} else "txt"
