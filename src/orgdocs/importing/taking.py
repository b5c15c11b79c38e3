"""One import: files are read and understood, the registry is planned, and the proof is made; nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from orgdocs.importing.drafts import PaperDraft, TableDraft
from orgdocs.importing.filing import Filing, Wishes, file_papers
from orgdocs.importing.manuscript import Manuscript, UnreadableError
from orgdocs.importing.proving import Proof, Proven, prove, prove_again
from orgdocs.importing.reading import read_manuscript
from orgdocs.importing.tables import find_tables
from orgdocs.importing.tables.filing import FiledTable, begin_filing, file_tables
from orgdocs.importing.tables.proving import Cells, prove_table
from orgdocs.importing.understanding import understand
from orgdocs.importing.updating import Update, plan_update
from orgdocs.problems import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from orgdocs.importing.drafts import Draft
    from orgdocs.project import Project


class RefusedFileError(Exception):
    """A file cannot be taken over; the sentence says which and why."""

    def __init__(self, name: str, sentence: Sentence) -> None:
        self.sentence = Sentence("{file}: {reason}", file=name, reason=sentence)
        super().__init__(str(self.sentence))


@dataclass(frozen=True, slots=True)
class Reading:
    """A file that was read, and the papers in it. ``name`` is that of the manuscript: two files of one name are told apart."""

    manuscript: Manuscript
    drafts: tuple[Draft, ...]

    @property
    def name(self) -> str:
        """How the file is called in comments and reports."""
        return self.manuscript.name


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import would do: what was read, which files come of it, and the proof that nothing is lost."""

    readings: tuple[Reading, ...]
    filing: Filing
    proven: Proven
    updates: tuple[Update, ...] = ()
    """What newer editions of papers ask for in files that are there, where that was wanted."""
    tables: tuple[FiledTable, ...] = ()
    """The staffing tables, and which post each of their rows is about."""
    cells: tuple[Cells, ...] = ()
    """For each of them, what became of its cells."""


def read_papers(paths: Sequence[Path], *, kind: str | None = None, language: str | None = None) -> list[Reading]:
    """Read and understand files.

    Raises:
        RefusedFileError: one of them cannot be read, or holds no paper.
    """
    readings: list[Reading] = []
    for path in paths:
        try:
            manuscript = read_manuscript(path)
        except UnreadableError as error:
            raise RefusedFileError(path.name, error.sentence) from None
        taken = {reading.name for reading in readings}
        name = path.name if path.name not in taken else path.as_posix()
        manuscript = replace_name(manuscript, name)
        found = find_tables(manuscript, language=language)
        papers = understand(found.rest, kind=kind, language=language) if found.rest.blocks else []
        drafts = [*found.tables, *papers]
        if not any(isinstance(draft, TableDraft) or draft.sections for draft in drafts):
            raise RefusedFileError(path.name, Sentence("no paper was recognised in it"))
        readings.append(Reading(manuscript, tuple(drafts)))
    return readings


def prove_updates(outcome: Outcome, changed: Mapping[str, bytes], project: Project) -> dict[str, Proof]:
    """By file: what became of the words of a newer edition once the chosen changes are made."""
    manuscripts = {reading.name: reading.manuscript for reading in outcome.readings}
    return {proof.taken.path: proof for proof in prove_again(outcome.filing, changed, manuscripts, project)}


def replace_name(manuscript: Manuscript, name: str) -> Manuscript:
    """The same manuscript under another name."""
    return manuscript._replace(name=name)


def take_over(
    readings: Sequence[Reading], wishes: Wishes, root: Path, project: Project | None, *, kind: str | None = None, update: bool = False
) -> Outcome:
    """Plan the files for all papers, and prove that nothing is lost in them.

    With ``update``, papers whose file is there already are compared with it. ``kind`` is what the user says the papers are;
    without it, papers of an unknown kind are taken for job descriptions.

    Raises:
        FilingError: the wishes and the papers do not go together.
    """
    papers = [
        (reading.name, draft if draft.kind != "unknown" else replace(draft, kind=kind or "job-description"))
        for reading in readings
        for draft in reading.drafts
        if isinstance(draft, PaperDraft)
    ]
    staffing = [(reading.name, draft) for reading in readings for draft in reading.drafts if isinstance(draft, TableDraft)]
    has_papers = any(draft.sections for _, draft in papers)
    filing = file_papers(papers, wishes, project) if has_papers or not staffing else begin_filing(staffing, wishes, project)
    tables = file_tables(staffing, filing, wishes, root, project)
    updates: list[Update] = []
    if update and project is not None:
        for taken in filing.present:
            content = filing.extended.get(taken.path) or project.source.files[taken.path]
            updates.append(plan_update(taken.path, content, taken))
        updates += [one for table in tables for one in table.updates]
    manuscripts = {reading.name: reading.manuscript for reading in readings}
    proven = prove(filing, manuscripts, root, project)
    cells = tuple(prove_table(table, manuscripts[table.origin.name], proven.project.source.files) for table in tables)
    return Outcome(tuple(readings), filing, proven, tuple(updates), tuple(tables), cells)
