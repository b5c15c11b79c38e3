"""Columns that are too narrow for a word get what others can spare, and the whole stays as wide as it was."""

from __future__ import annotations

from typing import cast

import pytest

from orgdocs.contents.content import Body
from orgdocs.rendering.columns import Columns


def columns(*titles: tuple[str, int], rows: tuple[tuple[str, ...], ...] = ()) -> Columns:
    """Columns with titles, shares and rows of cells."""
    body = {
        "columns": [{"title": title, "width": width} for title, width in titles],
        "rows": [{"cells": [{"text": text} for text in row]} for row in rows],
    }
    return Columns(cast("Body", body))


@pytest.mark.parametrize(
    ("made", "whole", "widths"),
    [
        pytest.param(columns(("No.", 1), ("Post", 3)), 4000, [1000, 3000], id="shares hold where all words fit"),
        pytest.param(columns(("Headcount", 1), ("Post", 9)), 5000, [994, 4006], id="a long word in a head"),
        pytest.param(columns(("Head count", 1), ("Post", 9)), 5000, [610, 4390], id="two words need less than one"),
        pytest.param(columns(("A", 1), ("B", 9), rows=(("1\xa0144\xa0640,00", ""),)), 5000, [1234, 3766], id="a number is one word"),
        pytest.param(columns(("A", 1), ("B", 9), rows=(("head-of-lending", ""),)), 5000, [732, 4268], id="a hyphen breaks"),
        pytest.param(columns(("Headcount", 1), ("A", 2), ("B", 7)), 5000, [994, 906, 3100], id="who has more gives more"),
        pytest.param(columns(("Headcount", 1), ("Department", 1)), 2000, [953, 1046], id="where nobody can spare, all lack alike"),
        pytest.param(columns(("", 1), ("Post", 1)), 3000, [1500, 1500], id="a title may be empty"),
    ],
)
def test_widths(made: Columns, whole: int, widths: list[int]) -> None:
    assert made.divide(whole) == widths


def test_a_row_over_all_columns_asks_for_nothing() -> None:
    assert columns(("A", 1), ("B", 1), rows=((), ("x", "y", "surplus" * 9))).divide(2000) == [1000, 1000]
