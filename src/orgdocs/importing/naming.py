"""Ids for what papers speak of: short, of Latin letters, from titles and names in four languages."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import NamedTuple

LONGEST = 40
"""Ids are cut at a word so that they are no longer; the schemas would allow 64."""

_UK_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_UK = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y", "і": "i", "ї": "i",
    "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh",
    "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu", "я": "ia",
}  # fmt: skip
_RU = _UK | {
    "г": "g", "е": "e", "ё": "e", "и": "i", "й": "y", "ъ": "", "ы": "y", "э": "e", "ю": "yu", "я": "ya", "ў": "u", "і": "i",
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")


def transliterate(text: str, language: str) -> str:
    """Latin letters for Cyrillic ones, in lower case.

    Ukrainian by resolution 55 of the Cabinet of Ministers of 27.01.2010, other languages by the letters of GOST R 52535.1-2006
    without its signs.

    >>> transliterate("Знам’янка", "uk"), transliterate("Щёкино", "ru")
    ('znamianka', 'shchekino')
    """
    text = re.sub(r"(?<=\w)['’ʼ](?=\w)", "", text)
    return "".join(_transliterate_word(word, language) if word[:1].isalnum() else word for word in re.split(r"(\W+)", text.casefold()))


def _transliterate_word(word: str, language: str) -> str:
    if language != "uk":
        return _ascii("".join(_RU.get(letter, letter) for letter in word))
    word = word.replace("зг", "zgh")
    head = _UK_FIRST.get(word[0])
    return _ascii((head or "") + "".join(_UK.get(letter, letter) for letter in (word[1:] if head else word)))


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


_MODIFIERS = frozenset({"first-deputy", "deputy", "acting", "chief", "leading", "senior", "junior", "head-of"})
"""Words of posts that are no post by themselves."""


class _Entry(NamedTuple):
    """Beginnings of the words of a phrase; those with a full stop are whole words. ``english`` is empty for words to leave out."""

    beginnings: tuple[str, ...]
    english: str
    is_post: bool
    """Whether it names a post, so that an id may end with it."""

    def fits(self, words: list[str]) -> bool:
        return len(words) >= len(self.beginnings) and all(
            word == beginning[:-1] if beginning.endswith(".") else word.startswith(beginning)
            for word, beginning in zip(words, self.beginnings, strict=False)
        )


@cache
def _vocabulary() -> dict[str, list[_Entry]]:
    """Words and phrases of the field with their English, by first letter, the longest first.

    In ``vocabulary.txt`` each line is English, an equals sign, and beginnings parted by commas; a full stop after a beginning
    asks for the whole word, and ``-`` as English leaves the word out. Posts stand under the heading ``# posts``.
    """
    text = (files(__name__.rpartition(".")[0]) / "vocabulary.txt").read_text("utf-8")
    entries: dict[str, list[_Entry]] = {}
    topic = ""
    for line in text.splitlines():
        topic = line if line.startswith("#") else topic
        english, _, beginnings = line.partition("=")
        for beginning in beginnings.split(",") if beginnings and not line.startswith("#") else ():
            word = english.strip().removeprefix("-")
            entry = _Entry(tuple(beginning.split()), word, topic == "# posts" and word not in _MODIFIERS)
            entries.setdefault(entry.beginnings[0][0], []).append(entry)
    return {
        letter: sorted(found, key=lambda entry: (len(entry.beginnings), len("".join(entry.beginnings))), reverse=True)
        for letter, found in entries.items()
    }


def make_id(name: str, language: str, *, words: int = 6) -> str:
    """An id for a title or name: in English as far as its words are known, from there on in Latin letters, little words left out.

    >>> make_id("Начальник відділу кадрів", "uk"), make_id("Заместитель директора по хозяйственной работе", "ru")
    ('head-of-division-personnel', 'deputy-director-maintenance')
    """
    return _join(_translate(name, language).parts[:words])


def shorten_id(name: str, language: str) -> str:
    """The id of a post without the words after it that are not known, which tell it from others; empty if there are none.

    >>> shorten_id("Водій шкільного автобуса", "uk"), shorten_id("Водій", "uk"), shorten_id("Начальник архіву", "uk")
    ('driver', '', '')
    """
    translated = _translate(name, language)
    return _join(translated.parts[: translated.post])


class _Translated(NamedTuple):
    """The words of an id. ``post`` says how many of them name a post before the first unknown word; 0 if all are known."""

    parts: list[str]
    post: int


def _translate(name: str, language: str) -> _Translated:
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", name)
    rest = [word.replace("ʼ", "’").replace("'", "’") for word in _WORD.findall((bare if _WORD.search(bare) else name).casefold())]
    parts: list[str] = []
    known, named, post = True, 0, 0
    while rest:
        entry = next((entry for entry in _vocabulary().get(rest[0][0], ()) if entry.fits(rest)), None)
        if entry is None and known and rest[0].isalpha() and language != "en":
            known, post = False, named
        part = entry.english if entry is not None and (known or not entry.english) else transliterate(rest[0], language)
        rest = rest[len(entry.beginnings) if entry is not None and (known or not entry.english) else 1 :]
        if part and part not in parts:
            parts.append(part)
        if known and entry is not None and entry.is_post:
            named = len(parts)
    return _Translated(parts, post)


def _join(parts: list[str]) -> str:
    """Words with hyphens, cut at a word, beginning with a letter; empty if nothing is left."""
    joined = re.sub(r"-+", "-", "-".join(re.sub(r"[^a-z0-9-]", "", part) for part in parts)).strip("-")
    joined = re.sub(r"^([0-9])", r"n\1", joined)
    while len(joined) > LONGEST:
        shorter = joined.rpartition("-")[0]
        joined = shorter or joined[:LONGEST]
    return re.sub(r"-(?:of|for|the|and|in|to|on)$", "", joined)


class Ids:
    """The ids of an organisation: those that are taken, and new ones beside them."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = set(taken)

    def choose(self, name: str, language: str, *, fallback: str, beside: str = "", short: str = "") -> str:
        """A new id for a name, or ``short`` if that is free. If both are taken, ``beside`` (a unit, say) goes with it, at last a number."""
        first = make_id(name, language) or fallback
        longer = [f"{first}-{beside}"] if beside and beside not in first and len(f"{first}-{beside}") <= LONGEST else []
        for candidate in [*([short] if short else []), first, *longer, *(f"{first}-{number}" for number in range(2, len(self._taken) + 3))]:
            if candidate not in self._taken:
                self._taken.add(candidate)
                return candidate
        raise AssertionError  # one of so many numbers is free

    def take(self, given: str) -> None:
        """Count an id as taken."""
        self._taken.add(given)

    def __contains__(self, given: object) -> bool:
        return given in self._taken
