"""OD7xx: staffing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from orgdocs.model import Limits, Unit
from orgdocs.problems import Finding, Sentence
from orgdocs.rules.rule import Subject, error
from orgdocs.staffing import Line, groups, total


def posts_over_limit(subject: Subject) -> Iterator[Finding]:
    """The staff units stay within the limit of posts.

    Staff units are posts times rate. The limit of a unit counts the unit and the units below it; posts of a legal entity
    below count only for that legal entity.

    Wrong:

    ```yaml
    legal.yaml: {limits: {posts: 1}}
    lawyer.yaml: {unit: legal, staffing: {posts: 3, rate: 0.5}}
    ```

    Right:

    ```yaml
    legal.yaml: {limits: {posts: 1.5}}
    lawyer.yaml: {unit: legal, staffing: {posts: 3, rate: 0.5}}
    ```
    """
    for unit, limits in _limited(subject):
        units = total(_lines(subject, unit)).units
        if limits.posts is not None and units > limits.posts:
            sentence = Sentence(
                "{unit} has {units} staff units, the limit is {limit}", unit=unit.id, units=_plain(units), limit=_plain(limits.posts)
            )
            hint = Sentence("reduce posts or rate under staffing of its posts, or have the limit raised")
            yield Finding(limits.place.under("posts"), sentence, hint=hint)


def payroll_over_limit(subject: Subject) -> Iterator[Finding]:
    """The monthly payroll stays within its limit.

    The payroll is the sum over the rows of the staffing table: salary, allowances and additional payments, times staff
    units, each row rounded to cents.

    Wrong:

    ```yaml
    legal.yaml: {limits: {payroll: 3500}}
    lawyer.yaml: {unit: legal, staffing: {posts: 2, salary: 1800}}
    ```

    Right:

    ```yaml
    legal.yaml: {limits: {payroll: 3600}}
    lawyer.yaml: {unit: legal, staffing: {posts: 2, salary: 1800}}
    ```
    """
    for unit, limits in _limited(subject):
        payroll = total(_lines(subject, unit)).month
        if limits.payroll is not None and payroll > limits.payroll:
            sentence = Sentence("{unit} costs {payroll} a month, the limit is {limit}", unit=unit.id, payroll=payroll, limit=limits.payroll)
            hint = Sentence("reduce posts or pay under staffing of its posts, or have the limit raised")
            yield Finding(limits.place.under("payroll"), sentence, hint=hint)


def _limited(subject: Subject) -> Iterator[tuple[Unit, Limits]]:
    institution = subject.institution
    # While a post cannot be read as a whole, nobody can count.
    if any(kind == "position" for kind, _ in institution.broken) or any(position.partial for position in institution.positions.values()):
        return
    for unit in (institution.organisation, *institution.units.values()):
        if unit.limits is not None:
            yield unit, unit.limits


def _lines(subject: Subject, unit: Unit) -> list[Line]:
    return [line for group in groups(subject.hierarchy, unit) for line in group.lines]


def _plain(number: Decimal) -> str:
    """A number without zeros at the end: 5.5 and not 5.50."""
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"


def rate_step(subject: Subject) -> Iterator[Finding]:
    """A rate is a multiple of the step that the organisation gives under staffing_table, 0.25 if it gives none.

    Founders allow posts in quarters or tenths, and a rate in between is mostly a slip.

    Wrong:

    ```yaml
    staffing: {posts: 1, rate: 0.3}
    ```

    Right:

    ```yaml
    staffing: {posts: 1, rate: 0.25}
    ```
    """
    organisation = subject.institution.organisation
    step = organisation.staffing_table.step
    if organisation.partial or not step:
        return
    for position in subject.institution.positions.values():
        if position.staffing is not None and position.staffing.rate % step:
            sentence = Sentence("the rate {rate} is not a multiple of {step}", rate=position.staffing.rate, step=step)
            hint = Sentence(
                "change the rate, or the step under staffing_table in org/{organisation}/organisation.yaml", organisation=organisation.id
            )
            yield Finding(position.staffing.place.under("rate"), sentence, hint=hint)


RULES = (
    error("OD701", "posts-over-limit", posts_over_limit),
    error("OD702", "payroll-over-limit", payroll_over_limit),
    error("OD703", "rate-step", rate_step),
)
