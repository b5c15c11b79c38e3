"""Which fields of which kinds of files hold the id of something else, and what that id stands for."""

from __future__ import annotations

from collections.abc import Iterator

from orgdocs.documents import Data
from orgdocs.problems import Route

_ESTABLISHMENT = {
    ("head",): "position",
    ("deputies",): "position",
    ("subordinate_to",): "anybody",
    ("accountable_to",): "anybody",
    ("coordinated_by",): "anybody",
    ("cooperates_with",): "anybody",
    ("guided_by",): "act",
    ("functions", "lead"): "position",
    ("functions", "serves"): "task",
}
_FIELDS: dict[str, dict[tuple[str, ...], str]] = {
    "organisation": {
        **_ESTABLISHMENT,
        ("superior_body",): "actor",
        ("approvals", "for"): "approved",
        ("approvals", "by"): "actor",
        ("approvals", "signed_by"): "actor",
        ("approvals", "agreed_by"): "actor",
        ("approvals", "also_by"): "actor",
        ("registrar",): "position",
    },
    "people": {("people", "holds", "post"): "actor"},
    "unit": {**_ESTABLISHMENT, ("parent",): "unit"},
    "position": {
        ("unit",): "unit",
        ("reports_to",): "actor",
        ("accountable_to",): "anybody",
        ("coordinated_by",): "anybody",
        ("appointed_by", "by"): "actor",
        ("appointed_by", "on_proposal_of"): "actor",
        ("dismissed_by", "by"): "actor",
        ("dismissed_by", "on_proposal_of"): "actor",
        ("substituted_by",): "position",
        ("basis",): "act",
        ("guided_by",): "act",
        ("includes",): "clauses",
        ("duties", "performs"): "function",
        ("relations", "with"): "anybody",
        ("territories",): "territory",
    },
    "clauses": {("guided_by",): "act", ("duties", "performs"): "function"},
    "registry": {
        ("rules", "packs", "organisations"): "organisation",
        ("rules", "packs", "marks", "support"): "anything",
        ("rules", "packs", "marks", "anticorruption"): "anything",
        ("rules", "packs", "marks", "leading-posts"): "anything",
    },
    "constraints": {("constraints", "except", "id"): "anything", ("constraints", "except", "organisation"): "organisation"},
}
"""By kind of file and route: what the id in the field stands for. Indices and deeper clauses are left out of the routes."""

_TIES = frozenset({"subordinate_to", "accountable_to", "coordinated_by", "cooperates_with"})


def referred_kind(kind: str, route: Route) -> str | None:
    """What the id at a route in a kind of file stands for; None where no id is expected.

    >>> referred_kind("position", ("duties", 3, "performs", 0))
    'function'
    """
    keys = tuple(step for step in route if isinstance(step, str) and step != "items")
    if len(keys) == 2 and keys[0] in _TIES and keys[1] == "with":
        keys = keys[:1]
    if kind == "people" and len(keys) == 4:  # the id of the person lies in between
        keys = (keys[0], *keys[2:])
    return _FIELDS.get(kind, {}).get(keys)


SPACES = {
    "unit": "entity", "position": "entity", "actor": "entity", "anybody": "entity", "approved": "entity", "anything": "entity",
    "act": "act", "clauses": "clauses", "function": "function", "territory": "territory", "task": "task",
}  # fmt: skip
"""By what an id stands for, the set of ids that it is one of: posts, units and bodies share one."""


def walk_values(data: Data, route: Route = ()) -> Iterator[tuple[Route, str]]:
    """All texts in the data of a file with their routes."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from walk_values(value, (*route, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from walk_values(value, (*route, index))
    elif data is not None:
        yield route, data
