"""Changes at single places of a YAML file: set, add, remove, rename; comments, order and everything else stay."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from orgdocs.documents import Document, read_document
from orgdocs.emitting import WIDTH, Value, as_read, emit_entry, emit_item, quote
from orgdocs.problems import Place, Route, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BOM = "\ufeff"
_OPENING = {"[": "]", "{": "}"}


class PatchError(Exception):
    """A change cannot be made without touching what it must not; the sentence says where and why. Nothing was changed."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class Patch:
    """One file under change. Every change is proved at once: the file then reads as before, but for what was asked for.

    Values are plain data as in ``orgdocs.emitting``; routes are those of the file's own data.

    Raises:
        PatchError: the file cannot be read, or a change has no safe place.
    """

    def __init__(self, path: str, content: bytes) -> None:
        self.path = path
        decoded = content.decode("utf-8", "replace")
        self._mark = _BOM if decoded.startswith(_BOM) else ""
        self._line_end = "\r\n" if "\r\n" in decoded else "\n"
        self._read(read_document(path, content))

    def _read(self, document: Document) -> None:
        if document.broken or document.faults or not isinstance(document.data, dict):
            raise PatchError(Sentence("{path}: the file has faults; mend them first", path=self.path))
        self.document = document
        self.text = document.text if document.text.endswith("\n") else document.text + "\n"
        self.data: dict[str, Any] = document.data

    def finish(self) -> bytes:
        """The changed file, with the byte order mark and line ends that it had."""
        return (self._mark + self.text.replace("\n", self._line_end)).encode()

    # -- what can be asked for ------------------------------------------------------------------------------------

    def value(self, route: Route) -> Any:
        """The value at a route, None where there is none."""
        found: Any = self.data
        for step in route:
            if isinstance(found, list):
                found = found[step] if isinstance(step, int) and step < len(found) else None
            else:
                found = found.get(step) if isinstance(found, dict) else None
        return found

    def set(self, route: Route, value: Value, after: Iterable[str] = ()) -> None:
        """Put a value at a route; fields that lead there are made where they are missing.

        ``after`` names the fields behind the last of which a new field goes; without any of them it goes to the end.
        """
        owner = self.value(route[:-1])
        if (isinstance(owner, dict) and route[-1] in owner) or isinstance(owner, list):
            self._replace(route, value)
        elif isinstance(owner, dict) and owner:
            self._add_field(route, value, tuple(after))
        else:  # nothing there, or an empty field: it comes with its content
            self.set(route[:-1], {str(route[-1]): value}, after)

    def insert(self, route: Route, index: int, value: Value) -> None:
        """Put an entry into the list at a route before the entry ``index``, or at its end; the list is made if there is none."""
        items = self.value(route)
        if not items:
            self.set(route, [value])
            return
        expected = self._expect(route, lambda owner, key: owner[key].insert(index, as_read(value)))
        if self._in_flow(route, itself=True):
            self._rewrite_flow(route, [*items[:index], value, *items[index:]], expected)
            return
        at = min(index, len(items) - 1)
        indent = self._dash((*route, at))
        first, end = self._lines_of((*route, at))
        line = end if index >= len(items) else self._with_comments(first, indent)
        self._put(line, line, emit_item(value, indent), expected)

    def append(self, route: Route, value: Value) -> None:
        """Put an entry at the end of the list at a route."""
        self.insert(route, len(self.value(route) or ()), value)

    def remove(self, route: Route) -> None:
        """Take a field or entry away, with the comment lines directly above it. What is left empty stays as ``[]`` or ``{}``."""
        owner = self.value(route[:-1])
        if not owner or (self.value(route) is None and not (isinstance(owner, dict) and route[-1] in owner)):
            raise PatchError(Sentence("{path}: there is no {field}", path=self.path, field=_say(route)))
        if len(owner) == 1 and len(route) > 1:
            self._replace(route[:-1], [] if isinstance(owner, list) else {})
            return
        expected = self._expect(route, lambda above, key: above.pop(key))
        if self._in_flow(route):
            rest = copy.deepcopy(owner)
            rest.pop(route[-1])
            self._rewrite_flow(route[:-1], rest, expected)
            return
        first, end = self._lines_of(route)
        indent = self._dash(route) if isinstance(owner, list) else self._column(route)
        if isinstance(owner, dict) and self._shares_line(route):
            self._remove_beside_dash(route, owner, expected)
            return
        self._put(self._with_comments(first, indent), end, (), expected)

    def rename(self, route: Route, key: str) -> None:
        """Give a field another name; its value and place stay."""
        expected = copy.deepcopy(self.data)
        owner = _at(expected, route[:-1])
        if key in owner:
            raise PatchError(Sentence("{path}: there is a field {field} already", path=self.path, field=key))
        renamed = {key if name == route[-1] else name: value for name, value in owner.items()}
        owner.clear()
        owner.update(renamed)
        span = self.document.span(Place(self.path, route, at_key=True))
        start = self._offset(span.line, span.column)
        self._take(self.text[:start] + quote(key) + self.text[self._offset(span.end_line, span.end_column) :], expected)

    # -- how it is done -------------------------------------------------------------------------------------------

    def _replace(self, route: Route, value: Value) -> None:
        expected = self._expect(route, lambda owner, key: owner.__setitem__(key, as_read(value)))
        if self._in_flow(route):
            changed = copy.deepcopy(self.value(route[:-1]))
            changed[route[-1]] = value
            self._rewrite_flow(route[:-1], changed, expected)
            return
        self._write_anew(route, value, expected)

    def _write_anew(self, route: Route, value: Value, expected: dict[str, Any]) -> None:
        """Write the whole field or entry at a route again; what stands before it on its line stays, and a comment beside it."""
        first, end = self._lines_of(route)
        in_list = isinstance(route[-1], int)
        indent = self._dash(route) if in_list else self._column(route)
        lines = list(emit_item(value, indent) if in_list else emit_entry(str(route[-1]), value, indent))
        lines[0] = self._line(first)[:indent] + lines[0][indent:] + self._comment_beside(route, first)
        self._put(first, end, lines, expected)

    def _add_field(self, route: Route, value: Value, after: tuple[str, ...]) -> None:
        owner, key = self.value(route[:-1]), str(route[-1])
        order = list(owner)
        before = next((name for name in reversed(order) if name in after), order[-1])
        order.insert(order.index(before) + 1, key)
        expected = self._expect(route, lambda above, name: above.__setitem__(name, as_read(value)))
        if self._in_flow((*route[:-1], before)):
            self._rewrite_flow(route[:-1], {name: owner.get(name, value) for name in order}, expected)
            return
        end = self._lines_of((*route[:-1], before))[1]
        self._put(end, end, emit_entry(key, value, self._column((*route[:-1], before))), expected)

    def _rewrite_flow(self, route: Route, value: Any, expected: dict[str, Any]) -> None:
        """Replace the outermost ``[…]`` or ``{…}`` around a route, with one thing in it changed."""
        outer = route
        while outer and self._in_flow(outer):
            above = copy.deepcopy(self.value(outer[:-1]))
            above[outer[-1]] = value
            outer, value = outer[:-1], above
        start = self._value_start(outer)
        end = self._flow_end(start)
        line = self.text[self.text.rfind("\n", 0, start) + 1 : start]
        flow = _flow(as_read(value))
        if "#" in _outside_quotes(self.text[start:end]):
            raise PatchError(Sentence("{path}: {field} holds a comment between its brackets", path=self.path, field=_say(outer)))
        if len(line) + len(flow) <= WIDTH or not outer:
            self._take(self.text[:start] + flow + self.text[end:], expected)
            return
        self._write_anew(outer, value, expected)

    def _remove_beside_dash(self, route: Route, owner: dict[str, Any], expected: dict[str, Any]) -> None:
        """Take away the first field of an entry, which stands beside the dash: the next field takes its place."""
        following = list(owner)[1]
        here = self.document.span(Place(self.path, route, at_key=True))
        there = self.document.span(Place(self.path, (*route[:-1], following), at_key=True))
        text = self.text[: self._offset(here.line, here.column)] + self.text[self._offset(there.line, there.column) :]
        self._take(text, expected)

    def _expect(self, route: Route, change: Any) -> dict[str, Any]:
        """The data as they shall be read afterwards."""
        expected = copy.deepcopy(self.data)
        change(_at(expected, route[:-1]), route[-1])
        return expected

    def _put(self, first: int, end: int, lines: Iterable[str], expected: dict[str, Any]) -> None:
        """Put lines in place of those from ``first`` up to ``end``, counted from 0."""
        old = self.text.split("\n")
        self._take("\n".join([*old[:first], *lines, *old[end:]]), expected)

    def _take(self, text: str, expected: dict[str, Any]) -> None:
        document = read_document(self.path, text.encode("utf-8", "surrogatepass"))
        if document.faults:
            raise PatchError(Sentence("{path}: {problem}", path=self.path, problem=document.faults[0].finding.sentence))
        if document.data != expected:
            raise PatchError(Sentence("{path}: the change would alter more than it should", path=self.path))
        self._read(document)

    # -- where things stand ---------------------------------------------------------------------------------------

    def _line(self, number: int) -> str:
        return self.text.split("\n")[number]

    def _offset(self, line: int, column: int) -> int:
        """The place of a line and column, counted from 1, in the text."""
        return sum(len(text) + 1 for text in self.text.split("\n")[: line - 1]) + column - 1

    def _column(self, route: Route) -> int:
        """How many columns stand before the key of a field."""
        return self.document.span(Place(self.path, route, at_key=True)).column - 1

    def _dash(self, route: Route) -> int:
        """How many columns stand before the dash of an entry."""
        span = self.document.span(Place(self.path, route))
        before = self._line(span.line - 1)[: span.column - 1].rstrip()
        if not before.endswith("-"):
            if self._line(span.line - 1)[span.column - 1 : span.column] == "-":
                return span.column - 1
            raise PatchError(Sentence("{path}: the dash of {field} stands on a line of its own", path=self.path, field=_say(route)))
        return len(before) - 1

    def _shares_line(self, route: Route) -> bool:
        """Whether a field stands beside the dash of its entry."""
        span = self.document.span(Place(self.path, route, at_key=True))
        return bool(self._line(span.line - 1)[: span.column - 1].strip())

    def _lines_of(self, route: Route) -> tuple[int, int]:
        """The first line of a field or entry and the line behind it, counted from 0; comments and blank lines after it are left out."""
        in_list = isinstance(route[-1], int)
        span = self.document.span(Place(self.path, route, at_key=not in_list))
        indent = self._dash(route) if in_list else span.column - 1
        lines = self.text.split("\n")
        end = span.line
        for number in range(span.line, len(lines)):
            line = lines[number]
            depth = len(line) - len(line.lstrip(" "))
            if line.strip() and depth <= indent and not (not in_list and depth == indent and line.lstrip().startswith("- ")):
                if not line.lstrip().startswith("#"):
                    break
                continue
            if line.strip():
                end = number + 1
        return span.line - 1, end

    def _with_comments(self, first: int, indent: int) -> int:
        """The line at which the comments directly above a line begin."""
        lines = self.text.split("\n")
        while first and lines[first - 1].startswith(" " * indent + "#"):
            first -= 1
        return first

    def _comment_beside(self, route: Route, first: int) -> str:
        """The comment at the end of the line on which a value begins, with the spaces before it."""
        line = self._line(first)
        value = self.value(route)
        start = self._value_start(route)
        if isinstance(value, str) and self.document.span(Place(self.path, route)).line - 1 == first:
            span = self.document.span(Place(self.path, route))
            rest = line[span.end_column - 1 :] if span.end_line == span.line else self._header_comment(line)
        elif self._is_flow_at(start):
            end = self._flow_end(start)
            rest = self.text[end : self.text.find("\n", end)]
        else:
            rest = self._header_comment(line)
        return rest.rstrip() if rest.lstrip().startswith("#") else ""

    @staticmethod
    def _header_comment(line: str) -> str:
        """The comment behind a key, a dash or the sign of a folded text."""
        at = line.find(" #")
        return line[at:] if at >= 0 and line[:at].rstrip().endswith((":", "-", ">", "|", "+")) else ""

    def _value_start(self, route: Route) -> int:
        span = self.document.span(Place(self.path, route))
        return self._offset(span.line, span.column)

    def _is_flow_at(self, offset: int) -> bool:
        return self.text[offset : offset + 1] in _OPENING

    def _in_flow(self, route: Route, *, itself: bool = False) -> bool:
        """Whether a value lies between brackets, or itself is in them."""
        routes = [route[:length] for length in range(1, len(route) + itself)]
        return any(
            isinstance(self.value(above), dict | list) and self.value(above) and self._is_flow_at(self._value_start(above))
            for above in routes
        )

    def _flow_end(self, start: int) -> int:
        """Behind the bracket that closes the one at ``start``."""
        depth = 0
        for offset, letter in _unquoted(self.text, start):
            depth += (letter in "[{") - (letter in "]}")
            if depth == 0:
                return offset + 1
        raise PatchError(Sentence("{path}: brackets without end", path=self.path))


def _unquoted(text: str, start: int) -> Iterator[tuple[int, str]]:
    """The characters outside of quotes with their offsets."""
    quoted = ""
    offset = start
    while offset < len(text):
        letter = text[offset]
        if quoted:
            if letter == "\\" and quoted == '"':
                offset += 1
            elif letter == quoted:
                quoted = ""
        elif letter in "'\"" and text[offset - 1] in " [{,:\n":
            quoted = letter
        else:
            yield offset, letter
        offset += 1


def _outside_quotes(text: str) -> str:
    return "".join(letter for _, letter in _unquoted(text, 0))


def _flow(value: Any) -> str:
    """A value between brackets on one line."""
    if isinstance(value, list):
        return f"[{', '.join(_flow(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_flow(below)}' for key, below in value.items())}}}"
    written = quote(str(value))
    return written if not set(written) & set(",[]{}") or written[0] in "'\"" else "'" + written.replace("'", "''") + "'"


def _at(data: Any, route: Route) -> Any:
    for step in route:
        data = data[step]
    return data


def _say(route: Route) -> str:
    return ".".join(str(step) for step in route)
