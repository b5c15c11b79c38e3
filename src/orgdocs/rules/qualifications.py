"""OD6xx: qualifications, compared between posts and within one."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from orgdocs.model import Alternative, Position, Text
from orgdocs.problems import Finding, Note, Sentence
from orgdocs.rules.rule import Subject, warning

EDUCATION: Mapping[str, tuple[int, int]] = {
    "secondary": (0, 0),
    "vocational": (1, 1),
    "junior-bachelor": (2, 2),
    "bachelor": (3, 3),
    "specialist": (4, 4),
    "master": (4, 4),
    "higher": (3, 4),
    "higher-professional": (3, 4),
}
"""The levels of education in their order: the lowest and the highest degree that each name can mean.

``specialist`` (спеціаліст, специалист) is a degree of five years, which stands beside the master. ``higher`` and
``higher-professional`` leave open which degree it is, and so are neither above nor below any of them.
"""

STAGES = (0, 1, 1, 2, 2)
"""The stage of schooling of each degree above: school, vocational education, higher education."""

GRADES: Mapping[str, tuple[tuple[int, str], ...]] = {
    "uk": (
        (0, r"^молодш(?:ий|а)\b"), (2, r"\b(?:[IІ]{3}|3|третьої) категорії\b"), (3, r"\b(?:[IІ]{2}|2|другої) категорії\b"),
        (4, r"\b(?:[IІ]|1|першої) категорії\b"), (5, r"\bвищої категорії\b"), (6, r"^старш(?:ий|а)\b"),
        (7, r"^провідн(?:ий|а)\b"), (8, r"^головн(?:ий|а)\b"),
    ),
    "ru": (
        (0, r"^младш(?:ий|ая)\b"), (2, r"\b(?:I{3}|3|третьей) категории\b"), (3, r"\b(?:I{2}|2|второй) категории\b"),
        (4, r"\b(?:I|1|первой) категории\b"), (5, r"\bвысшей категории\b"), (6, r"^старш(?:ий|ая)\b"),
        (7, r"^ведущ(?:ий|ая)\b"), (8, r"^главн(?:ый|ая)\b"),
    ),
    "en": (
        (0, r"^junior\b"), (2, r"\bcategory (?:III|3)\b"), (3, r"\bcategory (?:II|2)\b"), (4, r"\bcategory (?:I|1)\b"),
        (6, r"^senior\b"), (7, r"^(?:leading|lead)\b"), (8, r"^chief\b"),
    ),
}  # fmt: skip
"""The words of a title that rank it above or below the same title without them, by language.

The number is the rank; a title without such a word has rank 1.
"""

_PLAIN = 1
_PATTERNS = {language: tuple((rank, re.compile(pattern, re.IGNORECASE)) for rank, pattern in grades) for language, grades in GRADES.items()}


class Demand(NamedTuple):
    """What a post asks of a person, over all alternatives: from and to. None where an alternative leaves it open."""

    years: tuple[int, int] | None
    education: tuple[int, int] | None

    def has_fewer_years_than(self, other: Demand, *, by: int = 1) -> bool:
        """Whether every alternative here asks for fewer years than every one there, by so many at least."""
        return self.years is not None and other.years is not None and self.years[1] + by <= other.years[0]

    def has_lower_education_than(self, other: Demand) -> bool:
        """Whether every alternative here asks for a lower level of education than every one there."""
        return self.education is not None and other.education is not None and self.education[1] < other.education[0]

    def is_of_lower_stage_than(self, other: Demand) -> bool:
        """Whether even the highest education asked for here belongs to a lower stage of schooling than the lowest there."""
        return self.education is not None and other.education is not None and STAGES[self.education[1]] < STAGES[other.education[0]]

    @staticmethod
    def note(position: Position) -> Note:
        """A note that leads to what a post asks for."""
        return Note(position.place.under("qualification", "any_of", 0), Sentence("this is asked of {post}", post=position.id))


def read_demand(position: Position) -> Demand:
    """What a post asks of a person at the least and at the most."""
    years: list[int] = []
    levels: list[tuple[int, int]] = []
    open_years = open_levels = not position.qualification
    for alternative in position.qualification:
        # What is said in other words may be about either.
        if alternative.years is None and (alternative.text is not None or alternative.training is not None):
            open_years = True
        years.append(alternative.years or 0)
        level = EDUCATION.get(alternative.education.level) if alternative.education else None
        if level is None:
            open_levels = True
        else:
            levels.append(level)
    return Demand(
        None if open_years else (min(years), max(years)),
        None if open_levels else (min(low for low, _ in levels), max(high for _, high in levels)),
    )


def superior_less_qualified(subject: Subject) -> Iterator[Finding]:
    """A post asks for no less experience and education than the posts that report to it directly.

    Who is led by somebody less qualified cannot be checked by that person. Only what is lower in every alternative is
    reported, and fewer years only where the superior's education is not the higher one, which makes up for them.

    Wrong:

    ```yaml
    head-of-legal.yaml: {qualification: {any_of: [{experience: {years: 1}}]}}
    lawyer.yaml: {reports_to: head-of-legal, qualification: {any_of: [{experience: {years: 3}}]}}
    ```

    Right:

    ```yaml
    head-of-legal.yaml: {qualification: {any_of: [{experience: {years: 3}}]}}
    lawyer.yaml: {reports_to: head-of-legal, qualification: {any_of: [{experience: {years: 3}}]}}
    ```
    """
    for position in subject.institution.positions.values():
        if position.partial or not position.qualification:
            continue
        own = read_demand(position)
        for below in subject.hierarchy.subordinates(position):
            if below.partial or not below.qualification or below is position:
                continue
            if below in subject.hierarchy.chain(position):
                continue  # in a circle nobody is the superior
            demand = read_demand(below)
            values = {"post": position.id, "below": below.id}
            if own.has_lower_education_than(demand):
                sentence = Sentence("{post} needs less education than {below}, which reports to it", **values)
            elif own.has_fewer_years_than(demand) and not demand.has_lower_education_than(own):
                sentence = Sentence("{post} needs fewer years of experience than {below}, which reports to it", **values)
            else:
                continue
            hint = Sentence("ask for more of {post}, or for less of {below}", **values)
            yield Finding(own.note(position).place, sentence, (demand.note(below),), hint)
            break  # the others are the same mistake of the superior's paper


def pointless_alternative(subject: Subject) -> Iterator[Finding]:
    """No alternative of a qualification is contained in another one.

    If a bachelor with two years is enough, the alternative of a master with three admits nobody else, and one of the two
    is a slip. Two levels of education with the same experience are a way of speaking, and allowed.

    Wrong:

    ```yaml
    any_of:
      - {education: {level: bachelor}, experience: {years: 2}}
      - {education: {level: master}, experience: {years: 3}}
    ```

    Right:

    ```yaml
    any_of:
      - {education: {level: bachelor}, experience: {years: 3}}
      - {education: {level: master}, experience: {years: 2}}
    ```
    """
    for position in subject.institution.positions.values():
        alternatives = position.qualification
        if len(alternatives) < 2 or position.partial:
            continue
        place = position.place.under("qualification", "any_of")
        for number, alternative in enumerate(alternatives):
            for other, wider in enumerate(alternatives):
                # Of two that are the same, the second is too many.
                if other == number or not _admits(wider, alternative) or (other > number and _admits(alternative, wider)):
                    continue
                sentence = Sentence("whoever meets this alternative for {post} meets another one too", post=position.id)
                notes = (Note(place.under(other), Sentence("this one asks for no more")),)
                hint = Sentence("take one of the two out, or correct the level or the years")
                yield Finding(place.under(number), sentence, notes, hint)
                break


def _admits(wider: Alternative, narrow: Alternative) -> bool:
    """Whether everybody who meets one alternative meets the other."""
    if wider.education is not None:
        if wider.education != narrow.education and (wider.years or 0) == (narrow.years or 0):
            return False
        if narrow.education is None:
            return False
        floor, least = EDUCATION.get(wider.education.level), EDUCATION.get(narrow.education.level)
        if floor is None or least is None or floor[0] > least[0]:
            return False
        if wider.education.fields and not (
            narrow.education.fields and all(field in wider.education.fields for field in narrow.education.fields)
        ):
            return False
    if wider.years and (wider.years > (narrow.years or 0) or wider.experience_in not in (None, narrow.experience_in)):
        return False
    return wider.training in (None, narrow.training) and wider.text in (None, narrow.text)


def junior_above_senior(subject: Subject) -> Iterator[Finding]:
    """In a unit, a junior grade of a post asks for no more than a senior grade of the same post.

    Grades are told by the words of the title, such as chief, leading, senior, category I, junior and their Ukrainian and
    Russian counterparts; the rest of the title is the same. Only what is lower in every alternative is reported.

    Wrong:

    ```yaml
    chief.yaml: {title: Chief Specialist, qualification: {any_of: [{experience: {years: 1}}]}}
    leading.yaml: {title: Leading Specialist, qualification: {any_of: [{experience: {years: 2}}]}}
    ```

    Right:

    ```yaml
    chief.yaml: {title: Chief Specialist, qualification: {any_of: [{experience: {years: 2}}]}}
    leading.yaml: {title: Leading Specialist, qualification: {any_of: [{experience: {years: 1}}]}}
    ```
    """
    language = subject.institution.organisation.language
    ladders: dict[tuple[str, str], list[tuple[int, Position]]] = {}
    for position in subject.institution.positions.values():
        unit = subject.hierarchy.unit_of(position)
        if position.qualification and not position.partial and unit is not None:
            rank, stem = split_grade(position.title, language)
            ladders.setdefault((unit.id, stem), []).append((rank, position))
    for ladder in ladders.values():
        ladder.sort(key=lambda step: (step[0], step[1].id))
        for (low, junior), (high, senior) in itertools.pairwise(ladder):
            if low < high and (junior.reports_to is None or junior.reports_to.id != senior.id):
                yield from _compare(junior, senior)


def _compare(junior: Position, senior: Position) -> Iterator[Finding]:
    asked, enough = read_demand(junior), read_demand(senior)
    values = {"junior": junior.id, "senior": senior.id}
    if enough.has_lower_education_than(asked):
        sentence = Sentence("{junior} needs more education than {senior}, which is a higher grade of the same post", **values)
    elif enough.has_fewer_years_than(asked) and not asked.has_lower_education_than(enough):
        sentence = Sentence("{junior} needs more years of experience than {senior}, which is a higher grade of the same post", **values)
    else:
        return
    hint = Sentence("ask for less of {junior}, or for more of {senior}", **values)
    yield Finding(asked.note(junior).place, sentence, (enough.note(senior),), hint)


def split_grade(title: Text, language: str) -> tuple[int, str]:
    """The rank of a title by its words of grade, and the rest of it in lower case."""
    text = title if isinstance(title, str) else title.get(language, "")
    for rank, pattern in _PATTERNS.get(language, ()):
        if match := pattern.search(text):
            return rank, " ".join((text[: match.start()] + text[match.end() :]).casefold().split()).strip(" ,")
    return _PLAIN, " ".join(text.casefold().split())


RULES = (
    warning("OD601", "superior-less-qualified", superior_less_qualified),
    warning("OD602", "pointless-alternative", pointless_alternative),
    warning("OD603", "junior-above-senior", junior_above_senior),
)
