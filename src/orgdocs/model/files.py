"""Checked files, of which entities are read once, however often the registry is built with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from orgdocs.documents import Data

Map = Mapping[str, Any]
"""A map as it stands in a file."""

_T = TypeVar("_T")


class File:
    """A checked file: its path, kind, data without what is at fault, and whether anything was at fault."""

    __slots__ = ("_before", "_made", "data", "kind", "partial", "path", "unread")

    def __init__(self, path: str, kind: str, data: Data, *, partial: bool, unread: bool) -> None:
        self.path = path
        self.kind = kind
        self.data: Map = cast("Map", data) if isinstance(data, dict) else {}
        self.partial = partial
        self.unread = unread
        self._made: dict[object, Any] = {}
        self._before: dict[object, Any] = {}

    def follow(self, earlier: File) -> None:
        """This is what ``earlier`` became: what is made of both and says the same is the same object."""
        self._before = earlier._before | earlier._made

    def made(self, make: Callable[[File, str], _T], name: str) -> _T:
        """What ``make`` reads from this file: it is read once, however often the registry is built with this file."""
        if make not in self._made:
            self._made[make] = _keep_same(make(self, name), self._before.pop(make, None))
        made: _T = self._made[make]
        return made


def _keep_same(new: Any, old: Any) -> Any:
    """The new value, in which what equals the old one is the old one."""
    if isinstance(new, dict) and isinstance(old, dict):
        return {key: _keep_same(value, old.get(key)) for key, value in new.items()}
    return old if old == new else new
