"""Values of the model in words: references by title, enumerations, qualifications, pay, persons, entries of the matrix."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from orgdocs.comparing.changes import Money
from orgdocs.problems import Sentence

if TYPE_CHECKING:
    from orgdocs.comparing.changes import Value
    from orgdocs.comparing.sides import Side
    from orgdocs.model import Alternative, Appointment, Approval, PayPart, Ref, Tie

WORDS = {
    "manager": Sentence("managers"),
    "professional": Sentence("professionals"),
    "specialist": Sentence("specialists"),
    "technical": Sentence("technical staff"),
    "worker": Sentence("workers"),
    "department": Sentence("department"),
    "directorate": Sentence("directorate"),
    "division": Sentence("division"),
    "sector": Sentence("sector"),
    "section": Sentence("section"),
    "service": Sentence("service"),
    "office": Sentence("office"),
    "centre": Sentence("centre"),
    "institution": Sentence("institution"),
    "group": Sentence("group"),
    "order": Sentence("order"),
    "directive": Sentence("directive"),
    "decision": Sentence("decision"),
    "resolution": Sentence("resolution"),
    "permanent": Sentence("permanent"),
    "fixed-term": Sentence("fixed-term"),
    "temporary": Sentence("temporary"),
    "function": Sentence("function"),
    "territory": Sentence("territory"),
    "organisation": Sentence("organisation"),
    "unit": Sentence("units"),
    "job-description": Sentence("job descriptions"),
    "regulation": Sentence("regulations"),
    "staffing-table": Sentence("staffing tables"),
    "structure": Sentence("structure"),
}
"""The words of the YAML that stand for something, as people say them."""

EDUCATION = {
    "secondary": Sentence("secondary education"),
    "vocational": Sentence("vocational education"),
    "junior-bachelor": Sentence("higher education, junior bachelor"),
    "bachelor": Sentence("higher education, bachelor"),
    "specialist": Sentence("higher education, specialist"),
    "master": Sentence("higher education, master"),
    "higher": Sentence("higher education"),
    "higher-professional": Sentence("higher professional education"),
}
"""Levels of education as people say them."""

_YES, _NO = Sentence("yes"), Sentence("no")
_SHORT = 50


def yes_no(value: bool) -> Sentence:
    """Yes or no."""
    return _YES if value else _NO


def word(value: str | None) -> Value | None:
    """A word of the YAML as people say it; as it is where it is not known."""
    return WORDS.get(value, value) if value is not None else None


def ref(side: Side, value: Ref | None) -> Value | None:
    """What is referred to, by its title."""
    return side.name(value.id) if value is not None else None


def refs(side: Side, values: Iterable[Ref]) -> Value | None:
    """Several things that are referred to."""
    return tuple(side.name(value.id) for value in values) or None


def tie(side: Side, value: Tie) -> Value:
    """A tie with its matter."""
    name = side.name(value.to.id)
    return f"{name} {side.say(value.matter)}" if value.matter is not None else name


def appointment(side: Side, value: Appointment | None) -> Value | None:
    """Who appoints, by what act, on whose proposal."""
    if value is None:
        return None
    parts: list[Value] = [side.name(value.by.id)]
    if value.act is not None:
        parts.append(WORDS.get(value.act, value.act))
    if value.on_proposal_of is not None:
        parts.append(Sentence("on the proposal of: {post}", post=side.name(value.on_proposal_of.id)))
    return tuple(parts)


def alternative(side: Side, value: Alternative) -> Value:
    """One way to qualify for a post."""
    parts: list[Value] = []
    if value.education is not None:
        level = EDUCATION.get(value.education.level, value.education.level)
        fields = ", ".join(side.say(field) for field in value.education.fields)
        parts.append(Sentence("{level} ({fields})", level=level, fields=fields) if fields else level)
    if value.training is not None:
        parts.append(side.say(value.training))
    if value.years is not None:
        matter = side.say(value.experience_in) if value.experience_in is not None else ""
        parts.append(
            Sentence("years of experience {matter}: {years}", matter=matter, years=value.years)
            if matter
            else Sentence("years of experience: {years}", years=value.years)
        )
    if value.text is not None:
        parts.append(side.say(value.text))
    return tuple(parts)


def pay_part(value: PayPart | None) -> Value | None:
    """How much an allowance or additional payment is."""
    if value is None:
        return None
    return Sentence("{percent} %", percent=plain(value.percent)) if value.percent is not None else money(value.amount)


def approver(side: Side, value: Approval) -> Value:
    """Who approves, by what act, and under which conditions."""
    parts: list[Value] = [side.name(ref.id) for ref in (value.by, *value.also_by)]
    if value.act is not None:
        parts.append(WORDS.get(value.act, value.act))
    if value.threshold != 1:
        parts.append(Sentence("different approvers: {count}", count=value.threshold))
    if value.four_eyes:
        parts.append(Sentence("not by whoever prepared it"))
    return tuple(parts)


def money(amount: Decimal | None) -> Money | None:
    """An amount of money."""
    return Money(amount) if amount is not None else None


def plain(number: Decimal) -> str:
    """A number without needless zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def whole(number: int | None) -> str | None:
    """A whole number."""
    return str(number) if number is not None else None


def shorten(text: str) -> str:
    """The beginning of a text, up to the end of a word."""
    if len(text) <= _SHORT:
        return text
    return f"{text[:_SHORT].rsplit(' ', 1)[0].rstrip(',;:–-')}…"
