"""Which things of one registry are those of another: by their ids, and by the ids that they had before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from orgdocs.model import Entity

E = TypeVar("E", bound=Entity)


@dataclass
class Pairs(Generic[E]):
    """The entities of one kind in two institutions, by what became of them."""

    kept: list[tuple[E, E]] = field(default_factory=list)
    added: list[E] = field(default_factory=list)
    removed: list[E] = field(default_factory=list)
    merged: list[tuple[tuple[E, ...], E]] = field(default_factory=list)
    """Several, one of which may go on under its id, and what became of them."""
    divided: list[tuple[E, tuple[E, ...]]] = field(default_factory=list)
    """One that is gone, and those that came of it."""
    now: dict[str, str] = field(default_factory=dict)
    """The later id by the earlier one, where it is another; what was divided has none."""


def pair(before: Mapping[str, E], after: Mapping[str, E]) -> Pairs[E]:
    """Pair entities by id and by ``previously``, which counts in both directions: looking back, a renaming is one, too."""
    pairs: Pairs[E] = Pairs()
    formers = {key: _formers(entity, before, after) for key, entity in after.items()}
    for key, entity in before.items():
        for ref in entity.previously:
            if ref.id in after and ref.id not in before and key not in after:
                formers[ref.id].append(key)
    heirs: dict[str, list[str]] = {}
    for key, former in formers.items():
        for each in former:
            heirs.setdefault(each, []).append(key)
    for key, former in formers.items():
        if not former:
            pairs.added.append(after[key])
        elif len(former) > 1:
            pairs.merged.append((tuple(before[each] for each in former), after[key]))
        elif len(heirs[former[0]]) == 1:
            pairs.kept.append((before[former[0]], after[key]))
    for key, entity in before.items():
        became = heirs.get(key, [])
        if not became:
            pairs.removed.append(entity)
        elif len(became) > 1:
            pairs.divided.append((entity, tuple(after[each] for each in became)))
        elif became[0] != key:
            pairs.now[key] = became[0]
    return pairs


def _formers(entity: E, before: Mapping[str, E], after: Mapping[str, E]) -> list[str]:
    """The ids under which an entity stood before: its own, and those of its former ones that nothing has any more."""
    own = [entity.id] if entity.id in before else []
    return own + [ref.id for ref in entity.previously if ref.id in before and ref.id not in after and ref.id != entity.id]
