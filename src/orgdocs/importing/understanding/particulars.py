"""Particulars: what the head of a paper says as a form does, word by word: "Department: Accounts", "Reports to: the director"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from orgdocs.importing.manuscript import Grid
from orgdocs.importing.understanding.lines import Line
from orgdocs.importing.understanding.vocabulary import find_pattern

FIELDS = ("reports_to", "name", "unit", "organisation")

_TYPED = re.compile(r"^\d{1,2}[.)]\s*")
_PAIR = re.compile(r"(?P<key>[^:]{2,60}?)\s*:\s*(?P<value>\S.*)")


class Particular(NamedTuple):
    """One entry of the head: the field it fills and what stands there."""

    field: str
    value: str


def tell_particular(words: str) -> Particular | None:
    """The entry that a line of the head makes, or None."""
    pair = _PAIR.fullmatch(words)
    field = pair and _tell_field(pair["key"])
    return Particular(field, pair["value"].strip(" .")) if pair and field else None


def _tell_field(key: str) -> str:
    bare = _TYPED.sub("", key).strip(" :")
    return next((field for field in FIELDS if find_pattern("particulars", field).fullmatch(bare)), "")


def read_particulars(lines: Iterable[Line]) -> dict[str, tuple[str, Line]]:
    """The entries among the lines of a head, each with its line; the first of a kind counts."""
    found: dict[str, tuple[str, Line]] = {}
    for line in lines:
        particular = tell_particular(line.words)
        if particular:
            found.setdefault(particular.field, (particular.value, line))
    return found


def is_form(grid: Grid) -> bool:
    """Whether a table in the head is such a form: its first column names fields."""
    named = [row for row in grid.rows if len(row) >= 2 and _tell_field(row[0].text)]
    return len(named) >= 2 or (len(named) == len(grid.rows) == 1)


def write_out(grid: Grid) -> list[Line]:
    """The rows of a form as lines."""
    lines = []
    for row in grid.rows:
        texts = [" ".join(cell.text.split()) for cell in row if cell.text.strip()]
        if texts:
            lines.append(
                Line(
                    f"{texts[0].rstrip(':')}: {' '.join(texts[1:])}" if len(texts) > 1 else texts[0],
                    row[0].paragraphs[0].spot if row[0].paragraphs else grid.spot,
                )
            )
    return lines
