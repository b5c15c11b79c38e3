"""Oddnesses: what is wrong with an old paper itself: gaps in its numbers, clauses that stand twice, blanks never filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from orgdocs.importing.drafts import ClauseDraft, Oddness, PaperDraft, SectionDraft
from orgdocs.importing.manuscript import Spot
from orgdocs.importing.understanding.lines import Line
from orgdocs.importing.understanding.marks import letter_value, roman_value
from orgdocs.importing.understanding.passages import Passage, find_blank, walk
from orgdocs.importing.understanding.vocabulary import LANGUAGES, list_words
from orgdocs.problems import Sentence

_PATH = re.compile(r"\d+(?:\.\d+)*")
_ABBREVIATION = re.compile(r"(?<![\w«\"“-])([A-ZА-ЯІЇЄҐЎЁ]{2,8}(?:-[A-ZА-ЯІЇЄҐ]{1,4})?)(?![\w-])")
_DEFINED = re.compile(
    r"[(–—-]\s*(?:далі|надалі|далее|в дальнейшем|далей|hereinafter|hereafter)?[^()]{0,40}?([A-ZА-ЯІЇЄҐЎЁ]{2,8})\s*\)|"
    r"\b([A-ZА-ЯІЇЄҐЎЁ]{2,8})\s*\("
)
_COMMON = frozenset(word for language in LANGUAGES for word in list_words(language, "abbreviations"))


def find_oddnesses(sections: Sequence[SectionDraft], head: Sequence[Line], residue: Sequence[Line]) -> tuple[Oddness, ...]:
    """All that is odd, in the order of the paper. ``head`` are the lines of the title, ``residue`` those that held leavings."""
    passages = list(walk(sections))
    found = [
        *_check_sections(sections),
        *_check_counts(sections),
        *_check_blanks(passages),
        *_check_twice(passages),
        *_check_short(passages, {grid.spot.block for section in sections for grid in section.tables}),
    ]
    found += [Oddness("placeholder", _tell_blank(blank), line.spot) for line in head if (blank := find_blank(line.words))]
    found += [Oddness("residue", Sentence("leavings of another program were taken out"), line.spot) for line in residue]
    return tuple(sorted(found, key=lambda odd: (odd.spot, odd.code)))


def find_strangers(papers: Sequence[PaperDraft]) -> list[PaperDraft]:
    """The papers of one file, with a note on each superior or substitute that no paper of the file describes.

    Only where the file holds several job descriptions: a single one always speaks of posts that are described elsewhere.
    """
    described = [paper.name.lower() for paper in papers if paper.kind == "job-description" and paper.name]
    if len(described) < 2:
        return list(papers)
    return [replace(paper, oddnesses=(*paper.oddnesses, *_check_posts(paper, described))) for paper in papers]


def _check_posts(paper: PaperDraft, described: Sequence[str]) -> Iterator[Oddness]:
    for fact in paper.facts:
        if paper.kind != "job-description" or fact.confidence < 0.7 or fact.route[0] not in {"reports_to", "substituted_by"}:
            continue
        for entry in fact.value if isinstance(fact.value, list) else [fact.value]:
            name = str(entry["name"]) if isinstance(entry, dict) else ""
            if name and not any(name.lower().startswith(known) or known.startswith(name.lower()) for known in described):
                yield Oddness("unknown-post", Sentence("no paper of this file describes the post {name}", name=name), fact.spot)


def _check_sections(sections: Sequence[SectionDraft]) -> Iterator[Oddness]:
    """The numbers of the sections themselves."""
    numbered = [(value, section.spot, section.number) for section in sections if (value := _value(section.number))]
    yield from _compare([(value, spot, printed) for value, spot, printed in numbered])


def _check_counts(sections: Sequence[SectionDraft]) -> Iterator[Oddness]:
    """The numbers of clauses within each section, and of items within each clause."""
    running = 0
    for index, section in enumerate(sections):
        own = _value(section.number)
        entries = [*section.clauses]
        if section.lead_number and _depth(section.lead_number) == 1:
            running = _value(section.lead_number)
            yield from _check_siblings(entries)
            continue
        paths = [clause for clause in entries if clause.number[:1].isdigit() and _depth(clause.number) > 1]
        if own and paths:
            for clause in paths:
                first = int(_PATH.findall(clause.number)[0].split(".")[0])
                if first != own:
                    sentence = Sentence(
                        "clause {number} stands in section {section}", number=_bare(clause.number), section=_bare(section.number)
                    )
                    yield Oddness("number-elsewhere", sentence, clause.spot)
        elif paths and not section.heading and running and int(paths[0].number.split(".")[0]) == running + 1:
            yield Oddness("number-gap", Sentence("there is no clause {number}", number=running + 1), paths[0].spot)
        flat = [_value(clause.number) for clause in entries if clause.number[:1].isdigit() and _depth(clause.number) == 1]
        goes_on = bool(flat) and flat[0] == running + 1
        running = flat[-1] if flat else running
        yield from _check_siblings(entries, starts=not goes_on and (bool(section.heading) or not index))


def _check_siblings(clauses: Sequence[ClauseDraft], *, starts: bool = True) -> Iterator[Oddness]:
    counted = [(_last(clause.number), clause.spot, clause.number) for clause in clauses if clause.number]
    if counted and _bare(counted[0][2]) == "i":
        counted = [(roman_value(_bare(printed)), spot, printed) for _, spot, printed in counted]
    confused = [index for index, (value, _, printed) in enumerate(counted) if value == 0 and printed[:1].isalnum()]
    for index in confused:
        before = counted[index - 1][0] if index else 0
        after = counted[index + 1][0] if index + 1 < len(counted) else 0
        if before or after == 2:
            expected = before + 1
            sentence = Sentence('"{printed}" stands where the number {expected} is meant', printed=counted[index][2], expected=expected)
            yield Oddness("wrong-digit", sentence, counted[index][1])
            counted[index] = (expected, counted[index][1], counted[index][2])
    plain = [(value, spot, printed) for value, spot, printed in counted if value]
    if len({_shape(printed) for _, _, printed in plain}) <= 1 or all(_depth(printed) > 1 for _, _, printed in plain):
        yield from _compare(plain, starts=starts)
    for clause in clauses:
        yield from _check_siblings(clause.items)


def _compare(counted: Sequence[tuple[int, Spot, str]], *, starts: bool = True) -> Iterator[Oddness]:
    last = 0
    for position, (value, spot, printed) in enumerate(counted):
        if not position and value != 1:
            if starts and value > 1:
                yield Oddness("number-gap", Sentence("the count begins with {number}", number=_bare(printed)), spot)
        elif position and value == last:
            yield Oddness("number-repeat", Sentence("the number {number} stands twice", number=_bare(printed)), spot)
        elif position and value == last + 2:
            missing = _replace_last(printed, last + 1)
            yield Oddness(
                "number-gap", Sentence("the number {missing} is missing before {number}", missing=missing, number=_bare(printed)), spot
            )
        elif position and value > last + 2:
            first, end = _replace_last(printed, last + 1), _replace_last(printed, value - 1)
            yield Oddness(
                "number-gap",
                Sentence("the numbers {first} to {last} are missing before {number}", first=first, last=end, number=_bare(printed)),
                spot,
            )
        elif position and value < last:
            yield Oddness(
                "number-order",
                Sentence("the number {number} comes after {before}", number=_bare(printed), before=_bare(counted[position - 1][2])),
                spot,
            )
        last = value


def _check_blanks(passages: Sequence[Passage]) -> Iterator[Oddness]:
    for passage in passages:
        blank = find_blank(passage.text)
        if blank:
            yield Oddness("placeholder", _tell_blank(blank), passage.spot)


def _tell_blank(blank: str) -> Sentence:
    return Sentence("never filled in: {blank}", blank="____" if set(blank) <= {"_"} or len(blank) > 60 else blank)


def _check_twice(passages: Sequence[Passage]) -> Iterator[Oddness]:
    """Clauses that say the same, or nearly so, in more than five words."""
    known: dict[tuple[str, ...], Passage] = {}
    shingled: dict[tuple[str, ...], list[int]] = {}
    bags: list[frozenset[str]] = []
    kept: list[Passage] = []
    for passage in passages:
        words = tuple(re.findall(r"[^\W\d_]+", passage.text.lower().replace("’", "'")))
        if len(words) < 5 or passage.items:
            continue
        twin = known.get(words)
        if twin is None and len(words) >= 9:
            bag = frozenset(words)
            near = {index for start in range(0, len(words) - 4, 2) for index in shingled.get(words[start : start + 5], ())}
            close = [index for index in near if len(bag & bags[index]) >= 0.85 * len(bag | bags[index])]
            twin = kept[min(close)] if close else None
            for start in range(len(words) - 4):
                shingled.setdefault(words[start : start + 5], []).append(len(kept))
            bags.append(bag)
            kept.append(passage)
        known.setdefault(words, passage)
        if twin is not None:
            where = Sentence("says nearly the same as clause {clause}", clause=twin.number)
            near_by = Sentence("says nearly the same as paragraph {paragraph}", paragraph=twin.spot.block)
            yield Oddness("clause-twice", near_by if twin.number in {"", passage.number} else where, passage.spot)


def _check_short(passages: Sequence[Passage], tables: AbstractSet[int]) -> Iterator[Oddness]:
    """Abbreviations that nothing explains, and lists that were announced and never came."""
    text = "\n".join(passage.text for passage in passages)
    defined = {found[1] or found[2] for found in _DEFINED.finditer(text)}
    seen: set[str] = set()
    for passage in passages:
        if passage.text.endswith(":") and not passage.items and passage.spot.block + 1 not in tables:
            yield Oddness("list-missing", Sentence("a list is announced here, and none follows"), passage.spot)
        if passage.text.isupper():
            continue
        for found in _ABBREVIATION.finditer(passage.text):
            short = found[1]
            if short in seen or short in defined or short in _COMMON or roman_value(short):
                continue
            seen.add(short)
            yield Oddness("abbreviation", Sentence("the abbreviation {short} is explained nowhere", short=short), passage.spot)


def _value(number: str) -> int:
    digits = re.findall(r"\d+", number)
    if digits:
        return int(digits[0])
    roman = re.findall(r"[IVXLІХ]+", number)
    return roman_value(roman[-1]) if roman else 0


def _last(number: str) -> int:
    """The value of the last part of a number; 0 if it is a sign, or letters that stand for digits."""
    bare = _bare(number)
    if _PATH.fullmatch(bare):
        return int(bare.split(".")[-1])
    if len(bare) == 1 and bare.islower() and bare != number:
        return letter_value(bare)
    return 0


def _depth(number: str) -> int:
    return len(_bare(number).split("."))


def _shape(number: str) -> tuple[int, str]:
    return _depth(number), number[-1:] if not number[-1:].isalnum() else "."


def _bare(number: str) -> str:
    return number.strip("().;: ")


def _replace_last(number: str, value: int) -> str:
    """A number with its last part replaced: 2.4 after 2.3; a letter stays a letter's place."""
    head, dot, last = _bare(number).rpartition(".")
    if not last.isdigit():
        return chr(ord(last) + value - letter_value(last)) if len(last) == 1 else str(value)
    return f"{head}{dot}{value}"
