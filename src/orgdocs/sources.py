"""Where files come from: the YAML files of a registry, read from the work tree as ``{path: bytes}``."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

MARKER = "org/registry.yaml"
"""The file that makes the folder above ``org`` the root of a registry."""

FOLDERS = ("org", "positions")
"""The folders of a registry that hold YAML, in the order in which they are read."""

TEMPLATES = "templates"
"""The folder of a registry that may hold Word templates of its own."""

LARGEST_TEMPLATE = 32 << 20

LARGEST_FILE = 1 << 20
"""A YAML file may hold so many bytes; what is larger is reported unread."""


class RegistryNotFoundError(Exception):
    """No registry here or above; the text says where was looked."""


@dataclass(frozen=True, slots=True)
class Source:
    """The files of a registry. Paths are relative to the root, with slashes, in sorted order."""

    root: Path
    files: dict[str, bytes]
    templates: dict[str, bytes] = field(default_factory=dict)
    """The registry's own Word templates, as ``templates/<profile>/<kind>.docx``."""
    strange: dict[str, str] = field(default_factory=dict)
    """Paths that were not read, and why: ``link``, ``special``, ``unreadable`` or ``large``."""


def find_root(start: Path) -> Path:
    """The root of the registry that ``start`` lies in.

    Raises:
        RegistryNotFoundError: there is no ``org/registry.yaml`` in ``start`` or any folder above it.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / MARKER).is_file():
            return folder
    raise RegistryNotFoundError(f"no registry in {start} or above it: there is no {MARKER}")


def read_work_tree(root: Path) -> Source:
    """Read all YAML files below ``org`` and ``positions``; links and special files are named, not followed."""
    files: dict[str, bytes] = {}
    templates: dict[str, bytes] = {}
    strange: dict[str, str] = {}
    for folder in FOLDERS:
        _read_folder(root, folder, ".yaml", files, strange)
    _read_folder(root, TEMPLATES, ".docx", templates, strange)
    return Source(root, dict(sorted(files.items())), dict(sorted(templates.items())), strange)


def _read_folder(root: Path, folder: str, ending: str, files: dict[str, bytes], strange: dict[str, str]) -> None:
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError:
        strange[folder] = "unreadable"
        return
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if entry.name.startswith((".", "~$")) or entry.name.endswith(("~", ".swp", ".tmp")):
            continue
        if entry.is_symlink():
            strange[path] = "link"
        elif entry.is_dir(follow_symlinks=False):
            _read_folder(root, path, ending, files, strange)
        elif entry.name.endswith((ending, ".yml") if ending == ".yaml" else ending):
            _read_file(root, path, files, strange, LARGEST_FILE if ending == ".yaml" else LARGEST_TEMPLATE)


def _read_file(root: Path, path: str, files: dict[str, bytes], strange: dict[str, str], largest: int) -> None:
    try:
        status = (root / path).lstat()
        if not stat.S_ISREG(status.st_mode):
            strange[path] = "special"
        elif status.st_size > largest:
            strange[path] = "large"
        else:
            files[path] = (root / path).read_bytes()
    except OSError:
        strange[path] = "unreadable"
