"""The geometry of a template: the sheet, its margins, the size of type."""

from __future__ import annotations

from dataclasses import dataclass

SHORT_EDGE, LONG_EDGE = 11906, 16838  # A4 in twentieths of a point

ACROSS = 24
"""The largest type of a sheet that lies across, in half-points: 12, the least of what ДСТУ 4163 and ГОСТ Р 7.0.97 allow, so that
the head of a wide table does not push its rows from the first page."""


def to_twips(millimetres: float) -> int:
    """Twentieths of a point, in which Word measures."""
    return round(millimetres * 1440 / 25.4)


@dataclass(frozen=True)
class Layout:
    """The figures of a template, in twentieths of a point."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    header: int
    stamp: int
    indent: int
    size: int
    line: int
    justify: str
    tables: dict[str, str]
    """What each table is, in the words of the language."""

    @property
    def text_width(self) -> int:
        """From margin to margin."""
        return self.width - self.left - self.right
