"""OD4xx: who stands in when somebody is away."""

from __future__ import annotations

from collections.abc import Iterator

from orgdocs.model import Position
from orgdocs.problems import Finding, Sentence
from orgdocs.rules.qualifications import Demand, read_demand
from orgdocs.rules.rule import Subject, warning

YEARS_APART = 3
"""So many years of experience less are too few for a substitute."""


def vacant_head(subject: Subject) -> Iterator[Finding]:
    """Where the post of a head is vacant, somebody who is there substitutes it.

    Otherwise nobody may sign for the unit until a head is found. A post is vacant if staffing says that 0 staff units of
    it are filled.

    Wrong:

    ```yaml
    head-of-legal.yaml: {title: Head of Legal Division, staffing: {posts: 1, filled: 0}}
    ```

    Right:

    ```yaml
    head-of-legal.yaml: {title: Head of Legal Division, staffing: {posts: 1, filled: 0}, substituted_by: [counsel]}
    ```
    """
    positions = subject.institution.positions
    for head in positions.values():
        units = subject.hierarchy.heads(head)
        if not units or head.partial or not _is_vacant(head) or head.staffing is None or head.substitution is not None:
            continue
        # A substitute that is not in the registry is another rule's matter, and may well be there.
        if any(ref.id not in positions or not _is_vacant(positions[ref.id]) for ref in head.substituted_by):
            continue
        sentence = Sentence("{unit} has nobody to lead it: {head} is vacant, and nobody substitutes it", unit=units[0].id, head=head.id)
        if head.substituted_by:
            sentence = Sentence(
                "{unit} has nobody to lead it: {head} is vacant, and so are its substitutes", unit=units[0].id, head=head.id
            )
        hint = Sentence("name a post that is filled under substituted_by, or say under substitution who stands in")
        yield Finding(head.staffing.place.under("filled"), sentence, hint=hint)


def _is_vacant(position: Position) -> bool:
    staffing = position.staffing
    return staffing is not None and staffing.posts > 0 and staffing.filled == 0


def head_without_substitute(subject: Subject) -> Iterator[Finding]:
    """A head to whom others report has a substitute.

    When the head is away, nobody may give orders or sign. It is enough to say in words under substitution who stands in.

    Wrong:

    ```yaml
    head-of-legal.yaml: {title: Head of Legal Division}
    ```

    Right:

    ```yaml
    head-of-legal.yaml: {title: Head of Legal Division, substituted_by: [counsel]}
    ```
    """
    for head in subject.institution.positions.values():
        if _leads_alone(subject, head) and not head.partial and not _is_vacant(head):
            unit = subject.hierarchy.heads(head)[0]
            sentence = Sentence("{head} heads {unit}, and nobody substitutes it", head=head.id, unit=unit.id)
            hint = Sentence("name a post under substituted_by, or say under substitution who stands in")
            yield Finding(head.place.under("title"), sentence, hint=hint)


def _is_alone(position: Position) -> bool:
    return not position.substituted_by and position.substitution is None


def _leads_alone(subject: Subject, position: Position) -> bool:
    return _is_alone(position) and bool(subject.hierarchy.heads(position)) and bool(subject.hierarchy.subordinates(position))


def unqualified_substitute(subject: Subject) -> Iterator[Finding]:
    """A substitute meets roughly the qualification that the substituted post demands at least.

    What an unqualified person signs can be contested. Compared is what the papers ask of both posts, at its nearest: the
    stage of education (school, vocational, higher), and whether there are three years of experience in between. The years
    do not count where the substitute works under the post, as deputies do, who are there to gain them.

    Wrong:

    ```yaml
    lawyer.yaml: {substituted_by: [clerk], qualification: {any_of: [{education: {level: master}}]}}
    clerk.yaml: {qualification: {any_of: [{education: {level: vocational}}]}}
    ```

    Right:

    ```yaml
    lawyer.yaml: {substituted_by: [counsel], qualification: {any_of: [{education: {level: master}}]}}
    counsel.yaml: {qualification: {any_of: [{education: {level: master}}]}}
    ```
    """
    positions = subject.institution.positions
    for position in positions.values():
        if position.partial or not position.qualification:
            continue
        demand = read_demand(position)
        for ref in position.substituted_by:
            substitute = positions.get(ref.id)
            if substitute is None or substitute.partial or not substitute.qualification or substitute is position:
                continue
            yield from _compare(subject, position, demand, substitute, ref.place.route[-1])


def _compare(subject: Subject, position: Position, demand: Demand, substitute: Position, number: str | int) -> Iterator[Finding]:
    offered = read_demand(substitute)
    place = position.place.under("substituted_by", number)
    if offered.is_of_lower_stage_than(demand):
        sentence = Sentence(
            "{substitute} substitutes {post}, and needs less education for its own post", substitute=substitute.id, post=position.id
        )
    elif offered.has_fewer_years_than(demand, by=YEARS_APART) and position not in subject.hierarchy.chain(substitute):
        sentence = Sentence(
            "{substitute} substitutes {post}, and needs fewer years of experience for its own post",
            substitute=substitute.id,
            post=position.id,
        )
    else:
        return
    hint = Sentence("name another post, or bring the qualification of both posts into line")
    yield Finding(place, sentence, (demand.note(position), offered.note(substitute)), hint)


def single_point(subject: Subject) -> Iterator[Finding]:
    """A function that one post alone performs has a substitute of that post behind it.

    Otherwise it stands still when one person is ill. A post that is there more than once is not alone.

    Wrong:

    ```yaml
    lawyer.yaml: {duties: [{text: checks contracts, performs: [legal/contracts]}]}
    ```

    Right:

    ```yaml
    lawyer.yaml: {duties: [{text: checks contracts, performs: [legal/contracts]}], substituted_by: [counsel]}
    ```
    """
    hierarchy = subject.hierarchy
    if any(kind in {"position", "clauses"} for kind, _ in subject.institution.broken):
        return  # who else performs a function may stand in a file that cannot be read
    alone: dict[str, list[str]] = {}
    for function in hierarchy.functions:
        performers = hierarchy.performers(function)
        if len(performers) == 1 and _is_alone(performers[0]):
            alone.setdefault(performers[0].id, []).append(function)
    for post_id, functions in alone.items():
        post = subject.institution.positions[post_id]
        # A head without a substitute is reported as such.
        if post.partial or (post.staffing is not None and post.staffing.posts != 1) or _is_vacant(post) or _leads_alone(subject, post):
            continue
        values = {"post": post.id, "functions": ", ".join(functions[:3]), "count": len(functions) - 3}
        sentence = Sentence("{post} alone performs {functions}, and nobody substitutes it", **values)
        if len(functions) > 3:
            sentence = Sentence("{post} alone performs {functions} and {count} more, and nobody substitutes it", **values)
        hint = Sentence("name a post under substituted_by, or let another post perform them too")
        yield Finding(post.place.under("title"), sentence, hint=hint)


RULES = (
    warning("OD415", "vacant-head", vacant_head),
    warning("OD416", "head-without-substitute", head_without_substitute),
    warning("OD417", "unqualified-substitute", unqualified_substitute),
    warning("OD418", "single-point", single_point),
)
