"""Outlining: the text of one paper becomes sections with their leads, clauses and tables, in the order of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from orgdocs.importing.drafts import ClauseDraft, SectionDraft
from orgdocs.importing.manuscript import Grid, Spot
from orgdocs.importing.understanding.headings import Heading
from orgdocs.importing.understanding.lines import Line, Piece
from orgdocs.importing.understanding.meanings import tell_lead, tell_meaning, tells_exchange, tells_fault
from orgdocs.importing.understanding.nesting import Node, nest
from orgdocs.importing.understanding.splitting import Portion
from orgdocs.importing.understanding.tabulated import write_clauses

_EVALUATED = re.compile(r"\b(оцінюється|оцінює|оценивается|оценивает|ацэньваецца|(is|are) (assessed|evaluated|appraised))\b", re.IGNORECASE)
_INTERACTS = re.compile(r"\b(взаємодіє|взаимодействует|узаемадзейнічае|interacts|cooperates|co-operates)\b", re.IGNORECASE)
_KNOWN_FOR_POST = {"tasks": "duties", "functions": "duties"}
_KNOWN_FOR_UNIT = {"relations": "interaction", "duties": "functions"}


@dataclass(slots=True)
class _Stretch:
    """What stands under one heading."""

    heading: Heading | None
    spot: Spot
    lines: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    meaning: str = ""


def outline(portion: Portion, kind: str) -> tuple[SectionDraft, ...]:
    """The sections of a paper. One without heading goes on with what stood before, or was told by its clauses alone."""
    stretches = list(_cut(portion))
    sections = _outline_bare(stretches, kind) if not portion.headings else [section for stretch in stretches for section in _draft(stretch)]
    return tuple(_settle(sections, kind))


def is_continuous(sections: Sequence[SectionDraft]) -> bool:
    """Whether the numbers of clauses run on from section to section."""
    last = 0
    carried = False
    for section in sections:
        numbers = [int(found[1]) for clause in section.clauses if (found := re.match(r"(\d+)\.?(?!\d|\.\d)", clause.number))]
        lead = re.match(r"(\d+)\.?$", section.lead_number)
        numbers = [int(lead[1])] if lead else numbers
        if not numbers:
            continue
        if last and numbers[0] != last + 1:
            return False
        carried = carried or last > 0
        last = numbers[-1]
    return carried


def _cut(portion: Portion) -> Iterator[_Stretch]:
    stretch: _Stretch | None = None
    skip = False
    for index, piece in enumerate(portion.body):
        heading = portion.headings.get(index)
        if skip:
            skip = False
            continue
        if heading and isinstance(piece, Line):
            if stretch:
                yield stretch
            following = portion.body[index + 1] if index + 1 < len(portion.body) else None
            if isinstance(following, Line) and _goes_on(piece, heading, following, portion.headings.get(index + 1)):
                heading = _join(heading, following, portion.headings.get(index + 1))
                skip = True
            stretch = _Stretch(heading, piece.spot)
            continue
        if stretch is None:
            stretch = _Stretch(None, piece.spot)
        elif _breaks(stretch, piece):
            yield stretch
            stretch = _Stretch(None, piece.spot, meaning=_carry(stretch, piece))
        if isinstance(piece, Grid):
            stretch.grids.append(piece)
        else:
            stretch.lines.append(piece)
    if stretch:
        yield stretch


def _goes_on(line: Line, heading: Heading, following: Line, next_heading: Heading | None) -> bool:
    """Whether a heading runs over two lines: a number alone, or capitals that go on without a meaning of their own."""
    if following.mark:
        return False
    if not heading.words:
        return True
    alike = (following.caps, following.bold, following.centred, following.heading) == (line.caps, line.bold, line.centred, line.heading)
    return alike and line.caps and line.end not in ".:" and (next_heading is None or not next_heading.meaning) and following.size <= 12


def _join(heading: Heading, following: Line, next_heading: Heading | None) -> Heading:
    meaning = heading.meaning or (next_heading.meaning if next_heading else "")
    surety = max(heading.surety, next_heading.surety if next_heading else 0)
    if not meaning:
        meaning = tell_meaning(f"{heading.words} {following.words}".strip()).name
    return Heading(f"{heading.words} {following.words}".strip(), heading.mark, meaning, surety)


def _breaks(stretch: _Stretch, piece: Piece) -> bool:
    """Whether a piece cannot stand in a stretch in the order of the source: text after a table, or numbers of another section."""
    if isinstance(piece, Line) and stretch.grids:
        return True
    if not isinstance(piece, Line) or stretch.heading is None or stretch.heading.value is None or not piece.mark:
        return False
    numbers = piece.mark.numbers
    if piece.mark.style != "path" or len(numbers) < 2 or numbers[0] <= stretch.heading.value or numbers[1] != 1:
        return False
    paths = [line.mark.numbers for line in stretch.lines if line.mark and line.mark.style == "path"]
    return any(path[0] == stretch.heading.value for path in paths) and numbers[:1] not in paths


def _carry(stretch: _Stretch, piece: Piece) -> str:
    after_table = isinstance(piece, Line) and stretch.grids
    return (stretch.heading.meaning if stretch.heading else stretch.meaning) if after_table else ""


def _draft(stretch: _Stretch) -> Iterator[SectionDraft]:
    heading = stretch.heading
    nodes = nest(stretch.lines)
    meaning = heading.meaning if heading else stretch.meaning
    surety = heading.surety if heading else 0.7
    if heading is None and not stretch.meaning:
        meaning = "preamble" if all(not node.mark for node in nodes) else _tell_group(nodes)
    number = heading.mark.text if heading and heading.mark else ""
    yield _assemble(heading.words if heading else "", number, meaning, nodes, stretch.spot, tuple(stretch.grids), surety)


def _assemble(
    heading: str, number: str, meaning: str, nodes: Sequence[Node], spot: Spot, grids: tuple[Grid, ...], surety: float
) -> SectionDraft:
    lead = lead_number = ""
    clauses = [node.draft() for node in nodes]
    first = nodes[0] if nodes else None
    if first and first.words.endswith(":") and (not first.mark or (len(nodes) == 1 and len(first.items) > 1)):
        if first.items or len(nodes) > 1:
            lead, lead_number = first.words.rstrip(": "), first.mark
            clauses = [*clauses[0].items, *clauses[1:]]
    elif first and len(nodes) > 1 and not first.mark and nodes[1].mark and tell_lead(first.words) and len(first.words.split()) <= 20:
        lead, clauses = first.words, [*clauses[0].items, *clauses[1:]]
    for grid in grids:
        written = write_clauses(grid)
        if written is None or (written[0] and (lead or clauses)):
            break
        lead, clauses = written[0] or lead, [*clauses, *written[1]]
        grids = grids[1:]
    return SectionDraft(heading, meaning, tuple(clauses), spot, number, lead, grids, surety, lead_number)


def _outline_bare(stretches: Sequence[_Stretch], kind: str) -> list[SectionDraft]:
    """A paper without headings: clauses that follow one another are a section if they say the same kind of thing."""
    sections: list[SectionDraft] = []
    for stretch in stretches:
        nodes = nest(stretch.lines)
        start = 0
        while start < len(nodes) and not nodes[start].mark and (start + 1 == len(nodes) or not nodes[start].items):
            start += 1
        if 0 < start < len(nodes) and not nodes[start - 1].words.endswith(":"):
            sections.append(_assemble("", "", "preamble", nodes[:start], stretch.spot, (), 0.7))
            nodes = nodes[start:]
        groups = _group(nodes)
        flat = not {meaning for meaning, _ in groups} & {"duties", "rights", "responsibility"}
        if flat:
            groups = [("duties" if kind == "job-description" else "", nodes)] if nodes else []
        for index, (meaning, group) in enumerate(groups):
            grids = tuple(stretch.grids) if index == len(groups) - 1 else ()
            sections.append(_assemble("", "", meaning, group, group[0].spot, grids, 0.75))
        if not groups and stretch.grids:
            sections.append(SectionDraft("", "", (), stretch.spot, tables=tuple(stretch.grids), confidence=0.5))
    return sections


def _group(nodes: Sequence[Node]) -> list[tuple[str, list[Node]]]:
    groups: list[tuple[str, list[Node]]] = []
    for node in nodes:
        meaning = _tell_node(node)
        if not groups or groups[-1][0] != meaning or (node.items and meaning != "general"):
            groups.append((meaning, []))
        groups[-1][1].append(node)
    return groups


def _tell_group(nodes: Sequence[Node]) -> str:
    told = [_tell_node(node) for node in nodes]
    return max(set(told), key=lambda meaning: (told.count(meaning), meaning != "general")) if told else ""


def _tell_node(node: Node) -> str:
    if node.words.endswith(":") and node.items:
        lead = tell_lead(node.words)
        if lead in {"duties", "rights", "responsibility", "tasks", "functions", "indicators"}:
            return lead
    if tells_fault(node.words):
        return "responsibility"
    if tells_exchange(node.words):
        return "relations"
    if _INTERACTS.search(node.words) and len(node.words) < 600:
        return "interaction"
    if _EVALUATED.search(node.words):
        return "evaluation"
    return "general"


def _settle(sections: Sequence[SectionDraft], kind: str) -> Iterator[SectionDraft]:
    """Meanings as the kind of paper has them: a post has duties where a unit has tasks and functions."""
    meanings = {section.meaning for section in sections}
    functions = False
    for section in sections:
        meaning = section.meaning
        if meaning == "evaluation" and tell_lead(section.lead) == "indicators":
            meaning = "indicators"
        if kind == "job-description":
            if meaning in _KNOWN_FOR_POST and "duties" not in meanings:
                meaning = "duties"
            elif meaning == "relations" and not section.tables and not any(map(_exchanges, section.clauses)):
                meaning = "interaction"
        elif kind == "regulation" and meaning == "functions" and section.heading and functions and "rights" not in meanings:
            meaning = "rights"
        elif kind == "regulation" and (_KNOWN_FOR_UNIT.get(meaning, meaning) not in meanings):
            meaning = _KNOWN_FOR_UNIT.get(meaning, meaning)
        functions = functions or (meaning == "functions" and bool(section.heading))
        yield replace(section, meaning=meaning) if meaning != section.meaning else section


def _exchanges(clause: ClauseDraft) -> bool:
    return tells_exchange(f"{clause.text}:" if clause.items else clause.text) or any(map(_exchanges, clause.items))
