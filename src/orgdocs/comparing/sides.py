"""The two versions of one institution side by side: what corresponds to what, and how things are called in each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from orgdocs.comparing.changes import Subject
from orgdocs.comparing.pairing import E, Pairs, pair
from orgdocs.model import Act, Body, Holder, Organisation, Position, Unit, text_for

if TYPE_CHECKING:
    from orgdocs.hierarchy import Hierarchy
    from orgdocs.model import Clauses, Entity, Institution, Person, Ref, Text


@dataclass
class Side:
    """One version of an institution."""

    hierarchy: Hierarchy
    language: str = ""
    """The language of plain texts."""

    def __post_init__(self) -> None:
        self.language = self.language or self.institution.organisation.language

    @property
    def institution(self) -> Institution:
        """The institution itself."""
        return self.hierarchy.institution

    def say(self, text: Text) -> str:
        """A text in the language of the organisation, or in whichever it is."""
        return squeeze(text_for(text, self.language))

    def texts(self, text: Text | None) -> dict[str, str]:
        """A text by language; a plain one is in the language of the organisation."""
        if text is None:
            return {}
        return {self.language: squeeze(text)} if isinstance(text, str) else {key: squeeze(value) for key, value in text.items()}

    def subject(self, entity: Entity) -> Subject:
        """An entity as the subject of a change."""
        if isinstance(entity, Position):
            return Subject("post", entity.id, self.say(entity.title))
        if isinstance(entity, Act):
            return Subject("act", entity.id, self.say(entity.title))
        if isinstance(entity, Body):
            return Subject("body", entity.id, self.say(entity.name))
        if isinstance(entity, Unit):
            kind = "organisation" if isinstance(entity, Organisation) else "unit"
            return Subject(kind, entity.id, self.say(entity.name))
        if isinstance(entity, Holder):
            return Subject("person", entity.id, self.person(entity.name) or entity.id)
        return Subject("clauses", entity.id, entity.id)

    def person(self, person: Person | None) -> str | None:
        """Who holds a post."""
        return " ".join(part for part in (person.family, person.given, person.patronymic) if part) if person is not None else None

    def entity(self, entity_id: str) -> Entity | None:
        """Whatever an id stands for."""
        here = self.institution
        return here.actor(entity_id) or here.unit(entity_id) or here.acts.get(entity_id) or here.clause_sets.get(entity_id)

    def name(self, entity_id: str) -> str:
        """How an id is told to people: title and id, or the id alone where nothing has it."""
        entity = self.entity(entity_id)
        return str(self.subject(entity)) if entity is not None else entity_id


@dataclass
class Sides:
    """Both versions of an institution, and which things in them are the same."""

    before: Side
    after: Side
    units: Pairs[Unit] = field(init=False)
    posts: Pairs[Position] = field(init=False)
    bodies: Pairs[Body] = field(init=False)
    acts: Pairs[Act] = field(init=False)
    sets: Pairs[Clauses] = field(init=False)
    people: Pairs[Holder] = field(init=False)

    def __post_init__(self) -> None:
        old, new = self.before, self.after
        # Where the file of the organisation cannot be read, its language is that of the other version.
        old.language, new.language = old.language or new.language, new.language or old.language
        self.units = _pair(old, new, "unit", lambda institution: institution.units)
        self.posts = _pair(old, new, "position", lambda institution: institution.positions)
        self.bodies = _pair(old, new, "organisation", lambda institution: institution.bodies)
        self.acts = _pair(old, new, "acts", lambda institution: institution.acts)
        self.sets = _pair(old, new, "clauses", lambda institution: institution.clause_sets)
        self.people = _pair(old, new, "people", lambda institution: institution.people)
        self.functions: dict[str, str] = {}
        """The later ``unit/function`` by the earlier one, where it is another and the function is the same."""

    @property
    def organisation(self) -> str:
        """The id of the organisation."""
        return self.after.institution.organisation.id

    @cached_property
    def _now(self) -> Mapping[str, str]:
        return {**self.acts.now, **self.sets.now, **self.bodies.now, **self.units.now, **self.posts.now}

    def now(self, ref_id: str) -> str:
        """What an earlier id is called later."""
        return self._now.get(ref_id, ref_id)

    def function_now(self, ref_id: str) -> str:
        """What an earlier ``unit/function`` is called later."""
        if ref_id in self.functions:
            return self.functions[ref_id]
        unit, _, function = ref_id.partition("/")
        return f"{self.now(unit)}/{function}"

    def same(self, before: Ref | None, after: Ref | None) -> bool:
        """Whether two references mean the same thing."""
        if before is None or after is None:
            return before is after
        return self.now(before.id) == after.id


_IN_ONE_FILE = {"organisation", "acts", "people"}


def _pair(before: Side, after: Side, kind: str, of: Callable[[Institution], Mapping[str, E]]) -> Pairs[E]:
    """Pair the entities of one kind of file, without those whose file could not be read on either side."""
    old, new = of(before.institution), of(after.institution)
    unread = {key for broken, key in before.institution.broken | after.institution.broken if broken == kind}
    if not unread:
        return pair(old, new)
    if kind in _IN_ONE_FILE:
        return Pairs()
    return pair(*({key: entity for key, entity in entities.items() if key not in unread} for entities in (old, new)))


def squeeze(text: str) -> str:
    """A text on one line, with single spaces: how a text is folded in its file makes no difference."""
    if "  " not in text and "\n" not in text and text == text.strip():
        return text
    return _SPACES.sub(" ", text).strip()


_SPACES = re.compile(r"[ \t\r\n]+")
