"""Whatever happens to a file on its way, it is read or refused, and nothing else."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from cases import list_cases, read_case
from importing.reading.sheetcases import draw_spreadsheet, draw_workbook
from importing.reading.wordcases import draw_word_file
from orgdocs.importing.manuscript import UnreadableError
from orgdocs.importing.reading import read_manuscript
from orgdocs.rendering.packages import read_archive, write_package

CASES = Path(__file__).parent / "cases"
TOKEN = re.compile(rb'<[^>]*>|"[^"]*"')
VALUES = (b'"-1"', b'"99999999999999"', b'""', b'"x"', b'"\xd0\xb0"', b'"1e9"')


def draw_files() -> dict[str, bytes]:
    """The files of all cases by their names."""
    files: dict[str, bytes] = {}
    for path in list_cases(CASES):
        sections = read_case(path).files
        if "word/document.xml" in sections:
            files[f"{path.stem}.docx"] = draw_word_file(sections)
        elif "xl/workbook.xml" in sections:
            files[f"{path.stem}.xlsx"] = draw_workbook(sections)
        elif "content.xml" in sections:
            files[f"{path.stem}.ods"] = draw_spreadsheet(sections["content.xml"])
        else:
            files |= sections
    return files


FILES = draw_files()


def change_bytes(data: bytes, chance: random.Random) -> bytes:
    """A file with some bytes changed."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def change_markup(data: bytes, chance: random.Random) -> bytes:
    """A package one of whose parts has a tag or a value lost, doubled, or taken from elsewhere."""
    parts = read_archive(data)
    name = chance.choice(sorted(parts))
    content = parts[name]
    places = [found.span() for found in TOKEN.finditer(content)]
    (start, end), (other, other_end) = chance.choice(places), chance.choice(places)
    taken = chance.choice((b"", content[other:other_end], content[start:end] * 2, chance.choice(VALUES)))
    return write_package({**parts, name: content[:start] + taken + content[end:]})


@pytest.mark.parametrize("seed", range(4))
def test_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  (tests need the same numbers every time)
    outcomes = set()
    for _ in range(400):
        name = chance.choice(sorted(FILES))
        change = change_markup if name.endswith(("docx", "xlsx")) and chance.random() < 0.8 else change_bytes
        try:
            read_manuscript(change(FILES[name], chance), name)
            outcomes.add("read")
        except UnreadableError:
            outcomes.add("refused")
    assert outcomes == {"read", "refused"}
