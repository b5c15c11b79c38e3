"""Telling old problems from new ones: a baseline of what is known, and what a change since a revision brings in."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from orgdocs.problems import Problem

_FORMAT = 1


class BaselineError(Exception):
    """A baseline cannot be read; the text says why."""


def fingerprint(problem: Problem, texts: Mapping[str, str]) -> str:
    """What makes a problem the same one although lines have moved: code, file, sentence and the words of its line."""
    lines = texts.get(problem.path, "").split("\n")
    line = " ".join(lines[problem.span.line - 1].split()) if problem.span.line <= len(lines) else ""
    return hashlib.sha256("\0".join((problem.code, problem.path, str(problem.sentence), line)).encode()).hexdigest()[:24]


def count_problems(problems: Iterable[Problem], texts: Mapping[str, str]) -> Counter[str]:
    """How often each fingerprint occurs."""
    return Counter(fingerprint(problem, texts) for problem in problems)


def new_problems(problems: Sequence[Problem], texts: Mapping[str, str], known: Mapping[str, int]) -> list[Problem]:
    """The problems that are not among the known ones; if one occurs more often than it is known, the later ones are new."""
    left = Counter(known)
    fresh = []
    for problem in problems:
        key = fingerprint(problem, texts)
        if left[key] > 0:
            left[key] -= 1
        else:
            fresh.append(problem)
    return fresh


def write_baseline(problems: Sequence[Problem], texts: Mapping[str, str]) -> str:
    """A baseline as text to be kept in git: one line for each problem, readable and in order."""
    entries = [f"{problem.path} {problem.code} {fingerprint(problem, texts)}" for problem in problems]
    return json.dumps({"format": _FORMAT, "problems": sorted(entries)}, indent=2) + "\n"


def read_baseline(path: Path) -> Counter[str]:
    """The fingerprints of a baseline file with their counts.

    Raises:
        BaselineError: there is no such file, or it is none that `orgdocs check --write-baseline` wrote.
    """
    try:
        return parse_baseline(path.read_text("utf-8"))
    except OSError as error:
        raise BaselineError(f"{path}: it cannot be read ({error.strerror}); write one with --write-baseline") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BaselineError(f"{path}: this is no baseline of this version of orgdocs") from error


def parse_baseline(text: str) -> Counter[str]:
    """The fingerprints in the text of a baseline with their counts; any error means that it is none."""
    data = json.loads(text)
    if data["format"] != _FORMAT:
        raise ValueError(text[:40])
    return Counter(str(entry).rsplit(" ", 1)[-1] for entry in data["problems"])
