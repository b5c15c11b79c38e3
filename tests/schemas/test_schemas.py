"""The schemas themselves: valid, closed, documented, and with patterns that mean what they seem to mean."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import jsonschema_rs
import pytest

import orgdocs.schemas
from orgdocs.documents import read_document
from orgdocs.schemas import KINDS, check_document, kind_of, load_schema, spelling

FOLDER = files(orgdocs.schemas)
FILES = sorted(file.name.removesuffix(".json") for file in FOLDER.iterdir() if file.name.endswith(".json"))
RAW = {name: json.loads((FOLDER / f"{name}.json").read_text("utf-8")) for name in FILES}
SCHEMAS = [name for name in FILES if RAW[name].keys() != {"$defs"}]
KEYWORDS = {
    "$schema", "$ref", "$defs", "title", "description", "examples", "type", "enum", "format", "pattern", "minLength", "maxLength",
    "properties", "required", "additionalProperties", "unevaluatedProperties", "propertyNames", "minProperties",
    "items", "minItems", "maxItems", "anyOf", "allOf",
}  # fmt: skip
MIXED_IN = ("$defs", "establishment")
"""The one definition that is open: it is closed where it is mixed in, by unevaluatedProperties."""

Node = dict[str, Any]
Path = tuple[str | int, ...]


def walk(schema: Any, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Every schema within a schema, with its path."""
    if not isinstance(schema, dict):
        return
    yield path, schema
    for key, value in schema.items():
        if key in {"properties", "$defs"}:
            for name, inner in value.items():
                yield from walk(inner, (*path, key, name))
        elif key in {"anyOf", "allOf"}:
            for index, inner in enumerate(value):
                yield from walk(inner, (*path, key, index))
        elif key in {"items", "additionalProperties", "unevaluatedProperties", "propertyNames"}:
            yield from walk(value, (*path, key))


NODES = [(name, path, node) for name in SCHEMAS for path, node in walk(load_schema(name))]
PATTERNS = sorted({node["pattern"] for _, _, node in NODES if "pattern" in node})


def where(name: str, path: Path) -> str:
    """A place in a schema, for messages."""
    return f"{name}: {'/'.join(map(str, path))}"


def test_every_kind_has_a_schema() -> None:
    assert {"profile" if kind == "wording" else kind for kind in KINDS} <= set(SCHEMAS)


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_valid(name: str) -> None:
    schema = load_schema(name)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema_rs.meta.validate(schema)


def test_no_keyword_is_misspelt() -> None:
    """A validator passes over keywords it does not know."""
    assert [where(name, path) for name, path, node in NODES if not node.keys() <= KEYWORDS] == []


def test_no_schema_redefines_what_is_shared() -> None:
    """Both would have the same name in the reference, and one would hide the other."""
    shared = [key for name in FILES if name not in SCHEMAS for key in RAW[name]["$defs"]]
    assert len(shared) == len(set(shared))
    for name in SCHEMAS:
        assert not set(shared) & RAW[name].get("$defs", {}).keys(), name


def test_references_stay_inside() -> None:
    for name, path, node in NODES:
        if "$ref" in node:
            assert node["$ref"].removeprefix("#/$defs/") in load_schema(name)["$defs"], where(name, path)


def test_required_fields_exist() -> None:
    for name, path, node in NODES:
        if "required" in node and "properties" in node:
            known = {*node["properties"], *(load_schema(name)["$defs"]["establishment"]["properties"] if "$ref" in node else ())}
            assert set(node["required"]) <= known, where(name, path)


def test_every_object_is_closed() -> None:
    """What stands under a misspelt field would be lost."""
    for name, path, node in NODES:
        if path == MIXED_IN or ("properties" not in node and node.get("type") != "object"):
            continue
        closed = node.get("additionalProperties", node.get("unevaluatedProperties"))
        assert closed is False or isinstance(closed, dict), where(name, path)


def test_every_field_has_a_title_and_a_description() -> None:
    """The reference is made of them; a shared definition may speak for its fields."""
    for name, path, node in NODES:
        if len(path) > 1 and path[-2] == "properties":
            shared = load_schema(name)["$defs"].get(node.get("$ref", "").removeprefix("#/$defs/"), {})
            assert node.get("title") or shared.get("title"), where(name, path)
            assert node.get("description") or shared.get("description"), where(name, path)
    for name in SCHEMAS:
        assert load_schema(name)["title"]
        assert load_schema(name)["description"].endswith(".")


def test_descriptions_are_sentences() -> None:
    for name, path, node in NODES:
        if description := node.get("description"):
            assert description == description.strip(), where(name, path)
            assert description[-1] in ".*:", where(name, path)
        if title := node.get("title"):
            assert title == title.strip(". "), where(name, path)


def test_every_scalar_has_a_type() -> None:
    """Without one, a field would take anything."""
    for name, path, node in NODES:
        if path == MIXED_IN or path[-2:-1] == ("allOf",) or (path[-2:-1] == ("anyOf",) and node.keys() == {"required"}):
            continue
        assert node.keys() & {"type", "enum", "$ref", "anyOf"}, where(name, path)


def test_texts_and_lists_may_not_be_empty() -> None:
    """A list in the files of a registry is left out rather than empty, so that nothing is forgotten unseen."""
    for name, path, node in NODES:
        if name != "profile" and node.get("type") == "array":
            assert node.get("minItems"), where(name, path)
        if name != "profile" and node.get("type") == "string":
            assert node.get("minLength") or node.get("pattern") or node.get("format"), where(name, path)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_pattern_is_strict(pattern: str) -> None:
    assert pattern.startswith("^")
    assert pattern.endswith("$")
    # Letters and digits of other scripts would pass, or whatever may stand for a dot.
    assert not re.search(r"\\[dDwWsSbB]|(?<!\\)\.(?![^\[]*\])", pattern)
    # An alternative outside brackets would escape the anchors.
    assert not re.search(r"\|", re.sub(r"\([^()]*\)", "", pattern))


MATCHING = {
    "^ssh-ed25519 [A-Za-z0-9+/]{68}( [A-Za-z0-9_.@+-]+)*$": f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{'x' * 43} me@home",
    "^[0-9a-f]{24}$": "0123456789abcdef01234567",
    "^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$": "origin/main",
    "^[a-z][a-z0-9]*(-[a-z0-9]+)*$": "head-of-unit",
    "^[a-z][a-z0-9]*(-[a-z0-9]+)*/[a-z][a-z0-9]*(-[a-z0-9]+)*$": "benefits/assign-it",
    "^[A-Za-z0-9_][A-Za-z0-9_-]*(/[A-Za-z0-9_][A-Za-z0-9_-]*)*$": "output/papers",
    "^OD[0-9]{3}$": "OD401",
    "^[0-9]{4,6}([.-][0-9]{1,3})?$": "2419.10",
    "^[0-9]{5,15}$": "03192767",
    "^([0-9]+|none)$": "56789",
    "^[0-9]{8}$": "00032112",
    "^([0-9]{10}|[0-9]{12})$": "1234567890",
    "^([0-9]{13}|[0-9]{15})$": "1234567890123",
    "^([0-9]{8}|[0-9]{10})$": "12345678",
    "^[0-9A-Z]{9}$": "19000000A",
}


def test_every_pattern_has_an_example_and_a_hint() -> None:
    assert set(PATTERNS) == set(MATCHING) == set(spelling.DEMANDS)


@pytest.mark.parametrize("pattern", [*MATCHING, *spelling.TEXT_PATTERNS.values()])
def test_pattern_matches_the_whole_text(pattern: str) -> None:
    """In other languages the sign for the end also matches before a last line feed; here it must not."""
    good = MATCHING.get(pattern, "12")
    validator = jsonschema_rs.Draft202012Validator({"pattern": pattern})
    assert validator.is_valid(good)
    for bad in (
        f"{good}\n",
        f"\n{good}",
        f"{good} ",
        f" {good}",
        f"{good}\n{good}",
        f"{good}\r",
        "",
        "\n",
        f"{good}٣",
        f"{good}а",
        f"{good}\u200b",
    ):
        assert not validator.is_valid(bad), repr(bad)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (
            "integer",
            ["0", "2", "10", "999999999"],
            ["", "-1", "+1", "01", "1.0", "1e3", "1_000", "0x1", "٣", "1 ", "2\n", "9" * 10, "nan", "true"],
        ),
        (
            "number",
            ["0", "0.5", "9800.00", "0.000001", "999999999999.999999"],
            ["", ".5", "5.", "-1", "1,5", "1 000", "1e3", "00.5", ".nan", ".inf", "0.0000001", "1.5\n", "٠.٥", "9" * 13],
        ),
        ("boolean", ["true", "false"], ["", "True", "TRUE", "yes", "no", "on", "1", "true\n"]),
    ],
)
def test_what_text_is_a_number(kind: str, good: list[str], bad: list[str]) -> None:
    validator = jsonschema_rs.Draft202012Validator(orgdocs.schemas._as_text({"type": kind}))
    assert [text for text in good if not validator.is_valid(text)] == []
    assert [text for text in bad if validator.is_valid(text)] == []


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("org/registry.yaml", "registry"),
        ("org/zhytomyr/organisation.yaml", "organisation"),
        ("org/zhytomyr/acts.yaml", "acts"),
        ("org/zhytomyr/wording.yaml", "wording"),
        ("org/zhytomyr/units/benefits.yaml", "unit"),
        ("org/zhytomyr/clauses/rights.yaml", "clauses"),
        ("positions/zhytomyr/director.yaml", "position"),
        ("positions/zhytomyr/benefits/lawyer.yaml", "position"),
        ("positions/lawyer.yaml", None),
        ("positions/a/b/c/lawyer.yaml", None),
        ("org/organisation.yaml", None),
        ("org/a/units/b/c.yaml", None),
        ("org/a/benefits.yaml", None),
        ("org/registry.yaml\n", None),
        ("org/registry.yml", None),
        ("other/org/registry.yaml", None),
    ],
)
def test_kind_of(path: str, kind: str | None) -> None:
    assert kind_of(path) == kind


def test_data_is_passed_on_as_it_is_where_nothing_is_wrong() -> None:
    document = read_document("a.yaml", b"rights: [a]\n")
    faults, data = check_document("clauses", document)
    assert faults == []
    assert data is document.data


def test_list_ends_before_its_first_fault() -> None:
    """Else the places of the entries below would no longer be those in the file."""
    document = read_document("a.yaml", b"rights: [a, {text: b, items: [c, [d], e]}, [f], g]\n")
    assert check_document("clauses", document)[1] == {"rights": ["a", {"text": "b", "items": ["c"]}]}


def test_schemas_accept_what_editors_see() -> None:
    """An editor reads 2 as a number; the schema as it is given to editors takes it."""
    validator = jsonschema_rs.Draft202012Validator(load_schema("position"))
    assert validator.is_valid({"title": "юрист", "staffing": {"posts": 2, "rate": 0.5}, "order": 1})
    assert not validator.is_valid({"title": "юрист", "staffing": {"posts": "two"}})
