"""Text in the encodings of the last fifty years is read as it was meant."""

from __future__ import annotations

import pytest

from orgdocs.importing.manuscript import Paragraph
from orgdocs.importing.reading import read_manuscript

UKRAINIAN = (
    "ПОЛОЖЕННЯ\nпро бібліотеку\n1.1. Бібліотека є закладом культури, її ґрунтовні фонди відкриті для всіх («Про бібліотеки») – щодня.\n"
)
RUSSIAN = "ДОЛЖНОСТНАЯ ИНСТРУКЦИЯ\n1. Юрист подчиняется директору учреждения и обеспечивает объём работ.\nСъёмка ведётся ежедневно.\n"
ENGLISH = "JOB DESCRIPTION\nThe clerk’s café keeps the files.\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (UKRAINIAN, "cp1251"),
        (UKRAINIAN, "utf-16"),
        (UKRAINIAN, "utf-16-le"),
        (UKRAINIAN, "utf-16-be"),
        (UKRAINIAN.replace("«", "").replace("»", "").replace("–", "-"), "koi8-u"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-u"),
        (RUSSIAN, "cp866"),
        (RUSSIAN, "mac-cyrillic"),
        (RUSSIAN, "utf-32"),
        (ENGLISH, "cp1252"),
        (RUSSIAN.upper(), "cp1251"),
    ],
)
def test_told(text: str, encoding: str) -> None:
    manuscript = read_manuscript(text.encode(encoding), "paper.txt")
    assert [block.text for block in manuscript.blocks if isinstance(block, Paragraph)] == text.splitlines()
    assert [(oddity.code, oddity.text) for oddity in manuscript.oddities] == [("encoding", encoding)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_usual(encoding: str) -> None:
    manuscript = read_manuscript(UKRAINIAN.encode(encoding), "paper.txt")
    assert [block.text for block in manuscript.blocks if isinstance(block, Paragraph)] == UKRAINIAN.splitlines()
    assert manuscript.oddities == ()
