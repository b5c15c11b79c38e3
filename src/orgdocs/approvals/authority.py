"""Who may approve: the approval matrix, the people with their posts and keys, and who stands in for whom, as one plain document.

The document is what an approval of authority binds, and what every record names by its digest. It is written into the ledger
whole, so that old records are judged by what held then, whatever has become of the YAML since.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from orgdocs.approvals.records import canonical, digest_of
from orgdocs.model import Position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgdocs.model import Approval, Holder, Institution, SigningKey


class Rule(NamedTuple):
    """One entry of the approval matrix: who approves, how many of them, and who agrees before."""

    approvers: tuple[str, ...]
    agreed_by: tuple[str, ...]
    act: str | None
    threshold: int
    four_eyes: bool


class Key(NamedTuple):
    """A public key of a person and its days, year-month-day or empty."""

    key: str
    since: str
    retired: str
    revoked: str
    sealed: tuple[str, ...]


class Capacity(NamedTuple):
    """How a person signs for a post: by holding it, by a post that substitutes it, or as the registrar of a body's act."""

    holds: str
    records_act: bool = False
    acting: bool = False


_TEXTS = [str]
_SHAPE: Any = {
    "organisation": str, "registrar": str, "bodies": _TEXTS, "substitutes": {"*": _TEXTS},
    "matrix": [{
        "paper": str, "by": str, "of": str, "for": _TEXTS, "also_by": _TEXTS, "act": str, "agreed_by": _TEXTS, "threshold": int,
        "four_eyes": bool,
    }],
    "people": {"*": {
        "name": {"given": str, "family": str, "patronymic": str},
        "holds": [{"post": str, "from": str, "to": str, "acting": bool}],
        "keys": [{"key": str, "from": str, "retired": str, "revoked": str, "sealed": _TEXTS}],
    }},
}  # fmt: skip
_NEEDED = {"matrix": ("paper", "by"), "holds": ("post",), "keys": ("key",)}


def is_sound(data: Any) -> bool:
    """Whether a document from a ledger has the shape of an authority: anybody can write a file there."""
    return _fits(data, _SHAPE)


def _fits(data: Any, shape: Any, needed: tuple[str, ...] = ()) -> bool:
    if isinstance(shape, list):
        return isinstance(data, list) and all(_fits(each, shape[0], needed) for each in data)
    if isinstance(shape, dict):
        if not isinstance(data, dict) or any(key not in data for key in needed):
            return False
        return all(
            (key in shape or "*" in shape) and _fits(value, shape.get(key, shape.get("*")), _NEEDED.get(key, ()))
            for key, value in data.items()
        )
    return type(data) is shape


class Authority:
    """An authority, asked in words of the field. It is made of the plain document and of nothing else."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.people: Mapping[str, Any] = data.get("people", {})

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the canonical document."""
        return digest_of(canonical(self.data))

    def rule(self, kind: str, level: str, about: str) -> Rule | None:
        """The first entry of the approval matrix that fits a paper of a kind, on a level, about a post or unit."""
        about = about.partition(".")[0]
        for entry in self.data.get("matrix", ()):
            named = not entry.get("for") or about in entry["for"]
            if entry["paper"] == kind and entry.get("of") in {None, level} and named:
                approvers = (entry["by"], *entry.get("also_by", ()))
                return Rule(
                    approvers,
                    tuple(entry.get("agreed_by", ())),
                    entry.get("act"),
                    max(1, entry.get("threshold", 1)),
                    entry.get("four_eyes", False),
                )
        return None

    def keys(self, person: str) -> list[Key]:
        """The keys of a person; none if there is no such person."""
        return [
            Key(key["key"], key.get("from", ""), key.get("retired", ""), key.get("revoked", ""), tuple(key.get("sealed", ())))
            for key in self.people.get(person, {}).get("keys", ())
        ]

    def owner(self, key: str) -> str | None:
        """Who has a key."""
        return next((person for person in self.people if any(known.key == key for known in self.keys(person))), None)

    def name(self, person: str) -> str:
        """Given and family name, or the id where the person is not known."""
        name = self.people.get(person, {}).get("name", {})
        return " ".join(part for part in (name.get("given"), name.get("family")) if part) or person

    def holders(self, post: str, day: date) -> Iterator[tuple[str, bool]]:
        """Who holds a post on a day, and whether only acting."""
        for person, data in self.people.items():
            for tenure in data.get("holds", ()):
                if tenure["post"] == post and tenure.get("from", "") <= day.isoformat() <= tenure.get("to", "9999"):
                    yield person, tenure.get("acting", False)

    def capacity(self, person: str, post: str, day: date) -> Capacity | None:
        """How a person may sign for a post on a day; None if not at all.

        Whoever holds the post or acts in it does. Only where nobody does, the first substitute does whose post is held; and
        for a body outside that nobody holds, the registrar records its act.
        """
        holders = dict(self.holders(post, day))
        if person in holders:
            return Capacity(post, acting=holders[person])
        if holders:
            return None
        for substitute in self.data.get("substitutes", {}).get(post, ()):
            standing_in = dict(self.holders(substitute, day))
            if standing_in:
                return Capacity(substitute) if person in standing_in else None
        registrar = self.data.get("registrar")
        if registrar and post in self.data.get("bodies", ()) and any(holder == person for holder, _ in self.holders(registrar, day)):
            return Capacity(registrar, records_act=True)
        return None

    def able(self, post: str, day: date) -> list[str]:
        """Who may sign for a post on a day."""
        return [person for person in self.people if self.capacity(person, post, day) is not None]


def describe_authority(institution: Institution) -> Authority:
    """The authority of an organisation as its files say it now."""
    organisation = institution.organisation
    named = [ref.id for entry in organisation.approvals for ref in (entry.by, *entry.also_by, *entry.agreed_by)]
    if organisation.registrar is not None:
        named.append(organisation.registrar.id)
    data: dict[str, Any] = {
        "organisation": organisation.id,
        "matrix": [_describe_entry(entry) for entry in organisation.approvals],
        "people": {somebody.id: _describe_person(somebody) for somebody in institution.people.values()},
        "substitutes": {
            post: [ref.id for ref in position.substituted_by]
            for post in sorted(set(named))
            if isinstance(position := institution.actor(post), Position) and position.substituted_by
        },
        "bodies": sorted({post for post in named if post in institution.bodies}),
    }
    if organisation.registrar is not None:
        data["registrar"] = organisation.registrar.id
    return Authority(data)


def _describe_entry(entry: Approval) -> dict[str, Any]:
    data: dict[str, Any] = {
        "paper": entry.paper, "of": entry.of, "for": [ref.id for ref in entry.subjects], "by": entry.by.id,
        "also_by": [ref.id for ref in entry.also_by], "act": entry.act, "agreed_by": [ref.id for ref in entry.agreed_by],
    }  # fmt: skip
    if entry.threshold > 1:
        data["threshold"] = entry.threshold
    if entry.four_eyes:
        data["four_eyes"] = True
    return _without_empty(data)


def _describe_person(somebody: Holder) -> dict[str, Any]:
    tenures = [
        {"post": tenure.post.id, "from": _iso(tenure.since), "to": _iso(tenure.until), **({"acting": True} if tenure.acting else {})}
        for tenure in somebody.holds
    ]
    return _without_empty(
        {
            "name": _without_empty({part: getattr(somebody.name, part) for part in ("family", "given", "patronymic")}),
            "holds": [_without_empty(tenure) for tenure in tenures],
            "keys": [_describe_key(key) for key in somebody.keys],
        }
    )


def _describe_key(key: SigningKey) -> dict[str, Any]:
    days = {"from": _iso(key.since), "retired": _iso(key.retired), "revoked": _iso(key.revoked)}
    return _without_empty({"key": key.key, **days, "sealed": sorted(key.sealed)})


def _iso(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def _without_empty(data: Mapping[str, Any] | Iterable[tuple[str, Any]]) -> dict[str, Any]:
    return {key: value for key, value in dict(data).items() if value not in (None, "", [], ())}
