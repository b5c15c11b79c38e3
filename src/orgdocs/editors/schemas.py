"""JSON Schemas for editors: those of orgdocs with the ids of one organisation in them, as its files are read by an editor.

An editor reads YAML by its own rules: ``no`` is false there and ``12`` a number, where orgdocs reads text. So a field that
wants text takes these too. Groups of fields that orgdocs joins from two places are written out, for editors show the names
of fields from one place only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from orgdocs.editors.references import known_ids
from orgdocs.model.references import referred_kind
from orgdocs.profiles import PROFILES
from orgdocs.rules import RULES
from orgdocs.schemas import KINDS, load_schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgdocs.hierarchy import Hierarchy

Schema = dict[str, Any]

OF_REGISTRY = ("registry", "constraints")
"""The kinds of files that do not belong to one organisation."""
OF_ORGANISATION = tuple(kind for kind in KINDS if kind not in OF_REGISTRY)

# Parts that hold ids: they are written out at each place, for each place has its own ids.
_WRITTEN_OUT = frozenset({"id", "ids", "reference", "tie", "ties", "duty", "appointment", "establishment", "chosen_pack"})
_WORDS = {"true": True, "false": False}
_NUMBER = re.compile(r"0|[1-9][0-9]*")


def editor_schema(kind: str, hierarchies: Mapping[str, Hierarchy], organisation: str | None = None) -> Schema:
    """The schema of a kind of file for editors, with the ids of an organisation, or for the whole registry of all of them."""
    chosen = [hierarchies[organisation]] if organisation is not None else list(hierarchies.values())
    return _Writing(kind, chosen).write()


class _Writing:
    """Writes one schema anew, from the top down along the routes of the data."""

    def __init__(self, kind: str, hierarchies: list[Hierarchy]) -> None:
        self.kind = kind
        self.hierarchies = hierarchies
        self.source = load_schema("profile" if kind == "wording" else kind)
        self.parts: dict[str, Any] = {}

    def write(self) -> Schema:
        top = {key: value for key, value in self.source.items() if key != "$defs"}
        written: Schema = self._write(top, ())
        if self.parts:
            written["$defs"] = {name: self.parts[name] for name in sorted(self.parts)}
        return written

    def _write(self, schema: Any, route: tuple[str, ...]) -> Any:
        if not isinstance(schema, dict):
            return schema
        part = str(schema.get("$ref", "")).removeprefix("#/$defs/")
        if part in _WRITTEN_OUT:
            below = self.source["$defs"][part]
            properties = {**below.get("properties", {}), **schema.get("properties", {})}
            schema = {**below, **{key: value for key, value in schema.items() if key != "$ref"}}
            if properties:
                schema["properties"] = properties
            if part in {"id", "reference"} and (ids := self._ids(route)) is not None:
                return self._enumerate(schema, ids)
        elif part:
            self._keep(part, route)
        written = {key: self._write_key(key, value, route) for key, value in schema.items()}
        if written.pop("unevaluatedProperties", True) is False:
            written["additionalProperties"] = False
        return _take_plain_words(self._with_known_words(written, route))

    def _write_key(self, key: str, value: Any, route: tuple[str, ...]) -> Any:
        if key == "properties":
            return {name: self._write(inner, (*route, name)) for name, inner in value.items()}
        if key in {"items", "additionalProperties", "propertyNames"}:
            return self._write(value, route)
        if key in {"anyOf", "allOf"}:
            return [self._write(inner, route) for inner in value]
        return value

    def _keep(self, part: str, route: tuple[str, ...]) -> None:
        """Parts of which others are made, and that may hold themselves, stay apart."""
        if part not in self.parts:
            self.parts[part] = None
            self.parts[part] = self._write(self.source["$defs"][part], route)

    def _ids(self, route: tuple[str, ...]) -> dict[str, str] | None:
        referred = referred_kind(self.kind, route)
        if referred is None:
            return None
        if referred == "organisation":
            return {item.institution.organisation.id: str(item.institution.organisation.name) for item in self.hierarchies}
        if referred == "anything" and self.kind == "constraints":
            return None  # whatever is looked at: its id, or that of a function
        return {key: title for hierarchy in self.hierarchies for key, title in known_ids(hierarchy, referred).items()}

    @staticmethod
    def _enumerate(schema: Schema, ids: dict[str, str]) -> Schema:
        """The ids as the values that are possible. Where there are none yet, what an id looks like."""
        if not ids:
            return schema
        plain = {key: value for key, value in schema.items() if key not in {"pattern", "maxLength", "examples"}}
        return {**plain, "enum": list(ids), "enumDescriptions": list(ids.values())}

    def _with_known_words(self, schema: Schema, route: tuple[str, ...]) -> Schema:
        """Words that are no ids of the registry and known all the same: profiles and the codes of rules."""
        if self.kind == "organisation" and route == ("profile",):
            return self._enumerate(schema, dict.fromkeys(PROFILES, ""))
        codes = {rule.code: rule.name for rule in RULES}
        if self.kind == "registry" and route == ("rules", "ignore") and schema.get("type") == "string":
            return self._enumerate(schema, codes)
        if self.kind == "registry" and route == ("rules", "severity") and "propertyNames" in schema:
            schema = {key: value for key, value in schema.items() if key not in {"propertyNames", "additionalProperties"}}
            severity = {"enum": ["error", "warning"]}
            return {
                **schema,
                "properties": {code: {"title": name, **severity} for code, name in codes.items()},
                "additionalProperties": False,
            }
        return schema


def _take_plain_words(schema: Schema) -> Schema:
    """Where text is wanted, what an editor takes for a number or a yes or no is text as well."""
    if schema.get("type") == "string":
        if "enum" in schema or "format" in schema:
            return schema
        return {**schema, "type": ["string", "number", "boolean"]}
    if "enum" in schema and "type" not in schema:
        words = [word for word in schema["enum"] if isinstance(word, str)]
        also = [_WORDS[word] if word in _WORDS else int(word) for word in words if word in _WORDS or _NUMBER.fullmatch(word)]
        return {**schema, "enum": [*schema["enum"], *also]}
    return schema
