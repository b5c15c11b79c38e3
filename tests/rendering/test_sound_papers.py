"""Every template and every paper is sound by two Open XML validators, and well made for whoever reads it with aids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import ooxml_integrity
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from orgdocs.building.templates import packaged_template
from orgdocs.contents.content import KINDS, Content
from orgdocs.language import LOCALES
from orgdocs.profiles import PROFILES
from orgdocs.rendering.packages import read_package, write_package
from orgdocs.rendering.papers import missing_texts, render_paper
from orgdocs.rendering.templates import Template
from rendering.corpus import Paper, papers
from rendering.nasty import texts
from rendering.wordfiles import content_of, full_body

TEMPLATES = [(profile, kind) for profile in PROFILES for kind in KINDS]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
VALIDATOR = OpenXmlValidator()
NUMBERED = ("Heading1", "Clause", "Item", "Subitem", "Dash")
TYPED_NUMBER = re.compile(r"\s*(\d+(\.\d+)*[.)]|[-–—•*])\s")


def faults(data: bytes, folder: Path) -> list[str]:
    """What the validator has to say of a Word file."""
    path = folder / "paper.docx"
    path.write_bytes(data)
    return [str(error) for error in VALIDATOR.validate(path).errors]


def inconsistencies(data: bytes, folder: Path) -> list[str]:
    """What the second validator has to say. It looks at papers only: text that is itself markup makes it suspicious."""
    path = folder / "paper.docx"
    path.write_bytes(data)
    return [str(finding) for finding in ooxml_integrity.check(path)]


@pytest.mark.parametrize(("profile", "kind"), TEMPLATES)
def test_templates_and_papers_full_or_empty_are_valid(profile: str, kind: str, tmp_path: Path) -> None:
    template = packaged_template(profile, kind)
    assert faults(template, tmp_path) == []
    prepared = Template(template)
    for body in (full_body(texts(), kind), full_body(str, kind) | {"title": "title"}):
        assert faults(render_paper(prepared, content_of(body, kind, "uk", profile)), tmp_path) == []


def test_papers_are_valid(tmp_path: Path) -> None:
    """Two of each kind, language and organisation: the others differ in their words only."""
    kinds: dict[tuple[str, ...], list[Paper]] = {}
    for paper in papers():
        kinds.setdefault((paper.content.profile, *paper.content.paper._replace(subject="")), []).append(paper)
    chosen = [paper for alike in kinds.values() for paper in alike[:2]]
    assert len(chosen) > 60
    found = {paper.name: faults(paper.data, tmp_path) + inconsistencies(paper.data, tmp_path) for paper in chosen}
    assert {name: sentences for name, sentences in found.items() if sentences} == {}


def test_papers_are_whole() -> None:
    assert len(papers()) > 200
    assert {paper.name: missing for paper in papers() if (missing := missing_texts(paper.data, paper.content))} == {}


def test_papers_are_well_made() -> None:
    assert {paper.name: found for paper in papers() if (found := list(look(paper.content, paper.data)))} == {}


def look(content: Content, paper: bytes) -> Iterator[str]:
    """What is wrong with how a paper is made."""
    parts = read_package(paper)
    roots = {name: etree.fromstring(data) for name, data in parts.items() if name.endswith((".xml", ".rels"))}
    for name, root in roots.items():
        if any(re.search(r"\{\{|\{%|\{#|%\}", text) for node in root.iter() for text in (node.text or "", *map(str, node.attrib.values()))):
            yield f"{name}: a mark of the template is left"
        if name.endswith(".rels"):
            yield from look_at_relations(name, root)
        elif name.startswith("word/"):
            yield from look_at_pictures(name, root)
    title = roots["docProps/core.xml"].findtext("{http://purl.org/dc/elements/1.1/}title")
    if not title or title != content.body["title"]:
        yield f"the title is {title!r}"
    yield from look_at_language(roots, LOCALES[content.paper.language])
    body = roots["word/document.xml"][0]
    yield from look_at_headings(body)
    yield from look_at_numbers(body, roots["word/styles.xml"])
    yield from look_at_tables(body, cyrillic=content.paper.language != "en")
    yield from look_at_empty_paragraphs(body)


def style(paragraph: etree._Element) -> str:
    """The style of a paragraph."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return str(found.get(f"{W}val")) if found is not None else ""


def text_of(paragraph: etree._Element) -> str:
    """What stands in a paragraph."""
    return "".join(paragraph.itertext(f"{W}t"))


def look_at_relations(name: str, root: etree._Element) -> Iterator[str]:
    """Nothing lies outside of the file but links to the web and to mail addresses."""
    for item in root:
        is_link = item.get("Type", "").endswith("/hyperlink") and re.match(r"(https?|mailto):", item.get("Target", ""))
        if item.get("TargetMode") == "External" and not is_link:
            yield f"{name}: it points outside"


def look_at_pictures(name: str, root: etree._Element) -> Iterator[str]:
    """Pictures stand in the line and say what is to be seen; there are no boxes that text could hide in."""
    for drawing in root.iter(f"{W}drawing"):
        about = drawing.find(f"{WP}inline/{WP}docPr")
        if about is None:
            yield f"{name}: a picture floats"
        elif not about.get("descr"):
            yield f"{name}: a picture says nothing"
    if next(root.iter(f"{W}pict", f"{W}object", f"{W}txbxContent"), None) is not None:
        yield f"{name}: there is a box"


def look_at_language(roots: dict[str, etree._Element], locale: str) -> Iterator[str]:
    """All text is tagged with the language of the paper."""
    default = roots["word/styles.xml"].find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    if default is None or default.get(f"{W}val") != locale:
        yield "the language is not tagged"
    for name, root in roots.items():
        if any(node.get(f"{W}val") not in {locale, None} for node in root.iter(f"{W}lang")):
            yield f"{name}: something is tagged with another language"
    if roots["docProps/core.xml"].findtext("{http://purl.org/dc/elements/1.1/}language") != locale:
        yield "the properties name another language"


def look_at_headings(body: etree._Element) -> Iterator[str]:
    """There is one title; headings begin with the first level, none is skipped on the way down, and none is empty."""
    titles = [text_of(paragraph) for paragraph in body.iter(f"{W}p") if style(paragraph) == "Title"]
    if len(titles) != 1 or not titles[0].strip():
        yield f"titles: {titles}"
    level = 0
    for paragraph in body.iter(f"{W}p"):
        if match := re.fullmatch(r"Heading(\d)", style(paragraph)):
            if int(match[1]) > level + 1:
                yield f"heading {match[1]} follows heading {level}"
            level = int(match[1])
            if not text_of(paragraph).strip():
                yield "a heading is empty"


def look_at_numbers(body: etree._Element, styles: etree._Element) -> Iterator[str]:
    """Clauses and what lies below them are real lists: their numbers come from the style or the paragraph, and are not typed."""
    listed = {item.get(f"{W}styleId") for item in styles if item.find(f"{W}pPr/{W}numPr/{W}numId") is not None}
    for paragraph in body.iter(f"{W}p"):
        name = style(paragraph)
        if name not in NUMBERED:
            continue
        if TYPED_NUMBER.match(text_of(paragraph)):
            yield f"a typed number: {text_of(paragraph)[:40]}"
        if name != "Heading1" and name not in listed and paragraph.find(f"{W}pPr/{W}numPr") is None:
            yield f"{name} is no list"


def look_at_tables(body: etree._Element, *, cyrillic: bool) -> Iterator[str]:
    """Tables are described in the language of the paper; those with lines, which hold data, have a marked head and whole rows."""
    for table in body.iter(f"{W}tbl"):
        lined = table.find(f"{W}tblPr/{W}tblBorders") is not None
        if lined and next(table.iter(f"{W}tr")).find(f"{W}trPr/{W}tblHeader") is None:
            yield "a table has no head"
        if lined and any(row.find(f"{W}trPr/{W}cantSplit") is None for row in table.iter(f"{W}tr")):
            yield "a row may break"
        for node in (table.find(f"{W}tblPr/{W}{name}") for name in ("tblCaption", "tblDescription")):
            said = node.get(f"{W}val", "") if node is not None else ""
            if not said or bool(re.search("[а-яіў]", said)) != cyrillic:
                yield f"a table is described as {said!r}"


def look_at_empty_paragraphs(body: etree._Element) -> Iterator[str]:
    """No empty paragraph but the tiny one that Word wants behind a table, and those in cells to be filled in."""
    for paragraph in body.iterchildren(f"{W}p"):
        if text_of(paragraph):
            continue
        before = paragraph.getprevious()
        if style(paragraph) != "AfterTable" or before is None or before.tag != f"{W}tbl":
            yield f"an empty paragraph in {style(paragraph) or 'Normal'}"


_TEXT = r'(w:val="{}"/>(?:(?!<w:t).)*<w:t[^>]*>)[^<]*'
SPOILT = {
    "a typed number: 1.1. has": (_TEXT.format("Clause"), r"\g<1>1.1. has"),
    "a heading is empty": (_TEXT.format("Heading1"), r"\1"),
    "titles: ['']": (_TEXT.format("Title"), r"\1"),
    "heading 3 follows heading 0": ('"Heading1"', '"Heading3"'),
    "a table has no head": ("<w:tblHeader/>", ""),
    "a row may break": ("<w:cantSplit/>", ""),
    "an empty paragraph in BodyText": ("<w:body>", '<w:body><w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr></w:p>'),
    "word/document.xml: there is a box": ("<w:body>", "<w:body><w:p><w:r><w:t>a</w:t><w:pict/></w:r></w:p>"),
    "word/document.xml: a picture floats": ("<w:body>", "<w:body><w:p><w:r><w:t>a</w:t><w:drawing/></w:r></w:p>"),
    "word/document.xml: something is tagged with another language": ("<w:body>", '<w:body><w:lang w:val="de-DE"/>'),
}


@pytest.mark.parametrize("sentence", SPOILT)
def test_what_is_made_badly_is_noticed(sentence: str) -> None:
    paper = next(paper for paper in papers() if paper.name == "intl-centre-job-description-director-en")
    parts = read_package(paper.data)
    body = parts["word/document.xml"].decode()
    spoilt = re.sub(*SPOILT[sentence], body, count=1)
    assert spoilt != body
    data = write_package(parts | {"word/document.xml": spoilt.encode()})
    found = dict.fromkeys(look(paper.content, data))
    assert [told for told in found if not told.startswith("an empty paragraph in") or told == sentence] == [sentence]
