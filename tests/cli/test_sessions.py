"""Sessions at the command line, each with everything that is printed and the exit codes: one file is one session.

A session file begins with a comment that names the situation. ``=== base small`` puts a registry of ``tests/bases`` into
the folder where the session takes place, ``=== path`` a file; ``=== session`` begins the transcript. In it, lines
``$ orgdocs …`` are run, and what follows is what they print: first the output, then the error output marked with ``!``,
then the exit code if it is not 0. Settings may stand before the command: ``$ FORCE_COLOR=1 orgdocs check``. Besides
there are ``$ replace FILE OLD NEW``, ``$ remove FILE``, ``$ list FOLDER``, ``$ show FILE``, ``$ enter FOLDER``, and ``$ git …``,
which prints nothing.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from cases import read_base
from orgdocs.cli import run

SESSIONS = sorted((Path(__file__).parent / "sessions").glob("*.session"))
_SETTING = re.compile(r"[A-Z_]+=.*")


@pytest.mark.parametrize("path", SESSIONS, ids=lambda path: path.stem)
def test_session(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, accept: bool) -> None:
    text = path.read_text(encoding="utf-8")
    head, _, transcript = text.partition("=== session\n")
    _lay_out(head, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    session = _Session(tmp_path, monkeypatch, capsys)
    actual = "".join(session.step(line) for line in transcript.splitlines() if line.startswith("$ "))
    if accept:
        path.write_text(f"{head}=== session\n{actual}", encoding="utf-8")
        return
    assert actual == transcript


def _lay_out(head: str, folder: Path) -> None:
    for section in head.split("\n=== ")[1:]:
        title, _, body = section.partition("\n")
        word, _, base = title.partition(" ")
        files = read_base(base) if word == "base" else {title: body.rstrip("\n").encode() + b"\n"}
        for path, content in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)


class _Session:
    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.monkeypatch = monkeypatch
        self.capsys = capsys

    def step(self, line: str) -> str:
        """Do what a line says; the line and what came out."""
        words = shlex.split(line.removeprefix("$ "))
        with self.monkeypatch.context() as settings:
            while _SETTING.fullmatch(words[0]):
                name, _, value = words.pop(0).partition("=")
                settings.setenv(name, value)
            command, *arguments = words
            printed = getattr(self, f"_{command}")(*arguments)
        return f"{line}\n{printed}"

    def _orgdocs(self, *arguments: str) -> str:
        self.capsys.readouterr()
        code = run(list(arguments))
        output, errors = self.capsys.readouterr()
        marked = "".join(f"! {line}".rstrip() + "\n" for line in errors.splitlines())
        printed = self._settle(output + marked)
        return printed + (f"[exit {code}]\n" if code else "")

    def _settle(self, text: str) -> str:
        """What differs from run to run and from machine to machine put into one form."""
        text = text.replace(str(self.folder.resolve()), "FOLDER").replace("\x1b", "␛")
        return re.sub(r"in [0-9]+\.[0-9] s", "in 0.0 s", text)

    def _replace(self, name: str, old: str, new: str) -> str:
        path = Path(name)
        content = path.read_bytes()
        assert content.count(old.encode()) == 1, f"{old!r} is {content.count(old.encode())} times in {name}"
        path.write_bytes(content.replace(old.encode(), new.encode()))
        return ""

    def _remove(self, name: str) -> str:
        if Path(name).is_dir():
            shutil.rmtree(name)
        else:
            Path(name).unlink()
        return ""

    def _list(self, name: str) -> str:
        return "".join(sorted(f"{path.as_posix()}\n" for path in Path(name).rglob("*") if path.is_file()))

    def _show(self, name: str) -> str:
        return Path(name).read_text(encoding="utf-8")

    def _git(self, *arguments: str) -> str:
        named = {
            f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "Ada"), ("EMAIL", "ada@example.org"))
        }
        environment = {**os.environ, **named, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        arguments = tuple(argument.replace("FOLDER", str(self.folder.resolve())) for argument in arguments)
        subprocess.run(["git", *arguments], check=True, capture_output=True, env=environment)
        return ""

    def _enter(self, name: str) -> str:
        os.chdir(name)
        return ""


def test_there_are_sessions() -> None:
    assert len(SESSIONS) > 20
