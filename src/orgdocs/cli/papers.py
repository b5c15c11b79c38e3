"""The papers that a command is asked for by name, kind and language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from orgdocs.cli.options import suggest_near

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgdocs.contents.content import PaperId

KINDS = (
    "job-description", "regulation", "staffing-table", "structure", "familiarisation-sheet", "familiarisation-journal", "review-list",
)  # fmt: skip
"""The kinds of papers, here as well so that a command line is understood without loading what writes papers."""

LANGUAGES = ("uk", "ru", "be", "en")
"""The languages of papers."""


def is_meant(name: str, paper: PaperId, folder: Path, path: str) -> bool:
    """Whether a name on the command line is the id of a paper, the end of it, or where it lies: ``path`` in ``folder``."""
    return f"/{paper}".endswith(f"/{name}") or name == path or Path(name).resolve() == (folder / path).resolve()


def explain_unknown(name: str, papers: Iterable[PaperId]) -> str:
    """That there is no such paper, and which one may be meant."""
    known = [str(paper) for paper in papers]
    ends = {paper.rsplit("/", 1)[-1]: paper for paper in known}
    near = suggest_near(name, known) if "/" in name else suggest_near(name, list(ends))
    return f"there is no paper {name}{near}"
