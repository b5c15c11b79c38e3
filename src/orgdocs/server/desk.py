"""One registry as an editor sees it: the files on disk with the open ones over them, checked anew at every change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from orgdocs.messages import choose_language, load_patterns
from orgdocs.project import Memory, open_project
from orgdocs.sources import FOLDERS, MARKER, read_work_tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from orgdocs.documents import Document
    from orgdocs.hierarchy import Hierarchy
    from orgdocs.project import Project


class Desk:
    """A registry with its open files. ``project`` is what it was at the last look."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._open: dict[str, bytes] = {}
        self._memory = Memory()
        self._project: Project | None = None

    @property
    def project(self) -> Project:
        """The registry as it was at the last look; looked at now if it never was."""
        return self._project or self.look()

    def path_of(self, file: Path) -> str | None:
        """The path in the registry of a file that belongs to it, else None."""
        try:
            path = file.relative_to(self.root).as_posix()
        except ValueError:
            return None
        return path if path.startswith(tuple(f"{folder}/" for folder in FOLDERS)) and path.endswith((".yaml", ".yml")) else None

    def put(self, path: str, text: str) -> None:
        """Lay the text of an open file over the one on disk."""
        self._open[path] = text.encode("utf-8", "surrogatepass")

    def take_away(self, path: str) -> None:
        """The file is closed: what is on disk counts again."""
        self._open.pop(path, None)

    def look(self) -> Project:
        """Read what changed, and check the whole."""
        source = read_work_tree(self.root)
        laid = {path: content for path, content in self._open.items() if path not in source.strange}
        if laid:
            source = replace(source, files=dict(sorted((source.files | laid).items())))
        self._project = open_project(source, memory=self._memory)
        return self._project

    def document(self, path: str) -> Document | None:
        """A file as it was read at the last look."""
        return self.project.documents.get(path)

    @property
    def patterns(self) -> Mapping[str, str]:
        """The sentences of the language to speak: the registry's, or that of the environment."""
        document = self.document(MARKER)
        asked = document.data.get("messages") if document is not None and isinstance(document.data, dict) else None
        return load_patterns(choose_language(None, asked if isinstance(asked, str) else None))

    def hierarchy(self, path: str) -> Hierarchy | None:
        """The hierarchy of the organisation that a file belongs to."""
        parts = path.split("/")
        return self.project.hierarchies.get(parts[1]) if len(parts) > 2 else None
