"""The content of a decision packet: from a comparison to what a director reads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, cast

from orgdocs.comparing import Comparison, PaperChange
from orgdocs.contents.content import RECORDS, Body, Content, PaperId, empty_body
from orgdocs.contents.packet import PACKET, Change, Changes, Group, Packet, Pair, Row, Sides, Table, Word
from orgdocs.language import capitalise
from orgdocs.messages import LANGUAGES, load_patterns
from orgdocs.packets.clauses import compare_clauses
from orgdocs.packets.orders import Affair, draft_orders
from orgdocs.packets.saying import Saying, choose_packet_profile, without_ids
from orgdocs.profiles import load_profile
from orgdocs.reporting.changes import FIGURES, Telling, changed_figures, chapters

if TYPE_CHECKING:
    from orgdocs.comparing import Change as Told
    from orgdocs.comparing import Totals
    from orgdocs.project import Project


_SHORT = 10
"""So many letters of a revision are printed."""


class Version(NamedTuple):
    """A revision: its name, empty if it has none that people use, its full hash, and the day on which it was made."""

    name: str
    revision: str
    day: date


def pack(
    comparison: Comparison,
    organisation: str,
    versions: tuple[Version, Version | None],
    *,
    effective: date | None = None,
    redlines: Mapping[PaperId, str] | None = None,
) -> Content | None:
    """The packet about the changes in one organisation; None if nothing changes there or no profile has words for it.

    ``versions`` are what was compared, None for the files as they are now. ``redlines`` says where the redline of a paper
    lies beside the packet; ``effective`` is the day from which the changes hold.

    Raises:
        WordingError: the institution's own wording cannot be read, or speaks of something that is not there.
    """
    hierarchy = comparison.after.hierarchies.get(organisation) or comparison.before.hierarchies[organisation]
    profile = choose_packet_profile(hierarchy)
    packing = None if profile is None else _Packing(comparison, organisation, Saying(hierarchy, profile), redlines or {})
    if packing is None or not (packing.papers or packing.changes):
        return None
    return packing.pack(versions, effective)


class _Packing:
    def __init__(self, comparison: Comparison, organisation: str, saying: Saying, redlines: Mapping[PaperId, str]) -> None:
        self.comparison = comparison
        self.organisation = organisation
        self.saying = saying
        self.redlines = redlines
        language = saying.profile.language if saying.profile.language in LANGUAGES else "en"
        self.telling = Telling(load_patterns(language), language)
        self.papers = [paper for paper in comparison.papers if paper.paper.organisation == organisation]
        self.changes = [change for change in comparison.changes if change.organisation in {organisation, ""}]

    def pack(self, versions: tuple[Version, Version | None], effective: date | None) -> Content:
        say = self.saying.say
        told = [say("now") if version is None else self._version(version) for version in versions]
        intro = [say("versions", key, version=version) for key, version in zip(("before", "after"), told, strict=True)]
        if self.saying.sight.language != self.saying.profile.language and self.saying.has("fallback"):
            intro.append(say("fallback"))
        intro += [capitalise(f"{self.telling.say(note)}.") for note in self.comparison.notes]
        if self.redlines:
            intro.append(say("redlines"))
        packet = Packet(
            intro=intro,
            changes=self._changes(),
            totals=self._totals(),
            comparison=self._sides(),
            papers=self._papers(),
            orders=draft_orders(
                self.saying,
                [one for one in self._affairs() if one.change.paper.kind not in RECORDS],
                self.saying.sight.day(effective) if effective else "",
            ),
        )
        body = cast("Body", {**empty_body(), "title": say("title"), "name": say("name"), "subject": [say("subject")], "packet": packet})
        paper = PaperId(self.organisation, PACKET, self.organisation, self.saying.profile.language)
        return Content(paper, self.saying.profile.id, "", body)

    def _version(self, version: Version) -> str:
        return self.saying.say("version", name=version.name, revision=version.revision[:_SHORT], day=self.saying.sight.day(version.day))

    # -- in words -------------------------------------------------------------------------------------------------

    def _changes(self) -> Changes:
        groups = [
            Group(
                heading=capitalise(without_ids(self.telling.subject(group.subject))) + self._unit_beside(group.subject.id),
                changes=[Change(words=self._words(change)) for change in group.changes],
            )
            for chapter in chapters(self.comparison)
            for group in chapter.groups
            if group.changes[0] in self.changes
        ]
        return Changes(heading=self.saying.say("changes") if groups else "", groups=groups)

    def _unit_beside(self, subject: str) -> str:
        """The unit of a post whose title another one has, too; a post that went has it in the version before."""
        former = self.comparison.before.hierarchies.get(self.organisation)
        return self.saying.unit_beside(subject) or (self.saying.unit_beside(subject, former) if former is not None else "")

    def _title(self, content: Content) -> str:
        """The title of a paper, by which it is known from all others."""
        beside = self._unit_beside(content.paper.subject) if content.paper.kind == "job-description" else ""
        return content.body["title"] + beside

    def _words(self, change: Told) -> list[Word]:
        if not change.words:
            return [Word(text=without_ids(self.telling.change(change)), state="kept")]
        lead = Word(text=f"{without_ids(self.telling.lead(change))} ", state="kept")
        return [lead, *(Word(text=word.text, state=word.state) for word in change.words)]

    # -- in figures -----------------------------------------------------------------------------------------------

    def _totals(self) -> Table:
        totals = next((each for each in self.comparison.totals if each.organisation == self.organisation), None)
        rows = list(self._figures(totals)) if totals is not None else []
        return self._table("totals", rows)

    def _table(self, key: str, rows: list[Row]) -> Table:
        """A table under its heading; all empty where there are no rows."""
        return (
            Table(heading=self.saying.say(key), columns=self.saying.columns(f"{key}_columns"), rows=rows)
            if rows
            else Table(heading="", columns=[], rows=[])
        )

    def _figures(self, totals: Totals) -> Iterator[Row]:
        """All figures of the whole where any of them changes, and those of each unit that change."""
        if not changed_figures(totals.whole):
            return
        for row in (totals.whole, *totals.units):
            yield Row(style="heading", text=capitalise(without_ids(self.telling.row(totals, row))), cells=[])
            for number in range(len(FIGURES)) if row is totals.whole else changed_figures(row):
                figures = [self.telling.figure(row.before, number), self.telling.figure(row.after, number)]
                difference = self.telling.figure(row.difference, number, signed=True)
                yield Row(style="row", text="", cells=[self.telling.figure_name(number, totals.currency), *figures, difference])

    # -- side by side ---------------------------------------------------------------------------------------------

    def _sides(self) -> Sides:
        # Many papers may change in the same way, such as by another approver: that is read once.
        alike: dict[str, tuple[list[str], list[Pair]]] = {}
        for change in self.papers:
            before, after = self._contents(change)
            if change.state == "new" or change.paper.kind in RECORDS or before is None or after is None:
                continue  # what is new or goes as a whole is read in its redline, or need not be read
            pairs = list(compare_clauses(before, after, load_profile(after.profile), self._place))
            if pairs:
                titles, _ = alike.setdefault(json.dumps(pairs, ensure_ascii=False), ([], pairs))
                titles.append(self._title(after))
        rows: list[Pair] = []
        for titles, pairs in alike.values():
            rows += [Pair(style="heading", text="\n".join(titles), before=[], after=[]), *map(self._filled, pairs)]
        if not rows:
            return Sides(heading="", columns=[], rows=[])
        return Sides(heading=self.saying.say("comparison"), columns=self.saying.columns("comparison_columns"), rows=rows)

    def _filled(self, pair: Pair) -> Pair:
        """A pair in which the side that has nothing says so."""
        before = pair["before"] or [Word(text=self.saying.say("came"), state="kept")]
        after = pair["after"] or [Word(text=self.saying.say("went"), state="kept")]
        return Pair(style=pair["style"], text=pair["text"], before=before, after=after)

    def _place(self, key: str, number: str) -> str:
        return self.saying.say("places", key, number=number)

    def _contents(self, change: PaperChange) -> tuple[Content | None, Content | None]:
        before, after = self.comparison.before, self.comparison.after
        return before.contents.get(change.formerly or change.paper), after.contents.get(change.paper)

    # -- papers ---------------------------------------------------------------------------------------------------

    def _papers(self) -> Table:
        rows = [Row(style="row", text="", cells=self._cells(affair)) for affair in self._affairs()]
        return self._table("papers", rows)

    def _cells(self, affair: Affair) -> list[str]:
        change = affair.change
        state = self.saying.say("states", change.state) if self.saying.has("states", change.state) else ""
        reasons = capitalise(without_ids(self.telling.reasons(change)))
        whys = [state, *([reasons] if reasons and change.state == "changed" else [])]
        return [affair.title, ". ".join(filter(None, whys)), self._approval(affair), self.redlines.get(change.paper, "")]

    def _approval(self, affair: Affair) -> str:
        sight = self.saying.sight
        approval = affair.approval
        if affair.change.paper.kind in RECORDS:
            return ""
        approver = sight.institution.actor(approval.by.id) if approval is not None else None
        if approval is None or approver is None:
            return self.saying.say("unapproved")
        agreeing = [actor for ref in approval.agreed_by if (actor := sight.institution.actor(ref.id)) is not None]
        values = {
            "approver": sight.actor(approver),
            "act": sight.act_kind(approval.act),
            "agreed": [sight.actor(actor) for actor in agreeing],
        }
        return self.saying.say("approval", **values)

    def _affairs(self) -> Iterator[Affair]:
        for change in self.papers:
            project: Project = self.comparison.before if change.state == "dropped" else self.comparison.after
            subject, content = project.subjects.get(change.paper), project.contents.get(change.paper)
            title = self._title(content) if content is not None else without_ids(self.telling.paper(change))
            approval = None
            if subject is not None:
                approval = self.saying.sight.approval(change.paper.kind, subject)
            yield Affair(change, title, approval)


def organisations_that_change(comparison: Comparison) -> Sequence[str]:
    """The organisations in which anything changes, in order."""
    found = [change.organisation for change in comparison.changes if change.organisation]
    return sorted({*found, *(paper.paper.organisation for paper in comparison.papers)})
