"""Subjects: of whom or what a paper speaks: the post or unit, its institution, told from the title and the head."""

from __future__ import annotations

import re
from typing import NamedTuple

from orgdocs.importing.manuscript import Grid
from orgdocs.importing.understanding.lines import Line
from orgdocs.importing.understanding.nominatives import restore
from orgdocs.importing.understanding.particulars import is_form, read_particulars, tell_particular, write_out
from orgdocs.importing.understanding.splitting import Portion
from orgdocs.importing.understanding.titles import is_organisation, is_place, names_post, tell_title
from orgdocs.importing.understanding.vocabulary import find_pattern

_ABOUT = re.compile(r"^(?:про|об|обо|о|аб|пра|on the|on|of the|of|for the|for|about the|about|to the|to)\s+", re.IGNORECASE)
_SUPERIOR = re.compile(
    r"^(?:міністерство|министерство|міністэрства|ministry|администрация|адміністрація|комитет|комітет|камітэт)|"
    r"(?:рада|администрация|адміністрація|council)$|^(?:управління|управление) \w+",
    re.IGNORECASE,
)
_QUOTED_INSTITUTION = re.compile(r"\b(?:[А-ЯІЇЄҐЁЎ]{2,7}\s+){1,3}«[^»]+»")
_NUMBER_BEHIND = re.compile(r"\s+(?:№|N)\s*[\w/-]+$")
_GENITIVE = re.compile(r"(?:ого|ої|ой|его|ей|ага|ай)$", re.IGNORECASE)
_CODE = re.compile(r"\s*\((?:код|code)[^)]*\)|\s*\bкод(?: (?:за|згідно з|по))? (?:КП|ДК|ОКПДТР|ОКЗ|ОКРБ)[^\d()]*[\d.:-]*\d", re.IGNORECASE)
_ENGLISH_INSTITUTION = re.compile(
    r"(?:[A-Z][\w’'-]+ )+(?:Trust|Council|University|Hospital|Library|School|College|Company|Foundation|Institute)"
)
_HANGING = re.compile(r"\s+(?:for|of|to|in|the|з|із|для|у|в|по|с|о|об|на)$", re.IGNORECASE)
_NUMBER = re.compile(r"^(?:№|N|No\.?)\s*[\w/-]+\s*")
_OPENING = re.compile(
    r"(?P<name>[^.,:;()]{4,90}?)\s*(?:\(|[–—-] |,? ?(?<!\w)(?:належить|відноситься|є|призначається|підпорядковується|относится|является|"
    r"назначается|подчиняется|адносіцца|belongs|is|reports)(?!\w))"
)
_LARGER = re.compile(r"(?<=\w)\s+(?P<larger>(?:управління|департаменту|управления|департамента|упраўлення)\s+\w{4,}.*)$", re.IGNORECASE)
_BELONGS = re.compile(r"(?:належить|відноситься|підпорядковується|относится|подчиняется|адносіцца|падпарадкоўваецца|reports)$")
"""Verbs whose subject in a first clause is the post, whatever it is called."""
_BLANK = re.compile(r"\s*\[[^\]]*\]|_{2,}")


class Subject(NamedTuple):
    """Names in the nominative as far as that could be told; empty where nothing was told."""

    name: str
    organisation: str = ""
    unit: str = ""


def tell_subject(portion: Portion, kind: str, language: str) -> Subject:
    """Whom or what a paper is about."""
    particulars = read_particulars(list_entries(portion))
    above = _find_above(portion)
    told = _read_subject(portion, kind, language, above)
    return Subject(
        *(
            value if field not in particulars else _lower_first(particulars[field][0], "en" if field == "organisation" else language)
            for field, value in zip(Subject._fields, told, strict=True)
        ),
    )


def _read_subject(portion: Portion, kind: str, language: str, above: str) -> Subject:
    title = _read_title(portion)
    if not title:
        return Subject(_tell_opening(portion), above)
    case = _tell_case(title, kind, language, titled=portion.named is not None)
    text = _ABOUT.sub("", title)
    name, organisation = _cut_organisation(text, kind)
    name = name if kind == "regulation" else _NUMBER_BEHIND.sub("", name)
    organisation = organisation or _read_organisation(portion)
    unit = ""
    if kind == "job-description":
        name, unit = _cut_unit(name)
    elif not organisation:
        name, organisation = _cut_superior(name)
    restored = restore(name, language, case).text if name else ""
    if kind == "job-description":
        restored = _lower_first(restored, language)
    return Subject(
        restored,
        restore(organisation, language, "genitive").text if organisation else above,
        restore(unit, language, "genitive").text if unit else "",
    )


def _lower_first(name: str, language: str) -> str:
    """A title of a post begins with a small letter, except in English and where it is an abbreviation or in quotes."""
    words = name.split()
    return (
        name[:1].lower() + name[1:] if words and language != "en" and words[0].istitle() and len(words[0]) > 1 and "«" not in name else name
    )


def _read_title(portion: Portion) -> str:
    if not portion.title:
        return _read_beside_stamp(portion)
    lines = [line.words for index, line in enumerate(portion.title) if not index or not _is_institution(line)]
    if portion.named is not None:
        lines[:1] = [portion.named.rest]
    text = _HANGING.sub("", " ".join(_lower(line) for line in lines if line))
    return _BLANK.sub("", _NUMBER.sub("", _CODE.sub("", text))).strip(" .,:–—-")


def _read_beside_stamp(portion: Portion) -> str:
    """The title of a paper that names its kind in a table beside the stamp: the post stands below the date and number."""
    found = next((index for index, line in enumerate(portion.above) if tell_title(line)), None)
    rest = portion.above[found + 1 :] if found is not None else []
    return next((_lower(line.words) for line in rest if not is_place(line) and not is_organisation(line)), "")


def _read_organisation(portion: Portion) -> str:
    """A line of the title, after its first, that names the institution alone."""
    return next((_lower(line.words) for line in portion.title[1:] if _is_institution(line)), "")


def _is_institution(line: Line) -> bool:
    found = _search(line.words, "institutions")
    if _ENGLISH_INSTITUTION.fullmatch(line.words):
        return True
    return (found is not None and not found.start()) or re.search(r"\b(?:Ltd|LLC|Inc|GmbH|plc)\b", line.words) is not None


def _lower(text: str) -> str:
    """A line in capitals in small letters; what stands in quotes keeps its first capital."""
    if not text.isupper():
        return text
    lowered = text.lower()
    return re.sub(r"([«\"“]\s*)(\w)", lambda found: found[1] + found[2].upper(), lowered)


def _tell_case(title: str, kind: str, language: str, *, titled: bool) -> str:
    if language == "en" or not titled:
        return "nominative"
    if kind == "regulation":
        return "prepositional" if re.match(r"об? |обо |аб ", title, re.IGNORECASE) else "accusative"
    first = title.split(maxsplit=1)[0].lower() if title.split() else ""
    if language == "ru" and re.search(r"(?:ому|ему|ору|ику|исту|ерю|арю|телю)$", first):
        return "dative"
    if re.search(r"(?:ор|ик|іст|ист|ець|ер|ач|ар|ль|ий|ый|ій)$", first):
        return "nominative"
    return "genitive"


def _cut_organisation(text: str, kind: str) -> tuple[str, str]:
    """The institution at the end of a title. That of a council's own department stays a part of its name as well."""
    found = _search(text, "institutions") or _QUOTED_INSTITUTION.search(text)
    if not found or not found.start():
        return text, ""
    start = _go_back(text, found.start())
    organisation = re.sub(r"^(?:of|at|in)\s+(?:an?|the)?\s*", "", text[start:]).strip(" ,.")
    if _search(f"of {organisation}", "units"):
        return text, ""
    council = re.search(r"(?:ради|совета|савета)$", organisation) and kind == "regulation"
    return (text if council else text[:start].strip(" ,.")), organisation


def _go_back(text: str, start: int) -> int:
    """Where the name of an institution begins: adjectives before its noun belong to it, but the first word of the text does not."""
    while start:
        before = text[:start].rstrip()
        word = before.split()[-1] if before else ""
        if len(before.split()) < 2 or not _GENITIVE.search(word):
            break
        start = len(before) - len(word)
    return start


def _cut_unit(name: str) -> tuple[str, str]:
    """The unit at the end of a title; a head's title keeps it: head of department."""
    found = _search(name, "units")
    if not found or not found.start():
        return name, ""
    before = name[: found.start()].strip(" ,")
    unit = re.sub(r"^(?:of|in)\s+(?:the\s+)?", "", name[found.start() :])
    heads = before and find_pattern("heads").fullmatch(before.split()[-1])
    return (name if heads else before), unit


def _cut_superior(name: str) -> tuple[str, str]:
    """The larger unit to which a sector or division belongs by its name: that is then what its regulation knows as the organisation."""
    found = _LARGER.search(name)
    return (name[: found.start()], found["larger"]) if found else (name, "")


def list_entries(portion: Portion) -> list[Line]:
    """The lines that may say something as a form does: those of the head, and the rows of forms in the text."""
    return [*portion.above, *(line for piece in portion.body if isinstance(piece, Grid) and is_form(piece) for line in write_out(piece))]


def _search(text: str, topic: str) -> re.Match[str] | None:
    """The first place where a word of a topic begins."""
    return next((found for found in find_pattern(topic).finditer(text) if not text[: found.start()][-1:].isalnum()), None)


def _find_above(portion: Portion) -> str:
    lines = [
        line.words.rstrip(".") if re.search(r"(?:Ltd|Inc)\.$", line.words) else line.words
        for line in portion.above
        if is_organisation(line) and not tell_particular(line.words) and (line.caps or line.centred or line.bold or line.size <= 12)
    ]
    while len(lines) > 1 and _SUPERIOR.search(lines[0]):
        lines.pop(0)
    if lines and not any(line.endswith(".") for line in lines):
        return " ".join(lines[:3])
    stamped = (_QUOTED_INSTITUTION.search(line.words) for line in portion.stamp)
    return next((found[0] for found in stamped if found), "")


def _tell_opening(portion: Portion) -> str:
    """A paper whose title names nobody: the subject of its first clause."""
    for piece in portion.body[:8]:
        if isinstance(piece, Line) and piece.mark and piece.mark.numbers[-1:] == (1,):
            found = _OPENING.match(piece.words)
            if found and (names_post(piece) or _BELONGS.search(found[0])):
                name = found["name"].strip()
                return name[:1].lower() + name[1:]
    return ""
