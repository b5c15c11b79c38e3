"""Changes at single places of a file: what was asked for, and nothing else."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from orgdocs.editing.patching import Patch, PatchError
from orgdocs.emitting import Noted
from orgdocs.problems import Route

EXAMPLE = Path(__file__).parents[2] / "docs" / "example"

FILE = """\
# The director's post.
title: Director  # the only one
forms:

staffing:
  # as approved
  posts: 2   # two
  rate: 1

duties:
  - text: >-
      leads the office and everything
      else
    performs: [office/lead, office/care]  # both
  # told last
  - second duty

qualification:
  any_of:
    - education: {level: master, fields: [law, "a, b"]}
rights: []
"""

CASES: dict[str, tuple[Callable[[Patch], None], str]] = {
    "a text": (
        lambda patch: patch.set(("title",), "Head: of the office"),
        """\
-title: Director  # the only one
+title: 'Head: of the office'  # the only one
""",
    ),
    "a new field behind another": (
        lambda patch: patch.set(("unit",), "office", after=("title",)),
        """\
+unit: office
""",
    ),
    "an empty field is filled": (
        lambda patch: patch.set(("forms", "genitive"), Noted("directora", beside="proposed")),
        """\
+  genitive: directora  # proposed
""",
    ),
    "a field in a map that has comments": (
        lambda patch: patch.set(("staffing", "salary"), "9800.00", after=("posts",)),
        """\
+  salary: 9800.00
""",
    ),
    "a number with a comment beside it": (
        lambda patch: patch.set(("staffing", "posts"), 3),
        """\
-  posts: 2   # two
+  posts: 3   # two
""",
    ),
    "a folded text": (
        lambda patch: patch.set(("duties", 0, "text"), "leads the office"),
        """\
-  - text: >-
-      leads the office and everything
-      else
+  - text: leads the office
""",
    ),
    "an entry becomes a map": (
        lambda patch: patch.set(("duties", 1), {"text": "second duty", "performs": ["office/lead"]}),
        """\
-  - second duty
+  - text: second duty
+    performs:
+      - office/lead
""",
    ),
    "an entry of a list in brackets": (
        lambda patch: patch.set(("duties", 0, "performs", 1), "office/aid"),
        """\
-    performs: [office/lead, office/care]  # both
+    performs: [office/lead, office/aid]  # both
""",
    ),
    "one more entry in brackets": (
        lambda patch: patch.append(("qualification", "any_of", 0, "education", "fields"), "economy"),
        """\
-    - education: {level: master, fields: [law, "a, b"]}
+    - education: {level: master, fields: [law, 'a, b', economy]}
""",
    ),
    "an entry at the end, with where it came from": (
        lambda patch: patch.append(("duties",), Noted("third duty", above="from the order of 2026")),
        """\
+  # from the order of 2026
+  - third duty
""",
    ),
    "an entry before another and its comment": (
        lambda patch: patch.insert(("duties",), 1, "in between"),
        """\
+  - in between
""",
    ),
    "the first entry of an empty list": (
        lambda patch: patch.append(("rights",), "sign"),
        """\
-rights: []
+rights:
+  - sign
""",
    ),
    "an entry goes, and its comment with it": (
        lambda patch: patch.remove(("duties", 1)),
        """\
-  # told last
-  - second duty
""",
    ),
    "the first field of an entry goes": (
        lambda patch: patch.remove(("duties", 0, "text")),
        """\
-  - text: >-
-      leads the office and everything
-      else
-    performs: [office/lead, office/care]  # both
+  - performs: [office/lead, office/care]  # both
""",
    ),
    "the last entry but one in brackets goes": (
        lambda patch: patch.remove(("duties", 0, "performs", 0)),
        """\
-    performs: [office/lead, office/care]  # both
+    performs: [office/care]  # both
""",
    ),
    "a field gets another name": (
        lambda patch: patch.rename(("staffing", "rate"), "share"),
        """\
-  rate: 1
+  share: 1
""",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_change(name: str) -> None:
    change, expected = CASES[name]
    patch = Patch("director.yaml", FILE.encode())
    change(patch)
    lines = difflib.unified_diff(FILE.splitlines(), patch.finish().decode().splitlines(), n=0, lineterm="")
    assert "".join(f"{line}\n" for line in lines if line[:3] not in {"---", "+++"} and line[0] in "+-") == expected


def test_byte_order_mark_and_line_ends_stay() -> None:
    patch = Patch("a.yaml", b"\xef\xbb\xbftitle: a\r\nunit: b\r\n")
    patch.set(("unit",), "c")
    assert patch.finish() == b"\xef\xbb\xbftitle: a\r\nunit: c\r\n"


def test_faulty_files_are_left_alone() -> None:
    with pytest.raises(PatchError, match=r"a\.yaml: the file has faults; mend them first"):
        Patch("a.yaml", b"title: [\n")


def test_comments_between_brackets_are_not_lost() -> None:
    patch = Patch("a.yaml", b"list: [a, # first\n  b]\n")
    with pytest.raises(PatchError, match=r"a\.yaml: list holds a comment between its brackets"):
        patch.append(("list",), "c")
    assert patch.finish() == b"list: [a, # first\n  b]\n"


def test_what_cannot_be_read_back_is_refused() -> None:
    patch = Patch("a.yaml", b"title: a\n")
    with pytest.raises(PatchError):
        patch.set(("title",), "\ud83d")
    with pytest.raises(PatchError, match="there is a field title already"):
        Patch("a.yaml", b"title: a\nunit: b\n").rename(("unit",), "title")


LONG = "a long text that does not fit on one line: it holds a colon, commas, and so many further words that it must be folded somewhere"


def _routes(data: Any, route: Route = ()) -> Iterator[Route]:
    below = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in below:
        yield (*route, key)
        yield from _routes(value, (*route, key))


@pytest.mark.parametrize("path", sorted(EXAMPLE.rglob("*.yaml")), ids=lambda path: path.stem)
def test_every_value_of_the_example_can_be_changed(path: Path) -> None:
    """A change proves itself: it is refused where the file would not read as before but for it."""
    content = path.read_bytes()
    for route in _routes(Patch(path.name, content).data):
        for change in (
            lambda patch, route=route: patch.set(route, LONG),
            lambda patch, route=route: patch.set(route, {"a": "b # c", "list": ["x", {"y": LONG}]}),
            lambda patch, route=route: patch.remove(route) if len(patch.data) > 1 else None,
        ):
            patch = Patch(path.name, content)
            change(patch)
