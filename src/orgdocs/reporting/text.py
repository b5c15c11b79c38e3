"""Problems for people: each with its line of the file, a mark under the place, notes and a hint."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from orgdocs.problems import Problem, Severity, Span

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def report_text(problems: Sequence[Problem], texts: Mapping[str, str], *, colour: bool = False, width: int | None = None) -> str:
    """The problems, one after the other.

    ``texts`` holds the files by path, for the excerpts; ``width`` is that of the terminal, None for no limit.
    """
    style = click.style if colour else _plain
    blocks = []
    for problem in problems:
        head = f"{style(_place(problem.path, problem.span), bold=True)} {style(problem.severity, fg=_COLOURS[problem.severity], bold=True)}"
        lines = [f"{head} {problem.code} {problem.name}: {problem.sentence}"]
        lines += [style(line, fg="cyan") if mark else line for line, mark in _excerpt(texts.get(problem.path, ""), problem.span, width)]
        lines += [f"    {_place(note.path, note.span)} note: {note.sentence}" for note in problem.notes]
        if problem.hint is not None:
            lines.append(f"    {style('hint:', fg='green')} {problem.hint}")
        blocks.append("\n".join(lines))
    return "\n".join(blocks)


def _plain(text: str, **_: object) -> str:
    return str(text)


def _place(path: str, span: Span) -> str:
    return f"{path}:{span.line}:{span.column}:"


def _excerpt(text: str, span: Span, width: int | None) -> list[tuple[str, bool]]:
    """The line of the place and the mark under it; long lines are cut around the place."""
    lines = text.split("\n")
    if not text or span.line > len(lines) or not lines[span.line - 1].strip():
        return []
    line = lines[span.line - 1].replace("\t", " ").rstrip()
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    end = max(min(end, len(line)), start + 1)
    stripped = len(line) - len(line.lstrip())
    line, start, end = line[stripped:], start - stripped, end - stripped
    room = (width or 100) - 4
    if len(line) > room:
        first = max(0, min(start - room // 4, len(line) - room))
        line = ("…" if first else "") + line[first + (1 if first else 0) : first + room - 1] + ("…" if first + room < len(line) else "")
        start, end = start - first, min(end - first, room)
    if start < 0:
        return [(f"    {line}", False)]
    return [(f"    {line}", False), (f"    {' ' * start}{'^' * max(end - start, 1)}", True)]


def summarise(problems: Sequence[Problem], files: int, *, colour: bool = False) -> str:
    """The last line: how many files, errors and warnings."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    counted = f"{files} {'file' if files == 1 else 'files'} checked"
    if not problems:
        return click.style(f"{counted}, no problems", fg="green") if colour else f"{counted}, no problems"
    found = [f"{count} {word}{'' if count == 1 else 's'}" for count, word in ((errors, "error"), (warnings, "warning")) if count]
    line = f"{counted}, {' and '.join(found)}"
    return click.style(line, fg="red" if errors else "yellow", bold=True) if colour else line
