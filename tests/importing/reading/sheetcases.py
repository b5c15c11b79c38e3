"""Excel and OpenDocument files out of the sections of the cases."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import quoteattr

from orgdocs.rendering.packages import write_package
from rendering.wordfiles import XML, R

MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_S = f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{R}"'
_ROOTS = {"sharedStrings": "sst", "styles": "styleSheet"}
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
) + ' xmlns:xlink="http://www.w3.org/1999/xlink"'  # fmt: skip


def draw_workbook(sections: dict[str, bytes]) -> bytes:
    """An Excel file: the section of the workbook has a line for each sheet, its name and ``hidden``; the others are as they are."""
    sheets = [line.removesuffix(" hidden") for line in sections["xl/workbook.xml"].decode().splitlines()]
    states = ["hidden" if line.endswith(" hidden") else "visible" for line in sections["xl/workbook.xml"].decode().splitlines()]
    entries = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{place}" state="{state}" r:id="rId{place}"/>'
        for place, (name, state) in enumerate(zip(sheets, states, strict=True), 1)
    )
    related = [("worksheet", f"worksheets/sheet{place}.xml") for place in range(1, len(sheets) + 1)]
    parts: dict[str, str] = {}
    for name, content in sections.items():
        kind = name.rsplit("/", 1)[-1].removesuffix(".xml")
        if name.startswith("xl/") and kind != "workbook":
            root = _ROOTS.get(kind, "worksheet")
            parts[name] = f"{XML}<{root} {_S}>{content.decode()}</{root}>"
            if kind in _ROOTS:
                related.append((kind, f"{kind}.xml"))
    relations = "".join(
        f'<Relationship Id="rId{place}" Type="{R}/{kind}" Target="{target}"/>' for place, (kind, target) in enumerate(related, 1)
    )
    whole = {
        "[Content_Types].xml": f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="{MAIN}.sheet.main+xml"/></Types>',
        "_rels/.rels": _relations(f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="xl/workbook.xml"/>'),
        "xl/_rels/workbook.xml.rels": _relations(relations),
        "xl/workbook.xml": f"{XML}<workbook {_S}><sheets>{entries}</sheets></workbook>",
        **parts,
    }
    return write_package({name: content.encode() for name, content in whole.items()})


def _relations(entries: str) -> str:
    return f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{entries}</Relationships>'


def draw_spreadsheet(tables: bytes) -> bytes:
    """An OpenDocument spreadsheet with these tables; tables of the style ``ta2`` are hidden."""
    content = (
        f'{XML}<office:document-content {_ODF}><office:automatic-styles><style:style style:name="ta2"><style:table-properties '
        f'table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>{tables.decode()}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return draw_opendocument("spreadsheet", {"content.xml": content.encode()})


def draw_opendocument(kind: str, parts: dict[str, bytes]) -> bytes:
    """An OpenDocument package; its type stands first, as it must."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()
