"""OD460: the registry's own rules, said in YAML as conditions on the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from orgdocs.hierarchy import walk_clauses
from orgdocs.messages import LANGUAGES, load_patterns
from orgdocs.model import Constraint, Institution, Organisation, Position, Text, Unit
from orgdocs.problems import Fault, Finding, Note, Place, Route, Sentence
from orgdocs.rules.answers import Condition
from orgdocs.rules.conditions import Compiler, is_present
from orgdocs.rules.fields import FIELDS, SUBJECTS
from orgdocs.rules.rule import Subject, error
from orgdocs.rules.world import World


def check_constraints(path: str, data: Mapping[str, Any]) -> list[Fault]:
    """What is wrong in the conditions of a file of constraints that has the right shape otherwise."""
    compiler = Compiler(path)
    seen: dict[str, Place] = {}
    for index, item in enumerate(data.get("constraints", ())):
        route: Route = ("constraints", index)
        place = Place(path, (*route, "id"))
        if not item.keys() >= {"id", "for"}:  # the schema has said so
            continue
        if item["id"] in seen:
            notes = (Note(seen[item["id"]], Sentence("it is given here already")),)
            sentence = Sentence("the id {id} is given twice", id=item["id"])
            compiler.faults.append(Fault("duplicate-id", Finding(place, sentence, notes, Sentence("rename one of them"))))
        seen.setdefault(item["id"], place)
        for key in ("where", "must"):
            if key in item:
                compiler.condition(item[key], SUBJECTS[item["for"]], (*route, key))
    return compiler.faults


class _Compiled(NamedTuple):
    constraint: Constraint
    where: Condition | None
    must: Condition
    field: str | None
    """The written field that is demanded, where it is one alone."""


@lru_cache(maxsize=4)
def _compile(constraints: tuple[Constraint, ...]) -> tuple[_Compiled, ...]:
    compiler = Compiler("")
    compiled = []
    for constraint in constraints:
        kind = SUBJECTS[constraint.subjects]
        where = compiler.condition(constraint.where, kind, ()) if constraint.where is not None else None
        only = next(iter(constraint.must)) if isinstance(constraint.must, dict) and len(constraint.must) == 1 else ""
        field = only if only in FIELDS[kind] and FIELDS[kind][only].written else None
        compiled.append(_Compiled(constraint, where, compiler.condition(constraint.must, kind, ()), field))
    return tuple(compiled)


# -- the rule -------------------------------------------------------------------------------------------------------


class Saying(Sentence):
    """The words of a constraint, which the registry itself may give in several languages."""

    __slots__ = ("texts",)

    def __init__(self, says: Text) -> None:
        self.texts: Mapping[str, str] = {"": says} if isinstance(says, str) else says
        super().__init__(self.texts.get("en") or next(iter(self.texts.values())))

    def told(self, patterns: Mapping[str, str]) -> str:
        """The words in the language of the catalog, if the registry gives them."""
        language = next((language for language in LANGUAGES if load_patterns(language) is patterns), "en")
        return self.texts.get(language, self.pattern)


def constraint(subject: Subject) -> Iterator[Finding]:
    """What the registry's own constraints demand is so.

    A registry says its own rules in `org/constraints.yaml`, in words and as a condition on fields. The guide to constraints
    explains how. The severity is the one that the constraint gives.

    Wrong:

    ```yaml
    constraints: [{id: lean-division, says: a division has no deputies, for: units, must: {deputies: absent}}]
    legal.yaml: {name: Legal Division, head: lawyer, deputies: [counsel]}
    ```

    Right:

    ```yaml
    constraints: [{id: lean-division, says: a division has no deputies, for: units, must: {deputies: absent}}]
    legal.yaml: {name: Legal Division, head: lawyer}
    ```
    """
    constraints = subject.settings.constraints
    if not constraints:
        return
    world = World(subject.hierarchy)
    things: dict[str, Sequence[Any]] = {}
    for compiled in _compile(constraints):
        about = compiled.constraint.subjects
        if about not in things:
            things[about] = _things(world, about)
        yield from _check(compiled, world, things[about])


def _check(compiled: _Compiled, world: World, things: Sequence[Any]) -> Iterator[Finding]:
    rule, where, must, field = compiled
    exempt = {
        one.ref.id for one in rule.exceptions if one.organisation is None or one.organisation.id == world.organisation.id
    }  # fmt: skip
    note = Note(rule.place, Sentence("the constraint {id} demands it", id=rule.id))
    says = Saying(rule.says)
    for thing in things:
        if thing.id in exempt or (where is not None and where(world, thing) is not True) or must(world, thing) is not False:
            continue
        sentence = Sentence("{subject}: {says}", subject=thing.id, says=says)
        yield Finding(_place(world, thing, field), sentence, (note,), severity=rule.severity)


def _things(world: World, about: str) -> Sequence[Any]:
    institution = world.institution
    if about == "organisations":
        return [world.organisation]
    if about == "units":
        return [unit for unit in institution.units.values() if unit.id != world.organisation.id]
    if about == "posts":
        return list(institution.positions.values())
    if about == "functions":
        return list(world.functions.values())
    return list(institution.acts.values())


def list_ids(institution: Institution, about: str) -> Iterator[str]:
    """The ids of all things in an institution that a constraint can be about."""
    if about == "organisations":
        yield institution.organisation.id
    elif about == "units":
        yield from institution.units
    elif about == "posts":
        yield from institution.positions
    elif about == "functions":
        for unit in institution.establishments:
            yield from (f"{unit.id}/{clause.id}" for clause in walk_clauses(unit.functions) if clause.id is not None)
    else:
        yield from institution.acts


def _place(world: World, thing: Any, field: str | None) -> Place:
    """Where it is said that a thing breaks a constraint: at the field concerned, or at its name."""
    place: Place = thing.place
    if isinstance(thing, Position | Unit):
        kind = "organisation" if isinstance(thing, Organisation) else "unit" if isinstance(thing, Unit) else "post"
        if field is not None and is_present(FIELDS[kind][field].get, wanted=True)(world, thing) and _stands(thing, field):
            return place.under(field)
        return place.under("title" if isinstance(thing, Position) else "name")
    return place


def _stands(thing: Any, field: str) -> bool:
    """Whether a field stands in the thing's own file: a list may come from clause sets, a value may be a default."""
    own = getattr(thing, field, None)
    return not (own is None or own is False or own == ())


RULES = (error("OD460", "constraint", constraint),)
