"""Reading the work tree: ordinary files, and everything else that may lie in a folder."""

from __future__ import annotations

import inspect
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from orgdocs.sources import LARGEST_FILE, LARGEST_TEMPLATE, RegistryNotFoundError, Source, find_root, make_printable, read_work_tree

posix = pytest.mark.skipif(os.name != "posix", reason="needs the files of a POSIX system")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The smallest registry."""
    write(tmp_path, "org/registry.yaml", b"format: 1\n")
    return tmp_path


@pytest.fixture
def private_root(root: Path) -> Iterator[Path]:
    """A registry read as an ordinary user even if the tests run as the administrator, whom no permission stops."""
    if os.geteuid() != 0:
        yield root
        return
    # Folders of the tests are closed to other users; this one is open.
    folder = Path(tempfile.mkdtemp(prefix="orgdocs-"))
    try:
        shutil.copytree(root, folder, dirs_exist_ok=True)
        for path in (folder, *folder.rglob("*")):
            os.chown(path, 65534, -1)
        os.seteuid(65534)
        yield folder
    finally:
        os.seteuid(0)
        shutil.rmtree(folder)


def write(root: Path, path: str, content: bytes = b"a: b\n") -> Path:
    """A file with all folders above it."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def read(root: Path) -> tuple[list[str], dict[str, str]]:
    """What was read, besides the settings, and what was not."""
    source = read_work_tree(root)
    assert list(source.files) == sorted(source.files)
    assert list(source.templates) == sorted(source.templates)
    assert list(source.strange) == sorted(source.strange)
    for path in (*source.files, *source.templates, *source.strange):
        assert path.isprintable()
    return [path for path in (*source.files, *source.templates) if path != "org/registry.yaml"], source.strange


def test_ordinary_files(root: Path) -> None:
    write(root, "positions/centre/legal/lawyer.yaml", "title: юрист\n".encode())
    write(root, "org/centre/organisation.yaml", b"\xff\xfe")
    write(root, "templates/ua/structure.docx", b"PK")
    assert read_work_tree(root) == Source(
        root,
        {
            "org/centre/organisation.yaml": b"\xff\xfe",
            "org/registry.yaml": b"format: 1\n",
            "positions/centre/legal/lawyer.yaml": "title: юрист\n".encode(),
        },
        {"templates/ua/structure.docx": b"PK"},
        {},
    )


def test_pictures_lie_beside_the_file_of_their_organisation(root: Path) -> None:
    for path in ("org/a.png", "org/centre/units/b.png", "org/centre/approvals/c.png", "positions/centre/d.png", "templates/ua/e.png"):
        write(root, path)
    write(root, "org/centre/emblem.png", b"1")
    write(root, "org/centre/Logo.PNG", b"2")
    write(root, "org/centre/~$emblem.png")
    write(root, "org/centre/scan.png", b"#" * (LARGEST_FILE + 1))
    source = read_work_tree(root)
    assert source.pictures == {"org/centre/Logo.PNG": b"2", "org/centre/emblem.png": b"1"}
    assert (list(source.files), source.templates, source.strange) == (["org/registry.yaml"], {}, {"org/centre/scan.png": "large"})


@posix
def test_pictures_that_are_links_are_named_and_not_followed(root: Path) -> None:
    write(root, "secret.png", b"secret")
    (root / "org" / "centre").mkdir()
    (root / "org" / "centre" / "emblem.png").symlink_to(root / "secret.png")
    (root / "org" / "centre" / "units").mkdir()
    (root / "org" / "centre" / "units" / "other.png").symlink_to(root / "secret.png")
    source = read_work_tree(root)
    assert (source.pictures, source.strange) == ({}, {"org/centre/emblem.png": "link"})


def test_empty_registry(tmp_path: Path) -> None:
    assert read(tmp_path) == ([], {})


def test_empty_file_and_empty_folder(root: Path) -> None:
    write(root, "org/a.yaml", b"")
    (root / "positions" / "centre").mkdir(parents=True)
    assert read(root) == (["org/a.yaml"], {})


def test_other_files_are_passed_over(root: Path) -> None:
    for name in ("README.md", "notes.txt", "a.yaml.bak", "a.json", "yaml", "a.yamlx", "b.docx"):
        write(root, f"org/{name}")
    write(root, "templates/ua/notes.yaml")
    write(root, "other/a.yaml")
    assert read(root) == ([], {})


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.yaml", "~$lawyer.yaml", "lawyer.yaml~", ".lawyer.yaml.swp", "lawyer.yaml.swp", "lawyer.yaml.tmp",
        ".#lawyer.yaml", ".git/a.yaml", ".orgdocs-tmp-1-x.yaml",
    ],
)  # fmt: skip
def test_what_editors_leave_behind_is_passed_over(root: Path, name: str) -> None:
    write(root, f"positions/{name}")
    assert read(root) == ([], {})


def test_word_keeps_a_file_beside_an_open_template(root: Path) -> None:
    write(root, "templates/ua/~$structure.docx")
    assert read(root) == ([], {})


@pytest.mark.parametrize(
    "name", ["lawyer.yml", "lawyer.YAML", "lawyer.Yml", "lawyer (1).yaml", "Lawyer.yaml", "юрист.yaml", "a b.yaml", "-rf.yaml", "con.yaml"]
)
def test_odd_names_are_read_so_that_they_can_be_refused(root: Path, name: str) -> None:
    try:
        write(root, f"positions/{name}")
    except OSError:
        pytest.skip("this system has no such names")
    assert read(root) == ([f"positions/{name}"], {})


def test_folder_named_like_a_file(root: Path) -> None:
    write(root, "positions/legal.yaml/lawyer.yaml")
    assert read(root) == (["positions/legal.yaml/lawyer.yaml"], {})


def test_file_named_like_a_folder_of_the_registry(root: Path) -> None:
    write(root, "positions")
    assert read(root) == ([], {"positions": "unreadable"})


@posix
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"a\nb.yaml", "a\\nb.yaml"),
        (b"a\x1b[31m.yaml", "a\\x1b[31m.yaml"),
        (b"\xff.yaml", "\\xff.yaml"),
        (b"\xd0\xb9\xd0.yaml", "й\\xd0.yaml"),
        ("a\u202eb.yaml".encode(), "a\\u202eb.yaml"),
        ("a\u00a0b.yaml".encode(), "a\\xa0b.yaml"),
        (b"a\\b.yaml", "a\\b.yaml"),
        ("и\u0306.yaml".encode(), "и\u0306.yaml"),
        (b"a'\"$(x).yaml", "a'\"$(x).yaml"),
    ],
)
def test_names_that_cannot_be_shown(root: Path, name: bytes, shown: str) -> None:
    folder = root / "positions" / "centre"
    folder.mkdir(parents=True)
    try:
        Path(os.fsdecode(os.path.join(os.fsencode(folder), name))).write_bytes(b"x")  # noqa: PTH118  (names of bytes)
    except OSError:
        pytest.skip("this file system has no such names")
    source = read_work_tree(root)
    assert source.files[f"positions/centre/{shown}"] == b"x"


@posix
def test_folder_whose_name_cannot_be_shown(root: Path) -> None:
    folder = os.path.join(os.fsencode(root), b"positions", b"\xfe\n")  # noqa: PTH118  (names of bytes)
    try:
        os.makedirs(folder)  # noqa: PTH103
    except OSError:
        pytest.skip("this file system has no such names")
    Path(os.fsdecode(folder), "a.yaml").write_bytes(b"x")
    assert read(root) == (["positions/\\xfe\\n/a.yaml"], {})


@posix
def test_links_are_named_and_not_followed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    write(outside, "secret.yaml", b"password: x\n")
    (root / "positions").mkdir()
    (root / "positions" / "file.yaml").symlink_to(outside / "secret.yaml")
    (root / "positions" / "folder").symlink_to(outside, target_is_directory=True)
    (root / "positions" / "inside.yaml").symlink_to(root / "org" / "registry.yaml")
    (root / "positions" / "nowhere.yaml").symlink_to(root / "nowhere")
    (root / "positions" / "circle.yaml").symlink_to(root / "positions" / "circle.yaml")
    (root / "positions" / "above").symlink_to(root, target_is_directory=True)
    (root / "positions" / "README.md").symlink_to(outside / "secret.yaml")
    (root / "templates").mkdir()
    (root / "templates" / "ua.docx").symlink_to(outside / "secret.yaml")
    names = ("positions/above", "positions/circle.yaml", "positions/file.yaml", "positions/folder", "positions/inside.yaml")
    assert read(root) == ([], dict.fromkeys((*names, "positions/nowhere.yaml", "templates/ua.docx"), "link"))


@posix
@pytest.mark.parametrize("name", ["positions", "templates"])
def test_folder_of_the_registry_that_is_a_link(root: Path, name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    write(outside, "a.yaml")
    write(outside, "a.docx")
    (root / name).symlink_to(outside, target_is_directory=True)
    assert read(root) == ([], {name: "link"})


@posix
def test_pipes_and_sockets_are_named_and_not_opened(root: Path) -> None:
    folder = root / "positions"
    folder.mkdir()
    os.mkfifo(folder / "pipe.yaml")
    os.mkfifo(folder / "pipe")
    before = Path.cwd()
    os.chdir(folder)  # the path of a socket may not be long
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind("socket.yaml")
            assert read(root) == ([], {"positions/pipe.yaml": "special", "positions/socket.yaml": "special"})
    finally:
        os.chdir(before)


def test_large_file(root: Path) -> None:
    write(root, "positions/just-so.yaml", b"#" * LARGEST_FILE)
    write(root, "positions/large.yaml", b"#" * (LARGEST_FILE + 1))
    with (root / "positions" / "huge.yaml").open("wb") as file:
        file.truncate(1 << 40)  # takes no room on the disk
    assert read(root) == (["positions/just-so.yaml"], {"positions/huge.yaml": "large", "positions/large.yaml": "large"})


def test_large_template(root: Path) -> None:
    write(root, "templates/ua/a.docx", b"#" * (LARGEST_FILE + 1))
    with write(root, "templates/ua/b.docx").open("wb") as file:
        file.truncate(LARGEST_TEMPLATE + 1)
    assert read(root) == (["templates/ua/a.docx"], {"templates/ua/b.docx": "large"})


@posix
def test_what_may_not_be_read_is_named(private_root: Path) -> None:
    write(private_root, "positions/open.yaml")
    write(private_root, "positions/closed.yaml").chmod(0)
    write(private_root, "positions/folder/a.yaml")
    (private_root / "positions" / "folder").chmod(0)
    try:
        assert read(private_root) == (["positions/open.yaml"], {"positions/closed.yaml": "unreadable", "positions/folder": "unreadable"})
    finally:
        (private_root / "positions" / "folder").chmod(0o700)


def test_folders_deeper_than_the_stack(root: Path) -> None:
    deep = "/".join(["positions", *["d"] * 200, "a.yaml"])
    write(root, deep)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 60)
    try:
        files, strange = read(root)
    finally:
        sys.setrecursionlimit(limit)
    assert (files, strange) == ([deep], {})


@posix
def test_path_too_long_for_the_system(root: Path) -> None:
    """Such folders can be made from inside, and not be reached from outside: they are named."""
    before = Path.cwd()
    write(root, "positions/a.yaml")
    os.chdir(root / "positions")
    try:
        for _ in range(20):
            Path("d" * 250).mkdir()
            os.chdir("d" * 250)
    finally:
        os.chdir(before)
    files, strange = read(root)
    assert files == ["positions/a.yaml"]
    ((path, why),) = strange.items()
    assert set(path.split("/")) == {"positions", "d" * 250}
    assert why == "unreadable"


@pytest.mark.parametrize("below", [".", "org", "positions/centre"])
def test_root_is_found_from_below(root: Path, below: str) -> None:
    (root / below).mkdir(parents=True, exist_ok=True)
    assert find_root(root / below) == root.resolve()


def test_root_is_found_from_a_folder_that_is_not_there(root: Path) -> None:
    assert find_root(root / "positions" / "none") == root.resolve()


def test_nearest_root_counts(root: Path) -> None:
    write(root, "positions/inner/org/registry.yaml")
    assert find_root(root / "positions" / "inner" / "org") == (root / "positions" / "inner").resolve()


def test_no_root(tmp_path: Path) -> None:
    (tmp_path / "org" / "registry.yaml").mkdir(parents=True)  # a folder of that name is none
    with pytest.raises(RegistryNotFoundError) as raised:
        find_root(tmp_path)
    assert str(raised.value) == f"no registry in {tmp_path.resolve()} or above it: there is no org/registry.yaml"


@posix
def test_no_root_from_a_circle_of_links(tmp_path: Path) -> None:
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    with pytest.raises(RegistryNotFoundError):
        find_root(tmp_path / "circle")


@posix
def test_no_root_from_a_folder_that_was_deleted(tmp_path: Path) -> None:
    before = Path.cwd()
    gone = tmp_path / "gone"
    gone.mkdir()
    os.chdir(gone)
    gone.rmdir()
    try:
        with pytest.raises(RegistryNotFoundError):
            find_root(Path())
    finally:
        os.chdir(before)


@posix
def test_no_root_where_nobody_may_look(private_root: Path) -> None:
    closed = private_root / "closed"
    write(private_root, "closed/org/registry.yaml")
    closed.chmod(0)
    try:
        assert find_root(closed) == private_root.resolve()
    finally:
        closed.chmod(0o700)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("юрист 😀", "юрист 😀"),
        ("a\nb\t", "a\\nb\\t"),
        ("\x00\x9b\u2028\ufeff", "\\x00\\x9b\\u2028\\ufeff"),
        ("\udcff\ud800", "\\xff\\ud800"),
        ("\U000e0001", "\\U000e0001"),
    ],
)
def test_make_printable(text: str, shown: str) -> None:
    assert make_printable(text) == shown
    assert shown.isprintable()
