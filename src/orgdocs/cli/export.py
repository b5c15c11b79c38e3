"""orgdocs export: a registry as a workbook for those who live in Excel; what they change comes back with orgdocs import."""

from __future__ import annotations

from pathlib import Path

import click

from orgdocs.cli.options import RefusedError, locate, pick_organisation, root_option, speak
from orgdocs.sources import read_work_tree


@click.command("export")
@click.argument("form", metavar="FORMAT", type=click.Choice(("xlsx",)))
@root_option
@click.option("--organisation", metavar="ID", help="The organisation; needed only if there are several.")
@click.option("--output", "-o", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="The file to write it to.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def command(form: str, root: Path | None, organisation: str | None, output: Path | None, *, force: bool) -> int:
    """Write posts, staffing and duties of an organisation as sheets of a workbook.

    FORMAT is xlsx. Without --output, the file is named after the organisation and stands in this folder. Change what you want
    in Excel or LibreOffice, and take it back with: orgdocs import FILE
    """
    from orgdocs.building.writing import WriteError, write_file  # noqa: PLC0415
    from orgdocs.exporting.sheets import lay_out_sheets  # noqa: PLC0415
    from orgdocs.exporting.workbooks import TooLongError, write_registry_workbook  # noqa: PLC0415
    from orgdocs.messages import load_patterns  # noqa: PLC0415
    from orgdocs.project import open_project  # noqa: PLC0415

    project = open_project(read_work_tree(locate(root)))
    chosen = pick_organisation(project, organisation)
    patterns = load_patterns(speak(project.source))
    target = output or Path(f"{chosen}.{form}")
    if target.exists() and not force:
        raise RefusedError(f"{target} is there already, perhaps with changes; name another file with --output, or give --force")
    sheets = lay_out_sheets(project, chosen)
    try:
        write_file(target, write_registry_workbook(sheets, patterns))
    except TooLongError as error:
        raise RefusedError(error.sentence.told(patterns)) from None
    except WriteError as error:
        raise RefusedError(str(error)) from None
    counts = ", ".join(f"{sheet.name} {len(sheet.rows)}" for sheet in sheets)
    click.echo(f"{target} written; rows: {counts}. Take changes back with: orgdocs import {target.name}")
    broken = len(project.registry.institutions[chosen].broken)
    if broken:
        click.echo(f"{broken} {'file' if broken == 1 else 'files'} could not be read and stayed out; see: orgdocs check", err=True)
        return 1
    return 0
