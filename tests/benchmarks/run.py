"""The benchmarks: every figure is a ratio of two things measured side by side in one run. Prints the table of docs/speed.md.

Run: python tests/benchmarks/run.py [--posts 1000] [--large 10000]
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml
from docxtpl import DocxTemplate
from jinja2 import Environment
from keystroke import keystroke_and_check
from ledgers import write_ledger
from lxml import etree
from sshsig import check_signature
from synthetic import change_posts, write_registry

from orgdocs.approvals.signatures import NAMESPACE
from orgdocs.building.templates import TemplateStore, packaged_template
from orgdocs.project import open_project
from orgdocs.rendering.packages import read_package
from orgdocs.rendering.papers import render_paper, values_of
from orgdocs.sources import read_work_tree

_ROUNDS = 5


def _time(action: Callable[[], object]) -> float:
    gc.collect()
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def _side_by_side(ours: Callable[[], object], theirs: Callable[[], object], rounds: int = _ROUNDS) -> tuple[float, float]:
    """Median seconds of two actions, measured in turns so that the noise of the machine falls on both."""
    pairs = [(_time(ours), _time(theirs)) for _ in range(rounds)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def _row(what: str, ours: float, theirs: float, limit: str, *, inverse: bool = False) -> str:
    ratio = theirs / ours if inverse else ours / theirs
    return f"| {what} | {ours * 1000:.1f} ms | {theirs * 1000:.1f} ms | {ratio:.2f} | {limit} |"


def measure_papers(root: Path) -> list[str]:
    """Job descriptions in one process, each parsed strictly, against a docxtpl loop over the same template and values."""
    project = open_project(read_work_tree(root))
    contents = [content for paper, content in project.contents.items() if paper.kind == "job-description"][:200]
    data = packaged_template("ua", "job-description")
    template = TemplateStore({}).prepared("ua", "job-description")
    environment = Environment(autoescape=True)

    def loop() -> bytes:
        result = b""
        for content in contents[:20]:
            paper = DocxTemplate(io.BytesIO(data))
            paper.render(values_of(content), environment, autoescape=True)
            buffer = io.BytesIO()
            paper.save(buffer)
            result = buffer.getvalue()
        return result

    def ours() -> bytes:
        result = b""
        for content in contents:
            result = render_paper(template, content)
        return result

    for content in contents[:10]:
        paper = DocxTemplate(io.BytesIO(data))
        paper.render(values_of(content), environment, autoescape=True)
        buffer = io.BytesIO()
        paper.save(buffer)
        theirs_xml = read_package(buffer.getvalue())["word/document.xml"]
        ours_xml = read_package(render_paper(template, content))["word/document.xml"]
        if etree.tostring(etree.fromstring(theirs_xml), method="c14n2") != etree.tostring(etree.fromstring(ours_xml), method="c14n2"):
            raise SystemExit(f"{content.paper}: not what docxtpl makes")
    mine, other = _side_by_side(ours, loop)
    return [_row("one paper / docxtpl loop (times as fast)", mine / len(contents), other / 20, "at least 15", inverse=True)]


def _run(arguments: list[str], folder: Path) -> None:
    subprocess.run([sys.executable, *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def measure_commands(root: Path, cache: Path) -> list[str]:
    """Whole commands, start of the interpreter included, against loading the same bytes with PyYAML's C loader."""
    os.environ["ORGDOCS_CACHE"] = str(cache)
    files = list(read_work_tree(root).files.values())

    def load() -> None:
        for content in files:
            yaml.load(content, Loader=yaml.CSafeLoader)

    source = read_work_tree(root)
    rows = []
    mine, other = _side_by_side(lambda: open_project(source), load)
    rows.append(_row("check, the work alone / CSafeLoader", mine, other, "at most 3"))
    mine, other = _side_by_side(lambda: _run(["-m", "orgdocs", "check", "--no-cache"], root), load)
    rows.append(_row("check, the whole command / CSafeLoader", mine, other, "at most 4"))
    _run(["-m", "orgdocs", "check"], root)
    mine, other = _side_by_side(lambda: _run(["-m", "orgdocs", "check"], root), load)
    rows.append(_row("check, nothing changed / CSafeLoader", mine, other, "at most 0.5"))
    _run(["-m", "orgdocs", "build"], root)
    mine, other = _side_by_side(lambda: _run(["-m", "orgdocs", "build"], root), load)
    rows.append(_row("build, nothing changed / CSafeLoader", mine, other, "at most 1"))
    return rows


def measure_keystroke(root: Path) -> list[str]:
    """The language server: one more letter in a title, against a full check."""
    mine, other = _side_by_side(*keystroke_and_check(root, "positions/synthetic/unit-1/post-13.yaml"))
    return [_row("keystroke in an editor / full check", mine, other, "at most 0.3")]


def measure_diff(root: Path, folder: Path) -> list[str]:
    """What changed between two revisions, one post in ten of which differs in title, pay and a duty, against a full check."""
    repository = folder / "repository"
    shutil.copytree(root, repository, ignore=shutil.ignore_patterns("output"))
    named = {f"GIT_{who}_{what}": "ada@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}

    def git(*arguments: str) -> None:
        subprocess.run(["git", "-C", str(repository), *arguments], check=True, capture_output=True, env={**os.environ, **named})

    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "before")
    change_posts(repository, 10)
    git("commit", "-qam", "after")
    mine, other = _side_by_side(
        lambda: _run(["-m", "orgdocs", "diff", "HEAD~1", "HEAD"], repository),
        lambda: _run(["-m", "orgdocs", "check", "--no-cache"], repository),
    )
    return [_row("diff of two revisions / full check", mine, other, "at most 3")]


def measure_ledger(root: Path, cache: Path, count: int = 5000) -> list[str]:
    """All records of a ledger verified, against nothing but the signatures by sshsig; then again with nothing changed."""
    files = write_ledger(root, count)
    signed = [(content, files[path.replace(".json", ".sig")]) for path, content in files.items() if path.endswith(".json")]
    environment = {"ORGDOCS_CACHE": str(cache), "SOURCE_DATE_EPOCH": "1772442000"}
    command = [sys.executable, "-m", "orgdocs", "verify"]

    def ours(*options: str) -> None:
        subprocess.run([*command, *options], cwd=root, env=os.environ | environment, capture_output=True, check=True)

    def theirs() -> None:
        for content, signature in signed:
            check_signature(content, signature, NAMESPACE)

    mine, other = _side_by_side(lambda: ours("--no-cache"), theirs, 3)
    rows = [_row(f"verify of {count} records / their signatures alone", mine, other, "at most 5")]
    ours()
    mine, other = _side_by_side(ours, theirs, 3)
    return [*rows, _row("verify, nothing changed / signatures", mine, other, "at most 0.5")]


def measure_scale(small: Path, large: Path, factor: int) -> list[str]:
    """Ten times the posts."""
    mine, other = _side_by_side(
        lambda: _run(["-m", "orgdocs", "check", "--no-cache"], large), lambda: _run(["-m", "orgdocs", "check", "--no-cache"], small), 3
    )
    rows = [_row(f"check of {factor} times as many posts", mine, other, f"at most {factor * 1.1:.0f}")]
    code = (
        "import resource, sys; from orgdocs.cli import run; run(['check', '--no-cache']);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=large, check=True, capture_output=True, text=True)
    rows.append(f"| peak memory of that check | {done.stderr.split()[-1]} MiB | | | under 1024 MiB |")
    return rows


def measure_help() -> list[str]:
    """The help against an interpreter that does nothing."""
    here = Path.cwd()
    mine, other = _side_by_side(lambda: _run(["-m", "orgdocs", "--help"], here), lambda: _run(["-c", "pass"], here), 15)
    return [_row("orgdocs --help / python -c pass", mine, other, "at most 6")]


def main() -> None:
    """Make the registries, measure, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--large", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small", Path(folder) / "large"
        write_registry(small, options.posts)
        write_registry(large, options.large)
        rows = [
            *measure_papers(small),
            *measure_commands(small, Path(folder) / "cache"),
            *measure_keystroke(small),
            *measure_diff(small, Path(folder)),
            *measure_ledger(Path(folder) / "ledger", Path(folder) / "cache"),
            *measure_scale(small, large, options.large // options.posts),
            *measure_help(),
        ]
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {options.posts} and {options.large} posts with ten duties each\n")
    print("| what | orgdocs | beside it | ratio | wanted |\n| --- | ---: | ---: | ---: | --- |")
    print("\n".join(rows))
    print(f"\npeak memory of the benchmark itself: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


if __name__ == "__main__":
    main()
