"""The pages of the guide that are written by hand name what is there, and nothing else; their links and tables hold."""

from __future__ import annotations

import re
import tomllib
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from cases import read_case
from docs.guide import DOCS, PAGES, ROOT, anchors, read_blocks, read_table, section, without_blocks
from orgdocs.contents.content import KINDS
from orgdocs.documents import read_document
from orgdocs.profiles import PROFILES, load_profile
from orgdocs.project import open_project
from orgdocs.rendering.drafting import draft_template
from orgdocs.rendering.expressions import ENVIRONMENT
from orgdocs.rendering.packages import read_package
from orgdocs.rendering.shapes import SHAPES, Shape
from orgdocs.reporting.text import report_text
from orgdocs.schemas import load_schema


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    lost = []
    for target in re.findall(r"\]\(([^)\s]+)\)", without_blocks(page.read_text("utf-8"))):
        if re.match(r"https?:|mailto:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and anchor not in anchors(file.read_text("utf-8"))):
            lost.append(target)
    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_tables_have_as_many_cells_in_each_row(page: Path) -> None:
    uneven = []
    width = 0
    for line in without_blocks(page.read_text("utf-8")).splitlines():
        cells = len(re.split(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        if cells and width and cells != width:
            uneven.append(line)
        width = cells
    assert uneven == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_yaml_in_the_guide_is_read_without_fault(page: Path) -> None:
    if page.name == "rules.md":  # it shows what is wrong as well
        return
    for block in read_blocks(page.read_text("utf-8")):
        if block.language == "yaml":
            for part in block.text.split("\n\n"):
                assert [str(fault.finding.sentence) for fault in read_document("page.yaml", part.encode()).faults] == []


def names_of(cells: list[list[str]]) -> list[str]:
    """All names in backticks in the first column of a table."""
    return [name for row in cells for name in re.findall(r"`([^`]+)`", row[0])]


def test_templates_names_every_value_of_a_paper() -> None:
    values = section((DOCS / "templates.md").read_text("utf-8"), "## Values of a paper")
    assert sorted(names_of(read_table(values))) == sorted(SHAPES)
    told = {part for name in re.findall(r"`([^`]+)`", values) for part in name.split(".")}
    assert sorted(fields_in(SHAPES) - told) == []


def fields_in(shape: Shape) -> set[str]:
    """The names of all fields in a shape, however deep."""
    if isinstance(shape, list):
        return fields_in(shape[0])
    if isinstance(shape, dict):
        return {*shape, *(name for inner in shape.values() for name in fields_in(inner))}
    return set()


def test_templates_names_every_filter_and_test() -> None:
    tags = section((DOCS / "templates.md").read_text("utf-8"), "## Tags")
    assert [name for name in (*ENVIRONMENT.filters, *ENVIRONMENT.tests) if f"`{name}`" not in tags] == []


def test_templates_names_every_style() -> None:
    text = (DOCS / "templates.md").read_text("utf-8")
    told = {name.strip().lower() for row in read_table(section(text, "## Change styles, not paragraphs")) for name in row[0].split(",")}
    there = set()
    for profile in PROFILES:
        for kind in KINDS:
            styles = read_package(draft_template(load_profile(profile), kind))["word/styles.xml"].decode()
            there |= {name.lower() for name in re.findall(r'<w:style w:type="paragraph"[^>]*><w:name w:val="([^"]+)"', styles)}
    assert told == there - {"normal"}


@pytest.mark.parametrize("kind", ["job-description", "regulation"])
def test_papers_names_the_sections_of_each_profile(kind: str) -> None:
    heading = {"job-description": "## Job description", "regulation": "## Regulation"}[kind]
    told = {row[0].strip("`"): row[1] for row in read_table(section((DOCS / "papers.md").read_text("utf-8"), heading))}
    there = {
        profile: "; ".join(
            re.sub(r"{%.*?{% else %}(.*?){% endif %}", r"\1", part["heading"])
            for part in load_profile(profile).data["papers"][kind]["sections"].values()
        )
        for profile in PROFILES
    }
    assert told == there


def test_papers_says_where_each_field_is_printed() -> None:
    text = (DOCS / "papers.md").read_text("utf-8")
    position = section(text, "## Job description").split("| Field", 1)[1]
    assert sorted(names_of(read_table("| Field" + position))) == sorted(load_schema("position")["properties"])
    unit = section(text, "## Regulation").split("| Field", 1)[1]
    fields = {*load_schema("organisation")["properties"], *load_schema("unit")["properties"]}
    fields |= load_schema("unit")["$defs"]["establishment"]["properties"].keys()
    assert sorted(names_of(read_table("| Field" + unit))) == sorted(fields)


def test_profiles_names_what_each_profile_follows() -> None:
    text = (DOCS / "profiles.md").read_text("utf-8")
    told = {row[0].strip("`"): row[3] for row in read_table(text)}
    assert told == {profile: load_profile(profile).data["standard"] for profile in PROFILES}
    months = {"11": "November"}
    for profile in PROFILES:
        year, month, _ = load_profile(profile).data["dated"].split("-")
        assert f"{months[month]} {year}" in text


def test_the_pictures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in (DOCS / "pictures").glob("*.png")}
    assert sizes
    assert {name: size for name, size in sizes.items() if size > 300_000} == {}


def test_architecture_lists_the_layers() -> None:
    text = (DOCS / "architecture.md").read_text("utf-8")
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    told = [" | ".join(re.findall(r"`([^`]+)`", row[0])) for row in read_table(section(text, "## Layers"))]
    assert told == contracts[0]["layers"]
    owners = section(text, "## Layers").split("| Library", 1)[1]
    there = {
        contract["forbidden_modules"][0]: {pair.split(" -> ")[0].removeprefix("orgdocs.") for pair in contract["ignore_imports"]}
        for contract in contracts[1:]
    }
    assert {row[0].strip("`"): {row[1].strip("`")} for row in read_table(f"| Library{owners}")} == there


def test_architecture_names_what_is_in_the_modules_it_says() -> None:
    for name, _, module in read_table(section((DOCS / "architecture.md").read_text("utf-8"), "## Concepts")):
        home = import_module(f"orgdocs.{module.strip('`')}")
        homes = [home, *(import_module(f"{home.__name__}.{found.name}") for found in iter_modules(getattr(home, "__path__", [])))]
        assert any(hasattr(place, name.strip("`")) for place in homes), name


def test_the_case_file_of_contributing_is_true(tmp_path: Path) -> None:
    block = next(block for block in read_blocks((ROOT / "CONTRIBUTING.md").read_text("utf-8")) if "=== expected" in block.text)
    path = tmp_path / "example.case"
    path.write_text(block.text, encoding="utf-8")
    case = read_case(path)
    project = open_project(case.source)
    case.check(report_text(project.problems, project.texts), accept=False)
