"""Fields that have no comparison of their own: whatever the model holds is compared by what it consists of, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from orgdocs.comparing.describing import whole, yes_no
from orgdocs.comparing.recording import LANGUAGES
from orgdocs.model import Clause, Person, Ref
from orgdocs.problems import Place, Sentence

if TYPE_CHECKING:
    from orgdocs.comparing.changes import Value
    from orgdocs.comparing.recording import Record
    from orgdocs.comparing.sides import Side

LABELS = {
    "emblem": Sentence("emblem"),
    "qr_code": Sentence("QR code on the papers"),
    "registrar": Sentence("registrar of acts"),
    "holds": Sentence("posts held"),
    "keys": Sentence("keys that sign"),
}
"""What fields are called, where they are not called by their own names."""

_OF_EVERYTHING = frozenset({"id", "place", "partial", "previously"})


def compare_rest(record: Record, before: Any, after: Any, told: Collection[str]) -> None:
    """Compare the fields of two entities that are not told already."""
    for field in fields(after):
        if field.name not in _OF_EVERYTHING and field.name not in told:
            label = LABELS.get(field.name, Sentence("field {field}", field=field.name))
            compare_parts(record, (field.name,), label, getattr(before, field.name, None), getattr(after, field.name, None))


def compare_parts(record: Record, route: tuple[str, ...], label: Sentence, before: Any, after: Any) -> None:
    """Compare two values part by part; ``label`` is what the field is called that they stand in."""
    if before == after:
        return
    sides = record.sides
    if isinstance(before, Ref | None) and isinstance(after, Ref | None):
        record.reference(route, label, before, after)
        return
    names = _parts(before, after)
    if names is not None:
        for name in names:
            compare_parts(record, (*route, name), _deeper(label, name), *(_part(value, name) for value in (before, after)))
    elif isinstance(before, tuple) and isinstance(after, tuple) and not _is_plain(before, after):
        old, new = ([tell(side, one) for one in values] for side, values in ((sides.before, before), (sides.after, after)))
        for gone, come in _pair([one for one in old if one not in new], [one for one in new if one not in old]):
            record.value(route, label, gone, come)
    elif any(isinstance(value, str) and " " in value for value in (before, after)):
        record.text(route, label, before, after)
    else:
        record.value(route, label, tell(sides.before, before), tell(sides.after, after))


def _pair(old: list[Value | None], new: list[Value | None]) -> Iterator[tuple[Value | None, Value | None]]:
    """What went and what came, together where both have a part in common."""
    for gone in old:
        parts = set(gone) if isinstance(gone, tuple) else {gone}
        alike = next((come for come in new if parts & (set(come) if isinstance(come, tuple) else {come})), None)
        if alike is not None:
            new.remove(alike)
        yield gone, alike
    yield from ((None, come) for come in new)


def compare_rest_of(record: Record, route: tuple[str, ...], label: Sentence, before: Any, after: Any, told: Collection[str]) -> None:
    """Compare the parts of two groups of values, either of which may be None, that are not told already."""
    for name in _parts(before, after) or ():
        if name not in told:
            compare_parts(record, (*route, name), _deeper(label, name), *(_part(value, name) for value in (before, after)))


def _deeper(label: Sentence, name: str) -> Sentence:
    return Sentence("{what} ({language})", what=label, language=LANGUAGES[name]) if name in LANGUAGES else _with_name(label, name)


def _with_name(label: Sentence, name: str) -> Sentence:
    return Sentence("{what}, {part}", what=label, part=name)


def _parts(before: Any, after: Any) -> list[str] | None:
    """The names of the parts that two values consist of, None if they are no groups of values."""
    names: dict[str, None] = {}
    for value in (before, after):
        if isinstance(value, Mapping):
            names.update(dict.fromkeys(value))
        elif hasattr(value, "_fields") and not isinstance(value, Clause | Ref):
            names.update(dict.fromkeys(value._fields))
        elif value is not None:
            return None
    return [name for name in names if name != "place"]


def _part(value: Any, name: str) -> Any:
    if isinstance(value, Mapping):
        return value.get(name)
    return getattr(value, name, None)


def _is_plain(*values: tuple[Any, ...]) -> bool:
    return all(isinstance(one, str | int | Decimal) for value in values for one in value)


def tell(side: Side, value: Any) -> Value | None:
    """Any value of the model in words."""
    if value is None or value == ():
        return None
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, int):
        return whole(value)
    if isinstance(value, str | Decimal | date | Sentence):
        return value
    if isinstance(value, Ref):
        return side.name(value.id)
    if isinstance(value, Clause):
        return side.say(value.text)
    if isinstance(value, Person):
        return side.person(value)
    if isinstance(value, Mapping):
        return tuple(f"{key}: {told}" for key, one in value.items() if (told := tell(side, one)) is not None) or None
    parts = [tell(side, one) for one in value if not isinstance(one, Place) and one not in (False, None)]
    return tuple(part for part in parts if part is not None) or None
