"""Editing the files of a registry: only the characters concerned change, whatever stands around them."""

from orgdocs.editing.fixing import fix

__all__ = ["fix"]
