"""A text written as one YAML value, so that whatever it holds is read back as the same text."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[^\W_](?:[\w .,;()«»“”„’'–/№-]*[\w.,;()«»“”’'])?")
_EMPTY = frozenset({"null", "Null", "NULL"})
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def quote(text: str) -> str:
    r"""The text as a YAML scalar on one line: bare where that is safe, else in single quotes, with line ends in double ones.

    >>> print(quote("Head of Benefits"), quote("Post: lawyer"), quote("a\nb"))
    Head of Benefits 'Post: lawyer' "a\nb"
    """
    if _PLAIN.fullmatch(text) and text not in _EMPTY:
        return text
    if not _CONTROL.search(text):
        return "'" + text.replace("'", "''") + "'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + _CONTROL.sub(lambda match: f"\\u{ord(match.group()):04X}", escaped) + '"'
