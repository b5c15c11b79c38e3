"""Names cut into pieces: words, quotations, remarks in parentheses, dashes; and written again in another case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from orgdocs.language.morphology import Reading
from orgdocs.language.proposals import Doubt

_PIECE = re.compile(
    '(?P<quote>«[^»]*»|“[^”]*”|„[^“”]*[“”]|"[^"]*")'
    "|(?P<remark>\\([^()]*\\))"
    "|(?P<dash>(?<=\\s)[-–—](?=\\s))"
    "|(?P<word>[\\w’'ʼ`]+(?:[-‑][\\w’'ʼ`]+)*\\.?)"
    "|(?P<other>.)",
    re.DOTALL,
)
_APOSTROPHES = "’ʼ'`"
_HYPHENS = re.compile("([-‑])")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a name: ``word``, ``quote``, ``remark`` (in parentheses), ``dash``, or ``other``: spaces and signs."""

    kind: str
    text: str

    @property
    def last(self) -> str:
        """The part of a word behind its last hyphen, which tells in what case it stands."""
        return _HYPHENS.split(self.text)[-1]


@dataclass(slots=True)
class Phrase:
    """A stretch of a name that has one head, and what was found out about it."""

    tokens: list[Token]
    declined: dict[int, Reading] = field(default_factory=dict)
    """The words that are declined, by index."""
    nested: dict[int, Phrase] = field(default_factory=dict)
    """The remarks in parentheses that are declined, by index."""
    doubts: list[Doubt] = field(default_factory=list)
    is_settled: bool = False
    """Whether it is right that nothing is declined."""

    @property
    def text(self) -> str:
        """The phrase as it stands, without the spaces and the dash around it."""
        return "".join(token.text for token in self.tokens if token.kind != "dash").strip()

    def write(self, case: int) -> str:
        """The phrase in a case, given by its number in ``Reading.forms``."""
        return "".join(self._write_token(index, case) for index in range(len(self.tokens)))

    def _write_token(self, index: int, case: int) -> str:
        if index in self.declined:
            return dress(self.declined[index].forms[case], self.tokens[index].text)
        if index in self.nested:
            return f"({self.nested[index].write(case)})"
        return self.tokens[index].text

    @property
    def lacks_yo(self) -> bool:
        """Whether a declined word has «е» where the dictionary has «ё»."""
        return any(
            self.tokens[index].text.lower().count("ё") < reading.forms[0].count("ё") for index, reading in self.declined.items()
        ) or any(phrase.lacks_yo for phrase in self.nested.values())


def cut_name(name: str) -> list[Token]:
    """The pieces of a name, which together are the name again."""
    return [Token(str(match.lastgroup), match.group()) for match in _PIECE.finditer(name)]


def split_phrases(tokens: list[Token]) -> Iterator[list[Token]]:
    """The stretches between dashes with spaces; each dash ends the one before it."""
    start = 0
    for index, token in enumerate(tokens):
        if token.kind == "dash":
            yield tokens[start : index + 1]
            start = index + 1
    yield tokens[start:]


def dress(form: str, like: str) -> str:
    """The form with the capitals, hyphens and the kind of apostrophe of the word that it comes from."""
    form = form.replace("'", next((apostrophe for apostrophe in _APOSTROPHES if apostrophe in like), "’"))
    parts = zip(_HYPHENS.split(form), _HYPHENS.split(like), strict=False)
    is_shouted = len(like) > 1 and like.isupper()
    return "".join(_dress_part(part, model, is_shouted=is_shouted) for part, model in parts)


def _dress_part(form: str, like: str, *, is_shouted: bool) -> str:
    if is_shouted or (len(like) > 1 and like.isupper()):
        return form.upper()
    return form[:1].upper() + form[1:] if like[:1].isupper() else form
