"""orgdocs move: a post goes to another unit, a unit under another one."""

from __future__ import annotations

from pathlib import Path

import click

from orgdocs.cli.options import RefusedError, locate, pick_organisation, root_option, speak, suggest_near
from orgdocs.cli.reorganising import carry_out
from orgdocs.sources import read_work_tree


@click.command("move")
@click.argument("moved", metavar="ID")
@click.argument("unit", metavar="UNIT")
@root_option
@click.option("--organisation", metavar="ID", help="The organisation; needed only if there are several.")
@click.option("--reports-to", metavar="ID", help="The new superior of the post.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(moved: str, unit: str, root: Path | None, organisation: str | None, reports_to: str | None, dry_run: bool, yes: bool) -> int:
    """Put the post or unit ID into UNIT; with the id of the organisation as UNIT, directly under it.

    The file of a post goes to the folder of its new unit. All changes are shown before anything is written.
    """
    from orgdocs.editing.reorganising import ReorganisingError, move_post, move_unit  # noqa: PLC0415
    from orgdocs.messages import load_patterns  # noqa: PLC0415
    from orgdocs.project import open_project  # noqa: PLC0415

    project = open_project(read_work_tree(locate(root)))
    chosen = pick_organisation(project, organisation)
    institution = project.registry.institutions[chosen]
    try:
        if moved in institution.positions:
            plan = move_post(project, chosen, moved, unit, reports_to)
        elif moved in institution.units:
            if reports_to is not None:
                raise RefusedError("--reports-to is for posts; a unit is led by its head")
            plan = move_unit(project, chosen, moved, unit)
        else:
            raise RefusedError(f"no post or unit has the id {moved}{suggest_near(moved, [*institution.positions, *institution.units])}")
    except ReorganisingError as error:
        raise RefusedError(error.sentence.told(load_patterns(speak(project.source)))) from None
    return carry_out(project, plan, dry_run=dry_run, yes=yes)
