"""Templates, each in a case file: what is printed, or the sentence with which the template is refused.

A section ``=== word/….xml`` is a part. In it every line is a paragraph, whose runs are parted by ``¦``; a line that
begins with ``<`` is Word's own XML.
"""

from __future__ import annotations

import io
import time
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from jinja2.exceptions import SecurityError, UndefinedError
from lxml import etree

from cases import list_cases, read_case
from orgdocs.rendering.expressions import ENVIRONMENT, TemplateFault
from orgdocs.rendering.packages import parse_xml, read_package
from orgdocs.rendering.papers import render_paper
from orgdocs.rendering.templates import Template
from rendering.wordfiles import block, content_of, document, full_body, part, relations, with_parts, word_file, word_parts

CASES = Path(__file__).parent / "cases"
ELEMENTS = {
    "header": "hdr",
    "footer": "ftr",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "settings": "settings",
}


def file_of(sections: dict[str, bytes]) -> bytes:
    """The Word file that a case describes."""
    bodies = {name: "".join(block(line) for line in text.decode().splitlines()) for name, text in sections.items()}
    body = bodies.pop("word/document.xml")
    parts = []
    for path, lines in bodies.items():
        name = path.removeprefix("word/")
        kind = name.removesuffix(".xml").rstrip("0123456789")
        entry = kind.removesuffix("s")
        blocks = f'<w:{entry} w:id="1">{lines}</w:{entry}>' if kind in {"footnotes", "endnotes", "comments"} else lines
        parts.append((kind, name, part(ELEMENTS[kind], blocks)))
    return with_parts(body, *parts) if parts else word_file(body)


def body_of_cases() -> dict[str, object]:
    """A content in which each text says where it stands; one is a template itself."""
    body = full_body(lambda: "text", "job-description")
    body |= {
        "title": "The title", "name": "The name", "head": ["first", "{{ 7*7 }}"], "annex_next": "{{ title }}", "subject": [],
        "below": ["& < >"],
        "sections": [
            {"heading": "One", "lead": "", "blocks": [{"style": "clause", "text": "a"}, {"style": "item", "text": "b"}]},
            {"heading": "Two", "lead": "lead", "blocks": []},
        ],
        "columns": [{"title": title, "number": "1", "width": width, "align": "left"} for title, width in (("A", 10), ("B", 30))],
        "rows": [
            {"style": "unit", "text": "Unit", "cells": []},
            {"style": "post", "text": "", "cells": [{"text": "x", "align": "left"}, {"text": "y", "align": "left"}]},
        ],
        "closing": ["two\nlines", "a\ttab"],
    }  # fmt: skip
    return body


def printed(paper: bytes) -> str:
    """All paragraphs of a paper part by part, as python-docx reads them; rows of tables on a line."""
    package = docx.Document(io.BytesIO(paper)).part.package
    lines = []
    for member in sorted(package.iter_parts(), key=lambda member: str(member.partname)):
        root = getattr(member, "element", None)
        if root is None and str(member.partname).endswith("notes.xml"):
            root = docx.oxml.parse_xml(member.blob)
        if root is None or not str(member.partname).startswith("/word/") or not root.iter(qn("w:p")):
            continue
        paragraphs = [docx.text.paragraph.Paragraph(node, None).text for node in root.iter(qn("w:p"))]  # type: ignore[arg-type]  # no parent is asked for
        if paragraphs:
            lines += [f"{member.partname}:", *(f"  {text!r}" for text in paragraphs)]
    return "\n".join(lines)


@pytest.mark.parametrize("path", list_cases(CASES), ids=lambda path: path.stem)
def test_case(path: Path, *, accept: bool) -> None:
    case = read_case(path)
    began = time.monotonic()
    try:
        paper = render_paper(Template(file_of(case.files)), content_of(body_of_cases()))
    except TemplateFault as fault:
        outcome = f"refused: {fault}"
    else:
        outcome = printed(paper)
    assert time.monotonic() - began < 1
    case.check(outcome, accept=accept)


def test_a_paper_asks_for_nothing_outside() -> None:
    data = file_of({"word/document.xml": b"{{ name }}"})
    assert render_paper(Template(data), content_of(body_of_cases())) == render_paper(Template(data), content_of(body_of_cases()))


def test_a_table_of_many_rows_is_printed_in_time() -> None:
    row = "<w:tr><w:tc><w:p><w:r><w:t>{0}</w:t></w:r></w:p></w:tc></w:tr>"
    table = "<w:tbl>" + row.format("{%tr for row in rows %}") + row.format("{{ row.text }}") + row.format("{%tr endfor %}") + "</w:tbl>"
    body = body_of_cases() | {"rows": [{"style": "unit", "text": str(number), "cells": []} for number in range(10_000)], "columns": []}
    began = time.monotonic()
    paper = render_paper(Template(word_file(table)), content_of(body))
    assert printed(paper).count("\n") == 10_000
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "text", ["{" * 20_000, "{{" * 10_000, "{%p " * 5_000, "}" * 20_000, "{{ name }}" * 6_000, "{% if name %}" * 4_000, "<" * 9]
)
def test_floods_of_marks_end_soon(text: str) -> None:
    data = word_file(document_of(text))
    began = time.monotonic()
    with pytest.raises(TemplateFault):
        Template(data)
    assert time.monotonic() - began < 2


def document_of(text: str) -> str:
    """A paragraph with a text, escaped so that only the tags are at fault."""
    return block(text.replace("<", "{{ name "))


def test_a_document_without_tags_is_a_template_too() -> None:
    paper = render_paper(Template(word_file(block("always the same"))), content_of(body_of_cases()))
    assert printed(paper) == "/word/document.xml:\n  'always the same'"


def test_braces_written_as_numbers_are_tags() -> None:
    data = word_file(changed={"word/document.xml": document(block("&#123;&#123; nmae }}"))})
    with pytest.raises(TemplateFault, match="did you mean name"):
        Template(data)


RELATED = "word/_rels/document.xml.rels"


def test_pictures_and_other_parts_are_kept_and_the_rest_is_left_behind() -> None:
    kept = {
        "word/media/logo.png": b"\x89PNG",
        "word/theme/theme1.xml": "<a/>",
        "word/theme/_rels/theme1.xml.rels": relations(("image", "/word/Media/Logo.png")),
    }
    left = {
        "customUI/customUI.xml": "<a/>",
        "word/orphan.xml": "<a>{{ x }}</a>",
        "docProps/core.xml": "<a>{{ x }}</a>",
        "docProps/app.xml": "<a/>",
    }
    related = {RELATED: relations(("styles", "styles.xml"), ("theme", "theme/theme1.xml#a"), ("hyperlink", "#anchor"))}
    paper = render_paper(Template(word_file(block("{{ name }}"), {**kept, **left, **related})), content_of(body_of_cases()))
    assert set(read_package(paper)) == {*word_parts(), *kept, "docProps/core.xml", "docProps/app.xml"}


def test_a_relation_to_nothing_is_refused() -> None:
    with pytest.raises(TemplateFault) as refusal:
        Template(word_file(changed={RELATED: relations(("image", "media/NULL"))}))
    assert str(refusal.value) == f"{RELATED} points to word/media/NULL, which is not in the file; save it once more in Word"


@pytest.mark.parametrize(
    "styles",
    [
        "", "<w:docDefaults/>", "<w:docDefaults><w:rPrDefault><w:rPr><w:b/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>",
        '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="fr-FR" w:bidi="ar-SA"/></w:rPr></w:rPrDefault></w:docDefaults>',
    ],
)  # fmt: skip
def test_the_language_is_tagged_in_any_styles(styles: str) -> None:
    template = Template(word_file(changed={"word/styles.xml": part("styles", f'{styles}<w:style w:styleId="a"/>')}))
    root = parse_xml(read_package(render_paper(template, content_of(body_of_cases(), language="uk")))["word/styles.xml"])
    tags = root.findall("{*}docDefaults/{*}rPrDefault/{*}rPr/{*}lang")
    assert [tag.get(qn("w:val")) for tag in tags] == ["uk-UA"]
    assert [etree.QName(child).localname for child in root] == ["docDefaults", "style"]


def test_only_the_table_of_the_loop_gets_the_widths_of_the_columns() -> None:
    drawn = '<w:tbl><w:tblGrid><w:gridCol w:w="100"/><w:gridCol w:w="200"/></w:tblGrid><w:tr>{0}{1}</w:tr></w:tbl>'
    cell = '<w:tc><w:tcPr><w:tcW w:w="{}"/></w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>'
    by_hand = drawn.format(cell.format(100, "a"), cell.format(200, "b"))
    looped = (
        '<w:tbl><w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid><w:tr>' + cell.format(4000, "{%tc for item in columns %}")
        + cell.format(4000, "{{ item.title }}") + cell.format(4000, "{%tc endfor %}") + "</w:tr></w:tbl>"
    )  # fmt: skip
    root = parse_xml(read_package(render_paper(Template(word_file(by_hand + looped)), content_of(body_of_cases())))["word/document.xml"])
    assert [[column.get(qn("w:w")) for column in grid] for grid in root.iter(qn("w:tblGrid"))] == [["100", "200"], ["1000", "3000"]]
    assert [size.get(qn("w:w")) for size in root.iter(qn("w:tcW"))] == ["100", "200", "1000", "3000"]


@pytest.mark.parametrize(
    "text", ["{{ f() }}", "{{ a.__class__ }}", "{{ b['__class__'] }}", "{{ b.keys }}", "{{ a[0] }}", "{{ 'x'.upper }}"]
)
def test_the_environment_itself_lets_nothing_through(text: str) -> None:
    """The check of the parsed template comes first; this wall would stand without it."""
    with pytest.raises((UndefinedError, SecurityError)):
        ENVIRONMENT.from_string(text).render(f=print, a="text", b={"key": "value"})
