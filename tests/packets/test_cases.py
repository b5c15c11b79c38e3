"""Whole packets as text: a table of pairs of registries in the languages that packets have words in, and one that has none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import OpenXmlValidator

from cases import list_cases, read_case
from orgdocs.building.printing import Printer
from orgdocs.comparing import compare
from orgdocs.packets.packing import Version, organisations_that_change, pack
from orgdocs.project import open_project
from orgdocs.rendering.papers import missing_texts

CASES = Path(__file__).parent / "cases"
VERSIONS = (Version("", "0123456789abcdef" * 2, date(2026, 2, 3)), Version("reform", "fedcba9876543210" * 2, date(2026, 3, 4)))
VALIDATOR = OpenXmlValidator()
MARKS = {"kept": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}


@pytest.mark.parametrize("path", list_cases(CASES), ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path, *, accept: bool) -> None:
    case = read_case(path)
    assert case.later is not None
    comparison = compare(open_project(case.source), open_project(case.later.source))
    redlines = {change.paper: f"redlines/{change.paper}.docx" for change in comparison.papers if change.state != "dropped"}
    told = []
    for organisation in organisations_that_change(comparison):
        content = pack(comparison, organisation, VERSIONS, effective=_day(path), redlines=redlines)
        assert content is not None
        printed = Printer(comparison.after).print(content)
        assert printed == Printer(comparison.after).print(content)
        assert missing_texts(printed, content) == []
        file = tmp_path / "packet.docx"
        file.write_bytes(printed)
        assert [str(error) for error in VALIDATOR.validate(file).errors] == []
        body: Any = content.body
        told += [f"title: {body['title']}", body["name"], *body["subject"], *show(body["packet"])]
    case.check("\n".join(told) or "nothing", accept=accept)


def _day(path: Path) -> date | None:
    """Some packets say from when the changes hold."""
    return date(2026, 5, 1) if path.stem.endswith("dated") else None


def show(packet: dict[str, Any]) -> Iterator[str]:
    """The lines of a packet below its title."""
    yield from packet["intro"]
    yield from ("", f"# {packet['changes']['heading']}")
    for group in packet["changes"]["groups"]:
        yield group["heading"]
        yield from (f"  – {words(change['words'])}" for change in group["changes"])
    for key in ("totals", "comparison", "papers"):
        yield from _table(packet[key])
    for order in packet["orders"]:
        yield from ("", f"# {order['heading']}", order["issuer"], order["word"], *order["requisites"], order["about"], order["preamble"])
        yield from [order["verb"]] if order["verb"] else []
        for number, point in enumerate(order["points"], 1):
            yield f"{number}. {point['text']}"
            yield from (f"   {number}.{index}. {entry}" for index, entry in enumerate(point["entries"], 1))
        yield from (f"{signature['post']} | {signature['line']}" for signature in order["signatures"])


def _table(table: dict[str, Any]) -> Iterator[str]:
    if table["rows"]:
        yield from ("", f"# {table['heading']}", " | ".join(table["columns"]))
    for row in table["rows"]:
        if row["style"] == "heading":
            yield f"## {row['text']}"
        elif "cells" in row:
            yield " | ".join(row["cells"])
        else:
            yield f"{row['text']} | {words(row['before'])} | {words(row['after'])}"


def words(stretches: list[dict[str, str]]) -> str:
    """A text with its marks."""
    return "".join(MARKS[stretch["state"]].format(stretch["text"]) for stretch in stretches)
