"""A comparison as one page of HTML, to be sent or printed: no scripts, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from orgdocs.comparing import Change, Comparison, Segment, Totals
from orgdocs.problems import Sentence
from orgdocs.reporting.changes import (
    AFTER,
    BEFORE,
    DIFFERENCE,
    PAPERS_TITLE,
    TOTALS,
    Group,
    Telling,
    changed_figures,
    chapters,
    paths,
    sign,
    summary,
    where,
)

_STYLE = """\
body { font: 16px/1.5 system-ui, sans-serif; max-width: 50em; margin: 2em auto; padding: 0 1em; color: #1a1a1a; background: #fff }
h2 { border-bottom: 1px solid #ccc; padding-bottom: .2em } h3 { margin-bottom: 0 }
ul { list-style: none; padding-left: 0; margin-top: .4em } li { padding-left: 1.6em; text-indent: -1.6em }
.sign { display: inline-block; width: 1.6em; text-indent: 0; font-weight: bold } .files, .lines, .reasons { color: #595959 }
.files { font: .85em ui-monospace, monospace; margin: 0 } .lines { font-size: .85em }
ins { background: #dff5df; text-decoration: underline } del { background: #fbe3e3; text-decoration: line-through }
table { border-collapse: collapse } td, th { padding: .2em .6em; border-bottom: 1px solid #ddd; text-align: right }
td:first-child, th:first-child, td:nth-child(2), th:nth-child(2) { text-align: left }"""

_TITLE = Sentence("What changed")
_TAGS = {"removed": "del", "added": "ins"}
_STATES = {"new": "+", "changed": "~", "dropped": "-"}


def report_changes_html(comparison: Comparison, telling: Telling) -> str:
    """The comparison as a page: added and removed words are ``ins`` and ``del``."""
    return "\n".join(_lines(comparison, telling))


def _lines(comparison: Comparison, telling: Telling) -> Iterator[str]:
    title = escape(telling.say(_TITLE))
    yield f'<!DOCTYPE html>\n<html lang="{telling.language}">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<h1>{title}</h1>"
    yield f"<p>{escape(telling.say(summary(comparison)))}</p>"
    for note in comparison.notes:
        yield f"<p><em>{escape(telling.say(note))}</em></p>"
    for chapter in chapters(comparison):
        if chapter.organisation is not None:
            yield f"<h2>{escape(chapter.organisation.title)}</h2>"
        for group in chapter.groups:
            yield from _group(comparison, telling, group)
    for totals in comparison.totals:
        yield from _totals(telling, totals)
    if comparison.papers:
        yield f"<h2>{escape(telling.say(PAPERS_TITLE))}</h2>\n<ul>"
        for paper in comparison.papers:
            reasons = escape(telling.reasons(paper))
            told = f'{escape(telling.paper(paper))}<br><span class="reasons">{reasons}</span>'
            yield f'<li><span class="sign">{_shown(_STATES[paper.state])}</span>{told}</li>'
        yield "</ul>"
    yield "</body>\n</html>"


def _group(comparison: Comparison, telling: Telling, group: Group) -> Iterator[str]:
    usual = paths(group)
    yield f"<h3>{escape(telling.subject(group.subject))}</h3>"
    if usual:
        yield f'<p class="files">{escape(" → ".join(usual))}</p>'
    yield "<ul>"
    for change in group.changes:
        lines = where(comparison.spot_before(change), comparison.spot_after(change), usual)
        place = f' <span class="lines">({escape(lines)})</span>' if lines else ""
        yield f'<li><span class="sign">{_shown(sign(change))}</span>{_said(telling, change)}{place}</li>'
    yield "</ul>"
    if group.subject.kind == "clauses":
        yield f"<p>{escape(telling.reach(group.changes[-1]))}</p>"


def _said(telling: Telling, change: Change) -> str:
    if not change.words:
        return escape(telling.change(change))
    return f"{escape(telling.lead(change))} {''.join(map(_mark, change.words))}"


def _mark(segment: Segment) -> str:
    tag = _TAGS.get(segment.state)
    return f"<{tag}>{escape(segment.text)}</{tag}>" if tag is not None else escape(segment.text)


def _shown(mark: str) -> str:
    """A sign as it reads in print."""
    return {"-": "\N{MINUS SIGN}", ">": "→"}.get(mark, mark)


def _totals(telling: Telling, totals: Totals) -> Iterator[str]:
    rows = [row for row in (totals.whole, *totals.units) if changed_figures(row)]
    if not rows:
        return
    heads = "".join(f"<th>{escape(telling.say(head))}</th>" for head in (BEFORE, AFTER, DIFFERENCE))
    yield f"<h2>{escape(telling.say(TOTALS))}</h2>\n<table>\n<thead><tr><th></th><th></th>{heads}</tr></thead>\n<tbody>"
    for row in rows:
        for number in changed_figures(row):
            cells = [
                telling.figure(row.before, number),
                telling.figure(row.after, number),
                telling.figure(row.difference, number, signed=True),
            ]
            told = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
            name = telling.figure_name(number, totals.currency)
            yield f"<tr><td>{escape(telling.row(totals, row))}</td><td>{escape(name)}</td>{told}</tr>"
    yield "</tbody>\n</table>"
