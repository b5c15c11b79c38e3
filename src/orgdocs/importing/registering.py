"""Who is meant: names and mentions in papers are led to the posts, units, bodies and acts of an organisation, or to new ones."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from orgdocs.importing.naming import Ids, shorten_id
from orgdocs.model import text_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from orgdocs.model import Institution, Text

_WORD = re.compile(r"[^\W\d_]+(?:[’'ʼ-][^\W\d_]+)*")
_ENDING = 3
"""So many letters at the end of a word may differ between its cases."""


class Named(NamedTuple):
    """Something with an id and a name."""

    id: str
    kind: str
    """``post``, ``unit``, ``body`` or ``act``."""
    words: tuple[str, ...]


@dataclass
class Directory:
    """The things of one organisation by name, in whatever case they are mentioned."""

    language: str
    ids: Ids = field(default_factory=lambda: Ids(set()))
    acts: Ids = field(default_factory=lambda: Ids(set()))
    known: list[Named] = field(default_factory=list)

    @classmethod
    def of(cls, institution: Institution) -> Directory:
        """What an organisation has already."""
        language = institution.organisation.language
        directory = cls(language)
        things: list[tuple[str, Iterable[tuple[str, Text]]]] = [
            ("unit", [(institution.organisation.id, institution.organisation.name)]),
            ("unit", ((key, unit.name) for key, unit in institution.units.items())),
            ("post", ((key, post.title) for key, post in institution.positions.items())),
            ("body", ((key, body.name) for key, body in institution.bodies.items())),
        ]
        for kind, entries in things:
            # Of two things with one name the one that was entered first has the shorter id.
            for key, name in sorted(entries, key=lambda entry: (len(entry[0]), entry[0])):
                directory.add(key, kind, text_for(name, language))
        for key, act in institution.acts.items():
            title = text_for(act.title, language)
            directory.add(key, "act", f"{title} {act.number}" if act.number else title)
        for short, key in ((unit.short_name, unit.id) for unit in institution.establishments):
            if short is not None:
                directory.add(key, "unit", text_for(short, language))
        for _, key in institution.broken:
            directory.ids.take(key)
        return directory

    def add(self, given: str, kind: str, name: str) -> None:
        """Count a thing as known under a name."""
        (self.acts if kind == "act" else self.ids).take(given)
        self.known.append(Named(given, kind, words_of(name)))

    def find(self, mention: str, kinds: Iterable[str]) -> str | None:
        """The id of what a mention means: the same words in any case, or the first words of one name only."""
        words = words_of(mention)
        if not words:
            return None
        fitting = [named for named in self.known if named.kind in kinds and _begins_with(named.words, words)]
        whole = [named for named in fitting if len(named.words) == len(words)]
        found = dict.fromkeys(named.id for named in whole or fitting)
        return next(iter(found)) if len(found) == 1 or whole else None

    def find_all(self, name: str, kind: str) -> list[str]:
        """The ids of everything of a kind that has this very name."""
        words = words_of(name)
        same = [
            named.id for named in self.known if named.kind == kind and len(named.words) == len(words) and _begins_with(named.words, words)
        ]
        return list(dict.fromkeys(same))

    def register(self, name: str, kind: str, *, fallback: str, beside: str = "", called: str = "") -> str:
        """A new thing with an id of its own, made from ``called`` where that is shorter than the name."""
        ids = self.acts if kind == "act" else self.ids
        short = shorten_id(name, self.language) if kind == "post" else ""
        chosen = ids.choose(called or name, self.language, fallback=fallback, beside=beside, short=short)
        self.known.append(Named(chosen, kind, words_of(name)))
        return chosen


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name as mentions are compared: folded, with one apostrophe."""
    return tuple(word.translate(_PLAIN) for word in _WORD.findall(name.casefold()))


_CONSONANTS = frozenset("бвгґджзклнпрстфцчшщ")
"""No ending of a case begins with one of these: «голова» and «головний» are two words."""
_PLAIN = str.maketrans({"'": "’", "ʼ": "’", "ё": "е"})


def _begins_with(name: tuple[str, ...], mention: tuple[str, ...]) -> bool:
    return len(name) >= len(mention) and all(is_same_word(one, other) for one, other in zip(name, mention, strict=False))


def is_same_word(one: str, other: str) -> bool:
    """Whether two words differ by no more than the ending of a case."""
    common = next((index for index, (left, right) in enumerate(zip(one, other, strict=False)) if left != right), min(len(one), len(other)))
    endings = (one[common:], other[common:])
    return common >= max(min(3, len(one), len(other)), max(len(one), len(other)) - _ENDING) and not any(
        ending and ending[0] in _CONSONANTS for ending in endings
    )
