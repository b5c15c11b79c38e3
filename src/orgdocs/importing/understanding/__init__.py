"""Understanding: what kind of papers a manuscript holds, their sections and clauses, the facts told in prose, and what is odd."""

from __future__ import annotations

from orgdocs.importing.drafts import Draft, Fact, PaperDraft
from orgdocs.importing.manuscript import Manuscript, Spot
from orgdocs.importing.understanding.facts import tell_facts, tell_title
from orgdocs.importing.understanding.languages import tell_language
from orgdocs.importing.understanding.lines import Line, read_lines
from orgdocs.importing.understanding.oddnesses import find_oddnesses, find_strangers
from orgdocs.importing.understanding.outlining import is_continuous, outline
from orgdocs.importing.understanding.particulars import read_particulars
from orgdocs.importing.understanding.splitting import Portion, split_papers
from orgdocs.importing.understanding.subjects import list_entries, tell_subject


def understand(manuscript: Manuscript, *, kind: str | None = None, language: str | None = None) -> list[Draft]:
    """The papers of a manuscript in their order. No word is lost: each paragraph stands in one place of one draft.

    ``kind`` and ``language`` are what the user knows; what is left out is told from the text.
    """
    papers = [_understand_paper(portion, kind, language) for portion in split_papers(read_lines(manuscript))]
    return [*find_strangers(papers)]


def _understand_paper(portion: Portion, kind: str | None, language: str | None) -> PaperDraft:
    told = kind or (portion.named.kind if portion.named else _guess_kind(portion))
    sections = outline(portion, told)
    first = portion.first
    spoken = language or tell_language(_read_text(portion))
    subject = tell_subject(portion, told, spoken)
    return PaperDraft(
        kind=told,
        name=subject.name,
        language=spoken,
        title=_read(portion.title),
        above=_read(portion.above),
        sections=sections,
        spot=first.spot if first else Spot(1),
        below=_read(portion.below),
        stamp=_read(portion.stamp),
        organisation=subject.organisation,
        unit=subject.unit,
        facts=(*_tell_head(portion, told), *tell_facts(sections, told, spoken)),
        oddnesses=find_oddnesses(sections, portion.title, portion.residue),
        confidence=0.95 if kind or portion.named else 0.6,
        continuous=is_continuous(sections),
    )


def _tell_head(portion: Portion, kind: str) -> list[Fact]:
    """What the head says of the post as a form does."""
    if kind != "job-description":
        return []
    facts = [*tell_title([*portion.title, *portion.above])]
    found = read_particulars(list_entries(portion)).get("reports_to")
    if found is not None:
        value, line = found
        facts.append(Fact(("reports_to",), {"name": value}, 0.9, line.spot, quote=line.words))
    return facts


def _read(lines: list[Line]) -> tuple[str, ...]:
    return tuple(line.text for line in lines)


def _read_text(portion: Portion) -> str:
    body = [line for line in portion.body if isinstance(line, Line)]
    return "\n".join(line.words for line in [*portion.title, *body])


def _guess_kind(portion: Portion) -> str:
    """A paper without a title that could be told: by its sections, or by the list of duties that it is."""
    meanings = {heading.meaning for heading in portion.headings.values()}
    if meanings & {"structure", "leadership", "functions", "tasks"} and "duties" not in meanings:
        return "regulation"
    if portion.title or meanings & {"duties", "must_know", "qualification"}:
        return "job-description"
    return "unknown"
