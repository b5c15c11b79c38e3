"""orgdocs audit: the function audit, as a table in the terminal, a workbook or a Word file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgdocs.cli.options import RefusedError, locate, pick_organisation, root_option, wants_colour, width
from orgdocs.sources import read_work_tree

if TYPE_CHECKING:
    from orgdocs.reporting.audit import Audit

FORMATS = ("text", "xlsx", "docx")


@click.command("audit")
@click.argument("organisation", required=False)
@root_option
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default=None, help="How to show it; without it, by the name of FILE, or as text."
)
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="The file to write it to.")
def command(organisation: str | None, root: Path | None, form: str | None, output: Path | None) -> int:
    """Audit the functions of ORGANISATION: who performs what, and what hangs in the air.

    It shows functions by posts, functions that nobody performs, that several posts perform or that hang on one person, the
    load of posts and the span of control. Without ORGANISATION, all of them are shown; a file holds one of them.
    """
    from orgdocs.project import open_project  # noqa: PLC0415
    from orgdocs.reporting.audit import audit, draw_audit  # noqa: PLC0415

    form = form or _form_of(output)
    if form != "text" and output is None:
        raise RefusedError(f"say which file to write: --output FILE.{form}")
    project = open_project(read_work_tree(locate(root)))
    if organisation is not None:
        pick_organisation(project, organisation)
    chosen = [organisation] if organisation else list(project.hierarchies)
    if form != "text" and len(chosen) != 1:
        raise RefusedError(f"a file holds the audit of one organisation; name one: {', '.join(chosen)}")
    reports = [audit(project.hierarchies[name], project.registry.settings) for name in chosen]
    if output is not None and form != "text":
        _write(output, _export(reports[0], form))
    elif output is not None:
        _write(output, ("\n\n".join(map(draw_audit, reports)) + "\n").encode())
    else:
        drawn = [draw_audit(report, width=max(width() or 80, 40), colour=wants_colour()) for report in reports]
        click.echo("\n\n".join(drawn), color=True)
    if project.errors:
        errors = "an error" if project.errors == 1 else f"{project.errors} errors"
        click.echo(f"\nthe registry has {errors}; see with: orgdocs check", err=True)
        return 1
    return 0


def _form_of(output: Path | None) -> str:
    ending = output.suffix.lower().removeprefix(".") if output is not None else ""
    return ending if ending in FORMATS else "text"


def _export(report: Audit, form: str) -> bytes:
    if form == "xlsx":
        from orgdocs.exporting.workbooks import write_audit_workbook  # noqa: PLC0415

        return write_audit_workbook(report)
    from orgdocs.exporting.documents import write_audit_document  # noqa: PLC0415

    return write_audit_document(report)


def _write(path: Path, content: bytes) -> None:
    from orgdocs.building.writing import WriteError, write_file  # noqa: PLC0415

    try:
        write_file(path, content)
    except WriteError as error:
        raise RefusedError(str(error)) from None
    click.echo(f"written to {path}")
