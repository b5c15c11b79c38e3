"""Opening a registry with faults: everything is told in one run, and one mistake is one problem."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases import read_base
from orgdocs.problems import Severity
from orgdocs.project import open_project
from orgdocs.sources import Source
from project.opening import find_paper, list_problems, open_texts

LAWYER, DEPUTY, DIRECTOR = "positions/office/legal/lawyer.yaml", "positions/office/deputy.yaml", "positions/office/director.yaml"
ORGANISATION, LEGAL, ACTS = "org/office/organisation.yaml", "org/office/units/legal.yaml", "org/office/acts.yaml"
STRUCTURE = ("OD1", "OD2", "OD3", "OD401", "OD402", "OD405", "OD8")
"""What belongs to files, ids and the line of command; rules of taste do not matter here."""


def test_a_sound_registry() -> None:
    project = open_texts({}, "small", select=STRUCTURE)
    assert (project.files, project.errors, project.problems) == (8, 0, [])
    assert sorted(str(paper) for paper in project.contents) == [
        "office/job-description/deputy",
        "office/job-description/director",
        "office/job-description/lawyer",
        "office/regulation/legal",
        "office/regulation/office",
        "office/staffing-table/office",
        "office/structure/office",
    ]
    assert list(project.subjects) == list(project.contents)
    assert project.texts[LAWYER] == read_base("small")[LAWYER].decode()
    assert list(project.hierarchies) == ["office"]


def test_an_empty_registry() -> None:
    project = open_texts({})
    assert (project.files, project.errors, project.problems, project.contents, dict(project.hierarchies)) == (0, 0, [], {}, {})


# What a file defines that cannot be read, and what is told of it: of the file itself, and of nobody who refers to it.
BROKEN = {
    LAWYER: ["positions/office/legal/lawyer.yaml:1:8 OD105 this bracket is opened and not closed"],
    DIRECTOR: ["positions/office/director.yaml:1:8 OD105 this bracket is opened and not closed"],
    LEGAL: ["org/office/units/legal.yaml:1:8 OD105 this bracket is opened and not closed"],
    ACTS: ["org/office/acts.yaml:1:8 OD105 this bracket is opened and not closed"],
    ORGANISATION: ["org/office/organisation.yaml:1:8 OD105 this bracket is opened and not closed"],
    "org/office/clauses/common.yaml": ["org/office/clauses/common.yaml:1:8 OD105 this bracket is opened and not closed"],
    "org/registry.yaml": ["org/registry.yaml:1:8 OD105 this bracket is opened and not closed"],
}


@pytest.mark.parametrize(("path", "told"), BROKEN.items())
def test_what_a_broken_file_defines_stays_known(path: str, told: list[str]) -> None:
    project = open_texts({path: "title: [x\n"}, "small")
    assert [
        line for line, problem in zip(list_problems(project), project.problems, strict=True) if problem.severity is Severity.ERROR
    ] == told


@pytest.mark.parametrize("path", [LAWYER, DIRECTOR, LEGAL, ACTS, ORGANISATION, "org/office/clauses/common.yaml"])
def test_what_was_found_and_not_read_stays_known(path: str) -> None:
    files = {key: content for key, content in read_base("small").items() if key != path}
    project = open_project(Source(Path("/registry"), files, strange={path: "link"}))
    told = [line for line, problem in zip(list_problems(project), project.problems, strict=True) if problem.severity is Severity.ERROR]
    assert told == [f"{path}:1:1 OD101 a link is not read; put the file itself here"]


# One field of a file at fault, and nothing said besides it.
SINGLE = {
    "posts that are no number": (DIRECTOR, "posts: 1", "posts: one", "6:19 OD203 one is not a whole number"),
    "a language that is none": (ORGANISATION, "language: en", "language: eng", "5:11 OD204 eng is not possible here"),
    "no language": (ORGANISATION, "language: en\n", "", "1:1 OD202 the field language is missing here"),
    "no profile": (ORGANISATION, "profile: intl\n", "", "1:1 OD202 the field profile is missing here"),
    "no head": (ORGANISATION, "head: director\n", "", "1:1 OD202 the field head is missing here"),
    "a superior in Cyrillic": (DEPUTY, "director", "директор", "3:13 OD204 директор is not possible here"),
    "no title": (DEPUTY, "title: Deputy Director\n", "", "1:1 OD202 the field title is missing here"),
    "an empty title": (DEPUTY, "title: Deputy Director", "title:", "1:1 OD205 a value is missing here"),
    "no text of a duty": (
        DEPUTY,
        "  - helps to keep the examples",
        "  - {performs: [office/examples]}",
        "7:5 OD202 the field text is missing here",
    ),
}


@pytest.mark.parametrize(("path", "old", "new", "told"), SINGLE.values(), ids=SINGLE)
def test_one_mistake_is_one_problem(path: str, old: str, new: str, told: str) -> None:
    text = read_base("small")[path].decode()
    assert text.count(old) == 1
    project = open_texts({path: text.replace(old, new)}, "small")
    errors = [line for line, problem in zip(list_problems(project), project.problems, strict=True) if problem.severity is Severity.ERROR]
    assert errors == [f"{path}:{told}"]


# -- choosing, and how grave things are -----------------------------------------------------------------------------

FAULTY = {
    DEPUTY: "title: Deputy Director\nreports_to: directr\nsubstituted_by: [deputy]\ncolour: red\nduties: [helps]\n",
    "positions/office/legal/lawyer.yaml": "title: Lawyer\nreports_to: director\nstaffing: {posts: 1, rate: 0.3}\nduties: [advises]\n",
}
COLOUR, DIRECTR, SELF, RATE = (
    f"{DEPUTY}:4:1 OD201 there is no field colour here",
    f"{DEPUTY}:2:13 OD301 no post or body has the id directr",
    f"{DEPUTY}:3:18 OD407 deputy substitutes itself",
    f"{LAWYER}:3:28 OD703 the rate 0.3 is not a multiple of 0.25",
)
OURS = ("OD201", "OD301", "OD407", "OD703")
CHOICES = {
    "all": (OURS, (), [DIRECTR, SELF, COLOUR, RATE]),
    "one code": (("OD301",), (), [DIRECTR]),
    "a family": (("OD2",), (), [COLOUR]),
    "two families": (("OD3", "OD7"), ("OD304",), [DIRECTR, RATE]),
    "all but one": (OURS, ("OD301",), [SELF, COLOUR, RATE]),
    "all but a family": (OURS, ("OD4", "OD7"), [DIRECTR, COLOUR]),
    "ignore is stronger": (("OD301",), ("OD3",), []),
    "none": (("OD999",), (), []),
}


@pytest.mark.parametrize(("select", "ignore", "told"), CHOICES.values(), ids=CHOICES)
def test_select_and_ignore(select: tuple[str, ...], ignore: tuple[str, ...], told: list[str]) -> None:
    assert list_problems(open_texts(FAULTY, "small", select=select, ignore=ignore)) == told


def test_settings_of_the_registry() -> None:
    settings = "format: 1\nrules:\n  ignore: [OD201]\n  severity: {OD301: warning, OD407: error, OD703: warning}\n"
    project = open_texts({**FAULTY, "org/registry.yaml": settings}, "small", select=OURS)
    assert [(problem.code, str(problem.severity)) for problem in project.problems] == [
        ("OD301", "warning"),
        ("OD407", "error"),
        ("OD703", "warning"),
    ]
    assert project.errors == 1


def test_problems_come_by_file_and_place() -> None:
    files = {f"positions/office/{name}.yaml": "colour: red\ntitle: x\nreports_to: nobody\nduties: [x]\nsize: 1\n" for name in "ca"}
    project = open_texts({**FAULTY, **files}, "small", select=("OD201", "OD301"))
    assert [(problem.path.split("/")[-1], problem.span.line) for problem in project.problems] == [
        ("a.yaml", 1),
        ("a.yaml", 3),
        ("a.yaml", 5),
        ("c.yaml", 1),
        ("c.yaml", 3),
        ("c.yaml", 5),
        ("deputy.yaml", 2),
        ("deputy.yaml", 4),
    ]


def test_figures_beyond_all_measure_are_reported_and_not_fatal() -> None:
    text = (
        "title: Lawyer\nunit: legal\nreports_to: director\nduties: [x]\n"
        "staffing: {posts: 9, rate: 999999999999, salary: 999999999999.99, allowances: [{kind: rank, percent: 999999999999.999999}]}\n"
    )
    project = open_texts({LAWYER: text}, "small", select=("OD701", "OD702"))
    assert [(problem.code, problem.path, problem.span[:2]) for problem in project.problems] == [
        ("OD701", ORGANISATION, (18, 17)),
        ("OD702", ORGANISATION, (18, 29)),
    ]
    assert find_paper(project, "office/staffing-table/office").body["rows"]
