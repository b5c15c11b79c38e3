"""Words by which rows of staffing tables are recognised in Ukrainian, Russian, Belarusian and English."""

from __future__ import annotations

import re

TOTAL = re.compile(
    r"^\W*(?:у\s?сього|всього|разом|загалом|загальна|итого|всего|общее|разам|усяго|grand total|sub-?total|total|in total|sum)\b",
    re.IGNORECASE,
)
"""Rows that add up."""

GRAND = re.compile(
    r"документ|штатн|установ|заклад|учрежден|организац|арганізац|устано|предприят|підприємств|grand|overall|організаці|загальн|общ",
    re.IGNORECASE,
)
"""Words of a total that adds up everything."""

TITLE = re.compile(
    r"штатн\w+\s+(?:розпис|расписан)|штатны\s+расклад|staff(?:ing)?\s+(?:table|list|schedule)|establishment\s+(?:table|list)", re.IGNORECASE
)

LEADERSHIP = re.compile(
    r"^(?:керівництво|керівний склад|керівники? установи|руководство|руководящий состав|кіраўніцтва|leadership|management|executive)\W*$",
    re.IGNORECASE,
)
"""Headings above posts that stand directly under the organisation."""

STAFF = re.compile(
    r"персонал|персанал|працівники|работники|работнікі|состав|склад\b|\bstaff\b|\bpersonnel\b|\bemployees\b|служащие|службовці|робітники|рабочие|workers",
    re.IGNORECASE,
)
"""Headings that name a group of employees and no unit."""

SIGNED = re.compile(
    r"_{3,}|підпис|подпис|подпіс|signature|signed|погоджено|согласовано|узгоднена|agreed|м\.\s?п\.|виконав|исполнител|\(.*ініціал|\(.*инициал",
    re.IGNORECASE,
)
"""Lines below a table."""

NUMBERED = re.compile(r"^\s*(?:(?:розділ|раздел|section)\s+)?(?P<number>\d{1,2}(?:\.\d{1,2})*|[IVXІХ]{1,5})[.)]?\s+(?=\S)", re.IGNORECASE)
"""The number before the name of a unit."""

CATEGORIES = {
    "manager": re.compile(r"^(?:керівник\w*|руководител\w*|кіраўнік\w*|managers?)\W*$", re.IGNORECASE),
    "professional": re.compile(r"^(?:професіонал\w*|професс?ионал\w*|прафесіянал\w*|professionals?)\W*$", re.IGNORECASE),
    "specialist": re.compile(r"^(?:фахів\w+|специалист\w*|спецыяліст\w*|specialists?)\W*$", re.IGNORECASE),
    "technical": re.compile(
        r"^(?:технічн\w+ службов\w+|службов\w+|(?:другие |технические )?(?:служащ\w+|исполнител\w+)|technical(?: staff)?)\W*$",
        re.IGNORECASE,
    ),
    "worker": re.compile(r"^(?:робітник\w*|робітнич\w+ персонал|рабоч\w+|workers?)\W*$", re.IGNORECASE),
}  # fmt: skip
"""Categories of posts, in cells and as headings."""

ESTABLISHMENTS = {
    "permanent": re.compile(r"постійн|постоян|пастаянн|permanent", re.IGNORECASE),
    "fixed-term": re.compile(r"строков|срочн|тэрмінов|fixed", re.IGNORECASE),
    "temporary": re.compile(r"тимчасов|времен|часов|temporary", re.IGNORECASE),
}

CODE = re.compile(r"[0-9]{4,6}([.-][0-9]{1,3})?\Z")

RANKS = {
    "department": 1, "institution": 1, "directorate": 2, "service": 3, "office": 3, "centre": 3, "division": 3, "section": 4, "sector": 5,
    "group": 5,
}  # fmt: skip
"""How deep a kind of unit usually lies."""


def tell_scheme(head: str, code: str, language: str) -> str:
    """The classifier that a code belongs to: by the head of its column, else the one of the country."""
    folded = head.casefold()
    if re.search(r"окпдтр", folded):
        return "okpdtr"
    if re.search(r"\bокз\b", folded):
        return "okz"
    if "-" in code or re.search(r"окрб|акрб", folded):
        return "okrb014"
    if "isco" in folded or language == "en":
        return "isco08"
    if language == "uk":
        return "dk003"
    return "okpdtr" if len(code) >= 5 and "." not in code else "okz"
