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
from typing import Any, TypeAlias

import yaml

from orgdocs.documents.characters import ORDINARY_SPACE, decode, find_forbidden, refuse_character, refuse_ends
from orgdocs.documents.explaining import ESCAPE, ESCAPE_HINT, QUOTE, explain, hint_for_line
from orgdocs.problems import TOP, Fault, Finding, Note, Place, Route, Sentence, Span
from orgdocs.sources import make_printable

# Events and marks of the two parsers have no common types; their fields are the same.
_Event: TypeAlias = Any
_Mark: TypeAlias = Any

# The loaders are used as parsers only: their constructors never run. Without libyaml it is slower, with the same events.
_Parser: type[Any] = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader

Data: TypeAlias = "str | list[Data] | dict[str, Data] | None"
"""What a file holds: text, lists and maps. ``None`` stands where a value is missing."""

DEEPEST = 24
"""So many maps and lists may lie in one another; deeper nesting is refused while reading."""

LONGEST_TEXT = 100_000
"""A single text may have so many characters."""

_SWALLOWED = re.compile(r"[ \t]+#[^\s#!]")


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
    def _recorded(self) -> _Reading:
        """A second reading that keeps the places, for which most files have no need."""
        reading = _Reading(self.path, self.text, spans={})
        if self.data is not None:  # else there are no places, and the text may be one that no parser takes
            reading.read()
        return reading

    @property
    def _spans(self) -> dict[Route, tuple[Span, Span]]:
        return self._recorded.spans or {}

    @property
    def lost(self) -> frozenset[Route]:
        """Routes of values that could not be read, each with a fault already: nothing more is said of what lies there."""
        return frozenset(self._recorded.lost) if self.faults else frozenset()

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
            return TOP
        return self._spans[next(iter(self.data)),][0]


def read_document(path: str, content: bytes) -> Document:
    """Read one file. Never raises: what is wrong is in ``faults``."""
    text, fault = decode(path, content)
    if fault is not None:
        return Document(path, text, None, (fault,), broken=True)
    reading = _Reading(path, text)
    data = reading.read()
    return Document(path, text, data, tuple(reading.faults), broken=reading.broken)


class _StopReadingError(Exception):
    """Reading ends here; the fault is noted already."""


@dataclass
class _Reading:
    """One pass over the events of a file. Depth and size are limited while reading, before anything is built."""

    path: str
    text: str
    spans: dict[Route, tuple[Span, Span]] | None = None
    """Spans of key and value by route; None where they are not asked for, and routes need not be followed."""
    faults: list[Fault] = field(default_factory=list)
    broken: bool = False
    lost: set[Route] = field(default_factory=set)
    """Routes of values that could not be read; complete only together with ``spans``."""
    quoted: Span | None = None
    """The last text in quotes that runs over several lines: where a quote is missing, it began there."""

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, for faults."""
        return self.text.split("\n")

    def read(self) -> Data:
        """The data of the file; what is wrong goes to ``faults``."""
        data: Data = None
        try:
            data = self._read_document()
        except _StopReadingError:
            self.broken = True
        except yaml.MarkedYAMLError as error:
            self.broken = True
            span, sentence, hint, notes = explain(self.path, self.lines, error, self.quoted)
            if not self._follows_fault(span):
                self._note("syntax", span, sentence, hint=hint, notes=notes)
        except (ValueError, OverflowError):  # from the parser in Python, for an escape beyond the last character
            self.broken = True
            self._note("syntax", None, ESCAPE, hint=ESCAPE_HINT)
        if not self.broken:
            self._check_normal_form()
        return data

    # -- structure ------------------------------------------------------------------------------------------------

    def _read_document(self) -> Data:
        self._hashes = _SWALLOWED.search(self.text) is not None
        self._next = _Parser(self.text).get_event
        event = self._next()  # stream start
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            self._note("empty", None, Sentence("the file is empty"))
            raise _StopReadingError
        event = self._next()
        if isinstance(event, yaml.ScalarEvent) and not event.value and not event.style:
            self._note("empty", None, Sentence("the file is empty"))
            raise _StopReadingError
        if not isinstance(event, yaml.MappingStartEvent):
            sentence = Sentence('a file consists of lines "field: value"; this one begins otherwise')
            self._note("not-a-map", _start(event), sentence, hint=hint_for_line(self.lines[event.start_mark.line]))
            raise _StopReadingError
        data = self._read_value(event, (), 1)
        self._next()  # document end
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            self._note("several-documents", _span(event), Sentence("a second document begins here; a file holds one"))
            self.broken = True
        return data

    def _read_value(self, event: _Event, route: Route, depth: int) -> Data:
        """Build what begins with ``event``. The recursion is bounded by ``DEEPEST``."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return self._read_scalar(event, route)
        if kind is yaml.AliasEvent:
            self._note(
                "plain-yaml",
                _span(event),
                Sentence("the alias *{name} is not allowed; write the text out, or put it in a clause set", name=event.anchor),
            )
            self.lost.add(route)
            return None
        if depth > DEEPEST:
            self._note("too-deep", _start(event), Sentence("lists and maps lie more than {depth} deep in one another", depth=DEEPEST))
            raise _StopReadingError
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
            value = self._read_value(event, below, depth + 1)
            items.append(value)
            if self.spans is not None:
                span = _dash(event) if _is_empty(event) else _span(event) if type(event) is yaml.ScalarEvent else _start(event)
                self.spans[below] = (span, span)

    def _read_map(self, route: Route, depth: int) -> dict[str, Data]:
        items: dict[str, Data] = {}
        first: dict[str, _Event] = {}
        while True:
            key_event = self._next()
            if type(key_event) is yaml.MappingEndEvent:
                return items
            key = self._read_key(key_event, route, depth)
            if key is None:
                self._pass_over(self._next(), depth, quietly=True)
                # What is wrong with a key often is the indentation; then the field above has no value for the same reason.
                if items and items[last := next(reversed(items))] is None:
                    self.lost.add((*route, last))
                continue
            if key in items:
                notes = (Note(Place(self.path, span=_span(first[key])), Sentence("it stands here already")),)
                self._note(
                    "duplicate-key",
                    _span(key_event),
                    Sentence("the field {key} stands here a second time", key=make_printable(key)),
                    notes=notes,
                )
                self._pass_over(self._next(), depth, quietly=False)
                continue
            event = self._next()
            below = (*route, key) if self.spans is not None else route
            items[key] = self._read_value(event, below, depth + 1)
            first[key] = key_event
            if self.spans is not None:
                key_span = _span(key_event)
                span = key_span if _is_empty(event) else _span(event) if type(event) is yaml.ScalarEvent else _start(event)
                self.spans[below] = (key_span, span)

    def _pass_over(self, event: _Event, depth: int, *, quietly: bool) -> None:
        """Read a value that belongs to no field. Nothing is kept of it, except for the faults in it unless ``quietly``."""
        spans, self.spans = self.spans, None
        lost, self.lost = self.lost, set()
        known = len(self.faults)
        self._read_value(event, (), depth + 1)
        self.spans, self.lost = spans, lost
        if quietly:
            del self.faults[known:]

    def _read_key(self, event: _Event, route: Route, depth: int) -> str | None:
        """The name of a field, or None with a fault where it cannot be one."""
        if type(event) is not yaml.ScalarEvent:
            if isinstance(event, yaml.MappingStartEvent) and event.flow_style:
                self._pass_over(event, depth, quietly=True)
                self._note("syntax", _start(event), Sentence("braces inside braces"), hint=QUOTE)
                self.lost.add(route)
            elif isinstance(event, yaml.AliasEvent):
                self._read_value(event, (*route, ""), depth)
            else:
                self._pass_over(event, depth, quietly=True)
                self._note("syntax", _start(event), Sentence("the name of a field must be a single word"))
                self.lost.add((*route, ""))
            return None
        if event.anchor or event.tag:
            self._note_decoration(event)
        key: str = event.value
        if key and key == key.strip() and (event.style or key != "<<"):
            bad = find_forbidden(key) if event.style else None
            if bad is None:
                return key
            self._note("character", _span(event), refuse_character(bad.group()))
        elif not key:
            self._note("syntax", _start(event), Sentence("the name of the field is missing before the colon"), hint=QUOTE)
        elif key == "<<":
            self._note("plain-yaml", _span(event), Sentence("the merge key << is not allowed; write the fields out, or use a clause set"))
        else:
            # YAML itself takes away ordinary spaces only.
            sentence = Sentence("an unusual space stands in front of the name of the field or after it")
            self._note("character", _span(event), sentence, hint=ORDINARY_SPACE)
        self.lost.add((*route, key))
        return None

    def _read_scalar(self, event: _Event, route: Route) -> str | None:
        if event.anchor or event.tag:
            self._note_decoration(event)
            if not event.value:
                self.lost.add(route)
        value: str = event.value
        style = event.style
        if not style:  # plain: '' from libyaml, None from the parser in Python
            if value in {"", "~", "null", "Null", "NULL"}:
                if self._hashes and not value and self._check_swallowed(event.end_mark):
                    self.lost.add(route)
                return None
            if self._hashes:
                self._check_swallowed(event.end_mark)
        elif style in "|>":
            value = value.rstrip("\n")
        elif style == '"':
            # Only here can a character stand that does not stand in the text: as an escape.
            if bad := find_forbidden(value) or _RETURN.search(value):
                self._note("character", _span(event), refuse_character(bad.group()))
                self.lost.add(route)
            elif not unicodedata.is_normalized("NFC", value) and unicodedata.is_normalized("NFC", self.text):
                self._note("normal-form", _span(event), _NORMAL_FORM, hint=_NORMAL_FORM_HINT)
        # What is unusual at an end of a text shows in its first or last character; nearly all texts are done with this look.
        if value and not (value[0].isprintable() and value[-1].isprintable()):
            self._check_ends(event, value, route)
        if style and style in "\"'" and event.start_mark.line != event.end_mark.line:
            self.quoted = _span(event)
        if len(value) > LONGEST_TEXT:
            self._note("too-large", _start(event), Sentence("the text has more than {count} characters", count=LONGEST_TEXT))
            self.lost.add(route)
        return value

    # -- faults ---------------------------------------------------------------------------------------------------

    def _check_swallowed(self, end: _Mark) -> bool:
        """Report ``Відділ #5``: YAML takes what follows the sign for a comment, and the text is lost."""
        line = self.lines[end.line] if end.line < len(self.lines) else ""
        comment = _SWALLOWED.match(line, end.column)
        if comment is not None:
            span = Span(end.line + 1, comment.end() - 1, end.line + 1, len(line) + 1)
            hint = Sentence("put the whole text in quotes; if this is a comment, leave a space after #")
            self._note("swallowed", span, Sentence("YAML drops the text from # on"), hint=hint)
        return comment is not None

    def _check_ends(self, event: _Event, value: str, route: Route) -> None:
        if (refusal := refuse_ends(value, plain=not event.style)) is not None:
            self._note("character", _span(event), refusal[0], hint=refusal[1])
            self.lost.add(route)

    def _note_decoration(self, event: _Event) -> None:
        line, column = event.start_mark.line, event.start_mark.column
        word = self.lines[line][column:].split()[0]
        if event.anchor:
            sentence = Sentence("the anchor &{name} is not allowed; write the text out, or put it in a clause set", name=event.anchor)
        else:
            sentence = Sentence("the tag {name} is not allowed; if this is text, put it in quotes", name=word)
        self._note("plain-yaml", Span(line + 1, column + 1, line + 1, column + len(word) + 1), sentence)

    def _follows_fault(self, span: Span) -> bool:
        """Whether a fault already known explains that the parser could not go on here."""
        for fault in self.faults:
            known = fault.finding.place.span or TOP
            if known.end_line == span.line or (fault.rule in {"swallowed", "character"} and known.end_line == span.line - 1):
                return True
        return False

    def _check_normal_form(self) -> None:
        if unicodedata.is_normalized("NFC", self.text):
            return
        for number, line in enumerate(self.lines, 1):
            normal = unicodedata.normalize("NFC", line)
            if normal != line:
                at = next(index for index, (ours, theirs) in enumerate(zip(line + "\0", normal + "\0", strict=False)) if ours != theirs)
                self._note("normal-form", Span(number, at + 1, number, at + 2), _NORMAL_FORM, hint=_NORMAL_FORM_HINT)
                return

    def _note(
        self, kind: str, span: Span | None, sentence: Sentence, *, hint: Sentence | None = None, notes: tuple[Note, ...] = ()
    ) -> None:
        line, column, end_line, end_column = span or TOP
        length = len(self.lines[line - 1])
        if column > length or (line == end_line and end_column > length + 1):  # past the end of the line or file
            column, end_column = min(column, length + 1), length + 1
        place = Place(self.path, span=Span(line, column, end_line, end_column))
        self.faults.append(Fault(kind, Finding(place, sentence, notes, hint)))


_NORMAL_FORM = Sentence("letters are put together from parts here (not in normal form NFC), so that equal words differ")
_NORMAL_FORM_HINT = Sentence("type the word anew")
_RETURN = re.compile("\r")


def _is_empty(event: _Event) -> bool:
    """Whether a value takes no room: nothing stands there."""
    return type(event) is yaml.ScalarEvent and not event.value and not event.style


def _span(event: _Event) -> Span:
    start, end = event.start_mark, event.end_mark
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def _start(event: _Event) -> Span:
    """The first character of a map, list or long text: its end would be far below."""
    start = event.start_mark
    return Span(start.line + 1, start.column + 1, start.line + 1, start.column + 2)


def _dash(event: _Event) -> Span:
    """The dash in front of an entry in which nothing stands."""
    start = event.start_mark
    return Span(start.line + 1, max(start.column, 1), start.line + 1, start.column + 1)
