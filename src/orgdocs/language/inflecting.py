"""Case forms of titles and names: which words of a phrase are declined, and how sure that is.

The rule: the head noun with the adjectives that agree with it, before it and right after it, is declined; the tail stays
(«головного спеціаліста відділу кадрів»). An adjective or participle without a noun is the head itself («керуючого справами»).
What a dash with spaces joins is declined on both sides («начальника управління — головного бухгалтера»).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from orgdocs.language import CASES
from orgdocs.language.compounds import read_title_word
from orgdocs.language.morphology import Gender, Reading, find_cases, is_adverb, is_available
from orgdocs.language.proposals import (
    Doubt,
    Proposal,
    doubt_abbreviation,
    doubt_acting,
    doubt_foreign,
    doubt_joined,
    doubt_oblique,
    doubt_parentheses,
    doubt_quoted,
    doubt_readings,
    doubt_tail,
    doubt_thing,
    doubt_unchanged,
    doubt_unknown,
)

__all__ = ["Doubt", "Proposal", "What", "is_available", "propose"]

What = Literal["post", "unit", "body", "act"]
"""What a name names: a post or person, a unit, a body that may be either, an act."""

_LETTERS = "[^\\W\\d_]"
_PIECE = re.compile(
    '(?P<quote>«[^»]*»|“[^”]*”|„[^“”]*[“”]|"[^"]*")'
    "|(?P<remark>\\([^()]*\\))"
    "|(?P<dash>(?<=\\s)[-–—](?=\\s))"
    "|(?P<word>[\\w’'ʼ]+(?:[-‑][\\w’'ʼ]+)*\\.?)"
    "|(?P<other>.)",
    re.DOTALL,
)
_ACTING = re.compile(r"(?:т\.?\s?в\.\s?о\.?|в\.\s?о\.?|твo|тво|и\.\s?о\.?|вр\.?\s?и\.\s?о\.?|врио|врід)(?=\s)", re.IGNORECASE)
_CONJUNCTIONS = frozenset({"і", "й", "та", "або", "чи", "и", "или"})


@dataclass(frozen=True, slots=True)
class _Token:
    """A piece of a name: ``word``, ``quote``, ``remark`` (in parentheses), ``dash``, or ``other``: spaces and signs."""

    kind: str
    text: str


@dataclass(slots=True)
class _Phrase:
    """A stretch of tokens that has one head, and what was found out about it."""

    tokens: list[_Token]
    declined: dict[int, Reading] = field(default_factory=dict)
    nested: dict[int, _Phrase] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    is_settled: bool = False
    """Whether it is right that nothing is declined."""

    def write(self, case: int) -> Iterator[str]:
        """The texts of the tokens in a case, by its number in ``Reading.forms``."""
        for index, token in enumerate(self.tokens):
            if index in self.declined:
                yield _dress(self.declined[index].forms[case], token.text)
            elif index in self.nested:
                yield f"({''.join(self.nested[index].write(case))})"
            else:
                yield token.text


def propose(name: str, language: str, *, what: What) -> Proposal:
    """The forms of a name in all ``CASES``, with every reason to doubt them.

    Ukrainian and Russian, where ``is_available``. A form that is wrong and not doubted is a fault of this module.
    """
    tokens = [_Token(str(match.lastgroup), match.group()) for match in _PIECE.finditer(name)]
    phrases = [_read_phrase(part, language, what, is_later=number > 0) for number, part in enumerate(_split(tokens))]
    forms = {case: "".join("".join(phrase.write(number)) for phrase in phrases) for number, case in enumerate(CASES, 1)}
    if language == "ru" and _writes_without_yo(phrases):
        forms = {case: form.replace("ё", "е").replace("Ё", "Е") for case, form in forms.items()}
    doubts = [doubt for phrase in phrases for doubt in phrase.doubts]
    if not doubts and set(forms.values()) == {name} and not all(phrase.is_settled for phrase in phrases):
        doubts.append(doubt_unchanged(name))
    return Proposal(forms, tuple(dict.fromkeys(doubts)))


def _split(tokens: list[_Token]) -> Iterator[list[_Token]]:
    """The phrases between dashes; each dash ends the phrase before it."""
    start = 0
    for index, token in enumerate(tokens):
        if token.kind == "dash":
            yield tokens[start : index + 1]
            start = index + 1
    yield tokens[start:]


def _read_phrase(tokens: list[_Token], language: str, what: What, *, is_later: bool) -> _Phrase:
    """A phrase, read. A body is a person (міський голова) where the dictionary allows it, and else a thing (рада)."""
    phrase = _Phrase(tokens)
    _Reader(phrase, language, person=what in {"post", "body"}, is_later=is_later).read()
    is_person = phrase.declined and all(reading.part == "adjective" or reading.animate for reading in phrase.declined.values())
    if what == "body" and not is_person:
        phrase = _Phrase(tokens)
        _Reader(phrase, language, person=False, is_later=is_later).read()
    return phrase


class _Reader:
    """Finds what is declined in a phrase."""

    def __init__(self, phrase: _Phrase, language: str, *, person: bool, is_later: bool = False) -> None:
        self.phrase = phrase
        self.language = language
        self.person = person
        self.is_later = is_later
        self.words = [index for index, token in enumerate(phrase.tokens) if token.kind == "word"]

    def read(self) -> None:
        """Fill in the phrase."""
        first = next((index for index, token in enumerate(self.phrase.tokens) if token.text.strip()), None)
        if first is None:
            self.phrase.is_settled = True
        elif self.phrase.tokens[first].kind == "quote":
            self._doubt(doubt_quoted(self.phrase.tokens[first].text))
        elif not self._is_acting():
            self._read_head()

    def _doubt(self, doubt: Doubt) -> None:
        self.phrase.doubts.append(doubt)

    def _is_acting(self) -> bool:
        """Whether the phrase begins with «в. о.»: the title after it stands in the genitive, whatever the case."""
        text = "".join(token.text for token in self.phrase.tokens).lstrip()
        match = _ACTING.match(text)
        if match is None:
            return False
        word = next(iter(re.findall(r"[\w’'ʼ-]+", text[match.end() :])), "")
        if not any("genitive" in find_cases(part, self.language) for part in word.split("-")):
            self._doubt(doubt_acting(word))
        self.phrase.is_settled = True
        return True

    def _read_head(self) -> None:
        start = self._skip()
        found = self._agree(start, None) if start < len(self.words) else None
        if found is None:
            self._leave(start)
            return
        self._decline(found)
        head, reading = found[-1]
        last = self._read_after(self.words.index(head), reading)
        self._read_remarks(reading)
        self._read_tail(last, reading)

    def _leave(self, start: int) -> None:
        """Nothing is declined: right behind a dash within a tail («… загальної практики – сімейної медицини»), else doubtful."""
        self.phrase.is_settled = self.is_later and start < len(self.words) and self._is_genitive(self.words[start])
        if not self.phrase.is_settled and not self.phrase.doubts:
            self._doubt(doubt_oblique("".join(token.text for token in self.phrase.tokens).strip(" —–-")))
        self._read_remarks(None)

    def _skip(self) -> int:
        """Past what stands before the declined words: adverbs, abbreviations, foreign words."""
        for position, index in enumerate(self.words):
            text = self.phrase.tokens[index].text
            if self._is_abbreviation(text):
                self._doubt(doubt_abbreviation(text))
            elif text.isascii():
                self._doubt(doubt_foreign(text))
            elif not (is_adverb(text, self.language) and not self._readings(index)):
                return position
        return len(self.words)

    def _is_abbreviation(self, text: str) -> bool:
        """зав., КЦСОН; in a name of capitals, what is no word."""
        if text.endswith("."):
            return True
        letters = [letter for letter in text if letter.isalpha()]
        if len(letters) < 2 or not all(letter.isupper() for letter in letters) or text.isascii():
            return False
        others = [self.phrase.tokens[index].text for index in self.words]
        is_shouted = all(other.isupper() or not any(letter.isalpha() for letter in other) for other in others)
        return not (is_shouted and any(reading.is_known for reading in read_title_word(text, self.language, person=self.person)))

    def _readings(self, index: int) -> tuple[Reading, ...]:
        return read_title_word(self.phrase.tokens[index].text, self.language, person=self.person)

    def _agree(self, position: int, gender: Gender | None) -> list[tuple[int, Reading]] | None:
        """The adjectives from here on and the noun that they agree with; adjectives alone if there is no such noun."""
        if position >= len(self.words):
            return None
        index = self.words[position]
        if gender is not None and self._is_abbreviation(self.phrase.tokens[index].text):
            return None
        readings = self._readings(index)
        adjectives = [reading for reading in readings if reading.part == "adjective" and gender in {None, reading.gender}]
        for adjective in adjectives:
            after = self._next_in_line(position)
            rest = self._agree(after, adjective.gender) if after is not None else None
            if rest is not None:
                return [(index, adjective), *rest]
        nouns = [reading for reading in readings if reading.part == "noun" and (gender is None or reading.agrees(gender))]
        if nouns:
            return [(index, self._prefer(index, nouns))]
        return [(index, adjectives[0])] if adjectives else None

    def _next_in_line(self, position: int) -> int | None:
        """The position of the word that an adjective may belong to: the next one, or one behind a comma or «та»."""
        if position + 1 >= len(self.words):
            return None
        between = self._between(position, position + 1)
        if between.strip() == "" and self._is_conjunction(position + 1):
            following = position + 2
            is_adjective = following < len(self.words) and any(
                reading.part == "adjective" for reading in self._readings(self.words[following])
            )
            return following if is_adjective and self._between(position + 1, following).strip() == "" else None
        return position + 1 if between.strip() in {"", ","} else None

    def _between(self, position: int, following: int) -> str:
        """What stands between two words; a remark in parentheses does not part them."""
        tokens = self.phrase.tokens[self.words[position] + 1 : self.words[following]]
        return "".join(token.text for token in tokens if token.kind != "remark")

    def _prefer(self, index: int, nouns: list[Reading]) -> Reading:
        """One of several nouns that look alike: persons for posts, things for units, one before many."""
        ranked = sorted(nouns, key=self._rank)
        best = [reading for reading in ranked if self._rank(reading) == self._rank(ranked[0])]
        if len({_write_without_yo(reading.forms) for reading in best}) > 1:
            self._doubt(doubt_readings(self.phrase.tokens[index].text))
        return best[0]

    def _rank(self, reading: Reading) -> tuple[bool, bool]:
        return (reading.animate != self.person, reading.gender == "plur")

    def _decline(self, found: list[tuple[int, Reading]]) -> None:
        for index, reading in found:
            self.phrase.declined[index] = reading
            if not reading.is_known:
                self._doubt(doubt_unknown(self.phrase.tokens[index].text))
        index, head = found[-1]
        if self.person and head.part == "noun" and not head.animate and not head.forms[1].endswith(("а", "я")):
            self._doubt(doubt_thing(self.phrase.tokens[index].text))

    def _read_after(self, position: int, head: Reading) -> int:
        """Agreeing adjectives right after the head (сестра медична), and a second name without a hyphen (слюсар електрик)."""
        position += 1
        while position < len(self.words) and self._between(position - 1, position).strip() == "":
            index = self.words[position]
            readings = self._readings(index)
            adjective = next((reading for reading in readings if reading.part == "adjective" and head.agrees(reading.gender)), None)
            if adjective is None or not adjective.is_known:
                noun = self._second_name(index, head)
                if noun is None or not self._is_nominative(index):
                    break
                self._decline([(index, noun)])
                self._doubt(doubt_joined(self.phrase.tokens[index].text))
            else:
                self._decline([(index, adjective)])
            position += 1
        return position

    def _second_name(self, index: int, head: Reading) -> Reading | None:
        """The word as another person's title in the nominative, of the same number as the head."""
        if not self.person or self._is_abbreviation(self.phrase.tokens[index].text):
            return None
        nouns = (reading for reading in self._readings(index) if reading.part == "noun" and reading.animate and reading.is_known)
        return next((noun for noun in nouns if (noun.gender == "plur") == (head.gender == "plur")), None)

    def _read_tail(self, position: int, head: Reading) -> None:
        """A second name behind a conjunction, comma or slash is declined; what else might agree is doubted."""
        first = position
        while position < len(self.words):
            index = self.words[position]
            found = self._agree(position, None) if self._is_joined(position) and self._may_follow(position) else None
            if found is not None and self._continues(found[-1][1], head):
                self._decline(found)
                self._doubt(doubt_joined(self.phrase.tokens[found[-1][0]].text))
                position = self.words.index(found[-1][0])
            elif self._is_doubtful(position, head, is_first=position == first):
                self._doubt(doubt_tail(self.phrase.tokens[index].text))
            position += 1

    def _may_follow(self, position: int) -> bool:
        """Whether a joined word is a name of its own: surely a nominative, or right behind a name («підприємства, установи»)."""
        before = position - 2 if self._is_conjunction(position - 1) else position - 1
        return self._is_nominative(self.words[position]) or (before >= 0 and self.words[before] in self.phrase.declined)

    def _is_doubtful(self, position: int, head: Reading, *, is_first: bool) -> bool:
        """Whether a word of the tail might be a name of its own."""
        index = self.words[position]
        if self.person:
            is_near = is_first or self._is_joined(position) or self._is_nominative(index)
            return is_near and self._second_name(index, head) is not None
        return (
            head.gender == "plur" and self._is_joined(position) and any(self._continues(reading, head) for reading in self._readings(index))
        )

    def _is_joined(self, position: int) -> bool:
        before = self._between(position - 1, position).strip()
        return before in {",", "/"} or self._is_conjunction(position - 1)

    def _is_conjunction(self, position: int) -> bool:
        return self.phrase.tokens[self.words[position]].text.lower() in _CONJUNCTIONS

    def _is_genitive(self, index: int) -> bool:
        return "genitive" in find_cases(self.phrase.tokens[index].text.split("-")[-1], self.language)

    def _is_nominative(self, index: int) -> bool:
        """Whether the word can stand in the nominative only, as far as titles go."""
        cases = find_cases(self.phrase.tokens[index].text.split("-")[-1], self.language)
        return not cases & {"genitive", "dative", "instrumental", "prepositional"}

    def _continues(self, second: Reading, head: Reading) -> bool:
        """Whether two names can stand side by side: two persons or two things, one or many of each."""
        is_like = second.part == "noun" and second.is_known and second.animate == self.person
        return (
            is_like
            and (head.part == "adjective" or head.animate == second.animate)
            and (second.gender == "plur") == (head.gender == "plur")
        )

    def _read_remarks(self, head: Reading | None) -> None:
        """A title in parentheses is declined with the head, any other remark stays; both are doubtful."""
        for index, token in enumerate(self.phrase.tokens):
            if token.kind != "remark":
                continue
            self._doubt(doubt_parentheses(token.text))
            if head is None:
                continue
            tokens = [_Token(str(match.lastgroup), match.group()) for match in _PIECE.finditer(token.text[1:-1])]
            inner = _Phrase(tokens)
            _Reader(inner, self.language, person=self.person).read()
            readings = list(inner.declined.values())
            if readings and all(self._goes_with(reading, head) for reading in readings):
                self.phrase.nested[index] = inner

    def _goes_with(self, reading: Reading, head: Reading) -> bool:
        if reading.part == "adjective":
            return head.agrees(reading.gender)
        return reading.animate == self.person and (reading.gender == "plur") == (head.gender == "plur")


def _write_without_yo(forms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(form.replace("ё", "е") for form in forms)


def _writes_without_yo(phrases: list[_Phrase]) -> bool:
    """Whether the name has «е» where the dictionary has «ё»: then its forms are written so, too."""
    declined = [(phrase.tokens[index].text.lower(), reading.forms[0]) for phrase in phrases for index, reading in phrase.declined.items()]
    return any(text.count("ё") < nominative.count("ё") for text, nominative in declined)


def _dress(form: str, like: str) -> str:
    """The form with the capitals and the kind of apostrophe of the word that it comes from."""
    for apostrophe in "’ʼ":
        if apostrophe in like:
            form = form.replace("'", apostrophe)
    if len(like) > 1 and like.isupper():
        return form.upper()
    parts = zip(re.split("([-‑])", form), re.split("([-‑])", like), strict=False)
    return "".join(_dress_part(part, model) for part, model in parts)


def _dress_part(form: str, like: str) -> str:
    if len(like) > 1 and like.isupper():
        return form.upper()
    return form[:1].upper() + form[1:] if like[:1].isupper() else form
