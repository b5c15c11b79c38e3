"""OD19x: comments that silence a rule on a line, and what may be wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from orgdocs.problems import Fault, Finding, Place, Problem, Sentence, Span
from orgdocs.rules.rule import Subject, error, warning

_COMMENT = re.compile(r"#[ ]?orgdocs:[ ]*ignore\[([^\]]*)\][ ]*(.*)")
_CODE = re.compile(r"OD[0-9]{3}")


def unused_ignore(subject: Subject) -> Iterator[Finding]:
    """An ignore comment silences something.

    What it once silenced is mended, and the comment would hide the next problem.

    Wrong: `# orgdocs: ignore[OD401] …` on a line without that problem. Right: no comment.
    """
    del subject
    return iter(())


def ignore_without_reason(subject: Subject) -> Iterator[Finding]:
    """An ignore comment names codes and says why.

    Wrong: `# orgdocs: ignore[OD304]`. Right: `# orgdocs: ignore[OD304] seconded until May`.
    """
    del subject
    return iter(())


def apply_comments(texts: Iterable[tuple[str, str]], problems: list[Problem]) -> tuple[list[Problem], list[Fault]]:
    """Take out the problems that comments silence; report the comments that silence nothing or give no reason.

    A comment silences problems of its codes that begin on its own line, or, if it stands alone on a line, on the next.
    """
    faults: list[Fault] = []
    silent: set[int] = set()
    by_path: dict[str, list[int]] = {}
    for index, problem in enumerate(problems):
        by_path.setdefault(problem.path, []).append(index)
    for path, text in texts:
        for number, line in enumerate(text.split("\n"), 1):
            match = _COMMENT.search(line)
            if match is None:
                continue
            target = number + 1 if line.lstrip().startswith("#") else number
            place = Place(path, span=Span(number, match.start() + 1, number, len(line) + 1))
            codes = [code.strip() for code in match.group(1).split(",")]
            if not match.group(2).strip() or not all(_CODE.fullmatch(code) for code in codes):
                faults.append(
                    Fault("ignore-without-reason", Finding(place, Sentence("write the codes in brackets and the reason after them")))
                )
            for code in codes:
                hit = [index for index in by_path.get(path, ()) if problems[index].code == code and problems[index].span.line == target]
                silent.update(hit)
                if not hit and _CODE.fullmatch(code):
                    faults.append(Fault("unused-ignore", Finding(place, Sentence("there is no problem {code} here to ignore", code=code))))
    return [problem for index, problem in enumerate(problems) if index not in silent], faults


RULES = (
    warning("OD190", "unused-ignore", unused_ignore),
    error("OD191", "ignore-without-reason", ignore_without_reason),
)
