"""Files that only other programs read well (doc, rtf, odt, xls, pdf): turned by them into what is read here."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from orgdocs.building.copies import NoOfficeError, find_office
from orgdocs.importing.manuscript import UnreadableError
from orgdocs.problems import Sentence

_SECONDS = 90
_LARGEST_TEXT = 16 << 20
_RTF_DANGER = re.compile(
    rb"(?i)\\obj(?:data|autlink|update|ocx|link)\b|\\\*\\template\b|\\fldinst[^}]{0,300}?\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK)\b"
)
_NO_NETWORK = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "ftp_proxy": "http://127.0.0.1:9"}
"""Nothing that a file names is fetched while it is turned into another."""


def convert(data: bytes, form: str, wanted: str) -> bytes:
    """A file of one form as another one, such as ``doc`` as ``docx``, by LibreOffice with a profile of its own.

    Raises:
        UnreadableError: LibreOffice is not installed, takes too long, or cannot read it.
    """
    if form == "rtf" and _RTF_DANGER.search(data):
        raise UnreadableError(Sentence("it holds objects or fields that fetch or run something; save it as .docx without them"))
    try:
        program = find_office()
    except NoOfficeError:
        raise UnreadableError(
            Sentence(
                "{form} files are read with the help of LibreOffice, which is not installed; install it, or save the file as .{wanted}",
                form=form,
                wanted=wanted,
            )
        ) from None
    with tempfile.TemporaryDirectory(prefix="orgdocs-import-") as folder:
        source = Path(folder) / f"source.{form}"
        source.write_bytes(data)
        profile = f"-env:UserInstallation={Path(folder).as_uri()}/profile"
        made = Path(folder) / "made" / f"source.{wanted}"
        command = [program, "--headless", "--norestore", profile, "--convert-to", wanted, "--outdir", str(made.parent), str(source)]
        _run(command, program="LibreOffice", more=_NO_NETWORK)
        if not made.is_file():  # LibreOffice ends with 0 even where it made nothing
            raise UnreadableError(Sentence("LibreOffice cannot read it; it may be damaged or protected by a password"))
        return made.read_bytes()


def lay_out_pdf(data: bytes) -> str:
    """The text of a PDF file in lines as they stand on its pages, which are parted by form feeds.

    Raises:
        UnreadableError: poppler is not installed, the file is damaged, protected by a password, or holds pictures only.
    """
    program = shutil.which("pdftotext")
    if program is None:
        raise UnreadableError(
            Sentence("PDF files are read with the help of pdftotext, which is not installed; install poppler-utils, or name the Word file")
        )
    with tempfile.TemporaryDirectory(prefix="orgdocs-import-") as folder:
        source, made = Path(folder) / "source.pdf", Path(folder) / "made.txt"
        source.write_bytes(data)
        said = _run([program, "-layout", "-enc", "UTF-8", str(source), str(made)], program="pdftotext")
        if "password" in said.lower():
            raise UnreadableError(Sentence("it is protected by a password; save it without one"))
        if not made.is_file():
            raise UnreadableError(Sentence("it is a damaged PDF file; make it again, or name the Word file that it was made from"))
        with made.open("rb") as stream:
            text = stream.read(_LARGEST_TEXT + 1)
    if len(text) > _LARGEST_TEXT:
        raise UnreadableError(Sentence("it unpacks to more than is allowed"))
    if not text.strip():
        raise UnreadableError(Sentence("it is a picture; have the scan recognised as text and save that as .docx"))
    return text.decode("utf-8", "replace").removesuffix("\f")


def _run(command: Sequence[str], *, program: str, more: Mapping[str, str] | None = None) -> str:
    """Run a program within the time allowed, with all that it starts; what it says of errors is returned."""
    process = subprocess.Popen(  # noqa: S603  (no shell; the file has a name of ours)
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, **(more or {})},
        start_new_session=True,
    )
    try:
        _, said = process.communicate(timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        _end(process)
        raise UnreadableError(Sentence("{program} does not come to an end with it; save it in another form", program=program)) from None
    return said.decode("utf-8", "replace")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and those that it started: LibreOffice is begun by a script."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()
