"""Mending what is mechanical: spaces, typed numbers, quotes, apostrophes. Everything else in a file stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from orgdocs.documents import Data, Document, read_document
from orgdocs.editing.scalars import align
from orgdocs.model.texts import Passage
from orgdocs.problems import Problem, Route, Span
from orgdocs.project import Project
from orgdocs.rules.passages import Reading, is_clause, reading_of
from orgdocs.rules.slips import Slip, find_mendable

FIXABLE = frozenset({"typed-number", "spaces", "quotes", "apostrophe"})
"""The names of the rules whose problems can be mended without asking anybody."""

_PER_FILE = frozenset({"apostrophe"})
"""Of these rules one problem stands for all in its file."""


def fix(project: Project) -> dict[str, bytes]:
    """The files that can be mended, with their new contents. Nothing is written.

    Only what is reported is mended: what settings or comments ignore is left alone. A file that has faults as YAML is not
    touched, nor one that would read otherwise afterwards than it should.
    """
    reported = _Reported(problem for problem in project.problems if problem.name in FIXABLE)
    fixed: dict[str, bytes] = {}
    for hierarchy in project.hierarchies.values():
        reading = reading_of(hierarchy)
        passages: dict[str, list[Passage]] = {}
        for sheet in reading.sheets:
            path = sheet.passages[0].place.path
            if path in reported.paths:
                passages.setdefault(path, []).extend(sheet.passages)
        for path, of_file in passages.items():
            content = _fix_file(path, project.source.files[path], of_file, reading, reported)
            if content is not None:
                fixed[path] = content
    return dict(sorted(fixed.items()))


class _Reported:
    """Which slips are reported, and where."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self._places: set[tuple[str, str, Span | None]] = set()
        self.paths: set[str] = set()
        for problem in problems:
            self._places.add((problem.path, problem.name, None if problem.name in _PER_FILE else problem.span))
            self.paths.add(problem.path)

    def has(self, path: str, name: str, span: Span) -> bool:
        """Whether this rule has spoken of the text that stands there."""
        return (path, name, None if name in _PER_FILE else span) in self._places


def _fix_file(path: str, content: bytes, passages: Iterable[Passage], reading: Reading, reported: _Reported) -> bytes | None:
    """The mended file, or None if nothing in it can be mended."""
    document = read_document(path, content)
    if document.faults:
        return None
    lines = _line_starts(document.text)
    edits: list[Slip] = []
    wanted: dict[Route, str] = {}
    for passage in passages:
        span = document.span(passage.place)
        found = find_mendable(passage.text, passage.language, reading.apostrophe, clause=is_clause(passage))
        slips = list(_apart(slip for name, slip in found if reported.has(path, name, span)))
        source = slice(lines[span.line - 1] + span.column - 1, lines[span.end_line - 1] + span.end_column - 1)
        in_file = _locate(document.text, source, passage.text, slips) if slips else None
        if in_file is not None:
            edits += in_file
            wanted[passage.place.route] = _apply(passage.text, slips)
    if not edits:
        return None
    mended = _restore(content, _apply(document.text, edits))
    return mended if _differs_only(document, read_document(path, mended), wanted) else None


def _apart(slips: Iterable[Slip]) -> Iterator[Slip]:
    """The slips in order; of those that overlap, the first."""
    end = 0
    for slip in sorted(slips, key=lambda slip: (slip.start, -slip.end)):
        if slip.start >= end:
            yield slip
            end = slip.end


def _locate(text: str, source: slice, value: str, slips: Iterable[Slip]) -> list[Slip] | None:
    """The same slips as stretches of the file; None where they cannot be found there for certain, or reach over a line end."""
    letters = align(text[source])
    if letters is None or "".join(letter.character for letter in letters) != value:
        return None
    first = source.start
    located = [Slip(first + letters[slip.start].start, first + letters[slip.end - 1].end, slip.better) for slip in slips]
    return None if any("\n" in text[slip.start : slip.end] for slip in located) else located


def _apply(text: str, slips: Iterable[Slip]) -> str:
    """A text with everything mended."""
    parts: list[str] = []
    end = 0
    for slip in sorted(slips):
        parts += (text[end : slip.start], slip.better or "")
        end = slip.end
    return "".join((*parts, text[end:]))


def _line_starts(text: str) -> list[int]:
    """Where each line of a text begins; a further one after its end."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _restore(content: bytes, text: str) -> bytes:
    """A text as bytes, with the byte order mark and the line ends of the file that it was read from."""
    original = content.decode("utf-8")
    ends = ["\r" if line.endswith("\r") else "" for line in original.split("\n")]
    mark = "\ufeff" if original.startswith("\ufeff") else ""
    return (mark + "\n".join(line + end for line, end in zip(text.split("\n"), ends, strict=True))).encode()


def _differs_only(before: Document, after: Document, wanted: Mapping[Route, str]) -> bool:
    """Whether the mended file reads as it should: as before, but for the texts that were to be mended."""
    return not after.faults and dict(_flatten(after.data)) == {**dict(_flatten(before.data)), **wanted}


def _flatten(data: Data, route: Route = ()) -> Iterator[tuple[Route, str | None]]:
    """All texts of a file by their routes; maps and lists themselves as nothing, so that empty ones count."""
    if isinstance(data, dict | list):
        yield route, None
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _flatten(value, (*route, key))
    else:
        yield route, data
