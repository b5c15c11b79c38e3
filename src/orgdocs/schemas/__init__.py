"""What each kind of file may hold: JSON Schemas, and the faults that a file has by its schema."""

from __future__ import annotations

import json
import re
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from orgdocs.problems import Fault, Finding, Place, Route, Sentence

if TYPE_CHECKING:
    from orgdocs.documents import Data, Document

KINDS = ("registry", "organisation", "unit", "position", "acts", "clauses", "wording")
"""The kinds of files, in the order in which the reference lists them."""

_ID = r"[^/]+"
_PATHS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("registry", r"org/registry\.yaml"),
        ("organisation", rf"org/{_ID}/organisation\.yaml"),
        ("acts", rf"org/{_ID}/acts\.yaml"),
        ("wording", rf"org/{_ID}/wording\.yaml"),
        ("unit", rf"org/{_ID}/units/{_ID}\.yaml"),
        ("clauses", rf"org/{_ID}/clauses/{_ID}\.yaml"),
        ("position", rf"positions/{_ID}(/{_ID})?/{_ID}\.yaml"),
    )
)

# Every scalar of a file is text. Where the schema wants something else, this is how the text must look.
_TEXT_PATTERNS = {"integer": "^(0|[1-9][0-9]{0,8})$", "number": "^(0|[1-9][0-9]{0,11})(\\.[0-9]{1,6})?$"}
_EXPECTED = {
    "integer": Sentence("a whole number, for example 2"),
    "number": Sentence("a number such as 9800 or 0.5, with a point and without spaces"),
    "boolean": Sentence("true or false"),
    "string": Sentence("a text"),
    "array": Sentence("a list, each entry on a line of its own that begins with a dash"),
    "object": Sentence("fields of its own, indented below it"),
}


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
    """The faults of a document by its schema, and its data without the values that are at fault."""
    if _validator(kind).is_valid(document.data):
        return [], document.data
    checking = _Checking(kind, document)
    for error in _validator(kind).iter_errors(document.data):
        checking.take(error)
    return checking.faults, _without(document.data, checking.bad)


@cache
def _validator(kind: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(_as_text(load_schema(kind)), validate_formats=True)


def _as_text(schema: Any) -> Any:
    """The schema as it holds for scalars that are all text."""
    if isinstance(schema, list):
        return [_as_text(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    result = {key: _as_text(value) for key, value in schema.items()}
    reads = result.get("type")
    if isinstance(reads, str) and reads in _TEXT_PATTERNS:
        result |= {"type": "string", "pattern": _TEXT_PATTERNS[reads]}
    elif reads == "boolean":
        del result["type"]
        result["enum"] = ["true", "false"]
    return result


class _Checking:
    """Turns the validator's errors into faults that say what to do, each at its key or value."""

    def __init__(self, kind: str, document: Document) -> None:
        self.schema = load_schema(kind)
        self.document = document
        self.faults: list[Fault] = []
        self.bad: set[Route] = set()

    def take(self, error: jsonschema_rs.ValidationError) -> None:
        route: Route = tuple(error.instance_path)
        name = error.kind.name
        if name == "anyOf":
            for inner in self._nearest(error):
                self.take(inner)
        elif name in {"additionalProperties", "unevaluatedProperties"}:
            self._take_unknown(error, route)
        elif name == "required":
            self._take_missing(error.kind.property, route)
        elif name == "propertyNames":
            self._take_name(error, route)
        else:
            self._take_value(error, name, route)

    def _nearest(self, error: jsonschema_rs.ValidationError) -> list[jsonschema_rs.ValidationError]:
        """The errors of the alternative that the writer meant: the one whose type fits the value."""
        here = list(error.instance_path)
        for errors in error.kind.context:
            if not any(inner.kind.name == "type" and list(inner.instance_path) == here for inner in errors):
                return list(errors)
        # No alternative has the type of the value: say what the first one wants.
        return [error.kind.context[0][0]]

    def _take_unknown(self, error: jsonschema_rs.ValidationError, route: Route) -> None:
        known = self._known_fields(list(error.schema_path)[:-1])
        for key in error.kind.unexpected:
            place = Place(self.document.path, (*route, key), at_key=True)
            sentence = Sentence("there is no field {key} here", key=key)
            hint = suggest(key, known)
            if "\xa0" in key:
                hint = Sentence("there is a non-breaking space in front of it or in it; type an ordinary space")
            elif hint is None:
                hint = Sentence("the fields here are: {fields}", fields=", ".join(known))
            self._add("unknown-field", place, sentence, hint)

    def _take_missing(self, key: str, route: Route) -> None:
        place = Place(self.document.path, route, at_key=bool(route))
        self._add("missing-field", place, Sentence("the field {key} is missing here", key=key), None, bad=bool(route))

    def _take_name(self, error: jsonschema_rs.ValidationError, route: Route) -> None:
        data = _value_at(self.document.data, route)
        inner = self._schema_at(list(error.schema_path))
        for key in data if isinstance(data, dict) else ():
            if not jsonschema_rs.is_valid({**inner, "$defs": self.schema["$defs"]}, key):
                place = Place(self.document.path, (*route, key), at_key=True)
                if any(fault.finding.place == place for fault in self.faults):
                    continue
                self._add("bad-value", place, Sentence("{value} cannot be a name here", value=key), _hint_for(inner, self.schema))

    def _take_value(self, error: jsonschema_rs.ValidationError, name: str, route: Route) -> None:
        place = Place(self.document.path, route)
        value = _value_at(self.document.data, route)
        schema = self._schema_at(list(error.schema_path)[:-1])
        reads = schema.get("type", "string")
        if value is None:
            place = Place(self.document.path, route, at_key=True)
            self._add("no-value", place, Sentence("a value is missing here"), Sentence("write it, or take the line out"))
        elif name == "type":
            self._add(
                "wrong-type", place, Sentence("expected here: {what}", what=_EXPECTED[reads if isinstance(reads, str) else "string"]), None
            )
        elif reads in {"integer", "number", "boolean"}:
            sentence = Sentence("{value} is not {what}", value=_short(value), what=_EXPECTED[reads])
            self._add("wrong-type", place, sentence, None)
        elif name == "enum":
            options = [str(option) for option in schema.get("enum", ())]
            hint = suggest(str(value), options) or Sentence("one of: {options}", options=", ".join(options))
            self._add("bad-value", place, Sentence("{value} is not possible here", value=_short(value)), hint)
        elif name == "format":
            sentence = Sentence("{value} is not a date; write year-month-day, for example 2026-01-31", value=_short(value))
            self._add("bad-value", place, sentence, None)
        elif name == "pattern":
            self._add("bad-value", place, Sentence("{value} is not possible here", value=_short(value)), _hint_for(schema, self.schema))
        elif name == "maxLength":
            sentence = Sentence("the text is longer than {count} characters", count=schema["maxLength"])
            self._add("bad-value", place, sentence, None)
        elif name in {"minLength", "minItems", "minProperties"}:
            self._add("no-value", place, Sentence("nothing stands here"), Sentence("write it, or take the field out"))
        else:
            self._add("bad-value", place, Sentence("{value} is not possible here", value=_short(value)), None)

    def _add(self, rule: str, place: Place, sentence: Sentence, hint: Sentence | None, *, bad: bool = True) -> None:
        self.faults.append(Fault(rule, Finding(place, sentence, hint=hint)))
        if bad:
            self.bad.add(place.route)

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


def suggest(word: str, known: list[str] | tuple[str, ...]) -> Sentence | None:
    """ "Did you mean", if one of the known words is near enough."""
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return Sentence("did you mean {word}?", word=near[0]) if near else None


def _hint_for(schema: dict[str, Any], whole: dict[str, Any]) -> Sentence | None:
    if (reference := schema.get("$ref", "")).startswith("#/$defs/"):
        schema = whole["$defs"][reference.removeprefix("#/$defs/")]
    if schema.get("title") == "Id":
        return Sentence("an id consists of lower-case Latin letters, digits and single hyphens, at most 64 characters")
    if schema.get("title") == "Function reference":
        return Sentence("write the unit, a slash and the function: benefits/assign-family-benefits")
    if schema.get("pattern", "").strip("^$()").startswith("[0-9]"):
        return Sentence("a code of digits is expected here")
    return None


def _short(value: Data) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else text[:39] + "…"


def _value_at(data: Data, route: Route) -> Data:
    for step in route:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step]
        else:
            return None
    return data


def _without(data: Data, bad: set[Route], route: Route = ()) -> Data:
    """A copy of the data without the values at the given routes."""
    if isinstance(data, dict):
        return {key: _without(value, bad, (*route, key)) for key, value in data.items() if (*route, key) not in bad}
    if isinstance(data, list):
        return [_without(value, bad, (*route, index)) for index, value in enumerate(data) if (*route, index) not in bad]
    return data
