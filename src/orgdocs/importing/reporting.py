"""What an import did, as plain data for machines and as lines for people."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from orgdocs.importing.drafts import PaperDraft
from orgdocs.importing.filing import say_value
from orgdocs.importing.origins import say_number
from orgdocs.importing.tables.reporting import table_data, table_lines
from orgdocs.importing.updating import describe
from orgdocs.problems import Sentence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from orgdocs.importing.comparing import Coverage
    from orgdocs.importing.drafts import Fact, Oddness
    from orgdocs.importing.filing import Taken
    from orgdocs.importing.proving import Proof
    from orgdocs.importing.taking import Outcome, Reading
    from orgdocs.importing.updating import Change, Update

_WIDTH = 80
_SHOWN = 5
"""So many differences and unsure fields of a paper are shown on the terminal; the files hold all of them."""

KINDS = {"job-description": Sentence("job description"), "regulation": Sentence("regulation")}
"""The kinds of papers in words."""


def report_data(outcome: Outcome, patterns: Mapping[str, str], *, written: bool) -> dict[str, Any]:
    """Everything that is known about an import, JSON-able, sentences in the language of ``patterns``."""
    filing, proven = outcome.filing, outcome.proven
    proofs = {id(proof.taken): proof for proof in proven.proofs}
    counts = {severity: sum(one.severity is severity for one in proven.problems) for severity in (Severity.ERROR, Severity.WARNING)}
    return {
        "organisation": filing.organisation,
        "language": filing.language,
        "written": written,
        "files": [{"path": path, "new": True} for path in filing.files] + [{"path": path, "new": False} for path in filing.extended],
        "sources": [_source(reading, outcome, proofs, patterns) for reading in outcome.readings],
        "updates": [_update(update, patterns) for update in outcome.updates],
        "errors": counts[Severity.ERROR],
        "warnings": counts[Severity.WARNING],
    }


def _source(reading: Reading, outcome: Outcome, proofs: Mapping[int, Proof], patterns: Mapping[str, str]) -> dict[str, Any]:
    manuscript = reading.manuscript
    taken = [one for one in outcome.filing.taken if one.origin.name == reading.name]
    papers = [draft for draft in reading.drafts if isinstance(draft, PaperDraft)]
    odd = [_odd(reading.name, oddness, draft, patterns) for draft in papers for oddness in draft.oddnesses]
    return {
        "name": reading.name,
        "form": manuscript.form,
        "papers": [_paper(one, proofs[id(one)], patterns) for one in taken],
        "present": [one.path for one in outcome.filing.present if one.origin.name == reading.name],
        "tables": [
            table_data(table, cells, patterns)
            for table, cells in zip(outcome.tables, outcome.cells, strict=True)
            if table.origin.name == reading.name
        ],
        "odd": odd,
        "read": [
            {"code": oddity.code, "text": oddity.text, "paragraph": oddity.spot.block if oddity.spot else None}
            for oddity in manuscript.oddities
        ],
        "running": [paragraph.text for paragraph in manuscript.running],
    }


def _paper(taken: Taken, proof: Proof, patterns: Mapping[str, str]) -> dict[str, Any]:
    draft = taken.draft
    return {
        "kind": taken.kind,
        "name": taken.name,
        "id": taken.id,
        "path": taken.path,
        "language": draft.language,
        "confidence": draft.confidence,
        "paragraph": draft.spot.block,
        "sections": [{"heading": one.heading, "meaning": one.meaning, "confidence": one.confidence} for one in draft.sections],
        "clauses": taken.sorted.clauses,
        "fields": [_fact(fact, written=True) for fact in taken.fields.written],
        "perhaps": [_fact(fact, written=False) for fact in taken.fields.perhaps],
        "coverage": _coverage(proof.coverage) if proof.coverage else None,
        "reason": proof.reason.told(patterns) if proof.reason else None,
    }


def _fact(fact: Fact, *, written: bool) -> dict[str, Any]:
    return {
        "field": ".".join(fact.route), "value": say_value(fact.value), "confidence": fact.confidence, "clause": fact.clause,
        "paragraph": fact.spot.block, "quote": fact.quote, "written": written,
    }  # fmt: skip


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "words": coverage.words, "in_order": coverage.in_order, "moved": coverage.moved, "lost": coverage.lost, "percent": coverage.percent,
        "differences": [
            {"paragraph": one.spot.block, "words": one.words, "found": one.found, "moved": one.is_moved} for one in coverage.differences
        ],
    }  # fmt: skip


def _update(update: Update, patterns: Mapping[str, str]) -> dict[str, Any]:
    return {
        "path": update.path,
        "changes": [{"kind": one.kind, "where": describe(one), "old": one.old, "new": one.new} for one in update.changes],
        "conflicts": [sentence.told(patterns) for sentence in update.conflicts],
    }


def _odd(name: str, oddness: Oddness, draft: Any, patterns: Mapping[str, str]) -> dict[str, Any]:
    sentence: object = oddness.sentence
    said = sentence.told(patterns) if isinstance(sentence, Sentence) else str(sentence)
    clause = _clause_at(draft, oddness.spot.block) if isinstance(draft, PaperDraft) else ""
    return {"file": name, "code": oddness.code, "sentence": said, "paragraph": oddness.spot.block, "clause": clause}


def _clause_at(draft: PaperDraft, block: int) -> str:
    """The printed number of the clause that stands in a paragraph, with those above it: ``3.1(26)``."""
    for section in draft.sections:
        for clause in section.clauses:
            whole = say_number(clause.number, section.lead_number)
            if clause.spot.block == block:
                return whole
            if any(item.spot.block == block for item in clause.items):
                item = next(item for item in clause.items if item.spot.block == block).number.strip("().")
                return f"{whole}({item})" if item.isalnum() else whole
    return ""


# -- for people -----------------------------------------------------------------------------------------------------


def report_lines(data: Mapping[str, Any], patterns: Mapping[str, str]) -> Iterator[str]:
    """The report for a terminal of 80 columns."""
    telling = _Telling(patterns, updating=bool(data["updates"]))
    for source in data["sources"]:
        yield from telling.source(source)
    if data["files"] or not data["updates"]:
        yield from telling.files(data)


class _Telling:
    def __init__(self, patterns: Mapping[str, str], *, updating: bool = False) -> None:
        self._patterns = patterns
        self.updating = updating

    def say(self, pattern: Sentence) -> str:
        return pattern.told(self._patterns)

    @staticmethod
    def fold(text: str, indent: int) -> Iterator[str]:
        yield from textwrap.wrap(
            text, _WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2), break_long_words=False, break_on_hyphens=False
        )

    def source(self, source: Mapping[str, Any]) -> Iterator[str]:
        count = sum(len(source[key]) for key in ("papers", "present", "tables"))
        yield self.say(Sentence("{file}, papers: {count}", file=source["name"], count=count))
        for paper in source["papers"]:
            yield from self.paper(paper)
        for table in source["tables"]:
            yield from table_lines(table, self._patterns)
        for path in () if self.updating else source["present"]:
            yield from self.fold(self.say(Sentence("left alone, {path} is there already; --update takes changes over", path=path)), 2)
        if source["odd"]:
            yield f"  {self.say(Sentence('odd in the old paper: {count}', count=len(source['odd'])))}"
            for odd in source["odd"]:
                where = self.say(Sentence("{file}, paragraph {number}", file=odd["file"], number=odd["paragraph"]))
                where += f", {self.say(Sentence('clause {number}', number=odd['clause']))}" if odd["clause"] else ""
                yield from self.fold(f"{where}: {odd['sentence']}", 4)
        if source["running"]:
            yield from self.fold(self.say(Sentence("headers, footers and notes, not taken over: {count}", count=len(source["running"]))), 2)
        yield ""

    def paper(self, paper: Mapping[str, Any]) -> Iterator[str]:
        kind = self.say(KINDS[paper["kind"]])
        yield from self.fold(f"{kind}: {paper['name']}", 2)
        yield from self.fold(paper["path"], 4)
        counts = Sentence(
            "sections: {sections}, clauses: {clauses}, fields: {fields}",
            sections=len(paper["sections"]), clauses=paper["clauses"], fields=len(paper["fields"]),
        )  # fmt: skip
        yield from self.fold(self.say(counts), 4)
        coverage = paper["coverage"]
        if coverage is None:
            yield from self.fold(self.say(Sentence("not proven, the paper cannot be built: {reason}", reason=paper["reason"])), 4)
        else:
            yield from self.coverage(coverage)
        for fact in paper["perhaps"][:_SHOWN]:
            where = fact["clause"] or f"¶ {fact['paragraph']}"
            yield from self.fold(
                self.say(Sentence("perhaps {field}: {value} ({where})", field=fact["field"], value=fact["value"], where=where)), 4
            )

    def coverage(self, coverage: Mapping[str, Any], *, shown: int = _SHOWN) -> Iterator[str]:
        found = Sentence(
            "words found again in order: {found} of {words} ({percent} %)",
            found=coverage["in_order"], words=coverage["words"], percent=f"{coverage['percent']:g}",
        )  # fmt: skip
        yield from self.fold(self.say(found), 4)
        for difference in coverage["differences"][:shown]:
            words = textwrap.shorten(difference["words"], 100, placeholder=" …")
            if difference["moved"]:
                sentence = Sentence("paragraph {number}, at another place: {words}", number=difference["paragraph"], words=words)
            else:
                sentence = Sentence("paragraph {number}, not found again: {words}", number=difference["paragraph"], words=words)
            yield from self.fold(self.say(sentence), 6)
        if len(coverage["differences"]) > shown:
            yield from self.fold(self.say(Sentence("and {count} more", count=len(coverage["differences"]) - shown)), 6)

    def files(self, data: Mapping[str, Any]) -> Iterator[str]:
        new = [file["path"] for file in data["files"] if file["new"]]
        extended = [file["path"] for file in data["files"] if not file["new"]]
        yield self.say(Sentence("new files: {count}", count=len(new)))
        yield from (f"  {path}" for path in new)
        if extended:
            yield self.say(Sentence("files that get further entries: {count}", count=len(extended)))
            yield from (f"  {path}" for path in extended)
        yield self.say(
            Sentence(
                "orgdocs check finds in these files: errors: {errors}, warnings: {warnings}",
                errors=data["errors"],
                warnings=data["warnings"],
            )
        )


def coverage_lines(coverage: Coverage, patterns: Mapping[str, str]) -> Iterator[str]:
    """A proof alone, for a terminal."""
    yield from (line[4:] for line in _Telling(patterns).coverage(_coverage(coverage), shown=len(coverage.differences)))


def update_lines(update: Update, patterns: Mapping[str, str]) -> Iterator[str]:
    """The head of an update, and what is in conflict."""
    yield Sentence("{path}, changes: {count}", path=update.path, count=len(update.changes)).told(patterns)
    for conflict in update.conflicts:
        yield from _Telling.fold(Sentence("conflict, nothing is changed: {what}", what=conflict).told(patterns), 2)


def proof_lines(proof: Proof, patterns: Mapping[str, str]) -> Iterator[str]:
    """The proof of one paper, for a terminal."""
    telling = _Telling(patterns)
    if proof.coverage is not None:
        yield from (line[2:] for line in telling.coverage(_coverage(proof.coverage)))
    else:
        reason = proof.reason.told(patterns) if proof.reason else ""
        yield from telling.fold(telling.say(Sentence("not proven, the paper cannot be built: {reason}", reason=reason)), 2)


_CHANGES = {
    "changed": Sentence("changed"), "added": Sentence("added"), "removed": Sentence("removed"),
    "arranged": Sentence("sections and lines around them changed"),
}  # fmt: skip


def change_lines(change: Change, patterns: Mapping[str, str]) -> Iterator[str]:
    """One change of an update, for a terminal: where, the words before and the words now."""
    yield f"  {describe(change)}: {_CHANGES[change.kind].told(patterns)}"
    for sign, text in (("-", change.old), ("+", change.new)):
        if text:
            yield from textwrap.wrap(
                text, _WIDTH, initial_indent=f"    {sign} ", subsequent_indent="      ", break_long_words=False, break_on_hyphens=False
            )
