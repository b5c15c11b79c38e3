"""A small client of language servers over standard input and output, for the tests."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from pathlib import Path
from typing import Any

PATIENCE = 60.0
"""Seconds to wait for an answer before the test fails."""

CAPABILITIES = {
    "workspace": {
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create", "rename", "delete"]},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
        "configuration": True,
        "workspaceFolders": True,
    },
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True, "dataSupport": True},
        "completion": {"completionItem": {"documentationFormat": ["markdown"]}},
        "hover": {"contentFormat": ["markdown"]},
        "rename": {"prepareSupport": True},
    },
}


class RefusedError(Exception):
    """The server answered with an error."""


class Client:
    """One server process. Answers are waited for; notifications are kept until somebody looks."""

    def __init__(self, command: list[str], folder: Path, settings: dict[str, Any] | None = None) -> None:
        self.folder = folder
        self.settings = settings or {}
        self.notifications: list[dict[str, Any]] = []
        self._errors = (folder.parent / f"{folder.name}.log").open("wb")
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, cwd=folder)
        self._arrived: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._number = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def initialize(self, capabilities: dict[str, Any] | None = None) -> dict[str, Any]:
        """Shake hands; what the server can do."""
        folders = [{"uri": self.folder.as_uri(), "name": self.folder.name}]
        capabilities = CAPABILITIES if capabilities is None else capabilities
        answer = self.ask(
            "initialize",
            {"processId": None, "rootUri": self.folder.as_uri(), "workspaceFolders": folders, "capabilities": capabilities},
        )
        self.tell("initialized", {})
        return answer

    def uri(self, path: str) -> str:
        """The name of a file for the server."""
        return (self.folder / path).as_uri()

    def tell(self, method: str, parameters: Any) -> None:
        """Send a notification."""
        self._send({"jsonrpc": "2.0", "method": method, "params": parameters})

    def ask(self, method: str, parameters: Any) -> Any:
        """Send a request and wait for its answer."""
        self._number += 1
        number = self._number
        self._send({"jsonrpc": "2.0", "id": number, "method": method, "params": parameters})
        while True:
            message = self._next()
            if message.get("id") == number and "method" not in message:
                if "error" in message:
                    raise RefusedError(message["error"]["message"])
                return message.get("result")

    def wait_for(self, method: str) -> Any:
        """The parameters of the next notification of a kind; it may have come already."""
        while True:
            for index, message in enumerate(self.notifications):
                if message["method"] == method:
                    return self.notifications.pop(index)["params"]
            self._next()

    def taken(self, method: str) -> list[Any]:
        """The parameters of all notifications of a kind that have come, which are forgotten then."""
        found = [message["params"] for message in self.notifications if message["method"] == method]
        self.notifications = [message for message in self.notifications if message["method"] != method]
        return found

    def leave(self) -> int:
        """Say goodbye; the exit code of the server."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        return self._process.wait(PATIENCE)

    def hang_up(self) -> int:
        """Go without a word; the exit code of the server."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        return self._process.wait(PATIENCE)

    def end(self) -> None:
        """Make sure that nothing is left running."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._errors):
            if stream is not None:
                stream.close()

    def send_raw(self, content: bytes) -> None:
        """Send bytes as they are."""
        assert self._process.stdin is not None
        self._process.stdin.write(content)
        self._process.stdin.flush()

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps(message).encode()
        self.send_raw(b"Content-Length: %d\r\n\r\n%b" % (len(content), content))

    def _next(self) -> dict[str, Any]:
        message = self._arrived.get(timeout=PATIENCE)
        assert message is not None, "the server has gone"
        if "method" in message and "id" in message:
            self._oblige(message)
        elif "method" in message:
            self.notifications.append(message)
        return message

    def _oblige(self, message: dict[str, Any]) -> None:
        """Answer what the server asks: settings if it wants them, otherwise nothing."""
        result = None
        if message["method"] == "workspace/configuration":
            result = [self.settings.get(item.get("section", "")) for item in message["params"]["items"]]
        self._send({"jsonrpc": "2.0", "id": message["id"], "result": result})

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while line := stream.readline():
            length = 0
            while line.strip():
                name, _, value = line.decode().partition(":")
                length = int(value) if name.lower() == "content-length" else length
                line = stream.readline()
            self._arrived.put(json.loads(stream.read(length)))
        self._arrived.put(None)
