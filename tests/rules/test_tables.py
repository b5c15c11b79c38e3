"""The tables behind the rules know every word that the schemas and the languages allow."""

from __future__ import annotations

import pytest

from orgdocs.rules.classifiers import SHAPES
from orgdocs.rules.qualifications import EDUCATION, STAGES, split_grade
from orgdocs.rules.standing import HEADING_WORDS
from orgdocs.schemas import load_schema


def test_every_level_of_education_has_its_order() -> None:
    alternative = load_schema("position")["properties"]["qualification"]["properties"]["any_of"]["items"]
    assert set(EDUCATION) == set(alternative["properties"]["education"]["properties"]["level"]["enum"])


def test_every_degree_belongs_to_a_stage() -> None:
    assert {degree for pair in EDUCATION.values() for degree in pair} == set(range(len(STAGES)))


def test_every_scheme_has_its_shape_and_an_example_of_it() -> None:
    assert set(SHAPES) == set(load_schema("position")["properties"]["classifier"]["properties"]["scheme"]["enum"])
    assert set(SHAPES) == set(load_schema("classifiers")["properties"])
    assert [scheme for scheme, (shape, example) in SHAPES.items() if not shape.fullmatch(example)] == []


def test_heads_have_titles_in_every_language() -> None:
    assert set(HEADING_WORDS) == set(load_schema("organisation")["properties"]["language"]["enum"])


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        (
            "uk",
            ["молодший лікар", "лікар", "лікар III категорії", "лікар ІІ категорії", "лікар першої категорії", "лікар вищої категорії",
             "старша лікар", "провідний лікар", "головний лікар"],
        ),
        (
            "ru",
            ["младший врач", "врач", "врач 3 категории", "врач II категории", "врач первой категории", "врач высшей категории",
             "старший врач", "ведущий врач", "главный врач"],
        ),
        (
            "en",
            ["junior doctor", "doctor", "doctor, category III", "doctor, category 2", "doctor, category I", "senior doctor",
             "leading doctor", "chief doctor"],
        ),
    ],
)  # fmt: skip
def test_grades_rank_the_same_post(language: str, titles: list[str]) -> None:
    grades = [split_grade(title.capitalize(), language) for title in titles]
    assert [rank for rank, _ in grades] == sorted({rank for rank, _ in grades})
    assert {stem for _, stem in grades} == {titles[1]}


def test_a_word_that_only_begins_like_a_grade_is_none() -> None:
    assert split_grade("Chiefly a clerk", "en") == (1, "chiefly a clerk")
    assert split_grade({"uk": "головний лікар", "en": "chief doctor"}, "en") == (8, "doctor")
