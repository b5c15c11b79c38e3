"""Lists of clauses: what was added, removed, reworded, reordered, and what moved from one list to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from orgdocs.comparing.changes import Kind, Subject
from orgdocs.comparing.describing import shorten
from orgdocs.comparing.matching import displaced, match
from orgdocs.comparing.recording import added, removed, words_between
from orgdocs.problems import Sentence
from orgdocs.rules.similarity import find_near

if TYPE_CHECKING:
    from orgdocs.comparing.recording import Record
    from orgdocs.comparing.sides import Side, Sides
    from orgdocs.model import Clause, Ref

NEAR = 85
"""From so many percent on, a clause of another list is the same one, moved and reworded."""


class Names(NamedTuple):
    """How a list is called: one of its clauses, as the object of a verb, and the whole list."""

    one: Sentence
    all: Sentence


@dataclass(frozen=True)
class _Loose:
    """A clause that has no counterpart in its own list."""

    record: Record
    field: str
    names: Names
    clause: Clause
    text: str
    display: str
    """The text with what lies below it."""
    silent: bool
    """Its post or unit came or went as a whole: not told unless the clause moved."""


class ClauseComparison:
    """Compares lists of clauses one after the other; what is left over on both sides is settled at the end."""

    def __init__(self, sides: Sides) -> None:
        self.sides = sides
        self.removed: list[_Loose] = []
        self.added: list[_Loose] = []

    def lists(
        self,
        record: Record,
        field: str,
        names: Names,
        before: Sequence[Clause],
        after: Sequence[Clause],
        *,
        shared_before: Iterable[str] = (),
        shared_after: Iterable[str] = (),
    ) -> None:
        """Compare two versions of a list. ``shared`` are the texts that clause sets add to it: what is there, too, is not missing."""
        if before == after:
            return
        old = [self.sides.before.say(clause.text) for clause in before]
        new = [self.sides.after.say(clause.text) for clause in after]
        found = match(
            [(clause.id, text) for clause, text in zip(before, old, strict=True)],
            [(clause.id, text) for clause, text in zip(after, new, strict=True)],
        )  # fmt: skip
        for was, now in found.pairs:
            self._compare(record, field, names, before[was], after[now])
        there, still_there = set(shared_before), set(shared_after)
        for number in found.removed:
            if old[number] not in still_there:
                self.removed.append(_loosen(self.sides.before, record, field, names, before[number]))
        for number in found.added:
            if new[number] not in there:
                self.added.append(_loosen(self.sides.after, record, field, names, after[number]))
        out = displaced([was for was, _ in found.pairs])
        if out:
            texts = tuple(shorten(new[found.pairs[index][1]]) for index in out)
            was, now = found.pairs[out[0]]
            what = Sentence("another order: {list}", list=names.all)
            record.add(Kind.REORDERED, what, field, after=texts, was=before[was].place, now=after[now].place)

    def whole(self, record: Record, field: str, names: Names, clauses: Sequence[Clause], *, came: bool) -> None:
        """The clauses of a post or unit that came or went as a whole; they are told only if they moved."""
        side, loose = (self.sides.after, self.added) if came else (self.sides.before, self.removed)
        loose += [_loosen(side, record, field, names, clause, silent=True) for clause in clauses]

    def _compare(self, record: Record, field: str, names: Names, before: Clause, after: Clause) -> None:
        """Two versions of one clause."""
        self._note_function(before, after)
        places = {"was": before.place, "now": after.place}
        what = Sentence("reworded {what}", what=names.one)
        record.words(Kind.REWORDED, what, field, before.text, after.text, **places)
        text = shorten(self.sides.after.say(after.text))
        if [self.sides.function_now(ref.id) for ref in before.performs] != [ref.id for ref in after.performs]:
            old, new = (
                tuple(_functions(side, clause.performs)) for side, clause in ((self.sides.before, before), (self.sides.after, after))
            )
            if sorted(old) != sorted(new):
                what = Sentence("functions that “{clause}” carries out", clause=text)
                record.add(Kind.CHANGED, what, f"{field}.performs", before=old or None, after=new or None, **places)
        record.reference(f"{field}.lead", Sentence("leading post of “{clause}”", clause=text), before.lead, after.lead)
        if [ref.id for ref in before.serves] != [ref.id for ref in after.serves]:
            what = Sentence("tasks that “{clause}” serves", clause=text)
            tasks = [tuple(ref.id for ref in clause.serves) or None for clause in (before, after)]
            record.add(Kind.CHANGED, what, f"{field}.serves", before=tasks[0], after=tasks[1], **places)
        if before.tells != after.tells:
            what = Sentence("what “{clause}” says in words of its own", clause=text)
            record.add(Kind.CHANGED, what, f"{field}.tells", before=before.tells or None, after=after.tells or None, **places)
        if before.items or after.items:
            inner = Names(Sentence("an item under “{clause}”", clause=text), Sentence("items under “{clause}”", clause=text))
            self.lists(record, field, inner, before.items, after.items)

    def _note_function(self, before: Clause, after: Clause) -> None:
        """Remember under which name duties refer to a function in each version."""
        if before.id is not None and after.id is not None:
            old, new = (f"{_owner(clause, self.sides)}/{clause.id}" for clause in (before, after))
            if self.sides.function_now(old) != new:
                self.sides.functions[old] = new

    # -- what moved -----------------------------------------------------------------------------------------------

    def settle(self, everything: Callable[[Side], Iterator[Clause]]) -> None:
        """Pair what is left over: a clause that went here and came there has moved. The rest came or went.

        ``everything`` gives all clauses of a version: a text that still stands elsewhere is a common one, and has not moved.
        """
        pairs = self._moved(everything)
        settled = {id(one) for moved in pairs for one in moved}
        for gone, come in pairs:
            self._note_function(gone.clause, come.clause)
            self._tell(come, Kind.MOVED, _moved(gone, come), gone.display, come.display, was=gone, source=gone.record.subject)
        for gone in self.removed:
            if id(gone) not in settled and not gone.silent:
                self._tell(gone, Kind.REMOVED, removed(gone.names.one), gone.display, "", was=gone)
        for come in self.added:
            if id(come) not in settled and not come.silent:
                self._tell(come, Kind.ADDED, added(come.names.one), "", come.display)

    def _tell(
        self, one: _Loose, kind: Kind, what: Sentence, before: str, after: str, was: _Loose | None = None, source: Subject | None = None
    ) -> None:
        one.record.add(
            kind, what, one.field, before=before or None, after=after or None, words=words_between(before, after),
            was=was.clause.place if was is not None else None, now=one.clause.place if after else None, source=source,
        )  # fmt: skip

    def _moved(self, everything: Callable[[Side], Iterator[Clause]]) -> list[tuple[_Loose, _Loose]]:
        pairs = []
        taken: set[int] = set()
        common = {one.text for one in self.removed} & {one.text for one in self.added}
        if common:
            side = self.sides.after
            there = Counter(text for clause in everything(side) if (text := side.say(clause.text)) in common)
            come: dict[str, list[_Loose]] = {}
            for one in self.added:
                if one.text in common:
                    come.setdefault(one.text, []).append(one)
            for gone in self.removed:
                candidates = [one for one in come.get(gone.text, ()) if id(one) not in taken]
                if not candidates or there[gone.text] > len(come[gone.text]):
                    continue
                best = min(candidates, key=lambda one: (one.field != gone.field, one.record.subject != gone.record.subject))
                taken |= {id(gone), id(best)}
                pairs.append((gone, best))
        for field in dict.fromkeys(one.field for one in self.removed):
            old = [one for one in self.removed if one.field == field and id(one) not in taken and one.text not in common]
            new = [one for one in self.added if one.field == field and id(one) not in taken and one.text not in common]
            if not old or not new:
                continue
            texts = [one.text for one in (*old, *new)]
            for near in find_near(texts, [0] * len(old) + [1] * len(new), NEAR):
                if near.text >= len(old) > near.like and id(old[near.like]) not in taken:
                    pair = (old[near.like], new[near.text - len(old)])
                    if pair[0].record.subject != pair[1].record.subject or pair[0].names != pair[1].names:
                        taken |= {id(one) for one in pair}
                        pairs.append(pair)
        return pairs


def _loosen(side: Side, record: Record, field: str, names: Names, clause: Clause, *, silent: bool = False) -> _Loose:
    return _Loose(record, field, names, clause, side.say(clause.text), _display(side, clause), silent)


def _display(side: Side, clause: Clause) -> str:
    text = side.say(clause.text)
    if not clause.items:
        return text
    return f"{text.rstrip(':')}: {'; '.join(_display(side, item) for item in clause.items)}"


def _moved(gone: _Loose, come: _Loose) -> Sentence:
    if gone.record.subject != come.record.subject:
        return Sentence("moved {what} here from {source}", what=come.names.one, source=str(gone.record.subject))
    return Sentence("moved {what} here from: {list}", what=come.names.one, list=gone.names.all)


def _functions(side: Side, refs: Sequence[Ref]) -> Iterator[str]:
    """The texts of the functions that are referred to."""
    for ref in refs:
        function = side.hierarchy.functions.get(ref.id)
        yield shorten(side.say(function.text)) if function is not None else ref.id


def _owner(clause: Clause, sides: Sides) -> str:
    """The id of the unit whose file a clause stands in."""
    stem = PurePosixPath(clause.place.path).stem
    return sides.organisation if stem == "organisation" else stem
