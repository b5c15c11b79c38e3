"""The generated pages of the guide are current, and the example that they quote is sound and complete."""

from __future__ import annotations

import re
import runpy
from typing import Any

import pytest

from docs.guide import DOCS, ROOT, read_table, section, without_blocks
from orgdocs.documents import read_document
from orgdocs.project import open_project
from orgdocs.rules import RULES
from orgdocs.schemas import KINDS, check_document, kind_of
from orgdocs.sources import read_work_tree

TOOL = ROOT / "tools" / "write_references.py"
EXAMPLE = DOCS / "example"


@pytest.fixture(scope="module")
def tool() -> dict[str, Any]:
    """The functions of the tool that writes the pages."""
    return runpy.run_path(str(TOOL))


@pytest.mark.parametrize("page", ["docs/yaml.md", "docs/rules.md", "docs/packs.md", "docs/commands.md"])
def test_the_page_is_what_the_tool_writes(tool: dict[str, Any], page: str) -> None:
    assert (ROOT / page).read_text("utf-8") == tool["writers"]()[page](), f"run: python {TOOL.relative_to(ROOT)}"


def test_the_example_is_clean() -> None:
    project = open_project(read_work_tree(EXAMPLE))
    assert [str(problem.sentence) for problem in project.problems] == []
    assert sorted(map(str, project.contents)) == [
        "library/familiarisation-journal/library",
        "library/familiarisation-sheet/lending",
        "library/familiarisation-sheet/library",
        "library/job-description/director",
        "library/job-description/head-of-lending",
        "library/job-description/librarian",
        "library/regulation/lending",
        "library/regulation/library",
        "library/review-list/library",
        "library/staffing-table/library",
        "library/structure/library",
    ]


def test_the_example_has_every_kind_of_file() -> None:
    found = {kind_of(path.relative_to(EXAMPLE).as_posix()) for path in EXAMPLE.rglob("*.yaml")}
    assert found == set(KINDS)


# Fields for which one English organisation gives no example: other languages, cases and countries.
NO_EXAMPLE = ("Text", "Case forms", "Identity codes")


def test_every_field_that_holds_a_value_has_an_example() -> None:
    text = without_blocks((DOCS / "yaml.md").read_text("utf-8")).split("\n## Wording\n")
    before, after = text[0], text[1].split("\n## Fields of organisations and units\n")[1]
    missing = []
    for page in (before, after):
        for part in re.split(r"^#+ ", page, flags=re.MULTILINE):
            title = part.partition("\n")[0]
            missing += [
                f"{title}: {name}"
                for name, what, *_, example in (row for row in read_table(part) if len(row) == 5)
                if not example and title not in NO_EXAMPLE and not re.search(r"own|by |\(#|list of", what)
            ]
    assert missing == []


def test_every_rule_has_its_section() -> None:
    text = (DOCS / "rules.md").read_text("utf-8")
    for rule in RULES:
        assert section(text, f"### {rule.code} {rule.name}").strip()


def test_snippets_of_the_yaml_reference_are_read_without_fault(tool: dict[str, Any]) -> None:
    for name, snippet in tool["_SNIPPETS"].items():
        for part in snippet.split("\n\n"):
            document = read_document(f"{name}.yaml", part.encode())
            assert [str(fault.finding.sentence) for fault in document.faults] == []
            if name in {"duty", "clause"}:
                assert check_document("clauses", document)[0] == []
