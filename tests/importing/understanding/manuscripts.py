r"""Manuscripts written as plain text, and drafts shown as text.

Each line that is not empty is a paragraph. Looks stand before it in braces: ``{bold}``, ``{centred}``, ``{h1}``, ``{page}`` for a new
page, ``{label 1.1. 1}`` for a number that Word sets, with its level. ``\`` within a line is a line break inside a paragraph. Lines
that begin with ``|`` are rows of a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from orgdocs.importing.drafts import ClauseDraft, Draft, PaperDraft
from orgdocs.importing.manuscript import Block, Cell, Grid, Manuscript, Paragraph, Spot

_RESIDUE = re.compile(r"\[bookmark: [^\]]*\]")
_LOOK = re.compile(r"\{(\w+)(?: ([^ }]*))?(?: (\d))?\}")


def write_manuscript(text: str) -> Manuscript:
    """The manuscript that a text stands for."""
    blocks: list[Block] = []
    rows: list[tuple[Cell, ...]] = []
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.startswith("|"):
            spot = Spot(number)
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            rows.append(tuple(Cell(tuple(Paragraph(part, spot) for part in cell.split("\\"))) for cell in cells))
            continue
        if rows:
            blocks.append(Grid(tuple(rows), rows[0][0].paragraphs[0].spot))
            rows = []
        if line.strip():
            blocks.append(_write_paragraph(line, number))
    return Manuscript("paper.txt", "txt", tuple(blocks))


def _write_paragraph(line: str, number: int) -> Paragraph:
    paragraph = Paragraph("", Spot(number))
    while look := _LOOK.match(line):
        line = line[look.end() :]
        name = look[1]
        if name == "label":
            paragraph = paragraph._replace(label=look[2], level=int(look[3] or 0))
        elif name[0] == "h" and name[1:].isdigit():
            paragraph = paragraph._replace(heading=int(name[1:]))
        else:
            paragraph = paragraph._replace(**{{"page": "breaks_page"}.get(name, name): True})
    return paragraph._replace(text=" ".join(line.split()).replace("\\", "\n"))


def show_drafts(drafts: list[Draft]) -> str:
    """Papers as lines: what stands where, what was told, what is odd. Long texts are cut in the middle."""
    return "\n".join(line for draft in drafts if isinstance(draft, PaperDraft) for line in _show_paper(draft))


def _show_paper(paper: PaperDraft) -> Iterator[str]:
    names = "".join(f" | {word} {name}" for word, name in (("of", paper.organisation), ("in", paper.unit)) if name)
    yield f"{paper.kind} ({paper.language}): {paper.name}{names}{' | continuous' if paper.continuous else ''}"
    for word in ("above", "stamp", "title"):
        yield from (f"  {word}: {line}" for line in getattr(paper, word))
    for section in paper.sections:
        yield f"  [{section.meaning}] {section.number} {section.heading}".rstrip()
        if section.lead:
            yield f"    lead: {section.lead_number} {section.lead}".replace(":  ", ": ")
        for clause in section.clauses:
            yield from _show_clause(clause, 2)
        for grid in section.tables:
            yield from ("    | " + " | ".join(cell.text for cell in row) for row in grid.rows)
    yield from (f"  below: {line}" for line in paper.below)
    for fact in paper.facts:
        mark = "" if fact.confidence >= 0.7 else "? "
        yield f"  {mark}{'.'.join(fact.route)} ({fact.clause}): {show_value(fact.value)}"
    yield from (f"  ! {odd.spot.block} {odd.code}: {odd.sentence}" for odd in paper.oddnesses)


def _show_clause(clause: ClauseDraft, depth: int) -> Iterator[str]:
    text = clause.text if len(clause.text) <= 90 else f"{clause.text[:60]} … {clause.text[-25:]}"
    yield f"{'  ' * depth}{clause.number or '¶'} {text}"
    for item in clause.items:
        yield from _show_clause(item, depth + 1)


def show_value(value: object) -> str:
    """Plain data in one line, without quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {show_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(show_value, value)) + "]"
    return str(value)


_WORD = re.compile(r"\d+|[^\W\d_]+")


def list_words(manuscript: Manuscript) -> list[str]:
    """All words of a manuscript in reading order, labels of automatic numbering included, leavings of bookmarks left out."""
    words = []
    for block in manuscript.blocks:
        if isinstance(block, Paragraph):
            words += _WORD.findall(f"{block.label} {_RESIDUE.sub('', block.text)}")
        else:
            words += [word for row in block.rows for cell in row for word in _WORD.findall(cell.text)]
    return words


def list_drafted(drafts: list[Draft]) -> tuple[list[str], list[str]]:
    """All words of papers: first those of heads (above, stamp, title), sorted; then the others in order."""
    head: list[str] = []
    text: list[str] = []
    for paper in drafts:
        if not isinstance(paper, PaperDraft):
            continue
        head += _WORD.findall("\n".join((*paper.above, *paper.stamp, *paper.title)))
        for section in paper.sections:
            text += _WORD.findall(f"{section.number} {section.heading} {section.lead_number} {section.lead}")
            for clause in section.clauses:
                text += _list_clause(clause)
            text += [word for grid in section.tables for row in grid.rows for cell in row for word in _WORD.findall(cell.text)]
        text += _WORD.findall("\n".join(paper.below))
    return sorted(head), text


def _list_clause(clause: ClauseDraft) -> list[str]:
    return [*_WORD.findall(f"{clause.number} {clause.text}"), *(word for item in clause.items for word in _list_clause(item))]
