"""Staff units, rates and pay funds: decimal arithmetic, rounded in each row so that what is printed adds up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from orgdocs.hierarchy import Hierarchy
    from orgdocs.model import PayPart, Position, StaffingTable, Unit

_CENT = Decimal("0.01")
_ZERO = Decimal(0)
_WIDE = Context(prec=99)
"""Whatever figures a file may hold, their product has room here; the usual 28 digits would refuse it."""


def round_money(amount: Decimal) -> Decimal:
    """To two decimals, half up, as staffing forms want it."""
    return amount.quantize(_CENT, ROUND_HALF_UP, _WIDE)


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one post. Pay is monthly in the currency of the table; all amounts are rounded to cents."""

    position: Position
    posts: int
    units: Decimal
    """Staff units: posts times rate."""
    filled: Decimal | None
    salary: Decimal
    """Base salary of a full post."""
    allowances: Decimal
    """All allowances of a full post."""
    additions: Decimal
    """All additional payments of a full post."""
    salary_fund: Decimal
    """Salary times staff units."""
    month: Decimal
    """(Salary + allowances + additions) times staff units."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over printed lines."""

    posts: int
    units: Decimal
    filled: Decimal | None
    vacant: Decimal | None
    """Both None unless every line says how many units are filled: what is not known is not nothing."""
    salary_fund: Decimal
    month: Decimal


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one unit."""

    unit: Unit
    lines: tuple[Line, ...]


def part_amount(part: PayPart, salary: Decimal) -> Decimal:
    """An allowance or additional payment of a full post, rounded to cents."""
    if part.amount is not None:
        return round_money(part.amount)
    return round_money(salary * (part.percent or _ZERO) / 100)


def calculate_line(position: Position) -> Line | None:
    """The figures of a post; None if it has no staffing."""
    staffing = position.staffing
    if staffing is None:
        return None
    units = staffing.units
    salary = round_money(staffing.salary or _ZERO)
    allowances = sum((part_amount(part, salary) for part in staffing.allowances), _ZERO)
    additions = sum((part_amount(part, salary) for part in staffing.additions), _ZERO)
    return Line(
        position, staffing.posts, units, staffing.filled, salary, allowances, additions,
        round_money(salary * units), round_money((salary + allowances + additions) * units),
    )  # fmt: skip


def groups(hierarchy: Hierarchy, top: Unit) -> Iterator[Group]:
    """The lines of a legal entity by unit, from the top down. Legal entities of their own below it are left out."""
    table = hierarchy.institution.organisation.staffing_table
    waiting = [top]
    seen = {top.id}
    while waiting:
        unit = waiting.pop()
        lines = tuple(
            line for position in hierarchy.members(unit) if exists_in(table, position) and (line := calculate_line(position)) is not None
        )
        if lines:
            yield Group(unit, lines)
        below = [child for child in hierarchy.children(unit) if not child.legal_entity and child.id not in seen]
        seen.update(child.id for child in below)
        waiting.extend(reversed(below))


def total(lines: Sequence[Line]) -> Totals:
    """The sums over lines."""
    units = sum((line.units for line in lines), _ZERO)
    known = [line.filled for line in lines if line.filled is not None]
    filled = sum(known, _ZERO) if len(known) == len(lines) else None
    return Totals(
        sum(line.posts for line in lines),
        units,
        filled,
        units - filled if filled is not None else None,
        sum((line.salary_fund for line in lines), _ZERO),
        sum((line.month for line in lines), _ZERO),
    )


def months_in_force(table: StaffingTable, position: Position | None = None) -> int:
    """In how many months of its year a staffing table is in force, and a post of it exists; a month begun counts.

    Without a year the table is for the one in which it comes into force; without that day either, for any whole year.
    """
    year = table.year if table.year is not None else table.valid_from.year if table.valid_from else None
    if year is None:
        return 12
    begins = [day for day in (table.valid_from, position.valid_from if position else None) if day is not None]
    first = max((_month_of(day, year) for day in begins), default=1)
    last = _month_of(position.valid_to, year) if position and position.valid_to else 12
    return max(min(last, 12) - max(first, 1) + 1, 0)


def exists_in(table: StaffingTable, position: Position) -> bool:
    """Whether a post exists in any month in which the staffing table is in force."""
    return months_in_force(table, position) > 0 or months_in_force(table) == 0


def _month_of(day: date, year: int) -> int:
    """The month of a day, counted from the beginning of a year: 0 is the December before it, 13 the January after it."""
    return (day.year - year) * 12 + day.month
