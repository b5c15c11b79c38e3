"""orgdocs new: a position or unit as a file at the right place, with every useful field explained in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgdocs.cli.options import RefusedError, locate, pick_organisation, root_option
from orgdocs.sources import read_work_tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgdocs.project import Project
    from orgdocs.starting.adding import NewFile

UNIT_KINDS = ("department", "directorate", "division", "sector", "section", "service", "office", "centre", "institution", "group")

_organisation_option: Callable[..., click.Command] = click.option(
    "--organisation", metavar="ID", help="The organisation; needed only if there are several."
)


@click.group("new")
def command() -> None:
    """Add a position or unit: a file with every field, those not needed switched off."""


@command.command("position")
@click.argument("position_id", metavar="ID")
@root_option
@_organisation_option
@click.option("--unit", metavar="ID", help="The unit it belongs to; else it stands directly under the organisation.")
@click.option("--title", metavar="TEXT", help="The title of the post.")
@click.option("--reports-to", metavar="ID", help="The superior; else the head of the unit.")
def add_position(
    position_id: str, root: Path | None, organisation: str | None, unit: str | None, title: str | None, reports_to: str | None
) -> int:
    """Add a position with the id ID, such as head-of-benefits."""
    from orgdocs.starting.adding import new_position  # noqa: PLC0415

    project, chosen = _open(root, organisation)
    _write(project, lambda: new_position(project, chosen, position_id, unit=unit, title=title, reports_to=reports_to))
    language = project.registry.institutions[chosen].organisation.language
    forms = "" if language == "en" else ", its case forms under forms"
    missing = "" if title else "its title, "
    click.echo(f"Next: write {missing}its duties and staffing{forms}; then run: orgdocs check")
    return 0


@command.command("unit")
@click.argument("unit_id", metavar="ID")
@root_option
@_organisation_option
@click.option("--name", metavar="TEXT", help="The full name.")
@click.option("--kind", type=click.Choice(UNIT_KINDS), metavar="KIND", help=f"Division if not given; or {', '.join(UNIT_KINDS)}.")
@click.option("--parent", metavar="ID", help="The unit it is a part of; else it stands directly under the organisation.")
@click.option("--head", metavar="ID", help="The post that heads it, which may be added later; head-of-ID if not given.")
def add_unit(
    unit_id: str, root: Path | None, organisation: str | None, name: str | None, kind: str | None, parent: str | None, head: str | None
) -> int:
    """Add a unit with the id ID, such as benefits."""
    from orgdocs.starting.adding import new_unit  # noqa: PLC0415

    project, chosen = _open(root, organisation)
    _write(project, lambda: new_unit(project, chosen, unit_id, name=name, kind=kind, parent=parent, head=head))
    institution = project.registry.institutions[chosen]
    forms = "" if institution.organisation.language == "en" else ", its case forms under forms"
    missing = "" if name else "its name, "
    click.echo(f"Next: write {missing}its tasks and functions{forms}.")
    head = head or f"head-of-{unit_id}"
    several = f" --organisation {chosen}" if len(project.registry.institutions) > 1 else ""
    if head in institution.positions:
        click.echo(f"Its head must belong to it: move {institution.positions[head].place.path} to positions/{chosen}/{unit_id}")
        click.echo(f"and write there unit: {unit_id}. Then run: orgdocs check")
    else:
        click.echo(f"Then add its head: orgdocs new position {head} --unit {unit_id}{several}")
    return 0


def _open(root: Path | None, organisation: str | None) -> tuple[Project, str]:
    from orgdocs.project import open_project  # noqa: PLC0415

    project = open_project(read_work_tree(locate(root)))
    return project, pick_organisation(project, organisation)


def _write(project: Project, make: Callable[[], NewFile]) -> None:
    from orgdocs.starting.adding import AddingError, write_new_file  # noqa: PLC0415

    try:
        file = make()
        write_new_file(project.source.root, file)
    except AddingError as error:
        raise RefusedError(str(error)) from None
    click.echo(f"{file.path} written")
