"""From files to entities: every typed value, where nested things stand, and what becomes of files with faults."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from orgdocs.documents import read_document
from orgdocs.model import (
    Act,
    Alternative,
    Appointment,
    Approval,
    Approved,
    Body,
    Clause,
    Clauses,
    Education,
    Institution,
    Limits,
    Organisation,
    Paper,
    PayPart,
    Person,
    Position,
    Predecessor,
    Ref,
    Relation,
    Settings,
    Staffing,
    StaffingTable,
    Tie,
    Unit,
)
from orgdocs.problems import Place, Severity
from project.opening import list_problems, open_texts

ORGANISATION = """\
name: {uk: Управління, en: Office}
short_name: Управління
forms: {genitive: Управління}
short_forms: {dative: Управлінню}
kind: directorate
profile: ua
language: uk
languages: [en]
superior_body: council
place: Житомир
head: director
deputies: [lawyer]
status: є виконавчим органом
subordinate_to: [council, {with: mayor, matter: з кадрів}]
codes: {edrpou: "03192767", okpo: "00032112"}
address: вул. Перша, 1
predecessors:
  - {name: Відділ, code: "03192684", forms: {genitive: відділу}}
guided_by: [law]
general: [має печатку]
tasks:
  - {text: {uk: завдання}, items: [перше, {id: second, text: друге, items: [глибше]}]}
functions:
  - id: sphere
    text: сфера
    items:
      - {id: inner, text: повноваження}
      - просто текст
rights: [право]
structure: {open: інші, clauses: [структура]}
leadership: {clauses: [керівник], powers: [повноваження керівника]}
interaction: [взаємодія]
final: [кінець]
leads: {tasks: Завдання}
limits: {posts: 10.50, payroll: 100000}
works_by: territory
territories: {north: Північ}
regulation: {number: 010, date: 2026-01-31, reviewed_on: 2026-02-28, annex: {number: 1, to: рішення}, approval: {number: 1}, amended: true}
bodies:
  council: {name: Рада, forms: {genitive: Ради}}
  mayor: {name: голова, kind: official, holder: {family: Петренко, given: Іван, patronymic: Ілліч}}
approvals:
  - {paper: regulation, of: unit, for: [legal], by: council, act: decision, signed_by: [director], agreed_by: [mayor, lawyer]}
staffing_table: {currency: UAH, step: 0.10, year: 2026, valid_from: 2026-03-01, number: 007, date: 2026-02-01, approval: {number: 3-к}}
"""

POSITION = """\
title: юрист
forms: {genitive: юриста}
short_title: юрист-к
short_forms: {dative: юристу}
unit: legal
order: 3
category: professional
classifier: {scheme: dk003, code: 2411.10}
grade: 010
reports_to: director
accountable_to: [council]
coordinated_by: [{with: mayor, matter: з питань}]
appointed_by: {by: director, act: order, on_proposal_of: mayor}
dismissed_by: {by: council}
substituted_by: [director]
substitution: особа за наказом
staffing:
  posts: 2
  rate: 0.50
  filled: 0.5
  salary: 9800.00
  allowances: [{kind: ранг, percent: 20}]
  additions: [{kind: шкідливість, amount: 100.10}]
  establishment: permanent
  funding: бюджет
  note: no
qualification:
  any_of:
    - education: {level: master, fields: [право]}
      training: курси
      experience: {years: 0, in: у праві}
      text: інше
    - experience: {years: 12}
basis: [law]
guided_by: [law]
must_know: [закони]
includes: [common]
general: [загальне]
duties:
  - text: дає поради
    performs: [legal/advice]
    items: [усно]
  - пише
rights: [право]
responsibility: [відповідає]
interaction: [взаємодіє]
relations:
  - {with: council, receives: [листи], provides: [{text: відповіді, items: [строкові]}]}
  - {who: громадяни, provides: [довідки]}
indicators: [показник]
evaluation: [оцінка]
territories: [north]
leads: {duties: Юрист}
job_description: {not_required: працює за договором}
holder: {family: Шевченко, given: Ольга}
"""

FILES = {
    "org/office/organisation.yaml": ORGANISATION,
    "org/office/units/legal.yaml": "name: Відділ\nkind: division\nhead: lawyer\nparent: office\nlegal_entity: true\norder: 0\n",
    "org/office/units/plain.yaml": "name: Сектор\nkind: sector\nhead: lawyer\nlegal_entity: false\n",
    "org/office/acts.yaml": """\
acts:
  law: {title: Закон, number: "0042", date: 1997-05-21, repealed: 2027-01-01}
  charter: {title: Статут}
""",
    "org/office/clauses/common.yaml": "guided_by: [charter]\nduties: [спільне]\nrights: [право]\n",
    "positions/office/director.yaml": "title: директор\nduties: [керує]\n",
    "positions/office/legal/lawyer.yaml": POSITION,
}
ORG, POST = "org/office/organisation.yaml", "positions/office/legal/lawyer.yaml"


PROPOSED = ("appointed_by", "on_proposal_of")


def office(files: dict[str, str] | None = None) -> Institution:
    return open_texts(FILES | (files or {})).registry.institutions["office"]


def at(path: str, *route: str | int) -> Place:
    return Place(path, route)


def ref(name: str, path: str, *route: str | int) -> Ref:
    return Ref(name, Place(path, route))


def clause(text: Any, path: str, *route: str | int, **more: Any) -> Clause:
    return Clause(text, Place(path, route), **more)


def test_an_organisation_with_every_field() -> None:
    assert office().organisation == Organisation(
        id="office",
        place=at(ORG),
        name={"uk": "Управління", "en": "Office"},
        short_name="Управління",
        forms={"genitive": "Управління"},
        short_forms={"dative": "Управлінню"},
        kind="directorate",
        profile="ua",
        language="uk",
        languages=("en",),
        superior_body=ref("council", ORG, "superior_body"),
        place_of_issue="Житомир",
        head=ref("director", ORG, "head"),
        deputies=(ref("lawyer", ORG, "deputies", 0),),
        status="є виконавчим органом",
        subordinate_to=(Tie(ref("council", ORG, "subordinate_to", 0)), Tie(ref("mayor", ORG, "subordinate_to", 1, "with"), "з кадрів")),
        codes={"edrpou": "03192767", "okpo": "00032112"},
        address="вул. Перша, 1",
        predecessors=(Predecessor("Відділ", {"genitive": "відділу"}, "03192684", at(ORG, "predecessors", 0)),),
        guided_by=(ref("law", ORG, "guided_by", 0),),
        general=(clause("має печатку", ORG, "general", 0),),
        tasks=(
            clause(
                {"uk": "завдання"}, ORG, "tasks", 0, "text",
                items=(
                    clause("перше", ORG, "tasks", 0, "items", 0),
                    clause(
                        "друге", ORG, "tasks", 0, "items", 1, "text", id="second",
                        items=(clause("глибше", ORG, "tasks", 0, "items", 1, "items", 0),),
                    ),
                ),
            ),
        ),
        functions=(
            clause(
                "сфера", ORG, "functions", 0, "text", id="sphere",
                items=(
                    clause("повноваження", ORG, "functions", 0, "items", 0, "text", id="inner"),
                    clause("просто текст", ORG, "functions", 0, "items", 1),
                ),
            ),
        ),
        rights=(clause("право", ORG, "rights", 0),),
        structure_open="інші",
        structure_clauses=(clause("структура", ORG, "structure", "clauses", 0),),
        leadership_clauses=(clause("керівник", ORG, "leadership", "clauses", 0),),
        powers=(clause("повноваження керівника", ORG, "leadership", "powers", 0),),
        interaction=(clause("взаємодія", ORG, "interaction", 0),),
        final=(clause("кінець", ORG, "final", 0),),
        leads={"tasks": "Завдання"},
        limits=Limits(at(ORG, "limits"), Decimal("10.50"), Decimal(100000)),
        works_by="territory",
        territories={"north": "Північ"},
        regulation=Paper(
                "010", date(2026, 1, 31), date(2026, 2, 28), None, "рішення", "1", Approved("1"), amended=True
            ),
        approvals=(
            Approval(
                "regulation", "unit", (ref("legal", ORG, "approvals", 0, "for", 0),), ref("council", ORG, "approvals", 0, "by"), "decision",
                (ref("director", ORG, "approvals", 0, "signed_by", 0),),
                (ref("mayor", ORG, "approvals", 0, "agreed_by", 0), ref("lawyer", ORG, "approvals", 0, "agreed_by", 1)),
                at(ORG, "approvals", 0),
            ),
        ),
        staffing_table=StaffingTable(
                "UAH", Decimal("0.10"), 2026, date(2026, 3, 1), Paper("007", date(2026, 2, 1), approval=Approved("3-к"))
            ),
    )  # fmt: skip


def test_a_post_with_every_field() -> None:
    assert office().positions["lawyer"] == Position(
        id="lawyer",
        place=at(POST),
        title="юрист",
        forms={"genitive": "юриста"},
        short_title="юрист-к",
        short_forms={"dative": "юристу"},
        unit=ref("legal", POST, "unit"),
        folder="legal",
        order=3,
        category="professional",
        classifier_scheme="dk003",
        classifier_code="2411.10",
        grade="010",
        reports_to=ref("director", POST, "reports_to"),
        accountable_to=(Tie(ref("council", POST, "accountable_to", 0)),),
        coordinated_by=(Tie(ref("mayor", POST, "coordinated_by", 0, "with"), "з питань"),),
        appointed_by=Appointment(ref("director", POST, "appointed_by", "by"), "order", ref("mayor", POST, *PROPOSED)),
        dismissed_by=Appointment(ref("council", POST, "dismissed_by", "by")),
        substituted_by=(ref("director", POST, "substituted_by", 0),),
        substitution="особа за наказом",
        staffing=Staffing(
            posts=2,
            rate=Decimal("0.50"),
            place=at(POST, "staffing"),
            salary=Decimal("9800.00"),
            allowances=(PayPart("ранг", Decimal(20), None),),
            additions=(PayPart("шкідливість", None, Decimal("100.10")),),
            filled=Decimal("0.5"),
            establishment="permanent",
            funding="бюджет",
            note="no",
        ),
        qualification=(Alternative(Education("master", ("право",)), "курси", 0, "у праві", "інше"), Alternative(years=12)),
        basis=(ref("law", POST, "basis", 0),),
        guided_by=(ref("law", POST, "guided_by", 0),),
        must_know=(clause("закони", POST, "must_know", 0),),
        includes=(ref("common", POST, "includes", 0),),
        general=(clause("загальне", POST, "general", 0),),
        duties=(
            clause(
                "дає поради", POST, "duties", 0, "text",
                items=(clause("усно", POST, "duties", 0, "items", 0),), performs=(ref("legal/advice", POST, "duties", 0, "performs", 0),),
            ),
            clause("пише", POST, "duties", 1),
        ),
        rights=(clause("право", POST, "rights", 0),),
        responsibility=(clause("відповідає", POST, "responsibility", 0),),
        interaction=(clause("взаємодіє", POST, "interaction", 0),),
        relations=(
            Relation(
                at(POST, "relations", 0), ref("council", POST, "relations", 0, "with"), None,
                (clause("листи", POST, "relations", 0, "receives", 0),),
                (
                    clause(
                        "відповіді", POST, "relations", 0, "provides", 0, "text",
                        items=(clause("строкові", POST, "relations", 0, "provides", 0, "items", 0),),
                    ),
                ),
            ),
            Relation(at(POST, "relations", 1), None, "громадяни", (), (clause("довідки", POST, "relations", 1, "provides", 0),)),
        ),
        indicators=(clause("показник", POST, "indicators", 0),),
        evaluation=(clause("оцінка", POST, "evaluation", 0),),
        territories=(ref("north", POST, "territories", 0),),
        leads={"duties": "Юрист"},
        job_description=Paper(not_required="працює за договором"),
        holder=Person("Шевченко", "Ольга"),
    )  # fmt: skip


def test_the_other_things() -> None:
    institution = office()
    legal, plain, acts = "org/office/units/legal.yaml", "org/office/units/plain.yaml", "org/office/acts.yaml"
    sets = "org/office/clauses/common.yaml"
    assert institution.units == {
        "legal": Unit(
            id="legal", place=at(legal), name="Відділ", kind="division", head=ref("lawyer", legal, "head"),
            parent=ref("office", legal, "parent"), legal_entity=True, order=0,
        ),
        "plain": Unit(id="plain", place=at(plain), name="Сектор", kind="sector", head=ref("lawyer", plain, "head")),
    }  # fmt: skip
    assert institution.bodies == {
        "council": Body(id="council", place=Place(ORG, ("bodies", "council"), at_key=True), name="Рада", forms={"genitive": "Ради"}),
        "mayor": Body(
            id="mayor", place=Place(ORG, ("bodies", "mayor"), at_key=True), name="голова", official=True,
            holder=Person("Петренко", "Іван", "Ілліч"),
        ),
    }  # fmt: skip
    assert institution.acts == {
        "law": Act(
            id="law", place=Place(acts, ("acts", "law"), at_key=True), title="Закон", number="0042", date=date(1997, 5, 21),
            repealed=date(2027, 1, 1),
        ),
        "charter": Act(id="charter", place=Place(acts, ("acts", "charter"), at_key=True), title="Статут"),
    }  # fmt: skip
    assert institution.clause_sets == {
        "common": Clauses(
            id="common", place=at(sets), guided_by=(ref("charter", sets, "guided_by", 0),),
            duties=(clause("спільне", sets, "duties", 0),), rights=(clause("право", sets, "rights", 0),),
        )
    }  # fmt: skip
    assert institution.wording is None
    assert institution.broken == frozenset()


def test_what_is_left_out_has_its_default() -> None:
    director = office().positions["director"]
    path = "positions/office/director.yaml"
    assert director == Position(id="director", place=at(path), title="директор", duties=(clause("керує", path, "duties", 0),))
    organisation = office({ORG: "name: X\nprofile: ua\nlanguage: uk\nhead: director\n"}).organisation
    assert organisation.staffing_table == StaffingTable(None, Decimal("0.25"), None, None, Paper())
    staffing = office({POST: "title: x\nunit: legal\nstaffing: {posts: 1}\n"}).positions["lawyer"].staffing
    assert staffing == Staffing(1, Decimal(1), at(POST, "staffing"))


# A number or date is read from its text; trailing zeros, which say how exactly somebody counted, stay.
TYPED: list[tuple[str, Callable[[Institution], object], object]] = [
    ("staffing: {posts: 0}", lambda it: it.positions["lawyer"].staffing.posts, 0),
    ("staffing: {posts: 2}", lambda it: it.positions["lawyer"].staffing.posts, 2),
    ("staffing: {posts: 1, rate: 0.250}", lambda it: str(it.positions["lawyer"].staffing.rate), "0.250"),
    ("staffing: {posts: 1, salary: 0.10}", lambda it: str(it.positions["lawyer"].staffing.salary), "0.10"),
    ("staffing: {posts: 1, salary: 123456.789}", lambda it: str(it.positions["lawyer"].staffing.salary), "123456.789"),
    ("classifier: {scheme: dk003, code: 2411.10}", lambda it: it.positions["lawyer"].classifier_code, "2411.10"),
    ("classifier: {scheme: dk003, code: 0110}", lambda it: it.positions["lawyer"].classifier_code, "0110"),
    ("grade: no", lambda it: it.positions["lawyer"].grade, "no"),
    ("grade: 12:30", lambda it: it.positions["lawyer"].grade, "12:30"),
    ("grade: 1_000", lambda it: it.positions["lawyer"].grade, "1_000"),
    ("grade: 0x1F", lambda it: it.positions["lawyer"].grade, "0x1F"),
    ("grade: 1e3", lambda it: it.positions["lawyer"].grade, "1e3"),
    ("grade: 2026-01-31", lambda it: it.positions["lawyer"].grade, "2026-01-31"),
    ("job_description: {date: 2024-02-29}", lambda it: it.positions["lawyer"].job_description.date, date(2024, 2, 29)),
    ("job_description: {number: 00}", lambda it: it.positions["lawyer"].job_description.number, "00"),
]


@pytest.mark.parametrize(("line", "read", "value"), TYPED, ids=[line for line, _, _ in TYPED])
def test_typed_values(line: str, read: Callable[[Institution], object], value: object) -> None:
    institution = office({POST: f"title: x\nunit: legal\nduties: [x]\n{line}\n"})
    assert (read(institution), institution.positions["lawyer"].partial) == (value, False)


# What a place in the model shows of the file.
SHOWN: list[tuple[Callable[[Institution], Place], str]] = [
    (lambda it: it.organisation.place, "name"),
    (lambda it: it.organisation.head.place, "director"),
    (lambda it: it.organisation.subordinate_to[0].to.place, "council"),
    (lambda it: it.organisation.subordinate_to[1].to.place, "mayor"),
    (lambda it: it.organisation.predecessors[0].place.under("name"), "Відділ"),
    (lambda it: it.organisation.tasks[0].place, "{"),
    (lambda it: it.organisation.tasks[0].items[0].place, "перше"),
    (lambda it: it.organisation.tasks[0].items[1].place, "друге"),
    (lambda it: it.organisation.tasks[0].items[1].items[0].place, "глибше"),
    (lambda it: it.organisation.functions[0].items[0].place, "повноваження"),
    (lambda it: it.organisation.functions[0].items[1].place, "просто текст"),
    (lambda it: it.organisation.powers[0].place, "повноваження керівника"),
    (lambda it: it.organisation.limits.place.under("posts"), "10.50"),
    (lambda it: it.organisation.approvals[0].place, "{"),
    (lambda it: it.organisation.approvals[0].subjects[0].place, "legal"),
    (lambda it: it.organisation.approvals[0].agreed_by[1].place, "lawyer"),
    (lambda it: it.bodies["mayor"].place, "mayor"),
    (lambda it: it.acts["charter"].place, "charter"),
    (lambda it: it.positions["lawyer"].appointed_by.on_proposal_of.place, "mayor"),
    (lambda it: it.positions["lawyer"].staffing.place.under("rate"), "0.50"),
    (lambda it: it.positions["lawyer"].duties[0].place, "дає поради"),
    (lambda it: it.positions["lawyer"].duties[0].performs[0].place, "legal/advice"),
    (lambda it: it.positions["lawyer"].relations[0].to.place, "council"),
    (lambda it: it.positions["lawyer"].relations[0].provides[0].items[0].place, "строкові"),
    (lambda it: it.positions["lawyer"].territories[0].place, "north"),
    (lambda it: it.positions["lawyer"].place.under("title"), "юрист"),
    (lambda it: it.positions["lawyer"].place.under("nothing", "below", 3), "title"),
]


@pytest.mark.parametrize(("locate", "shown"), SHOWN)
def test_places_lead_to_the_text(locate: Callable[[Institution], Place], shown: str) -> None:
    place = locate(office())
    span = read_document(place.path, FILES[place.path].encode()).span(place)
    line = FILES[place.path].split("\n")[span.line - 1]
    assert (span.line, line[span.column - 1 : span.end_column - 1]) == (span.end_line, shown)


def test_a_file_with_a_fault_is_read_without_what_is_at_fault() -> None:
    faults = "order: first\nreport_to: director\nsubstituted_by: [director, Юрист]\nstaffing: {posts: many}\n"
    text = f"title: x\nunit: legal\nduties: [x]\n{faults}"
    position = office({POST: text}).positions["lawyer"]
    assert position == Position(
        id="lawyer",
        place=at(POST),
        partial=True,
        title="x",
        unit=ref("legal", POST, "unit"),
        folder="legal",
        substituted_by=(ref("director", POST, "substituted_by", 0),),
        duties=(clause("x", POST, "duties", 0),),
        staffing=None,
    )


@pytest.mark.parametrize("path", [ORG, "org/office/units/legal.yaml", "org/office/acts.yaml", "org/office/clauses/common.yaml", POST])
@pytest.mark.parametrize("text", ["", "- a list\n", "just a text\n", "title: [\n", "a: b: c\n", "\x00"])
def test_a_file_that_cannot_be_read_is_known_and_empty(path: str, text: str) -> None:
    institution = office({path: text})
    kind, name = {
        ORG: ("organisation", "organisation"),
        "org/office/units/legal.yaml": ("unit", "legal"),
        "org/office/acts.yaml": ("acts", "acts"),
        "org/office/clauses/common.yaml": ("clauses", "common"),
        POST: ("position", "lawyer"),
    }[path]
    assert institution.is_broken(kind, name)
    assert institution.broken == {(kind, name)}
    assert ("lawyer" in institution.positions, "legal" in institution.units, sorted(institution.acts)) == (
        path != POST,
        path != "org/office/units/legal.yaml",
        [] if path == "org/office/acts.yaml" else ["charter", "law"],
    )
    if path == ORG:
        assert institution.organisation == Organisation(id="office", place=at(ORG), partial=True, name="office", profile="", language="")


def test_indexes_of_an_institution() -> None:
    institution = office()
    assert institution.unit("office") is institution.organisation
    assert institution.unit("legal") is institution.units["legal"]
    assert institution.unit("lawyer") is None
    assert institution.actor("lawyer") is institution.positions["lawyer"]
    assert institution.actor("council") is institution.bodies["council"]
    assert institution.actor("legal") is None
    assert not institution.is_broken("unit", "legal")


def test_settings_and_several_institutions() -> None:
    settings = "format: 1\noutput: papers/now\nrules: {ignore: [OD304], severity: {OD190: error, OD301: warning}}\n"
    other = {path.replace("office", "annex"): text for path, text in FILES.items()}
    registry = open_texts({"org/registry.yaml": settings, **FILES, **other}).registry
    assert registry.settings == Settings("papers/now", frozenset({"OD304"}), {"OD190": Severity.ERROR, "OD301": Severity.WARNING})
    assert list(registry.institutions) == ["annex", "office"]
    assert registry.institutions["annex"].organisation.place.path == "org/annex/organisation.yaml"
    assert registry.doubles == ()


# Files that take an id a second time, and where that is told.
DOUBLES = {
    "two posts": ({"positions/office/lawyer.yaml": "title: x\nduties: [x]\n"}, ["positions/office/legal/lawyer.yaml:1:1"]),
    "a post like a unit": ({"positions/office/legal.yaml": "title: x\nduties: [x]\n"}, ["positions/office/legal.yaml:1:1"]),
    "a post like a body": ({"positions/office/mayor.yaml": "title: x\nduties: [x]\n"}, ["positions/office/mayor.yaml:1:1"]),
    "a unit like the organisation": (
        {"org/office/units/office.yaml": "name: x\nkind: group\nhead: director\n"},
        ["org/office/units/office.yaml:1:1"],
    ),
    "a unit like a body": (
        {"org/office/units/council.yaml": "name: x\nkind: group\nhead: director\n"},
        ["org/office/organisation.yaml:40:3"],
    ),
    "an act like a post is no double": (
        {"org/office/acts.yaml": "acts:\n  lawyer: {title: x}\n  law: {title: x}\n  charter: {title: x}\n"},
        [],
    ),
    "the same in another organisation is no double": ({"positions/other/lawyer.yaml": "title: x\nduties: [x]\n"}, []),
}


@pytest.mark.parametrize(("files", "places"), DOUBLES.values(), ids=DOUBLES)
def test_ids_given_twice(files: dict[str, str], places: list[str]) -> None:
    project = open_texts({"org/registry.yaml": "format: 1\n", **FILES, **files})
    assert [line.split(" ")[0] for line in list_problems(project) if " OD302 " in line] == places
