"""From bytes to plain data: one strictly read YAML file, with the place of every key and value.

Every scalar stays the text that stands in the file; the schema says later what is a number or a date. What could
change a value behind the writer's back (anchors, tags, merge keys, swallowed comments, double keys, look-alike
encodings) is refused with its place.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import yaml

from orgdocs.problems import Fault, Finding, Note, Place, Route, Sentence, Span

if TYPE_CHECKING:
    from yaml.error import Mark

try:
    from yaml.cyaml import CParser as _Parser
except ImportError:  # PyYAML built without libyaml: slower, same events
    from yaml import Loader as _Parser

Data: TypeAlias = "str | None | list[Data] | dict[str, Data]"
"""What a file holds: text, lists and maps. ``None`` stands where a value is missing."""

DEEPEST = 24
"""So many maps and lists may lie in one another; deeper nesting is refused while reading."""

LONGEST_TEXT = 100_000
"""A single text may have so many characters."""

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
    "|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff\U0010fffe\U0010ffff]|\x85"
)
_CONFLICT = re.compile(r"^(<{7}|>{7}|={7})( |$)", re.MULTILINE)
_SWALLOWED = re.compile(r"[ \t]+#[^\s#!]")
_LFS = "version https://git-lfs.github.com/spec/"


@dataclass(frozen=True)
class Document:
    """One parsed file: its data, and where everything stands.

    ``data`` is what could be read; ``broken`` says that it is incomplete, so that nobody draws conclusions from what
    is missing in it.
    """

    path: str
    text: str
    data: Data
    faults: tuple[Fault, ...] = ()
    broken: bool = False

    @cached_property
    def _spans(self) -> dict[Route, tuple[Span, Span]]:
        reading = _Reading(self.path, self.text, spans={})
        reading.read()
        return reading.spans or {}

    def span(self, place: Place) -> Span:
        """Where a place stands in the text; if it is not there, the nearest thing above it."""
        if place.span is not None:
            return place.span
        route = place.route
        at_key = place.at_key
        while route:
            if route in self._spans:
                key, value = self._spans[route]
                return key if at_key else value
            route, at_key = route[:-1], True
        return self._top

    @cached_property
    def _top(self) -> Span:
        """The first key of the file: where a problem stands that concerns the whole."""
        if not isinstance(self.data, dict) or not self.data:
            return Span(1, 1, 1, 1)
        return self._spans[next(iter(self.data)),][0]


def read_document(path: str, content: bytes) -> Document:
    """Read one file. Never raises: what is wrong is in ``faults``."""
    text, fault = _decode(path, content)
    if fault is not None:
        return Document(path, text, None, (fault,), broken=True)
    reading = _Reading(path, text)
    data = reading.read()
    return Document(path, text, data, tuple(reading.faults), broken=reading.broken)


def _decode(path: str, content: bytes) -> tuple[str, Fault | None]:
    """Bytes to text with ``\\n`` line ends, or the fault that forbids reading on."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", _fault(path, "encoding", None, Sentence("the file is saved as UTF-16; save it as UTF-8"))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        span = Span(line, column, line, column + 1)
        if _looks_like_cp1251(content):
            sentence = Sentence("the file is not UTF-8; it seems to be saved as Windows-1251. Save it as UTF-8")
        else:
            sentence = Sentence("the file is not UTF-8 from here on; save it as UTF-8")
        return "", _fault(path, "encoding", span, sentence)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if text.startswith(_LFS):
        return text, _fault(path, "not-yaml", None, Sentence("this is a Git LFS pointer, not the file itself; run git lfs pull"))
    if "\r" in text:
        span = _span_of(text, text.index("\r"), 1)
        return text, _fault(path, "character", span, Sentence("a lone carriage return; save the file with ordinary line ends"))
    if conflict := _CONFLICT.search(text):
        span = _span_of(text, conflict.start(), 7)
        return text, _fault(path, "conflict", span, Sentence("a merge conflict is not resolved here"))
    if bad := _FORBIDDEN.search(text):
        sentence = Sentence("the character {code} ({name}) is not allowed", **_name_character(bad.group()))
        return text, _fault(path, "character", _span_of(text, bad.start(), 1), sentence)
    return text, None


def _looks_like_cp1251(content: bytes) -> bool:
    try:
        text = content.decode("cp1251")
    except UnicodeDecodeError:
        return False
    letters = [letter for letter in text if ord(letter) > 127]
    return sum("а" <= letter.lower() <= "я" or letter in "іїєґІЇЄҐёЁ" for letter in letters) > 0.8 * len(letters)


def _name_character(character: str) -> dict[str, str]:
    names = {"\x00": "NUL", "\ufeff": "byte order mark inside the file", "\u2028": "line separator", "\x85": "next line"}
    name = names.get(character) or unicodedata.name(character, "control character").lower()
    return {"code": f"U+{ord(character):04X}", "name": name}


def _span_of(text: str, offset: int, length: int) -> Span:
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    return Span(line, column, line, column + length)


def _fault(path: str, kind: str, span: Span | None, sentence: Sentence, hint: Sentence | None = None) -> Fault:
    return Fault(kind, Finding(Place(path, span=span or Span(1, 1, 1, 1)), sentence, hint=hint))


class _Stop(Exception):
    """Reading ends here; the fault is noted already."""


@dataclass
class _Reading:
    """One pass over the events of a file. Depth and size are limited while reading, before anything is built."""

    path: str
    text: str
    spans: dict[Route, tuple[Span, Span]] | None = None
    faults: list[Fault] = field(default_factory=list)
    broken: bool = False

    def read(self) -> Data:
        """The data of the file; what is wrong goes to ``faults``."""
        data: Data = None
        try:
            data = self._read_document()
        except _Stop:
            self.broken = True
        except yaml.MarkedYAMLError as error:
            self.broken = True
            self._note_syntax(error)
        except yaml.YAMLError as error:
            self.broken = True
            self._note("syntax", None, Sentence("the file cannot be read as YAML: {error}", error=str(error).splitlines()[0]))
        if not self.broken:
            self._check_normal_form()
        return data

    # -- structure ------------------------------------------------------------------------------------------------

    def _read_document(self) -> Data:
        self._hashes = _SWALLOWED.search(self.text) is not None
        self._lines: list[str] | None = None
        self._next = _Parser(self.text).get_event
        event = self._next()  # stream start
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            self._note("empty", None, Sentence("the file is empty"))
            raise _Stop
        if event.version or event.tags:
            self._note("plain-yaml", _span(event), Sentence("a line beginning with % is not allowed"))
        event = self._next()
        if isinstance(event, yaml.ScalarEvent) and not event.value:
            self._note("empty", None, Sentence("the file is empty"))
            raise _Stop
        if not isinstance(event, yaml.MappingStartEvent):
            self._note("not-a-map", _span(event), Sentence('a file consists of lines "field: value"; this one begins otherwise'))
            raise _Stop
        data = self._read_value(event, (), 1)
        self._next()  # document end
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            self._note("several-documents", _span(event), Sentence("a second document begins here; a file holds one"))
            self.broken = True
        return data

    def _read_value(self, event: yaml.Event, route: Route, depth: int) -> Data:
        """Build what begins with ``event``. The recursion is bounded by ``DEEPEST``."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return self._read_scalar(event)
        if kind is yaml.AliasEvent:
            self._note(
                "plain-yaml",
                _span(event),
                Sentence("the alias *{name} is not allowed; write the text out, or put it in a clause set", name=event.anchor),
            )
            return None
        if depth > DEEPEST:
            self._note("too-deep", _span(event), Sentence("lists and maps lie more than {depth} deep in one another", depth=DEEPEST))
            raise _Stop
        if event.anchor or event.tag:
            self._note_decoration(event)
        if kind is yaml.SequenceStartEvent:
            return self._read_list(route, depth)
        return self._read_map(route, depth)

    def _read_list(self, route: Route, depth: int) -> list[Data]:
        items: list[Data] = []
        while True:
            event = self._next()
            if type(event) is yaml.SequenceEndEvent:
                return items
            below = (*route, len(items)) if self.spans is not None else route
            items.append(self._read_value(event, below, depth + 1))
            if self.spans is not None:
                span = _span(event) if type(event) is yaml.ScalarEvent else _start(event)
                self.spans[below] = (span, span)

    def _read_map(self, route: Route, depth: int) -> dict[str, Data]:
        items: dict[str, Data] = {}
        first: dict[str, yaml.Event] = {}
        while True:
            key_event = self._next()
            if type(key_event) is yaml.MappingEndEvent:
                return items
            key = self._read_key(key_event, depth)
            event = self._next()
            below = (*route, key) if self.spans is not None and key is not None else route
            value = self._read_value(event, below, depth + 1)
            if key is None:
                continue
            if key in items:
                notes = (Note(Place(self.path, span=_span(first[key])), Sentence("it stands here already")),)
                self._note("duplicate-key", _span(key_event), Sentence("the field {key} stands here a second time", key=key), notes=notes)
                continue
            items[key] = value
            first[key] = key_event
            if self.spans is not None:
                key_span = _span(key_event)
                empty = type(event) is yaml.ScalarEvent and value is None
                span = key_span if empty else _span(event) if type(event) is yaml.ScalarEvent else _start(event)
                self.spans[below] = (key_span, span)

    def _read_key(self, event: yaml.Event, depth: int) -> str | None:
        if type(event) is not yaml.ScalarEvent:
            if isinstance(event, yaml.MappingStartEvent) and event.flow_style:
                sentence = Sentence("braces inside braces: if this is text, put it in quotes")
            else:
                sentence = Sentence("the name of a field must be a single word")
            self._note("syntax", _start(event), sentence)
            self._read_value(event, (), depth + 1)
            return None
        if event.anchor or event.tag:
            self._note_decoration(event)
        if event.value == "<<" and event.style == "":
            self._note("plain-yaml", _span(event), Sentence("the merge key << is not allowed; write the fields out, or use a clause set"))
            return None
        key: str = event.value
        return key

    def _read_scalar(self, event: yaml.ScalarEvent) -> str | None:
        if event.anchor or event.tag:
            self._note_decoration(event)
        value: str = event.value
        if not event.style:  # plain: '' from libyaml, None from the pure parser
            if value in {"", "~", "null", "Null", "NULL"}:
                return None
            if self._hashes:
                self._check_swallowed(event.end_mark)
        else:
            if event.style in "|>":
                value = value.rstrip("\n")
            if bad := _FORBIDDEN.search(value):
                sentence = Sentence("the character {code} ({name}) is not allowed", **_name_character(bad.group()))
                self._note("character", _span(event), sentence)
            value = value.replace("\r", "")
        if len(value) > LONGEST_TEXT:
            self._note("too-large", _start(event), Sentence("the text has more than {count} characters", count=LONGEST_TEXT))
        return value

    # -- faults ---------------------------------------------------------------------------------------------------

    def _check_swallowed(self, end: Mark) -> None:
        """Report ``Відділ #5``: YAML takes what follows the sign for a comment, and the text is lost."""
        if self._lines is None:
            self._lines = self.text.split("\n")
        if end.line >= len(self._lines):
            return
        rest = self._lines[end.line][end.column :]
        if _SWALLOWED.match(rest):
            start = end.column + len(rest) - len(rest.lstrip())
            span = Span(end.line + 1, start + 1, end.line + 1, len(self._lines[end.line]) + 1)
            sentence = Sentence("YAML drops the text from # on")
            hint = Sentence("put the whole text in quotes; if this is a comment, leave a space after #")
            self.faults.append(Fault("swallowed", Finding(Place(self.path, span=span), sentence, hint=hint)))

    def _note_decoration(self, event: yaml.NodeEvent) -> None:
        if event.anchor:
            sentence = Sentence("the anchor &{name} is not allowed; write the text out, or put it in a clause set", name=event.anchor)
        else:
            sentence = Sentence("the tag {name} is not allowed; if this is text, put it in quotes", name=event.tag)
        self._note("plain-yaml", _start(event), sentence)

    def _check_normal_form(self) -> None:
        if unicodedata.is_normalized("NFC", self.text):
            return
        for number, line in enumerate(self.text.split("\n"), 1):
            normal = unicodedata.normalize("NFC", line)
            if normal != line:
                at = next(index for index, (ours, theirs) in enumerate(zip(line + "\0", normal + "\0", strict=False)) if ours != theirs)
                sentence = Sentence("letters are put together from parts here (not in normal form NFC), so that equal words differ")
                hint = Sentence("type the word anew")
                self._note("normal-form", Span(number, at + 1, number, at + 2), sentence, hint=hint)
                return

    def _note_syntax(self, error: yaml.MarkedYAMLError) -> None:
        mark = error.problem_mark or error.context_mark
        line = self.text.split("\n")[mark.line] if mark and mark.line < self.text.count("\n") + 1 else ""
        sentence, hint = _explain(error.problem or error.context or "", line)
        span = Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2) if mark else None
        self._note("syntax", span, sentence, hint=hint)

    def _note(
        self, kind: str, span: Span | None, sentence: Sentence, *, hint: Sentence | None = None, notes: tuple[Note, ...] = ()
    ) -> None:
        place = Place(self.path, span=span or Span(1, 1, 1, 1))
        self.faults.append(Fault(kind, Finding(place, sentence, notes, hint)))


_QUOTE = Sentence("if this is text, put the whole of it in quotes")

_EXPLANATIONS: tuple[tuple[str, Sentence, Sentence | None], ...] = (
    ("mapping values are not allowed", Sentence("a colon inside unquoted text, or wrong indentation"), _QUOTE),
    ("found character '\\t'", Sentence("a tab; YAML is indented with spaces"), None),
    ("found character that cannot start any token", Sentence("a value cannot begin with this character"), _QUOTE),
    ("did not find expected alphabetic or numeric character", Sentence("a value cannot begin with * or &"), _QUOTE),
    ("did not find expected key", Sentence("a field was expected here; look at the indentation and the quotes"), None),
    ("did not find expected '-' indicator", Sentence("an entry of the list, beginning with a dash, was expected here"), None),
    ("could not find expected ':'", Sentence("a field without a colon"), None),
    ("did not find expected ',' or", Sentence("a bracket or brace is not closed, or a comma is missing"), _QUOTE),
    ("did not find expected node content", Sentence("a value was expected here"), None),
    ("found unexpected end of stream", Sentence("a quote is opened and not closed"), None),
    ("found unexpected document indicator", Sentence("a quote is opened and not closed"), None),
    (
        "found unknown escape character",
        Sentence("after \\ inside double quotes only certain letters may follow"),
        Sentence("use single quotes"),
    ),
    ("invalid Unicode character escape code", Sentence("this escape is no character"), None),
    ("found invalid Unicode character escape code", Sentence("this escape is no character"), None),
    ("found undefined tag handle", Sentence("a value cannot begin with !"), _QUOTE),
    ("found a tab character", Sentence("a tab; YAML is indented with spaces"), None),
    ("block sequence entries are not allowed", Sentence("a list cannot begin here; put it on the next line, indented"), _QUOTE),
    ("did not find the expected comment or line break", Sentence("nothing may follow here on this line"), None),
    ("control characters are not allowed", Sentence("a control character is not allowed"), None),
    ("did not find expected <document start>", Sentence("the file ends here for YAML, but text follows; look at the indentation"), None),
    ("unfinished", Sentence("something is opened here and not closed"), None),
)


def _explain(problem: str, line: str) -> tuple[Sentence, Sentence | None]:
    """The parser's jargon in human words."""
    if "\t" in line[: len(line) - len(line.lstrip())] or ("cannot start any token" in problem and "\t" in line):
        return Sentence("a tab; YAML is indented with spaces"), None
    for beginning, sentence, hint in _EXPLANATIONS:
        if beginning in problem:
            return sentence, hint
    return Sentence("the file cannot be read as YAML from here on: {problem}", problem=problem), None


def _span(event: yaml.Event) -> Span:
    start, end = event.start_mark, event.end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def _start(event: yaml.Event) -> Span:
    """The first character of a map or list: its end would be far below."""
    mark = event.start_mark
    return Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)
