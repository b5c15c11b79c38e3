"""What one paper says, as plain data: the hinge between the model and the printed paper."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypedDict

KINDS = (
    "job-description", "regulation", "staffing-table", "structure", "familiarisation-sheet", "familiarisation-journal", "review-list",
)  # fmt: skip
"""The kinds of papers, in the order of reports."""

RECORDS = frozenset({"familiarisation-sheet", "familiarisation-journal", "review-list"})
"""Those that nobody approves: they go with other papers."""


class PaperId(NamedTuple):
    """Which paper: organisation, kind, the id of the post or unit it is about, and its language."""

    organisation: str
    kind: str
    subject: str
    language: str

    def __str__(self) -> str:
        return f"{self.organisation}/{self.kind}/{self.subject}"


class Block(TypedDict, total=False):
    """One paragraph or table of a section.

    ``style`` is clause, item, subitem, dash, paragraph or relations; only relations has columns and rows.
    """

    style: str
    text: str
    columns: list[str]
    rows: list[dict[str, str]]


class Section(TypedDict):
    """A numbered section: heading and blocks."""

    heading: str
    lead: str
    blocks: list[Block]


class Stamp(TypedDict):
    """The approval stamp: its word and the lines below it."""

    word: str
    lines: list[str]


class Signature(TypedDict):
    """A place to sign: post, and the line with signature, name and day."""

    post: str
    line: str


class Column(TypedDict):
    """A column of a staffing or structure table. ``width`` is its share; ``align`` left, right or centre."""

    title: str
    number: str
    width: int
    align: str


class Cell(TypedDict):
    """A cell: its text, alignment and how many columns it spans."""

    text: str
    align: str


class Row(TypedDict):
    """A row: ``style`` is unit (a heading over all columns), post or total."""

    style: str
    text: str
    cells: list[Cell]


class Emblem(TypedDict):
    """A picture at the top: SHA-256 of its file, alternative text, height in millimetres. All empty where there is none."""

    picture: str
    description: str
    height: str


class Body(TypedDict):
    """Everything that a paper says. All fields are there in every paper; what it lacks is empty."""

    title: str
    emblem: Emblem
    annex_first: list[str]
    annex_next: str
    head: list[str]
    stamp: Stamp
    name: str
    subject: list[str]
    below: list[str]
    preamble: list[str]
    numbering: str
    """``sections`` or ``continuous``, if the clauses are not numbered in the way that the profile draws into its templates."""
    sections: list[Section]
    columns: list[Column]
    rows: list[Row]
    closing: list[str]
    signatures: list[Signature]
    agreed_word: str
    agreed: list[Signature]
    acquaintance: str
    acquaintance_columns: list[str]
    acquaintance_rows: list[str]


@dataclass(frozen=True)
class Content:
    """The content of one paper: which paper, by which profile, what it says, and when it takes effect."""

    paper: PaperId
    profile: str
    effective: str
    """Year-month-day for the file's own date, or the empty text."""
    body: Body

    def as_data(self) -> dict[str, object]:
        """The whole content as JSON-able data."""
        return {"paper": list(self.paper), "profile": self.profile, "effective": self.effective, "body": self.body}

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the canonical JSON of the content: what approvals and the incremental build go by."""
        data = json.dumps(self.as_data(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(data.encode()).hexdigest()


def empty_body() -> Body:
    """A body with all fields and nothing in them."""
    return {
        "title": "", "emblem": {"picture": "", "description": "", "height": ""},
        "annex_first": [], "annex_next": "", "head": [], "stamp": {"word": "", "lines": []}, "name": "",
        "subject": [], "below": [], "preamble": [], "numbering": "", "sections": [], "columns": [], "rows": [], "closing": [],
        "signatures": [], "agreed_word": "", "agreed": [], "acquaintance": "", "acquaintance_columns": [],
        "acquaintance_rows": [],
    }  # fmt: skip
