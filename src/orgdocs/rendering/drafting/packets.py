"""The drawing of the template of the decision packet: changes, tables side by side, and the drafts of acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgdocs.contents.packet import PACKET
from orgdocs.rendering.drafting.files import draft, write_document
from orgdocs.rendering.drafting.layout import Layout
from orgdocs.rendering.drafting.markup import (
    draw_cell,
    draw_each,
    draw_empty,
    draw_grid,
    draw_optional,
    draw_paragraph,
    draw_row,
    draw_row_tag,
    draw_signatures,
    draw_table_properties,
    draw_tag,
)

if TYPE_CHECKING:
    from orgdocs.profiles import Profile

LEVELS = ["%1.", "%2.", "%2.%3.", "", "–"]
"""Sections are numbered through the packet, the points of each act from 1."""

_LOOKS = {"removed": "<w:strike/>", "added": "<w:b/><w:bCs/>"}


def draft_packet_template(profile: Profile) -> bytes:
    """The Word file of the template for packets."""
    tables: dict[str, str] = profile.data[PACKET]["tables"]

    def draw(layout: Layout) -> str:
        body = [
            draw_paragraph("Title", "{{ name }}", keep=True),
            draw_each("subject", "Subtitle", keep=True),
            draw_each("packet.intro", "Preamble"),
            _changes(),
            _table("packet.totals", [40, 20, 20, 20], layout, tables["totals"]),
            _comparison(layout, tables["comparison"]),
            _table("packet.papers", [31, 22, 23, 24], layout, tables["papers"]),
            _orders(layout),
        ]
        return write_document("".join(body), layout)

    return draft(profile, LEVELS, draw, landscape=False, annexed=False)


def _changes() -> str:
    return (
        draw_tag("if packet.changes.groups")
        + draw_paragraph("Heading1", "{{ packet.changes.heading }}")
        + draw_tag("for group in packet.changes.groups")
        + f'<w:p><w:pPr><w:pStyle w:val="Lead"/></w:pPr>{_run("{{ group.heading }}", _LOOKS["added"])}</w:p>'
        + draw_tag("for change in group.changes")
        + _words("Dash", "change.words")
        + draw_tag("endfor")
        + draw_tag("endfor")
        + draw_tag("endif")
    )


def _words(style: str, name: str) -> str:
    """A paragraph of words, of which those that came are bold and those that went are struck."""
    marked = "".join(
        _run(f"{{%r {'elif' if index else 'if'} word.state == '{state}' %}}") + _run("{{ word.text }}", looks)
        for index, (state, looks) in enumerate(_LOOKS.items())
    )
    runs = (
        _run(f"{{%r for word in {name} %}}")
        + marked
        + _run("{%r else %}")
        + _run("{{ word.text }}")
        + _run("{%r endif %}")
        + _run("{%r endfor %}")
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _run(text: str, looks: str = "") -> str:
    return f"<w:r>{f'<w:rPr>{looks}</w:rPr>' if looks else ''}<w:t>{text}</w:t></w:r>"


def _widths(shares: list[int], layout: Layout) -> list[int]:
    widths = [layout.text_width * share // 100 for share in shares[:-1]]
    return [*widths, layout.text_width - sum(widths)]


def _heading_row(widths: list[int]) -> str:
    """A row with one text over all columns."""
    spans = f'<w:tcW w:w="{sum(widths)}" w:type="dxa"/><w:gridSpan w:val="{len(widths)}"/>'
    return draw_row(f"<w:tc><w:tcPr>{spans}</w:tcPr>{draw_paragraph('TableUnit', '{{ row.text }}', keep=True)}</w:tc>")


def _frame(name: str, widths: list[int], cells: str, description: str, *, whole: bool = True) -> str:
    """A section with a table: head, rows that are headings, and rows with cells."""
    head = "".join(
        draw_cell(width, draw_paragraph("TableHead", f"{{{{ {name}.columns[{index}] }}}}")) for index, width in enumerate(widths)
    )
    tags = [
        draw_row_tag(text, len(widths), widths[0])
        for text in (f"for row in {name}.rows", "if row.style == 'heading'", "else", "endif", "endfor")
    ]
    rows = tags[0] + tags[1] + _heading_row(widths) + tags[2] + draw_row(cells, whole=whole) + tags[3] + tags[4]
    table = f"<w:tbl>{draw_table_properties(sum(widths), description)}{draw_grid(widths)}{draw_row(head, header=True)}{rows}</w:tbl>"
    heading = draw_paragraph("Heading1", f"{{{{ {name}.heading }}}}")
    return draw_tag(f"if {name}.rows") + heading + table + draw_empty("AfterTable") + draw_tag("endif")


def _table(name: str, shares: list[int], layout: Layout, description: str) -> str:
    """A table of texts whose first column says what a row is about."""
    widths = _widths(shares, layout)
    figures = name == "packet.totals"
    cells = "".join(
        draw_cell(width, draw_paragraph("TableNumber" if figures and index else "TableText", f"{{{{ row.cells[{index}] }}}}"))
        for index, width in enumerate(widths)
    )
    return _frame(name, widths, cells, description)


def _comparison(layout: Layout, description: str) -> str:
    widths = _widths([16, 42, 42], layout)
    texts = (draw_paragraph("TableText", "{{ row.text }}"), _words("TableText", "row.before"), _words("TableText", "row.after"))
    cells = "".join(draw_cell(width, text) for width, text in zip(widths, texts, strict=True))
    return _frame("packet.comparison", widths, cells, description, whole=False)


def _orders(layout: Layout) -> str:
    return (
        draw_tag("for order in packet.orders")
        + draw_paragraph("Heading1", "{{ order.heading }}", number="<w:pageBreakBefore/>")
        + draw_paragraph("Requisite", "{{ order.issuer }}", keep=True)
        + draw_paragraph("Title", "{{ order.word }}", keep=True)
        + draw_each("order.requisites", "Requisite", keep=True)
        + draw_paragraph("Subtitle", "{{ order.about }}", keep=True)
        + draw_paragraph("Preamble", "{{ order.preamble }}")
        + draw_optional("order.verb", "Lead")
        + draw_tag("for point in order.points")
        + draw_paragraph("Clause", "{{ point.text }}")
        + draw_tag("for entry in point.entries")
        + draw_paragraph("Item", "{{ entry }}")
        + draw_tag("endfor")
        + draw_tag("endfor")
        + draw_signatures("order.signatures", layout, "")
        + draw_tag("endfor")
    )
