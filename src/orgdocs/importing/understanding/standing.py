"""Standing: who stands above a post or unit, who appoints, who stands in, who approves its papers, what belongs to it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orgdocs.importing.drafts import ClauseDraft, Fact, Value
from orgdocs.importing.understanding.nominatives import restore
from orgdocs.importing.understanding.passages import (
    CASES,
    Passage,
    Told,
    find_told,
    first_sentence,
    is_blank,
    split_names,
    split_sentences,
    trim,
)
from orgdocs.importing.understanding.vocabulary import find_pattern, find_value, find_word_list, list_choices, list_phrases

_CODE = re.compile(
    r"[,(]?\s*\(?(?:код\s*)?(?:(?:за |по )?(?:ЄДРПОУ|ЕДРПОУ|ОКПО|ИНН|УНП|EDRPOU)|code)\s*[:–—-]?\s*№?\s*(\d{5,15})\)?", re.IGNORECASE
)
_OPEN_END = re.compile(r"^(?:та )?(?:інші|иные|другие|other|іншыя)\b", re.IGNORECASE)
_ENTITY = re.compile(
    r",?\s*\(?(?:як\w+ |котор\w+ |which |що )?(?:є|явля\w+|is|з['’]яўля\w+)?\s*(?:\w+\s){0,3}"
    r"(?:юридичн\w+ особ\w+|юридическ\w+ лиц\w+|legal (?:entity|person)|юрыдычн\w+ асоб\w+)\)?.*$",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:не|not|без)\b", re.IGNORECASE)
_OR = re.compile(r",?\s+(?:або|чи|или|либо|or|ці)\s+", re.IGNORECASE)
_ABOUT_UNITS = re.compile(
    r"(?<!\w)(?:відділи|сектори|служби|управління,|підрозділ\w*|відділення|отделы|отделах|сектора|секторах|подразделени\w+|службах|units|divisions|sections|"
    r"departments|падраздзялен\w+|аддзел[ыа]х?)(?!\w)",
    re.IGNORECASE,
)


def tell_superior(passage: Passage, language: str) -> Iterator[Fact]:
    """The one administrative superior, and to whom a post is accountable besides."""
    told = find_told(passage.text, language, "reports_to")
    if told:
        names = split_names(told.raw, language)
        first = _name_of(names[0], told, language) if len(names) > 1 else told.name.text
        surety = told.name.surety if len(names) == 1 else min(told.name.surety, 0.75)
        yield passage.state(("reports_to",), {"name": first}, _weigh(surety, first), told.quote)
        if len(names) > 1:
            others: list[Value] = [{"name": _name_of(name, told, language)} for name in names[1:]]
            yield passage.state(("accountable_to",), others, 0.6, told.quote)
    elif language == "en":
        yield from _tell_ties(passage, language, ("accountable_to",))


def tell_appointment(passage: Passage, language: str, prefix: tuple[str, ...] = ()) -> Iterator[Fact]:
    """Who appoints and who dismisses, by what act, on whose proposal."""
    told = find_told(passage.text, language, "appointed_by")
    if told is None or not _may_appoint(told, language):
        return
    value: dict[str, Value] = {"by": {"name": told.name.text}}
    if told.act:
        value["act"] = told.act
    proposal = find_told(passage.text, language, "proposal")
    if proposal:
        value["on_proposal_of"] = {"name": proposal.name.text}
    yield passage.state((*prefix, "appointed_by"), value, _weigh(told.name.surety, told.name.text), told.quote)
    dismissal = find_told(passage.text, language, "dismissed_by")
    if dismissal and _may_appoint(dismissal, language) and (dismissal.name.text, dismissal.act) != (told.name.text, told.act):
        other: dict[str, Value] = {"by": {"name": dismissal.name.text}}
        if dismissal.act:
            other["act"] = dismissal.act
        yield passage.state((*prefix, "dismissed_by"), other, _weigh(dismissal.name.surety, dismissal.name.text), dismissal.quote)


def _may_appoint(told: Told, language: str) -> bool:
    return not find_word_list(language, "people").match(told.raw) and not told.raw[:1].isdigit()


def tell_substitution(passage: Passage, language: str) -> Iterator[Fact]:
    """Who stands in during absence: certain posts, and people who are named only when it happens."""
    told = find_told(passage.text, language, "substitution")
    if told is None:
        return
    people = find_word_list(language, "people")
    posts: list[Value] = []
    others: list[str] = []
    for part in _OR.split(told.rest):
        cleaned = part.strip(" ,.;")
        if not cleaned or is_blank(cleaned):
            continue
        if people.match(cleaned) or re.search(r"\b(призначен|назначенн|назначаем|appointed|designated|прызначан)", cleaned, re.IGNORECASE):
            others.append(_cut_clause(cleaned))
        else:
            posts.append({"name": _name_of(trim(cleaned, language), told, language)})
    if posts:
        yield passage.state(("substituted_by",), posts, _weigh(told.name.surety, told.name.text), told.quote)
    if others:
        yield passage.state(("substitution",), " або ".join(others) if language == "uk" else " / ".join(others), 0.8, told.quote)


def _cut_clause(text: str) -> str:
    """Without the relative clause that follows a name."""
    return re.split(r",? (?:як(?:ий|а|і)|котор(?:ый|ая|ое)|who|which)\b", text)[0].strip(" ,.")


def tell_ties(passage: Passage, language: str) -> Iterator[Fact]:
    """To whom a unit is accountable and subordinate, who coordinates it, with whom it cooperates."""
    if passage.meaning in {"leadership", "structure"}:
        superior = find_told(passage.text, language, "subordinate_to")
        if superior:
            sure = _weigh(superior.name.surety, superior.name.text)
            yield passage.state(("head", "reports_to"), {"name": superior.name.text}, sure, superior.quote)
        return
    yield from _tell_ties(passage, language, ("accountable_to", "subordinate_to", "coordinated_by", "cooperates_with"))


def _tell_ties(passage: Passage, language: str, kinds: tuple[str, ...]) -> Iterator[Fact]:
    for kind in kinds:
        told = find_told(passage.text, language, kind)
        if told is None:
            continue
        names = split_names(told.raw, language)
        values: list[Value] = []
        for position, name in enumerate(names):
            full = _complete(name, names[position + 1 :])
            values.append({"name": _name_of(full, told, language)})
        if kind == "cooperates_with" and (
            matter := re.match(r"[ЗзПп](?:о)? (?:питань|вопросам) [^,]*?(?= співпрацює| сотрудничает)", passage.text)
        ):
            values = [{"with": value, "matter": matter[0][:1].lower() + matter[0][1:]} for value in values]
        yield passage.state((kind,), values, min(_weigh(told.name.surety, name) for name in names), told.quote)


def _complete(name: str, following: list[str]) -> str:
    """A first deputy of somebody who is named only with the next one: першим заступником, заступниками міського голови."""
    if following and re.fullmatch(r"(?:перш\w+|перв\w+) (?:заступник\w*|заместител\w*)", name):
        tail = re.match(r"(?:заступник\w*|заместител\w*) (.+)", following[0])
        return f"{name} {tail[1]}" if tail else name
    return name


def tell_head(passage: Passage, language: str) -> Iterator[Fact]:
    """Who heads the unit, and what the regulation says of the head's appointment."""
    told = find_told(passage.text, language, "head")
    if told and not re.match(r"(?:робот|діяльн|работ|деятельн)", told.raw):
        named = any(find_pattern("posts").match(told.name.text, found.start()) for found in list(re.finditer(r"\w+", told.name.text))[:3])
        sure = _weigh(told.name.surety, told.name.text) if named else 0.5
        yield passage.state(("head",), {"name": told.name.text}, sure, told.quote)
        yield from tell_appointment(passage, language, ("head",))
    elif passage.meaning in {"leadership", "structure"} and passage.depth == 0:
        subject = passage.text[:60].lower()
        if (
            re.match(
                r"(?:на посаду )?(?:директор|начальник|завідув|керівник|руководител|заведующ|head|director|the head|the director)", subject
            )
            and "заступник" not in subject
        ):
            yield from tell_appointment(passage, language, ("head",))


def tell_legal_entity(passage: Passage, language: str) -> Iterator[Fact]:
    """Whether a unit is a legal entity."""
    if passage.meaning not in {"general", "", "preamble"} or passage.depth:
        return
    for route, value in (("no_legal_entity", False), ("legal_entity", True)):
        found = next((found for pattern in list_phrases(language, route) if (found := pattern.search(passage.text))), None)
        if found and not (value and _NOT.search(passage.text[max(0, found.start() - 4) : found.start()])):
            yield passage.state(("legal_entity",), value, 0.95, found[0])
            return


def tell_predecessors(passage: Passage, language: str) -> Iterator[Fact]:
    """The bodies whose rights and duties passed to it, with their codes."""
    for pattern in list_phrases(language, "predecessor"):
        found = pattern.search(passage.text)
        if not found:
            continue
        case = next(case for case in CASES if found.groupdict().get(case))
        values: list[Value] = []
        rest = re.split(r"\s(?:після їх|після його|після припинення|после их|after their)", found[case])[0]
        for part in _divide_bodies(rest):
            code = _CODE.search(part)
            name = restore(trim(_CODE.sub("", part), language), language, case).text
            value: dict[str, Value] = {"name": name[:1].lower() + name[1:] if name[:2].istitle() and " " in name else name}
            if code:
                value["code"] = code[1]
            values.append(value)
        yield passage.state(("predecessors",), values, 0.85, found[0])
        return


def _divide_bodies(text: str) -> list[str]:
    """Names of bodies: a new one begins at a word for a body, in capitals or after a code."""
    bounds = [0]
    for found in re.finditer(
        r"(?:,\s+|\s+(?:та|і|и|and)\s+)(?=(?:[А-ЯІЇЄҐ]\w+\s+){0,2}(?:Управлін|Департамент|Відділ|Комітет|Центр|Отдел|Управлен|Комитет|комунальн|муниципальн|Department|Division|Office))",
        text,
    ):
        if len(text[bounds[-1] : found.start()].split()) > 2:
            bounds.append(found.end())
    return [text[begin:end] for begin, end in zip(bounds, [*bounds[1:], len(text)], strict=True)]


def tell_approvals(passage: Passage, language: str) -> Iterator[Fact]:
    """Who approves which kind of paper."""
    for found in _find_approvals(passage.text, language):
        groups = found.groupdict()
        case = next((case for case in CASES if groups.get(case)), None)
        raw = trim(groups[case], language) if case else ""
        if not case or not raw or is_blank(raw):
            continue
        by = restore(re.sub(r"\s*\([^)]*\)", "", raw), language, case)
        values: list[Value] = []
        papers = found["papers"]
        for words, kind in list_choices(language, "papers"):
            mention = words.search(papers)
            if not mention:
                continue
            value: dict[str, Value] = {"paper": kind, "by": {"name": by.text}}
            about = papers[mention.start() :]
            if kind == "regulation":
                value["of"] = "unit" if _ABOUT_UNITS.search(about) else "organisation"
            if act := groups.get("act"):
                value["act"] = str(find_value(language, "acts", act))
            values.append(value)
        if values:
            yield passage.state(("approvals",), values, _weigh(by.surety, raw), found[0])


def _find_approvals(text: str, language: str) -> Iterator[re.Match[str]]:
    """In each sentence the first phrase that tells an approval."""
    for sentence in split_sentences(text):
        found = next((found for pattern in list_phrases(language, "approved") if (found := pattern.search(sentence))), None)
        if found:
            yield found


def tell_units(passage: Passage, language: str) -> Iterator[Fact]:
    """The units that belong to it, and whether they are legal entities."""
    for pattern in list_phrases(language, "composed"):
        found = pattern.search(passage.text)
        if not found or (passage.meaning not in {"structure", "general", "leadership", ""}):
            continue
        named = [item.text for item in passage.items] or _split_inline(found["units"])
        units: list[Value] = []
        for name in named:
            if _OPEN_END.match(name):
                yield passage.state(("structure", "open"), name, 0.9, name)
                continue
            unit: dict[str, Value] = {"name": _ENTITY.sub("", name).strip(" ,;.")}
            if entity := _ENTITY.search(name):
                unit["legal_entity"] = not _NOT.search(entity[0])
            units.append(unit)
        if units and (passage.items or passage.meaning in {"structure", "leadership"}):
            yield passage.state(("units",), units, 0.9 if passage.items else 0.7, found[0])
        return


def _split_inline(text: str) -> list[str]:
    return [
        part.strip(" .")
        for part in re.split(r"[;,]\s+|\s+(?:та|і|и|and)\s+(?=відділ|сектор|служб|отдел|the )", text)
        if len(part.strip()) > 3
    ]


def tell_address(passage: Passage, language: str) -> Iterator[Fact]:
    """Where it is."""
    joined = passage.text + (": " + _join_items(passage.items) if passage.items else "")
    for pattern in list_phrases(language, "address"):
        found = pattern.match(joined) or (pattern.search(joined) if passage.meaning in {"final", "general"} else None)
        if found and len(found["address"]) < 200 and not is_blank(found["address"]):
            yield passage.state(("address",), found["address"].strip(" ."), 0.9, joined)
            return


def _join_items(items: tuple[ClauseDraft, ...]) -> str:
    return " ".join(item.text for item in items)


def tell_status(passage: Passage, language: str) -> Iterator[Fact]:
    """What a unit is, as the sentence goes on after its name."""
    if passage.meaning not in {"general", "", "preamble"} or passage.depth or passage.number not in {"", "1", "1.1"}:
        return
    for pattern in list_phrases(language, "status"):
        found = pattern.search(passage.text)
        if found and found.start() < 250:
            status = re.sub(r"\s*\((?:далі|далее|hereinafter|далей)[^)]*\)", "", first_sentence(found[0]))
            yield passage.state(("status",), status.strip(" ."), 0.8, found[0])
            return


def _name_of(raw: str, told: Told, language: str) -> str:
    """A name from the same list as one that was told, in the nominative."""
    return restore(raw, language, told.case).text


def _weigh(surety: float, name: str) -> float:
    """Long names are less sure: they may hold more than the name."""
    return surety if len(name.split()) <= 12 else min(surety, 0.7 if len(name.split()) <= 18 else 0.55)
