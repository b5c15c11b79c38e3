"""The rows of a workbook that comes back: found by the hidden row and cells with which it was written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from orgdocs.exporting.sheets import HEAD_ROWS, KEYS, MARKER, SHEETS, Key, read_key
from orgdocs.importing.manuscript import Grid, Manuscript
from orgdocs.importing.tables.figures import name_cell
from orgdocs.problems import Sentence


class ForeignError(Exception):
    """A workbook cannot be taken back; the sentence says why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class Line(NamedTuple):
    """A row of a sheet that came back."""

    sheet: str
    number: int
    """The row as Excel counts it."""
    key: Key | None
    cells: dict[str, str]
    """By the names of the fields."""
    columns: dict[str, int]

    def cell(self, name: str) -> str:
        """The name of a cell: ``Staffing!F12``."""
        return name_cell(self.number, self.columns.get(name, 1), self.sheet)


class Lines(NamedTuple):
    """What a sheet says: its rows, and the digests of those that it was written with."""

    lines: tuple[Line, ...]
    known: frozenset[str]


def is_returned(manuscript: Manuscript) -> bool:
    """Whether a workbook is one of ``orgdocs export``."""
    return any(isinstance(block, Grid) and marker_of(block) is not None for block in manuscript.blocks)


def marker_of(grid: Grid) -> list[str] | None:
    """The organisation of a sheet and its name as it was written, None if it is no sheet of ``orgdocs export``."""
    first = grid.rows[0][0].text if grid.rows and grid.rows[0] else ""
    words = first.split()
    return words[1:] if len(words) == 3 and words[0] == MARKER and words[2] in SHEETS else None


def read_lines(name: str, grid: Grid, organisation: str) -> Lines:
    """The rows of a sheet below its heads; columns may have been moved, since the hidden row names them.

    Raises:
        ForeignError: the hidden row or cells were changed.
    """
    table = [(_row_of(row), {cell.paragraphs[0].spot.column or 0: cell.text for cell in row if cell.paragraphs}) for row in grid.rows]
    fields = {field.name for field in SHEETS[name]}
    names = {column: text for column, text in table[0][1].items() if text in fields}
    if set(names.values()) != fields or len(names) != len(fields):
        raise ForeignError(Sentence("the hidden first row of {sheet} was changed; export again", sheet=name))
    known = frozenset(word for text in table[0][1].values() if text.startswith(KEYS) for word in text.removeprefix(KEYS).split())
    columns = {text: column for column, text in names.items()}
    lines: list[Line] = []
    for number, cells in table[1:]:
        if number <= HEAD_ROWS:
            continue
        texts = {field: cells.get(column, "") for field, column in columns.items()}
        key = read_key(cells.get(1, ""))
        if key is not None and (len(key.digests) != len(fields) or not key.path.startswith(f"positions/{organisation}/")):
            raise ForeignError(Sentence("the hidden first column of {sheet} was changed; export again", sheet=name))
        if key is not None or any(texts.values()):
            lines.append(Line(name, number, key, texts, columns))
    return Lines(tuple(lines), known)


def settle_doubles(lines: tuple[Line, ...]) -> Iterator[tuple[Line, bool]]:
    """The rows, those that were copied to make new ones without their key; and whether a row stands there twice as it is."""
    seen: dict[Any, Line] = {}
    for line in lines:
        place = None if line.key is None else (line.key.path, line.key.route)
        if place is None or place not in seen:
            seen.setdefault(place, line)
            yield line, False
        elif line.cells["id"] != seen[place].cells["id"]:
            yield line._replace(key=None), False
        else:
            yield line, True


def _row_of(row: tuple[Any, ...]) -> int:
    return next((cell.paragraphs[0].spot.row or 0 for cell in row if cell.paragraphs), 0)
