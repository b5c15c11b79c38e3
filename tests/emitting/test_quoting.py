"""A quoted text is read back as it was, or the reader refuses it; it is never read as something else."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from orgdocs.documents import read_document
from orgdocs.emitting import quote

QUOTED = {
    "Head of Benefits": "Head of Benefits",
    "головний спеціаліст (з питань субсидій)": "головний спеціаліст (з питань субсидій)",
    "лікар-терапевт": "лікар-терапевт",
    "Посада: юрист": "'Посада: юрист'",
    "Відділ #5": "'Відділ #5'",
    "l'avocat": "l'avocat",
    "it's: so": "'it''s: so'",
    "null": "'null'",
    "~": "'~'",
    "": "''",
    " x ": "' x '",
    "- x": "'- x'",
    "*x": "'*x'",
    "{x}": "'{x}'",
    "a\nb": '"a\\nb"',
    'a"\\\tb': '"a\\"\\\\\\tb"',
    "a\u2028b": '"a\\u2028b"',
}  # fmt: skip


@pytest.mark.parametrize(("text", "quoted"), QUOTED.items())
def test_quoted(text: str, quoted: str) -> None:
    assert quote(text) == quoted


_TEXTS = st.text(
    st.one_of(st.sampled_from(list(":#-'\"\\ {}[]&*!|>%@`,?~=<\n\t\N{NO-BREAK SPACE}aБ1.")), st.characters(exclude_categories=["Cs"]))
)


@given(_TEXTS)
@example("True")
@example("a:")
@example("a #b")
@example("---")
@example("0123")
def test_read_back(text: str) -> None:
    document = read_document("x.yaml", f"title: {quote(text)}\nunit: legal\n".encode())
    if not document.faults:
        assert document.data == {"title": text.replace("\r", ""), "unit": "legal"}
    else:
        assert {fault.rule for fault in document.faults} <= {"character", "normal-form"}
