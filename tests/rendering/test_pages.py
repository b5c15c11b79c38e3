"""Papers as they come out of LibreOffice: tagged, with their title, well divided into pages, each page with its number."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from orgdocs.building.copies import copy_to_pdf
from orgdocs.contents.content import Body
from orgdocs.rendering.marks import NO_MARKS, Marks, code_of
from orgdocs.rendering.papers import render_paper
from rendering.corpus import Paper, papers, prepared
from rendering.readers import OFFICE

pytestmark = pytest.mark.skipif(
    OFFICE is None or shutil.which("pdftotext") is None, reason="LibreOffice and poppler make and read the pages"
)  # fmt: skip
DRAFT = "DRAFT"
FOOT = ("Revision 3: 0123 4567 89ab cdef", "In force from 4 March 2026")


def choose() -> dict[str, tuple[Paper, Marks]]:
    """The longest paper of each kind and profile, every second one with all marks."""
    longest: dict[tuple[str, str], Paper] = {}
    for paper in papers():
        key = (paper.content.profile, paper.content.paper.kind)
        if key not in longest or len(str(paper.content.body)) > len(str(longest[key].content.body)):
            longest[key] = paper
    chosen = {}
    for index, paper in enumerate(longest.values()):
        marks = Marks(FOOT, ("Approved by O. Invented",), DRAFT, code_of(paper.content)) if index % 2 else NO_MARKS
        chosen[paper.name] = (paper, marks)
    return chosen


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Paper, Marks, Path]]:
    """PDF copies, all made in one run."""
    folder = tmp_path_factory.mktemp("papers")
    chosen = choose()
    for name, (paper, marks) in chosen.items():
        template = prepared(paper.content.profile, paper.content.paper.kind)
        (folder / f"{name}.docx").write_bytes(render_paper(template, paper.content, marks, paper.emblem))
    assert copy_to_pdf([folder / f"{name}.docx" for name in chosen]) == []
    return {name: (*of, folder / f"{name}.pdf") for name, of in chosen.items()}


def test_copies_are_tagged_and_have_their_title(copies: dict[str, tuple[Paper, Marks, Path]]) -> None:
    assert len(copies) >= 16
    for paper, _, path in copies.values():
        told = subprocess.run(["pdfinfo", "-enc", "UTF-8", path], check=True, capture_output=True, text=True).stdout
        fields = dict(re.findall(r"^(\w+): +(.*)$", told, re.MULTILINE))
        assert (fields["Tagged"], fields["Title"]) == ("yes", paper.content.body["title"])


def test_pages_are_well_divided_and_numbered(copies: dict[str, tuple[Paper, Marks, Path]]) -> None:
    found = {name: list(look(paper, marks, read_pages(path))) for name, (paper, marks, path) in copies.items()}
    assert {name: sentences for name, sentences in found.items() if sentences} == {}


def read_pages(path: Path) -> list[list[str]]:
    """The lines of each page, without empty ones and with plain spaces."""
    text = subprocess.run(["pdftotext", "-layout", "-enc", "UTF-8", path, "-"], check=True, capture_output=True, text=True).stdout
    pages = text.replace("\xa0", " ").split("\f")[:-1]
    return [[stripped for line in page.split("\n") if (stripped := line.strip())] for page in pages]


def look(paper: Paper, marks: Marks, pages: list[list[str]]) -> Iterator[str]:
    """What is wrong with the pages of a paper."""
    body = paper.content.body
    headings = {section["heading"].replace("\xa0", " ") for section in body["sections"]}
    for number, lines in enumerate(pages, 1):
        rest = list(lines)
        for wanted in frame(paper, marks, number, len(pages)):
            if wanted in rest:
                rest.remove(wanted)
            else:
                yield f"page {number} lacks “{wanted}”"
        if re.fullmatch(r"\d+", rest[0]):
            yield f"page {number} is numbered {rest[0]}"
        if re.sub(r"^\d+\. *", "", rest[-1]) in headings:
            yield f"at the foot of page {number} is the heading “{rest[-1]}”"
        if number > 1 and begins_with_signature(rest[0], body):
            yield f"page {number} begins with “{rest[0]}”"
        if number > 1 and (total := begins_with_total(rest, body)):
            yield f"page {number} begins with the total “{total}”"


def frame(paper: Paper, marks: Marks, number: int, count: int) -> Iterator[str]:
    """What has to stand on a page besides the text: number, running head, marks."""
    if paper.content.profile == "intl":
        yield f"Page {number} of {count}"
    elif number > 1:
        yield str(number)
    if number > 1 and paper.content.body["annex_next"]:
        yield paper.content.body["annex_next"].replace("\xa0", " ")
    yield from marks.footer
    if marks.draft:
        yield marks.draft


def begins_with_total(lines: list[str], body: Body) -> str:
    """The words of a total that stands right below the repeated head of a table; empty if another row does."""
    numbers = " ".join(column["number"] for column in body["columns"])
    heads = [index for index, line in enumerate(lines) if body["columns"] and re.sub(r"\s+", " ", line) == numbers]
    below = lines[heads[0] + 1] if heads and len(lines) > heads[0] + 1 else ""
    words = {cell["text"] for row in body["rows"] if row["style"] == "total" for cell in row["cells"] if re.match(r"[^\W\d]", cell["text"])}
    return next((word for word in words if below.startswith(word)), "")


def begins_with_signature(line: str, body: Body) -> bool:
    """Whether a line belongs to what must not stand on a page alone: signatures, agreement, the familiarisation sheet."""
    first = re.split(r" {2,}", line)[0]
    posts = [signature["post"].replace("\xa0", " ") for signature in (*body["signatures"], *body["agreed"])]
    sheet = body["acquaintance"].replace("\xa0", " ") if len(body["acquaintance_rows"]) <= 12 else ""
    return first == body["agreed_word"] or any(post.startswith(first) for post in posts) or bool(sheet and sheet.startswith(first))
