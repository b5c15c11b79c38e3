"""OD824: case forms that are those of another name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from orgdocs.language import CASE_NAMES, INFLECTED
from orgdocs.model import Forms, Institution, Text, forms_in, text_in
from orgdocs.problems import Finding, Note, Place, Sentence
from orgdocs.rules.rule import Subject, error

_SHORTEST = 3
"""Shorter words, such as з and із or у and в, change with the words around them."""


class _Named(NamedTuple):
    """A name with its case forms, and where both stand."""

    place: Place
    name_field: str
    forms_field: str
    name: Text
    forms: Forms


def stale_form(subject: Subject) -> Iterator[Finding]:
    """The case forms of a name have as many words as the name, and each begins with the same letter as there.

    If a title is changed and its forms are left as they are, papers print the old title in the genitive: nobody looks at the
    forms any more, and they look right.

    Wrong:

    ```yaml
    title: керівник
    forms: {genitive: директора}
    ```

    Right:

    ```yaml
    title: керівник
    forms: {genitive: керівника}
    ```
    """
    home = subject.institution.organisation.language
    for named in _names(subject.institution):
        finding = next(filter(None, (_find_stale(named, language, home) for language in sorted(INFLECTED))), None)
        if finding is not None:
            yield finding


def _find_stale(named: _Named, language: str, home: str) -> Finding | None:
    """The first form in a language that is not one of the name; the others are the same mistake."""
    name = text_in(named.name, language, home)
    for case, form in forms_in(named.forms, language, home).items():
        if name is not None and not _are_alike(name, form):
            sentence = Sentence("{form} is the {case} of another name than {name}", form=form, case=CASE_NAMES[case], name=name)
            notes = (Note(named.place.under(named.name_field), Sentence("the name stands here")),)
            hint = Sentence("if the name was changed: take {field} out, and orgdocs forms --write writes it anew", field=named.forms_field)
            return Finding(named.place.under(named.forms_field, case), sentence, notes, hint)
    return None


def _are_alike(name: str, form: str) -> bool:
    ours, theirs = (text.casefold().replace("ё", "е").split() for text in (name, form))
    return len(ours) == len(theirs) and all(
        our[0] == their[0] for our, their in zip(ours, theirs, strict=True) if min(len(our), len(their)) >= _SHORTEST
    )


def _names(institution: Institution) -> Iterator[_Named]:
    """All names with forms; in a file with faults, the name itself may be what is at fault."""
    for unit in institution.establishments:
        if unit.partial:
            continue
        yield _Named(unit.place, "name", "forms", unit.name, unit.forms)
        if unit.short_name is not None:
            yield _Named(unit.place, "short_name", "short_forms", unit.short_name, unit.short_forms)
    for post in institution.positions.values():
        if post.partial:
            continue
        yield _Named(post.place, "title", "forms", post.title, post.forms)
        if post.short_title is not None:
            yield _Named(post.place, "short_title", "short_forms", post.short_title, post.short_forms)
    for body in institution.bodies.values():
        if not body.partial:
            yield _Named(body.place, "name", "forms", body.name, body.forms)
    for act in institution.acts.values():
        if not act.partial:
            yield _Named(act.place, "title", "forms", act.title, act.forms)


RULES = (error("OD824", "stale-form", stale_form),)
