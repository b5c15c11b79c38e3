"""The program as a process of its own: what it loads, how it ends, what it leaves behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest
from filelock import FileLock

import orgdocs
from cases import read_base
from orgdocs import cli

HEAVY = ("babel", "docx", "docxtpl", "jinja2", "jsonschema_rs", "lxml", "networkx", "openpyxl", "rich", "yaml")


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    for path, content in read_base("small").items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    return tmp_path


def _run(*arguments: str, cwd: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "orgdocs", *arguments],
        cwd=cwd, env={**os.environ, **settings}, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip


def _loaded(code: str, cwd: Path) -> set[str]:
    """Which of the heavy libraries are loaded after a piece of code ran in a fresh interpreter."""
    report = "import sys; print('LOADED', *sorted(name for name in sys.modules if '.' not in name))"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}"], cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=True, timeout=60
    )
    return set(done.stdout.rpartition("LOADED")[2].split()) & set(HEAVY)


def test_version(tmp_path: Path) -> None:
    done = _run("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"orgdocs {orgdocs.__version__}\n", "")


def test_check_as_a_process(registry: Path) -> None:
    done = _run("check", cwd=registry)
    assert (done.returncode, done.stdout, done.stderr) == (0, "8 files checked, no problems\n", "")
    (registry / "positions/office/deputy.yaml").write_text("title: Deputy\nreports_to: directer\nduties: [helps]\n", encoding="utf-8")
    done = _run("check", cwd=registry)
    assert done.returncode == 1
    assert done.stdout.startswith("positions/office/deputy.yaml:2:13: error OD301 unknown-reference: ")
    done = _run("chek", cwd=registry)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("Error: there is no command 'chek'; did you mean 'check'?\n")


@pytest.mark.parametrize("settings", [{"LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "latin-1"}])
def test_letters_are_printed_whatever_the_locale(settings: dict[str, str], registry: Path) -> None:
    path = registry / "positions/office/deputy.yaml"
    path.write_text("title: Заступник\nreports_to: «директор»\nduties: [допомагає]\n", encoding="utf-8")
    done = _run("check", cwd=registry, **settings)
    assert "    reports_to: «директор»\n" in done.stdout


def test_checking_writes_nothing_into_the_registry(registry: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in registry.rglob("*")}
    for arguments in (["check"], ["check", "--format", "json"], ["tree"], ["build", "--check"]):
        _run(*arguments, cwd=registry)
    assert {path: path.stat().st_mtime_ns for path in registry.rglob("*")} == before


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    assert _loaded("from orgdocs.cli import run; assert run(['--help']) == 0", tmp_path) == set()


def test_check_loads_only_what_it_uses(registry: Path) -> None:
    loaded = _loaded("from orgdocs.cli import run; assert run(['check', '--no-cache']) == 0", registry)
    assert loaded.isdisjoint({"docx", "docxtpl", "openpyxl", "networkx", "rich"})


def test_a_check_from_the_cache_does_not_even_parse(registry: Path) -> None:
    code = "from orgdocs.cli import run; assert run(['check']) == 0"
    assert "yaml" in _loaded(code, registry)
    assert _loaded(code, registry) == set()


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"null", b'{"report": ""}', b"\xff\xfe"])
def test_a_damaged_cache_does_no_harm(damage: bytes, registry: Path) -> None:
    _run("check", cwd=registry)
    kept = list(Path(os.environ["ORGDOCS_CACHE"]).glob("*.json"))
    assert kept
    for path in kept:
        path.write_bytes(damage)
    done = _run("check", cwd=registry)
    assert (done.returncode, done.stdout, done.stderr) == (0, "8 files checked, no problems\n", "")


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise on Windows")
def test_interrupted(registry: Path) -> None:
    (registry / "output").mkdir()
    with FileLock(registry / "output/.orgdocs-lock"):
        process = subprocess.Popen([sys.executable, "-m", "orgdocs", "build"], cwd=registry, stderr=subprocess.PIPE, text=True)
        assert process.stderr is not None
        assert process.stderr.readline().startswith("waiting for another build")
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert errors.split() == ["interrupted"]


@pytest.mark.skipif(os.name == "nt", reason="pipes are closed otherwise on Windows")
@pytest.mark.parametrize("arguments", [["rule"], ["tree"], ["check"], ["build"]])
def test_the_reader_of_the_output_is_gone(arguments: list[str], registry: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "orgdocs", *arguments], cwd=registry, stdout=writing, stderr=subprocess.PIPE, check=False, timeout=60
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@click.command("fail")
def _fail() -> int:
    raise ZeroDivisionError("nobody thought of this")


def test_a_fault_of_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    module = ModuleType("orgdocs.cli.fail")
    module.command = _fail  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setitem(cli._COMMANDS, "fail", "Fail.")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert cli.run(["fail"]) == 3
    output, errors = capsys.readouterr()
    logs = list(tmp_path.glob("orgdocs-fault-*.log"))
    assert output == ""
    assert errors == (
        f"orgdocs itself failed: ZeroDivisionError: nobody thought of this\nThis is a fault of the program. The details are in {logs[0]}\n"
    )
    log = logs[0].read_text(encoding="utf-8")
    assert re.match(r"orgdocs \S+, Python 3\.\d+\.\d+, \S+\narguments: \['fail'\]\n\nTraceback ", log)
    assert log.endswith("ZeroDivisionError: nobody thought of this\n")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    assert cli.run(["fail"]) == 3
    assert capsys.readouterr().err.splitlines()[1].startswith("This is a fault of the program. The details could not be written down: ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str, tmp_path: Path) -> None:
    done = _run("completion", shell, cwd=tmp_path)
    assert done.returncode == 0
    assert "_ORGDOCS_COMPLETE" in done.stdout
    # What the shell then asks for.
    asked = {"_ORGDOCS_COMPLETE": f"{shell}_complete", "COMP_WORDS": "orgdocs che", "COMP_CWORD": "1" if shell != "fish" else "che"}
    done = _run(cwd=tmp_path, **asked)
    assert "check" in done.stdout
    assert "build" not in done.stdout
