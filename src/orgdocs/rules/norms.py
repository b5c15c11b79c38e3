"""Rule packs as data: the norms that come with orgdocs, and those of them that an organisation has chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from orgdocs.documents import read_document
from orgdocs.model import ChosenPack, Unit
from orgdocs.problems import Sentence
from orgdocs.rules.rule import Subject
from orgdocs.schemas import check_document, load_schema

PACKS: tuple[str, ...] = tuple(load_schema("registry")["$defs"]["pack_id"]["enum"])
"""The packs that come with orgdocs."""

Map = Mapping[str, Any]
"""A map as it stands in a pack."""


class PackRule(NamedTuple):
    """One norm of a pack. ``demand`` names what is demanded, ``value`` how much or of what."""

    name: str
    source: str
    as_of: str
    verified: bool
    demand: str
    value: Any
    applies_to: Map
    remark: str | None

    @property
    def norm(self) -> Sentence:
        """Where the norm comes from, as a part of a sentence."""
        if self.verified:
            return Sentence("{source}, as of {date}", source=self.source, date=self.as_of)
        return Sentence("{source}, as of {date}, not verified", source=self.source, date=self.as_of)


class Pack(NamedTuple):
    """A pack of norms of one country."""

    id: str
    title: str
    profile: str
    addressed_to: str
    left_out: tuple[str, ...]
    rules: tuple[PackRule, ...]


DEMANDS = ("may_contain", "min_units", "min_children", "deputies", "max_share", "max_levels", "marked_staff")
"""What a rule of a pack can demand, each the matter of a rule of its own."""


@cache
def load_pack(pack_id: str) -> Pack:
    """A pack by its id. It is tested, so a fault in it is a fault of the program."""
    document = read_document(f"{pack_id}.yaml", (files("orgdocs.rules") / "pack_data" / f"{pack_id}.yaml").read_bytes())
    faults = list(document.faults) or check_document("pack", document)[0]
    if faults or not isinstance(document.data, dict):
        raise AssertionError(f"the pack {pack_id} is at fault: {[str(fault.finding.sentence) for fault in faults]}")
    data: Map = document.data
    rules = tuple(_read_rule(item) for item in data["rules"])
    return Pack(data["id"], data["title"], data["profile"], data["addressed_to"], tuple(data.get("left_out", ())), rules)


def _read_rule(item: Map) -> PackRule:
    demand = next(key for key in DEMANDS if key in item)
    return PackRule(
        item["name"], item["source"], item["as_of"], item["verified"] == "true", demand, item[demand], item.get("applies_to", {}),
        item.get("remark"),
    )  # fmt: skip


def chosen_rules(subject: Subject, demand: str) -> Iterator[tuple[ChosenPack, PackRule]]:
    """The rules with one demand that apply to the organisation, as the registry has chosen them."""
    organisation = subject.institution.organisation
    for chosen in subject.settings.packs:
        pack = load_pack(chosen.id)
        named = {ref.id for ref in chosen.organisations}
        if organisation.partial or (organisation.id not in named if named else organisation.profile != pack.profile):
            continue
        for rule in pack.rules:
            bodies, kinds = rule.applies_to.get("bodies"), rule.applies_to.get("organisation_kinds")
            if (
                rule.demand == demand
                and (rule.verified or chosen.unverified)
                and (bodies is None or chosen.body in bodies)
                and (kinds is None or organisation.kind in kinds)
            ):
                yield chosen, rule


def meant_units(subject: Subject, rule: PackRule) -> Iterator[Unit]:
    """The units, the organisation among them, that a rule means. Legal entities of their own are no units of the structure."""
    organisation = subject.institution.organisation
    kinds, under = rule.applies_to.get("unit_kinds"), rule.applies_to.get("under")
    for unit in subject.hierarchy.branch(organisation):
        if unit.partial or (unit.legal_entity and unit is not organisation) or (kinds is not None and unit.kind not in kinds):
            continue
        if under is not None and (unit is organisation or (under == "unit") != _in_unit(subject, unit)):
            continue
        yield unit


def _in_unit(subject: Subject, unit: Unit) -> bool:
    return unit.parent is not None and unit.parent.id != subject.institution.organisation.id
