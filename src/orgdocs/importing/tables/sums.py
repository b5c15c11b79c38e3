"""The arithmetic of a staffing table that was read: rows against their own figures, totals against the rows above them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from orgdocs.importing.drafts import Oddness
from orgdocs.importing.tables.figures import show
from orgdocs.problems import Sentence
from orgdocs.staffing import round_money

if TYPE_CHECKING:
    from orgdocs.importing.manuscript import Spot

_CENT = Decimal("0.01")
_HALF = Decimal("0.5")
_MONTHS = 12
_ZERO = Decimal(0)


@dataclass
class Figures:
    """The numbers of one row, as printed: by role, and those of allowances and additions by column."""

    by_column: dict[int, Decimal] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    """The column of each role."""
    parts: dict[int, Decimal] = field(default_factory=dict)
    """Allowances and additional payments by column, as amounts of money."""
    percents: Decimal = _ZERO
    """Those that are given in percents of the salary, together."""

    def get(self, role: str) -> Decimal | None:
        """The number of a role, None if there is none."""
        column = self.columns.get(role)
        return None if column is None else self.by_column.get(column)

    @property
    def units(self) -> Decimal:
        """Staff units."""
        units = self.get("units") if self.get("units") is not None else self.get("posts")
        rate = self.get("rate")
        units = _ZERO if units is None else units
        return units * rate if rate is not None and rate <= 1 else units


def compute_month(row: Figures, *, whole: bool = False) -> Decimal:
    """What a row costs a month; ``whole`` if its allowances are sums for all of its staff units."""
    salary = row.get("salary") or _ZERO
    parts = sum(row.parts.values(), _ZERO)
    percents = round_money(salary * row.percents / 100)
    if whole:
        return round_money((salary + percents) * row.units + parts)
    return round_money((salary + percents + parts) * row.units)


def is_near(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts are the same but for rounding to whole units of the currency."""
    return abs(one - other) <= (_HALF if one == one.to_integral_value() or other == other.to_integral_value() else _CENT)


def check_row(row: Figures, cell: Callable[[int], str], spot: Spot) -> Iterator[Oddness]:
    """A row whose month or year does not follow from its other figures. ``cell`` names the cell of a column."""
    month, year, salary = row.get("month"), row.get("year"), row.get("salary")
    if month is not None and salary is not None:
        expected = compute_month(row)
        if not is_near(month, expected) and not is_near(month, compute_month(row, whole=True)):
            sentence = Sentence(
                "{cell} says {printed}, the row makes {computed}",
                cell=cell(row.columns["month"]), printed=show(month), computed=show(expected),
            )  # fmt: skip
            yield Oddness("row-sum", sentence, spot)
    fund = row.get("salary_fund")
    if fund is not None and salary is not None and not is_near(fund, round_money(salary * row.units)):
        sentence = Sentence(
            "{cell} says {printed}, the row makes {computed}",
            cell=cell(row.columns["salary_fund"]), printed=show(fund), computed=show(round_money(salary * row.units)),
        )  # fmt: skip
        yield Oddness("row-sum", sentence, spot)
    base = month if month is not None else fund
    if year is not None and base:
        months = (year / base).to_integral_value()
        if not (1 <= months <= _MONTHS) or abs(year - base * months) > _HALF * _MONTHS:
            sentence = Sentence(
                "{cell} says {printed}, twelve months make {computed}",
                cell=cell(row.columns["year"]), printed=show(year), computed=show(base * _MONTHS),
            )  # fmt: skip
            yield Oddness("year-sum", sentence, spot)


def differ(total: Mapping[int, Decimal], rows: Sequence[Figures], salary: int | None) -> dict[int, Decimal]:
    """By column: what the rows make where a total says something else. Salaries may be added up as they stand or times staff units."""
    wrong: dict[int, Decimal] = {}
    for column, printed in total.items():
        made = sum((row.by_column.get(column, _ZERO) for row in rows), _ZERO)
        times = sum((row.by_column.get(column, _ZERO) * row.units for row in rows), _ZERO)
        is_pay = column == salary or any(column in row.parts for row in rows)
        if not is_near(printed, made) and not (is_pay and is_near(printed, times)):
            wrong[column] = made
    return wrong
