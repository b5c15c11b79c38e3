"""The --fix of orgdocs check: what is mechanical is mended in the files, or shown as a diff."""

from __future__ import annotations

import click

from orgdocs.cli.options import RefusedError, draw_diff
from orgdocs.sources import Source


def fix_registry(source: Source, *, show_only: bool) -> bool:
    """Mend the files, or show what would change; whether anything was written or the check should go on."""
    from orgdocs.building.writing import WriteError, write_file  # noqa: PLC0415
    from orgdocs.editing import fix  # noqa: PLC0415
    from orgdocs.project import open_project  # noqa: PLC0415

    changed = fix(open_project(source))
    if show_only:
        for path, content in sorted(changed.items()):
            click.echo(draw_diff(source.files[path], content, f"{path} (now)", f"{path} (mended)"), nl=False, color=True)
        click.echo(f"{len(changed)} {'file' if len(changed) == 1 else 'files'} would change", err=True)
        return False
    for path, content in sorted(changed.items()):
        try:
            write_file(source.root / path, content)
        except WriteError as error:
            raise RefusedError(str(error)) from None
        click.echo(f"{path}: mended")
    return True
