"""The rows of a staffing table: headings, posts and totals, and the units and fields that they make."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from orgdocs.importing.drafts import Oddness, PostRow, UnitRows, Value
from orgdocs.importing.manuscript import Spot
from orgdocs.importing.subjects import tell_unit_kind
from orgdocs.importing.tables import vocabulary
from orgdocs.importing.tables.columns import Column, Head, name_kind
from orgdocs.importing.tables.figures import NOTHING, name_cell, read_number, read_percent, show
from orgdocs.importing.tables.sums import Figures, check_row, compute_month, differ, is_near
from orgdocs.problems import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgdocs.importing.manuscript import Grid

_QUARTER = Decimal("0.25")
_NUMBERS = frozenset({"units", "posts", "rate", "salary", "month", "year", "salary_fund", "filled", "vacant", "allowances", "additions"})
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

    # -- one row --------------------------------------------------------------------------------------------------

    def _read_row(self, number: int) -> None:
        row = self._rows[number]
        says = [place for place, text in enumerate(row) if text]
        if not says or self._repeats_head(row):
            return
        label = self._label(row)
        has_figures = any(self._number(row, place) is not None for place in says if self._role(place) in _NUMBERS)
        if label and vocabulary.TOTAL.search(label):
            self._read_total(number, label)
        elif self._is_over or (vocabulary.SIGNED.search(" ".join(row[place] or "" for place in says)) and not has_figures):
            self._is_over = self._is_over or not has_figures
            if has_figures and self._title(row):
                self._read_posts(number)
            else:
                self.below.append("  ".join(" ".join((row[place] or "").split()) for place in says))
        elif self._title(row) and (has_figures or (len(says) > 2 and not self._is_heading(row, says))):
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

    def _is_heading(self, row: Sequence[str | None], says: list[int]) -> bool:
        """Whether a row without figures names a unit: nothing but a name, its number and perhaps a code."""
        del row
        return all(self._role(place) in {"post", "unit", "number", "unit_code"} for place in says)

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
        if category and self._groups and not kept:
            self._category = category
            return
        numbered = vocabulary.NUMBERED.match(label)
        at = self._places.get("number")
        own = (self._rows[number][at] or "") if at is not None and self._places.get("post") != at else ""
        depth = numbered["number"] if numbered else own.strip(" .)") if own != label else ""
        name = self._bare(label)
        kind = "leadership" if vocabulary.LEADERSHIP.search(name) or category else "staff" if vocabulary.STAFF.search(name) else "unit"
        self._category = category
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
                split = [_line_of(text, index, len(titles)) for text in row]
                self._add_post(number, split)
        else:
            self._add_post(number, [None if text is None else " ".join(text.split()) for text in row])

    def _add_post(self, number: int, row: Sequence[str | None]) -> None:
        reading = _PostReading(self._head.columns, row, self._language)
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
            if text and self._role(place) in _NUMBERS - {"rate"} and (value := self._number(row, place)) is not None
        }
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


def _line_of(text: str | None, index: int, count: int) -> str | None:
    """The part of a cell that belongs to one of several posts in a row."""
    if text is None:
        return None
    lines = text.split("\n")
    return lines[index] if len(lines) == count else " ".join(text.split())


class _PostReading:
    """Reads the cells of one post."""

    def __init__(self, columns: Sequence[Column], row: Sequence[str | None], language: str) -> None:
        self._columns = columns
        self._row = row
        self._language = language
        self.figures = Figures(columns={column.role: place for place, column in reversed(list(enumerate(columns))) if column.role})
        self.values: dict[str, Value] = {}
        self.kept: list[tuple[str, str]] = []
        self.persons: list[str] = []
        self.units: Decimal | None = None
        self._parts: dict[str, list[tuple[int, str, Decimal, bool]]] = {"allowances": [], "additions": []}

    def read(self) -> None:
        """Sort all cells into values, figures and what is kept."""
        for place, text in enumerate(self._row):
            if text and text not in NOTHING and place < len(self._columns):
                self._read_cell(place, text, self._columns[place])
        self._count()
        whole = self._is_whole()
        for name, parts in self._parts.items():
            if entries := list(self._write_parts(parts, whole=whole)):
                self.values[name] = entries

    def _read_cell(self, place: int, text: str, column: Column) -> None:
        role = column.role
        number = read_number(text, self._language)
        if role in {"post", "unit", "unit_code", "number"}:
            if role == "unit_code":
                self.kept.append((column.title, text))
        elif role in self._parts:
            self._read_part(place, text, column)
        elif role in _NUMBERS:
            if number is None:
                self.kept.append((column.title, text))
            else:
                self.figures.by_column[place] = number
        elif role == "code" and vocabulary.CODE.match(text):
            self.values["classifier"] = {"scheme": vocabulary.tell_scheme(column.title, text, self._language), "code": text}
        elif role in {"category", "establishment"}:
            choices = vocabulary.CATEGORIES if role == "category" else vocabulary.ESTABLISHMENTS
            found = next((name for name, pattern in choices.items() if pattern.search(text)), None)
            if found:
                self.values[role] = found
            else:
                self.kept.append((column.title, text))
        elif role in {"grade", "funding", "note"}:
            self.values[role] = text
        elif role == "person":
            self.persons.append(text)
        else:
            self.kept.append((column.title, text))

    def _read_part(self, place: int, text: str, column: Column) -> None:
        kind, in_percent = name_kind(column)
        percent = read_percent(text, self._language)
        number = percent if percent is not None else read_number(text, self._language)
        if number is None:
            self.kept.append((column.title, text))
        elif number:
            is_percent = percent is not None or in_percent
            self._parts[column.role].append((place, kind, number, is_percent))

    def _count(self) -> None:
        """Posts and rate out of staff units."""
        given, posts, rate = (self.figures.get(role) for role in ("units", "posts", "rate"))
        whole = posts if posts is not None else given
        if whole is None:
            return
        if rate is not None and rate <= 1 and whole == whole.to_integral_value():
            self.units = whole * rate
            self._set_posts(int(whole), rate)
        elif posts is not None and given is not None and posts > 0 and posts == posts.to_integral_value():
            self.units = given
            self._set_posts(int(posts), given / posts)
        else:
            self.units = whole
            self._set_posts(*split_units(whole))
        for role in ("filled", "salary"):
            if (number := self.figures.get(role)) is not None:
                self.values[role] = number

    def _set_posts(self, posts: int, rate: Decimal) -> None:
        self.values["posts"] = posts
        if rate != 1:
            self.values["rate"] = Decimal(show(rate))

    def _is_whole(self) -> bool:
        """Whether allowances are sums for all staff units of the row: the month says so."""
        for parts in self._parts.values():
            doubled = {kind for _, kind, _, is_percent in parts if is_percent}
            for place, kind, number, is_percent in parts:
                if is_percent:
                    self.figures.percents += number
                elif kind not in doubled:
                    self.figures.parts[place] = number
                self.figures.by_column[place] = number
        month = self.figures.get("month")
        return (
            month is not None and self.figures.units not in {Decimal(0), Decimal(1)}
            and not is_near(month, compute_month(self.figures)) and is_near(month, compute_month(self.figures, whole=True))
        )  # fmt: skip

    def _write_parts(self, parts: list[tuple[int, str, Decimal, bool]], *, whole: bool) -> Iterator[Value]:
        """Allowances or additional payments; one that is given in percents and as a sum is one."""
        percents = {kind for _, kind, _, is_percent in parts if is_percent}
        for _, kind, number, is_percent in parts:
            if is_percent:
                yield {"kind": kind, "percent": number}
            elif kind not in percents:
                yield {"kind": kind, "amount": number / self.figures.units if whole else number}


def split_units(units: Decimal) -> tuple[int, Decimal]:
    """Posts and rate of so many staff units: whole posts, a part of one, or posts that are all the same part of full time.

    >>> [(posts, str(rate)) for posts, rate in map(split_units, map(Decimal, ("3", "0.25", "1.5", "1.25")))]
    [(3, '1'), (1, '0.25'), (2, '0.75'), (1, '1.25')]
    """
    if units == units.to_integral_value():
        return int(units), Decimal(1)
    posts = int(units.to_integral_value(ROUND_CEILING))
    rate = units / posts
    return (posts, rate.normalize()) if rate % _QUARTER == 0 else (1, units)
