"""The printing of a paper: a prepared template, the values of a content, and nothing lost on the way."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any, cast

from lxml import etree

from orgdocs.language import LOCALES
from orgdocs.rendering.packages import PackageError, parse_xml, read_package, write_package
from orgdocs.rendering.templates import Template, TemplateFault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgdocs.contents.content import Body, Column, Content

VERSION = "1"
"""Raised whenever the same content and template would give other bytes: it makes every paper stale."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KEPT = 2
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_APP = (
    _XML + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>orgdocs</Application></Properties>"
).encode()


def render_paper(template: Template, content: Content) -> bytes:
    """The Word file of a paper. Same template and content, same bytes.

    Raises:
        TemplateFault: the template does not fit the content.
    """
    values = values_of(content)
    parts = dict(_static_parts(template, content.paper.language))
    for part in template.dynamic:
        rendered = part.render(values)
        try:
            tree = parse_xml(rendered)
        except PackageError as error:
            raise TemplateFault(f"{part.name}: what comes out of it is damaged: {error}") from None
        if template.loops_columns and part.name == "word/document.xml" and content.body["columns"]:
            _fit_columns(tree, content.body["columns"])
            rendered = _DECLARATION + etree.tostring(tree)
        parts[part.name] = rendered
    parts["docProps/core.xml"] = _core_properties(content)
    parts["docProps/app.xml"] = _APP
    return write_package(parts)


def values_of(content: Content) -> dict[str, Any]:
    """What a template gets to see: the body, its last blocks marked to stay with the signature."""
    body = content.body
    values = cast("dict[str, Any]", dict(body))
    if body["sections"] and body["signatures"]:
        last = body["sections"][-1]
        blocks = [
            {**block, "style": f"{block['style']}-kept"}
            if index >= len(last["blocks"]) - _KEPT and block["style"] != "relations"
            else block
            for index, block in enumerate(last["blocks"])
        ]
        values["sections"] = [*body["sections"][:-1], {**last, "blocks": blocks}]
    return values


@cache
def _static_parts(template: Template, language: str) -> dict[str, bytes]:
    """The parts that are the same for all papers of a language. The language of the text is tagged in the styles."""
    parts = dict(template.static)
    styles = parts.get("word/styles.xml")
    if styles is not None:
        root = parse_xml(styles)
        defaults = root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr/{_W}lang")
        if defaults is not None and defaults.get(f"{_W}val") != LOCALES[language]:
            defaults.set(f"{_W}val", LOCALES[language])
            parts["word/styles.xml"] = _DECLARATION + etree.tostring(root)
    relations = parts.get("word/_rels/document.xml.rels")
    if relations is not None and b"stylesWithEffects" in relations:
        root = parse_xml(relations)
        for relation in [item for item in root if (item.get("Target") or "").endswith("stylesWithEffects.xml")]:
            root.remove(relation)
        parts["word/_rels/document.xml.rels"] = _DECLARATION + etree.tostring(root)
    parts["[Content_Types].xml"] = _content_types(parts["[Content_Types].xml"])
    parts["_rels/.rels"] = _ROOT_RELATIONS
    return parts


_ROOT_RELATIONS = (
    _XML + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    '<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/>'
    "</Relationships>"
).encode()

_PROPERTY_TYPES = {
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
}


def _content_types(data: bytes) -> bytes:
    """The content types with those of the dropped properties replaced by our own."""
    root = parse_xml(data)
    for child in list(root):
        name = child.get("PartName") or ""
        if name.startswith("/docProps/") or name == "/word/stylesWithEffects.xml":
            root.remove(child)
    space = root.nsmap[None]
    for name, kind in _PROPERTY_TYPES.items():
        etree.SubElement(root, f"{{{space}}}Override", {"PartName": name, "ContentType": kind})
    return _DECLARATION + etree.tostring(root)


def _core_properties(content: Content) -> bytes:
    day = _effective_time(content.effective)
    title = escape(content.body["title"], quote=False)
    return (
        _XML + '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator>orgdocs</dc:creator><dc:identifier>{content.paper}</dc:identifier>"
        f"<dc:language>{LOCALES[content.paper.language]}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
    ).encode()


def _effective_time(effective: str) -> str:
    """The time written into the file: SOURCE_DATE_EPOCH, else the day of approval, else the first day of 1980."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return f"{datetime.fromtimestamp(int(epoch), UTC):%Y-%m-%dT%H:%M:%SZ}"
    return f"{effective or '1980-01-01'}T00:00:00Z"


def _fit_columns(tree: etree._Element, columns: list[Column]) -> None:
    """Give the table whose columns came out of a loop its grid, and its cells their widths."""
    shares = [column["width"] for column in columns]
    for table in tree.iter(f"{_W}tbl"):
        rows = table.findall(f"{_W}tr")
        if not rows or len(rows[0].findall(f"{_W}tc")) != len(columns):
            continue
        grid = table.find(f"{_W}tblGrid")
        if grid is None:
            continue
        whole = sum(int(column.get(f"{_W}w") or 0) for column in grid)
        widths = [whole * share // sum(shares) for share in shares]
        for column in list(grid):
            grid.remove(column)
        for width in widths:
            etree.SubElement(grid, f"{_W}gridCol", {f"{_W}w": str(width)})
        for row in rows:
            cells = row.findall(f"{_W}tc")
            for cell, width in zip(cells, widths if len(cells) == len(widths) else [whole], strict=False):
                size = cell.find(f"{_W}tcPr/{_W}tcW")
                if size is not None:
                    size.set(f"{_W}w", str(width))
                    size.getparent().insert(0, size)  # before the span, which docxtpl puts first


# -- proof of no loss -----------------------------------------------------------------------------------------------


def missing_texts(paper: bytes, content: Content) -> list[str]:
    """The texts of a content that are not found again in its paper; empty if nothing was lost.

    The texts are compared with what stands in each paragraph of the paper's parts, tabs and breaks included.
    """
    parts = read_package(paper)
    found: set[str] = set()
    for name, data in parts.items():
        if name.startswith("word/") and name.endswith(".xml"):
            found |= {_paragraph_text(paragraph) for paragraph in parse_xml(data).iter(f"{_W}p")}
    together = "\n".join(sorted(found))
    return [text for text in texts_of(content.body) if text not in found and text not in together]


def _paragraph_text(paragraph: etree._Element) -> str:
    signs = {f"{_W}tab": "\t", f"{_W}br": "\n"}
    return "".join(
        (node.text or "") if node.tag == f"{_W}t" else signs[node.tag]
        for run in paragraph.iter(f"{_W}r")
        for node in run.iterchildren(f"{_W}t", *signs)
    )


def texts_of(body: Body) -> Iterator[str]:
    """Every text of a body that must be found in the paper."""
    for key, value in body.items():
        if key != "title":
            yield from _texts(value)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in {"style", "align", "width"}:
                yield from _texts(item)
