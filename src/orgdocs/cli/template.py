"""orgdocs template: a Word template of the package, copied into the registry to be restyled in Word."""

from __future__ import annotations

from pathlib import Path

import click

from orgdocs.cli.options import RefusedError, locate, root_option
from orgdocs.cli.papers import KINDS


@click.command("template")
@click.argument("profile", metavar="PROFILE", type=click.Choice(["ua", "ru", "by", "by-be", "intl"]))
@click.argument("kind", metavar="KIND", type=click.Choice([*KINDS, "packet"]))
@root_option
def command(profile: str, kind: str, root: Path | None) -> int:
    """Copy the Word template of a KIND of paper of a PROFILE to templates/PROFILE/KIND.docx.

    PROFILE is ua, ru, by or intl; KIND is the kind of paper, such as job-description or staffing-table.

    From then on the papers are printed with the copy. Change fonts, margins, spacing and logos in Word as you like;
    leave the words in double braces, and the lines {%p … %}, where they are.
    """
    from orgdocs.building.templates import packaged_template  # noqa: PLC0415
    from orgdocs.building.writing import WriteError, write_file  # noqa: PLC0415

    target = locate(root) / "templates" / profile / f"{kind}.docx"
    if (profile, kind) == ("by-be", "packet"):
        raise RefusedError("packets of by-be are printed with the template of by: orgdocs template by packet")
    if target.exists():
        raise RefusedError(f"{target} is there already; it is left alone")
    try:
        write_file(target, packaged_template(profile, kind))
    except WriteError as error:
        raise RefusedError(str(error)) from None
    click.echo(f"{target}: restyle it in Word, then run: orgdocs build")
    return 0
