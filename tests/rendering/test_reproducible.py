"""The same registry gives the same bytes, wherever, whenever and by whomever it is built."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from orgdocs.building.templates import packaged_template
from orgdocs.rendering.packages import read_package
from orgdocs.rendering.papers import fixed_time, render_paper
from orgdocs.rendering.templates import Template
from rendering.wordfiles import content_of, full_body

BASE = Path(__file__).parents[1] / "bases" / "small"
PROGRAM = """
import os, sys
from pathlib import Path
os.umask(int(sys.argv[3], 8))
from orgdocs.building.building import Options, build
from orgdocs.project import open_project
from orgdocs.sources import read_work_tree
project = open_project(read_work_tree(Path(sys.argv[1])))
build(project, Path(sys.argv[2]), project.contents, Options(jobs=int(sys.argv[4])), complete=True)
"""
SURROUNDINGS: dict[str, tuple[dict[str, str], str]] = {
    "plain": ({"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"}, "022"),
    "other": ({"PYTHONHASHSEED": "12345", "TZ": "Asia/Vladivostok", "LC_ALL": "uk_UA.UTF-8", "LANG": "tr_TR.UTF-8"}, "077"),
    "third": ({"PYTHONHASHSEED": "77", "TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "COLUMNS": "20", "HOME": "/nowhere"}, "002"),
}


def run(root: Path, out: Path, cwd: Path, surroundings: str, more: dict[str, str] | None = None) -> dict[str, str]:
    """Build in a process of its own; the digest of every paper."""
    environment, umask = SURROUNDINGS[surroundings]
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "ORGDOCS_CACHE", "SYSTEMROOT"}}
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM, str(root), str(out), umask, "1"]
    subprocess.run(command, check=True, cwd=cwd, env={**kept, **environment, **(more or {})})
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.rglob("*.docx"))}


def test_the_same_bytes_in_other_surroundings(tmp_path: Path) -> None:
    copies = []
    for name in SURROUNDINGS:
        root = tmp_path / f"registry {name}"
        shutil.copytree(BASE, root)
        copies.append(run(root, tmp_path / name / "out", tmp_path if name == "plain" else root, name))
    assert len(copies[0]) > 3
    assert copies[0] == copies[1] == copies[2]


def test_source_date_epoch_changes_the_date_and_nothing_else(tmp_path: Path) -> None:
    plain = run(BASE, tmp_path / "plain", tmp_path, "plain")
    dated = run(BASE, tmp_path / "dated", tmp_path, "plain", {"SOURCE_DATE_EPOCH": "1700000000"})
    assert set(plain) == set(dated)
    for path in plain:
        before, after = (read_package((tmp_path / name / path).read_bytes()) for name in ("plain", "dated"))
        assert [name for name in before if before[name] != after[name]] == ["docProps/core.xml"]
        assert after["docProps/core.xml"].count(b"2023-11-14T22:13:20Z") == 2


@pytest.mark.parametrize(
    ("epoch", "time"),
    [
        ("0", "1970-01-01T00:00:00Z"), ("1", "1970-01-01T00:00:01Z"), ("253402214399", "9999-12-30T23:59:59Z"), ("", ""), ("-1", ""),
        ("abc", ""), ("²", ""), ("٣", ""), ("1.5", ""), ("9" * 5000, ""), ("253402300800", ""),
    ],
)  # fmt: skip
def test_source_date_epoch_is_read_strictly(monkeypatch: pytest.MonkeyPatch, epoch: str, time: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert fixed_time() == time


def test_the_day_of_approval_is_the_date_of_the_file() -> None:
    template = Template(packaged_template("intl", "job-description"))
    content = content_of(full_body(str, "job-description"))
    undated = read_package(render_paper(template, content))["docProps/core.xml"]
    assert undated.count(b"1980-01-01T00:00:00Z") == 2
    dated = type(content)(content.paper, content.profile, "2026-03-04", content.body)
    assert read_package(render_paper(template, dated))["docProps/core.xml"].count(b"2026-03-04T00:00:00Z") == 2


def test_two_templates_in_turn_do_not_touch_each_other() -> None:
    one, two = (Template(packaged_template(profile, "job-description")) for profile in ("ua", "intl"))
    content = content_of(full_body(lambda: "a", "job-description"))
    first = render_paper(one, content)
    render_paper(two, content_of(full_body(lambda: "b", "job-description"), language="ru"))
    assert render_paper(one, content) == first
