"""Staffing tables in manuscripts: sheets of workbooks and tables of Word files become units, posts and pay."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from orgdocs.importing.drafts import Oddness, TableDraft, Value
from orgdocs.importing.fields import SURE
from orgdocs.importing.manuscript import Block, Grid, Manuscript, Paragraph
from orgdocs.importing.tables import vocabulary
from orgdocs.importing.tables.columns import Head, find_head, lay_out
from orgdocs.importing.tables.figures import read_number, show, tell_currency
from orgdocs.importing.tables.rows import Rows
from orgdocs.importing.tables.sums import is_near
from orgdocs.importing.understanding.languages import tell_language
from orgdocs.importing.understanding.nominatives import restore
from orgdocs.problems import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

_NEAR = 25
"""So many paragraphs around a table of a Word file belong to it at most: its stamp and title, and those who sign it."""

_SHEETS = frozenset({"xlsx", "ods", "csv", "tsv"})
_YEAR = re.compile(r"\b(20\d\d)\s*(?:рік|год|року|года|р\.|г\.|\b)", re.IGNORECASE)
_FOR_YEAR = re.compile(r"(?:\b(?:на|for)\s+)?(?:the year\s+)?\b20\d\d\s*(?:рік|год|року|года|р\.|г\.)?", re.IGNORECASE)
_DAY = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(20\d\d)\b")
_IN_FORCE = re.compile(r"вводиться|введен|вводится|уводзіцца|дію|действи|дзеянне|in force|effective|valid from", re.IGNORECASE)
_INSTITUTION = re.compile(
    r"установ|заклад|учрежден|устано|департамент|управлінн|управлени|школ|ліце|лице|гімназі|гимнази|центр|бібліотек|библиотек"
    r"|лікарн|больниц|дитяч|детск|служб|рада\b|ради\b|совет|инспекц|інспекц|институт|інститут|університет|университет|музе|театр"
    r"|комбінат|цэнтр|бібліятэк|school|centre|center|library|hospital|institute|museum|agency|council|university|department|office"
    r"|service|company|organisation",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"затвердж|утвержд|зацвярдж|approved|погодж|согласов|штат\s+(?:у|в)\s|(?:у|в)\s+кількост|в количестве|фонд|fund|додаток|приложение"
    r"|_{3,}|підпис|подпис|м\.\s?п\.|наказ|приказ|форма|form no|оп\w* код|окуд|окпо|№",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"\s*(?:\d+(?:\.\d+)*[.)]|[а-яa-zії]\)|[–•-])\s", re.IGNORECASE)
_STAMP_UNITS = re.compile(r"(\d[\d\s]*(?:[.,]\d+)?)\s*(?:\([^)]*\)\s*)?(?:штатн|staff unit|posts|одиниц|единиц)", re.IGNORECASE)
_STAMP_FUND = re.compile(r"(?:фонд\D*|fund\D*)(\d[\d\s]*(?:[.,]\d\d?)?)(?=\D|\Z)", re.IGNORECASE)


class Found(NamedTuple):
    """What a manuscript holds: staffing tables, and the rest of it as a manuscript of its own."""

    tables: tuple[TableDraft, ...]
    rest: Manuscript


def find_tables(manuscript: Manuscript, *, language: str | None = None) -> Found:
    """The staffing tables of a manuscript. Every cell and every line around them is in one place of a draft."""
    spoken = language or tell_language("\n".join(_texts(manuscript.blocks)))
    tables: list[TableDraft] = []
    rest: list[Block] = []
    blocks = list(manuscript.blocks)
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if isinstance(block, Grid):
            rows = lay_out(block)
            head = find_head(block, rows, spoken)
            if head is not None:
                before = _take_before(rest, whole=manuscript.form in _SHEETS)
                after = _take_after(blocks[at + 1 :], whole=manuscript.form in _SHEETS)
                tables.append(_read_table(block, rows, head, spoken, before, after))
                at += len(after) + 1
                continue
        rest.append(block)
        at += 1
    if tables and manuscript.form in _SHEETS:  # other sheets of a workbook hold no papers; what they say is told
        others = [(block.name, line) for block in rest if isinstance(block, Grid) for line in _lines_of(lay_out(block))]
        tables[0] = replace(tables[0], kept=(*tables[0].kept, *others))
        rest = []
    return Found(tuple(tables), manuscript._replace(blocks=tuple(rest)) if tables else manuscript)


def _lines_of(rows: Sequence[Sequence[str | None]]) -> list[str]:
    lines = ("  ".join(" ".join(text.split()) for text in row if text) for row in rows)
    return [line for line in lines if line]


def _texts(blocks: Sequence[Block]) -> list[str]:
    return [
        text
        for block in blocks
        for text in ([block.text] if isinstance(block, Paragraph) else [cell.text for row in block.rows for cell in row])
    ]


def _take_before(rest: list[Block], *, whole: bool) -> list[str]:
    """The lines above a table that belong to it: from the stamp or the title on. They are taken from what was read before."""
    if whole:
        return []
    start = len(rest)
    lowest = max(len(rest) - _NEAR, 0)
    for place in range(len(rest) - 1, lowest - 1, -1):
        text = "\n".join(_texts([rest[place]]))
        if vocabulary.TITLE.search(text) or (_STAMP.search(text) and len(text) < 300) or _is_layout(rest[place]):
            start = place
    while start > max(lowest, len(rest) - _NEAR) and _may_belong(rest[start - 1]):
        start -= 1
    taken = rest[start:]
    del rest[start:]
    return [line for text in _texts(taken) for line in text.split("\n") if line.strip()]


def _may_belong(block: Block) -> bool:
    """Whether a paragraph above the title may still be about the table: the name of an institution, and no clause or heading."""
    return (
        isinstance(block, Paragraph)
        and block.heading is None
        and not block.label
        and len(block.text) < 150
        and not _CLAUSE.match(block.text)
    )


def _is_layout(block: Block) -> bool:
    """Whether a table holds a stamp or signatures."""
    return isinstance(block, Grid) and len(block.rows) <= 8 and any(_STAMP.search(text) for text in _texts([block]))


def _take_after(blocks: Sequence[Block], *, whole: bool) -> list[Block]:
    """The blocks below a table that belong to it: up to the next table that is one of its own, or a title."""
    if whole:
        return []
    taken: list[Block] = []
    for block in blocks:
        if isinstance(block, Grid) and not _is_layout(block):
            break
        if isinstance(block, Paragraph) and (vocabulary.TITLE.search(block.text) or block.breaks_page or block.heading is not None):
            break
        taken.append(block)
    return taken if len(taken) <= _NEAR else []


def _read_table(
    grid: Grid, rows: Sequence[Sequence[str | None]], head: Head, language: str, before: Sequence[str], after: Sequence[Block]
) -> TableDraft:
    lines = [*before, *_lines_of(rows[: head.first])]
    reading = Rows(grid, rows, head, language)
    groups = reading.read()
    title = [line for line in lines if vocabulary.TITLE.search(line)]
    above = [line for line in lines if line not in title]
    below = [*reading.below, *(line for text in _texts(after) for line in text.split("\n") if line.strip())]
    units = reading.totals.get("units")
    oddnesses = [*reading.oddnesses, *_check_stamp(above, language, units, {**reading.totals, "salaries": reading.salaries}, grid)]
    return TableDraft(
        title=tuple(title),
        language=language,
        groups=groups,
        spot=grid.spot,
        totals=reading.totals,
        oddnesses=tuple(oddnesses),
        below=tuple(below),
        above=tuple(above),
        organisation=_find_organisation(title, above, language),
        sheet=grid.name,
        settings=_find_settings(title, above, head, language),
        kept=tuple(reading.kept),
        labels=tuple(reading.labels),
    )


def _find_organisation(title: Sequence[str], above: Sequence[str], language: str) -> str:
    """The name of the institution: a line of its own, or what the title goes on with, put back into the nominative."""
    for line in above:
        if _INSTITUTION.search(line) and not _STAMP.search(line) and not _YEAR.search(line):
            return line.strip(" .,")
    for line in (*title, *above):
        rest = _FOR_YEAR.sub("", vocabulary.TITLE.sub("", line)).strip(" .,:;–-")
        if rest != line and len(rest) > 8 and _INSTITUTION.search(rest) and not _STAMP.search(rest):
            restored = restore(rest.removeprefix("of ").removeprefix("the "), language, "genitive")
            return restored.text if restored.surety >= SURE else ""
    return ""


def _find_settings(title: Sequence[str], above: Sequence[str], head: Head, language: str) -> dict[str, Value]:
    """Currency, year and the day from which the table is in force, where they are said."""
    settings: dict[str, Value] = {}
    heads = " ".join(column.title for column in head.columns)
    if currency := tell_currency(heads, language) or tell_currency(" ".join(above), language):
        settings["currency"] = currency
    years = [found[1] for line in (*title, *above) if not _STAMP.search(line) and not _DAY.search(line) and (found := _YEAR.search(line))]
    if years:
        settings["year"] = int(years[0])
    for line in (*title, *above):
        if _IN_FORCE.search(line) and (day := _DAY.search(line)):
            try:
                settings["valid_from"] = dt.date(int(day[3]), int(day[2]), int(day[1])).isoformat()
            except ValueError:
                continue
    return settings


def _check_stamp(above: Sequence[str], language: str, units: Decimal | None, totals: dict[str, Decimal], grid: Grid) -> list[Oddness]:
    """Staff units and fund in the stamp against the totals of the table."""
    text = "\n".join(above)
    found: list[Oddness] = []
    if (said := _STAMP_UNITS.search(text)) and units is not None:
        number = read_number(said[1], language)
        if number is not None and number != units:
            sentence = Sentence("the stamp says {printed} staff units, the table {computed}", printed=show(number), computed=show(units))
            found.append(Oddness("stamp-total", sentence, grid.spot))
    funds = [totals[role] for role in ("month", "salary_fund", "salaries") if role in totals]
    if (said := _STAMP_FUND.search(text)) and funds:
        number = read_number(said[1], language)
        if number is not None and number > 1 and not any(is_near(number, fund) for fund in funds):
            sentence = Sentence("the stamp says a fund of {printed}, the table {computed}", printed=show(number), computed=show(funds[0]))
            found.append(Oddness("stamp-total", sentence, grid.spot))
    return found
