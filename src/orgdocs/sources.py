"""Where files come from: the YAML files of a registry, read from the work tree as ``{path: bytes}``."""

from __future__ import annotations

import contextlib
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
    try:
        start = start.resolve()
    except (OSError, RuntimeError) as error:  # the working folder was deleted; a circle of links
        raise RegistryNotFoundError(f"no registry in {start}: the folder cannot be reached") from error
    for folder in (start, *start.parents):
        with contextlib.suppress(OSError):  # a folder that may not be looked into holds no registry for us
            if (folder / MARKER).is_file():
                return folder
    raise RegistryNotFoundError(f"no registry in {start} or above it: there is no {MARKER}")


def read_work_tree(root: Path) -> Source:
    """Read all YAML files below ``org`` and ``positions``, and the registry's templates.

    Links and special files are named in ``strange``, not followed: a link may lead out of the registry, and a pipe has no
    end. What editors leave behind (``~$x``, ``x~``, ``.x.swp``) is passed over. Never raises for what lies there.
    """
    reading = _Reading(root)
    for folder in FOLDERS:
        reading.read_folder(folder, (".yaml", ".yml"), LARGEST_FILE)
    templates = _Reading(root)
    templates.read_folder(TEMPLATES, (".docx",), LARGEST_TEMPLATE)
    strange = reading.strange | templates.strange
    return Source(root, dict(sorted(reading.files.items())), dict(sorted(templates.files.items())), dict(sorted(strange.items())))


def is_wanted(path: str) -> bool:
    """Whether a file at a path below the root is one that a registry reads."""
    top, _, rest = path.partition("/")
    endings = (".docx",) if top == TEMPLATES else (".yaml", ".yml")
    return top in (*FOLDERS, TEMPLATES) and path.lower().endswith(endings) and not any(map(_is_left_over, rest.split("/")))


def _is_left_over(name: str) -> bool:
    """Whether a name is that of a hidden file, or of one that an editor or Word leaves behind."""
    return name.startswith((".", "~$")) or name.endswith(("~", ".swp", ".tmp"))


def make_printable(text: str) -> str:
    r"""A text on one line, safe for any terminal and log: what cannot be seen is told as an escape.

    >>> make_printable("one\ntwo")
    'one\\ntwo'
    """
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else _escape(character) for character in text)


def _escape(character: str) -> str:
    if "\udc80" <= character <= "\udcff":  # a byte of a file name that is not UTF-8
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode("ascii")


class _Reading:
    """What was found on the way through folders."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: dict[str, bytes] = {}
        self.strange: dict[str, str] = {}

    def read_folder(self, name: str, endings: tuple[str, ...], largest: int) -> None:
        """Read the files with these endings below a folder of the root."""
        top = self.root / name
        if top.is_symlink():
            self.strange[name] = "link"
            return
        # A list and not recursion: folders may lie deeper than Python's stack is.
        waiting = [(str(top), name)]
        while waiting:
            folder, path = waiting.pop()
            try:
                with os.scandir(folder) as entries:
                    found = list(entries)
            except FileNotFoundError:
                continue
            except OSError:
                self.strange[path] = "unreadable"
                continue
            for entry in found:
                # From here on only what can be printed; two names that print alike are both at fault anyway.
                below = f"{path}/{make_printable(entry.name)}"
                if _is_left_over(entry.name):
                    continue
                fits = entry.name.lower().endswith(endings)
                try:
                    if entry.is_symlink():
                        if fits or entry.is_dir():
                            self.strange[below] = "link"
                    elif entry.is_dir(follow_symlinks=False):
                        waiting.append((entry.path, below))
                    elif fits:
                        self._read_file(entry, below, largest)
                except OSError:
                    self.strange[below] = "unreadable"

    def _read_file(self, entry: os.DirEntry[str], path: str, largest: int) -> None:
        status = entry.stat(follow_symlinks=False)
        if not stat.S_ISREG(status.st_mode):
            self.strange[path] = "special"
            return
        if status.st_size > largest:
            self.strange[path] = "large"
            return
        with open(entry.path, "rb", buffering=0) as file:  # noqa: PTH123  (for every file of a registry, so without a Path)
            self.files[path] = file.read()
