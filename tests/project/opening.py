"""Opening registries that a test writes down as texts, and reading off what was found."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from cases import read_base
from orgdocs.contents.content import Content
from orgdocs.project import Project, open_project
from orgdocs.sources import Source


def open_texts(texts: Mapping[str, str | bytes], base: str | None = None, **options: tuple[str, ...]) -> Project:
    """The project of these files over those of a base registry."""
    files = read_base(base) if base else {}
    files |= {path: text.encode() if isinstance(text, str) else text for path, text in texts.items()}
    return open_project(Source(Path("/registry"), dict(sorted(files.items()))), **options)


def list_problems(project: Project) -> list[str]:
    """Each problem as its place, code and sentence."""
    return [f"{item.path}:{item.span.line}:{item.span.column} {item.code} {item.sentence}" for item in project.problems]


def find_paper(project: Project, name: str) -> Content:
    """The content of a paper by its name as it prints, such as ``office/job-description/director``."""
    return next(content for paper, content in project.contents.items() if str(paper) == name)
