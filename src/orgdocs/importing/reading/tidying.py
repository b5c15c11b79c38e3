"""Characters as a reader sees them: residue of word processors goes, look-alike spaces and hyphens become plain ones."""

from __future__ import annotations

import re
import unicodedata

SYMBOLS: dict[int, str] = {
    0xF02D: "–", 0xF06C: "●", 0xF06E: "■", 0xF06F: "□", 0xF071: "□", 0xF072: "□", 0xF075: "◆", 0xF076: "❖",
    0xF0A3: "≤", 0xF0A7: "▪", 0xF0A8: "□", 0xF0B0: "°", 0xF0B1: "±",
    0xF0B3: "≥", 0xF0B4: "×", 0xF0B7: "•", 0xF0BE: "–", 0xF0D7: "×", 0xF0D8: "➢", 0xF0E0: "→", 0xF0FC: "✓", 0xF0FE: "☒",
}  # fmt: skip
"""Signs of the fonts Symbol and Wingdings that stand in papers, by the private code points under which Word stores them."""

_INVISIBLE = re.compile(
    r"[\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_AROUND_BREAKS = re.compile(r" ?\n ?")
_PRIVATE = re.compile(r"[\uf020-\uf0ff]")


def tidy(text: str) -> str:
    """The text without soft hyphens, zero-width and control characters, with plain single spaces; line breaks stay."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)).replace("\u2011", "-")
    text = _PRIVATE.sub(lambda found: read_symbol(ord(found[0])), unicodedata.normalize("NFC", text))
    return _AROUND_BREAKS.sub("\n", _SPACES.sub(" ", text)).strip()


def read_symbol(code: int) -> str:
    """The sign that a symbol font shows for a code; one that is not known stays as it is, so that it can be found."""
    return SYMBOLS.get(code) or SYMBOLS.get(code | 0xF000) or (chr(code) if code >= 0xF000 or code < 0x20 else chr(code | 0xF000))
