"""The content of a staffing table: the posts of one legal entity by unit, with their pay, as the profile's form wants it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from orgdocs.contents.content import Cell, Column, Row
from orgdocs.language import capitalise, format_number
from orgdocs.model import Paper
from orgdocs.staffing import Line, groups, months_in_force, part_amount, total

if TYPE_CHECKING:
    from orgdocs.contents.composing import Composer
    from orgdocs.contents.content import Body
    from orgdocs.contents.view import Sight
    from orgdocs.model import Position, StaffingTable, Text, Unit

KIND = "staffing-table"


def write(composer: Composer, unit: Unit) -> Body:
    """The body of the staffing table of the organisation, or of a unit that is a legal entity of its own."""
    return _Writing(composer, unit).write()


def particulars(table: StaffingTable) -> Paper:
    """Number and date of the staffing table as those of a paper."""
    return Paper(number=table.number, date=table.date)


class _Writing:
    """Writes one staffing table; every figure is worked out once, and printed in the columns that ask for it."""

    def __init__(self, composer: Composer, unit: Unit) -> None:
        self.composer = composer
        self.sight: Sight = composer.sight
        self.unit = unit
        self.groups = list(groups(self.sight.hierarchy, unit))
        self.lines = [line for group in self.groups for line in group.lines]
        self.table = self.sight.institution.organisation.staffing_table
        self.months = months_in_force(self.table)
        self.kinds = self._kinds_of_allowances()
        self.data = composer.wording(KIND).data

    def write(self) -> Body:
        body = self.composer.compose(KIND, self._view(), self.unit, particulars(self.table))
        columns: dict[str, dict[str, str]] = self.data["columns"]
        body["columns"] = [self._column(number, key, column) for number, (key, column) in enumerate(columns.items(), 1)]
        number = 0
        for group in self.groups:
            if "unit" not in columns:
                body["rows"].append(Row(style="unit", text=capitalise(self._unit_name(group.unit)), cells=[]))
            for line in group.lines:
                number += 1
                body["rows"].append(self._row("post", self._figures(line, number, group.unit)))
            body["rows"].append(self._row("total", self._sums(list(group.lines), self.data["rows"]["unit_total"])))
        if len(self.groups) > 1:
            body["rows"].append(self._row("total", self._sums(self.lines, self.data["rows"]["total"])))
        return body

    def _view(self) -> dict[str, Any]:
        totals = total(self.lines)
        return {
            "name": self.sight.unit(self.unit),
            "year": str(self.table.year or ""),
            "valid_from": self.sight.day(self.table.valid_from) if self.table.valid_from else "",
            "total_units": self._number(totals.units),
            "total_posts": str(totals.posts),
            "total_salary_fund": self._money(totals.salary_fund),
            "total_month": self._money(totals.month),
            "currency": self.sight.word("currencies", self.table.currency, "genitive"),
            "currency_short": self.sight.word("currencies", self.table.currency, "short"),
            "acquaintance_places": 3,
        }

    def _unit_name(self, unit: Unit) -> str:
        """The heading over the posts of a unit; those directly under the entity stand under its leadership."""
        if unit is self.unit:
            return str(self.data["rows"]["leadership"])
        return str(self.sight.unit(unit)["nominative"])

    def _kinds_of_allowances(self) -> list[Text]:
        kinds: list[Text] = []
        for line in self.lines:
            staffing = line.position.staffing
            kinds += [part.kind for part in (staffing.allowances if staffing else ()) if part.kind not in kinds]
        return kinds

    def _column(self, number: int, key: str, column: dict[str, str]) -> Column:
        title = (
            column["title"]
            .replace("YEAR", str(self.table.year or "____"))
            .replace("CURRENCY", self.sight.word("currencies", self.table.currency, "short"))
        )
        if key.startswith("allowance_"):
            index = int(key.removeprefix("allowance_")) - 1
            if index < len(self.kinds):
                title = capitalise(self.sight.text(self.kinds[index], self.unit.place))
        return Column(title=title, number=str(number), width=int(column.get("width", "10")), align=column.get("align", "left"))

    def _row(self, style: str, figures: dict[str, str]) -> Row:
        columns: dict[str, dict[str, str]] = self.data["columns"]
        cells = [Cell(text=figures.get(key, ""), align=column.get("align", "left")) for key, column in columns.items()]
        return Row(style=style, text="", cells=cells)

    def _figures(self, line: Line, number: int, unit: Unit) -> dict[str, str]:
        position, staffing = line.position, line.position.staffing
        sight = self.sight
        year = line.month * self.months
        return {
            "number": str(number),
            "post_id": position.id,
            "unit": capitalise(self._unit_name(unit)),
            "post": capitalise(sight.post(position)["nominative"]),
            "code": position.classifier_code or "",
            "category": sight.word("categories", position.category, "nominative"),
            "grade": position.grade or "",
            "posts": str(line.posts),
            "units": self._number(line.units),
            "filled": self._number(line.filled) if line.filled is not None else "",
            "vacant": self._number(line.units - line.filled) if line.filled is not None else "",
            "salary": self._money(line.salary),
            "allowances": self._money(line.allowances),
            "additions": self._money(line.additions),
            "salary_fund": self._money(line.salary_fund),
            "month": self._money(line.month),
            "year": self._money(year),
            "annual_rate": self._money(line.salary * 12),
            "establishment": sight.word("establishment", staffing.establishment) if staffing else "",
            "funding": sight.text(staffing.funding, staffing.place.under("funding")) if staffing else "",
            "note": sight.text(staffing.note, staffing.place.under("note")) if staffing else "",
            **self._allowances(position, line),
        }

    def _allowances(self, position: Position, line: Line) -> dict[str, str]:
        """Pay above the salary by kind, for forms with a column each; the last such column takes what is left."""
        columns = [key for key in self.data["columns"] if key.startswith("allowance_")]
        if not columns or position.staffing is None:
            return {}
        sums: dict[str, Decimal] = {}
        for part in position.staffing.allowances:
            key = columns[min(self.kinds.index(part.kind), len(columns) - 1)]
            sums[key] = sums.get(key, Decimal(0)) + part_amount(part, line.salary)
        if line.additions:
            sums[columns[-1]] = sums.get(columns[-1], Decimal(0)) + line.additions
        return {key: self._money(amount) for key, amount in sums.items()}

    def _sums(self, lines: list[Line], word: str) -> dict[str, str]:
        totals = total(lines)
        return {
            "post": word,
            "posts": str(totals.posts),
            "units": self._number(totals.units),
            "filled": self._number(totals.filled),
            "vacant": self._number(totals.units - totals.filled),
            "salary_fund": self._money(totals.salary_fund),
            "month": self._money(totals.month),
            "year": self._money(totals.month * self.months),
        }

    def _number(self, number: Decimal) -> str:
        return format_number(number, self.sight.language)

    def _money(self, amount: Decimal) -> str:
        return format_number(amount, self.sight.language, 2)
