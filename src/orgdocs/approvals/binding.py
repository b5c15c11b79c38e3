"""What an approval binds: the text of each paper as it reads before anybody has signed it.

Names of persons, and the number and days that a paper gets with its approval, are left out: a new director does not undo
what was approved, and neither does the day of approval. All else counts, as does the registry's own Word template.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from orgdocs.approvals.authority import Authority, describe_authority
from orgdocs.approvals.records import AUTHORITY, Matter, canonical, digest_of
from orgdocs.contents.planning import Writing, main_papers, plan_papers
from orgdocs.contents.sources import files_behind
from orgdocs.contents.view import level_of
from orgdocs.hierarchy import Hierarchy
from orgdocs.model import Paper, Position, Unit
from orgdocs.rendering.packages import PackageError, digest_parts, read_package

if TYPE_CHECKING:
    from orgdocs.contents.content import PaperId
    from orgdocs.model import Institution
    from orgdocs.project import Project

_U = TypeVar("_U", bound=Unit)


@dataclass(frozen=True, slots=True)
class Bound:
    """One paper, or the authority, as it would be approved now. ``digest`` is empty where errors keep it from being written."""

    matter: Matter
    level: str
    digest: str
    files: tuple[str, ...] = ()
    """The files behind it, its own first."""
    inputs: str = ""
    template: str = ""
    """Digest of the registry's own template; empty where it is printed with the one that comes with orgdocs."""
    paper: PaperId | None = None
    authority: Authority | None = None


def matter_of(paper: PaperId, home: str) -> Matter:
    """What decisions about a paper are about; ``home`` is the language of the organisation."""
    return Matter(paper.organisation, paper.kind, paper.subject if paper.language == home else f"{paper.subject}.{paper.language}")


def authority_matter(organisation: str) -> Matter:
    """What decisions about who may approve are about."""
    return Matter(organisation, AUTHORITY, organisation)


def bind_project(project: Project, ledgers: Collection[str] = ()) -> dict[Matter, Bound]:
    """All papers of the organisations that have a people.yaml, and the authority of each, in the order of the papers.

    ``ledgers`` names the organisations that have records: who takes people.yaml away does not thereby get rid of the ledger.
    """
    bound: dict[Matter, Bound] = {}
    for hierarchy in project.hierarchies.values():
        institution = hierarchy.institution
        if institution.people or institution.organisation.id in ledgers:
            bound |= _bind_institution(project, hierarchy)
    return bound


def _bind_institution(project: Project, hierarchy: Hierarchy) -> dict[Matter, Bound]:
    institution = hierarchy.institution
    organisation = institution.organisation
    authority = describe_authority(institution)
    files = tuple(f"org/{organisation.id}/{name}.yaml" for name in ("people", "organisation"))
    matter = authority_matter(organisation.id)
    bound = {matter: Bound(matter, "organisation", authority.digest, files, authority=authority)}
    impersonal = Hierarchy(_without_signatures(institution))
    writing = Writing(impersonal)
    templates: dict[str, str] = {}
    approvable = {(kind, subject.id) for kind, subject in main_papers(impersonal)}
    for paper, about in plan_papers(impersonal):
        if (paper.kind, paper.subject) not in approvable:
            continue  # what only accompanies papers, as sheets on which people sign that they have read one
        if paper in project.contents:
            content = writing.write(paper, about).content
            behind = files_behind(hierarchy, paper, project.subjects[paper])
            path = f"templates/{project.contents[paper].profile}/{paper.kind}.docx"
            if path not in templates:
                templates[path] = _digest_template(project.source.templates.get(path))
            template = templates[path]
            digest = digest_of(canonical({"content": content.digest, "template": template})) if content is not None else ""
        else:
            digest, template, behind = "", "", set()
        own = about.place.path
        matter = matter_of(paper, organisation.language)
        ordered = (own, *sorted(behind - {own}))
        bound[matter] = Bound(matter, level_of(impersonal, about), digest, ordered, _digest_inputs(project, ordered), template, paper)
    return bound


def _without_signatures(institution: Institution) -> Institution:
    """The institution as it is before any paper is signed: nobody holds a post, and no paper has a number or a day."""
    organisation = institution.organisation
    return replace(
        institution,
        organisation=replace(
            _unsigned_unit(organisation),
            staffing_table=organisation.staffing_table._replace(paper=_unsigned(organisation.staffing_table.paper)),
        ),
        units={key: _unsigned_unit(unit) for key, unit in institution.units.items()},
        positions={key: _unsigned_post(position) for key, position in institution.positions.items()},
        bodies={key: replace(body, holder=None) for key, body in institution.bodies.items()},
    )


def _unsigned_unit(unit: _U) -> _U:
    return replace(unit, regulation=_unsigned(unit.regulation))


def _unsigned_post(position: Position) -> Position:
    return replace(position, holder=None, job_description=_unsigned(position.job_description))


def _unsigned(paper: Paper) -> Paper:
    return paper._replace(number=None, date=None, reviewed_on=None, approval=Paper().approval)


def _digest_template(content: bytes | None) -> str:
    if content is None:
        return ""
    try:
        return digest_parts(read_package(content))
    except PackageError:  # a rule reports it, and the paper is not built
        return digest_of(content)


def _digest_inputs(project: Project, files: tuple[str, ...]) -> str:
    data: Mapping[str, object] = {path: project.documents[path].data for path in files if path in project.documents}
    return digest_of(canonical(data))
