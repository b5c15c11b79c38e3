"""The tours in the README and the guide: their commands are run, their edits made, and what comes out is what they show.

A block ``console`` holds commands after a dollar sign and what they print. A block ``diff`` names a file and the lines that
are replaced in it. With ``--accept`` what comes out is written into the page.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from itertools import groupby
from pathlib import Path

import pytest

from docs.guide import DOCS, ROOT, read_blocks, section

README = ROOT / "README.md"
TOURS = [README, DOCS / "getting-started.md", DOCS / "checking.md", DOCS / "changes.md"]


class Tour:
    """One page being walked through, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in {"GITHUB_ACTIONS", "GITLAB_CI", "FORCE_COLOR"}},
            "LC_ALL": "C.UTF-8",
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "ORGDOCS_CACHE": str(folder / "cache"),
        }

    def walk(self, page: str) -> str:
        """The page with what its commands print now."""
        pieces = re.split(r"(^```\w+\n.*?^```$)", page, flags=re.MULTILINE | re.DOTALL)
        return "".join(self._visit(piece) for piece in pieces)

    def _visit(self, piece: str) -> str:
        if piece.startswith("```console\n"):
            commands = [line[2:] for line in piece.splitlines() if line.startswith("$ ")]
            return "```console\n" + "".join(self._run(command) for command in commands) + "```"
        if piece.startswith("```diff\n"):
            self._edit(piece.splitlines()[1:-1])
        return piece

    def _run(self, command: str) -> str:
        if command.startswith("cd "):
            self.folder = self.folder / command.removeprefix("cd ")
            return f"$ {command}\n"
        done = subprocess.run(
            shlex.split(command),
            check=False,
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        assert done.returncode in {0, 1}, done.stdout
        return f"$ {command}\n{done.stdout}"

    def _edit(self, lines: list[str]) -> None:
        path = self.folder / lines[0].removeprefix("--- ")
        text = path.read_text("utf-8")
        marked = [(line[0], line[1:] + "\n") for line in lines[1:]]
        runs = [(sign, "".join(text for _, text in run)) for sign, run in groupby(marked, key=lambda line: line[0])]
        for (minus, old), (plus, new) in zip(runs[::2], runs[1::2], strict=True):
            assert (minus, plus) == ("-", "+")
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")


def without_times(page: str) -> str:
    """A page in which nothing took any time."""
    return re.sub(r" in [0-9.]+ s$", " in 0.0 s", page, flags=re.MULTILINE)


@pytest.mark.parametrize("page", TOURS, ids=lambda page: page.name)
def test_the_tour_is_true(page: Path, tmp_path: Path, *, accept: bool) -> None:
    told = page.read_text("utf-8")
    seen = Tour(tmp_path).walk(told)
    if accept and without_times(seen) != without_times(told):
        page.write_text(seen, encoding="utf-8")
        return
    assert without_times(seen) == without_times(told)


@pytest.mark.parametrize(
    ("heading", "command"),
    [
        ("## Install", "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/orgdocs build"),
        ("## Run the tests", ".venv/bin/python -m pytest -n 2"),
    ],
)
def test_ci_finds_the_commands_of_the_readme(heading: str, command: str) -> None:
    blocks = read_blocks(section(README.read_text("utf-8"), heading))
    assert [block.text.strip() for block in blocks] == [command]
