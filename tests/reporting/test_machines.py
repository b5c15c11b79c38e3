"""Problems for machines, whole: JSON, and the annotations of workflows with everything escaped that has a meaning there."""

from __future__ import annotations

import json

import pytest

from orgdocs.problems import TOP, Problem, ProblemNote, Sentence, Severity, Span
from orgdocs.reporting.machines import report_github, report_json

NOTED = Problem(
    "positions/office/юрист.yaml", Span(3, 13, 4, 2), "OD301", "unknown-reference", Severity.ERROR,
    Sentence("no post has the id {id}", id="x"),
    (ProblemNote("org/office/organisation.yaml", TOP, Sentence("here")),), Sentence("did you mean {word}?", word="y"),
)  # fmt: skip
PLAIN = Problem("a.yaml", TOP, "OD304", "folder-differs", Severity.WARNING, Sentence('стоїть «не там» 😀 "x" \\ \n'))


def test_json() -> None:
    assert (
        report_json([NOTED, PLAIN], 7)
        == """\
{
  "files": 7,
  "errors": 1,
  "warnings": 1,
  "problems": [
    {
      "path": "positions/office/юрист.yaml",
      "line": 3,
      "column": 13,
      "end_line": 4,
      "end_column": 2,
      "code": "OD301",
      "name": "unknown-reference",
      "severity": "error",
      "message": "no post has the id x",
      "notes": [
        {
          "path": "org/office/organisation.yaml",
          "line": 1,
          "column": 1,
          "end_line": 1,
          "end_column": 1,
          "message": "here"
        }
      ],
      "hint": "did you mean y?"
    },
    {
      "path": "a.yaml",
      "line": 1,
      "column": 1,
      "end_line": 1,
      "end_column": 1,
      "code": "OD304",
      "name": "folder-differs",
      "severity": "warning",
      "message": "стоїть «не там» 😀 \\"x\\" \\\\ \\n",
      "notes": [],
      "hint": null
    }
  ]
}"""
    )


def test_json_of_nothing() -> None:
    assert json.loads(report_json([], 3)) == {"files": 3, "errors": 0, "warnings": 0, "problems": []}


def test_annotations_errors_first() -> None:
    assert report_github([PLAIN, NOTED]).split("\n") == [
        (
            "::error file=positions/office/юрист.yaml,line=3,col=13,endLine=4,endColumn=2,title=OD301 unknown-reference"
            "::no post has the id x (did you mean y?)"
        ),
        '::warning file=a.yaml,line=1,col=1,endLine=1,endColumn=1,title=OD304 folder-differs::стоїть «не там» 😀 "x" \\ %0A',
    ]
    assert report_github([]) == ""


@pytest.mark.parametrize(
    ("text", "in_message", "in_property"),
    [
        ("100 %", "100 %25", "100 %25"),
        ("%0A", "%250A", "%250A"),
        ("a\nb", "a%0Ab", "a%0Ab"),
        ("a\r\nb", "a%0D%0Ab", "a%0D%0Ab"),
        ("a: b", "a: b", "a%3A b"),
        ("a, b", "a, b", "a%2C b"),
        ("::error::x", "::error::x", "%3A%3Aerror%3A%3Ax"),
        ("file=x,line=2", "file=x,line=2", "file=x%2Cline=2"),
        ("]]> & <b>", "]]> & <b>", "]]> & <b>"),
    ],
)
def test_what_has_a_meaning_is_escaped(text: str, in_message: str, in_property: str) -> None:
    wrong = Problem(text, Span(1, 2, 3, 4), "OD1", text, Severity.ERROR, Sentence("{it}", it=text), hint=Sentence("{it}", it=text))
    assert report_github([wrong]) == (
        f"::error file={in_property},line=1,col=2,endLine=3,endColumn=4,title=OD1 {in_property}::{in_message} ({in_message})"
    )
