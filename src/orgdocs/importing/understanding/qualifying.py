"""Qualifying: what is asked of whoever holds a post: education, fields, experience, and what one must know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from orgdocs.importing.drafts import Fact, SectionDraft, Value
from orgdocs.importing.understanding.passages import LONGEST, Passage, is_blank
from orgdocs.importing.understanding.vocabulary import find_value, find_word_list, list_choices, list_phrases

_OR = re.compile(r",?\s+(?:або ж|або|чи|или|либо|or|ці)\s+", re.IGNORECASE)
_QUOTED = re.compile(r"[«\"“]([^»\"”]+)[»\"”]")
_ADJECTIVE_FIELD = {
    "uk": re.compile(r"вищ\w+\s+((?:[а-яіїєґ’'-]+(?:ну|чну|ську|ої|ої|ну|ична|на)(?:,| або| чи| та| і)?\s+){1,4}?)освіт", re.IGNORECASE),
    "ru": re.compile(r"(?:высш|средн)\w+\s+((?:[а-яё-]+(?:ое|ого|ее)(?:,| или| либо| и)?\s+){1,4}?)образован", re.IGNORECASE),
    "en": re.compile(r"higher\s+((?:[a-z-]+(?:,| or| and)?\s+){1,4}?)education", re.IGNORECASE),
    "be": re.compile(r"вышэйш\w+\s+((?:[а-яўі’'-]+(?:ую|ю|ай)(?:,| або| ці| і)?\s+){1,4}?)адукац", re.IGNORECASE),
}
_HALF = re.compile(r"(?:^|\s)(?:высш\w+(?: профессиональн\w+)?|(?:повн\w+ )?вищ\w+|higher|вышэйш\w+)$", re.IGNORECASE)
_NOUNS = {"uk": "освіту", "ru": "образование", "en": "education", "be": "адукацыю"}
_EXPERIENCED = re.compile(r"(?:at least|not less|minimum|\d|стаж|досвід|опыт|experience|work|вопыт|не мен)", re.IGNORECASE)
_NO_FIELD = re.compile(
    r"^(?:професійн\w+|фахов\w+|повн\w+|базов\w+|відповідн\w+|спеціальн\w+|профессиональн\w+|соответствующ\w+|специальн\w+|общ\w+|"
    r"professional|relevant|appropriate|special|general|full|адпаведн\w+|спецыяльн\w+|прафесійн\w+)$",
    re.IGNORECASE,
)
_TRAINING = re.compile(
    r"(?:курс\w* [^,.;]*?підвищення кваліфікації[^,.;]*|курсы повышения квалификации[^,.;]*|п[еe]р[еe]п[оі]дготовк\w+[^,.;]*|"
    r"(?:professional )?(?:retraining|advanced training)(?: courses)?[^,.;]*?(?=\s+and work|\s+without|[,.;]|$))",
    re.IGNORECASE,
)


def tell_qualification(passage: Passage, language: str, prefix: tuple[str, ...] = ()) -> Iterator[Fact]:
    """Education and experience, with all alternatives."""
    text, rest = _find_requirement(passage, language)
    if not text:
        return
    listed = [item.text for item in passage.items if _find_level(item.text, language)]
    parts = listed if len(listed) > 1 else _divide(text + rest, language)
    alternatives = [alternative for part in parts if (alternative := _read_alternative(part, language))]
    if not alternatives:
        return
    shared = alternatives[-1].get("experience")
    if shared is not None and "education" in alternatives[-1] and not find_word_list(language, "no_years").search(text + rest):
        for alternative in alternatives[:-1]:
            alternative.setdefault("experience", shared)
    surety = 0.6 if is_blank(text) else 0.9 if any("education" in alternative for alternative in alternatives) else 0.75
    values: list[Value] = [dict(alternative) for alternative in alternatives]
    yield passage.state((*prefix, "qualification", "any_of"), values, surety, text)


def tell_section(section: SectionDraft, language: str) -> Iterator[Fact]:
    """A section of requirements in which education and experience stand in clauses of their own."""
    if section.meaning != "qualification" or len(section.clauses) < 2:
        return
    texts = [clause.text for clause in section.clauses]
    parts = [_read_alternative(text, language) for text in texts]
    if any("education" in part and "experience" in part for part in parts) or sum(map(bool, parts)) < 2:
        return
    told = [text for text, part in zip(texts, parts, strict=True) if part]
    first = next(clause for clause, part in zip(section.clauses, parts, strict=True) if part)
    passage = Passage("; ".join(told), first.number.strip("."), first.spot, "qualification")
    for fact in tell_qualification(passage, language):
        yield replace(fact, confidence=0.92)


def _find_requirement(passage: Passage, language: str) -> tuple[str, str]:
    whole = f"{passage.text} {'; '.join(item.text for item in passage.items)}".strip()[:LONGEST]
    for pattern in list_phrases(language, "qualified"):
        found = pattern.search(whole)
        if found:
            return found["text"], found.groupdict().get("rest") or ""
    if passage.meaning == "qualification" and _find_level(passage.text, language):
        return passage.text, ""
    return "", ""


def _divide(text: str, language: str) -> list[str]:
    """Alternatives: what follows "or" and names a level of education of its own."""
    parts: list[str] = []
    for part in _OR.split(text):
        if (
            parts
            and _HALF.search(parts[-1])
            and _find_level(part, language) not in {"", _find_level(f"{parts[-1]} {_NOUNS[language]}", language)}
        ):
            parts[-1] += f" {_NOUNS[language]}"
        plain = _QUOTED.sub("", part)
        levelled = bool(_find_level(plain, language))
        if parts and not levelled and _EXPERIENCED.match(plain) and _find_experience(plain, language):
            parts.append(part)
        elif (parts and not levelled) or (parts and not _is_whole(parts[-1], language)):
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    return parts


def _is_whole(text: str, language: str) -> bool:
    """Whether a part says both education and something more, or at least a level, so that the next one may be an alternative."""
    return bool(re.search(r"освіт|образован|education|degree|адукац", text, re.IGNORECASE)) and bool(_find_level(text, language))


def _find_level(text: str, language: str) -> str:
    return next((level for pattern, level in list_choices(language, "levels") if pattern.search(text)), "")


def _read_alternative(text: str, language: str) -> dict[str, Value]:
    value: dict[str, Value] = {}
    level = _find_level(text, language)
    if level:
        education: dict[str, Value] = {"level": level}
        fields: list[Value] = list(_find_fields(text, language))
        if fields:
            education["fields"] = fields
        value["education"] = education
    training = _TRAINING.search(text)
    if training and level:
        value["training"] = training[0].strip()
    if find_word_list(language, "no_years").search(text):
        value["experience"] = {"years": 0}
    else:
        experience = _find_experience(text, language)
        if experience:
            value["experience"] = experience
    return value


def _find_fields(text: str, language: str) -> list[str]:
    education = _TRAINING.sub("", text)
    fields: list[str] = []
    for pattern in list_phrases(language, "fields"):
        for found in pattern.finditer(education):
            groups = found.groupdict()
            if groups.get("quoted"):
                fields += [f"«{name}»" if language in {"uk", "ru", "be"} else name for name in _QUOTED.findall(groups["quoted"])]
            elif groups.get("plain"):
                fields += [
                    part.strip()
                    for part in re.split(r",\s*|\s+or\s+", groups["plain"])
                    if part.strip() and not _EXPERIENCED.match(part.strip())
                ]
    adjectives = _ADJECTIVE_FIELD[language].search(education)
    if adjectives and not fields:
        fields += [
            _name_field(word, language)
            for word in re.split(r",?\s+(?:або|чи|та|і|или|либо|и|or|and|ці)\s+|,\s*|\s+", adjectives[1].strip())
            if word and not _NO_FIELD.match(word)
        ]
    return list(dict.fromkeys(fields))


def _name_field(adjective: str, language: str) -> str:
    """The field that an adjective stands for: law for legal; the adjective itself if it is not known."""
    return next((field for pattern, field in list_choices(language, "fields_of_study") if pattern.match(adjective)), adjective)


def _find_experience(text: str, language: str) -> dict[str, Value]:
    for pattern in list_phrases(language, "years"):
        found = pattern.search(text)
        if not found:
            continue
        written = found["years"]
        years = int(written) if written.isdigit() else find_value(language, "numbers", written)
        if not years:
            continue
        value: dict[str, Value] = {"years": int(Decimal(str(years)))}
        where = _tidy_where(found["in"]) or _tidy_where(found["after"])
        if where:
            value["in"] = where
        return value
    return {}


def _tidy_where(text: str) -> str:
    """What the experience is in, as it reads after the words "work experience"."""
    text = re.sub(r"^\s*(?:роботи|работы|работ|of work)?\s*,?\s*", "", text)
    text = re.sub(r"(?:,|\s)*(?:не менше|не менее|не менш|щонайменше|понад|at least|of|для|is|for)?\s*$", "", text).strip(" ,.–—-()")
    text = re.sub(r"^(?:is|are|та|і|и|and)\s+", "", text)
    return text if 3 < len(text) < 160 and not is_blank(text) else ""


def tell_knowledge(passage: Passage, language: str) -> Iterator[Fact]:
    """The list of what one must know."""
    for pattern in list_phrases(language, "must_know"):
        found = pattern.search(passage.text)
        if found and passage.meaning not in {"rights", "responsibility"}:
            items: list[Value] = [item.text for item in passage.items] or [
                part.strip(" .") for part in re.split(r";\s*", found["list"]) if part.strip(" .")
            ]
            if items:
                sure = 0.6 if "керуватися" in found[0] else 0.95 if len(items) > 1 else 0.75
                yield passage.state(("must_know",), items, sure, found[0])
            return
