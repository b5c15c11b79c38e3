"""The case forms that papers need of titles and names: which are given, which are missing, what is proposed for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeVar

from orgdocs.contents.planning import Writing, plan_papers
from orgdocs.contents.view import MissingForm
from orgdocs.documents import Document
from orgdocs.hierarchy import Hierarchy
from orgdocs.language import CASES, INFLECTED
from orgdocs.language.inflecting import Proposal, What, is_available, propose
from orgdocs.language.persons import can_decline, decline_person
from orgdocs.problems import Place, Route, Span
from orgdocs.rules.confirmations import Mark, find_marks

if TYPE_CHECKING:
    from orgdocs.model import Institution, Organisation, Unit
    from orgdocs.project import Project

    AnyUnit = TypeVar("AnyUnit", Unit, Organisation)

State = Literal["given", "proposed", "doubtful", "missing"]
"""What stands in the file: a form as a person gave or confirmed it, one still marked as proposed or as doubtful, or none."""

_EMPTY: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Form:
    """One case form that a paper needs."""

    case: str
    state: State
    stored: str = ""
    proposed: str = ""

    @property
    def differs(self) -> bool:
        """Whether the file has another form than the one that would be proposed."""
        return bool(self.stored and self.proposed) and self.proposed.casefold() not in {
            self.stored.casefold(),
            *_doublets(self.stored.casefold()),
        }


@dataclass(frozen=True, slots=True)
class Declension:
    """One name in one language with the forms that papers need of it."""

    organisation: str
    language: str
    name: str
    place: Place
    """Where the nominative stands."""
    span: Span
    route: Route
    """The field of its forms."""
    home: str
    """The language of the organisation: a form in the file that is no map is in it."""
    forms: Sequence[Form] = ()
    proposal: Proposal | None = field(default=None, compare=False)
    """None where there is no dictionary for the language."""

    @property
    def is_open(self) -> bool:
        """Whether a form is missing, or doubtful and not confirmed."""
        return any(form.state in {"missing", "doubtful"} for form in self.forms)

    @property
    def wants_a_look(self) -> bool:
        """Whether there is anything about it that a person should see."""
        sure = self.proposal is not None and self.proposal.is_sure
        return any(form.state != "given" or (form.differs and sure) for form in self.forms)


_ENDINGS = (("ові", "у"), ("еві", "ю"), ("еві", "у"), ("ою", "ой"), ("ею", "ей"))
"""Endings of which either is right, in Ukrainian datives and Russian instrumentals."""


def _doublets(form: str) -> Iterator[str]:
    """The form with the other of two endings that are as good: директору and директорові, машинисткой and машинисткою."""
    words = form.split(" ")
    for index, word in enumerate(words):
        for pair in _ENDINGS:
            for ending, other in (pair, pair[::-1]):
                if word.endswith(ending):
                    yield " ".join([*words[:index], word.removesuffix(ending) + other, *words[index + 1 :]])


def find_declensions(project: Project, organisation: str) -> list[Declension]:
    """Every name of an organisation that some paper needs in another case, file by file, in all languages of its papers."""
    bare = Hierarchy(_without_forms(project.registry.institutions[organisation]))
    found: dict[tuple[Place, str], dict[str, MissingForm]] = {}
    writing = Writing(bare)
    for paper, about in plan_papers(bare):
        if paper.language in INFLECTED:
            for finding in writing.write(paper, about).missing_forms:
                if isinstance(finding, MissingForm):
                    found.setdefault((finding.place, finding.language), {})[finding.case] = finding
    marks = {path: find_marks(project.documents[path]) for path in {place.path for place, _ in found}}
    declensions = [_declension(project, organisation, list(needs.values()), marks) for needs in found.values()]
    return sorted(declensions, key=lambda declension: (declension.place.path, declension.span, declension.language))


def _without_forms(institution: Institution) -> Institution:
    """The institution as if nobody had given any case forms: every one that is needed is missed then."""

    def bare(unit: AnyUnit) -> AnyUnit:
        predecessors = tuple(predecessor._replace(forms=_EMPTY) for predecessor in unit.predecessors)
        return replace(unit, forms=_EMPTY, short_forms=_EMPTY, predecessors=predecessors)

    return replace(
        institution,
        organisation=bare(institution.organisation),
        units={key: bare(unit) for key, unit in institution.units.items()},
        positions={
            key: replace(post, forms=_EMPTY, short_forms=_EMPTY, holder=post.holder._replace(forms=_EMPTY) if post.holder else None)
            for key, post in institution.positions.items()
        },
        bodies={key: replace(body, forms=_EMPTY, short_forms=_EMPTY) for key, body in institution.bodies.items()},
        acts={key: replace(act, forms=_EMPTY) for key, act in institution.acts.items()},
    )


def _declension(project: Project, organisation: str, needs: Sequence[MissingForm], marks: Mapping[str, Mapping[Route, Mark]]) -> Declension:
    first = needs[0]
    place, route, language = first.place, first.route, first.language
    home = project.registry.institutions[organisation].organisation.language
    document = project.documents[place.path]
    proposal = _propose(first, place, document)
    given = _value(document, route)
    forms = []
    for case in CASES:
        if all(need.case != case for need in needs):
            continue
        stored = given.get(case) if isinstance(given, dict) else None
        if isinstance(stored, dict):
            stored = stored.get(language)
        elif language != home:
            stored = None
        mark = marks[place.path].get((*route, case)) or marks[place.path].get(route)
        state: State = "missing" if not stored else "given" if mark is None else "doubtful" if mark.is_doubtful else "proposed"
        forms.append(Form(case, state, str(stored or ""), proposal.forms.get(case, "") if proposal else ""))
    return Declension(organisation, language, first.name, place, document.span(place), route, home, tuple(forms), proposal)


def _propose(missing: MissingForm, place: Place, document: Document) -> Proposal | None:
    """The forms of a name by the dictionaries; of a person's by what its parts are. None where there are none."""
    holder = _value(document, missing.route[:-1])
    if missing.route[-2:-1] == ("holder",) and isinstance(holder, dict):
        parts = holder.get("spelled", {}).get(missing.language) or holder
        if not can_decline(missing.language):
            return None
        return decline_person(parts.get("family") or "", parts.get("given") or "", parts.get("patronymic"), missing.language)
    return propose(missing.name, missing.language, what=_what(place, missing.route)) if is_available(missing.language) else None


def _what(place: Place, route: Route) -> What:
    """What a name names, by where it stands."""
    if "bodies" in route:
        return "body"
    if "acts" in route:
        return "act"
    return "post" if place.path.startswith("positions/") else "unit"


def _value(document: Document, route: Route) -> object:
    value: object = document.data
    for step in route:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value
