"""The texts of an institution as the rules about writing read them: gathered once, file by file, sifted for a quick look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from weakref import WeakKeyDictionary

from orgdocs.hierarchy import Hierarchy
from orgdocs.model import Entity
from orgdocs.model.texts import Passage, entities_with_texts, texts_of
from orgdocs.rules.slips import APOSTROPHE, LETTER_APOSTROPHE, UNUSUAL


class Sheet:
    """All texts of one file in one language. ``joined`` is for the quick look: each text stands between line feeds."""

    __slots__ = ("joined", "language", "passages", "unusual")

    def __init__(self, language: str, passages: list[Passage]) -> None:
        self.language = language
        self.passages = passages
        self.joined = "\n" + "\n".join([passage.text for passage in passages]) + "\n"
        look = UNUSUAL.get(language)
        self.unusual: list[Passage] = []
        """The passages with a character that calls for a closer look: few, and in most files none."""
        if look is not None and look.search(self.joined):
            self.unusual = [passage for passage in passages if look.search(passage.text)]


def _sort(passages: Iterable[Passage]) -> list[Sheet]:
    """A sheet for each file and language."""
    files: dict[tuple[str, str], list[Passage]] = {}
    for passage in passages:
        key = (passage.place.path, passage.language)
        if key in files:
            files[key].append(passage)
        else:
            files[key] = [passage]
    return [Sheet(language, passages) for (_, language), passages in files.items()]


def _sheets_of(entity: Entity, home: str) -> list[Sheet]:
    """The sheets of an entity with a file of its own."""
    return _sort(texts_of(entity, home))


class Reading:
    """The texts of one institution."""

    def __init__(self, hierarchy: Hierarchy) -> None:
        institution, kept = hierarchy.institution, hierarchy.kept
        home = institution.organisation.language
        shared: list[Passage] = []
        self.sheets: list[Sheet] = []
        # Bodies and acts lie in one file, which is one sheet; everything else has a file of its own, before and after them.
        for entity in entities_with_texts(institution):
            if entity.place.route or entity is institution.organisation:
                shared += kept.of(entity, texts_of, home)
            else:
                self.sheets += kept.of(entity, _sheets_of, home)
        self.sheets[:0] = _sort(shared)

    @cached_property
    def apostrophe(self) -> str:
        """The apostrophe of this registry: ʼ where it is the more frequent of the two that are right, else ’."""
        counts = Counter({sign: sum(sheet.joined.count(sign) for sheet in self.sheets) for sign in (APOSTROPHE, LETTER_APOSTROPHE)})
        return LETTER_APOSTROPHE if counts[LETTER_APOSTROPHE] > counts[APOSTROPHE] else APOSTROPHE

    def unusual(self) -> Iterator[Passage]:
        """The passages with an unusual character."""
        for sheet in self.sheets:
            yield from sheet.unusual

    def with_any(self, *strings: str) -> Iterator[Passage]:
        """The passages that have one of these strings in them."""
        for sheet in self.sheets:
            if any(string in sheet.joined for string in strings):
                yield from (passage for passage in sheet.passages if any(string in passage.text for string in strings))


_READINGS: WeakKeyDictionary[Hierarchy, Reading] = WeakKeyDictionary()


def reading_of(hierarchy: Hierarchy) -> Reading:
    """The texts of the institution under a hierarchy; gathered the first time they are asked for."""
    reading = _READINGS.get(hierarchy)
    if reading is None:
        reading = _READINGS[hierarchy] = Reading(hierarchy)
    return reading


def is_clause(passage: Passage) -> bool:
    """Whether a passage is an entry of a list, and not a name or the text of a field."""
    route = passage.place.route
    last = route[-2] if len(route) > 1 and route[-1] == passage.language else route[-1]
    return isinstance(last, int) or (last == "text" and "qualification" not in route)
