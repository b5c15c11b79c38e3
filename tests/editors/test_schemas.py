"""The schemas for editors: every field that holds an id offers the ids that belong there, and what orgdocs takes they take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from cases import read_base
from orgdocs.editors.references import known_ids
from orgdocs.editors.schemas import OF_ORGANISATION, OF_REGISTRY, editor_schema
from orgdocs.editors.wiring import associations
from orgdocs.hierarchy import Hierarchy
from orgdocs.model.references import referred_kind
from orgdocs.project import open_project
from orgdocs.schemas import KINDS, kind_of, load_schema
from orgdocs.sources import Source, read_work_tree

ROOT = Path(__file__).parents[2]


def _hierarchies(base: str = "small", **changes: str) -> dict[str, Hierarchy]:
    files = read_base(base) | {path: text.encode() for path, text in changes.items()}
    return dict(open_project(Source(Path("/registry"), dict(sorted(files.items())))).hierarchies)


# Ids that are given here and not referred to, and those that may stand for anything in any organisation.
DEFINED = {("id",), ("functions", "id"), ("tasks", "id"), ("constraints", "id")}


def _id_routes(schema: Any, parts: Any, route: tuple[str, ...] = (), above: frozenset[str] = frozenset()) -> Iterator[tuple[str, ...]]:
    """The routes of all fields that hold an id or a reference to a function."""
    part = schema.get("$ref", "").removeprefix("#/$defs/")
    if part in {"id", "reference"}:
        yield route
    if part and part not in above:
        yield from _id_routes(parts[part], parts, route, above | {part})
    for name, inner in schema.get("properties", {}).items():
        yield from _id_routes(inner, parts, (*route, name), above)
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from _id_routes(schema[key], parts, route, above)
    for inner in (*schema.get("anyOf", ()), *schema.get("allOf", ())):
        yield from _id_routes(inner, parts, route, above)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "wording"])
def test_it_is_known_of_every_id_what_it_stands_for(kind: str) -> None:
    schema = load_schema(kind)
    unknown = {
        route
        for route in _id_routes(schema, schema["$defs"])
        if referred_kind(kind, route) is None and tuple(step for step in route if step != "items") not in DEFINED
    }
    # Clauses may have an id everywhere; only those of tasks are referred to. What had a former id is no longer there.
    assert {route for route in unknown if route[-1] not in {"id", "previously"}} == set()


@pytest.mark.parametrize("kind", KINDS)
def test_schemas_are_schemas(kind: str) -> None:
    hierarchies = _hierarchies()
    schema = editor_schema(kind, hierarchies, None if kind in OF_REGISTRY else "office")
    jsonschema_rs.Draft202012Validator(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_ids_have_their_titles() -> None:
    properties = editor_schema("position", _hierarchies(), "office")["properties"]
    assert dict(zip(properties["reports_to"]["enum"], properties["reports_to"]["enumDescriptions"], strict=True)) == {
        "deputy": "Deputy Director",
        "director": "Director",
        "lawyer": "Lawyer",
        "council": "Town Council",
        "mayor": "Mayor",
    }
    assert properties["unit"]["enum"] == ["office", "legal"]
    assert properties["guided_by"]["items"]["enum"] == ["charter"]
    assert properties["includes"]["items"]["enum"] == ["common"]
    assert properties["appointed_by"]["properties"]["by"]["enum"] == ["deputy", "director", "lawyer", "council", "mayor"]
    performs = properties["duties"]["items"]["anyOf"][1]["properties"]["performs"]
    assert dict(zip(performs["items"]["enum"], performs["items"]["enumDescriptions"], strict=True)) == {
        "office/examples": "keeps the examples",
        "legal/advice": "gives legal advice",
        "legal/contracts": "checks contracts",
    }


def test_what_is_not_there_yet_is_not_offered_and_not_forbidden() -> None:
    territories = editor_schema("position", _hierarchies(), "office")["properties"]["territories"]
    assert "enum" not in territories["items"]
    assert territories["items"]["pattern"] == "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"


def test_a_file_that_cannot_be_read_stands_for_its_id() -> None:
    hierarchies = _hierarchies(**{"positions/office/deputy.yaml": "title: ["})
    assert list(known_ids(hierarchies["office"], "position")) == ["director", "lawyer", "deputy"]


def test_the_settings_of_a_registry_know_rules_and_organisations() -> None:
    properties = editor_schema("registry", _hierarchies())["properties"]
    rules = properties["rules"]["properties"]
    assert {"OD101", "OD301", "OD901"} <= set(rules["ignore"]["items"]["enum"])
    assert rules["severity"]["properties"]["OD301"] == {"title": "unknown-reference", "enum": ["error", "warning"]}
    assert properties["format"]["enum"] == ["1", 1]


def test_every_kind_of_file_has_its_schema() -> None:
    patterns = associations(["office"])
    assert [name.removeprefix("./.orgdocs/schemas/").removesuffix(".json") for name in patterns] == [
        *OF_REGISTRY,
        *(f"office/{kind}" for kind in OF_ORGANISATION),
    ]
    for pattern in patterns.values():
        path = pattern.replace("**/*", "legal/thing").replace("*", "thing")
        assert kind_of(path) is not None, pattern


def _as_editors_read(content: bytes) -> Any:
    """Plain scalars become numbers and yes or no, as in YAML 1.2."""
    return yaml.load(content, Loader=_Core)  # noqa: S506  (a safe loader with fewer types)


class _Core(yaml.SafeLoader):
    """The core schema of YAML 1.2, near enough: no dates, no octal or sexagesimal numbers, only true and false."""


_Core.yaml_implicit_resolvers = {
    key: [(tag, expression) for tag, expression in resolvers if not tag.endswith((":timestamp", ":bool", ":int"))]
    for key, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$"), list("tf"))
_Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^[-+]?[0-9]+$"), list("-+0123456789"))
_Core.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node)))


@pytest.mark.parametrize("organisation", ["zhytomyr", "care-home", "izhevsk", "city-office"])
def test_the_reference_organisations_satisfy_their_schemas(organisation: str) -> None:
    source = read_work_tree(ROOT)
    hierarchies = open_project(source).hierarchies
    validators = {
        kind: jsonschema_rs.Draft202012Validator(editor_schema(kind, hierarchies, organisation), validate_formats=True)
        for kind in OF_ORGANISATION
    }
    faults = {}
    for path, content in source.files.items():
        if path.split("/")[1] == organisation and (kind := kind_of(path)) is not None:
            faults[path] = [
                f"{error.instance_path}: {error.message}"[:200] for error in validators[kind].iter_errors(_as_editors_read(content))
            ]
    assert {path: found for path, found in faults.items() if found} == {}
    assert len(faults) > 20
