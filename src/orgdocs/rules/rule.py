"""What a rule is: code, name, severity, and a generator whose docstring is the documentation."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from orgdocs.problems import Finding, Severity

if TYPE_CHECKING:
    from orgdocs.contents.content import Content, PaperId
    from orgdocs.hierarchy import Hierarchy
    from orgdocs.model import Institution, Position, Settings


@dataclass
class Subject:
    """What a rule looks at: one institution, its hierarchy, and what composing its papers brought to light."""

    hierarchy: Hierarchy
    settings: Settings
    contents: dict[PaperId, Content] = field(default_factory=dict)
    missing_forms: list[Finding] = field(default_factory=list)
    missing_languages: list[Finding] = field(default_factory=list)
    wording: list[Finding] = field(default_factory=list)
    untouchable: set[PaperId] = field(default_factory=set)
    """Papers that could not be composed."""

    @property
    def institution(self) -> Institution:
        """The institution under the hierarchy."""
        return self.hierarchy.institution

    def knows_clause_sets(self, position: Position) -> bool:
        """Whether the clause sets of a post are there and without faults: otherwise nobody knows what they would bring."""
        sets = self.institution.clause_sets
        return all(ref.id in sets and not sets[ref.id].partial for ref in position.includes)


Check = Callable[[Subject], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    ``check`` is a generator of findings over a subject. Rules about reading a file have a check that yields nothing:
    their findings arise while the file is read, and come to them by name.
    """

    code: str
    name: str
    severity: Severity
    check: Check

    @property
    def documentation(self) -> str:
        """What is demanded, why, and an example wrong and right: the docstring of the check, in Markdown."""
        return inspect.cleandoc(self.check.__doc__ or "")


def error(code: str, name: str, check: Check) -> Rule:
    """A rule whose findings are errors."""
    return Rule(code, name, Severity.ERROR, check)


def warning(code: str, name: str, check: Check) -> Rule:
    """A rule whose findings are warnings."""
    return Rule(code, name, Severity.WARNING, check)
