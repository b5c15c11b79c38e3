"""Titles: the lines that name a paper, and the stamps and signatures around it."""

from __future__ import annotations

import re
from typing import NamedTuple

from orgdocs.importing.understanding.lines import Line
from orgdocs.importing.understanding.vocabulary import find_pattern

KINDS = ("job-description", "regulation", "staffing-table", "unknown")

_CAPITAL = "А-ЯІЇЄҐЁЎA-Z"
_SIGNATURE = re.compile(
    rf"_{{3,}}.*[{_CAPITAL}][\w'’]*\.?\s*[{_CAPITAL}]|_{{3,}}\s*\(|"
    rf"(^|\s)[{_CAPITAL}]\.\s?([{_CAPITAL}]\.)?\s?[{_CAPITAL}][\w'’-]+$|\s[{_CAPITAL}][а-яіїєґa-z'’-]+ [{_CAPITAL}'’-]{{3,}}$|"
    r"^[_\s/()«»\"\d.рокугд]*_{4,}[_\s/()«»\"\d.рокугд]*$|^\(?(підпис|подпись|подпіс|signature|дата|date|п\.?\s?і\.?\s?б|ф\.?\s?и\.?\s?о)\b",
)
_PLACE = re.compile(
    r"^(м|г|смт|с|пос|п|аг)\.\s?[А-ЯІЇЄҐЁЎ][\w'’-]+$|^[«\"“]?[\d_]+[»\"”]?\s*[_\w]+\s*(\d{2,4}|20_+)?\s*(р|року|г|года)?\.?\s*(№|N|No)?\s*[\w_/-]*$|"
    r"^(№|N|No\.?)\s*[\d_]|^\d{2}\.\d{2}\.\d{4}|^_{3,}",
)
_OPENING = '«"“ '


class Title(NamedTuple):
    """The kind of paper that a title line names, and what follows in the line: of whom, about what."""

    kind: str
    rest: str
    by_duties: bool = False
    """Whether it only says "duties of", which may be the heading of a section as well."""


def tell_title(line: Line) -> Title | None:
    """Whether a line is the title of a paper: its kind, and the words after it."""
    if line.mark or line.size > 45 or line.end in {";", ",", ":"}:
        return None
    words = line.words.lstrip(_OPENING)
    for kind in (*KINDS, "duties"):
        by_duties = kind == "duties"
        found = (find_pattern("duty_titles") if by_duties else find_pattern("titles", kind)).match(words)
        if not found:
            continue
        rest = words[found.end() :].strip(' .«»"')
        if re.search(rf"\b{find_pattern('sentences').pattern}\b", rest, re.IGNORECASE):
            return None
        if line.end == "." and line.size > 8 and not line.shown:
            return None
        linked = re.search(r"\b(of|for|on)(?= the$|$)", found[0], re.IGNORECASE)
        return Title("job-description" if by_duties else kind, f"{linked[0]} {rest}" if linked else rest, by_duties)
    return None


def is_stamp(line: Line) -> bool:
    """Whether an approval or agreement stamp, or the note of an annex, begins with the line."""
    return _begins(line, "stamps") or opens_head(line)


def opens_head(line: Line) -> bool:
    """Whether the head of a paper may begin with the line: an approval stamp or the note of an annex."""
    return _begins(line, "approvals")


def _begins(line: Line, topic: str) -> bool:
    if line.mark or line.size > 16:
        return False
    words = line.words.lstrip(_OPENING)
    found = find_pattern(topic).match(words)
    return found is not None and not words[found.end() : found.end() + 1].isalpha()


def is_below(line: Line) -> bool:
    """Whether a line belongs to what stands below the clauses: signatures, agreement, familiarisation, closing words."""
    return line.mark is None and (find_pattern("foot").match(line.words) is not None or is_signature(line))


def is_signature(line: Line) -> bool:
    """Whether a line is signed or to be signed."""
    if line.size <= 10 and re.search(r"[^_]\s_{4,}$", line.words) and names_post(line):
        return True
    return line.size <= 16 and len(line.words) <= 300 and line.end != ";" and _SIGNATURE.search(line.words) is not None


def is_place(line: Line) -> bool:
    """Whether a line gives the place, date or number of a paper."""
    return line.size <= 10 and len(line.words) <= 200 and _PLACE.search(line.words) is not None


def is_organisation(line: Line) -> bool:
    """Whether a line above the title names an institution."""
    return line.size <= 25 and re.search(rf"\b{find_pattern('organisations').pattern}\b", line.words, re.IGNORECASE) is not None


def names_post(line: Line) -> bool:
    """Whether a line begins with the name of a post."""
    return find_pattern("posts").match(line.words) is not None
