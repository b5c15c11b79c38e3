"""The head of a staffing table: which row it begins in, how many rows it has, and what each column says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from orgdocs.importing.tables.figures import read_number, tell_currency

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgdocs.importing.manuscript import Grid

_DEEPEST = 4
"""A head has no more rows."""
_LAST_START = 80
"""The head begins in one of so many first rows."""

_MONEY = (
    r"\s*[,(]?\s*(?:у|в|in)?\s*(?:грн|гривень|гривнях|руб|рублей|рублях|рублёў|бел\.\s*руб|uah|rub|byn|eur|usd|gbp|€|\$|£|%"
    r"|відсот\w+|процент\w*)\.?\s*\)?"
)

_ROLES: tuple[tuple[str, str], ...] = (
    ("id", r"^(?:position|post|job)\s+(?:id|code|no)\b"),
    ("number", r"^(?:№|n|no|#|номер|нумар)?\s*[.:]?\s*(?:(?:з|п)\s*[/.\\]\s*п|пор\w*|row|line|р/с)?\.?$"),
    ("post", (r"^(?:(?:перелік|назва|найменування|наименование|найменне|title of|name of)\W+)?"
              r"(?:(?:структурн\w+ )?(?:підрозділ\w*|подразделен\w*|падраздзялен\w*|units?|departments?)\W+(?:(?:та|і|и|або|and|or)\W+)?)?"
              r"(?:посад(?!ов)|должност(?!н)|пасад(?!ав)|професі|професси|прафес|posts?$|positions?$|job)")),
    ("person", r"прізвищ|фамили|прозвішч|п\.?\s*і\.?\s*б|ф\.?\s*и\.?\s*о|full name|surname|name of (?:the )?employee|holder|працівник$"),
    ("vacant", r"вакан|vacan"),
    ("filled", r"зайнят|занят|фактичн|фактическ|укомплект|заповнен|filled|occupied|запоўнен"),
    ("year", (r"(?:фонд|fund|total|всього|усього|итого|всего|разом|payroll|cost|бюджет).*(?:рік|річн|год(?!ин)|year|annual|20\d\d)"
             r"|(?:річн|годов|annual|yearly).*(?:фонд|fund|payroll|total|cost)")),
    ("salary_fund", r"(?:фонд|fund).*(?:оклад|salar|аклад)"),
    ("month", r"фонд|(?:payroll|fund)\b|monthly (?:total|cost)|total.*month|^(?:всього|усього|итого|всего|разом|усяго|total)\b"),
    ("unit_code", r"код.*(?:підрозділ|подразделен|падраздзялен)|(?:unit|department) code"),
    ("code", r"\bкод\b|код\W|класифік|классифик|класіфік|окпдтр|\bокз\b|окрб|classif|occupation code|isco|\bcode\b"),
    ("posts", (r"(?:кількіст|количеств|колькасц|к-сть|кол-во|чисельн|численн|number|count)\W"
               r".*(?:посад|должност|пасад|posts|positions|осіб|человек)|^headcount")),
    ("units", (r"штатн\w+ (?:одиниц|единиц|адз)|шт\.?\s*(?:од|ед)|(?:кількіст|количеств|колькасц|к-сть|кол-во|number|count)"
              r"|\bставок\b|\bunits\b|\bfte\b|\bposts\b|чисельність|численность")),
    ("salary", r"оклад|аклад|тарифн\w+ ставк|тарыфн\w+ стаўк|\bsalary|base pay|monthly rate|rate \((?:eur|usd|gbp)|\bwage|\bpay\b"),
    ("rate", r"ставк|стаўк|\brate\b"),
    ("grade", r"розряд|разряд|разрад|\bgrade\b"),
    ("category", r"категор|катэгор|categor"),
    ("additions", r"доплат|даплат|supplement|addition|bonus|преми|премі"),
    ("allowances", r"надба[вў]к|allowance"),
    ("funding", r"джерел|источник|крыніц|funding|source of"),
    ("establishment", r"(?:вид|тип|від)\s+(?:посад|должност|пасад)|type of (?:post|position|establishment)|establishment"),
    ("note", r"приміт|примеч|заўваг|\bnotes?\b|remark|comment"),
    ("post", r"посад|должност|пасад|професі|професси|прафес|\bpost\b|position|job|\btitle\b"),
    ("unit", r"підрозділ|подразделен|падраздзялен|відділ|отдел|\bunit\b|department|division"),
)  # fmt: skip
"""What a column says, by the words of its head; the first that fits counts."""

_MANY = frozenset({"allowances", "additions"})
"""Of these a table may have several columns."""

_FUNDS = frozenset({"month", "year", "salary_fund"})

_GENERIC = re.compile(r"(?:найменування|наименование|найменне|назва|name)\W*", re.IGNORECASE)
"""Heads that say nothing without the one above them."""

_GROUPING = re.compile(r"^(?:надба[вў]к\w*|доплат\w*|даплат\w*|allowances?|additional payments?|additions?|supplements?)\W*$")


class Column(NamedTuple):
    """One column: what it says, and its head from top to bottom."""

    role: str
    """The name of the field, of a figure that follows from others, or empty where it was not understood."""
    heads: tuple[str, ...]

    @property
    def title(self) -> str:
        """The head on one line."""
        return ": ".join(self.heads)


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a table."""

    first: int
    """The first of its rows, from 0."""
    end: int
    """The row behind its last one, and behind the row that numbers the columns."""
    columns: tuple[Column, ...]

    def find(self, role: str) -> int | None:
        """The column of a role."""
        return next((place for place, column in enumerate(self.columns) if column.role == role), None)


def lay_out(grid: Grid) -> list[list[str | None]]:
    """The texts of a grid by row and column: None where a merged cell goes on, from above or from the left."""
    width = max((sum(cell.span for cell in row) for row in grid.rows), default=0)
    rows: list[list[str | None]] = []
    for row in grid.rows:
        texts: list[str | None] = []
        for cell in row:
            texts += [None if cell.continued else cell.text, *[None] * (cell.span - 1)]
        rows.append(texts + [""] * (width - len(texts)))
    return rows


def find_head(grid: Grid, rows: Sequence[Sequence[str | None]], language: str) -> Head | None:
    """The head of a staffing table, None if the table is another one: it names posts, and staff units or salaries."""
    for first in range(min(len(rows), _LAST_START)):
        if sum(1 for text in rows[first] if text) < 2:
            continue
        if _is_data(rows[first], language):
            continue
        end = _find_end(grid, rows, first, language)
        columns = tuple(_name_columns(_gather(grid, rows, first, end)))
        roles = {column.role for column in columns}
        if "post" in roles and roles & {"units", "posts", "salary"}:
            while end < len(rows) and _numbers_columns(rows[end]):
                end += 1
            return Head(first, end, columns)
    return None


def _is_data(row: Sequence[str | None], language: str) -> bool:
    return sum(1 for text in row if text and read_number(text, language) is not None) > 1


def _find_end(grid: Grid, rows: Sequence[Sequence[str | None]], first: int, language: str) -> int:
    """The row behind the head: rows below belong to it where they go on below merged cells, or fill what the row above left open."""
    end = first + 1
    roles = {_role(text): place for place, text in reversed(list(enumerate(rows[first]))) if text}
    post = roles.get("post", roles.get("unit", 0))
    while end < min(len(rows), first + _DEEPEST):
        row = rows[end]
        says = [place for place, text in enumerate(row) if text]
        if not says or any(read_number(row[place] or "", language) is not None for place in says) or row[post]:
            break
        if len(says) == 1 and not _goes_on(grid, end):
            break  # a heading of a unit that stands in a column of its own
        end += 1
    return end


def _goes_on(grid: Grid, row: int) -> bool:
    return any(cell.continued for cell in grid.rows[row])


def _numbers_columns(row: Sequence[str | None]) -> bool:
    """Whether a row numbers the columns: 1, 2, 3 … or А, 1, 2."""
    says = [text.strip(" .()") for text in row if text]
    numbers = [re.match(r"\d+", text) for text in says]
    counted = [int(match[0]) for match in numbers if match and len(match[0]) < 4]
    others = [text for text, match in zip(says, numbers, strict=True) if match is None]
    return (
        len(counted) >= 3
        and counted == list(range(counted[0], counted[0] + len(counted)))
        and counted[0] <= 3
        and all(len(text) == 1 for text in others)
    )


def _gather(grid: Grid, rows: Sequence[Sequence[str | None]], first: int, end: int) -> list[tuple[str, ...]]:
    """For each column the texts above it from top to bottom; a merged cell speaks for all columns that it covers."""
    filled: list[list[str]] = []
    for number in range(first, end):
        texts: list[str] = []
        deeper = any(text for below in rows[number + 1 : end] for text in below)
        for place, text in enumerate(rows[number]):
            if text is None:
                texts.append(texts[-1] if _is_right_part(grid, number, place) else "")
            elif not text and deeper and texts and place < len(rows[number]) and _is_open(rows, number, end, place):
                texts.append(texts[-1])  # a table without merged cells: what stands on the left speaks for this column, too
            else:
                texts.append(" ".join(text.split()))
        filled.append(texts)
    columns = zip(*filled, strict=True)
    return [tuple(dict.fromkeys(text for text in column if text)) for column in columns]


def _is_right_part(grid: Grid, row: int, place: int) -> bool:
    """Whether a column lies in the right part of a cell that covers several, and that begins in this row."""
    at = 0
    for cell in grid.rows[row]:
        if at < place < at + cell.span:
            return not cell.continued
        at += cell.span
    return False


def _is_open(rows: Sequence[Sequence[str | None]], row: int, end: int, place: int) -> bool:
    """Whether a column has nothing in a row of the head, and its own words in a row below."""
    return any(rows[below][place] for below in range(row + 1, end)) and not any(
        rows[below][place - 1] is None for below in range(row + 1, end)
    )


def _name_columns(heads: Sequence[tuple[str, ...]]) -> list[Column]:
    columns: list[Column] = []
    taken: set[str] = set()
    for head in heads:
        role = _role_of(head)
        if role in taken and role not in _MANY:
            role = _spare(role, taken)
        taken.add(role)
        columns.append(Column(role, head))
    roles = [column.role for column in columns]
    if "posts" in roles and "units" not in roles:  # «кількість посад» alone means staff units: 0,5 stands there as well
        columns[roles.index("posts")] = columns[roles.index("posts")]._replace(role="units")
    if "post" not in roles and "unit" in roles:
        columns[roles.index("unit")] = columns[roles.index("unit")]._replace(role="post")
    if "salary" in roles:  # pay of a kind that no word tells stands between the salary and the funds
        first = roles.index("salary")
        end = min((place for place, role in enumerate(roles) if role in _FUNDS and place > first), default=first)
        for place in range(first + 1, end):
            if not roles[place] and _is_money(columns[place].title):
                columns[place] = columns[place]._replace(role="allowances")
    return columns


def _is_money(title: str) -> bool:
    return "%" in title or tell_currency(title, "") is not None


def _spare(role: str, taken: set[str]) -> str:
    """What a second column of the same role may be."""
    return {"month": "salary_fund"}.get(role, "") if "salary_fund" not in taken else ""


def _role_of(heads: tuple[str, ...]) -> str:
    """The role of a column: that of the group above it for parts of pay, else of its lowest words, else of all of them."""
    if not heads:
        return ""
    above = _role(heads[0])
    if len(heads) > 1 and (above in _MANY or _GENERIC.fullmatch(heads[-1])):
        return above
    if len(heads) > 1 and above == "unit" and _role(heads[-1]) == "code":
        return "unit_code"
    return _role(heads[-1]) or (_role(" ".join(heads)) if len(heads) > 1 else "")


def _role(text: str) -> str:
    folded = " ".join(text.casefold().split()).replace("- ", "-")
    for role, pattern in _ROLES:
        if re.search(pattern, folded):
            if (
                role == "post"
                and not re.search(r"посад|должност|пасад|професі|професси|прафес|post|position|job", folded)
                and "name" in folded
            ):
                continue
            return role
    return "post" if _GENERIC.fullmatch(folded) else ""


def name_kind(column: Column) -> tuple[str, bool]:
    """What an allowance is paid for, in the words of its head without the currency, and whether the column gives percents."""
    heads = [head for head in column.heads if not _GROUPING.match(_bare(head).casefold())] or [column.heads[0]]
    lowest = _bare(column.heads[-1]).casefold()
    if len(heads) > 1 and (not lowest or lowest in _MEASURES):
        heads = heads[:-1]
    kind = _bare(heads[-1]) or _bare(column.heads[0]) or column.title
    is_percent = "%" in column.title or bool(re.search(r"відсот|процент|percent|адсот", column.title.casefold()))
    return (kind if kind[1:2].isupper() else kind[:1].lower() + kind[1:]), is_percent


_MEASURES = frozenset({"сума", "сумма", "sum", "amount", "розмір", "размер", "грн", "руб", "відсоток", "процент", "percent"})


def _bare(head: str) -> str:
    """A head without its currency or sign of percent."""
    return " ".join(
        re.sub(rf"{_MONEY}\s*$", "", re.sub(rf"\({_MONEY}\)", "", head, flags=re.IGNORECASE), flags=re.IGNORECASE).split()
    ).strip(" ,:;")
