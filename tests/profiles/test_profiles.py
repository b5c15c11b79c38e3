"""The profiles of the package: closed by their schema, whole, every wording readable, and words for every value of the model."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from orgdocs import profiles
from orgdocs.contents.content import KINDS
from orgdocs.contents.wording import LIST_NAMES, NOT_WORDING, PaperWording, find_unreadable
from orgdocs.documents import read_document
from orgdocs.language import CASES, LOCALES, plural
from orgdocs.profiles import (
    PROFILES,
    Profile,
    adapt_profile,
    check_profile,
    choose_profile,
    load_profile,
    merge,
    native_profile,
)
from orgdocs.rendering.drafting import TABLE_KINDS
from orgdocs.schemas import load_schema

WORD_LANGUAGES = ("uk", "ru", "be", "en")


def packaged(name: str) -> dict[str, Any]:
    document = read_document(f"{name}.yaml", (files(profiles) / f"{name}.yaml").read_bytes())
    assert isinstance(document.data, dict)
    assert (list(document.faults), check_profile(document)) == ([], [])
    return document.data


def leaves(data: Any, route: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else None
    if entries is None:
        yield route, data
        return
    for key, value in entries:
        yield from leaves(value, (*route, key))


def test_the_package_holds_these_profiles_and_words() -> None:
    names = sorted(entry.name for entry in files(profiles).iterdir() if entry.name.endswith(".yaml"))
    assert names == sorted([*(f"{name}.yaml" for name in PROFILES), *(f"words-{language}.yaml" for language in WORD_LANGUAGES)])


@pytest.mark.parametrize("name", [*PROFILES, *(f"words-{language}" for language in WORD_LANGUAGES)])
def test_data_files_are_sound(name: str) -> None:
    packaged(name)


@pytest.mark.parametrize("name", PROFILES)
def test_a_profile_is_whole(name: str) -> None:
    profile = load_profile(name)
    schema = load_schema("profile")["properties"]
    assert (profile.id, profile.data["id"], profile.origins) == (name, name, {})
    # Packets of institutions that write Belarusian fall back to Russian wording.
    assert set(profile.data) == set(schema) - ({"packet"} if profile.language == "be" else set())
    for group in ("page", "text", "punctuation", "blanks", "stamps"):
        assert set(profile.data[group]) == set(schema[group]["properties"]), group
    for manner in ("person", "act"):
        assert set(profile.data["stamps"][manner]) == {"word", "lines"}
    assert tuple(profile.data["papers"]) == tuple(KINDS)
    assert set(profile.data["papers"]["staffing-table"]["rows"]) == {"leadership", "unit_total", "total", "allowances", "additions"}
    assert set(profile.data["papers"]["structure"]["rows"]) == {"total"}
    for kind in ("staffing-table", "structure"):
        columns = profile.data["papers"][kind]["columns"]
        assert all(column["title"] for column in columns.values())
    empty = [route for route, value in leaves(profile.data) if not str(value).strip() and route[-2] != "levels"]
    assert empty == []
    assert all("like" not in paper for paper in profile.data["papers"].values())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", PROFILES)
def test_every_wording_compiles(name: str, kind: str) -> None:
    profile = load_profile(name)
    wording = PaperWording(profile, kind)
    assert wording.title.route == ("papers", kind, "title")
    routes = [route for route, _ in leaves(profile.data["papers"][kind], ("papers", kind))]
    texts = [route for route in routes if not any(step in NOT_WORDING | LIST_NAMES | {"levels", "columns", "rows"} for step in route)]
    assert list(find_unreadable(profile.data, texts)) == []
    assert len(texts) > 1


def test_every_language_of_papers_has_a_profile_in_it() -> None:
    assert set(WORD_LANGUAGES) == set(LOCALES)
    chosen = {(name, language): choose_profile(name, language) for name in PROFILES for language in WORD_LANGUAGES}
    elsewhere = {"uk": "ua", "ru": "ru", "be": "by-be", "en": "intl"}
    assert chosen == {(name, language): elsewhere[language] for name in PROFILES for language in WORD_LANGUAGES} | {
        ("by", "ru"): "by",
        ("by-be", "ru"): "by",
    }
    assert choose_profile("ua", "de") is None


def test_belarus_has_a_profile_in_each_of_its_languages() -> None:
    native = {(name, language): native_profile(name, language) for name in PROFILES for language in WORD_LANGUAGES}
    assert {key: name for key, name in native.items() if key[0] != name} == {("by", "be"): "by-be", ("by-be", "ru"): "by"}


def test_like_takes_the_paper_of_another_profile_and_changes_it() -> None:
    own = packaged("by")["papers"]["structure"]
    assert own["like"] == "ru"
    merged, base = load_profile("by").data["papers"]["structure"], load_profile("ru").data["papers"]["structure"]
    assert merged == merge(base, {key: value for key, value in own.items() if key != "like"})
    assert merged["title"] == base["title"]


# -- words ----------------------------------------------------------------------------------------------------------

_POSITION = load_schema("position")
_ALTERNATIVE = _POSITION["properties"]["qualification"]["properties"]["any_of"]["items"]["properties"]
_ORGANISATION = load_schema("organisation")
_FORMS = ("nominative", *CASES)

# Which words there must be for the values that the schemas admit.
WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "categories": dict.fromkeys(_POSITION["properties"]["category"]["enum"], ("genitive", "nominative")),
    "acts": dict.fromkeys(_POSITION["$defs"]["act_kind"]["enum"], tuple(sorted(_FORMS))),
    "papers": dict.fromkeys(("job-description", "work-instruction"), tuple(sorted(_FORMS))),
    "education": dict.fromkeys(_ALTERNATIVE["education"]["properties"]["level"]["enum"], ()),
    "codes": dict.fromkeys(_ORGANISATION["$defs"]["codes"]["properties"], ()),
    "classifiers": dict.fromkeys(_POSITION["properties"]["classifier"]["properties"]["scheme"]["enum"], ()),
    "currencies": dict.fromkeys(_ORGANISATION["properties"]["staffing_table"]["properties"]["currency"]["enum"], ("genitive", "short")),
    "establishment": dict.fromkeys(_POSITION["properties"]["staffing"]["properties"]["establishment"]["enum"], ()),
    "conjunctions": dict.fromkeys(("and", "or"), ()),
    "qualification": dict.fromkeys(("experience", "fields", "fields_between", "no_experience"), ()),
    "years": dict.fromkeys(("few", "many", "one", "other"), ()),
    "citation": dict.fromkeys(("date", "number", "term"), ()),
    "structure": {"legal_entity": ()},
    "marks": dict.fromkeys(("act", "approved", "draft", "in_force", "of_draft", "recorded", "revision"), ()),
    "relations": dict.fromkeys(("provides", "receives", "with"), ()),
    "tables": dict.fromkeys(("acquaintance", "relations", "signatures", *TABLE_KINDS), ()),
}


def shape(words: dict[str, Any]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Groups and keys of words, and the forms of each."""
    return {
        group: {key: tuple(sorted(value)) if isinstance(value, dict) else () for key, value in values.items()}
        for group, values in words.items()
    }


@pytest.mark.parametrize("source", [f"words-{language}" for language in WORD_LANGUAGES])
def test_words_of_a_language_are_those_of_the_model(source: str) -> None:
    words = packaged(source)["words"]
    assert shape(words) == WORDS
    assert [route for route, value in leaves(words) if not value.strip()] == []


@pytest.mark.parametrize("name", PROFILES)
def test_words_of_a_profile_are_those_of_the_model(name: str) -> None:
    words = load_profile(name).data["words"]
    assert shape(words) == WORDS
    for key, marks in {"fields": ("LEVEL", "FIELDS"), "experience": ("MATTER", "YEARS")}.items():
        assert [words["qualification"][key].count(mark) for mark in marks] == [1, 1]
    assert (words["citation"]["date"].count("DATE"), words["citation"]["number"].count("NUMBER")) == (1, 1)


@pytest.mark.parametrize("language", WORD_LANGUAGES)
def test_there_is_a_word_for_every_number_of_years(language: str) -> None:
    words = packaged(f"words-{language}")["words"]["years"]
    assert all(words[plural(number, language)] for number in range(200))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("uk", ["1 року", "2 років", "5 років", "11 років", "21 року", "24 років"]),
        ("ru", ["1 года", "2 лет", "5 лет", "11 лет", "21 года", "24 лет"]),
        ("be", ["1 год", "2 гады", "5 гадоў", "11 гадоў", "21 год", "24 гады"]),
        ("en", ["1 year", "2 years", "5 years", "11 years", "21 years", "24 years"]),
    ],
)
def test_years(language: str, said: list[str]) -> None:
    words = packaged(f"words-{language}")["words"]["years"]
    assert [f"{number} {words[plural(number, language)]}" for number in (1, 2, 5, 11, 21, 24)] == said


# -- merging --------------------------------------------------------------------------------------------------------

MERGES: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    ({}, {}, {}),
    ({"a": "1"}, {}, {"a": "1"}),
    ({"a": "1"}, {"a": "2"}, {"a": "2"}),
    ({"a": "1"}, {"b": "2"}, {"a": "1", "b": "2"}),
    ({"a": {"x": "1", "y": "2"}}, {"a": {"y": "3"}}, {"a": {"x": "1", "y": "3"}}),
    ({"a": {"x": {"k": "1"}}}, {"a": {"x": {"l": "2"}}}, {"a": {"x": {"k": "1", "l": "2"}}}),
    ({"a": ["1", "2"]}, {"a": ["3"]}, {"a": ["3"]}),
    ({"a": "1"}, {"a": {"x": "2"}}, {"a": {"x": "2"}}),
    ({"a": {"x": "1"}}, {"a": "2"}, {"a": "2"}),
]


@pytest.mark.parametrize(("base", "over", "merged"), MERGES)
def test_merging(base: dict[str, Any], over: dict[str, Any], merged: dict[str, Any]) -> None:
    before = repr((base, over))
    assert merge(base, over) == merged
    assert repr((base, over)) == before


def test_merging_keeps_the_order_of_the_base_and_appends_what_is_new() -> None:
    assert list(merge({"c": "", "a": {"z": "", "y": ""}}, {"b": "", "a": {"x": "", "y": "1"}})) == ["c", "a", "b"]
    assert list(merge({"a": {"z": "", "y": ""}}, {"a": {"x": "", "z": "1"}})["a"]) == ["z", "y", "x"]


def test_an_adapted_profile_knows_what_is_its_own() -> None:
    base = load_profile("intl")
    own = {"person": "{{ family }}", "stamps": {"act": {"lines": ["a", "b"]}}, "papers": {"regulation": {"name": "Statute"}}}
    path = "org/office/wording.yaml"
    adapted = adapt_profile(base, own, path)
    assert (adapted.id, adapted.language) == ("intl", "en")
    assert adapted.data == merge(base.data, own)
    assert adapted.data["stamps"]["act"]["word"] == base.data["stamps"]["act"]["word"]
    origins: dict[tuple[str | int, ...], str | None] = {
        ("person",): path,
        ("stamps", "act", "lines", 1): path,
        ("stamps", "act", "lines"): None,
        ("stamps", "act", "word"): None,
        ("stamps",): None,
        ("papers", "regulation", "name"): path,
        ("papers", "regulation", "title"): None,
        (): None,
    }
    assert {route: adapted.origin(route) for route in origins} == origins
    assert {route: base.origin(route) for route in origins} == dict.fromkeys(origins)
    assert isinstance(adapted, Profile)
    assert load_profile("intl").data["papers"]["regulation"]["name"] == "Regulation"
