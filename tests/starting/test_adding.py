"""New positions and units: the file is sound whatever was asked for, and says what else it may hold."""

from __future__ import annotations

import re
import unicodedata
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cases import read_base
from orgdocs.documents import read_document
from orgdocs.project import Project, open_project
from orgdocs.schemas import check_document, load_schema
from orgdocs.sources import Source, read_work_tree
from orgdocs.starting.adding import AddingError, NewFile, new_position, new_unit, write_new_file
from orgdocs.starting.founding import found_registry, registry_files

SWITCHED_OFF = re.compile(r"^#(?=[^ #]|  )", re.MULTILINE)
LANGUAGES = ("en", "uk", "ru")
PROFILES = {"en": "intl", "uk": "ua", "ru": "ru"}

# English names have no case forms.
WITHOUT = {"en": {"forms", "short_forms"}, "uk": set(), "ru": set()}


def _open(profile: str = "intl", **changes: str) -> Project:
    contents = registry_files(profile)
    return open_project(Source(Path("/registry"), dict(sorted({**contents, **{k: v.encode() for k, v in changes.items()}}.items()))))


def _with(project: Project, *added: NewFile) -> Project:
    contents = {**project.source.files, **{file.path: file.content for file in added}}
    return open_project(Source(project.source.root, dict(sorted(contents.items()))))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["position", "unit"])
def test_a_new_file_names_every_field_and_each_can_be_switched_on(kind: str, language: str) -> None:
    project = _open(PROFILES[language])
    new = new_position(project, "centre", "clerk") if kind == "position" else new_unit(project, "centre", "records")
    text = SWITCHED_OFF.sub("", new.content.decode())
    document = read_document(new.path, text.encode())
    assert [str(fault.finding.sentence) for fault in (*document.faults, *check_document(kind, document)[0])] == []
    schema = load_schema(kind)
    fields = {*schema["properties"], *(schema["$defs"]["establishment"]["properties"] if kind == "unit" else ())}
    assert isinstance(document.data, dict)
    assert fields - set(document.data) == {"id"} | WITHOUT[language]
    assert max(map(len, text.splitlines())) <= 120


@pytest.mark.parametrize("language", LANGUAGES)
def test_blanks_are_written_in_their_language(language: str) -> None:
    for blank in (files("orgdocs.starting") / "blanks" / language).iterdir():
        text = blank.read_text("utf-8")
        assert bool(re.search("[а-яіїєґ]", text)) == (language != "en")
        assert not re.search({"en": "[а-яіїєґ]", "uk": "[ыэъёЫЭЪЁ]", "ru": "[іїєґІЇЄҐ]"}[language], text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_check_then_shows_only_what_is_left_to_fill_in(language: str) -> None:
    project = _open(PROFILES[language])
    unit = new_unit(project, "centre", "records")
    assert [(problem.path, problem.code) for problem in _with(project, unit).problems] == [(unit.path, "OD301")]  # the head
    head = new_position(_with(project, unit), "centre", "head-of-records", unit="records")
    assert head.path == "positions/centre/records/head-of-records.yaml"
    assert [(problem.path, problem.code) for problem in _with(project, unit, head).problems] == [(head.path, "OD501")]  # duties


def test_a_belarusian_organisation_gets_russian_comments() -> None:
    organisation = registry_files("by")["org/centre/organisation.yaml"].decode().replace("language: ru", "language: be")
    new = new_unit(_open("by", **{"org/centre/organisation.yaml": organisation}), "centre", "records")
    assert new.content == new_unit(_open("by"), "centre", "records").content


SUPERIORS = {
    ("clerk", None, None): "director",
    ("clerk", "centre", None): "director",
    ("clerk", "home-care", None): "head-of-home-care",
    ("clerk", "home-care", "director"): "director",
    ("clerk", None, "mayor"): "mayor",
}


@pytest.mark.parametrize(("given_values", "superior"), SUPERIORS.items())
def test_the_superior_of_a_new_position(given_values: tuple[str, str | None, str | None], superior: str) -> None:
    position_id, unit, reports_to = given_values
    new = new_position(_open(), "centre", position_id, unit=unit, reports_to=reports_to)
    data = read_document(new.path, new.content).data
    assert isinstance(data, dict)
    assert data["reports_to"] == superior
    assert data.get("unit") == (unit if unit != "centre" else None)
    assert new.path == ("positions/centre/home-care/clerk.yaml" if unit == "home-care" else "positions/centre/clerk.yaml")


def test_the_head_of_the_organisation_reports_to_nobody_in_it() -> None:
    contents = {path: content for path, content in registry_files("intl").items() if not path.endswith("director.yaml")}
    new = new_position(open_project(Source(Path("/registry"), contents)), "centre", "director")
    data = read_document(new.path, new.content).data
    assert isinstance(data, dict)
    assert "reports_to" not in data


REFUSED = {
    "legal/clerk": "'legal/clerk' cannot be an id: ",
    "../../clerk": "'../../clerk' cannot be an id: ",
    "Clerk": "'Clerk' cannot be an id: ",
    "clerk\n": "'clerk\\n' cannot be an id: ",
    "а-кирилиця": "'а-кирилиця' cannot be an id: ",
    "": "'' cannot be an id: ",
    "a" * 65: f"'{'a' * 65}' cannot be an id: ",
    "com1": "'com1' cannot be an id: Windows keeps this name for itself",
    "nul": "'nul' cannot be an id: Windows keeps this name for itself",
    "director": "the id director is in use already: positions/centre/director.yaml",
    "home-care": "the id home-care is in use already: org/centre/units/home-care.yaml",
    "mayor": "the id mayor is in use already: org/centre/organisation.yaml",
    "centre": "the id centre is in use already: org/centre/organisation.yaml",
}


@pytest.mark.parametrize(("new_id", "sentence"), REFUSED.items())
def test_ids_that_cannot_be(new_id: str, sentence: str) -> None:
    project = _open()
    for add in (new_position, new_unit):
        with pytest.raises(AddingError) as caught:
            add(project, "centre", new_id)
        assert str(caught.value).startswith(sentence)


def test_rules_that_are_switched_off_do_not_let_an_id_through() -> None:
    project = _open(**{"org/registry.yaml": "format: 1\nrules: {ignore: [OD102, OD302]}\n"})
    for new_id in ("con", "director"):
        with pytest.raises(AddingError):
            new_position(project, "centre", new_id)


def test_ids_in_files_that_cannot_be_read_are_known() -> None:
    project = _open(**{"org/centre/units/home-care.yaml": "name: [\n", "positions/centre/director.yaml": "title: [\n"})
    with pytest.raises(AddingError, match="the id director is in use already: a position whose file cannot be read"):
        new_unit(project, "centre", "director")
    new = new_position(project, "centre", "clerk", unit="home-care", reports_to="director")
    assert new.path == "positions/centre/home-care/clerk.yaml"


@given(st.text(min_size=1))
@example("Посада: «юрист» #1")
@example("- {x: [1]} & *a !b")
@example("й")
@example("\ud83d")
@example("a\r\nb")
@example("x" * 100_001)
def test_whatever_a_title_holds_is_kept_or_refused(title: str) -> None:
    project = open_project(Source(Path("/registry"), read_base("small")))
    try:
        new = new_position(project, "office", "clerk", title=title)
    except AddingError as error:
        assert str(error)  # noqa: PT017  (both ways are right)
        return
    after = _with(project, new)
    # Whether the title is well typed is another matter.
    assert [problem.code for problem in after.problems if not problem.code.startswith("OD8")] == ["OD501"]
    kept = after.registry.institutions["office"].positions["clerk"].title
    assert kept == unicodedata.normalize("NFC", title).replace("\r\n", "\n").replace("\r", "\n").strip()


@pytest.mark.parametrize("title", ["", "  ", "a\x00b", "a\u202eb", "\ud800", "x" * 100_001])
def test_titles_that_cannot_be(title: str) -> None:
    with pytest.raises(AddingError):
        new_position(_open(), "centre", "clerk", title=title)


def test_nothing_is_written_over_and_no_link_is_followed(tmp_path: Path) -> None:
    registry, elsewhere = tmp_path / "registry", tmp_path / "elsewhere"
    found_registry(registry, "intl")
    elsewhere.mkdir()
    (registry / "positions/centre/records").symlink_to(elsewhere)
    (registry / "positions/centre/clerk.yaml").mkdir()
    (registry / "positions/centre/file").write_text("mine", encoding="utf-8")
    new = new_unit(open_project(read_work_tree(registry)), "centre", "stores")
    write_new_file(registry, new)
    refused = {
        new.path: "org/centre/units/stores.yaml is there already; it is left alone",
        "positions/centre/records/typist.yaml": "positions/centre/records is a link; the registry does not follow links",
        "positions/centre/clerk.yaml": "positions/centre/clerk.yaml is there already; it is left alone",
        "positions/centre/file/clerk.yaml": "positions/centre/file/clerk.yaml: its folder cannot be made (File exists)",
    }
    for path, sentence in refused.items():
        with pytest.raises(AddingError) as caught:
            write_new_file(registry, NewFile(path, b"other"))
        assert str(caught.value) == sentence
    assert (registry / new.path).read_bytes() == new.content
    assert list(elsewhere.iterdir()) == []
