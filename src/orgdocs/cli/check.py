"""orgdocs check: everything wrong with the registry, in one run."""

from __future__ import annotations

import gc
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from orgdocs import caching
from orgdocs.cli.options import RefusedError, locate, root_option, speak, wants_colour, width
from orgdocs.sources import Source, read_work_tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgdocs.problems import Problem
    from orgdocs.project import Project

_KEPT = {"report", "summary", "errors", "warnings"}
_FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit", "auto")


@dataclass(frozen=True)
class _Request:
    """What is asked for, besides the files: on this, too, the report depends."""

    form: str
    language: str
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    baseline: str
    since: str
    colour: bool
    width: int | None


@click.command("check")
@root_option
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", help="How to report; auto looks which CI this is.")
@click.option("--select", metavar="CODES", help="Only these rules: OD401, or a family: OD4. Several with commas.")
@click.option("--ignore", metavar="CODES", help="All rules but these.")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--language", type=click.Choice(["en", "uk", "ru"]), help="Language of the messages.")
@click.option("--baseline", type=click.Path(path_type=Path, dir_okay=False), help="Known problems: only others are reported.")
@click.option("--write-baseline", type=click.Path(path_type=Path, dir_okay=False), help="Write today's problems as a baseline.")
@click.option("--since", metavar="REVISION", help="Only problems that have come since a git revision.")
@click.option("--fix", is_flag=True, help="Mend what is mechanical and safe: spaces, typed numbers, quotes, apostrophes.")
@click.option("--diff", is_flag=True, help="With --fix: show what would change, and write nothing.")
@click.option("--no-cache", is_flag=True, help="Check anew even if nothing has changed.")
def command(
    root: Path | None,
    form: str,
    select: str | None,
    ignore: str | None,
    strict: bool,
    language: str | None,
    baseline: Path | None,
    write_baseline: Path | None,
    since: str | None,
    fix: bool,
    diff: bool,
    no_cache: bool,
) -> int:
    """Check the registry: files, fields, references, hierarchy, staffing, texts, approvals.

    Nothing in the registry is written, except with --fix. Exit code 1 if there is any error; with --strict, any warning.
    """
    folder = locate(root)
    source = read_work_tree(folder)
    if diff and not fix:
        raise RefusedError("--diff shows what --fix would change; give both")
    if fix:
        from orgdocs.cli.fixing import fix_registry  # noqa: PLC0415

        if not fix_registry(source, show_only=diff):
            return 0
        source = read_work_tree(folder)
    request = _Request(
        _detect(form),
        speak(source, language),
        _split(select),
        _split(ignore),
        _read_text(baseline),
        _resolve(folder, since) if since is not None else "",
        wants_colour(),
        width(),
    )
    if write_baseline is not None:
        return _write_baseline(source, request, write_baseline)
    kept = _recall(source, request, fresh=no_cache)
    if kept["report"]:
        click.echo(kept["report"], color=True)
    if kept["summary"]:
        click.echo(kept["summary"], err=request.form != "text", color=True)
    return 1 if kept["errors"] or (strict and kept["warnings"]) else 0


def _detect(form: str) -> str:
    """The format that fits where we run."""
    if form != "auto":
        return form
    if os.environ.get("GITHUB_ACTIONS"):
        return "github"
    return "gitlab" if os.environ.get("GITLAB_CI") else "text"


def _split(codes: str | None) -> tuple[str, ...]:
    return tuple(code for code in (codes or "").upper().replace(" ", "").split(",") if code)


def _read_text(path: Path | None) -> str:
    """The baseline as it stands, so that another one is another request."""
    if path is None:
        return ""
    from orgdocs.baselines import BaselineError, read_baseline  # noqa: PLC0415

    try:
        read_baseline(path)
        return path.read_text("utf-8")
    except BaselineError as error:
        raise RefusedError(str(error)) from None


def _resolve(root: Path, revision: str) -> str:
    from orgdocs.revisions import RevisionError, resolve_revision  # noqa: PLC0415

    try:
        return resolve_revision(root, revision)
    except RevisionError as error:
        raise RefusedError(str(error)) from None


def _recall(source: Source, request: _Request, *, fresh: bool) -> dict[str, Any]:
    """The report of an earlier run over the same files with the same request, or a new one."""
    about = {"request": repr(asdict(request)).encode(), "strange": repr(sorted(source.strange.items())).encode("utf-8", "surrogateescape")}
    key = caching.digest_files(*source.groups, about)
    found: Any = None if fresh else caching.load(key)
    if isinstance(found, dict) and found.keys() == _KEPT:
        return found
    gc.disable()  # until the report is there nothing becomes garbage, and looking for it costs a tenth of the time
    try:
        kept = _check(source, request)
    finally:
        gc.enable()
    if not fresh:
        caching.store(key, kept)
    return kept


def _open(source: Source, request: _Request) -> Project:
    from orgdocs.project import open_project  # noqa: PLC0415
    from orgdocs.rules import BY_CODE  # noqa: PLC0415

    for code in request.select + request.ignore:
        if not any(known.startswith(code) for known in BY_CODE):
            raise RefusedError(f"there is no rule {code}; see them all with: orgdocs rule")
    return open_project(source, select=request.select, ignore=request.ignore)


def _write_baseline(source: Source, request: _Request, path: Path) -> int:
    from orgdocs.baselines import write_baseline  # noqa: PLC0415
    from orgdocs.building.writing import WriteError, write_file  # noqa: PLC0415

    project = _open(source, request)
    try:
        write_file(path, write_baseline(project.problems, project.texts).encode())
    except WriteError as error:
        raise RefusedError(str(error)) from None
    count = len(project.problems)
    click.echo(f"{path}: {count} {'problem' if count == 1 else 'problems'} written; check with --baseline {path} from now on")
    return 0


def _check(source: Source, request: _Request) -> dict[str, Any]:
    project = _open(source, request)
    problems = _fresh(project, request)
    errors = sum(problem.severity == "error" for problem in problems)
    report, summary = _report(project, problems, request)
    return {"report": report, "summary": summary, "errors": errors, "warnings": len(problems) - errors}


def _fresh(project: Project, request: _Request) -> list[Problem]:
    """The problems that neither the baseline nor the earlier revision has."""
    problems = project.problems
    if not (request.baseline or request.since):
        return problems
    from collections import Counter  # noqa: PLC0415

    from orgdocs.baselines import count_problems, new_problems, parse_baseline  # noqa: PLC0415

    if request.baseline:
        problems = new_problems(problems, project.texts, parse_baseline(request.baseline))
    if request.since:
        from orgdocs.revisions import read_revision  # noqa: PLC0415

        earlier = _open(read_revision(project.source.root, request.since), request)
        problems = new_problems(problems, project.texts, Counter(count_problems(earlier.problems, earlier.texts)))
    return problems


def _report(project: Project, problems: Sequence[Problem], request: _Request) -> tuple[str, str]:
    """The report in its format and language, and the summary line that goes with it."""
    from orgdocs.messages import load_patterns  # noqa: PLC0415
    from orgdocs.reporting.telling import tell  # noqa: PLC0415
    from orgdocs.reporting.text import report_text, summarise  # noqa: PLC0415

    patterns = load_patterns(request.language)
    told = tell(problems, patterns)
    if request.form == "json":
        from orgdocs.reporting.machines import report_json  # noqa: PLC0415

        return report_json(told, project.files), ""
    if request.form == "gitlab":
        from orgdocs.reporting.gitlab import report_gitlab  # noqa: PLC0415

        return report_gitlab(told), ""
    if request.form == "sarif":
        from orgdocs.reporting.sarif import report_sarif  # noqa: PLC0415

        return report_sarif(told), ""
    if request.form == "junit":
        from orgdocs.reporting.junit import report_junit  # noqa: PLC0415

        return report_junit(told, project.source.files), ""
    if request.form == "github":
        from orgdocs.reporting.machines import report_github  # noqa: PLC0415

        return report_github(told), summarise(told, project.files, patterns=patterns)
    report = report_text(told, project.texts, colour=request.colour, width=request.width, patterns=patterns)
    return report, summarise(told, project.files, colour=request.colour, patterns=patterns)
