"""The audit as a workbook and as a Word file: read back by other readers, they say what the hierarchy says."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from cases import TESTS, read_base
from orgdocs.exporting.documents import write_audit_document
from orgdocs.exporting.workbooks import write_audit_workbook
from orgdocs.project import Project, open_project
from orgdocs.rendering.packages import read_package
from orgdocs.reporting.audit import Audit, Matrix, Table, audit
from orgdocs.rules.functions import list_functions, list_performers
from orgdocs.sources import Source, read_work_tree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def reference() -> Project:
    """The registry of the repository."""
    return open_project(read_work_tree(TESTS.parent))


def report_of(project: Project, organisation: str) -> Audit:
    return audit(project.hierarchies[organisation], project.registry.settings)


def small() -> Audit:
    project = open_project(Source(Path("/registry"), read_base("small"), {}, {}))
    return report_of(project, "office")


def test_the_workbook_says_what_the_hierarchy_says(reference: Project) -> None:
    for name, hierarchy in reference.hierarchies.items():
        book = openpyxl.load_workbook(io.BytesIO(write_audit_workbook(report_of(reference, name))))
        units = [unit for unit in hierarchy.branch(hierarchy.institution.organisation) if unit.functions]
        for unit, sheet in zip(units, book.worksheets, strict=False):
            posts = [str(cell.value).rsplit("[", 1)[1].removesuffix("]") for cell in sheet[1][1:]]
            for row, function in enumerate(list_functions(unit), 2):
                performing = {post.id for post in list_performers(hierarchy, function)}
                read = {post: sheet.cell(row, column).value for column, post in enumerate(posts, 2)}
                assert {post for post, mark in read.items() if mark and mark not in {"S", "З"}} == performing
                assert sheet.cell(row, 1).value == function.clause.text
        load = book.worksheets[len(units) + 3]
        assert sum(row[1] for row in load.iter_rows(min_row=2, values_only=True) if isinstance(row[1], int)) == sum(
            1 for post in hierarchy.positions() for _ in hierarchy.duties(post)
        )


def test_sheets_of_the_small_office() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_audit_workbook(small())))
    assert book.sheetnames == [
        "Office of Examples", "Legal Division", "Functions that nobody performs", "Functions that several posts pe",
        "Functions that hang on one pers", "Load of posts", "Span of control",
    ]  # fmt: skip
    assert [sheet.freeze_panes for sheet in book] == ["B2"] * 7
    assert list(book["Legal Division"].values) == [
        ("Function", "Lawyer [lawyer]"), ("gives legal advice", "P"), ("checks contracts", "P"), (None, None),
        ("L leads, P performs, S substitutes for a performer", None),
    ]  # fmt: skip
    assert list(book["Span of control"].values)[:2] == [("Superior", "Posts", "Staff units", "Mark"), ("Director [director]", 2, 2, None)]


def hostile() -> Audit:
    """A report in which every text tries to be something else."""
    texts = ("=1+1", "@SUM(A1)", "+1", "https://example.org/a", "<b>&amp;]]>", "x" * 40_000)
    matrices = (
        Matrix("A", "Відділ [обліку]: *?/\\ та звітності й контролю", ("=post",), texts, (("P",),) * 6),
        Matrix("B", "history", ("a",), ("b",), (("",),)),
        Matrix("C", "відділ  обліку   ", (), ("b",), ((),)),
        Matrix("D", "History", ("a",), ("b",), (("",),)),
        Matrix("E", "'", ("a",), ("b",), (("",),)),
    )
    return Audit("uk", "<title>", "&legend", "=f", "none", matrices, (Table("load", "history 2", "", ("=h",), (("=1",), (7,))),))


def test_texts_stay_texts_and_names_of_sheets_are_possible() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_audit_workbook(hostile())))
    assert book.sheetnames == ["Відділ обліку та звітності й ко", "history 2", "відділ обліку", "History 3", "-", "history 2 2"]
    first = book.worksheets[0]
    cells = [first.cell(row, 1) for row in range(1, 8)]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells[:6]] == [
        (text, "s", None) for text in ("=f", "=1+1", "@SUM(A1)", "+1", "https://example.org/a", "<b>&amp;]]>")
    ]
    assert len(str(cells[6].value)) == 32_767
    assert [cell.value for cell in book.worksheets[-1]["A"][:3]] == ["=h", "=1", 7]


def test_the_document_is_sound_and_has_real_tables(reference: Project, tmp_path: Path) -> None:
    validator = OpenXmlValidator()
    for name, report in {"small": small(), "zhytomyr": report_of(reference, "zhytomyr"), "hostile": hostile()}.items():
        data = write_audit_document(report)
        path = tmp_path / f"{name}.docx"
        path.write_bytes(data)
        assert [str(error) for error in validator.validate(path).errors] == []
        root = etree.fromstring(read_package(data)["word/document.xml"])
        tables = root.findall(f".//{W}tbl")
        assert tables
        for table in tables:
            first, *others = table.findall(f"{W}tr")
            assert first.find(f"{W}trPr/{W}tblHeader") is not None
            assert not any(row.find(f"{W}trPr/{W}tblHeader") is not None for row in others)
            assert len({len(row.findall(f"{W}tc")) for row in (first, *others)}) == 1
        headings = [p for p in root.iter(f"{W}p") if p.find(f"{W}pPr/{W}pStyle[@{W}val='Heading1']") is not None]
        assert ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in headings] == [
            *(matrix.title for matrix in report.matrices), *(table.title for table in report.tables)
        ]  # fmt: skip


def test_every_text_of_the_report_is_in_the_document(reference: Project) -> None:
    report = report_of(reference, "izhevsk")
    root = etree.fromstring(read_package(write_audit_document(report))["word/document.xml"])
    printed = {"".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p")}
    texts = {report.title, report.legend, *(text for matrix in report.matrices for text in (*matrix.posts, *matrix.functions))}
    texts |= {cell for table in report.tables for row in table.rows for cell in row if isinstance(cell, str)}
    assert texts - printed == set()


@pytest.mark.parametrize("write", [write_audit_workbook, write_audit_document])
def test_the_same_report_gives_the_same_bytes(write: object) -> None:
    assert callable(write)
    first = write(small())
    time.sleep(2.1)  # the time in an archive goes in steps of two seconds
    assert write(small()) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.testzip() is None
