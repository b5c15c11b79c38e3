"""The report of an import as one page of HTML: self-contained, every text escaped, nothing that runs."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from orgdocs.importing.reporting import KINDS
from orgdocs.problems import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}th,td{border:1px solid #bbb;padding:.3rem .5rem;text-align:left;"
    "vertical-align:top}th{background:#f0f0f0}code{background:#f4f4f4;padding:0 .2rem}.lost{color:#a00}h2{margin-top:2.5rem}"
)


def draw_page(data: Mapping[str, Any], patterns: Mapping[str, str]) -> str:
    """The page, in the language of ``patterns``."""
    page = _Page(patterns)
    title = page.say(Sentence("Import: {organisation}", organisation=data["organisation"]))
    body = "".join(page.draw(data))
    return (
        f'<!doctype html>\n<html lang="{escape(data["language"])}"><head><meta charset="utf-8">'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title><style>{_STYLE}</style></head>'
        f"<body><h1>{escape(title)}</h1>{body}</body></html>\n"
    )


class _Page:
    def __init__(self, patterns: Mapping[str, str]) -> None:
        self._patterns = patterns

    def say(self, sentence: Sentence) -> str:
        return sentence.told(self._patterns)

    def draw(self, data: Mapping[str, Any]) -> Iterator[str]:
        for source in data["sources"]:
            yield f"<h2>{escape(source['name'])}</h2>"
            for paper in source["papers"]:
                yield from self._paper(paper)
            for table in source["tables"]:
                yield from self._staffing(table)
            odd = [[str(one["paragraph"]), one["clause"], one["sentence"]] for one in source["odd"]]
            yield from self._table(Sentence("Odd in the old paper"), (_PARAGRAPH, _CLAUSE, Sentence("What")), odd)
            yield from self._table(
                Sentence("Headers, footers and notes, not taken over"), (Sentence("Text"),), [[text] for text in source["running"]]
            )
        files = [[file["path"], self.say(_NEW if file["new"] else _EXTENDED)] for file in data["files"]]
        yield from self._table(Sentence("Files"), (Sentence("File"), Sentence("What")), files)

    def _paper(self, paper: Mapping[str, Any]) -> Iterator[str]:
        yield f"<h3>{escape(self.say(KINDS[paper['kind']]))}: {escape(paper['name'])}</h3><p><code>{escape(paper['path'])}</code></p>"
        coverage = paper["coverage"]
        if coverage is None:
            reason = self.say(Sentence("not proven, the paper cannot be built: {reason}", reason=paper["reason"]))
            yield f'<p class="lost">{escape(reason)}</p>'
        else:
            found = Sentence(
                "words found again in order: {found} of {words} ({percent} %)",
                found=coverage["in_order"], words=coverage["words"], percent=f"{coverage['percent']:g}",
            )  # fmt: skip
            yield f"<p{' class=lost' if coverage['lost'] else ''}>{escape(self.say(found))}</p>"
            rows = [
                [str(one["paragraph"]), one["words"], one["found"], self.say(_MOVED if one["moved"] else _LOST)]
                for one in coverage["differences"]
            ]
            yield from self._table(
                Sentence("Differences"), (_PARAGRAPH, Sentence("Old paper"), Sentence("New paper"), Sentence("What")), rows
            )
        sections = [[one["heading"], one["meaning"], f"{one['confidence']:.0%}"] for one in paper["sections"]]
        yield from self._table(Sentence("Sections"), (Sentence("Heading"), Sentence("Taken for"), _SURE), sections)
        facts = [*paper["fields"], *paper["perhaps"]]
        rows = [
            [one["field"], one["value"], one["clause"] or str(one["paragraph"]), f"{one['confidence']:.0%}", one["quote"],
             "" if one["written"] else self.say(Sentence("not written"))]
            for one in facts
        ]  # fmt: skip
        yield from self._table(Sentence("Fields"), (Sentence("Field"), Sentence("Value"), _CLAUSE, _SURE, Sentence("Words"), _NOTE), rows)

    def _staffing(self, table: Mapping[str, Any]) -> Iterator[str]:
        title = self.say(Sentence("staffing table: {name}", name=table["name"]))
        yield f"<h3>{escape(title)}</h3>"
        yield from (f"<p>{escape(line)}</p>" for line in (*table["title"], *table["above"]))
        rows = [
            [str(row["row"] or ""), group["name"], row["title"], *(self._list(row[key]) for key in ("values", "figures")),
             "; ".join([*(f"{head}: {text}" for head, text in row["kept"]), *row["persons"]]), row["path"]]
            for group in table["groups"] for row in group["rows"]
        ]  # fmt: skip
        columns = (Sentence("Row"), Sentence("Unit"), Sentence("Post"), Sentence("Fields"), Sentence("Figures"), _NOTE, Sentence("File"))
        yield from self._table(Sentence("Posts"), columns, rows)
        totals = [[group["name"], self._list(group["totals"])] for group in table["groups"] if group["totals"]]
        totals += [["", self._list(table["totals"])]] if table["totals"] else []
        yield from self._table(Sentence("Totals"), (Sentence("Unit"), Sentence("Figures")), totals)
        yield from (f"<p>{escape(line)}</p>" for line in (*table["below"], *(text for _, text in table["kept"])))
        odd = [[str(one["row"] or ""), one["sentence"]] for one in table["odd"]]
        yield from self._table(Sentence("Odd in the old paper"), (Sentence("Row"), Sentence("What")), odd)

    @staticmethod
    def _list(values: Mapping[str, str]) -> str:
        return ", ".join(f"{name} {value}" for name, value in values.items())

    def _table(self, title: Sentence, columns: Sequence[Sentence], rows: Sequence[Sequence[str]]) -> Iterator[str]:
        if not rows:
            return
        head = "".join(f'<th scope="col">{escape(self.say(column))}</th>' for column in columns)
        body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
        yield f"<table><caption>{escape(self.say(title))}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


_PARAGRAPH, _CLAUSE, _SURE, _NOTE = Sentence("Paragraph"), Sentence("Clause"), Sentence("How sure"), Sentence("Note")
_NEW, _EXTENDED = Sentence("new"), Sentence("gets further entries")
_MOVED, _LOST = Sentence("at another place"), Sentence("not found again")
