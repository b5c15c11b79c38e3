"""OD9xx: people who approve, their posts and their keys."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from orgdocs.model import Approval, Body, Holder, Person, Position, Ref, Tenure
from orgdocs.problems import Finding, Note, Place, Sentence
from orgdocs.rules.rule import Subject, error, warning


def holder_differs(subject: Subject) -> Iterator[Finding]:
    """Who holds a post by its own file holds it by people.yaml, too.

    The paper prints the one, and the other may sign for the post. Nothing is said where people.yaml names nobody for it.

    Wrong:

    ```yaml
    director.yaml: {title: Director, holder: {family: Moore, given: Ann}}
    people.yaml: {people: {gray: {name: {family: Gray, given: Tom}, holds: [{post: director}]}}}
    ```

    Right:

    ```yaml
    director.yaml: {title: Director, holder: {family: Gray, given: Tom}}
    people.yaml: {people: {gray: {name: {family: Gray, given: Tom}, holds: [{post: director}]}}}
    ```
    """
    institution = subject.institution
    posts: tuple[Position | Body, ...] = (*institution.positions.values(), *institution.bodies.values())
    for post in posts:
        now = [(somebody, tenure) for somebody, tenure in _tenures(subject, post.id) if not tenure.acting and tenure.until is None]
        if post.holder is None or post.partial or not now or any(somebody.partial for somebody, _ in now):
            continue
        if any(_full_name(somebody.name) == _full_name(post.holder) for somebody, _ in now):
            continue
        notes = tuple(Note(tenure.post.place, Sentence("here it is held by {id}", id=somebody.id)) for somebody, tenure in now)
        sentence = Sentence("{post} is held by {name}, and not so in people.yaml", post=post.id, name=_full_name(post.holder))
        hint = Sentence("bring both into line; a post that somebody has left gets the last day under to")
        yield Finding(Place(post.place.path, (*post.place.route, "holder")), sentence, notes, hint)


def _tenures(subject: Subject, post_id: str) -> Iterator[tuple[Holder, Tenure]]:
    """Who holds a post at any time."""
    for somebody in subject.institution.people.values():
        for tenure in somebody.holds:
            if tenure.post.id == post_id:
                yield somebody, tenure


def _full_name(person: Person) -> str:
    return " ".join(part for part in (person.given, person.patronymic, person.family) if part)


def two_holders(subject: Subject) -> Iterator[Finding]:
    """A post that is there once is held by one person at a time; others act for that person.

    Otherwise each of two people could undo what the other has approved.

    Wrong:

    ```yaml
    moore: {name: {family: Moore, given: Ann}, holds: [{post: director}]}
    gray: {name: {family: Gray, given: Tom}, holds: [{post: director, from: 2026-03-01}]}
    ```

    Right:

    ```yaml
    moore: {name: {family: Moore, given: Ann}, holds: [{post: director, to: 2026-02-28}]}
    gray: {name: {family: Gray, given: Tom}, holds: [{post: director, from: 2026-03-01}]}
    ```
    """
    institution = subject.institution
    posts: tuple[Position | Body, ...] = (*institution.positions.values(), *institution.bodies.values())
    for post in posts:
        if isinstance(post, Position) and (post.partial or (post.staffing is not None and post.staffing.posts > 1)):
            continue
        proper = [(somebody, tenure) for somebody, tenure in _tenures(subject, post.id) if not tenure.acting]
        for (first, earlier), (second, later) in combinations(proper, 2):
            if first is not second and _overlap(earlier, later):
                sentence = Sentence("{post} is held by {first} and {second} at once", post=post.id, first=first.id, second=second.id)
                hint = Sentence("give the last day of the one under to, or write acting: true for who only stands in")
                yield Finding(later.post.place, sentence, (Note(earlier.post.place, Sentence("here it is held already")),), hint)


def _overlap(one: Tenure, other: Tenure) -> bool:
    starts = [day for day in (one.since, other.since) if day is not None]
    ends = [day for day in (one.until, other.until) if day is not None]
    return not starts or not ends or max(starts) <= min(ends)


def shared_key(subject: Subject) -> Iterator[Finding]:
    """A key belongs to one person.

    A signature tells people apart by their keys, and two people with one key would count as one.

    Wrong:

    ```yaml
    moore: {name: {family: Moore, given: Ann}, keys: [{key: "ssh-ed25519 AAAA…"}]}
    gray: {name: {family: Gray, given: Tom}, keys: [{key: "ssh-ed25519 AAAA…"}]}
    ```

    Right:

    ```yaml
    moore: {name: {family: Moore, given: Ann}, keys: [{key: "ssh-ed25519 AAAA…"}]}
    gray: {name: {family: Gray, given: Tom}, keys: [{key: "ssh-ed25519 BBBB…"}]}
    ```
    """
    first: dict[str, Place] = {}
    for somebody in subject.institution.people.values():
        for key in somebody.keys:
            if key.key in first:
                notes = (Note(first[key.key], Sentence("it is given here already")),)
                hint = Sentence("everybody makes a key of their own with ssh-keygen -t ed25519")
                yield Finding(key.place, Sentence("this key is given twice"), notes, hint)
            first.setdefault(key.key, key.place)


def key_outlives_posts(subject: Subject) -> Iterator[Finding]:
    """Whose posts have all ended, that person's keys have ended too.

    Whoever still has a good key could sign with a day on which the post was still held. Nothing is said of a person without
    any post.

    Wrong:

    ```yaml
    moore: {name: {family: Moore, given: Ann}, holds: [{post: director, to: 2026-02-28}], keys: [{key: "ssh-ed25519 AAAA…"}]}
    ```

    Right:

    ```yaml
    moore:
      name: {family: Moore, given: Ann}
      holds: [{post: director, to: 2026-02-28}]
      keys: [{key: "ssh-ed25519 AAAA…", retired: 2026-03-01}]
    ```
    """
    for somebody in subject.institution.people.values():
        ends = [tenure.until for tenure in somebody.holds if tenure.until is not None]
        if somebody.partial or not ends or len(ends) < len(somebody.holds):
            continue
        for key in somebody.keys:
            if key.retired is None and key.revoked is None:
                sentence = Sentence("{id} holds no post after {day}, and this key has no end", id=somebody.id, day=max(ends).isoformat())
                yield Finding(key.place, sentence, hint=Sentence("write under retired from which day on it is not used any more"))


def acting_without_substitution(subject: Subject) -> Iterator[Finding]:
    """Whoever acts for a post holds one that substitutes it.

    Nothing is said of bodies and officials outside, nor where the post says in words under substitution who stands in.

    Wrong:

    ```yaml
    director.yaml: {title: Director, substituted_by: [deputy]}
    people.yaml: {people: {gray: {name: {family: Gray, given: Tom}, holds: [{post: clerk}, {post: director, acting: true}]}}}
    ```

    Right:

    ```yaml
    director.yaml: {title: Director, substituted_by: [deputy]}
    people.yaml: {people: {gray: {name: {family: Gray, given: Tom}, holds: [{post: deputy}, {post: director, acting: true}]}}}
    ```
    """
    positions = subject.institution.positions
    for somebody in subject.institution.people.values():
        own = {tenure.post.id for tenure in somebody.holds if not tenure.acting}
        for tenure in somebody.holds:
            post = positions.get(tenure.post.id) if tenure.acting else None
            if post is None or post.partial or somebody.partial or post.substitution is not None:
                continue
            if not own & {ref.id for ref in post.substituted_by}:
                sentence = Sentence("{id} acts for {post}, and holds no post that substitutes it", id=somebody.id, post=post.id)
                yield Finding(
                    tenure.post.place,
                    sentence,
                    hint=Sentence("name the post of {id} in substituted_by of {post}", id=somebody.id, post=post.id),
                )


def nobody_to_approve(subject: Subject) -> Iterator[Finding]:
    """Where there is a people.yaml, somebody there can give every approval and agreement that the approval matrix asks for.

    That is who holds the post, or one that substitutes it, and has a key. For a body outside, and for an official whom
    people.yaml does not name, the registrar records the act.

    Wrong:

    ```yaml
    organisation.yaml: {approvals: [{paper: structure, by: director}]}
    people.yaml: {people: {gray: {name: {family: Gray, given: Tom}, holds: [{post: deputy}]}}}
    ```

    Right:

    ```yaml
    organisation.yaml: {approvals: [{paper: structure, by: director}]}
    people.yaml: {people: {gray: {name: {family: Gray, given: Tom}, holds: [{post: director}], keys: [{key: "ssh-ed25519 AAAA…"}]}}}
    ```
    """
    institution = subject.institution
    if not institution.people or any(somebody.partial for somebody in institution.people.values()) or institution.organisation.partial:
        return
    told: set[str] = set()
    for entry in institution.organisation.approvals:
        able = {somebody for ref in (entry.by, *entry.also_by) for somebody in _able(subject, ref)}
        for ref in (entry.by, *entry.agreed_by):
            if ref.id not in told and not _is_uncertain(subject, ref) and not any(_able(subject, ref)):
                told.add(ref.id)
                yield Finding(ref.place, Sentence("nobody in people.yaml can sign for {post}", post=ref.id), hint=_remedy(subject, ref))
        if entry.threshold > len(able) > 0 and entry.by.id not in told:
            place = Place(entry.place.path, (*entry.place.route, "threshold"))
            sentence = Sentence("{count} people have to approve, and only {able} can", count=entry.threshold, able=len(able))
            yield Finding(place, sentence, hint=Sentence("name further posts under also_by"))


def _is_uncertain(subject: Subject, ref: Ref) -> bool:
    """Whether another rule speaks of the post itself, or of the registrar who could record its acts."""
    institution = subject.institution
    post = institution.actor(ref.id)
    registrar = institution.organisation.registrar
    return post is None or (isinstance(post, Body) and registrar is not None and registrar.id not in institution.positions)


def _able(subject: Subject, ref: Ref) -> Iterator[str]:
    """The people with a key who can sign for a post, at any time."""
    institution = subject.institution
    post = institution.actor(ref.id)
    posts = {ref.id} | ({other.id for other in post.substituted_by} if isinstance(post, Position) else set())
    held = False
    for somebody in institution.people.values():
        if any(tenure.post.id in posts for tenure in somebody.holds):
            held = True
            if somebody.keys:
                yield somebody.id
    registrar = institution.organisation.registrar
    if isinstance(post, Body) and not held and registrar is not None and ref.id != registrar.id:
        yield from _able(subject, registrar)


def _remedy(subject: Subject, ref: Ref) -> Sentence:
    if isinstance(subject.institution.actor(ref.id), Body):
        return Sentence("write there who holds it, with a key; or name under registrar the post that records its acts, and who holds that")
    return Sentence("write there who holds it, with a key")


def unguarded_authority(subject: Subject) -> Iterator[Finding]:
    """Where there is a people.yaml, the approval matrix says who approves changes of who may approve.

    Otherwise nobody could, and everything would stay with those who may approve today.

    Wrong:

    ```yaml
    approvals:
      - {paper: job-description, by: director}
    ```

    Right:

    ```yaml
    approvals:
      - {paper: job-description, by: director}
      - {paper: authority, by: director}
    ```
    """
    institution = subject.institution
    entries: tuple[Approval, ...] = institution.organisation.approvals
    if institution.people and not institution.organisation.partial and not any(entry.paper == "authority" for entry in entries):
        sentence = Sentence("there is a people.yaml, and nobody approves changes of who may approve")
        hint = Sentence("add an entry: {example}", example="{paper: authority, by: …}")
        yield Finding(Place(institution.organisation.place.path, ("approvals",), at_key=True), sentence, hint=hint)


RULES = (
    warning("OD907", "holder-differs", holder_differs),
    warning("OD908", "two-holders", two_holders),
    error("OD909", "shared-key", shared_key),
    warning("OD910", "key-outlives-posts", key_outlives_posts),
    warning("OD911", "acting-without-substitution", acting_without_substitution),
    warning("OD912", "nobody-to-approve", nobody_to_approve),
    error("OD913", "unguarded-authority", unguarded_authority),
)
