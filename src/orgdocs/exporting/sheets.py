"""A registry as sheets for those who live in Excel: posts, staffing and duties in rows, each row with its place in a file.

What a row needs to find its way back stands in a key: the file, the route in it, and a digest of every value as it was. So an
edit in the workbook can be told from one that was made in the file meanwhile.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, NamedTuple

from orgdocs.problems import Route, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgdocs.project import Project

MARKER = "orgdocs-sheets-1"
"""The first word of the first cell of every sheet; then come the organisation and the name of the sheet."""
HEAD_ROWS = 2
"""A hidden row with the names of the fields, and one with their titles for people."""
KEYS = "rows:"
"""Cells of the hidden row that begin so hold the digests of all rows of the sheet as it was written."""
KEYS_IN_CELL = 2_500
LONGEST_TEXT = 32_767
"""More characters Excel does not keep in a cell."""

_EMPTY = "-"
_DIGEST, _ROW_DIGEST = 8, 10


class Field(NamedTuple):
    """A column: what it is called in the hidden row and for people, where its values stand, and what they are."""

    name: str
    title: Sentence
    route: Route
    kind: str = "text"
    """``text``, ``number``, ``ids``, ``choice``, ``parts`` (of pay), or ``told``: not taken back, but to be read."""
    choices: tuple[str, ...] = ()


class Row(NamedTuple):
    """A row: the file, the route of the post or duty in it, and its cells."""

    path: str
    route: Route
    cells: tuple[str, ...]


class SheetData(NamedTuple):
    """One sheet of the workbook."""

    name: str
    organisation: str
    fields: tuple[Field, ...]
    rows: tuple[Row, ...]


_CATEGORIES = ("manager", "professional", "specialist", "technical", "worker")
_SCHEMES = ("dk003", "okpdtr", "okz", "okrb014", "isco08")
_ID = Field("id", Sentence("Id"), (), "told")
_TITLE = Field("title", Sentence("Post"), ("title",), "told")
_UNIT = Field("unit", Sentence("Unit"), ("unit",), "told")

POSITIONS = (
    _ID,
    Field("title", Sentence("Title"), ("title",)),
    Field("short_title", Sentence("Short title"), ("short_title",)),
    _UNIT,
    Field("category", Sentence("Category"), ("category",), "choice", _CATEGORIES),
    Field("classifier.scheme", Sentence("Classifier"), ("classifier", "scheme"), "choice", _SCHEMES),
    Field("classifier.code", Sentence("Classifier code"), ("classifier", "code")),
    Field("grade", Sentence("Grade"), ("grade",)),
    Field("reports_to", Sentence("Reports to"), ("reports_to",)),
    Field("substituted_by", Sentence("Substituted by"), ("substituted_by",), "ids"),
)
STAFFING = (
    _ID,
    _TITLE,
    _UNIT,
    Field("staffing.posts", Sentence("Posts"), ("staffing", "posts"), "number"),
    Field("staffing.rate", Sentence("Rate"), ("staffing", "rate"), "number"),
    Field("staffing.filled", Sentence("Filled"), ("staffing", "filled"), "number"),
    Field("staffing.salary", Sentence("Salary"), ("staffing", "salary"), "number"),
    Field("staffing.allowances", Sentence("Allowances"), ("staffing", "allowances"), "parts"),
    Field("staffing.additions", Sentence("Additional payments"), ("staffing", "additions"), "parts"),
    Field(
        "staffing.establishment", Sentence("Type of establishment"), ("staffing", "establishment"), "choice",
        ("permanent", "fixed-term", "temporary"),
    ),
    Field("staffing.funding", Sentence("Source of funding"), ("staffing", "funding")),
    Field("staffing.note", Sentence("Note"), ("staffing", "note")),
)  # fmt: skip
DUTIES = (
    _ID,
    _TITLE,
    Field("number", Sentence("Number"), (), "told"),
    Field("text", Sentence("Duty"), ("text",)),
    Field("performs", Sentence("Performs"), ("performs",), "ids"),
)
SHEETS: dict[str, tuple[Field, ...]] = {"Positions": POSITIONS, "Staffing": STAFFING, "Duties": DUTIES}


def lay_out_sheets(project: Project, organisation: str) -> list[SheetData]:
    """The sheets of one organisation, its posts in the order of their files."""
    institution = project.registry.institutions[organisation]
    language = institution.organisation.language
    files = [
        (position.id, position.place.path, document.data)
        for position in sorted(institution.positions.values(), key=lambda one: one.place.path)
        if isinstance((document := project.documents[position.place.path]).data, dict)
    ]
    rows: dict[str, list[Row]] = {name: [] for name in SHEETS}
    for given, path, data in files:
        for name in ("Positions", "Staffing"):
            cells = tuple(
                given if field.name == "id" else show_value(read_route(data, field.route), field, language) for field in SHEETS[name]
            )
            rows[name].append(Row(path, (), cells))
        title = show_value(data.get("title"), _TITLE, language)
        for route, number, clause in list_duties(data):
            text, performs = show_clause(clause, language)
            rows["Duties"].append(Row(path, route, (given, title, number, text, performs)))
    return [SheetData(name, organisation, fields, tuple(rows[name])) for name, fields in SHEETS.items()]


def list_duties(data: Mapping[str, Any]) -> Iterator[tuple[Route, str, Any]]:
    """The duties of a post and the clauses below them: routes, printed numbers, and what stands there."""
    duties = data.get("duties")
    for index, duty in enumerate(duties if isinstance(duties, list) else ()):
        yield ("duties", index), f"{index + 1}", duty
        items = duty.get("items") if isinstance(duty, dict) else None
        for below, item in enumerate(items if isinstance(items, list) else ()):
            yield ("duties", index, "items", below), f"{index + 1}.{below + 1}", item


def show_clause(clause: Any, language: str) -> tuple[str, str]:
    """The text of a clause, and what it performs."""
    text, performs = (clause.get("text"), clause.get("performs")) if isinstance(clause, dict) else (clause, None)
    return show_value(text, DUTIES[3], language), show_value(performs, DUTIES[4], language)


def read_route(data: Any, route: Route) -> Any:
    """The value at a route, None if there is none."""
    for step in route:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def show_value(value: Any, field: Field, language: str) -> str:
    """A value as it stands in a cell: lists of ids in one line, parts of pay one a line, of texts in several languages the main one."""
    if value is None:
        return ""
    if field.kind == "ids" and isinstance(value, list):
        return ", ".join(map(str, value))
    if field.kind == "parts" and isinstance(value, list):
        return "\n".join(_show_part(part, language) for part in value if isinstance(part, dict))
    return in_language(value, language)


def in_language(value: Any, language: str) -> str:
    """A text in the main language of the organisation, else in the first one that it has."""
    if isinstance(value, Mapping):
        return str(value.get(language) or next(iter(value.values()), ""))
    return str(value)


def _show_part(part: Mapping[str, Any], language: str) -> str:
    kind = in_language(part.get("kind", ""), language)
    return f"{kind} = {part['percent']} %" if "percent" in part else f"{kind} = {part.get('amount', '')}"


# -- the way back ---------------------------------------------------------------------------------------------------


def compared(text: str, kind: str) -> str:
    """A cell as it is compared: without regard to spaces and the writing of numbers.

    >>> compared("9 800,50", "number"), compared("a,b , c", "ids")
    ('9800.5', 'a, b, c')
    """
    if kind == "number":
        bare = re.sub(r"\s", "", text).replace(",", ".")
        try:
            number = Decimal(bare)
        except InvalidOperation:
            return " ".join(text.split())
        shown = f"{number:f}" if number.is_finite() and abs(number.adjusted()) < 30 else text
        return shown.rstrip("0").rstrip(".") if "." in shown else shown
    if kind == "ids":
        return ", ".join(part.strip() for part in re.split(r"[,;\n]", text) if part.strip())
    if kind == "parts":
        return "\n".join(sorted(compared_part(line) for line in text.splitlines() if line.strip()))
    return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())


def compared_part(line: str) -> str:
    """A part of pay as it is compared: ``kind=20%``."""
    kind, _, figure = line.rpartition("=")
    bare = figure.strip()
    number = compared(bare.rstrip("% "), "number")
    return f"{' '.join(kind.split())}={number}{'%' if bare.endswith('%') else ''}"


def digest(text: str, length: int = _DIGEST) -> str:
    """A short digest of a value as it is compared; a sign for an empty one."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length] if text else _EMPTY


def name_row(path: str, route: Route) -> str:
    """The file and route of a row, as they stand in its key."""
    return f"{path}#{'/'.join(map(str, route))}"


def digest_row(path: str, route: Route) -> str:
    """The digest by which a sheet knows which rows it was written with."""
    return digest(name_row(path, route), _ROW_DIGEST)


def make_key(row: Row, fields: Sequence[Field]) -> str:
    """What stands in the hidden cell of a row: its file and route, and a digest for each field."""
    digests = [digest(compared(cell, field.kind)) for cell, field in zip(row.cells, fields, strict=True)]
    return " ".join([name_row(row.path, row.route), *digests])


class Key(NamedTuple):
    """A key that came back."""

    path: str
    route: Route
    digests: tuple[str, ...]


def read_key(text: str) -> Key | None:
    """The parts of a key, None if it is none."""
    first, *digests = text.split() or [""]
    path, mark, steps = first.partition("#")
    if not mark or not path.endswith(".yaml"):
        return None
    route = tuple(int(step) if step.isdigit() else step for step in steps.split("/") if step)
    return Key(path, route, tuple(digests))
