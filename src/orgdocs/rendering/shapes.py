"""The fields that papers have for templates: texts, lists and what lies in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from orgdocs.contents.packet import PACKET

Shape = str | list[Any] | dict[str, Any]
"""What a field is: ``text``, a list with the shape of its entries, or a dict with the shapes of its fields."""
TEXT = "text"
_SIGNATURES: Shape = [{"post": TEXT, "line": TEXT}]
_BLOCK: Shape = {
    "style": TEXT, "text": TEXT, "columns": [TEXT], "rows": [{"with": TEXT, "receives": TEXT, "provides": TEXT}],
}  # fmt: skip
_WORDS: Shape = [{"text": TEXT, "state": TEXT}]
_TABLE: Shape = {"heading": TEXT, "columns": [TEXT], "rows": [{"style": TEXT, "text": TEXT, "cells": [TEXT]}]}
_PACKET: Shape = {
    "intro": [TEXT], "changes": {"heading": TEXT, "groups": [{"heading": TEXT, "changes": [{"words": _WORDS}]}]},
    "totals": _TABLE, "papers": _TABLE,
    "comparison": {
        "heading": TEXT, "columns": [TEXT], "rows": [{"style": TEXT, "text": TEXT, "before": _WORDS, "after": _WORDS}],
    },
    "orders": [
        {
            "heading": TEXT, "issuer": TEXT, "word": TEXT, "requisites": [TEXT], "about": TEXT, "preamble": TEXT, "verb": TEXT,
            "points": [{"text": TEXT, "entries": [TEXT]}], "signatures": _SIGNATURES,
        }
    ],
}  # fmt: skip
SHAPES: dict[str, Shape] = {
    "title": TEXT, "emblem": TEXT, "annex_first": [TEXT], "annex_next": TEXT, "head": [TEXT],
    "stamp": {"word": TEXT, "lines": [TEXT]},
    "name": TEXT, "subject": [TEXT], "below": [TEXT], "preamble": [TEXT], "numbering": TEXT,
    "sections": [{"heading": TEXT, "lead": TEXT, "blocks": [_BLOCK]}],
    "columns": [{"title": TEXT, "number": TEXT, "width": TEXT, "align": TEXT}],
    "rows": [{"style": TEXT, "text": TEXT, "cells": [{"text": TEXT, "align": TEXT}]}],
    "closing": [TEXT], "signatures": _SIGNATURES, "agreed_word": TEXT, "agreed": _SIGNATURES, "acquaintance": TEXT,
    "acquaintance_columns": [TEXT], "acquaintance_rows": [TEXT], "marks": {"footer": [TEXT], "draft": TEXT, "code": TEXT},
}  # fmt: skip
"""The names that a template may use: the fields of a content's body, and the marks."""
PACKET_SHAPES: dict[str, Shape] = SHAPES | {"packet": _PACKET}
"""The names that the template of packets may use."""


def shapes_for(kind: str) -> Mapping[str, Shape]:
    """The names that the template of a kind of paper may use."""
    return PACKET_SHAPES if kind == PACKET else SHAPES
