"""PDF copies of papers, made by LibreOffice where it is installed. A copy is never the thing that is approved."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from orgdocs.building.writing import WriteError, write_file

_SECONDS_EACH = 60
_EXPORT = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'


class NoOfficeError(Exception):
    """LibreOffice is not installed."""


def find_office() -> str:
    """The LibreOffice program.

    Raises:
        NoOfficeError: it is not on the path.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise NoOfficeError("PDF copies are made by LibreOffice, which is not installed here; install it, or build without --pdf")
    return program


def copy_to_pdf(papers: Sequence[Path]) -> list[Path]:
    """Make a PDF beside each paper; those that could not be made are returned."""
    program = find_office()
    failed: list[Path] = []
    by_folder: dict[Path, list[Path]] = {}
    for paper in papers:
        by_folder.setdefault(paper.parent, []).append(paper)
    for folder, members in by_folder.items():
        with tempfile.TemporaryDirectory(prefix="orgdocs-pdf-") as work:
            command = [
                program, "--headless", f"-env:UserInstallation={Path(work).as_uri()}/profile", "--convert-to", _EXPORT, "--outdir", work,
                *(str(member.resolve()) for member in members),
            ]  # fmt: skip
            try:
                subprocess.run(command, check=False, capture_output=True, timeout=_SECONDS_EACH * len(members))  # noqa: S603  (no shell; our own files)
            except subprocess.TimeoutExpired:
                failed += members
                continue
            for member in members:
                made = Path(work) / f"{member.stem}.pdf"
                if made.is_file():  # LibreOffice ends with 0 even where it made nothing
                    try:
                        write_file(folder / made.name, made.read_bytes())
                    except WriteError:
                        failed.append(member)
                else:
                    failed.append(member)
    return failed
