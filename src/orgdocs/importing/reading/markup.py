"""Names and small questions of Word's XML that every reader of it asks."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_OFF = frozenset({"0", "false", "off"})
_TWIPS_PER_MM = 1440 / 25.4


def list_children(node: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """The children of a node with one of the local names of Word's own vocabulary, in their order."""
    if node is not None:
        tags = {W + name for name in names}
        yield from (child for child in node if child.tag in tags)


def read_value(node: etree._Element | None, name: str, attribute: str = "val") -> str | None:
    """The value that a child gives, or None where the child or its attribute is not there."""
    child = None if node is None else node.find(W + name)
    return None if child is None else child.get(W + attribute)


def read_number(node: etree._Element | None, name: str, attribute: str = "val") -> int | None:
    """The same as an integer; None as well where it is no number."""
    return to_number(read_value(node, name, attribute))


def to_number(text: str | None) -> int | None:
    """A number as Word files write it, at most nine digits; None where it is none."""
    digits = (text or "").removeprefix("-")
    return int(text or "") if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def read_switch(node: etree._Element | None, name: str) -> bool | None:
    """Whether a property is switched on or off; None where nothing is said. A switch without a value is on."""
    child = None if node is None else node.find(W + name)
    return None if child is None else (child.get(W + "val") or "1").lower() not in _OFF


def read_indent(properties: etree._Element | None) -> int | None:
    """The left indent in millimetres; None where nothing is said."""
    node = None if properties is None else properties.find(W + "ind")
    if node is None:
        return None
    twips = to_number(node.get(W + "left") or node.get(W + "start"))
    return None if twips is None else round(twips / _TWIPS_PER_MM)
