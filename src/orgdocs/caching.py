"""Results kept between runs in the user's cache folder, never in the registry: what was checked need not be checked again."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_FILES = 64
"""So many results are kept; the oldest go first."""

_UNUSABLE = (OSError, RuntimeError)
"""What tells that there is no cache: the folder cannot be used, or the user has no home."""


def cache_folder() -> Path:
    """Where results are kept: ``ORGDOCS_CACHE``, or the user's cache folder of the system."""
    if own := os.environ.get("ORGDOCS_CACHE"):
        return Path(own)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home()) / "orgdocs" / "cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "orgdocs"


def digest_files(*groups: Mapping[str, bytes]) -> str:
    """SHA-256 over paths and contents of files, and over the program itself."""
    total = hashlib.sha256(_program().encode())
    for files in groups:
        for path in sorted(files):
            content = files[path]
            total.update(f"{len(path)} {path} {len(content)} ".encode("utf-8", "surrogateescape"))
            total.update(content)
        total.update(b"|")
    return total.hexdigest()


def _program() -> str:
    """What stands for this version of the program: its files with their sizes and times."""
    folder = Path(__file__).parent
    parts = []
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            status = (Path(base) / name).stat()
            parts.append(f"{name} {status.st_size} {status.st_mtime_ns}")
    # Where libraries are installed or upgraded, the folder they lie in changes.
    with contextlib.suppress(OSError):
        parts.append(f"{sys.version} {folder.parent} {Path(sysconfig.get_path('purelib')).stat().st_mtime_ns}")
    return "\n".join(parts)


def load(key: str) -> Any:
    """The JSON value kept under a key; None if there is none, or it cannot be read."""
    with contextlib.suppress(*_UNUSABLE, ValueError, RecursionError):
        return json.loads((cache_folder() / f"{key}.json").read_bytes())
    return None


def store(key: str, value: Any) -> None:
    """Keep a JSON value under a key. If that fails, the next run is slower and nothing else."""
    with contextlib.suppress(*_UNUSABLE):
        folder = cache_folder()
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=folder, prefix="tmp-")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(value, file, ensure_ascii=False)
        Path(name).replace(folder / f"{key}.json")
        kept = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
        for path in kept[:-MOST_FILES]:
            path.unlink(missing_ok=True)
