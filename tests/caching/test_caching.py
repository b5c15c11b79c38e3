"""Results kept between runs: what is kept comes back, whatever is wrong with the cache does no harm, and keys tell files apart."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from orgdocs.caching import MOST_FILES, cache_folder, digest_files, load, store


@pytest.mark.parametrize("value", [{"report": "звіт 😀\n", "errors": 3}, [], "", 0, False, [1, [2, {"a": None}]]])
def test_what_is_stored_is_loaded(value: Any) -> None:
    store("key", value)
    assert load("key") == value
    assert [path.name for path in cache_folder().iterdir()] == ["key.json"]


def test_what_was_never_stored_is_none() -> None:
    assert load("key") is None
    assert load("../key") is None


def test_storing_again_replaces() -> None:
    store("key", [1])
    store("key", [2])
    assert load("key") == [2]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b'{"a": ', b"\xff\xfe", b"\0" * 100, b"[" * 100_000, b'"' + b"a" * 10, "звіт".encode("cp1251")],
    ids=["empty", "cut", "cut later", "no text", "zeros", "deep", "open", "another encoding"],
)
def test_a_corrupt_file_is_ignored_and_mended(content: bytes) -> None:
    store("key", [1])
    (cache_folder() / "key.json").write_bytes(content)
    assert load("key") is None
    store("key", [2])
    assert load("key") == [2]


def test_a_folder_in_the_place_of_a_file_is_ignored() -> None:
    (cache_folder() / "key.json").mkdir(parents=True)
    store("key", [1])
    assert load("key") is None


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    occupied = tmp_path / "file"
    occupied.write_text("no folder")
    for folder in (occupied, occupied / "below", Path("/proc/orgdocs")):
        monkeypatch.setenv("ORGDOCS_CACHE", str(folder))
        store("key", [1])
        assert load("key") is None
    assert occupied.read_text() == "no folder"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become somebody without a home")
def test_who_has_no_home_has_no_cache() -> None:
    program = "import os; from orgdocs import caching; os.setuid(54321); caching.store('key', [1]); print(caching.load('key'))"
    environment = {name: value for name, value in os.environ.items() if name not in {"HOME", "ORGDOCS_CACHE", "XDG_CACHE_HOME"}}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("None\n", "", 0)


def test_the_oldest_results_go_first() -> None:
    for number in range(MOST_FILES + 3):
        store(f"key{number}", number)
        os.utime(cache_folder() / f"key{number}.json", (number, number))
    store("last", -1)
    kept = [number for number in range(MOST_FILES + 3) if load(f"key{number}") is not None]
    assert kept == list(range(4, MOST_FILES + 3))
    assert load("last") == -1


def test_foreign_files_are_left_alone() -> None:
    folder = cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "notes.txt").write_text("mine")
    for number in range(MOST_FILES + 1):
        store(f"key{number}", number)
    assert (folder / "notes.txt").read_text() == "mine"
    assert len(list(folder.glob("*.json"))) == MOST_FILES


def test_the_file_is_plain_json() -> None:
    store("key", {"звіт": [1]})
    assert json.loads((cache_folder() / "key.json").read_text("utf-8")) == {"звіт": [1]}


def test_where_results_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGDOCS_CACHE", str(tmp_path / "own"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert cache_folder() == tmp_path / "own"
    if sys.platform == "win32":
        return
    monkeypatch.setenv("ORGDOCS_CACHE", "")
    assert cache_folder() == tmp_path / "xdg" / "orgdocs"
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    assert cache_folder() == tmp_path / "home" / ".cache" / "orgdocs"


# Groups of files that must never share a digest.
GROUPS: list[tuple[dict[str, bytes], ...]] = [
    (),
    ({},),
    ({}, {}),
    ({"a": b""},),
    ({"a": b""}, {}),
    ({}, {"a": b""}),
    ({"a": b"bc"},),
    ({"ab": b"c"},),
    ({"abc": b""},),
    ({"a": b"b", "c": b""},),
    ({"a": b"", "b": b"c"},),
    ({"a": b"b"}, {"c": b""}),
    ({"a": b"2 1 b 1 c"},),
    ({"a": b"", "2 1 b": b"c"},),
    ({"a": b"|"},),
    ({"a": b"1 b 1 c"},),
    ({"a": b"", "b": b"c1 c 0 "},),
    ({"ё".encode().decode("latin-1"): b""},),
    ({"ё": b""},),
    ({"a\udcff": b""},),
    ({"a": b"b\n"},),
    ({"a": b"b\r\n"},),
    ({"A": b"b\n"},),
]


def test_digests_tell_files_apart() -> None:
    digests = [digest_files(*groups) for groups in GROUPS]
    assert {digest: digests.count(digest) for digest in digests} == dict.fromkeys(digests, 1)
    assert digests == [digest_files(*groups) for groups in GROUPS]


def test_the_order_of_files_does_not_matter() -> None:
    assert digest_files({"a": b"1", "b": b"2"}) == digest_files({"b": b"2", "a": b"1"})


def test_the_program_is_part_of_the_digest(tmp_path: Path) -> None:
    """A copy of the program that differs by one file has other keys: a new version never reads the results of an old one."""
    import shutil

    import orgdocs

    copy = tmp_path / "orgdocs"
    shutil.copytree(Path(orgdocs.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__", "*.docx"))

    def digest() -> str:
        program = "from orgdocs.caching import digest_files; print(digest_files({}))"
        environment = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
        return done.stdout

    first = digest()
    assert digest() == first
    with (copy / "profiles" / "ua.yaml").open("a") as file:
        file.write("# changed\n")
    assert digest() != first
