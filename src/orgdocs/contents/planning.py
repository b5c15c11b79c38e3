"""Which papers an institution has, and the writing of each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from orgdocs.contents import familiarisation, job_description, regulation, reviews, staffing_table, structure
from orgdocs.contents.composing import Composer
from orgdocs.contents.content import Body, Content, PaperId
from orgdocs.contents.view import Sight
from orgdocs.contents.wording import WordingError, find_incomplete, find_unreadable
from orgdocs.model import Organisation, Paper, Position, Unit
from orgdocs.problems import Finding, Place, Sentence
from orgdocs.profiles import PROFILES, Profile, adapt_profile, choose_profile, load_profile, native_profile
from orgdocs.staffing import groups

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from orgdocs.hierarchy import Hierarchy
    from orgdocs.model import Institution


def plan_papers(hierarchy: Hierarchy) -> Iterator[tuple[PaperId, Unit | Position]]:
    """All papers of an institution with what each is about, in a stable order."""
    organisation = hierarchy.institution.organisation
    for language in dict.fromkeys((organisation.language, *organisation.languages)):
        for kind, subject in _subjects(hierarchy):
            yield PaperId(organisation.id, kind, subject.id, language), subject


def _subjects(hierarchy: Hierarchy) -> Iterator[tuple[str, Unit | Position]]:
    """The papers themselves, then those around them: what is signed when they are read, and when they are due for review."""
    organisation = hierarchy.institution.organisation
    papers = list(main_papers(hierarchy))
    yield from papers
    wanted = organisation.familiarisation
    yield from ((familiarisation.SHEET, subject) for kind, subject in papers if kind in wanted.sheets)
    if wanted.journal and any(kind in familiarisation.READ for kind, _ in papers):
        yield familiarisation.JOURNAL, organisation
    if reviews.find_reviews(organisation, papers):
        yield reviews.KIND, organisation


def main_papers(hierarchy: Hierarchy) -> Iterator[tuple[str, Unit | Position]]:
    """Job descriptions, regulations, staffing tables and the structure, each with what it is about."""
    organisation = hierarchy.institution.organisation
    units = list(hierarchy.branch(organisation))
    for position in hierarchy.positions():
        if has_job_description(hierarchy, position):
            yield job_description.KIND, position
    for unit in units:
        if (unit.tasks or unit.functions or unit.regulation.arrangement) and unit.regulation.not_required is None:
            yield regulation.KIND, unit
    for unit in units:
        if (unit is organisation or unit.legal_entity) and any(True for _ in groups(hierarchy, unit)):
            yield staffing_table.KIND, unit
    if len(units) > 1:
        yield structure.KIND, organisation


def has_job_description(hierarchy: Hierarchy, position: Position) -> bool:
    """Whether a job description is printed for a post: it has duties or an arrangement, and nobody said that none is needed."""
    paper = position.job_description
    return paper.not_required is None and (paper.arrangement is not None or any(True for _ in hierarchy.duties(position)))


class Written(NamedTuple):
    """The outcome of writing a paper: its content, or None and the findings that say why."""

    content: Content | None
    missing_forms: Sequence[Finding] = ()
    missing_languages: Sequence[Finding] = ()
    faults: Sequence[Finding] = ()


class Writing:
    """Writes the papers of one institution: finds its profile once, and keeps what the papers share."""

    def __init__(self, hierarchy: Hierarchy, profile: Profile | None = None) -> None:
        self.hierarchy = hierarchy
        self.institution: Institution = hierarchy.institution
        self.profile = profile
        self._composers: dict[str, Composer] = {}
        organisation = self.institution.organisation
        if profile is None and organisation.profile in PROFILES:
            self.profile = load_profile(native_profile(organisation.profile, organisation.language))
            if isinstance(self.institution.wording, dict) and self.institution.wording:
                self.profile = adapt_profile(self.profile, self.institution.wording, f"org/{organisation.id}/wording.yaml")

    def check_wording(self) -> list[Finding]:
        """What is wrong with the institution's own wording: unreadable texts."""
        profile = self.profile
        if profile is None or not profile.origins:
            return []
        own = profile.origins
        return [self._finding(error) for error in (*find_incomplete(profile.data, own), *find_unreadable(profile.data, own))]

    def write(self, paper: PaperId, subject: Unit | Position) -> Written:
        """The content of a paper, or what stood in its way."""
        if self.profile is None or (isinstance(subject, Position) and self.hierarchy.unit_of(subject) is None):
            return Written(None)  # the rules report what is missing
        composer = self._composer(paper.language)
        if composer is None:
            return Written(None, missing_languages=[self._no_wording(paper.language)])
        try:
            body, particulars = _compose(composer, paper.kind, subject)
        except WordingError as error:
            # A name that the look at the own wording has found already is not reported again by the paper that trips over it.
            own = composer.take_faults() or ([] if composer.is_faulty else [error])
            return Written(None, *composer.sight.findings(), [self._finding(fault) for fault in own])
        forms, untold = composer.sight.findings()
        faults = [self._finding(error) for error in composer.take_faults()]
        if forms or untold or faults:
            return Written(None, forms, untold, faults)
        return Written(Content(paper, composer.profile.id, composer.effective(particulars), body))

    def _composer(self, language: str) -> Composer | None:
        """The composer for a language: by the own profile, or by the one that has wording in that language."""
        if language not in self._composers:
            assert self.profile is not None  # noqa: S101  (write has looked)
            profile = self.profile
            if language != profile.language:
                chosen = choose_profile(profile.id, language)
                if chosen is None:
                    return None
                profile = load_profile(chosen)
            self._composers[language] = Composer(Sight(self.hierarchy, profile, language))
        return self._composers[language]

    def _no_wording(self, language: str) -> Finding:
        organisation = self.institution.organisation
        at = "language" if language == organisation.language else "languages"
        sentence = Sentence("no profile has wording in the language {language}", language=language)
        return Finding(organisation.place.under(at), sentence)

    def _finding(self, error: WordingError) -> Finding:
        path = self.profile.origin(error.route) if self.profile else None
        if path is None:
            return Finding(self.institution.organisation.place.under("profile"), error.sentence, hint=error.hint)
        return Finding(Place(path, error.route), error.sentence, hint=error.hint)


def _compose(composer: Composer, kind: str, subject: Unit | Position) -> tuple[Body, Paper]:
    hierarchy = composer.sight.hierarchy
    if kind == familiarisation.SHEET:
        paper = subject.job_description if isinstance(subject, Position) else subject.regulation
        return familiarisation.write_sheet(composer, subject), paper
    if isinstance(subject, Position):
        return job_description.write(composer, subject), subject.job_description
    if kind == familiarisation.JOURNAL and isinstance(subject, Organisation):
        return familiarisation.write_journal(composer, subject, main_papers(hierarchy)), Paper()
    if kind == reviews.KIND and isinstance(subject, Organisation):
        return reviews.write(composer, subject, main_papers(hierarchy)), Paper()
    if kind == regulation.KIND:
        return regulation.write(composer, subject), subject.regulation
    if kind == structure.KIND and isinstance(subject, Organisation):
        return structure.write(composer, subject), Paper()
    table = composer.sight.institution.organisation.staffing_table
    return staffing_table.write(composer, subject), table.paper
