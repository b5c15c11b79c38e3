"""The cells of a workbook that comes back, one by one: which were changed, which may be taken over, and what they say as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from orgdocs.exporting.sheets import SHEETS, Field, compared, digest, read_route, show_value
from orgdocs.importing.reading.tidying import tidy
from orgdocs.problems import Place, Route, Sentence

if TYPE_CHECKING:
    from orgdocs.emitting import Value
    from orgdocs.importing.clauses import Data
    from orgdocs.importing.returning.lines import Line
    from orgdocs.importing.updating import Change
    from orgdocs.project import Project

_KIND = next(each for each in SHEETS["Positions"] if each.name == "title")
"""The kind of a part of pay is a text like a title."""
_LONGEST = 80


@dataclass
class Returned:
    """What a workbook asks for. Nothing is written yet."""

    changes: dict[str, list[Change]] = field(default_factory=dict)
    """By file."""
    posts: dict[str, Data] = field(default_factory=dict)
    """New posts by id."""
    removed: list[tuple[str, Route, str]] = field(default_factory=list)
    """Rows that are gone: file, route, and what stood there."""
    conflicts: list[Sentence] = field(default_factory=list)
    """What is not taken over, each with its cell."""
    notes: list[Sentence] = field(default_factory=list)

    def change(self, path: str, change: Change) -> None:
        """Ask for one change in a file."""
        self.changes.setdefault(path, []).append(change)


class Cells:
    """Judges single cells against the files, and gathers what comes of it."""

    def __init__(self, project: Project, organisation: str) -> None:
        self.project = project
        self.organisation = organisation
        self.institution = project.registry.institutions[organisation]
        self.language = self.institution.organisation.language
        self.returned = Returned()

    def refuse(self, sentence: Sentence) -> None:
        """Tell what is not taken over."""
        self.returned.conflicts.append(sentence)

    def data(self, path: str) -> Any:
        """What a file says, None if it is not there or cannot be read."""
        document = self.project.documents.get(path)
        return document.data if document is not None and isinstance(document.data, dict) else None

    def line_of(self, path: str, route: Route) -> str:
        """A place in a file as people name it: with the line, of the nearest thing around it that is there."""
        document, data = self.project.documents.get(path), self.data(path)
        while route and read_route(data, route) is None:
            route = route[:-1]
        return f"{path}:{document.span(Place(path, route)).line}" if document is not None and route else path

    def is_edit(self, line: Line, each: Field, old: str, before: str, at: tuple[str, Route]) -> bool:
        """Whether a cell was changed, and may be taken over; what may not be is told."""
        new = compared(line.cells[each.name], each.kind)
        if new in {compared(tidy(old), each.kind), compared(old, each.kind)} or digest(new) == before:
            return False
        if each.kind == "told":
            self._refuse_told(line, each, old)
            return False
        if digest(compared(old, each.kind)) != before:
            self.refuse(
                Sentence(
                    "{cell} says {new}, {where} says {old}: both were changed", cell=line.cell(each.name), new=shorten(new),
                    where=self.line_of(*at), old=shorten(old),
                )
            )  # fmt: skip
            return False
        return True

    def _refuse_told(self, line: Line, each: Field, old: str) -> None:
        cell = line.cell(each.name)
        if each.name == "id":
            self.refuse(
                Sentence("{cell}: another id is given with orgdocs rename {old} {new}", cell=cell, old=old, new=line.cells["id"] or "…")
            )
        elif each.name == "unit" and line.sheet == "Positions":
            self.refuse(
                Sentence(
                    "{cell}: a post is moved with orgdocs move {id} {unit}", cell=cell, id=line.cells["id"],
                    unit=line.cells["unit"] or self.organisation,
                )
            )  # fmt: skip
        else:
            self.returned.notes.append(Sentence("{cell} is there to be read only; its change is not taken over", cell=cell))

    def value(self, line: Line, each: Field, text: str, old: Any = None) -> Value:
        """A cell as plain data for the file, None if it is none; then it is told."""
        cell = line.cell(each.name)
        shown = compared(text, each.kind)
        if each.kind == "number":
            if not shown.replace(".", "", 1).isdigit():
                self.refuse(Sentence("{cell}: {text} is no number", cell=cell, text=shorten(text)))
                return None
            return shown
        if each.kind == "choice" and shown not in each.choices:
            self.refuse(Sentence("{cell}: {text} is none of: {choices}", cell=cell, text=shorten(text), choices=", ".join(each.choices)))
            return None
        if each.kind == "ids":
            return shown.split(", ")
        if each.kind == "parts":
            return self._read_parts(cell, text, old if isinstance(old, list) else [])
        return shown

    def _read_parts(self, cell: str, text: str, old: list[Any]) -> Value:
        """Parts of pay, one a line; a kind in several languages keeps all of them."""
        kinds = {show_value(part.get("kind"), _KIND, self.language): part.get("kind") for part in old if isinstance(part, dict)}
        parts: list[Value] = []
        for line in text.splitlines():
            if not line.strip():
                continue
            kind, mark, figure = line.rpartition("=")
            number = compared(figure.strip().rstrip("% "), "number")
            if not mark or not kind.strip() or not number.replace(".", "", 1).isdigit():
                self.refuse(
                    Sentence(
                        "{cell}: write each part on a line, as in: for rank = 20 %; not understood: {text}", cell=cell, text=shorten(line)
                    )
                )
                return None
            name = " ".join(kind.split())
            parts.append({"kind": kinds.get(name, name), "percent" if figure.strip().endswith("%") else "amount": number})
        return parts


def given_id(path: str) -> str:
    """The id that a file gives by its name."""
    return path.rpartition("/")[2].removesuffix(".yaml")


def shorten(value: Any) -> str:
    """A value on one line that is not too long, for sentences."""
    said = ", ".join(shorten(item) for item in value) if isinstance(value, list) else " ".join(str(value).split())
    return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"
