"""The guides to editors and CI: what they say to write down is well-formed, and their commands do what is said."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from cases import read_base
from docs.guide import DOCS, read_blocks

CI = (DOCS / "ci.md").read_text("utf-8")
EDITORS = (DOCS / "editors.md").read_text("utf-8")


def _commands() -> list[str]:
    """All orgdocs commands that the pages name, in blocks and in sentences."""
    found = []
    for page in (CI, EDITORS):
        found += re.findall(r"`(orgdocs [a-z][^`]*)`", page)
        found += [
            command for block in read_blocks(page) for command in re.findall(r"(?:run: |- |^)(orgdocs .+)$", block.text, re.MULTILINE)
        ]
    return sorted({command.partition(" > ")[0] for command in found})


# One reads what an editor says until it goes; the other makes a registry, which is there already.
NOT_RUN = ("orgdocs lsp", "orgdocs init", "orgdocs rename")


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    """A small registry in git, with a branch of another place."""
    for path, content in read_base("small").items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    git = ["git", "-c", "user.name=Somebody", "-c", "user.email=somebody@example.org"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "start"], ["update-ref", "refs/remotes/origin/main", "HEAD"]):
        subprocess.run([*git, *arguments], cwd=tmp_path, check=True)
    return tmp_path


def test_commands_run(registry: Path) -> None:
    def run(command: str) -> int:
        words = shlex.split(command.replace("--organisation ID", "--organisation office"))
        return subprocess.run([sys.executable, "-m", *words], cwd=registry, check=False, capture_output=True).returncode

    commands = [command for command in _commands() if command not in NOT_RUN]
    assert "orgdocs check --strict --format github" in commands
    commands.sort(key=lambda command: ("--baseline" in command, "--check" in command))  # what is compared must be there first
    assert {command: code for command in commands if (code := run(command))} == {}


def test_reports_are_what_the_machines_read(registry: Path) -> None:
    path = registry / "positions/office/deputy.yaml"
    path.write_text(path.read_text("utf-8").replace("reports_to: director", "reports_to: directr"), encoding="utf-8")

    def report(form: str) -> str:
        command = [sys.executable, "-m", "orgdocs", "check", "--format", form]
        return subprocess.run(command, cwd=registry, check=False, capture_output=True, text=True).stdout

    assert json.loads(report("gitlab"))[0]["location"]["path"] == "positions/office/deputy.yaml"
    assert json.loads(report("sarif"))["runs"][0]["results"][0]["ruleId"] == "OD301"
    assert report("github").startswith("::error file=positions/office/deputy.yaml,line=3")


def _blocks(page: str, language: str) -> list[Any]:
    read = {"yaml": yaml.safe_load, "json": json.loads, "toml": tomllib.loads}[language]
    return [read(block.text) for block in read_blocks(page) if block.language == language]


def test_configurations_are_well_formed() -> None:
    hooks, workflow, job = _blocks(CI, "yaml")
    assert [hook["id"] for hook in hooks["repos"][0]["hooks"]] == ["orgdocs-check", "orgdocs-build-check"]
    assert [next(iter(step)) for step in workflow["jobs"]["registry"]["steps"]] == ["uses", "uses", "run", "name", "name", "uses"]
    assert job["registry"]["artifacts"]["reports"]["codequality"] in job["registry"]["script"][1]
    code, kate = _blocks(EDITORS, "json")
    assert [code["glspc.server.command"], *code["glspc.server.commandArguments"]] == ["orgdocs", "lsp"]
    assert kate["servers"]["yaml"]["command"] == ["orgdocs", "lsp"]
    (helix,) = _blocks(EDITORS, "toml")
    assert helix["language-server"]["orgdocs"] == {"command": "orgdocs", "args": ["lsp"]}
