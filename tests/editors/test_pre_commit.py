"""The hooks for pre-commit, by the real pre-commit where it is installed: the project is fetched and installed as users do it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from cases import read_base
from orgdocs.cli import run

ROOT = Path(__file__).parents[2]
HOOKS = ROOT / ".pre-commit-hooks.yaml"

CONFIG = """\
repos:
  - repo: {project}
    rev: {revision}
    hooks:
      - id: orgdocs-check
      - id: orgdocs-build-check
"""


def _registry(folder: Path) -> None:
    for path, content in read_base("small").items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def _git(folder: Path, *arguments: str) -> str:
    settings = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "init.defaultBranch=main"]
    return subprocess.run(["git", *settings, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def test_each_hook_is_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hooks = [hook["entry"] for hook in yaml.safe_load(HOOKS.read_text("utf-8"))]
    assert hooks == ["orgdocs check", "orgdocs build --check"]
    _registry(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert [run(hook.split()[1:]) for hook in hooks] == [0, 1]


@pytest.mark.skipif(shutil.which("pre-commit") is None, reason="pre-commit is not installed")
def test_hooks_run(tmp_path: Path) -> None:
    project, registry = tmp_path / "orgdocs", tmp_path / "registry"
    project.mkdir()
    for name in ("src", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", ".pre-commit-hooks.yaml"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
        copy(ROOT / name, project / name)
    _git(project, "init", "--quiet")
    _git(project, "add", "--all")
    _git(project, "commit", "--quiet", "--message", "a version")
    _registry(registry)
    (registry / ".gitignore").write_text("output/.orgdocs-*\n", encoding="utf-8")
    (registry / ".pre-commit-config.yaml").write_text(
        CONFIG.format(project=project.as_uri(), revision=_git(project, "rev-parse", "HEAD")), encoding="utf-8"
    )
    _git(registry, "init", "--quiet")
    outside = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment = {**outside, "PRE_COMMIT_HOME": str(tmp_path / "hooks"), "ORGDOCS_CACHE": str(tmp_path / "cache")}

    def commit() -> list[str]:
        _git(registry, "add", "--all")
        done = subprocess.run(["pre-commit", "run"], cwd=registry, env=environment, capture_output=True, text=True, check=False)
        if "CalledProcessError" in done.stdout:
            pytest.skip(f"the hooks cannot be installed here: {done.stdout[:300]}")
        return [line for line in done.stdout.splitlines() if line.endswith(("Passed", "Failed")) or "OD301" in line or "is missing" in line]

    dots = "check the registry".ljust(73, ".")
    papers = "check that the papers are current"
    first = commit()
    assert first[0] == f"{dots}Passed"
    assert first[1].startswith(papers)
    assert first[1].endswith("Failed")
    assert len(first) == 9  # and the seven papers that are missing
    path = registry / "positions/office/deputy.yaml"
    path.write_text(path.read_text("utf-8").replace("reports_to: director", "reports_to: directr"), encoding="utf-8")
    second = commit()
    assert second[0].endswith("Failed")
    assert second[1] == "positions/office/deputy.yaml:3:13: error OD301 unknown-reference: no post or body has the id directr"
