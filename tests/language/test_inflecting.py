"""Case forms of names, against tables that were written by hand: every form and every doubt of every name."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgdocs.language import CASES
from orgdocs.language.inflecting import What, is_available, propose

TABLES = Path(__file__).parent / "tables"


def read_table(name: str) -> list[str]:
    """The lines of a table, without comments and blank lines."""
    lines = (TABLES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


def write_line(line: str, language: str, what: What, cases: tuple[str, ...]) -> str:
    """The line as the program would write it; ``…`` where the table has it, for the rest of the name unchanged."""
    name, *written = line.partition(" ! ")[0].split(" | ")
    proposal = propose(name, language, what=what)
    forms = [_shorten(proposal.forms[case], name, text) for case, text in zip(cases, written, strict=True)]
    return " | ".join((name, *forms)) + "".join(f" ! {doubt.code}" for doubt in proposal.doubts)


def _shorten(form: str, name: str, written: str) -> str:
    """The form as the table writes it, if the rest of it is the rest of the name."""
    if not written.endswith("…"):
        return form
    count = len(written.split()) - 1
    rest = name.split(" ")[count:]
    words = form.split(" ")
    return " ".join((*words[:count], "…")) if words[count:] == rest else form


@pytest.mark.parametrize("language", ["uk", "ru"])
@pytest.mark.parametrize(
    ("table", "what", "cases"), [("posts", "post", CASES[:4]), ("units", "unit", CASES), ("bodies", "body", CASES), ("acts", "act", CASES)]
)
def test_tables(table: str, what: What, cases: tuple[str, ...], language: str) -> None:
    lines = read_table(f"{table}-{language}")
    assert [write_line(line, language, what, cases) for line in lines] == lines


def test_dictionaries_are_there_for_two_languages() -> None:
    assert {language: is_available(language) for language in ("uk", "ru", "be", "en")} == {"uk": True, "ru": True, "be": False, "en": False}
