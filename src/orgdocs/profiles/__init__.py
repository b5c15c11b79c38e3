"""Country profiles: what the papers of a country look like and say, as data; an institution may change parts of one."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from orgdocs.documents import Document, read_document
from orgdocs.problems import Fault, Finding, Place, Route, Sentence
from orgdocs.schemas import check_document

PROFILES = ("ua", "ru", "by", "by-be", "intl")
"""The profiles that come with orgdocs."""

BY_LANGUAGE = {"uk": "ua", "ru": "ru", "be": "by-be", "en": "intl"}
"""The profile whose wording prints papers in a language in which the organisation's own country has none."""

_SAME_COUNTRY = {"by": "by-be", "by-be": "by"}


def choose_profile(profile_id: str, language: str) -> str | None:
    """The profile that prints the papers of an organisation in a language: its own, that of its country, or any other in it."""
    candidates = (profile_id, _SAME_COUNTRY.get(profile_id), BY_LANGUAGE.get(language))
    return next((name for name in candidates if name is not None and load_profile(name).language == language), None)


def native_profile(profile_id: str, language: str) -> str:
    """The profile of the same country in the language of the organisation, if there is one: ``by`` in Belarusian is ``by-be``."""
    other = _SAME_COUNTRY.get(profile_id)
    return other if other is not None and load_profile(other).language == language else profile_id


class Profile:
    """A profile as merged data, and for every part of it the file and route where it was written."""

    __slots__ = ("data", "id", "language", "origins")

    def __init__(self, profile_id: str, data: dict[str, Any], origins: dict[Route, str]) -> None:
        self.id = profile_id
        self.data = data
        self.language: str = data.get("language", "en")
        self.origins = origins

    def origin(self, route: Route) -> str | None:
        """The path of the institution's own file if it wrote the part at ``route``; None for the package's."""
        while route:
            if route in self.origins:
                return self.origins[route]
            route = route[:-1]
        return None


@cache
def _read_packaged(name: str) -> dict[str, Any]:
    """One data file of the package. It is tested, so a fault in it is a fault of the program."""
    content = (files(__name__) / f"{name}.yaml").read_bytes()
    document = read_document(f"profiles/{name}.yaml", content)
    faults = list(document.faults) or check_profile(document)
    if faults or not isinstance(document.data, dict):
        raise AssertionError(f"the packaged profile {name} is at fault: {[str(fault.finding.sentence) for fault in faults]}")
    return document.data


def check_profile(document: Document) -> list[Fault]:
    """The faults of a profile or of an institution's wording by the schema."""
    return check_document("profile", document)[0]


_DRAWN = frozenset({"page", "text", "levels"})
_FIXED = frozenset({"id", "standard", "dated", "language"})


def check_wording(path: str, data: dict[str, Any]) -> list[Fault]:
    """What an institution cannot change in its ``wording.yaml``: it would have no effect."""
    faults = []
    papers = data.get("papers")
    routes: list[Route] = [(key,) for key in data if key in _DRAWN | _FIXED]
    for kind, paper in papers.items() if isinstance(papers, dict) else ():
        routes += [("papers", kind, key) for key in paper if key in _DRAWN] if isinstance(paper, dict) else []
    for route in routes:
        place = Place(path, route, at_key=True)
        if route[-1] in _DRAWN:
            hint = Sentence("it is drawn into the Word template; change it there, see: orgdocs template --help")
        else:
            hint = Sentence("it belongs to the profile, which organisation.yaml names")
        faults.append(Fault("unknown-field", Finding(place, Sentence("{key} cannot be changed here", key=route[-1]), hint=hint)))
    return faults


@cache
def load_profile(profile_id: str) -> Profile:
    """A profile of the package, its words and the papers it builds on merged in."""
    data = dict(_read_packaged(profile_id))
    words = _read_packaged(f"words-{data['language']}")
    data = merge(words, data)
    papers = dict(data.get("papers", {}))
    for kind, paper in papers.items():
        if "like" in paper:
            base = load_profile(paper["like"]).data["papers"][kind]
            papers[kind] = merge(base, {key: value for key, value in paper.items() if key != "like"})
    data["papers"] = papers
    return Profile(profile_id, data, {})


def adapt_profile(profile: Profile, wording: dict[str, Any], path: str) -> Profile:
    """The profile with an institution's own wording merged over it."""
    origins: dict[Route, str] = {}
    _note_origins(wording, (), path, origins)
    return Profile(profile.id, merge(profile.data, wording), origins)


def _note_origins(data: Any, route: Route, path: str, origins: dict[Route, str]) -> None:
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            _note_origins(value, (*route, key), path, origins)
    else:
        origins[route] = path


def merge(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """``over`` laid over ``base``: maps are merged key by key, everything else is replaced; order of ``base`` first."""
    merged = dict(base)
    for key, value in over.items():
        if isinstance(value, dict) and isinstance(merged.get(key), dict):
            merged[key] = merge(merged[key], value)
        else:
            merged[key] = value
    return merged
