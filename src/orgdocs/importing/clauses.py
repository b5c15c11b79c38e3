"""The sections of an old paper become the lists of a post or unit, and the arrangement in which they stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from orgdocs.emitting import Noted
from orgdocs.importing.comparing import compared_words
from orgdocs.importing.subjects import name_subject
from orgdocs.language import capitalise

if TYPE_CHECKING:
    from orgdocs import emitting
    from orgdocs.importing.drafts import ClauseDraft, Fact, PaperDraft, SectionDraft
    from orgdocs.importing.manuscript import Grid, Spot
    from orgdocs.importing.origins import Origin

Data: TypeAlias = "dict[str, emitting.Value]"

_POST = {
    "general": "general", "duties": "duties", "functions": "duties", "must_know": "must_know", "rights": "rights",
    "responsibility": "responsibility", "interaction": "interaction", "relations": "interaction", "indicators": "indicators",
    "evaluation": "evaluation",
}  # fmt: skip
_UNIT = {
    "general": "general", "tasks": "tasks", "functions": "functions", "duties": "functions", "rights": "rights",
    "structure": "structure", "leadership": "leadership", "powers": "powers", "interaction": "interaction",
    "relations": "interaction", "final": "final",
}  # fmt: skip
CLAUSE_LISTS = tuple(dict.fromkeys(_POST.values()))
"""The lists of clauses that a post or a clause set can have."""

_BELOW = {"structure": ("structure", "clauses"), "leadership": ("leadership", "clauses"), "powers": ("leadership", "powers")}
_WITH_LEADS = frozenset({"tasks", "functions", "rights", "powers", "structure", "duties", "responsibility", "indicators"})
_ITEMS = {"must_know": "must_know", "powers": "powers"}
"""Fields that a clause may tell with the list below it: the list then stands in the field, and the clause says so."""

_FEWEST_POWERS = 3
"""A clause on the head with so many entries below it lists the powers."""


@dataclass
class Sorted:
    """What the sections of a paper became."""

    lists: Data = field(default_factory=dict)
    """By the names of the YAML; those of structure and leadership one level deeper."""
    leads: Data = field(default_factory=dict)
    arrangement: Data = field(default_factory=dict)
    clauses: int = 0


def sort_clauses(draft: PaperDraft, origin: Origin, told: Mapping[Spot, list[str]], given: frozenset[str]) -> Sorted:
    """Put every clause of a paper into the list that it belongs to, or into the arrangement where none was recognised.

    Args:
        draft: The paper.
        origin: The file, for comments.
        told: By the place of a clause, the fields that it tells wholly.
        given: The fields that are written: a clause may tell these only.
    """
    sorting = _Sorting(draft, origin, told, given)
    for section in draft.sections:
        sorting.section(section)
    return sorting.finish()


class _Sorting:
    def __init__(self, draft: PaperDraft, origin: Origin, told: Mapping[Spot, list[str]], given: frozenset[str]) -> None:
        self._draft = draft
        self._origin = origin
        self._told = told
        self._given = set(given)
        self._is_unit = draft.kind == "regulation"
        self._targets = _UNIT if self._is_unit else _POST
        self._preamble: list[emitting.Value] = []
        self._sections: list[emitting.Value] = []
        self._arranged: set[str] = set()
        self._waiting: list[str] = []
        """Headings without anything below them: they go before the next one."""
        self.sorted = Sorted()

    def section(self, section: SectionDraft) -> None:
        """One section, in the order of the paper."""
        self.sorted.clauses += sum(_count(clause) for clause in section.clauses)
        if section.meaning == "preamble" and not section.heading and not self._sections and not section.tables:
            self._preamble += [text for clause in section.clauses for text in _flatten(clause)]
            return
        heading = ". ".join(part.rstrip(" .:") if part in self._waiting else part for part in (*self._waiting, section.heading) if part)
        if heading and not section.clauses and not section.tables and not section.lead:
            self._waiting.append(section.heading)
            return
        self._waiting.clear()
        entry: Data = {"heading": heading} if heading else {}
        target = self._targets.get(section.meaning)
        if target is not None and target != section.meaning and any(other.meaning == target for other in self._draft.sections):
            target = None  # the list has a section of its own
        if target is not None and not self._is_filled(target) and section.clauses:
            if section.lead and target in _WITH_LEADS:
                self.sorted.leads[target] = section.lead
            elif section.lead:
                entry["lead"] = section.lead
            entry["of"] = target
            self._fill(target, self._note(section), [self._clause(clause, target) for clause in section.clauses])
            own: list[emitting.Value] = []
        else:
            if section.lead:
                entry["lead"] = section.lead
            own = [self._clause(clause, "") for clause in section.clauses]
        for grid in section.tables:
            self._table(grid, entry, own)
        if own:
            where = self._note(section)
            entry["clauses"] = Noted(own, above=where) if where and "of" not in entry else own
        if "of" in entry or own:
            self._sections.append(entry)

    def _table(self, grid: Grid, entry: Data, own: list[emitting.Value]) -> None:
        """A table: as the relations that were read from it where it says nothing else, else row by row."""
        rows = _rows(grid)
        fact = next((fact for fact in self._draft.facts if fact.route == ("relations",) and fact.spot == grid.spot), None)
        if fact is None or "relations" not in self._given:
            own += rows
        elif (columns := _columns_of(grid, fact)) and "relations" not in self._arranged:
            self._arranged.add("relations")
            if "of" in entry or own:
                self._sections.append(dict(entry) | ({"clauses": [*own]} if own else {}))
                own.clear()
                entry.clear()
            entry |= {"of": "relations", "columns": columns}
        else:
            own.append({"text": rows[0], "items": rows[1:], "tells": ["relations"]} if len(rows) > 1 else rows[0])

    def finish(self) -> Sorted:
        """The whole, with the lines around the text."""
        draft, arrangement = self._draft, self.sorted.arrangement
        self._sections += [{"clauses": [heading]} for heading in self._waiting]
        for key, lines in (("stamp", draft.stamp), ("head", draft.above), ("title", draft.title)):
            if lines:
                arrangement[key] = [line for text in lines for line in text.split("\n") if line.strip()]
        if not arrangement.get("title"):  # that of the profile would need case forms which nobody may know
            arrangement["title"] = [capitalise(name_subject(draft))]
        if self._preamble:
            arrangement["preamble"] = self._preamble
        arrangement["sections"] = self._sections
        if draft.below:
            arrangement["closing"] = [line for text in draft.below for line in text.split("\n") if line.strip()]
        return self.sorted

    # -- lists ----------------------------------------------------------------------------------------------------

    def _is_filled(self, target: str) -> bool:
        owner: object = self.sorted.lists
        for key in _BELOW.get(target, (target,)):
            owner = owner.get(key) if isinstance(owner, Mapping) else None
        return owner is not None

    def _fill(self, target: str, note: str, clauses: list[emitting.Value]) -> None:
        *above, key = _BELOW.get(target, (target,))
        owner = self.sorted.lists
        for step in above:
            below = owner.setdefault(step, {})
            assert isinstance(below, dict)  # noqa: S101  (made here and nowhere else)
            owner = below
        owner[key] = Noted(clauses, above=note) if note else clauses
        self._given.add(target)

    def _note(self, section: SectionDraft) -> str:
        """Where a list comes from: file and clauses."""
        return self._origin.clauses(section.clauses, section.lead_number)

    # -- clauses --------------------------------------------------------------------------------------------------

    def _clause(self, clause: ClauseDraft, target: str) -> emitting.Value:
        tells = [name for name in self._told.get(clause.spot, ()) if name in self._given and name != target]
        for name, place in _ITEMS.items():
            wanted = self._tells_powers(clause, target) if name == "powers" else name in self._told.get(clause.spot, ())
            wanted = wanted and target != place
            if wanted and clause.items and place in self._targets.values() and not self._is_filled(place):
                self._fill(place, self._origin.clauses((clause,)), [self._clause(item, "") for item in clause.items])
                return {"text": clause.text, "tells": [*(told for told in tells if told != name), name]}
        items = [self._clause(item, "") for item in clause.items]
        text = clause.text
        if "must_know" in tells and not items:  # the list stands below it, and would be printed twice
            text = self._introduce_list(clause, "must_know")
            tells = tells if text != clause.text else [name for name in tells if name != "must_know"]
        if not items and not tells:
            return text
        whole: Data = {"text": text}
        if items:
            whole["items"] = items
        if tells and target not in {"duties", "rights", "tasks", "functions", "must_know"}:
            whole["tells"] = tells
        return whole if len(whole) > 1 else text

    def _introduce_list(self, clause: ClauseDraft, name: str) -> str:
        """The words of a clause before a list that it holds in its own text; the whole text if the list is not at its end."""
        listed = next((fact.value for fact in self._draft.facts if fact.route == (name,) and fact.spot == clause.spot), None)
        first = str(listed[0]) if isinstance(listed, list) and listed else ""
        at = clause.text.find(first) if first else 0
        return clause.text[:at].rstrip(" :–—-") if at > 0 else clause.text

    def _tells_powers(self, clause: ClauseDraft, target: str) -> bool:
        """Whether a clause in the section on leadership lists what the head does: the longest list there, which begins with verbs."""
        if target != "leadership" or len(clause.items) < _FEWEST_POWERS:
            return False
        section = next(section for section in self._draft.sections if clause in section.clauses)
        return clause is max(section.clauses, key=lambda one: len(one.items))


def _count(clause: ClauseDraft) -> int:
    return 1 + sum(_count(item) for item in clause.items)


def _flatten(clause: ClauseDraft) -> list[str]:
    return [clause.text, *(text for item in clause.items for text in _flatten(item))]


def _columns_of(grid: Grid, fact: Fact) -> list[str]:
    """The titles of the columns with whom, receives and provides, if a table of three columns says nothing but its relations."""
    relations = fact.value if isinstance(fact.value, list) else []
    first = relations[0] if relations and isinstance(relations[0], dict) else {}
    heads = [" ".join(cell.text.split()) for cell in grid.rows[0]]
    told = [word for relation in relations for word in compared_words(say_words(relation))]
    there = [word for row in grid.rows[1:] for cell in row for word in compared_words(cell.text)]
    if len(heads) != 3 or sorted(told) != sorted(there) or not all(heads):
        return []
    places = {}
    for key in ("who", "receives", "provides"):
        wanted = compared_words(say_words(first.get(key, "")))
        places[key] = next((index for index, cell in enumerate(grid.rows[1]) if wanted and compared_words(cell.text) == wanted), None)
    rest = [index for index in range(3) if index not in places.values()]
    order = [place if place is not None else rest.pop(0) for place in places.values()]
    return [heads[index] for index in order] if len(set(order)) == 3 else []


def say_words(value: object) -> str:
    """All texts of a value in a row."""
    if isinstance(value, Mapping):
        return " ".join(say_words(below) for below in value.values())
    return " ".join(say_words(item) for item in value) if isinstance(value, list) else str(value)


def _rows(grid: Grid) -> list[str]:
    """The rows of a table that no field takes, each as one clause, its cells parted."""
    rows = [" | ".join(" ".join(cell.text.split()) for cell in row if cell.text.strip()) for row in grid.rows]
    return [row for row in rows if row]
