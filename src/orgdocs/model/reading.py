"""From documents to entities: typed values are read from their text here, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, cast

from orgdocs.documents import Data
from orgdocs.model.entities import (
    Act,
    Body,
    Clauses,
    Holder,
    Organisation,
    PayRange,
    Person,
    Position,
    Predecessor,
    Ref,
    SigningKey,
    StaffingTable,
    Tenure,
    Unit,
)
from orgdocs.model.files import File, Map
from orgdocs.model.parts import (
    read_alternative,
    read_appointment,
    read_approval,
    read_clauses,
    read_day,
    read_decimal,
    read_emblem,
    read_familiarisation,
    read_integer,
    read_limits,
    read_paper,
    read_person,
    read_ref,
    read_refs,
    read_relation,
    read_staffing,
    read_ties,
)
from orgdocs.model.registry import ChosenPack, Constraint, Excepted, Institution, Registry, Settings
from orgdocs.pictures import Picture
from orgdocs.problems import Finding, Note, Place, Route, Sentence, Severity


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
        read_refs(file, item, route, "organisations"),
        item.get("body"),
        {mark: read_refs(file, marks, (*route, "marks"), mark) for mark in marks},
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
    return Excepted(Ref(item["id"], Place(file.path, (*route, "id"))), read_ref(file, item, route, "organisation"))


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
        superior_body=read_ref(file, data, (), "superior_body"),
        place_of_issue=data.get("place"),
        approvals=tuple(read_approval(file, ("approvals", index), item) for index, item in enumerate(data.get("approvals", ()))),
        staffing_table=StaffingTable(
            currency=table.get("currency"),
            step=Decimal(table.get("step", "0.25")),
            year=read_integer(table.get("year")),
            valid_from=read_day(table.get("valid_from")),
            paper=read_paper(file, data, "staffing_table"),
        ),
        qr_code=data.get("qr_code") == "true",
        familiarisation=read_familiarisation(data.get("familiarisation", {})),
        review_every={kind: int(months) for kind, months in data.get("review_every", {}).items()},
        grades={
            grade: PayRange(Place(file.path, ("grades", grade)), read_decimal(item.get("from")), read_decimal(item.get("to")))
            for grade, item in data.get("grades", {}).items()
        },
        registrar=read_ref(file, data, (), "registrar"),
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
        "previously": read_refs(file, data, (), "previously"),
        "name": data.get("name", entity_id),
        "forms": data.get("forms", {}),
        "short_name": data.get("short_name"),
        "short_forms": data.get("short_forms", {}),
        "kind": data.get("kind"),
        "parent": read_ref(file, data, (), "parent"),
        "head": read_ref(file, data, (), "head"),
        "deputies": read_refs(file, data, (), "deputies"),
        "legal_entity": data.get("legal_entity") == "true",
        "order": read_integer(data.get("order")),
        "status": data.get("status"),
        **{key: read_ties(file, data, key) for key in ("subordinate_to", "accountable_to", "coordinated_by", "cooperates_with")},
        "codes": data.get("codes", {}),
        "address": data.get("address"),
        "predecessors": tuple(
            Predecessor(item.get("name", ""), item.get("forms", {}), item.get("code"), Place(file.path, ("predecessors", index)))
            for index, item in enumerate(data.get("predecessors", ()))
        ),
        "guided_by": read_refs(file, data, (), "guided_by"),
        **{key: read_clauses(file, data, (), key) for key in ("general", "tasks", "functions", "rights", "interaction", "final")},
        "structure_open": structure.get("open"),
        "structure_clauses": read_clauses(file, structure, ("structure",), "clauses"),
        "leadership_clauses": read_clauses(file, leadership, ("leadership",), "clauses"),
        "powers": read_clauses(file, leadership, ("leadership",), "powers"),
        "leads": data.get("leads", {}),
        "limits": read_limits(file, data.get("limits")),
        "emblem": read_emblem(file, data.get("emblem")),
        "works_by": data.get("works_by"),
        "territories": data.get("territories", {}),
        "regulation": read_paper(file, data, "regulation"),
    }


def _clauses(file: File, entity_id: str) -> dict[str, Any]:
    data = file.data
    keys = ("must_know", "general", "duties", "rights", "responsibility", "interaction", "indicators", "evaluation")
    return {
        "id": entity_id,
        "place": Place(file.path),
        "partial": file.partial,
        "previously": read_refs(file, data, (), "previously"),
        "guided_by": read_refs(file, data, (), "guided_by"),
        **{key: read_clauses(file, data, (), key) for key in keys if key in data},
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
        unit=read_ref(file, data, (), "unit"),
        folder=parts[2] if len(parts) > 3 else None,
        order=read_integer(data.get("order")),
        category=data.get("category"),
        classifier_scheme=classifier.get("scheme"),
        classifier_code=classifier.get("code"),
        grade=data.get("grade"),
        reports_to=read_ref(file, data, (), "reports_to"),
        accountable_to=read_ties(file, data, "accountable_to"),
        coordinated_by=read_ties(file, data, "coordinated_by"),
        appointed_by=read_appointment(file, data, "appointed_by"),
        dismissed_by=read_appointment(file, data, "dismissed_by"),
        substituted_by=read_refs(file, data, (), "substituted_by"),
        substitution=data.get("substitution"),
        staffing=read_staffing(file, data.get("staffing")),
        qualification=tuple(read_alternative(item) for item in alternatives),
        basis=read_refs(file, data, (), "basis"),
        includes=read_refs(file, data, (), "includes"),
        relations=tuple(read_relation(file, ("relations", index), item) for index, item in enumerate(data.get("relations", ()))),
        territories=read_refs(file, data, (), "territories"),
        leads=data.get("leads", {}),
        job_description=read_paper(file, data, "job_description"),
        valid_from=read_day(data.get("valid_from")),
        valid_to=read_day(data.get("valid_to")),
        holder=read_person(data.get("holder")),
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
        previously=read_refs(file, data, ("bodies", body_id), "previously"),
        name=data.get("name", body_id),
        official=data.get("kind") == "official",
        forms=data.get("forms", {}),
        short_name=data.get("short_name"),
        short_forms=data.get("short_forms", {}),
        holder=read_person(data.get("holder")),
    )


def _read_people(file: File, organisation_id: str) -> dict[str, Holder]:  # noqa: ARG001
    return {key: _read_holder(file, key, value) for key, value in file.data.get("people", {}).items()}


def _read_holder(file: File, holder_id: str, data: Map) -> Holder:
    route: Route = ("people", holder_id)
    return Holder(
        id=holder_id,
        place=Place(file.path, route, at_key=True),
        partial=file.partial,
        name=read_person(data.get("name")) or Person(holder_id, ""),
        holds=tuple(
            Tenure(ref, read_day(item.get("from")), read_day(item.get("to")), item.get("acting") == "true")
            for index, item in enumerate(data.get("holds", ()))
            if (ref := read_ref(file, item, (*route, "holds", index), "post")) is not None
        ),
        keys=tuple(
            SigningKey(
                " ".join(item["key"].split()[:2]), Place(file.path, (*route, "keys", index, "key")),
                read_day(item.get("from")), read_day(item.get("retired")), read_day(item.get("revoked")), tuple(item.get("sealed", ())),
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
        previously=read_refs(file, data, ("acts", act_id), "previously"),
        title=data.get("title", act_id),
        forms=data.get("forms", {}),
        number=data.get("number"),
        date=read_day(data.get("date")),
        repealed=read_day(data.get("repealed")),
    )
