"""Sessions of an editor with the language server, each with everything that it answers: one file is one session.

A session file begins with a comment that names the situation. ``=== base small`` puts a registry of ``tests/bases`` into
the folder of the session, ``=== path`` a file; ``=== session`` begins the transcript. In it, lines ``$ …`` are what the
editor does, and what follows is what the server says. A bar ``|`` in a text says where the cursor is.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Any

import pytest

from cases import read_base
from server.client import Client, RefusedError

SESSIONS = sorted((Path(__file__).parent / "sessions").glob("*.session"))
_SEVERITIES = {1: "error", 2: "warning"}


@pytest.mark.parametrize("path", SESSIONS, ids=lambda path: path.stem)
def test_session(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, accept: bool) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    head, _, transcript = path.read_text(encoding="utf-8").partition("=== session\n")
    folder = tmp_path / "registry"
    for section in head.split("\n=== ")[1:]:
        title, _, body = section.partition("\n")
        word, _, base = title.partition(" ")
        for name, content in (read_base(base) if word == "base" else {title: body.rstrip("\n").encode() + b"\n"}).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    client = Client([sys.executable, "-m", "orgdocs", "lsp", "--stdio"], folder.resolve())
    try:
        client.initialize()
        editor = _Editor(client)
        actual = "".join(f"{line}\n{editor.do(line)}" for line in transcript.splitlines() if line.startswith("$ "))
        assert client.leave() == 0
    finally:
        client.end()
    if accept:
        path.write_text(f"{head}=== session\n{actual}", encoding="utf-8")
        return
    assert actual == transcript


class _Editor:
    """Does what an editor does, and prints what comes of it."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.told: dict[str, list[Any]] = {}

    def do(self, line: str) -> str:
        command, *arguments = (word.replace("\\n", "\n") for word in shlex.split(line.removeprefix("$ ")))
        lines: list[str] = getattr(self, f"_{command}")(*arguments)
        return "".join(f"{line}\n" for line in lines)

    # -- what is told ---------------------------------------------------------------------------------------------

    def _open(self, path: str) -> list[str]:
        file = self.client.folder / path
        self.texts[path] = file.read_bytes().decode() if file.exists() else ""
        self.versions[path] = 1
        document = {"uri": self.client.uri(path), "languageId": "yaml", "version": 1, "text": self.texts[path]}
        self.client.tell("textDocument/didOpen", {"textDocument": document})
        return self._problems(path)

    def _type(self, path: str, old: str, new: str) -> list[str]:
        """Put one text in the place of another that stands once in the file; an empty one stands at the end."""
        text = self.texts[path]
        start = text.index(old) if old else len(text)
        assert not old or text.count(old) == 1
        change = {"range": {"start": _position(text, start), "end": _position(text, start + len(old))}, "text": new}
        self.texts[path] = text[:start] + new + text[start + len(old) :]
        self.versions[path] += 1
        document = {"uri": self.client.uri(path), "version": self.versions[path]}
        self.client.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})
        return self._problems(path)

    def _save(self, path: str) -> list[str]:
        (self.client.folder / path).write_bytes(self.texts[path].encode())
        self.client.tell("textDocument/didSave", {"textDocument": {"uri": self.client.uri(path)}})
        return self._problems(path)

    def _close(self, path: str) -> list[str]:
        self.client.tell("textDocument/didClose", {"textDocument": {"uri": self.client.uri(path)}})
        return self._problems(path)

    def _write(self, path: str, text: str) -> list[str]:
        """Another program writes a file."""
        (self.client.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.client.folder / path).write_text(text, encoding="utf-8")
        self.client.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": self.client.uri(path), "type": 2}]})
        return self._problems(path)

    def _list(self, folder: str) -> list[str]:
        return sorted(path.relative_to(self.client.folder).as_posix() for path in (self.client.folder / folder).rglob("*"))

    def _show(self, path: str) -> list[str]:
        return (self.client.folder / path).read_text(encoding="utf-8").splitlines()

    def _problems(self, path: str) -> list[str]:
        """What was published; a question makes sure that everything was checked before."""
        self._ask("hover", path, 0, "")
        lines = []
        for told in self.client.taken("textDocument/publishDiagnostics"):
            path = self._path(told["uri"])
            self.told[path] = told["diagnostics"]
            lines += [f"{path}: no problems"] if not told["diagnostics"] else []
            for item in told["diagnostics"]:
                first, *more = item["message"].split("\n")
                lines.append(f"{path}:{_range(item['range'])}: {_SEVERITIES[item['severity']]} {item['code']} {first}")
                lines += [f"    {line}" for line in more]
                lines += [
                    f"    {self._path(note['location']['uri'])}:{_range(note['location']['range'])}: {note['message']}"
                    for note in item.get("relatedInformation", ())
                ]
        return lines + [f"log: {told['message']}" for told in self.client.taken("window/logMessage")]

    # -- what is asked --------------------------------------------------------------------------------------------

    def _ask(self, what: str, path: str, offset: int, text: str, **more: Any) -> Any:
        position = _position(text, offset)
        return self.client.ask(f"textDocument/{what}", {"textDocument": {"uri": self.client.uri(path)}, "position": position, **more})

    def _ask_at(self, what: str, path: str, marked: str, **more: Any) -> Any:
        text = self.texts[path]
        needle = marked.replace("|", "", 1)
        assert text.count(needle) == 1, f"{needle!r} is {text.count(needle)} times in {path}"
        return self._ask(what, path, text.index(needle) + marked.index("|"), text, **more)

    def _hover(self, path: str, marked: str) -> list[str]:
        answer = self._ask_at("hover", path, marked)
        return ["nothing"] if answer is None else [_range(answer["range"]), *answer["contents"]["value"].split("\n")]

    def _define(self, path: str, marked: str) -> list[str]:
        answer = self._ask_at("definition", path, marked)
        return ["nothing"] if answer is None else [f"{self._path(answer['uri'])}:{_range(answer['range'])}"]

    def _refer(self, path: str, marked: str) -> list[str]:
        answer = self._ask_at("references", path, marked, context={"includeDeclaration": True})
        return [f"{self._path(item['uri'])}:{_range(item['range'])}" for item in answer or ()] or ["nothing"]

    def _complete(self, path: str, marked: str) -> list[str]:
        answer = self._ask_at("completion", path, marked)
        return [
            f"{_range(item['textEdit']['range'])} {item['textEdit']['newText']}: {item.get('detail', '')}".rstrip(": ")
            for item in answer["items"]
        ] or ["nothing"]

    def _prepare(self, path: str, marked: str) -> list[str]:
        answer = self._ask_at("prepareRename", path, marked)
        return ["nothing"] if answer is None else [f"{_range(answer['range'])} {answer['placeholder']}"]

    def _rename(self, path: str, marked: str, new: str) -> list[str]:
        try:
            answer = self._ask_at("rename", path, marked, newName=new)
        except RefusedError as error:
            return [f"refused: {error}"]
        if answer is None:
            return ["nothing"]
        lines = []
        for uri, edits in answer.get("changes", {}).items():
            lines += [f"{self._path(uri)}:{_range(edit['range'])}: {edit['newText']}" for edit in edits]
        for change in answer.get("documentChanges", ()):
            if change.get("kind") == "rename":
                lines.append(f"{self._path(change['oldUri'])} -> {self._path(change['newUri'])}")
                continue
            document = change["textDocument"]
            version = f" (version {document['version']})" if document.get("version") is not None else ""
            lines += [f"{self._path(document['uri'])}{version}:{_range(edit['range'])}: {edit['newText']}" for edit in change["edits"]]
        return lines

    def _apply(self, path: str, marked: str, new: str) -> list[str]:
        """Rename on disk, as an editor does that saves everything, and tell what is wrong afterwards."""
        answer = self._ask_at("rename", path, marked, newName=new)
        changes = answer["documentChanges"]
        for change in changes:
            if change.get("kind") == "rename":
                old, new_name = (self.client.folder / self._path(change[key]) for key in ("oldUri", "newUri"))
                new_name.parent.mkdir(parents=True, exist_ok=True)
                old.rename(new_name)
                continue
            file = self.client.folder / self._path(change["textDocument"]["uri"])
            text = file.read_bytes().decode()
            for edit in sorted(change["edits"], key=lambda edit: _key(edit["range"]["start"]), reverse=True):
                start, end = (_offset(text, edit["range"][key]) for key in ("start", "end"))
                text = text[:start] + edit["newText"] + text[end:]
            file.write_bytes(text.encode())
        self._close(path)
        self.client.tell("workspace/didChangeWatchedFiles", {"changes": []})
        return self._problems(path)

    def _correct(self, path: str, marked: str) -> list[str]:
        """Ask what can be done about the problem at the cursor."""
        text, needle = self.texts[path], marked.replace("|", "", 1)
        position = _position(text, text.index(needle) + marked.index("|"))
        found = [item for item in self.told.get(path, ()) if _holds(item["range"], position)]
        parameters = {
            "textDocument": {"uri": self.client.uri(path)},
            "range": {"start": position, "end": position},
            "context": {"diagnostics": found},
        }
        answer = self.client.ask("textDocument/codeAction", parameters)
        return [
            f"{action['title']}: {_range(edit['range'])} {edit['newText']}"
            for action in answer
            for edits in action["edit"]["changes"].values()
            for edit in edits
        ] or ["nothing"]

    def _path(self, uri: str) -> str:
        return uri.removeprefix(self.client.folder.as_uri() + "/")


def _position(text: str, offset: int) -> dict[str, int]:
    """Line and column in units of UTF-16, as editors count."""
    before = text[:offset]
    line = before.rpartition("\n")[2]
    return {"line": before.count("\n"), "character": len(line.encode("utf-16-le")) // 2}


def _offset(text: str, position: dict[str, int]) -> int:
    lines = text.split("\n")
    units = lines[position["line"]].encode("utf-16-le")[: 2 * position["character"]]
    return sum(len(line) + 1 for line in lines[: position["line"]]) + len(units.decode("utf-16-le"))


def _key(position: dict[str, int]) -> tuple[int, int]:
    return position["line"], position["character"]


def _holds(stretch: dict[str, Any], position: dict[str, int]) -> bool:
    return _key(stretch["start"]) <= _key(position) <= _key(stretch["end"])


def _range(stretch: dict[str, Any]) -> str:
    """A range as people count: from one."""
    start, end = stretch["start"], stretch["end"]
    until = f"{end['line'] + 1}:" if end["line"] != start["line"] else ""
    return f"{start['line'] + 1}:{start['character'] + 1}-{until}{end['character'] + 1}"


def test_there_are_sessions() -> None:
    assert len(SESSIONS) >= 8
