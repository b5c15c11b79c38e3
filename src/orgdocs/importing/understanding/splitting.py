"""Splitting: a manuscript that holds several papers is cut where a new one begins; head and foot are told from the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from orgdocs.importing.manuscript import Grid
from orgdocs.importing.understanding.headings import Heading, find_headings
from orgdocs.importing.understanding.lines import Line, Piece
from orgdocs.importing.understanding.particulars import is_form, tell_particular, write_out
from orgdocs.importing.understanding.titles import (
    Title,
    is_below,
    is_organisation,
    is_place,
    is_stamp,
    names_post,
    opens_head,
    tell_title,
)
from orgdocs.importing.understanding.vocabulary import find_pattern


@dataclass(slots=True)
class Portion:
    """One paper's part of a manuscript: its head, its text, what stands below, and the headings by index into ``body``."""

    title: list[Line] = field(default_factory=list)
    named: Title | None = None
    above: list[Line] = field(default_factory=list)
    stamp: list[Line] = field(default_factory=list)
    body: list[Piece] = field(default_factory=list)
    below: list[Line] = field(default_factory=list)
    headings: dict[int, Heading] = field(default_factory=dict)

    @property
    def residue(self) -> list[Line]:
        """The lines out of which leavings of another program were taken."""
        return [
            piece for piece in (*self.above, *self.stamp, *self.title, *self.body, *self.below) if isinstance(piece, Line) and piece.residue
        ]

    @property
    def first(self) -> Piece | None:
        """What stands first in the order of the manuscript."""
        everything: list[Piece] = [*self.above, *self.stamp, *self.title, *self.body, *self.below]
        return min(everything, key=lambda piece: piece.spot.block, default=None)


def split_papers(pieces: Sequence[Piece]) -> list[Portion]:
    """Cut the lines into papers."""
    headings = find_headings(pieces)
    starts = _find_starts(pieces, headings)
    portions: list[Portion] = []
    waiting: list[Line] = []
    if not pieces:
        return []
    bounds = sorted({0, *starts})
    for begin, end in zip(bounds, [*bounds[1:], len(pieces)], strict=True):
        portion = _part(pieces, begin, end, headings, starts.get(begin))
        if end < len(pieces) and (_is_introduction(portion) or _orders(portion)):
            waiting += _flatten(pieces[begin:end])
            continue
        portion.above[:0] = waiting
        waiting = []
        portions.append(portion)
    return portions


def _find_starts(pieces: Sequence[Piece], headings: dict[int, Heading]) -> dict[int, int | None]:
    """Where papers begin: the index of the first line of each head, with the index of its title's first line."""
    starts: dict[int, int | None] = {}
    last_section = 0
    last_flat = 0
    titled = instructed = sectioned = False
    meanings: set[str] = set()
    for index, piece in enumerate(pieces):
        if not isinstance(piece, Line):
            continue
        heading = headings.get(index)
        title = tell_title(piece) if heading is None or not heading.mark else None
        if title and _is_title(pieces, index, title, titled=titled, instructed=instructed and "duties" not in meanings):
            starts[_find_head(pieces, index)] = index
            headings.pop(index, None)
            titled, instructed = True, not title.by_duties
            last_section = last_flat = 0
            sectioned = False
            meanings = set()
        elif heading:
            restarts = last_section > 1 and (heading.value == 1 or (heading.value is None and heading.meaning == "general"))
            if restarts:
                begin = _find_name(pieces, index, headings)
                starts[_find_head(pieces, begin)] = begin if begin < index else None
                titled = instructed = False
                last_section = 0
                meanings = set()
            meanings.add(heading.meaning)
            last_section = heading.value or last_section + 1
            last_flat = 0
            sectioned = True
        elif piece.mark and piece.mark.style in {"path", "paren"} and len(piece.mark.numbers) == 1:
            number = piece.mark.numbers[0]
            if not sectioned and number <= min(last_flat, 3):
                begin = _find_name(pieces, index, headings)
                if begin < index and names_post(_line(pieces, begin)):
                    starts[_find_head(pieces, begin)] = begin
                    titled = instructed = False
            elif not starts and not titled and number <= 2 and not sectioned and index:
                begin = _find_name(pieces, index, headings)
                if 0 < begin < index and names_post(_line(pieces, begin)):
                    starts[begin] = begin
            elif titled and not sectioned and last_flat == 0 and number <= 2:
                begin = _find_name(pieces, index, headings)
                if (
                    begin < index
                    and names_post(_line(pieces, begin))
                    and _prose_between(pieces, max(known for known in starts.values() if known is not None), begin)
                ):
                    starts[begin] = begin
            last_flat = number
    first = min(starts, default=0)
    if first and not any(index in headings or (isinstance(piece, Line) and piece.mark) for index, piece in enumerate(pieces[:first])):
        starts[0] = starts.pop(first)
    return starts


def _line(pieces: Sequence[Piece], index: int) -> Line:
    """The line at an index where a line stands; an empty one for a table."""
    piece = pieces[index]
    return piece if isinstance(piece, Line) else Line("", piece.spot)


def _prose_between(pieces: Sequence[Piece], begin: int, end: int) -> bool:
    """Whether a whole sentence stands between two lines: then the first one was a heading over several papers."""
    return any(isinstance(piece, Line) and piece.end == "." and piece.size > 8 for piece in pieces[begin + 1 : end])


def _is_title(pieces: Sequence[Piece], index: int, title: Title, *, titled: bool, instructed: bool) -> bool:
    line = _line(pieces, index)
    before = next((piece for piece in reversed(pieces[:index]) if isinstance(piece, Line)), None)
    if before is not None and before.end in {":", ";", ","} and not (line.shown and line.breaks_page) and not line.caps:
        return False
    if title.by_duties:
        if instructed or not (title.rest or before is None or line.heading == 0 or line.breaks_page):
            return False
        return not titled or bool(title.rest)
    if title.kind == "unknown":
        return line.shown and not titled
    return line.shown or line.size <= 30


def _find_head(pieces: Sequence[Piece], index: int) -> int:
    """Go back from a title to the stamp, the name of the institution or the page break that opens the head."""
    start = index
    if _line(pieces, index).breaks_page:
        return index
    for back in range(index - 1, max(-1, index - 16), -1):
        piece = pieces[back]
        if isinstance(piece, Grid):
            if not any(is_stamp(line) for line in _flatten([piece])):
                break
            start = back
            continue
        if piece.mark and piece.mark.style in {"path", "paren", "letter", "dot"}:
            break
        if piece.breaks_page:
            return back
        if opens_head(piece) or (is_organisation(piece) and (piece.caps or piece.centred) and start - back <= 3):
            start = back
    return start


def _find_name(pieces: Sequence[Piece], index: int, headings: dict[int, Heading]) -> int:
    """Go back from the first clause of a paper without a title to the lines that name it."""
    begin = index
    for back in range(index - 1, max(-1, index - 5), -1):
        piece = pieces[back]
        if not isinstance(piece, Line) or piece.mark or back in headings or is_below(piece) or piece.size > 32 or piece.end in ".;:,!":
            break
        begin = back
        if piece.breaks_page:
            break
    return begin


def _part(pieces: Sequence[Piece], begin: int, end: int, headings: dict[int, Heading], anchor: int | None) -> Portion:
    """Tell head, text and foot of one paper. ``anchor`` is its first title line, or None if it has no title."""
    portion = Portion()
    last_title = anchor
    if anchor is not None:
        portion.named = tell_title(_line(pieces, anchor))
        last_title = _find_title_end(pieces, anchor, end, headings)
    start = _find_body(pieces, begin if last_title is None else last_title + 1, end, headings)
    if anchor is None and start == begin:
        anchor = begin
    _sort_head(portion, pieces, begin, start, anchor, last_title)
    foot = _find_foot(pieces, start, end, headings)
    portion.body = list(pieces[start:foot])
    portion.below = _flatten(pieces[foot:end])
    portion.headings = {index - start: heading for index, heading in headings.items() if start <= index < foot}
    return portion


def _find_title_end(pieces: Sequence[Piece], anchor: int, end: int, headings: dict[int, Heading]) -> int:
    last = anchor
    for index in range(anchor + 1, min(end, anchor + 8)):
        piece = pieces[index]
        if not isinstance(piece, Line) or piece.mark or index in headings or opens_head(piece):
            break
        if is_place(piece):
            continue
        if (
            tell_particular(piece.words)
            or piece.size > 32
            or piece.end in {":", ";"}
            or (piece.end == "." and piece.size > 6 and not piece.shown)
        ):
            break
        last = index
    return last


def _find_body(pieces: Sequence[Piece], begin: int, end: int, headings: dict[int, Heading]) -> int:
    return next((index for index in range(begin, end) if index in headings or _opens_body(pieces, begin, index)), end)


def _opens_body(pieces: Sequence[Piece], begin: int, index: int) -> bool:
    """Whether the text of a paper may begin with a piece: a table, a clause, a whole sentence, but nothing of the stamp."""
    piece = pieces[index]
    if isinstance(piece, Grid):
        return not is_form(piece) and not any(is_stamp(line) for line in _flatten([piece]))
    if is_place(piece) or is_stamp(piece) or tell_particular(piece.words):
        return False
    sentence = piece.end in {".", ":", ";"} and piece.size > 6
    return piece.mark is not None or (sentence and not _in_stamp(pieces, begin, index))


def _in_stamp(pieces: Sequence[Piece], begin: int, index: int) -> bool:
    return any(isinstance(piece, Line) and is_stamp(piece) for piece in pieces[max(begin, index - 5) : index])


def _sort_head(portion: Portion, pieces: Sequence[Piece], begin: int, start: int, anchor: int | None, last_title: int | None) -> None:
    stamping = False
    for index in range(begin, start):
        piece = pieces[index]
        if isinstance(piece, Grid):
            if is_form(piece):
                portion.above += write_out(piece)
                continue
            for column in _columns(piece):
                stamped = bool(column) and is_stamp(column[0])
                (portion.stamp if stamped else portion.above).extend(column)
            continue
        inside = anchor is not None and last_title is not None and anchor <= index <= last_title
        if inside and not (is_place(piece) and index != anchor):
            portion.title.append(piece)
            stamping = False
        elif is_stamp(piece) and not inside:
            portion.stamp.append(piece)
            stamping = True
        elif stamping and not (is_organisation(piece) and piece.caps and len(portion.stamp) > 2):
            portion.stamp.append(piece)
        else:
            portion.above.append(piece)
            stamping = False


def _find_foot(pieces: Sequence[Piece], start: int, end: int, headings: dict[int, Heading]) -> int:
    """Where the signatures begin, after the last clause with a mark."""
    last = start
    for index in range(start, end):
        piece = pieces[index]
        if index in headings or (isinstance(piece, Line) and piece.mark and piece.mark.style in {"path", "paren", "letter", "dot", "dash"}):
            last = index
    for index in range(last + 1, end):
        piece = pieces[index]
        if isinstance(piece, Line) and (is_stamp(piece) or (is_below(piece) and (piece.size <= 40))):
            return index
        if isinstance(piece, Grid) and len(piece.rows) <= 4 and any(is_stamp(line) or is_below(line) for line in _sign(piece)):
            return index
    return end


def _sign(grid: Grid) -> list[Line]:
    """The lines of a table, and its rows as one line each: a post in one cell is signed in the next."""
    rows = [" ".join(" ".join(cell.text.split()) for cell in row) for row in grid.rows]
    return [*_flatten([grid]), *(Line(row, grid.spot) for row in rows)]


def _orders(portion: Portion) -> bool:
    """Whether a portion is the order by which the next paper is approved: it is no paper of its own."""
    lines = (piece for piece in [*portion.above, *portion.title, *portion.body] if isinstance(piece, Line))
    return any(find_pattern("orders").fullmatch(line.words.strip(" :")) for line in lines)


def _is_introduction(portion: Portion) -> bool:
    """Whether there is nothing but some prose: then it belongs above the next paper."""
    lines = [piece for piece in portion.body if isinstance(piece, Line)]
    return len(lines) == len(portion.body) <= 12 and not portion.headings and not any(line.mark for line in lines)


def _columns(grid: Grid) -> list[list[Line]]:
    """The lines of a table that only serves to set text side by side, column by column."""
    width = max((len(row) for row in grid.rows), default=0)
    return [
        [
            Line(" ".join(text.split()), paragraph.spot)
            for row in grid.rows
            if column < len(row)
            for paragraph in row[column].paragraphs
            for text in paragraph.text.split("\n")
            if text.strip()
        ]
        for column in range(width)
    ]


def _flatten(pieces: Sequence[Piece]) -> list[Line]:
    """All lines, those of tables row by row."""
    lines: list[Line] = []
    for piece in pieces:
        if isinstance(piece, Line):
            lines.append(piece)
        else:
            cells = [paragraph for row in piece.rows for cell in row for paragraph in cell.paragraphs]
            lines += [Line(" ".join(text.split()), cell.spot) for cell in cells for text in cell.text.split("\n") if text.strip()]
    return lines
