"""What a decision packet says, as plain data: what changes, in figures and side by side, which papers, and the acts to be issued."""

from __future__ import annotations

from typing import TypedDict

from orgdocs.contents.content import Signature

PACKET = "packet"
"""The kind of the packet among papers: the name of its template, and the key of its part of a content's body."""


class Word(TypedDict):
    """A stretch of a text: ``state`` is kept, removed or added."""

    text: str
    state: str


class Change(TypedDict):
    """A change in words."""

    words: list[Word]


class Group(TypedDict):
    """What changes in one thing."""

    heading: str
    changes: list[Change]


class Changes(TypedDict):
    """The changes in words, by what they are about."""

    heading: str
    groups: list[Group]


class Row(TypedDict):
    """A row of a table: ``style`` is heading, whose text goes over all columns, or row."""

    style: str
    text: str
    cells: list[str]


class Table(TypedDict):
    """A table of texts; without rows it is not printed."""

    heading: str
    columns: list[str]
    rows: list[Row]


class Pair(TypedDict):
    """A row of the comparison: ``style`` is heading, whose text goes over all columns, or row with a clause before and after."""

    style: str
    text: str
    before: list[Word]
    after: list[Word]


class Sides(TypedDict):
    """The comparison table: current wording and proposed wording, clause by clause."""

    heading: str
    columns: list[str]
    rows: list[Pair]


class Point(TypedDict):
    """A numbered point of an act, with the entries of its list."""

    text: str
    entries: list[str]


class Order(TypedDict):
    """The draft of an act that puts changes into force."""

    heading: str
    issuer: str
    word: str
    requisites: list[str]
    about: str
    preamble: str
    verb: str
    points: list[Point]
    signatures: list[Signature]


class Packet(TypedDict):
    """All that a packet says below its title."""

    intro: list[str]
    changes: Changes
    totals: Table
    comparison: Sides
    papers: Table
    orders: list[Order]
