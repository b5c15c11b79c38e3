"""Approvals from the first record on, in real git repositories with real keys: one file is one session, with all that is printed.

A session begins with a comment that names the situation. Every session takes place in the registry of ``tests/bases/small``
with the two files of ``office`` here, committed, on the 2nd of March 2026; unless it says ``=== bare``, the mayor has
introduced the authority. The lines beginning with ``$`` are done:

``$ moore approve PAPER …``
    runs the command of orgdocs with the key of that person; ``$ orgdocs …`` runs it without one.
``$ day 2026-03-10``
    from here on it is that day.
``$ git …``
    runs git; ``$ commit`` commits all there is.
``$ replace FILE OLD NEW``, ``$ append FILE LINE``, ``$ remove FILE``
    change the registry; ``KEY-new`` stands for the public key of somebody new.
``$ link FILE TARGET``, ``$ grow FILE MEGABYTES``, ``$ keep FILE FOLDER``
    put a link in place of a file, make it that large, or copy it and all that lies beside it into another folder.
``$ agent KEY``
    starts an agent that holds a key; the files of the key are not needed any more.
``$ forge KEY PAPER FIELD=JSON …``
    writes a further record like the last one of the paper, with other fields, rightly named and signed with a key.
``$ spoil PAPER``, ``$ crlf PAPER``, ``$ drop PAPER``, ``$ cut PAPER``, ``$ copy PAPER PAPER``, ``$ unsign PAPER``, ``$ swap PAPER PAPER``
    edit the last record of a paper or its line ends, remove it or the first one, copy it to another paper, take its
    signature away, or put that of another one there.

Digests differ from run to run, for the keys do: they are told as the first, second, third one that is seen. At the end the
verifier of OpenSSH is asked about every signature, and must say what ours says.
"""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import shutil
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cases import read_base
from orgdocs.approvals.records import canonical, digest_of, read_record
from orgdocs.approvals.signatures import NAMESPACE, find_signer, sign
from orgdocs.cli import run
from orgdocs.rendering.packages import read_package, write_package

HERE = Path(__file__).parent
SESSIONS = sorted((HERE / "sessions").glob("*.session"))
PEOPLE = ("moore", "gray", "hill", "lee", "new")
_DIGEST = re.compile(r"\b(?:[0-9a-f]{4} ){5,7}[0-9a-f]{4}\b|\b[0-9a-f]{64}\b|\b[0-9a-f]{24}\b")

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="OpenSSH is not installed")


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    for person in PEOPLE:
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", person, "-f", folder / person], check=True)
    return folder


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory, keys: Path) -> Path:
    """The registry, committed, without any record."""
    root = tmp_path_factory.mktemp("bare")
    files = read_base("small") | {f"org/office/{path.name}": path.read_bytes() for path in (HERE / "office").iterdir()}
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(_with_keys(content.decode(), keys), encoding="utf-8")
    _git(root, "init", "-q", "-b", "main")
    for setting, value in (("user.name", "test"), ("user.email", "test@example.org"), ("gc.auto", "0"), ("advice.detachedHead", "false")):
        _git(root, "config", setting, value)
    _git(root, "add", "-A")
    _git(root, "commit", "-q", "-m", "registry")
    return root


@pytest.fixture(scope="session")
def introduced(bare: Path, keys: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with the authority introduced by the mayor."""
    root = tmp_path_factory.mktemp("introduced") / "registry"
    shutil.copytree(bare, root)
    os.environ["SOURCE_DATE_EPOCH"] = _epoch("2026-03-01")
    try:
        assert run(["approve", "authority", "--root", str(root), "--key", str(keys / "hill"), "--yes"]) == 0
    finally:
        del os.environ["SOURCE_DATE_EPOCH"]
    (record,) = root.glob("org/office/approvals/authority/office/*.json")
    _git(root, "config", "orgdocs.introduction", read_record(record.read_bytes()).digest)
    _git(root, "add", "-A")
    _git(root, "commit", "-q", "-m", "introduction")
    return root


def _with_keys(text: str, keys: Path) -> str:
    return re.sub(r"KEY-(\w+)", lambda match: " ".join((keys / f"{match[1]}.pub").read_text().split()[:2]), text)


def _epoch(day: str) -> str:
    return str(int(datetime.fromisoformat(f"{day}T09:00:00").replace(tzinfo=UTC).timestamp()))


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)
    return "" if done.returncode == 0 else f"! git: exit {done.returncode}\n"


@pytest.mark.parametrize("path", SESSIONS, ids=lambda path: path.stem)
def test_session(
    path: Path,
    bare: Path,
    introduced: Path,
    keys: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    accept: bool,
) -> None:
    text = path.read_text(encoding="utf-8")
    head, _, transcript = text.partition("=== session\n")
    root = tmp_path / "registry"
    shutil.copytree(bare if "=== bare" in head else introduced, root)
    monkeypatch.chdir(root)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("SSH_AUTH_SOCK", "")
    monkeypatch.setenv("ORGDOCS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", _epoch("2026-03-02"))
    session = _Session(root, keys, monkeypatch, capsys)
    try:
        actual = "".join(session.step(line) for line in transcript.splitlines() if line.startswith("$ "))
    finally:
        for agent in session.agents:
            agent.terminate()
            agent.wait()
    session.compare_verifiers()
    if accept:
        path.write_text(f"{head}=== session\n{actual}", encoding="utf-8")
        return
    assert actual == transcript


class _Session:
    def __init__(self, root: Path, keys: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self.keys = keys
        self.monkeypatch = monkeypatch
        self.capsys = capsys
        self.seen: dict[str, int] = {}
        self.agents: list[subprocess.Popen[bytes]] = []

    def step(self, line: str) -> str:
        """Do what a line says; the line and what came out."""
        command, *arguments = shlex.split(line.removeprefix("$ "))
        if command in PEOPLE:
            printed = self._orgdocs(*arguments, "--key", str(self.keys / command), "--yes")
        else:
            printed = getattr(self, f"_{command.replace('-', '_')}")(*arguments)
        return f"{line}\n{printed}"

    def _orgdocs(self, *arguments: str) -> str:
        self.capsys.readouterr()
        code = run([self._settle_argument(argument) for argument in arguments])
        output, errors = self.capsys.readouterr()
        marked = "".join(f"! {line}".rstrip() + "\n" for line in errors.splitlines())
        return self._in_order(self._settle(output + marked)) + (f"[exit {code}]\n" if code else "")

    @staticmethod
    def _in_order(text: str) -> str:
        """Problems of records in the order of their numbers: that of their digests differs from run to run."""
        blocks = re.split(r"(?m)^(?=org/office/approvals/)", text)
        if len(blocks) < 3 or ": error OD" not in text:
            return text
        last = re.match(r".*\n(?: .*\n)*", blocks[-1])
        assert last is not None
        blocks[-1], after = last[0], blocks[-1][last.end() :]
        return blocks[0] + "".join(sorted(blocks[1:])) + after

    def _settle_argument(self, argument: str) -> str:
        """``DIGEST-2`` on the command line is the second digest that was seen; ``$LF`` and others are characters."""
        for name, text in (
            ("$ESC", "\x1b"),
            ("$LF", "\n"),
            ("$RLO", "\u202e"),
            ("KEYS", str(self.keys)),
            ("FOLDER", str(self.root.parent)),
        ):
            argument = argument.replace(name, text)
        digests = {number: digest for digest, number in self.seen.items()}
        argument = re.sub(r"DIGEST-(\d+)", lambda match: digests[int(match[1])], argument)
        return re.sub(r"FULL-(\d+)", lambda match: self._whole(digests[int(match[1])]), argument)

    def _whole(self, name: str) -> str:
        """The whole digest of a record by its name."""
        (path,) = self.root.glob(f"org/office/approvals/*/*/{name}.json")
        return digest_of(path.read_bytes())

    def _settle(self, text: str) -> str:
        text = text.replace(str(self.keys), "KEYS").replace(str(self.root.parent), "FOLDER")
        # What an excerpt shows of a key.
        text = re.sub(r"(?m)(?<=…)[A-Za-z0-9+/]{8,}(?=\})|(?<=ssh-ed25519 )[A-Za-z0-9+/]{8,}(?=…)", "KEY", text)
        for person in PEOPLE:
            text = text.replace(_with_keys(f"KEY-{person}", self.keys), f"KEY-{person}")
        text = re.sub(r"SHA256:[A-Za-z0-9+/]{43}", "SHA256:KEY", text)
        text = re.sub(r"in [0-9]+\.[0-9] s", "in 0.0 s", text)
        return _DIGEST.sub(lambda match: f"DIGEST-{self.seen.setdefault(match[0].replace(' ', '')[:24], len(self.seen) + 1)}", text)

    def _day(self, day: str) -> str:
        self.monkeypatch.setenv("SOURCE_DATE_EPOCH", _epoch(day))
        return ""

    def _git(self, *arguments: str) -> str:
        return _git(self.root, *map(self._settle_argument, arguments))

    def _commit(self) -> str:
        return _git(self.root, "add", "-A") + _git(self.root, "commit", "-q", "--allow-empty", "-m", "change")

    def _enter(self, name: str) -> str:
        self.root = self.root.parent / name
        self.monkeypatch.chdir(self.root)
        return ""

    def _replace(self, name: str, old: str, new: str) -> str:
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        old, new = (_with_keys(self._settle_argument(each), self.keys) for each in (old, new))
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return ""

    def _append(self, name: str, *lines: str) -> str:
        with (self.root / name).open("a", encoding="utf-8") as file:
            file.write("".join(f"{_with_keys(line, self.keys)}\n" for line in lines))
        return ""

    def _remove(self, name: str) -> str:
        (self.root / name).unlink()
        return ""

    def _write(self, name: str, text: str) -> str:
        (self.root / name).write_text(text, encoding="utf-8")
        return ""

    def _link(self, name: str, target: str) -> str:
        """A link in place of a file or folder, which is kept outside."""
        path = self.root / name
        path.rename(self.root.parent / target)
        path.symlink_to(self.root.parent / target)
        return ""

    def _link_last(self, paper: str) -> str:
        return self._link(str(self._last(paper).relative_to(self.root)), "record")

    def _forge_many(self, key: str, paper: str, count: str) -> str:
        """A record that names many others which are nowhere."""
        names = sorted(digest_of(str(number).encode()) for number in range(int(count)))
        return self._forge(key, paper, f"prev={json.dumps(names)}")

    def _grow(self, paper: str, megabytes: str) -> str:
        os.truncate(self._last(paper), int(megabytes) << 20)
        return ""

    def _keep(self, name: str, other: str) -> str:
        shutil.copytree(self.root / name, self.root / other)
        return ""

    def _clear(self, name: str) -> str:
        shutil.rmtree(self.root / name)
        return ""

    def _agent(self, key: str) -> str:
        """An agent that holds a key for as long as the session lasts."""
        socket = str(self.root.parent / "agent")
        agent = subprocess.Popen(["ssh-agent", "-D", "-a", socket], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.agents.append(agent)
        while not Path(socket).exists():
            assert agent.poll() is None
            time.sleep(0.01)
        self.monkeypatch.setenv("SSH_AUTH_SOCK", socket)
        subprocess.run(["ssh-add", "-q", str(self.keys / key)], check=True)
        return ""

    def _marks(self, name: str) -> str:
        """What a paper says of its approval, part by part: the lines with these words in them."""
        parts = read_package((self.root / name).read_bytes())
        lines = []
        for part in sorted(parts):
            if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", part):
                for paragraph in re.findall(r"<w:p[ >].*?</w:p>", parts[part].decode()):
                    text = "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", paragraph))
                    if re.search(r"DRAFT|[Rr]evision \d|approved on|recorded|resolution of", text):
                        lines.append(f"    {part}: {text}\n")
        return self._settle("".join(lines))

    # -- attacks on records ---------------------------------------------------------------------------------------

    def _folder(self, paper: str) -> Path:
        kind, _, about = paper.partition("/")
        return self.root / "org/office/approvals" / kind / about

    def _last(self, paper: str) -> Path:
        """The record of a paper that was written last."""
        return max(self._folder(paper).glob("*.json"), key=lambda path: path.stat().st_mtime_ns)

    def _forge(self, key: str, paper: str, *fields: str) -> str:
        data = json.loads(self._last(paper).read_bytes())
        for field in fields:
            name, _, value = field.partition("=")
            value = self._settle_argument(value)
            target = data["subject"][0] if name == "name" else data["predicate"]
            if name == "digest":
                target = data["subject"][0]["digest"]
                name = "sha256"
            if value:
                target[name] = json.loads(value)
            else:
                del target[name]
        kind_about = data["subject"][0]["name"].split("/", 1)[1]
        content = canonical(data)
        folder = self._folder(kind_about)
        folder.mkdir(parents=True, exist_ok=True)
        name = digest_of(content)[:24]
        self.seen.setdefault(name, len(self.seen) + 1)
        (folder / f"{name}.json").write_bytes(content)
        (folder / f"{name}.sig").write_bytes(sign(content, str(self.keys / key)))
        return ""

    def _spoil(self, paper: str) -> str:
        path = self._last(paper)
        path.write_bytes(path.read_bytes().replace(b'"approve"', b'"agree"', 1))
        return ""

    def _drop(self, paper: str) -> str:
        path = self._last(paper)
        path.unlink()
        path.with_suffix(".sig").unlink()
        return ""

    def _cut(self, paper: str) -> str:
        """Remove the first record of a paper."""
        found = {path: json.loads(path.read_bytes())["predicate"] for path in self._folder(paper).glob("*.json")}
        path = min(found, key=lambda path: (found[path]["time"], len(found[path].get("withdraws", ()))))
        path.unlink()
        path.with_suffix(".sig").unlink()
        return ""

    def _unsign(self, paper: str) -> str:
        self._last(paper).with_suffix(".sig").unlink()
        return ""

    def _copy(self, paper: str, other: str) -> str:
        for path in (self._last(paper), self._last(paper).with_suffix(".sig")):
            self._folder(other).mkdir(parents=True, exist_ok=True)
            shutil.copy(path, self._folder(other) / path.name)
        return ""

    def _crlf(self, paper: str) -> str:
        path = self._last(paper)
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        return ""

    def _swap(self, paper: str, other: str) -> str:
        """Put the signature of one record beside another."""
        shutil.copy(self._last(other).with_suffix(".sig"), self._last(paper).with_suffix(".sig"))
        return ""

    def _rewrite_attachment(self, paper: str, content: str = "") -> str:
        """Other content for the attached file, or none at all."""
        (path,) = (path for path in self._folder(paper).iterdir() if path.suffix == ".pdf")
        path.unlink()
        if content:
            path.write_text(content)
        return ""

    def _drop_of(self, person: str, paper: str) -> str:
        """Remove the records of one person."""
        for path in self._folder(paper).glob("*.json"):
            if json.loads(path.read_bytes())["predicate"]["approver"] == person:
                path.unlink()
                path.with_suffix(".sig").unlink()
        return ""

    def _drop_approval(self, paper: str) -> str:
        """Remove the first approval."""
        found = {path: json.loads(path.read_bytes())["predicate"] for path in self._folder(paper).glob("*.json")}
        path = min((path for path in found if found[path]["decision"] == "approve"), key=lambda path: found[path]["time"])
        path.unlink()
        path.with_suffix(".sig").unlink()
        return ""

    def _double(self, key: str, paper: str) -> str:
        """A record that says two things under one key, rightly named and signed."""
        content = self._last(paper).read_bytes().replace(b'"revision":1', b'"revision":1,"revision":1')
        path = self._folder(paper) / digest_of(content)[:24]
        path.with_suffix(".json").write_bytes(content)
        path.with_suffix(".sig").write_bytes(sign(content, str(self.keys / key)))
        return ""

    def _resign(self, key: str, paper: str, purpose: str) -> str:
        """A signature for another purpose."""
        path = self._last(paper)
        command = ["ssh-keygen", "-Y", "sign", "-n", purpose, "-f", str(self.keys / key)]
        path.with_suffix(".sig").write_bytes(subprocess.run(command, input=path.read_bytes(), capture_output=True, check=True).stdout)
        return ""

    def _unanswered(self, person: str, *arguments: str) -> str:
        """The command of a person who says nothing when asked."""
        self.monkeypatch.setattr("sys.stdin", io.StringIO(""))
        return self._orgdocs(*arguments, "--key", str(self.keys / person))

    def _retouch(self, name: str) -> str:
        """Change one word in a Word template."""
        path = self.root / name
        parts = read_package(path.read_bytes())
        parts["word/document.xml"] += b"\n"
        path.write_bytes(write_package(parts))
        return ""

    def compare_verifiers(self) -> None:
        """OpenSSH's own verifier says of each signature what ours says."""
        for path in sorted(self.root.glob("org/*/approvals/**/*.json")):
            signature = path.with_suffix(".sig")
            if signature.is_file():
                command = ["ssh-keygen", "-Y", "check-novalidate", "-n", NAMESPACE, "-s", str(signature)]
                theirs = subprocess.run(command, input=path.read_bytes(), capture_output=True, check=False).returncode == 0
                assert (find_signer(path.read_bytes(), signature.read_bytes()) is not None) == theirs, path


def test_there_are_sessions() -> None:
    assert len(SESSIONS) >= 40
