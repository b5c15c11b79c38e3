"""A newer edition of a paper that was taken over: what changed clause by clause, and the changes put into the file.

Ids, comments and everything that was added to a clause in the file stay. What the file says in fields is never changed: where
the paper tells it otherwise, that is a conflict, and is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from orgdocs.editing.patching import Patch, PatchError
from orgdocs.emitting import as_read
from orgdocs.importing.comparing import compared_words
from orgdocs.importing.organising import FilingError
from orgdocs.problems import Route, Sentence
from orgdocs.schemas import kind_of, load_schema

if TYPE_CHECKING:
    from orgdocs.importing.fields import Fields
    from orgdocs.importing.filing import Taken

_ALIKE = 0.6
"""Two clauses are the same one in two wordings if so much of their words is the same."""

_LISTS: tuple[Route, ...] = (
    ("general",), ("tasks",), ("functions",), ("duties",), ("must_know",), ("rights",), ("responsibility",), ("structure", "clauses"),
    ("leadership", "clauses"), ("leadership", "powers"), ("interaction",), ("indicators",), ("evaluation",), ("final",),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One change in a file: a clause with another text, a new one, one that is gone, or the arrangement."""

    kind: str
    """``changed``, ``added``, ``removed`` or ``arranged``."""
    route: Route
    """Where: an entry of a list of the file as it is; for a new one, the entry before which it goes."""
    old: str = ""
    new: str = ""
    value: Any = None
    """What is written, for a new clause or the arrangement."""


@dataclass
class Update:
    """What the newer edition of a paper asks for in its file."""

    path: str
    changes: list[Change] = field(default_factory=list)
    conflicts: list[Sentence] = field(default_factory=list)


def plan_update(path: str, content: bytes, taken: Taken) -> Update:
    """Compare a paper that was understood with its file. Clauses that come from clause sets are left alone.

    Raises:
        FilingError: the file has faults.
    """
    try:
        patch = Patch(path, content)
    except PatchError as error:
        raise FilingError(error.sentence) from None
    update = Update(path)
    comparing = _Comparing(update, patch)
    lists: Any = as_read(taken.sorted.lists)
    for route in _LISTS:
        wanted: Any = _at(lists, route) or []
        if not wanted and len(route) == 1:  # a list that was told in prose
            wanted = as_read(taken.fields.own.get(str(route[0]))) or []
        shared = taken.shared.get(str(route[0]), [])
        if any(_differ(text, _text(entry)) for text, entry in zip_longest(shared, wanted[: len(shared)], fillvalue="")):
            update.conflicts.append(Sentence("{field} stands in a clause set; compare it by hand", field=_say(route)))
        else:
            comparing.compare(route, wanted[len(shared) :])
    for key, lead in taken.sorted.leads.items():
        comparing.text(("leads", key), str(lead))
    paper = "regulation" if taken.kind == "regulation" else "job_description"
    comparing.arrangement((paper, "arrangement"), as_read(taken.sorted.arrangement))
    comparing.fields(taken.fields)
    return update


class _Comparing:
    def __init__(self, update: Update, patch: Patch) -> None:
        self._update = update
        self._patch = patch

    def _add(self, change: Change) -> None:
        self._update.changes.append(change)

    def text(self, route: Route, new: str) -> None:
        """A single text, such as a lead."""
        old = self._patch.value(route)
        if isinstance(old, str) and _differ(old, new):
            self._add(Change("changed", route, old, new))

    def arrangement(self, route: Route, new: Any) -> None:
        """The sections, if the file still keeps the arrangement: other headings or another order replace it as a whole."""
        old = self._patch.value(route)
        if isinstance(old, dict) and _flat(old) != _flat(new):
            self._add(Change("arranged", route, value=new))

    def compare(self, route: Route, new: Sequence[Any]) -> None:
        """One list, and the lists below its entries."""
        old = self._patch.value(route)
        old = old if isinstance(old, list) else []
        if old and not new:
            self._add(Change("removed", route, "; ".join(_text(entry) for entry in old)))
            return
        pairs = _pair([_text(entry) for entry in old], [_text(entry) for entry in new])
        behind = 0
        for left, right in pairs:
            if left is None:
                assert right is not None  # noqa: S101  (a pair has one side at least)
                self._add(Change("added", (*route, behind), new=_text(new[right]), value=new[right]))
                continue
            behind = left + 1
            at = (*route, left)
            if right is None:
                self._remove(at, old[left])
                continue
            if _differ(_text(old[left]), _text(new[right])):
                where = at if isinstance(old[left], str) else (*at, "text")
                self._add(Change("changed", where, _text(old[left]), _text(new[right])))
            self._below(at, old[left], new[right])

    def _below(self, route: Route, old: Any, new: Any) -> None:
        """What lies below a clause in both, or in one of them."""
        if isinstance(new, dict) and new.get("items") and isinstance(old, str):
            self._add(Change("changed", route, old, "; ".join(_text(item) for item in new["items"]), value=new))
        elif isinstance(old, dict) and "items" in (old.keys() | (new.keys() if isinstance(new, dict) else set())):
            self.compare((*route, "items"), new.get("items", []) if isinstance(new, dict) else [])

    def _remove(self, route: Route, old: Any) -> None:
        """A clause that is gone: one to which something was added in the file stays, and that is a conflict."""
        if isinstance(old, dict) and old.keys() & {"performs", "lead", "serves"}:
            self._update.conflicts.append(
                Sentence("{field} is no longer in the paper, and is kept for what it refers to: {text}", field=_say(route), text=_text(old))
            )
            return
        self._add(Change("removed", route, _text(old)))

    def fields(self, fields: Fields) -> None:
        """Fields that the paper tells otherwise than the file."""
        told: dict[str, Any] = dict(fields.own)
        for key, value in told.items():
            old, new = _without_forms(self._patch.data.get(key)), as_read(value)
            if old is not None and old != new and (key,) not in _LISTS and key not in {"approvals", "structure"}:
                self._update.conflicts.append(
                    Sentence("{field}: the paper says {new}, the file {old}", field=key, new=_short(new), old=_short(old))
                )


def apply_changes(path: str, content: bytes, changes: Iterable[Change]) -> bytes:
    """The file with the chosen changes; the last ones first, so that the places of the others stay.

    A list that is new goes where the order of the fields in the schema would have it.

    Raises:
        FilingError: a change has no safe place.
    """
    patch = Patch(path, content)
    kind = kind_of(path) or ""
    try:
        for change in _backwards(changes):
            if change.kind == "added":
                index = change.route[-1]
                assert isinstance(index, int)  # noqa: S101  (a new clause goes into a list)
                if patch.value(change.route[:-1]):
                    patch.insert(change.route[:-1], index, change.value)
                else:
                    patch.set(change.route[:-1], [change.value], after=_fields_before(kind, str(change.route[0])))
            elif change.kind == "removed":
                patch.remove(change.route)
            else:
                after = _fields_before(kind, str(change.route[0]))
                patch.set(change.route, change.new if change.value is None else change.value, after)
    except PatchError as error:
        raise FilingError(error.sentence) from None
    return patch.finish()


def _fields_before(kind: str, name: str) -> list[str]:
    """The fields that stand before a field in the schema of a kind of file."""
    schema = load_schema(kind)
    order = [*schema["properties"], *schema["$defs"].get("establishment", {}).get("properties", {})]
    return order[: order.index(name)]


def _backwards(changes: Iterable[Change]) -> list[Change]:
    """Deeper and later places first; of several new clauses at one place the last one first."""
    numbered = list(enumerate(changes))
    return [
        change for _, change in sorted(numbered, key=lambda pair: (_rank(pair[1].route), pair[1].kind != "added", pair[0]), reverse=True)
    ]


def _rank(route: Route) -> tuple[tuple[int, str], ...]:
    return tuple((step, "") if isinstance(step, int) else (-1, step) for step in route)


def _pair(old: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Which entry became which, in order: the same words first, then like ones between them."""
    left = [compared_words(text) for text in old]
    right = [compared_words(text) for text in new]
    pairs: list[tuple[int | None, int | None]] = []
    for tag, first, end, start, stop in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs += zip(range(first, end), range(start, stop), strict=True)
        else:
            pairs += _pair_like(left, right, range(first, end), range(start, stop))
    return pairs


def _pair_like(
    left: Sequence[tuple[str, ...]], right: Sequence[tuple[str, ...]], olds: range, news: range
) -> list[tuple[int | None, int | None]]:
    """Entries between equal ones: each new one goes with the first old one after the last pair that is like it."""
    pairs: list[tuple[int | None, int | None]] = []
    at = olds.start
    for number in news:
        like = next((old for old in range(at, olds.stop) if _likeness(left[old], right[number]) >= _ALIKE), None)
        if like is None:
            pairs.append((None, number))
            continue
        pairs += [(old, None) for old in range(at, like)]
        pairs.append((like, number))
        at = like + 1
    return [*pairs, *((old, None) for old in range(at, olds.stop))]


def _likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _differ(old: str, new: str) -> bool:
    """Whether two texts differ in more than spaces and closing marks."""
    return " ".join(old.split()).rstrip(".;:, ") != " ".join(new.split()).rstrip(".;:, ")


def _without_forms(value: Any) -> Any:
    """A value without the case forms of the names in it."""
    if isinstance(value, dict):
        return {key: _without_forms(below) for key, below in value.items() if key != "forms"}
    return [_without_forms(item) for item in value] if isinstance(value, list) else value


def _text(entry: Any) -> str:
    return str(entry.get("text", "")) if isinstance(entry, Mapping) else str(entry)


def _flat(data: Any) -> str:
    """The words of an arrangement with its structure."""
    if isinstance(data, Mapping):
        return "{" + ",".join(f"{key}:{_flat(below)}" for key, below in sorted(data.items())) + "}"
    if isinstance(data, list):
        return "[" + ",".join(_flat(item) for item in data) + "]"
    return " ".join(str(data).split())


def _at(data: Any, route: Route) -> Any:
    for step in route:
        data = data.get(step) if isinstance(data, Mapping) else None
    return data


def _say(route: Route) -> str:
    """A place in words: ``duties 3``."""
    return " ".join(str(step + 1) if isinstance(step, int) else str(step) for step in route if step != "text")


def _short(value: Any) -> str:
    said = ", ".join(_short(item) for item in value) if isinstance(value, list) else str(value)
    return said if len(said) <= 80 else f"{said[:79]}…"


def describe(change: Change) -> str:
    """Where a change is, for people: ``duties 3``."""
    return _say(change.route)
