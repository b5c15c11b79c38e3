"""Which papers come out otherwise, and which changes reach each of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from orgdocs.comparing.changes import Change, Kind, PaperChange, Subject, told_value
from orgdocs.comparing.posts import LISTS as POST_LISTS
from orgdocs.comparing.sides import Side
from orgdocs.contents.content import PaperId
from orgdocs.model import Act, Body, Position, Unit

if TYPE_CHECKING:
    from orgdocs.comparing.sides import Sides
    from orgdocs.contents.content import Content
    from orgdocs.project import Project

_WORD = re.compile(r"\w+")
_SHORTEST = 3
"""Shorter texts than this are in everything."""

_OWN_ONLY = frozenset(POST_LISTS) | {
    "tasks", "functions", "structure", "leadership", "final", "relations", "leads", "status", "general", "predecessors",
    "limits", "valid_from", "valid_to",
}  # fmt: skip
"""Fields that are printed in the papers of their own subject alone."""

_OF_TABLES = frozenset({"id", "staffing", "staffing_table", "order", "grade", "classifier", "category"})
"""Fields that other papers than those of their own subject show in tables only."""

_TABLE_KINDS = frozenset({"staffing-table", "structure"})

_NOT_IN_TABLES = _OWN_ONLY | {
    "reports_to", "accountable_to", "coordinated_by", "appointed_by", "dismissed_by", "substituted_by", "substitution", "qualification",
    "basis", "guided_by", "includes", "territories", "job_description", "regulation", "deputies",
}  # fmt: skip
"""Fields that no staffing table and no structure shows."""

_NOT_PRINTED = {
    "job-description": frozenset({"staffing", "order", "valid_from", "valid_to"}),
    "regulation": frozenset({"order", "limits", "staffing_table"}),
    "structure": _NOT_IN_TABLES | {"staffing_table", "grade", "classifier", "category", "staffing", "holder"},
    "staffing-table": _NOT_IN_TABLES,
}
"""Fields of its own subject that a kind of paper does not show."""

_FIGURES = {"staffing-table": frozenset({"staffing", "unit"}), "structure": frozenset({"staffing.posts", "staffing.rate", "unit"})}
"""Fields that change the sums of a table."""

_OF_POSTS = frozenset({"staffing.posts"})
"""What a job description shows of the staffing: a row for each post on its last sheet."""

_EVERYWHERE = frozenset({"profile", "language", "languages", "wording", "emblem", "qr_code"})
"""Fields of an organisation that may show in any of its papers, without a text of their own."""


def compare_papers(before: Project, after: Project, sides: Mapping[str, Sides], changes: Sequence[Change]) -> tuple[PaperChange, ...]:
    """The papers that are new, changed or dropped, in the order of ``after``.

    Papers that could not be written in one of the two versions are left out.
    """
    by_organisation: dict[str, list[Change]] = {}
    for change in changes:
        by_organisation.setdefault(change.organisation, []).append(change)
    found: list[PaperChange] = []
    for project, others, state in ((before, after, "dropped"), (after, before, "new")):
        alone = [name for name in project.hierarchies if name not in others.hierarchies and name in by_organisation]
        for name in alone:
            side = Side(project.hierarchies[name])
            papers = [paper for paper in project.contents if paper.organisation == name]
            found += [PaperChange(paper, state, _subject(side, paper), tuple(by_organisation[name])) for paper in papers]
    for organisation, both in sides.items():
        about = [*by_organisation.get(organisation, ()), *by_organisation.get("", ())]
        found += _Papers(before, after, both, about).compare()
    return tuple(found)


@dataclass
class _Evidence:
    """A change with the words by which it is known in a paper."""

    change: Change
    texts: tuple[tuple[str, str], ...]
    """Each text with one long word of it, which is looked for first."""


class _Papers:
    def __init__(self, before: Project, after: Project, sides: Sides, changes: Sequence[Change]) -> None:
        self.sides = sides
        self.before = {paper: content for paper, content in before.contents.items() if paper.organisation == sides.organisation}
        self.after = {paper: content for paper, content in after.contents.items() if paper.organisation == sides.organisation}
        self.planned_before = [paper for paper in before.subjects if paper.organisation == sides.organisation]
        self.planned_after = [paper for paper in after.subjects if paper.organisation == sides.organisation]
        self.changes = changes
        self.is_faulty = bool(before.errors or after.errors)
        self.templates = {change.subject.id: change for change in changes if change.subject.kind == "template"}

    def compare(self) -> Iterator[PaperChange]:
        """The papers of one institution."""
        if not self.planned_before or not self.planned_after:
            return  # the papers of one version are not known at all
        formerly = {self._now(paper): paper for paper in self.planned_before}
        for paper in self.planned_after:
            former = formerly.pop(paper, None)
            if former is None:
                if paper in self.after:
                    yield self._told(paper, "new", self._cause(paper))
            elif former in self.before and paper in self.after:
                yield from self._compare(former, paper)
        for now, paper in formerly.items():
            if not self._is_unread(now):
                yield self._change(self.sides.before, paper, "dropped", self._cause(now))

    def _is_unread(self, paper: PaperId) -> bool:
        """Whether nobody knows what became of the subject of a paper, because its file cannot be read."""
        return any(entity_id == paper.subject for _, entity_id in self.sides.after.institution.broken)

    def _now(self, paper: PaperId) -> PaperId:
        """Which paper a former one would be: its subject may have another id."""
        return paper._replace(subject=self.sides.now(paper.subject))

    def _compare(self, former: PaperId, paper: PaperId) -> Iterator[PaperChange]:
        old, new = self.before[former], self.after[paper]
        renamed = former if former != paper else None
        template = self.templates.get(f"{new.profile}/{paper.kind}")
        reasons = (template,) if template is not None else ()
        if renamed is None and old.digest == new.digest:
            if template is not None:
                yield self._told(paper, "changed", reasons)
            return
        found = (*self._reasons(paper, old, new), *reasons)
        if found or not self.is_faulty:  # what errors hide makes papers differ without a reason that anybody could tell
            yield self._told(paper, "changed", found, renamed)

    def _told(self, paper: PaperId, state: str, reasons: tuple[Change, ...], formerly: PaperId | None = None) -> PaperChange:
        return self._change(self.sides.after, paper, state, reasons, formerly)

    def _change(self, side: Side, paper: PaperId, state: str, reasons: tuple[Change, ...], formerly: PaperId | None = None) -> PaperChange:
        return PaperChange(paper, state, _subject(side, paper), reasons, formerly, paper.language != side.language)

    def _cause(self, paper: PaperId) -> tuple[Change, ...]:
        """Why a paper is new or is no longer there: its subject came, went or was divided, or has other clauses."""
        own = [change for change in self.changes if paper.subject in self._concerned(change)]
        if paper.kind in _TABLE_KINDS:
            return tuple(change for change in self.changes if _came_or_went(change) or _is_in(change, _FIGURES[paper.kind]))
        return tuple([change for change in own if not change.field] or [change for change in own if _may_show(change, paper, own=True)])

    def _concerned(self, change: Change) -> set[str]:
        """The ids of those whose own paper a change concerns."""
        concerned = {change.subject.id, *([change.source.id] if change.source is not None else [])}
        if change.kind is Kind.DIVIDED:
            divided = (*self.sides.posts.divided, *self.sides.units.divided)
            concerned |= {heir.id for former, heirs in divided if former.id == change.subject.id for heir in heirs}
        return concerned

    # -- why ------------------------------------------------------------------------------------------------------

    def _reasons(self, paper: PaperId, old: Content, new: Content) -> tuple[Change, ...]:
        """The changes that show in a paper: those of its own subject, and those whose words stand where it differs."""
        different = _difference(old, new)
        words = frozenset(_WORD.findall(different))
        found = []
        for evidence in self._evidence:
            change = evidence.change
            if paper.subject in self._concerned(change) and change.subject.kind in {"post", "unit", "organisation"}:
                found += [change] if _may_show(change, paper, own=True) else []
            elif any(post.id == paper.subject for post in change.reach):
                found += [change] if paper.kind == "job-description" else []
            elif _may_show(change, paper, own=False) and any(
                word in words and text in different for text, word in evidence.texts
            ):  # fmt: skip
                found.append(change)
        shown = [change for change in found if _shows(change, different)] or found
        if paper.kind in _TABLE_KINDS:
            shown += [change for change in self._of_figures(paper) if change not in shown]
        return tuple(shown or self._general(paper))

    def _of_figures(self, paper: PaperId) -> list[Change]:
        """The changes that show in the sums of a table."""
        return [change for change in self.changes if _is_in(change, _FIGURES[paper.kind]) or _came_or_went(change)]

    def _general(self, paper: PaperId) -> list[Change]:
        """The changes that may show in a paper without any words of their own."""
        of_approval = [change for change in self.changes if change.field in {"approvals", f"approvals.{paper.kind}"}]
        return of_approval or [change for change in self.changes if _is_everywhere(change)]

    @cached_property
    def _evidence(self) -> list[_Evidence]:
        return [_Evidence(change, tuple(_with_word(self._texts(change)))) for change in self.changes if change.subject.kind != "template"]

    def _texts(self, change: Change) -> Iterator[str]:
        """The texts by which a change is known: how its subject is called in both versions, and what the values are."""
        is_person = change.field == "holder"
        if change.subject.kind in {"post", "unit", "body", "act"} and not is_person:
            for side in (self.sides.before, self.sides.after):
                entity = side.entity(change.subject.id) or self._former(change.subject)
                if entity is not None:
                    yield from _called(side, entity)
        if change.subject.kind == "organisation" or is_person or change.kind in {Kind.MERGED, Kind.DIVIDED}:
            for value in (change.before, change.after):
                for text in value if isinstance(value, tuple) else (value,):
                    said = str(told_value(text)).split(" [")[0] if text is not None else ""
                    yield said
                    if is_person and said:
                        yield said.split()[0]

    def _former(self, subject: Subject) -> Any:
        pairs = self.sides.posts if subject.kind == "post" else self.sides.units
        former = {now: key for key, now in pairs.now.items()}.get(subject.id)
        return self.sides.before.entity(former) if former is not None else None


def _subject(side: Side, paper: PaperId) -> Subject:
    entity = side.entity(paper.subject)
    return side.subject(entity) if entity is not None else Subject("post", paper.subject, paper.subject)


def _may_show(change: Change, paper: PaperId, *, own: bool) -> bool:
    """Whether a field may show in a kind of paper, its own subject's or another's."""
    field = change.field.split(".")[0]
    if field in _NOT_PRINTED.get(paper.kind, frozenset()) and not _is_in(change, _FIGURES.get(paper.kind, _OF_POSTS)):
        return False
    return own or paper.kind in _TABLE_KINDS or field not in _OWN_ONLY | _OF_TABLES


def _is_in(change: Change, fields: frozenset[str]) -> bool:
    return change.field in fields or change.field.split(".")[0] in fields


def _is_everywhere(change: Change) -> bool:
    return change.subject.kind in {"organisation", "body"} and (_is_in(change, _EVERYWHERE) or change.subject.kind == "body")


def _came_or_went(change: Change) -> bool:
    return not change.field and change.subject.kind in {"post", "unit"}


def _shows(change: Change, different: str) -> bool:
    """Whether the words or values of a change stand where a paper differs, as far as they are printed as they are."""
    if change.words and change.kind is not Kind.MOVED:
        return any(segment.text.strip().casefold() in different.casefold() for segment in change.words if segment.state != "kept")
    return True


def _called(side: Side, entity: Any) -> Iterator[str]:
    """How papers may call something: its names, their case forms, its short names."""
    if isinstance(entity, Position | Act):
        yield from side.texts(entity.title).values()
    if isinstance(entity, Unit | Body):
        yield from side.texts(entity.name).values()
    for form in (*getattr(entity, "forms", {}).values(), *getattr(entity, "short_forms", {}).values()):
        yield from side.texts(form).values()
    if isinstance(entity, Position):
        yield from side.texts(entity.short_title).values()
    if isinstance(entity, Unit | Body):
        yield from side.texts(entity.short_name).values()


def _with_word(texts: Iterator[str]) -> Iterator[tuple[str, str]]:
    for text in dict.fromkeys(text.casefold() for text in texts):
        if len(text) >= _SHORTEST:
            yield text, max(_WORD.findall(text), key=len, default="")


def _difference(old: Content, new: Content) -> str:
    """What stands in one of two versions of a paper and not in the other, in small letters."""
    before, after = list(_lines(old.as_data())), list(_lines(new.as_data()))
    counted = Counter(before)
    counted.subtract(after)
    lines = [line for line, count in counted.items() if count]
    return "\n".join(lines or [*before, *after]).casefold()


def _lines(data: Any) -> Iterator[str]:
    """The texts of a content: each by itself, those of a row together and without its number."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping):
        if "cells" in data:
            cells = [cell["text"] for cell in data["cells"]]
            yield " | ".join(cells[1:] if cells and cells[0].replace(".", "").isdigit() else cells)
        for key, value in data.items():
            if key != "cells":
                yield from _lines(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _lines(value)
