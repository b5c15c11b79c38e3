"""Paragraphs and tables of a template in Word's markup, with the tags that fill them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgdocs.rendering.drafting.layout import Layout, to_twips

if TYPE_CHECKING:
    from collections.abc import Callable


XMLNS_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
XMLNS_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def draw_paragraph(style: str, text: str, *, keep: bool = False, number: str = "") -> str:
    """A paragraph of a style with a text."""
    kept = "<w:keepNext/>" if keep else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}{number}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def draw_empty(style: str, *, keep: bool = False) -> str:
    """A paragraph without a text."""
    kept = "<w:keepNext/>" if keep else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}</w:pPr></w:p>'


def draw_tag(text: str) -> str:
    """A paragraph that is only a tag, and vanishes."""
    return f"<w:p><w:r><w:t>{{%p {text} %}}</w:t></w:r></w:p>"


def draw_each(name: str, style: str, *, keep: bool = False) -> str:
    """One paragraph for each text of a list."""
    return draw_tag(f"for item in {name}") + draw_paragraph(style, "{{ item }}", keep=keep) + draw_tag("endfor")


def draw_optional(name: str, style: str) -> str:
    """A paragraph that is there only if its text is."""
    return draw_tag(f"if {name}") + draw_paragraph(style, f"{{{{ {name} }}}}") + draw_tag("endif")


GUTTER = to_twips(5)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def draw_table_properties(width: int, description: str, *, ruled: bool = True) -> str:
    """Width, rules and description. The head of a ruled table is its first row; without rules, each row has its own in front."""
    borders = f"<w:tblBorders>{_BORDERS}</w:tblBorders>" if ruled else ""
    # Said here and not in a style, which LibreOffice leaves aside. Without rules the text stands in line with the margin.
    sides = (("top", 15), ("left", 57), ("bottom", 15), ("right", 57)) if ruled else (("left", 0), ("right", 0))
    margins = "".join(f'<w:{side} w:w="{space}" w:type="dxa"/>' for side, space in sides)
    return (
        f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/>{borders}<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f'<w:tblLook w:val="{"0020" if ruled else "0080"}" w:firstRow="{int(ruled)}" w:lastRow="0" w:firstColumn="{int(not ruled)}" '
        'w:lastColumn="0" w:noHBand="0" w:noVBand="0"/>'
        f'<w:tblCaption w:val="{description}"/><w:tblDescription w:val="{description}"/></w:tblPr>'
    )


def draw_grid(widths: list[int]) -> str:
    """The widths of the columns of a table."""
    return "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"


def draw_row(cells: str, *, header: bool = False, height: int = 0, whole: bool = True) -> str:
    """A row, which does not break across pages if it is to stay whole."""
    size = f'<w:trHeight w:val="{height}"/>' if height else ""
    marks = ("<w:cantSplit/>" if whole else "") + size + ("<w:tblHeader/>" if header else "")
    return f"<w:tr>{f'<w:trPr>{marks}</w:trPr>' if marks else ''}{cells}</w:tr>"


def draw_cell(width: int, paragraphs: str, *, align: str = "") -> str:
    """A cell with its paragraphs."""
    aligned = f'<w:vAlign w:val="{align}"/>' if align else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{aligned}</w:tcPr>{paragraphs}</w:tc>'


def draw_row_tag(text: str, columns: int, width: int) -> str:
    """A row that is only a tag, and vanishes."""
    first = f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>{{%tr {text} %}}</w:t></w:r></w:p></w:tc>'
    rest = draw_cell(width, "<w:p/>") * (columns - 1)
    return f"<w:tr>{first}{rest}</w:tr>"


def draw_kept_if(condition: str, loop: str, row: Callable[..., str], widths: list[int]) -> str:
    """A loop over rows, of which those stay with what follows for which the condition holds."""
    tags = [draw_row_tag(tag, len(widths), widths[0]) for tag in (f"for {loop}", f"if {condition}", "else", "endif", "endfor")]
    return tags[0] + tags[1] + row(keep=True) + tags[2] + row(keep=False) + tags[3] + tags[4]


def draw_signatures(name: str, layout: Layout, followed: str) -> str:
    """A row for each signatory: the post on the left, on its last line the place to sign and the name.

    All rows stay with the next, the last one only if ``followed`` holds, so that nobody signs on a page of their own.
    """
    widths = [layout.stamp, layout.text_width - layout.stamp]

    def row(*, keep: bool) -> str:
        post = draw_cell(widths[0], draw_paragraph("SignaturePost", "{{ item.post }}", keep=keep), align="bottom")
        # The paragraphs stay whole by themselves; LibreOffice keeps no table with the next whose rows are told to.
        return draw_row(post + draw_cell(widths[1], draw_paragraph("Signature", "{{ item.line }}", keep=keep), align="bottom"), whole=False)

    rows = draw_kept_if(f"not loop.last or {followed}" if followed else "not loop.last", f"item in {name}", row, widths)
    table = f"<w:tbl>{draw_table_properties(sum(widths), layout.tables['signatures'], ruled=False)}{draw_grid(widths)}{rows}</w:tbl>"
    behind = draw_empty("AfterTable")
    if followed:
        behind = draw_tag(f"if {followed}") + draw_empty("AfterTable", keep=True) + draw_tag("else") + behind + draw_tag("endif")
    return draw_tag(f"if {name}") + table + behind + draw_tag("endif")
