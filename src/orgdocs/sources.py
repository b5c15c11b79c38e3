"""Where files come from: the YAML files of a registry, read from the work tree as ``{path: bytes}``."""

from __future__ import annotations

import contextlib
import os
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

MARKER = "org/registry.yaml"
"""The file that makes the folder above ``org`` the root of a registry."""

FOLDERS = ("org", "positions")
"""The folders of a registry that hold YAML, in the order in which they are read."""

TEMPLATES = "templates"
"""The folder of a registry that may hold Word templates of its own."""

ENDINGS = (".yaml", ".yml", ".yaml.txt", ".yml.txt")
"""Endings of the files that are read, in any case of letters. Only the first is right; who gave another one is told so."""

LARGEST_TEMPLATE = 32 << 20

LARGEST_FILE = 1 << 20
"""A YAML file or a picture may hold so many bytes; what is larger is reported unread."""

_LEDGER = re.compile(r"org/[^/]+/approvals")
"""Ledgers of approvals hold thousands of small files and no YAML."""


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
    pictures: dict[str, bytes] = field(default_factory=dict)
    """Pictures for the papers, as ``org/<organisation>/<name>.png``; PNG files in other places are nobody's business."""

    @property
    def groups(self) -> tuple[dict[str, bytes], ...]:
        """All files, by what they are."""
        return self.files, self.templates, self.pictures


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
    """Read all YAML files below ``org`` and ``positions``, the registry's templates and the pictures of its organisations.

    Links and special files are named in ``strange``, not followed: a link may lead out of the registry, and a pipe has no
    end. What editors leave behind (``~$x``, ``x~``, ``.x.swp``) is passed over. Never raises for what lies there.
    """
    reading = _Reading(root)
    for folder in FOLDERS:
        reading.read_folder(folder, ENDINGS, LARGEST_FILE)
    templates = _Reading(root)
    templates.read_folder(TEMPLATES, (".docx",), LARGEST_TEMPLATE)
    pictures = _Reading(root)
    pictures.read_folder(FOLDERS[0], (".png",), LARGEST_FILE, deepest=_PICTURE_DEPTH)
    files, own, seen = (dict(sorted(each.files.items())) for each in (reading, templates, pictures))
    strange = reading.strange | templates.strange | pictures.strange
    return Source(root, files, own, dict(sorted(strange.items())), seen)


_PICTURE_DEPTH = 2


def group_of(path: str) -> str | None:
    """To which group of a source a file at a path below the root belongs: the name of the field, or None."""
    top, _, rest = path.partition("/")
    name = path.lower()
    if top not in {*FOLDERS, TEMPLATES} or any(map(_is_left_over, rest.split("/"))):
        return None
    if top == TEMPLATES:
        return "templates" if name.endswith(".docx") else None
    if name.endswith(".png"):
        return "pictures" if top == FOLDERS[0] and path.count("/") == _PICTURE_DEPTH else None
    return "files" if name.endswith(ENDINGS) else None


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

    def read_folder(self, name: str, endings: tuple[str, ...], largest: int, *, deepest: int = 0) -> None:
        """Read the files with these endings below a folder of the root; with ``deepest``, only those exactly so far below the root."""
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
                depth = below.count("/")
                fits = entry.name.lower().endswith(endings) and (not deepest or depth == deepest)
                try:
                    if entry.is_symlink():
                        if fits or (entry.is_dir() and not deepest):
                            self.strange[below] = "link"
                    elif entry.is_dir(follow_symlinks=False):
                        if (not deepest or depth < deepest) and not _LEDGER.fullmatch(below):
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
