"""The drawing of a lean Word template from the geometry of a profile: what HR restyles in Word afterwards."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orgdocs.language import LOCALES
from orgdocs.rendering.packages import write_package

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgdocs.profiles import Profile

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SHORT_EDGE, _LONG_EDGE = 11906, 16838  # A4 in twentieths of a point

TABLE_KINDS = frozenset({"staffing-table", "structure", "familiarisation-sheet", "familiarisation-journal", "review-list"})
"""Papers whose body is a table."""
_LANDSCAPE = frozenset({"staffing-table", "familiarisation-journal", "review-list"})
_SIGNED = frozenset({"familiarisation-sheet", "familiarisation-journal"})
"""Papers in whose rows people sign: each row has room for it."""
_ROOM_TO_SIGN = 454  # 8 mm
_ACROSS = 24
"""The largest type of a sheet that lies across, in half-points: 12, the least of what ДСТУ 4163 and ГОСТ Р 7.0.97 allow, so that
the head of a wide table does not push its rows from the first page."""


def _twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


@dataclass(frozen=True)
class Layout:
    """The figures of a template, in twentieths of a point."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    header: int
    stamp: int
    indent: int
    size: int
    line: int
    justify: str
    tables: dict[str, str]
    """What each table is, in the words of the language."""

    @property
    def text_width(self) -> int:
        """From margin to margin."""
        return self.width - self.left - self.right


def draft_template(profile: Profile, kind: str) -> bytes:
    """The Word file of the template for a kind of paper."""
    paper = profile.data["papers"][kind]
    date_first = profile.data["page"]["date"] == "above" and kind not in TABLE_KINDS

    def draw(layout: Layout) -> str:
        return _document(kind, layout, paper["levels"], date_first=date_first)

    return draft(profile, paper["levels"], draw, landscape=kind in _LANDSCAPE, annexed="annex" in paper)


def draft(profile: Profile, levels: list[str], draw: Callable[[Layout], str], *, landscape: bool, annexed: bool) -> bytes:
    """A Word file with the page, styles and numbering of a profile, and the body that ``draw`` makes for its layout."""
    page, text = profile.data["page"], profile.data["text"]
    # A landscape sheet is the portrait one turned: its binding edge lies on top.
    sides = {key: int(page[key]) for key in ("left", "right", "top", "bottom")}
    if landscape:
        sides = {"top": sides["left"], "bottom": sides["right"], "left": sides["bottom"], "right": sides["top"]}
    layout = Layout(
        width=_LONG_EDGE if landscape else _SHORT_EDGE,
        height=_SHORT_EDGE if landscape else _LONG_EDGE,
        left=_twips(sides["left"]), right=_twips(sides["right"]), top=_twips(sides["top"]), bottom=_twips(sides["bottom"]),
        header=_twips(int(page["header"])),
        stamp=_twips(int(page["stamp"])) + (_twips(60) if landscape else 0),
        indent=_twips(int(text["indent"]) / 10),
        size=min(int(text["size"]) * 2, _ACROSS) if landscape else int(text["size"]) * 2,
        line=int(text["line"]) * 240 // 100,
        justify="both" if text["align"] == "justified" else "left",
        tables=profile.data["words"]["tables"],
    )  # fmt: skip
    at_top = page["numbers"] == "top"
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships({"rId1": ("officeDocument", "word/document.xml")}),
        "word/_rels/document.xml.rels": _relationships(
            {
                "rId1": ("styles", "styles.xml"), "rId2": ("numbering", "numbering.xml"), "rId3": ("settings", "settings.xml"),
                "rId4": ("header", "header1.xml"), "rId5": ("footer", "footer1.xml"), "rId6": ("header", "header2.xml"),
                "rId7": ("footer", "footer2.xml"), "rId8": ("theme", "theme/theme1.xml"), "rId9": ("fontTable", "fontTable.xml"),
            }
        ),
        "word/document.xml": draw(layout),
        "word/styles.xml": _styles(profile, layout, levels),
        "word/numbering.xml": _numbering(levels, layout),
        "word/settings.xml": _settings(profile.language),
        "word/theme/theme1.xml": _theme(text["font"]),
        "word/fontTable.xml": _font_table(text["font"]),
        "word/header1.xml": _part("hdr", _later_head(at_top=at_top, annexed=annexed)),
        "word/header2.xml": _part("hdr", _first_head()),
        "word/footer1.xml": _part("ftr", _foot("" if at_top else _page_of_pages(profile))),
        "word/footer2.xml": _part("ftr", _foot("" if at_top else _page_of_pages(profile), first=True)),
    }  # fmt: skip
    return write_package({name: content.encode() for name, content in parts.items()})


# -- body -----------------------------------------------------------------------------------------------------------


def _paragraph(style: str, text: str, *, keep: bool = False, number: str = "") -> str:
    kept = "<w:keepNext/>" if keep else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}{number}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def _empty(style: str, *, keep: bool = False) -> str:
    kept = "<w:keepNext/>" if keep else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}</w:pPr></w:p>'


def _tag(text: str) -> str:
    """A paragraph that is only a tag, and vanishes."""
    return f"<w:p><w:r><w:t>{{%p {text} %}}</w:t></w:r></w:p>"


def _each(name: str, style: str, *, keep: bool = False) -> str:
    """One paragraph for each text of a list."""
    return _tag(f"for item in {name}") + _paragraph(style, "{{ item }}", keep=keep) + _tag("endfor")


def _optional(name: str, style: str) -> str:
    return _tag(f"if {name}") + _paragraph(style, f"{{{{ {name} }}}}") + _tag("endif")


_BLOCKS = {"clause": "Clause", "item": "Item", "subitem": "Subitem", "dash": "Dash", "paragraph": "BodyText"}


def _document(kind: str, layout: Layout, levels: list[str], *, date_first: bool) -> str:
    subject, date = _each("subject", "Subtitle", keep=True), _each("below", "Requisite", keep=date_first)
    body = [
        _optional("marks.draft", "Draft"),
        _each("annex_first", "Annex"),
        _each("head", "Requisite", keep=True),
        _tag("if stamp.word"),
        _paragraph("StampWord", "{{ stamp.word }}", keep=True),
        _tag("endif"),
        _each("stamp.lines", "Stamp"),
        _paragraph("Title", "{{ name }}", keep=True),
        *((date, subject) if date_first else (subject, date)),
        _each("preamble", "Preamble"),
    ]
    if kind in TABLE_KINDS:
        body.append(_table(layout, layout.tables[kind], height=_ROOM_TO_SIGN if kind in _SIGNED else 0))
    else:
        other = other_levels(levels)
        numbers = {style: _number_of(other, index, 2) or _UNNUMBERED for index, style in enumerate(_LEVEL_STYLES)}
        body += [_tag("if numbering"), _sections(layout, numbers), _tag("else"), _sections(layout, {}), _tag("endif")]
    # What is signed stays together: nobody signs, agrees or reads on a page of their own, unless the sheet is long.
    sheet = f"acquaintance and acquaintance_rows|length in {_SHORT_SHEETS}" if kind == "job-description" else ""
    body += [
        _each("closing", "BodyText", keep=True),
        _signatures("signatures", layout, f"agreed or {sheet}" if sheet else "agreed"),
        _tag("if agreed"),
        _paragraph("AgreedWord", "{{ agreed_word }}", keep=True),
        _signatures("agreed", layout, sheet),
        _tag("endif"),
    ]
    if kind == "job-description":
        body.append(_acquaintance(layout))
    return write_document("".join(body), layout)


def write_document(body: str, layout: Layout) -> str:
    """The body as a part, with the geometry of the page."""
    return f"{_XML}<w:document {_W} {_R}><w:body>{body}{_section_properties(layout)}</w:body></w:document>"


_SHORT_SHEETS = list(range(1, 13))
"""Rows of a familiarisation sheet that stays on the page of the signatures: a longer one is a sheet of its own."""


def _sections(layout: Layout, numbers: dict[str, str]) -> str:
    """The sections in a loop. Their numbers are those of the styles, unless others are given by style."""
    return "".join(
        [
            _tag("for section in sections"),
            _paragraph("Heading1", "{{ section.heading }}", number=numbers.get("Heading1", "")),
            _optional("section.lead", "Lead"),
            _tag("for block in section.blocks"),
            _tag("if block.style == 'clause'"),
            _paragraph("Clause", "{{ block.text }}", number=numbers.get("Clause", "")),
            *(
                _tag(f"elif block.style == '{style}{kept}'")
                + _paragraph(name, "{{ block.text }}", keep=bool(kept), number=numbers.get(name, ""))
                for kept in ("", "-kept")
                for style, name in _BLOCKS.items()
                if (style, kept) != ("clause", "")
            ),
            _tag("elif block.style == 'relations'"),
            _relations(layout),
            _tag("endif"),
            _tag("endfor"),
            _tag("endfor"),
        ]
    )


# -- tables ---------------------------------------------------------------------------------------------------------

_GUTTER = _twips(5)
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def _table_properties(width: int, description: str, *, ruled: bool = True) -> str:
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


def _grid(widths: list[int]) -> str:
    return "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"


def _row(cells: str, *, header: bool = False, height: int = 0, whole: bool = True) -> str:
    """A row, which does not break across pages if it is to stay whole."""
    size = f'<w:trHeight w:val="{height}"/>' if height else ""
    marks = ("<w:cantSplit/>" if whole else "") + size + ("<w:tblHeader/>" if header else "")
    return f"<w:tr>{f'<w:trPr>{marks}</w:trPr>' if marks else ''}{cells}</w:tr>"


def _cell(width: int, paragraphs: str, *, align: str = "") -> str:
    aligned = f'<w:vAlign w:val="{align}"/>' if align else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{aligned}</w:tcPr>{paragraphs}</w:tc>'


def _row_tag(text: str, columns: int, width: int) -> str:
    """A row that is only a tag, and vanishes."""
    first = f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>{{%tr {text} %}}</w:t></w:r></w:p></w:tc>'
    rest = _cell(width, "<w:p/>") * (columns - 1)
    return f"<w:tr>{first}{rest}</w:tr>"


def _kept_if(condition: str, loop: str, row: Callable[..., str], widths: list[int]) -> str:
    """A loop over rows, of which those stay with what follows for which the condition holds."""
    tags = [_row_tag(tag, len(widths), widths[0]) for tag in (f"for {loop}", f"if {condition}", "else", "endif", "endfor")]
    return tags[0] + tags[1] + row(keep=True) + tags[2] + row(keep=False) + tags[3] + tags[4]


def _signatures(name: str, layout: Layout, followed: str) -> str:
    """A row for each signatory: the post on the left, on its last line the place to sign and the name.

    All rows stay with the next, the last one only if ``followed`` holds, so that nobody signs on a page of their own.
    """
    widths = [layout.stamp, layout.text_width - layout.stamp]

    def row(*, keep: bool) -> str:
        post = _cell(widths[0], _paragraph("SignaturePost", "{{ item.post }}", keep=keep), align="bottom")
        # The paragraphs stay whole by themselves; LibreOffice keeps no table with the next whose rows are told to.
        return _row(post + _cell(widths[1], _paragraph("Signature", "{{ item.line }}", keep=keep), align="bottom"), whole=False)

    rows = _kept_if(f"not loop.last or {followed}" if followed else "not loop.last", f"item in {name}", row, widths)
    table = f"<w:tbl>{_table_properties(sum(widths), layout.tables['signatures'], ruled=False)}{_grid(widths)}{rows}</w:tbl>"
    behind = _empty("AfterTable")
    if followed:
        behind = _tag(f"if {followed}") + _empty("AfterTable", keep=True) + _tag("else") + behind + _tag("endif")
    return _tag(f"if {name}") + table + behind + _tag("endif")


def _relations(layout: Layout) -> str:
    """Receives and provides, by partner. The last row stays with what follows, be it the signature."""
    width = layout.text_width
    widths = [width * 28 // 100, width * 36 // 100, width - width * 28 // 100 - width * 36 // 100]
    head = "".join(_cell(size, _paragraph("TableHead", f"{{{{ block.columns[{index}] }}}}")) for index, size in enumerate(widths))

    def row(*, keep: bool) -> str:
        keys = zip(widths, ("with", "receives", "provides"), strict=True)
        return _row("".join(_cell(size, _paragraph("TableText", f"{{{{ row.{key} }}}}", keep=keep)) for size, key in keys))

    rows = _kept_if("loop.last", "row in block.rows", row, widths)
    return f"<w:tbl>{_table_properties(width, layout.tables['relations'])}{_grid(widths)}{_row(head, header=True)}{rows}</w:tbl>" + _empty(
        "AfterTable", keep=True
    )


def _acquaintance(layout: Layout) -> str:
    width = layout.text_width
    widths = [width * 8 // 100, width * 48 // 100, width * 22 // 100]
    widths.append(width - sum(widths))
    head = "".join(_cell(size, _paragraph("TableHead", f"{{{{ acquaintance_columns[{index}] }}}}")) for index, size in enumerate(widths))
    cells = _cell(widths[0], _paragraph("TableCentre", "{{ item }}", keep=True), align="center")
    cells += "".join(_cell(size, _empty("TableText")) for size in widths[1:])
    each = _row_tag("for item in acquaintance_rows", 4, widths[0]) + _row(cells, height=_twips(7)) + _row_tag("endfor", 4, widths[0])
    return (
        _tag("if acquaintance")
        + _paragraph("Acquaintance", "{{ acquaintance }}", keep=True)
        + f"<w:tbl>{_table_properties(width, layout.tables['acquaintance'])}{_grid(widths)}{_row(head, header=True)}{each}</w:tbl>"
        + _empty("AfterTable")
        + _tag("endif")
    )


def _table(layout: Layout, description: str, height: int = 0) -> str:
    """A table whose columns come from the content: one looped cell in each row."""
    width = layout.text_width

    def looped(name: str, paragraphs: str) -> str:
        tags = [_cell(width, f"<w:p><w:r><w:t>{{%tc {tag} %}}</w:t></w:r></w:p>") for tag in (f"for item in {name}", "endfor")]
        return tags[0] + _cell(width, paragraphs) + tags[1]

    def aligned(styles: dict[str, str], *, keep: bool = False) -> str:
        """A paragraph in the style that fits the alignment of its column; the first style is for all others."""
        other, *special = styles.items()
        tags = [
            _tag(f"{'elif' if index else 'if'} item.align == '{align}'") + _paragraph(style, "{{ item.text }}", keep=keep)
            for index, (align, style) in enumerate(special)
        ]
        return "".join(tags) + _tag("else") + _paragraph(other[1], "{{ item.text }}", keep=keep) + _tag("endif")

    post = {"left": "TableText", "right": "TableNumber", "centre": "TableCentre"}
    total = {"left": "TableTotal", "right": "TableTotalNumber"}
    rows = [
        _row(looped("columns", _paragraph("TableHead", "{{ item.title }}")), header=True),
        _row(looped("columns", _paragraph("TableColumn", "{{ item.number }}")), header=True),
        _row_tag("for row in rows", 1, width),
        _row_tag("if row.style == 'unit'", 1, width),
        _row(_cell(width, _paragraph("TableUnit", "{% colspan columns|length %}{{ row.text }}"))),
        *(
            _row_tag(f"elif row.style == '{style}{kept}'", 1, width)
            + _row(looped("row.cells", aligned(styles, keep=bool(kept))), height=height)
            for style, styles in (("post", post), ("total", total))
            for kept in ("-kept", "")
            if (style, kept) != ("post", "")
        ),
        _row_tag("else", 1, width),
        _row(looped("row.cells", aligned(post)), height=height),
        _row_tag("endif", 1, width),
        _row_tag("endfor", 1, width),
    ]
    return f"<w:tbl>{_table_properties(width, description)}{_grid([width])}{''.join(rows)}</w:tbl>" + _empty("AfterTable", keep=True)


# -- page -----------------------------------------------------------------------------------------------------------


def _section_properties(layout: Layout) -> str:
    turned = ' w:orient="landscape"' if layout.width > layout.height else ""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="first" r:id="rId6"/>'
        '<w:footerReference w:type="default" r:id="rId5"/><w:footerReference w:type="first" r:id="rId7"/>'
        f'<w:pgSz w:w="{layout.width}" w:h="{layout.height}"{turned}/>'
        f'<w:pgMar w:top="{layout.top}" w:right="{layout.right}" w:bottom="{layout.bottom}" w:left="{layout.left}" '
        f'w:header="{layout.header}" w:footer="{layout.header}" w:gutter="0"/><w:titlePg/></w:sectPr>'
    )


def _part(element: str, body: str) -> str:
    return f"{_XML}<w:{element} {_W} {_R}>{body}</w:{element}>"


def _field(code: str, shown: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _page_number() -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{_field("PAGE", "2")}</w:p>'


def _page_of_pages(profile: Profile) -> str:
    words: dict[str, Any] = profile.data["words"].get("pages", {"page": "Page", "of": "of"})
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t xml:space="preserve">{words["page"]} </w:t></w:r>{_field("PAGE", "1")}'
        f'<w:r><w:t xml:space="preserve"> {words["of"]} </w:t></w:r>{_field("NUMPAGES", "1")}</w:p>'
    )


def _first_head() -> str:
    """The head of the first page: the emblem, as far from the edge of the sheet as the numbers of the other pages."""
    return _tag("if emblem") + _paragraph("Emblem", "{{ emblem }}") + _tag("else") + _empty("Header") + _tag("endif")


def _later_head(*, at_top: bool, annexed: bool) -> str:
    """The head of the second page and those after it: its number, the word for a draft, the running head of an annex."""
    running = _optional("annex_next", "RunningHead") if annexed else ""
    if at_top:
        return _page_number() + _optional("marks.draft", "Draft") + running
    return _tag("if marks.draft") + _paragraph("Draft", "{{ marks.draft }}") + _tag("else") + _empty("Header") + _tag("endif") + running


def _foot(number: str, *, first: bool = False) -> str:
    """The foot of a page: the lines of the marks, on the first page the QR code, the number of the page.

    Where all of that is missing there is the paragraph that Word demands.
    """
    marks = _each("marks.footer", "FootLine") + (_optional("marks.code", "Code") if first else "")
    return marks + (number or _tag("if not marks.footer and not marks.code") + _empty("Footer") + _tag("endif"))


# -- styles ---------------------------------------------------------------------------------------------------------


def _styles(profile: Profile, layout: Layout, levels: list[str]) -> str:
    font = profile.data["text"]["font"]
    locale = LOCALES[profile.language]
    size = layout.size
    wide = layout.width > layout.height
    justify = f'<w:jc w:val="{layout.justify}"/>'
    indent = f'<w:ind w:firstLine="{layout.indent}"/>' if layout.indent else ""
    text, small = f"{indent}{justify}", _sized(min(size - 4, 20) - (2 if wide else 0))
    stamp = f'<w:ind w:left="{layout.stamp}"/>'
    bold, centre, left, right = "<w:b/><w:bCs/>", '<w:jc w:val="center"/>', '<w:jc w:val="left"/>', '<w:jc w:val="right"/>'
    top = centre if layout.indent else left
    # Long centred lines break before they reach the margins: the second line is not a single word.
    narrow, narrower = (f'<w:ind w:left="{_twips(side)}" w:right="{_twips(side)}"/>' if layout.indent else "" for side in (5, 20))
    clause = f"{_number_of(levels, 1)}{_spaced(after=20)}{justify}"
    heading = f"{_KEPT_WHOLE}{_number_of(levels, 0)}{_spaced(200, 80)}{top}"
    post = f'<w:keepLines/>{_spaced(200)}<w:ind w:right="{_GUTTER}"/>{left}'
    styles = [
        _style("Heading1", "heading 1", f'{heading}<w:outlineLvl w:val="0"/>', bold, following="Clause"),
        _style("Title", "Title", f"<w:keepNext/>{_spaced(300, 60)}{top}", bold + _sized(size + 2)),
        _style("Subtitle", "Subtitle", f"<w:keepNext/>{_spaced(60, 120)}{narrow}{top}", bold),
        _style("BodyText", "Body Text", text),
        _style("Preamble", "Preamble", f"{_spaced(120)}{text}", custom=True),
        _style("Requisite", "Requisite", f"{_spaced(after=60)}{narrower}{top}", custom=True),
        _style("Annex", "Annex", f"{_TIGHT}{stamp}{left}", custom=True),
        _style("StampWord", "Stamp Word", f"<w:keepNext/>{_spaced(240, 60, single=True)}{stamp}{left}", custom=True),
        _style("Stamp", "Stamp", f"<w:keepLines/>{_spaced(after=60, single=True)}{stamp}{left}", custom=True),
        _style("Lead", "Lead", f"<w:keepNext/>{text}", custom=True),
        _style("Clause", "Clause", clause, custom=True),
        _style("Item", "Item", f"{_number_of(levels, 2)}{justify}", custom=True),
        _style("Subitem", "Subitem", f"{_number_of(levels, 3)}{justify}", custom=True),
        _style("Dash", "Dash", f"{_number_of(levels, 4)}{justify}", custom=True),
        _style("SignaturePost", "Signature Post", post, custom=True),
        _style("Signature", "Signature", f"<w:keepLines/>{_spaced(200)}{left}"),
        _style("AgreedWord", "Agreed Word", f"<w:keepNext/>{_spaced(240)}{left}", custom=True),
        _style("Acquaintance", "Acquaintance", f"<w:keepNext/>{_spaced(280, 80)}{left}", custom=True),
        _style("TableHead", "Table Head", f"<w:keepNext/>{_TIGHT}{centre}", bold + small, custom=True),
        _style("TableColumn", "Table Column", f"<w:keepNext/>{_TIGHT}{centre}", small, custom=True),
        _style("TableText", "Table Text", f"{_TIGHT}{left}", small, custom=True),
        _style("TableNumber", "Table Number", f"{_TIGHT}{right}", small, custom=True),
        _style("TableCentre", "Table Centre", f"{_TIGHT}{centre}", small, custom=True),
        _style("TableUnit", "Table Unit", f"<w:keepNext/>{_TIGHT}{centre}", bold + small, custom=True),
        _style("TableTotal", "Table Total", f"{_TIGHT}{left}", bold + small, custom=True),
        _style("TableTotalNumber", "Table Total Number", f"{_TIGHT}{right}", bold + small, custom=True),
        # Word wants a paragraph behind a table: so low that it never needs a page of its own.
        _style("AfterTable", "After Table", '<w:spacing w:line="20" w:lineRule="exact"/>', _sized(2), custom=True),
        _style("Header", "header", centre),
        _style("Footer", "footer", centre),
        _style("RunningHead", "Running Head", f"{_spaced(after=120)}{right}", custom=True),
        _style("Draft", "Draft", f"<w:keepNext/>{_spaced(after=60)}{right}", bold, custom=True),
        _style("Emblem", "Emblem", f"{_spaced(after=120, single=True)}{top}", custom=True),
        _style("Code", "Code", f"{_TIGHT}{right}", custom=True),
        _style(
            "FootLine",
            "Foot Line",
            f'<w:spacing w:before="120" w:line="240" w:lineRule="auto"/><w:contextualSpacing/>{left}',
            _sized(16),
            custom=True,
        ),
    ]
    return (
        f"{_XML}<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{font}" w:eastAsia="{font}" w:hAnsi="{font}" w:cs="{font}"/><w:color w:val="000000"/>'
        f'{_sized(size)}<w:lang w:val="{locale}" w:eastAsia="{locale}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f'<w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="{layout.line}" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        "<w:pPr><w:widowControl/></w:pPr></w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
        '<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="28" w:type="dxa"/><w:left w:w="57" w:type="dxa"/><w:bottom w:w="28" w:type="dxa"/><w:right w:w="57" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr></w:style>{''.join(styles)}</w:styles>"
    )


_TIGHT = '<w:spacing w:line="240" w:lineRule="auto"/>'
_KEPT_WHOLE = "<w:keepNext/><w:keepLines/>"


def _spaced(before: int = 0, after: int = 0, *, single: bool = False) -> str:
    marks = (f' w:before="{before}"' if before else "") + (f' w:after="{after}"' if after else "")
    return f"<w:spacing{marks}" + (' w:line="240" w:lineRule="auto"/>' if single else "/>")


def _sized(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _style(style_id: str, name: str, paragraph: str, run: str = "", *, custom: bool = False, following: str = "") -> str:
    own = ' w:customStyle="1"' if custom else ""
    after = f'<w:next w:val="{following}"/>' if following else ""
    runs = f"<w:rPr>{run}</w:rPr>" if run else ""
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{style_id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>{after}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr>{runs}</w:style>"
    )


# -- numbering ------------------------------------------------------------------------------------------------------

_LEVEL_STYLES = ("Heading1", "Clause", "Item", "Subitem", "Dash")


def _listed_levels(levels: list[str]) -> list[int]:
    """Which of the five levels belong to the list: an unnumbered heading does not, so that numbers run on."""
    return [index for index in range(len(levels)) if index or levels[index]]


_UNNUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
"""Takes the number of its style from a paragraph: a list that prints none. Checkers do not know Word's own list 0."""


def other_levels(levels: list[str]) -> list[str]:
    """The patterns of the other way to number: through the whole paper, if these begin anew in each section, and the other way round.

    >>> other_levels(["%1.", "%1.%2.", "%3)", "", "–"])
    ['', '%1.', '%2)', '', '–']
    >>> other_levels(["", "%1.", "%1.%2.", "–", "–"])
    ['%1.', '%1.%2.', '%1.%2.%3.', '–', '–']
    """

    def shift(pattern: str, by: int) -> str:
        return re.sub(r"%(\d)", lambda number: f"%{int(number[1]) + by}", pattern)

    if not levels[0]:
        return ["%1.", *(f"%1.{shift(level, 1)}" if "%" in level else level for level in levels[1:])]
    clause, *deeper = (shift(level.removeprefix("%1."), -1) for level in levels[1:])
    return ["", clause if clause.endswith((".", ")")) else f"{clause}.", *deeper]


def _number_of(levels: list[str], index: int, list_id: int = 1) -> str:
    listed = _listed_levels(levels)
    if index not in listed:
        return ""
    place = listed.index(index)
    # In a paragraph the level is always said, because that of its style would count.
    level = f'<w:ilvl w:val="{place}"/>' if place or list_id != 1 else ""
    return f'<w:numPr>{level}<w:numId w:val="{list_id}"/></w:numPr>'


def _numbering(levels: list[str], layout: Layout) -> str:
    """The list that the styles are bound to; that of the other way to number, for papers that ask for it; one without numbers."""
    unnumbered = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="none"/><w:suff w:val="nothing"/><w:lvlText w:val=""/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>'
    )
    lists = (_list_levels(levels, layout, bound=True), _list_levels(other_levels(levels), layout, bound=False), unnumbered)
    abstract = (
        f'<w:abstractNum w:abstractNumId="{index}"><w:multiLevelType w:val="multilevel"/>{body}</w:abstractNum>'
        for index, body in enumerate(lists)
    )
    numbers = (f'<w:num w:numId="{index + 1}"><w:abstractNumId w:val="{index}"/></w:num>' for index in range(len(lists)))
    return f"{_XML}<w:numbering {_W}>{''.join(abstract)}{''.join(numbers)}</w:numbering>"


def _list_levels(levels: list[str], layout: Layout, *, bound: bool) -> str:
    body = []
    for place, index in enumerate(_listed_levels(levels)):
        pattern = levels[index]
        form = "decimal" if "%" in pattern else "bullet" if pattern else "none"
        if index == 0:
            indent = '<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr>'
        elif layout.indent:
            indent = f'<w:pPr><w:ind w:left="0" w:firstLine="{layout.indent}"/></w:pPr>'
        else:
            left = 567 * min(index, 3)  # a dash stands below a clause or an item: no deeper than an item of an item
            indent = f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs><w:ind w:left="{left}" w:hanging="567"/></w:pPr>'
        suffix = "nothing" if form == "none" else "space" if layout.indent or index == 0 else "tab"
        fonts = '<w:rPr><w:rFonts w:hint="default"/></w:rPr>' if form == "bullet" else ""
        style = f'<w:pStyle w:val="{_LEVEL_STYLES[index]}"/>' if bound else ""
        body.append(
            f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{style}'
            f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{pattern}"/><w:lvlJc w:val="left"/>{indent}{fonts}</w:lvl>'
        )
    return "".join(body)


def _settings(language: str) -> str:
    return (
        f'{_XML}<w:settings {_W}><w:defaultTabStop w:val="709"/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{LOCALES[language]}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def _font_table(font: str) -> str:
    family = "swiss" if "Sans" in font else "roman"
    marks = f'<w:charset w:val="CC"/><w:family w:val="{family}"/><w:pitch w:val="variable"/>'
    return f'{_XML}<w:fonts {_W}><w:font w:name="{font}">{marks}</w:font></w:fonts>'


def _theme(font: str) -> str:
    """The smallest theme that Word accepts: black and white, one typeface."""
    colours = {
        "dk1": "000000", "lt1": "FFFFFF", "dk2": "000000", "lt2": "FFFFFF", "accent1": "404040", "accent2": "606060", "accent3": "808080",
        "accent4": "A0A0A0", "accent5": "C0C0C0", "accent6": "E0E0E0", "hlink": "0000FF", "folHlink": "800080",
    }  # fmt: skip
    scheme = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colours.items())
    face = f'<a:latin typeface="{font}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{_XML}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="orgdocs"><a:themeElements>'
        f'<a:clrScheme name="orgdocs">{scheme}</a:clrScheme><a:fontScheme name="orgdocs"><a:majorFont>{face}</a:majorFont>'
        f'<a:minorFont>{face}</a:minorFont></a:fontScheme><a:fmtScheme name="orgdocs"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def _content_types() -> str:
    overrides = {
        "document": "document.main", "styles": "styles", "numbering": "numbering", "settings": "settings", "header1": "header",
        "header2": "header", "footer1": "footer", "footer2": "footer", "fontTable": "fontTable",
    }  # fmt: skip
    body = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_MAIN}.{kind}+xml"/>' for name, kind in overrides.items())
    body += '<Override PartName="/word/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
    return (
        f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{body}</Types>'
    )


def _relationships(targets: dict[str, tuple[str, str]]) -> str:
    body = "".join(f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for key, (kind, target) in targets.items())
    return f'{_XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{body}</Relationships>'
