"""A manuscript as text for the cases: a line for each paragraph and cell, then what stands apart and what was odd."""

from __future__ import annotations

from orgdocs.importing.manuscript import Grid, Manuscript, Paragraph


def render_manuscript(manuscript: Manuscript) -> str:
    """``place|label|level|marks|text``, one line a paragraph; a line break in the text is ``⏎``."""
    lines = [manuscript.form]
    for block in manuscript.blocks:
        lines += [_render_paragraph(block)] if isinstance(block, Paragraph) else _render_grid(block)
    if manuscript.running:
        lines += ["running:", *(_render_paragraph(paragraph) for paragraph in manuscript.running)]
    if manuscript.oddities:
        lines.append("odd:")
        lines += [
            f"{'' if oddity.spot is None else _render_spot(oddity.spot)}|{oddity.code}|{oddity.text.replace(chr(10), '⏎')}".rstrip("|")
            for oddity in manuscript.oddities
        ]
    return "\n".join(lines)


def _render_spot(spot: tuple[int | None, ...]) -> str:
    block, row, column, page = spot
    return f"{block}" + (f".{row}.{column}" if row is not None else "") + (f"p{page}" if page is not None else "")


def _render_paragraph(paragraph: Paragraph) -> str:
    marks = [
        word
        for word, is_so in (
            (f"heading{paragraph.heading}", paragraph.heading is not None),
            ("bold", paragraph.bold),
            ("centred", paragraph.centred),
            (f"+{paragraph.indent}", paragraph.indent),
            ("page", paragraph.breaks_page),
        )
        if is_so
    ]
    level = "" if paragraph.level is None else str(paragraph.level)
    return "|".join([_render_spot(paragraph.spot), paragraph.label, level, " ".join(marks), paragraph.text.replace("\n", "⏎")])


def _render_grid(grid: Grid) -> list[str]:
    lines = [f"{_render_spot(grid.spot)} table {grid.name}".rstrip()]
    for number, row in enumerate(grid.rows, 1):
        lines.append(f"  row {number}")
        for cell in row:
            sign = (f" x{cell.span}" if cell.span > 1 else "") + (" ^" if cell.continued else "")
            texts = [_render_paragraph(paragraph) for paragraph in cell.paragraphs]
            lines += [f"   {sign} {text}" for text in texts or ["-"]]
    return lines
