"""A comparison made ready for people: grouped by what it is about, every value said in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from orgdocs.comparing import Change, Comparison, Figures, Kind, Money, PaperChange, Row, Spot, Subject, Totals
from orgdocs.language import format_day, format_number
from orgdocs.problems import Sentence

SIGNS = {Kind.ADDED: "+", Kind.REMOVED: "-", Kind.MOVED: ">", Kind.MERGED: ">", Kind.DIVIDED: ">"}
"""The signs of the kinds of changes; those that are not here have ``~``."""

PAPERS = {
    "job-description": Sentence("job description"),
    "regulation": Sentence("regulation"),
    "staffing-table": Sentence("staffing table"),
    "structure": Sentence("structure"),
    "familiarisation-sheet": Sentence("familiarisation sheet"),
    "familiarisation-journal": Sentence("familiarisation journal"),
    "review-list": Sentence("review list"),
}
"""The kinds of papers for people."""

NOTHING = Sentence("nothing has changed")
TOTALS, PAPERS_TITLE = Sentence("Posts and payroll"), Sentence("Papers that change")
FIGURES = (Sentence("posts"), Sentence("staff units"), Sentence("monthly payroll"))
BEFORE, AFTER, DIFFERENCE = Sentence("before"), Sentence("after"), Sentence("difference")

_MOST_REASONS = 4
_MOST_NAMES = 6


class Group(NamedTuple):
    """What changed in one thing."""

    subject: Subject
    changes: tuple[Change, ...]


class Chapter(NamedTuple):
    """What changed in one organisation; ``organisation`` is None for what belongs to the registry as a whole."""

    organisation: Subject | None
    groups: tuple[Group, ...]


@dataclass
class Telling:
    """Says sentences and values in one language."""

    patterns: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"

    def say(self, sentence: Sentence) -> str:
        """A sentence, with the values in it."""
        values = {key: self.value(value) for key, value in sentence.values.items()}
        pattern = self.patterns.get(sentence.pattern, sentence.pattern)
        return pattern.format_map(values) if values else pattern

    def value(self, value: object) -> str:
        """A value: numbers and days as the language writes them, several with commas between."""
        if isinstance(value, Sentence):
            return self.say(value)
        if isinstance(value, tuple):
            return ", ".join(f"({self.value(one)})" if isinstance(one, tuple) else self.value(one) for one in value)
        if isinstance(value, Money):
            return format_number(Decimal(value), self.language, 2)
        if isinstance(value, Decimal):
            return format_number(value, self.language)
        if isinstance(value, date):
            return format_day(value, self.language, "verbal")
        return str(value)

    def plain(self, value: object) -> str:
        """A value for programs: a number with a decimal point, a day as year-month-day; a sentence is told."""
        if isinstance(value, Decimal):
            return f"{value:f}"
        return self.say(value) if isinstance(value, Sentence) else str(value)

    def change(self, change: Change) -> str:
        """A change in one sentence, without its subject."""
        return self.say(change.said)

    def lead(self, change: Change) -> str:
        """What stands before the words of a text that changed."""
        return self.say(Sentence("{what}: {text}", what=change.what, text="")).rstrip()

    def row(self, totals: Totals, row: Row) -> str:
        """What a row of figures is about."""
        return self.say(Sentence("{name}, in all", name=str(row.subject))) if row is totals.whole else str(row.subject)

    def figure(self, figures: Figures, number: int, *, signed: bool = False) -> str:
        """A figure: posts, staff units or payroll, by number."""
        amount = Decimal(figures[number])
        told = format_number(abs(amount), self.language, 2 if number == 2 else None)
        sign = "\N{MINUS SIGN}" if amount < 0 else "+" if signed and amount else ""
        return f"{sign}{told}"

    def figure_name(self, number: int, currency: str) -> str:
        """How a figure is called."""
        name = self.say(FIGURES[number])
        return f"{name}, {currency}" if number == 2 and currency else name

    def paper(self, paper: PaperChange) -> str:
        """Which paper."""
        told = f"{self.say(PAPERS[paper.paper.kind])}: {paper.subject}"
        return f"{told} ({paper.paper.language})" if paper.translated else told

    def reasons(self, paper: PaperChange) -> str:
        """Why a paper changes: the changes that reach it, by what they are about, the first few of them."""
        by_subject: dict[Subject, list[Change]] = {}
        for change in paper.reasons:
            by_subject.setdefault(change.subject, []).append(change)
        told = []
        for subject, changes in list(by_subject.items())[:_MOST_REASONS]:
            whats = self.more(", ", list(dict.fromkeys(self.say(change.what) for change in changes)), _MOST_REASONS)
            told.append(whats if subject.id == paper.subject.id else f"{self.subject(subject)}: {whats}")
        return self.more("; ", told, _MOST_REASONS, of=len(by_subject))

    def more(self, between: str, names: Sequence[str], most: int, of: int | None = None) -> str:
        """The first few of several names, and how many more there are; ``of`` so many, if not all are given."""
        told = between.join(names[:most])
        rest = (len(names) if of is None else of) - most
        return self.say(Sentence("{names} and {count} more", names=told, count=rest)) if rest > 0 else told

    def subject(self, subject: Subject) -> str:
        """What a change is about."""
        if subject.kind == "clauses":
            return self.say(Sentence("clause set {id}", id=subject.id))
        if subject.kind == "template":
            return self.say(Sentence("Word template {id}", id=subject.id))
        if subject.kind == "registry":
            return self.say(Sentence("settings of the registry"))
        return str(subject)

    def reach(self, change: Change) -> str:
        """How many posts a change of a clause set reaches, and the first of them."""
        names = self.more(", ", list(map(str, change.reach)), _MOST_NAMES)
        if not names:
            return self.say(Sentence("no post includes it"))
        return self.say(Sentence("included by posts: {names}", names=names))


def sign(change: Change) -> str:
    """The sign of a change: came, went, moved or is otherwise."""
    if change.kind in {Kind.CHANGED, Kind.REWORDED} and (change.before is None) != (change.after is None):
        return "+" if change.before is None else "-"
    return SIGNS.get(change.kind, "~")


def chapters(comparison: Comparison) -> Iterator[Chapter]:
    """The changes by organisation and subject, in their order."""
    by_organisation: dict[str, dict[tuple[str, str], list[Change]]] = {}
    for change in comparison.changes:
        groups = by_organisation.setdefault(change.organisation, {})
        groups.setdefault((change.subject.kind, change.subject.id), []).append(change)
    names = {totals.organisation: totals.whole.subject for totals in comparison.totals}
    for organisation, groups in by_organisation.items():
        told = tuple(Group(changes[0].subject, tuple(changes)) for changes in groups.values())
        yield Chapter(names.get(organisation), told)


def where(before: Spot | None, after: Spot | None, usual: Sequence[str]) -> str:
    """The lines of a change in both versions: ``12``, ``14 → 12``, ``→ 12``, ``14 →``; with the path where it is not the usual one."""
    if before is not None and before == after:
        return _spot(before, usual)
    old, new = (_spot(spot, usual) if spot is not None else "" for spot in (before, after))
    if old == new:
        return old
    return f"{old} → {new}".strip()


def _spot(spot: Spot, usual: Sequence[str]) -> str:
    return str(spot.line) if spot.path in usual else f"{spot.path}:{spot.line}"


def paths(group: Group) -> list[str]:
    """The files in which a thing stands in both versions: one, or two if it was moved."""
    was = next((change.was.path for change in group.changes if change.was is not None and change.source is None), None)
    now = next((change.now.path for change in group.changes if change.now is not None), None)
    return list(dict.fromkeys(path for path in (was, now) if path is not None))


def changed_figures(row: Row) -> list[int]:
    """The numbers of the figures that differ."""
    return [number for number in range(len(FIGURES)) if row.before[number] != row.after[number]]


def summary(comparison: Comparison) -> Sentence:
    """How many changes and papers there are."""
    if not comparison.changes and not comparison.papers:
        return NOTHING
    return Sentence("changes: {changes}, papers that change: {papers}", changes=len(comparison.changes), papers=len(comparison.papers))
