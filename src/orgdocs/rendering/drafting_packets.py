"""The drawing of the template of the decision packet: changes, tables side by side, and the drafts of acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgdocs.contents.packet import PACKET
from orgdocs.rendering.drafting import (
    Layout,
    _cell,
    _each,
    _empty,
    _grid,
    _optional,
    _paragraph,
    _row,
    _row_tag,
    _signatures,
    _table_properties,
    _tag,
    draft,
    write_document,
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
            _paragraph("Title", "{{ name }}", keep=True),
            _each("subject", "Subtitle", keep=True),
            _each("packet.intro", "Preamble"),
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
        _tag("if packet.changes.groups")
        + _paragraph("Heading1", "{{ packet.changes.heading }}")
        + _tag("for group in packet.changes.groups")
        + f'<w:p><w:pPr><w:pStyle w:val="Lead"/></w:pPr>{_run("{{ group.heading }}", _LOOKS["added"])}</w:p>'
        + _tag("for change in group.changes")
        + _words("Dash", "change.words")
        + _tag("endfor")
        + _tag("endfor")
        + _tag("endif")
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
    return _row(f"<w:tc><w:tcPr>{spans}</w:tcPr>{_paragraph('TableUnit', '{{ row.text }}', keep=True)}</w:tc>")


def _frame(name: str, widths: list[int], cells: str, description: str, *, whole: bool = True) -> str:
    """A section with a table: head, rows that are headings, and rows with cells."""
    head = "".join(_cell(width, _paragraph("TableHead", f"{{{{ {name}.columns[{index}] }}}}")) for index, width in enumerate(widths))
    tags = [
        _row_tag(text, len(widths), widths[0])
        for text in (f"for row in {name}.rows", "if row.style == 'heading'", "else", "endif", "endfor")
    ]
    rows = tags[0] + tags[1] + _heading_row(widths) + tags[2] + _row(cells, whole=whole) + tags[3] + tags[4]
    table = f"<w:tbl>{_table_properties(sum(widths), description)}{_grid(widths)}{_row(head, header=True)}{rows}</w:tbl>"
    heading = _paragraph("Heading1", f"{{{{ {name}.heading }}}}")
    return _tag(f"if {name}.rows") + heading + table + _empty("AfterTable") + _tag("endif")


def _table(name: str, shares: list[int], layout: Layout, description: str) -> str:
    """A table of texts whose first column says what a row is about."""
    widths = _widths(shares, layout)
    figures = name == "packet.totals"
    cells = "".join(
        _cell(width, _paragraph("TableNumber" if figures and index else "TableText", f"{{{{ row.cells[{index}] }}}}"))
        for index, width in enumerate(widths)
    )
    return _frame(name, widths, cells, description)


def _comparison(layout: Layout, description: str) -> str:
    widths = _widths([16, 42, 42], layout)
    texts = (_paragraph("TableText", "{{ row.text }}"), _words("TableText", "row.before"), _words("TableText", "row.after"))
    cells = "".join(_cell(width, text) for width, text in zip(widths, texts, strict=True))
    return _frame("packet.comparison", widths, cells, description, whole=False)


def _orders(layout: Layout) -> str:
    return (
        _tag("for order in packet.orders")
        + _paragraph("Heading1", "{{ order.heading }}", number="<w:pageBreakBefore/>")
        + _paragraph("Requisite", "{{ order.issuer }}", keep=True)
        + _paragraph("Title", "{{ order.word }}", keep=True)
        + _each("order.requisites", "Requisite", keep=True)
        + _paragraph("Subtitle", "{{ order.about }}", keep=True)
        + _paragraph("Preamble", "{{ order.preamble }}")
        + _optional("order.verb", "Lead")
        + _tag("for point in order.points")
        + _paragraph("Clause", "{{ point.text }}")
        + _tag("for entry in point.entries")
        + _paragraph("Item", "{{ entry }}")
        + _tag("endfor")
        + _tag("endfor")
        + _signatures("order.signatures", layout, "")
        + _tag("endfor")
    )
