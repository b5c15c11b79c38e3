"""The widths of columns that come out of a loop: the shares of the profile, but none narrower than its longest word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lxml import etree

from orgdocs.rendering.packages import W

if TYPE_CHECKING:
    from orgdocs.contents.content import Body

_HEAD_LETTER, _LETTER = (96, 112), (86, 92)
"""Twentieths of a point: a letter in bold and in plain type of the size of tables, in Latin script and in the wider Cyrillic one."""
_MARGINS = 130
"""What stands free beside a text, in the same measure."""
_BREAKS = re.compile(r"[ \n\t-]")
"""Where a line may break; a hard space holds."""


class Columns:
    """The columns of one table: their shares, and the least that each needs."""

    def __init__(self, body: Body) -> None:
        self.shares = [column["width"] for column in body["columns"]]
        self.least = [_MARGINS + _longest_word(column["title"], _HEAD_LETTER) for column in body["columns"]]
        for row in body["rows"]:
            for index, cell in enumerate(row["cells"][: len(self.least)]):
                self.least[index] = max(self.least[index], _MARGINS + _longest_word(cell["text"], _LETTER))

    def divide(self, whole: int) -> list[int]:
        """The widths that make up a whole: what a column lacks for its longest word is taken from those that have more.

        >>> columns = Columns({"columns": [{"width": 1, "title": "Headcount"}, {"width": 9, "title": "Post"}], "rows": []})
        >>> columns.divide(5000)
        [994, 4006]
        """
        widths = [whole * share // sum(self.shares) for share in self.shares]
        lacking = [max(least - width, 0) for least, width in zip(self.least, widths, strict=True)]
        spare = [max(width - least, 0) for least, width in zip(self.least, widths, strict=True)]
        if not any(lacking):
            return widths
        if sum(lacking) > sum(spare):  # too many columns: all are short of room alike
            return [whole * least // sum(self.least) for least in self.least]
        taken = [sum(lacking) * free // sum(spare) for free in spare]
        # What rounding leaves is taken from the column that has most to spare.
        taken[spare.index(max(spare))] += sum(lacking) - sum(taken)
        return [width + more - less for width, more, less in zip(widths, lacking, taken, strict=True)]


def _longest_word(text: str, letters: tuple[int, int]) -> int:
    """How much room the longest word of a text takes."""
    return max(len(word) * letters[not word.isascii()] for word in _BREAKS.split(text))


def fit_columns(tree: etree._Element, columns: Columns) -> None:
    """Give the table whose columns came out of a loop its grid, and its cells their widths."""
    for table in tree.iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        grid = table.find(f"{W}tblGrid")
        if not rows or grid is None or len(rows[0].findall(f"{W}tc")) != len(columns.shares):
            continue
        drawn = [column.get(f"{W}w") for column in grid]
        if drawn == [size.get(f"{W}w") for size in rows[0].findall(f"{W}tc/{W}tcPr/{W}tcW")]:
            continue  # a table of so many columns that was drawn by hand
        _set_widths(grid, rows, columns.divide(sum(int(width or 0) for width in drawn)))


def _set_widths(grid: etree._Element, rows: Sequence[etree._Element], widths: Sequence[int]) -> None:
    grid[:] = [etree.Element(f"{W}gridCol", {f"{W}w": str(width)}) for width in widths]
    for row in rows:
        cells = row.findall(f"{W}tc")
        for cell, width in zip(cells, widths if len(cells) == len(widths) else [sum(widths)], strict=False):
            size = cell.find(f"{W}tcPr/{W}tcW")
            if size is not None:
                size.set(f"{W}w", str(width))
