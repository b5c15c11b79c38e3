"""Papers read back by programs that are not ours: python-docx, and LibreOffice by way of its flat XML."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import docx
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml import etree

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_META = "{http://purl.org/dc/elements/1.1/}"


def read_by_docx(paper: bytes) -> tuple[str, Counter[str]]:
    """Title and paragraphs of all parts of a paper, as python-docx has them."""
    opened = docx.Document(io.BytesIO(paper))
    texts: Counter[str] = Counter()
    for part in opened.part.package.iter_parts():
        root = getattr(part, "element", None)
        if root is None and str(part.partname).endswith("notes.xml"):
            root = docx.oxml.parse_xml(part.blob)
        if root is not None and str(part.partname).startswith("/word/"):
            texts.update(Paragraph(node, None).text for node in root.iter(qn("w:p")))  # type: ignore[arg-type]  # no parent is asked for
    return opened.core_properties.title, texts


def convert(papers: dict[str, bytes], folder: Path) -> dict[str, Path]:
    """The papers as LibreOffice's flat XML, made in one go; a paper that it cannot open is not among them."""
    for name, paper in papers.items():
        (folder / f"{name}.docx").write_bytes(paper)
    out = folder / "out"
    command = [
        str(OFFICE), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", "fodt", "--outdir", str(out),
        *(str(folder / f"{name}.docx") for name in papers),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {name: out / f"{name}.fodt" for name in papers if (out / f"{name}.fodt").is_file()}


def read_by_office(path: Path) -> tuple[str, Counter[str]]:
    """Title and paragraphs of a paper that LibreOffice has opened and written down."""
    root = etree.parse(path, etree.XMLParser(huge_tree=True)).getroot()
    title = root.findtext(f".//{_META}title") or ""
    return title, Counter(_plain(node) for node in root.iter(f"{_TEXT}p", f"{_TEXT}h"))


def _plain(node: etree._Element) -> str:
    pieces = [node.text or ""]
    for child in node:
        if child.tag == f"{_TEXT}s":
            pieces.append(" " * int(child.get(f"{_TEXT}c") or 1))
        elif child.tag == f"{_TEXT}tab":
            pieces.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            pieces.append("\n")
        elif child.tag in {f"{_TEXT}span", f"{_TEXT}a"}:
            pieces.append(_plain(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
