"""Case forms of people's names, against tables that were written by hand; all of them are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgdocs.language.persons import Sex, can_decline, decline_person, find_gender

TABLES = Path(__file__).parent / "tables"


def write_line(line: str, language: str) -> str:
    """The line of a table as the program would write it."""
    names = line.split(" | ", maxsplit=1)[0]
    family, given, patronymic = (None if name == "-" else name for name in names.split(", "))
    proposal = decline_person(family or "", given or "", patronymic, language)
    return " | ".join((names, *proposal.forms.values())) + "".join(f" ! {doubt.code}" for doubt in proposal.doubts)


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_tables(language: str) -> None:
    text = (TABLES / f"persons-{language}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert [write_line(line, language) for line in lines] == lines


@pytest.mark.parametrize(
    ("given", "patronymic", "language", "gender"),
    [
        ("Ніка", "Лук’янівна", "uk", "femn"),
        ("Ніка", "Лукʼянович", "uk", "masc"),
        ("Микола", None, "uk", "masc"),
        ("Саша", None, "uk", None),
        ("С.", "П.", "uk", None),
        ("Никита", None, "ru", "masc"),
        ("Женя", None, "ru", None),
        ("Женя", "Ильинична", "ru", "femn"),
        ("Арзу", "Лутфи кызы", "ru", "femn"),
    ],
)
def test_gender(given: str, patronymic: str | None, language: str, gender: Sex | None) -> None:
    assert find_gender(given, patronymic, language) == gender


def test_a_given_gender_is_no_doubt() -> None:
    proposal = decline_person("Майстренко", "Саша", None, "uk", "femn")
    assert (proposal.forms["dative"], proposal.doubts) == ("Майстренко Саші", ())


def test_languages() -> None:
    assert [can_decline(language) for language in ("uk", "ru", "be", "en")] == [True, True, False, False]
