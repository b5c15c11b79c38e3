"""A new registry: a small sound organisation that teaches by the comments in its files."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from orgdocs.sources import FOLDERS

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path

_FOR_GIT = {
    ".gitignore": "# What orgdocs keeps for itself beside the papers.\noutput/.orgdocs-*\n.orgdocs-tmp-*\n/.orgdocs/schemas/\n",
    ".gitattributes": "# Word files are compared as a whole, and what was approved stays byte for byte as it was.\n"
    "*.docx binary\norg/*/approvals/** -text\n",
}


class FoundingError(Exception):
    """A registry cannot be started here; the text says why. What was there before is untouched."""


@dataclass(frozen=True, slots=True)
class Founded:
    """What was done: the paths that were written, and the files for git that were there already with the lines they lack."""

    written: tuple[str, ...]
    lacking: dict[str, tuple[str, ...]]


def registry_files(profile: str) -> dict[str, bytes]:
    """The files of the registry that a profile starts with, by path, in order."""
    return dict(sorted(_walk(files(__name__.rpartition(".")[0]) / "registries" / profile, "")))


def _walk(folder: Traversable, above: str) -> list[tuple[str, bytes]]:
    found = []
    for entry in folder.iterdir():
        path = f"{above}{entry.name}"
        if entry.is_dir():
            found += _walk(entry, f"{path}/")
        elif entry.name.endswith(".yaml"):
            found.append((path, entry.read_bytes()))
    return found


def found_registry(folder: Path, profile: str) -> Founded:
    """Write the files of a new registry into ``folder``, which is made if it is not there. Nothing is ever written over.

    Raises:
        FoundingError: something is in the way, or the folder cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise FoundingError(f"{folder} is a file, not a folder")
    in_the_way = [name for name in FOLDERS if (folder / name).is_symlink() or (folder / name).exists()]
    if in_the_way:
        raise FoundingError(f"{folder} already holds {' and '.join(in_the_way)}; nothing was written")
    contents = registry_files(profile)
    lacking = {}
    for name, text in _FOR_GIT.items():
        if (folder / name).is_symlink() or (folder / name).exists():
            lacking[name] = _missing_lines(folder / name, text)
        else:
            contents[name] = text.encode()
    for path, content in contents.items():
        _write_new(folder / path, content)
    return Founded(tuple(contents), {name: lines for name, lines in lacking.items() if lines})


def _missing_lines(path: Path, text: str) -> tuple[str, ...]:
    try:
        present = path.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        present = []
    return tuple(line for line in text.splitlines() if not line.startswith("#") and line not in present)


def _write_new(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
    except OSError as error:
        raise FoundingError(f"{path}: it cannot be written ({error.strerror})") from error
