"""Facts: the fields of posts and units that the clauses of a paper tell in prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from orgdocs.importing.drafts import Fact, SectionDraft, Value
from orgdocs.importing.understanding.citing import tell_acts, tell_basis
from orgdocs.importing.understanding.exchanging import tell_exchange, tell_table
from orgdocs.importing.understanding.lines import Line
from orgdocs.importing.understanding.passages import LONGEST, Passage, walk
from orgdocs.importing.understanding.qualifying import tell_knowledge, tell_qualification, tell_section
from orgdocs.importing.understanding.standing import (
    tell_address,
    tell_appointment,
    tell_approvals,
    tell_head,
    tell_legal_entity,
    tell_predecessors,
    tell_status,
    tell_substitution,
    tell_superior,
    tell_ties,
    tell_units,
)
from orgdocs.importing.understanding.vocabulary import find_pattern, list_choices, list_phrases

Teller = Callable[[Passage, str], Iterator[Fact]]

_CODES = (
    (
        "dk003",
        re.compile(
            r"(?:код\w*\s*(?:за |згідно з? ?)?(?:КП|ДК|класифікатор\w* професій)|ДК\s*003(?::2010)?|за КП)[^\d]*"
            r"(?:003\s*:\s*2010[^\d]*)?(\d{4}(?:\.\d)?)",
            re.IGNORECASE,
        ),
    ),
    ("okpdtr", re.compile(r"ОКПДТР[^\d]{0,12}(\d{5})")),
    ("okz", re.compile(r"ОКЗ[^\d]{0,12}(\d{4})(?!\d)")),
    ("okrb014", re.compile(r"ОКРБ\s*014(?:-2017)?[^\d]{0,12}(\d{4}-\d{3})")),
    ("isco08", re.compile(r"ISCO(?:-08)?[^\d]{0,12}(\d{4})(?!\d)")),
)  # fmt: skip


def tell_title(lines: Sequence[Line]) -> Iterator[Fact]:
    """A classifier code that stands in the title."""
    for line in lines:
        yield from _tell_code(Passage(line.words, "", line.spot, "general"), "")


def tell_facts(sections: Sequence[SectionDraft], kind: str, language: str) -> tuple[Fact, ...]:
    """What the sections of a paper tell, in order; of several facts for the same field the surest counts, then the first."""
    tellers = _OF_POST if kind == "job-description" else _OF_UNIT if kind == "regulation" else ()
    passages = [passage for passage in walk(sections) if len(passage.text) <= LONGEST]
    facts = [fact for passage in passages for teller in tellers if _is_told(passage, teller) for fact in teller(passage, language)]
    facts += [fact for section in sections for fact in tell_table(section, language)]
    if kind == "job-description":
        facts += [fact for section in sections for fact in tell_section(section, language)]
    told = [fact for fact in facts if fact.route[-1:] == ("any_of",)]
    if len({fact.clause for fact in told if fact.confidence > 0.7}) > 1 and not any(fact.confidence == 0.92 for fact in told):
        # Requirements for several categories of the post: which one is meant is not told.
        facts = [replace(fact, confidence=min(fact.confidence, 0.65)) if fact in told else fact for fact in facts]
    return tuple(_settle(facts))


def _is_told(passage: Passage, teller: Teller) -> bool:
    """Duties and rights speak of what is done, not of what the post is: there only some fields are looked for."""
    return passage.meaning not in _DEEDS or teller in _ANYWHERE


def _settle(facts: Sequence[Fact]) -> Iterator[Fact]:
    best: dict[tuple[str, ...], Fact] = {}
    joined: dict[tuple[str, ...], list[Value]] = {}
    for fact in facts:
        if fact.route in _JOINED and isinstance(fact.value, list):
            known = joined.setdefault(fact.route, [])
            fresh: list[Value] = [value for value in fact.value if value not in known]
            known += fresh
            if fresh:
                yield Fact(fact.route, fresh, fact.confidence, fact.spot, fact.clause, fact.quote)
        elif fact.route not in best or fact.confidence > best[fact.route].confidence:
            best[fact.route] = fact
    yield from best.values()


def _tell_category(passage: Passage, language: str) -> Iterator[Fact]:
    for pattern in list_phrases(language, "category"):
        found = pattern.search(passage.text)
        value = found and next((value for words, value in list_choices(language, "categories") if words.search(found["category"])), None)
        if found and value:
            yield passage.state(("category",), value, 0.9, found[0])
            return


def _tell_code(passage: Passage, language: str) -> Iterator[Fact]:  # noqa: ARG001  (codes are the same in all languages)
    for scheme, pattern in _CODES:
        found = pattern.search(passage.text)
        if found:
            yield passage.state(("classifier",), {"scheme": scheme, "code": found[1]}, 0.9, found[0])
            return


def _tell_short_title(passage: Passage, language: str) -> Iterator[Fact]:
    for fact in _tell_term(passage, language, "short_title"):
        words = str(fact.value).split()[:3]
        if fact.route == ("terms",) or (passage.meaning != "preamble" and any(find_pattern("posts").match(word) for word in words)):
            yield fact


def _tell_short_name(passage: Passage, language: str) -> Iterator[Fact]:
    yield from _tell_term(passage, language, "short_name")


def _tell_term(passage: Passage, language: str, field: str) -> Iterator[Fact]:
    """The terms that a clause defines; that of its very subject is the short name of post or unit."""
    for pattern in list_phrases(language, "term"):
        for found in pattern.finditer(passage.text):
            term = re.sub(r"^(?:as |the )+", "", found["term"].strip(' ,.«»"“”'))
            before = passage.text[: found.start()]
            own = (
                not passage.depth
                and passage.meaning in {"general", "", "preamble"}
                and passage.number in {"", "1", "1.1", "1.2", "1.3"}
                and _is_subject(before)
            )
            if own:
                yield passage.state((field,), term, 0.85, found[0])
            else:
                yield passage.state(
                    ("terms",), [{"term": term, "means": " ".join(re.split(r"[,()]", before.rstrip())[-1].split()[-12:])}], 0.8, found[0]
                )


def _is_subject(before: str) -> bool:
    """Whether only a name stands before a definition, no verb of the sentence."""
    return (
        not re.search(r"\b(?:є|має|керується|здійснює|входять|является|имеет|руководствуется|осуществляет|is|are|has|carry|мае)\b", before)
        and len(before.split()) <= 30
    )


_OF_POST: tuple[Teller, ...] = (
    _tell_category,
    _tell_code,
    _tell_short_title,
    tell_superior,
    tell_appointment,
    tell_substitution,
    tell_qualification,
    tell_knowledge,
    tell_acts,
    tell_basis,
    tell_exchange,
)


def _tell_head_qualification(passage: Passage, language: str) -> Iterator[Fact]:
    yield from tell_qualification(passage, language, ("head",))


def _tell_head_substitution(passage: Passage, language: str) -> Iterator[Fact]:
    for fact in tell_substitution(passage, language):
        yield Fact(("head", *fact.route), fact.value, fact.confidence, fact.spot, fact.clause, fact.quote)


_OF_UNIT: tuple[Teller, ...] = (
    tell_status,
    _tell_short_name,
    tell_legal_entity,
    tell_ties,
    tell_head,
    _tell_head_qualification,
    _tell_head_substitution,
    tell_predecessors,
    tell_approvals,
    tell_units,
    tell_acts,
    tell_address,
)
_DEEDS = frozenset({"duties", "rights", "responsibility", "functions", "tasks", "indicators", "evaluation"})
_ANYWHERE: tuple[Teller, ...] = (_tell_short_title, _tell_short_name)
_JOINED = frozenset({("terms",), ("relations",), ("approvals",), ("units",), ("guided_by",)})
