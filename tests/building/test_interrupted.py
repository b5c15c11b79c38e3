"""Builds that are killed, that meet each other, or that run out of disk: no half paper, and the next build goes on."""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from building.registries import BASE, PAPERS, ROOT, build_all, change, copy_registry, opened, outcomes, papers_in, strange_files
from orgdocs.building.building import Options, build
from orgdocs.building.locking import lock_folder
from orgdocs.building.manifest import NAME, read_manifest
from orgdocs.building.writing import WriteError
from orgdocs.rendering.papers import fixed_time

posix = pytest.mark.skipif(os.name == "nt", reason="processes are not forked and killed like this")

KILLED = """
import os, sys, time
from pathlib import Path
from orgdocs.building.building import Options, build
from orgdocs.building.building import Options, build
from orgdocs.building.locking import lock_folder
from orgdocs.project import open_project
from orgdocs.sources import read_work_tree
project = open_project(read_work_tree(Path(sys.argv[1])))
folder = Path(sys.argv[2])
for line in sys.stdin:
    epoch = line.strip()
    child = os.fork()
    if child == 0:
        os.environ["SOURCE_DATE_EPOCH"] = epoch
        with lock_folder(folder, print):
            build(project, folder, project.contents, Options(jobs=1), complete=True)
        os._exit(0)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@posix
def test_kills_at_any_moment_leave_no_half_paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty builds, each of which has every paper to write anew, are killed one after another."""
    out = tmp_path / "out"
    chance = random.Random(11)  # noqa: S311  (no secret)
    program = [sys.executable, "-W", "ignore", "-c", KILLED, str(ROOT), str(out)]
    process = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        codes = []
        for round_number in range(31):
            process.stdin.write(f"{1_000_000_000 + round_number}\n")
            process.stdin.flush()
            child = int(process.stdout.readline())
            if round_number:
                time.sleep(chance.uniform(0.001, 0.25))
                with_luck_alive(child)
            codes.append(int(process.stdout.readline()))
            check_whole(out)
        process.stdin.close()
    assert codes[0] == 0
    assert codes.count(-signal.SIGKILL) > 20
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    assert fixed_time()
    with lock_folder(out, pytest.fail):
        account = build_all(ROOT, out)
    assert set(outcomes(account)) == {"built"}
    assert strange_files(out) == []
    build_all(ROOT, tmp_path / "fresh")
    assert papers_in(out) == papers_in(tmp_path / "fresh")


def with_luck_alive(process: int) -> None:
    """Kill a process, which may have come to its end."""
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return


def check_whole(out: Path) -> None:
    """Every paper is whole, and so is the manifest, which names no paper that is not there."""
    for name, paper in papers_in(out).items():
        with zipfile.ZipFile(io.BytesIO(paper)) as archive:
            assert archive.testzip() is None, name
            assert archive.namelist()[0] == "[Content_Types].xml", name
    if (out / NAME).exists():
        json.loads((out / NAME).read_bytes())
        assert set(read_manifest(out).entries) <= set(papers_in(out))


def command(root: Path, out: Path, *options: str) -> list[str]:
    """The command line of a build."""
    return [sys.executable, "-W", "ignore", "-m", "orgdocs", "build", "--root", str(root), "--output", str(out), *options]


def running(folder: Path) -> list[int]:
    """The processes that have a folder in their command line."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if str(folder).encode() in entry.read_bytes():
                found.append(int(entry.parent.name))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="the list of processes is read from /proc")
def test_processes_of_a_killed_build_end_with_it(tmp_path: Path) -> None:
    """Else they would wait for work for ever."""
    process = subprocess.Popen(command(ROOT, tmp_path, "--jobs", "2"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 20
    while not any(tmp_path.rglob("*.docx")) and time.monotonic() < deadline:
        time.sleep(0.002)
    assert len(running(tmp_path)) == 3
    process.kill()
    process.wait()
    while running(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert running(tmp_path) == []
    done = subprocess.run(command(ROOT, tmp_path), capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, strange_files(tmp_path)) == (0, []), done.stdout + done.stderr
    check_whole(tmp_path)


def test_a_build_waits_for_the_one_that_is_running(tmp_path: Path) -> None:
    with lock_folder(tmp_path, pytest.fail):
        process = subprocess.Popen(command(BASE, tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert process.stderr is not None
        line = process.stderr.readline()
        assert line.startswith(f"waiting for another build (process {os.getpid()} on ")
        assert papers_in(tmp_path) == {}
    out, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert out.startswith("7 built")
    assert list(papers_in(tmp_path)) == PAPERS


def test_builds_at_the_same_time_end_as_one_would(tmp_path: Path) -> None:
    processes = [subprocess.Popen(command(BASE, tmp_path), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) for _ in range(3)]
    said = sorted(process.communicate(timeout=60)[0].split(" in ")[0] for process in processes)
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert said == ["7 built", "7 unchanged", "7 unchanged"]
    build_all(BASE, tmp_path / "alone")
    assert {name: paper for name, paper in papers_in(tmp_path).items() if not name.startswith("alone")} == papers_in(tmp_path / "alone")
    assert strange_files(tmp_path) == []


def test_the_lock_of_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        (tmp_path / "file").write_bytes(b"precious")
        with pytest.raises(WriteError) as refusal, lock_folder(path, print):
            pass
        assert str(refusal.value) == f"{path}: it is to be a folder, but a file is in the way"
    assert (tmp_path / "file").read_bytes() == b"precious"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_may_not_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir(mode=0o500)
    done = subprocess.run(command(BASE, tmp_path / "out"), capture_output=True, text=True, timeout=30, check=False)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert papers_in(tmp_path / "out") == {}


@posix
def test_a_full_disk_is_one_line_and_the_old_papers_stay(tmp_path: Path) -> None:
    root, out = copy_registry(tmp_path), tmp_path / "out"
    build_all(root, out)
    before, manifest = papers_in(out), (out / NAME).read_bytes()
    change(root / "positions/office/director.yaml", "title: Director", "title: Chief")
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)); from orgdocs.cli import main; main(sys.argv[1:])"
    )
    arguments = [sys.executable, "-W", "ignore", "-c", limited, *command(root, out)[5:]]
    for options in ([], ["--jobs", "2"]):
        done = subprocess.run([*arguments, *options], capture_output=True, text=True, timeout=30, check=False)
        assert (done.returncode, done.stdout) == (1, "")
        assert re.fullmatch(rf"{re.escape(str(out))}/office/\S+\.docx: it cannot be written \(File too large\)\n", done.stderr)
        assert papers_in(out) == before
        assert strange_files(out) == []
    assert len(manifest) < 9000
    account = build_all(root, out)
    assert set(outcomes(account)) <= {"built", "unchanged"}
    build_all(root, tmp_path / "fresh")
    assert papers_in(out) == papers_in(tmp_path / "fresh")


def test_an_interrupted_build_remembers_what_it_wrote(tmp_path: Path) -> None:
    project = opened(BASE)

    def interrupt(done: int, _whole: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(project, tmp_path, project.contents, Options(), complete=True, progress=interrupt)
    assert len(papers_in(tmp_path)) == len(read_manifest(tmp_path).entries) == 3
    assert strange_files(tmp_path) == []
    assert {name: len(found) for name, found in outcomes(build_all(BASE, tmp_path)).items()} == {"built": 4, "unchanged": 3}
