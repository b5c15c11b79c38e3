"""orgdocs check: everything wrong with the registry, in one run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from orgdocs import caching
from orgdocs.cli.options import RefusedError, locate, root_option, wants_colour, width
from orgdocs.sources import Source, read_work_tree

_KEPT = {"report", "summary", "errors", "warnings"}


@click.command("check")
@root_option
@click.option("--format", "form", type=click.Choice(["text", "json", "github"]), default="text", help="How to report; text if not given.")
@click.option("--select", metavar="CODES", help="Only these rules: OD401, or a family: OD4. Several with commas.")
@click.option("--ignore", metavar="CODES", help="All rules but these.")
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--no-cache", is_flag=True, help="Check anew even if nothing has changed.")
def command(root: Path | None, form: str, select: str | None, ignore: str | None, strict: bool, no_cache: bool) -> int:
    """Check the registry: files, fields, references, hierarchy, staffing, texts, approvals.

    Nothing in the registry is written. Exit code 1 if there is any error; with --strict, any warning.
    """
    source = read_work_tree(locate(root))
    codes = _split(select), _split(ignore)
    key = caching.digest_files(source.files, source.templates, _note(source, *codes, form, str(width()), str(wants_colour())))
    kept: Any = None if no_cache else caching.load(key)
    if not isinstance(kept, dict) or kept.keys() != _KEPT:
        kept = _check(source, codes, form)
        if not no_cache:
            caching.store(key, kept)
    if kept["report"]:
        click.echo(kept["report"], color=True)
    if kept["summary"]:
        click.echo(kept["summary"], err=form != "text", color=True)
    return 1 if kept["errors"] or (strict and kept["warnings"]) else 0


def _split(codes: str | None) -> tuple[str, ...]:
    return tuple(code for code in (codes or "").upper().replace(" ", "").split(",") if code)


def _note(source: Source, select: tuple[str, ...], ignore: tuple[str, ...], *how: str) -> dict[str, bytes]:
    """Everything besides the files on which the report depends."""
    return {
        "select": ",".join(select).encode(),
        "ignore": ",".join(ignore).encode(),
        "how": ",".join(how).encode(),
        "strange": repr(sorted(source.strange.items())).encode("utf-8", "surrogateescape"),
    }


def _check(source: Source, codes: tuple[tuple[str, ...], tuple[str, ...]], form: str) -> dict[str, Any]:
    from orgdocs.project import open_project  # noqa: PLC0415

    _refuse_unknown(codes[0] + codes[1])
    project = open_project(source, select=codes[0], ignore=codes[1])
    problems = project.problems
    summary = ""
    if form == "json":
        from orgdocs.reporting.machines import report_json  # noqa: PLC0415

        report = report_json(problems, project.files)
    elif form == "github":
        from orgdocs.reporting.machines import report_github  # noqa: PLC0415
        from orgdocs.reporting.text import summarise  # noqa: PLC0415

        report, summary = report_github(problems), summarise(problems, project.files)
    else:
        from orgdocs.reporting.text import report_text, summarise  # noqa: PLC0415

        colour = wants_colour()
        report = report_text(problems, project.texts, colour=colour, width=width())
        summary = summarise(problems, project.files, colour=colour)
    return {"report": report, "summary": summary, "errors": project.errors, "warnings": len(problems) - project.errors}


def _refuse_unknown(codes: tuple[str, ...]) -> None:
    from orgdocs.rules import BY_CODE  # noqa: PLC0415

    for code in codes:
        if not any(known.startswith(code) for known in BY_CODE):
            raise RefusedError(f"there is no rule {code}; see them all with: orgdocs rule")
