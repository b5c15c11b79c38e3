"""All entities by id: the registry, one institution for each organisation in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from orgdocs.documents import Data
from orgdocs.model.entities import Act, Body, Clauses, Holder, Organisation, Position, Ref, Text, Unit
from orgdocs.pictures import Picture
from orgdocs.problems import Finding, Place, Sentence, Severity

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
    classifiers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The institution's own tables of classifier codes: by scheme, by code, the title that goes with it."""
    people: Mapping[str, Holder] = field(default_factory=dict)
    """Those who approve and agree, with their posts and keys."""
    pictures: Mapping[str, Picture | Sentence | None] = field(default_factory=dict)
    """The pictures of the registry by path: what is known of each, what is wrong with it, or None for one that was not read."""

    @property
    def establishments(self) -> tuple[Unit, ...]:
        """The organisation and its units, without one that bears the organisation's own id, which is a fault of its own."""
        organisation = self.organisation
        return (organisation, *(unit for unit in self.units.values() if unit.id != organisation.id))

    def unit(self, unit_id: str) -> Unit | None:
        """A unit, or the organisation itself as the uppermost one."""
        return self.organisation if unit_id == self.organisation.id else self.units.get(unit_id)

    def actor(self, actor_id: str) -> Actor | None:
        """A post or an outside body."""
        return self.positions.get(actor_id) or self.bodies.get(actor_id)

    def is_broken(self, kind: str, entity_id: str) -> bool:
        """Whether a file that could not be read defines this id."""
        return (kind, entity_id) in self.broken


class ChosenPack(NamedTuple):
    """A rule pack that the registry has chosen."""

    id: str
    place: Place
    unverified: bool = False
    """Whether its rules apply that are not verified."""
    organisations: tuple[Ref, ...] = ()
    """To which organisations it applies; empty for those with the profile of its country."""
    body: str | None = None
    """What the organisation is by law, where the norm distinguishes."""
    marks: Mapping[str, tuple[Ref, ...]] = MappingProxyType({})
    """Posts and units by the word of a norm that is meant for them."""


class Excepted(NamedTuple):
    """A thing that need not satisfy a constraint."""

    ref: Ref
    organisation: Ref | None = None


@dataclass(frozen=True, slots=True)
class Constraint:
    """A rule of the registry's own. Its conditions are plain data, which the rule about constraints understands."""

    id: str
    place: Place
    says: Text = field(hash=False)
    subjects: str
    """What it is about: ``organisations``, ``units``, ``posts``, ``functions`` or ``acts``."""
    must: Data = field(hash=False)
    where: Data = field(default=None, hash=False)
    severity: Severity = Severity.ERROR
    exceptions: tuple[Excepted, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``org/registry.yaml`` and ``org/constraints.yaml`` say."""

    output: str = "output"
    ignored: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    longest_chain: int = 6
    """So many superiors may stand above a post within the organisation."""
    widest_span: int = 12
    """So many posts may report to one."""
    similarity: int = 90
    """From so many percent on, two clauses are nearly the same."""
    powers: int | None = None
    """A duty covers a power of the head from so many percent of its words on; None where this is not asked."""
    approvals_base: str | None = None
    """The git revision whose ledgers of approvals nothing may be taken from."""
    packs: tuple[ChosenPack, ...] = ()
    """The rule packs that apply."""
    constraints: tuple[Constraint, ...] = ()
    """The registry's own rules, from ``org/constraints.yaml``; none while that file has faults."""


@dataclass(frozen=True, slots=True)
class Registry:
    """All institutions by id, and the settings."""

    settings: Settings
    institutions: Mapping[str, Institution]
    doubles: tuple[Finding, ...] = ()
    """Ids that two files define; the first one counts."""
