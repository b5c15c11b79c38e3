"""The registries that ``init`` writes: sound, complete, printed in full, and explained in their own language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator

from orgdocs.building.building import Options, Outcome, build
from orgdocs.documents import read_document
from orgdocs.project import open_project
from orgdocs.schemas import check_document, kind_of
from orgdocs.sources import read_work_tree
from orgdocs.starting.founding import FoundingError, found_registry, registry_files

PROFILES = ("ua", "ru", "by", "intl")
LANGUAGES = {"ua": "uk", "ru": "ru", "by": "ru", "intl": "en"}

FILES = [
    "org/centre/acts.yaml",
    "org/centre/clauses/staff.yaml",
    "org/centre/organisation.yaml",
    "org/centre/units/home-care.yaml",
    "org/centre/units/social-work.yaml",
    "org/registry.yaml",
    "positions/centre/director.yaml",
    "positions/centre/home-care/head-of-home-care.yaml",
    "positions/centre/home-care/home-care-worker.yaml",
    "positions/centre/social-work/head-of-social-work.yaml",
    "positions/centre/social-work/social-work-specialist.yaml",
]

PAPERS = [
    "centre/job-description/director.docx",
    "centre/job-description/head-of-home-care.docx",
    "centre/job-description/head-of-social-work.docx",
    "centre/job-description/home-care-worker.docx",
    "centre/job-description/social-work-specialist.docx",
    "centre/regulation/centre.docx",
    "centre/regulation/home-care.docx",
    "centre/regulation/social-work.docx",
    "centre/staffing-table/centre.docx",
    "centre/structure/centre.docx",
]

SWITCHED_OFF = re.compile(r"^#(?=[^ #]|  )", re.MULTILINE)
"""The mark of a field that is switched off: # with no space before the word, or with the indentation of the field."""


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_starts_with_the_same_files(profile: str, tmp_path: Path) -> None:
    founded = found_registry(tmp_path / "new", profile)
    assert list(founded.written) == [*FILES, ".gitignore", ".gitattributes"]
    assert founded.lacking == {}
    assert sorted(path.relative_to(tmp_path / "new").as_posix() for path in tmp_path.rglob("*") if path.is_file()) == sorted(
        founded.written
    )


@pytest.mark.parametrize("profile", PROFILES)
def test_it_is_sound_and_all_its_papers_are_built(profile: str, tmp_path: Path) -> None:
    found_registry(tmp_path, profile)
    project = open_project(read_work_tree(tmp_path))
    assert project.problems == []
    organisation = project.registry.institutions["centre"].organisation
    assert (organisation.profile, organisation.language) == (profile, LANGUAGES[profile])
    account = build(project, tmp_path / "output", project.contents, Options(verify=True), complete=True)
    assert account.sentences == {}
    assert account.paths(Outcome.BUILT) == PAPERS


@pytest.mark.parametrize("profile", PROFILES)
def test_somebody_performs_every_function(profile: str, tmp_path: Path) -> None:
    found_registry(tmp_path, profile)
    hierarchy = open_project(read_work_tree(tmp_path)).hierarchies["centre"]
    assert [function for function in hierarchy.functions if not list(hierarchy.performers(function))] == []
    assert len(list(hierarchy.functions)) == 13


@pytest.mark.parametrize("profile", PROFILES)
def test_a_paper_is_valid_open_xml(profile: str, tmp_path: Path) -> None:
    found_registry(tmp_path, profile)
    project = open_project(read_work_tree(tmp_path))
    build(project, tmp_path / "output", project.contents, Options(), complete=True)
    for paper in ("regulation/home-care", "staffing-table/centre"):
        result = OpenXmlValidator().validate(str(tmp_path / f"output/centre/{paper}.docx"))
        assert [str(error) for error in result.errors] == []


@pytest.mark.parametrize("profile", PROFILES)
def test_fields_that_are_switched_off_can_be_switched_on(profile: str) -> None:
    switched = 0
    for path, content in registry_files(profile).items():
        text, count = SWITCHED_OFF.subn("", content.decode())
        switched += count
        document = read_document(path, text.encode())
        kind = kind_of(path)
        assert kind is not None
        assert [str(fault.finding.sentence) for fault in (*document.faults, *check_document(kind, document)[0])] == [], path
    assert switched > 5


@pytest.mark.parametrize("profile", PROFILES)
def test_comments_teach_in_the_language_of_the_profile(profile: str) -> None:
    for path, content in registry_files(profile).items():
        comments = re.findall(r"^ *# (.+)$", content.decode(), re.MULTILINE)
        assert comments or "social-work" in path, path
        letters = "".join(comments)
        assert bool(re.search("[а-яіїєґ]", letters)) == (profile != "intl" and bool(letters)), path
        if profile in {"ru", "by"}:
            assert not re.search("[іїєґІЇЄҐ]", content.decode()), path
        if profile == "ua":
            assert not re.search("[ыэъёЫЭЪЁ]", content.decode()), path
        assert max(map(len, content.decode().splitlines())) <= 120, path


@pytest.mark.parametrize("name", ["org", "positions"])
@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_what_is_in_the_way_stays(name: str, kind: str, tmp_path: Path) -> None:
    if kind == "folder":
        (tmp_path / name).mkdir()
    elif kind == "file":
        (tmp_path / name).write_text("mine", encoding="utf-8")
    else:
        (tmp_path / name).symlink_to(tmp_path / "nowhere")
    with pytest.raises(FoundingError) as caught:
        found_registry(tmp_path, "intl")
    assert str(caught.value) == f"{tmp_path} already holds {name}; nothing was written"
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_files_for_git_that_are_there_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.log\noutput/.orgdocs-*\n", encoding="utf-8")
    (tmp_path / ".gitattributes").write_text("org/*/approvals/** -text\n*.docx binary", encoding="utf-8")
    founded = found_registry(tmp_path, "ua")
    assert list(founded.written) == FILES
    assert founded.lacking == {".gitignore": (".orgdocs-tmp-*", "/.orgdocs/schemas/")}
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == "*.log\noutput/.orgdocs-*\n"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(FoundingError, match="it cannot be written"):
        found_registry(tmp_path / "file" / "new", "intl")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"
