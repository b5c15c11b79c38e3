"""Exchanging: with whom a post exchanges what, told in clauses or in a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orgdocs.importing.drafts import ClauseDraft, Fact, SectionDraft, Value
from orgdocs.importing.manuscript import Grid
from orgdocs.importing.understanding.passages import Passage, is_blank
from orgdocs.importing.understanding.vocabulary import list_phrases


def tell_exchange(passage: Passage, language: str) -> Iterator[Fact]:
    """A clause such as "With the accounts office: receives …; provides …"."""
    if passage.meaning not in {"relations", "interaction"}:
        return
    for pattern in list_phrases(language, "relation"):
        found = pattern.match(passage.text if ":" in passage.text else f"{passage.text}:")
        if not found or is_blank(passage.text):
            continue
        value = _read_exchange(found["rest"], passage.items, language)
        if len(value) > 0:
            yield passage.state(("relations",), [{"who": found["with"].strip(" ,"), **value}], 0.85, passage.text)
        return


def _read_exchange(rest: str, items: tuple[ClauseDraft, ...], language: str) -> dict[str, Value]:
    value: dict[str, Value] = {}
    stretches = _divide(rest, language)
    for item in items:
        head = _divide(item.text if ":" in item.text or not item.items else f"{item.text}:", language)
        if head and item.items:
            head = [(head[0][0], [child.text for child in item.items])]
        stretches += head
    for key, listed in stretches:
        if listed:
            value[key] = [*listed]
    return value


def _divide(text: str, language: str) -> list[tuple[str, list[str]]]:
    """What stands after "receives" and after "provides"."""
    marks = [
        (found.start(), found.end(), key)
        for key in ("receives", "provides")
        for pattern in list_phrases(language, key)
        for found in pattern.finditer(text)
    ]
    found: list[tuple[str, list[str]]] = []
    for index, (_, end, key) in enumerate(sorted(marks)):
        until = sorted(marks)[index + 1][0] if index + 1 < len(marks) else len(text)
        listed = [part.strip(" ,.;:–—-") for part in re.split(r";\s*", text[end:until])]
        if key not in {known for known, _ in found}:
            found.append((key, [part for part in listed if len(part) > 2]))
    return found


def tell_table(section: SectionDraft, language: str) -> Iterator[Fact]:
    """A table with columns for the other side, what is received and what is provided."""
    for grid in section.tables:
        columns = _find_columns(grid, language)
        if "with" not in columns or len(columns) < 2:
            continue
        values: list[Value] = []
        for row in grid.rows[1:]:
            texts = {key: row[column].text if column < len(row) else "" for key, column in columns.items()}
            if not texts["with"] or texts["with"].strip().isdigit():
                continue
            value: dict[str, Value] = {"who": " ".join(texts["with"].split())}
            for key in ("receives", "provides"):
                listed: list[Value] = [part.strip(" –—-•.") for part in re.split(r"[;\n]\s*", texts.get(key, "")) if part.strip(" –—-•.")]
                if listed:
                    value[key] = listed
            if len(value) > 1:
                values.append(value)
        if values:
            yield Fact(("relations",), values, 0.9, grid.spot, section.number.rstrip("."), grid.rows[0][0].text)


def _find_columns(grid: Grid, language: str) -> dict[str, int]:
    """Which column is which, by the first row: "with whom" is the first that is neither received nor provided."""
    columns: dict[str, int] = {}
    for index, cell in enumerate(grid.rows[0]):
        for key in ("receives", "provides"):
            if any(pattern.search(cell.text) for pattern in list_phrases(language, key)):
                columns.setdefault(key, index)
                break
        else:
            if any(pattern.search(cell.text) for pattern in list_phrases(language, "with")):
                columns.setdefault("with", index)
    return columns
