"""What sessions do not show: the handshake, the pause while somebody types, clients that can do little, and what goes wrong."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cases import read_base
from server.client import CAPABILITIES, Client, RefusedError

COMMAND = [sys.executable, "-m", "orgdocs", "lsp"]
DEPUTY = "positions/office/deputy.yaml"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], Client]]:
    """Starts servers in the folder of a small registry."""
    folder = (tmp_path / "registry").resolve()
    for path, content in read_base("small").items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    started: list[Client] = []

    def start() -> Client:
        started.append(Client(COMMAND, folder))
        return started[-1]

    yield start
    for client in started:
        client.end()


def _open(client: Client, path: str, text: str | None = None) -> None:
    text = (client.folder / path).read_text("utf-8") if text is None else text
    document = {"uri": client.uri(path), "languageId": "yaml", "version": 1, "text": text}
    client.tell("textDocument/didOpen", {"textDocument": document})


def _change(client: Client, path: str, text: str, version: int = 2) -> None:
    changes = {"textDocument": {"uri": client.uri(path), "version": version}, "contentChanges": [{"text": text}]}
    client.tell("textDocument/didChange", changes)


def _hover(client: Client, path: str) -> object:
    return client.ask("textDocument/hover", {"textDocument": {"uri": client.uri(path)}, "position": {"line": 0, "character": 8}})


def test_the_handshake(start: Callable[[], Client]) -> None:
    client = start()
    told = client.initialize()
    capabilities = told["capabilities"]
    assert told["serverInfo"]["name"] == "orgdocs"
    assert sorted(
        name for name, value in capabilities.items() if name.endswith("Provider") and value and name != "executeCommandProvider"
    ) == [
        "codeActionProvider",
        "completionProvider",
        "definitionProvider",
        "hoverProvider",
        "referencesProvider",
        "renameProvider",
    ]
    assert capabilities["renameProvider"] == {"prepareProvider": True}
    assert client.leave() == 0


def test_problems_come_by_themselves_when_nobody_types_for_a_moment(start: Callable[[], Client]) -> None:
    client = start()
    client.initialize()
    _open(client, DEPUTY)
    _hover(client, DEPUTY)
    text = (client.folder / DEPUTY).read_text("utf-8")
    for number in range(10):
        _change(client, DEPUTY, text.replace("reports_to: director", f"reports_to: directo{'r' * number}x"), number + 2)
    started = time.monotonic()
    told = client.wait_for("textDocument/publishDiagnostics")
    assert [item["message"].split("\n")[0] for item in told["diagnostics"]] == ["no post or body has the id directorrrrrrrrrx"]
    assert client.taken("textDocument/publishDiagnostics") == []  # what came in between was not worth a word
    assert time.monotonic() - started < 30


def test_problems_of_the_whole_registry_are_there_at_the_start(start: Callable[[], Client]) -> None:
    client = start()
    path = "positions/office/legal/lawyer.yaml"
    file = client.folder / path
    file.write_text(file.read_text("utf-8").replace("unit: legal", "unit: legl"), encoding="utf-8")
    client.initialize()
    told = client.wait_for("textDocument/publishDiagnostics")
    assert told == {
        "uri": client.uri(path),
        "diagnostics": [
            {
                "range": {"start": {"line": 1, "character": 6}, "end": {"line": 1, "character": 10}},
                "severity": 1,
                "code": "OD301",
                "source": "orgdocs",
                "message": "no unit has the id legl\ndid you mean legal?",
                "data": {"word": "legal"},
            }
        ],
    }


def test_an_editor_that_cannot_rename_files_is_told_so(start: Callable[[], Client]) -> None:
    client = start()
    client.initialize({"textDocument": CAPABILITIES["textDocument"]})
    _open(client, DEPUTY)
    place = {"textDocument": {"uri": client.uri(DEPUTY)}, "position": {"line": 2, "character": 15}}
    with pytest.raises(RefusedError, match="this editor does not let files be renamed together with texts"):
        client.ask("textDocument/rename", {**place, "newName": "chief"})


def test_without_a_registry_nothing_is_said(tmp_path: Path) -> None:
    client = Client(COMMAND, tmp_path.resolve())
    try:
        client.initialize()
        _open(client, "positions/office/deputy.yaml", "title: [")
        assert _hover(client, "positions/office/deputy.yaml") is None
        place = {"textDocument": {"uri": client.uri(DEPUTY)}, "position": {"line": 0, "character": 8}}
        assert client.ask("textDocument/completion", place) is None
        assert client.ask("textDocument/rename", {**place, "newName": "x"}) is None
        assert client.taken("textDocument/publishDiagnostics") == []
        assert client.leave() == 0
    finally:
        client.end()


def test_nothing_that_an_editor_sends_ends_the_server(start: Callable[[], Client]) -> None:
    client = start()
    client.initialize()
    _open(client, DEPUTY)
    client.send_raw(b"Content-Length: 9\r\n\r\nnot json!")
    client.tell("textDocument/didChange", {"wrong": True})
    client.tell("textDocument/unheardOf", {})
    client.tell("textDocument/didClose", {"textDocument": {"uri": "untitled:Untitled-1"}})
    for method in ("hover", "definition", "completion", "references", "prepareRename"):
        for line, character in ((0, 0), (999, 0), (2, 999), (2**31 - 1, 2**31 - 1)):
            place = {"textDocument": {"uri": client.uri(DEPUTY)}, "position": {"line": line, "character": character}}
            client.ask(f"textDocument/{method}", place | ({"context": {"includeDeclaration": True}} if method == "references" else {}))
    client.tell("textDocument/hover", {"wrong": True})
    for text in ("", "\0", "\ufeff", "a: \U0001f600", "x: [", "- " * 500, "&a *a", "\r\r\n", "title: \ud800"):
        _change(client, DEPUTY, text)
        _hover(client, DEPUTY)
    shutil.rmtree(client.folder / "positions")
    _change(client, DEPUTY, "title: Deputy\n")
    assert _hover(client, DEPUTY) is not None
    shutil.rmtree(client.folder / "org")
    _change(client, DEPUTY, "title: Deputy\nreports_to: x\n")
    _hover(client, DEPUTY)
    assert client.leave() == 0


def test_schemas_follow_what_is_saved(start: Callable[[], Client]) -> None:
    client = start()
    subprocess.run([sys.executable, "-m", "orgdocs", "schema", "--write"], cwd=client.folder, check=True, capture_output=True)
    schema = client.folder / ".orgdocs/schemas/office/position.json"
    assert '"clerk"' not in schema.read_text("utf-8")
    client.initialize()
    path = "positions/office/clerk.yaml"
    (client.folder / path).write_text("title: Clerk\nreports_to: director\n", encoding="utf-8")
    _open(client, path)
    client.tell("textDocument/didSave", {"textDocument": {"uri": client.uri(path)}})
    _hover(client, path)
    assert '"clerk"' in schema.read_text("utf-8")


def test_an_editor_that_is_gone_leaves_no_server(start: Callable[[], Client]) -> None:
    client = start()
    client.initialize()
    assert client.hang_up() in {0, 1}
