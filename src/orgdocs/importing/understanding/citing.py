"""Citing: the acts that a post or unit is guided by, or on which a paper is based: title, kind, number and date of each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orgdocs.importing.drafts import Fact, Value
from orgdocs.importing.understanding.nominatives import Name, restore
from orgdocs.importing.understanding.passages import Passage, first_sentence, is_blank
from orgdocs.importing.understanding.vocabulary import LANGUAGES, find_word_list, list_phrases, list_words

_MONTHS = {month: number for language in LANGUAGES for number, month in enumerate(list_words(language, "months"), 1)}
_NUMBER = re.compile(
    r"(?:GOST(?: R)?|ГОСТ(?: Р)?|ДСТУ(?: [A-Z]+)*|СТБ)\s+([\d.:-]*\d)|(?:№|\bN|No\.?)\s*([\w/.-]*\d[\w/.-]*)|"
    r"\b(\d{2,4}-[IVXІХ]+|\d+-ФЗ|\d+-З)\b"
)
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_VERBAL = re.compile(r"(\d{1,2})\s+([^\W\d_]{3,10})\s+(\d{4})|([A-Z][a-z]{2,8})\s+(\d{1,2}),?\s+(\d{4})")
_PARTICULARS = re.compile(
    r",?\s*(?:від|от|dated|of|ад)?\s*(?:\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}\s+[^\W\d_]{3,10}\s+\d{4}|[A-Z][a-z]{2,8} \d{1,2},? \d{4})"
    r"\s*(?:р\.|року|г\.|года|г)?|,?\s*(?:№|\bN\b|\bNo\.?)\s*[\w/.-]*\d[\w/.-]*"
)
_KINDS = (
    ("constitution", r"конституц|канстытуц|constitution"), ("code", r"кодекс|кодэкс|\bcode\b"),
    ("law", r"закон|\blaws?\b|\bact\b"), ("decree", r"указ|дэкрэт|decree"), ("resolution", r"постанов|пастанов|resolution"),
    ("order", r"наказ|приказ|загад|orders?"), ("directive", r"розпорядж|распоряж|распараджэн|directive"),
    ("decision", r"рішен|решен|рашэн|decision"), ("charter", r"статут|устав|charter"), ("regulation", r"положен|палажэн|regulation"),
    ("standard", r"стандарт|standard|гост|дсту"), ("contract", r"договор|договір|contract|agreement"), ("rules", r"правил|правіл|rules"),
    ("instruction", r"інструкц|инструкц|description|instruction"),
)  # fmt: skip
_INSTRUMENTAL = {
    "uk": re.compile(r"(?:ою|ею|єю|ом|ем|єм|ами|ями|им|ими|ням)$"),
    "ru": re.compile(r"(?:ой|ей|ою|ею|ом|ем|ами|ями|ым|им|ыми|ими|ием|ией)$"),
    "be": re.compile(r"(?:ай|яй|ой|ом|ам|ем|амі|ямі|ым|ім)$"),
}
_LAWS = re.compile(
    r"(закон\w*|федеральн\w+ закон\w*)\s+(України|Российской Федерации|Рэспублікі Беларусь|Республики Беларусь)?\s*«", re.IGNORECASE
)
_APPROVED = re.compile(r"(?:затвердж|утвержд|зацвердж|approved)\w*", re.IGNORECASE)
"""What follows says who approved the act before."""
_BETWEEN = re.compile(r",?\s+(?:а також|а также|а таксама|as well as)\s+|,\s+(?:(?:та|і|и|and)\s+)?|\s+(?:та|і|й|и|and)\s+|;\s*")


def tell_acts(passage: Passage, language: str) -> Iterator[Fact]:
    """The acts that it is guided by."""
    yield from _tell(passage, language, "guided_by", "instrumental")


def tell_basis(passage: Passage, language: str) -> Iterator[Fact]:
    """The acts on which the paper is based."""
    if passage.meaning in {"preamble", "general", ""}:
        yield from _tell(passage, language, "basis", "genitive")


def _tell(passage: Passage, language: str, route: str, case: str) -> Iterator[Fact]:
    for pattern in list_phrases(language, route):
        found = pattern.search(passage.text)
        if not found:
            continue
        listed = [item.text for item in passage.items] or _divide(first_sentence(found["list"]).strip(" ."), language)
        listed = _join_bare(listed) if not passage.items else listed
        if ":" in found[0][: found.start("list") - found.start()] and route == "basis":
            case = "nominative"
        parts = [single for text in listed for part in _keep_whole(text, language, bool(passage.items)) for single in _divide_laws(part)]
        acts: list[Value] = [act for part in parts if (act := _read_act(part, language, case))]
        if acts and not any(is_blank(text) for text in listed):
            yield passage.state((route,), acts, 0.85 if passage.items else 0.75, found[0])
        return


def _join_bare(acts: list[str]) -> list[str]:
    """A kind of act alone belongs to the next one: постановами, наказами вищих органів."""
    joined: list[str] = []
    for act in acts:
        if (
            joined
            and len(joined[-1].split()) == 1
            and not re.match(r"конституц|канстытуц|constitution|статут|устав|charter", joined[-1], re.IGNORECASE)
        ):
            joined[-1] += f", {act}"
        else:
            joined.append(act)
    return joined


def _keep_whole(text: str, language: str, listed: bool) -> list[str]:
    """An item of a list may itself name two acts: the charter and this job description."""
    if not listed:
        return [text]
    own = re.search(rf"\s(?:та|і|й|и|and|або)\s+(?=(?:{find_word_list(language, 'own').pattern}))", text, re.IGNORECASE)
    return [text[: own.start()], text[own.end() :]] if own else [text]


def _divide(text: str, language: str) -> list[str]:
    """The acts of a sentence: it is divided where the next word is a kind of act, and never within quotes or brackets."""
    heads = find_word_list(language, "acts_heads")
    parts: list[str] = []
    last = 0
    for found in _BETWEEN.finditer(text):
        before = text[last : found.start()]
        if before.count("«") > before.count("»") or before.count("“") > before.count("”") or before.count("(") > before.count(")"):
            continue
        following = text[found.end() :]
        if _APPROVED.match(following):
            continue
        if language == "en" and not (found[0].startswith((",", ";")) or "as well" in found[0] or re.match(r"th(?:is|ese)\b", following)):
            continue
        if heads.match(following) or heads.match(re.sub(r"^\w+(?:ими|ими|ым|им|ою|ой|ми)\s+", "", following)):
            parts.append(before)
            last = found.end()
    parts.append(text[last:])
    return [part.strip(" ,.;") for part in parts if part.strip(" ,.;")]


def _divide_laws(text: str) -> list[str]:
    """Several laws named by one word, each by itself: законами України «Про освіту», «Про працю»."""
    found = _LAWS.match(text)
    quoted = re.findall(r"«[^»]+»[^«,]*", text) if found else []
    if not found or len(quoted) < 2:
        return [text]
    law = {"за": "Закон", "фе": "Федеральный закон"}[found[1][:2].lower()]
    names = [re.sub(r"\s+(?:та|і|и)$", "", name.strip(" ,")) for name in quoted]
    return [" ".join(f"{law} {found[2] or ''} {name}".split()) for name in names]


def _read_act(text: str, language: str, case: str) -> dict[str, Value] | None:
    text = re.sub(r"\s*\((?:далі|далее|hereinafter|далей)[^)]*\)", "", text).strip(" ,.;")
    text = re.sub(r"^(?:а також|а также|as well as|and|та|і|и)\s+", "", text)
    if (
        len(text) < 4
        or re.fullmatch(r"(?:approved|adopted|утвержд\w+|затвердж\w+|зацвердж\w+)\.?", text)
        or find_word_list(language, "own").match(text)
    ):
        return None
    bare = " ".join(_PARTICULARS.sub(" ", text).split()).strip(" ,.;").replace(" ,", ",")
    parts = [bare] if "«" in bare else bare.split(", ")
    names = [(part, _restore_part(part, language, _case_of(part, language, case))) for part in parts]
    name = ", ".join(restored.text if restored.surety >= 0.7 else part for part, restored in names)
    value: dict[str, Value] = {"name": _complete(name, language)}
    kind = next((kind for kind, pattern in _KINDS if re.search(pattern, re.split(r"«|, (?=[зу]\w+жен)", name)[0][:60], re.IGNORECASE)), "")
    if kind:
        value["kind"] = kind
    number = _NUMBER.search(text)
    if number:
        value["number"] = next(group for group in number.groups() if group).strip(".")
    date = _read_date(text)
    if date:
        value["date"] = date
    return value


def _restore_part(text: str, language: str, case: str) -> Name:
    """A part of a title in the nominative; of "approved by the order …" only the first word stands in the case of the title."""
    approved, _, rest = text.partition(" ")
    if _APPROVED.fullmatch(approved) and rest:
        first = restore(text, language, case).text.split()[0]
        return Name(f"{first} {rest}", 0.9)
    return restore(text, language, case)


def _case_of(text: str, language: str, case: str) -> str:
    """Items of a list often stand in the nominative, whatever the verb before them asks for."""
    if case == "nominative":
        return case
    first = text.split(maxsplit=1)[0].lower()
    endings = _INSTRUMENTAL.get(language)
    if endings and endings.search(first):
        return "instrumental"
    return case if case == "genitive" else "nominative"


def _complete(name: str, language: str) -> str:
    return f"{name} України" if language == "uk" and name == "Конституція" else name


def _read_date(text: str) -> str:
    day = _DAY.search(text)
    if day:
        return f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
    verbal = _VERBAL.search(text)
    if not verbal:
        return ""
    month = _MONTHS.get((verbal[2] or verbal[4]).lower())
    if not month:
        return ""
    return f"{verbal[3] or verbal[6]}-{month:02}-{int(verbal[1] or verbal[5]):02}"
