"""What holds for any data whatever: no exception, every fault at a place, and nothing of a wrong kind left."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgdocs.documents import read_document
from orgdocs.problems import Route
from orgdocs.schemas import _nearest, _validator, check_document

CASES = Path(__file__).parent / "cases"
KINDS = sorted(path.parent.name for path in CASES.rglob("sound.yaml"))
FIELDS = ("id", "text", "items", "name", "title", "posts", "1", "01", "", "<<", "titel", "юрист")

quick = settings(max_examples=100, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
scalars = st.one_of(
    st.none(), st.sampled_from(["", "x", "2", "0,5", "true", "2026-01-01", "a/b", "A b", "\n", "*a", "є"]), st.text(max_size=5)
)
values = st.recursive(
    scalars,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), below, max_size=3),
    max_leaves=6,
)


def routes(data: Any, route: Route = ()) -> list[Route]:
    """All routes of a value."""
    below = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [route, *(inner for key, value in below for inner in routes(value, (*route, key)))]


def kinds_of_faults(kind: str, data: Any) -> set[str]:
    """The keywords that the data does not satisfy, in the alternatives that are meant."""
    waiting = list(_validator(kind).iter_errors(data))
    found = set()
    while waiting:
        error = waiting.pop()
        if error.kind.name == "anyOf":
            waiting += _nearest(error.kind.context, error.instance_path)
        else:
            found.add(error.kind.name)
    return found


@pytest.mark.parametrize("kind", KINDS)
@quick
@given(data=st.data())
def test_mutated_file(kind: str, data: st.DataObject) -> None:
    good = read_document("a.yaml", (CASES / kind / "sound.yaml").read_bytes()).data
    changed: Any = copy.deepcopy(good)
    for _ in range(data.draw(st.integers(1, 3))):
        *above, last = data.draw(st.sampled_from([route for route in routes(changed) if route]))
        holder = changed
        for step in above:
            holder = holder[step]
        what = data.draw(st.sampled_from(["replace", "remove", "add"]))
        if what == "add" and isinstance(holder, dict):
            holder[data.draw(st.sampled_from(FIELDS))] = data.draw(values)
        elif what == "remove" and len(holder) > 1:
            del holder[last]
        else:
            holder[last] = data.draw(values)
    document = read_document("a.yaml", json.dumps(changed, ensure_ascii=False).encode())
    faults, rest = check_document(kind, document)
    for fault in (*document.faults, *faults):
        span = document.span(fault.finding.place)
        assert span.line == 1
        assert str(fault.finding.sentence)
        assert str(fault.finding.sentence).isprintable()
    if document.data is None:
        assert (faults, rest) == ([], None)
    elif faults or document.lost:
        # What is left may lack something; nothing in it is of a wrong kind.
        assert kinds_of_faults(kind, rest) <= {"required", "minProperties", "minItems"}
    else:
        assert rest == document.data
        assert _validator(kind).is_valid(rest)
