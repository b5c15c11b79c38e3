"""The guide to constraints lists every field, test and joining word with what it is, and its examples work."""

from __future__ import annotations

import re

import pytest

from docs.guide import DOCS, anchors, read_blocks, read_table, section
from orgdocs.documents import read_document
from orgdocs.rules.conditions import MOST_TESTS
from orgdocs.rules.constraints import check_constraints
from orgdocs.rules.fields import FIELDS, JOINING, TESTS, Field
from orgdocs.schemas import check_document

GUIDE = (DOCS / "constraints.md").read_text("utf-8")
TEST_HEADINGS = {"text": "Texts", "word": "Words", "number": "Numbers", "date": "Dates", "flag": "True or false", "list": "Lists"}
FIELD_HEADINGS = {
    "organisation": "Organisations", "unit": "Units", "post": "Posts", "function": "Functions", "act": "Acts", "clause": "Clauses",
    "classifier": "Classifier codes", "appointment": "Appointments", "staffing": "Staffing", "alternative": "Ways to qualify",
    "relation": "Relations", "limits": "Limits", "paper": "Particulars of papers", "staffing_table": "Staffing tables",
    "holder": "Holders",
}  # fmt: skip
VALUES = {"words": "list of words", "flag": "true or false"}


def told(field: Field) -> str:
    """The value of a field as the guide words it."""
    if field.kind in {"thing", "things"}:
        heading = FIELD_HEADINGS[field.of]
        anchor = heading.lower().replace(" ", "-")
        return f"[{field.of.replace('_', ' ')}](#{anchor})" if field.kind == "thing" else f"list of [{heading.lower()}](#{anchor})"
    return VALUES.get(field.kind, field.kind)


@pytest.mark.parametrize("kind", FIELDS)
def test_every_field_is_listed(kind: str) -> None:
    rows = [[f"`{name}`", told(field), field.meaning] for name, field in FIELDS[kind].items()]
    assert read_table(section(GUIDE, f"### {FIELD_HEADINGS[kind]}")) == rows


@pytest.mark.parametrize("kind", TESTS)
def test_every_test_is_listed(kind: str) -> None:
    assert read_table(section(GUIDE, f"### {TEST_HEADINGS[kind]}")) == [[f"`{name}`", text] for name, text in TESTS[kind].items()]


def test_every_joining_word_is_listed() -> None:
    assert read_table(section(GUIDE, "## Conditions")) == [[f"`{name}`", text] for name, text in JOINING.items()]
    assert f"It may hold {MOST_TESTS} tests." in GUIDE


def test_links_within_the_guide_lead_somewhere() -> None:
    assert set(re.findall(r"\(#([^)]*)\)", GUIDE)) <= anchors(GUIDE)


@pytest.mark.parametrize("block", [block.text for block in read_blocks(GUIDE) if block.language == "yaml"])
def test_examples_are_sound(block: str) -> None:
    if not block.startswith("constraints:"):
        indented = block.replace("\n", "\n    ")
        must = "" if "must:" in block else "    must: {name: present}\n"
        about = "posts" if "duties" in block else "units"
        block = f"constraints:\n  - id: example\n    says: example\n    for: {about}\n    {indented.rstrip()}\n{must}"
    document = read_document("org/constraints.yaml", block.encode())
    assert document.faults == ()
    assert isinstance(document.data, dict)
    assert [str(fault.finding.sentence) for fault in check_document("constraints", document)[0]] == []
    assert [str(fault.finding.sentence) for fault in check_constraints(document.path, document.data)] == []
