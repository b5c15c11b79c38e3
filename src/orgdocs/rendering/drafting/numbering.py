"""The numbers of sections, clauses and items, as Word counts them."""

from __future__ import annotations

import re

from orgdocs.rendering.drafting.layout import Layout
from orgdocs.rendering.drafting.markup import XMLNS_W
from orgdocs.rendering.packages import DECLARATION

LEVEL_STYLES = ("Heading1", "Clause", "Item", "Subitem", "Dash")


def _listed_levels(levels: list[str]) -> list[int]:
    """Which of the five levels belong to the list: an unnumbered heading does not, so that numbers run on."""
    return [index for index in range(len(levels)) if index or levels[index]]


UNNUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'
"""Takes the number of its style from a paragraph: a list that prints none. Checkers do not know Word's own list 0."""


def other_levels(levels: list[str]) -> list[str]:
    """The patterns of the other way to number: through the whole paper, if these begin anew in each section, and the other way round.

    >>> other_levels(["%1.", "%1.%2.", "%3)", "", "–"])
    ['', '%1.', '%2)', '', '–']
    >>> other_levels(["", "%1.", "%1.%2.", "–", "–"])
    ['%1.', '%1.%2.', '%1.%2.%3.', '–', '–']
    """

    def shift(pattern: str, by: int) -> str:
        return re.sub(r"%(\d)", lambda number: f"%{int(number[1]) + by}", pattern)

    if not levels[0]:
        return ["%1.", *(f"%1.{shift(level, 1)}" if "%" in level else level for level in levels[1:])]
    clause, *deeper = (shift(level.removeprefix("%1."), -1) for level in levels[1:])
    return ["", clause if clause.endswith((".", ")")) else f"{clause}.", *deeper]


def number_of(levels: list[str], index: int, list_id: int = 1) -> str:
    """The mark of a level of a list, as the paragraphs of a style carry it."""
    listed = _listed_levels(levels)
    if index not in listed:
        return ""
    place = listed.index(index)
    # In a paragraph the level is always said, because that of its style would count.
    level = f'<w:ilvl w:val="{place}"/>' if place or list_id != 1 else ""
    return f'<w:numPr>{level}<w:numId w:val="{list_id}"/></w:numPr>'


def draw_numbering(levels: list[str], layout: Layout) -> str:
    """The list that the styles are bound to; that of the other way to number, for papers that ask for it; one without numbers."""
    unnumbered = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="none"/><w:suff w:val="nothing"/><w:lvlText w:val=""/>'
        '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>'
    )
    lists = (_list_levels(levels, layout, bound=True), _list_levels(other_levels(levels), layout, bound=False), unnumbered)
    abstract = (
        f'<w:abstractNum w:abstractNumId="{index}"><w:multiLevelType w:val="multilevel"/>{body}</w:abstractNum>'
        for index, body in enumerate(lists)
    )
    numbers = (f'<w:num w:numId="{index + 1}"><w:abstractNumId w:val="{index}"/></w:num>' for index in range(len(lists)))
    return f"{DECLARATION}<w:numbering {XMLNS_W}>{''.join(abstract)}{''.join(numbers)}</w:numbering>"


def _list_levels(levels: list[str], layout: Layout, *, bound: bool) -> str:
    body = []
    for place, index in enumerate(_listed_levels(levels)):
        pattern = levels[index]
        form = "decimal" if "%" in pattern else "bullet" if pattern else "none"
        if index == 0:
            indent = '<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr>'
        elif layout.indent:
            indent = f'<w:pPr><w:ind w:left="0" w:firstLine="{layout.indent}"/></w:pPr>'
        else:
            left = 567 * min(index, 3)  # a dash stands below a clause or an item: no deeper than an item of an item
            indent = f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs><w:ind w:left="{left}" w:hanging="567"/></w:pPr>'
        suffix = "nothing" if form == "none" else "space" if layout.indent or index == 0 else "tab"
        fonts = '<w:rPr><w:rFonts w:hint="default"/></w:rPr>' if form == "bullet" else ""
        style = f'<w:pStyle w:val="{LEVEL_STYLES[index]}"/>' if bound else ""
        body.append(
            f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{style}'
            f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{pattern}"/><w:lvlJc w:val="left"/>{indent}{fonts}</w:lvl>'
        )
    return "".join(body)
