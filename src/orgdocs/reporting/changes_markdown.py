"""A comparison in Markdown, as it stands well in a comment on a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from orgdocs.comparing import Change, Comparison, Segment, Totals
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

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
_SIGNS = {"-": "\N{MINUS SIGN}", ">": "→"}
_STATES = {"new": "+", "changed": "~", "dropped": "\N{MINUS SIGN}"}
_TAGS = {"removed": "del", "added": "ins"}
_FEW = 10
"""A longer list of papers is folded."""


def report_changes_markdown(comparison: Comparison, telling: Telling) -> str:
    """The comparison as Markdown: what is added and removed is underlined and struck through."""
    return "\n".join(_lines(comparison, telling)).strip()


def _lines(comparison: Comparison, telling: Telling) -> Iterator[str]:
    yield f"**{_escape(telling.say(summary(comparison)))}**"
    for note in comparison.notes:
        yield from ("", f"> {_escape(telling.say(note))}")
    for chapter in chapters(comparison):
        if chapter.organisation is not None:
            yield from ("", f"### {_escape(chapter.organisation.title)}")
        for group in chapter.groups:
            yield from _group(comparison, telling, group)
    for totals in comparison.totals:
        yield from _totals(telling, totals)
    yield from _papers(comparison, telling)


def _group(comparison: Comparison, telling: Telling, group: Group) -> Iterator[str]:
    usual = paths(group)
    files = " → ".join(f"`{path}`" for path in usual)
    yield from ("", f"**{_escape(telling.subject(group.subject))}**" + (f" {files}" if files else ""), "")
    for change in group.changes:
        lines = where(comparison.spot_before(change), comparison.spot_after(change), usual)
        mark = sign(change)
        place = f" <sub>{_escape(lines)}</sub>" if lines else ""
        yield f"- **{_SIGNS.get(mark, mark)}** {_said(telling, change)}{place}"
    if group.subject.kind == "clauses":
        yield from ("", _escape(telling.reach(group.changes[-1])))


def _said(telling: Telling, change: Change) -> str:
    if not change.words:
        return _escape(telling.change(change))
    words = change.words
    told = _escape(words[0].text) if len(words) == 1 else "".join(map(_mark, words))
    return f"{_escape(telling.lead(change))} {told}"


def _mark(segment: Segment) -> str:
    """A stretch with its tags; asterisks and tildes would not do, for stretches touch each other."""
    tag = _TAGS.get(segment.state)
    return f"<{tag}>{_escape(segment.text)}</{tag}>" if tag is not None else _escape(segment.text)


def _totals(telling: Telling, totals: Totals) -> Iterator[str]:
    rows = [row for row in (totals.whole, *totals.units) if changed_figures(row)]
    if not rows:
        return
    heads = " | ".join(telling.say(head) for head in (BEFORE, AFTER, DIFFERENCE))
    yield from ("", f"#### {telling.say(TOTALS)}", "", f"| | | {heads} |", "| --- | --- | ---: | ---: | ---: |")
    for row in rows:
        for number in changed_figures(row):
            cells = [
                telling.figure(row.before, number),
                telling.figure(row.after, number),
                telling.figure(row.difference, number, signed=True),
            ]
            name = telling.figure_name(number, totals.currency)
            yield f"| {_escape(telling.row(totals, row))} | {_escape(name)} | {' | '.join(cells)} |"


def _papers(comparison: Comparison, telling: Telling) -> Iterator[str]:
    if not comparison.papers:
        return
    is_long = len(comparison.papers) > _FEW
    title = f"{telling.say(PAPERS_TITLE)}: {len(comparison.papers)}"
    yield from ("", f"<details><summary>{title}</summary>" if is_long else f"#### {title}", "")
    for paper in comparison.papers:
        reasons = telling.reasons(paper)
        yield f"- **{_STATES[paper.state]}** {_escape(telling.paper(paper))}" + (f" – {_escape(reasons)}" if reasons else "")
    if is_long:
        yield from ("", "</details>")


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
