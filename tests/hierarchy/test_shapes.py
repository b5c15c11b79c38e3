"""Shapes of subordination that are hard on a hierarchy: knots of cycles, and lines of thousands of posts and units."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgdocs.hierarchy import Hierarchy
from orgdocs.model import Body, Institution, Organisation, Position, Ref, Unit
from orgdocs.problems import Place
from orgdocs.reporting.tree import draw_coverage, draw_tree
from orgdocs.staffing import groups

PLACE = Place("x.yaml")


def build(posts: Iterable[Position] = (), units: Iterable[Unit] = ()) -> Hierarchy:
    """The hierarchy of an office with these posts and units, and a mayor outside."""
    organisation = Organisation(id="office", place=PLACE, name="Office", profile="intl", language="en")
    return Hierarchy(
        Institution(
            organisation,
            units={unit.id: unit for unit in units},
            positions={post.id: post for post in posts},
            bodies={"mayor": Body(id="mayor", place=PLACE, name="Mayor")},
        )
    )


def post(post_id: str, superior: str | None = None, *, substitutes: str = "", unit: str | None = None) -> Position:
    """A post with its superior, its substitutes in a row of words, and its unit."""
    return Position(
        id=post_id,
        place=PLACE,
        title=post_id,
        reports_to=Ref(superior, PLACE) if superior else None,
        substituted_by=tuple(Ref(name, PLACE) for name in substitutes.split()),
        unit=Ref(unit, PLACE) if unit else None,
    )


def unit(unit_id: str, parent: str | None = None) -> Unit:
    """A unit with its parent."""
    return Unit(id=unit_id, place=PLACE, name=unit_id, parent=Ref(parent, PLACE) if parent else None)


TANGLE = [f"p{number:02}" for number in range(14)]

# Who is substituted by whom, and the cycles of it. An edge runs from the substitute to the post.
KNOTS = {
    "nobody": ({}, []),
    "a line": ({"a": "b", "b": "c"}, []),
    "a diamond": ({"a": "b c", "b": "d", "c": "d"}, []),
    "to nobody": ({"a": "ghost"}, []),
    "a loop": ({"a": "a"}, [["a"]]),
    "two posts": ({"a": "b", "b": "a"}, [["a", "b"]]),
    "a loop in a knot": ({"a": "a b", "b": "a"}, [["a"], ["a", "b"]]),
    "two loops and a line": ({"a": "a b", "b": "b"}, [["a"], ["b"]]),
    "three posts": ({"a": "c", "b": "a", "c": "b"}, [["a", "b", "c"]]),
    "two cycles that share a post": ({"c": "a d", "a": "b", "b": "c", "d": "c"}, [["a", "c", "b"]]),
    "the shortest through the smallest": ({"a": "b c", "b": "d", "c": "a", "d": "a"}, [["a", "c"]]),
    "two of equal length": ({"a": "b c", "b": "a", "c": "a"}, [["a", "b"]]),
    "two knots and a bridge": ({"a": "b", "b": "a c", "c": "d", "d": "c"}, [["a", "b"], ["c", "d"]]),
    "everybody everybody": ({name: " ".join(TANGLE) for name in TANGLE}, [*([name] for name in TANGLE), ["p00", "p01"]]),
    "everybody each other": ({name: " ".join(other for other in TANGLE if other != name) for name in TANGLE}, [["p00", "p01"]]),
}


@pytest.mark.parametrize(("substituted", "cycles"), KNOTS.values(), ids=KNOTS)
@pytest.mark.parametrize("backwards", [False, True])
def test_cycles_of_substitution(substituted: dict[str, str], cycles: list[list[str]], *, backwards: bool) -> None:
    names = sorted({*substituted, *"abcd"}, reverse=backwards)
    hierarchy = build(post(name, substitutes=substituted.get(name, "")) for name in names)
    assert hierarchy.cycles("substitutes") == sorted(cycles)
    assert hierarchy.cycles("reports_to") == []


def test_a_line_of_thousands_of_posts() -> None:
    names = [f"p{number:04}" for number in range(5000)]
    hierarchy = build(post(name, above) for name, above in zip(names, ["mayor", *names], strict=False))
    organisation = hierarchy.institution.organisation
    last = hierarchy.institution.positions[names[-1]]
    assert [actor.id for actor in hierarchy.chain(last)] == [*reversed(names[:-1]), "mayor"]
    assert [member.id for member in hierarchy.members(organisation)] == names
    assert [member.id for member in hierarchy.positions()] == names
    assert hierarchy.cycles("reports_to") == []


def test_a_circle_of_thousands_of_posts() -> None:
    names = [f"p{number:04}" for number in range(5000)]
    hierarchy = build(post(name, above) for name, above in zip(names, [names[-1], *names], strict=False))
    assert hierarchy.cycles("reports_to") == [[names[0], *reversed(names[1:])]]
    assert [member.id for member in hierarchy.members(hierarchy.institution.organisation)] == names


def test_a_line_of_many_units() -> None:
    names = [f"u{number:04}" for number in range(1500)]
    hierarchy = build([post("last", unit=names[-1])], [unit(name, above) for name, above in zip(names, [None, *names], strict=False)])
    organisation = hierarchy.institution.organisation
    last = hierarchy.institution.units[names[-1]]
    assert [below.id for below in hierarchy.branch(organisation)] == ["office", *names]
    assert [above.id for above in hierarchy.parents(last)] == [*reversed(names[:-1]), "office"]
    assert hierarchy.legal_entity(last) is organisation
    assert list(groups(hierarchy, organisation)) == []
    drawing = draw_tree(hierarchy).split("\n")
    assert drawing[:3] == ["Office [office] 0", "└─ u0000 [u0000] 0", "   └─ u0001 [u0001] 0"]
    assert drawing[-1] == " " * 3 * 1500 + "└─ last [last]"
    assert draw_coverage(hierarchy) == ""


@st.composite
def _superiors(draw: st.DrawFn) -> dict[str, str | None]:
    names = [f"p{number}" for number in range(draw(st.integers(0, 8)))]
    return {name: draw(st.sampled_from([None, "mayor", "ghost", *names])) for name in names}


@settings(max_examples=300, derandomize=True, deadline=None, database=None)
@given(_superiors())
def test_depth_is_the_length_of_the_chain(superiors: dict[str, str | None]) -> None:
    hierarchy = build(post(name, superior) for name, superior in superiors.items())
    positions = hierarchy.institution.positions
    depths = {name: len(list(hierarchy.chain(position))) for name, position in positions.items()}
    assert [member.id for member in hierarchy.members(hierarchy.institution.organisation)] == sorted(
        superiors, key=lambda name: (depths[name], name)
    )
    in_a_cycle = {name for cycle in hierarchy.cycles("reports_to") for name in cycle}
    assert in_a_cycle == {name for name in superiors if _returns(superiors, name)}


def _returns(superiors: dict[str, str | None], name: str) -> bool:
    current: str | None = name
    for _ in superiors:
        current = superiors.get(current or "")
        if current == name:
            return True
    return False
