"""The content of a job description: what the post is, by its file and by its place in the hierarchy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orgdocs.language import capitalise
from orgdocs.model import Body as OutsideBody

if TYPE_CHECKING:
    from orgdocs.contents.composing import Composer
    from orgdocs.contents.content import Body
    from orgdocs.contents.view import Line, Sight
    from orgdocs.model import Clause, Position, Ref, Relation

KIND = "job-description"

_MOST_PLACES = 30
"""So many people can sign on the sheet; more go on a sheet or in a journal of their own."""

_LISTS = ("general", "must_know", "duties", "rights", "responsibility", "interaction", "indicators", "evaluation")


def write(composer: Composer, position: Position) -> Body:
    """The body of a post's job description."""
    return composer.compose(KIND, view(composer.sight, position), position, position.job_description)


def naming(sight: Sight, position: Position) -> dict[str, Any]:
    """What a wording needs to name the job description of a post: what it is called, whose it is, and of which unit."""
    unit = sight.hierarchy.unit_of(position)
    post, unit_name = sight.post(position), sight.unit(unit) if unit else None
    for_worker = _is_for_worker(sight, position)
    return {
        "paper": sight.common_name("papers", "work-instruction" if for_worker else KIND),
        "for_worker": for_worker,
        "post": post,
        "unit": unit_name,
        "unit_in_title": unit_name is not None and (_is_in(unit_name, post) or _is_named_after(unit_name, post)),
        "in_unit": bool(position.unit) and unit is not sight.institution.organisation,
    }


def view(sight: Sight, position: Position) -> dict[str, Any]:
    """What the wording of a job description may speak of."""
    hierarchy = sight.hierarchy
    unit = hierarchy.unit_of(position)
    superior = hierarchy.superior(position)
    appointed = sight.appointment(position.appointed_by)
    sets = [sight.institution.clause_sets[ref.id] for ref in position.includes if ref.id in sight.institution.clause_sets]
    guided = _merge_acts(sight, [clauses.guided_by for clauses in (*sets, position)])
    lists: dict[str, list[Clause]] = {key: [clause for clauses in (*sets, position) for clause in getattr(clauses, key)] for key in _LISTS}
    post, term = sight.post(position), sight.term(position)
    return {
        **naming(sight, position),
        "term": term,
        "organisation_in_title": _is_in(sight.unit(sight.institution.organisation), post),
        "category": position.category or "",
        "classifier_code": position.classifier_code or "",
        "classifier": sight.word("classifiers", position.classifier_scheme),
        "grade": position.grade or "",
        "posts": position.staffing.posts if position.staffing else 1,
        "superior": sight.actor(superior) if superior else None,
        "superior_outside": isinstance(superior, OutsideBody),
        "accountable_to": sight.ties(position.accountable_to),
        "coordinated_by": sight.ties(position.coordinated_by),
        "subordinates": [sight.post(post) for post in hierarchy.subordinates(position)],
        "heads": [sight.unit(headed) for headed in hierarchy.heads(position)],
        "appointed": appointed,
        "dismissed": sight.appointment(position.dismissed_by) if position.dismissed_by else appointed,
        "dismissed_by_same": position.dismissed_by is None,
        "substitutes": [sight.post(post) for post in hierarchy.substitutes(position)],
        "substitution": sight.text(position.substitution, position.place.under("substitution")),
        "substituted": [sight.post(post) for post in hierarchy.substituted(position)],
        "qualification": sight.alternatives(position.qualification, position.place.under("qualification")),
        "qualification_lines": [
            {"text": text, "items": []} for text in sight.alternatives(position.qualification, position.place.under("qualification"))
        ],
        "guided_by": sight.acts(guided),
        "basis": sight.cited(position.basis),
        **_relations(sight, position),
        "holder": sight.holder_name(position),
        "territories": [
            sight.text(unit.territories[ref.id], unit.place.under("territories", ref.id))
            for ref in position.territories
            if unit and ref.id in unit.territories
        ],
        "leads": {key: sight.text(text, position.place.under("leads", key)) for key, text in position.leads.items()},
        "acquaintance_places": min(max(position.staffing.posts if position.staffing else 1, 3), _MOST_PLACES),
        **{key: sight.lines(clauses, arranged=position.job_description.arrangement is not None) for key, clauses in lists.items()},
    }


def _is_for_worker(sight: Sight, position: Position) -> bool:
    """Whether the paper is a work instruction: the profile says so of the first digit of the code in a classifier.

    A post without a code goes by its category.
    """
    digits: dict[str, str] = sight.profile.data["papers"][KIND].get("work_instruction", {})
    if position.classifier_code is None:
        return position.category == "worker" and any(digit != "none" for digit in digits.values())
    return position.classifier_code[0] in digits.get(position.classifier_scheme or "", "")


def _merge_acts(sight: Sight, lists: list[tuple[Ref, ...]]) -> list[Ref]:
    """The acts of clause sets and of the post; where several of them name some, in the order of acts.yaml: laws before orders."""
    merged = {ref.id: ref for refs in lists for ref in refs}
    if sum(bool(refs) for refs in lists) < 2:
        return list(merged.values())
    order = {act: rank for rank, act in enumerate(sight.institution.acts)}
    return sorted(merged.values(), key=lambda ref: order.get(ref.id, len(order)))


def _is_in(name: dict[str, Any], title: dict[str, Any]) -> bool:
    """Whether a title names the unit already: начальник *відділу кадрів*."""
    names = (name["nominative"], name["forms"].get("genitive"))
    return any(form and form.casefold() in title["nominative"].casefold() for form in names)


def _is_named_after(name: dict[str, Any], title: dict[str, Any]) -> bool:
    """Whether a unit has its name from the post, so that nobody says both: *бухгалтер* бухгалтерии."""
    unit = name["nominative"].casefold()
    return " " not in unit and unit.startswith(title["nominative"].casefold())


def _relations(sight: Sight, position: Position) -> dict[str, Any]:
    """The relations as rows of a table, or as clauses with items where the institution wants them so."""
    if sight.profile.data["papers"][KIND].get("relations") == "clauses":
        words = sight.words["relations"]
        lines = []
        for relation in position.relations:
            parts = {words["receives"]: relation.receives, words["provides"]: relation.provides}
            items = [{"text": f"{word[:1].lower()}{word[1:]}", "items": sight.lines(part)} for word, part in parts.items() if part]
            lines.append({"text": _partner(sight, relation), "items": items})
        return {"relations": [], "relation_lines": lines}
    rows = [
        {
            "with": _partner(sight, relation),
            "receives": _in_one_cell(sight.lines(relation.receives)),
            "provides": _in_one_cell(sight.lines(relation.provides)),
        }
        for relation in position.relations
    ]
    return {"relations": rows, "relation_lines": []}


def _partner(sight: Sight, relation: Relation) -> str:
    name = sight.referred(relation.to)
    return capitalise(name["nominative"] if name else sight.text(relation.who, relation.place.under("who")))


def _in_one_cell(lines: list[Line]) -> str:
    """Clauses in the cell of a table; what lies below a clause follows it after a colon."""
    return "; ".join(f"{line['text']}: {_in_one_cell(line['items'])}" if line["items"] else line["text"] for line in lines)
