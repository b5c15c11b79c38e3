"""The files of the organisation itself: a new one with its bodies and acts, or further entries for one that is there."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from orgdocs.editing.patching import Patch, PatchError
from orgdocs.emitting import WIDTH, Noted, Value, emit
from orgdocs.importing.establishing import PROPOSED, Establishing
from orgdocs.problems import Sentence
from orgdocs.schemas import load_schema

if TYPE_CHECKING:
    from orgdocs.importing.clauses import Data
    from orgdocs.importing.fields import Ledger
    from orgdocs.importing.origins import Origin
    from orgdocs.language.inflecting import What

_FIRST = (
    "title", "name", "forms", "short_title", "short_name", "short_forms", "kind", "unit", "parent", "profile", "language", "head",
    "deputies", "legal_entity", "status",
)  # fmt: skip
"""What stands at the top of a file: who it is about."""

_KINDS = ("job-description", "regulation", "staffing-table", "structure")


class FilingError(Exception):
    """What was asked for cannot be done; the sentence says why. Nothing was written."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def emit_file(data: Data, kind: str, head: Sequence[str] = ()) -> bytes:
    """A file in the order of its schema, with comments at the top."""
    schema = load_schema(kind)
    order = [*schema["properties"], *schema["$defs"].get("establishment", {}).get("properties", {})]
    order = [*(key for key in _FIRST if key in order), *(key for key in order if key not in _FIRST)]
    ordered = {key: data[key] for key in order if key in data}
    comments = "".join(
        f"# {line}\n" for text in head for line in textwrap.wrap(text, WIDTH - 2, subsequent_indent="  ", break_long_words=False)
    )
    return (comments + emit(ordered)).encode()


def emit_entries(key: str, entries: Mapping[str, Value]) -> bytes:
    """A file of acts, or another that holds things by id."""
    return emit({key: entries}).encode()


def dress(entries: Mapping[str, Value], what: What, establishing: Establishing) -> dict[str, Value]:
    """Bodies or acts with the case forms of their names."""
    dressed: dict[str, Value] = {}
    for key, entry in entries.items():
        assert isinstance(entry, Mapping)  # noqa: S101  (made by the ledger)
        dressed[key] = {**entry, **establishing.forms(str(entry["name" if "name" in entry else "title"]), what)}
    return dressed


def complete_approvals(present: Value, head: str, above: str | None, comments: Origin) -> Value:
    """The approval matrix: what the papers say, and the head for the kinds of papers of which they say nothing.

    ``above`` is who stands above the head: nobody approves the paper about the own post.
    """
    known = present.value if isinstance(present, Noted) else present
    entries: dict[tuple[Value, Value], Value] = {}
    for entry in known if isinstance(known, Sequence) and not isinstance(known, str) else ():
        if isinstance(entry, Mapping):  # a second one for the same papers would never count
            entries.setdefault((entry["paper"], entry.get("of")), entry)
    kinds = {kind for kind in _KINDS if (kind, None) in entries or {(kind, "organisation"), (kind, "unit")} <= entries.keys()}
    proposed: list[Value] = [{"paper": kind, "by": head} for kind in _KINDS if kind not in kinds]
    if above is not None and "job-description" not in kinds:
        proposed.insert(0, {"paper": "job-description", "for": [head], "by": above})
    proposed[:1] = [Noted(entry, above=comments.tell(PROPOSED)) for entry in proposed[:1]]
    return [*entries.values(), *proposed]


def extend(
    organisation: str, files: Mapping[str, bytes], ledger: Ledger, establishing: Establishing
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Further bodies and acts for an organisation that is there: new files, and files with further entries.

    Raises:
        FilingError: a file has faults, so that nothing can be added safely.
    """
    new: dict[str, bytes] = {}
    extended: dict[str, bytes] = {}
    kinds: tuple[tuple[str, str, Data, What], ...] = (
        (f"org/{organisation}/organisation.yaml", "bodies", ledger.bodies, "body"),
        (f"org/{organisation}/acts.yaml", "acts", ledger.acts, "act"),
    )
    for path, key, entries, what in kinds:
        if not entries:
            continue
        dressed = dress(entries, what, establishing)
        content = files.get(path)
        if content is None:
            new[path] = emit_entries(key, dressed)
            continue
        try:
            patch = Patch(path, content)
            for name, entry in dressed.items():
                patch.set((key, name), entry)
            extended[path] = patch.finish()
        except PatchError as error:
            raise FilingError(Sentence("{path} cannot be extended: {error}", path=path, error=error.sentence)) from None
    return new, extended
