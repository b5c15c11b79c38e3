"""Problems for machines: JSON, and the annotations of GitHub's workflows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from orgdocs.problems import Problem, Severity, Span


def report_json(problems: Sequence[Problem], files: int) -> str:
    """A JSON document: ``problems`` in order, and the counts.

    Lines and columns are 1-based, in code points; ends are exclusive.
    """
    data = {
        "files": files,
        "errors": sum(problem.severity is Severity.ERROR for problem in problems),
        "warnings": sum(problem.severity is Severity.WARNING for problem in problems),
        "problems": [as_data(problem) for problem in problems],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def as_data(problem: Problem) -> dict[str, Any]:
    """One problem as JSON-able data."""
    return {
        "path": problem.path,
        **_span(problem.span),
        "code": problem.code,
        "name": problem.name,
        "severity": str(problem.severity),
        "message": str(problem.sentence),
        "notes": [{"path": note.path, **_span(note.span), "message": str(note.sentence)} for note in problem.notes],
        "hint": str(problem.hint) if problem.hint is not None else None,
    }


def _span(span: Span) -> dict[str, int]:
    return {"line": span.line, "column": span.column, "end_line": span.end_line, "end_column": span.end_column}


def report_github(problems: Sequence[Problem]) -> str:
    """Workflow commands that GitHub shows as annotations on the lines. Errors first: it shows ten of each at most."""
    ordered = sorted(problems, key=lambda problem: (problem.severity is not Severity.ERROR, problem.order))
    return "\n".join(_annotation(problem) for problem in ordered)


def _annotation(problem: Problem) -> str:
    message = str(problem.sentence) + (f" ({problem.hint})" if problem.hint is not None else "")
    span = problem.span
    fields = {
        "file": problem.path,
        "line": span.line,
        "col": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
        "title": f"{problem.code} {problem.name}",
    }
    told = ",".join(f"{key}={_escape_property(str(value))}" for key, value in fields.items())
    return f"::{problem.severity} {told}::{_escape(message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
