"""Staff units, rates and pay funds: decimal arithmetic, rounded in each row so that what is printed adds up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    units = staffing.posts * staffing.rate
    salary = round_money(staffing.salary or _ZERO)
    allowances = sum((part_amount(part, salary) for part in staffing.allowances), _ZERO)
    additions = sum((part_amount(part, salary) for part in staffing.additions), _ZERO)
    return Line(
        position, staffing.posts, units, staffing.filled, salary, allowances, additions,
        round_money(salary * units), round_money((salary + allowances + additions) * units),
    )  # fmt: skip


def groups(hierarchy: Hierarchy, top: Unit) -> Iterator[Group]:
    """The lines of a legal entity by unit, from the top down. Legal entities of their own below it are left out."""
    waiting = [top]
    seen = {top.id}
    while waiting:
        unit = waiting.pop()
        lines = tuple(line for position in hierarchy.members(unit) if (line := calculate_line(position)) is not None)
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


def months_in_force(table: StaffingTable) -> int:
    """How many months of its year a staffing table is in force."""
    if table.valid_from is None or (table.year is not None and table.valid_from.year < table.year):
        return 12
    if table.year is not None and table.valid_from.year > table.year:
        return 0
    return 13 - table.valid_from.month
