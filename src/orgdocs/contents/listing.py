"""Clauses as blocks of a paper: their levels, and the marks that close them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from orgdocs.contents.content import Block
    from orgdocs.contents.view import Line

_ENDS = (".", ";", ":", "!", "?", "…")
_STYLES = ("clause", "item", "subitem", "dash")


class Listing:
    """Sets lists by the punctuation of a profile: ``between`` two entries, after the ``last``, ``before`` a list."""

    def __init__(self, punctuation: dict[str, str]) -> None:
        self._between = punctuation["between"]
        self._last = punctuation["last"]
        self._before = punctuation["before"]

    def entries(self, lines: list[Line], level: int) -> list[Block]:
        """One list: its entries are parted as the profile parts them, and the last one is closed. 0 is the level of clauses."""
        return self._entries(lines, level, self._last)

    def _entries(self, lines: list[Line], level: int, end: str) -> list[Block]:
        """Each entry ends as the list does, the last one as the whole does."""
        blocks: list[Block] = []
        for index, line in enumerate(lines):
            close = end if index == len(lines) - 1 else self._between
            style = _STYLES[min(level, len(_STYLES) - 1)]
            if line["items"]:
                blocks.append({"style": style, "text": self.lead_in(line["text"])})
                blocks += self._entries(line["items"], level + 1, close)
            else:
                blocks.append({"style": style, "text": close_text(line["text"], close)})
        return blocks

    def sentence(self, line: Line) -> list[Block]:
        """A clause that is a whole sentence, with its items one level below."""
        if line["items"]:
            first: Block = {"style": "clause", "text": self.lead_in(line["text"])}
            return [first, *self.entries(line["items"], 1)]
        return [{"style": "clause", "text": close_text(line["text"])}]

    def lead_in(self, text: str) -> str:
        """The text before a list, with its colon."""
        return text if text.endswith(_ENDS) else text + self._before


def close_text(text: str, mark: str = ".") -> str:
    """The text with its closing mark, unless it has one."""
    return text if not text or text.endswith(_ENDS) else text + mark
