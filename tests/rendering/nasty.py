"""Texts that programs like to lose or to change."""

# ruff: noqa: E501  (a text is better not broken)

from __future__ import annotations

from collections.abc import Callable
from itertools import count

LONG = "довгий текст " * 7_692 + "кін."  # 100,000 characters

NASTY = (
    "a & b &amp; c &#38; d", "less <3 years> more", "\"double\" 'single' “curly” ’", "{ one } {{ two }} {% three %} {# four #} {_{ five }_}",
    "{{ 7*7 }}", "{% for x in y %}", "<!-- comment -->", "<!--", "-->", "]]>", "<![CDATA[ x", "<?x y?>", "<?x", "</w:t></w:r></w:p>",
    "<!DOCTYPE a>", "hard\u00a0space \u202f \u2007", "soft\u00adhyphen", "zero\u200bwidth\u200d\u2060", "й\u0301 и\u0306 a\u0308\u0323", "👩\u200d👩\u200d👧 🇺🇦 𝔘 𐍈",
    "עברית \u200f اَلْعَرَبِيَّةُ", "first\nsecond\n\nfourth", "\nbegins with a break", "one\ttwo\t\tthree", "\tbegins with a tab", "  two before", "two after  ",
    "two  three   between", " ", "   ", "\\n %s %1 $1 \\1 ${x}", "C:\\path\\file", "ҐґЄєІіЇї Ўў Ёё", "№ 12 § 3 — – …", "_x000D_ &lt; &#x41;",
    "\u0085next\u2028line\u2029paragraph", "\ue000\uf8ff private", "\ufffd\ufeff", "=1+1", "@x #y", "a" * 300, "PAGE", "1", "l\u0331\u0332\u0333" * 20,
)  # fmt: skip


def texts(*, long: int = -1) -> Callable[[], str]:
    """A source of texts: one nasty text after another, and around again; the very long one in a place if it is wanted."""
    numbers = count()

    def text() -> str:
        number = next(numbers)
        return LONG if number == long else NASTY[number % len(NASTY)]

    return text
