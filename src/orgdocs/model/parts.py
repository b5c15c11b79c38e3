"""Parts of entities out of the data of their files: references, clauses, papers, qualification, pay, numbers and days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from orgdocs.model.entities import (
    Alternative,
    Appointment,
    Approval,
    Approved,
    ArrangedSection,
    Arrangement,
    Clause,
    Education,
    Emblem,
    Familiarisation,
    Limits,
    Paper,
    PayPart,
    Person,
    Ref,
    Relation,
    Staffing,
    Tie,
)
from orgdocs.model.files import File, Map
from orgdocs.problems import Place, Route


def read_ref(file: File, data: Map, route: Route, key: str) -> Ref | None:
    """The id under a key of the map at a route, and where it stands; None where there is none."""
    value = data.get(key)
    return Ref(value, Place(file.path, (*route, key))) if isinstance(value, str) else None


def read_refs(file: File, data: Map, route: Route, key: str) -> tuple[Ref, ...]:
    """The ids of the list under a key."""
    return tuple(Ref(value, Place(file.path, (*route, key, index))) for index, value in enumerate(data.get(key, ())))


def read_ties(file: File, data: Map, key: str) -> tuple[Tie, ...]:
    """Ties to others, each an id or a map that says the matter besides."""
    ties = []
    for index, item in enumerate(data.get(key, ())):
        if isinstance(item, str):
            ties.append(Tie(Ref(item, Place(file.path, (key, index)))))
        elif "with" in item:
            ties.append(Tie(Ref(item["with"], Place(file.path, (key, index, "with"))), item.get("matter")))
    return tuple(ties)


def read_clauses(file: File, data: Map, route: Route, key: str) -> tuple[Clause, ...]:
    """The clauses of the list under a key, with what lies below them."""
    below = (*route, key)
    return tuple(_read_clause(file, (*below, index), item) for index, item in enumerate(data.get(key, ())))


def _read_clause(file: File, route: Route, item: Any) -> Clause:
    if isinstance(item, str):
        return Clause(item, Place(file.path, route))
    return Clause(
        item.get("text", ""),
        Place(file.path, (*route, "text")),
        read_clauses(file, item, route, "items") if "items" in item else (),
        item.get("id"),
        read_refs(file, item, route, "performs") if "performs" in item else (),
        read_ref(file, item, route, "lead"),
        read_refs(file, item, route, "serves") if "serves" in item else (),
        tuple(item.get("tells", ())),
    )


def read_limits(file: File, data: Map | None) -> Limits | None:
    """What a founder allows."""
    if data is None:
        return None
    return Limits(Place(file.path, ("limits",)), read_decimal(data.get("posts")), read_decimal(data.get("payroll")))


def read_emblem(file: File, data: Map | None) -> Emblem | None:
    """The picture on the papers, by its path in the registry."""
    if data is None or "file" not in data:
        return None
    path = f"org/{file.path.split('/')[1]}/{data['file']}"
    return Emblem(path, data.get("description", ""), Decimal(data.get("height", _EMBLEM_HEIGHT)), Place(file.path, ("emblem",)))


_EMBLEM_HEIGHT = 17
"""Millimetres: the height of the coat of arms on Ukrainian letterheads, which suits others as well."""


def read_paper(file: File, entity: Map, key: str) -> Paper:
    """The particulars of a paper; empty ones where none are given."""
    data: Map = entity.get(key, {})
    annex: Map = data.get("annex", {})
    approval: Map = data.get("approval", {})
    approved = Approved(approval.get("number"), read_day(approval.get("date")))
    return Paper(
        data.get("number"), read_day(data.get("date")), read_day(data.get("reviewed_on")), data.get("not_required"),
        annex.get("to"), annex.get("number"), approved, data.get("amended") == "true",
        _read_arrangement(file, (key, "arrangement"), data.get("arrangement")), read_integer(data.get("review_every")),
    )  # fmt: skip


def read_familiarisation(data: Map) -> Familiarisation:
    """How staff are made acquainted with papers."""
    return Familiarisation(tuple(data.get("sheets", ())), data.get("journal") == "true")


def _read_arrangement(file: File, route: Route, data: Map | None) -> Arrangement | None:
    if data is None:
        return None
    return Arrangement(
        Place(file.path, route),
        tuple(_read_arranged(file, (*route, "sections", index), item) for index, item in enumerate(data.get("sections", ()))),
        **{key: tuple(data.get(key, ())) for key in ("stamp", "head", "title", "preamble", "closing")},
    )


def _read_arranged(file: File, route: Route, data: Map) -> ArrangedSection:
    clauses = read_clauses(file, data, route, "clauses")
    columns = tuple(data.get("columns", ()))
    return ArrangedSection(Place(file.path, route), data.get("heading"), data.get("lead"), data.get("of"), clauses, columns)


def read_approval(file: File, route: Route, data: Map) -> Approval:
    """A line of the table of approvals."""
    return Approval(
        data.get("paper", ""),
        data.get("of"),
        read_refs(file, data, route, "for"),
        read_ref(file, data, route, "by") or Ref("", Place(file.path, route)),
        data.get("act"),
        read_refs(file, data, route, "signed_by"),
        read_refs(file, data, route, "agreed_by"),
        Place(file.path, route),
        read_refs(file, data, route, "also_by"),
        max(1, read_integer(data.get("threshold")) or 1),
        data.get("four_eyes") == "true",
    )


def read_appointment(file: File, data: Map, key: str) -> Appointment | None:
    """Who appoints or dismisses; None where nobody is named."""
    item: Map | None = data.get(key)
    if item is None or (by := read_ref(file, item, (key,), "by")) is None:
        return None
    return Appointment(by, item.get("act"), read_ref(file, item, (key,), "on_proposal_of"))


def read_staffing(file: File, data: Map | None) -> Staffing | None:
    """The line of a post in the staffing table."""
    if data is None or (posts := read_integer(data.get("posts"))) is None:
        return None  # how many posts there are is at fault: better no figures than wrong ones
    return Staffing(
        posts=posts,
        rate=Decimal(data.get("rate", "1")),
        place=Place(file.path, ("staffing",)),
        salary=read_decimal(data.get("salary")),
        allowances=tuple(_read_pay_part(item) for item in data.get("allowances", ())),
        additions=tuple(_read_pay_part(item) for item in data.get("additions", ())),
        filled=read_decimal(data.get("filled")),
        establishment=data.get("establishment"),
        funding=data.get("funding"),
        note=data.get("note"),
    )


def _read_pay_part(data: Map) -> PayPart:
    return PayPart(data.get("kind", ""), read_decimal(data.get("percent")), read_decimal(data.get("amount")))


def read_alternative(data: Map) -> Alternative:
    """One way to qualify for a post."""
    education: Map | None = data.get("education")
    experience: Map = data.get("experience", {})
    return Alternative(
        education=Education(education.get("level", ""), tuple(education.get("fields", ()))) if education else None,
        training=data.get("training"),
        years=read_integer(experience.get("years")),
        experience_in=experience.get("in"),
        text=data.get("text"),
    )


def read_relation(file: File, route: Route, data: Map) -> Relation:
    """With whom a post exchanges what."""
    return Relation(
        Place(file.path, route),
        read_ref(file, data, route, "with"),
        data.get("who"),
        read_clauses(file, data, route, "receives"),
        read_clauses(file, data, route, "provides"),
    )


def read_person(data: Map | None) -> Person | None:
    """A name, with its spellings in other languages."""
    if not data:
        return None
    spelled = {language: _spelled(spelling) for language, spelling in data.get("spelled", {}).items()}
    return _spelled(data)._replace(spelled=spelled, forms=data.get("forms", {}))


def _spelled(data: Map) -> Person:
    return Person(data.get("family", ""), data.get("given", ""), data.get("patronymic"))


def read_integer(text: str | None) -> int | None:
    """A whole number, which the schema has looked at."""
    return int(text) if text is not None else None


def read_decimal(text: str | None) -> Decimal | None:
    """A number, which the schema has looked at."""
    return Decimal(text) if text is not None else None


def read_day(text: str | None) -> date | None:
    """A day, which the schema has looked at."""
    return date.fromisoformat(text) if text is not None else None
