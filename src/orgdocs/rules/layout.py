"""Where files lie: names, endings, and folders that belong together."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from orgdocs.model import File
from orgdocs.problems import TOP, Finding, Place, Sentence
from orgdocs.schemas import kind_of, refuse_id
from orgdocs.sources import MARKER, Source

_ENDING = re.compile(r"\.ya?ml(\.txt)?\Z", re.IGNORECASE)


def check_names(path: str, kind: str | None) -> Finding | None:
    """Whether a file lies where its kind belongs, and is named by an id."""
    place = Place(path, span=TOP)
    if not path.endswith(".yaml"):
        hint = Sentence("Windows hides endings of names unless it is told to show them") if path.lower().endswith(".txt") else None
        return Finding(place, Sentence("the name must end with .yaml"), hint=hint)
    if kind is None:
        return Finding(place, Sentence("no kind of file belongs here"), hint=Sentence("see docs/yaml.md for where files lie"))
    parts = path.removesuffix(".yaml").split("/")[1:]
    for part in parts:
        if (reason := refuse_id(part)) is not None:
            return Finding(place, Sentence("{name} cannot be an id", name=part), hint=reason)
    return None


def stand_in(path: str) -> list[File]:
    """A file that was not read, standing for what it defines: who refers to it is not at fault.

    Where the name is no id (``Director.yaml``), it stands for the id that was probably meant, too.
    """
    folder, _, name = path.rpartition("/")
    stem = _ENDING.sub("", name)
    meant = dict.fromkeys((stem, re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")))
    found = ((f"{folder}/{each}.yaml", kind_of(f"{folder}/{each}.yaml")) for each in meant)
    return [File(each, kind, None, partial=True, unread=True) for each, kind in found if kind is not None]


def check_presence(source: Source, organisations: Collection[str]) -> Iterator[Finding]:
    """Every folder has its organisation, unless not even the settings of the registry are there."""
    if MARKER not in source.files:
        return
    other = min(_without_posts(source, organisations), default=None)
    for organisation_id in organisations:
        if _has_organisation(source, organisation_id):
            continue
        path = f"org/{organisation_id}/organisation.yaml"
        first = next(file for file in source.files if file.split("/")[1] == organisation_id)
        hint = _call_alike(other, organisation_id) if other is not None and first.startswith("positions/") else None
        yield Finding(Place(first, span=TOP), Sentence("there is no {path}, to which this file belongs", path=path), hint=hint)


def _call_alike(other: str, mine: str) -> Sentence:
    return Sentence(
        "if a folder was renamed: org/{other} has no posts; call org/{other} and positions/{mine} alike", other=other, mine=mine
    )


def find_torn(source: Source, organisations: Collection[str]) -> frozenset[str]:
    """Organisations of which a part is not there, or lies in a folder of another name: nothing can be said of what they lack."""
    torn = frozenset(each for each in organisations if not _has_organisation(source, each))
    return torn | _without_posts(source, organisations) if torn else torn


def _has_organisation(source: Source, organisation_id: str) -> bool:
    path = f"org/{organisation_id}/organisation.yaml"
    return path in source.files or path in source.strange


def _without_posts(source: Source, organisations: Collection[str]) -> frozenset[str]:
    """Organisations that have no posts, while there are posts without an organisation: probably one folder was renamed."""
    with_posts = {path.split("/")[1] for path in source.files if path.startswith("positions/")}
    whole = {each for each in organisations if _has_organisation(source, each)}
    return frozenset(whole - with_posts) if with_posts - whole else frozenset()
