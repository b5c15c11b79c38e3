"""The proof over a staffing table: every cell is found again in the files, follows from others, or is told in the report."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from orgdocs.importing.comparing import compared_words
from orgdocs.importing.manuscript import Grid, Manuscript
from orgdocs.importing.tables.columns import find_head, lay_out
from orgdocs.importing.tables.figures import NOTHING, name_cell, read_number, read_percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from orgdocs.importing.tables.filing import FiledRow, FiledTable

_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])")
_DERIVED = frozenset({"number", "units", "posts", "month", "year", "salary_fund", "vacant", "rate", "allowances", "additions"})
"""Columns whose figures may follow from what the files say."""


class Cells(NamedTuple):
    """What became of the cells of a table that say something."""

    written: int
    """Found again in the file of their post or unit."""
    derived: int
    """Numbers of rows, staff units, funds and totals: they follow from what is written, or the report tells what is wrong with them."""
    told: int
    """The head of the table, texts around it, names of persons: told in the report, some in comments."""
    lost: tuple[tuple[str, str], ...]
    """Cells that are nowhere: their names and texts."""


def prove_table(filed: FiledTable, manuscript: Manuscript, files: Mapping[str, bytes]) -> Cells:
    """Look for each cell of the source. ``files`` are those of the registry as they will be."""
    draft = filed.draft
    grid = next((one for one in manuscript.blocks if isinstance(one, Grid) and one.spot == draft.spot and one.name == draft.sheet), None)
    if grid is None:
        return Cells(0, 0, 0, ())
    return _Proving(filed, grid, files).prove()


class _Proving:
    def __init__(self, filed: FiledTable, grid: Grid, files: Mapping[str, bytes]) -> None:
        self._filed = filed
        self._grid = grid
        self._files = files
        self._language = filed.draft.language
        self._told = Counter(word for text in _texts_told(filed) for word in compared_words(text))
        self._kept = {text for group in filed.draft.groups for _, text in group.kept}
        names = " ".join(name for _, name in filed.units.values())
        paths = [path for path in files if "/units/" in path or path.endswith("organisation.yaml")]
        of_units = " ".join(files[path].decode("utf-8", "replace") for path in paths if names)
        self._units = frozenset(compared_words(of_units))

    def prove(self) -> Cells:
        """Every cell counts once."""
        counts: Counter[str] = Counter()
        lost: list[tuple[str, str]] = []
        rows = lay_out(self._grid)
        head = find_head(self._grid, rows, self._language)
        assert head is not None  # noqa: S101  (the table was recognised by it)
        self._told.update(word for column in head.columns for text in column.heads for word in compared_words(text))
        by_row: dict[tuple[int | None, int | None], list[FiledRow]] = {}
        for one in self._filed.rows:
            by_row.setdefault((one.row.spot.block, one.row.spot.row), []).append(one)
        for number, row in enumerate(rows):
            spot = next((cell.paragraphs[0].spot for cell in self._grid.rows[number] if cell.paragraphs), None)
            found = by_row.get((spot.block, spot.row), []) if spot is not None else []
            for place, text in enumerate(row):
                if not text:
                    continue
                role = head.columns[place].role
                fate = self._fate(text, role, found, is_head=head.first <= number < head.end)
                counts[fate] += 1
                if fate == "lost":
                    lost.append((name_cell(spot.row if spot and spot.row else number + 1, place + 1, self._grid.name), text))
        return Cells(counts["written"], counts["derived"], counts["told"], tuple(lost))

    def _fate(self, text: str, role: str, rows: Sequence[FiledRow], *, is_head: bool) -> str:
        if is_head:
            return "told"
        if role in {"category", "establishment"} and any(role in one.row.values for one in rows):
            return "written"  # by the word that the files have for it
        words = compared_words(text)
        number = read_percent(text, self._language)
        number = number if number is not None else read_number(text, self._language)
        if any(self._is_in(one.path, words, number) for one in rows):
            return "written"
        if rows and all(any(self._is_in(one.path, compared_words(line), read_number(line, self._language)) for one in rows)
                        for line in text.split("\n")):  # fmt: skip
            return "written"
        if number is not None and any(one.outcome == "differs" for one in rows):
            return "told"  # among the changes that the table asks for
        if text.strip() in NOTHING or not (words or number is not None) or (number is not None and (role in _DERIVED or not rows)):
            return "derived"
        if not rows and words and all(word in self._units for word in words):
            return "written"
        if text in self._kept or (words and not (Counter(words) - self._told)):
            return "told"
        return "derived" if role == "number" else "lost"

    def _is_in(self, path: str, words: Sequence[str], number: Decimal | None) -> bool:
        """Whether a file says a number, or all words of a text."""
        said = self._files[path].decode("utf-8", "replace")
        if number is not None:
            return any(Decimal(figure) == number for figure in _NUMBER.findall(said))
        return bool(words) and not (Counter(words) - Counter(compared_words(said)))


def _texts_told(filed: FiledTable) -> Iterator[str]:
    """Everything that the report tells of a table besides what is in the files."""
    draft = filed.draft
    yield from (*draft.title, *draft.above, *draft.below)
    for head, text in draft.kept:
        yield from (head, text)
    for group in draft.groups:
        yield group.name
        yield from (text for _, text in group.kept)
        for row in group.rows:
            yield from row.persons
            yield from (text for _, text in row.kept)
    yield from draft.labels
