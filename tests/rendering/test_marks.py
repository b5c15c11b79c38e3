"""What is printed on a paper about the paper itself: at its places, in every template, and nothing where there is none."""

from __future__ import annotations

import hashlib
import struct
import zlib
from pathlib import Path

import pytest
import segno
from lxml import etree
from openxml_audit import OpenXmlValidator

from orgdocs.building.templates import packaged_template
from orgdocs.contents.content import KINDS, Content
from orgdocs.profiles import PROFILES
from orgdocs.rendering.codes import draw_code
from orgdocs.rendering.expressions import TemplateFault
from orgdocs.rendering.marks import NO_MARKS, Marks, code_of, group_digest
from orgdocs.rendering.packages import read_package
from orgdocs.rendering.papers import missing_texts, render_paper
from orgdocs.rendering.templates import Template
from rendering.wordfiles import block, content_of, full_body, word_file

TEMPLATES = [(profile, kind) for profile in PROFILES for kind in KINDS]
MARKS = Marks(
    footer=("Revision 3", "0123 4567 89ab cdef & <so on>"),
    stamp=("Approved by O. Invented", "resolution 17 of 4 March 2026"),
    draft="DRAFT",
    code="orgdocs:office/structure/office:0123456789abcdef",
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
    assert missing_texts(paper, content, MARKS) == [*MARKS.footer, *MARKS.stamp, MARKS.code]
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


# -- QR codes -------------------------------------------------------------------------------------------------------


def read_pixels(png: bytes) -> list[list[bool]]:
    """The pixels of a PNG as our codes are made, dark ones True: eight to a byte, without a filter."""
    across, down = struct.unpack(">II", png[16:24])
    lines = zlib.decompress(png[41 : 41 + int.from_bytes(png[33:37], "big")])
    width = (across + 7) // 8 + 1
    assert len(lines) == width * down
    assert set(lines[::width]) == {0}
    return [
        [not lines[row * width + 1 + column // 8] >> (7 - column % 8) & 1 for column in range(across)] for row in range(down)
    ]  # fmt: skip


def test_a_code_is_what_segno_says_with_its_margin_and_square() -> None:
    pixels = read_pixels(draw_code(MARKS.code))
    code = segno.make(MARKS.code, error="m", micro=False, boost_error=False)
    assert [row[::6] for row in pixels[::6]] == [[bool(module) for module in row] for row in code.matrix_iter(border=4)]
    assert all(row == pixels[index // 6 * 6] for index, row in enumerate(pixels))


def test_the_bytes_of_a_code_are_known() -> None:
    assert hashlib.sha256(draw_code(MARKS.code)).hexdigest() == "2f3a830681d7f08845d8a409bc15ae9ad8b5a61d7731ab0c6c354b986789ffe9"


def test_the_code_stands_at_the_foot_of_the_first_page_only_and_says_what_it_is() -> None:
    _, paper = paper_of("ru", "job-description", MARKS)
    parts = read_package(paper)
    assert parts["word/media/orgdocs-code.png"] == draw_code(MARKS.code)
    assert [name for name, data in parts.items() if b"rIdOrgdocsCode" in data] == ["word/_rels/footer2.xml.rels", "word/footer2.xml"]
    drawing = etree.fromstring(parts["word/footer2.xml"]).find(f".//{W}drawing/{{*}}inline")
    assert drawing is not None
    assert dict(drawing.find("{*}extent").attrib) == {"cx": "756000", "cy": "756000"}  # 21 mm
    assert drawing.find("{*}docPr").get("descr") == f"QR: {MARKS.code}"


def test_a_template_may_print_the_code_anywhere_and_who_does_not_has_no_part_for_it() -> None:
    content = content_of(full_body(str, "structure") | {"title": "title"})
    body = block("before {{ marks.code }} behind")
    parts = read_package(render_paper(Template(word_file(body)), content, MARKS))
    paragraph = etree.fromstring(parts["word/document.xml"]).find(f".//{W}p")
    assert ["".join(run.itertext()) or [node.tag.rpartition("}")[2] for node in run] for run in paragraph] == [
        "before ", ["drawing"], " behind",
    ]  # fmt: skip
    assert b"orgdocs-code.png" in parts["word/_rels/document.xml.rels"]
    assert not [name for name in read_package(render_paper(Template(word_file()), content, MARKS)) if "media" in name]


def test_a_code_in_capitals_is_no_code() -> None:
    with pytest.raises(TemplateFault):
        render_paper(Template(word_file(block("{{ marks.code|upper }}"))), content_of(full_body(str, "structure")), MARKS)


def test_the_code_names_paper_and_digest() -> None:
    content = content_of(full_body(str, "structure"), "structure")
    assert code_of(content) == f"orgdocs:office/structure/clerk:{content.digest[:32]}"
