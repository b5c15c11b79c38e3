"""The short way out of a build with nothing to do is taken when nothing has changed, and only then."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from building.registries import BASE, PAPERS, build_all, change, copy_registry, opened
from drawing import draw_png
from orgdocs.building.building import Options, build
from orgdocs.building.manifest import NAME
from orgdocs.building.templates import packaged_template
from orgdocs.building.unchanged import count_unchanged
from orgdocs.contents.content import PaperId
from orgdocs.sources import read_work_tree

DEPUTY = "positions/office/deputy.yaml"


def count(root: Path, out: Path) -> int | None:
    """What the short way says."""
    return count_unchanged(read_work_tree(root), out)


def test_it_is_taken_after_a_whole_build(tmp_path: Path) -> None:
    assert count(BASE, tmp_path) is None
    build_all(BASE, tmp_path)
    assert count(BASE, tmp_path) == len(PAPERS)


def remove_manifest(_: Path, out: Path) -> None:
    (out / NAME).unlink()


def remove_paper(_: Path, out: Path) -> None:
    (out / PAPERS[3]).unlink()


def edit_paper(_: Path, out: Path) -> None:
    (out / PAPERS[3]).write_bytes(b"x" * (out / PAPERS[3]).stat().st_size)


def link_paper(_: Path, out: Path) -> None:
    (out / PAPERS[3]).rename(out / "moved")
    (out / PAPERS[3]).symlink_to(out / "moved")


def change_registry(root: Path, _: Path) -> None:
    change(root / DEPUTY, "helps", "tries")


def comment_registry(root: Path, _: Path) -> None:
    change(root / DEPUTY, "title:", "# a comment\ntitle:")


def add_post(root: Path, _: Path) -> None:
    (root / "positions/office/second-deputy.yaml").write_bytes((root / DEPUTY).read_bytes())


def add_stranger(root: Path, _: Path) -> None:
    (root / "positions/office/odd.yaml").symlink_to(root / DEPUTY)


def add_template(root: Path, _: Path) -> None:
    (root / "templates/intl").mkdir(parents=True)
    (root / "templates/intl/structure.docx").write_bytes(packaged_template("intl", "structure"))


def add_wording(root: Path, _: Path) -> None:
    (root / "org/office/wording.yaml").write_text("words: {}\n", encoding="utf-8")


@pytest.mark.parametrize(
    "happening",
    [
        remove_manifest,
        remove_paper,
        edit_paper,
        link_paper,
        change_registry,
        comment_registry,
        add_post,
        add_stranger,
        add_template,
        add_wording,
    ],
)
def test_it_is_not_taken_after_a_change(tmp_path: Path, happening: Callable[[Path, Path], None]) -> None:
    root, out = copy_registry(tmp_path), tmp_path / "out"
    build_all(root, out)
    happening(root, out)
    assert count(root, out) is None


def test_a_changed_template_picture_or_wording_is_seen(tmp_path: Path) -> None:
    root, out = copy_registry(tmp_path), tmp_path / "out"
    add_template(root, out)
    add_wording(root, out)
    picture = root / "org/office/emblem.png"
    picture.write_bytes(draw_png(24, 34))
    change(root / "org/office/organisation.yaml", "status:", "emblem: {file: emblem.png, description: Coat of arms}\nstatus:")
    build_all(root, out)
    assert count(root, out) == len(PAPERS)
    picture.write_bytes(draw_png(24, 35))
    assert count(root, out) is None
    picture.write_bytes(draw_png(24, 34))
    assert count(root, out) == len(PAPERS)
    template = root / "templates/intl/structure.docx"
    template.write_bytes(packaged_template("ua", "structure"))
    assert count(root, out) is None
    template.write_bytes(packaged_template("intl", "structure"))
    assert count(root, out) == len(PAPERS)
    (root / "org/office/wording.yaml").write_text("words: {}  # changed\n", encoding="utf-8")
    assert count(root, out) is None


def test_a_file_that_was_only_touched_is_no_change(tmp_path: Path) -> None:
    root, out = copy_registry(tmp_path), tmp_path / "out"
    build_all(root, out)
    for path in (root / DEPUTY, out / PAPERS[0]):
        os.utime(path)
    assert count(root, out) == len(PAPERS)


def test_another_epoch_is_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_all(BASE, tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert count(BASE, tmp_path) is None


def some(root: Path, out: Path) -> None:
    """Build one paper only."""
    project = opened(root)
    one = PaperId("office", "job-description", "deputy", "en")
    build(project, out, {one: project.contents[one]}, Options(), complete=False)


def test_a_build_of_some_papers_does_not_make_the_whole_up_to_date(tmp_path: Path) -> None:
    root, out = copy_registry(tmp_path), tmp_path / "out"
    some(root, out)
    assert count(root, out) is None
    build_all(root, out)
    some(root, out)
    assert count(root, out) == len(PAPERS)
    change(root / "positions/office/director.yaml", "keeps the examples", "keeps them")
    some(root, out)
    assert count(root, out) is None


def test_builds_with_something_left_to_say_are_not_skipped(tmp_path: Path) -> None:
    root, out = copy_registry(tmp_path), tmp_path / "out"
    build_all(root, out, compress=True)
    assert count(root, out) is None
    build_all(root, out)
    (out / PAPERS[0]).write_bytes(b"by hand")
    build_all(root, out)
    assert count(root, out) is None
    (out / PAPERS[0]).unlink()
    build_all(root, out)
    assert count(root, out) == len(PAPERS)
    (root / "positions/office/legal/lawyer.yaml").unlink()
    (root / "org/office/units/legal.yaml").unlink()
    build_all(root, out)
    assert count(root, out) is None  # papers that are no longer defined lie about
    build_all(root, out, prune=True)
    assert count(root, out) == len(PAPERS) - 3
