"""What stands on every page: its size and margins, heads and feet with the number of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orgdocs.rendering.drafting.layout import Layout
from orgdocs.rendering.drafting.markup import XMLNS_R, XMLNS_W, draw_each, draw_empty, draw_optional, draw_paragraph, draw_tag
from orgdocs.rendering.packages import DECLARATION

if TYPE_CHECKING:
    from orgdocs.profiles import Profile


def draw_section_properties(layout: Layout) -> str:
    """The size and margins of the sheet, and which head and foot stands where."""
    turned = ' w:orient="landscape"' if layout.width > layout.height else ""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="first" r:id="rId6"/>'
        '<w:footerReference w:type="default" r:id="rId5"/><w:footerReference w:type="first" r:id="rId7"/>'
        f'<w:pgSz w:w="{layout.width}" w:h="{layout.height}"{turned}/>'
        f'<w:pgMar w:top="{layout.top}" w:right="{layout.right}" w:bottom="{layout.bottom}" w:left="{layout.left}" '
        f'w:header="{layout.header}" w:footer="{layout.header}" w:gutter="0"/><w:titlePg/></w:sectPr>'
    )


def draw_part(element: str, body: str) -> str:
    """A head or foot as a part of the file."""
    return f"{DECLARATION}<w:{element} {XMLNS_W} {XMLNS_R}>{body}</w:{element}>"


def _field(code: str, shown: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _page_number() -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{_field("PAGE", "2")}</w:p>'


def draw_page_of_pages(profile: Profile) -> str:
    """The number of the page and how many there are, in the words of the profile."""
    words: dict[str, Any] = profile.data["words"].get("pages", {"page": "Page", "of": "of"})
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t xml:space="preserve">{words["page"]} </w:t></w:r>{_field("PAGE", "1")}'
        f'<w:r><w:t xml:space="preserve"> {words["of"]} </w:t></w:r>{_field("NUMPAGES", "1")}</w:p>'
    )


def draw_first_head() -> str:
    """The head of the first page: the emblem, as far from the edge of the sheet as the numbers of the other pages."""
    return draw_tag("if emblem") + draw_paragraph("Emblem", "{{ emblem }}") + draw_tag("else") + draw_empty("Header") + draw_tag("endif")


def draw_later_head(*, at_top: bool, annexed: bool) -> str:
    """The head of the second page and those after it: its number, the word for a draft, the running head of an annex."""
    running = draw_optional("annex_next", "RunningHead") if annexed else ""
    if at_top:
        return _page_number() + draw_optional("marks.draft", "Draft") + running
    return (
        draw_tag("if marks.draft")
        + draw_paragraph("Draft", "{{ marks.draft }}")
        + draw_tag("else")
        + draw_empty("Header")
        + draw_tag("endif")
        + running
    )


def draw_foot(number: str, *, first: bool = False) -> str:
    """The foot of a page: the lines of the marks, on the first page the QR code, the number of the page.

    Where all of that is missing there is the paragraph that Word demands.
    """
    marks = draw_each("marks.footer", "FootLine") + (draw_optional("marks.code", "Code") if first else "")
    return marks + (number or draw_tag("if not marks.footer and not marks.code") + draw_empty("Footer") + draw_tag("endif"))
