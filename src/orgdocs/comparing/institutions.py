"""What changed in one institution: its things compared pair by pair, what came and went, and all of it put in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from orgdocs.comparing.changes import Change, Kind, Subject
from orgdocs.comparing.clauses import ClauseComparison
from orgdocs.comparing.posts import LISTS as POST_LISTS
from orgdocs.comparing.posts import compare_post_lists, compare_posts, compare_sets, describe_post, list_whole
from orgdocs.comparing.recording import Record
from orgdocs.comparing.units import LISTS as UNIT_LISTS
from orgdocs.comparing.units import (
    compare_acts,
    compare_bodies,
    compare_organisations,
    compare_people,
    compare_unit_lists,
    compare_units,
    describe_unit,
    list_whole_unit,
)
from orgdocs.hierarchy import walk_clauses
from orgdocs.problems import Place, Sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from orgdocs.comparing.changes import Value
    from orgdocs.comparing.pairing import E, Pairs
    from orgdocs.comparing.sides import Side, Sides
    from orgdocs.model import Clause, Clauses, Entity

_CAME = {
    "unit": Sentence("new unit"),
    "post": Sentence("new post"),
    "body": Sentence("new body"),
    "act": Sentence("new act"),
    "clauses": Sentence("new clause set"),
    "person": Sentence("new approver"),
    "organisation": Sentence("new organisation"),
}
_WENT = {
    "unit": Sentence("unit dissolved"),
    "post": Sentence("post abolished"),
    "body": Sentence("body removed"),
    "act": Sentence("act removed"),
    "clauses": Sentence("clause set removed"),
    "person": Sentence("approver removed"),
    "organisation": Sentence("organisation removed"),
}


def compare_institutions(sides: Sides) -> list[Change]:
    """All changes of an institution that is there in both versions, in the order of the papers."""
    changes = _Comparing(sides).compare()
    return _in_order(sides, changes)


def whole_institution(side: Side, *, came: bool) -> Change:
    """An organisation that came or went."""
    organisation = side.institution.organisation
    subject = side.subject(organisation)
    details: dict[str, Any] = {"kind": Kind.ADDED, "what": _CAME["organisation"], "now": organisation.place}
    if not came:
        details = {"kind": Kind.REMOVED, "what": _WENT["organisation"], "was": organisation.place}
    return Change(organisation=organisation.id, subject=subject, **details)


class _Comparing:
    def __init__(self, sides: Sides) -> None:
        self.sides = sides
        self.changes: list[Change] = []
        self.records: list[Record] = []

    def compare(self) -> list[Change]:
        """Units come first: what their functions are called now is known before duties refer to them."""
        clauses = ClauseComparison(self.sides)
        self._organisation(clauses)
        self._units(clauses)
        clauses.settle(_clauses_of_units)
        clauses = ClauseComparison(self.sides)
        self._bodies_and_acts()
        self._sets(clauses)
        self._posts(clauses)
        clauses.settle(_clauses_of_posts)
        for record in self.records:
            self.changes += record.changes
        return [self._with_reach(change) if change.subject.kind == "clauses" else change for change in self.changes]

    def _record(self, before: Entity, after: Entity) -> Record:
        record = Record(self.sides, before, after)
        self.records.append(record)
        return record

    def _renamed(self, record: Record) -> None:
        if record.before.id != record.after.id:
            places = {"was": record.before.place, "now": record.after.place}
            record.add(Kind.RENAMED, Sentence("id"), "id", before=record.before.id, after=record.after.id, **places)

    # -- what came and went ---------------------------------------------------------------------------------------

    def _came_and_went(self, pairs: Pairs[E], describe: Callable[[Side, E], Value | None]) -> None:
        for entity in pairs.removed:
            subject = self.sides.before.subject(entity)
            told = describe(self.sides.before, entity)
            self._event(Kind.REMOVED, subject, _WENT[subject.kind], before=told, was=entity.place)
        for entity in pairs.added:
            subject = self.sides.after.subject(entity)
            told = describe(self.sides.after, entity)
            self._event(Kind.ADDED, subject, _CAME[subject.kind], after=told, now=entity.place)
        for formers, entity in pairs.merged:
            gone = tuple(str(self.sides.before.subject(former)) for former in formers if former.id != entity.id)
            what = Sentence("merged from") if len(gone) == len(formers) else Sentence("merged with it")
            places = {"was": formers[0].place, "now": entity.place}
            self._event(Kind.MERGED, self.sides.after.subject(entity), what, after=gone, **places)
        for former, entities in pairs.divided:
            names = tuple(str(self.sides.after.subject(entity)) for entity in entities)
            places = {"was": former.place, "now": entities[0].place}
            self._event(Kind.DIVIDED, self.sides.before.subject(former), Sentence("divided into"), after=names, **places)

    def _event(self, kind: Kind, subject: Subject, what: Sentence, **details: Any) -> None:
        self.changes.append(Change(kind=kind, organisation=self.sides.organisation, subject=subject, what=what, **details))

    def _groups(self, pairs: Pairs[E]) -> Iterator[tuple[Record, Sequence[E], Sequence[E]]]:
        """What was merged and what was divided, each with all that it was and all that it is."""
        for formers, entity in pairs.merged:
            yield self._record(formers[0], entity), formers, (entity,)
        for former, entities in pairs.divided:
            record = self._record(former, entities[0])
            record.subject = self.sides.before.subject(former)
            yield record, (former,), entities

    # -- kind by kind ---------------------------------------------------------------------------------------------

    def _organisation(self, clauses: ClauseComparison) -> None:
        old, new = self.sides.before.institution, self.sides.after.institution
        before, after = old.organisation, new.organisation
        record = self._record(before, after)
        if before.profile and after.profile and before != after:  # otherwise one of the files could not be read
            compare_units(record, before, after)
            compare_organisations(record, before, after)
            compare_unit_lists(record, clauses, (before,), (after,))
        if old.wording != new.wording and not any(kind == "wording" for kind, _ in old.broken | new.broken):
            self._compare_tables(record, "wording", _flat(old.wording), _flat(new.wording))
        if old.classifiers != new.classifiers and not any(kind == "classifiers" for kind, _ in old.broken | new.broken):
            self._compare_tables(record, "classifiers", _flat(old.classifiers), _flat(new.classifiers))

    def _compare_tables(self, record: Record, name: str, before: Mapping[Any, str], after: Mapping[Any, str]) -> None:
        """The files beside organisation.yaml: text by text."""
        path = f"org/{self.sides.organisation}/{name}.yaml"
        for route in dict.fromkeys((*before, *after)):
            said = ", ".join(map(str, route))
            what = (
                Sentence("own wording: {route}", route=said) if name == "wording" else Sentence("own classifier code: {route}", route=said)
            )
            was, now = (Place(path, route) if route in side else None for side in (before, after))
            field = (name, *map(str, route))
            record.words(Kind.REWORDED, what, field, before.get(route), after.get(route), was=was, now=now)

    def _units(self, clauses: ClauseComparison) -> None:
        pairs = self.sides.units
        self._came_and_went(pairs, describe_unit)
        for before, after in pairs.kept:
            if before == after:
                continue
            record = self._record(before, after)
            self._renamed(record)
            compare_units(record, before, after)
            compare_unit_lists(record, clauses, (before,), (after,))
        for record, formers, entities in self._groups(pairs):
            compare_unit_lists(record, clauses, formers, entities)
        for came, entities_alone in ((True, pairs.added), (False, pairs.removed)):
            for unit in entities_alone:
                list_whole_unit(self._record(unit, unit), clauses, unit, came=came)

    def _bodies_and_acts(self) -> None:
        self._came_and_went(self.sides.bodies, lambda side, body: None)  # noqa: ARG005
        self._came_and_went(self.sides.acts, lambda side, act: None)  # noqa: ARG005
        for body, body_after in self.sides.bodies.kept:
            record = self._record(body, body_after)
            self._renamed(record)
            compare_bodies(record, body, body_after)
        self._came_and_went(self.sides.people, lambda side, person: None)  # noqa: ARG005
        for person, person_after in self.sides.people.kept:
            record = self._record(person, person_after)
            self._renamed(record)
            compare_people(record, person, person_after)
        for act, act_after in self.sides.acts.kept:
            record = self._record(act, act_after)
            self._renamed(record)
            compare_acts(record, act, act_after)

    def _sets(self, clauses: ClauseComparison) -> None:
        pairs = self.sides.sets
        self._came_and_went(pairs, lambda side, one: None)  # noqa: ARG005
        for before, after in pairs.kept:
            if before == after:
                continue
            record = self._record(before, after)
            self._renamed(record)
            compare_sets(record, clauses, before, after)
        for came, sets in ((True, pairs.added), (False, pairs.removed)):
            for one in sets:
                list_whole(self._record(one, one), clauses, one, came=came)

    def _posts(self, clauses: ClauseComparison) -> None:
        pairs = self.sides.posts
        self._came_and_went(pairs, describe_post)
        for before, after in pairs.kept:
            if before == after:
                continue
            record = self._record(before, after)
            self._renamed(record)
            compare_posts(record, before, after)
            compare_post_lists(record, clauses, (before,), (after,))
        for record, formers, entities in self._groups(pairs):
            compare_post_lists(record, clauses, formers, entities)
        for came, posts in ((True, pairs.added), (False, pairs.removed)):
            for post in posts:
                list_whole(self._record(post, post), clauses, post, came=came)

    def _with_reach(self, change: Change) -> Change:
        """The change of a clause set with the posts that it reaches."""
        from dataclasses import replace  # noqa: PLC0415

        side = self.sides.before if change.kind is Kind.REMOVED and not change.field else self.sides.after
        posts = [
            side.subject(post) for post in side.hierarchy.positions() if any(ref.id == change.subject.id for ref in post.includes)
        ]  # fmt: skip
        return replace(change, reach=tuple(posts))


def _clauses_of_units(side: Side) -> Iterator[Clause]:
    institution = side.institution
    for unit in institution.establishments:
        for field in UNIT_LISTS:
            yield from walk_clauses(getattr(unit, field))


def _clauses_of_posts(side: Side) -> Iterator[Clause]:
    institution = side.institution
    holders: tuple[Clauses, ...] = (*institution.clause_sets.values(), *institution.positions.values())
    for holder in holders:
        for field in POST_LISTS:
            yield from walk_clauses(getattr(holder, field))


def _flat(data: Any, route: tuple[Any, ...] = ()) -> dict[tuple[Any, ...], str]:
    """The texts in nested maps and lists, by route."""
    if isinstance(data, str):
        return {route: data}
    items = data.items() if hasattr(data, "items") else enumerate(data or ())
    return {key: text for step, value in items for key, text in _flat(value, (*route, step)).items()}


# -- order ----------------------------------------------------------------------------------------------------------

_FIRST = {"organisation": 0, "person": 1, "body": 2, "act": 3, "clauses": 4}
_UNITS = 5

_FIELDS = (
    "", "id", "title", "name", "forms", "short_title", "short_name", "short_forms", "unit", "parent", "order", "kind", "category",
    "classifier", "grade", "head", "deputies", "reports_to", "accountable_to", "coordinated_by", "appointed_by", "dismissed_by",
    "substituted_by", "substitution", "staffing", "qualification", "legal_entity", "status", "subordinate_to", "cooperates_with",
    "codes", "address", "predecessors", "basis", "guided_by", "includes", "general", "must_know", "tasks", "functions", "duties",
    "rights", "responsibility", "structure", "leadership", "interaction", "relations", "indicators", "evaluation", "final",
)  # fmt: skip
"""The fields in about the order of the papers; all others come after them as they were compared."""


def _in_order(sides: Sides, changes: list[Change]) -> list[Change]:
    """The changes by subject, in the order of the papers, and by field."""
    ranks = _rank_subjects(sides)
    fields = {field: number for number, field in enumerate(_FIELDS)}

    def key(change: Change) -> tuple[Any, ...]:
        subject = change.subject
        rank = ranks.get((subject.kind, subject.id), (_FIRST.get(subject.kind, 9),))
        return (rank, subject.id if len(rank) == 1 else "", fields.get(change.field.split(".", maxsplit=1)[0], len(fields)), _depth(change))

    return sorted(changes, key=key)


def _depth(change: Change) -> tuple[int, ...]:
    place = change.now or change.was
    return tuple(step for step in place.route if isinstance(step, int)) if place is not None else ()


def _rank_subjects(sides: Sides) -> dict[tuple[str, str], tuple[int, ...]]:
    """Where units and posts stand in the papers; those that are gone stand where they were."""
    ranks: dict[tuple[str, str], tuple[int, ...]] = {}
    numbers: dict[str, int] = {}
    organisation = sides.after.institution.organisation
    for number, unit in enumerate(sides.after.hierarchy.branch(organisation)):
        numbers[unit.id] = number
        ranks.setdefault(("unit", unit.id), (_UNITS, number, 0))
        for index, post in enumerate(sides.after.hierarchy.members(unit)):
            ranks[("post", post.id)] = (_UNITS, number, 1, index)
    above = 0
    for number, unit in enumerate(sides.before.hierarchy.branch(sides.before.institution.organisation)):
        above = numbers.get(sides.now(unit.id), above)
        is_there = sides.now(unit.id) in numbers
        ranks.setdefault(("unit", unit.id), (_UNITS, above, 3, number, 0))
        for index, post in enumerate(sides.before.hierarchy.members(unit)):
            ranks.setdefault(("post", post.id), (_UNITS, above, 2, index) if is_there else (_UNITS, above, 3, number, 1, index))
    return ranks
