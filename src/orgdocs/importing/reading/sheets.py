"""A sheet of a workbook while it is read: cells by row and column within a budget, and a table of all rows that say something."""

from __future__ import annotations

from orgdocs.importing.manuscript import Cell, Grid, Paragraph, Spot, UnreadableError
from orgdocs.importing.reading.tidying import tidy
from orgdocs.problems import Sentence

MOST_ROWS = 20_000
MOST_COLUMNS = 256
MOST_CELLS = 200_000
_MOST_MERGES = 20_000


class Sheet:
    """Cells that say something, by row and column from 1, and those that are merged."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._cells: dict[int, dict[int, str]] = {}
        self._count = 0
        self._spans: dict[tuple[int, int], int] = {}
        self._below: dict[tuple[int, int], int] = {}

    def put(self, row: int, column: int, text: str) -> None:
        """Put a text into a cell; an empty one leaves no trace.

        Raises:
            UnreadableError: the sheet is larger than any table of people.
        """
        text = tidy(text)
        if not text:
            return
        if column > MOST_COLUMNS:
            raise UnreadableError(Sentence("the sheet {sheet} has cells beyond column {number}", sheet=self.name or 1, number=MOST_COLUMNS))
        self._count += 1
        self._cells.setdefault(row, {})[column] = text
        if len(self._cells) > MOST_ROWS:
            raise UnreadableError(Sentence("the sheet {sheet} has more than {number} rows", sheet=self.name or 1, number=MOST_ROWS))
        if self._count > MOST_CELLS:
            raise UnreadableError(Sentence("the sheet {sheet} has more than {number} cells", sheet=self.name or 1, number=MOST_CELLS))

    def merge(self, row: int, column: int, last_row: int, last_column: int) -> None:
        """Merge cells. Of merges that reach further than the budget only the part within it counts."""
        width = min(last_column, MOST_COLUMNS) - column + 1
        if width < 1 or last_row < row or len(self._spans) + len(self._below) > _MOST_MERGES:
            return
        if width > 1:
            self._spans[row, column] = width
        for below in range(row + 1, min(last_row, row + 1000) + 1):
            self._below[below, column] = width

    def settle(self) -> Grid | None:
        """The rows that say something, each as wide as the sheet, or None for an empty sheet."""
        if not self._cells:
            return None
        width = max(max(cells) for cells in self._cells.values())
        rows = [tuple(self._settle_row(row, width)) for row in sorted(self._cells)]
        return Grid(tuple(rows), Spot(min(self._cells)), self.name)

    def _settle_row(self, row: int, width: int) -> list[Cell]:
        cells: list[Cell] = []
        column = 1
        while column <= width:
            continued = (row, column) in self._below
            span = min(self._below.get((row, column), self._spans.get((row, column), 1)), width - column + 1)
            text = "" if continued else self._cells[row].get(column, "")
            spot = Spot(row, row, column)
            cells.append(Cell((Paragraph(text, spot),) if text else (), span, continued))
            column += span
        return cells
