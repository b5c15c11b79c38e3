"""Files that other programs turn into what is read here; skipped where these are not installed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from importing.reading.wordcases import draw_word_file
from orgdocs.importing.manuscript import Paragraph, UnreadableError
from orgdocs.importing.reading import read_manuscript
from orgdocs.importing.reading.office import convert

PAPER = """\
{c}b:ПОЛОЖЕННЯ
{c}b:про відділ обліку
{1/0}Загальні положення
{1/1}Відділ обліку є структурним підрозділом установи, підпорядковується її керівникові та діє на підставі закону, статуту установи і \
цього положення, яке затверджує рада.
{1/1}Відділ очолює начальник. Його призначає та звільняє керівник установи за погодженням із радою, якщо інше не передбачено статутом.
{1/0}Завдання
{2/0}облік майна та коштів;
{2/0}складання звітів, які установа подає до органів статистики, податкових органів та ради у строки, що їх визначає законодавство України;
Відділ виконує й інші завдання.
{p}Нова сторінка починається цим абзацом.
"""
NUMBERS = '¶ 1: decimal "%1."; decimal "%1.%2."\n¶ 2: russianLower "%1)"\n№ 1 = 1\n№ 2 = 2\n'
HEAD = "Продовження додатка 3"


def draw_paper() -> bytes:
    """A paper with numbers that Word sets, and a running head on each page."""
    end = '<w:sectPr><w:headerReference w:type="default" r:id="rId2"/></w:sectPr>'
    parts = {"word/document.xml": PAPER + end, "word/numbering.xml": NUMBERS, "word/header1.xml": HEAD}
    return draw_word_file({name: text.encode() for name, text in parts.items()})


def read_outline(data: bytes, name: str) -> list[str]:
    """Each paragraph with the number before it."""
    blocks = read_manuscript(data, name).blocks
    return [f"{block.label} {block.text}".strip() for block in blocks if isinstance(block, Paragraph)]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_every_form_says_the_same() -> None:
    """A text with its numbers is the same out of Word, OpenDocument and PDF files."""
    paper = draw_paper()
    wanted = read_outline(paper, "paper.docx")
    assert wanted[3].startswith("1.1. Відділ обліку є")
    assert wanted[-3].startswith("б) складання звітів")
    assert read_outline(convert(paper, "docx", "odt"), "paper.odt") == wanted
    if shutil.which("pdftotext"):
        pdf = read_manuscript(convert(paper, "docx", "pdf"), "paper.pdf")
        assert [block.text for block in pdf.blocks if isinstance(block, Paragraph)] == wanted
        assert [paragraph.text for paragraph in pdf.running] == [HEAD]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_rich_text_under_an_old_name() -> None:
    """Many files that are named .doc are RTF, in an encoding of old."""
    letters = "".join(f"\\'{byte:02x}" for byte in "Їжа та ґудзик".encode("cp1251"))
    manuscript = read_manuscript(
        f"{{\\rtf1\\ansi\\ansicpg1251\\deff0{{\\fonttbl{{\\f0\\fcharset204 Arial;}}}}\\f0 1.\\tab {letters}\\par}}".encode(), "a.doc"
    )
    assert manuscript.form == "rtf"
    assert [block.text for block in manuscript.blocks if isinstance(block, Paragraph)] == ["1. Їжа та ґудзик"]


def test_without_the_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableError) as refusal:
        read_manuscript(b"{\\rtf1 x}", "a.rtf")
    assert (
        str(refusal.value)
        == "rtf files are read with the help of LibreOffice, which is not installed; install it, or save the file as .docx"
    )
    with pytest.raises(UnreadableError) as refusal:
        read_manuscript(b"%PDF-1.7 x", "a.pdf")
    assert str(refusal.value) == (
        "PDF files are read with the help of pdftotext, which is not installed; install poppler-utils, or name the Word file"
    )


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_damaged_pdf() -> None:
    with pytest.raises(UnreadableError) as refusal:
        read_manuscript(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n", "a.pdf")
    assert str(refusal.value) == "it is a damaged PDF file; make it again, or name the Word file that it was made from"
