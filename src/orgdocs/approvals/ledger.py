"""The ledgers as they lie in the work tree or in a git revision: every record with its signature, and what lies beside them."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from orgdocs.approvals.records import Record, UnreadableRecordError, digest_of, read_record
from orgdocs.problems import Sentence
from orgdocs.revisions import read_files
from orgdocs.sources import make_printable

FOLDER = "approvals"
LARGEST_ATTACHMENT = 32 << 20

_PATH = re.compile(r"org/(?P<organisation>[^/]+)/approvals/(?P<kind>[^/]+)/(?P<about>[^/]+)/(?P<name>[^/]+)\Z")


@dataclass(frozen=True, slots=True)
class Entry:
    """One record in its file. ``fault`` says why it cannot be read; then ``record`` is None."""

    path: str
    digest: str
    content: bytes = field(repr=False)
    signature: bytes | None = field(repr=False, default=None)
    record: Record | None = None
    fault: Sentence | None = None

    @property
    def name(self) -> str:
        """By what other files and people name it: the beginning of its digest."""
        return self.digest[:24]


@dataclass(frozen=True)
class Ledger:
    """The ledger of one organisation: its entries by digest, in the order of their files, and the digests of other files."""

    organisation: str
    entries: Mapping[str, Entry]
    others: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of attachments and of whatever else lies there, by path."""

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """The readable records that no other names as seen before it."""
        seen = {digest for entry in self.entries.values() if entry.record for digest in entry.record.prev}
        return tuple(digest for digest, entry in self.entries.items() if entry.record and digest not in seen)

    def before(self, digests: Iterable[str]) -> set[str]:
        """These records and all that they, and those before them, name as seen."""
        found: set[str] = set()
        waiting = list(digests)
        while waiting:
            digest = waiting.pop()
            if digest in found:
                continue
            found.add(digest)
            entry = self.entries.get(digest)
            if entry is not None and entry.record is not None:
                waiting.extend(entry.record.prev)
        return found


def read_ledgers(root: Path) -> dict[str, bytes]:
    """The files of all ledgers in the work tree, by path. A link, be it to a folder, or what cannot be read, counts as an empty file."""
    return dict(sorted(_walk_ledgers(root)))


def _walk_ledgers(root: Path) -> Iterator[tuple[str, bytes]]:
    try:
        organisations = sorted(entry.name for entry in os.scandir(root / "org") if entry.is_dir(follow_symlinks=False))
    except OSError:
        return
    for organisation in organisations:
        waiting = [(str(root / "org" / organisation / FOLDER), f"org/{organisation}/{FOLDER}")]
        if Path(waiting[0][0]).is_symlink():
            yield waiting.pop()[1], b""
        while waiting:
            folder, path = waiting.pop()
            try:
                with os.scandir(folder) as found:
                    entries = list(found)
            except OSError:
                continue
            for entry in entries:
                below = f"{path}/{make_printable(entry.name)}"
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((entry.path, below))
                elif not entry.name.startswith("."):
                    yield below, _read(entry.path)


def _read(path: str) -> bytes:
    try:
        status = os.lstat(path)
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST_ATTACHMENT:
            return b""
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            return file.read()
    except OSError:
        return b""


def read_ledgers_of(root: Path, revision: str) -> dict[str, bytes]:
    """The files of all ledgers as they stand in a git revision.

    Raises:
        RevisionError: this is no git repository, or it has no such revision.
    """
    return read_files(root, revision, ("org",), lambda path: _PATH.match(path) is not None)


def open_ledgers(files: Mapping[str, bytes]) -> dict[str, Ledger]:
    """Ledgers by organisation, from their files. Never raises for what is in them: faults stand with the entries."""
    entries: dict[str, dict[str, Entry]] = {}
    others: dict[str, dict[str, str]] = {}
    for path, content in files.items():
        match = _PATH.match(path)
        organisation = path.split("/")[1]
        entries.setdefault(organisation, {})
        if match is None:
            fault = Sentence("this is no record, and no folder with records; a link is neither")
            entries[organisation][path] = Entry(path, digest_of(content), content, fault=fault)
        elif not path.endswith((".json", ".sig")):
            others.setdefault(organisation, {})[path] = digest_of(content)
        elif path.endswith(".json"):
            entry = _read_entry(path, content, files.get(f"{path.removesuffix('.json')}.sig"))
            # A copy in a second place is told there, and hides nothing in the first.
            key = entry.digest if entry.digest not in entries[organisation] else f"{entry.digest}@{path}"
            entries[organisation][key] = entry
        elif f"{path.removesuffix('.sig')}.json" not in files:
            fault = Sentence("this is the signature of a record that is not there")
            entries[organisation][path] = Entry(path, digest_of(content), content, fault=fault)
    return {organisation: Ledger(organisation, found, others.get(organisation, {})) for organisation, found in entries.items()}


def _read_entry(path: str, content: bytes, signature: bytes | None) -> Entry:
    digest = digest_of(content)

    def faulty(sentence: Sentence) -> Entry:
        return Entry(path, digest, content, signature, fault=sentence)

    folder, _, name = path.rpartition("/")
    if name != f"{digest[:24]}.json":
        return faulty(Sentence("the name of the file is not that of its content: it was changed after it was signed, or renamed"))
    try:
        record = read_record(content)
    except UnreadableRecordError as error:
        return faulty(error.sentence)
    if record.matter.folder != folder:
        return faulty(Sentence("the record is about {matter}, and does not belong into this folder", matter=record.matter))
    if signature is None:
        return faulty(Sentence("the signature is missing: {path}", path=f"{digest[:24]}.sig"))
    return Entry(path, digest, content, signature, record)
