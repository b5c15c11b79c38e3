"""Drafts of the acts that put changes into force: one for each body that approves by act, and the order of the head of the institution."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from orgdocs.contents.packet import Order, Point
from orgdocs.language import capitalise
from orgdocs.model import Body, Position

if TYPE_CHECKING:
    from orgdocs.comparing import PaperChange
    from orgdocs.model import Actor, Approval
    from orgdocs.packets.saying import Saying

_BY_HEAD = "order"
"""What the head of an institution issues."""


class Affair(NamedTuple):
    """A paper that changes, under its title, with the entry of the approval matrix that says who approves it."""

    change: PaperChange
    title: str
    approval: Approval | None


class _Issuer(NamedTuple):
    """Who issues an act of which kind."""

    actor: Actor
    act: str


_POINTS = {
    True: {"new": "approve", "changed": "amend", "dropped": "repeal"},
    False: {"new": "introduce", "changed": "introduce", "dropped": "withdraw"},
}
"""What is done with a paper, by whether the issuer approves it and by what becomes of it."""


def draft_orders(saying: Saying, affairs: Sequence[Affair], effective: str) -> list[Order]:
    """The drafts for all papers that change, in the order of the papers.

    Whoever approves by an act issues that act. What is approved by a signature alone, and what the head approves, comes into
    force by the order of the head, who also has those concerned read it. ``effective`` is the day, empty for one to be filled in.
    """
    by_issuer: dict[tuple[str, str], tuple[_Issuer, list[Affair]]] = {}
    for affair in affairs:
        issuer = _issuer(saying, affair.approval)
        if issuer is not None:
            by_issuer.setdefault((issuer.actor.id, issuer.act), (issuer, []))[1].append(affair)
    return [_draft(saying, issuer, own, affairs, effective) for issuer, own in by_issuer.values()]


def _issuer(saying: Saying, approval: Approval | None) -> _Issuer | None:
    institution = saying.sight.institution
    head = saying.sight.hierarchy.head(institution.organisation)
    approver = institution.actor(approval.by.id) if approval is not None else None
    if approval is not None and approver is not None and approval.act:
        return _Issuer(approver, approval.act)
    return _Issuer(head, _BY_HEAD) if head is not None else None


def _draft(saying: Saying, issuer: _Issuer, own: Sequence[Affair], affairs: Sequence[Affair], effective: str) -> Order:
    sight = saying.sight
    name, act = sight.actor(issuer.actor), sight.act_kind(issuer.act)
    verb = saying.say("verbs", issuer.act) if saying.has("verbs", issuer.act) else ""
    is_body = isinstance(issuer.actor, Body) and not issuer.actor.official
    values: dict[str, Any] = {"act": act, "kind": issuer.act, "issuer": name, "is_body": is_body, "effective": effective, "verb": verb}
    heading = saying.say("order", **values)
    issued_by = sight.unit(sight.institution.organisation) if isinstance(issuer.actor, Position) else name
    points = [*_decisions(saying, issuer, own), _point(saying, "effect", **values)]
    is_head = issuer.actor is sight.hierarchy.head(sight.institution.organisation)
    if is_head and (posts := _readers(saying, affairs)):
        points.append(_point(saying, "acquaint", posts, **values))
    points.append(_point(saying, "control", **values))
    return Order(
        heading=heading,
        issuer=issued_by["nominative"].upper(),
        word=(act["nominative"] if act is not None else "").upper(),
        requisites=[text for key in ("day", "place") if (text := saying.say("requisites", key))],
        about=saying.say("about"),
        preamble=saying.say("preamble", **values),
        verb=verb,
        points=points,
        signatures=[
            {"post": capitalise(name["nominative"]), "line": f"{saying.profile.data['blanks']['signature']} {_signs(saying, issuer)}"}
        ],
    )


def _signs(saying: Saying, issuer: _Issuer) -> str:
    is_body = isinstance(issuer.actor, Body) and not issuer.actor.official
    return str(saying.profile.data["blanks"]["name"]) if is_body else saying.person(issuer.actor)


def _decisions(saying: Saying, issuer: _Issuer, affairs: Sequence[Affair]) -> Iterator[Point]:
    """A point for each thing that is done with papers, with the papers as its list."""
    by_point: dict[str, list[str]] = {}
    for affair in affairs:
        is_own = affair.approval is not None and affair.approval.by.id == issuer.actor.id
        by_point.setdefault(_POINTS[is_own][affair.change.state], []).append(affair.title)
    for point in dict.fromkeys((*_POINTS[True].values(), *_POINTS[False].values())):
        if titles := by_point.get(point):
            yield _point(saying, point, titles)


def _point(saying: Saying, key: str, entries: Sequence[str] = (), **values: Any) -> Point:
    text = saying.say("points", key, **values)
    return Point(text=text if text.endswith((".", ":")) else f"{text}.", entries=[f"{entry}." for entry in map(capitalise, entries)])


def _readers(saying: Saying, affairs: Sequence[Affair]) -> list[str]:
    """The posts whose holders read the new version of their own paper."""
    institution = saying.sight.institution
    posts = []
    for affair in affairs:
        position = institution.positions.get(affair.change.paper.subject)
        if affair.change.paper.kind != "job-description" or affair.change.state == "dropped" or position is None:
            continue
        posts.append(f"{saying.sight.post(position)['nominative']}{saying.unit_beside(position.id)}")
    return posts
