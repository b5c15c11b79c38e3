"""The languages in which orgdocs speaks: catalogs of sentence patterns by their English ones."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

LANGUAGES = ("en", "uk", "ru")
"""English needs no catalog: its patterns stand in the program."""


@cache
def load_patterns(language: str) -> Mapping[str, str]:
    """The patterns of a language by the English ones; empty for English."""
    if language not in LANGUAGES or language == "en":
        return {}
    patterns: dict[str, str] = json.loads((files(__name__) / f"{language}.json").read_text("utf-8"))
    return patterns


def choose_language(asked: str | None, of_registry: str | None) -> str:
    """Which language to speak: the one asked for, or the registry's, or that of the environment, or English."""
    for wish in (asked, of_registry):
        if wish in LANGUAGES:
            return str(wish)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            language = value.split("_")[0].split(".")[0].lower()
            return language if language in LANGUAGES else "en"
    return "en"
