"""Passages: the clauses of a paper one by one with where they stand, and the names that they speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from orgdocs.importing.drafts import ClauseDraft, Fact, SectionDraft, Value
from orgdocs.importing.manuscript import Spot
from orgdocs.importing.understanding.nominatives import Name, restore
from orgdocs.importing.understanding.vocabulary import find_stop, find_value, find_word_list, list_phrases

LONGEST = 6000
"""A clause with more characters is none that tells a field, and looking through it would take long."""

CASES = ("instrumental", "genitive", "dative", "accusative", "nominative")

_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3})[.!?]\s+(?=[«\"“]?[A-ZА-ЯІЇЄҐЁЎ])|(?<=[)»\"”\d])\.\s+(?=[A-ZА-ЯІЇЄҐЁЎ])")
_PLACEHOLDER = re.compile(r"_{2,}|\[[^\]]*\]|\.{4,}|…{2,}")
_PARENTHESES = re.compile(r"\s*\([^)]*\)")
_QUALIFYING = re.compile(
    r"(?:the |an? )|[\w-]+(?:[огмйіиіюяь]|ым|ом|ою|ой)\w?\s+|(?:chief|senior|first|deputy|executive|city|general|managing)\s+",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r",\s+(?:а також |та |і |и |and )?|\s+(?:та|і|й|и|and|або|или|або ж|or|або|ці)\s+")


class Passage(NamedTuple):
    """One clause or item with its place."""

    text: str
    number: str
    """With the numbers above it: ``3.1(26)``, ``2.2(а)``."""
    spot: Spot
    meaning: str
    items: tuple[ClauseDraft, ...] = ()
    depth: int = 0
    lead: str = ""
    """The sentence that leads in the list in which it stands."""

    def state(self, route: tuple[str, ...], value: Value, confidence: float, quote: str = "") -> Fact:
        """A fact that this passage tells."""
        return Fact(route, value, round(max(0.0, min(confidence, 1.0)), 2), self.spot, self.number, quote or self.text)


def walk(sections: Sequence[SectionDraft]) -> Iterator[Passage]:
    """All clauses in order, each before its items; the lead of a section comes first."""
    for section in sections:
        if section.lead:
            yield Passage(section.lead, section.lead_number.rstrip("."), section.spot, section.meaning, section.clauses)
        prefix = section.lead_number.rstrip(".")
        for clause in section.clauses:
            yield from _walk_clause(clause, section.meaning, prefix, 0, section.lead)


def _walk_clause(clause: ClauseDraft, meaning: str, prefix: str, depth: int, lead: str) -> Iterator[Passage]:
    number = _number(clause.number, prefix)
    yield Passage(clause.text, number, clause.spot, meaning, clause.items, depth, lead)
    for item in clause.items:
        yield from _walk_clause(item, meaning, number, depth + 1, clause.text)


def _number(own: str, prefix: str) -> str:
    bare = own.strip("().; ")
    if not bare or not bare[0].isalnum():
        return prefix
    if own[0].isdigit() and not own.endswith(")"):
        return bare
    return f"{prefix}({bare})" if prefix else bare


class Told(NamedTuple):
    """A name found in a phrase, with the kind of act where one was named."""

    name: Name
    act: str
    quote: str
    raw: str
    """As it stands in the text, in its case."""
    case: str
    rest: str
    """All that the sentence says from the name on."""


def find_told(passage_text: str, language: str, phrase: str) -> Told | None:
    """The name that one of the phrases for a fact is followed by, in the nominative; None if there is none or it is left blank."""
    for pattern in list_phrases(language, phrase):
        for found in pattern.finditer(passage_text):
            told = _read_found(found, language)
            if told is not None:
                return told
    return None


def _read_found(found: re.Match[str], language: str) -> Told | None:
    groups = found.groupdict()
    case = next((case for case in CASES if groups.get(case)), None)
    if case is None:
        return None
    raw = trim(_PARENTHESES.sub("", groups[case]), language)
    if not raw or is_blank(raw) or len(raw.split()) > 24:
        return None
    act = groups.get("act") or ""
    kind = find_value(language, "acts", act) if act else None
    return Told(restore(raw, language, case), str(kind or ""), found[0], raw, case, first_sentence(groups[case]))


def trim(text: str, language: str) -> str:
    """A name without what the sentence goes on to say."""
    text = first_sentence(text)
    stop = find_stop(language).search(f" {text}")
    text = text[: max(0, stop.start() - 1)] if stop else text
    return re.sub(r"\s+(?:та|і|й|и|and|або|или|or)$", "", text.strip(" ,.;:–—-"))


def first_sentence(text: str) -> str:
    """The text up to the end of its first sentence; points within quotes or after abbreviations end none."""
    for end in _SENTENCE_END.finditer(text):
        before = text[: end.start()]
        if before.count("«") == before.count("»") and before.count("“") == before.count("”") and before.count('"') % 2 == 0:
            return before
    return text


def split_sentences(text: str) -> list[str]:
    """The sentences of a text."""
    sentences = []
    while text:
        sentence = first_sentence(text)
        sentences.append(sentence)
        text = text[len(sentence) :].lstrip(" .!?")
    return sentences


def is_blank(text: str) -> bool:
    """Whether a text is, or holds, something that was never filled in."""
    return _PLACEHOLDER.search(text) is not None


def find_blank(text: str) -> str:
    """The place in a text that was never filled in, or an empty text."""
    found = _PLACEHOLDER.search(text)
    return found[0] if found else ""


def split_names(text: str, language: str) -> list[str]:
    """The names of a list: it is divided only where another post or body begins."""
    parts: list[str] = []
    last = 0
    for found in _BETWEEN.finditer(text):
        if _opens_name(text[found.end() :], language) and _opens_name(text[last : found.start()], language):
            parts.append(text[last : found.start()])
            last = found.end()
    parts.append(text[last:])
    return [trim(part, language) for part in parts if part.strip()]


def _opens_name(text: str, language: str) -> bool:
    """Whether a text begins with a post or body, with up to three words that tell which."""
    start = 0
    for _ in range(4):
        if find_word_list(language, "named").match(text, start):
            return True
        word = _QUALIFYING.match(text, start)
        if not word:
            return False
        start = word.end()
    return False
