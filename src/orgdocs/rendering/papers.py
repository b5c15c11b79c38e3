"""The printing of a paper: a prepared template, the values of a content, and nothing lost on the way."""

from __future__ import annotations

import io
import os
import re
import zipfile
from datetime import UTC, datetime
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING, Any, cast

from lxml import etree

from orgdocs.language import LOCALES
from orgdocs.rendering.codes import draw_code
from orgdocs.rendering.columns import Columns, fit_columns
from orgdocs.rendering.expressions import TemplateFault
from orgdocs.rendering.marks import NO_MARKS, Marks
from orgdocs.rendering.packages import DECLARATION, PackageError, W, parse_xml, serialise_xml, write_package
from orgdocs.rendering.pictures import CODE, EMBLEM, Drawing, add_pictures, draw
from orgdocs.rendering.templates import Part, Template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orgdocs.contents.content import Body, Content, Emblem

VERSION = "3"
"""Raised whenever the same content and template would give other bytes: it makes every paper stale."""

_DC = "{http://purl.org/dc/elements/1.1/}"
_KEPT = 2
_KEPT_ROWS = 3
"""So many blocks of text or rows of a table go with the signatures to their page, as DSTU 4163 and custom demand."""

_APP = (
    DECLARATION + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>orgdocs</Application></Properties>"
).encode()


def render_paper(template: Template, content: Content, marks: Marks = NO_MARKS, emblem: bytes = b"") -> bytes:
    """The Word file of a paper. Same template, content and marks, same bytes.

    ``emblem`` is the PNG whose digest stands in the content, if there is one.

    Raises:
        TemplateFault: the template does not fit the content.
    """
    above = _draw_emblem(content.body["emblem"], emblem)
    values = values_of(content, marks) | {"emblem": above or ""}
    parts = _static_parts(template, content.paper.language) | _shared_parts(template, marks, above)
    for part in template.dynamic:
        if part.name not in parts:
            parts[part.name] = _fill(part, values, content.body)
    add_pictures(parts, ({EMBLEM: emblem} if above else {}) | ({CODE: draw_code(marks.code)} if marks.code else {}))
    parts["docProps/core.xml"] = _core_properties(content)
    parts["docProps/app.xml"] = _APP
    return write_package(parts)


@lru_cache(maxsize=256)
def _shared_parts(template: Template, marks: Marks, emblem: Drawing | None) -> dict[str, bytes]:
    """The parts that print nothing but marks and emblem, heads and feet of pages: the same for all papers that have these."""
    values = {"marks": _values_of_marks(marks), "emblem": emblem or ""}
    return {part.name: _fill(part, values) for part in template.dynamic if part.names <= values.keys()}


def _fill(part: Part, values: dict[str, Any], body: Body | None = None) -> bytes:
    """A part with the values in it, sound for Word."""
    rendered = part.render(values)
    tree = _parse(part.name, rendered)
    changed = part.may_empty and _mend_empty(tree)
    if part.loops_columns and body and body["columns"]:
        fit_columns(tree, Columns(body))
        changed = True
    return serialise_xml(tree) if changed else rendered


def _parse(name: str, rendered: bytes) -> etree._Element:
    try:
        return parse_xml(rendered)
    except PackageError as error:
        raise TemplateFault(f"{name}: what comes out of it is damaged: {error}") from None


def values_of(content: Content, marks: Marks = NO_MARKS) -> dict[str, Any]:
    """What a template gets to see: the marks, and the body with ``-kept`` at what must not be parted from what follows.

    Those are the last blocks or rows before what is signed, every block that leads in a list or table, and the row before a total.
    """
    body = content.body
    values = cast("dict[str, Any]", dict(body))
    last = body["sections"][-1]["blocks"] if body["sections"] and (body["signatures"] or body["acquaintance"]) else []
    kept = {id(block) for block in last[-_KEPT:]}
    values["sections"] = [
        {
            **section,
            "blocks": [
                {**block, "style": f"{block['style']}-kept"}
                if block["style"] != "relations" and (block["text"].endswith(":") or id(block) in kept)
                else block
                for block in section["blocks"]
            ],
        }
        for section in body["sections"]
    ]
    rows = body["rows"]
    before_totals = {index - 1 for index, row in enumerate(rows) if row["style"] == "total"}
    values["rows"] = [
        {**row, "style": _kept(row["style"])} if index in before_totals or index >= len(rows) - _KEPT_ROWS else row
        for index, row in enumerate(rows)
    ]
    values |= {"marks": _values_of_marks(marks), "emblem": ""}
    if marks.stamp:
        values |= _stamped(body, marks.stamp)
    return values


CODE_SIZE = 21
"""Millimetres along the side of a QR code with its white margin, as Ukrainian practice of DSTU 4163:2020 has it."""


def _values_of_marks(marks: Marks) -> dict[str, Any]:
    code = draw(CODE, draw_code(marks.code), f"QR: {marks.code}", CODE_SIZE) if marks.code else ""
    return {"footer": list(marks.footer), "draft": marks.draft, "code": code}


def _draw_emblem(emblem: Emblem, picture: bytes) -> Drawing | None:
    return draw(EMBLEM, picture, emblem["description"], float(emblem["height"])) if emblem["picture"] else None


def _kept(style: str) -> str:
    return style if style == "unit" else f"{style}-kept"


def _stamped(body: Body, lines: tuple[str, ...]) -> dict[str, Any]:
    """The stamp with more lines below it; if there is none, the head of the annex, which names the act in its place."""
    if body["stamp"]["word"] or not body["annex_first"]:
        return {"stamp": {"word": body["stamp"]["word"], "lines": [*body["stamp"]["lines"], *lines]}}
    return {"annex_first": [*body["annex_first"], *lines]}


@cache
def _static_parts(template: Template, language: str) -> dict[str, bytes]:
    """The parts that are the same for all papers of a language. The language of the text is tagged in the styles."""
    parts = dict(template.static)
    if "word/styles.xml" in parts:
        parts["word/styles.xml"] = _tag_language(parts["word/styles.xml"], LOCALES[language])
    names = {*parts, *(part.name for part in template.dynamic)}
    parts["[Content_Types].xml"] = _content_types(parts["[Content_Types].xml"], names)
    parts["_rels/.rels"] = _ROOT_RELATIONS
    return parts


def _tag_language(styles: bytes, locale: str) -> bytes:
    """The styles with a language as that of all text."""
    root = parse_xml(styles)
    owner = root
    for index, name in enumerate(("docDefaults", "rPrDefault", "rPr", "lang")):
        child = owner.find(f"{W}{name}")
        if child is None:
            child = etree.Element(f"{W}{name}")
            owner.insert(0 if index < 2 else len(owner), child)
        owner = child
    if owner.get(f"{W}val") == locale:
        return styles
    owner.set(f"{W}val", locale)
    return serialise_xml(root)


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROOT_RELATIONS = (
    f'{DECLARATION}<Relationships xmlns="{_PACKAGE}">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/metadata/core-properties" Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/extended-properties" Target="docProps/app.xml"/>'
    "</Relationships>"
).encode()

_PROPERTY_TYPES = {
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
}


def _content_types(data: bytes, names: set[str]) -> bytes:
    """The content types of the parts that are kept, and those of our own properties."""
    root = parse_xml(data)
    kept = {f"/{name}".casefold() for name in names}
    for child in list(root):
        name = child.get("PartName")
        if name is not None and name.casefold() not in kept:
            root.remove(child)
    space = root.nsmap[None]
    for name, kind in _PROPERTY_TYPES.items():
        etree.SubElement(root, f"{{{space}}}Override", {"PartName": name, "ContentType": kind})
    return serialise_xml(root)


def _core_properties(content: Content) -> bytes:
    day = _effective_time(content.effective)
    title = escape(content.body["title"], quote=False)
    text = (
        DECLARATION + '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator>orgdocs</dc:creator><dc:identifier>{content.paper}</dc:identifier>"
        f"<dc:language>{LOCALES[content.paper.language]}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
    )
    if sign := _UNWRITABLE.search(text):
        raise TemplateFault(f"the title holds the sign U+{ord(sign[0]):04X}, which Word files cannot keep")
    return text.encode()


_UNWRITABLE = re.compile(r"[^\t\n\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
"""What XML cannot hold, or would change: control characters and halves of characters."""


def fixed_time() -> str:
    """The time that SOURCE_DATE_EPOCH asks for, or the empty text.

    See https://reproducible-builds.org/specs/source-date-epoch/.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not (epoch.isascii() and epoch.isdigit() and len(epoch) <= len(str(_END_OF_TIME)) and int(epoch) < _END_OF_TIME):
        return ""
    return f"{datetime.fromtimestamp(int(epoch), UTC):%Y-%m-%dT%H:%M:%SZ}"


_END_OF_TIME = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp())


def _effective_time(effective: str) -> str:
    """The time written into the file: SOURCE_DATE_EPOCH, else the day of approval, else the first day of 1980."""
    return fixed_time() or f"{effective or '1980-01-01'}T00:00:00Z"


def _mend_empty(tree: etree._Element) -> bool:
    """Put a paragraph where Word demands one and no tag printed any; whether there was need for it."""
    needy = [node for node in tree.iter(*_HOLDERS) if not len(node) or node[-1].tag != _PARAGRAPH]
    for node in needy:
        etree.SubElement(node, _PARAGRAPH)
    bare = [table for table in tree.iter(f"{W}tbl") if table.find(f"{W}tr") is None]
    for table in bare:
        owner = table.getparent()
        if owner is not None:
            owner.remove(table)
    return bool(needy or bare)


_PARAGRAPH = f"{W}p"
_HOLDERS = tuple(f"{W}{name}" for name in ("tc", "hdr", "ftr", "footnote", "endnote", "txbxContent"))
"""What Word calls damaged unless it ends with a paragraph."""


# -- proof of no loss -----------------------------------------------------------------------------------------------


def missing_texts(paper: bytes, content: Content, marks: Marks = NO_MARKS) -> list[str]:
    """The texts of a content and its marks that are not found again in its paper; empty if nothing was lost.

    Each text is looked for as a paragraph of its own, then as a part of one, tabs and breaks included; what was found
    once is used up, so that a text that also stands elsewhere hides no loss. What fields show is not counted.
    """
    with zipfile.ZipFile(io.BytesIO(paper)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    whole: dict[str, int] = {}
    for name, data in parts.items():
        if name.startswith("word/") and name.endswith(".xml"):
            for paragraph in parse_xml(data).iter(_PARAGRAPH):
                text = _paragraph_text(paragraph)
                whole[text] = whole.get(text, 0) + 1
    texts = (*texts_of(content.body), *marks.footer, *marks.stamp, *filter(None, [marks.draft]))
    missing = [text for text in texts if not _use_up(text, whole)]
    if missing:
        missing = _look_within(missing, whole)
    pictures = ((EMBLEM, content.body["emblem"]["description"]), (CODE, marks.code))
    missing += [text for slot, text in pictures if text and slot.part not in parts]
    if parse_xml(parts["docProps/core.xml"]).findtext(f"{_DC}title") != content.body["title"]:
        missing.append(content.body["title"])
    return missing


def _use_up(text: str, whole: dict[str, int]) -> bool:
    for form in (text, text.upper()):
        if whole.get(form):
            whole[form] -= 1
            return True
    return False


def _look_within(missing: list[str], whole: dict[str, int]) -> list[str]:
    """Those of the texts that are in no paragraph either; the longest are placed first, so that they find room."""
    rest = [text for text, count in whole.items() for _ in range(count) if text]
    lost = set()
    for index in sorted(range(len(missing)), key=lambda index: -len(missing[index])):
        for form in (missing[index], missing[index].upper()):
            place = next((place for place, text in enumerate(rest) if form in text), None)
            if place is not None:
                rest[place] = rest[place].replace(form, "\0", 1)
                break
        else:
            lost.add(index)
    return [text for index, text in enumerate(missing) if index in lost]


_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n"}


def _paragraph_text(paragraph: etree._Element) -> str:
    """What stands in a paragraph, without what its fields show and without other paragraphs in its text boxes."""
    pieces = []
    depth = 0
    for run in paragraph.iter(f"{W}r"):
        parent = run.getparent()
        if parent is None or parent.tag == f"{W}fldSimple" or next(run.iterancestors(_PARAGRAPH)) is not paragraph:
            continue
        for node in run:
            if node.tag == f"{W}fldChar":
                depth += {"begin": 1, "end": -1}.get(str(node.get(f"{W}fldCharType")), 0)
            elif depth:
                continue
            elif node.tag == f"{W}t":
                pieces.append(node.text or "")
            elif node.tag in _SIGNS:
                pieces.append(_SIGNS[str(node.tag)])
    return "".join(pieces)


def texts_of(body: Body) -> Iterator[str]:
    """Every text of a body that must be found in the paper."""
    for key, value in body.items():
        if key not in {"title", "emblem"}:
            yield from _texts(value)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, list):
        if value and all(isinstance(item, dict) and "state" in item for item in value):
            yield from _texts("".join(item["text"] for item in value))  # the words of one text
            return
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in {"style", "align", "width"}:
                yield from _texts(item)
