"""The rows of a staffing table: headings, posts and totals, and the units and fields that they make."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from orgdocs.importing.drafts import Oddness, PostRow, UnitRows
from orgdocs.importing.manuscript import Spot
from orgdocs.importing.subjects import tell_unit_kind
from orgdocs.importing.tables import vocabulary
from orgdocs.importing.tables.figures import NOTHING, name_cell, read_number, show
from orgdocs.importing.tables.posts import NUMBERS, PostReading
from orgdocs.importing.tables.sums import Figures, check_row, differ
from orgdocs.problems import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgdocs.importing.manuscript import Grid
    from orgdocs.importing.tables.columns import Head

_DERIVED = ("units", "month", "year", "salary_fund", "vacant")
_LABELS = ("post", "unit", "number")


@dataclass
class _Group:
    """A unit while its rows are read."""

    name: str
    spot: Spot
    kind: str = "unit"
    parent: int | None = None
    depth: str = ""
    """The number before its name."""
    rows: list[tuple[PostRow, Figures]] = field(default_factory=list)
    totals: dict[str, Decimal] = field(default_factory=dict)
    kept: list[tuple[str, str]] = field(default_factory=list)
    is_closed: bool = False
    category: str = ""


class Rows:
    """Reads the rows below the head of a table."""

    def __init__(self, grid: Grid, rows: Sequence[Sequence[str | None]], head: Head, language: str) -> None:
        self._grid = grid
        self._rows = rows
        self._head = head
        self._language = language
        self._places = {role: place for place, column in reversed(list(enumerate(head.columns))) if (role := column.role)}
        self._groups: list[_Group] = []
        self._category = ""
        self.totals: dict[str, Decimal] = {}
        self.oddnesses: list[Oddness] = []
        self.kept: list[tuple[str, str]] = []
        self.below: list[str] = []
        self.labels: list[str] = []
        self._is_over = False
        """After the total of everything, and after the first line that is signed."""

    def read(self) -> tuple[UnitRows, ...]:
        """The groups of the table in their order."""
        for number in range(self._head.end, len(self._rows)):
            self._read_row(number)
        return tuple(
            UnitRows(one.name, tuple(row for row, _ in one.rows), one.spot, one.totals, one.kind, one.parent, tuple(one.kept))
            for one in self._groups
        )

    @property
    def salaries(self) -> Decimal:
        """The fund of a month by salaries alone, as the rows make it."""
        rows = [figures for group in self._groups for _, figures in group.rows]
        return sum(((figures.get("salary") or Decimal(0)) * figures.units for figures in rows), Decimal(0))

    # -- one row --------------------------------------------------------------------------------------------------

    def _read_row(self, number: int) -> None:
        row = self._rows[number]
        says = [place for place, text in enumerate(row) if text]
        if not says or self._repeats_head(row):
            return
        label = self._label(row)
        has_figures = any(self._number(row, place) is not None for place in says if self._role(place) in NUMBERS)
        if label and vocabulary.TOTAL.search(label):
            self._read_total(number, label)
        elif self._is_over or (vocabulary.SIGNED.search(" ".join(row[place] or "" for place in says)) and not has_figures):
            self._is_over = self._is_over or not has_figures
            if has_figures and self._title(row):
                self._read_posts(number)
            else:
                self.below.append("  ".join(" ".join((row[place] or "").split()) for place in says))
        elif self._title(row) and (has_figures or not self._is_heading(label, says)):
            self._enter_unit_of(number)
            self._read_posts(number)
        elif label:
            self._open(label, number, [place for place in says if self._role(place) not in _LABELS])
        else:
            self.kept += [(self._cell(number, place), row[place] or "") for place in says]

    def _role(self, place: int) -> str:
        return self._head.columns[place].role if place < len(self._head.columns) else ""

    def _number(self, row: Sequence[str | None], place: int) -> Decimal | None:
        text = row[place] if place < len(row) else None
        return read_number(text, self._language) if text else None

    def _repeats_head(self, row: Sequence[str | None]) -> bool:
        """Whether the head stands here again, at the top of a further page, or its row of numbers."""
        says = [(place, " ".join(text.split())) for place, text in enumerate(row) if text]
        same = [text in self._head.columns[place].heads for place, text in says if place < len(self._head.columns)]
        counts = len(says) > 3 and [text.strip(".") for _, text in says] == [str(place + 1) for place, _ in says]
        return (len(same) > 1 and all(same)) or counts

    def _label(self, row: Sequence[str | None]) -> str:
        """The words of a row that may be a heading or a total."""
        for role in ("post", "unit"):
            place = self._places.get(role)
            if place is not None and row[place]:
                return " ".join((row[place] or "").split())
        first = next((text for text in row if text), "") or ""
        return " ".join(first.split()) if read_number(first, self._language) is None else ""

    def _title(self, row: Sequence[str | None]) -> str:
        text = (row[self._places["post"]] or "").strip()
        return "" if text in NOTHING else text

    def _is_heading(self, label: str, says: list[int]) -> bool:
        """Whether a row without figures names a unit: its words say so, or it has nothing but a name, a number and perhaps a code."""
        return tell_unit_kind(label) is not None or all(self._role(place) in {"post", "unit", "number", "unit_code"} for place in says)

    def _cell(self, number: int, place: int) -> str:
        """A cell as people name it: ``Staff!F12`` in sheets, row and column in other tables."""
        spot = self._spot(number)
        return name_cell(spot.row or number + 1, place + 1, self._grid.name)

    def _spot(self, number: int) -> Spot:
        found = next((cell.paragraphs[0].spot for cell in self._grid.rows[number] if cell.paragraphs), None)
        return found if found is not None and found.row is not None else Spot(self._grid.spot.block, number + 1)

    # -- units ----------------------------------------------------------------------------------------------------

    def _enter_unit_of(self, number: int) -> None:
        """Where units stand in a column of their own: a new name there begins a new group, an empty cell goes on."""
        row = self._rows[number]
        place = self._places.get("unit")
        if place is not None and row[place]:
            name = " ".join((row[place] or "").split())
            if not self._groups or self._groups[-1].name != self._bare(name):
                codes = [self._places["unit_code"]] if "unit_code" in self._places and row[self._places["unit_code"]] else []
                self._open(name, number, codes)
        elif not self._groups:
            self._groups.append(_Group("", self._spot(number), kind="leadership"))

    def _bare(self, label: str) -> str:
        return vocabulary.NUMBERED.sub("", label).strip(" .:;") or label

    def _open(self, label: str, number: int, others: Sequence[int]) -> None:
        """A heading: a unit, the leadership, a group of employees, or a category of posts."""
        category = next((name for name, pattern in vocabulary.CATEGORIES.items() if pattern.search(self._bare(label))), "")
        kept = [(self._head.columns[place].title, self._rows[number][place] or "") for place in others]
        if category and self._groups and self._groups[-1].kind == "unit" and not self._groups[-1].is_closed and not kept:
            self._category = category
            self.labels.append(label)
            return
        numbered = vocabulary.NUMBERED.match(label)
        at = self._places.get("number")
        own = (self._rows[number][at] or "") if at is not None and self._places.get("post") != at else ""
        depth = numbered["number"] if numbered else own.strip(" .)") if own != label else ""
        name = self._bare(label)
        kind = "leadership" if vocabulary.LEADERSHIP.search(name) else "staff" if category or vocabulary.STAFF.search(name) else "unit"
        self._category = category
        self.labels.append(label)
        group = _Group(name, self._spot(number), kind, self._find_parent(name, kind, depth), depth, kept=kept)
        self._groups.append(group)

    def _find_parent(self, name: str, kind: str, depth: str) -> int | None:
        """The open unit that a new one belongs to: by their numbers, else by their kinds where both are known."""
        if "unit" in self._places and self._places["unit"] != self._places["post"]:
            return None
        rank = vocabulary.RANKS.get(tell_unit_kind(name) or "", 0)
        for number in range(len(self._groups) - 1, -1, -1):
            above = self._groups[number]
            if above.is_closed or above.kind != "unit" or not above.name:
                continue
            if depth and above.depth:
                if depth.startswith(f"{above.depth}."):
                    return number
                continue
            if kind == "staff":
                return number
            if kind == "unit" and 0 < vocabulary.RANKS.get(tell_unit_kind(above.name) or "", 0) < rank:
                return number
        return None

    # -- posts ----------------------------------------------------------------------------------------------------

    def _read_posts(self, number: int) -> None:
        """The post of a row, or the posts where its cells hold several lines each."""
        row = self._rows[number]
        titles = self._title(row).split("\n")
        counts = (row[self._places[role]] or "" for role in ("units", "posts") if role in self._places)
        lines = next((text.split("\n") for text in counts if text), [])
        if 1 < len(titles) == len(lines) and all(read_number(line, self._language) is not None for line in lines):
            for index in range(len(titles)):
                split = [self._line_of(place, text, index, len(titles)) for place, text in enumerate(row)]
                self._add_post(number, split, is_part=True)
        else:
            self._add_post(number, [None if text is None else " ".join(text.split()) for text in row])

    def _line_of(self, place: int, text: str | None, index: int, count: int) -> str | None:
        """What a cell says of one of several posts in a row; a figure for all of them stands with the first."""
        lines = (text or "").split("\n")
        if len(lines) == count:
            return lines[index]
        return None if text is None or (index and self._number(lines, 0) is not None and self._role(place) in NUMBERS) else " ".join(lines)

    def _add_post(self, number: int, row: Sequence[str | None], *, is_part: bool = False) -> None:
        reading = PostReading(self._head.columns, row, self._language)
        title = self._title(row)
        spot = self._spot(number)
        reading.read()
        if self._category and "category" not in reading.values:
            reading.values["category"] = self._category
        figures = reading.figures
        if not self._groups:
            self._groups.append(_Group("", spot, kind="leadership"))
        group = self._groups[-1]
        if group.is_closed:  # a post below the total of a unit belongs to the unit around it
            around = next((one for one in reversed(self._groups) if not one.is_closed and one.kind == "unit"), None)
            group = around or _Group("", spot, kind="leadership")
            if around is None:
                self._groups.append(group)
        if not is_part:
            self.oddnesses += check_row(figures, lambda column: self._cell(number, column), spot)
        if any(one.title.casefold() == title.casefold() for one, _ in group.rows):
            self.oddnesses.append(Oddness("row-twice", Sentence("{title} stands in the same unit twice", title=title), spot))
        if reading.units is None:
            self.oddnesses.append(Oddness("units-missing", Sentence("{title} has no number of staff units", title=title), spot))
        printed = {role: value for role in _DERIVED if (value := figures.get(role)) is not None}
        post = PostRow(title, spot, reading.values, tuple(reading.kept), printed, tuple(reading.persons))
        group.rows.append((post, figures))

    # -- totals ---------------------------------------------------------------------------------------------------

    def _read_total(self, number: int, label: str) -> None:
        """A total: of the unit whose rows it adds up, else of everything. Where it adds up nothing, that is told."""
        row = self._rows[number]
        told = {
            place: value
            for place, text in enumerate(row)
            if text and self._role(place) in NUMBERS - {"rate"} and (value := self._number(row, place)) is not None
        }
        self.labels += [" ".join(text.split()) for place, text in enumerate(row) if text and place not in told]
        named = {role: told[place] for role, place in self._places.items() if place in told}
        open_groups = [place for place in range(len(self._groups) - 1, -1, -1) if not self._groups[place].is_closed]
        salary = self._places.get("salary")
        chains = [place for place in open_groups if place == len(self._groups) - 1 or self._contains(place, len(self._groups) - 1)]
        wrongs = {place: differ(told, self._rows_of(place), salary) for place in chains}
        exact = next((place for place in chains if told and not wrongs[place]), None)
        of_all = differ(told, [figures for group in self._groups for _, figures in group.rows], salary)
        least = min((len(wrong) for wrong in wrongs.values()), default=len(told) + 1)
        is_grand = bool(vocabulary.GRAND.search(label)) or (len(of_all) < least) or (not of_all and self._is_last_total(number))
        if is_grand or not chains:
            self.totals = named
            self._is_over = True
            self._tell_wrong(of_all, told, number)
            return
        place = exact if exact is not None else self._meant(label, chains)
        self._groups[place].totals = named
        for below in range(place, len(self._groups)):
            self._groups[below].is_closed = True
        self._category = ""
        self._tell_wrong(wrongs[place], told, number)

    def _is_last_total(self, number: int) -> bool:
        """Whether no total comes after this one."""
        return not any((label := self._label(row)) and vocabulary.TOTAL.search(label) for row in self._rows[number + 1 :])

    def _tell_wrong(self, wrong: dict[int, Decimal], told: dict[int, Decimal], number: int) -> None:
        for column, made in wrong.items():
            sentence = Sentence(
                "{cell} says {printed}, the rows make {computed}",
                cell=self._cell(number, column), printed=show(told[column]), computed=show(made),
            )  # fmt: skip
            self.oddnesses.append(Oddness("total", sentence, self._spot(number)))

    def _contains(self, place: int, below: int) -> bool:
        parent = self._groups[below].parent
        return parent is not None and (parent == place or self._contains(place, parent))

    def _rows_of(self, place: int) -> list[Figures]:
        """The rows of a unit and of those that belong to it."""
        return [
            figures
            for number, group in enumerate(self._groups)
            if number == place or self._contains(place, number)
            for _, figures in group.rows
        ]

    def _meant(self, label: str, chains: list[int]) -> int:
        """The unit that a wrong total means: the one of the kind that it names, else the innermost."""
        kind = tell_unit_kind(label)
        return next((place for place in chains if kind and tell_unit_kind(self._groups[place].name) == kind), chains[0])
