r"""The report for people, whole. In expected outputs ``\e`` stands for the escape character of colour codes."""

from __future__ import annotations

import textwrap

import pytest

from orgdocs.problems import TOP, Place, Problem, ProblemNote, Sentence, Severity, Span
from orgdocs.reporting.text import report_text, summarise
from project.opening import open_texts


def problem(span: Span, sentence: str = "something is wrong", path: str = "a.yaml", **more: object) -> Problem:
    """An error at a span of a file."""
    return Problem(path, span, "OD301", "unknown-reference", Severity.ERROR, Sentence(sentence), **more)  # type: ignore[arg-type]


def shown(text: str) -> str:
    return textwrap.dedent(text).strip("\n")


def test_nothing_wrong() -> None:
    assert report_text([], {}) == ""


FULL = [
    problem(
        Span(3, 13, 3, 21),
        "no post has the id directer",
        "positions/office/lawyer.yaml",
        hint=Sentence("did you mean {word}?", word="director"),
    ),
    Problem(
        "positions/office/cfo.yaml",
        Span(1, 1, 1, 6),
        "OD401",
        "subordination-cycle",
        Severity.WARNING,
        Sentence("{cycle}", cycle="cfo -> cto -> cfo"),
        (
            ProblemNote(
                "positions/office/cto.yaml", Span(3, 13, 3, 16), Sentence("{post} reports to {superior}", post="cto", superior="cfo")
            ),
            ProblemNote("positions/office/cfo.yaml", TOP, Sentence("and the other way round")),
        ),
    ),
]
TEXTS = {
    "positions/office/lawyer.yaml": "title: юрист\nunit: legal\nreports_to: directer  # so far\n",
    "positions/office/cfo.yaml": "title: CFO\n",
}


def test_a_whole_report() -> None:
    assert report_text(FULL, TEXTS) == shown("""
        positions/office/lawyer.yaml:3:13: error OD301 unknown-reference: no post has the id directer
            reports_to: directer  # so far
                        ^^^^^^^^
            hint: did you mean director?
        positions/office/cfo.yaml:1:1: warning OD401 subordination-cycle: cfo -> cto -> cfo
            title: CFO
            ^^^^^
            positions/office/cto.yaml:3:13: note: cto reports to cfo
            positions/office/cfo.yaml:1:1: note: and the other way round
    """)


def test_a_whole_report_in_colour() -> None:
    assert report_text(FULL, TEXTS, colour=True).replace("\x1b", r"\e") == shown(r"""
        \e[1mpositions/office/lawyer.yaml:3:13:\e[0m \e[31m\e[1merror\e[0m OD301 unknown-reference: no post has the id directer
            reports_to: directer  # so far
        \e[36m                ^^^^^^^^\e[0m
            \e[32mhint:\e[0m did you mean director?
        \e[1mpositions/office/cfo.yaml:1:1:\e[0m \e[33m\e[1mwarning\e[0m OD401 subordination-cycle: cfo -> cto -> cfo
            title: CFO
        \e[36m    ^^^^^\e[0m
            positions/office/cto.yaml:3:13: note: cto reports to cfo
            positions/office/cfo.yaml:1:1: note: and the other way round
    """)


LONG = "duties: підготовка пропозицій щодо вдосконалення роботи, облік заяв громадян та ведення реєстру звернень мешканців"

# A line, the span on it, the width of the terminal, and the excerpt without its four leading spaces.
EXCERPTS = {
    "a short line": ("title: юрист", Span(1, 8, 1, 13), 40, ["title: юрист", "       ^^^^^"]),
    "indentation is left out": ("      - text: дає поради", Span(1, 15, 1, 25), None, ["- text: дає поради", "        ^^^^^^^^^^"]),
    "tabs are one column": ("\ta:\tb", Span(1, 5, 1, 6), None, ["a: b", "   ^"]),
    "a single letter": ("a", Span(1, 1, 1, 2), 40, ["a", "^"]),
    "an empty span": ("a: b", Span(1, 4, 1, 4), None, ["a: b", "   ^"]),
    "the end of the line": ("reports_to:", Span(1, 12, 1, 12), None, ["reports_to:", "           ^"]),
    "past the end of the line": ("reports_to:  ", Span(1, 14, 1, 14), None, ["reports_to:", "             ^"]),
    "in the indentation": ("    a: b", Span(1, 2, 1, 3), None, ["   a: b", "^"]),
    "a tab in the indentation": ("\t- a", Span(1, 1, 1, 2), None, [" - a", "^"]),
    "several lines": ("text: [a,\n  b]", Span(1, 7, 2, 5), None, ["text: [a,", "      ^^^"]),
    "the second line": ("a: 1\nb: 2\n", Span(2, 4, 2, 5), None, ["b: 2", "   ^"]),
    "an empty line": ("a: 1\n\nb: 2", Span(2, 1, 2, 1), None, []),
    "a line of spaces": ("a: 1\n   \nb: 2", Span(2, 1, 2, 1), None, []),
    "below the file": ("a: 1\n", Span(9, 1, 9, 1), None, []),
    "an empty file": ("", TOP, None, []),
    "long, at the beginning, 40": (LONG, Span(1, 1, 1, 7), 40, ["duties: підготовка пропозицій щодо …", "^^^^^^"]),
    "long, near the beginning, 40": (LONG, Span(1, 9, 1, 19), 40, ["duties: підготовка пропозицій щодо …", "        ^^^^^^^^^^"]),
    "long, in the middle, 40": (LONG, Span(1, 60, 1, 70), 40, ["…боти, облік заяв громадян та веден…", "         ^^^^^^^^^^"]),
    "long, at the end, 40": (
        LONG,
        Span(1, len(LONG) - 3, 1, len(LONG) + 1),
        40,
        ["… ведення реєстру звернень мешканців", "                                ^^^^"],
    ),
    "long, past the end, 40": (
        LONG,
        Span(1, len(LONG) + 1, 1, len(LONG) + 1),
        40,
        ["…ведення реєстру звернень мешканців", "                                   ^"],
    ),
    "long, all of it, 40": (LONG, Span(1, 1, 1, len(LONG) + 1), 40, ["duties: підготовка пропозицій щодо …", "^" * 36]),
    "long, in the middle, 80": (
        LONG,
        Span(1, 60, 1, 70),
        80,
        ["…коналення роботи, облік заяв громадян та ведення реєстру звернень мешканців", " " * 21 + "^" * 10],
    ),
    "long, in the middle, a pipe": (
        LONG,
        Span(1, 60, 1, 70),
        None,
        ["…пропозицій щодо вдосконалення роботи, облік заяв громадян та ведення реєстру звернень мешканців", " " * 41 + "^" * 10],
    ),
    "exactly as wide as the terminal": ("x" * 36, Span(1, 36, 1, 37), 40, ["x" * 36, " " * 35 + "^"]),
    "one wider than the terminal": ("x" * 37, Span(1, 37, 1, 38), 40, ["…" + "x" * 35, " " * 35 + "^"]),
    "narrower than can be": ("x" * 60, Span(1, 30, 1, 31), 3, ["…" + "x" * 22 + "…", "      ^"]),
    "pictures take two columns": ("title: 🏛🏛 голова", Span(1, 11, 1, 17), None, ["title: 🏛🏛 голова", "          ^^^^^^"]),
    "wide pictures": ("title: 😀😀 голова", Span(1, 11, 1, 17), None, ["title: 😀😀 голова", "            ^^^^^^"]),
    "a picture marked": ("title: 😀", Span(1, 8, 1, 9), None, ["title: 😀", "       ^^"]),
    "pictures in a narrow terminal": ("😀" * 40, Span(1, 20, 1, 21), 40, ["…" + "😀" * 16 + "…", "       ^^"]),
    "accents take no column": (
        "title: и\N{COMBINING BREVE}од x",
        Span(1, 13, 1, 14),
        None,
        ["title: и\N{COMBINING BREVE}од x", "           ^"],
    ),
    "nothing that moves the cursor": ("a: \x1b[31m\x07\u202ered", Span(1, 4, 1, 5), None, ["a: �[31m��red", "   ^"]),
}


@pytest.mark.parametrize(("text", "span", "width", "lines"), EXCERPTS.values(), ids=EXCERPTS)
def test_excerpts(text: str, span: Span, width: int | None, lines: list[str]) -> None:
    report = report_text([problem(span)], {"a.yaml": text}, width=width).split("\n")
    assert report == [
        f"a.yaml:{span.line}:{span.column}: error OD301 unknown-reference: something is wrong",
        *(f"    {line}" for line in lines),
    ]


def test_a_file_without_text_has_no_excerpt() -> None:
    assert report_text([problem(TOP)], {}) == "a.yaml:1:1: error OD301 unknown-reference: something is wrong"


def test_nothing_from_the_files_reaches_the_terminal_as_a_command() -> None:
    bad = "\x1b]0;title\x07\n\r\x9b31m\u202e\udcff"
    wrong = Problem(
        f"org/{bad}.yaml", TOP, "OD102", "out-of-place", Severity.ERROR, Sentence("{name} cannot be an id", name=bad),
        (ProblemNote(f"org/{bad}", TOP, Sentence("{name}", name=bad)),), Sentence("rename {name}", name=bad),
    )  # fmt: skip
    seen = "�]0;title���31m��".replace("���31m", "����31m")
    assert report_text([wrong], {}) == shown(f"""
        org/{seen}.yaml:1:1: error OD102 out-of-place: {seen} cannot be an id
            org/{seen}:1:1: note: {seen}
            hint: rename {seen}
    """)


@pytest.mark.parametrize(
    ("severities", "files", "line", "coloured"),
    [
        ("", 0, "0 files checked, no problems", r"\e[32m0 files checked, no problems\e[0m"),
        ("", 1, "1 file checked, no problems", r"\e[32m1 file checked, no problems\e[0m"),
        ("e", 2, "2 files checked, 1 error", r"\e[31m\e[1m2 files checked, 1 error\e[0m"),
        ("ee", 2, "2 files checked, 2 errors", r"\e[31m\e[1m2 files checked, 2 errors\e[0m"),
        ("w", 2, "2 files checked, 1 warning", r"\e[33m\e[1m2 files checked, 1 warning\e[0m"),
        ("eww", 9, "9 files checked, 1 error and 2 warnings", r"\e[31m\e[1m9 files checked, 1 error and 2 warnings\e[0m"),
    ],
)
def test_the_last_line(severities: str, files: int, line: str, coloured: str) -> None:
    kinds = {"e": Severity.ERROR, "w": Severity.WARNING}
    problems = [Problem("a.yaml", TOP, "OD101", "unread", kinds[letter], Sentence("x")) for letter in severities]
    assert summarise(problems, files) == line
    assert summarise(problems, files, colour=True).replace("\x1b", r"\e") == coloured


def test_a_report_from_files() -> None:
    texts = {
        "positions/office/deputy.yaml": "title: Deputy Director 😀\ncategory: manger\nreports_to: direktor\nduties: [helps]\n",
    }
    project = open_texts(texts, "small", select=("OD2", "OD301"))
    assert report_text(project.problems, project.texts, width=40) == shown("""
        positions/office/deputy.yaml:2:11: error OD204 bad-value: manger is not possible here
            category: manger
                      ^^^^^^
            hint: did you mean manager?
        positions/office/deputy.yaml:3:13: error OD301 unknown-reference: no post or body has the id direktor
            reports_to: direktor
                        ^^^^^^^^
            hint: did you mean director?
    """)


def test_places_are_counted_in_letters() -> None:
    place = Place("a.yaml", ("a",))
    assert place.under("b", 2) == Place("a.yaml", ("a", "b", 2))
