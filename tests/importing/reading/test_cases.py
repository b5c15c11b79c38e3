"""Files and what is read from them: a case holds a file, or the parts of a Word file, and every line of the manuscript."""

from __future__ import annotations

from pathlib import Path

import pytest

from cases import list_cases, read_case
from importing.reading.rendition import render_manuscript
from importing.reading.sheetcases import draw_spreadsheet, draw_workbook
from importing.reading.wordcases import draw_word_file
from orgdocs.importing.reading import read_manuscript

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("path", list_cases(CASES), ids=lambda path: path.stem)
def test_case(path: Path, *, accept: bool) -> None:
    case = read_case(path)
    if "word/document.xml" in case.files:
        name, data = f"{path.stem}.docx", draw_word_file(case.files)
    elif "xl/workbook.xml" in case.files:
        name, data = f"{path.stem}.xlsx", draw_workbook(case.files)
    elif "content.xml" in case.files:
        name, data = f"{path.stem}.ods", draw_spreadsheet(case.files["content.xml"])
    else:
        name, data = next((name, data) for name, data in case.files.items() if name != "expected")
    case.check(render_manuscript(read_manuscript(data, name)), accept=accept)
