"""Bytes as text: which encoding an old text file is in, told by what its letters would be."""

from __future__ import annotations

import codecs
from collections import Counter

from orgdocs.importing.manuscript import UnreadableError
from orgdocs.problems import Sentence

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLD = ("cp1251", "koi8-u", "cp866", "mac-cyrillic")
"""Encodings of one byte a letter, the likeliest first."""
_COMMON = frozenset("оаеиніїєґўтсрвлкмдпуязьчбгйжхюцшщфыэёъ")
_FREQUENT = frozenset("оаеинітсрв")
_SIGNS = frozenset("«»“”„’–—№…•§\xa0")
_MOST_LOOKED_AT = 20_000


def decode(data: bytes) -> tuple[str, str]:
    """The text and the Python name of its encoding; ``utf-8`` for text as it should be.

    Raises:
        UnreadableError: it is no text at all.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding).removeprefix("\ufeff"), "utf-8" if mark == codecs.BOM_UTF8 else encoding
            except UnicodeDecodeError:
                break
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text and "\0" not in text:
        return text, "utf-8"
    if encoding := _find_wide(data):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            pass
    if b"\0" in data:
        raise UnreadableError(Sentence("it is neither text nor a Word, Excel, OpenDocument, RTF or PDF file"))
    encoding = _choose_old(data)
    return data.decode(encoding, "replace"), encoding


def _find_wide(data: bytes) -> str:
    """UTF-16 without its mark, seen by the zeros beside spaces, digits and signs."""
    sample = data[:_MOST_LOOKED_AT]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if min(even, odd) * 10 > max(even, odd) or max(even, odd) * 20 < len(sample) // 2:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _choose_old(data: bytes) -> str:
    """The encoding in which the text looks most like one."""
    sample = data[:_MOST_LOOKED_AT]
    letters = sum(1 for byte in sample if byte >= 0x80)
    latin = sum(1 for byte in sample if 0x41 <= byte <= 0x7A)
    if letters * 10 < latin:
        return "cp1252"  # Latin letters with a few signs
    return max(_OLD, key=lambda encoding: _rate(sample.decode(encoding, "replace")))


def _rate(text: str) -> float:
    """How much a text looks like one: its letters are common ones, and none is a capital one after a small one."""
    points = 0.0
    for (before, letter), times in Counter(zip(" " + text, text, strict=False)).items():
        if letter.isascii():
            continue
        if not letter.isalpha():
            points -= times * (0 if letter in _SIGNS else 2)
        elif letter.isupper() and before.islower():
            points -= times * 2
        elif letter.lower() in _COMMON:
            # In the wrong encoding, capital letters are small ones and small letters are capital ones; but these are rarely first.
            points += times * (1 if letter.islower() or before.isupper() else 0.8)
        if letter.lower() in _FREQUENT:
            points += times
    return points
