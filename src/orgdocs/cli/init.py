"""orgdocs init: a small sound registry to start from."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from orgdocs.cli.options import RefusedError


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--profile",
    type=click.Choice(["ua", "ru", "by", "intl"]),
    default="intl",
    show_default=True,
    help="Country whose forms the papers follow; it also decides the language of the texts.",
)
def command(folder: Path, profile: str) -> int:
    """Start a registry in DIR: a small invented organisation, explained by comments.

    DIR may exist already, as long as it holds neither org nor positions. Nothing is written over.
    """
    from orgdocs.cli.schema import write_schemas  # noqa: PLC0415
    from orgdocs.project import open_project  # noqa: PLC0415
    from orgdocs.sources import read_work_tree  # noqa: PLC0415
    from orgdocs.starting.founding import FoundingError, found_registry  # noqa: PLC0415

    try:
        founded = found_registry(folder, profile)
    except FoundingError as error:
        raise RefusedError(str(error)) from None
    click.echo(f"{len(founded.written)} files written to {folder}")
    for name, lines in founded.lacking.items():
        click.echo(f"{name} was there and is left alone; add these lines to it:")
        click.echo("\n".join(f"    {line}" for line in lines))
    write_schemas(folder, open_project(read_work_tree(folder)).hierarchies)
    move = [] if folder.resolve() == Path.cwd() else [f"cd {shlex.quote(str(folder))}"]
    steps = [*move, "orgdocs check", "orgdocs build", "orgdocs tree", "orgdocs new position --help"]
    click.echo("\nNext, try:")
    click.echo("\n".join(f"    {step}" for step in steps))
    click.echo("Then open org/centre/organisation.yaml and make it yours. The papers are in output.")
    return 0
