"""Papers in a second language, and what is told where a text is not given in it."""

from __future__ import annotations

import pytest

from contents.rendition import render_text
from project.opening import list_problems, open_texts

ORGANISATION = """\
name: {uk: центр послуг, en: Service Centre}
forms: {genitive: центру послуг, dative: центру послуг, accusative: центр послуг, instrumental: центром послуг}
profile: ua
language: uk
languages: [en]
head: director
place: {uk: м. Північ, en: Northbridge}
bodies:
  mayor:
    name: {uk: міський голова, en: Mayor}
    kind: official
    forms: {genitive: міського голови, dative: міському голові, instrumental: міським головою}
approvals:
  - {paper: job-description, by: mayor}
  - {paper: staffing-table, by: mayor}
"""
DIRECTOR = """\
title: {uk: директор, en: Director}
forms: {genitive: директора, dative: директору, instrumental: директором, accusative: директора}
category: manager
reports_to: mayor
staffing: {posts: 1, salary: 9800}
duties:
  - text: {uk: керує центром, en: directs the Centre}
    items: [{text: {uk: щодня, en: every day}}]
  - {text: {uk: звітує, en: reports}}
"""
PATH, POST = "org/centre/organisation.yaml", "positions/centre/director.yaml"
FILES = {PATH: ORGANISATION, POST: DIRECTOR}
FAMILIES = ("OD2", "OD8")


def test_both_languages_are_printed() -> None:
    project = open_texts(FILES, select=FAMILIES)
    assert list_problems(project) == []
    assert [(str(paper), paper.language, content.profile) for paper, content in project.contents.items()] == [
        ("centre/job-description/director", "uk", "ua"),
        ("centre/staffing-table/centre", "uk", "ua"),
        ("centre/job-description/director", "en", "intl"),
        ("centre/staffing-table/centre", "en", "intl"),
    ]
    texts = {
        paper.language: render_text(content).split("\n") for paper, content in project.contents.items() if paper.kind == "job-description"
    }
    assert texts["uk"][:5] == [
        "centre/job-description/director (uk, ua, no date)",
        "title: Посадова інструкція директора",
        "head: ЦЕНТР ПОСЛУГ",
        "stamp: ЗАТВЕРДЖУЮ",
        "stamp: Міський голова",
    ]
    assert texts["en"][:5] == [
        "centre/job-description/director (en, intl, no date)",
        "title: Job description: Director",
        "head: Service Centre",
        "stamp: Approved",
        "stamp: Mayor",
    ]
    duties = {language: next(line for line in lines if "керує" in line or "directs" in line) for language, lines in texts.items()}
    assert duties == {"uk": "* керує центром:", "en": "* directs the Centre:"}
    assert next(line for line in texts["en"] if "reports." in line) == "* reports."


def test_nothing_of_one_language_is_in_the_paper_of_the_other() -> None:
    project = open_texts(FILES, select=FAMILIES)
    english = [render_text(content) for paper, content in project.contents.items() if paper.language == "en"]
    assert [letter for text in english for letter in text if "\u0400" <= letter <= "\u04ff"] == []


# A text that is not given in the second language, and where that is told.
UNTOLD = {
    "a plain text": ({POST: DIRECTOR.replace("{uk: директор, en: Director}", "директор")}, [f"{POST}:1:8"]),
    "a map without it": ({POST: DIRECTOR.replace("{uk: звітує, en: reports}", "{uk: звітує}")}, [f"{POST}:9:12"]),
    "a clause as plain text": ({POST: DIRECTOR.replace("- {text: {uk: звітує, en: reports}}", "- звітує")}, [f"{POST}:9:5"]),
    "an item": ({POST: DIRECTOR.replace("[{text: {uk: щодня, en: every day}}]", "[щодня]")}, [f"{POST}:8:13"]),
    "the name of a body": ({PATH: ORGANISATION.replace("{uk: міський голова, en: Mayor}", "міський голова")}, [f"{PATH}:10:11"]),
    "the place": ({PATH: ORGANISATION.replace("{uk: м. Північ, en: Northbridge}", "м. Північ")}, [f"{PATH}:7:8"]),
    "two of them": (
        {POST: DIRECTOR.replace("{uk: звітує, en: reports}", "звітує").replace("{uk: керує центром, en: directs the Centre}", "керує")},
        [f"{POST}:7:11", f"{POST}:9:12"],
    ),
}


@pytest.mark.parametrize(("files", "places"), UNTOLD.values(), ids=UNTOLD)
def test_a_missing_language_is_told_at_its_place(files: dict[str, str], places: list[str]) -> None:
    project = open_texts({**FILES, **files}, select=FAMILIES)
    sentence = "OD802 this text is not given in the language en, in which the paper is asked for"
    assert list_problems(project) == [f"{place} {sentence}" for place in places]
    assert [str(paper) for paper in project.contents if paper.language == "uk"] == [
        "centre/job-description/director",
        "centre/staffing-table/centre",
    ]


def test_the_own_language_missing() -> None:
    project = open_texts({**FILES, POST: DIRECTOR.replace("{uk: звітує, en: reports}", "{en: reports}")}, select=FAMILIES)
    assert list_problems(project) == [f"{POST}:9:12 OD802 this text is not given in the language uk, in which the paper is asked for"]


def test_a_language_without_a_profile() -> None:
    project = open_texts({**FILES, PATH: ORGANISATION.replace("languages: [en]", "languages: [en, be]")}, select=FAMILIES)
    assert list_problems(project) == [f"{PATH}:5:12 OD802 no profile has wording in the language be"]


def test_the_own_language_asked_for_again_changes_nothing() -> None:
    again = open_texts({**FILES, PATH: ORGANISATION.replace("languages: [en]", "languages: [uk, en, en]")}, select=FAMILIES)
    assert list(again.contents) == list(open_texts(FILES).contents)
