"""One post of a staffing table: its cells become fields, figures that follow from them, and what is kept as it stands."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from orgdocs.importing.tables import vocabulary
from orgdocs.importing.tables.columns import Column, name_kind
from orgdocs.importing.tables.figures import NOTHING, read_number, read_percent, show
from orgdocs.importing.tables.sums import Figures, compute_month, is_near

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgdocs.importing.drafts import Value

NUMBERS = frozenset({"units", "posts", "rate", "salary", "month", "year", "salary_fund", "filled", "vacant", "allowances", "additions"})
"""Roles of columns that hold numbers."""
_QUARTER = Decimal("0.25")


class PostReading:
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
            if role == "unit_code" and "unit" not in self.figures.columns:  # else it is kept with the unit
                self.kept.append((column.title, text))
        elif role in self._parts:
            self._read_part(place, text, column)
        elif role in NUMBERS:
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
    """Posts and rate of so many staff units: whole posts, a part of one, or the fewest posts that are all the same part of full time.

    >>> [(posts, str(rate)) for posts, rate in map(split_units, map(Decimal, ("3", "0.25", "1.5", "1.25")))]
    [(3, '1'), (1, '0.25'), (2, '0.75'), (5, '0.25')]
    """
    if units == units.to_integral_value():
        return int(units), Decimal(1)
    if units % _QUARTER:
        return 1, units
    posts = int(units.to_integral_value(ROUND_CEILING))
    while units / posts % _QUARTER:
        posts += 1
    return posts, (units / posts).normalize()
