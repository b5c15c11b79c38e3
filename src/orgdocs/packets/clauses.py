"""Two versions of a paper side by side: only what changes, each clause with its number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from orgdocs.comparing.aligning import pair_off, share_words
from orgdocs.comparing.segments import compare_words
from orgdocs.contents.packet import Pair, Word
from orgdocs.rendering.drafting import other_levels

if TYPE_CHECKING:
    from orgdocs.contents.content import Body, Content, Row
    from orgdocs.profiles import Profile

_STYLES = ("clause", "item", "subitem", "dash")
_ALIKE = 0.4
_BLANK = re.compile(r"_{2,} *")
"""A line to sign or fill in."""
_CLOSING = ".;:, "
"""Marks at the end of a clause that change when another one comes behind it, which is no change of its words."""


_TEXT = 1
_RANKS = dict.fromkeys(("annex", "head", "stamp", "name", "subject", "below", "preamble"), 0) | {
    "columns": 2, "unit": 2, "figures": 2, "closing": 3, "signatures": 4, "agreed": 5, "acquaintance": 6,
}  # fmt: skip
"""The order of the parts of a paper; its numbered text is not named here."""


class Clause(NamedTuple):
    """A text of a paper, with where it stands: a number for clauses, or the name of a place such as ``stamp``."""

    style: str
    place: str
    text: str
    figures: tuple[tuple[str, str], ...] = ()
    """For the row of a table: each cell with the title of its column."""


def compare_clauses(before: Content, after: Content, profile: Profile, say: Callable[[str, str], str]) -> Iterator[Pair]:
    """The rows of the comparison table for a paper, in its order. ``say`` names a place, given as its key and the number of the section."""
    sides = (_Reading(profile, content, say).read() for content in (before, after))
    former, later = map(list, sides)
    found = pair_off(former, later, _key, _likeness, _ALIKE)
    # What went stands before what came; here both stand in the order of the paper.
    for old, new in sorted(found, key=_rank):
        if old is not None and new is not None:
            if _key(old) != _key(new):
                yield _both(old, new)
        elif old is not None:
            yield Pair(style="row", text=old.place, before=[Word(text=old.text, state="removed")], after=[])
        elif new is not None:
            yield Pair(style="row", text=new.place, before=[], after=[Word(text=new.text, state="added")])


def _rank(pair: tuple[Clause | None, Clause | None]) -> int:
    clause = pair[0] or pair[1]
    return _RANKS.get(clause.style, _TEXT) if clause is not None else _TEXT


def _both(old: Clause, new: Clause) -> Pair:
    texts = (old.text, new.text)
    if old.figures:
        texts = (_write(one for one in old.figures if one not in new.figures), _write(one for one in new.figures if one not in old.figures))
    elif _end(old.text) != _end(new.text):
        texts = (old.text.rstrip(_CLOSING), new.text.rstrip(_CLOSING))
    words = compare_words(*texts)
    before = [Word(text=word.text, state=word.state) for word in words if word.state != "added"]
    after = [Word(text=word.text, state=word.state) for word in words if word.state != "removed"]
    place = old.place if old.place == new.place else f"{old.place} → {new.place}"
    return Pair(style="row", text=place, before=before, after=after)


def _end(text: str) -> str:
    return text[len(text.rstrip(_CLOSING)) :]


def _key(clause: Clause) -> tuple[str, str, str]:
    return clause.style, clause.place if clause.figures else "", clause.text.rstrip(_CLOSING)


def _likeness(old: Clause, new: Clause) -> float:
    if old.style != new.style:
        return 0.0
    if old.style == "figures":
        return 1.0 if old.place == new.place else 0.0
    # Of what stands in one place only there is one at most: it is the same, however it reads now.
    return share_words(old.text, new.text) if old.style in _STYLES else max(share_words(old.text, new.text), _ALIKE)


# -- what stands in a paper -------------------------------------------------------------------------------------------


class _Reading:
    """Reads the clauses of one paper. ``say`` names their places."""

    def __init__(self, profile: Profile, content: Content, say: Callable[[str, str], str]) -> None:
        levels: list[str] = profile.data["papers"][content.paper.kind]["levels"]
        self.body: Body = content.body
        self.levels = other_levels(levels) if content.body["numbering"] else levels
        self.blanks = sorted(profile.data["blanks"].values(), key=len, reverse=True)
        self.say = say

    def read(self) -> Iterator[Clause]:
        """All clauses in their order."""
        body = self.body
        for key, text in self._above():
            yield Clause(key, self.say(key, ""), text)
        yield from self._numbered()
        yield from self._figures()
        for text in body["closing"]:
            yield Clause("closing", self.say("closing", ""), text)
        for key, signatures in (("signatures", body["signatures"]), ("agreed", body["agreed"])):
            for signature in signatures:
                yield Clause(key, self.say(key, ""), self._filled(f"{signature['post']} {signature['line']}"))
        if body["acquaintance"]:
            yield Clause("acquaintance", self.say("acquaintance", ""), body["acquaintance"])

    def _filled(self, text: str) -> str:
        """A text without its lines to sign and to fill in."""
        for blank in self.blanks:
            text = text.replace(blank, "")
        return _BLANK.sub("", text).strip()

    def _above(self) -> Iterator[tuple[str, str]]:
        """The texts above the first section, each with its place."""
        body = self.body
        if body["annex_first"]:
            yield "annex", "\n".join(body["annex_first"])
        yield from (("head", text) for text in body["head"])
        if body["stamp"]["word"]:
            yield "stamp", "\n".join([body["stamp"]["word"], *body["stamp"]["lines"]])
        if body["name"]:
            yield "name", body["name"]
        for key in ("subject", "below", "preamble"):
            yield from ((key, text) for text in body[key])

    def _numbered(self) -> Iterator[Clause]:
        """The sections with the numbers that Word will print: those of items without that of their clause get it in front."""
        counter = _Counter(self.levels)
        for index, section in enumerate(self.body["sections"], 1):
            number = counter.count(0).rstrip(".") or str(index)
            if section["heading"]:
                yield Clause("heading", self.say("heading", number), section["heading"])
            if section["lead"]:
                yield Clause("lead", self.say("lead", number), section["lead"])
            for block in section["blocks"]:
                style = block["style"]
                if style in _STYLES:
                    yield Clause(style, counter.cite(_STYLES.index(style) + 1), block["text"])
                elif style == "relations":
                    for row in block["rows"]:
                        cells = filter(None, (row[key] for key in ("with", "receives", "provides")))
                        yield Clause(style, self.say(style, number), "; ".join(cells))
                else:
                    yield Clause(style, self.say("paragraph", number), block["text"])

    def _figures(self) -> Iterator[Clause]:
        """The rows of a table: each figure with the title of its column, without the running number of the row."""
        titles = [column["title"] for column in self.body["columns"]]
        if titles:
            yield Clause("columns", self.say("columns", ""), "; ".join(titles))
        unit = ""
        for row in self.body["rows"]:
            if row["style"] == "unit":
                unit = row["text"]
                yield Clause("unit", self.say("unit", ""), unit)
                continue
            name, figures = _told(row, titles)
            yield Clause("figures", ", ".join(filter(None, (unit, name))), _write(figures), tuple(figures))
            if row["style"] == "total":
                unit = ""  # what follows the sum of a unit is about another one, or about the whole


class _Counter:
    """Counts clauses as Word does: each level begins anew below the next one above it."""

    def __init__(self, levels: list[str]) -> None:
        self.levels = levels
        self.listed = [index for index in range(len(levels)) if index or levels[index]]
        self.counts = [0] * len(levels)
        self.shown = [""] * len(levels)

    def count(self, level: int) -> str:
        """The next number on a level, as it is printed."""
        if level not in self.listed:
            return ""
        place = self.listed.index(level)
        self.counts[place] += 1
        self.counts[place + 1 :] = [0] * (len(self.counts) - place - 1)
        self.shown[level] = re.sub(r"%(\d)", lambda found: str(max(self.counts[int(found[1]) - 1], 1)), self.levels[level])
        self.shown[level + 1 :] = [""] * (len(self.shown) - level - 1)
        return self.shown[level]

    def cite(self, level: int) -> str:
        """The next number on a level with that of the clause around it, where its own does not say it."""
        own = self.count(level)
        around = next((self.shown[above] for above in range(level - 1, 0, -1) if self.shown[above]), "")
        return own if not around or own.startswith(around.rstrip(".)")) else f"{around} {own}".strip()


def _write(figures: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{title}: {text}" for title, text in figures)


def _told(row: Row, titles: list[str]) -> tuple[str, list[tuple[str, str]]]:
    """What a row is about, and its figures by the title of their column."""
    cells = [cell["text"] for cell in row["cells"]]
    named = [number for number, text in enumerate(cells[:_NAMING]) if any(letter.isalpha() for letter in text)]
    if len(named) > 1 and _ID.fullmatch(cells[named[0]]):
        named = named[1:2]  # the id says nothing to those who read the title behind it
    figures = [number for number, text in enumerate(cells) if text and number not in named and (number or not text.isdigit())]
    told = [(titles[number], cells[number]) for number in figures if number < len(titles) and not _ID.fullmatch(cells[number])]
    return ", ".join(cells[number] for number in named), told


_NAMING = 3
"""In so many columns at the left stands what a row is about: unit, post, and perhaps a code between them."""
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
