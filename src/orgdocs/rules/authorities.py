"""OD9xx: approvals and who may give them."""

from __future__ import annotations

from collections.abc import Iterator

from orgdocs.contents.planning import plan_papers
from orgdocs.contents.view import find_approval
from orgdocs.problems import Finding, Sentence
from orgdocs.rules.rule import Subject, error


def without_approver(subject: Subject) -> Iterator[Finding]:
    """Every kind of paper that the organisation issues has an approver.

    A paper that nobody approves binds nobody.

    Wrong: job descriptions, and no entry for them under `approvals`. Right: `{paper: job-description, by: director}`.
    """
    organisation = subject.institution.organisation
    if organisation.partial:
        return
    told: set[tuple[str, bool]] = set()
    for paper, about in plan_papers(subject.hierarchy):
        level = about.id == organisation.id
        if (paper.kind, level) in told or find_approval(subject.hierarchy, paper.kind, about) is not None:
            continue
        told.add((paper.kind, level))
        sentence = Sentence("nobody approves the {kind} of {subject}", kind=paper.kind, subject=about.id)
        place = organisation.place.under("approvals") if organisation.approvals else organisation.place
        yield Finding(place, sentence, hint=Sentence("add an entry under approvals: {example}", example=f"{{paper: {paper.kind}, by: …}}"))


RULES = (error("OD901", "without-approver", without_approver),)
