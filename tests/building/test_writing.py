"""Files are written whole or not at all, and nothing is left lying about."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from orgdocs.building.writing import WriteError, sweep, write_file


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    write_file(tmp_path / "a" / "b.docx", b"one")
    write_file(tmp_path / "a" / "b.docx", b"two")
    assert (tmp_path / "a" / "b.docx").read_bytes() == b"two"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.docx"]


@pytest.mark.skipif(os.name == "nt", reason="there are no such modes")
@pytest.mark.parametrize("mask", [0o022, 0o027, 0o077])
def test_the_mode_is_that_of_any_new_file(tmp_path: Path, mask: int) -> None:
    old = os.umask(mask)
    try:
        write_file(tmp_path / "a", b"a")
    finally:
        os.umask(old)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o666 & ~mask


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(WriteError, match=r"a: it cannot be written \(Is a directory\)"):
        write_file(tmp_path / "a", b"a")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(WriteError, match="no permission to write it, or it is open in Word; close it and try again"):
            write_file(tmp_path / "a", b"a")
    finally:
        tmp_path.chmod(0o700)


def test_only_what_dead_builds_left_is_swept(tmp_path: Path) -> None:
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True, check=True
    ).stdout.strip()
    left = [f".orgdocs-tmp-{gone}-0123abcd", f"office/job-description/.orgdocs-tmp-{gone}-ffffffff", f".orgdocs-tmp-{'9' * 30}-00000000"]
    kept = [
        f".orgdocs-tmp-{os.getpid()}-0123abcd", f".orgdocs-tmp-{os.getppid()}-0123abcd", f".orgdocs-tmp-{gone}-XYZ",
        f"orgdocs-tmp-{gone}-0123abcd", f".orgdocs-tmp-{gone}-0123abcd.docx", ".orgdocs-tmp-", "~$paper.docx", "paper.docx",
        ".orgdocs-tmp--1-00000000",
    ]  # fmt: skip
    for name in (*left, *kept):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    outside = tmp_path.parent / "outside"
    outside.mkdir()
    (outside / left[0]).write_bytes(b"")
    (tmp_path / "link").symlink_to(outside)
    sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == sorted(kept)
    assert (outside / left[0]).exists()
