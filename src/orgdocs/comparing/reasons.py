"""Why a paper comes out otherwise: the changes of its own subject, and those whose words stand where it differs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from orgdocs.comparing.changes import Change, Kind, told_value
from orgdocs.comparing.posts import LISTS as POST_LISTS
from orgdocs.contents.content import PaperId
from orgdocs.model import Act, Body, Position, Unit

if TYPE_CHECKING:
    from orgdocs.comparing.changes import Subject
    from orgdocs.comparing.sides import Side, Sides
    from orgdocs.contents.content import Content

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

_WITH_PAPERS = frozenset({"post", "unit", "organisation"})

_TABLE_KINDS = frozenset({"staffing-table", "structure"})

_NOT_IN_TABLES = _OWN_ONLY | {
    "reports_to", "accountable_to", "coordinated_by", "appointed_by", "dismissed_by", "substituted_by", "substitution", "qualification",
    "basis", "guided_by", "includes", "territories", "job_description", "regulation", "deputies",
}  # fmt: skip
"""Fields that no staffing table and no structure shows."""

_NOT_OF_OTHERS = {
    "job-description": _OWN_ONLY | _OF_TABLES | {
        "qualification", "appointed_by", "dismissed_by", "substitution", "basis", "guided_by", "includes", "territories",
        "job_description", "regulation",
    },
    "regulation": _OWN_ONLY | _OF_TABLES | {"substitution", "basis", "guided_by", "includes", "territories", "job_description"},
}  # fmt: skip
"""Fields that a kind of paper shows of its own subject alone."""

_NOT_PRINTED = {
    "job-description": frozenset({"staffing", "order", "valid_from", "valid_to"}),
    "regulation": frozenset({"order", "limits", "staffing_table"}),
    "structure": _NOT_IN_TABLES | {"staffing_table", "grade", "classifier", "category", "staffing"},
    "staffing-table": _NOT_IN_TABLES,
}
"""Fields of its own subject that a kind of paper does not show."""

_FIGURES = {"staffing-table": frozenset({"staffing", "unit"}), "structure": frozenset({"staffing.posts", "staffing.rate", "unit"})}
"""Fields that change the sums of a table."""

_OF_POSTS = frozenset({"staffing.posts"})
"""What a job description shows of the staffing: a row for each post on its last sheet."""

_EVERYWHERE = frozenset({"profile", "language", "languages", "wording", "emblem", "qr_code"})
"""Fields of an organisation that may show in any of its papers, without a text of their own."""


_OF_RECORDS = {
    "familiarisation-sheet": frozenset({"familiarisation", "approvals"}),
    "familiarisation-journal": frozenset({"familiarisation"}),
    "review-list": frozenset({"review_every", "approvals"}),
}
"""Fields of an organisation by the kinds of papers that are there for them, or show them without their words."""


class Reasons:
    """Finds the changes of one institution that reach a paper.

    There may be thousands of papers and of changes: who looks for a change looks it up, by its subject or by a rare word.
    """

    def __init__(self, sides: Sides, changes: Sequence[Change]) -> None:
        self.sides = sides
        self.changes = [change for change in changes if change.subject.kind != "template"]

    def cause(self, paper: PaperId) -> tuple[Change, ...]:
        """Why a paper is new or is no longer there: its subject came, went or was divided, or has other clauses."""
        if paper.kind in _TABLE_KINDS:
            return tuple(self._of_figures[paper.kind])
        if asked := self._asking(paper):
            return tuple(asked)
        own = [self.changes[number] for number in self._own.get(paper.subject, ())]
        return tuple([change for change in own if not change.field] or [change for change in own if _may_show(change, paper, own=True)])

    def of(self, paper: PaperId, old: Content, new: Content) -> tuple[Change, ...]:
        """The changes that show in a paper."""
        different = _difference(old, new)
        own = {number for number in self._own.get(paper.subject, ()) if self.changes[number].subject.kind in _WITH_PAPERS}
        found = {number for number in own if _may_show(self.changes[number], paper, own=True)}
        if paper.kind == "job-description":
            found |= set(self._reached.get(paper.subject, ()))
        found |= {number for number in self._mentioned(different) - own if _may_show(self.changes[number], paper, own=False)}
        shown = {number for number in found if _shows(self.changes[number], different)} or found
        if paper.kind in _TABLE_KINDS:
            counted = {id(change) for change in self._of_figures[paper.kind]}
            shown |= {number for number, change in enumerate(self.changes) if id(change) in counted}
        return tuple([self.changes[number] for number in sorted(shown)] or self._general(paper))

    def _mentioned(self, different: str) -> set[int]:
        """The changes whose texts stand in what is different."""
        index = self._by_word
        return {
            number
            for word in dict.fromkeys(_WORD.findall(different))
            for text, numbers in index.get(word, {}).items()
            if text in different
            for number in numbers
        }

    def _general(self, paper: PaperId) -> list[Change]:
        """The changes that may show in a paper without any words of their own."""
        if asked := self._asking(paper):
            return asked
        of_approval = [change for change in self.changes if change.field in {"approvals", f"approvals.{paper.kind}"}]
        return of_approval or [change for change in self.changes if _is_everywhere(change)]

    def _asking(self, paper: PaperId) -> list[Change]:
        """The changes of the fields that a paper around other papers is there for."""
        fields = _OF_RECORDS.get(paper.kind, frozenset())
        return [change for change in self.changes if change.subject.kind == "organisation" and _is_in(change, fields)]

    @cached_property
    def _of_figures(self) -> dict[str, list[Change]]:
        """The changes that show in the sums of a table, by the kind of paper."""
        return {
            kind: [change for change in self.changes if _is_in(change, fields) or _came_or_went(change)]
            for kind, fields in _FIGURES.items()
        }  # fmt: skip

    @cached_property
    def _own(self) -> dict[str, list[int]]:
        """The changes by the ids of those whose own paper they concern."""
        heirs: dict[str, list[str]] = {}
        for former, entities in (*self.sides.posts.divided, *self.sides.units.divided):
            heirs[former.id] = [entity.id for entity in entities]
        index: dict[str, list[int]] = {}
        for number, change in enumerate(self.changes):
            concerned = [change.subject.id, *([change.source.id] if change.source is not None else [])]
            concerned += heirs.get(change.subject.id, []) if change.kind is Kind.DIVIDED else []
            for each in dict.fromkeys(concerned):
                index.setdefault(each, []).append(number)
        return index

    @cached_property
    def _reached(self) -> dict[str, list[int]]:
        """The changes of clause sets by the posts that include them."""
        index: dict[str, list[int]] = {}
        for number, change in enumerate(self.changes):
            for post in change.reach:
                index.setdefault(post.id, []).append(number)
        return index

    @cached_property
    def _by_word(self) -> dict[str, dict[str, list[int]]]:
        """The changes by the texts that they are known by, and these by the rarest word of each."""
        by_text: dict[str, list[int]] = {}
        for number, change in enumerate(self.changes):
            for text in dict.fromkeys(text.casefold() for text in self._texts(change)):
                if len(text) >= _SHORTEST:
                    by_text.setdefault(text, []).append(number)
        words = {text: _WORD.findall(text) for text in by_text}
        frequency = Counter(word for found in words.values() for word in set(found))
        index: dict[str, dict[str, list[int]]] = {}
        for text, numbers in by_text.items():
            if words[text]:
                rarest = min(words[text], key=lambda word: (frequency[word], -len(word)))
                index.setdefault(rarest, {})[text] = numbers
        return index

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
        former = next((key for key, now in pairs.now.items() if now == subject.id), None)
        return self.sides.before.entity(former) if former is not None else None


def _may_show(change: Change, paper: PaperId, *, own: bool) -> bool:
    """Whether a field may show in a kind of paper, its own subject's or another's."""
    field, _, rest = change.field.partition(".")
    if field == "approvals" and rest:  # the regulation of an organisation says who approves what
        return paper.kind in {rest, "regulation"}
    if field in _NOT_PRINTED.get(paper.kind, frozenset()) and not _is_in(change, _FIGURES.get(paper.kind, _OF_POSTS)):
        return False
    return own or field not in _NOT_OF_OTHERS.get(paper.kind, frozenset())


def _is_in(change: Change, fields: frozenset[str]) -> bool:
    return change.field in fields or change.field.split(".")[0] in fields


def _is_everywhere(change: Change) -> bool:
    return change.subject.kind in {"organisation", "body"} and (_is_in(change, _EVERYWHERE) or change.subject.kind == "body")


def _came_or_went(change: Change) -> bool:
    return not change.field and change.subject.kind in {"post", "unit"}


def _shows(change: Change, different: str) -> bool:
    """Whether the words or values of a change stand where a paper differs, as far as they are printed as they are."""
    if change.words and change.kind is not Kind.MOVED:
        return any(segment.text.strip().casefold() in different for segment in change.words if segment.state != "kept")
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
