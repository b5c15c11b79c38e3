"""What a wording may speak of: the facts about a post or unit as plain data, drawn from the model and the hierarchy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orgdocs.language import CASE_NAMES, format_day, plural
from orgdocs.model import Body, Position, Unit, forms_in, text_in
from orgdocs.problems import Finding, Place, Route, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgdocs.contents.wording import Name
    from orgdocs.hierarchy import Hierarchy
    from orgdocs.model import Act, Actor, Alternative, Appointment, Approval, Clause, Forms, Predecessor, Ref, Text, Tie
    from orgdocs.profiles import Profile


PROPOSABLE = frozenset({"uk", "ru"})
"""Languages in which orgdocs can propose case forms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingForm(Finding):
    """A case form that a paper needs and does not find: of which name, in which language, and the field that would hold it."""

    name: str
    route: Route
    case: str
    language: str


class Line(dict[str, Any]):
    """A clause in a view: ``text``, ``items``, and in an arranged paper ``tells``, the fields that it says."""


class Sight:
    """Looks at one institution in one language, and notes what it could not find there.

    ``findings`` gathers the forms and languages that are missing. A paper that needed one of them is not printed.
    """

    def __init__(self, hierarchy: Hierarchy, profile: Profile, language: str) -> None:
        self.hierarchy = hierarchy
        self.institution = hierarchy.institution
        self.profile = profile
        self.language = language
        self.home = hierarchy.institution.organisation.language
        self.words: dict[str, Any] = profile.data["words"]
        self.missing: list[tuple[int, str]] = []
        self._places: list[tuple[Place, str, str, Forms]] = []
        self._names: dict[tuple[str, str, str], Name] = {}
        self._untold: dict[Place, Finding] = {}

    # -- texts and names ------------------------------------------------------------------------------------------

    def text(self, text: Text | None, place: Place) -> str:
        """A text in the language of the paper; a text that is not given in it is noted."""
        if text is None:
            return ""
        said = text_in(text, self.language, self.home)
        if said is not None:
            return said
        self._untold[place] = self._untold_at(place)
        return ""

    def _untold_at(self, place: Place, hint: Sentence | None = None) -> Finding:
        sentence = Sentence("this text is not given in the language {language}, in which the paper is asked for", language=self.language)
        return Finding(place, sentence, hint=hint)

    def name(self, name: Text, forms: Forms, place: Place, key: str) -> Name:
        """A name with its case forms. ``key`` is the field that a missing form would have to be written under."""
        nominative = self.text(name, place)
        self._places.append((place, key, nominative, forms))
        return {"nominative": nominative, "forms": forms_in(forms, self.language, self.home), "at": len(self._places) - 1}

    def _cached(self, kind: str, entity_id: str, name: Text, forms: Forms, place: Place, key: str = "forms") -> Name:
        cache_key = (kind, entity_id, key)
        found = self._names.get(cache_key)
        if found is None:
            found = self.name(name, forms, place, key)
            if found["nominative"]:  # what is missing must be missed by every paper that needs it
                self._names[cache_key] = found
        return found

    def post(self, position: Position) -> Name:
        """The full title of a post."""
        return self._cached("position", position.id, position.title, position.forms, position.place.under("title"))

    def term(self, position: Position) -> Name:
        """The short title of a post, or the full one."""
        if position.short_title is None:
            return self.post(position)
        place = position.place.under("short_title")
        return self._cached("position", position.id, position.short_title, position.short_forms, place, "short_forms")

    def unit(self, unit: Unit) -> Name:
        """The full name of a unit or the organisation."""
        return self._cached("unit", unit.id, unit.name, unit.forms, unit.place.under("name"))

    def unit_term(self, unit: Unit) -> Name:
        """The short name of a unit, or the full one."""
        if unit.short_name is None:
            return self.unit(unit)
        return self._cached("unit", unit.id, unit.short_name, unit.short_forms, unit.place.under("short_name"), "short_forms")

    def actor(self, actor: Actor) -> Name:
        """The title of a post or the name of a body."""
        return self._body(actor) if isinstance(actor, Body) else self.post(actor)

    def _body(self, body: Body) -> Name:
        """The name of a body; under ``short`` its short name, which the running text takes after the first mention."""
        top = Place(body.place.path, body.place.route)
        name = self._cached("body", body.id, body.name, body.forms, top.under("name"))
        if body.short_name is None:
            return name
        return {**name, "short": self._cached("body", body.id, body.short_name, body.short_forms, top.under("short_name"), "short_forms")}

    def introduced_in(self, text: str) -> Iterator[int]:
        """Under which numbers the places of those bodies are kept whose short name a text introduces itself: (далі – Рада)."""
        for body in self.institution.bodies.values():
            short = text_in(body.short_name, self.language, self.home) if body.short_name is not None else None
            if short is not None and self.words["citation"]["term"].replace("TERM", short) in text:
                yield self._body(body)["at"]

    def act(self, act: Act) -> Name:
        """The title of an act, with its ``number`` and ``date`` where they are given."""
        place = Place(act.place.path, (*act.place.route, "title"))
        name = self._cached("act", act.id, act.title, act.forms, place)
        return {**name, "number": act.number or "", "date": self.day(act.date) if act.date else ""}

    def cited(self, refs: Iterable[Ref]) -> list[Name]:
        """Acts by their ids, in every case form with the date and number: Приказ … от 27.12.2007 № 561-ст."""
        names = []
        for name in self.acts(refs):
            # In the order of the language: от 27.12.2007 № 561-ст, but No. 12 of 30 June 1998.
            said = {"date": ("DATE", name["date"]), "number": ("NUMBER", name["number"])}
            parts = [pattern.replace(*said[key]) for key, pattern in self.words["citation"].items() if key in said and said[key][1]]
            tail = "".join(f" {part}" for part in parts)
            forms = {case: form + tail for case, form in name["forms"].items()}
            names.append({**name, "nominative": name["nominative"] + tail, "forms": forms})
        return names

    def predecessor(self, predecessor: Predecessor) -> Name:
        """The name of a predecessor with its code."""
        name = self.name(predecessor.name, predecessor.forms, predecessor.place.under("name"), "forms")
        return {**name, "code": predecessor.code}

    def referred(self, ref: Ref | None) -> Name | None:
        """The name of whatever post, body or unit an id stands for; None if there is none, which a rule reports."""
        if ref is None:
            return None
        actor = self.institution.actor(ref.id)
        if actor is not None:
            return self.actor(actor)
        unit = self.institution.unit(ref.id)
        return self.unit(unit) if unit is not None else None

    def ties(self, ties: Iterable[Tie]) -> list[Name]:
        """The other ends of ties, each with its ``matter``."""
        found = []
        for tie in ties:
            name = self.referred(tie.to)
            if name is not None:
                found.append({**name, "matter": self.text(tie.matter, tie.to.place)})
        return found

    def acts(self, refs: Iterable[Ref]) -> list[Name]:
        """Acts by their ids."""
        return [self.act(self.institution.acts[ref.id]) for ref in refs if ref.id in self.institution.acts]

    def lines(self, clauses: Iterable[Clause], *, arranged: bool = False) -> list[Line]:
        """Clauses with their items.

        Those that tell fields are there only in an arranged paper; in any other the profile has a sentence for the fields.
        """
        if not arranged:
            return [
                Line(text=self.text(clause.text, clause.place), items=self.lines(clause.items)) for clause in clauses if not clause.tells
            ]
        return [
            Line(text=self.text(clause.text, clause.place), items=self.lines(clause.items, arranged=True), tells=clause.tells)
            for clause in clauses
        ]

    def word(self, group: str, value: str | None, form: str | None = None) -> str:
        """The word of the language for a value of the model."""
        if value is None:
            return ""
        word: Any = self.words.get(group, {}).get(value, "")
        return str(word.get(form, "") if isinstance(word, dict) else word)

    # -- facts ----------------------------------------------------------------------------------------------------

    def appointment(self, appointment: Appointment | None) -> dict[str, Any] | None:
        """Who appoints, by which act, on whose proposal."""
        if appointment is None or (by := self.referred(appointment.by)) is None:
            return None
        return {
            "by": by,
            "act": self.act_kind(appointment.act),
            "on_proposal_of": self.referred(appointment.on_proposal_of),
        }

    def act_kind(self, kind: str | None) -> Name | None:
        """The word for a kind of act as a name with case forms."""
        return None if kind is None else self.common_name("acts", kind)

    def common_name(self, group: str, value: str) -> Name:
        """A word of the language for a value of the model, as a name with case forms."""
        word = self.words[group][value]
        if isinstance(word, str):
            word = {"nominative": word}  # an institution's own word without its cases
        return {"nominative": word["nominative"], "forms": word, "at": 0}

    def alternatives(self, alternatives: Iterable[Alternative], place: Place) -> list[str]:
        """Each way to qualify as one phrase in the nominative."""
        return [self._alternative(alternative, place) for alternative in alternatives]

    def _alternative(self, alternative: Alternative, place: Place) -> str:
        words = self.words["qualification"]
        parts = []
        if alternative.education:
            level = self.word("education", alternative.education.level)
            fields = [self.text(field, place) for field in alternative.education.fields]
            joined = words["fields_between"].join([", ".join(fields[:-1]), *fields[-1:]] if len(fields) > 1 else fields)
            parts.append(words["fields"].replace("LEVEL", level).replace("FIELDS", joined) if fields else level)
        if alternative.training:
            parts.append(self.text(alternative.training, place))
        if alternative.years is not None:
            matter = self.text(alternative.experience_in, place)
            if alternative.years == 0:
                phrase = f"{words['no_experience']} MATTER"
            else:
                years = self.words["years"][plural(alternative.years, self.language)]
                phrase = words["experience"].replace("YEARS", f"{alternative.years}\N{NO-BREAK SPACE}{years}")
            parts.append(phrase.replace("MATTER", matter) if matter else phrase.replace(" MATTER", ""))
        if alternative.text:
            parts.append(self.text(alternative.text, place))
        return ", ".join(parts)

    def approval(self, kind: str, subject: Unit | Position) -> Approval | None:
        """The entry of the approval matrix that fits a paper about a unit or post."""
        return find_approval(self.hierarchy, kind, subject)

    def approvers(self, kind: str, level: str) -> dict[str, Any] | None:
        """Who approves a kind of paper on a level, for the clauses that say so."""
        for approval in self.institution.organisation.approvals:
            if approval.paper == kind and approval.of in {None, level} and not approval.subjects:
                by = self.referred(approval.by)
                return {"by": by, "act": self.act_kind(approval.act)} if by else None
        return None

    def holder(self, actor: Actor) -> dict[str, str]:
        """The parts of the name of whoever holds a post or office, for the profile's way of printing it; empty if nobody is given."""
        person = actor.holder
        if person is None:
            return {}
        if self.language != self.home:
            spelling = person.spelled.get(self.language)
            if spelling is None:
                place = Place(actor.place.path, (*actor.place.route, "holder"), at_key=True)
                self._untold[place] = self._untold_at(place, Sentence("write it as {field}", field=f"holder.spelled.{self.language}"))
                return {}
            person = spelling
        patronymic = person.patronymic or ""
        initials = "".join(f"{part[0]}." for part in (person.given, patronymic) if part)
        return {"given": person.given, "family": person.family, "patronymic": patronymic, "initials": initials}

    def holder_name(self, actor: Actor) -> Name | None:
        """The whole name of whoever holds a post or office, with its case forms; None if nobody is given."""
        if actor.holder is None or not (parts := self.holder(actor)):
            return None
        whole = " ".join(part for part in (parts["family"], parts["given"], parts["patronymic"]) if part)
        place = Place(actor.place.path, (*actor.place.route, "holder", "family"))
        return self.name({self.language: whole}, actor.holder.forms, place, "forms")

    def day(self, day: Any) -> str:
        """A date in the way of the profile."""
        return format_day(day, self.language, self.profile.data["dates"])

    # -- what was not found ---------------------------------------------------------------------------------------

    def findings(self) -> tuple[list[Finding], list[Finding]]:
        """Missing case forms and missing languages so far, each once, and forget them."""
        forms: dict[tuple[Place, str], Finding] = {}
        for at, case in self.missing:
            place, key, name, given = self._places[at]
            if not name:
                continue  # the name itself is missing, and that is told
            at_key = Place(place.path, place.route, at_key=False)
            field = ".".join(str(step) for step in (*place.route[:-1], key, case))
            if self.language == self.home:
                sentence = Sentence("{name}: a paper needs the {case}, and it is not given", name=name, case=CASE_NAMES[case])
            else:
                sentence = Sentence(
                    "{name}: a paper needs the {case}, and it is not given in the language {language}",
                    name=name, case=CASE_NAMES[case], language=self.language,
                )  # fmt: skip
            other = given.get(case)
            if isinstance(other, str):  # it has to become a map first
                field = f"{field}: {{{self.home}: {other}, {self.language}: …}}"
            elif self.language != self.home or other is not None:
                field = f"{field}.{self.language}"
            if self.language in PROPOSABLE:
                hint = Sentence("write it as {field}, or have it proposed: orgdocs forms --write", field=field)
            else:
                hint = Sentence("write it as {field}", field=field)
            route = (*place.route[:-1], key)
            missing = MissingForm(at_key, sentence, hint=hint, name=name, route=route, case=case, language=self.language)
            forms.setdefault((at_key, case), missing)
        untold = list(self._untold.values())
        self.missing.clear()
        self._untold.clear()
        return list(forms.values()), untold


def find_approval(hierarchy: Hierarchy, kind: str, subject: Unit | Position) -> Approval | None:
    """The first entry of the approval matrix that fits a paper about a unit or a post."""
    level = level_of(hierarchy, subject)
    for approval in hierarchy.institution.organisation.approvals:
        named = not approval.subjects or any(ref.id == subject.id for ref in approval.subjects)
        if approval.paper == kind and approval.of in {None, level} and named:
            return approval
    return None


def level_of(hierarchy: Hierarchy, subject: Unit | Position) -> str:
    """The level of papers about a unit or post: ``organisation`` for it and the posts directly under it, otherwise ``unit``."""
    organisation = hierarchy.institution.organisation
    if isinstance(subject, Position):
        return "unit" if subject.unit and subject.unit.id != organisation.id else "organisation"
    return "organisation" if subject is organisation else "unit"
