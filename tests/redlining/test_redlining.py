"""Redlines between papers of every kind: accepted they are the new paper, rejected the old one, by another reading than the program's."""

from __future__ import annotations

import itertools
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from cases import read_base, write_word_file
from orgdocs.building.printing import Printer
from orgdocs.project import open_project
from orgdocs.redlining import Author, Pair, UnprovenError, draw_redline, draw_redlines
from orgdocs.redlining.proving import accept, read_lines, reject
from orgdocs.rendering.packages import parse_xml, read_package
from orgdocs.sources import Source

AUTHOR = Author('-о "Ада" & <Син>', "2026-02-03T04:05:06Z")
BASES = ("small", "ua-small", "ru-small", "be-small")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def papers(base: str) -> Iterator[tuple[str, bytes]]:
    """The papers of a base with their kind."""
    project = open_project(Source(Path("/registry"), read_base(base)))
    printer = Printer(project)
    for paper, content in project.contents.items():
        yield paper.kind, printer.print(content)


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    """Papers of all kinds and countries, each with the next: reworded, of another kind, from another template."""
    found = [paper for base in BASES for paper in papers(base)]
    assert {kind for kind, _ in found} == {"job-description", "regulation", "staffing-table", "structure"}
    return [Pair(old, new) for (_, old), (_, new) in itertools.pairwise(found)]


def text(data: bytes, other: str) -> str:
    """All text of the body but what stands in runs that came or went."""
    body = parse_xml(read_package(data)["word/document.xml"])
    pieces = body.iter(f"{W}t", f"{W}delText")
    return "".join(piece.text or "" for piece in pieces if next(piece.iterancestors(f"{W}{other}"), None) is None)


def test_every_pair_leads_from_the_old_paper_to_the_new_one(pairs: list[Pair]) -> None:
    assert len(pairs) > 12
    for pair in pairs:
        assert pair.before is not None
        try:
            redline = draw_redline(*pair, AUTHOR)
        except UnprovenError:
            # Heads of pages of one template that another one has not are the only thing that a redline cannot hold.
            assert len(read_package(pair.before)) != len(read_package(pair.after))
            continue
        assert text(redline, "del") == text(pair.after, "del")
        assert text(redline, "ins") == text(pair.before, "ins")


def test_a_new_paper_is_inserted_as_a_whole(pairs: list[Pair]) -> None:
    for pair in pairs:
        redline = draw_redline(None, pair.after, AUTHOR)
        assert text(redline, "del") == text(pair.after, "del")
        assert text(redline, "ins") == ""


def test_same_papers_same_bytes_in_one_process_or_several(pairs: list[Pair]) -> None:
    many = (pairs * 3)[:60]
    assert list(map(bytes, drawn(many)))[: len(pairs)] == [drawn([pair])[0] for pair in pairs]


def drawn(some: list[Pair]) -> list[bytes]:
    return [outcome if isinstance(outcome, bytes) else str(outcome).encode() for outcome in draw_redlines(some, AUTHOR)]


def test_nothing_is_tracked_where_nothing_changes(pairs: list[Pair]) -> None:
    for pair in pairs:
        assert draw_redline(pair.after, pair.after, AUTHOR) == pair.after


def test_changes_have_author_time_and_a_number_of_their_own() -> None:
    before, after = (write_word_file(lines) for lines in (["One", "Two"], ["One", "Three words", "Two more"]))
    body = parse_xml(read_package(draw_redline(before, after, AUTHOR))["word/document.xml"])
    marks = [node for node in body.iter() if f"{W}author" in node.attrib]
    assert {(mark.get(f"{W}author"), mark.get(f"{W}date")) for mark in marks} == {AUTHOR}
    assert len({mark.get(f"{W}id") for mark in marks}) == len(marks) > 2


def test_accepting_and_rejecting_know_the_marks_of_other_programs() -> None:
    """Moved paragraphs, joined paragraphs, rows and former looks, as Word writes them."""
    signed = 'w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"'
    body = (
        f"<w:p><w:pPr><w:rPr><w:moveFrom {signed}/></w:rPr></w:pPr><w:moveFrom {signed}><w:r><w:t>moved</w:t></w:r></w:moveFrom></w:p>"
        f"<w:p><w:pPr><w:rPr><w:del {signed}/></w:rPr></w:pPr><w:r><w:t>left </w:t></w:r></w:p><w:p><w:r><w:t>right</w:t></w:r></w:p>"
        f"<w:tbl><w:tr><w:trPr><w:ins {signed}/></w:trPr>"
        f"<w:tc><w:p><w:ins {signed}><w:r><w:t>row</w:t></w:r></w:ins></w:p></w:tc></w:tr></w:tbl>"
        f'<w:p><w:pPr><w:pStyle w:val="New"/><w:rPr><w:moveTo {signed}/></w:rPr>'
        f'<w:pPrChange {signed}><w:pPr><w:pStyle w:val="Old"/></w:pPr>'
        f"</w:pPrChange></w:pPr><w:moveTo {signed}><w:r><w:t>moved</w:t></w:r></w:moveTo></w:p><w:p><w:r><w:t>end</w:t></w:r></w:p>"
    )
    parts = read_package(write_word_file(["TEXT"]))
    marked = parts["word/document.xml"].replace(b"<w:p><w:r><w:t>TEXT</w:t></w:r></w:p>", body.encode())
    read = {**parts, "word/document.xml": marked}
    assert [(line.cell, line.style, line.text) for line in accept(read)] == [
        ((), "", "left right"), ((0, 0, 0), "", "row"), ((), "New", "moved"), ((), "", "end"),
    ]  # fmt: skip
    assert [(line.cell, line.style, line.text) for line in reject(read)] == [
        ((), "", "moved"), ((), "", "left "), ((), "", "right"), ((), "", "end"),
    ]  # fmt: skip
    assert [line.text for line in read_lines(parts)] == ["TEXT"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_office_programs_open_a_redline(pairs: list[Pair], tmp_path: Path) -> None:
    file = tmp_path / "redline.docx"
    file.write_bytes(draw_redline(*pairs[0], AUTHOR))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert (tmp_path / "redline.pdf").read_bytes().startswith(b"%PDF")
