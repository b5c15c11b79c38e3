"""Pay grades, periods of posts and the organisation's own classifier codes, read from their files."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cases import read_base
from orgdocs.model import PayRange
from orgdocs.problems import Place
from project.opening import open_texts


def _texts() -> dict[str, str]:
    return {path: content.decode() for path, content in read_base("small").items()}


def test_ranges_of_grades() -> None:
    texts = _texts()
    path = "org/office/organisation.yaml"
    texts[path] += "grades:\n  A1: {from: 1000, to: 1800.50}\n  ІІІ: {from: 900}\n"
    project = open_texts(texts)
    assert project.problems == []
    assert project.registry.institutions["office"].organisation.grades == {
        "A1": PayRange(Place(path, ("grades", "A1")), Decimal(1000), Decimal("1800.50")),
        "ІІІ": PayRange(Place(path, ("grades", "ІІІ")), Decimal(900), None),
    }


def test_period_of_a_post() -> None:
    texts = _texts()
    texts["positions/office/deputy.yaml"] += "valid_from: 2026-01-01\nvalid_to: 2026-12-31\n"
    project = open_texts(texts)
    assert project.problems == []
    positions = project.registry.institutions["office"].positions
    assert (positions["deputy"].valid_from, positions["deputy"].valid_to) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (positions["director"].valid_from, positions["director"].valid_to) == (None, None)


def test_own_classifier_codes() -> None:
    texts = _texts() | {"org/office/classifiers.yaml": 'isco08:\n  "2611": Lawyers\n'}
    project = open_texts(texts)
    assert project.problems == []
    assert project.registry.institutions["office"].classifiers == {"isco08": {"2611": "Lawyers"}}
