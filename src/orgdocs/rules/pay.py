"""OD7xx: salaries, compared with their grade, with each other and with the superior's."""

from __future__ import annotations

from collections.abc import Iterator

from orgdocs.model import PayRange, Position
from orgdocs.problems import Finding, Note, Place, Sentence
from orgdocs.rules.rule import Subject, error, warning
from orgdocs.schemas import suggest


def salary_outside_grade(subject: Subject) -> Iterator[Finding]:
    """The base salary of a post lies within the range that the organisation gives under grades for the post's grade.

    A salary outside it was agreed with nobody, or the grade is the wrong one. A range ends above its beginning.

    Wrong:

    ```yaml
    organisation.yaml: {grades: {A: {from: 1000, to: 2000}}}
    lawyer.yaml: {grade: A, staffing: {posts: 1, salary: 2500}}
    ```

    Right:

    ```yaml
    organisation.yaml: {grades: {A: {from: 1000, to: 2500}}}
    lawyer.yaml: {grade: A, staffing: {posts: 1, salary: 2500}}
    ```
    """
    grades = subject.institution.organisation.grades
    for grade, pay in grades.items():
        if _is_reversed(pay):
            sentence = Sentence("the range of {grade} ends below its beginning", grade=grade)
            yield Finding(pay.place.under("to"), sentence, hint=Sentence("exchange from and to"))
    for position in subject.institution.positions.values():
        staffing = position.staffing
        range_of = grades.get(position.grade or "")
        if range_of is None or staffing is None or staffing.salary is None or _is_reversed(range_of):
            continue
        values = {"post": position.id, "salary": staffing.salary, "grade": position.grade, "least": range_of.least, "most": range_of.most}
        if range_of.least is not None and staffing.salary < range_of.least:
            sentence = Sentence("{post} is paid {salary}, grade {grade} begins at {least}", **values)
        elif range_of.most is not None and staffing.salary > range_of.most:
            sentence = Sentence("{post} is paid {salary}, grade {grade} ends at {most}", **values)
        else:
            continue
        notes = (Note(range_of.place, Sentence("the range is given here")),)
        yield Finding(staffing.place.under("salary"), sentence, notes, Sentence("change the salary, the grade or the range"))


def _is_reversed(pay: PayRange) -> bool:
    return pay.least is not None and pay.most is not None and pay.least > pay.most


def unknown_grade(subject: Subject) -> Iterator[Finding]:
    """Where an organisation gives its pay grades, the grade of a post is one of them.

    A grade that is none of them has no range, and its salary is compared with nothing.

    Wrong:

    ```yaml
    organisation.yaml: {grades: {A1: {from: 1000, to: 2000}}}
    lawyer.yaml: {grade: A-1}
    ```

    Right:

    ```yaml
    organisation.yaml: {grades: {A1: {from: 1000, to: 2000}}}
    lawyer.yaml: {grade: A1}
    ```
    """
    organisation = subject.institution.organisation
    if not organisation.grades or organisation.partial:
        return
    for position in subject.institution.positions.values():
        if position.grade is not None and position.grade not in organisation.grades:
            known = list(organisation.grades)
            hint = suggest(position.grade, known) or Sentence("the grades are: {grades}", grades=", ".join(known[:12]))
            sentence = Sentence("{organisation} has no grade {grade}", organisation=organisation.id, grade=position.grade)
            yield Finding(position.place.under("grade"), sentence, hint=hint)


def salary_above_superior(subject: Subject) -> Iterator[Finding]:
    """The base salary of a post is not above that of its superior.

    Where it is, the superior's post is hard to fill, and the difference has to be explained to every auditor. Base salaries
    of a full post are compared, without allowances. Where it is meant so, say why in a comment that silences the rule.

    Wrong:

    ```yaml
    head-of-legal.yaml: {staffing: {posts: 1, salary: 1800}}
    lawyer.yaml: {reports_to: head-of-legal, staffing: {posts: 1, salary: 2000}}
    ```

    Right:

    ```yaml
    head-of-legal.yaml: {staffing: {posts: 1, salary: 2200}}
    lawyer.yaml: {reports_to: head-of-legal, staffing: {posts: 1, salary: 2000}}
    ```
    """
    for position in subject.institution.positions.values():
        superior = subject.hierarchy.superior(position)
        if not isinstance(superior, Position) or position.staffing is None or superior.staffing is None:
            continue
        own, above = position.staffing.salary, superior.staffing.salary
        if own is None or above is None or own <= above or position in subject.hierarchy.chain(superior):
            continue
        sentence = Sentence(
            "{post} is paid {salary}, more than its superior {superior}", post=position.id, salary=own, superior=superior.id
        )
        notes = (
            Note(superior.staffing.place.under("salary"), Sentence("{superior} is paid {salary}", superior=superior.id, salary=above)),
        )
        yield Finding(position.staffing.place.under("salary"), sentence, notes, Sentence("change one of the two salaries"))


def salary_missing(subject: Subject) -> Iterator[Finding]:
    """In a staffing table in which most posts have a salary, none is without one.

    A post without a salary is counted as unpaid, and the payroll comes out too small.

    Wrong:

    ```yaml
    lawyer.yaml: {staffing: {posts: 1}}
    economist.yaml: {staffing: {posts: 1, salary: 1800}}
    accountant.yaml: {staffing: {posts: 1, salary: 1800}}
    ```

    Right:

    ```yaml
    lawyer.yaml: {staffing: {posts: 1, salary: 1800}}
    economist.yaml: {staffing: {posts: 1, salary: 1800}}
    accountant.yaml: {staffing: {posts: 1, salary: 1800}}
    ```
    """
    hierarchy = subject.hierarchy
    tables: dict[str, tuple[list[Position], list[Position]]] = {}
    for position in subject.institution.positions.values():
        unit = hierarchy.unit_of(position)
        if unit is None or position.staffing is None or position.staffing.posts == 0 or position.partial:
            continue
        # A post without duties is still being written, and said to be.
        if any(True for _ in hierarchy.duties(position)):
            paid, unpaid = tables.setdefault(hierarchy.legal_entity(unit).id, ([], []))
            (unpaid if position.staffing.salary is None else paid).append(position)
    for paid, unpaid in tables.values():
        if len(paid) <= len(unpaid):
            continue
        for position in unpaid:
            sentence = Sentence("{post} has no salary, and most posts of the same staffing table have one", post=position.id)
            yield Finding(Place(position.place.path, ("staffing",), at_key=True), sentence, hint=Sentence("add salary under staffing"))


def filled_over_units(subject: Subject) -> Iterator[Finding]:
    """No more staff units of a post are filled than there are.

    The staffing table would print fewer than no vacancies. Staff units are posts times rate.

    Wrong:

    ```yaml
    staffing: {posts: 1, rate: 0.5, filled: 1}
    ```

    Right:

    ```yaml
    staffing: {posts: 1, rate: 0.5, filled: 0.5}
    ```
    """
    for position in subject.institution.positions.values():
        staffing = position.staffing
        if staffing is None or staffing.filled is None or position.partial:
            continue
        units = staffing.units
        if staffing.filled > units:
            sentence = Sentence(
                "{filled} staff units of {post} are filled, and there are {units}", filled=staffing.filled, post=position.id, units=units
            )
            hint = Sentence("reduce filled, or raise posts or rate")
            yield Finding(staffing.place.under("filled"), sentence, hint=hint)


RULES = (
    warning("OD704", "salary-outside-grade", salary_outside_grade),
    warning("OD705", "unknown-grade", unknown_grade),
    warning("OD706", "salary-above-superior", salary_above_superior),
    error("OD711", "filled-over-units", filled_over_units),
    warning("OD712", "salary-missing", salary_missing),
)
