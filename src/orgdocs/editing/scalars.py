"""Which characters of a file each character of a text comes from, in all the ways in which YAML writes a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Letter(NamedTuple):
    """One character of a text, and the stretch of its source that stands for it: several for an escape or a line break."""

    character: str
    start: int
    end: int


def align(source: str) -> list[Letter] | None:
    """The characters of the text that ``source`` writes: a plain, quoted or block scalar as it stands in the file.

    None where the way it is written is too strange to follow. The caller compares the text with what a parser reads.
    """
    style = source[:1]
    if style == '"':
        return list(_read_double(source)) if source.endswith('"') and len(source) > 1 else None
    if style == "'":
        return list(_read_quoted(source, 1, len(source) - 1, _SINGLE)) if source.endswith("'") and len(source) > 1 else None
    if style == "|":
        return _read_literal(source)
    if style == ">":
        return _read_folded(source)
    return list(_read_quoted(source, 0, len(source), _PLAIN))


_BREAK = r"[ \t]*\n(?:[ \t]*\n)*[ \t]*"
_PLAIN = re.compile(rf"(?P<break>{_BREAK})|(?P<one>.)")
_SINGLE = re.compile(rf"(?P<break>{_BREAK})|(?P<one>''|.)")
_DOUBLE = re.compile(
    rf"(?P<joined>\\\n[ \t]*)|(?P<break>{_BREAK})"
    r"|\\(?P<code>x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})|\\(?P<escape>.)|(?P<one>.)"
)
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b", " ": " ", '"': '"',
    "/": "/", "\\": "\\", "N": "\x85", "_": "\N{NO-BREAK SPACE}", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


def _read_quoted(source: str, start: int, end: int, pattern: re.Pattern[str]) -> Iterator[Letter]:
    """A plain text, or one in single quotes, where two of them stand for one."""
    for match in pattern.finditer(source, start, end):
        if match["break"] is not None:
            yield from _fold(match)
        else:
            yield Letter(match["one"][0], match.start(), match.end())


def _read_double(source: str) -> Iterator[Letter]:
    for match in _DOUBLE.finditer(source, 1, len(source) - 1):
        if match["break"] is not None:
            yield from _fold(match)
        elif match["code"] is not None:
            yield Letter(chr(int(match["code"][1:], 16)), match.start(), match.end())
        elif match["escape"] is not None:
            yield Letter(_ESCAPES.get(match["escape"], ""), match.start(), match.end())
        elif match["one"] is not None:
            yield Letter(match["one"], match.start(), match.end())


def _fold(match: re.Match[str]) -> Iterator[Letter]:
    """One line break is a space; of several, the first is nothing and each of the others itself."""
    more = match.group().count("\n") - 1
    yield Letter("\n" if more else " ", match.start(), match.end())
    for _ in range(more - 1):
        yield Letter("\n", match.end(), match.end())


def _block_lines(source: str) -> list[tuple[str, int]] | None:
    """The lines of a block without their indentation, each with where it begins; None if the indentation is given as a number."""
    header, _, rest = source.partition("\n")
    if any(character.isdigit() for character in header.partition("#")[0]):
        return None
    lines = rest.split("\n")
    first = next((line for line in lines if line.strip(" ")), "")
    indentation = len(first) - len(first.lstrip(" "))
    start = len(header) + 1
    found = []
    for line in lines:
        cut = min(indentation, len(line))
        found.append((line[cut:], start + cut))
        start += len(line) + 1
    while found and not found[-1][0]:
        found.pop()
    return found


def _read_literal(source: str) -> list[Letter] | None:
    lines = _block_lines(source)
    if lines is None:
        return None
    letters: list[Letter] = []
    for number, (line, start) in enumerate(lines):
        if number:
            letters.append(Letter("\n", lines[number - 1][1] + len(lines[number - 1][0]), start))
        letters += (Letter(character, start + at, start + at + 1) for at, character in enumerate(line))
    return letters


def _read_folded(source: str) -> list[Letter] | None:
    lines = _block_lines(source)
    if lines is None or any(line[:1] in {" ", "\t"} for line, _ in lines):
        return None  # lines that are indented further are not folded
    letters: list[Letter] = []
    blank = 0
    end = 0
    for line, start in lines:
        if not line:
            blank += 1
            continue
        if letters:
            letters.append(Letter("\n" if blank else " ", end, start))
            blank = max(blank - 1, 0)
        letters += (Letter("\n", start, start) for _ in range(blank))
        letters += (Letter(character, start + at, start + at + 1) for at, character in enumerate(line))
        blank, end = 0, start + len(line)
    return letters
