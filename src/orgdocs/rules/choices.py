"""Ids in the files above all organisations: whom the registry's settings and its own constraints name."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from orgdocs.problems import Finding, Sentence
from orgdocs.rules.constraints import list_ids
from orgdocs.schemas import suggest

if TYPE_CHECKING:
    from orgdocs.model import ChosenPack, Constraint, Institution, Ref, Registry


def check_choices(registry: Registry) -> Iterator[Finding]:
    """Organisations, posts and units that a chosen pack or a constraint names, and that are in none of the organisations meant."""
    for pack in registry.settings.packs:
        yield from _check_pack(pack, registry)
    for constraint in registry.settings.constraints:
        yield from _check_exceptions(constraint, registry)


def _check_pack(pack: ChosenPack, registry: Registry) -> Iterator[Finding]:
    yield from _check(pack.organisations, registry.institutions, Sentence("organisation"))
    if any(ref.id not in registry.institutions for ref in pack.organisations):
        return
    meant = [registry.institutions[ref.id] for ref in pack.organisations] or list(registry.institutions.values())
    if any(institution.broken for institution in meant):
        return
    known = {key for institution in meant for key in chain(institution.units, institution.positions)}
    for refs in pack.marks.values():
        yield from _check(refs, known, Sentence("post or unit"))


def _check_exceptions(constraint: Constraint, registry: Registry) -> Iterator[Finding]:
    for exception in constraint.exceptions:
        if exception.organisation is not None and exception.organisation.id not in registry.institutions:
            yield from _check([exception.organisation], registry.institutions, Sentence("organisation"))
            continue
        meant = list(registry.institutions.values())
        if exception.organisation is not None:
            meant = [registry.institutions[exception.organisation.id]]
        if not any(_is_open(institution) for institution in meant):
            known = {key for institution in meant for key in list_ids(institution, constraint.subjects)}
            yield from _check([exception.ref], known, _KINDS[constraint.subjects])


_KINDS = {
    "organisations": Sentence("organisation"),
    "units": Sentence("unit"),
    "posts": Sentence("post"),
    "functions": Sentence("function"),
    "acts": Sentence("act"),
}


def _is_open(institution: Institution) -> bool:
    """Whether something of it could not be read, so that an id may be there that is not known."""
    return bool(institution.broken) or institution.organisation.partial or any(unit.partial for unit in institution.units.values())


def _check(refs: Collection[Ref], known: Collection[str], kind: Sentence) -> Iterator[Finding]:
    for ref in refs:
        if ref.id not in known:
            sentence = Sentence("there is no {kind} with the id {id}", kind=kind, id=ref.id)
            yield Finding(ref.place, sentence, hint=suggest(ref.id, sorted(known)))
