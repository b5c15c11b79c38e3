"""The hierarchy as a drawing for the terminal, and the coverage of functions and territories by posts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import click

from orgdocs.hierarchy import Hierarchy, walk_clauses
from orgdocs.language import format_number
from orgdocs.model import Position, Text, Unit


def draw_tree(hierarchy: Hierarchy, *, posts: bool = True, colour: bool = False) -> str:
    """Units with their staff units, heads and posts, as a tree of lines."""
    drawing = _Drawing(hierarchy, posts=posts, colour=colour)
    return "\n".join(drawing.draw(hierarchy.institution.organisation, "", ""))


class _Drawing:
    def __init__(self, hierarchy: Hierarchy, *, posts: bool, colour: bool) -> None:
        self.hierarchy = hierarchy
        self.posts = posts
        self.style: Callable[..., str] = click.style if colour else (lambda text, **_: text)
        self.language = hierarchy.institution.organisation.language or "en"
        self.seen: set[str] = set()

    def draw(self, unit: Unit, first: str, rest: str) -> Iterator[str]:
        """The line of a unit, then its posts, then the units below it."""
        if unit.id in self.seen:
            return
        self.seen.add(unit.id)
        total = self.hierarchy.staff_units(unit)
        mark = ", legal entity" if unit.legal_entity and unit is not self.hierarchy.institution.organisation else ""
        name = self.style(_said(unit.name, self.language), bold=True)
        yield f"{first}{name} [{unit.id}{mark}] {format_number(total, 'en')}"
        members = list(self.hierarchy.members(unit)) if self.posts else []
        children = [child for child in self.hierarchy.children(unit) if child.id not in self.seen]
        for index, position in enumerate(members):
            last = index == len(members) - 1 and not children
            yield f"{rest}{'└' if last else '├'}─ {self._post(position, unit)}"
        for index, child in enumerate(children):
            last = index == len(children) - 1
            yield from self.draw(child, f"{rest}{'└' if last else '├'}─ ", f"{rest}{'   ' if last else '│  '}")

    def _post(self, position: Position, unit: Unit) -> str:
        heads = unit.head is not None and unit.head.id == position.id
        role = " (head)" if heads else ""
        staffing = position.staffing
        number = ""
        if staffing is not None and (staffing.posts != 1 or staffing.rate != 1):
            number = f" {staffing.posts} × {format_number(staffing.rate, 'en')}"
        return f"{_said(position.title, self.language)} [{position.id}]{self.style(role, fg='cyan')}{number}"


def _said(text: Text, language: str) -> str:
    return text if isinstance(text, str) else text.get(language) or next(iter(text.values()))


def draw_coverage(hierarchy: Hierarchy, *, posts: bool = True, colour: bool = False) -> str:
    """For each function and territory the posts that carry it; what nobody carries is marked."""
    del posts
    style: Callable[..., str] = click.style if colour else (lambda text, **_: text)
    nobody = style("nobody", fg="red")
    language = hierarchy.institution.organisation.language or "en"
    lines = []
    for unit in hierarchy.branch(hierarchy.institution.organisation):
        entries = [
            (f"{unit.id}/{clause.id}", hierarchy.performers(f"{unit.id}/{clause.id}"))
            for clause in walk_clauses(unit.functions)
            if clause.id is not None and not any(item.id for item in clause.items)
        ]
        entries += [(f"{unit.id}#{territory}", hierarchy.keepers(unit, territory)) for territory in unit.territories]
        if entries:
            lines.append(style(_said(unit.name, language), bold=True) + (f" (by {unit.works_by})" if unit.works_by else ""))
            lines += [f"  {name}: {_ids(found) or nobody}" for name, found in entries]
    return "\n".join(lines)


def _ids(positions: Sequence[Position]) -> str:
    return ", ".join(position.id for position in positions)
