"""Whatever a manuscript holds, each of its words stands once in a draft, in order."""

from __future__ import annotations

from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from importing.understanding.manuscripts import list_drafted, list_words
from orgdocs.importing.manuscript import Block, Cell, Grid, Manuscript, Paragraph, Spot
from orgdocs.importing.understanding import understand

_MARKS = st.sampled_from(
    [
        "",
        "",
        "1.",
        "2.",
        "1.1.",
        "1.2 ",
        "2.1.1.",
        "1)",
        "2)",
        "а)",
        "b)",
        "(a)",
        "–",
        "• 3.1",
        "-",
        "P.",
        "З.",
        "II.",
        "Розділ 2.",
        "12.",
        "1.1Х",
    ]
)
_WORDS = st.sampled_from(
    [
        "Загальні положення", "ПРАВА", "Обязанности", "ПОСАДОВА ІНСТРУКЦІЯ", "Положення про відділ", "Job description of the clerk",
        "ЗАТВЕРДЖУЮ", "м. Київ", "має право", "веде облік", "Head of the office", "must know", "The head reports to the director",
        "Директор ______ О. Приклад", "[name]", "Responsibility", "Посада належить до керівників", "2", "IV",
    ]
)  # fmt: skip
_ENDS = st.sampled_from(["", ".", ";", ":", ","])


@st.composite
def _paragraphs(draw: st.DrawFn) -> list[Block]:
    blocks: list[Block] = []
    numbers = count(1)
    for _ in range(draw(st.integers(0, 14))):
        spot = Spot(next(numbers))
        text = f"{draw(_MARKS)} {draw(_WORDS)} zz{chr(96 + spot.block)}{draw(_ENDS)}"
        if draw(st.integers(0, 9)) == 0:
            blocks.append(Grid(((Cell((Paragraph(text, spot),)), Cell((Paragraph("cell", spot),))),), spot))
            continue
        if draw(st.integers(0, 5)) == 0:
            text += "\nfurther"
        looks = {name: True for name in ("bold", "centred", "breaks_page") if draw(st.integers(0, 5)) == 0}
        heading = draw(st.sampled_from([None, None, None, None, 0, 1, 2]))
        label, level = draw(st.sampled_from([("", None), ("", None), ("", None), ("3.", 0), ("3.1.", 1), ("•", 1), ("б)", 2)]))
        blocks.append(Paragraph(text, spot, label, level, heading, **looks))
    return blocks


@settings(max_examples=250, deadline=None)
@given(_paragraphs())
def test_each_word_stands_once(blocks: list[Block]) -> None:
    manuscript = Manuscript("paper.docx", "docx", tuple(blocks))
    words = list_words(manuscript)
    head, text = list_drafted(understand(manuscript))
    assert sorted(head + text) == sorted(words)
    own = [word for word in text if word.startswith("zz")]
    assert own == sorted(own)
