"""What the registry's own constraints can ask about: the things of an institution, their fields, and the tests."""

# ruff: noqa: ARG005  (every getter is given the world, and not every one needs it)

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

from orgdocs.rules.world import Listing, World, staff_units
from orgdocs.schemas import load_schema


class Field(NamedTuple):
    """A field that conditions can ask about."""

    kind: str
    """``text``, ``word``, ``number``, ``date``, ``flag``, ``words``, ``thing`` or ``things``."""
    get: Callable[[World, Any], Any]
    meaning: str
    of: str = ""
    """The kind of thing that a thing or the entries of a list are."""
    words: tuple[str, ...] = ()
    """The words that are possible, where they are fixed."""
    written: bool = False
    """Whether it stands under this name in the file of its thing, so that a finding can point at it."""


# -- the fields -----------------------------------------------------------------------------------------------------

Getter: TypeAlias = Callable[[World, Any], Any]


def _plain(name: str) -> Getter:
    """The attribute of that name; ``paper.number`` is one of a part."""
    get = attrgetter(name)
    return lambda world, thing: get(thing)


def _text(name: str, meaning: str, *, written: bool = True) -> Field:
    return Field("text", lambda world, thing: world.text(getattr(thing, name)), meaning, written=written)


def _code(name: str, meaning: str, *, written: bool = False) -> Field:
    """A text that is the same in all languages."""
    return Field("text", _plain(name), meaning, written=written)


def _number(name: str, meaning: str, *, written: bool = False) -> Field:
    return Field("number", _plain(name), meaning, written=written)


def _date(name: str, meaning: str, *, written: bool = False) -> Field:
    return Field("date", _plain(name), meaning, written=written)


def _word(name: str, meaning: str, words: tuple[str, ...], *, written: bool = False) -> Field:
    return Field("word", _plain(name), meaning, words=words, written=written)


def _ref_id(name: str, meaning: str, *, written: bool = False) -> Field:
    return Field("text", lambda world, thing: ref.id if (ref := getattr(thing, name)) is not None else None, meaning, written=written)


def _list_ids(refs: Iterable[Any]) -> Listing:
    return Listing([ref.to.id if hasattr(ref, "to") else ref.id for ref in refs])


def _ids(name: str, meaning: str) -> Field:
    return Field("words", lambda world, thing: _list_ids(getattr(thing, name)), meaning, written=True)


def _thing(kind: str, get: Getter, meaning: str, *, written: bool = False) -> Field:
    return Field("thing", get, meaning, kind, written=written)


def _things(kind: str, get: Getter, meaning: str, *, written: bool = False) -> Field:
    return Field("things", get, meaning, kind, written=written)


def _clauses(name: str, meaning: str, *, written: bool = False) -> Field:
    return _things("clause", lambda world, thing: Listing(getattr(thing, name)), meaning, written=written)


def _all_clauses(name: str, meaning: str) -> Field:
    return _things("clause", lambda world, post: world.clauses(post, name), meaning, written=True)


def _given(paper: Any) -> Any:
    """The particulars of a paper, if any is given."""
    return paper if any(value is not None for value in paper) else None


def _enum(kind: str, *route: str) -> tuple[str, ...]:
    schema: Any = load_schema(kind)
    for step in route:
        schema = schema[step]
    return tuple(schema["enum"])


def _post_enum(*route: str) -> tuple[str, ...]:
    return _enum("position", *(step for key in route for step in (("items",) if key == "items" else ("properties", key))))


_ORGANISATION = _thing("organisation", lambda world, thing: world.organisation, "The organisation it belongs to.")

_ESTABLISHMENT = {
    "id": _code("id", "Its id."),
    "name": _text("name", "Its full name."),
    "short_name": _text("short_name", "Its short name."),
    "kind": _word("kind", "Its kind.", _enum("unit", "$defs", "unit_kind"), written=True),
    "status": _text("status", "What it is, in words."),
    "address": _text("address", "Its address."),
    "legal_entity": Field("flag", _plain("legal_entity"), "Whether it is a legal entity of its own.", written=True),
    "works_by": _word(
        "works_by", "How its work is divided.", _enum("unit", "$defs", "establishment", "properties", "works_by"), written=True
    ),
    "head": _thing("post", lambda world, unit: world.post(unit.head), "The post that heads it.", written=True),
    "deputies": _things("post", lambda world, unit: world.posts(unit.deputies), "The deputies of its head.", written=True),
    "members": _things("post", lambda world, unit: Listing(world.hierarchy.members(unit), world.posts_open), "The posts directly in it."),
    "posts": _things("post", lambda world, unit: world.branch_posts(unit), "Its posts and those of the units below it."),
    "children": _things("unit", lambda world, unit: Listing(world.hierarchy.children(unit), world.units_open), "The units directly in it."),
    "units": _things("unit", lambda world, unit: world.branch_units(unit), "The units below it, at all levels."),
    "staff_units": Field("number", lambda world, unit: world.staff_units(unit), "Posts times rate, with the units below it."),
    "level": Field("number", lambda world, unit: world.unit_level(unit), "How deep it stands: 1 directly under the organisation."),
    "functions": _things("function", lambda world, unit: world.functions_of(unit), "Its functions.", written=True),
    "tasks": _clauses("tasks", "Its tasks.", written=True),
    "rights": _clauses("rights", "Its rights.", written=True),
    "powers": _clauses("powers", "The powers of its head."),
    "guided_by": _ids("guided_by", "Ids of the acts it is guided by."),
    "subordinate_to": _ids("subordinate_to", "Ids of those whose instructions bind it."),
    "accountable_to": _ids("accountable_to", "Ids of those to whom it reports on its work."),
    "coordinated_by": _ids("coordinated_by", "Ids of those who coordinate its work."),
    "cooperates_with": _ids("cooperates_with", "Ids of those with whom it works together."),
    "territories": Field("words", lambda world, unit: Listing(tuple(unit.territories)), "Ids of its territories.", written=True),
    "limits": _thing("limits", _plain("limits"), "What its founder allows.", written=True),
    "regulation": _thing("paper", lambda world, unit: _given(unit.regulation), "Particulars of its regulation.", written=True),
}

FIELDS: Mapping[str, Mapping[str, Field]] = {
    "organisation": {
        **_ESTABLISHMENT,
        "profile": _code("profile", "Its profile.", written=True),
        "language": _word("language", "The language of its texts.", _enum("organisation", "properties", "language"), written=True),
        "languages": Field("words", lambda world, it: Listing(it.languages), "Other languages of its papers.", written=True),
        "superior_body": _ref_id("superior_body", "Id of the body above it.", written=True),
        "place": _text("place_of_issue", "Its place of issue."),
        "bodies": Field("words", lambda world, it: Listing(tuple(world.institution.bodies)), "Ids of bodies outside.", written=True),
        "acts": _things("act", lambda world, it: world.acts, "Its acts."),
        "staffing_table": _thing("staffing_table", _plain("staffing_table"), "Settings of its staffing table.", written=True),
    },
    "unit": {
        **_ESTABLISHMENT,
        "parent": _thing(
            "unit", lambda world, unit: world.unit(unit.parent), "The unit it belongs to; absent directly under the organisation.",
            written=True,
        ),
        "order": _number("order", "Its place among the units of the same parent.", written=True),
        "organisation": _ORGANISATION,
    },
    "post": {
        "id": _code("id", "Its id."),
        "title": _text("title", "Its title."),
        "short_title": _text("short_title", "Its short title."),
        "unit": _thing(
            "unit", lambda world, post: world.home(post), "Its unit; the organisation itself where it names none.", written=True
        ),
        "organisation": _ORGANISATION,
        "order": _number("order", "Its place among the posts of the unit.", written=True),
        "category": _word("category", "Its category.", _post_enum("category"), written=True),
        "classifier": _thing(
            "classifier", lambda world, post: post if post.classifier_code else None, "Its classifier code.", written=True
        ),
        "grade": _code("grade", "Its pay grade.", written=True),
        "reports_to": _ref_id("reports_to", "Id of its superior, also of one outside.", written=True),
        "superior": _thing("post", lambda world, post: world.post(post.reports_to), "Its superior, if that is a post."),
        "subordinates": _things(
            "post", lambda world, post: Listing(world.hierarchy.subordinates(post), world.posts_open), "The posts that report to it."
        ),
        "heads": _things("unit", lambda world, post: Listing(world.hierarchy.heads(post), world.units_open), "The units it heads."),
        "level": Field("number", lambda world, post: world.post_level(post), "How many posts stand above it."),
        "substituted_by": _things(
            "post", lambda world, post: world.posts(post.substituted_by), "The posts that stand in for it.", written=True
        ),
        "substitutes": _things(
            "post", lambda world, post: Listing(world.hierarchy.substituted(post), world.posts_open), "The posts for which it stands in."
        ),
        "substitution": _text("substitution", "Who stands in, in words."),
        "accountable_to": _ids("accountable_to", "Ids of those to whom it reports on its work besides."),
        "coordinated_by": _ids("coordinated_by", "Ids of those who coordinate its work."),
        "appointed_by": _thing("appointment", _plain("appointed_by"), "Who appoints to it.", written=True),
        "dismissed_by": _thing("appointment", _plain("dismissed_by"), "Who dismisses from it.", written=True),
        "staffing": _thing("staffing", _plain("staffing"), "Its line of the staffing table.", written=True),
        "staff_units": Field("number", lambda world, post: staff_units(post), "Posts times rate."),
        "qualification": _things(
            "alternative", lambda world, post: Listing(post.qualification), "The ways to qualify for it.", written=True
        ),
        "duties": _all_clauses("duties", "Its duties, with those of its clause sets."),
        "rights": _all_clauses("rights", "Its rights, likewise."),
        "responsibility": _all_clauses("responsibility", "Its responsibility, likewise."),
        "must_know": _all_clauses("must_know", "What it must know, likewise."),
        "general": _all_clauses("general", "Its further general clauses, likewise."),
        "interaction": _all_clauses("interaction", "How it works with others, likewise."),
        "indicators": _all_clauses("indicators", "Its performance indicators, likewise."),
        "evaluation": _all_clauses("evaluation", "How it is evaluated, likewise."),
        "relations": _things("relation", lambda world, post: Listing(post.relations), "With whom it exchanges what.", written=True),
        "performs": _things("function", lambda world, post: world.performs(post), "The functions that its duties perform."),
        "basis": _ids("basis", "Ids of the acts on which its job description is drawn up."),
        "guided_by": _ids("guided_by", "Ids of the acts it is guided by, without those of its clause sets."),
        "includes": _ids("includes", "Ids of its clause sets."),
        "territories": _ids("territories", "Ids of the territories it answers for."),
        "valid_from": _date("valid_from", "The first day on which it exists.", written=True),
        "valid_to": _date("valid_to", "The last day on which it exists.", written=True),
        "job_description": _thing(
            "paper", lambda world, post: _given(post.job_description), "Particulars of its job description.", written=True
        ),
        "holder": _thing("holder", _plain("holder"), "Who holds it; only whether anybody is named can be asked.", written=True),
    },
    "function": {
        "id": _code("id", "Its unit, a slash and its own id."),
        "text": Field("text", lambda world, function: world.text(function.clause.text), "Its text."),
        "unit": _thing("unit", _plain("unit"), "The unit, or organisation, whose function it is."),
        "organisation": _ORGANISATION,
        "lead": _thing("post", lambda world, function: world.post(function.clause.lead), "The post that leads it."),
        "serves": Field("words", lambda world, function: _list_ids(function.clause.serves), "Ids of the tasks it serves."),
        "performers": _things("post", lambda world, function: world.performers(function), "The posts whose duties perform it."),
        "items": _things("clause", lambda world, function: Listing(function.clause.items), "What lies below it."),
    },
    "act": {
        "id": _code("id", "Its id."),
        "title": _text("title", "Its title.", written=False),
        "number": _code("number", "Its number."),
        "date": _date("date", "Its date."),
        "repealed": _date("repealed", "The day on which it was repealed."),
        "organisation": _ORGANISATION,
    },
    "clause": {
        "text": _text("text", "Its text.", written=False),
        "id": _code("id", "Its id."),
        "items": _clauses("items", "What lies below it."),
        "performs": Field("words", lambda world, clause: _list_ids(clause.performs), "The functions it performs, each as unit/function."),
    },
    "classifier": {
        "scheme": _word("classifier_scheme", "The classifier.", _post_enum("classifier", "scheme")),
        "code": _code("classifier_code", "The code."),
    },
    "appointment": {
        "by": _ref_id("by", "Id of the post or body."),
        "act": _word("act", "By which kind of act.", _enum("position", "$defs", "act_kind")),
        "on_proposal_of": _ref_id("on_proposal_of", "Id of the post or body that proposes."),
    },
    "staffing": {
        "posts": _number("posts", "How many posts there are."),
        "rate": _number("rate", "Part of full time."),
        "filled": _number("filled", "How many staff units are filled."),
        "salary": _number("salary", "Monthly salary of a full post."),
        "establishment": _word("establishment", "For how long the post exists.", _post_enum("staffing", "establishment")),
        "funding": _text("funding", "Source of funding.", written=False),
        "note": _text("note", "Note.", written=False),
    },
    "alternative": {
        "education": Field(
            "word", lambda world, way: way.education.level if way.education else None, "The level of education.",
            words=_post_enum("qualification", "any_of", "items", "education", "level"),
        ),
        "years": _number("years", "Years of experience."),
        "experience_in": _text("experience_in", "Experience in what.", written=False),
        "training": _text("training", "Training asked for.", written=False),
        "text": _text("text", "What is asked in other words.", written=False),
    },
    "relation": {
        "with": _ref_id("to", "Id of the other side."),
        "who": _text("who", "The other side in words.", written=False),
        "receives": _clauses("receives", "What is received."),
        "provides": _clauses("provides", "What is provided."),
    },
    "limits": {
        "posts": _number("posts", "The largest number of staff units."),
        "payroll": _number("payroll", "The largest monthly payroll."),
    },
    "paper": {
        "number": _code("number", "Its number."),
        "date": _date("date", "Its date."),
        "reviewed_on": _date("reviewed_on", "When it was reviewed."),
        "not_required": _code("not_required", "Why it is not issued."),
    },
    "staffing_table": {
        "currency": _code("currency", "Its currency."),
        "step": _number("step", "What every rate is a multiple of."),
        "year": _number("year", "Its year."),
        "valid_from": _date("valid_from", "From when on it is in force."),
        "number": _code("paper.number", "Its number."),
        "date": _date("paper.date", "Its date."),
    },
    "holder": {},
}  # fmt: skip
"""The fields by kind of thing."""

SUBJECTS = {"organisations": "organisation", "units": "unit", "posts": "post", "functions": "function", "acts": "act"}
"""What a constraint can be about, and the kind of thing that is."""

TESTS: Mapping[str, Mapping[str, str]] = {
    "text": {
        "equal": "It is this text.",
        "in": "It is one of these texts.",
        "begins": "It begins with this.",
        "ends": "It ends with this.",
        "contains": "This stands somewhere in it.",
        "not": "It does not pass this test.",
    },
    "word": {"equal": "It is this word.", "in": "It is one of these words.", "not": "It does not pass this test."},
    "number": {
        "equal": "It is this number.",
        "in": "It is one of these numbers.",
        "at_least": "It is this number or more.",
        "at_most": "It is this number or less.",
        "not": "It does not pass this test.",
    },
    "date": {
        "equal": "It is this day.",
        "in": "It is one of these days.",
        "at_least": "It is this day or a later one.",
        "at_most": "It is this day or an earlier one.",
        "not": "It does not pass this test.",
    },
    "flag": {"equal": "It is true, or it is false.", "not": "It does not pass this test."},
    "list": {
        "where": "Only the entries that satisfy this are counted by the tests below.",
        "equal": "There are exactly so many.",
        "at_least": "There are so many or more.",
        "at_most": "There are so many or fewer.",
        "all": "Every entry satisfies this.",
        "any": "At least one entry satisfies this.",
        "none": "No entry satisfies this.",
        "contains": "One of the entries is this word, or has this id.",
        "not": "It does not pass this test.",
    },
}
"""The tests by kind of value."""

JOINING = {
    "all": "Every condition of this list holds.",
    "any": "At least one condition of this list holds.",
    "not": "This condition does not hold.",
}
"""What joins conditions."""
