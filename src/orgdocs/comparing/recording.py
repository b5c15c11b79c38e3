"""Writing down what changed in one thing: values, texts, references and lists, each with its places."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from orgdocs.comparing import describing
from orgdocs.comparing.changes import Change, Kind, Segment, Subject, Value
from orgdocs.comparing.matching import displaced
from orgdocs.comparing.segments import compare_words
from orgdocs.problems import Place, Sentence

if TYPE_CHECKING:
    from orgdocs.comparing.sides import Sides
    from orgdocs.model import Entity, Ref, Text, Tie

Field: TypeAlias = str | tuple[str, ...]
"""A field of the YAML: with points between its parts, or the parts themselves where one of them may hold a point."""

LANGUAGES = {
    "uk": Sentence("in Ukrainian"),
    "ru": Sentence("in Russian"),
    "be": Sentence("in Belarusian"),
    "en": Sentence("in English"),
}


class Record:
    """What changed between two versions of one thing.

    Where a version has faults (``partial``), what is missing in it may be there: nothing is said of that.
    """

    def __init__(self, sides: Sides, before: Entity, after: Entity) -> None:
        self.sides = sides
        self.before = before
        self.after = after
        self.subject: Subject = sides.after.subject(after)
        self.changes: list[Change] = []

    def add(self, kind: Kind, what: Sentence, field: Field, **details: Any) -> None:
        """Write a change down."""
        gone, come = (kind is Kind.REMOVED, kind is Kind.ADDED)
        if kind in {Kind.CHANGED, Kind.RETITLED, Kind.REWORDED, Kind.MOVED} and not details.get("source"):
            gone, come = details.get("now") is None, details.get("was") is None
        if (gone and self.after.partial) or (come and self.before.partial):
            return
        details.setdefault("organisation", self.sides.organisation)
        details.setdefault("subject", self.subject)
        name = field if isinstance(field, str) else ".".join(field)
        self.changes.append(Change(kind=kind, what=what, field=name, **details))

    def place(self, entity: Entity, field: Field) -> Place:
        """Where a field stands."""
        route = field.split(".") if isinstance(field, str) else field
        return Place(entity.place.path, entity.place.route).under(*route)

    # -- values ---------------------------------------------------------------------------------------------------

    def value(self, field: Field, what: Sentence, before: Value | None, after: Value | None) -> None:
        """A value that is compared as it is told."""
        if before != after:
            was = self.place(self.before, field) if before is not None else None
            now = self.place(self.after, field) if after is not None else None
            self.add(Kind.CHANGED, what, field, before=before, after=after, was=was, now=now)

    def text(self, field: Field, what: Sentence, before: Text | None, after: Text | None, *, kind: Kind = Kind.REWORDED) -> bool:
        """A printed text, word by word, in each language; whether it changed."""
        was = self.place(self.before, field) if before is not None else None
        now = self.place(self.after, field) if after is not None else None
        return self.words(kind, what, field, before, after, was=was, now=now)

    def words(self, kind: Kind, what: Sentence, field: Field, before: Text | None, after: Text | None, **details: Any) -> bool:
        """The words of a text that changed; whether it did."""
        old, new = self.sides.before.texts(before), self.sides.after.texts(after)
        home = self.sides.after.language
        changed = False
        for language in dict.fromkeys((home, *old, *new)):
            one, other = old.get(language, ""), new.get(language, "")
            if one == other:
                continue
            changed = True
            in_language = what
            if language != home:
                in_language = Sentence("{what} ({language})", what=what, language=LANGUAGES.get(language, language))
            self.add(kind, in_language, field, before=one or None, after=other or None, words=words_between(one, other), **details)
        return changed

    def reference(self, field: Field, what: Sentence, before: Ref | None, after: Ref | None, kind: Kind = Kind.CHANGED) -> None:
        """A reference to one thing."""
        if not self.sides.same(before, after):
            old, new = describing.ref(self.sides.before, before), describing.ref(self.sides.after, after)
            self.add(
                kind, what, field, before=old, after=new, was=before.place if before else None, now=after.place if after else None
            )  # fmt: skip

    def choices(self, field: Field, what: Sentence, before: Sequence[Ref], after: Sequence[Ref]) -> None:
        """References in an order that counts: the first choice first. Told as a whole."""
        if [self.sides.now(ref.id) for ref in before] != [ref.id for ref in after]:
            self.value(field, what, describing.refs(self.sides.before, before), describing.refs(self.sides.after, after))

    def references(self, field: Field, what: Sentence, order: Sentence, before: Sequence[Ref], after: Sequence[Ref]) -> None:
        """References in a list, told one by one. ``what`` names one of them, ``order`` the list."""
        old = {self.sides.now(ref.id): ref for ref in before}
        new = {ref.id: ref for ref in after}
        for key, ref in old.items():
            if key not in new:
                self.add(Kind.REMOVED, removed(what), field, before=self.sides.before.name(ref.id), was=ref.place)
        for key, ref in new.items():
            if key not in old:
                self.add(Kind.ADDED, added(what), field, after=self.sides.after.name(ref.id), now=ref.place)
        stayed = [key for key in new if key in old]
        ranks = {key: rank for rank, key in enumerate(key for key in old if key in new)}
        out = displaced([ranks[key] for key in stayed])
        if out:
            names = tuple(self.sides.after.name(stayed[index]) for index in out)
            first = new[stayed[out[0]]]
            was = old[stayed[out[0]]].place
            self.add(Kind.REORDERED, Sentence("another order: {list}", list=order), field, after=names, was=was, now=first.place)

    def ties(self, field: Field, what: Sentence, before: Sequence[Tie], after: Sequence[Tie]) -> None:
        """Ties to bodies and posts, with their matter."""
        old = {(self.sides.now(tie.to.id), str(self.sides.before.texts(tie.matter))): tie for tie in before}
        new = {(tie.to.id, str(self.sides.after.texts(tie.matter))): tie for tie in after}
        gone = {key: tie for key, tie in old.items() if key not in new}
        for key, tie in new.items():
            if key in old:
                continue
            former = next((other for other in gone if other[0] == key[0]), None)
            was = gone.pop(former) if former is not None else None
            told = describing.tie(self.sides.before, was) if was is not None else None
            self.add(
                Kind.CHANGED, what, field, before=told, after=describing.tie(self.sides.after, tie),
                was=was.to.place if was is not None else None, now=tie.to.place,
            )  # fmt: skip
        for tie in gone.values():
            self.add(Kind.CHANGED, what, field, before=describing.tie(self.sides.before, tie), was=tie.to.place)

    def mapping(self, field: str, what: Callable[[str], Sentence], before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        """Values by key."""
        for key in dict.fromkeys((*before, *after)):
            self.value((field, key), what(key), before.get(key), after.get(key))

    def text_mapping(self, field: str, what: Callable[[str], Sentence], before: Mapping[str, Text], after: Mapping[str, Text]) -> None:
        """Texts by key."""
        for key in dict.fromkeys((*before, *after)):
            self.text((field, key), what(key), before.get(key), after.get(key))


def words_between(before: str, after: str) -> tuple[Segment, ...]:
    """The segments of two texts, one of which may be empty."""
    if not before or not after:
        return (Segment(after, "added") if after else Segment(before, "removed"),)
    return compare_words(before, after)


def added(what: Sentence) -> Sentence:
    """What is said of an entry that came."""
    return Sentence("added {what}", what=what)


def removed(what: Sentence) -> Sentence:
    """What is said of an entry that went."""
    return Sentence("removed {what}", what=what)
