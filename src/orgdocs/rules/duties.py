"""OD5xx: functions and duties."""

from __future__ import annotations

from collections.abc import Iterator

from orgdocs.model import Position
from orgdocs.problems import Finding, Sentence
from orgdocs.rules.rule import Subject, error


def without_duties(subject: Subject) -> Iterator[Finding]:
    """A post has duties, of its own or from a clause set, or its file says why no job description is issued.

    A job description without duties describes no job.

    Wrong:

    ```yaml
    title: Lawyer
    staffing: {posts: 1}
    ```

    Right:

    ```yaml
    title: Lawyer
    staffing: {posts: 1}
    duties:
      - checks contracts
    ```
    """
    for position in subject.institution.positions.values():
        if position.partial or position.job_description.not_required is not None or any(subject.hierarchy.duties(position)):
            continue
        if not _may_include_duties(subject, position):
            hint = Sentence("write duties, or job_description: {not_required: the reason}")
            yield Finding(position.place.under("title"), Sentence("{post} has no duties", post=position.id), hint=hint)


def _may_include_duties(subject: Subject, position: Position) -> bool:
    """Whether a clause set of the post is missing or has faults, so that nobody knows what it would bring."""
    sets = subject.institution.clause_sets
    return any(ref.id not in sets or sets[ref.id].partial for ref in position.includes)


RULES = (error("OD501", "without-duties", without_duties),)
