"""Languages: which language a text is in, told by its letters and its commonest words."""

from __future__ import annotations

import re
from collections import Counter

_LETTERS = {
    "uk": "їєґ",
    "ru": "ёъ",
    "be": "ў",
}
_WORDS = {
    "uk": "та і й що до від для або за які яка який його її про під час має є не із та щодо цього",
    "ru": "и в не что для или от за которые который его их при об о имеет должен также этого работы",
    "be": "і ў не што для або ад за якія які яго іх пры аб мае павінен таксама гэтага працы да",
    "en": "the of and to in for or is on by with as be his an are from that this other",
}


def tell_language(text: str, default: str = "en") -> str:
    """``uk``, ``ru``, ``be`` or ``en``; the default if there are no words at all."""
    lower = text.lower()
    counts = Counter(lower)
    latin = sum(counts[letter] for letter in "abcdefghijklmnopqrstuvwxyz")
    cyrillic = sum(count for letter, count in counts.items() if "\u0400" <= letter <= "\u052f")
    if not latin and not cyrillic:
        return default
    if latin > cyrillic:
        return "en"
    scores = dict.fromkeys(("uk", "ru", "be"), 0.0)
    for language, letters in _LETTERS.items():
        scores[language] += 3 * sum(counts[letter] for letter in letters)
    scores["uk"] += counts["и"] if counts["і"] else 0
    scores["ru"] += 2 * counts["ы"] + counts["и"] if not counts["і"] else 0
    scores["be"] += 2 * counts["ы"] + counts["э"] if counts["і"] else 0
    words = Counter(re.findall(r"[^\W\d_]+", lower))
    for language in scores:
        scores[language] += 2 * sum(words[word] for word in _WORDS[language].split())
    return max(scores, key=lambda language: scores[language])
