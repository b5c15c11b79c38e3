r"""The hierarchy and its coverage as drawings, whole. In expected outputs ``\e`` stands for the escape character of colour codes."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from cases import read_case
from orgdocs.hierarchy import Hierarchy
from orgdocs.project import open_project
from orgdocs.reporting.tree import draw_coverage, draw_tree
from project.opening import open_texts

CASES = Path(__file__).parents[1] / "hierarchy" / "cases"


def shown(text: str) -> str:
    return textwrap.dedent(text).strip("\n")


def office(name: str) -> Hierarchy:
    return open_project(read_case(CASES / f"{name}.case").source).hierarchies["office"]


def test_a_tree() -> None:
    assert draw_tree(office("small")) == shown("""
        Office [office] 7.75
        ├─ Director [director] (head)
        ├─ Second Deputy [second-deputy] 1 × 0.5
        ├─ First Deputy [first-deputy]
        ├─ Secretary [secretary]
        ├─ Benefits [benefits] 5.25
        │  ├─ Head of Benefits [head-of-benefits] (head)
        │  ├─ Specialist B [specialist-b]
        │  ├─ Adviser [adviser]
        │  ├─ Specialist A [specialist-a] 3 × 0.75
        │  ├─ Junior [junior]
        │  └─ Claims [claims] 2
        │     └─ Head of Claims [claims-head] (head) 2 × 1
        ├─ Home [home, legal entity] 1.5
        │  ├─ Matron [matron] (head)
        │  ├─ Kitchen [kitchen] 0.5
        │  │  └─ Cook [cook] (head) 2 × 0.25
        │  └─ Nursery [nursery, legal entity] 4
        │     └─ Nurse [nurse] (head) 4 × 1
        └─ Archive [archive] 0
           └─ Archivist [archivist] (head)
    """)


def test_a_tree_without_posts() -> None:
    assert draw_tree(office("small"), posts=False) == shown("""
        Office [office] 7.75
        ├─ Benefits [benefits] 5.25
        │  └─ Claims [claims] 2
        ├─ Home [home, legal entity] 1.5
        │  ├─ Kitchen [kitchen] 0.5
        │  └─ Nursery [nursery, legal entity] 4
        └─ Archive [archive] 0
    """)


def test_a_tree_in_colour() -> None:
    hierarchy = open_texts({}, "small").hierarchies["office"]
    assert draw_tree(hierarchy, colour=True).replace("\x1b", r"\e") == shown(r"""
        \e[1mOffice of Examples\e[0m [office] 3
        ├─ Director [director]\e[36m (head)\e[0m
        ├─ Deputy Director [deputy]
        └─ \e[1mLegal Division\e[0m [legal] 1
           └─ Lawyer [lawyer]\e[36m (head)\e[0m
    """)


def test_a_tree_of_what_cannot_be() -> None:
    """Units in a circle hang nowhere and are not drawn; everything is drawn once."""
    assert draw_tree(office("nasty")) == shown("""
        Office [office] 1
        ├─ Alpha [alpha] 1 × 1
        ├─ Beta [beta] 0 × 1
        ├─ Explicit [explicit]
        ├─ Self [self]
        ├─ Gamma [gamma]
        ├─ Tail [tail]
        ├─ Alfa [alfa] 0
        ├─ Bravo [bravo] 0
        └─ Named [named-parent] 0
    """).replace(" 1 × 1", "")


@pytest.mark.parametrize(
    ("name", "language", "line"),
    [
        ("{uk: Управління, en: Office}", "uk", "Управління [office] 0"),
        ("{uk: Управління, en: Office}", "en", "Office [office] 0"),
        ("{uk: Управління}", "en", "Управління [office] 0"),
        ("Управління", "en", "Управління [office] 0"),
    ],
)
def test_names_in_several_languages(name: str, language: str, line: str) -> None:
    text = f"name: {name}\nprofile: intl\nlanguage: {language}\nhead: x\n"
    assert draw_tree(open_texts({"org/office/organisation.yaml": text}).hierarchies["office"]) == line


def test_an_organisation_that_cannot_be_read() -> None:
    hierarchy = open_texts(
        {"org/office/organisation.yaml": "name: [\n", "positions/office/director.yaml": "title: Director\n"}
    ).hierarchies["office"]
    assert draw_tree(hierarchy) == "office [office] 0\n└─ Director [director]"
    assert draw_coverage(hierarchy) == ""


def test_coverage() -> None:
    assert draw_coverage(office("small")) == shown("""
        Office
          office/examples: head-of-benefits
        Benefits (by territory)
          benefits/families: head-of-benefits, specialist-a
          benefits/veterans: head-of-benefits
          benefits#north: specialist-a
          benefits#south: specialist-b, specialist-a
          benefits#west: nobody
        Claims
          claims#north: claims-head
    """)


def test_coverage_in_colour() -> None:
    assert draw_coverage(office("small"), colour=True).replace("\x1b", r"\e") == shown(r"""
        \e[1mOffice\e[0m
          office/examples: head-of-benefits
        \e[1mBenefits\e[0m (by territory)
          benefits/families: head-of-benefits, specialist-a
          benefits/veterans: head-of-benefits
          benefits#north: specialist-a
          benefits#south: specialist-b, specialist-a
          benefits#west: \e[31mnobody\e[0m
        \e[1mClaims\e[0m
          claims#north: claims-head
    """)
