"""Papers with their changes tracked, as Word shows them."""

from orgdocs.redlining.marking import Author
from orgdocs.redlining.redlining import Pair, UnprovenError, draw_redline, draw_redlines

__all__ = ["Author", "Pair", "UnprovenError", "draw_redline", "draw_redlines"]
