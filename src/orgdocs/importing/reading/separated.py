"""Tables in text files (csv, tsv) as manuscripts: the sign between the cells is found out, numbers stay as they are."""

from __future__ import annotations

import csv
import io
from itertools import islice

from orgdocs.importing.manuscript import Manuscript, Oddity, UnreadableError
from orgdocs.importing.reading.encodings import decode
from orgdocs.importing.reading.sheets import Sheet
from orgdocs.problems import Sentence

_SIGNS = (";", "\t", ",", "|")
"""Where two of them would do, the first one: with a decimal comma, the comma parts numbers too."""
_LOOKED_AT = 200


def read_separated(data: bytes, name: str) -> Manuscript:
    """Read a table whose cells are parted by semicolons, tabs, commas or bars.

    Raises:
        UnreadableError: it is no text, or larger than any table of people.
    """
    text, encoding = decode(data)
    start, _, rest = text.partition("\n")
    if start.strip().lower().startswith("sep=") and len(start.strip()) == 5:
        sign, text, skipped = start.strip()[4], rest, 1  # a line that only Excel understands
    else:
        sign, skipped = _find_sign(text), 0
    sheet = Sheet("")
    reader = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=sign)
    try:
        line = 1
        for cells in reader:
            for column, cell in enumerate(cells, 1):
                sheet.put(line + skipped, column, cell)
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableError(Sentence("line {line} of the table cannot be read: {reason}", line=line + skipped, reason=error)) from None
    grid = sheet.settle()
    oddities = () if encoding == "utf-8" else (Oddity("encoding", encoding),)
    return Manuscript(name, "csv", () if grid is None else (grid,), (), oddities)


def _find_sign(text: str) -> str:
    """The sign that parts the most rows, without tearing quoted cells."""

    def rate(sign: str) -> float:
        try:
            rows = [row for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=sign), _LOOKED_AT) if any(row)]
        except csv.Error:
            return 0
        torn = sum(1 for row in rows if any(cell.count('"') % 2 for cell in row))
        return (sum(1 for row in rows if len(row) > 1) - torn) / max(len(rows), 1)

    rates = {sign: rate(sign) for sign in _SIGNS}
    best = max(rates.values())
    return next((sign for sign in _SIGNS if rates[sign] >= best * 0.9), ",") if best > 0 else ","
