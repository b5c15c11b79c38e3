"""The bodies of templates for papers: head, sections, tables, signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgdocs.rendering.drafting.files import draft, write_document
from orgdocs.rendering.drafting.layout import Layout, to_twips
from orgdocs.rendering.drafting.markup import (
    draw_cell,
    draw_each,
    draw_empty,
    draw_grid,
    draw_kept_if,
    draw_optional,
    draw_paragraph,
    draw_row,
    draw_row_tag,
    draw_signatures,
    draw_table_properties,
    draw_tag,
)
from orgdocs.rendering.drafting.numbering import LEVEL_STYLES, UNNUMBERED, number_of, other_levels

if TYPE_CHECKING:
    from orgdocs.profiles import Profile


TABLE_KINDS = frozenset({"staffing-table", "structure", "familiarisation-sheet", "familiarisation-journal", "review-list"})
"""Papers whose body is a table."""
_LANDSCAPE = frozenset({"staffing-table", "familiarisation-journal", "review-list"})
_SIGNED = frozenset({"familiarisation-sheet", "familiarisation-journal"})
"""Papers in whose rows people sign: each row has room for it."""
_ROOM_TO_SIGN = 454  # 8 mm


def draft_template(profile: Profile, kind: str) -> bytes:
    """The Word file of the template for a kind of paper."""
    paper = profile.data["papers"][kind]
    date_first = profile.data["page"]["date"] == "above" and kind not in TABLE_KINDS

    def draw(layout: Layout) -> str:
        return _document(kind, layout, paper["levels"], date_first=date_first)

    return draft(profile, paper["levels"], draw, landscape=kind in _LANDSCAPE, annexed="annex" in paper)


_BLOCKS = {"clause": "Clause", "item": "Item", "subitem": "Subitem", "dash": "Dash", "paragraph": "BodyText"}


def _document(kind: str, layout: Layout, levels: list[str], *, date_first: bool) -> str:
    subject, date = draw_each("subject", "Subtitle", keep=True), draw_each("below", "Requisite", keep=date_first)
    body = [
        draw_optional("marks.draft", "Draft"),
        draw_each("annex_first", "Annex"),
        draw_each("head", "Requisite", keep=True),
        draw_tag("if stamp.word"),
        draw_paragraph("StampWord", "{{ stamp.word }}", keep=True),
        draw_tag("endif"),
        draw_each("stamp.lines", "Stamp"),
        draw_paragraph("Title", "{{ name }}", keep=True),
        *((date, subject) if date_first else (subject, date)),
        draw_each("preamble", "Preamble"),
    ]
    if kind in TABLE_KINDS:
        body.append(_table(layout, layout.tables[kind], height=_ROOM_TO_SIGN if kind in _SIGNED else 0))
    else:
        other = other_levels(levels)
        numbers = {style: number_of(other, index, 2) or UNNUMBERED for index, style in enumerate(LEVEL_STYLES)}
        body += [draw_tag("if numbering"), _sections(layout, numbers), draw_tag("else"), _sections(layout, {}), draw_tag("endif")]
    # What is signed stays together: nobody signs, agrees or reads on a page of their own, unless the sheet is long.
    sheet = f"acquaintance and acquaintance_rows|length in {_SHORT_SHEETS}" if kind == "job-description" else ""
    body += [
        draw_each("closing", "BodyText", keep=True),
        draw_signatures("signatures", layout, f"agreed or {sheet}" if sheet else "agreed"),
        draw_tag("if agreed"),
        draw_paragraph("AgreedWord", "{{ agreed_word }}", keep=True),
        draw_signatures("agreed", layout, sheet),
        draw_tag("endif"),
    ]
    if kind == "job-description":
        body.append(_acquaintance(layout))
    return write_document("".join(body), layout)


_SHORT_SHEETS = list(range(1, 13))
"""Rows of a familiarisation sheet that stays on the page of the signatures: a longer one is a sheet of its own."""


def _sections(layout: Layout, numbers: dict[str, str]) -> str:
    """The sections in a loop. Their numbers are those of the styles, unless others are given by style."""
    return "".join(
        [
            draw_tag("for section in sections"),
            draw_paragraph("Heading1", "{{ section.heading }}", number=numbers.get("Heading1", "")),
            draw_optional("section.lead", "Lead"),
            draw_tag("for block in section.blocks"),
            draw_tag("if block.style == 'clause'"),
            draw_paragraph("Clause", "{{ block.text }}", number=numbers.get("Clause", "")),
            *(
                draw_tag(f"elif block.style == '{style}{kept}'")
                + draw_paragraph(name, "{{ block.text }}", keep=bool(kept), number=numbers.get(name, ""))
                for kept in ("", "-kept")
                for style, name in _BLOCKS.items()
                if (style, kept) != ("clause", "")
            ),
            draw_tag("elif block.style == 'relations'"),
            _relations(layout),
            draw_tag("endif"),
            draw_tag("endfor"),
            draw_tag("endfor"),
        ]
    )


def _relations(layout: Layout) -> str:
    """Receives and provides, by partner. The last row stays with what follows, be it the signature."""
    width = layout.text_width
    widths = [width * 28 // 100, width * 36 // 100, width - width * 28 // 100 - width * 36 // 100]
    head = "".join(draw_cell(size, draw_paragraph("TableHead", f"{{{{ block.columns[{index}] }}}}")) for index, size in enumerate(widths))

    def row(*, keep: bool) -> str:
        keys = zip(widths, ("with", "receives", "provides"), strict=True)
        return draw_row("".join(draw_cell(size, draw_paragraph("TableText", f"{{{{ row.{key} }}}}", keep=keep)) for size, key in keys))

    rows = draw_kept_if("loop.last", "row in block.rows", row, widths)
    return (
        f"<w:tbl>{draw_table_properties(width, layout.tables['relations'])}{draw_grid(widths)}{draw_row(head, header=True)}{rows}</w:tbl>"
        + draw_empty("AfterTable", keep=True)
    )


def _acquaintance(layout: Layout) -> str:
    width = layout.text_width
    widths = [width * 8 // 100, width * 48 // 100, width * 22 // 100]
    widths.append(width - sum(widths))
    head = "".join(
        draw_cell(size, draw_paragraph("TableHead", f"{{{{ acquaintance_columns[{index}] }}}}")) for index, size in enumerate(widths)
    )
    cells = draw_cell(widths[0], draw_paragraph("TableCentre", "{{ item }}", keep=True), align="center")
    cells += "".join(draw_cell(size, draw_empty("TableText")) for size in widths[1:])
    each = (
        draw_row_tag("for item in acquaintance_rows", 4, widths[0])
        + draw_row(cells, height=to_twips(7))
        + draw_row_tag("endfor", 4, widths[0])
    )
    properties = draw_table_properties(width, layout.tables["acquaintance"])
    return (
        draw_tag("if acquaintance")
        + draw_paragraph("Acquaintance", "{{ acquaintance }}", keep=True)
        + f"<w:tbl>{properties}{draw_grid(widths)}{draw_row(head, header=True)}{each}</w:tbl>"
        + draw_empty("AfterTable")
        + draw_tag("endif")
    )


def _table(layout: Layout, description: str, height: int = 0) -> str:
    """A table whose columns come from the content: one looped cell in each row."""
    width = layout.text_width

    def looped(name: str, paragraphs: str) -> str:
        tags = [draw_cell(width, f"<w:p><w:r><w:t>{{%tc {tag} %}}</w:t></w:r></w:p>") for tag in (f"for item in {name}", "endfor")]
        return tags[0] + draw_cell(width, paragraphs) + tags[1]

    def aligned(styles: dict[str, str], *, keep: bool = False) -> str:
        """A paragraph in the style that fits the alignment of its column; the first style is for all others."""
        other, *special = styles.items()
        tags = [
            draw_tag(f"{'elif' if index else 'if'} item.align == '{align}'") + draw_paragraph(style, "{{ item.text }}", keep=keep)
            for index, (align, style) in enumerate(special)
        ]
        return "".join(tags) + draw_tag("else") + draw_paragraph(other[1], "{{ item.text }}", keep=keep) + draw_tag("endif")

    post = {"left": "TableText", "right": "TableNumber", "centre": "TableCentre"}
    total = {"left": "TableTotal", "right": "TableTotalNumber"}
    rows = [
        draw_row(looped("columns", draw_paragraph("TableHead", "{{ item.title }}")), header=True),
        draw_row(looped("columns", draw_paragraph("TableColumn", "{{ item.number }}")), header=True),
        draw_row_tag("for row in rows", 1, width),
        draw_row_tag("if row.style == 'unit'", 1, width),
        draw_row(draw_cell(width, draw_paragraph("TableUnit", "{% colspan columns|length %}{{ row.text }}"))),
        *(
            draw_row_tag(f"elif row.style == '{style}{kept}'", 1, width)
            + draw_row(looped("row.cells", aligned(styles, keep=bool(kept))), height=height)
            for style, styles in (("post", post), ("total", total))
            for kept in ("-kept", "")
            if (style, kept) != ("post", "")
        ),
        draw_row_tag("else", 1, width),
        draw_row(looped("row.cells", aligned(post)), height=height),
        draw_row_tag("endif", 1, width),
        draw_row_tag("endfor", 1, width),
    ]
    return f"<w:tbl>{draw_table_properties(width, description)}{draw_grid([width])}{''.join(rows)}</w:tbl>" + draw_empty(
        "AfterTable", keep=True
    )
