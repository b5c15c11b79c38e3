"""Every slip is reported in the right file: kinds of slips, tried on a small registry and on the reference organisations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

from cases import read_base
from orgdocs.sources import read_work_tree
from project.mutations import KINDS, Mutant, Sound, list_errors, open_files

REPOSITORY = Path(__file__).parents[2]
FAMILIES = ("OD1", "OD2", "OD3", "OD8")
"""In these families one slip is one problem: whatever else is told must be a known consequence."""

BASES = ("small", "ua-small")
MOST = {"small": 40, "ua-small": 40, "care-home": 1, "city-office": 1, "izhevsk": 1, "zhytomyr": 1}
"""So many mutants of a kind are tried on each registry, spread over all that could be made: more than 400 altogether."""


@cache
def sound_registries() -> list[Sound]:
    files = read_work_tree(REPOSITORY).files
    parts = {
        name: read_base(name)
        if name in BASES
        else {path: content for path, content in files.items() if path == "org/registry.yaml" or path.split("/")[1] == name}
        for name in MOST
    }
    return [Sound(name, part) for name, part in parts.items()]


def sample(kind: Callable[[Sound], Iterator[Mutant]], sound: Sound) -> Iterator[Mutant]:
    mutants = list(kind(sound))
    return islice(mutants, 0, None, max(1, -(-len(mutants) // MOST[sound.name])))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_slips_are_reported_in_the_right_file(kind: Callable[[Sound], Iterator[Mutant]]) -> None:
    wrong = {}
    tried = 0
    for sound in sound_registries():
        for mutant in sample(kind, sound):
            tried += 1
            told = {(code, path) for code, path, _ in set(list_errors(open_files(mutant.files))) - sound.known}
            more = {item for item in told - mutant.expected if item[0].startswith(FAMILIES) and item[0] not in mutant.besides}
            if more or not mutant.expected <= told:
                wrong[f"{sound.name}: {mutant.slip}"] = {"not told": mutant.expected - told, "told besides": more}
    assert wrong == {}
    assert tried
