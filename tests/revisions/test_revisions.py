"""A registry read from git: real repositories, and the same files as in the work tree."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from orgdocs.revisions import RevisionError, read_revision, resolve_revision
from orgdocs.sources import LARGEST_FILE, read_work_tree

SMALL = Path(__file__).parents[1] / "bases" / "small"


def _git(root: Path, *arguments: str) -> None:
    environment = {**os.environ, "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org"}
    environment |= {"GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True, env=environment)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A registry in a folder of a repository, with one commit."""
    root = tmp_path / "repository" / "registry"
    shutil.copytree(SMALL, root)
    _git_init(root.parent)
    return root


def _git_init(folder: Path) -> None:
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    _git(folder, "add", "-A")
    _git(folder, "commit", "-qm", "one")


def test_a_revision_has_the_pictures_and_templates_that_it_had(repository: Path) -> None:
    for path in ("org/office/emblem.png", "org/office/units/scan.png", "positions/a.png", "templates/intl/structure.docx"):
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).write_bytes(path.encode())
    (repository / "org/office/link.png").symlink_to("emblem.png")
    (repository / "org/office/large.png").write_bytes(bytes(LARGEST_FILE + 1))
    _git(repository, "add", "-A")
    _git(repository, "commit", "-qm", "two")
    before = read_work_tree(repository)
    assert before.pictures == {"org/office/emblem.png": b"org/office/emblem.png"}
    assert before.strange == {"org/office/large.png": "large", "org/office/link.png": "link"}
    (repository / "org/office/emblem.png").write_bytes(b"another")
    assert read_revision(repository, "HEAD") == before


def test_a_revision_is_what_the_work_tree_was(repository: Path) -> None:
    before = read_work_tree(repository)
    (repository / "positions" / "office" / "deputy.yaml").unlink()
    (repository / "positions" / "office" / "director.yaml").write_text("title: Chief\n", encoding="utf-8")
    assert read_revision(repository, "HEAD") == before
    assert read_work_tree(repository) != before


def test_links_templates_and_left_over_files(repository: Path) -> None:
    (repository / "templates" / "intl").mkdir(parents=True)
    (repository / "templates" / "intl" / "structure.docx").write_bytes(b"PK\0\xff")
    (repository / "org" / "office" / "~$x.yaml").write_text("a: 1\n", encoding="utf-8")
    (repository / "org" / "office" / "посада.yaml").write_text("a: 1\n", encoding="utf-8")
    (repository / "org" / "office" / "link.yaml").symlink_to("acts.yaml")
    (repository / "org" / "office" / "large.yaml").write_bytes(b"#" * ((1 << 20) + 1))
    _git(repository, "add", "-A")
    _git(repository, "commit", "-qm", "two")
    assert read_revision(repository, "HEAD") == read_work_tree(repository)


def test_an_empty_revision(tmp_path: Path) -> None:
    (tmp_path / "readme.txt").write_text("x", encoding="utf-8")
    _git_init(tmp_path)
    assert read_revision(tmp_path, "HEAD").files == {}


@pytest.mark.parametrize("revision", ["nothing", "--all", "HEAD^9", "-x", ""])
def test_what_is_no_revision_is_refused(repository: Path, revision: str) -> None:
    with pytest.raises(RevisionError, match="there is no revision"):
        resolve_revision(repository, revision)


def test_a_repository_without_commits_says_what_to_do(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    with pytest.raises(RevisionError, match="nothing has been committed here yet"):
        resolve_revision(tmp_path, "HEAD")


def test_outside_of_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(RevisionError, match="there is no revision HEAD here"):
        read_revision(tmp_path, "HEAD")
