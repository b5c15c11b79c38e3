"""Schemas laid down in a registry, and the settings by which Visual Studio Code finds them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orgdocs.building.writing import write_file
from orgdocs.editors.schemas import OF_ORGANISATION, OF_REGISTRY, editor_schema

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from orgdocs.hierarchy import Hierarchy

FOLDER = ".orgdocs/schemas"
SETTINGS = ".vscode/settings.json"

_KEY = "yaml.schemas"
_OURS = f"./{FOLDER}/"
_FILES = {
    "registry": "org/registry.yaml",
    "constraints": "org/constraints.yaml",
    "organisation": "org/{organisation}/organisation.yaml",
    "unit": "org/{organisation}/units/*.yaml",
    "position": "positions/{organisation}/**/*.yaml",
    "people": "org/{organisation}/people.yaml",
    "acts": "org/{organisation}/acts.yaml",
    "clauses": "org/{organisation}/clauses/*.yaml",
    "classifiers": "org/{organisation}/classifiers.yaml",
    "wording": "org/{organisation}/wording.yaml",
}


@dataclass(frozen=True, slots=True)
class Wired:
    """What was done: the schemas that were written, and what became of the settings."""

    schemas: tuple[str, ...]
    settings: str
    """``written``, ``unchanged``, or ``left alone`` where the file there is not plain JSON."""
    wanted: str
    """The lines that the settings must hold."""


def all_schemas(hierarchies: Mapping[str, Hierarchy]) -> dict[str, dict[str, Any]]:
    """All schemas by their path below the folder of schemas."""
    schemas = {f"{kind}.json": editor_schema(kind, hierarchies) for kind in OF_REGISTRY}
    for organisation in hierarchies:
        for kind in OF_ORGANISATION:
            schemas[f"{organisation}/{kind}.json"] = editor_schema(kind, hierarchies, organisation)
    return schemas


def associations(organisations: list[str]) -> dict[str, str]:
    """Which schema is for which files, as the YAML extension of Visual Studio Code wants it."""
    found = {f"{_OURS}{kind}.json": _FILES[kind] for kind in OF_REGISTRY}
    for organisation in organisations:
        for kind in OF_ORGANISATION:
            found[f"{_OURS}{organisation}/{kind}.json"] = _FILES[kind].format(organisation=organisation)
    return found


def show_schema(schema: dict[str, Any]) -> str:
    """A schema as text."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def wire_editor(root: Path, hierarchies: Mapping[str, Hierarchy]) -> Wired:
    """Write the schemas and the settings that lead to them. Other settings are kept.

    Raises:
        WriteError: a file could not be written.
    """
    schemas = all_schemas(hierarchies)
    for path, schema in schemas.items():
        write_file(root / FOLDER / path, show_schema(schema).encode())
    wanted = associations(list(hierarchies))
    return Wired(tuple(f"{FOLDER}/{path}" for path in schemas), _settle(root / SETTINGS, wanted), json.dumps({_KEY: wanted}, indent=2))


def refresh_schemas(root: Path, hierarchies: Mapping[str, Hierarchy]) -> None:
    """Write the schemas that differ from those in the registry; where none were ever asked for, nothing is written.

    Raises:
        WriteError: a file could not be written.
    """
    folder = root / FOLDER
    if not folder.is_dir():
        return
    for path, schema in all_schemas(hierarchies).items():
        content = show_schema(schema).encode()
        if not (folder / path).is_file() or (folder / path).read_bytes() != content:
            write_file(folder / path, content)


def _settle(path: Path, wanted: dict[str, str]) -> str:
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        text = "{}"
    except (OSError, UnicodeDecodeError):
        return "left alone"
    try:
        settings = json.loads(text)
    except ValueError:  # comments, which the editor allows, or commas too many: rewriting it would lose them
        return "left alone"
    if not isinstance(settings, dict) or not isinstance(present := settings.get(_KEY, {}), dict):
        return "left alone"
    others = {key: value for key, value in present.items() if not key.startswith(_OURS)}
    if present == others | wanted:
        return "unchanged"
    settings[_KEY] = others | wanted
    indent = re.search(r"^([ \t]+)", text, re.MULTILINE)
    write_file(path, (json.dumps(settings, ensure_ascii=False, indent=indent.group(1) if indent else 2) + "\n").encode())
    return "written"
