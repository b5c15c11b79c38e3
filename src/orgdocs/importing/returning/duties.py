"""Duties in a workbook that comes back: changed words, new duties behind the row above them, what they perform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgdocs.exporting.sheets import DUTIES, Key, compared, digest, digest_row, list_duties, read_route, show_clause
from orgdocs.importing.returning.cells import Cells, given_id
from orgdocs.importing.updating import Change
from orgdocs.problems import Route, Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgdocs.emitting import Value
    from orgdocs.importing.clauses import Data
    from orgdocs.importing.returning.lines import Line

_TEXT = next(number for number, each in enumerate(DUTIES) if each.name == "text")


class Duties:
    """Compares the rows of the sheet Duties. ``new`` are new posts: by the id in their rows, their ids."""

    def __init__(self, cells: Cells, known: frozenset[str], new: Mapping[str, str]) -> None:
        self._cells = cells
        self._known = known
        self._new = new

    def compare(self, lines: Sequence[Line]) -> None:
        """All rows of the sheet."""
        places = self._find_places([line.key for line in lines if line.key is not None])
        seen: set[tuple[str, Route]] = set()
        before: dict[str, int] = {}
        for line in lines:
            key = line.key
            if key is None or (key.path, key.route) in seen:
                self._add_duty(line, before)
                continue
            seen.add((key.path, key.route))
            route = places.get((key.path, key.route))
            if route is None:
                if digest(compared(line.cells["text"], "text")) != key.digests[_TEXT]:
                    sentence = Sentence(
                        "{cell}: the duty was changed or taken away in {path} as well", cell=line.cell("text"), path=key.path
                    )
                    self._cells.refuse(sentence)
                continue
            index = route[1]
            assert isinstance(index, int)  # noqa: S101  (routes of duties have the index there)
            before[given_id(key.path)] = index + 1
            self._compare_duty(line, key, route)

    def _find_places(self, keys: Sequence[Key]) -> dict[tuple[str, Route], Route]:
        """Where each duty stands now: where its words stand, else at its old place if no duty was added or taken away since."""
        words: dict[str, dict[Route, str]] = {}
        for path in {key.path for key in keys}:
            found = list_duties(self._cells.data(path) or {})
            words[path] = {route: digest(compared(show_clause(clause, self._cells.language)[0], "text")) for route, _, clause in found}
        places: dict[tuple[str, Route], Route] = {}
        for key in keys:
            free = words[key.path]
            same = [route for route, said in free.items() if said == key.digests[_TEXT]]
            if same and (key.path, key.route) not in places:
                places[key.path, key.route] = key.route if key.route in same else same[0]
                del free[places[key.path, key.route]]
        for key in keys:
            if (key.path, key.route) not in places and key.route in words[key.path] and self._has_as_many(key.path):
                places[key.path, key.route] = key.route
        return places

    def _has_as_many(self, path: str) -> bool:
        """Whether a post has as many duties and clauses below them as when the workbook was written."""
        routes = [route for route, _, _ in list_duties(self._cells.data(path) or {})]
        behind = len({route[1] for route in routes})
        return all(digest_row(path, route) in self._known for route in routes) and digest_row(path, ("duties", behind)) not in self._known

    def _compare_duty(self, line: Line, key: Key, route: Route) -> None:
        clause = read_route(self._cells.data(key.path), route)
        text, performs = show_clause(clause, self._cells.language)
        fields = {each.name: (each, before) for each, before in zip(DUTIES, key.digests, strict=True)}
        self._cells.is_edit(line, fields["id"][0], given_id(key.path), fields["id"][1], (key.path, route))
        new_text = self._cells.is_edit(line, fields["text"][0], text, fields["text"][1], (key.path, route))
        new_performs = self._cells.is_edit(line, fields["performs"][0], performs, fields["performs"][1], (key.path, route))
        said = compared(line.cells["text"], "text")
        if new_text and not said:
            self._cells.refuse(Sentence("{cell} is empty; delete the whole row to take a duty away", cell=line.cell("text")))
            return
        if new_performs and len(route) > 2:
            self._cells.refuse(Sentence("{cell}: only a duty itself performs functions, not a clause below it", cell=line.cell("performs")))
            new_performs = False
        if not isinstance(clause, dict):
            if new_performs:
                value: Data = {"text": said if new_text else clause, "performs": compared(line.cells["performs"], "ids").split(", ")}
                self._cells.returned.change(key.path, Change("changed", route, text, said, value))
            elif new_text:
                self._cells.returned.change(key.path, Change("changed", route, text, said))
            return
        if new_text:
            at = (*route, "text", self._cells.language) if isinstance(clause.get("text"), dict) else (*route, "text")
            self._cells.returned.change(key.path, Change("changed", at, text, said))
        if new_performs:
            ids = compared(line.cells["performs"], "ids")
            at = (*route, "performs")
            self._cells.returned.change(
                key.path, Change("changed", at, performs, ids, ids.split(", ")) if ids else Change("removed", at, performs)
            )

    def _add_duty(self, line: Line, before: dict[str, int]) -> None:
        """A new duty: of the post whose id stands in the row, behind the duty in the row above."""
        given = line.cells["id"].strip()
        text = compared(line.cells["text"], "text")
        if not text:
            self._cells.refuse(Sentence("{cell}: a new duty needs words", cell=line.cell("text")))
            return
        if "." in line.cells["number"]:
            self._cells.refuse(Sentence("{cell}: clauses below a duty are added in the file", cell=line.cell("number")))
            return
        performs = compared(line.cells["performs"], "ids")
        value: Value = {"text": text, "performs": performs.split(", ")} if performs else text
        if given in self._new:
            duties = self._cells.returned.posts[self._new[given]].setdefault("duties", [])
            assert isinstance(duties, list)  # noqa: S101  (made here)
            duties.append(value)
            return
        post = self._cells.institution.positions.get(given)
        if post is None:
            self._cells.refuse(Sentence("{cell}: there is no post {id}", cell=line.cell("id"), id=given or "…"))
            return
        duties = read_route(self._cells.data(post.place.path), ("duties",))
        end = len(duties) if isinstance(duties, list) else 0
        self._cells.returned.change(post.place.path, Change("added", ("duties", before.get(given, end)), new=text, value=value))
