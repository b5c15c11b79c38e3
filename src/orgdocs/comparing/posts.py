"""What changed in posts and clause sets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from orgdocs.comparing import describing
from orgdocs.comparing.changes import Kind
from orgdocs.comparing.clauses import ClauseComparison, Names
from orgdocs.comparing.recording import LANGUAGES, Record, added, removed
from orgdocs.comparing.remaining import compare_rest, compare_rest_of
from orgdocs.language import CASE_NAMES
from orgdocs.problems import Sentence
from orgdocs.staffing import calculate_line

if TYPE_CHECKING:
    from orgdocs.comparing.changes import Value
    from orgdocs.comparing.sides import Side
    from orgdocs.model import Clauses, Forms, Paper, PayPart, Person, Position, Relation, Staffing

LISTS = {
    "must_know": Names(Sentence("a piece of required knowledge"), Sentence("required knowledge")),
    "general": Names(Sentence("a general clause"), Sentence("general clauses")),
    "duties": Names(Sentence("a duty"), Sentence("duties")),
    "rights": Names(Sentence("a right"), Sentence("rights")),
    "responsibility": Names(Sentence("a responsibility"), Sentence("responsibility")),
    "interaction": Names(Sentence("a clause on interaction"), Sentence("clauses on interaction")),
    "indicators": Names(Sentence("an indicator"), Sentence("indicators")),
    "evaluation": Names(Sentence("a clause on evaluation"), Sentence("clauses on evaluation")),
}
"""The lists of clauses of posts and clause sets."""

_ACT, _ACTS = Sentence("an act that guides the work"), Sentence("acts that guide the work")


def compare_posts(record: Record, before: Position, after: Position) -> None:
    """Write down what changed in a post, except for its lists of clauses."""
    sides = record.sides
    title_changed = record.text("title", Sentence("title"), before.title, after.title, kind=Kind.RETITLED)
    if not title_changed:
        compare_forms(record, "forms", before.forms, after.forms)
    if not record.text("short_title", Sentence("short title"), before.short_title, after.short_title):
        compare_forms(record, "short_forms", before.short_forms, after.short_forms)
    _compare_unit(record, before, after)
    order = Sentence("place among the posts of the unit")
    record.value("order", order, describing.whole(before.order), describing.whole(after.order))
    record.value("category", Sentence("category"), describing.word(before.category), describing.word(after.category))
    record.value("classifier", Sentence("classifier code"), _code(before), _code(after))
    record.value("grade", Sentence("grade"), before.grade, after.grade)
    record.reference("reports_to", Sentence("immediate superior"), before.reports_to, after.reports_to)
    record.ties("accountable_to", Sentence("accountable to"), before.accountable_to, after.accountable_to)
    record.ties("coordinated_by", Sentence("coordinated by"), before.coordinated_by, after.coordinated_by)
    for field, what, was, now in (
        ("appointed_by", Sentence("appointed by"), before.appointed_by, after.appointed_by),
        ("dismissed_by", Sentence("dismissed by"), before.dismissed_by, after.dismissed_by),
    ):
        same = was is not None and now is not None and sides.same(was.by, now.by) and was.act == now.act
        if not (same and was and now and sides.same(was.on_proposal_of, now.on_proposal_of)):
            record.value(field, what, describing.appointment(sides.before, was), describing.appointment(sides.after, now))
    record.choices("substituted_by", Sentence("substituted by"), before.substituted_by, after.substituted_by)
    record.text("substitution", Sentence("substitution"), before.substitution, after.substitution)
    _compare_staffing(record, before, after)
    _compare_qualification(record, before, after)
    acts = Sentence("an act that the job description is based on")
    record.references("basis", acts, Sentence("acts that the job description is based on"), before.basis, after.basis)
    record.choices("territories", Sentence("territories"), before.territories, after.territories)
    record.text_mapping("leads", lambda key: Sentence("lead-in sentence: {list}", list=list_name(key)), before.leads, after.leads)
    compare_paper(record, "job_description", before.job_description, after.job_description)
    record.value("valid_from", Sentence("first day of the post"), before.valid_from, after.valid_from)
    record.value("valid_to", Sentence("last day of the post"), before.valid_to, after.valid_to)
    compare_holder(record, before.holder, after.holder)
    compare_rest(record, before, after, _TOLD)


def compare_holder(record: Record, before: Person | None, after: Person | None) -> None:
    """Write down who else holds a post or office, or how the name is written in another language."""
    record.value("holder", Sentence("holder"), record.sides.before.person(before), record.sides.after.person(after))
    old, new = (person.spelled if person is not None else {} for person in (before, after))
    for language in dict.fromkeys((*old, *new)):
        what = Sentence("{what} ({language})", what=Sentence("holder"), language=LANGUAGES.get(language, language))
        record.value(
            ("holder", language), what, record.sides.before.person(old.get(language)), record.sides.after.person(new.get(language))
        )


def compare_sets(record: Record, clauses: ClauseComparison, before: Clauses, after: Clauses) -> None:
    """Write down what changed in a clause set."""
    record.references("guided_by", _ACT, _ACTS, before.guided_by, after.guided_by)
    for field, names in LISTS.items():
        clauses.lists(record, field, names, getattr(before, field), getattr(after, field))
    compare_rest(record, before, after, {"guided_by", *LISTS})


def list_whole(record: Record, clauses: ClauseComparison, entity: Clauses, *, came: bool) -> None:
    """Keep the clauses of a post or set that came or went, in case some of them moved."""
    for field, names in LISTS.items():
        clauses.whole(record, field, names, getattr(entity, field), came=came)


def describe_post(side: Side, post: Position) -> Value:
    """A post that came or went: its unit, how many there are and what they are paid."""
    unit = side.hierarchy.unit_of(post)
    parts: list[Value] = [str(side.subject(unit))] if unit is not None else []
    line = calculate_line(post)
    if line is not None:
        parts.append(Sentence("staff units: {units}", units=line.units))
        if line.month:
            parts.append(Sentence("monthly payroll: {amount}", amount=describing.money(line.month)))
    return tuple(parts)


def compare_forms(record: Record, field: str, before: Forms, after: Forms) -> None:
    """Write down what changed in the case forms of a name."""
    record.text_mapping(field, lambda case: CASE_NAMES.get(case, Sentence("case forms")), before, after)


def compare_paper(record: Record, field: str, before: Paper, after: Paper) -> None:
    """Write down what changed in the particulars of a printed paper."""
    paper = _PAPERS[field]
    record.value(f"{field}.number", Sentence("{paper}, number", paper=paper), before.number, after.number)
    record.value(f"{field}.date", Sentence("{paper}, date", paper=paper), before.date, after.date)
    record.value(f"{field}.reviewed_on", Sentence("{paper}, day of the last review", paper=paper), before.reviewed_on, after.reviewed_on)
    reason = Sentence("{paper}, not issued because", paper=paper)
    record.value(f"{field}.not_required", reason, before.not_required, after.not_required)
    record.text(f"{field}.annex.to", Sentence("{paper}, annex to", paper=paper), before.annex_to, after.annex_to)
    record.value(f"{field}.annex.number", Sentence("{paper}, number of the annex", paper=paper), before.annex_number, after.annex_number)
    amended = Sentence("{paper}, issue with changes", paper=paper)
    record.value(f"{field}.amended", amended, describing.yes_no(before.amended), describing.yes_no(after.amended))
    told = {"number", "date", "reviewed_on", "not_required", "annex_to", "annex_number", "amended"}
    compare_rest_of(record, (field,), paper, before, after, told)


def _compare_unit(record: Record, before: Position, after: Position) -> None:
    sides = record.sides
    old, new = sides.before.hierarchy.unit_of(before), sides.after.hierarchy.unit_of(after)
    if old is None or new is None or sides.now(old.id) == new.id:
        return
    was, now = (entity.unit.place if entity.unit is not None else entity.place for entity in (before, after))
    old_name, new_name = str(sides.before.subject(old)), str(sides.after.subject(new))
    record.add(Kind.MOVED, Sentence("unit"), "unit", before=old_name, after=new_name, was=was, now=now)


def _compare_staffing(record: Record, before: Position, after: Position) -> None:
    old, new = before.staffing, after.staffing
    if old == new:
        return
    for field, what, read in _STAFFING:
        record.value(f"staffing.{field}", what, read(old) if old is not None else None, read(new) if new is not None else None)
    for field, named in (("funding", Sentence("source of funding")), ("note", Sentence("note in the staffing table"))):
        record.text(f"staffing.{field}", named, *(getattr(staffing, field) if staffing is not None else None for staffing in (old, new)))
    for field, wording in (("allowances", _allowance), ("additions", _addition)):
        parts = [_parts(side, getattr(one, field) if one else ()) for side, one in ((record.sides.before, old), (record.sides.after, new))]
        for kind in dict.fromkeys((*parts[0], *parts[1])):
            was, now = (describing.pay_part(part.get(kind)) for part in parts)
            record.value(f"staffing.{field}", wording(kind), was, now)
    told = {*(field for field, *_ in _STAFFING), "funding", "note", "allowances", "additions", "place"}
    compare_rest_of(record, ("staffing",), Sentence("staffing"), old, new, told)


def _parts(side: Side, parts: Sequence[PayPart]) -> dict[str, PayPart]:
    return {side.say(part.kind): part for part in parts}


def _compare_qualification(record: Record, before: Position, after: Position) -> None:
    old = [describing.alternative(record.sides.before, one) for one in before.qualification]
    new = [describing.alternative(record.sides.after, one) for one in after.qualification]
    if old == new:
        return
    if len(old) == len(new) == 1:
        record.value("qualification", Sentence("qualification"), old[0], new[0])
        return
    gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
    what = Sentence("one of the possible qualifications")
    for index in range(max(len(gone), len(come))):
        record.value("qualification", what, *(rest[index] if index < len(rest) else None for rest in (gone, come)))
    if not gone and not come:
        place = (record.place(record.before, "qualification"), record.place(record.after, "qualification"))
        what = Sentence("another order: {list}", list=Sentence("possible qualifications"))
        record.add(Kind.REORDERED, what, "qualification", was=place[0], now=place[1])


def compare_post_lists(record: Record, clauses: ClauseComparison, before: Sequence[Position], after: Sequence[Position]) -> None:
    """Write down what changed in the clauses of a post; several posts, put together, where they were merged or divided."""
    sides = record.sides
    old_sets, new_sets = _sets(sides.before, before), _sets(sides.after, after)
    _compare_includes(record, before, after)
    for field, names in LISTS.items():
        old, new = (tuple(clause for post in posts for clause in getattr(post, field)) for posts in (before, after))
        shared = (_shared(sides.before, old_sets, field), _shared(sides.after, new_sets, field))
        clauses.lists(record, field, names, old, new, shared_before=shared[0], shared_after=shared[1])
    _compare_guides(record, before, after, old_sets, new_sets)
    _compare_relations(record, clauses, before, after)


def _compare_guides(
    record: Record, before: Sequence[Position], after: Sequence[Position], old_sets: Sequence[Clauses], new_sets: Sequence[Clauses]
) -> None:
    """The acts of posts; what clause sets say, too, is not missing."""
    now = record.sides.now
    old, new = ([ref for post in posts for ref in post.guided_by] for posts in (before, after))
    shared_old = {now(ref.id) for one in old_sets for ref in one.guided_by}
    shared_new = {ref.id for one in new_sets for ref in one.guided_by}
    own_old, own_new = {now(ref.id) for ref in old}, {ref.id for ref in new}
    old = [ref for ref in old if now(ref.id) in own_new or now(ref.id) not in shared_new]
    record.references("guided_by", _ACT, _ACTS, old, [ref for ref in new if ref.id in own_old or ref.id not in shared_old])


def _sets(side: Side, posts: Sequence[Position]) -> list[Clauses]:
    known = side.institution.clause_sets
    return [known[key] for key in dict.fromkeys(ref.id for post in posts for ref in post.includes) if key in known]


def _shared(side: Side, sets: Sequence[Clauses], field: str) -> Iterator[str]:
    return (side.say(clause.text) for one in sets for clause in getattr(one, field))


def _compare_includes(record: Record, before: Sequence[Position], after: Sequence[Position]) -> None:
    """Clause sets that came or went, told only where the post has other clauses for it."""
    sides = record.sides
    old = {sides.now(ref.id): ref for post in before for ref in post.includes}
    new = {ref.id: ref for post in after for ref in post.includes}
    if old.keys() == new.keys():
        return
    texts_before, texts_after = set(_everything(sides.before, before)), set(_everything(sides.after, after))
    what = Sentence("a clause set")
    for key, ref in old.items():
        gone = sides.before.institution.clause_sets.get(ref.id)
        if key not in new and gone is not None and not texts_after.issuperset(_all_of(sides.before, gone)):
            record.add(Kind.REMOVED, removed(what), "includes", before=sides.before.name(ref.id), was=ref.place)
    for key, ref in new.items():
        come = sides.after.institution.clause_sets.get(key)
        if key not in old and come is not None and not texts_before.issuperset(_all_of(sides.after, come)):
            record.add(Kind.ADDED, added(what), "includes", after=sides.after.name(key), now=ref.place)


def _everything(side: Side, posts: Sequence[Position]) -> Iterator[tuple[str, str]]:
    """All clauses of posts, their sets included: field and text."""
    for one in (*_sets(side, posts), *posts):
        yield from _all_of(side, one)


def _all_of(side: Side, one: Clauses) -> Iterator[tuple[str, str]]:
    yield from (("guided_by", ref.id) for ref in one.guided_by)
    yield from ((field, side.say(clause.text)) for field in LISTS for clause in getattr(one, field))


def _compare_relations(record: Record, clauses: ClauseComparison, before: Sequence[Position], after: Sequence[Position]) -> None:
    old = _partners(record, record.sides.before, [one for post in before for one in post.relations])
    new = _partners(record, record.sides.after, [one for post in after for one in post.relations])
    for key in dict.fromkeys((*old, *new)):
        name = (new.get(key) or old[key])[0]
        for field, names in (("receives", _receives(name)), ("provides", _provides(name))):
            was, now = (tuple(clause for one in side.get(key, ("", []))[1] for clause in getattr(one, field)) for side in (old, new))
            clauses.lists(record, "relations", names, was, now)


def _partners(record: Record, side: Side, relations: Sequence[Relation]) -> dict[str, tuple[str, list[Relation]]]:
    """The relations by with whom they are, each with how that is told."""
    found: dict[str, tuple[str, list[Relation]]] = {}
    for one in relations:
        name = side.name(one.to.id) if one.to is not None else side.say(one.who or "")
        key = one.to.id if one.to is not None else name
        found.setdefault(record.sides.now(key) if side is record.sides.before else key, (name, []))[1].append(one)
    return found


def _receives(name: str) -> Names:
    return Names(
        Sentence("an entry of what is received from {name}", name=name), Sentence("what is received from {name}", name=name)
    )  # fmt: skip


def _provides(name: str) -> Names:
    return Names(Sentence("an entry of what is provided to {name}", name=name), Sentence("what is provided to {name}", name=name))


def _allowance(kind: str) -> Sentence:
    return Sentence("allowance: {kind}", kind=kind)


def _addition(kind: str) -> Sentence:
    return Sentence("additional payment: {kind}", kind=kind)


def _code(post: Position) -> Value | None:
    return f"{post.classifier_scheme} {post.classifier_code}" if post.classifier_code is not None else None


def list_name(key: str) -> Sentence | str:
    """How the list is called that a lead-in sentence stands before."""
    return _LEADS.get(key, key)


_LEADS = {
    "tasks": Sentence("tasks"),
    "functions": Sentence("functions"),
    "rights": Sentence("rights"),
    "powers": Sentence("powers of the head"),
    "structure": Sentence("units"),
    "duties": Sentence("duties"),
    "responsibility": Sentence("responsibility"),
    "indicators": Sentence("indicators"),
}
_PAPERS = {
    "job_description": Sentence("job description"),
    "regulation": Sentence("regulation"),
    "staffing_table": Sentence("staffing table"),
}
_TOLD = frozenset(LISTS) | {
    "title", "forms", "short_title", "short_forms", "unit", "folder", "order", "category", "classifier_scheme", "classifier_code",
    "grade", "reports_to", "accountable_to", "coordinated_by", "appointed_by", "dismissed_by", "substituted_by", "substitution",
    "staffing", "qualification", "basis", "guided_by", "includes", "relations", "territories", "leads", "job_description",
    "valid_from", "valid_to", "holder",
}  # fmt: skip
"""The fields of a post that are told in words of their own."""
_STAFFING: tuple[tuple[str, Sentence, Callable[[Staffing], Value | None]], ...] = (
    ("posts", Sentence("number of posts"), lambda staffing: str(staffing.posts)),
    ("rate", Sentence("rate"), lambda staffing: staffing.rate),
    ("salary", Sentence("salary"), lambda staffing: describing.money(staffing.salary)),
    ("filled", Sentence("filled staff units"), lambda staffing: staffing.filled),
    ("establishment", Sentence("type of establishment"), lambda staffing: describing.word(staffing.establishment)),
)
