"""OD402, OD404 to OD406, OD413 and OD414: who stands at the head of what, and units and posts that stand for nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from orgdocs.model import Position, Text, Unit
from orgdocs.problems import Finding, Note, Sentence
from orgdocs.rules.rule import Subject, error, warning


def roots(subject: Subject) -> Iterator[Finding]:
    """Every post but the head of the organisation reports to a post of the organisation.

    Another post without a superior is a branch that nobody directs. The head may report to a body or official outside,
    and so may the head of a unit that is a legal entity.

    Wrong:

    ```yaml
    deputy.yaml: {title: Deputy Director}
    ```

    Right:

    ```yaml
    deputy.yaml: {title: Deputy Director, reports_to: director}
    ```
    """
    institution = subject.institution
    head = subject.hierarchy.head(institution.organisation)
    if head is None:  # another rule has said so, or the file cannot be read
        return
    for position in institution.positions.values():
        inside = position.reports_to is not None and position.reports_to.id not in institution.bodies
        if inside or position.partial or position is head or _may_head_legal_entity(subject, position):
            continue
        place = position.reports_to.place if position.reports_to else position.place.under("title")
        sentence = Sentence("{post} has no superior in the organisation, and does not head it", post=position.id)
        yield Finding(place, sentence, hint=Sentence("write reports_to: {head}, or the post to which it reports", head=head.id))


def _may_head_legal_entity(subject: Subject, position: Position) -> bool:
    unit = subject.hierarchy.unit_of(position)
    return unit is None or unit.partial or any(unit.legal_entity for unit in subject.hierarchy.heads(position))


def unit_without_head(subject: Subject) -> Iterator[Finding]:
    """The post that heads a unit exists in the staffing table.

    A head whose post has been abolished signs nothing.

    Wrong:

    ```yaml
    legal.yaml: {name: Legal Division, head: lawyer}
    lawyer.yaml: {title: Lawyer, staffing: {posts: 0}}
    ```

    Right:

    ```yaml
    legal.yaml: {name: Legal Division, head: lawyer}
    lawyer.yaml: {title: Lawyer, staffing: {posts: 1}}
    ```
    """
    for unit in subject.institution.establishments:
        head = subject.hierarchy.head(unit)
        if head is not None and unit.head is not None and head.staffing is not None and head.staffing.posts == 0:
            sentence = Sentence("{unit} has no head: there are 0 posts of {head}", unit=unit.id, head=head.id)
            notes = (Note(head.staffing.place.under("posts"), Sentence("0 posts are given here")),)
            yield Finding(unit.head.place, sentence, notes, Sentence("name another head, or give the post"))


def head_outside(subject: Subject) -> Iterator[Finding]:
    """The head of a unit is a post of that unit, the head of the organisation a post directly under it.

    Otherwise the head's own paper and place in the staffing table speak of another unit.

    Wrong:

    ```yaml
    legal.yaml: {name: Legal Division, head: lawyer}
    lawyer.yaml: {title: Lawyer, unit: finance}
    ```

    Right:

    ```yaml
    legal.yaml: {name: Legal Division, head: lawyer}
    lawyer.yaml: {title: Lawyer, unit: legal}
    ```
    """
    for unit in subject.institution.establishments:
        head = subject.hierarchy.head(unit)
        if head is None or head.partial or unit.head is None:
            continue
        home = subject.hierarchy.unit_of(head)
        if home is unit or home is None:
            continue
        place = head.unit.place if head.unit else head.place.under("title")
        notes = (Note(place, Sentence("{head} belongs to {where}", head=head.id, where=home.id)),)
        hint = Sentence("name a head from {unit}, or move {head} there", unit=unit.id, head=head.id)
        yield Finding(unit.head.place, Sentence("{head} heads {unit} and does not belong to it", head=head.id, unit=unit.id), notes, hint)


def two_heads(subject: Subject) -> Iterator[Finding]:
    """A unit has one head.

    It has two if there is more than one post of its head, or if another post of the unit, which is no deputy, reports
    past the head to the head's own superior.

    Wrong:

    ```yaml
    head-of-legal.yaml: {unit: legal, reports_to: director}
    counsel.yaml: {unit: legal, reports_to: director}
    ```

    Right:

    ```yaml
    head-of-legal.yaml: {unit: legal, reports_to: director}
    counsel.yaml: {unit: legal, reports_to: head-of-legal}
    ```
    """
    for unit in subject.institution.establishments:
        head = subject.hierarchy.head(unit)
        if head is None or subject.hierarchy.unit_of(head) is not unit:
            continue
        if head.staffing is not None and head.staffing.posts > 1:
            sentence = Sentence(
                "{unit} has {count} heads, for there are so many posts of {head}", unit=unit.id, count=head.staffing.posts, head=head.id
            )
            hint = Sentence("leave one post, and give the others a file of their own")
            yield Finding(head.staffing.place.under("posts"), sentence, hint=hint)
        if unit is not subject.institution.organisation:
            yield from _past(subject, unit, head)


def _past(subject: Subject, unit: Unit, head: Position) -> Iterator[Finding]:
    """The posts of a unit that report past its head."""
    superior = subject.hierarchy.superior(head)
    # Where the superior reports to the head, there is a ring, and it is another rule's.
    if (
        superior is None
        or superior is head
        or unit.head is None
        or (isinstance(superior, Position) and head in subject.hierarchy.chain(superior))
    ):
        return
    deputies = {ref.id for ref in unit.deputies}
    for position in subject.hierarchy.members(unit):
        if position is head or position.id in deputies or position.reports_to is None or position.reports_to.id != superior.id:
            continue
        sentence = Sentence("{post} reports past the head of {unit} to {superior}", post=position.id, unit=unit.id, superior=superior.id)
        notes = (Note(unit.head.place, Sentence("{head} heads the unit", head=head.id)),)
        hint = Sentence("write reports_to: {head}", head=head.id)
        yield Finding(position.reports_to.place, sentence, notes, hint)


def unit_without_posts(subject: Subject) -> Iterator[Finding]:
    """A unit has posts in the staffing table, its own or those of the units below it.

    A unit for which no post is paid exists on paper only. Nothing is said where the organisation has no staffing table yet.

    Wrong:

    ```yaml
    units/legal.yaml: {name: Legal Division, head: lawyer}
    lawyer.yaml: {title: Lawyer, unit: legal}
    ```

    Right:

    ```yaml
    units/legal.yaml: {name: Legal Division, head: lawyer}
    lawyer.yaml: {title: Lawyer, unit: legal, staffing: {posts: 1}}
    ```
    """
    hierarchy, organisation = subject.hierarchy, subject.institution.organisation
    if any(kind == "position" for kind, _ in subject.institution.broken):
        return
    staffed: set[str] = set()
    for position in subject.institution.positions.values():
        unit = hierarchy.unit_of(position)
        if unit is not None and unit.id not in staffed and (position.staffing is not None or position.partial):
            staffed.update((unit.id, *(above.id for above in hierarchy.parents(unit))))
    for unit in hierarchy.branch(organisation):
        parent = unit.parent.id if unit.parent else organisation.id
        # Of empty units below each other, the uppermost is named. A unit without any post has a head from outside, which is told.
        if unit.id in staffed or unit is organisation or unit.partial or parent not in staffed or not hierarchy.members(unit):
            continue
        sentence = Sentence("no post of {unit} stands in the staffing table", unit=unit.id)
        hint = Sentence("give staffing to its posts, for example to {post}", post=hierarchy.members(unit)[0].id)
        yield Finding(unit.place.under("name"), sentence, hint=hint)


HEADING_WORDS: Mapping[str, tuple[str, ...]] = {
    "uk": ("начальник", "начальниця", "завідувач", "завідувачка", "керівник", "керівниця"),
    "ru": ("начальник", "заведующий", "заведующая", "руководитель"),
    "be": ("начальнік", "начальніца", "загадчык", "загадчыца", "кіраўнік"),
    "en": ("head of", "chief of", "director of"),
}
"""With what the title of a head of a unit begins, by language."""

_DASH = re.compile(r"\s+[-–—]\s+")


def combined_post(subject: Subject) -> Iterator[Finding]:
    """A post with a double title, such as Deputy Director – Head of Legal Division, heads that unit and is counted once.

    The two titles are one post: one line of the staffing table, one salary. If the unit has another head, or a second
    file bears the second title, the same post is there twice.

    Wrong:

    ```yaml
    deputy.yaml: {title: Deputy Director – Head of Legal Division}
    units/legal.yaml: {name: Legal Division, head: lawyer}
    ```

    Right:

    ```yaml
    deputy.yaml: {title: Deputy Director – Head of Legal Division, unit: legal}
    units/legal.yaml: {name: Legal Division, head: deputy}
    ```
    """
    language = subject.institution.organisation.language
    words = HEADING_WORDS.get(language, ())
    titles: dict[str, list[Position]] = {}
    combined: list[tuple[Position, str]] = []
    for position in subject.institution.positions.values():
        title = _said(position.title, language)
        titles.setdefault(title.casefold(), []).append(position)
        halves = _DASH.split(title, maxsplit=1)
        if len(halves) == 2 and halves[1].casefold().startswith(words) and not position.partial:
            combined.append((position, halves[1]))
    for position, half in combined:
        place = position.place.under("title")
        for other in titles.get(half.casefold(), ()):
            sentence = Sentence(
                "the post {title} is there twice: in the title of {post}, and as {other}", title=half, post=position.id, other=other.id
            )
            notes = (Note(other.place.under("title"), Sentence("it has a file of its own here")),)
            yield Finding(place, sentence, notes, Sentence("take {other} out, or the second half of this title", other=other.id))
            break
        else:
            yield from _heads_by_title(subject, position, half)


def _heads_by_title(subject: Subject, position: Position, half: str) -> Iterator[Finding]:
    """Whether a post heads the unit of which its double title speaks."""
    unit = _mentioned(subject, half)
    headed = subject.hierarchy.heads(position)
    if unit is not None and unit.head is not None and unit.head.id != position.id:
        sentence = Sentence(
            "{post} is by its title also the head of {unit}, which {head} heads", post=position.id, unit=unit.id, head=unit.head.id
        )
        notes = (Note(unit.head.place, Sentence("the head is named here")),)
        yield Finding(
            position.place.under("title"), sentence, notes, Sentence("write head: {post} there, or change the title", post=position.id)
        )
    elif unit is None and not headed and not any(broken == "unit" for broken, _ in subject.institution.broken):
        sentence = Sentence("{post} is by its title also {title}, and heads no unit", post=position.id, title=half)
        yield Finding(position.place.under("title"), sentence, hint=Sentence("name it as the head of that unit, or change the title"))


def _mentioned(subject: Subject, title: str) -> Unit | None:
    """The unit of which a title speaks: the one whose name, in the genitive or as it stands, is the longest in it."""
    language = subject.institution.organisation.language
    found: list[tuple[int, Unit]] = []
    for unit in subject.institution.units.values():
        names = (_said(unit.name, language), _said(unit.forms.get("genitive", ""), language))
        found += [(len(name), unit) for name in names if name and name.casefold() in title.casefold()]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _said(text: Text, language: str) -> str:
    return text if isinstance(text, str) else text.get(language, "")


RULES = (
    error("OD402", "roots", roots),
    error("OD404", "unit-without-head", unit_without_head),
    error("OD405", "head-outside", head_outside),
    error("OD406", "two-heads", two_heads),
    warning("OD413", "unit-without-posts", unit_without_posts),
    warning("OD414", "combined-post", combined_post),
)
