"""Constraints as a language: every field can be asked, nothing breaks it, it counts right, and quickly."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import TESTS as FOLDER
from cases import read_base
from orgdocs.hierarchy import Hierarchy
from orgdocs.messages import load_patterns
from orgdocs.model import Constraint
from orgdocs.problems import Place
from orgdocs.project import open_project
from orgdocs.rules.conditions import MOST_TESTS, Compiler
from orgdocs.rules.constraints import Saying, _things, check_constraints
from orgdocs.rules.fields import FIELDS, JOINING, SUBJECTS, TESTS
from orgdocs.rules.world import World
from orgdocs.sources import Source, read_work_tree

ROOT = FOLDER.parent
PLACE = Place("org/constraints.yaml")


@cache
def worlds() -> list[World]:
    """All institutions of the reference registry, the example and a small one."""
    small = Source(Path("/registry"), read_base("small"))
    projects = [open_project(read_work_tree(ROOT)), open_project(read_work_tree(ROOT / "docs" / "example")), open_project(small)]
    return [World(hierarchy) for project in projects for hierarchy in project.hierarchies.values()]


def faults(subjects: str, must: Any) -> list[str]:
    """What is wrong with a condition."""
    data = {"constraints": [{"id": "a", "says": "a", "for": subjects, "must": must}]}
    return [str(fault.finding.sentence) for fault in check_constraints(PLACE.path, data)]


def answers(subjects: str, must: Any) -> list[bool | None]:
    """What a condition says of all subjects of all institutions."""
    compiler = Compiler("")
    check = compiler.condition(must, SUBJECTS[subjects], ())
    assert compiler.faults == []
    return [check(World(world.hierarchy), thing) for world in worlds() for thing in _things(world, subjects)]


def ways() -> Iterator[tuple[str, str, Any]]:
    """Subjects and a condition on each kind of thing, by the shortest way from a subject to it."""
    waiting: list[tuple[str, str, tuple[str, ...]]] = [(subjects, kind, ()) for subjects, kind in SUBJECTS.items()]
    seen = set()
    while waiting:
        subjects, kind, path = waiting.pop(0)
        if kind in seen:
            continue
        seen.add(kind)
        yield subjects, kind, path
        waiting += [(subjects, field.of, (*path, name)) for name, field in FIELDS[kind].items() if field.of]


def wrapped(subjects: str, path: tuple[str, ...], condition: Any) -> Any:
    """The condition on the thing at the end of a path of fields."""
    kinds = [SUBJECTS[subjects]]
    for name in path:
        kinds.append(FIELDS[kinds[-1]][name].of)
    for name, kind in reversed(list(zip(path, kinds, strict=False))):
        condition = {name: {"any": condition} if FIELDS[kind][name].kind == "things" else condition}
    return condition


WAYS = list(ways())
SAMPLES = {"text": "a", "number": "1", "date": "2026-01-31", "flag": "true"}


def test_every_kind_of_thing_is_reached() -> None:
    assert {kind for _, kind, _ in WAYS} == set(FIELDS)


@pytest.mark.parametrize(("subjects", "kind", "path"), WAYS, ids=[kind for _, kind, _ in WAYS])
def test_every_field_takes_every_test(subjects: str, kind: str, path: tuple[str, ...]) -> None:
    for name, field in FIELDS[kind].items():
        conditions: list[Any] = ["present", "absent"]
        if field.kind in {"things", "words"}:
            entry: Any = {"equal": "a"} if field.kind == "words" else {next(iter(FIELDS[field.of])): "present"}
            conditions += [{"at_least": "1"}, {"at_most": "1"}, {"equal": "1"}, {"not": {"equal": "1"}}, {"where": entry, "at_least": "1"}]
            conditions += [{word: entry} for word in ("all", "any", "none")]
        elif field.kind != "thing":
            sample = field.words[0] if field.words else SAMPLES[field.kind]
            conditions += [{test: [sample] if test == "in" else sample} for test in TESTS[field.kind]]
            conditions += [sample, {"not": {"equal": sample}}, {"not": "present"}]
        for condition in conditions:
            answers(subjects, wrapped(subjects, path, {name: condition}))


def test_written_fields_stand_in_files_under_their_names() -> None:
    """A finding points at such a field: it has to be a field of the file."""
    from orgdocs.schemas import load_schema

    shared = load_schema("unit")["$defs"]["establishment"]["properties"]
    for kind, schema in (("organisation", "organisation"), ("unit", "unit"), ("post", "position")):
        known = {*load_schema(schema)["properties"], *(shared if kind != "post" else ())}
        assert {name for name, field in FIELDS[kind].items() if field.written} <= known


def test_counting_by_sums_is_counting() -> None:
    """Posts and units below a unit are counted without looking at them one by one; the outcome is the same."""
    for world in worlds():
        hierarchy = world.hierarchy
        for unit in hierarchy.branch(hierarchy.institution.organisation):
            below = list(hierarchy.branch(unit))
            posts = world.branch_posts(unit)
            assert list(posts.items[posts.start : posts.stop]) == [post for part in below for post in hierarchy.members(part)]
            units = world.branch_units(unit)
            assert list(units.items[units.start : units.stop]) == below[1:]
            if not any(part.legal_entity for part in below[1:]):
                assert world.staff_units(unit) == hierarchy.staff_units(unit)
            assert world.unit_level(unit) == len(list(hierarchy.parents(unit)))
        for post in hierarchy.institution.positions.values():
            assert world.post_level(post) == sum(superior.id in hierarchy.institution.positions for superior in hierarchy.chain(post))


@pytest.mark.parametrize(
    ("subjects", "must", "expected"),
    [
        ("units", {"head": "lawyer"}, ["legal"]),
        ("posts", {"title": {"begins": "DEPUTY"}}, ["deputy"]),
        ("posts", {"title": {"ends": "or", "contains": "rect"}}, ["deputy", "director"]),
        ("posts", {"title": {"in": ["lawyer", "clerk"]}}, ["lawyer"]),
        ("posts", {"level": {"at_least": "1"}}, ["deputy", "lawyer"]),
        ("posts", {"level": {"at_most": "0"}}, ["director"]),
        ("posts", {"superior": {"substituted_by": {"contains": "deputy"}}}, ["deputy", "lawyer"]),
        ("posts", {"superior": "absent"}, ["director"]),
        ("posts", {"reports_to": "mayor"}, ["director"]),
        ("posts", {"subordinates": {"where": {"category": "manager"}, "at_least": "1"}}, ["director"]),
        ("posts", {"substitutes": {"equal": "1"}}, ["deputy"]),
        ("posts", {"heads": {"any": {"kind": "division"}}}, ["lawyer"]),
        ("posts", {"performs": {"contains": "legal/advice"}}, ["lawyer"]),
        ("posts", {"duties": {"where": {"performs": "absent"}, "at_least": "1"}}, ["deputy"]),
        ("posts", {"duties": {"all": {"performs": "present"}}}, ["director", "lawyer"]),
        ("posts", {"duties": {"none": {"performs": "present"}}}, ["deputy"]),
        ("posts", {"duties": {"where": {"text": {"ends": "contracts"}}, "all": {"performs": "present"}, "equal": "1"}},
         ["lawyer"]),
        ("posts", {"rights": {"any": {"text": {"begins": "receive"}}}}, ["deputy", "director", "lawyer"]),
        ("posts", {"staffing": {"salary": {"at_least": "1800.01"}}}, ["deputy", "director"]),
        ("posts", {"unit": {"level": "0"}}, ["deputy", "director"]),
        ("posts", {"guided_by": {"contains": "charter", "at_most": "1"}}, ["director"]),
        ("posts", {"not": {"category": "manager"}}, ["lawyer"]),
        ("posts", {"any": [{"id": "lawyer"}, {"all": [{"id": "deputy"}, {"category": "manager"}]}]}, ["deputy", "lawyer"]),
        ("posts", {"guided_by": {"not": {"contains": "charter"}}}, ["deputy", "lawyer"]),
        ("posts", {"classifier": {"scheme": {"not": "dk003"}}}, []),
        ("posts", {"grade": {"not": "5"}}, ["deputy", "director", "lawyer"]),
        ("functions", {"performers": {"all": {"category": "manager"}}}, ["office/examples"]),
        ("functions", {"lead": "absent", "unit": "legal"}, ["legal/advice", "legal/contracts"]),
        ("acts", {"date": "absent"}, ["charter"]),
        ("organisations", {"posts": {"equal": "3"}, "members": {"equal": "2"}, "units": {"equal": "1"}}, ["office"]),
        ("organisations", {"staff_units": "3", "acts": {"contains": "charter"}, "bodies": {"contains": "mayor"}}, ["office"]),
        ("organisations", {"staffing_table": {"currency": "eur"}, "limits": {"posts": {"at_most": "5"}}}, ["office"]),
    ],
)  # fmt: skip
def test_what_conditions_say(subjects: str, must: Any, expected: list[str]) -> None:
    world = World(open_project(Source(Path("/registry"), read_base("small"))).hierarchies["office"])
    compiler = Compiler("")
    check = compiler.condition(must, SUBJECTS[subjects], ())
    assert compiler.faults == []
    assert sorted(thing.id for thing in _things(world, subjects) if check(world, thing)) == expected


NAMES = sorted({*JOINING, *(name for fields in FIELDS.values() for name in fields), *(test for tests in TESTS.values() for test in tests)})
VALUES = st.recursive(
    st.sampled_from(["present", "absent", "1", "0.5", "true", "manager", "division", "2026-01-31", "lawyer", "а" * 50, "-1", "٣"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None)
@given(subjects=st.sampled_from(sorted(SUBJECTS)), must=VALUES)
def test_no_condition_breaks_it(subjects: str, must: Any) -> None:
    """Whatever stands in the file, faults are told; and what has none can be asked of everything."""
    if faults(subjects, must) == []:
        answers(subjects, must)


def test_too_many_tests_are_refused_and_a_long_list_of_words_is_not() -> None:
    assert faults("posts", {"any": [{"id": "a"}] * MOST_TESTS}) == []
    assert faults("posts", {"any": [{"id": "a"}] * (MOST_TESTS + 1)}) == [f"there are more than {MOST_TESTS} tests in this file"]
    assert faults("posts", {"id": {"in": [f"post-{number}" for number in range(50_000)]}}) == []


def test_rings_and_lost_ids_leave_no_answer() -> None:
    files = read_base("small")
    files["org/office/units/legal.yaml"] += b"parent: claims\n"
    files["org/office/units/claims.yaml"] = b"name: Claims\nkind: sector\nhead: nobody\nparent: legal\n"
    files["positions/office/deputy.yaml"] = b"title: Deputy\nreports_to: clerk\nduties: [writes]\nincludes: [lost]\n"
    files["positions/office/clerk.yaml"] = b"title: Clerk\nreports_to: deputy\nduties: [writes]\n"
    world = World(open_project(Source(Path("/registry"), files)).hierarchies["office"])

    def ask(subjects: str, name: str, must: Any) -> bool | None:
        thing = next(thing for thing in _things(world, subjects) if thing.id == name)
        return Compiler("").condition(must, SUBJECTS[subjects], ())(world, thing)

    assert ask("units", "claims", {"head": "present"}) is None
    assert ask("units", "claims", {"head": {"category": "manager"}}) is None
    assert ask("units", "claims", {"level": {"at_least": "0"}}) is None
    assert ask("units", "claims", {"posts": {"at_least": "0"}}) is None
    assert ask("units", "claims", {"units": "present"}) is None
    assert ask("units", "claims", {"staff_units": "0"}) is None
    assert ask("posts", "deputy", {"level": {"at_least": "0"}}) is None
    assert ask("posts", "clerk", {"level": {"at_least": "0"}}) is None
    assert ask("posts", "deputy", {"duties": {"at_most": "1"}}) is None
    assert ask("posts", "deputy", {"duties": {"at_least": "1"}}) is True
    assert ask("posts", "deputy", {"duties": {"at_most": "0"}}) is False
    assert ask("posts", "deputy", {"any": [{"level": "0"}, {"title": "deputy"}]}) is True
    assert ask("posts", "deputy", {"all": [{"level": "0"}, {"title": "clerk"}]}) is False
    assert ask("posts", "deputy", {"not": {"level": "0"}}) is None


def test_words_are_told_in_the_language_of_the_reader() -> None:
    saying = Saying({"uk": "кожен відділ має начальника", "en": "every division has a head"})
    assert (
        str(saying)
        == saying.told({})
        == saying.told(load_patterns("en"))
        == saying.told(load_patterns("ru"))
        == "every division has a head"
    )
    assert saying.told(load_patterns("uk")) == "кожен відділ має начальника"
    assert Saying("{braces} stay").told(load_patterns("uk")) == "{braces} stay"


def test_the_same_constraints_are_compiled_once() -> None:
    from orgdocs.rules.constraints import _compile

    def read() -> tuple[Constraint, ...]:
        return (Constraint("a", PLACE, {"en": "a"}, "posts", {"title": "present"}),)

    assert _compile(read()) is _compile(read())


@pytest.mark.parametrize("shape", ["wide", "deep"])
def test_work_grows_with_the_registry_and_not_with_its_square(shape: str) -> None:
    """Each post asks for all posts around it, and those for their unit, and that for its posts again."""

    def measure(size: int) -> float:
        hierarchy = grow(size, shape)
        must = {"unit": {"posts": {"where": {"superior": {"subordinates": {"at_least": "1"}}}, "at_least": "0"}},
                "organisation": {"posts": {"all": {"unit": {"posts": {"any": {"title": "present"}}}}}}}  # fmt: skip
        check = Compiler("").condition(must, "post", ())
        started = time.process_time()
        world = World(hierarchy)
        assert all(check(world, post) for post in _things(world, "posts"))
        return time.process_time() - started

    small = min(measure(300) for _ in range(3))
    assert min(measure(3000) for _ in range(2)) < 40 * small


def grow(size: int, shape: str) -> Hierarchy:
    """An organisation of so many posts: all in one unit, or each in a unit below the one before."""
    from orgdocs.model import Institution, Organisation, Position, Ref, Unit

    def ref(name: str) -> Ref:
        return Ref(name, PLACE)

    units, posts = {}, {}
    for number in range(size):
        unit = f"u{number if shape == 'deep' else 0}"
        if unit not in units:
            units[unit] = Unit(id=unit, place=PLACE, name=unit, parent=ref(f"u{number - 1}") if number else None)
        above = number - 1 if shape == "deep" else 0
        posts[f"p{number}"] = Position(
            id=f"p{number}", place=PLACE, title="post", unit=ref(unit), reports_to=ref(f"p{above}") if number else None
        )
    organisation = Organisation(id="o", place=PLACE, name="o", profile="intl", language="en")
    return Hierarchy(Institution(organisation, units, posts))
