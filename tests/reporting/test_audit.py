"""The function audit: what it counts, in whole outputs."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from cases import read_base
from orgdocs.model import Settings
from orgdocs.project import Project, open_project
from orgdocs.reporting.audit import LABELS, Matrix, audit, blocks_of, draw_audit
from orgdocs.sources import Source

OFFICE = """\
Function audit: Office of Examples
L leads, P performs, S substitutes for a performer

Functions of Office of Examples
1 Director [director]
2 Deputy Director [deputy]
Function                                1 2
─────────────────────────────────────── ─ ─
keeps the examples                      P S

Functions of Legal Division
1 Lawyer [lawyer]
Function                                1
─────────────────────────────────────── ─
gives legal advice                      P
checks contracts                        P

Functions that nobody performs
None.

Functions that several posts perform
None.

Functions that hang on one person
None.

Load of posts
Overloaded: for a staff unit at least twice as many functions as the median.
Post                     Duties Functions Staff units Mark
──────────────────────── ────── ───────── ─────────── ────
Lawyer [lawyer]          2      2         1
Director [director]      1      1         1
Deputy Director [deputy] 1      0         1

Span of control
Posts and staff units below.
Superior            Posts Staff units Mark
─────────────────── ───── ─────────── ────
Director [director] 2     2"""


def project_of(**changed: str) -> Project:
    """The small base with some files changed."""
    files = read_base("small") | {path.replace("__", "/") + ".yaml": text.encode() for path, text in changed.items()}
    return open_project(Source(Path("/registry"), dict(sorted(files.items())), {}, {}))


def drawn(project: Project, width: int = 80) -> str:
    return draw_audit(audit(project.hierarchies["office"], project.registry.settings), width=width)


def test_the_whole_report() -> None:
    assert drawn(project_of()) == OFFICE


LEGAL = """\
name: Legal Division
kind: division
head: lawyer
functions:
  - {id: advice, text: gives legal advice, lead: lawyer}
  - id: papers
    text: in matters of papers
    items:
      - {id: contracts, text: checks contracts}
      - {id: archive, text: keeps the archive of all the contracts and opinions that the division has ever written or received}
  - {id: claims, text: brings claims}
"""
LAWYER = """\
title: Lawyer
unit: legal
reports_to: director
staffing: {posts: 1, salary: 1800}
substituted_by: [deputy]
duties:
  - {text: gives legal advice, performs: [legal/advice]}
  - {text: deals with papers, performs: [legal/papers]}
"""
CLERKS = """\
title: Clerk
unit: legal
reports_to: director
staffing: {posts: 2, rate: 0.5, salary: 1000}
duties:
  - {text: answers simple questions, performs: [legal/advice, legal/archive]}
"""


def test_leads_spheres_gaps_and_doubles() -> None:
    project = project_of(org__office__units__legal=LEGAL, positions__office__legal__lawyer=LAWYER, positions__office__legal__clerk=CLERKS)
    text = drawn(project, width=60)
    part = text[text.index("Functions of Legal") : text.index("Span of control")]
    assert (
        part
        == """\
Functions of Legal Division
1 Deputy Director [deputy]
2 Lawyer [lawyer]
3 Clerk [clerk]
Function                      1 2 3
───────────────────────────── ─ ─ ─
gives legal advice            S L P
checks contracts              S P
keeps the archive of all the  S P P
contracts and opinions that…
brings claims

Functions that nobody performs
Function      Unit
───────────── ──────────────
brings claims Legal Division

Functions that several posts perform
Superiors of other performers are not counted.
Function               Posts                 Lead
────────────────────── ───────────────────── ───────────────
gives legal advice     Lawyer [lawyer],      Lawyer [lawyer]
                       Clerk [clerk]
keeps the archive of   Lawyer [lawyer],      –
all the contracts and… Clerk [clerk]

Functions that hang on one person
None.

Load of posts
Overloaded: for a staff unit at least twice as many
functions as the median.
Post                     Duties Functions Staff units Mark
──────────────────────── ────── ───────── ─────────── ────
Lawyer [lawyer]          2      3         1
Clerk [clerk]            1      2         1
Director [director]      1      1         1
Deputy Director [deputy] 1      0         1

"""
    )


def test_what_hangs_on_one_person() -> None:
    alone = LAWYER.replace("substituted_by: [deputy]\n", "")
    table = audit(project_of(positions__office__legal__lawyer=alone).hierarchies["office"], Settings()).tables[2]
    assert table.rows == (("gives legal advice", "Lawyer [lawyer]"),)
    for sound in (LAWYER, alone.replace("posts: 1", "posts: 2"), alone + "substitution: whoever the director names\n"):
        table = audit(project_of(positions__office__legal__lawyer=sound).hierarchies["office"], Settings()).tables[2]
        assert table.rows == ()


def test_overloaded_posts_and_a_wide_span() -> None:
    functions = "".join(f"  - {{id: f-{number}, text: does {number}}}\n" for number in range(6))
    busy = LAWYER + "  - {text: does the rest, performs: [legal/f-0, legal/f-1, legal/f-2, legal/f-3]}\n"
    calm = CLERKS.replace("legal/archive", "legal/f-4")
    project = project_of(
        org__office__units__legal=LEGAL + functions, positions__office__legal__lawyer=busy, positions__office__legal__clerk=calm
    )
    *_, load, span = audit(project.hierarchies["office"], Settings(widest_span=2)).tables
    assert load.rows == (
        ("Lawyer [lawyer]", 3, 7, Decimal(1), "overloaded"),
        ("Clerk [clerk]", 1, 2, Decimal("1.0"), ""),
        ("Director [director]", 1, 1, Decimal(1), ""),
        ("Deputy Director [deputy]", 1, 0, Decimal(1), ""),
    )
    assert span.rows == (("Director [director]", 3, Decimal("3.0"), "over 2"),)


def test_a_wide_matrix_is_cut_into_blocks_that_lose_nothing() -> None:
    marks = (("P", "", "", ""), ("", "", "", "S"), ("", "", "", ""))
    matrix = Matrix("t", "u", ("a", "b", "c", "d"), ("x", "y", "z"), marks)
    assert list(blocks_of(matrix, 2)) == [(range(2), [0, 2]), (range(2, 4), [1])]


def test_labels_are_there_in_every_language() -> None:
    assert {language: sorted(labels) for language, labels in LABELS.items()} == dict.fromkeys(LABELS, sorted(LABELS["en"]))


def test_no_line_is_wider_than_the_terminal() -> None:
    long = "name: " + "Very " * 30 + "Long Division\nkind: division\nhead: lawyer\nfunctions:\n  - {id: advice, text: " + "w" * 200 + "}\n"
    project = project_of(org__office__units__legal=long)
    for width in (40, 80):
        assert [line for line in drawn(project, width).splitlines() if len(line) > width] == []
