"""All texts of an institution that people read, each with its place and language: one walk for everybody who reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from orgdocs.model.entities import (
    Act,
    Body,
    Clause,
    Clauses,
    Entity,
    Forms,
    Organisation,
    Paper,
    PayPart,
    Position,
    Predecessor,
    Text,
    Unit,
)
from orgdocs.model.registry import Institution
from orgdocs.problems import Place


class Passage(NamedTuple):
    """One text in one language, where it stands, and what it belongs to."""

    text: str
    place: Place
    language: str
    entity: Entity


def walk_texts(institution: Institution) -> Iterator[Passage]:
    """Every text and name of an institution, file by file, in about the order in which papers print them.

    Names of persons, ids, codes and the numbers of papers are no texts. The institution's own wording is none either: it
    consists of patterns.
    """
    for entity in entities_with_texts(institution):
        yield from texts_of(entity, institution.organisation.language)


def entities_with_texts(institution: Institution) -> Iterator[Entity]:
    """Everything in an institution that has texts, file by file."""
    yield institution.organisation
    for entities in (institution.bodies, institution.units, institution.acts, institution.clause_sets, institution.positions):
        yield from entities.values()


def texts_of(entity: Entity, home: str) -> list[Passage]:
    """The texts of one entity; a text without a language is in that of its home."""
    walk = _Walk(entity, home)
    if isinstance(entity, Unit):
        return walk.establishment(entity)
    if isinstance(entity, Position):
        return walk.position(entity)
    if isinstance(entity, Body):
        return walk.body(entity)
    if isinstance(entity, Act):
        walk.named("title", entity.title)
        walk.forms("forms", entity.forms)
    elif isinstance(entity, Clauses):
        walk.clause_lists(entity)
    return walk.passages


class _Walk:
    """Gathers the passages of one entity."""

    def __init__(self, entity: Entity, home: str) -> None:
        self.entity = entity
        self.home = home
        # A body or act is placed at its key; what lies below it is a value.
        self.top = Place(entity.place.path, entity.place.route)
        self.passages: list[Passage] = []

    def establishment(self, unit: Unit) -> list[Passage]:
        """The texts of a unit or organisation."""
        self.named("name", unit.name)
        self.forms("forms", unit.forms)
        self.named("short_name", unit.short_name)
        self.forms("short_forms", unit.short_forms)
        self.named("status", unit.status)
        self.named("address", unit.address)
        if isinstance(unit, Organisation):
            self.named("place", unit.place_of_issue)
        for predecessor in unit.predecessors:
            self.predecessor(predecessor)
        for ties in (unit.subordinate_to, unit.accountable_to, unit.coordinated_by, unit.cooperates_with):
            for tie in ties:
                self.matter(tie.to.place, tie.matter)
        self.leads(unit.leads)
        for clauses in (unit.general, unit.tasks, unit.functions, unit.rights):
            self.clauses(clauses)
        self.named_below(("structure", "open"), unit.structure_open)
        for clauses in (unit.structure_clauses, unit.leadership_clauses, unit.powers, unit.interaction, unit.final):
            self.clauses(clauses)
        for territory, text in unit.territories.items():
            self.named_below(("territories", territory), text)
        if unit.emblem is not None:
            self.text(unit.emblem.description, unit.emblem.place.under("description"))
        self.paper("regulation", unit.regulation)
        return self.passages

    def body(self, body: Body) -> list[Passage]:
        """The texts of a body."""
        self.named("name", body.name)
        self.forms("forms", body.forms)
        self.named("short_name", body.short_name)
        self.forms("short_forms", body.short_forms)
        return self.passages

    def position(self, position: Position) -> list[Passage]:
        """The texts of a post."""
        self.named("title", position.title)
        self.forms("forms", position.forms)
        self.named("short_title", position.short_title)
        self.forms("short_forms", position.short_forms)
        for ties in (position.accountable_to, position.coordinated_by):
            for tie in ties:
                self.matter(tie.to.place, tie.matter)
        self.named("substitution", position.substitution)
        for index, alternative in enumerate(position.qualification):
            route: tuple[str | int, ...] = ("qualification", "any_of", index)
            if alternative.education is not None:
                for number, field in enumerate(alternative.education.fields):
                    self.named_below((*route, "education", "fields", number), field)
            self.named_below((*route, "training"), alternative.training)
            self.named_below((*route, "experience", "in"), alternative.experience_in)
            self.named_below((*route, "text"), alternative.text)
        self.leads(position.leads)
        self.clause_lists(position)
        for relation in position.relations:
            if relation.who is not None:
                self.text(relation.who, relation.place.under("who"))
            self.clauses(relation.receives)
            self.clauses(relation.provides)
        if (staffing := position.staffing) is not None:
            self.pay("allowances", staffing.allowances)
            self.pay("additions", staffing.additions)
            self.named_below(("staffing", "funding"), staffing.funding)
            self.named_below(("staffing", "note"), staffing.note)
        self.paper("job_description", position.job_description)
        return self.passages

    def clause_lists(self, clauses: Clauses) -> None:
        """The clauses that a post or a clause set holds."""
        for part in (
            clauses.must_know, clauses.general, clauses.duties, clauses.rights, clauses.responsibility, clauses.interaction,
            clauses.indicators, clauses.evaluation,
        ):  # fmt: skip
            if part:
                self.clauses(part)

    def paper(self, key: str, paper: Paper) -> None:
        """The texts among the particulars of a paper, with its arrangement."""
        self.named_below((key, "annex", "to"), paper.annex_to)
        if (arrangement := paper.arrangement) is None:
            return
        for part in ("stamp", "head", "title", "preamble", "closing"):
            for index, line in enumerate(getattr(arrangement, part)):
                self.named_below((key, "arrangement", part, index), line)
        for section in arrangement.sections:
            for field in ("heading", "lead"):
                if (text := getattr(section, field)) is not None:
                    self.text(text, section.place.under(field))
            for index, text in enumerate(section.columns):
                self.text(text, section.place.under("columns", index))
            self.clauses(section.clauses)

    def clauses(self, clauses: Iterable[Clause]) -> None:
        """Clauses and what lies below them."""
        for clause in clauses:
            text = clause.text
            if isinstance(text, str):
                self.passages.append(Passage(text, clause.place, self.home, self.entity))
            else:
                self.text(text, clause.place)
            if clause.items:
                self.clauses(clause.items)

    def pay(self, key: str, parts: Iterable[PayPart]) -> None:
        """What parts of pay are called."""
        for index, part in enumerate(parts):
            self.named_below(("staffing", key, index, "kind"), part.kind)

    def predecessor(self, predecessor: Predecessor) -> None:
        """The name of a predecessor."""
        self.text(predecessor.name, predecessor.place.under("name"))
        for case, form in predecessor.forms.items():
            self.text(form, predecessor.place.under("forms", case))

    def leads(self, leads: Mapping[str, Text]) -> None:
        """Sentences before lists."""
        for key, text in leads.items():
            self.named_below(("leads", key), text)

    def matter(self, place: Place, text: Text | None) -> None:
        """The matter of a tie, which stands beside the id that ``place`` leads to."""
        if text is not None:
            self.text(text, Place(place.path, (*place.route[:-1], "matter")))

    def forms(self, key: str, forms: Forms) -> None:
        """The case forms of a name."""
        for case, form in forms.items():
            self.text(form, self.top.under(key, case))

    def named(self, key: str, text: Text | None) -> None:
        """The text of a field of the entity."""
        if text is not None:
            self.text(text, self.top.under(key))

    def named_below(self, route: tuple[str | int, ...], text: Text | None) -> None:
        """A text that lies deeper."""
        if text is not None:
            self.text(text, self.top.under(*route))

    def text(self, text: Text, place: Place) -> None:
        """A text, or one for each language."""
        if isinstance(text, str):
            self.passages.append(Passage(text, place, self.home, self.entity))
            return
        for language, translation in text.items():
            self.passages.append(Passage(translation, place.under(language), language, self.entity))
