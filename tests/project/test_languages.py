"""A name that lacks the language of a paper stops every paper that needs it, and not only the first."""

from __future__ import annotations

from pathlib import Path

from orgdocs.project import open_project
from orgdocs.sources import Source

SMALL = Path(__file__).parents[1] / "bases" / "small"


def test_each_paper_misses_the_name() -> None:
    files = {path.relative_to(SMALL).as_posix(): path.read_bytes() for path in SMALL.rglob("*.yaml")}
    organisation = files["org/office/organisation.yaml"]
    files["org/office/organisation.yaml"] = organisation.replace(b"language: en\n", b"language: ru\nlanguages: [en]\n", 1)
    project = open_project(Source(SMALL, dict(sorted(files.items()))))
    assert [str(paper) for paper in project.contents if paper.language == "en"] == []
