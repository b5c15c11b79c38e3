"""What each kind of file may hold: JSON Schemas, and the faults that a file has by its schema."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from orgdocs.problems import Fault, Finding, Place, Route, Sentence
from orgdocs.schemas.spelling import (
    HOW,
    LOOK_ALIKES,
    NAMES,
    TEXT_PATTERNS,
    demand,
    explain_date,
    explain_list,
    is_day,
    nearest_word,
    refuse,
    refuse_id,
    shorten,
    spell,
    suggest,
    suggest_id,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from orgdocs.documents import Data, Document

__all__ = ["KINDS", "MOST_FIELDS_TOLD", "check_document", "kind_of", "load_schema", "refuse_id", "suggest", "suggest_id"]

KINDS = ("registry", "constraints", "organisation", "people", "unit", "position", "acts", "clauses", "classifiers", "wording")
"""The kinds of files, in the order in which the reference lists them."""

_ID = r"[^/]+"
_PATHS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("registry", r"org/registry\.yaml"),
        ("constraints", r"org/constraints\.yaml"),
        ("organisation", rf"org/{_ID}/organisation\.yaml"),
        ("people", rf"org/{_ID}/people\.yaml"),
        ("acts", rf"org/{_ID}/acts\.yaml"),
        ("classifiers", rf"org/{_ID}/classifiers\.yaml"),
        ("wording", rf"org/{_ID}/wording\.yaml"),
        ("unit", rf"org/{_ID}/units/{_ID}\.yaml"),
        ("clauses", rf"org/{_ID}/clauses/{_ID}\.yaml"),
        ("position", rf"positions/{_ID}(/{_ID})?/{_ID}\.yaml"),
    )
)
_NUMBER_KEY = re.compile(r"\+?[0-9]{1,20}")

MOST_FIELDS_TOLD = 12
"""Where more fields are possible than this, a hint does not list them all."""


def kind_of(path: str) -> str | None:
    """The kind of file that belongs at a path, or None if none does."""
    return next((kind for kind, pattern in _PATHS if pattern.fullmatch(path)), None)


@cache
def load_schema(kind: str) -> dict[str, Any]:
    """The schema of a kind of file, shared definitions included, as it is documented and given to editors."""
    folder = files(__name__)
    schema: dict[str, Any] = json.loads((folder / f"{kind}.json").read_text("utf-8"))
    common: dict[str, Any] = json.loads((folder / "common.json").read_text("utf-8"))
    schema["$defs"] = {**common["$defs"], **schema.get("$defs", {})}
    return schema


def check_document(kind: str, document: Document) -> tuple[list[Fault], Data]:
    """The faults of a document by its schema, and its data without the values that are at fault.

    A list ends before its first entry that is at fault, so that the places of the others stay right. Of values that
    were lost while the file was read nothing is said, for there is a fault for each already.
    """
    if document.data is None:  # the file could not be read
        return [], None
    if not document.lost and _validator(kind).is_valid(document.data):
        return [], document.data
    checking = _Checking(kind, document)
    for error in _validator(kind).iter_errors(document.data):
        checking.take(error)
    checking.take_missing()
    return checking.faults, _without(document.data, checking.bad | document.lost)


@cache
def _validator(kind: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(_as_text(load_schema(kind)), formats={"date": is_day}, validate_formats=True)


def _as_text(schema: Any) -> Any:
    """The schema as it holds for scalars that are all text."""
    if isinstance(schema, list):
        return [_as_text(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: _as_text(value) for key, value in schema.items()}
    reads = result.get("type")
    if isinstance(reads, str) and reads in TEXT_PATTERNS:
        result |= {"type": "string", "pattern": TEXT_PATTERNS[reads]}
    elif reads == "boolean":
        del result["type"]
        result["enum"] = ["true", "false"]
    return result


_Kind = jsonschema_rs.ValidationErrorKind


class _Checking:
    """Turns the validator's errors into faults that say what to do, each at its key or value."""

    def __init__(self, kind: str, document: Document) -> None:
        self.schema = load_schema(kind)
        self.document = document
        self.faults: list[Fault] = []
        self.bad: set[Route] = set()
        self.told: set[tuple[Route, Route]] = set()
        self.missing: list[tuple[list[str], Route]] = []
        self.meant: set[Route] = set()
        """Routes of fields that stand there under a misspelt name: they are not missing besides."""
        self.texts: set[Route] = set()
        """Routes of what was read as a group of fields, and rather is a text with a colon in it."""

    def take(self, error: jsonschema_rs.ValidationError) -> None:
        """Add the faults that one error stands for."""
        route = self._route(error)
        kind = error.kind
        if isinstance(kind, _Kind.AnyOf):
            if keys := _one_of_fields(kind.context, error.instance_path):
                self.missing.append((keys, route))
                return
            for inner in _nearest(kind.context, error.instance_path):
                self.take(inner)
        elif isinstance(kind, _Kind.AdditionalProperties | _Kind.UnevaluatedProperties):
            known = self._known_fields(list(error.schema_path)[:-1])
            # A field that is known is not unknown for a fault in it.
            for key in kind.unexpected:
                if key not in known:
                    self._take_unknown(key, known, route)
        elif isinstance(kind, _Kind.Required):
            self.missing.append(([kind.property], route))
        elif isinstance(kind, _Kind.PropertyNames):
            self._take_name(str(kind.error.instance), self._schema_at(list(kind.error.schema_path)[:-1]), route)
        else:
            self._take_value(kind.name, self._schema_at(list(error.schema_path)[:-1]), route)

    def _route(self, error: jsonschema_rs.ValidationError) -> Route:
        """The route to the value at fault.

        The validator tells the key "01" of a map as the number 1, so the key is looked for: the first that is such a
        number, leads to this very value, and was not blamed for the same before.
        """
        path = error.instance_path
        if not any(isinstance(step, int) for step in path):
            return tuple(path)
        fault = tuple(error.schema_path)
        for route in _routes(self.document.data, path, error.instance):
            if (route, fault) not in self.told:
                self.told.add((route, fault))
                return route
        return tuple(path)

    def _take_unknown(self, key: str, known: list[str], route: Route) -> None:
        place = Place(self.document.path, (*route, key), at_key=True)
        latin = key.lower().translate(LOOK_ALIKES)
        near = nearest_word(latin, known)
        if near is not None:
            self.meant.add((*route, near))
        if near == latin != key.lower():
            hint = Sentence("letters of it are Cyrillic; type {word} anew in Latin letters", word=latin)
        elif near is not None:
            hint = Sentence("did you mean {word}?", word=near)
        elif self._is_text(key, route):
            self.texts.add(route)
            hint = Sentence("if this is text, put the whole of it in quotes")
        elif route and key in self.schema.get("properties", ()):
            hint = Sentence(
                "{key} is a field of the file itself: begin it in the first column, like the field {first}", key=key, first=route[0]
            )
        elif key.isdigit() and _value_at(self.document.data, (*route, key)) is None:
            hint = Sentence("if this belongs to a number, write the number with a point: 0.5")
        elif len(known) <= MOST_FIELDS_TOLD:
            hint = Sentence("the fields here are: {fields}", fields=", ".join(known))
        else:
            hint = Sentence("the fields that are possible here are listed in docs/yaml.md")
        self._add("unknown-field", place, Sentence("there is no field {key} here", key=shorten(key)), hint)

    def _is_text(self, key: str, route: Route) -> bool:
        """Whether an entry of a list, ``- may decide: everything``, rather is a text with a colon than a field with its value."""
        entry = _value_at(self.document.data, route)
        return bool(route) and isinstance(route[-1], int) and isinstance(entry, dict) and len(entry) == 1 and isinstance(entry[key], str)

    def take_missing(self) -> None:
        """Add the faults for what is missing, which can be told only when everything else is known."""
        for keys, route in self.missing:
            if route in self.texts or any((*route, key) in self.meant for key in keys):
                continue
            if any(lost[:-1] == route and _value_at(self.document.data, lost) is None for lost in self.document.lost):
                continue  # what is missing may be what could not be read
            place = Place(self.document.path, route, at_key=bool(route))
            if len(keys) == 1:
                sentence = Sentence("the field {key} is missing here", key=keys[0])
            else:
                sentence = Sentence("at least one of these fields is missing here: {fields}", fields=", ".join(keys))
            self._add("missing-field", place, sentence, None, bad=bool(route))

    def _take_name(self, name: str, schema: dict[str, Any], route: Route) -> None:
        place = Place(self.document.path, (*route, name), at_key=True)
        if place not in (fault.finding.place for fault in self.faults):
            self._add("bad-value", place, Sentence("{value} cannot be a name here", value=shorten(name)), demand(schema, name))

    def _take_value(self, name: str, schema: dict[str, Any], route: Route) -> None:
        value = _value_at(self.document.data, route)
        reads = schema.get("type", "string")
        place = Place(self.document.path, route)
        if value is None:
            self._take_nothing(route)
        elif value == "":
            self._add("no-value", place, Sentence("nothing stands here"), Sentence("write it, or take the field out"))
        elif name == "type":
            self._add("wrong-type", place, Sentence("{what} is expected here", what=NAMES[reads]), explain_list(reads, value))
        elif reads in {"integer", "number", "boolean"}:
            self._add("wrong-type", place, refuse(reads, value), spell(reads, str(value)) if isinstance(value, str) else HOW[reads])
        elif name == "enum":
            options = [str(option) for option in schema["enum"]]
            hint = suggest(str(value).lower(), options) if isinstance(value, str) else None
            hint = hint or Sentence("one of: {options}", options=", ".join(options))
            self._add("bad-value", place, Sentence("{value} is not possible here", value=shorten(value)), hint)
        elif name == "format":
            self._add("bad-value", place, *explain_date(str(value)))
        elif name == "pattern":
            self._add("bad-value", place, Sentence("{value} is not possible here", value=shorten(value)), demand(schema, str(value)))
        elif name == "maxLength":
            sentence = Sentence("the text is longer than {count} characters", count=schema["maxLength"])
            self._add("bad-value", place, sentence, None)
        elif name in {"minItems", "maxItems"} and (count := schema[name]) > 1:
            self._add("bad-value", place, Sentence("{count} entries are expected here", count=count), None)
        else:
            self._add("no-value", place, Sentence("nothing stands here"), Sentence("write it, or take the field out"))

    def _take_nothing(self, route: Route) -> None:
        """Nothing stands where a value belongs, or the word ``null`` in any of its forms."""
        key = Place(self.document.path, route, at_key=True)
        if isinstance(route[-1], int):
            hint = Sentence("write the entry, or take the line out")
        elif self.document.span(key) != self.document.span(Place(self.document.path, route)):
            hint = Sentence("null and ~ mean no value in YAML; if the text itself is meant, put it in quotes")
        else:
            hint = Sentence("write it, or take the line out")
        self._add("no-value", key, Sentence("a value is missing here"), hint)

    def _add(self, rule: str, place: Place, sentence: Sentence, hint: Sentence | None, *, bad: bool = True) -> None:
        if bad:
            self.bad.add(place.route)
        at_lost = any(place.route[: len(lost)] == lost for lost in self.document.lost)
        if not at_lost or (rule == "unknown-field" and place.route in self.document.lost):
            self.faults.append(Fault(rule, Finding(place, sentence, hint=hint)))

    def _schema_at(self, path: list[str | int]) -> dict[str, Any]:
        schema: Any = self.schema
        for step in path:
            schema = schema[step]
        return schema if isinstance(schema, dict) else {}

    def _known_fields(self, path: list[str | int]) -> list[str]:
        schema = self._schema_at(path)
        known = list(schema.get("properties", ()))
        if (reference := schema.get("$ref", "")).startswith("#/$defs/"):
            known += list(self.schema["$defs"][reference.removeprefix("#/$defs/")].get("properties", ()))
        return known


def _routes(data: Any, path: list[str | int], instance: Any) -> Iterator[Route]:
    """All routes for which a path of the validator may stand, and that lead to the value it speaks of."""
    if not path:
        if data == instance:
            yield ()
        return
    step, rest = path[0], path[1:]
    if isinstance(data, list):
        keys: list[str | int] = [step]
    else:
        keys = [key for key in data if key == step or (_NUMBER_KEY.fullmatch(key) and int(key) == step)]
    for key in keys:
        for route in _routes(data[key], rest, instance):
            yield (key, *route)


def _one_of_fields(context: list[list[jsonschema_rs.ValidationError]], path: list[str | int]) -> list[str]:
    """The fields of which at least one is wanted, if that is all that the alternatives say."""
    keys = [
        error.kind.property
        for errors in context
        for error in errors
        if isinstance(error.kind, _Kind.Required) and error.instance_path == path
    ]
    return keys if len(keys) == len(context) and all(len(errors) == 1 for errors in context) else []


def _nearest(context: list[list[jsonschema_rs.ValidationError]], path: list[str | int]) -> list[jsonschema_rs.ValidationError]:
    """The errors of the alternative that the writer meant: the one whose type fits the value."""
    for errors in context:
        if not any(isinstance(inner.kind, _Kind.Type) and inner.instance_path == path for inner in errors):
            return errors
    # No alternative has the type of the value: say what the first one wants.
    return context[0][:1]


def _value_at(data: Data, route: Route) -> Data:
    for step in route:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step]
        else:
            return None
    return data


def _without(data: Data, bad: AbstractSet[Route], route: Route = ()) -> Data:
    """A copy of the data without the values at the given routes; a list ends before the first of them."""
    if isinstance(data, dict):
        return {key: _without(value, bad, (*route, key)) for key, value in data.items() if (*route, key) not in bad and route not in bad}
    if isinstance(data, list):
        end = next((index for index in range(len(data)) if (*route, index) in bad), len(data))
        return [_without(value, bad, (*route, index)) for index, value in enumerate(data[:end])]
    return data
