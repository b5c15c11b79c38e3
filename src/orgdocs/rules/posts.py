"""OD7xx: staffing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from orgdocs.model import Limits, Position, Unit
from orgdocs.problems import Finding, Note, Sentence
from orgdocs.rules.rule import Subject, error, warning
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
    for unit in institution.establishments:
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


def validity_reversed(subject: Subject) -> Iterator[Finding]:
    """A post does not end before it begins.

    Such a post never existed, and the staffing table would count it.

    Wrong:

    ```yaml
    lawyer.yaml: {valid_from: 2026-07-01, valid_to: 2026-06-30}
    ```

    Right:

    ```yaml
    lawyer.yaml: {valid_from: 2026-01-01, valid_to: 2026-06-30}
    ```
    """
    for position in subject.institution.positions.values():
        if _is_reversed(position):
            sentence = Sentence("{post} ends on {end}, before it begins", post=position.id, end=position.valid_to)
            notes = (Note(position.place.under("valid_from"), Sentence("it begins on {begin}", begin=position.valid_from)),)
            yield Finding(position.place.under("valid_to"), sentence, notes, Sentence("correct one of the two days"))


def _is_reversed(position: Position) -> bool:
    return position.valid_from is not None and position.valid_to is not None and position.valid_to < position.valid_from


def succession(subject: Subject) -> Iterator[Finding]:
    """Where posts of the same title in a unit follow each other, each begins on the day after the one before it ends.

    In between the work would be nobody's, or two would be paid for it. Compared are posts of the same title of which one
    ends by valid_to and another begins later by valid_from.

    Wrong:

    ```yaml
    lawyer-old.yaml: {title: Lawyer, unit: legal, valid_to: 2026-06-30}
    lawyer-new.yaml: {title: Lawyer, unit: legal, valid_from: 2026-08-01}
    ```

    Right:

    ```yaml
    lawyer-old.yaml: {title: Lawyer, unit: legal, valid_to: 2026-06-30}
    lawyer-new.yaml: {title: Lawyer, unit: legal, valid_from: 2026-07-01}
    ```
    """
    namesakes: dict[tuple[str, str], list[Position]] = {}
    for position in subject.institution.positions.values():
        unit = subject.hierarchy.unit_of(position)
        if unit is not None:
            namesakes.setdefault((unit.id, str(position.title)), []).append(position)
    for posts in namesakes.values():
        # With a post among them that always exists, or a file with faults, nobody can say what follows what.
        if len(posts) < 2 or any(post.partial or _is_reversed(post) or not (post.valid_from or post.valid_to) for post in posts):
            continue
        posts.sort(key=lambda post: (post.valid_from or date.min, post.id))
        covered = posts[0]
        for post in posts[1:]:
            yield from _follows(covered, post)
            if covered.valid_to is not None and (post.valid_to is None or post.valid_to > covered.valid_to):
                covered = post


def _follows(before: Position, after: Position) -> Iterator[Finding]:
    begin, end = after.valid_from, before.valid_to
    # Posts that begin together stand beside each other; one without an end is not followed.
    if begin is None or end is None or begin == before.valid_from or begin.toordinal() == end.toordinal() + 1:
        return
    values = {"before": before.id, "after": after.id, "begin": begin, "end": end}
    if begin <= end:
        sentence = Sentence("{after} begins on {begin}, and {before} of the same title ends only on {end}", **values)
    else:
        sentence = Sentence("{after} begins on {begin}, and {before} of the same title ends already on {end}", **values)
    notes = (Note(before.place.under("valid_to"), Sentence("{before} ends here", before=before.id)),)
    # The last day of the calendar, which some write for "no end", has no day after it.
    day = min(end, date.max - timedelta(days=1)) + timedelta(days=1)
    hint = Sentence("write valid_from: {day}, or another end there", day=day)
    yield Finding(after.place.under("valid_from"), sentence, notes, hint)


RULES = (
    error("OD701", "posts-over-limit", posts_over_limit),
    error("OD702", "payroll-over-limit", payroll_over_limit),
    error("OD703", "rate-step", rate_step),
    error("OD709", "validity-reversed", validity_reversed),
    warning("OD710", "succession", succession),
)
