"""What papers have in common whose body is one table: columns by the wording, rows of cells under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgdocs.contents.content import Cell, Column, Row

if TYPE_CHECKING:
    from collections.abc import Mapping

Columns = dict[str, dict[str, str]]
"""Title, width and alignment of each column by its name, as the wording has them."""


def make_columns(columns: Columns) -> list[Column]:
    """The columns of a table, numbered from 1."""
    return [
        Column(title=column["title"], number=str(number), width=int(column.get("width", "10")), align=column.get("align", "left"))
        for number, column in enumerate(columns.values(), 1)
    ]


def make_row(style: str, figures: Mapping[str, str], columns: Columns) -> Row:
    """A row with what belongs into each column; columns of which nothing is said stay empty."""
    cells = [Cell(text=figures.get(key, ""), align=column.get("align", "left")) for key, column in columns.items()]
    return Row(style=style, text="", cells=cells)


def make_heading(text: str) -> Row:
    """A heading over all columns."""
    return Row(style="unit", text=text, cells=[])
