"""The proof over a whole import: the papers are built as Word files from what was planned, read again, and compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgdocs.building.templates import TemplateStore
from orgdocs.contents.content import PaperId
from orgdocs.importing.comparing import Coverage, Passage, compare, passages_of
from orgdocs.importing.reading import read_manuscript
from orgdocs.problems import Problem, Sentence, Severity
from orgdocs.project import open_project
from orgdocs.rendering.expressions import TemplateFault
from orgdocs.rendering.papers import render_paper
from orgdocs.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from orgdocs.importing.drafts import ClauseDraft, PaperDraft
    from orgdocs.importing.filing import Filing, Taken
    from orgdocs.importing.manuscript import Manuscript
    from orgdocs.project import Project


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of the words of one paper; without a coverage, ``reason`` says why it could not be built."""

    taken: Taken
    coverage: Coverage | None
    reason: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Proven:
    """The registry as it will be, with its problems in the new files, and the proof for each paper."""

    project: Project
    proofs: tuple[Proof, ...]
    problems: tuple[Problem, ...]


def prove(filing: Filing, manuscripts: Mapping[str, Manuscript], root: Path, before: Project | None) -> Proven:
    """Build every paper that was taken over from the planned files, and find the words of its source again in it."""
    files = dict(sorted({**(before.source.files if before else {}), **filing.extended, **filing.files}.items()))
    templates = before.source.templates if before else {}
    project = open_project(Source(root, files, templates))
    ours = {*filing.files, *filing.extended}
    problems = tuple(problem for problem in project.problems if problem.path in ours)
    store = TemplateStore(templates)
    proofs = tuple(_prove_one(taken, filing, project, store, manuscripts[taken.origin.name]) for taken in filing.taken)
    return Proven(project, proofs, problems)


def prove_again(filing: Filing, changed: Mapping[str, bytes], manuscripts: Mapping[str, Manuscript], before: Project) -> tuple[Proof, ...]:
    """The proof for papers whose files were there already, over the files as they are changed."""
    files = {**before.source.files, **changed}
    project = open_project(Source(before.source.root, files, before.source.templates))
    store = TemplateStore(before.source.templates)
    return tuple(_prove_one(taken, filing, project, store, manuscripts[taken.origin.name]) for taken in filing.present)


def _prove_one(taken: Taken, filing: Filing, project: Project, store: TemplateStore, manuscript: Manuscript) -> Proof:
    paper = PaperId(filing.organisation, taken.kind, taken.id, filing.language)
    content = project.contents.get(paper)
    if content is None:
        error = next((one for one in project.problems if one.severity is Severity.ERROR and one.path == taken.path), None)
        return Proof(taken, None, error.sentence if error else Sentence("the paper cannot be built"))
    try:
        built = render_paper(store.prepared(content.profile, content.paper.kind), content)
    except TemplateFault as fault:
        return Proof(taken, None, Sentence("{fault}", fault=fault))
    source = passages_between(
        manuscript, [one.draft for one in (*filing.taken, *filing.present) if one.origin.name == manuscript.name], taken.draft
    )
    head = next((section.spot.block for section in taken.draft.sections), 0)
    loose = sum(passage.spot.block < head for passage in source)
    return Proof(taken, compare(source, passages_of(read_manuscript(built, f"{taken.id}.docx")), loose=loose))


def passages_between(manuscript: Manuscript, drafts: Sequence[PaperDraft], draft: PaperDraft) -> list[Passage]:
    """The passages of one of the papers of a file: from its first line to that of the next one."""
    starts = sorted(one.spot.block for one in drafts)
    first = draft.spot.block if draft.spot.block != starts[0] else 0
    end = next((start for start in starts if start > draft.spot.block), None)
    numbers = {clause.spot.block: clause.number for section in draft.sections for one in section.clauses for clause in _all(one)}
    numbers |= {section.spot.block: section.number for section in draft.sections if section.number}
    passages = passages_of(manuscript, numbers)
    return [passage for passage in passages if passage.spot.block >= first and (end is None or passage.spot.block < end)]


def _all(clause: ClauseDraft) -> Iterator[ClauseDraft]:
    yield clause
    for item in clause.items:
        yield from _all(item)
