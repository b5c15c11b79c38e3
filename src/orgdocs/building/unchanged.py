"""Whether anything has changed at all since the last build: asked before a registry is even opened."""

from __future__ import annotations

import os
from pathlib import Path

from orgdocs.approvals.ledger import read_ledgers
from orgdocs.building.manifest import read_manifest
from orgdocs.caching import digest_files
from orgdocs.sources import Source


def fingerprint_source(source: Source) -> str:
    """The digest of everything that papers are made from: files, templates, pictures, approvals, and the program itself."""
    surroundings = {"SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", "").encode()}
    strange = {path: why.encode() for path, why in source.strange.items()}
    return digest_files(*source.groups, read_ledgers(source.root), strange, surroundings)


def count_unchanged(source: Source, folder: Path) -> int | None:
    """How many papers there are if nothing at all has changed since they were built; None if something has.

    A build that has nothing to do thus costs no more than reading the files.
    """
    manifest = read_manifest(folder)
    if not manifest.source or manifest.source != fingerprint_source(source):
        return None
    return len(manifest.entries) if all(manifest.is_intact(folder, path) for path in manifest.entries) else None
