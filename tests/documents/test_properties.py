"""What holds for any file whatever: no exception, faults inside the text, and texts that come back as they were."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgdocs import documents
from orgdocs.documents import Data, Document, characters, read_document
from orgdocs.problems import Span

GOOD = """\
# Посада
title: головний спеціаліст
unit: benefits
classifier: {scheme: dk003, code: "2419.3"}
substituted_by: [leading-specialist, 'other']
staffing: {posts: 2, rate: 0.5, allowances: [{kind: rank, percent: 20}]}
duties:
  - text: призначає допомоги сім'ям 😀
    performs: [benefits/assign]
    items:
      - >-
        перше
        друге
  - розглядає   # comment
rights: &r
  - |
    один
      два
"""

PIECES = st.sampled_from(
    [
        *'{}[],:#&*!|>%@`"\'-?~=<.\\ \n\t\r\0\u00a0\ufeff\u2028\x85\x1b', ": ", "- ", "? ", " #", "\n  ", "\n- ", "---\n", "...\n", "<<: ",
        "*a", "&a ", "!!int ", "!<x>", "%YAML 1.1\n", '"\\x"', '"\\ud83d"', '"\\U00110000"', "{{ x }}", "{% x %}", "|9\n", ">+\n",
        "a", "é", "й", "и\u0306", "😀", "[[", "]]", "a: b\n", "key", "=======\n", "<<<<<<< HEAD\n", "null", "\U000e0001", "1,5",
    ]
)  # fmt: skip

quick = settings(max_examples=300, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module", params=[yaml.CSafeLoader, yaml.SafeLoader] if yaml.__with_libyaml__ else [yaml.SafeLoader])
def _both_parsers(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each property with either parser; of module scope, as hypothesis asks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(documents, "_Parser", request.param)
        yield


pytestmark = pytest.mark.usefixtures("_both_parsers")


def check(document: Document) -> None:
    """What must hold for every document."""
    assert document.data is not None or document.faults
    assert not document.broken or document.faults
    lines = document.text.split("\n")
    for fault in document.faults:
        finding = fault.finding
        for place in (finding.place, *(note.place for note in finding.notes)):
            check_span(document.span(place), lines)
        sentence = f"{finding.sentence} {finding.hint}"
        for jargon in ("scalar", "mapping", "token", "flow", "indicator", "node", "stream", "expected <", "URI", "sequence", "directive"):
            assert jargon not in finding.sentence.pattern, sentence
    assert document.lost is not None
    for key, value in document._spans.values():
        check_span(key, lines)
        check_span(value, lines)
    check_data(document.data, 0)


def check_span(span: Span, lines: list[str]) -> None:
    """A span begins and ends inside the text, the end not before the beginning."""
    assert 1 <= span.line <= span.end_line <= len(lines)
    assert 1 <= span.column <= len(lines[span.line - 1]) + 1
    assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1
    assert span[:2] <= span[2:]


def check_data(data: Data, depth: int) -> None:
    """Text, lists and maps, and no deeper than allowed."""
    assert depth <= documents.DEEPEST + 1
    if isinstance(data, dict):
        for key, value in data.items():
            assert isinstance(key, str)
            check_data(value, depth + 1)
    elif isinstance(data, list):
        for value in data:
            check_data(value, depth + 1)
    else:
        assert data is None or isinstance(data, str)


@quick
@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    check(read_document("a.yaml", content))


@quick
@given(st.text(max_size=100))
def test_any_text(text: str) -> None:
    check(read_document("a.yaml", text.encode("utf-8", "surrogatepass")))


@quick
@given(st.lists(PIECES, max_size=12).map("".join))
def test_signs_of_yaml(text: str) -> None:
    check(read_document("a.yaml", text.encode()))


@quick
@given(st.lists(PIECES, min_size=1, max_size=6).map("".join))
def test_signs_of_yaml_as_a_value(text: str) -> None:
    check(read_document("a.yaml", f"title: юрист\nunit: {text}\nhead: a\n".encode()))


@quick
@given(st.lists(st.tuples(st.integers(0, len(GOOD)), st.integers(0, 6), PIECES), min_size=1, max_size=3))
def test_mutated_file(changes: list[tuple[int, int, str]]) -> None:
    text = GOOD
    for at, length, piece in changes:
        text = text[:at] + piece + text[at + length :]
    check(read_document("a.yaml", text.encode()))


@quick
@given(st.lists(st.tuples(st.integers(0, len(GOOD.encode()) - 1), st.integers(0, 255)), min_size=1, max_size=3))
def test_mutated_bytes(changes: list[tuple[int, int]]) -> None:
    content = bytearray(GOOD.encode())
    for at, byte in changes:
        content[at] = byte
    check(read_document("a.yaml", bytes(content)))


@pytest.mark.parametrize("length", range(0, len(GOOD.encode()), 7))
def test_file_cut_short(length: int) -> None:
    check(read_document("a.yaml", GOOD.encode()[:length]))


printable = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200)


def is_allowed(text: str) -> bool:
    return characters.find_forbidden(text) is None and unicodedata.is_normalized("NFC", text)


@quick
@given(st.dictionaries(printable.map(str.strip).filter(bool), st.lists(printable, max_size=3), min_size=1, max_size=4))
def test_quoted_text_comes_back(data: dict[str, list[str]]) -> None:
    document = read_document("a.yaml", json.dumps(data, ensure_ascii=False).encode())
    whole = "\n".join([*data, *(text for texts in data.values() for text in texts)])
    if document.faults:
        # "/" and what follows may be refused for one reason only: the characters.
        assert {fault.rule for fault in document.faults} <= {"character", "normal-form"}
        assert not is_allowed(whole)
    else:
        assert document.data == data


@quick
@given(printable)
def test_text_in_single_quotes_comes_back(text: str) -> None:
    written = text.replace("'", "''")
    document = read_document("a.yaml", f"a: '{written}'\n".encode())
    if is_allowed(document.text):
        assert document.data == {"a": text}
    else:
        assert document.faults


@quick
@given(st.text("абвгґєії яюёў ABCxyz 0123456789 .,;()«»’—–/+%№=_ 😀", min_size=1).map(str.strip))
def test_plain_text_comes_back(text: str) -> None:
    document = read_document("a.yaml", f"a: б{text}\nc: д\n".encode())
    assert document.faults == ()
    assert document.data == {"a": f"б{text}", "c": "д"}
