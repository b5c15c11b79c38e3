"""Problems as SARIF 2.1.0 (OASIS): read by code hosts and editors, with the documentation of the rules included."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from orgdocs import __version__
from orgdocs.problems import Problem, ProblemNote, Severity, Span
from orgdocs.rules import RULES

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def report_sarif(problems: Sequence[Problem]) -> str:
    """A SARIF log with one run. Columns count code points, ends are exclusive, as SARIF's default is."""
    used = {problem.code for problem in problems}
    rules = [rule for rule in RULES if rule.code in used]
    index = {rule.code: number for number, rule in enumerate(rules)}
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "orgdocs",
                        "version": __version__,
                        "rules": [
                            {
                                "id": rule.code,
                                "name": "".join(part.capitalize() for part in rule.name.split("-")),
                                "shortDescription": {"text": rule.documentation.splitlines()[0]},
                                "help": {"text": rule.documentation, "markdown": rule.documentation},
                                "defaultConfiguration": {"level": _LEVELS[rule.severity]},
                            }
                            for rule in rules
                        ],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {"REGISTRY": {"description": {"text": "The root of the registry."}}},
                "results": [_result(problem, index[problem.code]) for problem in problems],
            }
        ],
    }
    return json.dumps(log, ensure_ascii=False, indent=2)


def _result(problem: Problem, rule: int) -> dict[str, Any]:
    message = str(problem.sentence) + (f" ({problem.hint})" if problem.hint is not None else "")
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": _LEVELS[problem.severity],
        "message": {"text": message},
        "locations": [_location(problem.path, problem.span)],
    }
    if problem.notes:
        result["relatedLocations"] = [_related(number, note) for number, note in enumerate(problem.notes)]
    return result


def _location(path: str, span: Span) -> dict[str, Any]:
    region = {"startLine": span.line, "startColumn": span.column, "endLine": span.end_line, "endColumn": span.end_column}
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(path), "uriBaseId": "REGISTRY"}, "region": region}}


def _related(number: int, note: ProblemNote) -> dict[str, Any]:
    return {"id": number, "message": {"text": str(note.sentence)}, **_location(note.path, note.span)}


def _uri(path: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415

    return quote(path, safe="/", errors="surrogateescape")
