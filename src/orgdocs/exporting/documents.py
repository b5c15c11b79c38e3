"""Reports as Word files: headings, and tables with head rows that are repeated on every page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from orgdocs.language import LOCALES, format_number
from orgdocs.rendering.packages import write_package
from orgdocs.reporting.audit import blocks_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgdocs.reporting.audit import Audit

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_FONT = "Liberation Sans"
_COMPATIBILITY = '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
"""Without it Word shows the file in its compatibility mode of 2007."""
_WIDTH, _HEIGHT, _MARGIN = 16838, 11906, 850
_TEXT_WIDTH = _WIDTH - 2 * _MARGIN
_MARK_WIDTH = 600
_MOST_COLUMNS = 14
"""So many posts stand in one table of a matrix; then the functions are repeated with the next ones."""


def write_audit_document(report: Audit) -> bytes:
    """The function audit as a Word file, in landscape."""
    body = [_paragraph("Title", report.title), _paragraph("Normal", report.legend)]
    for matrix in report.matrices:
        body.append(_paragraph("Heading1", matrix.title))
        for columns, rows in blocks_of(matrix, _MOST_COLUMNS):
            head = (report.function, *(matrix.posts[column] for column in columns))
            lines = [(matrix.functions[row], *(matrix.marks[row][column] for column in columns)) for row in rows]
            first = _TEXT_WIDTH - _MARK_WIDTH * len(columns)
            body += [_table(head, lines, [first, *(_MARK_WIDTH for _ in columns)], turned=True), _paragraph("Normal", "")]
    for table in report.tables:
        body.append(_paragraph("Heading1", table.title))
        note = table.note if table.rows else report.none
        if note:
            body.append(_paragraph("Note", note))
        if table.rows:
            lines = [tuple(cell if isinstance(cell, str) else format_number(cell, report.language) for cell in row) for row in table.rows]
            body += [_table(table.head, lines, _widths(table.head, lines)), _paragraph("Normal", "")]
    page = f'<w:pgSz w:w="{_WIDTH}" w:h="{_HEIGHT}" w:orient="landscape"/>'
    margins = "".join(f' w:{side}="{_MARGIN}"' for side in ("top", "right", "bottom", "left"))
    section = f'<w:sectPr>{page}<w:pgMar{margins} w:header="425" w:footer="425" w:gutter="0"/></w:sectPr>'
    parts = {
        "[Content_Types].xml": (
            f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>'
            f'<Override PartName="/word/styles.xml" ContentType="{_TYPES}.styles+xml"/>'
            f'<Override PartName="/word/settings.xml" ContentType="{_TYPES}.settings+xml"/>'
            f'<Override PartName="/word/fontTable.xml" ContentType="{_TYPES}.fontTable+xml"/>'
            '<Override PartName="/word/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/></Types>'
        ),
        "_rels/.rels": _relationships(officeDocument="word/document.xml"),
        "word/_rels/document.xml.rels": _relationships(
            styles="styles.xml", settings="settings.xml", fontTable="fontTable.xml", theme="theme/theme1.xml"
        ),
        "word/document.xml": f"{_XML}<w:document {_W}><w:body>{''.join(body)}{section}</w:body></w:document>",
        "word/settings.xml": f"{_XML}<w:settings {_W}><w:compat>{_COMPATIBILITY}</w:compat></w:settings>",
        "word/fontTable.xml": f'{_XML}<w:fonts {_W}><w:font w:name="{_FONT}"><w:family w:val="swiss"/></w:font></w:fonts>',
        "word/theme/theme1.xml": _theme(),
        "word/styles.xml": _styles(LOCALES.get(report.language, "en-GB")),
    }
    return write_package({name: content.encode() for name, content in parts.items()})


def _relationships(**targets: str) -> str:
    body = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{body}</Relationships>'


def _widths(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Columns as wide as what stands in them wants, long texts cut short, together as wide as the page."""
    needs = [min(max(len(row[column]) for row in [head, *rows]), 60) + 2 for column in range(len(head))]
    widths = [_TEXT_WIDTH * need // sum(needs) for need in needs]
    widths[0] += _TEXT_WIDTH - sum(widths)
    return widths


def _paragraph(style: str, text: str) -> str:
    run = f'<w:r><w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], *, turned: bool = False) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    properties = (
        f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr>'
    )
    height = '<w:trHeight w:val="4200" w:hRule="atLeast"/>' if turned and len(head) > 1 else ""
    top = "".join(
        _cell(text, width, "TableHead", turned=turned and column > 0) for column, (text, width) in enumerate(zip(head, widths, strict=True))
    )
    body = "".join(_row([_cell(text, width, "TableText") for text, width in zip(row, widths, strict=True)]) for row in rows)
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{_row([top], f'{height}<w:tblHeader/>')}{body}</w:tbl>"


def _row(cells: Sequence[str], properties: str = "") -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(text: str, width: int, style: str, *, turned: bool = False) -> str:
    direction = '<w:textDirection w:val="btLr"/>' if turned else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{direction}</w:tcPr>{_paragraph(style, text)}</w:tc>'


def _styles(tag: str) -> str:
    face = f'<w:rFonts w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:eastAsia="{_FONT}" w:cs="{_FONT}"/>'
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{face}<w:sz w:val="20"/><w:szCs w:val="20"/>'
        f'<w:lang w:val="{tag}"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="80"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    styles = (
        ("Normal", "Normal", "", ""),
        ("Title", "Title", '<w:spacing w:after="160"/>', '<w:b/><w:sz w:val="32"/>'),
        (
            "Heading1",
            "heading 1",
            '<w:keepNext/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="0"/>',
            '<w:b/><w:sz w:val="26"/>',
        ),
        ("Note", "Note", "<w:keepNext/>", "<w:i/>"),
        ("TableHead", "Table Head", '<w:keepNext/><w:spacing w:after="0"/>', '<w:b/><w:sz w:val="18"/>'),
        ("TableText", "Table Text", '<w:spacing w:after="0"/>', '<w:sz w:val="18"/>'),
    )
    body = "".join(_style(*style) for style in styles)
    return f"{_XML}<w:styles {_W}>{defaults}{body}</w:styles>"


def _style(key: str, name: str, paragraph: str, run: str) -> str:
    default, based = (' w:default="1"', "") if key == "Normal" else ("", '<w:basedOn w:val="Normal"/>')
    properties = (f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "") + (f"<w:rPr>{run}</w:rPr>" if run else "")
    start = f'<w:style w:type="paragraph"{default} w:styleId="{key}"><w:name w:val="{name}"/>'
    return f"{start}{based}<w:qFormat/>{properties}</w:style>"


def _theme() -> str:
    """The theme that Word wants every document to have: black, white and greys, one typeface, nothing else."""
    greys = {"dk1": "000000", "lt1": "FFFFFF", "dk2": "202020", "lt2": "F0F0F0", "hlink": "0000FF", "folHlink": "800080"}
    greys |= {f"accent{number}": f"{number}{number}" * 3 for number in range(1, 7)}
    names = ("dk1", "lt1", "dk2", "lt2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
    colours = "".join(f'<a:{name}><a:srgbClr val="{greys[name]}"/></a:{name}>' for name in names)
    face = f'<a:latin typeface="{_FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    return (
        f'{_XML}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="audit"><a:themeElements>'
        f'<a:clrScheme name="audit">{colours}</a:clrScheme>'
        f'<a:fontScheme name="audit"><a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="audit"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{f'<a:ln>{fill}</a:ln>' * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{'<a:effectStyle><a:effectLst/></a:effectStyle>' * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )
