"""Values written as YAML in the house style: short lines, long texts folded, quotes only where they are needed."""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeAlias

WIDTH = 100
"""Lines are broken so that none is longer, where the text has spaces to break at."""

_PLAIN = re.compile(r"[^\W_](?:[\w .,;()«»“”„’'–/№-]*[\w.,;()«»“”’'])?")
_EMPTY = frozenset({"null", "Null", "NULL"})
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_UNFOLDABLE = re.compile(r"\n|\A | \Z|  |\t|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./-]*")
_STEP = 2


class Noted(NamedTuple):
    """A value with a comment: in lines of their own above it, or beside it at the end of its first line."""

    value: Value
    above: str = ""
    beside: str = ""


Value: TypeAlias = "str | int | bool | Decimal | dt.date | Noted | Sequence[Value] | Mapping[str, Value] | None"
"""What can be written: texts, plain values, lists and maps of them, with comments."""


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


def emit(data: Mapping[str, Value]) -> str:
    """A whole file: the map as block YAML with a line end after the last line; empty for an empty map."""
    return "".join(f"{line}\n" for key, value in data.items() for line in emit_entry(key, value, 0))


def emit_entry(key: str, value: Value, indent: int) -> Iterator[str]:
    """The lines of one field of a map, its key ``indent`` spaces in."""
    name = key if _KEY.fullmatch(key) else quote(key)
    yield from _emit(f"{' ' * indent}{name}:", value, indent)


def emit_item(value: Value, indent: int) -> Iterator[str]:
    """The lines of one entry of a list, its dash ``indent`` spaces in."""
    yield from _emit(f"{' ' * indent}-", value, indent)


def as_read(value: Value) -> Value:
    """The value as it is read again: plain values are texts, comments are gone."""
    if isinstance(value, Noted):
        return as_read(value.value)
    if isinstance(value, Mapping):
        return {key: as_read(below) for key, below in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [as_read(below) for below in value]
    return None if value is None else _text(value)


def _text(value: str | int | bool | Decimal | dt.date) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _emit(start: str, value: Value, indent: int) -> Iterator[str]:
    """The lines of a value behind ``start``, which is a key with its colon or a dash."""
    beside = ""
    while isinstance(value, Noted):
        yield from (f"{' ' * indent}# {line}".rstrip() for line in value.above.splitlines())
        beside = f"  # {value.beside}" if value.beside else beside
        value = value.value
    if value is None:
        yield start + beside
    elif isinstance(value, Mapping):
        yield from _emit_map(start, value, indent, beside)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        if not value:
            yield f"{start} []{beside}"
            return
        yield start + beside
        for item in value:
            yield from emit_item(item, indent + _STEP)
    else:
        yield from _emit_text(start, _text(value), indent, beside)


def _emit_map(start: str, value: Mapping[str, Value], indent: int, beside: str) -> Iterator[str]:
    if not value:
        yield f"{start} {{}}{beside}"
        return
    entries = [line for key, below in value.items() for line in emit_entry(key, below, indent + _STEP)]
    # The first field of an entry stands beside its dash; a comment of its own would have to stand above.
    if start.endswith("-") and not beside and not entries[0].lstrip().startswith("#"):
        yield f"{start} {entries[0][indent + _STEP :]}"
        yield from entries[1:]
    else:
        yield start + beside
        yield from entries


def _emit_text(start: str, text: str, indent: int, beside: str) -> Iterator[str]:
    line = f"{start} {quote(text)}{beside}"
    inner = " " * (indent + _STEP)
    if len(line) <= WIDTH and "\n" not in text:
        yield line
    elif not _UNFOLDABLE.search(text):
        yield f"{start} >-{beside}"
        wrapped = textwrap.wrap(
            text, WIDTH - len(inner), break_long_words=False, break_on_hyphens=False, drop_whitespace=True, expand_tabs=False
        )
        # textwrap breaks at ordinary spaces only where no other space stands in the way.
        yield from (inner + part for part in (wrapped if " ".join(wrapped) == text else [text]))
    elif "\n" in text and _is_literal(text):
        yield f"{start} |-{beside}"
        yield from ((inner + part).rstrip() for part in text.split("\n"))
    else:
        yield line


def _is_literal(text: str) -> bool:
    """Whether a text of several lines reads the same as a literal block without further marks."""
    lines = text.split("\n")
    return (
        not _CONTROL.search(text.replace("\n", "")) and all(line == line.strip() for line in lines) and bool(lines[0]) and bool(lines[-1])
    )
