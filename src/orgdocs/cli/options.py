"""What several commands have in common: finding the registry, colour and width of the terminal."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgdocs.sources import MARKER, RegistryNotFoundError, Source, find_root

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from orgdocs.project import Project

_FEW = 12
"""So many names are listed where none of them is near."""

root_option: Callable[..., click.Command] = click.option(
    "--root", type=click.Path(path_type=Path, exists=True, file_okay=False), help="The registry; without it, the one around this folder."
)


class RefusedError(click.ClickException):
    """What was asked for cannot be done; the sentence says why. Unlike a usage error it shows no usage."""

    exit_code = 2


def suggest_near(given: str, known: Sequence[str]) -> str:
    """What goes on after "there is no …": the nearest known name, or all of them if they are few, or nothing."""
    from difflib import get_close_matches  # noqa: PLC0415

    near = get_close_matches(given, known, n=1)
    if near:
        return f"; did you mean {near[0]}?"
    return f"; there are: {', '.join(known)}" if 0 < len(known) <= _FEW else ""


def locate(root: Path | None) -> Path:
    """The root of the registry to work on; refused if there is none."""
    try:
        return find_root(root or Path.cwd())
    except FileNotFoundError:
        raise RefusedError("the folder that you are in is no longer there") from None
    except RegistryNotFoundError as error:
        raise RefusedError(f"{error}. Start one with: orgdocs init DIR") from None


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
    if not known:
        raise RefusedError("the registry has no organisation yet: there is no org/<organisation>/organisation.yaml")
    if organisation is None and len(known) == 1:
        return known[0]
    if organisation is None:
        raise RefusedError(f"there are several organisations; name one with --organisation: {', '.join(known)}")
    if organisation not in known:
        raise RefusedError(f"there is no organisation {organisation}{suggest_near(organisation, known)}")
    return organisation


def speak(source: Source, asked: str | None = None) -> str:
    """The language to speak: asked for, or the registry's, or the environment's; found without opening the registry."""
    from orgdocs.messages import choose_language  # noqa: PLC0415

    of_registry = None
    content = source.files.get(MARKER, b"")
    if b"messages" in content:
        from orgdocs.documents import read_document  # noqa: PLC0415

        data = read_document(MARKER, content).data
        of_registry = data.get("messages") if isinstance(data, dict) else None
    return choose_language(asked, of_registry if isinstance(of_registry, str) else None)


def draw_diff(old: bytes, new: bytes, before: str, after: str) -> str:
    """What changes in a file, as a unified diff, in colours if they are wanted."""
    import difflib  # noqa: PLC0415

    lines = difflib.unified_diff(
        old.decode("utf-8").splitlines(keepends=True), new.decode("utf-8").splitlines(keepends=True), before, after
    )
    shown = [line if line.endswith("\n") else f"{line}\n" for line in lines]
    if not wants_colour():
        return "".join(shown)
    shades = {"+": "green", "-": "red", "@": "cyan"}
    return "".join(click.style(line, fg=shades.get(line[0])) for line in shown)
