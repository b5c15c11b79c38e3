"""orgdocs diff: what changed between two versions of the registry, in words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgdocs.cli.options import RefusedError, locate, root_option, speak, suggest_near, wants_colour, width
from orgdocs.cli.versions import open_versions, read_versions

if TYPE_CHECKING:
    from orgdocs.comparing import Comparison
    from orgdocs.project import Project
    from orgdocs.reporting.changes import Telling

_FORMATS = ("text", "markdown", "json", "html")


@click.command("diff")
@click.argument("first", metavar="[A]", required=False)
@click.argument("second", metavar="[B]", required=False)
@root_option
@click.option("--organisation", metavar="ID", multiple=True, help="Only this organisation; may be given several times.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", help="How to report; markdown suits a pull request.")
@click.option("--language", type=click.Choice(["en", "uk", "ru"]), help="Language of the report.")
@click.option("--exit-code", is_flag=True, help="Exit code 1 if anything has changed.")
def command(
    first: str | None,
    second: str | None,
    root: Path | None,
    organisation: tuple[str, ...],
    form: str,
    language: str | None,
    exit_code: bool,
) -> int:
    """Tell what changed between the versions A and B: posts, units, duties, pay, and the papers that they change.

    A and B are revisions of git: branches, tags, commits. Without B, A is compared with the files as they are now; without A,
    the last commit is. A...B is what B changed since it branched off from A.
    """
    from orgdocs.comparing import compare  # noqa: PLC0415
    from orgdocs.messages import load_patterns  # noqa: PLC0415
    from orgdocs.reporting.changes import Telling  # noqa: PLC0415

    folder = locate(root)
    before, after = read_versions(folder, first, second)
    projects = open_versions(before, after)
    _check_organisations(projects, organisation)
    comparison = compare(*projects, organisations=organisation)
    spoken = speak(after, language)
    telling = Telling(load_patterns(spoken), spoken)
    click.echo(_report(comparison, telling, form), color=True)
    for note in comparison.notes:
        click.echo(telling.say(note), err=True)
    return 1 if exit_code and (comparison.changes or comparison.papers) else 0


def _check_organisations(projects: tuple[Project, Project], organisations: tuple[str, ...]) -> None:
    known = sorted({name for project in projects for name in project.registry.institutions})
    for name in organisations:
        if name not in known:
            raise RefusedError(f"there is no organisation {name}{suggest_near(name, known)}")


def _report(comparison: Comparison, telling: Telling, form: str) -> str:
    if form == "json":
        from orgdocs.reporting.changes_json import report_changes_json  # noqa: PLC0415

        return report_changes_json(comparison, telling)
    if form == "markdown":
        from orgdocs.reporting.changes_markdown import report_changes_markdown  # noqa: PLC0415

        return report_changes_markdown(comparison, telling)
    if form == "html":
        from orgdocs.reporting.changes_html import report_changes_html  # noqa: PLC0415

        return report_changes_html(comparison, telling)
    from orgdocs.reporting.changes_text import report_changes  # noqa: PLC0415

    return report_changes(comparison, telling, width=width() or 80, colour=wants_colour())
