"""What can be wrong and where: places in the user's files, findings of rules, and the problems that people read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, TypeAlias

Route: TypeAlias = tuple[str | int, ...]
"""Keys and indices that lead from the top of a file to a value, for example ``("duties", 3, "text")``."""


class Severity(StrEnum):
    """How grave a problem is: an error stops the papers it touches, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Span(NamedTuple):
    """A stretch of a file: 1-based lines and columns in code points, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


TOP = Span(1, 1, 1, 1)
"""Where a problem points that concerns a whole file."""


class Place(NamedTuple):
    """A symbolic place: a file and a route into it. It becomes a span only when somebody looks at it."""

    path: str
    route: Route = ()
    at_key: bool = False
    """True where the key is at fault and not the value under it."""
    span: Span | None = None
    """Set only where there is no route, because the file could not be read so far."""

    def under(self, *route: str | int) -> Place:
        """The place of a value below this one."""
        return Place(self.path, self.route + route)


class Sentence:
    """A sentence for people: an English pattern and the values in it, so that it can be said in other languages.

    >>> str(Sentence("no post has the id {id}", id="cfo"))
    'no post has the id cfo'
    """

    __slots__ = ("pattern", "values")

    def __init__(self, pattern: str, **values: object) -> None:
        self.pattern = pattern
        self.values = values

    def __str__(self) -> str:
        return self.pattern.format_map(self.values) if self.values else self.pattern

    def told(self, patterns: Mapping[str, str]) -> str:
        """The sentence in another language: ``patterns`` gives the pattern there by the English one.

        Values that are sentences themselves are told too. A pattern that is not there is told in English.
        """
        values = {key: value.told(patterns) if isinstance(value, Sentence) else value for key, value in self.values.items()}
        pattern = patterns.get(self.pattern, self.pattern)
        return pattern.format_map(values) if values else pattern

    def __repr__(self) -> str:
        return f"Sentence({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sentence) and (self.pattern, self.values) == (other.pattern, other.values)

    def __hash__(self) -> int:
        return hash(str(self))


@dataclass(frozen=True, slots=True)
class Note:
    """A second place that helps to understand a finding, with its own sentence."""

    place: Place
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule yields: something is wrong at this place. It does not know its code."""

    place: Place
    sentence: Sentence
    notes: tuple[Note, ...] = ()
    hint: Sentence | None = None
    severity: Severity | None = None
    """Where the registry itself says how grave this is; otherwise the rule does."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding made before any rule runs, while a file is read, with the name of the rule that it belongs to."""

    rule: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class ProblemNote:
    """A note of a problem, its place worked out."""

    path: str
    span: Span
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding with everything a reader needs: code, name, severity, file, span, sentence, notes, hint."""

    path: str
    span: Span
    code: str
    name: str
    severity: Severity
    sentence: Sentence
    notes: tuple[ProblemNote, ...] = field(default=())
    hint: Sentence | None = None

    @property
    def order(self) -> tuple[str, Span, str, str]:
        """Sort key: file, place, code, sentence."""
        return (self.path, self.span, self.code, str(self.sentence))
