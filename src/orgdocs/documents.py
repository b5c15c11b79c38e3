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

# Control characters but tab, line feed and carriage return, separators, direction marks, surrogates, and what is no
# character. One class of few ranges: anything else takes several times as long, and all text goes through here.
_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff"
    "\U0001fffe-\U0010ffff]"
)
_CONFLICT = re.compile(r"^(<{7}|>{7}|={7})( |$)", re.MULTILINE)
_SWALLOWED = re.compile(r"[ \t]+#[^\s#!]")
_DIRECTIVE = re.compile(r"(?:[ \t]*+(?:#.*)?+\n)*+(%.*)")
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
    text, fault = _decode(path, content)
    if fault is not None:
        return Document(path, text, None, (fault,), broken=True)
    reading = _Reading(path, text)
    data = reading.read()
    return Document(path, text, data, tuple(reading.faults), broken=reading.broken)


def _decode(path: str, content: bytes) -> tuple[str, Fault | None]:
    """Bytes to text with line feeds as line ends, or the fault that forbids reading on."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0\0" in (content[0:4:2], content[1:4:2]):
        return "", _fault(path, "encoding", None, Sentence("the file is saved as UTF-16; save it as UTF-8"))
    fault = None
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        text = content.decode("utf-8", "replace")
        before = content[: error.start].decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
        if _looks_like_cp1251(content):
            sentence = Sentence("the file is not UTF-8; it seems to be saved as Windows-1251. Save it as UTF-8")
        else:
            sentence = Sentence("the file is not UTF-8 from here on; save it as UTF-8")
        fault = _fault(path, "encoding", _span_of(before, len(before), 1), sentence)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    return text, fault or _check_text(path, text)


def _check_text(path: str, text: str) -> Fault | None:
    """What can be seen in the text before it is read as YAML, and would be misunderstood there."""
    if text.startswith(_LFS):
        return _fault(path, "not-yaml", None, Sentence("this is a Git LFS pointer, not the file itself; run git lfs pull"))
    if "\r" in text:
        span = _span_of(text, text.index("\r"), 1)
        return _fault(path, "character", span, Sentence("a lone carriage return; save the file with ordinary line ends"))
    if conflict := _CONFLICT.search(text):
        return _fault(path, "conflict", _span_of(text, conflict.start(), 7), Sentence("a merge conflict is not resolved here"))
    if bad := _find_forbidden(text):
        return _fault(path, "character", _span_of(text, bad.start(), 1), _refuse_character(bad.group()))
    if directive := _DIRECTIVE.match(text):
        span = _span_of(text, directive.start(1), len(directive.group(1)))
        return _fault(path, "plain-yaml", span, Sentence("a line beginning with % is not allowed"))
    return None


def _find_forbidden(text: str) -> re.Match[str] | None:
    """The first character that no file may hold."""
    for suspect in _SUSPECT.finditer(text):
        code = ord(suspect.group())
        if code <= 0xFFFF or code & 0xFFFE == 0xFFFE:  # beyond the first plane only the last two of each are no characters
            return suspect
    return None


def _looks_like_cp1251(content: bytes) -> bool:
    """Whether the bytes are words of Cyrillic letters in Windows-1251; words of two alphabets speak for another encoding."""
    try:
        text = content.decode("cp1251")
    except UnicodeDecodeError:
        return False
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii()]
    cyrillic = sum(all("а" <= letter <= "я" or letter in "іїєґёў" for letter in word.lower()) for word in words)
    return cyrillic > 0.8 * len(words)


def _refuse_character(character: str) -> Sentence:
    return Sentence("the character {code} ({name}) is not allowed", code=f"U+{ord(character):04X}", name=_name_character(character))


_NAMES = {"\x00": "NUL", "\x1b": "escape", "\r": "carriage return", "\x85": "next line", "\ufeff": "byte order mark inside the file"}


def _name_character(character: str) -> str:
    if character in _NAMES:
        return _NAMES[character]
    if "\ud800" <= character <= "\udfff":
        return "half of a character"
    kind = "control character" if unicodedata.category(character) == "Cc" else "no character at all"
    return unicodedata.name(character, kind).lower()


def _span_of(text: str, offset: int, length: int) -> Span:
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    return Span(line, column, line, column + length)


def _fault(path: str, kind: str, span: Span | None, sentence: Sentence, hint: Sentence | None = None) -> Fault:
    return Fault(kind, Finding(Place(path, span=span or TOP), sentence, hint=hint))


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
            span, sentence, hint, notes = _Explaining(self.path, self.lines, error, self.quoted).explain()
            if not self._follows_fault(span):
                self._note("syntax", span, sentence, hint=hint, notes=notes)
        except (ValueError, OverflowError):  # from the parser in Python, for an escape beyond the last character
            self.broken = True
            self._note("syntax", None, _ESCAPE, hint=_ESCAPE_HINT)
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
            self._note("not-a-map", _start(event), sentence, hint=_hint_for_line(self.lines[event.start_mark.line]))
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
                self._note("syntax", _start(event), Sentence("braces inside braces"), hint=_QUOTE)
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
            bad = _find_forbidden(key) if event.style else None
            if bad is None:
                return key
            self._note("character", _span(event), _refuse_character(bad.group()))
        elif not key:
            self._note("syntax", _start(event), Sentence("the name of the field is missing before the colon"), hint=_QUOTE)
        elif key == "<<":
            self._note("plain-yaml", _span(event), Sentence("the merge key << is not allowed; write the fields out, or use a clause set"))
        else:
            # YAML itself takes away ordinary spaces only.
            sentence = Sentence("an unusual space stands in front of the name of the field or after it")
            self._note("character", _span(event), sentence, hint=_ORDINARY_SPACE)
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
            if bad := _find_forbidden(value) or _RETURN.search(value):
                self._note("character", _span(event), _refuse_character(bad.group()))
                self.lost.add(route)
            elif not unicodedata.is_normalized("NFC", value) and unicodedata.is_normalized("NFC", self.text):
                self._note("normal-form", _span(event), _NORMAL_FORM, hint=_NORMAL_FORM_HINT)
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
            if known.end_line == span.line or (fault.rule == "swallowed" and known.end_line == span.line - 1):
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


_QUOTE = Sentence("if this is text, put the whole of it in quotes")
_ESCAPE = Sentence("a backslash inside double quotes, and what follows it is no known character")
_ESCAPE_HINT = Sentence("write two backslashes, or use single quotes")
_NORMAL_FORM = Sentence("letters are put together from parts here (not in normal form NFC), so that equal words differ")
_NORMAL_FORM_HINT = Sentence("type the word anew")
_ORDINARY_SPACE = Sentence("type an ordinary space there; another kind comes along when text is copied from Word or a web page")
_RETURN = re.compile("\r")

_Explanation: TypeAlias = tuple[Span, Sentence, Sentence | None, tuple[Note, ...]]


class _Explaining:
    """What the parsers complain of in their jargon, in words for people and at the place that a person would look at.

    libyaml and the parser in Python word the same complaint differently; ``context`` says what was being read,
    ``problem`` what went wrong.
    """

    def __init__(self, path: str, lines: list[str], error: yaml.MarkedYAMLError, quoted: Span | None = None) -> None:
        self.path = path
        self.lines = lines
        self.context = error.context or ""
        self.problem = error.problem or ""
        mark: _Mark = error.problem_mark
        start: _Mark = error.context_mark or mark
        self.line, self.column = mark.line, mark.column
        self.start_line, self.start_column = start.line, start.column
        self.quoted = quoted

    def explain(self) -> _Explanation:
        """Where the fault stands, what it is, what to do, and which other places help to see it."""
        context, problem = self.context, self.problem
        line = self._text(self.line)
        indent = len(line) - len(line.lstrip())
        if "\t" in line[:indent]:
            return self._tab(line.index("\t"))
        if line[self.column : self.column + 1] == "\t":
            return self._tab(self.column)
        if "quoted scalar" in context:
            return self._explain_quotes(line)
        if "simple key" in context:
            return self._explain_line_without_colon()
        for words, sentence in _BEGINNINGS:
            if any(word in context or word in problem for word in words):
                return self._beginning(sentence)
        if "unexpected ':'" in problem:
            return self._here(Sentence("a space is missing after the colon"), _QUOTE)
        if "mapping values are not allowed" in problem:
            return self._explain_colon(line, indent)
        if "sequence entries are not allowed" in problem:
            hint = Sentence("put the list on the lines below, or if this is text, put the whole of it in quotes")
            return self._here(Sentence("a dash and a space begin an entry of a list, which cannot begin here"), hint)
        if "mapping keys are not allowed" in problem:
            return self._here(Sentence("a question mark and a space cannot stand here"), _QUOTE)
        if "flow" in context:
            return self._explain_brackets()
        if "node content" in problem:
            return self._here(Sentence("a value cannot begin with {character}", character=line[self.column : self.column + 1]), _QUOTE)
        return self._explain_rest(line, indent)

    def _tab(self, column: int) -> _Explanation:
        return self._span(self.line, column), Sentence("a tab; YAML is indented with spaces"), Sentence("put spaces in its place"), ()

    def _explain_quotes(self, line: str) -> _Explanation:
        if "unexpected" in self.problem:
            hint = Sentence("put one at the end of the text; if it is part of the text, put the whole in quotes of the other kind")
            return self._span(self.start_line, self.start_column), Sentence("this quote is opened and not closed"), hint, ()
        backslash = max(line.rfind("\\", 0, self.column + 1), 0)
        return self._span(self.line, backslash, 2), _ESCAPE, _ESCAPE_HINT, ()

    def _explain_line_without_colon(self) -> _Explanation:
        span = self._span(self.start_line, self.start_column, len(self._text(self.start_line)))
        sentence = Sentence("this line has no colon")
        hint = Sentence('a line reads "field: value", or begins with a dash; a text that goes on is indented deeper than its field')
        return span, sentence, _hint_for_line(self._text(self.start_line)) or hint, ()

    def _beginning(self, sentence: Sentence) -> _Explanation:
        """A value begins with a sign that means something in YAML."""
        # The parser in Python gives no start for what cannot start anything.
        character = self._text(self.start_line)[self.start_column : self.start_column + 1]
        return self._span(self.start_line, self.start_column), Sentence(sentence.pattern, character=character), _QUOTE, ()

    def _explain_colon(self, line: str, indent: int) -> _Explanation:
        if re.search(r":\s", line[indent : self.column]) or line[indent : indent + 2] == "- ":
            return self._here(Sentence("a colon and a space inside a text without quotes"), Sentence("put the whole text in quotes"))
        hint = Sentence("fields that belong together begin in the same column; a text with a colon is put in quotes")
        return self._here(Sentence("a field cannot begin on this line: the line above has a value already"), hint)

    def _explain_brackets(self) -> _Explanation:
        if "node content" in self.problem:
            if self._text(self.line)[self.column : self.column + 1] not in {"", "-", "."}:
                return self._here(Sentence("between brackets, a value or a comma stands in the wrong place here"), _QUOTE)
            self._go_back_to_bracket()
        opened = self._span(self.start_line, self.start_column)
        if self.line != self.start_line:
            return opened, Sentence("this bracket is opened and not closed"), _QUOTE, ()
        notes = (Note(Place(self.path, span=opened), Sentence("the bracket is opened here")),)
        return *self._here(Sentence("a comma or the closing bracket is expected here"), _QUOTE)[:3], notes

    def _go_back_to_bracket(self) -> None:
        """The parsers do not say which bracket stands open at the end; the last one above is a good guess."""
        for line in range(self.line, -1, -1):
            text = self._text(line)[: self.column] if line == self.line else self._text(line)
            if (column := max(text.rfind("["), text.rfind("{"))) >= 0:
                self.start_line, self.start_column = line, column
                return

    def _explain_rest(self, line: str, indent: int) -> _Explanation:
        """Something is left over where a field or an entry should begin."""
        before, rest = line[: self.column].rstrip(), line[self.column :]
        if "document start" in self.problem and any(above.startswith("...") for above in self.lines[: self.line]):
            return self._here(Sentence("nothing can follow after a line of three dots"), None)
        if before.endswith(('"', "'")):
            quoted = self.quoted
            if quoted is not None and quoted.end_line == self.line + 1:
                # A text that runs over lines up to a quote that opens another one: its own closing quote is missing.
                hint = Sentence("put one at the end of the text; if it is part of the text, put the whole in quotes of the other kind")
                return self._span(quoted.line - 1, quoted.column - 1), Sentence("this quote is opened and not closed"), hint, ()
            hint = Sentence("put the whole text in quotes: in single ones if it holds double ones, and the other way round")
            return self._here(Sentence("text goes on after the closing quote"), hint)
        if before.endswith(("]", "}")):
            return self._here(Sentence("text goes on after the closing bracket"), _QUOTE)
        if self.column > indent:
            return self._here(Sentence("this is left over; nothing can follow here"), _QUOTE)
        if rest.startswith(":"):
            return self._here(Sentence("the name of the field is missing before the colon"), _QUOTE)
        if self.column != self.start_column or self.line == self.start_line:
            hint = Sentence("fields that belong together, and entries of one list, begin in the same column")
            return self._here(Sentence("this line begins in a column in which no line above it begins"), hint)
        if "collection" in self.context:
            return self._here(Sentence("an entry of the list, beginning with a dash, is expected here"), None)
        if rest.startswith("-"):
            hint = Sentence("the entries of a list stand below the field that they belong to")
            return self._here(Sentence("an entry of a list stands here, where a field is expected"), hint)
        return self._here(Sentence("a field is expected here"), _QUOTE)

    def _here(self, sentence: Sentence, hint: Sentence | None) -> _Explanation:
        return self._span(self.line, self.column), sentence, hint, ()

    def _text(self, line: int) -> str:
        return self.lines[line] if line < len(self.lines) else ""

    def _span(self, line: int, column: int, length: int = 1) -> Span:
        """A stretch of one line, cut where the line ends."""
        return Span(line + 1, column + 1, line + 1, max(column, min(column + length, len(self._text(line)))) + 1)


_BEGINNINGS = (
    (
        ("block scalar",),
        Sentence("a text cannot begin with {character}; alone at the end of a line, the sign announces a text on the lines below"),
    ),
    (("alias", "anchor", "a tag", "tag handle", "cannot start any token"), Sentence("a text cannot begin with {character}")),
    (("directive",), Sentence("a line beginning with % is not allowed")),
)


def _hint_for_line(line: str) -> Sentence | None:
    """What is odd about the colon of a line that is no field for YAML."""
    if re.match(r"[\s-]*[\w-]+[^\S ]*:[^\S ]", line):
        return _ORDINARY_SPACE
    if re.match(r"[\s-]*[\w-]+:[^\s/]", line):
        return Sentence("a space is missing after the colon")
    return None


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
