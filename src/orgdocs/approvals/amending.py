"""What a change of who may approve changes, in words: whoever signs it has to see every new person, post and key."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from orgdocs.approvals.authority import Authority
from orgdocs.problems import Sentence

_ENTRY = ("of", "for", "by", "also_by", "act", "agreed_by", "threshold", "four_eyes")


def describe_amendments(before: Authority, after: Authority) -> list[Sentence]:
    """The differences between two authorities: people with their posts and keys, entries of the matrix, who stands in."""
    found: list[Sentence] = []
    for person in dict.fromkeys((*before.people, *after.people)):
        found += _compare_person(person, before.people.get(person), after.people.get(person))
    old, new = ([_tell_entry(entry) for entry in each.data.get("matrix", ())] for each in (before, after))
    found += [Sentence("approval matrix, gone: {entry}", entry=entry) for entry in old if entry not in new]
    found += [Sentence("approval matrix, new: {entry}", entry=entry) for entry in new if entry not in old]
    if sorted(old) == sorted(new) and old != new:
        found.append(Sentence("approval matrix: the entries are in another order, and the first that fits counts"))
    substitutes = [each.data.get("substitutes", {}) for each in (before, after)]
    for post in dict.fromkeys((*substitutes[0], *substitutes[1])):
        was, now = (", ".join(each.get(post, ())) or "–" for each in substitutes)
        if was != now:
            found.append(Sentence("substitutes of {post}: {now} (before: {was})", post=post, now=now, was=was))
    was, now = (each.data.get("registrar", "–") for each in (before, after))
    if was != now:
        found.append(Sentence("registrar: {now} (before: {was})", now=now, was=was))
    return found


def _compare_person(person: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> Iterator[Sentence]:
    if after is None:
        yield Sentence("{person} is taken out", person=person)
        return
    if before is None:
        yield Sentence("{person} is new", person=person)
        before = {"name": after.get("name")}
    was, now = (" ".join(dict(each.get("name") or {}).values()) for each in (before, after))
    if was != now:
        yield Sentence("{person}: the name is {now} (before: {was})", person=person, now=now, was=was)
    old, new = ([_tell_tenure(tenure) for tenure in each.get("holds", ())] for each in (before, after))
    yield from (Sentence("{person} holds no more: {tenure}", person=person, tenure=tenure) for tenure in old if tenure not in new)
    yield from (Sentence("{person} holds: {tenure}", person=person, tenure=tenure) for tenure in new if tenure not in old)
    keys = [{key["key"]: _tell_key(key) for key in each.get("keys", ())} for each in (before, after)]
    for key in dict.fromkeys((*keys[0], *keys[1])):
        print_of = fingerprint(key)
        if key not in keys[1]:
            yield Sentence("{person}: the key is taken out: {fingerprint}", person=person, fingerprint=print_of)
        elif key not in keys[0]:
            yield Sentence("{person}: the key is new: {fingerprint}{days}", person=person, fingerprint=print_of, days=keys[1][key])
        elif keys[0][key] != keys[1][key]:
            yield Sentence("{person}: the key has other days: {fingerprint}{days}", person=person, fingerprint=print_of, days=keys[1][key])


def fingerprint(key: str) -> str:
    """The fingerprint of a public key, as ``ssh-keygen -l`` tells it; the key itself where it cannot be decoded."""
    try:
        blob = base64.b64decode(key.split()[1], validate=True)
    except (IndexError, binascii.Error):
        return key
    return f"SHA256:{base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip('=')}"


def _tell_entry(entry: Mapping[str, Any]) -> str:
    """An entry of the matrix as it stands in the YAML."""
    told = [str(entry["paper"])]
    for field in _ENTRY:
        value = entry.get(field)
        if value is not None:
            told.append(f"{field}: {', '.join(value) if isinstance(value, list) else 'true' if value is True else value}")
    return "; ".join(told)


def _tell_tenure(tenure: Mapping[str, Any]) -> str:
    told = [str(tenure["post"]), *(f"{field}: {tenure[field]}" for field in ("from", "to") if tenure.get(field))]
    return ", ".join((*told, "acting: true") if tenure.get("acting") else told)


def _tell_key(key: Mapping[str, Any]) -> str:
    """The days of a key as they stand in the YAML, and how many records are sealed; empty if there is nothing to tell."""
    told = [f"{field}: {key[field]}" for field in ("from", "retired", "revoked") if key.get(field)]
    if key.get("sealed"):
        told.append(f"sealed: {', '.join(key['sealed'])}")
    return "".join(f", {each}" for each in told)
