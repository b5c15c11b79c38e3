"""What holds for any registry: the order of files means nothing, and no damage to a file makes opening fail."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases import read_base
from orgdocs.project import Project, open_project
from orgdocs.sources import Source

BASES = ("small", "ua-small")
quick = settings(max_examples=80, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))


def opened(files: dict[str, bytes]) -> Project:
    """The project; its problems lie in files that were read, within their text or right behind it, in order."""
    project = open_project(Source(Path("/registry"), files))
    for problem in project.problems:
        assert problem.path in files
        lines = project.texts.get(problem.path, "").split("\n")
        assert 1 <= problem.span.line <= len(lines)
        assert problem.span[:2] <= problem.span[2:]
        assert all(note.path in files for note in problem.notes)
        assert str(problem.sentence)
    assert project.problems == sorted(project.problems, key=lambda problem: problem.order)
    return project


@pytest.mark.parametrize("base", BASES)
@quick
@given(st.randoms(use_true_random=False))
def test_the_order_of_files_means_nothing(base: str, chance: random.Random) -> None:
    files = list(read_base(base).items())
    sound = open_project(Source(Path("/registry"), dict(files)))
    chance.shuffle(files)
    shuffled = open_project(Source(Path("/registry"), dict(files)))
    assert list(shuffled.contents.items()) == list(sound.contents.items())
    assert shuffled.problems == sound.problems


@pytest.mark.parametrize("base", BASES)
def test_any_line_may_be_deleted(base: str) -> None:
    files = read_base(base)
    for path, content in files.items():
        lines = content.splitlines(keepends=True)
        for number in range(len(lines)):
            opened({**files, path: b"".join(lines[:number] + lines[number + 1 :])})


@pytest.mark.parametrize("base", BASES)
def test_any_file_may_be_deleted_or_emptied(base: str) -> None:
    files = read_base(base)
    for path in files:
        opened({key: content for key, content in files.items() if key != path})
        opened({**files, path: b""})


_DAMAGES = ["delete", "double", "swap", "cut", "indent", "dedent", "blank", "from another file"]


@pytest.mark.parametrize("base", BASES)
@quick
@given(st.randoms(use_true_random=False), st.lists(st.sampled_from(_DAMAGES), min_size=1, max_size=4))
def test_lines_may_be_spoilt(base: str, chance: random.Random, damages: list[str]) -> None:
    files = read_base(base)
    for damage in damages:
        path = chance.choice(sorted(files))
        lines = files[path].decode().split("\n")
        at = chance.randrange(len(lines))
        if damage == "delete":
            del lines[at]
        elif damage == "double":
            lines.insert(at, lines[at])
        elif damage == "swap":
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        elif damage == "cut":
            lines[at] = lines[at][: chance.randrange(len(lines[at]) + 1)]
        elif damage == "indent":
            lines[at] = "  " + lines[at]
        elif damage == "dedent":
            lines[at] = lines[at].strip()
        elif damage == "blank":
            lines[at] = lines[at].split(":")[0] + ":"
        else:
            lines.insert(at, chance.choice(files[chance.choice(sorted(files))].decode().split("\n")))
        files[path] = "\n".join(lines).encode()
    opened(files)


@quick
@given(st.randoms(use_true_random=False))
def test_ids_may_be_swapped(chance: random.Random) -> None:
    """Any word of a file that is the id of something may become the id of something else."""
    files = read_base("small")
    ids = [b"office", b"legal", b"director", b"deputy", b"lawyer", b"council", b"mayor", b"charter", b"common", b"advice", b"nobody"]
    for _ in range(chance.randrange(1, 6)):
        path = chance.choice(sorted(files))
        old, new = chance.choice(ids), chance.choice(ids)
        files[path] = files[path].replace(old, new, chance.choice([1, -1]))
    opened(files)


@quick
@given(st.randoms(use_true_random=False))
def test_files_may_be_moved(chance: random.Random) -> None:
    files = read_base("small")
    names = [
        *files,
        "positions/office/legal/director.yaml",
        "org/office/units/lawyer.yaml",
        "positions/other/a.yaml",
        "org/x.yaml",
        "positions/a.yml",
    ]
    for _ in range(chance.randrange(1, 4)):
        path, new = chance.choice(sorted(files)), chance.choice(names)
        files[new] = files.pop(path)
    opened(dict(sorted(files.items())))
