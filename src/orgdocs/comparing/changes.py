"""What a comparison consists of: changes in words, totals before and after, and the papers that change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from orgdocs.problems import Place, Sentence

if TYPE_CHECKING:
    from orgdocs.contents.content import PaperId
    from orgdocs.project import Project

Value: TypeAlias = "str | Sentence | Decimal | date | tuple[Value, ...]"
"""A value as people read it; a number or a day is written by the report in its language, several stand in a list."""


class Money(Decimal):
    """An amount of money, which is written with two decimals."""


class Kind(StrEnum):
    """What happened. Each has a phrase for people in ``PHRASES``."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    """Another id, known by ``previously``."""
    RETITLED = "retitled"
    """Another title or name."""
    MERGED = "merged"
    DIVIDED = "divided"
    MOVED = "moved"
    """A post to another unit, a unit to another parent, a clause to another post, unit or list."""
    CHANGED = "changed"
    """A field has another value."""
    REWORDED = "reworded"
    REORDERED = "reordered"


PHRASES = {
    Kind.ADDED: Sentence("added"),
    Kind.REMOVED: Sentence("removed"),
    Kind.RENAMED: Sentence("given another id"),
    Kind.RETITLED: Sentence("renamed"),
    Kind.MERGED: Sentence("merged"),
    Kind.DIVIDED: Sentence("divided"),
    Kind.MOVED: Sentence("moved"),
    Kind.CHANGED: Sentence("changed"),
    Kind.REWORDED: Sentence("reworded"),
    Kind.REORDERED: Sentence("put in another order"),
}
"""The kinds of changes for people."""


class Subject(NamedTuple):
    """What a change is about.

    ``kind`` is organisation, unit, post, body, act, clauses (a clause set) or template; ``title`` is in the language of the
    organisation.
    """

    kind: str
    id: str
    title: str

    def __str__(self) -> str:
        return f"{self.title} [{self.id}]" if self.title != self.id else self.id


class Segment(NamedTuple):
    """A stretch of a text: ``kept``, ``removed`` or ``added``.

    What is kept and removed is, put together, the text before; what is kept and added is the text after.
    """

    text: str
    state: str


class Spot(NamedTuple):
    """Where something stands in one of the two versions: file and 1-based line."""

    path: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between two registries.

    ``what`` says what changed, in words that need no subject: "added a duty", "immediate superior". For a text, ``words``
    has all of it, word by word; for a value, ``before`` and ``after`` are the values, None where there was or is none.
    """

    kind: Kind
    organisation: str
    subject: Subject
    what: Sentence
    field: str = ""
    """The field of the YAML, with points: ``duties``, ``staffing.salary``. Empty where the subject itself came or went."""
    before: Value | None = None
    after: Value | None = None
    words: tuple[Segment, ...] = ()
    was: Place | None = None
    now: Place | None = None
    """Where it stands in each version; None where it is not there."""
    source: Subject | None = None
    """From where a clause was moved."""
    reach: tuple[Subject, ...] = ()
    """The posts whose papers hold the clause set that changed."""

    @property
    def said(self) -> Sentence:
        """The change as one sentence, without its subject."""
        if self.words:
            return Sentence("{what}: {text}", what=self.what, text=mark_words(self.words))
        if self.before is None and self.after is None:
            return self.what
        if self.before is None or self.kind in {Kind.ADDED, Kind.REMOVED}:
            return Sentence("{what}: {text}", what=self.what, text=told_value(self.after if self.after is not None else self.before))
        before, after = (told_value(value) for value in (self.before, self.after))
        return Sentence("{what}: {after} (before: {before})", what=self.what, after=after, before=before)


class Several(tuple[object, ...]):
    """Several values in a sentence, with commas between; those of one that is several itself stand in brackets."""

    __slots__ = ()

    def __str__(self) -> str:
        return ", ".join(f"({one})" if isinstance(one, Several) else str(one) for one in self)


def told_value(value: Value | None) -> object:
    """A value as it stands in a sentence."""
    if value is None:
        return Sentence("none")
    return Several(map(told_value, value)) if isinstance(value, tuple) else value


def mark_words(words: tuple[Segment, ...]) -> str:
    """A text with its changes marked as ``[-removed-]`` and ``{+added+}``; unmarked where all of it came or went."""
    if len(words) == 1:
        return words[0].text
    return "".join(_mark(word) for word in words)


def _mark(word: Segment) -> str:
    text = word.text.strip()
    if word.state == "kept" or not text:
        return word.text
    opening, closing = _MARKS[word.state]
    before, _, after = word.text.partition(text)
    return f"{before}{opening}{text}{closing}{after}"


_MARKS = {"removed": ("[-", "-]"), "added": ("{+", "+}")}


class Figures(NamedTuple):
    """Posts, staff units (posts times rate) and the monthly payroll in the currency of the staffing table."""

    posts: int
    units: Decimal
    payroll: Decimal

    def __add__(self, other: object) -> Figures:
        if not isinstance(other, Figures):
            return NotImplemented
        return Figures(self.posts + other.posts, self.units + other.units, self.payroll + other.payroll)

    def __sub__(self, other: Figures) -> Figures:
        return Figures(self.posts - other.posts, self.units - other.units, self.payroll - other.payroll)


NOTHING = Figures(0, Decimal(0), Decimal(0))


class Row(NamedTuple):
    """The figures of a unit's own posts, or of an organisation with all its units, before and after."""

    subject: Subject
    before: Figures
    after: Figures

    @property
    def difference(self) -> Figures:
        """What came, and with a minus what went."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of one organisation: the whole, and the units in which any of them changed."""

    organisation: str
    currency: str
    whole: Row
    units: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperChange:
    """A paper that comes out otherwise, with the changes that reach it.

    ``state`` is ``new``, ``changed`` or ``dropped``.
    """

    paper: PaperId
    state: str
    subject: Subject
    reasons: tuple[Change, ...] = ()
    formerly: PaperId | None = None
    """Which paper it was, where its post or unit had another id."""
    translated: bool = False
    """Whether it is in another language than that of the organisation."""


@dataclass(frozen=True)
class Comparison:
    """What changed between two registries, in the order of the papers."""

    before: Project
    after: Project
    changes: tuple[Change, ...]
    totals: tuple[Totals, ...]
    papers: tuple[PaperChange, ...]
    notes: tuple[Sentence, ...] = ()
    """What could not be compared, and why."""

    def spot_before(self, change: Change) -> Spot | None:
        """Where a change stands in the first version."""
        return _spot(self.before, change.was)

    def spot_after(self, change: Change) -> Spot | None:
        """Where a change stands in the second version."""
        return _spot(self.after, change.now)


def _spot(project: Project, place: Place | None) -> Spot | None:
    document = project.documents.get(place.path) if place is not None else None
    return Spot(document.path, document.span(place).line) if document is not None and place is not None else None
