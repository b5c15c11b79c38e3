"""What is printed on a paper about the paper itself: at its places, in every template, and nothing where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from orgdocs.building.templates import packaged_template
from orgdocs.contents.content import KINDS, Content
from orgdocs.rendering.marks import NO_MARKS, Marks, group_digest
from orgdocs.rendering.packages import read_package
from orgdocs.rendering.papers import missing_texts, render_paper
from orgdocs.rendering.templates import Template, TemplateFault
from rendering.wordfiles import block, content_of, full_body, word_file

TEMPLATES = [(profile, kind) for profile in ("ua", "ru", "by", "intl") for kind in KINDS]
MARKS = Marks(
    footer=("Revision 3", "0123 4567 89ab cdef & <so on>"),
    stamp=("Approved by O. Invented", "resolution 17 of 4 March 2026"),
    draft="DRAFT",
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def lines(paper: bytes, name: str) -> list[str]:
    """The paragraphs of a part that hold text, each with its style before it."""
    found = []
    for paragraph in etree.fromstring(read_package(paper)[f"word/{name}.xml"]).iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if text := "".join(paragraph.itertext(f"{W}t")):
            found.append(f"{style.get(f'{W}val') if style is not None else ''}: {text}")
    return found


def paper_of(profile: str, kind: str, marks: Marks, **fields: object) -> tuple[Content, bytes]:
    """A paper with the words of its fields in it."""
    body = full_body(str, kind) | {"title": "title", "name": "NAME", "annex_first": [], "annex_next": ""} | fields
    content = content_of(body, kind, "uk", profile)
    return content, render_paper(Template(packaged_template(profile, kind)), content, marks)


STAMPED = {"stamp": {"word": "APPROVED", "lines": ["mayor"]}}


@pytest.mark.parametrize(("profile", "kind"), TEMPLATES)
def test_marks_stand_at_their_places_in_every_template(profile: str, kind: str, tmp_path: Path) -> None:
    content, paper = paper_of(profile, kind, MARKS, **STAMPED)
    first, *rest = lines(paper, "document")
    assert first == "Draft: DRAFT"
    at = rest.index("Stamp: mayor")
    assert rest[at - 1 : at + 4] == [
        "StampWord: APPROVED", "Stamp: mayor", *(f"Stamp: {line}" for line in MARKS.stamp), "Title: NAME",
    ]  # fmt: skip
    foot = [f"FootLine: {line}" for line in MARKS.footer]
    number = ["Footer: Page 1 of 1"] if profile == "intl" else []
    assert lines(paper, "footer1") == foot + number
    assert lines(paper, "footer2") == foot + number
    assert lines(paper, "header1") == (["Draft: DRAFT"] if profile == "intl" else ["Header: 2", "Draft: DRAFT"])
    assert lines(paper, "header2") == []
    assert missing_texts(paper, content, MARKS) == []
    (tmp_path / "paper.docx").write_bytes(paper)
    assert [str(error) for error in OpenXmlValidator().validate(tmp_path / "paper.docx").errors] == []


@pytest.mark.parametrize(("profile", "kind"), TEMPLATES)
def test_where_there_are_none_nothing_is_printed(profile: str, kind: str) -> None:
    content, paper = paper_of(profile, kind, NO_MARKS, **STAMPED)
    template = Template(packaged_template(profile, kind))
    assert render_paper(template, content, MARKS) != paper == render_paper(template, content)
    assert {style for name in ("document", "header1", "footer1", "footer2") for style in lines(paper, name)} & {
        "Draft: ",
        "FootLine: ",
    } == set()
    assert lines(paper, "footer1") == (["Footer: Page 1 of 1"] if profile == "intl" else [])


def test_an_annex_has_its_marks_below_its_head() -> None:
    body = {"stamp": {"word": "", "lines": []}, "annex_first": ["Annex 1", "to decision 5"], "annex_next": "Annex 1 continued"}
    _, paper = paper_of("ua", "regulation", MARKS, **body)
    assert lines(paper, "document")[:5] == [
        "Draft: DRAFT", "Annex: Annex 1", "Annex: to decision 5", *(f"Annex: {line}" for line in MARKS.stamp),
    ]  # fmt: skip
    assert lines(paper, "header1") == ["Header: 2", "Draft: DRAFT", "RunningHead: Annex 1 continued"]


def test_a_paper_without_any_stamp_has_them_above_its_name() -> None:
    _, paper = paper_of("ru", "structure", MARKS, stamp={"word": "", "lines": []}, head=["Organisation"])
    assert lines(paper, "document")[:5] == [
        "Draft: DRAFT", "Requisite: Organisation", *(f"Stamp: {line}" for line in MARKS.stamp), "Title: NAME",
    ]  # fmt: skip


def test_a_template_that_forgets_a_mark_is_found_out() -> None:
    content = content_of(full_body(str, "structure") | {"title": "title"})
    paper = render_paper(Template(word_file(block("{{ marks.draft }}"))), content, MARKS)
    assert missing_texts(paper, content, MARKS) == [*MARKS.footer, *MARKS.stamp]
    assert missing_texts(paper, content, Marks(draft="DRAFT")) == []


def test_papers_with_other_marks_in_turn_do_not_touch_each_other() -> None:
    template = Template(packaged_template("ua", "regulation"))
    content = content_of(full_body(str, "regulation") | {"title": "title"}, "regulation")
    feet = [Marks(footer=(f"Revision {number}",)) for number in (1, 2, 1)]
    first, second, third = (render_paper(template, content, marks) for marks in feet)
    assert (lines(first, "footer1"), lines(second, "footer1")) == (["FootLine: Revision 1"], ["FootLine: Revision 2"])
    assert first == third != second


def test_a_mark_that_word_cannot_keep_is_refused() -> None:
    with pytest.raises(TemplateFault, match=r"word/footer1\.xml: what comes out of it is damaged"):
        paper_of("ua", "structure", Marks(footer=("bell \a",)))


def test_digests_tell_marks_apart() -> None:
    different = [NO_MARKS, Marks(footer=("a",)), Marks(footer=("a", "")), Marks(stamp=("a",)), Marks(draft="a"), Marks(code="a")]
    assert len({marks.digest for marks in different}) == len(different)
    assert NO_MARKS.digest == ""


def test_a_digest_is_printed_in_groups_of_four() -> None:
    assert group_digest("0123456789abcdef" * 4) == "0123 4567 89ab cdef 0123 4567 89ab cdef"
    assert group_digest("abcdef") == "abcd ef"
