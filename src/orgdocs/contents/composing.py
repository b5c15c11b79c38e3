"""From a view and the wording of a profile to the content of a paper: the part that all kinds of papers share."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from orgdocs.contents.arranging import Arranger, relations_table
from orgdocs.contents.content import Block, Body, Emblem, Section, Signature, empty_body
from orgdocs.contents.listing import Listing, close_text
from orgdocs.contents.wording import (
    LIST_NAMES,
    NOT_WORDING,
    ClauseWording,
    PaperWording,
    SectionWording,
    WordingError,
    names_in,
    text_at,
    view_context,
)
from orgdocs.language import capitalise
from orgdocs.model import Body as OutsideBody
from orgdocs.model import Paper, Position
from orgdocs.pictures import Picture
from orgdocs.problems import Sentence
from orgdocs.schemas import suggest

if TYPE_CHECKING:
    from jinja2.runtime import Context

    from orgdocs.contents.view import Line, Sight
    from orgdocs.model import Actor, Approval, Unit
    from orgdocs.profiles import Profile


@cache
def _compiled(profile: Profile, kind: str) -> PaperWording:
    return PaperWording(profile, kind)


class Composer:
    """Composes papers of one institution by one profile in one language."""

    def __init__(self, sight: Sight) -> None:
        self.sight = sight
        self.profile = sight.profile
        self._listing = Listing(sight.profile.data["punctuation"])
        self._linted: set[str] = set()
        self._faults: list[WordingError] = []
        self.is_faulty = False
        """Whether the institution's own wording speaks of things that are not there."""

    def wording(self, kind: str) -> PaperWording:
        """The compiled wording of a kind of paper."""
        return _compiled(self.profile, kind)

    def compose(self, kind: str, view: dict[str, Any], subject: Unit | Position, paper: Paper) -> Body:
        """The parts that all papers have; tables are added by the kinds that have them.

        Raises:
            WordingError: a wording does not fit the view.
        """
        wording = self.wording(kind)
        approval = self.sight.approval(kind, subject)
        view = {**self._common(paper, approval), **view}
        self._lint(kind, view)
        context = view_context(view)
        body = empty_body()
        if paper.arrangement is None or not paper.arrangement.title:
            body["title"] = wording.title.write(context)
            body["name"] = wording.name.write(context)
            body["subject"] = [text for line in wording.subject if (text := line.write(context))]
        if paper.arrangement is None or not paper.arrangement.head:
            body["numbering"] = wording.numbering
        body["head"] = self._paragraphs(wording.head, context)
        body["below"] = self._paragraphs(wording.below, context)
        if approval is not None:
            self._stamp(body, wording, approval, context)
        if paper.arrangement is not None:
            Arranger(self.sight, wording, context).arrange(body, paper.arrangement)
        else:
            running = view_context({**view, "introduced_": set()})
            body["preamble"] = self._paragraphs(wording.preamble, running)
            body["sections"] = [section for item in wording.sections if (section := self._section(item, running))]
            body["closing"] = self._paragraphs(wording.closing, running)
        signers = self._signers(approval, subject)
        # Nobody agrees to the paper about the own post, or to one that he or she signs anyway.
        agreeing = [
            actor for actor in self._actors(approval.agreed_by if approval else ()) if actor is not subject and actor not in signers
        ]
        body["agreed_word"] = self.profile.data["stamps"]["agreed"] if agreeing else ""
        body["agreed"] = [self._signature(actor, wording) for actor in agreeing]
        body["signatures"] = [self._signature(actor, wording) for actor in signers]
        if wording.acquaintance is not None:
            body["acquaintance"] = wording.acquaintance.write(context)
            body["acquaintance_columns"] = wording.acquaintance_columns
            body["acquaintance_rows"] = [str(number) for number in range(1, view["acquaintance_places"] + 1)]
        if paper.annex_to is not None and wording.annex_first and wording.annex_next:
            body["annex_first"] = wording.annex_first.write(context).split("\n")
            body["annex_next"] = wording.annex_next.write(context)
            if approval is not None and approval.act:
                body["stamp"] = {"word": "", "lines": []}  # the head of the annex names the act already
        else:
            body["emblem"] = self._emblem(subject) or body["emblem"]
        return body

    def _emblem(self, subject: Unit | Position) -> Emblem | None:
        """The emblem of the unit, or the nearest one above it. An annex has none: it belongs to another paper."""
        hierarchy = self.sight.hierarchy
        unit = hierarchy.unit_of(subject) if isinstance(subject, Position) else subject
        bearers = (unit, *hierarchy.parents(unit)) if unit is not None else ()
        emblem = next((bearer.emblem for bearer in bearers if bearer.emblem is not None), None)
        picture = self.sight.institution.pictures.get(emblem.file) if emblem is not None else None
        if emblem is None or not isinstance(picture, Picture):
            return None
        description = self.sight.text(emblem.description, emblem.place.under("description"))
        return {"picture": picture.digest, "description": description, "height": str(emblem.height)}

    def row(self, kind: str, key: str, view: dict[str, Any]) -> str:
        """What stands in a row of a table by the wording of its kind of paper."""
        return self.wording(kind).rows[key].write(view_context({**self._common(Paper(), None), **view}))

    def person_name(self, actor: Actor) -> str:
        """The holder of a post in the profile's way of printing names; empty where nobody is named."""
        return self._person(actor, self.wording("job-description"))

    def signers(self, kind: str, subject: Unit | Position) -> list[Actor]:
        """Who signs a paper about a post or unit below its text."""
        return self._signers(self.sight.approval(kind, subject), subject)

    def _lint(self, kind: str, view: dict[str, Any]) -> None:
        """Look at the institution's own wording once: every name in it must be in the view, also where nothing is printed."""
        if kind in self._linted:
            return
        self._linted.add(kind)
        for route in self.profile.origins:
            if route[:2] != ("papers", kind) or route[-1] in NOT_WORDING:
                continue
            source = text_at(self.profile.data, route)
            if route[-1] == "when":
                source = f"{{% if {source} %}}{{% endif %}}"
            names = {source} if route[-1] in LIST_NAMES else names_in(source)
            for name in sorted(names - view.keys() - {"each", "loop"}):
                known = [key for key in view if not key.endswith("_")]
                sentence = Sentence("there is nothing called {name} in this paper", name=name)
                self._faults.append(WordingError(route, sentence, suggest(name, known)))

    def take_faults(self) -> list[WordingError]:
        """What was found wrong with the institution's own wording since the last call."""
        faults, self._faults = self._faults, []
        self.is_faulty = self.is_faulty or bool(faults)
        return faults

    def _common(self, paper: Paper, approval: Approval | None) -> dict[str, Any]:
        sight = self.sight
        organisation = sight.institution.organisation
        return {
            "words": sight.words,
            "language_": sight.language,
            "missing_": sight.missing,
            "introduced_": None,
            "blanks": self.profile.data["blanks"],
            "organisation": sight.unit(organisation),
            "organisation_term": sight.unit_term(organisation),
            "superior_body": sight.referred(organisation.superior_body),
            "codes": [{"kind": scheme, "scheme": sight.word("codes", scheme), "code": code} for scheme, code in organisation.codes.items()],
            "place": sight.text(organisation.place_of_issue, organisation.place.under("place")),
            "number": paper.number or "",
            "date": sight.day(paper.date) if paper.date else "",
            "approval_number": paper.approval.number or "",
            "approval_date": sight.day(paper.approval.date) if paper.approval.date else "",
            "amended": paper.amended,
            "annex_to": sight.text(paper.annex_to, organisation.place) if paper.annex_to else "",
            "annex_number": paper.annex_number or "",
            "approver": sight.referred(approval.by) if approval else None,
            "approval_act": sight.act_kind(approval.act) if approval else None,
        }

    # -- sections -------------------------------------------------------------------------------------------------

    def _section(self, wording: SectionWording, context: Context) -> Section | None:
        if wording.when is not None and not wording.when.holds(context):
            return None
        blocks: list[Block] = []
        for clause in wording.clauses:
            clause_blocks = self._clause(clause, context)
            self._note_introductions(clause_blocks, context)
            blocks += clause_blocks
        if not blocks:
            return None
        lead = wording.lead.write(context) if wording.lead is not None else ""
        return {"heading": wording.heading.write(context), "lead": self._listing.lead_in(lead) if lead else "", "blocks": blocks}

    def _note_introductions(self, blocks: list[Block], context: Context) -> None:
        """A short name that a clause of the institution introduces itself is not introduced again."""
        for block in blocks:
            context["introduced_"].update(self.sight.introduced_in(block["text"]))

    def _clause(self, wording: ClauseWording, context: Context) -> list[Block]:
        if wording.each is not None:
            blocks = []
            for entry in self._list(wording, "each", context):
                blocks += self._one_clause(wording, view_context({**context.get_all(), "each": entry}))
            return blocks
        return self._one_clause(wording, context)

    def _one_clause(self, wording: ClauseWording, context: Context) -> list[Block]:
        if wording.when is not None and not wording.when.holds(context):
            return []
        if wording.clauses is not None:
            lines: list[Line] = self._list(wording, "clauses", context)
            if wording.sentences:
                return [block for line in lines for block in self._listing.sentence(line)]
            return self._listing.entries(lines, 0)
        items: list[Line] = self._list(wording, "items", context) if wording.items is not None else []
        if wording.items is not None and not items:
            return []
        text = wording.text.write(context) if wording.text is not None else ""
        if items:
            level = 3 if wording.style == "dash" else 1
            blocks: list[Block] = [{"style": "clause", "text": self._listing.lead_in(text)}]
            blocks += self._listing.entries(items, level)
        elif wording.table is not None:
            table = self._table(wording, context)
            if table is None:
                return []
            blocks = [{"style": "clause", "text": self._listing.lead_in(text)}, table]
        else:
            blocks = [{"style": "clause", "text": close_text(text)}]
        for paragraph in wording.paragraphs:
            if paragraph.when is None or paragraph.when.holds(context):
                blocks.append({"style": "paragraph", "text": close_text(paragraph.text.write(context) if paragraph.text else "")})
        return blocks

    def _table(self, wording: ClauseWording, context: Context) -> Block | None:
        rows = self._list(wording, "table", context)
        return relations_table(self.sight, rows) if rows else None

    @staticmethod
    def _list(wording: ClauseWording, field: str, context: Context) -> list[Any]:
        """The list of the view that a field of a wording names."""
        name: str = getattr(wording, field)
        value = context.resolve(name)
        route = (*wording.route, field)
        if not isinstance(value, list):
            raise WordingError(route, Sentence("there is no list {name} for this paper", name=name))
        if field in {"items", "clauses"} and not all(isinstance(entry, dict) and "items" in entry for entry in value):
            raise WordingError(route, Sentence("{name} is no list of clauses", name=name))
        return value

    def _paragraphs(self, wordings: list[ClauseWording], context: Context) -> list[str]:
        return [
            text
            for wording in wordings
            if wording.text is not None and (wording.when is None or wording.when.holds(context)) and (text := wording.text.write(context))
        ]

    # -- stamps and signatures ------------------------------------------------------------------------------------

    def _stamp(self, body: Body, wording: PaperWording, approval: Approval, context: Context) -> None:
        actor = self.sight.institution.actor(approval.by.id)
        if actor is None:
            return
        word, lines = wording.stamps["act" if approval.act else "person"]
        inner = view_context({**context.get_all(), "approver": self.sight.actor(actor), "person": self._person(actor, wording)})
        besides = self._paragraphs(wording.stamp, inner)
        approving = [text for line in lines if (text := line.write(inner))]
        # «Затверджую штат у кількості …» goes before the person; an act comes right after «Затверджено», as its subject.
        inside = approving + besides if approval.act else besides + approving
        body["stamp"] = {"word": word, "lines": inside + self._paragraphs(wording.stamp_end, inner)}

    def _person(self, actor: Actor, wording: PaperWording) -> str:
        parts = self.sight.holder(actor)
        return wording.person.write(view_context(parts)) if parts else ""

    def _signature(self, actor: Actor, wording: PaperWording) -> Signature:
        blanks = self.profile.data["blanks"]
        name = self._person(actor, wording) or blanks["name"]
        official = not isinstance(actor, OutsideBody) or actor.official
        post = self.sight.actor(actor)["nominative"]
        return {
            "post": capitalise(post),
            "line": f"{blanks['signature']} {name if official else blanks['name']}",
        }

    def _actors(self, refs: Any) -> list[Actor]:
        return [actor for ref in refs if (actor := self.sight.institution.actor(ref.id)) is not None]

    def _signers(self, approval: Approval | None, subject: Unit | Position) -> list[Actor]:
        """Who signs below the text: whom the matrix names, or the head of the unit concerned."""
        if approval is not None and approval.signed_by:
            return self._actors(approval.signed_by)
        hierarchy = self.sight.hierarchy
        if isinstance(subject, Position):
            unit = hierarchy.unit_of(subject)
            head = hierarchy.head(unit) if unit else None
            if head is subject or head is None:
                superior = hierarchy.superior(subject)
                head = superior if isinstance(superior, Position) else head
        else:
            head = hierarchy.head(subject)
        approver = approval.by.id if approval and not approval.act else None
        return [head] if head is not None and head.id != approver else []

    def effective(self, paper: Paper) -> str:
        """The date of the file: the day of approval, if it is known, or the date of the paper."""
        day = paper.approval.date or paper.date
        return day.isoformat() if day else ""
