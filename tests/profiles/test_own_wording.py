"""An institution's wording.yaml: what it changes in whole papers, and what is said of it where it cannot be used."""

from __future__ import annotations

from difflib import SequenceMatcher

import pytest

from contents.rendition import render_text
from project.opening import find_paper, list_problems, open_texts

PATH = "org/office/wording.yaml"
FAMILIES = ("OD1", "OD2", "OD8")
"""The rules about files and wording; what others say of the institution does not matter here."""

JOB, REGULATION, TABLE, STRUCTURE = (
    "office/job-description/deputy",
    "office/regulation/legal",
    "office/staffing-table/office",
    "office/structure/office",
)


def changed_lines(paper: str, wording: str) -> list[str]:
    """The lines of a paper that a wording takes out and puts in, in their order."""
    before, after = open_texts({}, "small"), open_texts({PATH: wording}, "small", select=FAMILIES)
    assert list_problems(after) == []
    texts = [render_text(find_paper(project, paper)).split("\n") for project in (before, after)]
    changes = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        if kind != "equal":
            changes += [f"- {line}".rstrip() for line in texts[0][start:end]] + [
                f"+ {line}".rstrip() for line in texts[1][new_start:new_end]
            ]
    return changes


CHANGES = {
    "a clause": (
        JOB,
        (
            "papers: {job-description: {sections: {identification: {clauses: {superior: {text: 'The {{ term|nominative }} obeys "
            "the {{ superior|genitive }}'}}}}}}\n"
        ),
        ["- * The Deputy Director reports to the Director.", "+ * The Deputy Director obeys the Director."],
    ),
    "when a clause is printed": (
        JOB,
        "papers: {job-description: {sections: {identification: {clauses: {superior: {when: superior and grade}}}}}}\n",
        ["- * The Deputy Director reports to the Director."],
    ),
    "a new clause": (
        JOB,
        """\
papers:
  job-description:
    sections:
      identification:
        clauses:
          seat: The post has its seat in {{ place }}
          nobody: {when: grade, text: "Never printed: {{ grade }}"}
""",
        ["+ * The post has its seat in Northbridge."],
    ),
    "a new clause with items and paragraphs": (
        JOB,
        """\
papers:
  job-description:
    sections:
      purpose:
        clauses:
          all:
            text: The rights are
            items: rights
            paragraphs: {note: So it was decided, other: {when: grade, text: x}}
""",
        [
            "+ ## Purpose",
            "+ * The rights are:",
            "+     1) receive the information needed for the work.",
            "+     So it was decided.",
            "+",
        ],
    ),
    "one clause for each entry of a list": (
        JOB,
        (
            "papers: {job-description: {sections: {purpose: {clauses: {all: {each: substituted, text: 'Stands in for the "
            "{{ each|nominative }}'}}}}}}\n"
        ),
        ["+ ## Purpose", "+ * Stands in for the Director.", "+"],
    ),
    "a heading and a lead": (
        JOB,
        "papers: {job-description: {sections: {duties: {heading: Duties, lead: 'Every day the {{ term|nominative }}'}}}}\n",
        ["- ## Key responsibilities", "- The Deputy Director:", "+ ## Duties", "+ Every day the Deputy Director:"],
    ),
    "a new section, which comes last": (
        JOB,
        "papers: {job-description: {sections: {extra: {heading: Extra, clauses: {one: 'One for {{ post|nominative|upper }}'}}}}}\n",
        ["+", "+ ## Extra", "+ * One for DEPUTY DIRECTOR."],
    ),
    "a section left out": (
        JOB,
        "papers: {job-description: {sections: {rights: {when: grade}, responsibility: {when: grade}}}}\n",
        # There is no word for "take away"; a section whose condition never holds is gone.
        [
            "-",
            "- ## Authority",
            "- The Deputy Director is entitled to:",
            "- * receive the information needed for the work.",
            "-",
            "- ## Responsibility",
            "- The Deputy Director is responsible for:",
            "- * the quality of the work.",
        ],
    ),
    "the name of the paper": (
        JOB,
        "papers: {job-description: {name: JOB PROFILE, title: 'Profile of the {{ post|genitive }}'}}\n",
        [
            "- title: Job description: Deputy Director",
            "+ title: Profile of the Deputy Director",
            "- name: Job description",
            "+ name: JOB PROFILE",
        ],
    ),
    "head and below": (
        JOB,
        "papers: {job-description: {head: ['{{ organisation|nominative|upper }}', {when: grade, text: x}], below: ['at {{ place }}']}}\n",
        [
            "- head: Office of Examples",
            "+ head: OFFICE OF EXAMPLES",
            "- below: No. ______ of ____ / ____ / 20____",
            "- below: Northbridge",
            "+ below: at Northbridge",
        ],
    ),
    "the stamp of a person": (
        JOB,
        "stamps: {person: {word: APPROVED, lines: ['{{ approver|nominative|upper }}', '{{ person or blanks.name }}']}}\n",
        [
            "- stamp: Approved",
            "- stamp: Director",
            "- stamp: ______________ ________________________",
            "- stamp: ____ / ____ / 20____",
            "+ stamp: APPROVED",
            "+ stamp: DIRECTOR",
            "+ stamp: ________________________",
        ],
    ),
    "the stamp of an act": (
        REGULATION,
        "stamps: {act: {word: CONFIRMED}}\n",
        ["- stamp: Approved", "+ stamp: CONFIRMED"],
    ),
    "the words of the language": (
        REGULATION,
        "words: {acts: {resolution: {nominative: ruling}}}\n",
        [
            "- stamp: by resolution of the Town Council",
            "+ stamp: by ruling of the Town Council",
            "- * This Regulation is approved by resolution of the Town Council.",
            "+ * This Regulation is approved by ruling of the Town Council.",
        ],
    ),
    "lines to fill in": (
        REGULATION,
        "blanks: {number: '#', day: 'DAY'}\n",
        ["- stamp: No. ______ of ____ / ____ / 20____", "+ stamp: No. # of DAY"],
    ),
    "punctuation": (
        REGULATION,
        "punctuation: {between: ',', last: '!', before: ' –'}\n",
        [
            "- The objectives of the Legal Division are:",
            "- * keeping the office lawful.",
            "+ The objectives of the Legal Division are –",
            "+ * keeping the office lawful!",
            "- To meet its objectives, the Legal Division:",
            "- * gives legal advice;",
            "- * checks contracts.",
            "+ To meet its objectives, the Legal Division –",
            "+ * gives legal advice,",
            "+ * checks contracts!",
        ],
    ),
    "columns and rows of a table": (
        STRUCTURE,
        "papers: {structure: {columns: {unit: {title: Part}, rest: {title: Remarks}}, rows: {total: All}}}\n",
        [
            "- 1 No. | 2 Unit | 3 Head | 4 Posts | 5 FTE",
            "- post:  | Office of Examples | Director | 2 | 2",
            "- post: 1 | Legal Division | Lawyer | 1 | 1",
            "- total:  | Total |  | 3 | 3",
            "+ 1 No. | 2 Part | 3 Head | 4 Posts | 5 FTE | 6 Remarks",
            "+ post:  | Office of Examples | Director | 2 | 2 |",
            "+ post: 1 | Legal Division | Lawyer | 1 | 1 |",
            "+ total:  | All |  | 3 | 3 |",
        ],
    ),
    "the line in the stamp of the staffing table": (
        TABLE,
        "papers: {staffing-table: {stamp: ['{{ total_posts }} posts for {{ total_month }} {{ currency }}']}}\n",
        [
            "- stamp: Staffing of 3 full-time equivalents (FTE) with a monthly payroll of EUR 6,800.00",
            "+ stamp: 3 posts for 6,800.00 euros",
        ],
    ),
    "another kind of paper changes nothing here": (REGULATION, "papers: {job-description: {name: X}}\n", []),
}


@pytest.mark.parametrize(("paper", "wording", "changes"), CHANGES.values(), ids=CHANGES)
def test_what_a_wording_changes(paper: str, wording: str, changes: list[str]) -> None:
    assert changed_lines(paper, wording) == changes


def test_the_wording_of_another_institution_is_its_own() -> None:
    files = {PATH.replace("office", "annex"): "papers: {job-description: {name: X}}\n"}
    assert find_paper(open_texts(files, "small"), JOB) == find_paper(open_texts({}, "small"), JOB)


FAULTS = {
    "no template": (
        "person: '{{ given'\n",
        "1:9",
        "OD803 the wording cannot be read: unexpected end of template, expected 'end of print statement'.",
    ),
    "no condition": (
        "papers: {job-description: {sections: {duties: {when: 'duties and'}}}}\n",
        "1:54",
        "OD803 the wording cannot be read: unexpected 'end of statement block'",
    ),
    "a name that is not there": (
        "papers:\n  job-description:\n    title: '{{ pots|nominative }}'\n",
        "3:12",
        "OD803 there is nothing called pots in this paper",
    ),
    "a list that is not there": (
        "papers: {job-description: {sections: {duties: {clauses: {new: {clauses: dutys}}}}}}\n",
        "1:73",
        "OD803 there is nothing called dutys in this paper",
    ),
    "a name in a clause that is never printed": (
        "papers: {regulation: {sections: {final: {clauses: {address: {text: '{{ adress }}'}}}}}}\n",
        "1:68",
        "OD803 there is nothing called adress in this paper",
    ),
    "a call": (
        "papers: {job-description: {title: '{{ post.nominative.upper() }}'}}\n",
        "1:35",
        "OD803 a wording names values and cannot call anything",
    ),
    "an unknown filter": (
        "papers: {job-description: {title: '{{ post|vocative }}'}}\n",
        "1:35",
        "OD803 the wording cannot be read: No filter named 'vocative'.",
    ),
    "a whole list as text": (
        "papers: {job-description: {title: '{{ codes }}'}}\n",
        "1:35",
        "OD803 only a text can be printed, not a list",
    ),
    "an unknown field": ("papers: {job-description: {nme: X}}\n", "1:28", "OD201 there is no field nme here"),
    "an unknown kind": ("papers: {job-descriptions: {name: X}}\n", "1:10", "OD201 there is no field job-descriptions here"),
    "a value of another type": (
        "papers: {structure: {columns: {unit: {width: wide}}}}\n",
        "1:46",
        "OD203 wide is not a whole number",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("wording", "place", "sentence"), FAULTS.values(), ids=FAULTS)
def test_what_is_wrong_with_a_wording_is_told_at_its_place(wording: str, place: str, sentence: str) -> None:
    told = list_problems(open_texts({PATH: wording}, "small", select=FAMILIES))
    assert [line.split(", for example")[0] for line in told] == [f"{PATH}:{place} {sentence}"]


def test_all_that_is_wrong_is_told_at_once() -> None:
    wording = """\
person: "{{ given"
stamps:
  act:
    lines:
      - "{{ approver|genitiv }}"
papers:
  regulation:
    name: X
    title: "{% if name %}"
"""
    assert list_problems(open_texts({PATH: wording}, "small", select=FAMILIES)) == [
        f"{PATH}:1:9 OD803 the wording cannot be read: unexpected end of template, expected 'end of print statement'.",
        f"{PATH}:5:9 OD803 the wording cannot be read: No filter named 'genitiv'.",
        (
            f"{PATH}:9:12 OD803 the wording cannot be read: Unexpected end of template. Jinja was looking for the following tags: "
            "'elif' or 'else' or 'endif'. The innermost block that needs to be closed is 'if'."
        ),
    ]
