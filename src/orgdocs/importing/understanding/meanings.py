"""Meanings: which list of the YAML a heading, or a sentence that leads in a list, stands for."""

from __future__ import annotations

import re
from typing import NamedTuple

from orgdocs.importing.understanding.vocabulary import find_pattern

HEADINGS = (
    "must_know", "qualification", "general", "indicators", "evaluation", "duties", "responsibility", "rights", "tasks", "functions",
    "relations", "interaction", "structure", "leadership", "final",
)  # fmt: skip
"""Tried in this order: "tasks and duties" are duties, "performance indicators" no evaluation."""
LEADS = ("must_know", "rights", "responsibility", "indicators", "duties", "tasks", "functions")

_FAULTS = re.compile(
    r"^(за |for |на )?(невиконання|неналежне|неисполнение|ненадлежащее|невыполнение|правопорушення|правонарушения|"
    r"совершенные|совершённые|заподіяння|завдання (матеріальної|шкоди|збитк)|причинение|нявыкананне|failure|offen[cs]es|causing)",
    re.IGNORECASE,
)
_EXCHANGED = re.compile(r"\b(отримує|одержує|надає|получает|предоставляет|представляет|атрымлівае|receives|provides)\s*:", re.IGNORECASE)


class Meaning(NamedTuple):
    """A list of the YAML, and how surely a heading stands for it."""

    name: str
    surety: float


def tell_meaning(heading: str) -> Meaning:
    """What a heading stands for: 0.95 if it is a well-known one whole, less if words stand before it or it goes on."""
    text = heading.strip(" .:;«»\"'")
    if all(find_pattern("headings", name).search(text) for name in ("must_know", "qualification")):
        return Meaning("qualification", 0.9)
    best = Meaning("", 0.0)
    for name in HEADINGS:
        found = next((found for found in find_pattern("headings", name).finditer(text) if _is_whole(text, found)), None)
        if found is None:
            continue
        before, after = len(text[: found.start()].split()), len(text[found.end() :].split())
        if before > 2:
            continue
        surety = 0.65 if before else 0.8 if after > 3 else 0.9 if after else 0.95
        if surety > best.surety:
            best = Meaning(name, surety)
    return best


def _is_whole(text: str, found: re.Match[str]) -> bool:
    """Whether what was found begins and ends at the bounds of words."""
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    return not before.isalnum() and not after.isalnum()


def tell_lead(sentence: str) -> str:
    """What list a sentence such as "has the right:" leads in, or an empty text."""
    return next((name for name in LEADS if any(_is_begun(sentence, found) for found in find_pattern("leads", name).finditer(sentence))), "")


def _is_begun(text: str, found: re.Match[str]) -> bool:
    return not text[found.start() - 1 : found.start()].isalnum()


def tells_fault(clause: str) -> bool:
    """Whether a clause begins as those of responsibility do, such as "for failure to perform"."""
    return _FAULTS.search(clause) is not None


def tells_exchange(text: str) -> bool:
    """Whether a text says what is received or provided, as relations do."""
    return _EXCHANGED.search(text) is not None
