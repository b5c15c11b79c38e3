"""Tabulated clauses: tables that set a list or a form in columns, with a number or a name before each text, become clauses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from orgdocs.importing.drafts import ClauseDraft
from orgdocs.importing.manuscript import Cell, Grid
from orgdocs.importing.understanding.nesting import close

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,3})*[.)]?")
_NAMED = re.compile(r"(\d{1,2}(?:\.\d{1,2})*[.)])\s*(\S.*)", re.DOTALL)
_COUNT = re.compile(r"№(?:\s*[зп]\s*/\s*п)?\.?|No\.?|#|N", re.IGNORECASE)
_LONGEST_NAME = 25
"""A cell with more words is no name of what stands beside it."""


def write_clauses(grid: Grid) -> tuple[str, tuple[ClauseDraft, ...]] | None:
    """The clauses of a table of two columns with what is written above them; None if its rows are no clauses.

    Either numbers stand before texts, under a row with titles or not, or numbered names before values: "5. Superior | Head".
    """
    rows = grid.rows
    if not rows or any(len(row) != 2 for row in rows):
        return None
    title = ""
    if _COUNT.fullmatch(_say(rows[0][0])) and len(rows) > 1:
        title, rows = _say(rows[0][1]), rows[1:]
    if all(_NUMBER.fullmatch(_say(row[0])) and _say(row[1]) for row in rows):
        return title, tuple(_write(_say(row[0]), "", row) for row in rows)
    if title or not all((found := _NAMED.fullmatch(_say(row[0]))) and len(found[2].split()) <= _LONGEST_NAME for row in rows):
        return None
    names = [found for row in rows if (found := _NAMED.fullmatch(_say(row[0])))]
    return "", tuple(_write(found[1], found[2].rstrip(":"), row) for found, row in zip(names, rows, strict=True))


def counts_rows(grid: Grid) -> bool:
    """Whether the first column of a table holds nothing but the numbers of clauses."""
    written = write_clauses(grid)
    return written is not None and all(_NUMBER.fullmatch(_say(row[0])) for row in grid.rows[1:])


def _write(number: str, name: str, row: Sequence[Cell]) -> ClauseDraft:
    """One clause: several paragraphs of a cell are items, the first of them before the others if it leads them in."""
    texts = [" ".join(paragraph.text.split()) for paragraph in row[1].paragraphs if paragraph.text.strip()]
    spot, below = (cell.paragraphs[0].spot if cell.paragraphs else row[0].paragraphs[0].spot for cell in row)
    head = f"{name}: {texts.pop(0)}" if name and len(texts) == 1 else name or (texts.pop(0) if texts else "")
    items = tuple(ClauseDraft(close(text.lstrip("–—-• ")), below, text[0] if text[0] in "–—-•" else "") for text in texts)
    return ClauseDraft(close(head).removesuffix(":"), spot, number, items)


def _say(cell: Cell) -> str:
    return " ".join(cell.text.split())
