"""Problems as GitLab's code quality report: shown in merge requests, beside the lines."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence

from orgdocs.problems import Problem, Severity

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def report_gitlab(problems: Sequence[Problem]) -> str:
    """A JSON list in the format of Code Climate, as GitLab reads it.

    The fingerprint leaves the line out, so that a problem that only moves is not new. Equal problems of a file are
    told apart by their order.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    entries = []
    for problem in problems:
        identity = (problem.code, problem.path, str(problem.sentence))
        seen[identity] += 1
        fingerprint = hashlib.sha256("\0".join((*identity, str(seen[identity]))).encode()).hexdigest()
        lines: dict[str, int] = {"begin": problem.span.line, "end": problem.span.end_line}
        entries.append(
            {
                "description": f"{problem.sentence}" + (f" ({problem.hint})" if problem.hint is not None else ""),
                "check_name": f"{problem.code} {problem.name}",
                "fingerprint": fingerprint,
                "severity": _SEVERITIES[problem.severity],
                "location": {"path": problem.path, "lines": lines},
            }
        )
    return json.dumps(entries, ensure_ascii=False, indent=2)
