"""Registries in folders of their own, built as the command does it, and folders as they are at a moment."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from orgdocs.building.building import Build, Options, build
from orgdocs.project import Project, open_project
from orgdocs.sources import read_work_tree

ROOT = Path(__file__).parents[2]
BASE = ROOT / "tests" / "bases" / "small"
PAPERS = [
    "office/job-description/deputy.docx",
    "office/job-description/director.docx",
    "office/job-description/lawyer.docx",
    "office/regulation/legal.docx",
    "office/regulation/office.docx",
    "office/staffing-table/office.docx",
    "office/structure/office.docx",
]
"""The papers of the small registry."""


def copy_registry(folder: Path, base: Path = BASE) -> Path:
    """A registry of one's own to change."""
    for name in ("org", "positions"):
        shutil.copytree(base / name, folder / "registry" / name)
    return folder / "registry"


def opened(root: Path) -> Project:
    """A registry without errors."""
    project = open_project(read_work_tree(root))
    assert project.errors == 0, project.problems
    return project


def build_all(root: Path, out: Path, **options: Any) -> Build:
    """Build all papers of a registry."""
    project = opened(root)
    return build(project, out, project.contents, Options(**options), complete=True)


def outcomes(account: Build) -> dict[str, list[str]]:
    """The papers by what became of them."""
    found: dict[str, list[str]] = {}
    for path, outcome in sorted(account.outcomes.items()):
        found.setdefault(outcome.value, []).append(path)
    return found


def change(path: Path, old: str, new: str) -> None:
    """Change a text in a file, as one does in an editor."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def snapshot(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Every file and folder with its mode, time and content."""
    found = {}
    for base, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = Path(base) / name
            status = path.lstat()
            content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
            found[path.relative_to(folder).as_posix()] = (status.st_mode, status.st_mtime_ns, content)
    return found


def papers_in(folder: Path) -> dict[str, bytes]:
    """The papers in a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.docx"))}


def strange_files(folder: Path) -> list[str]:
    """Files in an output folder that belong neither to papers nor to the account of them."""
    kept = {".orgdocs-manifest.json", ".orgdocs-lock"}
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and path.suffix != ".docx" and path.name not in kept)
