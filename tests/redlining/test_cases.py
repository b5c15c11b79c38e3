"""What redlines show, line by line: every paper of a registry that changes, with what went in ``[-…-]`` and what came in ``{+…+}``.

Before a line stands ``-`` or ``+`` if the paragraph or row as a whole went or came. Lines without changes are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from cases import list_cases, read_case
from orgdocs.building.printing import Printer
from orgdocs.comparing import compare
from orgdocs.project import open_project
from orgdocs.redlining import Author, draw_redline
from orgdocs.rendering.packages import parse_xml, read_package

CASES = Path(__file__).parent / "cases"
AUTHOR = Author("Ада Приклад", "2026-02-03T04:05:06Z")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALIDATOR = OpenXmlValidator()
_OPENING = {"ins": "{+", "del": "[-", "": ""}
_CLOSING = {"ins": "+}", "del": "-]", "": ""}


@pytest.mark.parametrize("path", list_cases(CASES), ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path, *, accept: bool) -> None:
    case = read_case(path)
    assert case.later is not None
    before, after = open_project(case.source), open_project(case.later.source)
    told = []
    for change in compare(before, after).papers:
        if change.state == "dropped":
            continue
        former = before.contents.get(change.formerly or change.paper)
        old = None if former is None else Printer(before).print(former)
        redline = draw_redline(old, Printer(after).print(after.contents[change.paper]), AUTHOR)
        file = tmp_path / "redline.docx"
        file.write_bytes(redline)
        assert [str(error) for error in VALIDATOR.validate(file).errors] == []
        told += [f"# {change.paper}", *show(redline), ""]
    case.check("\n".join(told).rstrip("\n"), accept=accept)


def show(redline: bytes) -> Iterator[str]:
    """The lines of a redline in which something is tracked."""
    for name, data in sorted(read_package(redline).items()):
        if not name.startswith(("word/document", "word/header", "word/footer")) or not name.endswith(".xml"):
            continue
        root = parse_xml(data)
        blocks = [node for node in root.iter(f"{W}p", f"{W}tr") if node.tag == f"{W}tr" or next(node.iterancestors(f"{W}tr"), None) is None]
        for block in blocks:
            line = _row(block) if block.tag == f"{W}tr" else _paragraph(block)
            if line:
                yield line if name == "word/document.xml" else f"{name}: {line}"


def _row(row: etree._Element) -> str:
    sign = next((mark for mark in ("ins", "del") if row.find(f"{W}trPr/{W}{mark}") is not None), "")
    cells = [" ".join(_runs(paragraph) for paragraph in cell.iter(f"{W}p")) for cell in row.findall(f"{W}tc")]
    line = " | ".join(cells)
    return f"{_SIGNS[sign]}{line}" if _is_changed(line, sign) else ""


def _paragraph(paragraph: etree._Element) -> str:
    sign = next((mark for mark in ("ins", "del") if paragraph.find(f"{W}pPr/{W}rPr/{W}{mark}") is not None), "")
    line = _runs(paragraph)
    looks = " (looks otherwise)" if paragraph.find(f"{W}pPr/{W}pPrChange") is not None else ""
    return f"{_SIGNS[sign]}{line}{looks}" if _is_changed(line, sign) or looks else ""


_SIGNS = {"ins": "+ ", "del": "- ", "": "  "}


def _is_changed(line: str, sign: str) -> bool:
    return bool(sign) or "{+" in line or "[-" in line


def _runs(paragraph: etree._Element) -> str:
    pieces = []
    for run in paragraph.iter(f"{W}r"):
        mark = next((each for each in ("ins", "del") if next(run.iterancestors(f"{W}{each}"), None) is not None), "")
        text = "".join(piece.text or "" for piece in run.iter(f"{W}t", f"{W}delText"))
        text += "<picture>" * len(list(run.iter(f"{W}drawing")))
        pieces.append(f"{_OPENING[mark]}{text}{_CLOSING[mark]}" if text else "")
    return "".join(pieces)
