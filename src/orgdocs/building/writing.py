"""Files written whole or not at all: temporary file beside the target, flushed to disk, then renamed over it."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

_TEMPORARY = re.compile(r"\.orgdocs-tmp-([0-9]+)-[0-9a-f]+")


class WriteError(Exception):
    """A file could not be written; the text says which and why, in words for the user."""


class DiskError(WriteError):
    """No file can be written any more: the disk is full, or may only be read. A build ends here."""


_HOPELESS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})


def write_file(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path``: at every moment there is the old file or the new one, never a part.

    Raises:
        WriteError: no permission, no space, or the file is open in Word on Windows. The old file is untouched.
        DiskError: the same, where other files will fare no better.
    """
    temporary = path.parent / f".orgdocs-tmp-{os.getpid()}-{secrets.token_hex(4)}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except PermissionError as error:
        raise WriteError(f"{path}: no permission to write it, or it is open in Word; close it and try again") from error
    except OSError as error:
        kind = DiskError if error.errno in _HOPELESS else WriteError
        raise kind(f"{path}: it cannot be written ({error.strerror})") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def write_files(root: Path, changed: Mapping[str, bytes], removed: Iterable[str] = ()) -> None:
    """Put several files below ``root`` and take others away: all of it, or, if one cannot be written, nothing.

    Raises:
        WriteError: a file could not be written; what had been written is as before.
    """
    before = {path: (root / path).read_bytes() if (root / path).exists() else None for path in (*changed, *removed)}
    done: list[str] = []
    try:
        for path, content in changed.items():
            write_file(root / path, content)
            done.append(path)
        for path in removed:
            try:
                (root / path).unlink()
            except OSError as error:
                raise WriteError(f"{root / path}: it cannot be removed ({error.strerror})") from error
            done.append(path)
    except WriteError:
        for path in reversed(done):
            with contextlib.suppress(WriteError, OSError):
                old = before[path]
                write_file(root / path, old) if old is not None else (root / path).unlink()
        raise
    for path in removed:
        with contextlib.suppress(OSError):  # a folder in which something is left stays
            (root / path).parent.rmdir()


def flush_folder(folder: Path) -> None:
    """Make the renames in a folder last; where the system cannot do that, nothing happens."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sweep(folder: Path) -> None:
    """Remove temporary files that builds left behind whose process is gone. Never anything else."""
    for base, _, names in os.walk(folder):
        for name in names:
            match = _TEMPORARY.fullmatch(name)
            if match and not _is_alive(int(match.group(1))):
                with contextlib.suppress(OSError):
                    (Path(base) / name).unlink()


def _is_alive(process: int) -> bool:
    if os.name == "nt":
        # There the question itself would end the process. Whoever sweeps holds the lock, so nobody else is writing.
        return process == os.getpid()
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
