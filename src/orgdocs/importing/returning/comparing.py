"""A workbook that comes back, compared with the files of the registry.

A value is taken over only where the file still says what it said when the workbook was written. Where it says something else by
now, that is a conflict, named by its cell and its line, and nothing of that value is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgdocs.exporting.sheets import digest_row, list_duties, show_clause
from orgdocs.importing.manuscript import Grid, Manuscript
from orgdocs.importing.returning.cells import Cells, Returned
from orgdocs.importing.returning.duties import Duties
from orgdocs.importing.returning.lines import ForeignError, Lines, marker_of, read_lines, settle_doubles
from orgdocs.importing.returning.posts import Posts
from orgdocs.problems import Sentence

if TYPE_CHECKING:
    from orgdocs.project import Project


def compare_workbook(manuscript: Manuscript, project: Project) -> tuple[str, Returned]:
    """The organisation of a workbook, and what it says otherwise than the files.

    Raises:
        ForeignError: it is from another registry, or its hidden row or cells were changed.
    """
    grids = [(marker, block) for block in manuscript.blocks if isinstance(block, Grid) and (marker := marker_of(block)) is not None]
    organisations = {marker[0] for marker, _ in grids}
    if len(organisations) != 1:
        raise ForeignError(Sentence("its sheets are of several organisations"))
    organisation = organisations.pop()
    if organisation not in project.registry.institutions:
        raise ForeignError(Sentence("it is of another registry: there is no organisation {organisation} here", organisation=organisation))
    names = [marker[1] for marker, _ in grids]
    if len(set(names)) != len(names):
        raise ForeignError(Sentence("it has two sheets of the same kind"))
    sheets = {marker[1]: read_lines(marker[1], grid, organisation) for marker, grid in grids}
    keys = [line.key for sheet in sheets.values() for line in sheet.lines if line.key is not None]
    if keys and not any(key.path in project.source.files for key in keys):
        raise ForeignError(Sentence("it is of another registry: none of the files it names is here"))
    cells = Cells(project, organisation)
    posts = Posts(cells)
    for name in ("Positions", "Staffing"):  # posts first: new ones may have staffing and duties
        for line, is_double in settle_doubles(sheets[name].lines if name in sheets else ()):
            if is_double:
                cells.refuse(Sentence("{cell}: the row of {id} stands here twice", cell=line.cell("id"), id=line.cells["id"]))
            else:
                posts.compare(line)
    if "Duties" in sheets:
        Duties(cells, sheets["Duties"].known, posts.new).compare(sheets["Duties"].lines)
    for name, sheet in sheets.items():
        _find_removed(cells, name, sheet)
    return organisation, cells.returned


def _find_removed(cells: Cells, name: str, sheet: Lines) -> None:
    """Rows that the sheet was written with and that it has no more, though the file still has them."""
    gone = sheet.known - {digest_row(line.key.path, line.key.route) for line in sheet.lines if line.key is not None}
    if name == "Staffing" or not gone:
        return  # a post without staffing is one whose cells are empty
    for post in cells.institution.positions.values():
        path = post.place.path
        if name == "Positions" and digest_row(path, ()) in gone:
            cells.returned.removed.append((path, (), post.id))
        elif name == "Duties":
            cells.returned.removed += [
                (path, route, show_clause(clause, cells.language)[0])
                for route, _, clause in list_duties(cells.data(path) or {})
                if digest_row(path, route) in gone and (len(route) == 2 or digest_row(path, route[:2]) not in gone)
            ]
