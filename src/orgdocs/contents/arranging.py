"""The sections of a paper as its institution has arranged them, in place of those of the profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orgdocs.contents.listing import Listing
from orgdocs.contents.view import Line

if TYPE_CHECKING:
    from jinja2.runtime import Context

    from orgdocs.contents.content import Block, Body
    from orgdocs.contents.view import Sight
    from orgdocs.contents.wording import ClauseWording, PaperWording, SectionWording
    from orgdocs.model import ArrangedSection, Arrangement, Text
    from orgdocs.problems import Place

_LISTS = {"structure": "structure_clauses", "leadership": "leadership_clauses"}
"""Lists of a file that have another name in the view."""

RELATIONS = "relations"
"""The one list that is printed as a table."""

_DASH_LEVEL = 3


class Arranger:
    """Prints the sections of one arrangement. Their texts come from the files alone: the profile gives headings that are not given."""

    def __init__(self, sight: Sight, wording: PaperWording, context: Context) -> None:
        self._sight = sight
        self._wording = wording
        self._context = context
        self._listing = Listing(sight.profile.data["punctuation"])

    def arrange(self, body: Body, arrangement: Arrangement) -> None:
        """Put the sections, and the lines around them, into the body of a paper."""
        body["preamble"] = self._lines(arrangement, "preamble")
        body["closing"] = self._lines(arrangement, "closing")
        body["head"] = self._lines(arrangement, "head") or body["head"]
        if title := self._lines(arrangement, "title"):
            body["title"] = " ".join(title)
            body["name"], *body["subject"] = title
        if stamp := self._lines(arrangement, "stamp"):
            body["stamp"] = {"word": stamp[0], "lines": stamp[1:]}
        for arranged in arrangement.sections:
            heading, lead, blocks = self._section(arranged)
            if not blocks:
                continue
            if heading:
                body["sections"].append({"heading": heading, "lead": self._listing.lead_in(lead) if lead else "", "blocks": blocks})
            elif body["sections"]:
                body["sections"][-1]["blocks"] += self._leading(lead) + blocks
            else:
                body["preamble"] += [block["text"] for block in self._leading(lead) + blocks if block["text"]]

    def _lines(self, arrangement: Arrangement, part: str) -> list[str]:
        texts: tuple[Text, ...] = getattr(arrangement, part)
        return [self._sight.text(text, arrangement.place.under(part, index)) for index, text in enumerate(texts)]

    def _leading(self, lead: str) -> list[Block]:
        return [{"style": "paragraph", "text": self._listing.lead_in(lead)}] if lead else []

    def _section(self, arranged: ArrangedSection) -> tuple[str, str, list[Block]]:
        """Heading, lead and blocks of a section."""
        heading = self._text(arranged.heading, arranged.place.under("heading"))
        lead = self._text(arranged.lead, arranged.place.under("lead"))
        own = self._blocks(self._sight.lines(arranged.clauses, arranged=True))
        if arranged.of is None:
            return heading, lead, own
        lead = lead or self._context["leads"].get(arranged.of, "")
        model = self._find_model(arranged.of)
        if model is not None:
            heading = heading or model[0].heading.write(self._context)
        if arranged.of == RELATIONS:
            return heading, lead, self._table(arranged) + own
        lines: list[Line] = self._context.get(_LISTS.get(arranged.of, arranged.of), [])
        if lead and lines and model is not None and model[1].items is not None:
            # Where the profile sets the list below a numbered clause, the lead is this clause.
            level = _DASH_LEVEL if model[1].style == "dash" else 1
            clause: Block = {"style": "clause", "text": self._listing.lead_in(lead)}
            return heading, "", [clause, *self._listing.entries([self._filled(line) for line in lines], level), *own]
        return heading, lead, self._blocks(lines) + own

    def _text(self, text: Text | None, place: Place) -> str:
        return self._sight.text(text, place)

    def _find_model(self, name: str) -> tuple[SectionWording, ClauseWording] | None:
        """The section of the profile that prints a list, and the clause in it that does."""
        wanted = _LISTS.get(name, name)
        for section in self._wording.sections:
            for clause in section.clauses:
                if wanted in {clause.clauses, clause.items, clause.table}:
                    return section, clause
        return None

    def _blocks(self, lines: list[Line]) -> list[Block]:
        """Clauses as blocks: those that begin with a capital letter are sentences, others are entries of one list."""
        if not lines or not lines[0]["text"][:1].isupper():
            return self._listing.entries([self._filled(line) for line in lines], 0)
        blocks: list[Block] = []
        for line in lines:
            if RELATIONS in line["tells"] and not line["items"] and (table := self._table()):
                blocks += [{"style": "clause", "text": self._listing.lead_in(line["text"])}, *table]
            else:
                blocks += self._listing.sentence(self._filled(line))
        return blocks

    def _filled(self, line: Line, within: frozenset[str] = frozenset()) -> Line:
        """A clause with the lists that it tells below it, unless it has items of its own, or stands in one of these lists itself."""
        names = [name for name in line["tells"] if name != RELATIONS and name not in within]
        if line["items"] or not names:
            return line
        told: list[Any] = [self._context.get(name, []) for name in names]
        items = [entry for entries in told if isinstance(entries, list) for entry in entries if isinstance(entry, Line)]
        return Line(text=line["text"], items=[self._filled(item, within | {*names}) for item in items], tells=line["tells"])

    def _table(self, arranged: ArrangedSection | None = None) -> list[Block]:
        """The table of relations, with the titles of its columns from the arrangement where they are given there."""
        rows: list[dict[str, str]] = self._context.get(RELATIONS, [])
        if not rows:
            return []
        table = relations_table(self._sight, rows)
        if arranged is not None and arranged.columns:
            place = arranged.place.under("columns")
            table["columns"] = [self._text(text, place.under(index)) for index, text in enumerate(arranged.columns)]
        return [table]


def relations_table(sight: Sight, rows: list[dict[str, str]]) -> Block:
    """The table of who receives and provides what."""
    words = sight.words["relations"]
    return {"style": RELATIONS, "text": "", "columns": [words["with"], words["receives"], words["provides"]], "rows": rows}
