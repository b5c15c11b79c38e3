"""PDF copies by LibreOffice, where it is installed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from building.registries import BASE, PAPERS, build_all
from orgdocs.building.copies import NoOfficeError, copy_to_pdf, find_office


def test_without_libreoffice_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        NoOfficeError, match="PDF copies are made by LibreOffice, which is not installed here; install it, or build without --pdf"
    ):
        find_office()


@pytest.mark.skipif(not (shutil.which("soffice") or shutil.which("libreoffice")), reason="LibreOffice is not installed")
def test_a_copy_lies_beside_each_paper(tmp_path: Path) -> None:
    build_all(BASE, tmp_path)
    papers = [tmp_path / path for path in PAPERS[:2]]
    outside = tmp_path / "outside.pdf"
    outside.write_bytes(b"precious")
    papers[0].with_suffix(".pdf").symlink_to(outside)
    missing = tmp_path / "office/job-description/missing.docx"
    assert copy_to_pdf([*papers, missing]) == [missing]
    assert [paper.with_suffix(".pdf").read_bytes()[:5] for paper in papers] == [b"%PDF-", b"%PDF-"]
    assert outside.read_bytes() == b"precious"
    assert sorted(path.name for path in papers[0].parent.iterdir()) == [
        "deputy.docx",
        "deputy.pdf",
        "director.docx",
        "director.pdf",
        "lawyer.docx",
    ]
