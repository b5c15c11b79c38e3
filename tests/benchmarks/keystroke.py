"""How long the language server takes from a keystroke to all problems, beside a full check of the same registry."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path

from orgdocs.project import open_project
from orgdocs.server.desk import Desk
from orgdocs.sources import read_work_tree


def keystroke_and_check(root: Path, path: str) -> tuple[Callable[[], object], Callable[[], object]]:
    """Two actions to be timed side by side: one more letter in the title in a file, and a check from nothing.

    The letter is another one each time, as nobody types the same text twice.
    """
    desk = Desk(root)
    desk.look()
    text = (root / path).read_text("utf-8")
    assert "title: " in text, path
    letters = count()

    def type_letter() -> object:
        desk.put(path, text.replace("title: ", f"title: {next(letters)} ", 1))
        return desk.look()

    return type_letter, lambda: open_project(read_work_tree(root))
