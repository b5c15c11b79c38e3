"""What was understood of a manuscript: papers with their sections, clauses and the facts told in prose, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from orgdocs.importing.manuscript import Grid, Spot
from orgdocs.problems import Sentence

Value: TypeAlias = "str | int | Decimal | bool | list[Value] | dict[str, Value]"
"""Plain data in the shape that the YAML field of the same name has."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of the model that a clause tells in prose. The clause itself is kept as well."""

    route: tuple[str, ...]
    """Where the value belongs in the YAML of the subject, for example ``("reports_to",)`` or ``("qualification", "any_of")``."""
    value: Value
    """Posts, bodies, units and acts are given by their names as ``{"name": …}`` here; ids are made when files are written."""
    confidence: float
    """From 0 to 1. Below 0.7 it is told, not written."""
    spot: Spot
    clause: str = ""
    """The number of the clause as printed, for example ``6.2``."""
    quote: str = ""
    """The words that tell it."""


@dataclass(frozen=True, slots=True)
class ClauseDraft:
    """One clause: its words without number and closing mark, what lies below it, and where it stood."""

    text: str
    spot: Spot
    number: str = ""
    """As it stood in the source: ``3.1``, ``26)``, ``а)``, ``–``; empty for a paragraph without one."""
    items: tuple[ClauseDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionDraft:
    """A section in the order of the source. ``meaning`` is the list of the YAML that it fills, or empty if it was not understood."""

    heading: str
    """Without number. Empty where clauses follow without a heading: a preamble, text after a table, a paper without headings."""
    meaning: str
    """``general``, ``tasks``, ``functions``, ``rights``, ``responsibility``, ``relations``, ``interaction``, ``indicators``,
    ``structure``, ``leadership``, ``final``, ``duties``, ``must_know``, ``qualification``, ``evaluation``, ``preamble`` … or empty."""
    clauses: tuple[ClauseDraft, ...]
    spot: Spot
    number: str = ""
    lead: str = ""
    """A sentence before the first clause that leads in the list, such as "The director has the right to"."""
    tables: tuple[Grid, ...] = ()
    """Tables of the section; they stand after its clauses. Text after a table is a further section without heading."""
    confidence: float = 1.0
    lead_number: str = ""
    """The number of the lead where it had one: ``3.1.`` before "The department:" and its list 1), 2), 3)."""


class Oddness(NamedTuple):
    """Something wrong with the old paper itself, at its place: a gap in the numbers, a clause twice, a field never filled in."""

    code: str
    """``number-gap``, ``number-repeat``, ``number-order``, ``number-elsewhere``, ``wrong-digit``, ``clause-twice``, ``placeholder``,
    ``abbreviation``, ``list-missing``, ``unknown-post``, ``residue``; of staffing tables ``row-sum``, ``year-sum``, ``total``,
    ``stamp-total``, ``row-twice``, ``units-missing``."""
    sentence: Sentence
    spot: Spot


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """One paper of a manuscript."""

    kind: str
    """One of the kinds of papers, or ``unknown``."""
    name: str
    """The title of the post or the name of the unit that it is about, in the nominative where that could be told."""
    language: str
    title: tuple[str, ...]
    """The lines of the title as they stood."""
    above: tuple[str, ...]
    """Lines above the first section that are neither title nor stamp: printed again as they are."""
    sections: tuple[SectionDraft, ...]
    spot: Spot
    below: tuple[str, ...] = ()
    """Lines after the last clause: signatures, familiarisation, closing words."""
    stamp: tuple[str, ...] = ()
    organisation: str = ""
    unit: str = ""
    facts: tuple[Fact, ...] = ()
    oddnesses: tuple[Oddness, ...] = ()
    confidence: float = 1.0
    continuous: bool = False
    """Whether clause numbers run through all sections."""


@dataclass(frozen=True, slots=True)
class PostRow:
    """One row of a staffing table."""

    title: str
    spot: Spot
    values: dict[str, Value] = field(default_factory=dict)
    """By the names of the YAML: ``posts``, ``rate``, ``salary``, ``classifier``, ``category``, ``grade``, ``allowances``, ``note`` …"""
    kept: tuple[tuple[str, str], ...] = ()
    """Cells that are no field: the head of the column, and the text."""
    figures: dict[str, Decimal] = field(default_factory=dict)
    """What follows from the values, as the table says it: ``units``, ``month``, ``year`` … in the currency of the table."""
    persons: tuple[str, ...] = ()
    """Names of those who hold the post: told in the report, and written nowhere."""


@dataclass(frozen=True, slots=True)
class UnitRows:
    """The rows below one unit heading; the first group may have no name."""

    name: str
    rows: tuple[PostRow, ...]
    spot: Spot
    totals: dict[str, Decimal] = field(default_factory=dict)
    kind: str = "unit"
    """``unit``, or what a heading without a unit names: ``leadership``, ``staff`` (a group of employees)."""
    parent: int | None = None
    """The number of the group whose unit this one belongs to."""
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TableDraft:
    """A staffing table."""

    title: tuple[str, ...]
    language: str
    groups: tuple[UnitRows, ...]
    spot: Spot
    totals: dict[str, Decimal] = field(default_factory=dict)
    oddnesses: tuple[Oddness, ...] = ()
    below: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    """Lines above the table that are not its title: the stamp, the institution, the day from which it is in force."""
    organisation: str = ""
    sheet: str = ""
    settings: dict[str, Value] = field(default_factory=dict)
    """By the names under ``staffing_table``: ``currency``, ``year``, ``valid_from``."""
    kept: tuple[tuple[str, str], ...] = ()
    """Cells within the table that belong to no row: where they stand, and their text."""
    labels: tuple[str, ...] = ()
    """The words of totals and of headings that name no unit."""


Draft: TypeAlias = PaperDraft | TableDraft
