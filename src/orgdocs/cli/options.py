"""What several commands have in common: finding the registry, colour and width of the terminal."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgdocs.sources import RegistryNotFoundError, find_root

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgdocs.project import Project

root_option: Callable[..., click.Command] = click.option(
    "--root", type=click.Path(path_type=Path, exists=True, file_okay=False), help="The registry; without it, the one around this folder."
)


def locate(root: Path | None) -> Path:
    """The root of the registry to work on; a usage error if there is none."""
    try:
        return find_root(root or Path.cwd())
    except RegistryNotFoundError as error:
        raise click.UsageError(f"{error}. Start one with: orgdocs init FOLDER") from None


def wants_colour() -> bool:
    """Colour on a terminal, unless NO_COLOR is set; FORCE_COLOR decides otherwise."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def width() -> int | None:
    """The width of the terminal, None in a pipe."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def pick_organisation(project: Project, organisation: str | None) -> str:
    """The organisation that is meant: the given one, or the only one there is."""
    known = list(project.registry.institutions)
    if organisation is None and len(known) == 1:
        return known[0]
    if organisation is None:
        raise click.UsageError(f"there are several organisations; name one with --organisation: {', '.join(known)}")
    if organisation not in known:
        raise click.UsageError(f"there is no organisation {organisation}; there are: {', '.join(known)}")
    return organisation
