"""A paper says the same in whatever way Word keeps it."""

from __future__ import annotations

import pytest

from importing.reading.disguises import PLAIN, disguise, number
from orgdocs.importing.manuscript import Manuscript, Paragraph
from orgdocs.importing.reading import read_manuscript

PAPER = """\
ПОЛОЖЕННЯ
про архівний відділ Заріченської селищної ради
1. Загальні положення
1.1. Архівний відділ (далі – Відділ) є структурним підрозділом селищної ради, діє відповідно до п. 3 рішення № 12.
1.2. Відділ підпорядковується секретареві ради.
1.2.1. У разі відсутності секретаря – його заступникові.
1.2.2. Про підпорядкування повідомляють працівників.
1.3. Відділ працює за планом.
2. Завдання
2.1. Основними завданнями Відділу є:
1) зберігання документів:
а) управлінських;
б) з кадрових питань (особового складу);
2) видавання довідок, копій та витягів:
а) громадянам;
б) установам;
в) судам;
3) облік.
2.2. Відділ відповідно до завдань:
1) приймає документи;
2) складає описи.
Інші повноваження визначає рада.
3. Права
3.1. Відділ має право:
– одержувати відомості, потрібні для роботи;
– скликати наради;
– подавати пропозиції.
3.2. Начальник Відділу має право підпису.\
""".splitlines()


def read_lines(manuscript: Manuscript) -> list[str]:
    return [f"{block.label} {block.text}".strip() for block in manuscript.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("way", PLAIN)
def test_plain(way: str) -> None:
    assert read_lines(read_manuscript(disguise(PAPER, way), "paper.docx")) == PAPER


def test_numbered() -> None:
    assert read_lines(read_manuscript(number(PAPER), "paper.docx")) == PAPER


def test_text() -> None:
    assert read_lines(read_manuscript("\r\n".join(PAPER).encode("cp1251"), "paper.txt")) == PAPER
