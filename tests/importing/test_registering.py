"""Mentions in whatever case lead to the thing that is meant, or to none."""

from __future__ import annotations

import pytest

from orgdocs.importing.registering import Directory


@pytest.fixture
def directory() -> Directory:
    made = Directory("uk")
    for given, kind, name in (
        ("mayor", "body", "міський голова"),
        ("council", "body", "міська рада"),
        ("director", "post", "директор департаменту соціальної політики"),
        ("accountant", "post", "бухгалтер"),
        ("chief", "post", "головний бухгалтер"),
        ("clerk-one", "post", "діловод відділу кадрів"),
        ("clerk-two", "post", "діловод архіву"),
    ):
        made.add(given, kind, name)
    return made


@pytest.mark.parametrize(
    ("mention", "found"),
    [
        ("міському голові", "mayor"),
        ("Міським головою", "mayor"),
        ("міською радою", "council"),
        ("директору", "director"),
        ("директором департаменту", "director"),
        ("бухгалтера", "accountant"),
        ("головного бухгалтера", "chief"),
        ("діловоду", None),
        ("діловоду архіву", "clerk-two"),
        ("голова", None),
        ("", None),
    ],
)
def test_mentions(directory: Directory, mention: str, found: str | None) -> None:
    assert directory.find(mention, ("post", "body")) == found


def test_only_the_kind_that_is_asked_for(directory: Directory) -> None:
    assert directory.find("міський голова", ("post",)) is None


def test_a_new_thing_has_an_id_of_its_own(directory: Directory) -> None:
    assert directory.register("Бухгалтер", "post", fallback="post", beside="finance") == "accountant-finance"
    assert directory.find("бухгалтером", ("post",)) == "accountant"
