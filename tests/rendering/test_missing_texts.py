"""The proof that nothing is lost finds what a template forgets, also where the same text stands elsewhere."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from itertools import count

import pytest

from orgdocs.building.templates import packaged_template
from orgdocs.contents.content import KINDS
from orgdocs.rendering.packages import compress_package, read_package, write_package
from orgdocs.rendering.papers import missing_texts, render_paper, texts_of
from orgdocs.rendering.templates import Template
from rendering.wordfiles import block, content_of, full_body, part, with_parts, word_file

PRINTING = re.compile(r"<w:p>(?:(?!<w:p>).)*?\{\{ ([\w.\[\]]+) \}\}.*?</w:p>")


def without(template: bytes, name: str, start: int, end: int) -> bytes:
    """A template in which one paragraph has been emptied."""
    parts = read_package(template)
    text = parts[name].decode()
    parts[name] = (text[:start] + "<w:p/>" + text[end:]).encode()
    return write_package(parts)


def numbered() -> Callable[[], str]:
    """A source of texts of which none is a part of another."""
    numbers = count(1)
    return lambda: f"text {next(numbers):03}"


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_that_is_forgotten_is_found(kind: str) -> None:
    template = packaged_template("ua", kind)
    content = content_of(full_body(numbered(), kind), kind, "uk", "ua")
    every = set(texts_of(content.body))
    assert missing_texts(render_paper(Template(template), content), content) == []
    found: set[str] = set()
    for name, part_of in read_package(template).items():
        for paragraph in PRINTING.finditer(part_of.decode()) if name.endswith(".xml") else []:
            missing = missing_texts(render_paper(Template(without(template, name, *paragraph.span())), content), content)
            assert not found & set(missing)  # each text is printed by one paragraph
            found |= set(missing)
    assert found == every


def lost(body: str, **fields: object) -> list[str]:
    """What a template of our own does not print of a content with these fields, and a title."""
    content = content_of({**full_body(str, "job-description"), "title": "title", **fields})  # every other text is empty
    return missing_texts(render_paper(Template(word_file(body)), content), content)


def test_the_same_text_elsewhere_hides_no_loss() -> None:
    assert lost(block("{{ name }}"), name="clerk", agreed_word="clerk") == ["clerk"]
    assert lost(block("{{ name }}") + block("{{ agreed_word }}"), name="clerk", agreed_word="clerk") == []


def test_a_longer_text_hides_no_loss() -> None:
    assert lost(block("{{ name }}"), name="head of the clerks", agreed_word="clerk") == ["clerk"]
    assert lost(block("{{ name }}"), name="2026", agreed_word="2") == ["2"]


def test_texts_may_share_a_paragraph() -> None:
    assert lost(block("{{ name }}: {{ agreed_word }}, {{ acquaintance }}."), name="a", agreed_word="ab", acquaintance="abc") == []
    assert lost(block("{{ name }}: {{ agreed_word }}."), name="a", agreed_word="ab", acquaintance="abc") == ["abc"]
    assert lost(block("Post: {{ name }}"), name="a", agreed_word="a") == ["a"]


def test_capitals_are_the_same_text() -> None:
    assert lost(block("{{ name|upper }}"), name="посада") == []


def test_what_fields_show_is_no_text() -> None:
    shown = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        '<w:p><w:fldSimple w:instr="PAGE"><w:r><w:t>2</w:t></w:r></w:fldSimple></w:p>'
    )
    assert lost(shown, name="2") == ["2"]
    assert lost(shown + block("{{ name }}"), name="2") == []


def test_texts_are_found_in_headers_and_text_boxes_and_runs() -> None:
    assert lost(block("{{ na¦me }}") + block("a ¦{{ agreed_word }}"), name="one two", agreed_word="three") == []
    box = f"<w:p><w:r><w:pict><w:txbxContent>{block('{{ name }}')}</w:txbxContent></w:pict><w:t>{{{{ agreed_word }}}}</w:t></w:r></w:p>"
    assert lost(box, name="one", agreed_word="two") == []
    content = content_of({**full_body(str, "job-description"), "title": "title", "annex_next": "head"})
    template = with_parts("<w:p/>", ("header", "header1.xml", part("hdr", block("{{ annex_next }}"))))
    assert missing_texts(render_paper(Template(template), content), content) == []


def test_breaks_and_tabs_and_spaces_count() -> None:
    assert lost(block("{{ name }}"), name=" a\n\tb  ") == []


def test_a_changed_title_is_found() -> None:
    content = content_of({**full_body(str, "job-description"), "title": "title"})
    paper = render_paper(Template(word_file()), content)
    assert missing_texts(paper, content) == []
    other = content_of({**full_body(str, "job-description"), "title": "other"})
    assert missing_texts(paper, other) == ["other"]


def test_compressed_papers_are_read_too() -> None:
    content = content_of({**full_body(str, "job-description"), "title": "title", "name": "clerk"})
    paper = compress_package(render_paper(Template(word_file(block("{{ name }}"))), content))
    assert zipfile.is_zipfile(io.BytesIO(paper))
    assert missing_texts(paper, content) == []
