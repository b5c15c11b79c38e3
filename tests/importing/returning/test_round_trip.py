"""Whole registries to Excel and back: without edits not a byte changes, even after LibreOffice has saved the workbook."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from cases import read_base
from orgdocs.exporting.sheets import lay_out_sheets
from orgdocs.exporting.workbooks import TooLongError, write_registry_workbook
from orgdocs.importing.reading import read_manuscript
from orgdocs.importing.returning.applying import plan_return
from orgdocs.importing.returning.comparing import compare_workbook
from orgdocs.importing.returning.lines import ForeignError
from orgdocs.project import open_project
from orgdocs.sources import Source, read_work_tree

if TYPE_CHECKING:
    from orgdocs.project import Project

ROOT = Path(__file__).parents[3]
LAWYER = "positions/office/legal/lawyer.yaml"


def _open(**changed: bytes) -> Project:
    files = read_base("small") | {LAWYER: changed["lawyer"]} if changed else read_base("small")
    return open_project(Source(Path("/registry"), dict(sorted(files.items()))))


def _export(project: Project, organisation: str) -> bytes:
    return write_registry_workbook(lay_out_sheets(project, organisation), {})


def _take_back(content: bytes, project: Project, name: str = "sheets.xlsx") -> dict[str, bytes]:
    organisation, returned = compare_workbook(read_manuscript(content, name), project)
    assert [str(conflict) for conflict in returned.conflicts] == []
    assert returned.removed == []
    return dict(plan_return(project, organisation, returned, remove=False).changed)


@pytest.mark.parametrize("root", [ROOT, ROOT / "docs" / "example"], ids=["reference", "example"])
def test_registries_come_back_as_they_were(root: Path) -> None:
    project = open_project(read_work_tree(root))
    for organisation in project.registry.institutions:
        assert _take_back(_export(project, organisation), project) == {}


def test_the_same_registry_gives_the_same_bytes() -> None:
    assert _export(_open(), "office") == _export(_open(), "office")


def test_texts_that_look_like_formulas_stay_texts() -> None:
    lawyer = (
        "title: '=1+1'\nunit: legal\ngrade: '007'\nreports_to: director\nstaffing: {posts: 1, salary: 1800.00}\n"
        "duties: ['@SUM(A1)', 'http://example.org', ' two  spaces', \"two\\nlines\"]\n"
    )
    project = _open(lawyer=lawyer.encode())
    content = _export(project, "office")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [book["Positions"]["C5"].data_type, book["Positions"]["I5"].value, book["Staffing"]["H5"].value] == ["s", "007", 1800]
    assert _take_back(content, project) == {}


def test_a_text_longer_than_a_cell_is_refused() -> None:
    project = _open(lawyer=f"title: Lawyer\nunit: legal\nreports_to: director\nduties: [{'a' * 32_768}]\n".encode())
    with pytest.raises(TooLongError, match=r"positions/office/legal/lawyer.yaml: text has 32768 characters"):
        _export(project, "office")


def test_a_key_that_leads_out_of_the_organisation_is_refused() -> None:
    book = openpyxl.load_workbook(io.BytesIO(_export(_open(), "office")))
    cell = book["Positions"]["A3"]
    cell.value = cell.value.replace("positions/office/deputy.yaml", "org/office/organisation.yaml")
    buffer = io.BytesIO()
    book.save(buffer)
    with pytest.raises(ForeignError, match="the hidden first column of Positions was changed"):
        compare_workbook(read_manuscript(buffer.getvalue(), "sheets.xlsx"), _open())


def test_a_registry_with_other_files_is_another_one() -> None:
    files = {path.replace("lawyer", "jurist"): content for path, content in read_base("small").items() if "positions/" not in path}
    files["positions/office/chief.yaml"] = b"title: Chief\n"
    other = open_project(Source(Path("/registry"), files))
    with pytest.raises(ForeignError, match="none of the files it names is here"):
        compare_workbook(read_manuscript(_export(_open(), "office"), "sheets.xlsx"), other)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_may_save_the_workbook(tmp_path: Path) -> None:
    project = open_project(read_work_tree(ROOT / "docs" / "example"))
    (tmp_path / "library.xlsx").write_bytes(_export(project, "library"))
    for form in ("ods", "xlsx"):
        source = tmp_path / ("library.xlsx" if form == "ods" else "library.ods")
        folder = tmp_path / form
        command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", form, "--outdir"]
        subprocess.run([*command, str(folder), str(source)], check=True, capture_output=True, timeout=120)
        saved = folder / f"library.{form}"
        assert _take_back(saved.read_bytes(), project, saved.name) == {}
        shutil.copy(saved, tmp_path / saved.name)
