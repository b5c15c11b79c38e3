"""Edits of a workbook become new contents of files. Nothing is written here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgdocs.editing.reorganising import Reorganisation
from orgdocs.importing.organising import emit_file
from orgdocs.importing.updating import Change, apply_changes
from orgdocs.problems import Sentence

if TYPE_CHECKING:
    from orgdocs.importing.returning.cells import Returned
    from orgdocs.project import Project


def plan_return(project: Project, organisation: str, returned: Returned, *, remove: bool) -> Reorganisation:
    """The files as the workbook wants them; rows that are gone are taken away only with ``remove``, else they are told.

    Raises:
        FilingError: a change has no safe place in its file.
    """
    files = project.source.files
    changes = {path: list(found) for path, found in returned.changes.items()}
    removed: list[str] = []
    notes = list(returned.notes)
    for path, route, said in returned.removed:
        if not remove:
            notes.append(Sentence("the row of {what} is gone from the workbook; --remove takes it away in {path}", what=said, path=path))
        elif route:
            changes.setdefault(path, []).append(Change("removed", route, said))
        else:
            removed.append(path)
    changed = {path: apply_changes(path, files[path], found) for path, found in changes.items() if path not in removed}
    for given, data in returned.posts.items():
        folder = [str(data["unit"])] if "unit" in data else []
        changed["/".join(["positions", organisation, *folder, f"{given}.yaml"])] = emit_file(data, "position")
    changed = {path: content for path, content in changed.items() if content != files.get(path)}
    notes += [Sentence("not taken over: {what}", what=conflict) for conflict in returned.conflicts]
    return Reorganisation(organisation, changed, notes=tuple(notes), removed=tuple(removed))
