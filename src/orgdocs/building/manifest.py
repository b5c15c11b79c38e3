"""What was built last time: fingerprints of the papers, so that the unchanged ones are left alone."""

from __future__ import annotations

import hashlib
import json
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from orgdocs.building.writing import write_file

NAME = ".orgdocs-manifest.json"
"""The manifest lies in the output folder. It is written last: a build that was cut off is simply continued."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper as it was written: by what it was made, and what came out."""

    content: str
    template: str
    version: str
    file: str
    """SHA-256 of the file."""
    size: int
    time: int
    """Modification time in nanoseconds: the file is read again only if this or the size differs."""
    marks: str = ""
    """Digest of the marks."""


@dataclass
class Manifest:
    """Entries by the path of the paper in the output folder, and the digest of everything they were made from."""

    source: str = ""
    entries: dict[str, Entry] = field(default_factory=dict)

    def is_intact(self, folder: Path, path: str) -> bool:
        """Whether a paper is still the file that was written."""
        entry = self.entries.get(path)
        if entry is None:
            return False
        try:
            status = (folder / path).lstat()
            if not stat.S_ISREG(status.st_mode):
                return False
            if (status.st_size, status.st_mtime_ns) == (entry.size, entry.time):
                return True
            return status.st_size == entry.size and digest_file((folder / path).read_bytes()) == entry.file
        except OSError:
            return False


def digest_file(content: bytes) -> str:
    """SHA-256 of a whole file."""
    return hashlib.sha256(content).hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of an output folder; an empty one if there is none or it cannot be read."""
    try:
        data: dict[str, Any] = json.loads((folder / NAME).read_bytes())
        return Manifest(data["source"], {path: Entry(*entry) for path, entry in data["entries"].items() if _is_inside(path)})
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Manifest()


_PAPER = re.compile(r"[a-z0-9-]+/[a-z-]+/[a-z0-9-]+(\.[a-z]{2})?\.docx")


def _is_inside(path: str) -> bool:
    """Whether a path is that of a paper: files are removed by it, and the manifest is a file like any other."""
    return _PAPER.fullmatch(path) is not None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, whole or not at all.

    Raises:
        WriteError: the folder cannot be written.
    """
    entries = {
        path: [entry.content, entry.template, entry.version, entry.file, entry.size, entry.time, entry.marks]
        for path, entry in sorted(manifest.entries.items())
    }
    write_file(folder / NAME, json.dumps({"source": manifest.source, "entries": entries}, indent=0).encode())
