"""Posts and their staffing in a workbook that comes back: changed values of those that are there, and new ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from orgdocs.exporting.sheets import SHEETS, Field, Key, compared, digest, read_route, show_value
from orgdocs.importing.registering import Directory
from orgdocs.importing.returning.cells import Cells, given_id, shorten
from orgdocs.importing.updating import Change
from orgdocs.problems import Sentence
from orgdocs.schemas import load_schema

if TYPE_CHECKING:
    from orgdocs.importing.clauses import Data
    from orgdocs.importing.returning.lines import Line


class Posts:
    """Compares the rows of the sheets Positions and Staffing."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._ids = Directory.of(cells.institution).ids
        self.new: dict[str, str] = {}
        """By the id that stands in a new row: the id of the new post."""

    def compare(self, line: Line) -> None:
        """One row: of a post that is there, or of a new one."""
        if line.key is not None:
            self._compare_post(line, line.key)
        elif line.sheet == "Positions":
            self._add_post(line)
        else:
            self._add_staffing(line)

    def _compare_post(self, line: Line, key: Key) -> None:
        """The values of one row of posts or staffing against its file."""
        data = self._cells.data(key.path)
        if data is None:
            if any(
                digest(compared(line.cells[each.name], each.kind)) != before
                for each, before in zip(SHEETS[line.sheet], key.digests, strict=True)
            ):
                self._cells.refuse(Sentence("{cell}: {path} is no longer there or cannot be read", cell=line.cell("id"), path=key.path))
            return
        edits: list[tuple[Field, str]] = []
        for each, before in zip(SHEETS[line.sheet], key.digests, strict=True):
            old = given_id(key.path) if each.name == "id" else show_value(read_route(data, each.route), each, self._cells.language)
            if self._cells.is_edit(line, each, old, before, (key.path, each.route)):
                edits.append((each, line.cells[each.name]))
        self._write_edits(key.path, data, line, edits)

    def _write_edits(self, path: str, data: Mapping[str, Any], line: Line, edits: list[tuple[Field, str]]) -> None:
        """The changes in a file. A group of fields such as staffing goes as a whole if nothing is left of it."""
        gone = {each.route for each, text in edits if not text.strip()}
        for owner in {route[0] for route in gone if len(route) > 1}:
            given = data.get(str(owner))
            if isinstance(given, dict) and all((owner, name) in gone for name in given):
                self._cells.returned.change(path, Change("removed", (owner,), shorten(given)))
                gone -= {(owner, name) for name in given}
                edits = [edit for edit in edits if edit[0].route[0] != owner or edit[1].strip()]
        for owner in {each.route[0] for each, _ in edits if len(each.route) > 1 and each.route[0] not in data}:
            fresh: Data = {}
            for each, text in edits:
                if each.route[0] == owner and (value := self._cells.value(line, each, text)) is not None:
                    fresh[str(each.route[1])] = value
            edits = [edit for edit in edits if edit[0].route[0] != owner]
            if fresh:
                self._cells.returned.change(path, Change("changed", (owner,), "", shorten(list(fresh.values())), fresh))
        for each, text in edits:
            old = read_route(data, each.route)
            if not text.strip():
                if each.route in gone:
                    self._cells.returned.change(path, Change("removed", each.route, shorten(old)))
                continue
            route = (*each.route, self._cells.language) if isinstance(old, dict) else each.route
            value = self._cells.value(line, each, text, old)
            if value is not None:
                self._cells.returned.change(path, Change("changed", route, shorten(old), text, value))

    def _add_post(self, line: Line) -> None:
        """A new row of the first sheet: a post with an id of its own."""
        title = line.cells["title"].strip()
        wanted = line.cells["id"].strip()
        if not title:
            self._cells.refuse(Sentence("{cell}: a new post needs a title", cell=line.cell("title")))
            return
        if wanted and (wanted in self._ids or wanted in self.new):
            self._cells.refuse(Sentence("{cell}: the id {id} is taken", cell=line.cell("id"), id=wanted))
            return
        unit = line.cells["unit"].strip()
        if unit and unit != self._cells.organisation and unit not in self._cells.institution.units:
            self._cells.refuse(Sentence("{cell}: there is no unit {unit}", cell=line.cell("unit"), unit=unit))
            return
        chosen = self._choose_id(wanted, title, unit)
        if chosen is None:
            self._cells.refuse(
                Sentence("{cell}: {id} is no id; it has small Latin letters, digits and hyphens", cell=line.cell("id"), id=wanted)
            )
            return
        self.new[wanted or chosen] = chosen
        data: Data = {}
        if unit and unit != self._cells.organisation:
            data["unit"] = unit
        self._cells.returned.posts[chosen] = data
        self._fill(data, line)

    def _choose_id(self, wanted: str, title: str, unit: str) -> str | None:
        if not wanted:
            return self._ids.choose(title, self._cells.language, fallback="post", beside=unit)
        pattern: str = load_schema("position")["$defs"]["id"]["pattern"]
        if not re.match(pattern, wanted) or wanted.endswith("\n"):
            return None
        self._ids.take(wanted)
        return wanted

    def _fill(self, data: Data, line: Line) -> None:
        """The values of a row in the data of a new post."""
        for each in SHEETS[line.sheet]:
            text = line.cells[each.name].strip()
            if each.kind == "told" or not text:
                continue
            value = self._cells.value(line, each, text)
            if value is None:
                continue
            owner: Any = data
            for step in each.route[:-1]:
                owner = owner.setdefault(step, {})
            owner[each.route[-1]] = value

    def _add_staffing(self, line: Line) -> None:
        """A new row of staffing: of a new post; those that are there have a row."""
        given = line.cells["id"].strip()
        if given in self.new:
            self._fill(self._cells.returned.posts[self.new[given]], line)
        else:
            self._cells.refuse(Sentence("{cell}: {id} is no new post; add it to Positions first", cell=line.cell("id"), id=given or "…"))
