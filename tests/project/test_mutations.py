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
MOST = {"small": 6, "care-home": 3, "city-office": 2, "izhevsk": 1, "zhytomyr": 1}
"""So many mutants of a kind are tried on each organisation, spread over all that could be made: about 400 altogether."""


@cache
def sound_registries() -> list[Sound]:
    files = read_work_tree(REPOSITORY).files
    parts = {
        name: {path: content for path, content in files.items() if path == "org/registry.yaml" or path.split("/")[1] == name}
        for name in MOST
    }
    return [Sound(name, part) for name, part in (parts | {"small": read_base("small")}).items()]


def sample(kind: Callable[[Sound], Iterator[Mutant]], sound: Sound) -> Iterator[Mutant]:
    mutants = list(kind(sound))
    return islice(mutants, 0, None, max(1, -(-len(mutants) // MOST[sound.name])))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_slips_are_reported_in_the_right_file(kind: Callable[[Sound], Iterator[Mutant]]) -> None:
    silent = {}
    tried = 0
    for sound in sound_registries():
        for mutant in sample(kind, sound):
            tried += 1
            told = {(code, path) for code, path, _ in set(list_errors(open_files(mutant.files))) - sound.known}
            if not mutant.expected <= told:
                silent[f"{sound.name}: {mutant.slip}"] = sorted(mutant.expected - told), sorted(told)
    assert silent == {}
    assert tried
