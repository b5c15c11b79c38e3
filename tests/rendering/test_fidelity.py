"""Every character of every text is in the paper, or the paper is refused; two other programs read it back."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from orgdocs.building.templates import packaged_template
from orgdocs.contents.content import KINDS, Content
from orgdocs.pictures import digest_picture
from orgdocs.project import open_project
from orgdocs.rendering.expressions import TemplateFault
from orgdocs.rendering.papers import missing_texts, render_paper, texts_of
from orgdocs.rendering.templates import Template
from orgdocs.sources import read_work_tree
from rendering.nasty import LONG, NASTY, texts
from rendering.readers import OFFICE, convert, read_by_docx, read_by_office
from rendering.wordfiles import block, content_of, full_body, part, with_parts

ROOT = Path(__file__).parents[2]
PROFILES = ("ua", "ru", "by", "intl")
TEMPLATES = [(profile, kind) for profile in PROFILES for kind in KINDS]
LANGUAGES = {"ua": "uk", "ru": "ru", "by": "be", "intl": "en"}
FRAME = {"", "2", "Page 1 of 1", "Page  of "}
"""What stands in a paper beside its texts: empty cells and heads, page numbers."""


def nasty_paper(profile: str, kind: str, last: int = 0, *, long: int = -1) -> tuple[Content, bytes]:
    """A paper with nasty texts in every place."""
    content = content_of(full_body(texts(long=long), kind, last), kind, LANGUAGES[profile], profile)
    return content, render_paper(Template(packaged_template(profile, kind)), content)


def compare(found: tuple[str, Counter[str]], content: Content) -> None:
    """The title and exactly the texts of the content are found, each as often as it is there."""
    title, paragraphs = found
    wanted = Counter(texts_of(content.body))
    assert title == content.body["title"]
    assert wanted - paragraphs == Counter()
    assert set(paragraphs - wanted) <= FRAME


@pytest.mark.parametrize(("profile", "kind"), TEMPLATES)
@pytest.mark.parametrize("last", [0, 1, 2])
def test_python_docx_reads_every_text(profile: str, kind: str, last: int) -> None:
    content, paper = nasty_paper(profile, kind, last)
    compare(read_by_docx(paper), content)
    assert missing_texts(paper, content) == []


def test_a_very_long_text_is_whole() -> None:
    assert len(LONG) == 100_000
    for title, name in ((LONG, "name"), ("title", LONG)):
        assert read_by_docx(render_paper(TEMPLATE, body(name, title))) == (title, Counter({name: 6}))


@pytest.fixture(scope="module")
def by_office(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Content, Path | None]]:
    """Nasty papers of every template, and a paper of each kind, profile and language of the reference registry."""
    papers = {f"nasty-{profile}-{kind}": nasty_paper(profile, kind, long=12 if profile == "ua" else -1) for profile, kind in TEMPLATES}
    source = read_work_tree(ROOT)
    pictures = {digest_picture(picture): picture for picture in source.pictures.values()}
    for paper, content in open_project(source).contents.items():
        name = f"own-{content.profile}-{paper.kind}-{paper.language}"
        if name not in papers:
            emblem = pictures.get(content.body["emblem"]["picture"], b"")
            papers[name] = (content, render_paper(Template(packaged_template(content.profile, paper.kind)), content, emblem=emblem))
    made = convert({name: paper for name, (_, paper) in papers.items()}, tmp_path_factory.mktemp("office"))
    return {name: (content, made.get(name)) for name, (content, _) in papers.items()}


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice, the second reader, is not installed")
def test_libreoffice_reads_every_text(by_office: dict[str, tuple[Content, Path | None]]) -> None:
    unread = [name for name, (_, path) in by_office.items() if path is None]
    assert unread == []
    for content, path in by_office.values():
        assert path is not None
        compare(read_by_office(path), content)


EVERYWHERE = with_parts(
    "<w:tbl><w:tblGrid/><w:tr><w:tc>" + block("{{ name }}") + "</w:tc></w:tr></w:tbl>" + block("{{ name }}") + "<w:sectPr/>",
    ("header", "header1.xml", part("hdr", block("{{ name }}"))),
    ("footer", "footer1.xml", part("ftr", block("{{ name }}"))),
    ("footnotes", "footnotes.xml", part("footnotes", f'<w:footnote w:id="1">{block("{{ name }}")}</w:footnote>')),
    ("endnotes", "endnotes.xml", part("endnotes", f'<w:endnote w:id="1">{block("{{ name }}")}</w:endnote>')),
)
TEMPLATE = Template(EVERYWHERE)
ALLOWED = st.characters(
    exclude_categories=["Cs"], exclude_characters="".join(map(chr, [*range(9), 11, 12, 13, *range(14, 32), 0xFFFE, 0xFFFF]))
)
REFUSED = [chr(code) for code in [*range(9), 11, 12, 13, *range(14, 32), 0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xFFFE, 0xFFFF]]


def body(name: str, title: str = "title") -> Content:
    """A content with one text, and its title."""
    return content_of({**full_body(str, "job-description"), "name": name, "title": title})


@given(text=st.text(ALLOWED, max_size=60), title=st.text(ALLOWED, max_size=30))
@example(text="", title="")
@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_comes_out_as_it_went_in(text: str, title: str) -> None:
    assert read_by_docx(render_paper(TEMPLATE, body(text, title))) == (title, Counter({text: 6}))


@pytest.mark.parametrize("text", NASTY)
def test_nasty_texts_come_out_in_notes_too(text: str) -> None:
    assert read_by_docx(render_paper(TEMPLATE, body(text, text))) == (text, Counter({text: 6}))


@pytest.mark.parametrize("sign", REFUSED, ids=lambda sign: f"U+{ord(sign):04X}")
def test_what_word_cannot_keep_is_refused(sign: str) -> None:
    for content in (body(f"a{sign}b"), body("a", f"a{sign}b")):
        with pytest.raises(TemplateFault):
            render_paper(TEMPLATE, content)
