"""The hierarchy as a drawing for the terminal, and the coverage of functions and territories by posts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import click

from orgdocs.hierarchy import Hierarchy, walk_clauses
from orgdocs.language import format_number
from orgdocs.model import Position, Unit, text_for


def draw_tree(hierarchy: Hierarchy, *, posts: bool = True, colour: bool = False) -> str:
    """Units with their staff units, heads and posts, as a tree of lines."""
    return "\n".join(_Drawing(hierarchy, posts=posts, colour=colour).draw())


class _Drawing:
    def __init__(self, hierarchy: Hierarchy, *, posts: bool, colour: bool) -> None:
        self.hierarchy = hierarchy
        self.posts = posts
        self.style: Callable[..., str] = click.style if colour else (lambda text, **_: text)
        self.language = hierarchy.institution.organisation.language or "en"

    def draw(self) -> Iterator[str]:
        """For each unit from the top down its line, then its posts, then the units below it."""
        seen: set[str] = set()
        waiting: list[tuple[Unit, str, str]] = [(self.hierarchy.institution.organisation, "", "")]
        while waiting:
            unit, first, rest = waiting.pop()
            if unit.id in seen:
                continue
            seen.add(unit.id)
            yield first + self._unit(unit)
            members = list(self.hierarchy.members(unit)) if self.posts else []
            children = [child for child in self.hierarchy.children(unit) if child.id not in seen]
            for index, position in enumerate(members):
                last = index == len(members) - 1 and not children
                yield f"{rest}{'└' if last else '├'}─ {self._post(position, unit)}"
            below = [(child, f"{rest}├─ ", f"{rest}│  ") for child in children[:-1]]
            below += [(child, f"{rest}└─ ", f"{rest}   ") for child in children[-1:]]
            waiting.extend(reversed(below))

    def _unit(self, unit: Unit) -> str:
        mark = ", legal entity" if unit.legal_entity and unit is not self.hierarchy.institution.organisation else ""
        name = self.style(text_for(unit.name, self.language), bold=True)
        return f"{name} [{unit.id}{mark}] {format_number(self.hierarchy.staff_units(unit), 'en')}"

    def _post(self, position: Position, unit: Unit) -> str:
        heads = unit.head is not None and unit.head.id == position.id
        role = self.style(" (head)", fg="cyan") if heads else ""
        staffing = position.staffing
        number = ""
        if staffing is not None and (staffing.posts != 1 or staffing.rate != 1):
            number = f" {staffing.posts} × {format_number(staffing.rate, 'en')}"
        return f"{text_for(position.title, self.language)} [{position.id}]{role}{number}"


def draw_coverage(hierarchy: Hierarchy, *, colour: bool = False) -> str:
    """For each function and territory the posts that carry it; what nobody carries is marked."""
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
            lines.append(style(text_for(unit.name, language), bold=True) + (f" (by {unit.works_by})" if unit.works_by else ""))
            lines += [f"  {name}: {_ids(found) or nobody}" for name, found in entries]
    return "\n".join(lines)


def _ids(positions: Sequence[Position]) -> str:
    return ", ".join(position.id for position in positions)
