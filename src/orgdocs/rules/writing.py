"""OD805, OD813 to OD818 and OD820: how texts are typed: what was left to fill in, signs, letters, languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from orgdocs.problems import Finding, Sentence
from orgdocs.rules.passages import is_clause, reading_of
from orgdocs.rules.rule import Subject, warning
from orgdocs.rules.slips import (
    APOSTROPHE,
    LETTER_APOSTROPHE,
    find_apostrophes,
    find_foreign,
    find_mixed,
    find_placeholder,
    find_quotes,
    find_spaces,
    may_be_unfilled,
)

_BY_ITSELF = Sentence("orgdocs check --fix does it")

_SIGNED = {("arrangement", part) for part in ("stamp", "closing")}
"""Parts of a paper that people sign, where a line to write on is no gap."""


def placeholder(subject: Subject) -> Iterator[Finding]:
    """Nothing is left to be filled in: no ____, […], [position], TBD, "(specify …)" or the like.

    A paper with a gap in it gets signed sooner or later. Numbers and dates of papers are no texts: what of them is missing
    prints as a line to fill in. The lines to sign on that an arrangement keeps in its stamp and closing are left alone.

    Wrong:

    ```yaml
    duties:
      - keeps the register of ____
    ```

    Right:

    ```yaml
    duties:
      - keeps the register of contracts
    ```
    """
    for sheet in reading_of(subject.hierarchy).sheets:
        for passage in sheet.passages if may_be_unfilled(sheet.joined, sheet.language) else sheet.unusual:
            if (found := find_placeholder(passage.text)) and not (passage.place.route[1:3] in _SIGNED and not found.strip("_")):
                sentence = Sentence("something is still to be filled in here: {found}", found=found)
                yield Finding(passage.place, sentence, hint=Sentence("write what belongs here, or leave the text out"))


# -- letters --------------------------------------------------------------------------------------------------------


def mixed_alphabets(subject: Subject) -> Iterator[Finding]:
    """No word mixes Cyrillic letters with Latin ones that look the same.

    Such a word cannot be searched for, is sorted wrongly, and a voice reads it out as nonsense. Roman numerals may be typed
    with either.

    Wrong:

    ```yaml
    title: диpектор
    ```

    Right:

    ```yaml
    title: директор
    ```
    """
    for passage in reading_of(subject.hierarchy).unusual():
        for word, letters in find_mixed(passage.text):
            if letters[0].isascii():
                sentence = Sentence("the word {word} has letters of the Latin alphabet in it: {letters}", word=word, letters=letters)
            else:
                sentence = Sentence("the word {word} has letters of the Cyrillic alphabet in it: {letters}", word=word, letters=letters)
            yield Finding(passage.place, sentence, hint=Sentence("type the word anew, with the keyboard set to its language"))


def spaces(subject: Subject) -> Iterator[Finding]:
    """Between words stands one space; a text neither begins nor ends with one.

    Further spaces show in print, and make equal texts differ.

    Wrong:

    ```yaml
    duties: ["keeps  the register "]
    ```

    Right:

    ```yaml
    duties: [keeps the register]
    ```
    """
    for sheet in reading_of(subject.hierarchy).sheets:
        if "  " not in sheet.joined and " \n" not in sheet.joined and "\n " not in sheet.joined:
            continue
        for passage in sheet.passages:
            slip = next(find_spaces(passage.text), None)
            if slip is None:
                continue
            if slip.better:
                before = passage.text[: slip.start].rsplit(maxsplit=1)[-1]
                sentence = Sentence("there is more than one space after {word}", word=before)
            elif slip.start == 0:
                sentence = Sentence("the text begins with a space")
            else:
                sentence = Sentence("the text ends with a space")
            yield Finding(passage.place, sentence, hint=_BY_ITSELF)


def quotes(subject: Subject) -> Iterator[Finding]:
    """Quotes are those of the language: « » in Ukrainian, Russian and Belarusian, “ ” or straight ones in English.

    Straight quotes between the right ones look like a draft, and the title of an act is not found by its quotes.

    Wrong:

    ```yaml
    general:
      - text: {uk: 'Відділ керується Законом України "Про звернення громадян"'}
    ```

    Right:

    ```yaml
    general:
      - text: {uk: Відділ керується Законом України «Про звернення громадян»}
    ```
    """
    for passage in reading_of(subject.hierarchy).unusual():
        slip = next(find_quotes(passage.text, passage.language), None)
        if slip is None:
            continue
        sign = passage.text[slip.start : slip.end]
        right = "“ ”" if passage.language == "en" else "« »"
        hint = Sentence("write {right}", right=right) if slip.better is None else _BY_ITSELF
        yield Finding(passage.place, Sentence("{sign} is no quotation mark of this language", sign=sign), hint=hint)


def apostrophe(subject: Subject) -> Iterator[Finding]:
    """Ukrainian words have one kind of apostrophe in the whole institution: ’, or ʼ where it is used more.

    With several kinds, the same word is not found when it is searched for. One warning is given for each file.

    Wrong:

    ```yaml
    title: {uk: інспектор зі зв'язків}
    ```

    Right:

    ```yaml
    title: {uk: інспектор зі зв’язків}
    ```
    """
    reading = reading_of(subject.hierarchy)
    other = LETTER_APOSTROPHE if reading.apostrophe == APOSTROPHE else APOSTROPHE
    for sheet in reading.sheets:
        if sheet.language != "uk":
            continue
        looked_at = sheet.passages if other in sheet.joined else sheet.unusual
        found = [(passage, slip) for passage in looked_at for slip in find_apostrophes(passage.text, reading.apostrophe)]
        if not found:
            continue
        passage, slip = found[0]
        sign = passage.text[slip.start : slip.end]
        sentence = Sentence("the apostrophe {sign} stands here, elsewhere it is {right}", sign=sign, right=reading.apostrophe)
        if len(found) > 1:
            sentence = Sentence("the apostrophe {sign} stands here, elsewhere it is {right}; {count} words of the file differ",
                                sign=sign, right=reading.apostrophe, count=len(found))  # fmt: skip
        yield Finding(passage.place, sentence, hint=_BY_ITSELF)


_DASHES = {" – ": "–", " — ": "—", " - ": "-"}


def dash(subject: Subject) -> Iterator[Finding]:
    """Between words stands one kind of dash in the whole institution, and no hyphen where others have a dash.

    An en dash and an em dash by turns look as if put together from several papers, which they are. One warning is given for
    each file.

    Wrong:

    ```yaml
    duties:
      - keeps the register – of contracts and of letters
      - answers letters - of citizens and of bodies
    ```

    Right:

    ```yaml
    duties:
      - keeps the register – of contracts and of letters
      - answers letters – of citizens and of bodies
    ```
    """
    sheets = reading_of(subject.hierarchy).sheets
    counts: dict[str, Counter[str]] = {}
    for sheet in sheets:
        count = counts.setdefault(sheet.language, Counter())
        for dash_between in _DASHES:
            count[dash_between] += sheet.joined.count(dash_between)
    for sheet in sheets:
        count = counts[sheet.language]
        usual = " — " if count[" — "] > count[" – "] else " – "
        others = [other for other in _DASHES if other != usual and count[other]]
        if not count[usual] or not any(other in sheet.joined for other in others):
            continue
        passage = next(passage for passage in sheet.passages if any(other in passage.text for other in others))
        sign = next(_DASHES[other] for other in others if other in passage.text)
        sentence = Sentence("{sign} stands between words here, elsewhere it is {usual}", sign=sign, usual=_DASHES[usual])
        yield Finding(passage.place, sentence, hint=Sentence("use one kind of dash"))


def other_language(subject: Subject) -> Iterator[Finding]:
    """A text is in the language that it is declared in: that of the organisation, or the one it is given under.

    What was taken over from a paper in another language must be translated. It is known by letters that the declared language
    has not; names of foreign things may be put in another way. One warning is given for each file.

    Wrong:

    ```yaml
    duties:
      - text: {uk: выдаёт справки}
    ```

    Right:

    ```yaml
    duties:
      - text: {uk: видає довідки}
    ```
    """
    for sheet in reading_of(subject.hierarchy).sheets:
        found = [(passage, sign) for passage in sheet.unusual if (sign := find_foreign(passage.text, sheet.language))]
        if not found:
            continue
        passage, sign = found[0]
        sentence = Sentence("{sign} does not occur in the language {language} of this text", sign=sign, language=sheet.language)
        if len(found) > 1:
            sentence = Sentence("{sign} does not occur in the language {language} of this text; {count} texts of the file are like it",
                                sign=sign, language=sheet.language, count=len(found))  # fmt: skip
        yield Finding(passage.place, sentence, hint=Sentence("translate it, or give it under its own language"))


# As the Ukrainian orthography of 2019 has it, and as it was before.
_SPELLINGS = (("проєкт", "проект"), ("вебсай", "веб-сай"), ("вебсторін", "веб-сторін"), ("вебпорт", "веб-порт"))
_QUOTED = re.compile("«[^«»]*»")


def two_spellings(subject: Subject) -> Iterator[Finding]:
    """Ukrainian words are spelt in one way in the whole institution: проєкт, and not also проект.

    The orthography of 2019 spells some words anew; texts taken over from older papers bring the old spelling back, and who
    searches for the word finds half of the places. An institution that keeps the old spelling throughout is left alone, and so
    is what stands in quotes. One warning is given for each file and word.

    Wrong:

    ```yaml
    duties:
      - text: {uk: готує проєкти рішень}
      - text: {uk: вивчає проекти угод}
    ```

    Right:

    ```yaml
    duties:
      - text: {uk: готує проєкти рішень}
      - text: {uk: вивчає проєкти угод}
    ```
    """
    sheets = [sheet for sheet in reading_of(subject.hierarchy).sheets if sheet.language == "uk"]
    for new, old in _SPELLINGS:
        if not any(new[1:] in sheet.joined for sheet in sheets):
            continue
        for sheet in sheets:
            if old[1:] not in sheet.joined:
                continue
            for passage in sheet.passages:
                if old[1:] in passage.text and is_clause(passage) and (word := _spelt(old, passage.text)):
                    better = word[0] + new[1:] + word[len(old) :]
                    sentence = Sentence("{word} is spelt {right} elsewhere", word=word, right=better)
                    yield Finding(passage.place, sentence, hint=Sentence("write {right}", right=better))
                    break


def _spelt(beginning: str, text: str) -> str | None:
    """The first word of a text, outside quotes, that begins so."""
    match = re.search(rf"(?<!\w){beginning}\w*", _QUOTED.sub("", text), re.IGNORECASE)
    return match.group() if match else None


RULES = (
    warning("OD805", "placeholder", placeholder),
    warning("OD813", "mixed-alphabets", mixed_alphabets),
    warning("OD814", "spaces", spaces),
    warning("OD815", "quotes", quotes),
    warning("OD816", "apostrophe", apostrophe),
    warning("OD817", "dash", dash),
    warning("OD818", "other-language", other_language),
    warning("OD820", "two-spellings", two_spellings),
)
