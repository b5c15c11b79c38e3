"""OD9xx: approvals and who may give them."""

from __future__ import annotations

from collections.abc import Iterator

from orgdocs.contents.planning import plan_papers
from orgdocs.contents.view import find_approval
from orgdocs.problems import Finding, Place, Sentence
from orgdocs.rules.rule import Subject, error


def without_approver(subject: Subject) -> Iterator[Finding]:
    """Every kind of paper that the organisation issues has an approver.

    A paper that nobody approves binds nobody.

    Wrong:

    ```yaml
    approvals:
      - {paper: regulation, by: council}
    ```

    Right:

    ```yaml
    approvals:
      - {paper: regulation, by: council}
      - {paper: job-description, by: director}
    ```
    """
    organisation = subject.institution.organisation
    if organisation.partial:
        return
    open_papers: dict[str, dict[str, None]] = {}
    for paper, about in plan_papers(subject.hierarchy):
        if find_approval(subject.hierarchy, paper.kind, about) is None:
            open_papers.setdefault(paper.kind, {})[about.id] = None
    if open_papers and not organisation.approvals:
        sentence = Sentence(
            "there is no field approvals, so that nobody approves any paper of {organisation}", organisation=organisation.id
        )
        hint = Sentence("add it with an entry for each kind of paper: {kinds}", kinds=", ".join(open_papers))
        yield Finding(organisation.place, sentence, hint=hint)
        return
    for kind, subjects in open_papers.items():
        sentence = Sentence("nobody approves the {kind} of {subjects}", kind=kind, subjects=_listed(list(subjects)))
        hint = Sentence("add an entry: {example}", example=f"{{paper: {kind}, by: …}}")
        yield Finding(Place(organisation.place.path, ("approvals",), at_key=True), sentence, hint=hint)


def _listed(ids: list[str]) -> str:
    shown = ", ".join(ids[:3])
    return f"{shown} and {len(ids) - 3} more" if len(ids) > 3 else shown


RULES = (error("OD901", "without-approver", without_approver),)
