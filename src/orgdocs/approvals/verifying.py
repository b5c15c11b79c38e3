"""Verifying a registry: its ledgers judged, the standing of its papers, and what is wrong with either as problems at their lines."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from orgdocs.approvals.binding import Bound, bind_project, matter_of
from orgdocs.approvals.history import History, find_changes
from orgdocs.approvals.judging import Judgement, Refusal, judge
from orgdocs.approvals.ledger import Ledger, open_ledgers, read_ledgers, read_ledgers_of
from orgdocs.approvals.records import AUTHORITY, Matter
from orgdocs.approvals.standing import Interval, Standing, State, stand_papers
from orgdocs.comparing import Change
from orgdocs.contents.planning import main_papers
from orgdocs.contents.reviews import find_reviews, paper_of
from orgdocs.problems import TOP, Place, Problem, ProblemNote, Sentence, Severity, Span
from orgdocs.project import Project
from orgdocs.rules import BY_NAME
from orgdocs.sources import MARKER

NOTES = 3
"""So many further changes are named where an approval is stale."""


@dataclass(frozen=True)
class Verification:
    """The ledgers of a registry and where its papers stand, on one day."""

    project: Project
    bound: Mapping[Matter, Bound]
    judgements: Mapping[str, Judgement]
    standings: Mapping[Matter, Standing]
    unmet: tuple[str, ...]
    """Digests of introductions that are known from elsewhere, and that no ledger begins with."""
    history: History = field(repr=False)


def verify_project(
    project: Project,
    *,
    today: date,
    pins: Collection[str] = (),
    base: str | None = None,
    files: Mapping[str, bytes] | None = None,
) -> Verification:
    """Judge the ledgers of a registry, and tell where its papers stand.

    ``pins`` are digests of introductions that are known from elsewhere, ``base`` a revision whose ledgers nothing may be
    missing from. ``files`` are the files of the ledgers; without them, those of the work tree.

    Raises:
        RevisionError: there is no such base.
    """
    root = project.source.root
    files = read_ledgers(root) if files is None else files
    earlier = read_ledgers_of(root, base) if base is not None else None
    ledgers = open_ledgers(files)
    bound = bind_project(project, ledgers)
    organisations = sorted({*ledgers, *(matter.organisation for matter in bound), *(path.split("/")[1] for path in earlier or ())})
    judgements = {
        organisation: judge(
            ledgers.get(organisation, Ledger(organisation, {})),
            today=today,
            pins=pins,
            base=None if earlier is None else {path: content for path, content in earlier.items() if path.split("/")[1] == organisation},
            files=files,
        )
        for organisation in organisations
    }
    standings = stand_papers(bound, judgements, _reviews(project))
    begun = [judgement.introduction for judgement in judgements.values()]
    unmet = tuple(pin for pin in pins if not any(introduction.startswith(pin.lower()) for introduction in begun))
    return Verification(project, bound, judgements, standings, unmet, History(root))


def _reviews(project: Project) -> dict[Matter, Interval]:
    """The papers that are looked at again, with what is known of their reviews."""
    intervals = {}
    for hierarchy in project.hierarchies.values():
        organisation = hierarchy.institution.organisation
        found = {(each.kind, each.subject.id): each for each in find_reviews(organisation, main_papers(hierarchy))}
        for paper in project.subjects:
            review = found.get((paper.kind, paper.subject))
            if review is not None and paper.organisation == organisation.id:
                intervals[matter_of(paper, organisation.language)] = Interval(review.months, review.reviewed)
    return intervals


def try_record(verification: Verification, signed: Mapping[str, bytes], organisation: str, today: date) -> Sentence | None:
    """Why the ledger of an organisation would refuse a record that is not written yet; None if it would count.

    ``signed`` has the record, its signature and what is attached to it, by their paths.
    """
    files = {**read_ledgers(verification.project.source.root), **signed}
    judgement = judge(
        open_ledgers(files)[organisation], today=today, pins=[pin] if (pin := verification.judgements[organisation].introduction) else ()
    )
    return next((refusal.sentence for refusal in judgement.refusals if refusal.path in signed), None)


def find_problems(verification: Verification, *, complete: bool = False) -> list[Problem]:
    """All that is wrong with records and approvals, in the order of the files. ``complete`` asks that every paper is approved."""
    problems = [_refused(refusal) for judgement in verification.judgements.values() for refusal in judgement.refusals]
    if not any(problem.name == "unknown-introduction" for problem in problems):
        for pin in verification.unmet:
            sentence = Sentence("no ledger begins with the introduction that is known: {digest}", digest=pin[:24])
            hint = Sentence("bring the records back from git; they are never removed")
            problems.append(_problem("unknown-introduction", MARKER, TOP, sentence, hint=hint))
    for standing in verification.standings.values():
        if standing.bound is not None:
            problems += _about(verification, standing, complete=complete)
    return sorted(problems, key=lambda problem: problem.order)


def _refused(refusal: Refusal) -> Problem:
    return _problem(refusal.rule, refusal.path, TOP, refusal.sentence, hint=refusal.hint)


def _problem(
    rule: str, path: str, span: Span, sentence: Sentence, notes: tuple[ProblemNote, ...] = (), hint: Sentence | None = None
) -> Problem:
    found = BY_NAME[rule]
    return Problem(path, span, found.code, found.name, Severity.ERROR, sentence, notes, hint)


def _about(verification: Verification, standing: Standing, *, complete: bool) -> Iterator[Problem]:
    """What is wrong with the approval of one paper."""
    matter, bound = standing.matter, standing.bound
    assert bound is not None  # noqa: S101  (the caller has looked)
    own = bound.files[0]
    approve = Sentence("have it approved: orgdocs approve {matter}", matter=_called(matter))
    if matter.kind == AUTHORITY:
        if verification.judgements[matter.organisation].authority is not None and standing.state is not State.APPROVED:
            sentence = Sentence("who may approve has changed, and nobody has approved that: {posts}", posts=", ".join(standing.waiting_for))
            yield from _at_changes(verification, standing, "unapproved-authority", sentence, approve)
        return
    if standing.state is State.APPROVED:
        yield from _compare_act(verification, standing, bound)
    if standing.state is State.REJECTED:
        rejection = standing.rejections[-1].record
        sentence = Sentence(
            "{matter} was rejected by {post}: {reason}", matter=matter, post=rejection.position, reason=rejection.reason or "–"
        )
        yield _problem("rejected-paper", own, TOP, sentence)
    elif standing.rivals:
        sentence = Sentence(
            "two texts of {matter} were approved as revision {revision}, on two branches", matter=matter, revision=standing.revision - 1
        )
        yield _problem("stale-approval", own, TOP, sentence, hint=approve)
    elif standing.state is not State.APPROVED and standing.versions:
        latest = standing.latest
        if standing.state is State.STALE and latest is not None and latest.digest == bound.digest and latest.record.level != bound.level:
            sentence = Sentence("{matter} was approved by another entry of the approval matrix than fits it now", matter=matter)
            yield _problem("stale-approval", own, TOP, sentence, hint=approve)
            return
        if latest is not None and latest.record.template != bound.template and bound.paper is not None:
            path = f"templates/{verification.project.contents[bound.paper].profile}/{matter.kind}.docx"
            sentence = Sentence("the template of {matter} has changed since it was approved", matter=matter)
            yield _problem("stale-approval", path, TOP, sentence, hint=approve)
            return
        sentence = Sentence(
            "{matter} has changed since revision {revision} was approved", matter=matter, revision=latest.revision if latest else 0
        )
        yield from _at_changes(verification, standing, "stale-approval", sentence, approve)
    elif complete and standing.state is not State.APPROVED:
        sentence = Sentence("{matter} is not approved; waiting for: {posts}", matter=matter, posts=", ".join(standing.waiting_for) or "–")
        yield _problem("unapproved-paper", own, TOP, sentence, hint=approve)


def _compare_act(verification: Verification, standing: Standing, bound: Bound) -> Iterator[Problem]:
    """The number and day that the paper prints are those of the act that was recorded; what is bound leaves them out."""
    act = standing.latest.record.act if standing.latest is not None else None
    if act is None or bound.paper is None:
        return
    kind = standing.matter.kind
    organisation = verification.project.registry.institutions[standing.matter.organisation].organisation
    approval = paper_of(organisation, kind, verification.project.subjects[bound.paper]).approval
    document = verification.project.documents[bound.files[0]]
    for name, told, recorded in (
        ("number", approval.number, act.number),
        ("date", approval.date.isoformat() if approval.date else None, act.date),
    ):
        if told is not None and told != recorded:
            place = Place(bound.files[0], (kind.replace("-", "_"), "approval", name))
            sentence = Sentence(
                "{matter} prints {told}, and the act that was recorded has {recorded}", matter=standing.matter, told=told, recorded=recorded
            )
            hint = Sentence("write what the act has; if the record is wrong, withdraw it and record the act anew")
            yield _problem("other-act", place.path, document.span(place), sentence, hint=hint)


def _called(matter: Matter) -> str:
    """A paper, or the authority, as it is named on the command line."""
    return f"{matter.organisation}/{AUTHORITY}" if matter.kind == AUTHORITY else str(matter)


def _at_changes(verification: Verification, standing: Standing, rule: str, sentence: Sentence, hint: Sentence) -> Iterator[Problem]:
    """A problem at the first change that reaches a paper, with notes at the next ones; at its own file where git does not tell."""
    bound, latest = standing.bound, standing.latest
    assert bound is not None  # noqa: S101  (the caller has looked)
    places = [place for change in changes_since(verification, standing) if (place := change.now or change.was) is not None]
    documents = verification.project.documents
    places = [place for place in dict.fromkeys(places) if place.path in documents]
    if not places and latest is not None and (found := verification.history.find(standing.matter, latest)) is not None:
        places = find_changes(found.project, verification.project, bound.files)
    if not places:
        yield _problem(rule, bound.files[0], TOP, sentence, hint=hint)
        return
    spans = [(place.path, documents[place.path].span(place)) for place in places]
    notes = tuple(ProblemNote(path, span, Sentence("this has changed, too")) for path, span in spans[1 : 1 + NOTES])
    yield _problem(rule, *spans[0], sentence, notes, hint)


def changes_since(verification: Verification, standing: Standing) -> tuple[Change, ...]:
    """What has changed, in words, that reaches a paper since it was approved last; nothing if that text is not in the history."""
    bound, latest = standing.bound, standing.latest
    if bound is None or bound.paper is None or latest is None:
        return ()
    found = verification.history.find(standing.matter, latest)
    if found is None:
        return ()
    comparison = verification.history.compare(found.revision, verification.project, standing.matter.organisation)
    return next((each.reasons for each in comparison.papers if each.paper == bound.paper), ())
