"""One build at a time in an output folder: a lock that the system itself releases when a process ends."""

from __future__ import annotations

import contextlib
import os
import platform
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from orgdocs.building.writing import WriteError

_LOCK = ".orgdocs-lock"
_HOLDER = ".orgdocs-lock-holder"


@contextlib.contextmanager
def lock_folder(folder: Path, wait: Callable[[str], object]) -> Iterator[None]:
    """Hold the lock of a folder; if another build holds it, tell ``wait`` who it is, and wait.

    Raises:
        WriteError: the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / _LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            wait(_read_holder(folder))
            lock.acquire()
        (folder / _HOLDER).write_text(f"process {os.getpid()} on {platform.node()}", encoding="utf-8")
    except (FileExistsError, NotADirectoryError) as error:
        raise WriteError(f"{folder}: it is to be a folder, but a file is in the way") from error
    except OSError as error:
        raise WriteError(f"{folder}: it cannot be written ({error.strerror})") from error
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            (folder / _HOLDER).unlink(missing_ok=True)
        lock.release()


def _read_holder(folder: Path) -> str:
    with contextlib.suppress(OSError):
        return (folder / _HOLDER).read_text(encoding="utf-8")
    return "another process"
