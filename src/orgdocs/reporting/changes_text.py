"""A comparison for the terminal: 80 columns, each change with its sign, its words and its lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import click

from orgdocs.comparing import Change, Comparison, PaperChange, Totals
from orgdocs.reporting.changes import (
    AFTER,
    BEFORE,
    DIFFERENCE,
    PAPERS_TITLE,
    TOTALS,
    Chapter,
    Group,
    Telling,
    changed_figures,
    chapters,
    paths,
    sign,
    summary,
    where,
)

_COLOURS = {"+": "green", "-": "red", "~": "yellow", ">": "cyan"}
_MARKS = {"removed": ("[-", "-]"), "added": ("{+", "+}")}
_STATES = {"new": "+", "changed": "~", "dropped": "-"}
_NARROWEST = 40
_BREAKS = re.compile("[ \n]+")
"""Where a line may end: not at a space that holds the digits of a number together."""
_NO_BREAK = "\N{NO-BREAK SPACE}"
_BLANK = frozenset(" \n")


class _Piece(NamedTuple):
    """A stretch of a line, with how it is drawn: kept, removed, added or dim."""

    text: str
    look: str = "kept"


def report_changes(comparison: Comparison, telling: Telling, *, width: int = 80, colour: bool = False) -> str:
    """The whole comparison: changes by subject, totals, papers, and a last line that counts."""
    return "\n".join(_Drawing(comparison, telling, max(width, _NARROWEST), colour=colour).draw())


class _Drawing:
    def __init__(self, comparison: Comparison, telling: Telling, width: int, *, colour: bool) -> None:
        self.comparison = comparison
        self.telling = telling
        self.width = width
        self.colour = colour
        self.style: Callable[..., str] = click.style if colour else (lambda text, **_: text)

    def draw(self) -> Iterator[str]:
        """All lines."""
        for chapter in chapters(self.comparison):
            yield from self._chapter(chapter)
        for totals in self.comparison.totals:
            yield from self._totals(totals)
        if self.comparison.papers:
            yield self.style(self.telling.say(PAPERS_TITLE), bold=True)
            for paper in self.comparison.papers:
                yield from self._paper(paper)
            yield ""
        yield self.style(self.telling.say(summary(self.comparison)), bold=True)

    # -- changes --------------------------------------------------------------------------------------------------

    def _chapter(self, chapter: Chapter) -> Iterator[str]:
        first = chapter.groups[0].subject
        if chapter.organisation is not None and chapter.organisation != first:
            yield from self._flow([_Piece(str(chapter.organisation))], "", bold=True)
            yield ""
        for group in chapter.groups:
            yield from self._group(group)
            yield ""

    def _group(self, group: Group) -> Iterator[str]:
        yield from self._flow([_Piece(self.telling.subject(group.subject))], "", bold=True)
        usual = paths(group)
        if usual:
            yield self.style(" → ".join(usual), dim=True)
        for change in group.changes:
            yield from self._change(change, usual)
        if group.changes[-1].subject.kind == "clauses":
            yield from self._flow([_Piece(self.telling.reach(group.changes[-1]))], "  ")

    def _change(self, change: Change, usual: Sequence[str]) -> Iterator[str]:
        pieces = self._pieces(change)
        lines = where(self.comparison.spot_before(change), self.comparison.spot_after(change), usual)
        if lines:
            pieces.append(_Piece(f" ({lines.replace(' ', _NO_BREAK)})", "dim"))
        mark = sign(change)
        head = self.style(mark, fg=_COLOURS[mark], bold=True)
        for number, line in enumerate(self._flow(pieces, "    ")):
            yield f"  {head} {line[4:]}" if number == 0 else line

    def _pieces(self, change: Change) -> list[_Piece]:
        if not change.words:
            return [_Piece(self.telling.change(change))]
        lead = _Piece(f"{self.telling.lead(change)} ")
        if len(change.words) == 1:
            return [lead, _Piece(change.words[0].text, change.words[0].state if self.colour else "kept")]
        return [lead, *(_Piece(segment.text, segment.state) for segment in change.words)]

    # -- totals and papers ----------------------------------------------------------------------------------------

    def _totals(self, totals: Totals) -> Iterator[str]:
        rows = [row for row in (totals.whole, *totals.units) if changed_figures(row)]
        if not rows:
            return
        label = max(self.width - 3 * 16, 12)
        heads = "".join(f"{self.telling.say(head):>16}" for head in (BEFORE, AFTER, DIFFERENCE))
        title = self.telling.say(TOTALS)
        yield self.style(f"{title:<{label}}{heads}", bold=True)
        for row in rows:
            yield from self._flow([_Piece(self.telling.row(totals, row))], "")
            for number in changed_figures(row):
                name = f"  {self.telling.figure_name(number, totals.currency)}"
                cells = [self.telling.figure(row.before, number), self.telling.figure(row.after, number)]
                cells.append(self.telling.figure(row.difference, number, signed=True))
                yield f"{name:<{label}}" + "".join(f"{cell.replace(_NO_BREAK, ' '):>16}" for cell in cells)
        yield ""

    def _paper(self, paper: PaperChange) -> Iterator[str]:
        mark = _STATES[paper.state]
        head = self.style(mark, fg=_COLOURS[mark], bold=True)
        for number, line in enumerate(self._flow([_Piece(self.telling.paper(paper))], "    ")):
            yield f"  {head} {line[4:]}" if number == 0 else line
        reasons = self.telling.reasons(paper)
        if reasons:
            yield from self._flow([_Piece(reasons, "dim" if self.colour else "kept")], "      ")

    # -- lines ----------------------------------------------------------------------------------------------------

    def _flow(self, pieces: Sequence[_Piece], indent: str, *, bold: bool = False) -> Iterator[str]:
        """Pieces in lines of the width, each indented; what is removed and added is coloured, or marked where there is no colour."""
        line: list[tuple[str, str]] = []
        length = 0
        for cluster in self._clusters(pieces):
            size = sum(len(text) for text, _ in cluster)
            if length and len(indent) + length + 1 + size > self.width:
                yield indent + self._draw(line, bold=bold)
                line, length = [], 0
            if length:
                # A space between two words of the same look has that look, too.
                line.append((" ", cluster[0][1] if cluster[0][1] == line[-1][1] else "kept"))
                length += 1
            line += cluster
            length += size
        yield indent + self._draw(line, bold=bold)

    def _clusters(self, pieces: Sequence[_Piece]) -> list[list[tuple[str, str]]]:
        """What stands between two places where a line may end: words, of which one may be kept in part."""
        clusters: list[list[tuple[str, str]]] = []
        for text, look, is_glued in self._words(pieces):
            if is_glued and clusters:
                clusters[-1].append((text, look))
            else:
                clusters.append([(text, look)])
        return clusters

    def _words(self, pieces: Sequence[_Piece]) -> Iterator[tuple[str, str, bool]]:
        """The words of pieces, each with its look and whether it follows the one before without a space."""
        is_glued = True
        for piece in pieces:
            opening, closing = _MARKS.get(piece.look, ("", "")) if not self.colour else ("", "")
            text = piece.text
            leading, trailing = text[:1] in _BLANK, text[-1:] in _BLANK
            words = [word for word in _BREAKS.split(text) if word]
            for number, word in enumerate(words):
                told = f"{opening if number == 0 else ''}{word}{closing if number == len(words) - 1 else ''}"
                yield told, piece.look, is_glued and number == 0 and not leading
                is_glued = False
            is_glued = not trailing if words else is_glued and not leading

    def _draw(self, line: Sequence[tuple[str, str]], *, bold: bool) -> str:
        """A line with its looks; what was kept together so far needs to be no more."""
        runs = groupby(line, key=lambda piece: piece[1])
        return "".join(self._colour("".join(text for text, _ in run).replace(_NO_BREAK, " "), look, bold=bold) for look, run in runs)

    def _colour(self, text: str, look: str, *, bold: bool) -> str:
        if look == "removed" and self.colour:
            return click.style(text, fg="red", strikethrough=True)
        if look == "added" and self.colour:
            return click.style(text, fg="green")
        if look == "dim":
            return self.style(text, dim=True)
        return self.style(text, bold=True) if bold else text
