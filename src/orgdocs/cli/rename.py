"""orgdocs rename: another id for a post, unit, body, act or clause set, in every file that mentions it."""

from __future__ import annotations

from pathlib import Path

import click

from orgdocs.cli.options import RefusedError, locate, pick_organisation, root_option, speak, suggest_near
from orgdocs.cli.reorganising import WHATS, carry_out
from orgdocs.sources import read_work_tree


@click.command("rename")
@click.argument("old", metavar="ID")
@click.argument("new", metavar="NEW_ID")
@root_option
@click.option("--organisation", metavar="ID", help="The organisation; needed only if there are several.")
@click.option("--what", type=click.Choice(WHATS), help="What is meant, if the id stands for several things.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(old: str, new: str, root: Path | None, organisation: str | None, what: str | None, dry_run: bool, yes: bool) -> int:
    """Give ID the id NEW_ID: its file, its folder, every mention of it.

    The old id is kept under previously, so that comparisons and approvals know what it was. Titles and names stay: those are
    changed in the file itself. All changes are shown before anything is written.
    """
    from orgdocs.editing import reorganising  # noqa: PLC0415
    from orgdocs.editing.symbols import Symbol  # noqa: PLC0415
    from orgdocs.messages import load_patterns  # noqa: PLC0415
    from orgdocs.project import open_project  # noqa: PLC0415

    project = open_project(read_work_tree(locate(root)))
    patterns = load_patterns(speak(project.source))
    chosen = pick_organisation(project, organisation)
    institution = project.registry.institutions[chosen]
    found = reorganising.find_what(institution, old)
    if old == chosen:
        found = [*found, "unit"]  # which is refused with its reason
    if not found:
        known = [*institution.positions, *institution.units, *institution.bodies, *institution.acts, *institution.clause_sets]
        raise RefusedError(f"nothing has the id {old}{suggest_near(old, known)}")
    if what is not None and what not in found:
        raise RefusedError(f"{old} is no {what}; it is: {', '.join(found)}")
    if what is None and len(found) > 1:
        raise RefusedError(f"{old} stands for several things; say which with --what: {', '.join(found)}")
    symbol = Symbol(chosen, reorganising.WHATS[what or found[0]], old)
    try:
        plan = reorganising.rename(project, symbol, new)
    except reorganising.ReorganisingError as error:
        raise RefusedError(error.sentence.told(patterns)) from None
    return carry_out(project, plan, dry_run=dry_run, yes=yes)
