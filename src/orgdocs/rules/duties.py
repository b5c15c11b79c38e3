"""OD5xx: functions and duties."""

from __future__ import annotations

from collections.abc import Iterator

from orgdocs.problems import Finding, Sentence
from orgdocs.rules.rule import Subject, error


def without_duties(subject: Subject) -> Iterator[Finding]:
    """A post has duties, or its file says why no job description is issued for it.

    Wrong: a post with a title and a salary. Right: with `duties`, or with `job_description: {not_required: …}`.
    """
    for position in subject.institution.positions.values():
        if position.partial or position.job_description.not_required is not None:
            continue
        sets_broken = any(subject.institution.is_broken("clauses", ref.id) for ref in position.includes)
        if not sets_broken and not any(True for _ in subject.hierarchy.duties(position)):
            hint = Sentence("write duties, or job_description: {not_required: the reason}")
            yield Finding(position.place.under("title"), Sentence("{post} has no duties", post=position.id), hint=hint)


RULES = (error("OD501", "without-duties", without_duties),)
