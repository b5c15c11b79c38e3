"""All entities by id: the registry, one institution for each organisation in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from orgdocs.documents import Data
from orgdocs.model.entities import Act, Body, Clauses, Organisation, Position, Unit
from orgdocs.problems import Finding, Severity

Actor: TypeAlias = Position | Body
"""Who can be a superior, appoint, approve or substitute: a post, or a body or official outside."""


@dataclass(frozen=True, slots=True)
class Institution:
    """One organisation with everything that belongs to it, by id."""

    organisation: Organisation
    units: Mapping[str, Unit] = field(default_factory=dict)
    positions: Mapping[str, Position] = field(default_factory=dict)
    bodies: Mapping[str, Body] = field(default_factory=dict)
    acts: Mapping[str, Act] = field(default_factory=dict)
    clause_sets: Mapping[str, Clauses] = field(default_factory=dict)
    wording: Data = None
    """The institution's own changes to the wording of its profile, as they stand in ``wording.yaml``."""
    broken: frozenset[tuple[str, str]] = frozenset()
    """Kind and id of what is defined in files that could not be read: known, but without contents."""

    def unit(self, unit_id: str) -> Unit | None:
        """A unit, or the organisation itself as the uppermost one."""
        return self.organisation if unit_id == self.organisation.id else self.units.get(unit_id)

    def actor(self, actor_id: str) -> Actor | None:
        """A post or an outside body."""
        return self.positions.get(actor_id) or self.bodies.get(actor_id)

    def is_broken(self, kind: str, entity_id: str) -> bool:
        """Whether a file that could not be read defines this id."""
        return (kind, entity_id) in self.broken


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``org/registry.yaml`` says."""

    output: str = "output"
    ignored: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    longest_chain: int = 6
    """So many superiors may stand above a post within the organisation."""
    widest_span: int = 12
    """So many posts may report to one."""
    similarity: int = 90
    """From so many percent on, two clauses are nearly the same."""
    packs: tuple[str, ...] = ()
    """The rule packs that apply."""


@dataclass(frozen=True, slots=True)
class Registry:
    """All institutions by id, and the settings."""

    settings: Settings
    institutions: Mapping[str, Institution]
    doubles: tuple[Finding, ...] = ()
    """Ids that two files define; the first one counts."""
