"""Word files drawn by hand for the tests, and a content that has a text in every place."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any, cast

from orgdocs.contents.content import Body, Content, PaperId
from orgdocs.rendering.drafting import TABLE_KINDS
from orgdocs.rendering.packages import write_package

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
STYLES = (
    f'{XML}<w:styles {SPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>'
)


def types(*entries: tuple[str, str], defaults: Mapping[str, str] | None = None) -> str:
    """A part with content types: those that each of our files needs, and more."""
    own = [("/word/document.xml", f"{MAIN}.document.main+xml"), ("/word/styles.xml", f"{MAIN}.styles+xml"), *entries]
    body = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in dict(own).items())
    more = "".join(f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in (defaults or {}).items())
    return (
        f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{more}{body}</Types>'
    )


def relations(*entries: tuple[str, str] | tuple[str, str, str]) -> str:
    """A part with relations: kind, target, and a mode where there is one."""
    body = "".join(
        f'<Relationship Id="rId{number}" Type="{R}/{entry[0]}" Target="{entry[1]}"'
        + (f' TargetMode="{entry[2]}"' if len(entry) == 3 else "")
        + "/>"
        for number, entry in enumerate(entries, 1)
    )
    return f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{body}</Relationships>'


def document(body: str) -> str:
    """The main part around blocks of Word's XML."""
    return f"{XML}<w:document {SPACES}><w:body>{body}</w:body></w:document>"


def block(line: str) -> str:
    """A line of a case as Word's XML: as it is if it begins with ``<``, else a paragraph whose runs are parted by ``¦``."""
    if line.startswith("<"):
        return line
    return "<w:p>" + "".join(f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>' for run in line.split("¦")) + "</w:p>"


def word_parts(body: str = "<w:p/>", changed: Mapping[str, str | bytes] | None = None) -> dict[str, bytes]:
    """The parts of a small Word file; ``changed`` parts are put in or replaced."""
    whole: dict[str, str | bytes] = {
        "[Content_Types].xml": types(),
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations(("styles", "styles.xml")),
        "word/document.xml": document(body),
        "word/styles.xml": STYLES,
        **(changed or {}),
    }
    return {name: content.encode() if isinstance(content, str) else content for name, content in whole.items()}


def word_file(body: str = "<w:p/>", changed: Mapping[str, str | bytes] | None = None) -> bytes:
    """The same as a file."""
    return write_package(word_parts(body, changed))


def with_parts(body: str, *parts: tuple[str, str, str]) -> bytes:
    """A small Word file with further parts, each as kind of relation, name below ``word/`` and content."""
    return word_file(
        body,
        {
            "[Content_Types].xml": types(*[(f"/word/{name}", f"{MAIN}.{kind}+xml") for kind, name, _ in parts]),
            "word/_rels/document.xml.rels": relations(("styles", "styles.xml"), *[(kind, name) for kind, name, _ in parts]),
            **{f"word/{name}": content for _, name, content in parts},
        },
    )


def part(element: str, body: str) -> str:
    """A header, footer or the like around blocks."""
    return f"{XML}<w:{element} {SPACES}>{body}</w:{element}>"


def zipped(members: Mapping[str, bytes] | list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive by Python's own library, which writes names as they are given, twice if they are given twice."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items() if isinstance(members, Mapping) else members:
            archive.writestr(name, content)
    return buffer.getvalue()


def content_of(body: dict[str, Any], kind: str = "job-description", language: str = "en", profile: str = "intl") -> Content:
    """A content with a body."""
    return Content(PaperId("office", kind, "clerk", language), profile, "", cast("Body", body))


_LAST = (("clause", "paragraph"), ("item", "subitem"), ("dash", "paragraph"))
"""Ends of sections. The last blocks of the last section are kept with the signature, by styles of their own."""


def full_body(text: Callable[[], str], kind: str, last: int = 0) -> dict[str, Any]:
    """A body that has a text in every place where a kind of paper can have one; ``text`` gives one after another.

    ``last`` says with which pair of blocks the sections end.
    """
    tables = kind in TABLE_KINDS
    styles = ("clause", "item", "subitem", "dash", "paragraph")
    relation = {
        "style": "relations", "text": "", "columns": [text(), text(), text()],
        "rows": [{"with": text(), "receives": text(), "provides": text()} for _ in range(2)],
    }  # fmt: skip
    sections = [
        {"heading": text(), "lead": text(), "blocks": [*({"style": style, "text": text()} for style in styles), relation]},
        *(
            {"heading": text(), "lead": "", "blocks": [{"style": style, "text": text()} for style in pair]}
            for pair in (*_LAST[last + 1 :], *_LAST[: last + 1])
        ),
    ]
    columns = [{"title": text(), "number": text(), "width": 10 + index, "align": "left"} for index in range(4)]
    aligns = ("left", "centre", "right", "left")
    rows = [
        {"style": "unit", "text": text(), "cells": []},
        {"style": "post", "text": "", "cells": [{"text": text(), "align": align} for align in aligns]},
        {"style": "total", "text": "", "cells": [{"text": text(), "align": align} for align in aligns]},
    ]
    signatures = [{"post": text(), "line": text()}]
    job = kind == "job-description"
    return {
        "title": text(), "emblem": {"picture": "", "description": "", "height": ""},
        "annex_first": [text(), text()] if kind == "regulation" else [],
        "annex_next": text() if kind == "regulation" else "", "head": [text(), text()],
        "stamp": {"word": text(), "lines": [text(), text()]}, "name": text(), "subject": [text()], "below": [text()],
        "preamble": [text()], "numbering": "", "sections": [] if tables else sections, "columns": columns if tables else [],
        "rows": rows if tables else [], "closing": [text()], "signatures": signatures, "agreed_word": text(),
        "agreed": [{"post": text(), "line": text()}], "acquaintance": text() if job else "",
        "acquaintance_columns": [text() for _ in range(4)] if job else [], "acquaintance_rows": [text(), text()] if job else [],
    }  # fmt: skip
