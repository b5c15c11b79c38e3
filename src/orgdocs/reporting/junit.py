"""Problems as a JUnit report: what most build servers can show. One test case for each file, failed where it has errors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from orgdocs.problems import Problem, Severity


def report_junit(problems: Sequence[Problem], paths: Iterable[str]) -> str:
    """An XML document. Files without problems are passed cases; warnings stand in ``system-out`` and fail nothing."""
    by_path: dict[str, list[Problem]] = {path: [] for path in sorted(paths)}
    for problem in problems:
        by_path.setdefault(problem.path, []).append(problem)
    failures = sum(any(problem.severity is Severity.ERROR for problem in found) for found in by_path.values())
    cases = "\n".join(_case(path, found) for path, found in by_path.items())
    head = f'<testsuite name="orgdocs check" tests="{len(by_path)}" failures="{failures}" errors="0" skipped="0">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n{head}\n{cases}\n</testsuite>\n</testsuites>'


def _case(path: str, problems: list[Problem]) -> str:
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    warnings = [problem for problem in problems if problem.severity is Severity.WARNING]
    if not problems:
        return f'<testcase classname="orgdocs" name={quoteattr(path)}/>'
    body = [f'<testcase classname="orgdocs" name={quoteattr(path)}>']
    if errors:
        first = quoteattr(f"{errors[0].code} {errors[0].name}: {errors[0].sentence}")
        body.append(f"<failure message={first} type={quoteattr(errors[0].code)}>{escape(_lines(errors))}</failure>")
    if warnings:
        body.append(f"<system-out>{escape(_lines(warnings))}</system-out>")
    return "\n".join([*body, "</testcase>"])


def _lines(problems: list[Problem]) -> str:
    return "\n".join(
        f"{problem.path}:{problem.span.line}:{problem.span.column}: {problem.severity} {problem.code} {problem.name}: {problem.sentence}"
        for problem in problems
    )
