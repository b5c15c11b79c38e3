"""The content of a staffing table: the posts of one legal entity by unit, with their pay, as the profile's form wants it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from orgdocs.contents.tables import make_columns, make_heading, make_row
from orgdocs.language import capitalise, format_number
from orgdocs.language.numerals import GENITIVE, STAFF_UNIT, amount_in_words, decimal_in_words
from orgdocs.staffing import Group, Line, groups, months_in_force, part_amount, total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from orgdocs.contents.composing import Composer
    from orgdocs.contents.content import Body
    from orgdocs.contents.view import Sight
    from orgdocs.model import PayPart, Text, Unit

KIND = "staffing-table"


def write(composer: Composer, unit: Unit) -> Body:
    """The body of the staffing table of the organisation, or of a unit that is a legal entity of its own."""
    return _Writing(composer, unit).write()


def _is_idle(key: str, column: dict[str, str], figures: dict[str, dict[str, str]]) -> bool:
    """Whether an optional column would be empty."""
    return column.get("optional") == "true" and not any(row.get(key) for row in figures.values())


def _in_words(spell: Callable[..., str], *figure: Any) -> str:
    """A figure in words; empty for one that is too large or too fine for words, or in no currency that has any."""
    try:
        return spell(*figure)
    except (ValueError, KeyError, ArithmeticError):
        return ""


class _Writing:
    """Writes one staffing table; every figure is worked out once, and printed in the columns that ask for it."""

    def __init__(self, composer: Composer, unit: Unit) -> None:
        self.composer = composer
        self.sight: Sight = composer.sight
        self.unit = unit
        self.groups = list(groups(self.sight.hierarchy, unit))
        self.lines = [line for group in self.groups for line in group.lines]
        self.table = self.sight.institution.organisation.staffing_table
        self._kinds = {parts: self._kinds_of(parts) for parts in ("allowances", "additions")}
        self.data = composer.wording(KIND).data
        self.columns: dict[str, dict[str, str]] = self.data["columns"]

    def write(self) -> Body:
        body = self.composer.compose(KIND, self._view(), self.unit, self.table.paper)
        figures = {line.position.id: self._figures(line, number, group.unit) for number, (group, line) in enumerate(self._numbered(), 1)}
        self.columns = {key: column for key, column in self._columns() if not _is_idle(key, column, figures)}
        body["columns"] = make_columns(self.columns)
        for group in self.groups:
            if "unit" not in self.columns and len(self.groups) > 1:
                body["rows"].append(make_heading(capitalise(self._unit_name(group.unit))))
            body["rows"] += [make_row("post", figures[line.position.id], self.columns) for line in group.lines]
            if len(self.groups) > 1:
                body["rows"].append(make_row("total", self._sums(list(group.lines), self.data["rows"]["unit_total"]), self.columns))
        body["rows"].append(make_row("total", self._sums(self.lines, self.data["rows"]["total"]), self.columns))
        return body

    def _columns(self) -> Iterator[tuple[str, dict[str, str]]]:
        """The columns of the form, with one for each kind of pay where the form has it so."""
        for key, column in self.data["columns"].items():
            if column.get("when") == "false":
                continue
            kinds = self._kinds[key] if key in self._kinds and column.get("by_kind") == "true" else []
            if key.startswith("allowance_"):
                index = int(key.removeprefix("allowance_")) - 1
                is_last = f"allowance_{index + 2}" not in self.data["columns"]
                allowances, additions = self._kinds["allowances"], self._kinds["additions"]
                told = [*allowances[index:], *additions] if is_last else allowances[index : index + 1]
                yield key, self._titled(column, ", ".join(self._said(kind) for kind in told))
            elif kinds:
                yield from ((f"{key}:{index}", self._titled(column, self._said(kind))) for index, kind in enumerate(kinds))
            elif column.get("by_kind") != "true":
                yield key, self._titled(column, "")
            elif column.get("optional") != "true":
                yield f"{key}:0", self._titled(column, self.data["rows"][key])

    def _titled(self, column: dict[str, str], kind: str) -> dict[str, str]:
        title = column["title"].replace("YEAR", str(self.table.year or "____"))
        currency = self.sight.word("currencies", self.table.currency, "short")
        if not currency:  # nothing is paid in a table without a currency, or it is said in the title of the column
            title = title.replace(" (CURRENCY)", "").replace(", CURRENCY", "")
        title = title.replace("CURRENCY", currency)
        return {**column, "title": title.replace("KIND", capitalise(kind) or self.data["rows"].get("allowances", ""))}

    def _said(self, kind: Text) -> str:
        return self.sight.text(kind, self.unit.place)

    def _numbered(self) -> Iterator[tuple[Group, Line]]:
        for group in self.groups:
            for line in group.lines:
                yield group, line

    def _view(self) -> dict[str, Any]:
        totals = total(self.lines)
        language = self.sight.language
        return {
            "name": self.sight.unit(self.unit),
            "year": str(self.table.year or ""),
            "valid_from": self.sight.day(self.table.valid_from) if self.table.valid_from else "",
            "total_units": self._number(totals.units),
            "total_units_words": _in_words(decimal_in_words, totals.units, language, GENITIVE),
            "units_word": STAFF_UNIT[language].after(totals.units, language, GENITIVE),
            "total_posts": str(totals.posts),
            "total_salary_fund": self._money(totals.salary_fund),
            "total_salary_fund_words": _in_words(amount_in_words, totals.salary_fund, self.table.currency, language),
            "total_month": self._money(totals.month),
            "total_month_words": _in_words(amount_in_words, totals.month, self.table.currency, language),
            "currency": self.sight.word("currencies", self.table.currency, "genitive"),
            "currency_short": self.sight.word("currencies", self.table.currency, "short"),
            "acquaintance_places": 3,
        }

    def _unit_name(self, unit: Unit) -> str:
        """The heading over the posts of a unit; those directly under the entity stand under its leadership."""
        if unit is self.unit:
            return str(self.data["rows"]["leadership"])
        return str(self.sight.unit(unit)["nominative"])

    def _kinds_of(self, parts: str) -> list[Text]:
        """The kinds of allowances or additions, in the order in which they first appear."""
        kinds: list[Text] = []
        for line in self.lines:
            found: tuple[PayPart, ...] = getattr(line.position.staffing, parts)
            kinds += [part.kind for part in found if part.kind not in kinds]
        return kinds

    def _figures(self, line: Line, number: int, unit: Unit) -> dict[str, str]:
        position, staffing = line.position, line.position.staffing
        sight = self.sight
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
            "year": self._money(self._for_year(line)),
            "annual_rate": self._money(line.salary * 12),
            "establishment": sight.word("establishment", staffing.establishment) if staffing else "",
            "funding": sight.text(staffing.funding, staffing.place.under("funding")) if staffing else "",
            "note": sight.text(staffing.note, staffing.place.under("note")) if staffing else "",
            **self._by_kind(line),
        }

    def _by_kind(self, line: Line) -> dict[str, str]:
        """Pay above the salary by kind.

        For forms with a fixed number of columns for it, the last one takes what is left, additional payments included.
        """
        staffing = line.position.staffing
        fixed = [key for key in self.data["columns"] if key.startswith("allowance_")]
        sums: dict[str, Decimal] = {}
        for parts, kinds in self._kinds.items():
            for part in getattr(staffing, parts):
                amount, index = part_amount(part, line.salary), kinds.index(part.kind)
                keys = [f"{parts}:{index}"]
                if fixed:
                    keys.append(fixed[min(index, len(fixed) - 1)] if parts == "allowances" else fixed[-1])
                for key in keys:
                    sums[key] = sums.get(key, Decimal(0)) + amount
        return {key: self._money(amount) for key, amount in sums.items()}

    def _sums(self, lines: list[Line], word: str) -> dict[str, str]:
        totals = total(lines)
        return {
            "post": word,
            "posts": str(totals.posts),
            "units": self._number(totals.units),
            "filled": self._number(totals.filled) if totals.filled is not None else "",
            "vacant": self._number(totals.vacant) if totals.vacant is not None else "",
            "salary_fund": self._money(totals.salary_fund),
            "month": self._money(totals.month),
            "year": self._money(sum((self._for_year(line) for line in lines), Decimal(0))),
        }

    def _for_year(self, line: Line) -> Decimal:
        """The pay of a line for the months in which the table is in force and the post exists."""
        return line.month * months_in_force(self.table, line.position)

    def _number(self, number: Decimal) -> str:
        return format_number(number, self.sight.language)

    def _money(self, amount: Decimal) -> str:
        return format_number(amount, self.sight.language, 2)
