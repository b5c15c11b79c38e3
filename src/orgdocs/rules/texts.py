"""OD8xx: texts, languages, wording and templates."""

from __future__ import annotations

from collections.abc import Iterator

from orgdocs.problems import Finding
from orgdocs.rules.rule import Subject, error


def missing_form(subject: Subject) -> Iterator[Finding]:
    """A name has the case forms that the papers need.

    orgdocs does not guess: a wrong ending in a signed paper is a mistake of the director's.

    Wrong: a Ukrainian post without `forms`. Right: `forms: {genitive: директора, dative: директору}`.
    """
    yield from subject.missing_forms


def missing_language(subject: Subject) -> Iterator[Finding]:
    """A text is given in every language in which its paper is printed.

    Wrong: `languages: [en]` and `title: директор`. Right: `title: {uk: директор, en: director}`.
    """
    yield from subject.missing_languages


def wording(subject: Subject) -> Iterator[Finding]:
    """An institution's own wording can be read, and names only what the paper knows.

    Wrong: `text: "{{ titel }} reports to …"`. Right: `text: "{{ post }} reports to …"`.
    """
    yield from subject.wording


RULES = (
    error("OD801", "missing-form", missing_form),
    error("OD802", "missing-language", missing_language),
    error("OD803", "wording", wording),
)
