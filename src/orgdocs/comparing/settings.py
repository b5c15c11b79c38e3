"""What changed in the settings of a registry and in its own rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from orgdocs.comparing.changes import Change, Kind, Subject
from orgdocs.model import Settings
from orgdocs.problems import Place, Sentence
from orgdocs.sources import MARKER

if TYPE_CHECKING:
    from orgdocs.model import Constraint


def compare_settings(before: Settings, after: Settings) -> Iterator[Change]:
    """The settings of the registry and its own rules: what they forbid decides what can be approved."""
    subject = Subject("registry", MARKER, MARKER)
    for field in fields(Settings):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if field.name != "constraints" and old != new:
            what = Sentence("setting {name}", name=field.name)
            places: dict[str, Any] = {"was": Place(MARKER), "now": Place(MARKER)}
            yield Change(kind=Kind.CHANGED, organisation="", subject=subject, what=what, field=field.name, **_told(old, new), **places)
    rules = [{constraint.id: constraint for constraint in settings.constraints} for settings in (before, after)]
    for rule_id in dict.fromkeys((*rules[0], *rules[1])):
        was, now = (side.get(rule_id) for side in rules)
        if _meaning(was) == _meaning(now):
            continue
        kind = Kind.CHANGED if was and now else Kind.ADDED if now else Kind.REMOVED
        what = Sentence("own rule {id}", id=rule_id)
        where: dict[str, Any] = {"was": was.place if was else None, "now": now.place if now else None}
        yield Change(kind=kind, organisation="", subject=subject, what=what, field=f"constraints.{rule_id}", **where)


def _told(before: Any, after: Any) -> dict[str, Any]:
    return {"before": _plain(before), "after": _plain(after)}


def _plain(value: Any) -> Any:
    """A setting as text; what has no value is None."""
    if value is None or value in ((), {}, frozenset()):
        return None
    if isinstance(value, Mapping):
        return tuple(f"{key}: {one}" for key, one in sorted(value.items()))
    if isinstance(value, frozenset):
        return tuple(sorted(value))
    if isinstance(value, tuple):
        return tuple(str(getattr(one, "id", one)) for one in value)
    return str(value)


def _meaning(constraint: Constraint | None) -> Any:
    """What a constraint demands, without where it stands."""
    if constraint is None:
        return None
    exceptions = [(one.ref.id, one.organisation.id if one.organisation else None) for one in constraint.exceptions]
    return (constraint.says, constraint.subjects, constraint.must, constraint.where, constraint.severity, exceptions)
