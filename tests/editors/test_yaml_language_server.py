"""The schemas in the hands of the YAML language server that editors use, driven over standard input and output.

The server is an npm package; without npm, or where the package cannot be fetched, these tests are skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cases import read_base
from orgdocs.editors.wiring import associations, wire_editor
from orgdocs.project import open_project
from orgdocs.sources import read_work_tree
from server.client import Client

ROOT = Path(__file__).parents[2]
VERSION = "1.25.0"
INSTALLED = "ORGDOCS_YAML_SERVER"
"""A setting of the environment: a folder in which the package is installed already."""


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The command that starts the server."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("npm is not installed")
    folder = Path(os.environ.get(INSTALLED) or tmp_path_factory.mktemp("yaml-language-server"))
    script = folder / "node_modules/yaml-language-server/bin/yaml-language-server"
    if not script.exists():
        try:
            command = [npm, "install", "--silent", "--no-audit", "--no-fund", f"yaml-language-server@{VERSION}"]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=180, check=False)
        except subprocess.TimeoutExpired:
            pytest.skip("the npm registry does not answer")
        if done.returncode:
            pytest.skip(f"npm cannot install yaml-language-server: {done.stderr.strip()[:200]}")
    return [node, str(script), "--stdio"]


class _Editor:
    """An editor with the settings that ``orgdocs schema --write`` wrote."""

    def __init__(self, program: list[str], folder: Path) -> None:
        self.folder = folder
        hierarchies = open_project(read_work_tree(folder)).hierarchies
        assert wire_editor(folder, hierarchies).settings == "written"
        # As the extension of Visual Studio Code does it: relative to the folder that is open.
        schemas = {(folder / name).as_uri(): files for name, files in associations(list(hierarchies)).items()}
        settings = {"schemas": schemas, "validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}
        self.client = Client(program, folder, {"yaml": settings})
        self.client.initialize()
        self.client.tell("workspace/didChangeConfiguration", {"settings": {"yaml": settings}})

    def open(self, path: str, text: str | None = None) -> list[str]:
        """Open a file; what is marked in it."""
        text = (self.folder / path).read_text(encoding="utf-8") if text is None else text
        uri = self.client.uri(path)
        self.client.tell("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text}})
        while (told := self.client.wait_for("textDocument/publishDiagnostics"))["uri"] != uri:
            pass
        return [f"{item['range']['start']['line'] + 1}: {item['message']}" for item in told["diagnostics"]]

    def complete(self, path: str, line: int, column: int) -> dict[str, Any]:
        """What is offered at a place, by label."""
        parameters = {"textDocument": {"uri": self.client.uri(path)}, "position": {"line": line - 1, "character": column - 1}}
        return {item["label"]: item for item in self.client.ask("textDocument/completion", parameters)["items"]}


@pytest.fixture
def small(program: list[str], tmp_path: Path) -> Iterator[_Editor]:
    """An editor in a small registry."""
    folder = tmp_path / "registry"
    for path, content in read_base("small").items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    editor = _Editor(program, folder)
    yield editor
    editor.client.end()


POST = "title: Clerk\nreports_to: \nduties: [keeps the files]\n"


def test_ids_are_offered_with_their_titles(small: _Editor) -> None:
    small.open("positions/office/clerk.yaml", POST)
    offered = small.complete("positions/office/clerk.yaml", 2, 13)
    assert {label: item.get("documentation") for label, item in offered.items()} == {
        "deputy": "Deputy Director",
        "director": "Director",
        "lawyer": "Lawyer",
        "council": "Town Council",
        "mayor": "Mayor",
    }


def test_functions_are_offered_in_a_list(small: _Editor) -> None:
    text = "title: Clerk\nreports_to: director\nduties:\n  - text: keeps the files\n    performs:\n      - \n"
    small.open("positions/office/clerk.yaml", text)
    assert sorted(small.complete("positions/office/clerk.yaml", 6, 9)) == ["legal/advice", "legal/contracts", "office/examples"]


def test_a_slip_is_marked(small: _Editor) -> None:
    marks = small.open("positions/office/clerk.yaml", POST.replace("reports_to: ", "reports_to: directr"))
    assert marks == ['2: Value is not accepted. Valid values: "deputy", "director", "lawyer", "council", "mayor".']


def test_a_misspelt_field_is_marked(small: _Editor) -> None:
    assert small.open("org/office/units/legal.yaml", "name: Legal\nkind: division\nhed: lawyer\n") == [
        '1: Missing property "head".',
        "3: Property hed is not allowed.",
    ]


def test_text_that_looks_like_something_else_is_not_marked(small: _Editor) -> None:
    text = "title: 2026\ngrade: 7\nclassifier: {scheme: isco08, code: 2411}\nreports_to: director\nduties: [yes, true, 12.50]\n"
    assert small.open("positions/office/clerk.yaml", text) == []
    assert small.open("org/registry.yaml") == []


FILES = [
    "org/zhytomyr/organisation.yaml",
    "org/zhytomyr/units/benefits.yaml",
    "org/izhevsk/acts.yaml",
    "org/izhevsk/clauses/common-rights.yaml",
    "positions/zhytomyr/labour/head-of-labour.yaml",
    "positions/izhevsk/director.yaml",
    "positions/care-home/medical/nurse.yaml",
    "org/registry.yaml",
]


def test_the_reference_organisations_have_no_marks(program: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "reference"
    for name in ("org", "positions"):
        shutil.copytree(ROOT / name, folder / name)
    editor = _Editor(program, folder)
    try:
        assert {path: editor.open(path) for path in FILES} == {path: [] for path in FILES}
    finally:
        editor.client.end()
