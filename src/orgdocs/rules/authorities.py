"""OD9xx: approvals and who may give them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from orgdocs.contents.content import RECORDS, PaperId
from orgdocs.contents.planning import plan_papers
from orgdocs.contents.view import find_approval
from orgdocs.model import Approval, Position, Unit
from orgdocs.model.texts import Passage, texts_of
from orgdocs.problems import Finding, Note, Place, Sentence
from orgdocs.rules.passages import is_clause, reading_of
from orgdocs.rules.rule import Subject, error, warning
from orgdocs.rules.superiors import Line, draw_lines


def without_approver(subject: Subject) -> Iterator[Finding]:
    """Every kind of paper that the organisation issues has an approver.

    A paper that nobody approves binds nobody.

    Wrong:

    ```yaml
    approvals:
      - {paper: regulation, by: council}
    ```

    Right:

    ```yaml
    approvals:
      - {paper: regulation, by: council}
      - {paper: job-description, by: director}
    ```
    """
    organisation = subject.institution.organisation
    if organisation.partial:
        return
    open_papers: dict[str, dict[str, None]] = {}
    for paper, about in plan_papers(subject.hierarchy):
        if paper.kind not in RECORDS and find_approval(subject.hierarchy, paper.kind, about) is None:
            open_papers.setdefault(paper.kind, {})[about.id] = None
    if open_papers and not organisation.approvals:
        sentence = Sentence(
            "there is no field approvals, so that nobody approves any paper of {organisation}", organisation=organisation.id
        )
        hint = Sentence("add it with an entry for each kind of paper: {kinds}", kinds=", ".join(open_papers))
        yield Finding(organisation.place, sentence, hint=hint)
        return
    for kind, subjects in open_papers.items():
        sentence = Sentence("nobody approves the {kind} of {subjects}", kind=kind, subjects=_listed(list(subjects)))
        hint = Sentence("add an entry: {example}", example=f"{{paper: {kind}, by: …}}")
        yield Finding(Place(organisation.place.path, ("approvals",), at_key=True), sentence, hint=hint)


def _listed(ids: list[str]) -> Sentence | str:
    shown = ", ".join(ids[:3])
    return Sentence("{names} and {count} more", names=shown, count=len(ids) - 3) if len(ids) > 3 else shown


class _Act(NamedTuple):
    """A paper that is approved by a post, and the entry of the matrix by which it is."""

    kind: str
    about: Unit | Position
    approval: Approval
    approver: Position


def _acts(subject: Subject) -> Iterator[_Act]:
    """Every paper once that a post, and not a body outside, approves."""
    hierarchy = subject.hierarchy
    positions = subject.institution.positions
    if not any(approval.by.id in positions for approval in subject.institution.organisation.approvals):
        return
    told: set[tuple[str, str]] = set()
    for paper, about in plan_papers(hierarchy):
        if (paper.kind, about.id) in told:  # in another language
            continue
        told.add((paper.kind, about.id))
        approval = find_approval(hierarchy, paper.kind, about)
        approver = positions.get(approval.by.id) if approval is not None else None
        if approval is not None and approver is not None and not approver.partial:
            yield _Act(paper.kind, about, approval, approver)


def approver_below(subject: Subject) -> Iterator[Finding]:
    """A post that approves a paper stands above what the paper is about.

    It heads the unit or one above it, deputises there, or is a superior of the post. Whoever stands beside or below has no
    power to bind. Bodies and officials outside the organisation may approve anything.

    Wrong:

    ```yaml
    approvals:
      - {paper: job-description, for: [director], by: deputy}
    ```

    Right:

    ```yaml
    approvals:
      - {paper: job-description, for: [director], by: mayor}
    ```
    """
    lines = draw_lines(subject)
    misplaced: dict[Place, list[_Act]] = {}
    for act in _acts(subject):
        if act.about is not act.approver and not _stands_above(subject, lines, act):
            misplaced.setdefault(act.approval.by.place, []).append(act)
    for place, acts in misplaced.items():
        papers = _listed([act.about.id for act in acts])
        sentence = Sentence(
            "{approver} approves the {kind} of {subjects} without standing above",
            approver=acts[0].approver.id,
            kind=acts[0].kind,
            subjects=papers,
        )
        hint = Sentence("name the head, a deputy or a superior there, or a body outside; entries with for can go before this one")
        yield Finding(place, sentence, hint=hint)


def _stands_above(subject: Subject, lines: dict[str, Line], act: _Act) -> bool:
    hierarchy = subject.hierarchy
    post = act.about if isinstance(act.about, Position) else hierarchy.head(act.about)
    unit = hierarchy.unit_of(act.about) if isinstance(act.about, Position) else act.about
    line = lines.get(unit.id) if unit is not None else None
    if line is None or not line.sound or (post is not None and post.partial):
        return True  # nobody can say, and another rule speaks
    leads = act.approver.id in line.leaders and not (isinstance(act.about, Position) and act.about in hierarchy.chain(act.approver))
    return leads or (post is not None and act.approver in hierarchy.chain(post))


def own_paper(subject: Subject) -> Iterator[Finding]:
    """Nobody approves the job description of the own post.

    Who sets the own duties answers to nobody for them. The first entry that fits a paper counts, so that an entry for this
    one post goes before the others. Nothing is said of an organisation that has no bodies or officials outside it.

    Wrong:

    ```yaml
    approvals:
      - {paper: job-description, by: director}
    ```

    Right:

    ```yaml
    approvals:
      - {paper: job-description, for: [director], by: mayor}
      - {paper: job-description, by: director}
    ```
    """
    if not subject.institution.bodies:
        return
    for act in _acts(subject):
        if act.about is act.approver:
            sentence = Sentence("{post} approves the {kind} of its own post", post=act.approver.id, kind=act.kind)
            example = f"{{paper: {act.kind}, for: [{act.approver.id}], by: …}}"
            yield Finding(act.approval.by.place, sentence, hint=Sentence("put an entry before it: {example}", example=example))


def unreachable_approval(subject: Subject) -> Iterator[Finding]:
    """Every entry of the approval matrix can fit a paper.

    The first entry that fits counts, so that one behind a more general one is never used, and whoever wrote it believes that
    somebody approves who does not. An entry also fits nothing if there are no papers of that kind on that level.

    Wrong:

    ```yaml
    approvals:
      - {paper: job-description, by: director}
      - {paper: job-description, for: [director], by: mayor}
    ```

    Right:

    ```yaml
    approvals:
      - {paper: job-description, for: [director], by: mayor}
      - {paper: job-description, by: director}
    ```
    """
    organisation = subject.institution.organisation
    if organisation.partial:
        return
    for number, entry in enumerate(organisation.approvals):
        if entry.paper == "structure" and entry.of == "unit":
            sentence = Sentence("this entry fits no paper: the structure is a paper of the organisation")
            yield Finding(entry.place, sentence, hint=Sentence("take it out, or write of: organisation"))
            continue
        if entry.paper == "authority" and entry.of == "unit":
            sentence = Sentence("this entry fits nothing: who may approve is a matter of the organisation")
            yield Finding(entry.place, sentence, hint=Sentence("take it out, or write of: organisation"))
            continue
        taken = [_first_fit(organisation.approvals[:number], *papers) for papers in _papers_of(subject, entry)]
        if taken and all(taken):
            before = dict.fromkeys(other.place for other in taken if other is not None)
            notes = tuple(Note(place, Sentence("this entry stands before it and takes its papers")) for place in before)
            hint = Sentence("put it before that entry, or take it out")
            yield Finding(entry.place, Sentence("this entry is never used"), notes, hint)
        else:
            yield from _on_no_level(subject, entry)


def _papers_of(subject: Subject, entry: Approval) -> list[tuple[str, str, str | None]]:
    """The papers that an entry fits: their kind, level, and the post or unit, None for any."""
    if entry.subjects:
        return [(entry.paper, _level_of(subject, ref.id) or entry.of or "", ref.id) for ref in entry.subjects]
    levels = (
        ("organisation",) if entry.paper in {"structure", "authority"} else ("organisation", "unit") if entry.of is None else (entry.of,)
    )
    return [(entry.paper, level, None) for level in levels]


def _first_fit(approvals: Sequence[Approval], paper: str, level: str, about: str | None) -> Approval | None:
    """The first entry that fits all of some papers."""
    for approval in approvals:
        named = not approval.subjects or any(ref.id == about for ref in approval.subjects)
        if approval.paper == paper and approval.of in {None, level} and named:
            return approval
    return None


def _level_of(subject: Subject, entity_id: str) -> str | None:
    """Whether papers about a post or unit are of the level of the organisation or of its units; None where nobody knows."""
    institution = subject.institution
    position = institution.positions.get(entity_id)
    unit = institution.unit(entity_id) if position is None else subject.hierarchy.unit_of(position)
    if unit is None or (position is not None and position.partial):
        return None
    return "organisation" if unit is institution.organisation else "unit"


def _on_no_level(subject: Subject, entry: Approval) -> Iterator[Finding]:
    """Whether a post or unit that an entry names is of another level or kind than the entry says."""
    institution = subject.institution
    for ref in entry.subjects:
        position = institution.positions.get(ref.id)
        unit = institution.unit(ref.id)
        if position is None and unit is None:
            continue  # another rule speaks
        if (position is not None) != (entry.paper == "job-description"):
            sentence = Sentence("there is no {kind} of {subject}", kind=entry.paper, subject=ref.id)
            yield Finding(ref.place, sentence, hint=Sentence("posts have job descriptions, units the other papers"))
            continue
        level = _level_of(subject, ref.id)
        if level is not None and entry.of not in {None, level}:
            sentence = Sentence(
                "{subject} is of the level {level}, and this entry is for the level {of}", subject=ref.id, level=level, of=entry.of
            )
            yield Finding(ref.place, sentence, hint=Sentence("take of out of this entry, which names its posts and units"))


def appointed_from_below(subject: Subject) -> Iterator[Finding]:
    """Nobody is appointed or dismissed by the own post, or by one that reports to it.

    An appointment binds because it comes from above; a subordinate may propose it.

    Wrong:

    ```yaml
    director.yaml: {appointed_by: {by: deputy}}
    deputy.yaml: {reports_to: director}
    ```

    Right:

    ```yaml
    director.yaml: {appointed_by: {by: council, on_proposal_of: deputy}}
    deputy.yaml: {reports_to: director}
    ```
    """
    positions = subject.institution.positions
    for position in positions.values():
        for field, appointment in (("appointed_by", position.appointed_by), ("dismissed_by", position.dismissed_by)):
            by = positions.get(appointment.by.id) if appointment is not None else None
            if by is None or appointment is None:
                continue
            if by is position:
                sentence = Sentence("{post} stands in {field} of its own post", post=position.id, field=field)
            elif position in subject.hierarchy.chain(by) and by not in subject.hierarchy.chain(position):
                sentence = Sentence("{by} stands in {field} of {post}, to which it reports itself", by=by.id, field=field, post=position.id)
            else:
                continue
            yield Finding(appointment.by.place, sentence, hint=Sentence("name a superior, or a body or official outside"))


# -- who approves, told in the text -----------------------------------------------------------------------------------

_VERBS = r"затверджу(?:є|ють|ється|ються)|утвержда(?:ет|ют|ется|ются)|зацвярджа(?:е|юць|ецца|юцца)|(?:is|are) approved|approves?"
_NAMES = {
    "staffing-table": r"штатний розпис|штатное расписание|штатны расклад|staffing table",
    "job-description": (
        r"посадов(?:і інструкції|ими інструкціями)|должностн(?:ые инструкции|ыми инструкциями)"
        r"|пасадавы(?:я інструкцыі|мі інструкцыямі)|job descriptions?"
    ),
}
_TELLS = {
    kind: re.compile(
        rf"(?<!\w)(?:(?:{names})(?!\w)[^.;:]{{0,160}}?(?<!\w)(?:{_VERBS})|(?:{_VERBS})(?!\w)[^.;:]{{0,80}}?(?<!\w)(?:{names}))(?!\w)",
        re.IGNORECASE,
    )
    for kind, names in _NAMES.items()
}
_MAY_TELL = ("тверджу", "твержда", "цвярджа", "approve")
_TOLD_IN = frozenset({"general", "structure", "interaction", "final"})
"""Where a regulation tells who approves; among the powers of a head it is what she does."""


def approval_told_twice(subject: Subject) -> Iterator[Finding]:
    """A regulation says once who approves the staffing table, and once who approves job descriptions.

    Two clauses about one approval soon name two approvers, or two limits. The paper of an organisation says it by itself, as
    the approval matrix has it; whoever wants other words puts them into the registry's wording.

    Wrong:

    ```yaml
    approvals:
      - {paper: staffing-table, by: mayor}
    structure:
      clauses:
        - the staffing table is approved by the mayor within the limits of the budget
    ```

    Right:

    ```yaml
    approvals:
      - {paper: staffing-table, by: mayor}
    structure:
      clauses:
        - the staffing table keeps to the limits of the budget
    ```
    """
    told: dict[tuple[str, str, str], list[Passage]] = {}
    for passage in reading_of(subject.hierarchy).with_any(*_MAY_TELL):
        if isinstance(passage.entity, Unit) and passage.place.route[0] in _TOLD_IN and is_clause(passage):
            for kind, pattern in _TELLS.items():
                if pattern.search(passage.text):
                    told.setdefault((passage.entity.id, kind, passage.language), []).append(passage)
    organisation = subject.institution.organisation
    for (about, kind, language), passages in told.items():
        if about == organisation.id and _is_printed(subject, kind, language):
            place = Place(organisation.place.path, ("approvals",), at_key=True)
            note = Note(place, Sentence("the paper says it by itself, as it stands here"))
        else:
            note = Note(passages.pop(0).place, Sentence("it is said here already"))
        for passage in passages:
            hint = Sentence("leave the approval out of this clause, and keep it in approvals")
            yield Finding(passage.place, Sentence("this clause says again who approves the {kind}", kind=kind), (note,), hint)


def _is_printed(subject: Subject, kind: str, language: str) -> bool:
    """Whether the regulation of the organisation says by itself who approves this kind of paper."""
    organisation = subject.institution.organisation
    content = subject.contents.get(PaperId(organisation.id, "regulation", organisation.id, language))
    if content is None:
        return False
    own = [passage.text.casefold() for passage in texts_of(organisation, organisation.language)]
    texts = (block.get("text", "") for section in content.body["sections"] for block in section["blocks"])
    telling = (text.casefold() for text in texts if _TELLS[kind].search(text))
    return any(not any(clause in text for clause in own if _TELLS[kind].search(clause)) for text in telling)


RULES = (
    error("OD901", "without-approver", without_approver),
    warning("OD902", "approver-below", approver_below),
    warning("OD903", "own-paper", own_paper),
    warning("OD904", "unreachable-approval", unreachable_approval),
    warning("OD905", "appointed-from-below", appointed_from_below),
    warning("OD906", "approval-told-twice", approval_told_twice),
)
