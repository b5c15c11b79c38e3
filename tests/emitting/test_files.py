"""Whole files as orgdocs writes them, and that they read back the same."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from orgdocs.documents import read_document
from orgdocs.emitting import Noted, as_read, emit

LONG = "признаёт, проверяет и выплачивает пособия семьям с детьми: ежемесячные, единовременные и все прочие, о которых сказано ниже"


def test_house_style() -> None:
    data = {
        "title": "Head: of the office",
        "unit": Noted("office", above="from regulation.docx, clause 1.2", beside="probably"),
        "staffing": {"posts": 2, "rate": Decimal("0.50"), "since": dt.date(2026, 1, 5), "open": True},
        "duties": [
            LONG,
            {"text": LONG, "performs": ["office/lead"]},
            Noted({"text": "short", "items": ["a", "b"]}, above="from clause 2"),
            Noted("short", beside="doubtful"),
        ],
        "address": "Line one\nLine two",
        "rights": [],
        "leads": {},
    }
    assert (
        emit(data)
        == """\
title: 'Head: of the office'
# from regulation.docx, clause 1.2
unit: office  # probably
staffing:
  posts: 2
  rate: 0.50
  since: 2026-01-05
  open: true
duties:
  - >-
    признаёт, проверяет и выплачивает пособия семьям с детьми: ежемесячные, единовременные и все
    прочие, о которых сказано ниже
  - text: >-
      признаёт, проверяет и выплачивает пособия семьям с детьми: ежемесячные, единовременные и все
      прочие, о которых сказано ниже
    performs:
      - office/lead
  # from clause 2
  - text: short
    items:
      - a
      - b
  - short  # doubtful
address: |-
  Line one
  Line two
rights: []
leads: {}
"""
    )


_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=150)
_WORDS = st.lists(st.sampled_from(["слово", "a:", "#", "- b", "'", '"', "{", "x,", "%", "дуже-довге-слово", ">"]), max_size=40)
_VALUES = st.recursive(
    _TEXTS | _WORDS.map(" ".join),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.from_regex(r"[a-z]{1,8}\Z"), below, max_size=3),
)


@given(st.dictionaries(st.from_regex(r"[a-z]{1,8}\Z"), _VALUES, min_size=1, max_size=4))
def test_what_is_written_reads_back(data: dict[str, object]) -> None:
    """Whatever characters a text has: either it reads back the same, or reading says that such a character is not allowed."""
    document = read_document("a.yaml", emit(data).encode())  # type: ignore[arg-type]
    if not document.faults:
        assert document.data == as_read(data)  # type: ignore[arg-type]
    else:
        assert {fault.rule for fault in document.faults} <= {"character", "normal-form"}
