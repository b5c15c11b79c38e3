"""Which papers come out otherwise, each with the changes that reach it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from orgdocs.comparing.changes import Change, PaperChange, Subject
from orgdocs.comparing.reasons import Reasons
from orgdocs.comparing.sides import Side
from orgdocs.contents.content import PaperId

if TYPE_CHECKING:
    from orgdocs.comparing.sides import Sides
    from orgdocs.project import Project


def compare_papers(before: Project, after: Project, sides: Mapping[str, Sides], changes: Sequence[Change]) -> tuple[PaperChange, ...]:
    """The papers that are new, changed or dropped, in the order of ``after``.

    Papers that could not be written in one of the two versions are left out.
    """
    by_organisation: dict[str, list[Change]] = {}
    for change in changes:
        by_organisation.setdefault(change.organisation, []).append(change)
    found: list[PaperChange] = []
    for project, others, state in ((before, after, "dropped"), (after, before, "new")):
        alone = [name for name in project.hierarchies if name not in others.hierarchies and name in by_organisation]
        for name in alone:
            side = Side(project.hierarchies[name])
            papers = [paper for paper in project.contents if paper.organisation == name]
            found += [PaperChange(paper, state, _subject(side, paper), tuple(by_organisation[name])) for paper in papers]
    for organisation, both in sides.items():
        about = [*by_organisation.get(organisation, ()), *by_organisation.get("", ())]
        found += _Papers(before, after, both, about).compare()
    return tuple(found)


class _Papers:
    def __init__(self, before: Project, after: Project, sides: Sides, changes: Sequence[Change]) -> None:
        self.sides = sides
        self.before = {paper: content for paper, content in before.contents.items() if paper.organisation == sides.organisation}
        self.after = {paper: content for paper, content in after.contents.items() if paper.organisation == sides.organisation}
        self.planned_before = [paper for paper in before.subjects if paper.organisation == sides.organisation]
        self.planned_after = [paper for paper in after.subjects if paper.organisation == sides.organisation]
        self.reasons = Reasons(sides, changes)
        self.is_faulty = bool(before.errors or after.errors)
        self.templates = {change.subject.id: change for change in changes if change.subject.kind == "template"}

    def compare(self) -> Iterator[PaperChange]:
        """The papers of one institution."""
        if not self.planned_before or not self.planned_after:
            return  # the papers of one version are not known at all
        formerly = {self._now(paper): paper for paper in self.planned_before}
        for paper in self.planned_after:
            former = formerly.pop(paper, None)
            if former is None:
                if paper in self.after:
                    yield self._told(paper, "new", self.reasons.cause(paper))
            elif former in self.before and paper in self.after:
                yield from self._compare(former, paper)
        for now, paper in formerly.items():
            if not self._is_unread(now):
                yield self._change(self.sides.before, paper, "dropped", self.reasons.cause(now))

    def _is_unread(self, paper: PaperId) -> bool:
        """Whether nobody knows what became of the subject of a paper, because its file cannot be read."""
        return any(entity_id == paper.subject for _, entity_id in self.sides.after.institution.broken)

    def _now(self, paper: PaperId) -> PaperId:
        """Which paper a former one would be: its subject may have another id."""
        return paper._replace(subject=self.sides.now(paper.subject))

    def _compare(self, former: PaperId, paper: PaperId) -> Iterator[PaperChange]:
        old, new = self.before[former], self.after[paper]
        renamed = former if former != paper else None
        template = self.templates.get(f"{new.profile}/{paper.kind}")
        reasons = (template,) if template is not None else ()
        if renamed is None and old.digest == new.digest:
            if template is not None:
                yield self._told(paper, "changed", reasons)
            return
        found = (*self.reasons.of(paper, old, new), *reasons)
        if found or not self.is_faulty:  # what errors hide makes papers differ without a reason that anybody could tell
            yield self._told(paper, "changed", found, renamed)

    def _told(self, paper: PaperId, state: str, reasons: tuple[Change, ...], formerly: PaperId | None = None) -> PaperChange:
        return self._change(self.sides.after, paper, state, reasons, formerly)

    def _change(self, side: Side, paper: PaperId, state: str, reasons: tuple[Change, ...], formerly: PaperId | None = None) -> PaperChange:
        return PaperChange(paper, state, _subject(side, paper), reasons, formerly, paper.language != side.language)


def _subject(side: Side, paper: PaperId) -> Subject:
    entity = side.entity(paper.subject)
    return side.subject(entity) if entity is not None else Subject("post", paper.subject, paper.subject)
