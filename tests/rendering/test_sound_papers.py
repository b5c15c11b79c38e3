"""Every template and every paper is sound by an Open XML validator, and well made for whoever reads it with aids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from orgdocs.building.templates import packaged_template
from orgdocs.contents.content import KINDS, Content
from orgdocs.language import LOCALES
from orgdocs.profiles import PROFILES
from orgdocs.project import open_project
from orgdocs.rendering.packages import read_package
from orgdocs.rendering.papers import missing_texts, render_paper
from orgdocs.rendering.templates import Template
from orgdocs.sources import read_work_tree
from rendering.nasty import texts
from rendering.wordfiles import content_of, full_body

ROOT = Path(__file__).parents[2]
BASE = ROOT / "tests" / "bases" / "small"
TEMPLATES = [(profile, kind) for profile in PROFILES for kind in KINDS]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALIDATOR = OpenXmlValidator()


def faults(data: bytes, folder: Path) -> list[str]:
    """What the validator has to say of a Word file."""
    path = folder / "paper.docx"
    path.write_bytes(data)
    return [str(error) for error in VALIDATOR.validate(path).errors]


@pytest.mark.parametrize(("profile", "kind"), TEMPLATES)
def test_templates_and_papers_full_or_empty_are_valid(profile: str, kind: str, tmp_path: Path) -> None:
    template = packaged_template(profile, kind)
    assert faults(template, tmp_path) == []
    prepared = Template(template)
    for body in (full_body(texts(), kind), full_body(str, kind) | {"title": "title"}):
        assert faults(render_paper(prepared, content_of(body, kind, "uk", profile)), tmp_path) == []


@pytest.fixture(scope="module")
def papers() -> list[tuple[Content, bytes]]:
    """All papers of the repository's own registry and of the small one."""
    contents = [content for root in (ROOT, BASE) for content in open_project(read_work_tree(root)).contents.values()]
    templates = {key: Template(packaged_template(*key)) for key in TEMPLATES}
    return [(content, render_paper(templates[content.profile, content.paper.kind], content)) for content in contents]


def test_own_papers_are_valid(papers: list[tuple[Content, bytes]], tmp_path: Path) -> None:
    assert len(papers) > 100
    assert {str(content.paper): found for content, paper in papers if (found := faults(paper, tmp_path))} == {}


def test_own_papers_are_whole(papers: list[tuple[Content, bytes]]) -> None:
    assert {str(content.paper): missing for content, paper in papers if (missing := missing_texts(paper, content))} == {}


def test_own_papers_are_well_made(papers: list[tuple[Content, bytes]]) -> None:
    assert {str(content.paper): found for content, paper in papers if (found := list(look(content, paper)))} == {}


def look(content: Content, paper: bytes) -> Iterator[str]:
    """What is wrong with how a paper is made."""
    parts = read_package(paper)
    roots = {name: etree.fromstring(data) for name, data in parts.items() if name.endswith((".xml", ".rels"))}
    for name, root in roots.items():
        if any(re.search(r"\{\{|\{%|\{#|%\}", text) for node in root.iter() for text in (node.text or "", *map(str, node.attrib.values()))):
            yield f"{name}: a mark of the template is left"
        if name.endswith(".rels") and any(item.get("TargetMode") and not item.get("Type", "").endswith("/hyperlink") for item in root):
            yield f"{name}: it points outside"
    title = roots["docProps/core.xml"].findtext("{http://purl.org/dc/elements/1.1/}title")
    if not title or title != content.body["title"]:
        yield f"the title is {title!r}"
    language = roots["word/styles.xml"].find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    if language is None or language.get(f"{W}val") != LOCALES[content.paper.language]:
        yield "the language is not tagged"
    body = roots["word/document.xml"][0]
    yield from look_at_headings(body)
    yield from look_at_tables(body)
    yield from look_at_empty_paragraphs(body)


def style(paragraph: etree._Element) -> str:
    """The style of a paragraph."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return str(found.get(f"{W}val")) if found is not None else ""


def look_at_headings(body: etree._Element) -> Iterator[str]:
    """Headings begin with the first level, and none is skipped on the way down."""
    level = 0
    for paragraph in body.iter(f"{W}p"):
        if match := re.fullmatch(r"Heading(\d)", style(paragraph)):
            if int(match[1]) > level + 1:
                yield f"heading {match[1]} follows heading {level}"
            level = int(match[1])


def look_at_tables(body: etree._Element) -> Iterator[str]:
    """Tables have rows that do not break and a description; those with lines, which hold data, a head that is marked."""
    for table in body.iter(f"{W}tbl"):
        lined = table.find(f"{W}tblPr/{W}tblBorders") is not None
        if lined and next(table.iter(f"{W}tr")).find(f"{W}trPr/{W}tblHeader") is None:
            yield "a table has no head"
        if lined and any(row.find(f"{W}trPr/{W}cantSplit") is None for row in table.iter(f"{W}tr")):
            yield "a row may break"
        described = [table.find(f"{W}tblPr/{W}{name}") for name in ("tblCaption", "tblDescription")]
        if any(node is None or not node.get(f"{W}val") for node in described):
            yield "a table is not described"


def look_at_empty_paragraphs(body: etree._Element) -> Iterator[str]:
    """No empty paragraph but the tiny one that Word wants behind a table, and those in cells to be filled in."""
    for paragraph in body.iterchildren(f"{W}p"):
        if "".join(paragraph.itertext(f"{W}t")):
            continue
        before = paragraph.getprevious()
        if style(paragraph) != "AfterTable" or before is None or before.tag != f"{W}tbl":
            yield f"an empty paragraph in {style(paragraph) or 'Normal'}"
