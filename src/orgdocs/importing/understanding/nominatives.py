"""Nominatives: names of posts, units, bodies and acts, as they stand in prose, back in the form that a staffing table has.

With the dictionaries of ``orgdocs[forms]`` each word is looked up; without them the endings of the field's usual words decide,
and the result is less sure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from orgdocs.importing.understanding.vocabulary import find_endings, list_words
from orgdocs.language.morphology import Gender, Restored, is_available, restore_word

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_PERSON = re.compile(r"(?:[уюя]ч|[уюая]щ|чергов|дежурн|уч[её]н|рабоч|служач)\w{2}$")
"""Adjectives that name a person without a noun: завідуючий, управляющий, черговий."""
_DASH = re.compile(r"\s+[–—-]\s+")
_ARTICLE = re.compile(r"^(?:the|an?|his|her|its|their)\s+", re.IGNORECASE)
_PREPOSITIONS = frozenset(
    (
        "з",
        "із",
        "зі",
        "по",
        "в",
        "у",
        "на",
        "до",
        "для",
        "від",
        "при",
        "за",
        "про",
        "с",
        "со",
        "к",
        "о",
        "об",
        "от",
        "из",
        "и",
        "і",
        "та",
        "й",
        "або",
        "или",
    )
)


class Name(NamedTuple):
    """A name in the nominative, and how surely it is one, from 0 to 1."""

    text: str
    surety: float


def restore(text: str, language: str, case: str) -> Name:
    """The nominative of a name that stands in a case; what follows its head noun stays as it is."""
    text = text.strip(" ,;:.")
    if language == "en":
        return Name(_ARTICLE.sub("", text), 0.9)
    if case == "nominative" or not text:
        return Name(text, 0.9)
    aside = re.search(r"\(([^()]+)\)", text)
    if aside and aside.start():
        inner = restore(aside[1], language, case)
        outer = restore(text[: aside.start()], language, case)
        if inner.surety >= 0.9:
            return Name(f"{outer.text} ({inner.text}){text[aside.end() :]}", outer.surety)
    parts = _DASH.split(text)
    signs = _DASH.findall(text)
    restored = [_restore_part(part, language, case) for part in parts]
    written = restored[0].text + "".join(sign + part.text for sign, part in zip(signs, restored[1:], strict=True))
    return Name(written, min(part.surety for part in restored))


def _restore_part(text: str, language: str, case: str) -> Name:
    words = list(_WORD.finditer(text))[:6]
    chosen: list[tuple[re.Match[str], Restored]] = []
    surety = 0.95 if is_available(language) else 0.8
    for position, match in enumerate(words):
        if match[0].lower() in _PREPOSITIONS or (position and not _is_adjacent(text, words[position - 1], match)):
            break
        options = _list_options(match[0], language, case)
        if not options:
            break
        following = words[position + 1] if position + 1 < len(words) else None
        option = _choose(options, following, language, case)
        chosen.append((match, option))
        if option.part == "noun":
            break
    if not chosen:
        return Name(text, 0.5)
    head = chosen[-1][1]
    chosen += _find_after(text, words[len(chosen) - 1 :], head, language, case)
    gender = head.gender
    written, last = "", 0
    for match, option in chosen:
        word = option.word
        if option.part == "adjective" and option.gender != gender:
            word = _agree(match[0], language, case, gender) or (_make_neuter(word) if gender == "neut" else word)
        written += text[last : match.start()] + _dress(word, match[0])
        last = match.end()
    if head.part == "noun":
        return Name(written + text[last:], surety)
    return Name(written + text[last:], surety - 0.1 if _PERSON.search(head.word) and not text[last:].startswith(",") else 0.5)


def _find_after(
    text: str, words: Sequence[re.Match[str]], head: Restored, language: str, case: str
) -> list[tuple[re.Match[str], Restored]]:
    """An adjective after its noun (сестра медична), unless it goes with the next noun (директор державної установи)."""
    if head.part != "noun" or len(words) < 2 or not _is_adjacent(text, words[0], words[1]) or words[1][0].lower() in _PREPOSITIONS:
        return []
    adjective = next((o for o in _list_options(words[1][0], language, case) if o.part == "adjective" and o.gender == head.gender), None)
    if adjective is None or not is_available(language):
        return []
    if len(words) > 2 and _is_adjacent(text, words[1], words[2]):
        attributes = {option.gender for option in _list_options(words[1][0], language, "genitive") if option.part == "adjective"}
        if any(option.gender in attributes for option in _list_options(words[2][0], language, "genitive")):
            return []
    return [(words[1], adjective)]


def _is_adjacent(text: str, before: re.Match[str], after: re.Match[str]) -> bool:
    return text[before.end() : after.start()].isspace()


def _list_options(word: str, language: str, case: str) -> tuple[Restored, ...]:
    if word.isupper() and 1 < len(word) <= 6:
        return ()
    if is_available(language):
        found = restore_word(word, language, case)
        if found or language != "be":
            return found
    guessed = _guess(word, language, case)
    return (guessed,) if guessed else ()


def _choose(options: tuple[Restored, ...], following: re.Match[str] | None, language: str, case: str) -> Restored:
    """An adjective if a word of the same case follows it, else a noun: «завідуючого» alone is a person."""
    adjectives = [option for option in options if option.part == "adjective"]
    nouns = [option for option in options if option.part == "noun"]
    if not adjectives:
        return next((option for option in nouns if option.animate and option.gender != "plur"), nouns[0])
    if following is not None and following[0].lower() not in _PREPOSITIONS and (after := _list_options(following[0], language, case)):
        genders = {option.gender for option in after}
        genders |= {"masc"} if "neut" in genders and len(adjectives) == 1 else set()
        agreeing = next((option for option in adjectives if option.gender in genders), None)
        return agreeing or (nouns[0] if nouns else adjectives[0]._replace(part="noun"))
    return nouns[0] if nouns else next((option for option in adjectives if option.gender == "masc"), adjectives[0])


def _agree(word: str, language: str, case: str, gender: str) -> str | None:
    options = _list_options(word, language, case)
    return next((option.word for option in options if option.part == "adjective" and option.gender == gender), None)


def _make_neuter(adjective: str) -> str:
    """Обласний, областной: обласне, областное."""
    for ending, neuter in (("ній", "нє"), ("ий", "е"), ("ый", "ое"), ("ой", "ое")):
        if adjective.endswith(ending):
            return adjective[: -len(ending)] + neuter
    return adjective


def _guess(word: str, language: str, case: str) -> Restored | None:
    """By its ending alone."""
    lower = word.lower()
    adjectives, feminine = list_words(language, "adjective_endings"), list_words(language, "feminine_endings")
    for pair in find_endings(language, case):
        ending, _, nominative = pair.partition(":")
        if lower.endswith(ending) and len(lower) > len(ending) + 1:
            stem = lower[: len(lower) - len(ending)]
            adjective = ending in adjectives and not (ending in {"их", "им", "ой", "ей", "ій"} and len(stem) < 4)
            found = stem + ("" if nominative == "-" else nominative)
            if adjective:
                return Restored(found, "adjective", "femn" if ending in feminine else "masc", animate=True)
            gender: Gender = "neut" if found.endswith(("ння", "ття", "о", "ие", "не")) else "femn" if found.endswith(("а", "я")) else "masc"
            return Restored(found, "noun", gender, animate=True)
    return None


def _dress(word: str, like: str) -> str:
    """The word with the capitals and the apostrophe that its other form had."""
    word = word.replace("'", "’") if "’" in like or "'" not in like else word
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word
