"""Which words of a phrase are declined: the head, the adjectives that agree with it, and names that stand beside it.

The head is the first noun in the nominative; «завідувач» in «завідувач відділення». Adjectives before it that agree belong to
it («головний державний інспектор»), as do those right behind it («сестра медична»); an adjective or participle without such a
noun is the head itself («керуючий справами»). What follows is the tail and stays.
"""

from __future__ import annotations

import re

from orgdocs.language.compounds import read_title_word
from orgdocs.language.morphology import Gender, Reading, find_cases, is_adverb
from orgdocs.language.phrases import Phrase, Token, cut_name
from orgdocs.language.proposals import (
    Doubt,
    doubt_abbreviation,
    doubt_acting,
    doubt_adjective,
    doubt_foreign,
    doubt_joined,
    doubt_oblique,
    doubt_parentheses,
    doubt_person,
    doubt_quoted,
    doubt_readings,
    doubt_tail,
    doubt_thing,
    doubt_unknown,
)

_ACTING = re.compile(r"(?:т\.?\s?)?в\.\s?о\.|и\.\s?о\.|вр\.?\s?и\.\s?о\.|(?:тво|врио|врід)(?=\s)", re.IGNORECASE)
_LEGAL_FORM = re.compile(
    r"(?:(?:ТОВ|ТзОВ|ПП|ФОП|АТ|ПАТ|ПрАТ|КП|КНП|КУ|КЗ|КЗО|ДП|ДУ|ДНЗ|ЗДО|ЗОШ|ОСББ|ГО|БО|БФ|ФГ|ООО|ОАО|ЗАО|ПАО|НАО|АО|ИП|АНО|НКО|МУП|ГУП|ФГУП|"
    r"МУ|МБУ|МАУ|МКУ|МБОУ|МАОУ|МКОУ|МБДОУ|МБУК|МБУЗ|ГУ|ГБУ|ГАУ|ГКУ|ГБОУ|ГБУЗ|ОГБУ|ФГБУ|ФГБОУ|ФГАОУ|ВО|СПО|ДУА|УП|РУП|КУП)\s+)+[«\"“]"
)
"""Legal forms of institutions before a name in quotes: such a name is the same in all cases."""
_CONJUNCTIONS = frozenset({"і", "й", "та", "або", "чи", "и", "или"})


class HeadFinder:
    """Fills in what is declined in one phrase.

    ``person`` says that it names people; ``is_later``, that a dash stands before it; ``may_be_many``, that one is not more
    likely than many, so that a word that can be either is doubtful: рішення.
    """

    def __init__(self, phrase: Phrase, language: str, *, person: bool, is_later: bool = False, may_be_many: bool = False) -> None:
        self.phrase = phrase
        self.language = language
        self.person = person
        self.is_later = is_later
        self.may_be_many = may_be_many
        self.words = [index for index, token in enumerate(phrase.tokens) if token.kind == "word"]

    def find(self) -> None:
        """Look at the whole phrase, once."""
        first = next((token for token in self.phrase.tokens if token.text.strip()), None)
        if first is None or _LEGAL_FORM.match(self.phrase.text.lstrip()):
            self.phrase.is_settled = True
        elif first.kind == "quote":
            self._doubt(doubt_quoted(first.text))
        elif not self._is_acting():
            self._find_head()

    def _doubt(self, doubt: Doubt) -> None:
        self.phrase.doubts.append(doubt)

    def _token(self, position: int) -> Token:
        """The word at a position, counted in words."""
        return self.phrase.tokens[self.words[position]]

    def _readings(self, position: int) -> tuple[Reading, ...]:
        return read_title_word(self._token(position).text, self.language, person=self.person)

    # What stands before the head.

    def _is_acting(self) -> bool:
        """Whether the phrase begins with «в. о.»: the title after it stands in the genitive, whatever the case."""
        match = _ACTING.match(self.phrase.text)
        if match is None:
            return False
        word = next(iter(re.findall(r"[\w’'ʼ]+", self.phrase.text[match.end() :])), "")
        if "genitive" not in find_cases(word, self.language):
            self._doubt(doubt_acting(word))
        self.phrase.is_settled = True
        return True

    def _skip(self) -> int:
        """The position behind adverbs, abbreviations and foreign words at the beginning."""
        for position in range(len(self.words)):
            text = self._token(position).text
            if self._is_abbreviation(position):
                self._doubt(doubt_abbreviation(text))
            elif text.isascii():
                self._doubt(doubt_foreign(text))
            elif self._readings(position) or not is_adverb(text, self.language):
                return position
        return len(self.words)

    def _is_abbreviation(self, position: int) -> bool:
        """зав., КЦСОН; where the whole name is in capitals, what is no word."""
        text = self._token(position).text
        if text.endswith("."):
            return True
        if text.isascii() or not text.isupper() or sum(map(str.isalpha, text)) < 2:
            return False
        is_shouted = not any(letter.islower() for token in self.phrase.tokens if token.kind == "word" for letter in token.text)
        return not (is_shouted and any(reading.is_known for reading in self._readings(position)))

    # The head and what agrees with it.

    def _find_head(self) -> None:
        start = self._skip()
        found = self._agree(start, None) if start < len(self.words) else None
        if found is None or self._is_tail(*found[-1], start):
            self._leave(start)
            return
        self._decline(found)
        position, head = found[-1]
        if head.part == "adjective" and not self._stands_alone(position):
            self._doubt(doubt_adjective(self._token(position).text))
        behind = self._find_behind(position + 1, head)
        self._find_remarks(head)
        self._find_beside(behind, head)

    def _is_tail(self, position: int, head: Reading, start: int) -> bool:
        """Whether what looks like a head may as well be a genitive: behind an abbreviation, or many behind a dash."""
        return "genitive" in self._cases(position) and (start > 0 or (self.is_later and head.gender == "plur"))

    def _leave(self, start: int) -> None:
        """Nothing is declined: right for a tail that has a dash in it («… загальної практики – сімейної медицини»), else doubtful."""
        self.phrase.is_settled = self.is_later and start < len(self.words) and "genitive" in self._cases(start)
        if not self.phrase.is_settled and not self.phrase.doubts:
            self._doubt(doubt_oblique(self.phrase.text))
        self._find_remarks(None)

    def _agree(self, position: int, gender: Gender | None) -> list[tuple[int, Reading]] | None:
        """The adjectives from here on and the noun that they agree with; adjectives alone if there is no such noun."""
        if position >= len(self.words) or (gender is not None and self._is_abbreviation(position)):
            return None
        readings = self._readings(position)
        adjectives = [reading for reading in readings if reading.part == "adjective" and gender in {None, reading.gender}]
        for adjective in adjectives:
            after = self._find_next(position)
            rest = self._agree(after, adjective.gender) if after is not None else None
            if rest is not None:
                return [(position, adjective), *rest]
        nouns = [reading for reading in readings if reading.part == "noun" and (gender is None or reading.agrees(gender))]
        if nouns:
            return [(position, self._prefer(position, nouns))]
        return [(position, adjectives[0])] if adjectives else None

    def _find_next(self, position: int) -> int | None:
        """The position of the word that an adjective may belong to: the next one, or one behind a comma or «та»."""
        following = position + 1
        if following >= len(self.words):
            return None
        between = self._between(position, following)
        if between == "" and self._is_conjunction(following):
            behind = following + 1
            is_adjective = behind < len(self.words) and any(reading.part == "adjective" for reading in self._readings(behind))
            return behind if is_adjective and self._between(following, behind) == "" else None
        return following if between in {"", ","} else None

    def _between(self, position: int, following: int) -> str:
        """The signs between two words; a remark in parentheses and a quotation do not part them."""
        tokens = self.phrase.tokens[self.words[position] + 1 : self.words[following]]
        return "".join(token.text for token in tokens if token.kind not in {"remark", "quote"}).strip()

    def _prefer(self, position: int, nouns: list[Reading]) -> Reading:
        """One of several nouns that look alike: persons for posts, things for units, one before many."""
        ranked = sorted(nouns, key=self._rank)
        count = 1 if self.may_be_many else 2
        best = [reading for reading in ranked if self._rank(reading)[:count] == self._rank(ranked[0])[:count]]
        if len({tuple(form.replace("ё", "е") for form in reading.forms) for reading in best}) > 1:
            self._doubt(doubt_readings(self._token(position).text))
        return best[0]

    def _rank(self, reading: Reading) -> tuple[bool, bool]:
        return (reading.animate != self.person, reading.gender == "plur")

    def _stands_alone(self, position: int) -> bool:
        """Whether an adjective is used as a noun: a participle, or one that the dictionary has as a noun, too."""
        return any(reading.part == "noun" or reading.stands_alone for reading in self._readings(position))

    def _decline(self, found: list[tuple[int, Reading]]) -> None:
        for position, reading in found:
            self.phrase.declined[self.words[position]] = reading
            if not reading.is_known:
                self._doubt(doubt_unknown(self._token(position).text))
        position, head = found[-1]
        if head.part == "noun" and head.animate != self.person and (self.is_later or _depends_on_life(head)):
            text = self._token(position).text
            self._doubt(doubt_thing(text) if self.person else doubt_person(text))

    # What stands behind the head.

    def _find_behind(self, position: int, head: Reading) -> int:
        """Agreeing adjectives right behind the head (сестра медична), and a second name without a hyphen (слюсар токар).

        Gives the position where the tail begins.
        """
        while position < len(self.words) and self._between(position - 1, position) == "":
            if not self._is_nominative(position):
                break
            adjective = next((reading for reading in self._readings(position) if _belongs(reading, head)), None)
            second = self._find_second(position, head)
            if adjective is not None:
                self._decline([(position, adjective)])
            elif second is not None:
                self._decline([(position, second)])
                self._doubt(doubt_joined(self._token(position).text))
            else:
                break
            position += 1
        return position

    def _find_second(self, position: int, head: Reading) -> Reading | None:
        """The word as another person's title in the nominative, of the same number as the head, if that is a noun."""
        if not self.person or self._is_abbreviation(position):
            return None
        is_compound = self._token(position).last != self._token(position).text
        nouns = (other for other in self._readings(position) if other.part == "noun" and other.animate and (other.is_known or is_compound))
        return next((noun for noun in nouns if head.part == "adjective" or _is_one(noun) == _is_one(head)), None)

    def _find_beside(self, behind: int, head: Reading) -> None:
        """In the tail: a second name behind a conjunction, comma or slash is declined, as is «особа, відповідальна за …».

        What else might agree is doubted.
        """
        position = behind
        while position < len(self.words):
            found = self._agree(position, None) if self._may_begin(position) else None
            if found is not None and (self._continues(found[-1][1], head) or _belongs(found[-1][1], head)):
                if _belongs(found[0][1], head) and found[0][1].is_participle:
                    found = found[:1]
                self._decline(found)
                position = found[-1][0]
                self._doubt(doubt_joined(self._token(position).text))
            elif not self._is_conjunction(position) and self._might_agree(position, head, is_first=position == behind):
                self._doubt(doubt_tail(self._token(position).text))
            position += 1

    def _may_begin(self, position: int) -> bool:
        """Whether a name can begin here: a joined word in the nominative, surely or right behind a name («підприємства, установи»)."""
        if not self._is_joined(position):
            return False
        return self._is_nominative(position) or self._follows_name(position)

    def _follows_name(self, position: int) -> bool:
        """Whether a joined word stands right behind a declined one: «відділення та служби»."""
        before = position - 2 if self._is_conjunction(position - 1) else position - 1
        return before >= 0 and self.words[before] in self.phrase.declined

    def _continues(self, second: Reading, head: Reading) -> bool:
        """Whether two names can stand side by side: two persons or two things, one or many of each."""
        is_like = second.part == "noun" and second.is_known and second.animate == self.person
        return is_like and _is_one(second) == _is_one(head) and (head.part == "adjective" or head.animate == self.person)

    def _might_agree(self, position: int, head: Reading, *, is_first: bool) -> bool:
        """Whether a word of the tail might be a name of its own, or an adjective of the head."""
        is_nominative = self._is_nominative(position)
        is_last = position == len(self.words) - 1
        if (is_nominative or is_last) and any(_belongs(reading, head) for reading in self._readings(position)):
            found = self._agree(position, None)
            return found is not None and found[-1][1].part == "adjective"
        if self.person:
            is_near = is_first or is_nominative or self._is_joined(position)
            return is_near and self._find_second(position, head) is not None
        if not self._is_joined(position):
            return False
        is_beside = self._follows_name(position) and any(reading.part == "noun" for reading in self._readings(position))
        return is_beside or (head.gender == "plur" and any(self._continues(other, head) for other in self._readings(position)))

    def _is_joined(self, position: int) -> bool:
        return self._between(position - 1, position) in {",", "/"} or self._is_conjunction(position - 1)

    def _is_conjunction(self, position: int) -> bool:
        return self._token(position).text.lower() in _CONJUNCTIONS

    def _cases(self, position: int) -> frozenset[str]:
        return find_cases(self._token(position).last, self.language)

    def _is_nominative(self, position: int) -> bool:
        """Whether the word can hardly be anything but a nominative: nothing that a tail consists of."""
        return not self._cases(position) & {"genitive", "dative", "instrumental", "prepositional"}

    def _find_remarks(self, head: Reading | None) -> None:
        """A title in parentheses is declined with the head, any other remark stays; both are doubtful."""
        for index, token in enumerate(self.phrase.tokens):
            if token.kind != "remark":
                continue
            self._doubt(doubt_parentheses(token.text))
            inner = Phrase(cut_name(token.text[1:-1]))
            HeadFinder(inner, self.language, person=self.person).find()
            readings = list(inner.declined.values())
            nouns = [reading for reading in readings if reading.part == "noun"]
            if head is not None and (
                any(self._continues(noun, head) for noun in nouns) or (not nouns and any(_belongs(reading, head) for reading in readings))
            ):
                self.phrase.nested[index] = inner


def _is_one(reading: Reading) -> bool:
    return reading.gender != "plur"


def _belongs(reading: Reading, head: Reading) -> bool:
    """Whether this is an adjective that agrees with the head."""
    return reading.part == "adjective" and reading.is_known and head.agrees(reading.gender)


def _depends_on_life(noun: Reading) -> bool:
    """Whether a noun is declined differently as a person and as a thing: not where the genitive of a thing is a person's, too."""
    return noun.gender == "plur" or (noun.gender == "masc" and (noun.animate or not noun.forms[1].endswith(("а", "я"))))
