"""The docstring of a rule is its documentation: all of one shape, with examples that are what they claim to be."""

from __future__ import annotations

import re

import pytest

from orgdocs.documents import read_document
from orgdocs.rules import RULES, Rule, ledger

_SHAPE = re.compile(
    r"(?P<demand>[^\n]{1,120}\.)\n\n"
    r"(?P<why>(?:(?!\n\n|Wrong:).)+)\n\n"
    r"Wrong:\n\n```(?P<language>yaml|text)\n(?P<wrong>[^`]+)```\n\n"
    r"Right:\n\n```(?P=language)\n(?P<right>[^`]+)```",
    re.DOTALL,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_documentation_says_what_why_wrong_and_right(rule: Rule) -> None:
    shape = _SHAPE.fullmatch(rule.documentation)
    assert shape, rule.documentation
    assert shape["wrong"] != shape["right"]
    if rule in ledger.RULES and shape["language"] == "text":  # records are no YAML, and are written by commands
        return
    assert shape["language"] == "yaml"
    assert read_document("right.yaml", shape["right"].encode()).faults == ()


def test_codes_and_names_are_given_once_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name) for rule in RULES)
