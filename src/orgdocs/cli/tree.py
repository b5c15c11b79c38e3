"""orgdocs tree: the hierarchy, with heads and posts."""

from __future__ import annotations

from pathlib import Path

import click

from orgdocs.cli.options import locate, pick_organisation, root_option, wants_colour
from orgdocs.sources import read_work_tree


@click.command("tree")
@click.argument("organisation", required=False)
@root_option
@click.option("--posts/--no-posts", default=True, help="With the posts, or units only.")
@click.option("--coverage", is_flag=True, help="Which posts perform each function and answer for each territory.")
def command(organisation: str | None, root: Path | None, posts: bool, coverage: bool) -> int:
    """Show the hierarchy of ORGANISATION: units, heads, posts, staff units.

    Without ORGANISATION, all of them are shown.
    """
    from orgdocs.project import open_project  # noqa: PLC0415
    from orgdocs.reporting.tree import draw_coverage, draw_tree  # noqa: PLC0415

    project = open_project(read_work_tree(locate(root)))
    if organisation is not None or not project.hierarchies:
        pick_organisation(project, organisation)
    chosen = [project.hierarchies[name] for name in ([organisation] if organisation else project.hierarchies)]
    colour = wants_colour()
    drawn = [
        draw_coverage(hierarchy, colour=colour) if coverage else draw_tree(hierarchy, posts=posts, colour=colour) for hierarchy in chosen
    ]
    click.echo("\n\n".join(drawn), color=True)
    if project.errors:
        errors = "an error; see it" if project.errors == 1 else f"{project.errors} errors; see them"
        click.echo(f"\nthe registry has {errors} with: orgdocs check", err=True)
        return 1
    return 0
