"""The two ways to number clauses: anew in each section, or through the whole paper; both are Word's own lists."""

from __future__ import annotations

import pytest
from lxml import etree

from orgdocs.building.templates import packaged_template
from orgdocs.contents.content import empty_body
from orgdocs.rendering.packages import read_package
from orgdocs.rendering.papers import render_paper
from orgdocs.rendering.templates import Template
from rendering.wordfiles import content_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SECTIONS = [
    {"heading": "First", "lead": "", "blocks": [{"style": "clause", "text": "a"}, {"style": "item", "text": "b"}]},
    {"heading": "Second", "lead": "", "blocks": [{"style": "clause", "text": "c"}, {"style": "clause", "text": "d"}]},
]
NUMBERED = {
    ("ua", ""): ["%1. First", "%1.%2. a", "%3) b", "%1. Second", "%1.%2. c", "%1.%2. d"],
    ("ua", "continuous"): [" First", "%1. a", "%2) b", " Second", "%1. c", "%1. d"],
    ("ru", "continuous"): [" First", "%1. a", "– b", " Second", "%1. c", "%1. d"],
    ("by", ""): [" First", "%1. a", "%1.%2. b", " Second", "%1. c", "%1. d"],
    ("by", "sections"): ["%1. First", "%1.%2. a", "%1.%2.%3. b", "%1. Second", "%1.%2. c", "%1.%2. d"],
    ("by-be", "sections"): ["%1. First", "%1.%2. a", "%1.%2.%3. b", "%1. Second", "%1.%2. c", "%1.%2. d"],
    ("intl", "continuous"): [" First", "%1. a", "(%2) b", " Second", "%1. c", "%1. d"],
}


@pytest.mark.parametrize(("profile", "numbering"), NUMBERED)
def test_patterns_of_numbers(profile: str, numbering: str) -> None:
    body = {**empty_body(), "sections": SECTIONS, "numbering": numbering}
    parts = read_package(render_paper(Template(packaged_template(profile, "job-description")), content_of(body, profile=profile)))
    assert _numbered(parts) == NUMBERED[profile, numbering]


def _numbered(parts: dict[str, bytes]) -> list[str]:
    """The texts of headings, clauses and items, each after the pattern of its number."""
    lists = _patterns(etree.fromstring(parts["word/numbering.xml"]))
    styles = {style.get(f"{_W}styleId"): style for style in etree.fromstring(parts["word/styles.xml"]).iter(f"{_W}style")}
    found = []
    for paragraph in etree.fromstring(parts["word/document.xml"]).iter(f"{_W}p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle").get(f"{_W}val")
        if style not in {"Heading1", "Clause", "Item"}:
            continue
        own, inherited = (node.find(f"{_W}pPr/{_W}numPr") for node in (paragraph, styles[style]))
        levels, ids = (
            [node.find(name).get(f"{_W}val") for node in (own, inherited) if node is not None and node.find(name) is not None]
            for name in (f"{_W}ilvl", f"{_W}numId")
        )
        # What a paragraph does not say itself it has from its style, the level as well.
        pattern = lists[ids[0], levels[0] if levels else "0"] if ids else ""
        found.append(f"{pattern} {''.join(paragraph.itertext())}")
    return found


def _patterns(numbering: etree._Element) -> dict[tuple[str, str], str]:
    """The pattern of each level of each list."""
    abstract = {item.get(f"{_W}abstractNumId"): item for item in numbering.iter(f"{_W}abstractNum")}
    return {
        (number.get(f"{_W}numId"), level.get(f"{_W}ilvl")): level.find(f"{_W}lvlText").get(f"{_W}val")
        for number in numbering.iter(f"{_W}num")
        for level in abstract[number.find(f"{_W}abstractNumId").get(f"{_W}val")].iter(f"{_W}lvl")
    }
