"""One paper as many Word files: typed and automatic numbers, residue of editing, tracked changes, content controls, tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.sax.saxutils import escape

from importing.reading.wordcases import draw_word_file

_NUMBER = re.compile(r"(\d+(?:\.\d+)+\.|\d+\.|\d+\)|[а-г]\)|–) (.*)")


def _run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _paragraph(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def _typed(line: str) -> str:
    return _paragraph(_run(line))


def _tabbed(line: str) -> str:
    """A number, a tab, and spaces that do not break."""
    kept = line.replace(" ", "\xa0\t ", 1).replace("№ ", "№\xa0").replace("п. ", "п.\u202f")
    return _paragraph(_run(kept).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">'))


def _edited(line: str) -> str:
    """Every third letter a run of its own, soft hyphens, marks of the spelling check, a bookmark in the middle."""
    pieces = re.findall(r".{1,3}", line)
    between = ("<w:proofErr w:type='spellStart'/>", "", "<w:bookmarkStart w:id='1' w:name='_GoBack'/>", "<w:bookmarkEnd w:id='1'/>")
    runs = "".join(_run(piece + ("\u200b" if place % 5 == 0 else "")) + between[place % 4] for place, piece in enumerate(pieces))
    return _paragraph(runs.replace("про</w:t>", "про\xad</w:t>"))


def _tracked(line: str) -> str:
    """Something else was there before; the end of an old paragraph was deleted, too."""
    middle = len(line) // 2
    change = '<w:{0} w:id="1" w:author="a" w:date="2024-01-01T00:00:00Z">{1}</w:{0}>'
    gone = change.format("del", _run("було інше").replace("w:t", "w:delText"))
    moved = change.format("moveFrom", _run("було тут"))
    before = _paragraph(moved, '<w:rPr><w:del w:id="2"/></w:rPr>')
    return before + _paragraph(_run(line[:middle]) + gone + change.format("ins", _run(line[middle:])))


def _controlled(line: str) -> str:
    start, space, rest = line.partition(" ")
    paragraph = _paragraph(f"<w:sdt><w:sdtContent>{_run(start)}</w:sdtContent></w:sdt>{_run(space + rest)}")
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph}</w:sdtContent></w:sdt>"


def _alternative(line: str) -> str:
    """The line twice, for newer and for older programs."""
    return (
        f'<mc:AlternateContent><mc:Choice Requires="w14">{_typed(line)}</mc:Choice>'
        f"<mc:Fallback>{_typed(line)}</mc:Fallback></mc:AlternateContent>"
    )


PLAIN: dict[str, Callable[[str], str]] = {
    "typed": _typed,
    "tabbed": _tabbed,
    "edited": _edited,
    "tracked": _tracked,
    "controlled": _controlled,
    "alternative": _alternative,
}
"""Ways in which a line is written."""


def disguise(lines: list[str], way: str) -> bytes:
    """A Word file that says these lines in a way of ``PLAIN``."""
    return draw_word_file({"word/document.xml": "\n".join(map(PLAIN[way], lines)).encode()})


def number(lines: list[str]) -> bytes:
    """A Word file with these lines whose numbers are set by Word: one list for the clauses, and a new one wherever items begin."""
    body: list[str] = []
    lists: list[str] = []
    for line in lines:
        found = _NUMBER.match(line)
        if found is None:
            body.append(_typed(line))
            continue
        mark, text = found.groups()
        if mark[-1] == "." and mark[0].isdigit():
            lists_of, level = "1", mark.count(".") - 1
        elif mark == "–":
            lists_of, level = "2", 0
        else:
            level = 0 if mark[0].isdigit() else 1
            if mark == "1)" or not lists:
                lists.append(f"№ {len(lists) + 3} = 3 0:1")
            lists_of = str(len(lists) + 2)
        body.append(_paragraph(_run(text), f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{lists_of}"/></w:numPr>'))
    numbering = [
        '¶ 1: decimal "%1."; decimal "%1.%2."; decimal "%1.%2.%3."',
        '¶ 2: bullet "–"',
        '¶ 3: decimal "%1)"; russianLower "%2)"',
        "№ 1 = 1",
        "№ 2 = 2",
        *lists,
    ]
    return draw_word_file({"word/document.xml": "\n".join(body).encode(), "word/numbering.xml": "\n".join(numbering).encode()})
