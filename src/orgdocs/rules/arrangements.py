"""OD821 and OD822: papers that are arranged as they stood lose nothing, now or when the arrangement is taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from orgdocs.model import Arrangement, Clause, Position, Unit
from orgdocs.problems import Finding, Place, Sentence
from orgdocs.rules.rule import Subject, error

_POST_LISTS = ("general", "duties", "must_know", "rights", "responsibility", "interaction", "relations", "indicators", "evaluation")
_UNIT_LISTS = {
    "general": "general", "tasks": "tasks", "functions": "functions", "rights": "rights", "structure": "structure_clauses",
    "leadership": "leadership_clauses", "powers": "powers", "interaction": "interaction", "final": "final",
}  # fmt: skip
_OF_THE_HEAD = frozenset(
    {"qualification", "appointed_by", "dismissed_by", "reports_to", "substituted_by", "substitution", "category", "classifier"}
)
"""Fields that a regulation tells and the file of the head holds."""


class _Paper(NamedTuple):
    """A post or unit, its lists with the name and place of each, those of its clause sets included, and its arrangement."""

    entity: Position | Unit
    lists: dict[str, tuple[Place, tuple[Clause, ...]]]
    arrangement: Arrangement | None


def _papers(subject: Subject) -> Iterator[_Paper]:
    institution = subject.institution
    for position in institution.positions.values():
        if not position.partial:
            lists = {name: (position.place.under(name), getattr(position, name)) for name in _POST_LISTS if getattr(position, name)}
            for ref in position.includes:
                if (clause_set := institution.clause_sets.get(ref.id)) is not None:
                    shared = {name: getattr(clause_set, name, ()) for name in _POST_LISTS if name not in lists}
                    lists |= {name: (ref.place, clauses) for name, clauses in shared.items() if clauses}
            yield _Paper(position, lists, position.job_description.arrangement)
    for unit in institution.establishments:
        if not unit.partial:
            lists = {
                name: (unit.place.under(*_route_of(name)), getattr(unit, field))
                for name, field in _UNIT_LISTS.items()
                if getattr(unit, field)
            }
            yield _Paper(unit, lists, unit.regulation.arrangement)


def _route_of(name: str) -> tuple[str, ...]:
    """Where a list of a unit stands in its file."""
    return {"structure": ("structure", "clauses"), "leadership": ("leadership", "clauses"), "powers": ("leadership", "powers")}.get(
        name, (name,)
    )


def _clauses(paper: _Paper) -> Iterator[Clause]:
    """Every clause of a paper, those below others included."""
    for name, (_, clauses) in paper.lists.items():
        if name != "relations":
            yield from _with_items(clauses)
    for section in paper.arrangement.sections if paper.arrangement else ():
        yield from _with_items(section.clauses)


def _with_items(clauses: Iterable[Clause]) -> Iterator[Clause]:
    for clause in clauses:
        yield clause
        yield from _with_items(clause.items)


def left_out(subject: Subject) -> Iterator[Finding]:
    """An arrangement has a place for every list of its file.

    What no section names is not printed, and whoever reads the paper does not know of it.

    Wrong:

    ```yaml
    duties: [keeps the files]
    rights: [asks for papers]
    job_description:
      arrangement:
        sections:
          - {heading: Duties, of: duties}
    ```

    Right:

    ```yaml
    duties: [keeps the files]
    rights: [asks for papers]
    job_description:
      arrangement:
        sections:
          - {heading: Duties, of: duties}
          - {heading: Rights, of: rights}
    ```
    """
    for paper in _papers(subject):
        if paper.arrangement is None:
            continue
        printed = {section.of for section in paper.arrangement.sections}
        printed |= {name for clause in _clauses(paper) for name in clause.tells}
        for name, (place, _) in paper.lists.items():
            if name not in printed:
                yield Finding(
                    Place(place.path, place.route, at_key=place.route[-1] == _route_of(name)[-1]),
                    Sentence("{name} is in no section of the arrangement and is not printed", name=name),
                    hint=Sentence("add a section with of: {name} to the arrangement", name=name),
                )


def tells_nothing(subject: Subject) -> Iterator[Finding]:
    """A field that a clause tells, or that a section of an arrangement prints, is given.

    Without the arrangement the profile prints a sentence about the field in place of the clause. Where the field is not
    given, nothing would be printed, and what the clause says would be lost.

    Wrong:

    ```yaml
    general:
      - {text: The clerk is appointed by the director, tells: [appointed_by]}
    ```

    Right:

    ```yaml
    appointed_by: {by: director}
    general:
      - {text: The clerk is appointed by the director, tells: [appointed_by]}
    ```
    """
    for paper in _papers(subject):
        for section in paper.arrangement.sections if paper.arrangement else ():
            if section.of is not None and not _is_given(subject, paper, section.of):
                yield _absent(section.place.under("of"), section.of)
        for clause in _clauses(paper):
            for index, name in enumerate(clause.tells):
                if not _is_given(subject, paper, name):
                    yield _absent(Place(clause.place.path, (*clause.place.route[:-1], "tells", index)), name)


def _absent(place: Place, name: str) -> Finding:
    return Finding(place, Sentence("{name} is not given here", name=name), hint=Sentence("write it, or take the name away"))


def _is_given(subject: Subject, paper: _Paper, name: str) -> bool:
    if name in paper.lists:
        return True
    entity = paper.entity
    if isinstance(entity, Position):
        return _post_has(subject, entity, name)
    return _unit_has(subject, entity, name)


def _post_has(subject: Subject, position: Position, name: str) -> bool:
    sets = subject.institution.clause_sets
    if any(ref.id not in sets or (name == "guided_by" and sets[ref.id].guided_by) for ref in position.includes):
        return True  # what a set that is missing would bring, nobody knows
    special: dict[str, Callable[[], object]] = {
        "classifier": lambda: position.classifier_code,
        "reports_to": lambda: subject.hierarchy.superior(position),
        "units": lambda: any(True for _ in subject.hierarchy.heads(position)),
        "dismissed_by": lambda: position.dismissed_by or position.appointed_by,
        "substituted_by": lambda: position.substituted_by or position.substitution,
        "substitution": lambda: position.substitution or position.substituted_by,
    }
    return bool(special[name]() if name in special else getattr(position, name, None))


def _unit_has(subject: Subject, unit: Unit, name: str) -> bool:
    hierarchy = subject.hierarchy
    head = hierarchy.head(unit)
    if name in {*_OF_THE_HEAD, "head"}:
        return head is None or head.partial or name == "head" or _post_has(subject, head, name)
    if name == "units":
        return any(True for _ in hierarchy.children(unit))
    if name == "approvals":
        return bool(subject.institution.organisation.approvals)
    return bool(getattr(unit, name, None))


RULES = (
    error("OD821", "left-out-of-arrangement", left_out),
    error("OD822", "tells-nothing", tells_nothing),
)
