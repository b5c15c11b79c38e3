"""Comments beside case forms that say how they came there: proposed by the program, or proposed and doubtful.

A form that nobody has looked at bears such a comment; who confirms the form takes the comment away. So git shows who did.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from orgdocs.language import CASES
from orgdocs.problems import Fault, Finding, Place, Route, Sentence, Span

if TYPE_CHECKING:
    from orgdocs.documents import Document

PROPOSED = {"en": "proposed", "uk": "запропоновано", "ru": "предложено"}
"""The word of the comment by language, beside forms of which the program is sure."""

DOUBTFUL = {"en": "doubtful", "uk": "сумнівно", "ru": "сомнительно"}
"""The word before the reason, beside forms of which it is not."""

FIELDS = ("forms", "short_forms")
"""The fields that hold case forms."""

_WORDS = "|".join((*PROPOSED.values(), *DOUBTFUL.values()))
COMMENT = re.compile(rf"[ \t]+#[ \t]*(?P<word>{_WORDS})\b:?[ \t]*(?P<reason>.*)")
"""The whole comment with the spaces before it."""

_DOUBTING = frozenset(DOUBTFUL.values())


class Mark(NamedTuple):
    """A comment beside forms: which of the two it is, where it stands, and the reason of the doubt as it was written."""

    is_doubtful: bool
    span: Span
    reason: str


def find_marks(document: Document) -> dict[Route, Mark]:
    """The marks of a file by the route of what they stand beside: all forms of a name, or a single one."""
    lines = {number: match for number, line in enumerate(document.text.split("\n"), 1) if (match := COMMENT.search(line))}
    if not lines or document.broken:
        return {}
    found: dict[Route, Mark] = {}
    for route in _form_routes(document.data):
        key = document.span(Place(document.path, route, at_key=True))
        match = lines.get(key.line)
        if match is not None:
            span = Span(key.line, match.start("word") + 1, key.line, match.end() + 1)
            found.setdefault(route, Mark(match["word"] in _DOUBTING, span, match["reason"].strip()))
    return found


def _form_routes(data: object, route: Route = ()) -> Iterator[Route]:
    """Every field of case forms, and every form in it, the field first."""
    if isinstance(data, dict):
        for key, value in data.items():
            below = (*route, key)
            if key in FIELDS and isinstance(value, dict):
                yield below
                yield from ((*below, case) for case in CASES if case in value)
            else:
                yield from _form_routes(value, below)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _form_routes(value, (*route, index))


def find_doubtful(document: Document) -> Iterator[Fault]:
    """A fault for every mark of doubt that is still there."""
    if not any(word in document.text for word in _DOUBTING):
        return
    for mark in find_marks(document).values():
        if mark.is_doubtful:
            sentence = Sentence("these case forms are doubtful, and nobody has confirmed them yet")
            hint = Sentence("put them right, then take this comment away")
            yield Fault("unconfirmed-form", Finding(Place(document.path, span=mark.span), sentence, hint=hint))
