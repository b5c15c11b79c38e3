"""The function audit for people: who performs what, what nobody performs, who carries too much; as tables, and drawn for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING, TypeAlias

import click

from orgdocs.language import format_number
from orgdocs.model import text_for
from orgdocs.rules.functions import Function, list_functions, list_performers

if TYPE_CHECKING:
    from orgdocs.hierarchy import Hierarchy
    from orgdocs.model import Position, Settings, Text, Unit

Cell: TypeAlias = str | int | Decimal

LABELS: dict[str, dict[str, str]] = {
    "en": {
        "title": "Function audit: {name}", "matrix": "Functions of {unit}", "function": "Function", "post": "Post", "posts": "Posts",
        "legend": "L leads, P performs, S substitutes for a performer", "leads": "L", "performs": "P", "substitutes": "S",
        "uncovered": "Functions that nobody performs", "unit": "Unit", "doubled": "Functions that several posts perform", "lead": "Lead",
        "doubled_note": "Superiors of other performers are not counted.", "load": "Load of posts", "duties": "Duties",
        "functions": "Functions", "units": "Staff units", "mark": "Mark", "overloaded": "overloaded",
        "load_note": "Overloaded: for a staff unit at least twice as many functions as the median.",
        "span": "Span of control", "superior": "Superior", "direct": "Posts", "wide": "over {limit}",
        "below": "Posts and staff units below",
        "single": "Functions that hang on one person", "single_note": "One performer, and nobody to stand in.", "none": "None.",
    },
    "uk": {
        "title": "Аудит функцій: {name}", "matrix": "Функції: {unit}", "function": "Функція", "post": "Посада", "posts": "Посади",
        "legend": "К – керує, В – виконує, З – заміщує виконавця", "leads": "К", "performs": "В", "substitutes": "З",
        "uncovered": "Функції, яких ніхто не виконує", "unit": "Підрозділ", "doubled": "Функції, які виконують кілька посад",
        "lead": "Відповідальна посада", "doubled_note": "Керівників інших виконавців не враховано.", "load": "Навантаження посад",
        "duties": "Обов’язки", "functions": "Функції", "units": "Штатні одиниці", "mark": "Позначка", "overloaded": "перевантажена",
        "load_note": "Перевантажена: функцій на штатну одиницю щонайменше вдвічі більше за медіану.",
        "span": "Норма керованості", "superior": "Керівник", "direct": "Посади", "wide": "понад {limit}",
        "below": "Підпорядковані посади та штатні одиниці", "single": "Функції, що залежать від однієї людини",
        "single_note": "Один виконавець, і немає кому його замістити.", "none": "Немає.",
    },
    "ru": {
        "title": "Аудит функций: {name}", "matrix": "Функции: {unit}", "function": "Функция", "post": "Должность", "posts": "Должности",
        "legend": "Р – руководит, И – исполняет, З – замещает исполнителя", "leads": "Р", "performs": "И", "substitutes": "З",
        "uncovered": "Функции, которые никто не исполняет", "unit": "Подразделение",
        "doubled": "Функции, которые исполняют несколько должностей", "lead": "Ответственная должность",
        "doubled_note": "Руководители других исполнителей не учтены.", "load": "Нагрузка должностей", "duties": "Обязанности",
        "functions": "Функции", "units": "Штатные единицы", "mark": "Отметка", "overloaded": "перегружена",
        "load_note": "Перегружена: функций на штатную единицу не менее чем вдвое больше медианы.",
        "span": "Норма управляемости", "superior": "Руководитель", "direct": "Должности", "wide": "свыше {limit}",
        "below": "Подчинённые должности и штатные единицы", "single": "Функции, зависящие от одного человека",
        "single_note": "Один исполнитель, и его некому заместить.", "none": "Нет.",
    },
}  # fmt: skip
"""What stands on the report, by language; Belarusian organisations read Russian."""


@dataclass(frozen=True)
class Matrix:
    """The functions of a unit by the posts that have to do with them. ``marks`` has a row for each function."""

    title: str
    unit: str
    posts: tuple[str, ...]
    functions: tuple[str, ...]
    marks: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Table:
    """A table of the report with a sentence that explains it. ``key`` names it in every language."""

    key: str
    title: str
    note: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True)
class Audit:
    """The whole report, in the language of the organisation."""

    language: str
    title: str
    legend: str
    function: str
    none: str
    matrices: tuple[Matrix, ...] = ()
    tables: tuple[Table, ...] = field(default=())


def audit(hierarchy: Hierarchy, settings: Settings) -> Audit:
    """The function audit of an institution."""
    return _Auditor(hierarchy, settings).audit()


class _Auditor:
    def __init__(self, hierarchy: Hierarchy, settings: Settings) -> None:
        self.hierarchy = hierarchy
        self.settings = settings
        self.organisation = hierarchy.institution.organisation
        self.language = self.organisation.language or "en"
        self.labels = LABELS.get("ru" if self.language == "be" else self.language, LABELS["en"])
        self.units = list(hierarchy.branch(self.organisation))
        self.functions = {unit.id: list(list_functions(unit)) for unit in self.units}
        self.performers = {
            function.id: list_performers(hierarchy, function) for functions in self.functions.values() for function in functions
        }

    def audit(self) -> Audit:
        """All of it."""
        labels = self.labels
        matrices = tuple(self._matrix(unit) for unit in self.units if self.functions[unit.id])
        tables = (self._uncovered(), self._doubled(), self._single(), self._load(), self._span())
        title = labels["title"].format(name=self._say(self.organisation.name))
        return Audit(self.language, title, labels["legend"], labels["function"], labels["none"], matrices, tables)

    def _say(self, text: Text) -> str:
        return text_for(text, self.language)

    def _name(self, position: Position) -> str:
        return f"{self._say(position.title)} [{position.id}]"

    def _everything(self) -> Iterator[tuple[Unit, Function]]:
        for unit in self.units:
            for function in self.functions[unit.id]:
                yield unit, function

    def _matrix(self, unit: Unit) -> Matrix:
        functions = self.functions[unit.id]
        marked = [self._marks(function) for function in functions]
        concerned = {post for marks in marked for post in marks}
        posts = [post for post in self.hierarchy.positions() if post.id in concerned]
        rows = tuple(tuple(marks.get(post.id, "") for post in posts) for marks in marked)
        name = self._say(unit.name)
        return Matrix(
            self.labels["matrix"].format(unit=name),
            name,
            tuple(self._name(post) for post in posts),
            tuple(self._say(function.clause.text) for function in functions),
            rows,
        )

    def _marks(self, function: Function) -> dict[str, str]:
        """The marks of a function by post: who leads it, performs it, or stands in for a performer."""
        lead = function.clause.lead.id if function.clause.lead else None
        performers = self.performers[function.id]
        marks = {substitute.id: self.labels["substitutes"] for post in performers for substitute in self.hierarchy.substitutes(post)}
        marks |= {post.id: self.labels["leads" if post.id == lead else "performs"] for post in performers}
        return marks

    def _uncovered(self) -> Table:
        labels = self.labels
        rows = [
            (self._say(function.clause.text), self._say(unit.name))
            for unit, function in self._everything()
            if not self.performers[function.id]
        ]
        return Table("uncovered", labels["uncovered"], "", (labels["function"], labels["unit"]), tuple(rows))

    def _doubled(self) -> Table:
        labels = self.labels
        rows = []
        for _, function in self._everything():
            performers = self.performers[function.id]
            above = {superior.id for post in performers for superior in self.hierarchy.chain(post)} if len(performers) > 1 else set()
            doers = [post for post in performers if post.id not in above]
            if len(doers) > 1:
                lead = self.hierarchy.institution.positions.get(function.clause.lead.id) if function.clause.lead else None
                names = ", ".join(self._name(post) for post in doers)
                rows.append((self._say(function.clause.text), names, self._name(lead) if lead else "–"))
        head = (labels["function"], labels["posts"], labels["lead"])
        return Table("doubled", labels["doubled"], labels["doubled_note"], head, tuple(rows))

    def _single(self) -> Table:
        labels = self.labels
        rows = []
        for _, function in self._everything():
            performers = self.performers[function.id]
            if len(performers) == 1 and self._is_alone(performers[0]):
                rows.append((self._say(function.clause.text), self._name(performers[0])))
        return Table("single", labels["single"], labels["single_note"], (labels["function"], labels["post"]), tuple(rows))

    def _is_alone(self, position: Position) -> bool:
        several = position.staffing is not None and position.staffing.posts > 1
        return not several and not self.hierarchy.substitutes(position) and position.substitution is None

    def _load(self) -> Table:
        labels = self.labels
        performed: dict[str, int] = {}
        for performers in self.performers.values():
            for post in performers:
                performed[post.id] = performed.get(post.id, 0) + 1
        loads = []
        for post in self.hierarchy.positions():
            units = post.staffing.units if post.staffing else Decimal(1)
            functions = performed.get(post.id, 0)
            loads.append((Decimal(functions) / units if units else Decimal(functions), functions, units, post))
        usual = median([share for share, functions, *_ in loads if functions] or [Decimal(0)])
        rows = []
        for share, functions, units, post in sorted(loads, key=lambda load: -load[0]):
            mark = labels["overloaded"] if functions and share >= 2 * usual else ""
            rows.append((self._name(post), sum(1 for _ in self.hierarchy.duties(post)), functions, units, mark))
        head = (labels["post"], labels["duties"], labels["functions"], labels["units"], labels["mark"])
        return Table("load", labels["load"], labels["load_note"], head, tuple(rows))

    def _span(self) -> Table:
        labels = self.labels
        rows = []
        for post in self.hierarchy.positions():
            below = self.hierarchy.subordinates(post)
            if below:
                units = sum((one.staffing.units for one in below if one.staffing), Decimal(0))
                wide = labels["wide"].format(limit=self.settings.widest_span) if len(below) > self.settings.widest_span else ""
                rows.append((self._name(post), len(below), units, wide))
        rows.sort(key=lambda row: -row[1])
        head = (labels["superior"], labels["direct"], labels["units"], labels["mark"])
        return Table("span", labels["span"], f"{labels['below']}.", head, tuple(rows))


# -- for the terminal -----------------------------------------------------------------------------------------------

_MOST_LINES = 2
"""So many lines the text of a function takes at most."""


def draw_audit(report: Audit, *, width: int = 80, colour: bool = False) -> str:
    """The report for a terminal of a given width; wide matrices are cut into blocks of columns."""
    style: Callable[..., str] = click.style if colour else (lambda text, **_: text)

    def bold(text: str) -> list[str]:
        return [style(line, bold=True) for line in textwrap.wrap(text, width)]

    parts = [*bold(report.title), *textwrap.wrap(report.legend, width)]
    for matrix in report.matrices:
        parts += ["", *bold(matrix.title), *_draw_matrix(report, matrix, width)]
    for table in report.tables:
        parts += ["", *bold(table.title)]
        if not table.rows:
            parts.append(report.none)
            continue
        if table.note:
            parts += textwrap.wrap(table.note, width)
        rows = [
            tuple(cell if isinstance(cell, str) else format_number(Decimal(cell), report.language) for cell in row) for row in table.rows
        ]
        parts += _draw_table(
            table.head, rows, _fit(table.head, rows, width), most=_MOST_LINES if table.head[0] == report.function else None
        )
    return "\n".join(parts)


def blocks_of(matrix: Matrix, most: int) -> Iterator[tuple[range, list[int]]]:
    """A matrix in blocks of so many columns at most, each with the rows that have a mark there.

    Functions that nobody performs stand in the first block, so that none is missing.
    """
    for start in range(0, max(len(matrix.posts), 1), most):
        columns = range(start, min(start + most, len(matrix.posts)))
        rows = [
            row
            for row, marks in enumerate(matrix.marks)
            if any(marks[column] for column in columns) or (start == 0 and not any(marks))
        ]  # fmt: skip
        if rows:
            yield columns, rows


def _draw_matrix(report: Audit, matrix: Matrix, width: int) -> Iterator[str]:
    digits = len(str(len(matrix.posts)))
    first = max(width // 2, 20)
    most = max((width - first) // (digits + 1), 1)
    for number, post in enumerate(matrix.posts, 1):
        yield from textwrap.wrap(f"{number:>{digits}} {post}", width, subsequent_indent=" " * (digits + 1), break_on_hyphens=False)
    for columns, rows in blocks_of(matrix, most):
        head = (report.function, *(str(column + 1) for column in columns))
        lines = [(matrix.functions[row], *(matrix.marks[row][column] for column in columns)) for row in rows]
        yield from _draw_table(head, lines, [first - 1, *(digits for _ in columns)], most=_MOST_LINES)


def _fit(head: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """The widths of columns: what is short gets what it needs, and long texts share the rest."""
    needs = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    left = width - (len(head) - 1)
    widths: dict[int, int] = {}
    for rank, column in enumerate(sorted(range(len(head)), key=lambda column: needs[column])):
        widths[column] = max(min(needs[column], left // (len(head) - rank)), 1)
        left -= widths[column]
    return [widths[column] for column in range(len(head))]


def _draw_table(head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], *, most: int | None) -> Iterator[str]:
    yield from _draw_row(head, widths, most)
    yield " ".join("─" * width for width in widths)
    for row in rows:
        yield from _draw_row(row, widths, most)


def _draw_row(row: Sequence[str], widths: Sequence[int], most: int | None) -> Iterator[str]:
    # A function in the first cell is known by its beginning; of posts none may be missing.
    cells = [_wrap(cell, width, most=None if column else most) for column, (cell, width) in enumerate(zip(row, widths, strict=True))]
    for number in range(max(map(len, cells))):
        texts = (cell[number] if number < len(cell) else "" for cell in cells)
        yield " ".join(f"{text:<{width}}" for text, width in zip(texts, widths, strict=True)).rstrip()


def _wrap(text: str, width: int, *, most: int | None) -> list[str]:
    if width == 1:
        return [text[:1]]
    return textwrap.wrap(text, width, max_lines=most, placeholder="…") or [""]
