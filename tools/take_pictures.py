"""Take the picture of the README: first pages of a few papers of the reference registry, side by side.

LibreOffice, pdftoppm (poppler) and montage (ImageMagick) must be installed.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from orgdocs.building.copies import copy_to_pdf
from orgdocs.cli import run

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "pictures" / "papers.png"
PAPERS = (
    "zhytomyr/job-description/head-of-benefits",
    "zhytomyr/staffing-table/zhytomyr",
    "izhevsk/regulation/home-care",
    "city-office/job-description/chief-specialist-child-benefits",
)


def main() -> None:
    """Build the papers in a temporary folder, print their first pages, and put them together."""
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        if run(["build", "--root", str(ROOT), "--output", work, *PAPERS]) != 0:
            raise SystemExit(1)
        files = [folder / f"{paper}.docx" for paper in PAPERS]
        if copy_to_pdf(files):
            raise SystemExit("LibreOffice made no PDF")
        pages = []
        for file in files:
            page = file.with_suffix(".png")
            _call("pdftoppm", "-r", "60", "-png", "-singlefile", str(file.with_suffix(".pdf")), str(page.with_suffix("")))
            pages.append(str(page))
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        _call(
            "montage", *pages, "-tile", "2x", "-geometry", "+12+12", "-gravity", "center", "-bordercolor", "grey80", "-border", "1",
            "-background", "white", "+dither", "-colors", "16", "-strip", str(PICTURE),
        )  # fmt: skip


def _call(*command: str) -> None:
    subprocess.run(command, check=True)  # noqa: S603  (programs and files of our own choice, no shell)


if __name__ == "__main__":
    main()
