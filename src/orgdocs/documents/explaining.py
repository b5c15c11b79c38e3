"""Faults of syntax in words for people: what the parsers complain of in their jargon, at the place that somebody would look at."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from orgdocs.documents.characters import ORDINARY_SPACE
from orgdocs.problems import Note, Place, Sentence, Span

QUOTE = Sentence("if this is text, put the whole of it in quotes")
ESCAPE = Sentence("a backslash inside double quotes, and what follows it is no known character")
ESCAPE_HINT = Sentence("write two backslashes, or use single quotes")

_Complaint: TypeAlias = Any
"""The marked error of a parser, whose type only the owner of the parsers knows."""

Explanation: TypeAlias = tuple[Span, Sentence, Sentence | None, tuple[Note, ...]]
"""Where a fault stands, what it is, what to do, and which other places help to see it."""


def explain(path: str, lines: list[str], complaint: _Complaint, quoted: Span | None = None) -> Explanation:
    """What a parser complains of, in words for people; ``quoted`` is the last text in quotes that ran over several lines."""
    return _Explaining(path, lines, complaint, quoted).explain()


class _Explaining:
    """One complaint and the lines it is about.

    libyaml and the parser in Python word the same complaint differently; ``context`` says what was being read,
    ``problem`` what went wrong.
    """

    def __init__(self, path: str, lines: list[str], complaint: _Complaint, quoted: Span | None = None) -> None:
        self.path = path
        self.lines = lines
        self.context = complaint.context or ""
        self.problem = complaint.problem or ""
        mark = complaint.problem_mark
        start = complaint.context_mark or mark
        self.line, self.column = mark.line, mark.column
        self.start_line, self.start_column = start.line, start.column
        self.quoted = quoted

    def explain(self) -> Explanation:
        """Go from the surest signs to the vaguest."""
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
            return self._here(Sentence("a space is missing after the colon"), QUOTE)
        if "mapping values are not allowed" in problem:
            return self._explain_colon(line, indent)
        if "sequence entries are not allowed" in problem:
            hint = Sentence("put the list on the lines below, or if this is text, put the whole of it in quotes")
            return self._here(Sentence("a dash and a space begin an entry of a list, which cannot begin here"), hint)
        if "mapping keys are not allowed" in problem:
            return self._here(Sentence("a question mark and a space cannot stand here"), QUOTE)
        if "flow" in context:
            return self._explain_brackets()
        if "node content" in problem:
            return self._here(Sentence("a value cannot begin with {character}", character=line[self.column : self.column + 1]), QUOTE)
        return self._explain_rest(line, indent)

    def _tab(self, column: int) -> Explanation:
        return self._span(self.line, column), Sentence("a tab; YAML is indented with spaces"), Sentence("put spaces in its place"), ()

    def _explain_quotes(self, line: str) -> Explanation:
        if "unexpected" in self.problem:
            hint = Sentence("put one at the end of the text; if it is part of the text, put the whole in quotes of the other kind")
            return self._span(self.start_line, self.start_column), Sentence("this quote is opened and not closed"), hint, ()
        backslash = max(line.rfind("\\", 0, self.column + 1), 0)
        return self._span(self.line, backslash, 2), ESCAPE, ESCAPE_HINT, ()

    def _explain_line_without_colon(self) -> Explanation:
        span = self._span(self.start_line, self.start_column, len(self._text(self.start_line)))
        hint = hint_for_line(self._text(self.start_line))
        if hint is ORDINARY_SPACE:
            return span, Sentence("an unusual space stands beside the colon, so that YAML does not see it"), hint, ()
        general = Sentence('a line reads "field: value", or begins with a dash; a text that goes on is indented deeper than its field')
        return span, Sentence("this line has no colon"), hint or general, ()

    def _beginning(self, sentence: Sentence) -> Explanation:
        """A value begins with a sign that means something in YAML."""
        # The parser in Python gives no start for what cannot start anything.
        character = self._text(self.start_line)[self.start_column : self.start_column + 1]
        return self._span(self.start_line, self.start_column), Sentence(sentence.pattern, character=character), QUOTE, ()

    def _explain_colon(self, line: str, indent: int) -> Explanation:
        if re.search(r":\s", line[indent : self.column]) or line[indent : indent + 2] == "- ":
            return self._here(Sentence("a colon and a space inside a text without quotes"), Sentence("put the whole text in quotes"))
        hint = Sentence("fields that belong together begin in the same column; a text with a colon is put in quotes")
        return self._here(Sentence("a field cannot begin on this line: the line above has a value already"), hint)

    def _explain_brackets(self) -> Explanation:
        if "node content" in self.problem:
            if self._text(self.line)[self.column : self.column + 1] not in {"", "-", "."}:
                return self._here(Sentence("between brackets, a value or a comma stands in the wrong place here"), QUOTE)
            self._go_back_to_bracket()
        opened = self._span(self.start_line, self.start_column)
        if self.line != self.start_line:
            return opened, Sentence("this bracket is opened and not closed"), QUOTE, ()
        notes = (Note(Place(self.path, span=opened), Sentence("the bracket is opened here")),)
        return *self._here(Sentence("a comma or the closing bracket is expected here"), QUOTE)[:3], notes

    def _go_back_to_bracket(self) -> None:
        """The parsers do not say which bracket stands open at the end; the last one above is a good guess."""
        for line in range(self.line, -1, -1):
            text = self._text(line)[: self.column] if line == self.line else self._text(line)
            if (column := max(text.rfind("["), text.rfind("{"))) >= 0:
                self.start_line, self.start_column = line, column
                return

    def _explain_rest(self, line: str, indent: int) -> Explanation:
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
            return self._here(Sentence("text goes on after the closing bracket"), QUOTE)
        if self.column > indent:
            return self._here(Sentence("this is left over; nothing can follow here"), QUOTE)
        if rest.startswith(":"):
            return self._here(Sentence("the name of the field is missing before the colon"), QUOTE)
        if self.column != self.start_column or self.line == self.start_line:
            hint = Sentence("fields that belong together, and entries of one list, begin in the same column")
            return self._here(Sentence("this line begins in a column in which no line above it begins"), hint)
        if "collection" in self.context:
            return self._here(Sentence("an entry of the list, beginning with a dash, is expected here"), None)
        if rest.startswith("-"):
            hint = Sentence("the entries of a list stand below the field that they belong to")
            return self._here(Sentence("an entry of a list stands here, where a field is expected"), hint)
        return self._here(Sentence("a field is expected here"), QUOTE)

    def _here(self, sentence: Sentence, hint: Sentence | None) -> Explanation:
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


def hint_for_line(line: str) -> Sentence | None:
    """What is odd about the colon of a line that is no field for YAML."""
    if re.match(r"[\s-]*[\w-]+[^\S ]*:[^\S ]", line):
        return ORDINARY_SPACE
    if re.match(r"[\s-]*[\w-]+:[^\s/]", line):
        return Sentence("a space is missing after the colon")
    return None
