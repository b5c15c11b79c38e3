"""The report as a page: everything in it is escaped, and nothing runs."""

from __future__ import annotations

from pathlib import Path

from orgdocs.importing.filing import Wishes
from orgdocs.importing.manuscript import Manuscript, Paragraph, Spot
from orgdocs.importing.pages import draw_page
from orgdocs.importing.reporting import report_data
from orgdocs.importing.taking import Reading, take_over
from orgdocs.importing.understanding import understand

LINES = """
JOB DESCRIPTION
of the <script>alert(1)</script> clerk
1. Duties
1.1. keeps "files" & <b>books</b>;
1.2. fills in ________.
"""


def test_texts_are_escaped() -> None:
    blocks = tuple(Paragraph(line, Spot(number)) for number, line in enumerate(LINES.strip().splitlines(), 1))
    manuscript = Manuscript("<i>rules</i>.txt", "txt", blocks)
    outcome = take_over([Reading(manuscript, tuple(understand(manuscript)))], Wishes(organisation="office"), Path("/registry"), None)
    page = draw_page(report_data(outcome, {}, written=False), {})
    assert "&lt;i&gt;rules&lt;/i&gt;.txt" in page
    assert "&lt;script&gt;" in page
    for tag in ("<script", "<i>", "<b>", " src=", "href=", "javascript"):
        assert tag not in page
    assert "words found again in order" in page
    assert "never filled in" in page
