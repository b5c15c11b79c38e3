"""What docxtpl itself makes of a template and a content is what we print; and templates made by python-docx work."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docxtpl import DocxTemplate
from lxml import etree
from openxml_audit import OpenXmlValidator

from orgdocs.building.templates import packaged_template
from orgdocs.contents.content import Content
from orgdocs.project import open_project
from orgdocs.rendering.packages import read_package
from orgdocs.rendering.papers import missing_texts, render_paper, values_of
from orgdocs.rendering.templates import Template
from orgdocs.sources import read_work_tree
from rendering.readers import read_by_docx
from rendering.wordfiles import content_of, full_body

BASE = Path(__file__).parents[1] / "bases" / "small"
ROOT = Path(__file__).parents[2]


def canonical(part: bytes) -> bytes:
    """A part without the freedom that XML leaves to its writers."""
    return etree.tostring(etree.fromstring(part), method="c14n")


def contents(root: Path, kinds: tuple[str, ...]) -> list[Content]:
    """The first paper of each organisation and kind, without the picture at its top, which docxtpl draws otherwise."""
    found: dict[tuple[str, str], Content] = {}
    for paper, content in open_project(read_work_tree(root)).contents.items():
        if paper.kind in kinds:
            bare = replace(content, body={**content.body, "emblem": {"picture": "", "description": "", "height": ""}})
            found.setdefault((paper.organisation, paper.kind), bare)
    return list(found.values())


@pytest.mark.parametrize("root", [BASE, ROOT], ids=["small", "own"])
def test_docxtpl_prints_the_same(root: Path) -> None:
    for content in contents(root, ("job-description", "regulation")):
        data = packaged_template(content.profile, content.paper.kind)
        theirs = DocxTemplate(io.BytesIO(data))
        theirs.render(values_of(content), autoescape=True)
        saved = io.BytesIO()
        theirs.save(saved)
        there, here = read_package(saved.getvalue()), read_package(render_paper(Template(data), content))
        assert canonical(here["word/document.xml"]) == canonical(there["word/document.xml"])
        for name in ("word/footer1.xml", "word/footer2.xml", "word/header2.xml"):
            assert canonical(here[name]) == canonical(there[name])


def by_docx() -> bytes:
    """A template as somebody makes it with python-docx: its own styles, thumbnail, 830 KB of XML."""
    document = docx.Document()
    document.core_properties.author = "somebody"
    document.core_properties.title = "{{ cycler }}"
    document.add_heading("{{ name }}", 1)
    for line in ("{%p for section in sections %}", "{%p for block in section.blocks %}"):
        document.add_paragraph(line)
    paragraph = document.add_paragraph("{{ block")
    paragraph.add_run(".text").bold = True
    paragraph.add_run(" }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endfor %}")
    table = document.add_table(3, 2)
    table.cell(0, 0).text = "{%tr for item in signatures %}"
    table.cell(1, 0).text = "{{ item.post }}"
    table.cell(1, 1).text = "{{ item.line }}"
    table.cell(2, 0).text = "{%tr endfor %}"
    document.sections[0].header.paragraphs[0].text = "{{ annex_next }}"
    document.add_section()
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def test_a_template_by_python_docx_works_and_the_paper_is_sound(tmp_path: Path) -> None:
    data = by_docx()
    assert {"docProps/thumbnail.jpeg", "word/stylesWithEffects.xml"} <= set(read_package(data))
    body = full_body(str, "job-description") | {
        "title": "The clerk & co", "name": "Name", "annex_next": "{{ 7*7 }}", "signatures": [{"post": "Head", "line": "____"}],
        "sections": [{"heading": "", "lead": "", "blocks": [{"style": "clause", "text": "a"}, {"style": "item", "text": "b"}]}],
    }  # fmt: skip
    content = content_of(body, language="uk")
    paper = render_paper(Template(data), content)
    parts = read_package(paper)
    assert not {name for name in parts if "thumbnail" in name or "stylesWithEffects" in name}
    assert b"somebody" not in b"".join(parts.values())
    assert b'w:lang w:val="uk-UA"' in parts["word/styles.xml"]
    title, texts = read_by_docx(paper)
    assert title == "The clerk & co"
    assert {text for text in texts if text} == {"Name", "a", "b", "{{ 7*7 }}", "Head", "____"}
    assert missing_texts(paper, content) == []
    (tmp_path / "paper.docx").write_bytes(paper)
    assert [str(error) for error in OpenXmlValidator().validate(tmp_path / "paper.docx").errors] == []
