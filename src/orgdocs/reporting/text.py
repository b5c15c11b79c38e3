"""Problems for people: each with its line of the file, a mark under the place, notes and a hint."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

import click

from orgdocs.problems import Problem, Sentence, Severity, Span

# What would move the cursor, hide or turn text on a terminal; one sign for each, so that the mark below stays in place.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")

_NARROWEST = 24
"""A line of a file is not cut shorter than this, however narrow the terminal is."""

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


_WORDS = {
    Severity.ERROR: Sentence("error"),
    Severity.WARNING: Sentence("warning"),
}
_NOTE, _HINT = Sentence("note"), Sentence("hint")
_COUNTS = "files checked: {files}, errors: {errors}, warnings: {warnings}"
_NOTHING: Mapping[str, str] = {}


def report_text(
    problems: Sequence[Problem],
    texts: Mapping[str, str],
    *,
    colour: bool = False,
    width: int | None = None,
    patterns: Mapping[str, str] = _NOTHING,
) -> str:
    """The problems, one after the other.

    ``texts`` holds the files by path, for the excerpts; ``width`` is that of the terminal, None for no limit; ``patterns``
    gives the words of the report in another language.
    """
    words = {severity: word.told(patterns) for severity, word in _WORDS.items()}
    style = click.style if colour else _plain
    blocks = []
    for problem in problems:
        place = style(_place(problem.path, problem.span), bold=True)
        head = f"{place} {style(words[problem.severity], fg=_COLOURS[problem.severity], bold=True)}"
        lines = [f"{head} {problem.code} {problem.name}: {_visible(problem.sentence)}"]
        lines += [style(line, fg="cyan") if mark else line for line, mark in _excerpt(texts.get(problem.path, ""), problem.span, width)]
        lines += [f"    {_place(note.path, note.span)} {_NOTE.told(patterns)}: {_visible(note.sentence)}" for note in problem.notes]
        if problem.hint is not None:
            lines.append(f"    {style(f'{_HINT.told(patterns)}:', fg='green')} {_visible(problem.hint)}")
        blocks.append("\n".join(lines))
    return "\n".join(blocks)


def _plain(text: str, **_: object) -> str:
    return str(text)


def _place(path: str, span: Span) -> str:
    return f"{_visible(path)}:{span.line}:{span.column}:"


def _visible(text: object) -> str:
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", str(text))


def _excerpt(text: str, span: Span, width: int | None) -> list[tuple[str, bool]]:
    """The line of the place and the mark under it; long lines are cut around the place."""
    lines = text.split("\n")
    if not text or span.line > len(lines) or not lines[span.line - 1].strip():
        return []
    line = _visible(lines[span.line - 1].replace("\t", " ").rstrip())
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    end = max(min(end, len(line)), start + 1)
    stripped = min(len(line) - len(line.lstrip()), start)
    line, start, end = line[stripped:], start - stripped, end - stripped
    line = line.ljust(start + 1)
    first, last = _window(line, start, max((width or 100) - 4, _NARROWEST))
    shown = line[first:last]
    shown = f"…{shown[1:]}" if first else shown
    shown = f"{shown[:-1]}…" if last < len(line) else shown
    before, marked = _cells(shown[: start - first]), _cells(shown[start - first : end - first])
    return [(f"    {shown.rstrip()}", False), (f"    {' ' * before}{'^' * max(marked, 1)}", True)]


def _window(line: str, start: int, room: int) -> tuple[int, int]:
    """Which letters of a line are shown, so that the place at ``start`` is among them and all have room."""
    if _cells(line) <= room:
        return 0, len(line)
    first = start
    while first > 0 and _cells(line[first - 1 : start]) <= room // 4:
        first -= 1
    last = first
    while last < len(line) and _cells(line[first : last + 1]) <= room:
        last += 1
    while first > 0 and last == len(line) and _cells(line[first - 1 :]) <= room:
        first -= 1
    return first, last


def _cells(text: str) -> int:
    """How many columns of a terminal a text takes: pictures and Eastern letters two, accents none."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else unicodedata.category(letter) not in _NO_ROOM for letter in text)


_NO_ROOM = frozenset({"Mn", "Me"})


def summarise(problems: Sequence[Problem], files: int, *, colour: bool = False, patterns: Mapping[str, str] = _NOTHING) -> str:
    """The last line: how many files, errors and warnings."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    if patterns:
        line = Sentence(_COUNTS, files=files, errors=errors, warnings=warnings).told(patterns)
        shade = "red" if errors else "yellow" if warnings else "green"
        return click.style(line, fg=shade, bold=bool(problems)) if colour else line
    counted = f"{files} {'file' if files == 1 else 'files'} checked"
    if not problems:
        return click.style(f"{counted}, no problems", fg="green") if colour else f"{counted}, no problems"
    found = [f"{count} {word}{'' if count == 1 else 's'}" for count, word in ((errors, "error"), (warnings, "warning")) if count]
    line = f"{counted}, {' and '.join(found)}"
    return click.style(line, fg="red" if errors else "yellow", bold=True) if colour else line
