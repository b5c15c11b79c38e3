"""What changed in units, the organisation itself, and the bodies and acts that it names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from orgdocs.comparing import describing
from orgdocs.comparing.changes import Kind
from orgdocs.comparing.clauses import ClauseComparison, Names
from orgdocs.comparing.posts import compare_forms, compare_holder, compare_paper, list_name
from orgdocs.comparing.recording import Record
from orgdocs.comparing.remaining import compare_rest, compare_rest_of
from orgdocs.model import Limits
from orgdocs.problems import Sentence

if TYPE_CHECKING:
    from orgdocs.comparing.changes import Value
    from orgdocs.comparing.sides import Side
    from orgdocs.model import Act, Approval, Body, Holder, Organisation, Predecessor, Unit

LISTS = {
    "general": Names(Sentence("a general clause"), Sentence("general clauses")),
    "tasks": Names(Sentence("a task"), Sentence("tasks")),
    "functions": Names(Sentence("a function"), Sentence("functions")),
    "rights": Names(Sentence("a right"), Sentence("rights")),
    "structure_clauses": Names(Sentence("a clause on the structure"), Sentence("clauses on the structure")),
    "leadership_clauses": Names(Sentence("a clause on the leadership"), Sentence("clauses on the leadership")),
    "powers": Names(Sentence("a power of the head"), Sentence("powers of the head")),
    "interaction": Names(Sentence("a clause on interaction"), Sentence("clauses on interaction")),
    "final": Names(Sentence("a final provision"), Sentence("final provisions")),
}
"""The lists of clauses of units, by the fields of the model."""

FIELDS = {"structure_clauses": "structure.clauses", "leadership_clauses": "leadership.clauses", "powers": "leadership.powers"}
"""Where a list stands in the YAML, if its field is called otherwise."""


def compare_units(record: Record, before: Unit, after: Unit) -> None:
    """Write down what changed in a unit, or in the organisation as the uppermost one, except for its lists of clauses."""
    if not record.text("name", Sentence("name"), before.name, after.name, kind=Kind.RETITLED):
        compare_forms(record, "forms", before.forms, after.forms)
    if not record.text("short_name", Sentence("short name"), before.short_name, after.short_name):
        compare_forms(record, "short_forms", before.short_forms, after.short_forms)
    record.value("kind", Sentence("kind of unit"), describing.word(before.kind), describing.word(after.kind))
    _compare_parent(record, before, after)
    record.value(
        "order", Sentence("place among the units"), *(str(unit.order) if unit.order is not None else None for unit in (before, after))
    )
    record.reference("head", Sentence("head"), before.head, after.head)
    record.choices("deputies", Sentence("deputies"), before.deputies, after.deputies)
    legal = Sentence("legal entity of its own")
    record.value("legal_entity", legal, describing.yes_no(before.legal_entity), describing.yes_no(after.legal_entity))
    record.text("status", Sentence("status"), before.status, after.status)
    record.ties("subordinate_to", Sentence("subordinate to"), before.subordinate_to, after.subordinate_to)
    record.ties("accountable_to", Sentence("accountable to"), before.accountable_to, after.accountable_to)
    record.ties("coordinated_by", Sentence("coordinated by"), before.coordinated_by, after.coordinated_by)
    record.ties("cooperates_with", Sentence("cooperates with"), before.cooperates_with, after.cooperates_with)
    record.mapping("codes", lambda key: Sentence("identity code {scheme}", scheme=key), before.codes, after.codes)
    record.text("address", Sentence("address"), before.address, after.address)
    _compare_predecessors(record, before.predecessors, after.predecessors)
    act, acts = Sentence("an act that guides the work"), Sentence("acts that guide the work")
    record.references("guided_by", act, acts, before.guided_by, after.guided_by)
    record.text("structure.open", Sentence("end of the list of units"), before.structure_open, after.structure_open)
    record.text_mapping("leads", lambda key: Sentence("lead-in sentence: {list}", list=list_name(key)), before.leads, after.leads)
    _compare_limits(record, before, after)
    record.value("works_by", Sentence("work is divided by"), describing.word(before.works_by), describing.word(after.works_by))
    record.text_mapping("territories", lambda key: Sentence("territory {id}", id=key), before.territories, after.territories)
    compare_paper(record, "regulation", before.regulation, after.regulation)
    compare_rest(record, before, after, _TOLD)


def _compare_limits(record: Record, before: Unit, after: Unit) -> None:
    old, new = (unit.limits or Limits(unit.place, None, None) for unit in (before, after))
    record.value("limits.posts", Sentence("limit of staff units"), old.posts, new.posts)
    record.value("limits.payroll", Sentence("limit of the monthly payroll"), describing.money(old.payroll), describing.money(new.payroll))


def compare_unit_lists(record: Record, clauses: ClauseComparison, before: Sequence[Unit], after: Sequence[Unit]) -> None:
    """Write down what changed in the clauses of a unit; several units, put together, where they were merged or divided."""
    for field, names in LISTS.items():
        old, new = (tuple(clause for unit in units for clause in getattr(unit, field)) for units in (before, after))
        clauses.lists(record, FIELDS.get(field, field), names, old, new)


def list_whole_unit(record: Record, clauses: ClauseComparison, unit: Unit, *, came: bool) -> None:
    """Keep the clauses of a unit that came or went, in case some of them moved."""
    for field, names in LISTS.items():
        clauses.whole(record, FIELDS.get(field, field), names, getattr(unit, field), came=came)


def describe_unit(side: Side, unit: Unit) -> Value:
    """A unit that came or went: where it stands, and who heads it."""
    parent = next(side.hierarchy.parents(unit), None)
    parts: list[Value] = [str(side.subject(parent))] if parent is not None else []
    if unit.head is not None:
        parts.append(Sentence("head: {name}", name=side.name(unit.head.id)))
    return tuple(parts)


def compare_organisations(record: Record, before: Organisation, after: Organisation) -> None:
    """Write down what changed in the data of an organisation that units do not have."""
    record.value("profile", Sentence("profile of the papers"), before.profile, after.profile)
    record.value("language", Sentence("language"), before.language, after.language)
    record.value("languages", Sentence("further languages"), before.languages or None, after.languages or None)
    record.reference("superior_body", Sentence("superior body"), before.superior_body, after.superior_body)
    record.text("place", Sentence("place of issue"), before.place_of_issue, after.place_of_issue)
    compare_paper(record, "staffing_table", before.staffing_table.paper, after.staffing_table.paper)
    for field, what in _TABLE.items():
        record.value(f"staffing_table.{field}", what, *(_figure(getattr(one.staffing_table, field)) for one in (before, after)))
    table = Sentence("staffing table")
    compare_rest_of(record, ("staffing_table",), table, before.staffing_table, after.staffing_table, {"paper", *_TABLE})
    for grade in dict.fromkeys((*before.grades, *after.grades)):
        for end, key, what in (
            ("least", "from", Sentence("grade {grade}, lowest salary", grade=grade)),
            ("most", "to", Sentence("grade {grade}, highest salary", grade=grade)),
        ):
            old, new = (describing.money(getattr(one.grades[grade], end)) if grade in one.grades else None for one in (before, after))
            record.value(("grades", grade, key), what, old, new)
    _compare_approvals(record, before.approvals, after.approvals)


def compare_bodies(record: Record, before: Body, after: Body) -> None:
    """Write down what changed in a body or official."""
    if not record.text("name", Sentence("name"), before.name, after.name, kind=Kind.RETITLED):
        compare_forms(record, "forms", before.forms, after.forms)
    record.value("kind", Sentence("an official"), describing.yes_no(before.official), describing.yes_no(after.official))
    if not record.text("short_name", Sentence("short name"), before.short_name, after.short_name):
        compare_forms(record, "short_forms", before.short_forms, after.short_forms)
    compare_holder(record, before.holder, after.holder)
    compare_rest(record, before, after, {"name", "forms", "official", "short_name", "short_forms", "holder"})


def compare_acts(record: Record, before: Act, after: Act) -> None:
    """Write down what changed in an act."""
    if not record.text("title", Sentence("title"), before.title, after.title, kind=Kind.RETITLED):
        compare_forms(record, "forms", before.forms, after.forms)
    record.value("number", Sentence("number"), before.number, after.number)
    record.value("date", Sentence("date"), before.date, after.date)
    record.value("repealed", Sentence("repealed on"), before.repealed, after.repealed)
    compare_rest(record, before, after, {"title", "forms", "number", "date", "repealed"})


def compare_people(record: Record, before: Holder, after: Holder) -> None:
    """Write down what changed in somebody who approves."""
    compare_rest(record, before, after, ())


_TOLD = frozenset(LISTS) | {
    "name", "forms", "short_name", "short_forms", "kind", "parent", "order", "head", "deputies", "legal_entity", "status",
    "subordinate_to", "accountable_to", "coordinated_by", "cooperates_with", "codes", "address", "predecessors", "guided_by",
    "structure_open", "leads", "limits", "works_by", "territories", "regulation", "profile", "language", "languages",
    "superior_body", "place_of_issue", "approvals", "staffing_table", "grades",
}  # fmt: skip
"""The fields of a unit or organisation that are told in words of their own."""

_TABLE = {
    "currency": Sentence("currency"),
    "step": Sentence("step of rates"),
    "year": Sentence("staffing table, year"),
    "valid_from": Sentence("staffing table, in force from"),
}


def _figure(value: Any) -> Any:
    return str(value) if isinstance(value, int) else value


def _compare_parent(record: Record, before: Unit, after: Unit) -> None:
    sides = record.sides
    old, new = (next(side.hierarchy.parents(unit), None) for side, unit in ((sides.before, before), (sides.after, after)))
    if old is None or new is None or sides.now(old.id) == new.id:
        return
    was, now = (unit.parent.place if unit.parent is not None else unit.place for unit in (before, after))
    names = str(sides.before.subject(old)), str(sides.after.subject(new))
    record.add(Kind.MOVED, Sentence("superior unit"), "parent", before=names[0], after=names[1], was=was, now=now)


def _compare_predecessors(record: Record, before: Sequence[Predecessor], after: Sequence[Predecessor]) -> None:
    sides = record.sides
    old = {sides.before.say(one.name): one for one in before}
    new = {sides.after.say(one.name): one for one in after}
    for name in dict.fromkeys((*old, *new)):
        was, now = old.get(name), new.get(name)
        places: dict[str, Any] = {"was": was.place if was else None, "now": now.place if now else None}
        told = [_named(name, one) if one else None for one in (was, now)]
        if told[0] != told[1]:
            record.add(Kind.CHANGED, Sentence("predecessor"), "predecessors", before=told[0], after=told[1], **places)
        elif was and now and was.forms != now.forms:
            forms = [_forms(side, one) for side, one in ((sides.before, was), (sides.after, now))]
            what = Sentence("case forms of {name}", name=name)
            record.add(Kind.CHANGED, what, "predecessors", before=forms[0], after=forms[1], **places)


def _forms(side: Side, predecessor: Predecessor) -> Value | None:
    return tuple(form for text in predecessor.forms.values() for form in side.texts(text).values()) or None


def _named(name: str, predecessor: Predecessor) -> str:
    return f"{name} ({predecessor.code})" if predecessor.code else name


# -- the approval matrix --------------------------------------------------------------------------------------------


def _compare_approvals(record: Record, before: Sequence[Approval], after: Sequence[Approval]) -> None:
    sides = record.sides
    old = {(one.paper, one.of, tuple(sides.now(ref.id) for ref in one.subjects)): one for one in reversed(before)}
    new = {(one.paper, one.of, tuple(ref.id for ref in one.subjects)): one for one in reversed(after)}
    for key, was in reversed(old.items()):
        if key not in new:
            told = describing.approver(sides.before, was)
            record.add(Kind.CHANGED, _entry(sides.before, was), f"approvals.{was.paper}", before=told, was=was.place)
    for key, now in reversed(new.items()):
        former = old.get(key)
        if former is None:
            told = describing.approver(sides.after, now)
            record.add(Kind.CHANGED, _entry(sides.after, now), f"approvals.{now.paper}", after=told, now=now.place)
        else:
            _compare_entry(record, former, now)
    stayed = [key for key in reversed(new) if key in old]
    if stayed != [key for key in reversed(old) if key in new]:
        what = Sentence("another order: {list}", list=Sentence("approval matrix"))
        record.add(Kind.REORDERED, what, "approvals", was=before[0].place, now=after[0].place)


def _compare_entry(record: Record, was: Approval, now: Approval) -> None:
    sides = record.sides
    entry = _entry(sides.after, now)
    places = {"was": was.place, "now": now.place}
    by = ([sides.now(ref.id) for ref in (was.by, *was.also_by)], [ref.id for ref in (now.by, *now.also_by)])
    if by[0] != by[1] or (was.act, was.threshold, was.four_eyes) != (now.act, now.threshold, now.four_eyes):
        old, new = describing.approver(sides.before, was), describing.approver(sides.after, now)
        record.add(Kind.CHANGED, entry, f"approvals.{now.paper}", before=old, after=new, **places)
    for field, what in (
        ("signed_by", Sentence("{entry}, signed by", entry=entry)),
        ("agreed_by", Sentence("{entry}, agreed by", entry=entry)),
    ):
        refs, others = getattr(was, field), getattr(now, field)
        if [sides.now(ref.id) for ref in refs] != [ref.id for ref in others]:
            told = describing.refs(sides.before, refs), describing.refs(sides.after, others)
            record.add(Kind.CHANGED, what, f"approvals.{now.paper}", before=told[0], after=told[1], **places)


def _entry(side: Side, one: Approval) -> Sentence:
    """How an entry of the matrix is called: which papers, of which level, about whom."""
    entry = Sentence("approval of papers: {papers}", papers=describing.word(one.paper))
    if one.of is not None:
        entry = Sentence("{entry}, level: {level}", entry=entry, level=describing.word(one.of))
    if one.subjects:
        entry = Sentence("{entry}, for: {names}", entry=entry, names=", ".join(side.name(ref.id) for ref in one.subjects))
    return entry
