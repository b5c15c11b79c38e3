"""OD19x: comments that silence a rule on a line, and what may be wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from orgdocs.problems import Fault, Finding, Place, Problem, Sentence, Span
from orgdocs.rules.rule import Subject, error, warning

_COMMENT = re.compile(r"#[ ]?orgdocs:(?:[ ]*ignore\[(?P<codes>[^\]]*)\](?P<reason>.*))?")
_CODE = re.compile(r"OD[0-9]{3}")


def unused_ignore(subject: Subject) -> Iterator[Finding]:
    """An ignore comment silences a problem.

    What it once silenced is mended by now, and the comment would hide the next problem on its line. It reaches its own
    line, or the next one if it stands alone.

    Wrong:

    ```yaml
    reports_to: director  # orgdocs: ignore[OD402] the post moved in May
    ```

    Right:

    ```yaml
    reports_to: director
    ```
    """
    del subject
    return iter(())


def ignore_without_reason(subject: Subject) -> Iterator[Finding]:
    """An ignore comment names codes in brackets and says why.

    Whoever reads the file later must be able to judge whether the reason still holds.

    Wrong:

    ```yaml
    unit: legal  # orgdocs: ignore[OD304]
    ```

    Right:

    ```yaml
    unit: legal  # orgdocs: ignore[OD304] seconded until May
    ```
    """
    del subject
    return iter(())


def apply_comments(texts: Iterable[tuple[str, str]], problems: list[Problem]) -> tuple[list[Problem], list[Fault]]:
    """Take out the problems that comments silence; report the comments that silence nothing or give no reason.

    A comment silences problems of its codes that begin on its own line, or, if it stands alone, on the next line that is
    no comment.
    """
    faults: list[Fault] = []
    silent: set[int] = set()
    by_line: dict[tuple[str, int, str], list[int]] = {}
    for index, problem in enumerate(problems):
        by_line.setdefault((problem.path, problem.span.line, problem.code), []).append(index)
    # A rule may have kept silent because a file could not be read: then nobody knows which comments are unused.
    unread = any(problem.code < "OD3" for problem in problems)
    for path, text in texts:
        lines = text.split("\n")
        for number, line in enumerate(lines, 1):
            match = _COMMENT.search(line)
            if match is None:
                continue
            place = Place(path, span=Span(number, match.start() + 1, number, len(line.rstrip()) + 1))
            codes = [code.strip() for code in (match["codes"] or "").split(",")]
            if not (match["reason"] or "").strip() or not all(_CODE.fullmatch(code) for code in codes):
                faults.append(Fault("ignore-without-reason", Finding(place, _SHAPE, hint=_EXAMPLE)))
            target = _target(lines, number)
            for code in codes:
                hit = by_line.get((path, target, code), [])
                silent.update(hit)
                if not hit and not unread and _CODE.fullmatch(code):
                    sentence = Sentence("there is no problem {code} here to ignore", code=code)
                    faults.append(Fault("unused-ignore", Finding(place, sentence, hint=Sentence("take {code} out", code=code))))
    return [problem for index, problem in enumerate(problems) if index not in silent], faults


_SHAPE = Sentence("an ignore comment gives the codes of rules in brackets, and the reason after them")
_EXAMPLE = Sentence("write it like this: # orgdocs: ignore[OD304] seconded until May")


def _target(lines: list[str], number: int) -> int:
    """The line that a comment on line ``number`` speaks of."""
    if lines[number - 1].lstrip().startswith("#"):
        while number < len(lines) and lines[number - 1].lstrip().startswith("#"):
            number += 1
    return number


RULES = (
    warning("OD190", "unused-ignore", unused_ignore),
    error("OD191", "ignore-without-reason", ignore_without_reason),
)
