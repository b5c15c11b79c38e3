"""OD7xx: staffing."""

from __future__ import annotations

from collections.abc import Iterator

from orgdocs.model import Unit
from orgdocs.problems import Finding, Sentence
from orgdocs.rules.rule import Subject, error
from orgdocs.staffing import Line, groups, total


def posts_over_limit(subject: Subject) -> Iterator[Finding]:
    """The staff units stay within the limit of posts.

    The limit of an organisation or legal entity counts its own posts, without those of legal entities below it; the
    limit of a unit counts the posts of the unit and the units below it.

    Wrong: `limits: {posts: 40}` and 40.5 staff units. Right: 40 at the most.
    """
    for unit in _limited(subject):
        assert unit.limits is not None  # noqa: S101
        units = total(_lines(subject, unit)).units
        if unit.limits.posts is not None and units > unit.limits.posts:
            sentence = Sentence("{unit} has {units} staff units, the limit is {limit}", unit=unit.id, units=units, limit=unit.limits.posts)
            yield Finding(unit.limits.place.under("posts"), sentence)


def payroll_over_limit(subject: Subject) -> Iterator[Finding]:
    """The monthly payroll stays within its limit.

    The payroll is the sum over the printed rows: salary, allowances and additional payments times staff units.

    Wrong: `limits: {payroll: 100000}` and posts for 100500 a month. Right: 100000 at the most.
    """
    for unit in _limited(subject):
        assert unit.limits is not None  # noqa: S101
        payroll = total(_lines(subject, unit)).month
        if unit.limits.payroll is not None and payroll > unit.limits.payroll:
            sentence = Sentence(
                "{unit} costs {payroll} a month, the limit is {limit}", unit=unit.id, payroll=payroll, limit=unit.limits.payroll
            )
            yield Finding(unit.limits.place.under("payroll"), sentence)


def _limited(subject: Subject) -> Iterator[Unit]:
    institution = subject.institution
    if any(kind == "position" for kind, _ in institution.broken) or any(position.partial for position in institution.positions.values()):
        return
    for unit in (institution.organisation, *institution.units.values()):
        if unit.limits is not None:
            yield unit


def _lines(subject: Subject, unit: Unit) -> list[Line]:
    return [line for group in groups(subject.hierarchy, unit) for line in group.lines]


def rate_step(subject: Subject) -> Iterator[Finding]:
    """A rate is a multiple of the step of the organisation, 0.25 if it gives none.

    Wrong: `rate: 0.3`. Right: `rate: 0.25`.
    """
    step = subject.institution.organisation.staffing_table.step
    for position in subject.institution.positions.values():
        if position.staffing is not None and step and position.staffing.rate % step:
            sentence = Sentence("the rate {rate} is not a multiple of {step}", rate=position.staffing.rate, step=step)
            yield Finding(position.staffing.place.under("rate"), sentence)


RULES = (
    error("OD701", "posts-over-limit", posts_over_limit),
    error("OD702", "payroll-over-limit", payroll_over_limit),
    error("OD703", "rate-step", rate_step),
)
