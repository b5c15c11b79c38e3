"""The comparison of two registries: a pure function of two opened projects."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from orgdocs.comparing.changes import PHRASES, Change, Comparison, Kind, Subject, Totals
from orgdocs.comparing.institutions import compare_institutions, whole_institution
from orgdocs.comparing.papers import compare_papers
from orgdocs.comparing.settings import compare_settings
from orgdocs.comparing.sides import Side, Sides
from orgdocs.comparing.totals import count, whole_side
from orgdocs.problems import Place, Sentence

if TYPE_CHECKING:
    from orgdocs.project import Project


def compare(before: Project, after: Project, organisations: Collection[str] = ()) -> Comparison:
    """What changed from one registry to another, in the organisations given or in all of them.

    Both are compared as they are understood: comments, the order of fields, the layout of texts and the folders in which files lie make no
    difference. What has faults is compared as far as it could be read; ``notes`` says what is missing.
    """
    changes: list[Change] = [*compare_settings(before.registry.settings, after.registry.settings), *_compare_templates(before, after)]
    changes += [change for change in _compare_pictures(before, after) if not organisations or change.organisation in organisations]
    totals: list[Totals] = []
    sides: dict[str, Sides] = {}
    for name in sorted(before.hierarchies.keys() | after.hierarchies.keys()):
        if organisations and name not in organisations:
            continue
        old, new = (Side(project.hierarchies[name]) if name in project.hierarchies else None for project in (before, after))
        if old is not None and new is not None:
            sides[name] = Sides(old, new)
            changes += compare_institutions(sides[name])
            totals.append(count(sides[name]))
        elif (one := new or old) is not None:
            changes.append(whole_institution(one, came=new is not None))
            totals.append(whole_side(one, came=new is not None))
    papers = compare_papers(before, after, sides, changes)
    return Comparison(before, after, tuple(changes), tuple(totals), papers, tuple(_notes(before, after)))


def _compare_templates(before: Project, after: Project) -> Iterator[Change]:
    """The registry's own Word templates, which print many papers."""
    old, new = before.source.templates, after.source.templates
    for path in dict.fromkeys((*old, *new)):
        if old.get(path) == new.get(path):
            continue
        subject = Subject("template", path.removeprefix("templates/").removesuffix(".docx"), path)
        kind = Kind.CHANGED if path in old and path in new else Kind.ADDED if path in new else Kind.REMOVED
        places: dict[str, Any] = {"was": Place(path) if path in old else None, "now": Place(path) if path in new else None}
        yield Change(kind=kind, organisation="", subject=subject, what=PHRASES[kind], **places)


def _compare_pictures(before: Project, after: Project) -> Iterator[Change]:
    """Pictures in the folder of an organisation, which stand at the top of papers."""
    old, new = before.source.pictures, after.source.pictures
    for path in dict.fromkeys((*old, *new)):
        organisation = path.split("/")[1]
        side = after if organisation in after.hierarchies else before
        if old.get(path) == new.get(path) or organisation not in side.hierarchies:
            continue
        subject = Side(side.hierarchies[organisation]).subject(side.registry.institutions[organisation].organisation)
        kind = Kind.CHANGED if path in old and path in new else Kind.ADDED if path in new else Kind.REMOVED
        what = Sentence("picture {path}", path=path)
        places: dict[str, Any] = {"was": Place(path) if path in old else None, "now": Place(path) if path in new else None}
        yield Change(kind=kind, organisation=organisation, subject=subject, what=what, field="emblem", **places)


def _notes(before: Project, after: Project) -> Iterator[Sentence]:
    if before.errors:
        yield Sentence("the first version has errors: {count}; what they hide is not compared", count=before.errors)
    if after.errors:
        yield Sentence("the second version has errors: {count}; what they hide is not compared", count=after.errors)
