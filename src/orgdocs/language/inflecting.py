"""Case forms of titles, units, bodies and acts: proposed by the dictionary, each with the reasons to look at it twice.

The head noun with the adjectives that agree with it is declined and the tail stays («головного спеціаліста відділу кадрів»).
What a dash with spaces joins is declined on both sides («начальника управління — головного бухгалтера»).
"""

from __future__ import annotations

from typing import Literal

from orgdocs.language import CASES
from orgdocs.language.heads import HeadFinder
from orgdocs.language.morphology import is_available
from orgdocs.language.phrases import Phrase, Token, cut_name, split_phrases
from orgdocs.language.proposals import Doubt, Proposal, doubt_unchanged

__all__ = ["Doubt", "Proposal", "What", "is_available", "propose"]

What = Literal["post", "unit", "body", "act"]
"""What a name names: a post or person, a unit, a body that may be either, an act."""


def propose(name: str, language: str, *, what: What) -> Proposal:
    """The forms of a name in all ``CASES``, with every reason to doubt them.

    Ukrainian and Russian, where ``is_available``. A form that is wrong and not doubted is a fault of this module.
    """
    stretches = enumerate(split_phrases(cut_name(name)))
    phrases = [_read_phrase(tokens, language, what, is_later=number > 0) for number, tokens in stretches]
    forms = {case: "".join(phrase.write(number) for phrase in phrases) for number, case in enumerate(CASES, 1)}
    if any(phrase.lacks_yo for phrase in phrases):
        forms = {case: form.replace("ё", "е").replace("Ё", "Е") for case, form in forms.items()}
    doubts = [doubt for phrase in phrases for doubt in phrase.doubts]
    if not doubts and set(forms.values()) == {name} and not all(phrase.is_settled for phrase in phrases):
        doubts.append(doubt_unchanged(name))
    return Proposal(forms, tuple(dict.fromkeys(doubts)))


def _read_phrase(tokens: list[Token], language: str, what: What, *, is_later: bool) -> Phrase:
    """A phrase, read. A body is a person (міський голова) where the dictionary knows it as one, and else a thing (рада)."""
    person = Phrase(tokens)
    thing = Phrase(tokens)
    if what in {"post", "body"}:
        HeadFinder(person, language, person=True, is_later=is_later).find()
        heads = [reading for reading in person.declined.values() if reading.part == "noun"]
        if what == "post" or (person.declined and all(head.animate and head.is_known for head in heads)):
            return person
    may_be_many = what == "act" and thing.text[:1].islower() and not any(letter.isdigit() for letter in thing.text)
    HeadFinder(thing, language, person=False, is_later=is_later, may_be_many=may_be_many).find()
    return thing if thing.declined else person if person.declined else thing
