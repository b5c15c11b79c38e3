"""OD806, OD807 and OD819: how entries of lists are typed: numbers of their own, closing marks, commas that split."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from orgdocs.model.texts import Passage
from orgdocs.problems import Finding, Note, Route, Sentence
from orgdocs.rules.passages import is_clause, reading_of
from orgdocs.rules.rule import Subject, warning
from orgdocs.rules.slips import (
    MAY_BE_NUMBERED,
    find_lettered,
    find_number,
)


def typed_number(subject: Subject) -> Iterator[Finding]:
    """A clause begins with its words, not with a number, letter, dash or bullet.

    The paper sets numbers and signs of lists itself. A typed one is printed besides, and is wrong after the next change. One
    capital letter, as "P." from a scanned 11, is told and not mended by itself; before a capital letter, where it may be an
    initial, only if another entry of the list begins with a number.

    Wrong:

    ```yaml
    duties:
      - 2.1. keeps the register
      - "– answers letters"
    ```

    Right:

    ```yaml
    duties:
      - keeps the register
      - answers letters
    ```
    """
    for sheet in reading_of(subject.hierarchy).sheets:
        if not MAY_BE_NUMBERED.search(sheet.joined) and "\n " not in sheet.joined:
            continue
        clauses = [passage for passage in sheet.passages if is_clause(passage)]
        numbered = {_list_of(passage) for passage in clauses if find_number(passage.text) is not None}
        for passage in clauses:
            slip = find_number(passage.text)
            if slip is None and numbered and _list_of(passage) in numbered:
                slip = find_lettered(passage.text)
            if slip is not None:
                number = passage.text[slip.start : slip.end].strip()
                sentence = Sentence("the clause begins with a typed number or sign: {number}", number=number)
                yield Finding(passage.place, sentence, hint=_LEAVE_OUT if slip.better is None else _FIX_NUMBER)


_LEAVE_OUT = Sentence("leave it out; the paper sets it")
_FIX_NUMBER = Sentence("leave it out (orgdocs check --fix does it); the paper sets it")

_MARKS = (";", ".", ",")
_SENTENCES = re.compile(r"[.!?]\s+[A-ZА-ЯЄІЇҐЁЎ]")


def list_punctuation(subject: Subject) -> Iterator[Finding]:
    """The entries of one list end alike: all without a mark, or all with the same one; the last may end the sentence.

    The paper closes entries itself and leaves a typed mark as it is, so that a list with both prints unevenly. An entry of
    several sentences may end with its full stop.

    Wrong:

    ```yaml
    duties:
      - keeps the register.
      - answers letters
      - prepares meetings
    ```

    Right:

    ```yaml
    duties:
      - keeps the register
      - answers letters
      - prepares meetings
    ```
    """
    for sheet in reading_of(subject.hierarchy).sheets:
        if not any(mark + "\n" in sheet.joined for mark in _MARKS):
            continue
        lists: dict[Route, list[Passage]] = {}
        for passage in sheet.passages:
            if is_clause(passage):
                lists.setdefault(_list_of(passage), []).append(passage)
        for entries in lists.values():
            yield from _compare_ends(entries)


def _list_of(passage: Passage) -> Route:
    """The route to the list that a clause is an entry of."""
    route = passage.place.route
    while not isinstance(route[-1], int):
        route = route[:-1]
    return route[:-1]


def _compare_ends(entries: Sequence[Passage]) -> Iterator[Finding]:
    ends = [(passage, _end_of(passage.text)) for passage in entries]
    if ends[-1][1] == ".":
        ends.pop()
    counted = [(passage, end) for passage, end in ends if end is not None]
    counts = Counter(end for _, end in counted)
    if len(counts) < 2:
        return
    usual = max(counts, key=lambda end: (counts[end], end == ""))
    passage, end = next((passage, end) for passage, end in counted if end != usual)
    other = next(passage for passage, end in counted if end == usual)
    if end:
        sentence = Sentence("this entry ends with {mark}, unlike others of its list", mark=end)
    else:
        sentence = Sentence("this entry ends without a mark, unlike others of its list")
    hint = Sentence("leave closing marks out; the paper sets them")
    yield Finding(passage.place, sentence, (Note(other.place, Sentence("this one ends otherwise")),), hint)


def _end_of(text: str) -> str | None:
    """The mark that closes an entry, "" for none, None where the end says nothing."""
    text = text.rstrip()
    last = text[-1:]
    if last in _MARKS:
        several = last == "." and (_SENTENCES.search(text) is not None or _is_abbreviated(text))
        return None if several else last
    return None if last in ":!?…" else ""


def _is_abbreviated(text: str) -> bool:
    """Whether the last word is an abbreviation with a point of its own: тощо needs none, "та ін." does."""
    word = text.rsplit(maxsplit=1)[-1]
    return len(word.rstrip(".")) <= 4 or "." in word[:-1]


_GOES_ON = re.compile(
    r"(?:який|яка|яке|які|якого|якої|яких|якому|якій|яким|якою|якими|що|котор(?:ый|ая|ое|ые|ого|ой|ых|ому|ым|ую|ыми)"
    r"|што|як(?:ая|ое|ія|ога|ой|іх)|which|who|whose|whom)\s"
)
_MAY_GO_ON = ("\nяк", "\nщо ", "\nкотор", "\nшто ", "\nwh")


def split_entry(subject: Subject) -> Iterator[Finding]:
    """An entry of a list does not begin like the continuation of a sentence: "which …", "який …", "который …".

    In a list in square brackets every comma begins a new entry. A text with a comma in it must be put in quotes there, or the
    list must be written with dashes. Lists that begin with such a word, such as lists of questions, are left alone.

    Wrong:

    ```yaml
    duties: [keeps the acts, which the council adopts]
    ```

    Right:

    ```yaml
    duties: ["keeps the acts, which the council adopts"]
    ```
    """
    for sheet in reading_of(subject.hierarchy).sheets:
        if not any(word in sheet.joined for word in _MAY_GO_ON):
            continue
        before: Passage | None = None
        for passage in sheet.passages:
            if is_clause(passage) and _GOES_ON.match(passage.text):
                siblings = before is not None and is_clause(before) and _list_of(before) == _list_of(passage)
                if before is not None and siblings and not _GOES_ON.match(before.text):
                    word = passage.text.split(maxsplit=1)[0]
                    sentence = Sentence("the entry begins with {word}, like the continuation of the one before it", word=word)
                    note = Note(before.place, Sentence("the entry before it"))
                    hint = Sentence("if a comma has split a text, put the whole of it in quotes")
                    yield Finding(passage.place, sentence, (note,), hint)
            before = passage


RULES = (
    warning("OD806", "typed-number", typed_number),
    warning("OD807", "list-punctuation", list_punctuation),
    warning("OD819", "split-entry", split_entry),
)
