"""What a paper is about: the title of a post, the name of a unit, its kind, and the case forms of both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orgdocs.importing.understanding.nominatives import restore
from orgdocs.language import INFLECTED

if TYPE_CHECKING:
    from orgdocs.importing.drafts import PaperDraft
    from orgdocs.language.inflecting import What
    from orgdocs.language.proposals import Proposal

_KINDS = re.compile(
    r"^\W*(?:типова\s+|типовая\s+)?(?:посадова\s+інструкція|робоча\s+інструкція|должностная\s+инструкция|рабочая\s+инструкция"
    r"|пасадавая\s+інструкцыя|положення\s+про|положення|положение\s+об?|положение|палажэнне\s+аб|job\s+(?:description|instructions?)"
    r"|(?:regulations?|statute)\s+(?:on|of))\b[\s:–—-]*(?:(?:of|for|to)\s+)?(?:the\s+)?",
    re.IGNORECASE,
)


def name_subject(draft: PaperDraft) -> str:
    """The title of the post or the name of the unit: as it was understood, else what the title of the paper leaves of it."""
    if draft.name:
        return draft.name
    title = " ".join(" ".join(draft.title).split())
    if not re.search(r"\w", title):
        return _NAMELESS.get(draft.language, _NAMELESS["en"])[draft.kind == "regulation"]
    name = _KINDS.sub("", title, count=1).strip(' .,:«»"“”') or title
    return name.lower() if name.isupper() else name


_NAMELESS = {
    "uk": ("посада", "підрозділ"),
    "ru": ("должность", "подразделение"),
    "be": ("пасада", "падраздзяленне"),
    "en": ("post", "unit"),
}
"""What a paper without a title is about, until somebody writes it: a post, a unit."""

_UNIT_KINDS = {
    "department": r"департамент|department",
    "directorate": r"управлінн|управлени|directorate",
    "division": r"відділ\b|відділу|отдел\b|отдела|division",
    "sector": r"сектор|sector",
    "section": r"відділенн|отделени|section",
    "service": r"служб|service",
    "office": r"бюро|канцеляр|бухгалтер|office|accounting",
    "centre": r"центр|cent(?:re|er)",
    "group": r"груп|team|group",
    "institution": r"установ|заклад|учрежден|школ|ліце|лице|гімназі|гимнази|лікарн|больниц|бібліотек|библиотек|institution|school"
    r"|hospital|library",
}


def tell_unit_kind(name: str) -> str | None:
    """The kind of a unit by the first word of its name that says it."""
    found = {kind: match.start() for kind, pattern in _UNIT_KINDS.items() if (match := re.search(rf"\b(?:{pattern})", name, re.IGNORECASE))}
    return min(found, key=lambda kind: found[kind]) if found else None


_HEADS = {
    "uk": {"department": "директор", "centre": "директор", "institution": "директор", "sector": "завідувач", "": "начальник"},
    "ru": {"centre": "директор", "institution": "директор", "sector": "заведующий", "": "начальник"},
    "be": {"centre": "дырэктар", "institution": "дырэктар", "": "начальнік"},
    "en": {"centre": "director", "institution": "director", "": "head"},
}


def title_head(kind: str | None, language: str) -> str:
    """How the head of a unit of some kind is usually titled."""
    titles = _HEADS.get(language, _HEADS["en"])
    return titles.get(kind or "", titles[""])


def propose_forms(name: str, language: str, what: What) -> Proposal | None:
    """The case forms of a name; None where the language has none, or where the dictionary is not installed."""
    if language not in INFLECTED:
        return None
    from orgdocs.language.inflecting import is_available, propose  # noqa: PLC0415  (an extra, and dictionaries take their time)

    return propose(name, language, what=what) if is_available(language) else None


_PART_OF = re.compile(
    r"(?:підрозділом|подразделением|падраздзяленнем|unit|department|division|part) (?:of )?(?:the )?(?P<larger>\S.*)$", re.IGNORECASE
)


_LONGEST_NAME = 14
"""More words than this are no name of an institution."""


def tell_larger(draft: PaperDraft) -> str:
    """What the unit of a regulation belongs to, as its first clause says: "is a unit of the X"; empty if it says nothing."""
    statuses = (str(fact.value) for fact in draft.facts if fact.route == ("status",))
    found = next((found for status in statuses if (found := _PART_OF.search(status))), None)
    if found is None:
        return ""
    name = re.split(r"[,;(]|\s(?:та|і|и|and|який|яка|котор\w+|which|that)\s", found["larger"])[0].strip(" .")
    return restore(name, draft.language, "genitive").text if len(name.split()) <= _LONGEST_NAME else ""
