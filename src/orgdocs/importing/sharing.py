"""Clauses that several job descriptions share word by word become a clause set that all of them name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgdocs.emitting import Noted, Value, as_read
from orgdocs.importing.naming import Ids
from orgdocs.problems import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgdocs.importing.clauses import Data
    from orgdocs.importing.origins import Origin

_LISTS = ("must_know", "duties", "rights", "responsibility", "interaction", "indicators", "evaluation")
_FEWEST = 3
"""So many clauses are worth a set of their own."""
_NAMED = 4
"""So many posts are named in the comment of a set."""


def share_clauses(posts: Mapping[str, Data], taken: set[str], comments: Origin) -> dict[str, Data]:
    """Take lists that are the same in several posts out of them, into clause sets by id.

    Args:
        posts: What the files of the posts will say, by the id of the post; they are changed.
        taken: The ids of the clause sets that there are.
        comments: The language of the comments.
    """
    groups: dict[tuple[str, ...], list[str]] = {}
    for key in _LISTS:
        owners: dict[str, list[str]] = {}
        for post, data in posts.items():
            clauses = as_read(data[key]) if key in data else None
            if isinstance(clauses, list) and len(clauses) >= _FEWEST:
                owners.setdefault(repr(clauses), []).append(post)
        for same in owners.values():
            if len(same) > 1:
                groups.setdefault(tuple(same), []).append(key)
    ids = Ids(taken)
    sets: dict[str, Data] = {}
    for members, keys in groups.items():
        given = ids.choose(" ".join(("shared", *(key.replace("_", " ") for key in keys))), "en", fallback="shared")
        note = comments.tell(_say_members(members))
        sets[given] = {key: Noted(_without_comment(posts[members[0]][key]), above=note) for key in keys}
        for member in members:
            for key in keys:
                del posts[member][key]
            includes = posts[member].setdefault("includes", [])
            assert isinstance(includes, list)  # noqa: S101  (made here and nowhere else)
            includes.append(given)
    return sets


def _say_members(members: Sequence[str]) -> Sentence:
    """Whose clauses these are, the first of them by name."""
    if len(members) > _NAMED:
        return Sentence("shared by {posts} and {count} more", posts=", ".join(members[:_NAMED]), count=len(members) - _NAMED)
    return Sentence("shared by {posts}", posts=", ".join(members))


def _without_comment(value: Value) -> Value:
    return value.value if isinstance(value, Noted) else value
