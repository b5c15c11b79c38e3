"""Posts, staff units and payroll before and after, for an organisation and for each of its units."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from orgdocs.comparing.changes import NOTHING, Figures, Row, Totals
from orgdocs.staffing import groups, total

if TYPE_CHECKING:
    from orgdocs.comparing.sides import Side, Sides


def count(sides: Sides) -> Totals:
    """The figures of an institution: the whole with all legal entities in it, and the units in which any figure changed.

    A unit's figures are those of its own posts. What was merged is counted together. Posts whose file has faults in either
    version are counted in neither: what is missing in it is not gone.
    """
    unknown = _unknown(sides.before) | _unknown(sides.after)
    before, after = (_by_unit(side, {*unknown, *(sides.now(post) for post in unknown)}) for side in (sides.before, sides.after))
    was: dict[str, Figures] = {}
    for unit, figures in before.items():
        now = sides.now(unit)
        was[now] = was.get(now, NOTHING) + figures
    rows = []
    for unit in dict.fromkeys((*after, *was)):
        one, other = was.get(unit, NOTHING), after.get(unit, NOTHING)
        if one != other:
            side = sides.after if sides.after.institution.unit(unit) else sides.before
            entity = side.institution.unit(unit)
            rows += [Row(side.subject(entity), one, other)] if entity is not None else []
    organisation = sides.after.institution.organisation
    whole = Row(sides.after.subject(organisation), sum_up(before.values()), sum_up(after.values()))
    currency = organisation.staffing_table.currency or ""
    return Totals(organisation.id, currency, whole, tuple(rows))


def whole_side(side: Side, *, came: bool) -> Totals:
    """The figures of an organisation that came or went."""
    organisation = side.institution.organisation
    figures = sum_up(_by_unit(side).values())
    row = Row(side.subject(organisation), NOTHING if came else figures, figures if came else NOTHING)
    return Totals(organisation.id, organisation.staffing_table.currency or "", row)


def sum_up(figures: Iterable[Figures]) -> Figures:
    """The sum of figures."""
    result = NOTHING
    for each in figures:
        result += each
    return result


def _unknown(side: Side) -> set[str]:
    """The posts of which it is not known how many there are and what they are paid."""
    institution = side.institution
    broken = {key for kind, key in institution.broken if kind == "position"}
    return broken | {post.id for post in institution.positions.values() if post.partial}


def _by_unit(side: Side, left_out: Collection[str] = ()) -> dict[str, Figures]:
    """The figures of each unit's own posts, in the order of the papers."""
    hierarchy = side.hierarchy
    organisation = side.institution.organisation
    tops = [unit for unit in hierarchy.branch(organisation) if unit is organisation or unit.legal_entity]
    found = {}
    for top in tops:
        for group in groups(hierarchy, top):
            sums = total([line for line in group.lines if line.position.id not in left_out])
            found[group.unit.id] = Figures(sums.posts, sums.units, sums.month)
    return found
