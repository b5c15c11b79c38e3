"""From documents to entities: typed values are read from their text here, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, TypeVar, cast

from orgdocs.documents import Data
from orgdocs.model.entities import (
    Act,
    Alternative,
    Appointment,
    Approval,
    Approved,
    ArrangedSection,
    Arrangement,
    Body,
    Clause,
    Clauses,
    Education,
    Emblem,
    Familiarisation,
    Holder,
    Limits,
    Organisation,
    Paper,
    PayPart,
    PayRange,
    Person,
    Position,
    Predecessor,
    Ref,
    Relation,
    SigningKey,
    Staffing,
    StaffingTable,
    Tenure,
    Tie,
    Unit,
)
from orgdocs.model.registry import ChosenPack, Constraint, Excepted, Institution, Registry, Settings
from orgdocs.pictures import Picture
from orgdocs.problems import Finding, Note, Place, Route, Sentence, Severity

Map = Mapping[str, Any]
_T = TypeVar("_T")


class File:
    """A checked file: its path, kind, data without what is at fault, and whether anything was at fault."""

    __slots__ = ("_before", "_made", "data", "kind", "partial", "path", "unread")

    def __init__(self, path: str, kind: str, data: Data, *, partial: bool, unread: bool) -> None:
        self.path = path
        self.kind = kind
        self.data: Map = cast("Map", data) if isinstance(data, dict) else {}
        self.partial = partial
        self.unread = unread
        self._made: dict[object, Any] = {}
        self._before: dict[object, Any] = {}

    def follow(self, earlier: File) -> None:
        """This is what ``earlier`` became: what is made of both and says the same is the same object."""
        self._before = earlier._before | earlier._made

    def made(self, make: Callable[[File, str], _T], name: str) -> _T:
        """What ``make`` reads from this file: it is read once, however often the registry is built with this file."""
        if make not in self._made:
            self._made[make] = _keep_same(make(self, name), self._before.pop(make, None))
        made: _T = self._made[make]
        return made


def _keep_same(new: Any, old: Any) -> Any:
    """The new value, in which what equals the old one is the old one."""
    if isinstance(new, dict) and isinstance(old, dict):
        return {key: _keep_same(value, old.get(key)) for key, value in new.items()}
    return old if old == new else new


def read_registry(files: Iterable[File], pictures: Mapping[str, Picture | Sentence | None] = MappingProxyType({})) -> Registry:
    """Build the registry. Files must have passed their schema, except for what ``partial`` admits is gone.

    ``pictures`` has what is known of each picture by its path, or what is wrong with it.
    """
    settings = Settings()
    constraints: tuple[Constraint, ...] = ()
    by_organisation: dict[str, list[File]] = {}
    for file in files:
        if file.kind == "registry":
            settings = file.made(_read_settings, file.kind)
        elif file.kind == "constraints":
            constraints = file.made(_read_constraints, file.kind)
        else:
            by_organisation.setdefault(file.path.split("/")[1], []).append(file)
    doubles: list[Finding] = []
    institutions = {
        organisation_id: replace(_read_institution(organisation_id, by_organisation[organisation_id], doubles), pictures=pictures)
        for organisation_id in sorted(by_organisation)
    }
    return Registry(replace(settings, constraints=constraints), institutions, tuple(doubles))


_LIMITS = {"chain": "longest_chain", "span": "widest_span", "similarity": "similarity", "powers": "powers"}


def _read_settings(file: File, name: str) -> Settings:  # noqa: ARG001  (there is one such file)
    data = file.data
    rules: Map = data.get("rules", {})
    limits: Map = rules.get("limits", {})
    return Settings(
        output=data.get("output", "output"),
        ignored=frozenset(rules.get("ignore", ())),
        severities={code: Severity(severity) for code, severity in rules.get("severity", {}).items()},
        **cast("Any", {name: int(limits[key]) for key, name in _LIMITS.items() if key in limits}),
        approvals_base=data.get("approvals", {}).get("base"),
        packs=tuple(_read_chosen_pack(file, ("rules", "packs", index), item) for index, item in enumerate(rules.get("packs", ()))),
    )


def _read_chosen_pack(file: File, route: Route, item: Any) -> ChosenPack:
    if isinstance(item, str):
        return ChosenPack(item, Place(file.path, route))
    marks: Map = item.get("marks", {})
    return ChosenPack(
        item.get("id", ""),
        Place(file.path, (*route, "id")),
        item.get("unverified") == "true",
        _refs(file, item, route, "organisations"),
        item.get("body"),
        {mark: _refs(file, marks, (*route, "marks"), mark) for mark in marks},
    )


def _read_constraints(file: File, name: str) -> tuple[Constraint, ...]:  # noqa: ARG001  (there is one such file)
    if file.partial:  # what a condition has lost would change its meaning
        return ()
    return tuple(_read_constraint(file, ("constraints", index), item) for index, item in enumerate(file.data.get("constraints", ())))


def _read_constraint(file: File, route: Route, item: Map) -> Constraint:
    return Constraint(
        item["id"], Place(file.path, (*route, "id")), item["says"], item["for"], item["must"], item.get("where"),
        Severity(item.get("severity", "error")),
        tuple(_read_exception(file, (*route, "except", index), one) for index, one in enumerate(item.get("except", ()))),
    )  # fmt: skip


def _read_exception(file: File, route: Route, item: Map) -> Excepted:
    return Excepted(Ref(item["id"], Place(file.path, (*route, "id"))), _ref(file, item, route, "organisation"))


def _read_institution(organisation_id: str, files: list[File], doubles: list[Finding]) -> Institution:
    organisation = Organisation(
        id=organisation_id, place=Place(f"org/{organisation_id}/organisation.yaml"), partial=True,
        name=organisation_id, profile="", language="",
    )  # fmt: skip
    units: dict[str, Unit] = {}
    positions: dict[str, Position] = {}
    bodies: dict[str, Body] = {}
    people: dict[str, Holder] = {}
    acts: dict[str, Act] = {}
    clause_sets: dict[str, Clauses] = {}
    wording: Data = None
    classifiers: Map = {}
    broken: set[tuple[str, str]] = set()
    for file in files:
        stem = PurePosixPath(file.path).stem
        if file.unread:
            broken.add((file.kind, stem))
            continue
        if file.kind in {"acts", "classifiers"} and file.partial:
            broken.add((file.kind, stem))  # an act or code that is at fault is known all the same
        if file.kind == "organisation":
            organisation = file.made(_read_organisation, organisation_id)
            bodies = file.made(_read_bodies, organisation_id)
        elif file.kind == "people":
            people = file.made(_read_people, organisation_id)
        elif file.kind == "unit":
            units[stem] = file.made(_read_unit, stem)
        elif file.kind == "acts":
            acts = file.made(_read_acts, organisation_id)
        elif file.kind == "clauses":
            clause_sets[stem] = file.made(_read_clause_set, stem)
        elif file.kind == "classifiers":
            classifiers = file.data
        elif file.kind == "wording":
            wording = cast("Data", file.data)
        elif stem in positions:
            doubles.append(_double(Place(file.path), positions[stem].place))
        else:
            positions[stem] = file.made(_read_position, stem)
    claims: dict[str, Place] = {organisation_id: organisation.place}
    for entity in (*units.values(), *bodies.values(), *positions.values()):
        if entity.id in claims:
            doubles.append(_double(entity.place, claims[entity.id]))
        else:
            claims[entity.id] = entity.place
    return Institution(organisation, units, positions, bodies, acts, clause_sets, wording, frozenset(broken), classifiers, people)


def _double(place: Place, first: Place) -> Finding:
    name = place.route[-1] if place.route else PurePosixPath(place.path).stem
    return Finding(
        place,
        Sentence("the id {id} is given twice", id=name),
        (Note(first, Sentence("it is given here already")),),
        Sentence("units, posts and bodies of an organisation share one set of ids; rename one of them"),
    )


# -- entities -------------------------------------------------------------------------------------------------------


def _read_organisation(file: File, organisation_id: str) -> Organisation:
    data = file.data
    table: Map = data.get("staffing_table", {})
    return Organisation(
        **_establishment(file, organisation_id),
        profile=data.get("profile", ""),
        language=data.get("language", ""),
        languages=tuple(data.get("languages", ())),
        superior_body=_ref(file, data, (), "superior_body"),
        place_of_issue=data.get("place"),
        approvals=tuple(_read_approval(file, ("approvals", index), item) for index, item in enumerate(data.get("approvals", ()))),
        staffing_table=StaffingTable(
            currency=table.get("currency"),
            step=Decimal(table.get("step", "0.25")),
            year=_integer(table.get("year")),
            valid_from=_day(table.get("valid_from")),
            paper=_read_paper(file, data, "staffing_table"),
        ),
        qr_code=data.get("qr_code") == "true",
        familiarisation=_read_familiarisation(data.get("familiarisation", {})),
        review_every={kind: int(months) for kind, months in data.get("review_every", {}).items()},
        grades={
            grade: PayRange(Place(file.path, ("grades", grade)), _decimal(item.get("from")), _decimal(item.get("to")))
            for grade, item in data.get("grades", {}).items()
        },
        registrar=_ref(file, data, (), "registrar"),
    )


def _read_unit(file: File, unit_id: str) -> Unit:
    return Unit(**_establishment(file, unit_id))


def _read_clause_set(file: File, set_id: str) -> Clauses:
    return Clauses(**_clauses(file, set_id))


def _establishment(file: File, entity_id: str) -> dict[str, Any]:
    data = file.data
    structure: Map = data.get("structure", {})
    leadership: Map = data.get("leadership", {})
    return {
        "id": entity_id,
        "place": Place(file.path),
        "partial": file.partial,
        "previously": _refs(file, data, (), "previously"),
        "name": data.get("name", entity_id),
        "forms": data.get("forms", {}),
        "short_name": data.get("short_name"),
        "short_forms": data.get("short_forms", {}),
        "kind": data.get("kind"),
        "parent": _ref(file, data, (), "parent"),
        "head": _ref(file, data, (), "head"),
        "deputies": _refs(file, data, (), "deputies"),
        "legal_entity": data.get("legal_entity") == "true",
        "order": _integer(data.get("order")),
        "status": data.get("status"),
        **{key: _ties(file, data, key) for key in ("subordinate_to", "accountable_to", "coordinated_by", "cooperates_with")},
        "codes": data.get("codes", {}),
        "address": data.get("address"),
        "predecessors": tuple(
            Predecessor(item.get("name", ""), item.get("forms", {}), item.get("code"), Place(file.path, ("predecessors", index)))
            for index, item in enumerate(data.get("predecessors", ()))
        ),
        "guided_by": _refs(file, data, (), "guided_by"),
        **{key: _read_clauses(file, data, (), key) for key in ("general", "tasks", "functions", "rights", "interaction", "final")},
        "structure_open": structure.get("open"),
        "structure_clauses": _read_clauses(file, structure, ("structure",), "clauses"),
        "leadership_clauses": _read_clauses(file, leadership, ("leadership",), "clauses"),
        "powers": _read_clauses(file, leadership, ("leadership",), "powers"),
        "leads": data.get("leads", {}),
        "limits": _read_limits(file, data.get("limits")),
        "emblem": _read_emblem(file, data.get("emblem")),
        "works_by": data.get("works_by"),
        "territories": data.get("territories", {}),
        "regulation": _read_paper(file, data, "regulation"),
    }


def _clauses(file: File, entity_id: str) -> dict[str, Any]:
    data = file.data
    keys = ("must_know", "general", "duties", "rights", "responsibility", "interaction", "indicators", "evaluation")
    return {
        "id": entity_id,
        "place": Place(file.path),
        "partial": file.partial,
        "previously": _refs(file, data, (), "previously"),
        "guided_by": _refs(file, data, (), "guided_by"),
        **{key: _read_clauses(file, data, (), key) for key in keys if key in data},
    }


def _read_position(file: File, position_id: str) -> Position:
    data = file.data
    parts = file.path.split("/")
    classifier: Map = data.get("classifier", {})
    alternatives: list[Map] = data.get("qualification", {}).get("any_of", [])
    return Position(
        **_clauses(file, position_id),
        title=data.get("title", position_id),
        forms=data.get("forms", {}),
        short_title=data.get("short_title"),
        short_forms=data.get("short_forms", {}),
        unit=_ref(file, data, (), "unit"),
        folder=parts[2] if len(parts) > 3 else None,
        order=_integer(data.get("order")),
        category=data.get("category"),
        classifier_scheme=classifier.get("scheme"),
        classifier_code=classifier.get("code"),
        grade=data.get("grade"),
        reports_to=_ref(file, data, (), "reports_to"),
        accountable_to=_ties(file, data, "accountable_to"),
        coordinated_by=_ties(file, data, "coordinated_by"),
        appointed_by=_read_appointment(file, data, "appointed_by"),
        dismissed_by=_read_appointment(file, data, "dismissed_by"),
        substituted_by=_refs(file, data, (), "substituted_by"),
        substitution=data.get("substitution"),
        staffing=_read_staffing(file, data.get("staffing")),
        qualification=tuple(_read_alternative(item) for item in alternatives),
        basis=_refs(file, data, (), "basis"),
        includes=_refs(file, data, (), "includes"),
        relations=tuple(_read_relation(file, ("relations", index), item) for index, item in enumerate(data.get("relations", ()))),
        territories=_refs(file, data, (), "territories"),
        leads=data.get("leads", {}),
        job_description=_read_paper(file, data, "job_description"),
        valid_from=_day(data.get("valid_from")),
        valid_to=_day(data.get("valid_to")),
        holder=_read_person(data.get("holder")),
    )


def _read_bodies(file: File, organisation_id: str) -> dict[str, Body]:  # noqa: ARG001  (the ids stand in the file)
    return {key: _read_body(file, key, value) for key, value in file.data.get("bodies", {}).items()}


def _read_acts(file: File, organisation_id: str) -> dict[str, Act]:  # noqa: ARG001
    return {key: _read_act(file, key, value) for key, value in file.data.get("acts", {}).items()}


def _read_body(file: File, body_id: str, data: Map) -> Body:
    return Body(
        id=body_id,
        place=Place(file.path, ("bodies", body_id), at_key=True),
        partial=file.partial,
        previously=_refs(file, data, ("bodies", body_id), "previously"),
        name=data.get("name", body_id),
        official=data.get("kind") == "official",
        forms=data.get("forms", {}),
        short_name=data.get("short_name"),
        short_forms=data.get("short_forms", {}),
        holder=_read_person(data.get("holder")),
    )


def _read_people(file: File, organisation_id: str) -> dict[str, Holder]:  # noqa: ARG001
    return {key: _read_holder(file, key, value) for key, value in file.data.get("people", {}).items()}


def _read_holder(file: File, holder_id: str, data: Map) -> Holder:
    route: Route = ("people", holder_id)
    return Holder(
        id=holder_id,
        place=Place(file.path, route, at_key=True),
        partial=file.partial,
        name=_read_person(data.get("name")) or Person(holder_id, ""),
        holds=tuple(
            Tenure(ref, _day(item.get("from")), _day(item.get("to")), item.get("acting") == "true")
            for index, item in enumerate(data.get("holds", ()))
            if (ref := _ref(file, item, (*route, "holds", index), "post")) is not None
        ),
        keys=tuple(
            SigningKey(
                " ".join(item["key"].split()[:2]), Place(file.path, (*route, "keys", index, "key")),
                _day(item.get("from")), _day(item.get("retired")), _day(item.get("revoked")), tuple(item.get("sealed", ())),
            )
            for index, item in enumerate(data.get("keys", ()))
            if "key" in item
        ),
    )  # fmt: skip


def _read_act(file: File, act_id: str, data: Map) -> Act:
    return Act(
        id=act_id,
        place=Place(file.path, ("acts", act_id), at_key=True),
        partial=file.partial,
        previously=_refs(file, data, ("acts", act_id), "previously"),
        title=data.get("title", act_id),
        forms=data.get("forms", {}),
        number=data.get("number"),
        date=_day(data.get("date")),
        repealed=_day(data.get("repealed")),
    )


# -- parts of entities ----------------------------------------------------------------------------------------------


def _ref(file: File, data: Map, route: Route, key: str) -> Ref | None:
    value = data.get(key)
    return Ref(value, Place(file.path, (*route, key))) if isinstance(value, str) else None


def _refs(file: File, data: Map, route: Route, key: str) -> tuple[Ref, ...]:
    return tuple(Ref(value, Place(file.path, (*route, key, index))) for index, value in enumerate(data.get(key, ())))


def _ties(file: File, data: Map, key: str) -> tuple[Tie, ...]:
    ties = []
    for index, item in enumerate(data.get(key, ())):
        if isinstance(item, str):
            ties.append(Tie(Ref(item, Place(file.path, (key, index)))))
        elif "with" in item:
            ties.append(Tie(Ref(item["with"], Place(file.path, (key, index, "with"))), item.get("matter")))
    return tuple(ties)


def _read_clauses(file: File, data: Map, route: Route, key: str) -> tuple[Clause, ...]:
    below = (*route, key)
    return tuple(_read_clause(file, (*below, index), item) for index, item in enumerate(data.get(key, ())))


def _read_clause(file: File, route: Route, item: Any) -> Clause:
    if isinstance(item, str):
        return Clause(item, Place(file.path, route))
    return Clause(
        item.get("text", ""),
        Place(file.path, (*route, "text")),
        _read_clauses(file, item, route, "items") if "items" in item else (),
        item.get("id"),
        _refs(file, item, route, "performs") if "performs" in item else (),
        _ref(file, item, route, "lead"),
        _refs(file, item, route, "serves") if "serves" in item else (),
        tuple(item.get("tells", ())),
    )


def _read_limits(file: File, data: Map | None) -> Limits | None:
    if data is None:
        return None
    return Limits(Place(file.path, ("limits",)), _decimal(data.get("posts")), _decimal(data.get("payroll")))


def _read_emblem(file: File, data: Map | None) -> Emblem | None:
    if data is None or "file" not in data:
        return None
    path = f"org/{file.path.split('/')[1]}/{data['file']}"
    return Emblem(path, data.get("description", ""), Decimal(data.get("height", _EMBLEM_HEIGHT)), Place(file.path, ("emblem",)))


_EMBLEM_HEIGHT = 17
"""Millimetres: the height of the coat of arms on Ukrainian letterheads, which suits others as well."""


def _read_paper(file: File, entity: Map, key: str) -> Paper:
    data: Map = entity.get(key, {})
    annex: Map = data.get("annex", {})
    approval: Map = data.get("approval", {})
    return Paper(
        data.get("number"), _day(data.get("date")), _day(data.get("reviewed_on")), data.get("not_required"),
        annex.get("to"), annex.get("number"), Approved(approval.get("number"), _day(approval.get("date"))), data.get("amended") == "true",
        _read_arrangement(file, (key, "arrangement"), data.get("arrangement")), _integer(data.get("review_every")),
    )  # fmt: skip


def _read_familiarisation(data: Map) -> Familiarisation:
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
    clauses = _read_clauses(file, data, route, "clauses")
    columns = tuple(data.get("columns", ()))
    return ArrangedSection(Place(file.path, route), data.get("heading"), data.get("lead"), data.get("of"), clauses, columns)


def _read_approval(file: File, route: Route, data: Map) -> Approval:
    return Approval(
        data.get("paper", ""),
        data.get("of"),
        _refs(file, data, route, "for"),
        _ref(file, data, route, "by") or Ref("", Place(file.path, route)),
        data.get("act"),
        _refs(file, data, route, "signed_by"),
        _refs(file, data, route, "agreed_by"),
        Place(file.path, route),
        _refs(file, data, route, "also_by"),
        max(1, _integer(data.get("threshold")) or 1),
        data.get("four_eyes") == "true",
    )


def _read_appointment(file: File, data: Map, key: str) -> Appointment | None:
    item: Map | None = data.get(key)
    if item is None or (by := _ref(file, item, (key,), "by")) is None:
        return None
    return Appointment(by, item.get("act"), _ref(file, item, (key,), "on_proposal_of"))


def _read_staffing(file: File, data: Map | None) -> Staffing | None:
    if data is None or (posts := _integer(data.get("posts"))) is None:
        return None  # how many posts there are is at fault: better no figures than wrong ones
    return Staffing(
        posts=posts,
        rate=Decimal(data.get("rate", "1")),
        place=Place(file.path, ("staffing",)),
        salary=_decimal(data.get("salary")),
        allowances=tuple(_read_pay_part(item) for item in data.get("allowances", ())),
        additions=tuple(_read_pay_part(item) for item in data.get("additions", ())),
        filled=_decimal(data.get("filled")),
        establishment=data.get("establishment"),
        funding=data.get("funding"),
        note=data.get("note"),
    )


def _read_pay_part(data: Map) -> PayPart:
    return PayPart(data.get("kind", ""), _decimal(data.get("percent")), _decimal(data.get("amount")))


def _read_alternative(data: Map) -> Alternative:
    education: Map | None = data.get("education")
    experience: Map = data.get("experience", {})
    return Alternative(
        education=Education(education.get("level", ""), tuple(education.get("fields", ()))) if education else None,
        training=data.get("training"),
        years=_integer(experience.get("years")),
        experience_in=experience.get("in"),
        text=data.get("text"),
    )


def _read_relation(file: File, route: Route, data: Map) -> Relation:
    return Relation(
        Place(file.path, route),
        _ref(file, data, route, "with"),
        data.get("who"),
        _read_clauses(file, data, route, "receives"),
        _read_clauses(file, data, route, "provides"),
    )


def _read_person(data: Map | None) -> Person | None:
    if not data:
        return None
    spelled = {language: _spelled(spelling) for language, spelling in data.get("spelled", {}).items()}
    return _spelled(data)._replace(spelled=spelled) if spelled else _spelled(data)


def _spelled(data: Map) -> Person:
    return Person(data.get("family", ""), data.get("given", ""), data.get("patronymic"))


def _integer(text: str | None) -> int | None:
    return int(text) if text is not None else None


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None else None
