"""orgdocs schema: what each kind of file may hold, for editors, with the ids of this registry."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgdocs.cli.options import RefusedError, locate, pick_organisation, root_option
from orgdocs.schemas import KINDS
from orgdocs.sources import read_work_tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgdocs.hierarchy import Hierarchy


@click.command("schema")
@click.argument("kind", metavar="[KIND]", required=False, type=click.Choice(KINDS))
@root_option
@click.option("--organisation", metavar="ID", help="Whose ids; needed where there are several.")
@click.option("--write", is_flag=True, help="Write all schemas into the registry, and the settings of Visual Studio Code for them.")
def command(kind: str | None, root: Path | None, organisation: str | None, write: bool) -> int:
    """Print the JSON Schema of a KIND of file for editors, with the ids of this registry and their titles.

    With --write, the schemas of all kinds are written below .orgdocs/schemas, and .vscode/settings.json leads to them. The
    ids in them are those of the moment: run it again when posts, units or acts were added.
    """
    from orgdocs.editors.schemas import OF_REGISTRY, editor_schema  # noqa: PLC0415
    from orgdocs.editors.wiring import show_schema  # noqa: PLC0415
    from orgdocs.project import open_project  # noqa: PLC0415

    if write and (kind or organisation):
        raise click.UsageError("--write writes all schemas; leave KIND and --organisation out")
    if not write and kind is None:
        raise click.UsageError(f"name the kind of file, or write all with --write. Kinds: {', '.join(KINDS)}")
    registry = locate(root)
    project = open_project(read_work_tree(registry))
    if write:
        return write_schemas(registry, project.hierarchies)
    assert kind is not None  # noqa: S101  (see above)
    chosen = None if kind in OF_REGISTRY else pick_organisation(project, organisation)
    click.echo(show_schema(editor_schema(kind, project.hierarchies, chosen)), nl=False)
    return 0


def write_schemas(root: Path, hierarchies: Mapping[str, Hierarchy]) -> int:
    """Write the schemas and settings into a registry, and say so."""
    from orgdocs.building.writing import WriteError  # noqa: PLC0415
    from orgdocs.editors.wiring import FOLDER, SETTINGS, wire_editor  # noqa: PLC0415

    try:
        wired = wire_editor(root, hierarchies)
    except WriteError as error:
        raise RefusedError(str(error)) from None
    click.echo(f"{len(wired.schemas)} schemas written to {FOLDER}")
    if wired.settings == "left alone":
        click.echo(f"{SETTINGS} is not plain JSON and is left alone; add this to it:")
        click.echo(wired.wanted)
    else:
        click.echo(f"{SETTINGS} {wired.settings}")
    return 0
