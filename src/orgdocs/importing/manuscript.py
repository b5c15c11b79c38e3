"""What a file says before anybody understands it: paragraphs and tables in reading order, each with its place."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from orgdocs.problems import Sentence


class Spot(NamedTuple):
    """Where something stands in the file that it came from. All numbers count from 1; 0 for running heads, which stand nowhere."""

    block: int
    """The number of the paragraph or table in reading order; the line of a text file, the row of a sheet."""
    row: int | None = None
    """The row of a table; of a sheet, the same as ``block``."""
    column: int | None = None
    page: int | None = None


class Paragraph(NamedTuple):
    """One paragraph as a reader sees it."""

    text: str
    """The text, tidied: no soft hyphens, no zero-width characters, single spaces; line breaks inside are kept as newlines."""
    spot: Spot
    label: str = ""
    """The number or sign that Word sets before it by itself, as printed: ``1.1.``, ``а)``, ``–``."""
    level: int | None = None
    """The depth of the automatic list, from 0; None outside of lists."""
    heading: int | None = None
    """The level of a heading by its style, from 1; 0 for a title; None for ordinary text."""
    bold: bool = False
    """Whether all of it is bold."""
    centred: bool = False
    indent: int = 0
    """The left indent in millimetres; for text files, in characters."""
    breaks_page: bool = False
    """Whether a new page or section begins before it."""


class Cell(NamedTuple):
    """A cell of a table; ``span`` is how many columns it covers. Lower cells of a vertical merge are empty and ``continued``."""

    paragraphs: tuple[Paragraph, ...]
    span: int = 1
    continued: bool = False

    @property
    def text(self) -> str:
        """Its paragraphs, one a line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


class Grid(NamedTuple):
    """A table: rows of cells."""

    rows: tuple[tuple[Cell, ...], ...]
    spot: Spot
    name: str = ""
    """The name of the sheet, in workbooks."""


Block: TypeAlias = Paragraph | Grid


class Oddity(NamedTuple):
    """Something in the file that is no text of the paper, and what became of it: a tracked change accepted, a picture left out."""

    code: str
    """A word for machines.

    Of Word: ``inserted`` (a tracked insertion, accepted), ``deleted`` (a tracked deletion, accepted), ``comment``, ``hidden-text``,
    ``contents`` (a table of contents), ``picture``, ``diagram``, ``chart``, ``word-art``, ``embedded-file``, ``outside`` (a template or
    a workbook on the drive of the author). Of text files: ``encoding``, ``bookmark`` (residue of a converter). Of workbooks:
    ``hidden-sheet`` (left out), ``hidden-row`` (read), ``uncached-formula``, ``cell-error``.
    """
    text: str
    """The words or the name concerned, as they stood in the file; may be empty."""
    spot: Spot | None = None


class Manuscript(NamedTuple):
    """A file that was read: its name, what it was (``docx``, ``txt`` …), its blocks, running heads apart, and what was odd."""

    name: str
    form: str
    blocks: tuple[Block, ...]
    running: tuple[Paragraph, ...] = ()
    """Text of headers, footers and notes: not part of the flow, but not lost either."""
    oddities: tuple[Oddity, ...] = ()


class UnreadableError(Exception):
    """A file cannot be read as a paper; the sentence says why and what to do, for people. It goes after the name of the file."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
