"""The packs are what their schema and the registry's schema say of them, and leave alone who has not chosen them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cases import TESTS
from orgdocs.rules.norms import DEMANDS, PACKS, load_pack
from orgdocs.rules.packs import _number_for
from orgdocs.schemas import load_schema
from orgdocs.sources import Source

DATA = TESTS.parent / "src" / "orgdocs" / "rules" / "pack_data"


def test_every_file_is_a_pack_that_a_registry_can_choose() -> None:
    assert sorted(PACKS) == sorted(path.stem for path in DATA.iterdir())


@pytest.mark.parametrize("pack_id", PACKS)
def test_pack_is_sound(pack_id: str) -> None:
    pack = load_pack(pack_id)
    assert pack.id == pack_id
    names = [rule.name for rule in pack.rules]
    assert len(set(names)) == len(names)
    for rule in pack.rules:
        assert date(2000, 1, 1) < date.fromisoformat(rule.as_of) <= date(2026, 11, 30)
        assert rule.source.strip() == rule.source


@pytest.mark.parametrize("pack_id", PACKS)
def test_a_rule_has_one_demand(pack_id: str) -> None:
    from orgdocs.documents import read_document

    data = read_document(pack_id, (DATA / f"{pack_id}.yaml").read_bytes()).data
    assert isinstance(data, dict)
    assert isinstance(data["rules"], list)
    for item in data["rules"]:
        assert isinstance(item, dict)
        assert len(item.keys() & set(DEMANDS)) == 1, item["name"]


def test_the_registry_and_the_packs_know_the_same_words() -> None:
    chosen = load_schema("registry")["$defs"]["chosen_pack"]["anyOf"][1]["properties"]
    words = load_schema("pack")["$defs"]
    assert chosen["body"]["enum"] == words["body_kind"]["enum"]
    assert list(chosen["marks"]["properties"]) == words["mark"]["enum"]
    used = {
        rule.value["mark"]
        for pack_id in PACKS
        for rule in load_pack(pack_id).rules
        if isinstance(rule.value, dict) and "mark" in rule.value
    }
    assert used == set(words["mark"]["enum"])


@pytest.mark.parametrize(("size", "number"), [("0", 0), ("3.75", 0), ("4", None), ("16", 1), ("16.5", 2), ("20", 2), ("100", 2)])
def test_bands_meet_without_gap(size: str, number: int | None) -> None:
    bands = [{"below": "4", "number": "0"}, {"from": "10", "upto": "16", "number": "1"}, {"above": "16", "number": "2"}]
    assert _number_for(bands, Decimal(size)) == number


def test_a_pack_is_chosen_for_the_organisations_of_its_country() -> None:
    """The unit of one post in each of two organisations: the pack is meant for the Russian one."""
    from orgdocs.project import open_project

    files = {"org/registry.yaml": b"format: 1\nrules: {packs: [ru-khakassia-251]}\n"}
    for name, profile, language in (("first", "ru", "ru"), ("second", "intl", "en")):
        files |= {
            f"org/{name}/organisation.yaml": f"name: A\nprofile: {profile}\nlanguage: {language}\nhead: head\n".encode(),
            f"org/{name}/units/unit.yaml": b"name: B\nkind: division\nhead: clerk\n",
            f"positions/{name}/head.yaml": b"title: C\nduties: [leads]\nstaffing: {posts: 1}\n",
            f"positions/{name}/unit/clerk.yaml": b"title: D\nunit: unit\nreports_to: head\nduties: [writes]\nstaffing: {posts: 1}\n",
        }
    project = open_project(Source(Path("/registry"), files), select=["OD45"])
    assert [(problem.path, problem.code) for problem in project.problems] == [("org/first/units/unit.yaml", "OD451")]
