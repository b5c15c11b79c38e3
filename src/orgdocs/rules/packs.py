"""OD450 to OD456: structural norms of a country, from packs of data that a registry chooses; without a choice none applies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from orgdocs.model import ChosenPack, Position
from orgdocs.problems import Finding, Note, Sentence
from orgdocs.rules.norms import Map, chosen_rules, meant_units
from orgdocs.rules.rule import Subject, warning

if TYPE_CHECKING:
    from orgdocs.hierarchy import Hierarchy


# -- sizes ----------------------------------------------------------------------------------------------------------


def _may_count_posts(subject: Subject) -> bool:
    """Whether all posts are known. While a post cannot be read as a whole, nobody can count."""
    institution = subject.institution
    return not any(kind in {"position", "unit"} for kind, _ in institution.broken) and not any(
        entity.partial for entity in (*institution.positions.values(), *institution.units.values())
    )


def _sizes(hierarchy: Hierarchy) -> dict[str, Decimal]:
    """Staff units of every unit with the units below it, without legal entities of their own: from the bottom up, in one pass."""
    sizes: dict[str, Decimal] = {}
    for unit in reversed(list(hierarchy.branch(hierarchy.institution.organisation))):
        size = sum((_staff_units(post) for post in hierarchy.members(unit)), Decimal(0))
        below = (sizes.get(child.id, Decimal(0)) for child in hierarchy.children(unit) if not child.legal_entity)
        sizes[unit.id] = size + sum(below, Decimal(0))
    return sizes


def _staff_units(post: Position) -> Decimal:
    return post.staffing.units if post.staffing is not None else Decimal(0)


_FITS: Mapping[str, Callable[[Decimal, Decimal], bool]] = {
    "from": lambda size, bound: size >= bound,
    "above": lambda size, bound: size > bound,
    "below": lambda size, bound: size < bound,
    "upto": lambda size, bound: size <= bound,
}


def _number_for(bands: Sequence[Map], size: Decimal) -> Decimal | None:
    """The number of the first band that fits a size; None if there is none."""
    for band in bands:
        if all(fits(size, Decimal(band[key])) for key, fits in _FITS.items() if key in band):
            return Decimal(band["number"])
    return None


def _plain(number: Decimal) -> str:
    """The number without zeros that say nothing: 6, not 6.00."""
    return f"{number.normalize():f}"


# -- the rules ------------------------------------------------------------------------------------------------------


def unit_nesting(subject: Subject) -> Iterator[Finding]:
    """A unit stands in a unit of a kind that may hold it, where a chosen rule pack says so.

    Some states fix which kinds of units may stand in which. Rule packs are opt-in: nothing is demanded unless
    `org/registry.yaml` names a pack that demands it.

    Wrong:

    ```yaml
    registry.yaml: {format: 1, rules: {packs: [{id: by-sm-203, unverified: true}]}}
    legal.yaml: {name: Legal Division, kind: division}
    claims.yaml: {name: Claims Directorate, kind: directorate, parent: legal}
    ```

    Right:

    ```yaml
    registry.yaml: {format: 1, rules: {packs: [{id: by-sm-203, unverified: true}]}}
    legal.yaml: {name: Legal Division, kind: division}
    claims.yaml: {name: Claims Sector, kind: sector, parent: legal}
    ```
    """
    for chosen, rule in chosen_rules(subject, "may_contain"):
        admitted = [kind for kind in rule.value if kind != "nothing"]
        for unit in meant_units(subject, rule):
            for child in subject.hierarchy.children(unit):
                if child.partial or child.legal_entity or child.kind is None or child.kind in admitted:
                    continue
                if admitted:
                    sentence = Sentence(
                        "{unit} is a {kind} and stands in the {above} {parent}, which may hold: {kinds} ({norm})",
                        unit=child.id, kind=child.kind, above=unit.kind, parent=unit.id, kinds=", ".join(admitted), norm=rule.norm,
                    )  # fmt: skip
                else:
                    sentence = Sentence(
                        "{unit} stands in the {above} {parent}, which may hold no units ({norm})",
                        unit=child.id, above=unit.kind, parent=unit.id, norm=rule.norm,
                    )  # fmt: skip
                place = child.parent.place if child.parent else child.place.under("kind")
                yield Finding(place, sentence, _notes(chosen), Sentence("give it another kind, or another parent"))


def unit_too_small(subject: Subject) -> Iterator[Finding]:
    """A unit has the least number of staff units for its kind, where a chosen rule pack says so.

    Staff units are posts times rate, with those of the units below. Rule packs are opt-in: nothing is demanded unless
    `org/registry.yaml` names a pack that demands it.

    Wrong:

    ```yaml
    registry.yaml: {format: 1, rules: {packs: [ru-khakassia-251]}}
    legal.yaml: {name: Legal Division, kind: division, head: lawyer}
    lawyer.yaml: {title: Lawyer, unit: legal, staffing: {posts: 2}}
    ```

    Right:

    ```yaml
    registry.yaml: {format: 1, rules: {packs: [ru-khakassia-251]}}
    legal.yaml: {name: Legal Division, kind: division, head: lawyer}
    lawyer.yaml: {title: Lawyer, unit: legal, staffing: {posts: 3}}
    ```
    """
    sizes: dict[str, Decimal] | None = None
    for chosen, rule in chosen_rules(subject, "min_units"):
        if not _may_count_posts(subject):
            return
        sizes = _sizes(subject.hierarchy) if sizes is None else sizes
        for unit in meant_units(subject, rule):
            if sizes[unit.id] < Decimal(rule.value):
                sentence = Sentence(
                    "staff units of {unit}: {units}; the kind {kind} asks here for at least {least} ({norm})",
                    unit=unit.id, units=_plain(sizes[unit.id]), kind=unit.kind, least=rule.value, norm=rule.norm,
                )  # fmt: skip
                hint = Sentence("add posts, join it with another unit, or give it another kind")
                yield Finding(unit.place.under("kind"), sentence, _notes(chosen), hint)


def too_few_units(subject: Subject) -> Iterator[Finding]:
    """A unit holds the least number of units for its kind, where a chosen rule pack says so.

    Only units directly in it count. Rule packs are opt-in: nothing is demanded unless `org/registry.yaml` names a pack
    that demands it.

    Wrong:

    ```yaml
    registry.yaml: {format: 1, rules: {packs: [ua-kmu-179]}}
    finance.yaml: {name: Department of Finance, kind: department}
    budget.yaml: {name: Budget Division, kind: division, parent: finance}
    ```

    Right:

    ```yaml
    registry.yaml: {format: 1, rules: {packs: [ua-kmu-179]}}
    finance.yaml: {name: Directorate of Finance, kind: directorate}
    budget.yaml: {name: Budget Division, kind: division, parent: finance}
    ```
    """
    institution = subject.institution
    if any(kind == "unit" for kind, _ in institution.broken) or any(unit.partial for unit in institution.units.values()):
        return
    for chosen, rule in chosen_rules(subject, "min_children"):
        for unit in meant_units(subject, rule):
            kinds = [child.kind for child in subject.hierarchy.children(unit) if not child.legal_entity]
            for kind, least in rule.value.items():
                count = len(kinds) if kind == "any" else kinds.count(kind)
                if count >= int(least):
                    continue
                if kind == "any":
                    sentence = Sentence(
                        "units in {unit}: {count}; the kind {above} asks here for at least {least} ({norm})",
                        unit=unit.id, count=count, above=unit.kind, least=least, norm=rule.norm,
                    )  # fmt: skip
                else:
                    sentence = Sentence(
                        "units of the kind {kind} in {unit}: {count}; the kind {above} asks here for at least {least} ({norm})",
                        unit=unit.id, count=count, kind=kind, above=unit.kind, least=least, norm=rule.norm,
                    )  # fmt: skip
                yield Finding(unit.place.under("kind"), sentence, _notes(chosen), Sentence("add units, or give it another kind"))


def too_many_deputies(subject: Subject) -> Iterator[Finding]:
    """A head has no more deputies than the size of the unit admits, where a chosen rule pack says so.

    The posts named under `deputies` are counted, each as often as there are such posts. Rule packs are opt-in: nothing is
    demanded unless `org/registry.yaml` names a pack that demands it.

    Wrong:

    ```yaml
    registry.yaml: {format: 1, rules: {packs: [ru-khakassia-251]}}
    legal.yaml: {name: Legal Division, kind: division, head: chief, deputies: [deputy]}
    chief.yaml: {title: Head of Division, unit: legal, staffing: {posts: 1}}
    deputy.yaml: {title: Deputy Head, unit: legal, staffing: {posts: 1}}
    lawyer.yaml: {title: Lawyer, unit: legal, staffing: {posts: 1}}
    ```

    Right:

    ```yaml
    registry.yaml: {format: 1, rules: {packs: [ru-khakassia-251]}}
    legal.yaml: {name: Legal Division, kind: division, head: chief, deputies: [deputy]}
    chief.yaml: {title: Head of Division, unit: legal, staffing: {posts: 1}}
    deputy.yaml: {title: Deputy Head, unit: legal, staffing: {posts: 1}}
    lawyer.yaml: {title: Lawyer, unit: legal, staffing: {posts: 2}}
    ```
    """
    sizes: dict[str, Decimal] | None = None
    for chosen, rule in chosen_rules(subject, "deputies"):
        if not _may_count_posts(subject):
            return
        sizes = _sizes(subject.hierarchy) if sizes is None else sizes
        for unit in meant_units(subject, rule):
            deputies = subject.hierarchy.deputies(unit)
            count = sum(1 if post.staffing is None else post.staffing.posts for post in deputies)
            most = _number_for(rule.value, sizes[unit.id])
            if most is not None and count > most:
                sentence = Sentence(
                    "deputies of the head of {unit}: {count}; where there are {units} staff units, at most {most} ({norm})",
                    unit=unit.id, count=count, units=_plain(sizes[unit.id]), most=_plain(most), norm=rule.norm,
                )  # fmt: skip
                yield Finding(unit.place.under("deputies"), sentence, _notes(chosen), Sentence("name fewer deputies, or add posts"))


def too_large_share(subject: Subject) -> Iterator[Finding]:
    """Posts and units of a certain sort do not exceed their share, where a chosen rule pack says so.

    Which they are, supporting units for example, the registry says under `marks`; without the mark nothing is checked. Rule
    packs are opt-in: nothing is demanded unless `org/registry.yaml` names a pack that demands it.

    Wrong:

    ```yaml
    registry.yaml: {format: 1, rules: {packs: [{id: ru-khakassia-251, marks: {leading-posts: [director]}}]}}
    director.yaml: {title: Director, staffing: {posts: 1}}
    lawyer.yaml: {title: Lawyer, staffing: {posts: 2}}
    ```

    Right:

    ```yaml
    registry.yaml: {format: 1, rules: {packs: [{id: ru-khakassia-251, marks: {leading-posts: [director]}}]}}
    director.yaml: {title: Director, staffing: {posts: 1}}
    lawyer.yaml: {title: Lawyer, staffing: {posts: 3}}
    ```
    """
    for chosen, rule in chosen_rules(subject, "max_share"):
        mark = rule.value["mark"]
        if mark not in chosen.marks or not _may_count_posts(subject):
            continue
        total = _sizes(subject.hierarchy)[subject.institution.organisation.id]
        marked = _marked(subject, chosen, mark)
        most = Decimal(rule.value["percent"])
        if marked * 100 > total * most:
            sentence = Sentence(
                "staff units of {organisation} marked {mark}: {marked} of {total}; at most {most} percent ({norm})",
                marked=_plain(marked), total=_plain(total), organisation=subject.institution.organisation.id, mark=mark,
                most=_plain(most), norm=rule.norm,
            )  # fmt: skip
            hint = Sentence("reduce posts under staffing, or correct the marks in org/registry.yaml")
            yield Finding(subject.institution.organisation.place.under("name"), sentence, _notes(chosen), hint)


def too_many_levels(subject: Subject) -> Iterator[Finding]:
    """Units do not stand deeper than a number of levels, where a chosen rule pack says so.

    Units directly under the organisation are the first level. Rule packs are opt-in: nothing is demanded unless
    `org/registry.yaml` names a pack that demands it.

    Wrong:

    ```yaml
    registry.yaml: {format: 1, rules: {packs: [by-sm-203]}}
    finance.yaml: {name: Department of Finance}
    budget.yaml: {name: Budget Directorate, parent: finance}
    planning.yaml: {name: Planning Division, parent: budget}
    forecasts.yaml: {name: Forecasts Sector, parent: planning}
    ```

    Right:

    ```yaml
    registry.yaml: {format: 1, rules: {packs: [by-sm-203]}}
    finance.yaml: {name: Department of Finance}
    budget.yaml: {name: Budget Directorate, parent: finance}
    planning.yaml: {name: Planning Division, parent: budget}
    forecasts.yaml: {name: Forecasts Division, parent: budget}
    ```
    """
    hierarchy, organisation = subject.hierarchy, subject.institution.organisation
    for chosen, rule in chosen_rules(subject, "max_levels"):
        most = int(rule.value)
        levels = {organisation.id: 0}
        for unit in hierarchy.branch(organisation):
            for child in hierarchy.children(unit):
                if child.id not in levels and not child.legal_entity:
                    levels[child.id] = levels.get(unit.id, 0) + 1
            # What stands deeper still is the same mistake.
            if levels.get(unit.id) == most + 1 and unit.parent is not None and not unit.partial:
                sentence = Sentence(
                    "{unit} stands on level {level} of the structure; there are at most {most} ({norm})",
                    unit=unit.id, level=most + 1, most=most, norm=rule.norm,
                )  # fmt: skip
                yield Finding(unit.parent.place, sentence, _notes(chosen), Sentence("let it belong to a unit higher up"))


def marked_staff(subject: Subject) -> Iterator[Finding]:
    """An organisation has the staff for a certain task that its size asks for, where a chosen rule pack says so.

    Who that is, the anti-corruption officer for example, the registry says under `marks`. Rule packs are opt-in: nothing is
    demanded unless `org/registry.yaml` names a pack that demands it.

    Wrong:

    ```yaml
    registry.yaml: {format: 1, rules: {packs: [ua-nazk-anticorruption]}}
    officer.yaml: {title: Anti-corruption Officer, staffing: {posts: 1}}
    clerk.yaml: {title: Clerk, staffing: {posts: 60}}
    ```

    Right:

    ```yaml
    registry.yaml: {format: 1, rules: {packs: [{id: ua-nazk-anticorruption, marks: {anticorruption: [officer]}}]}}
    officer.yaml: {title: Anti-corruption Officer, staffing: {posts: 1}}
    clerk.yaml: {title: Clerk, staffing: {posts: 60}}
    ```
    """
    for chosen, rule in chosen_rules(subject, "marked_staff"):
        if not _may_count_posts(subject):
            return
        organisation = subject.institution.organisation
        size = _sizes(subject.hierarchy)[organisation.id]
        least = _number_for(rule.value["sizes"], size)
        marked = _marked(subject, chosen, rule.value["mark"])
        if least is not None and marked < least:
            sentence = Sentence(
                "staff units of {organisation} marked {mark}: {marked}; where there are {units} in all, at least {least} ({norm})",
                organisation=organisation.id, marked=_plain(marked), mark=rule.value["mark"], units=_plain(size), least=_plain(least),
                norm=rule.norm,
            )  # fmt: skip
            hint = Sentence("name the post or unit in org/registry.yaml: marks: {example}", example=f"{{{rule.value['mark']}: [id]}}")
            yield Finding(organisation.place.under("name"), sentence, _notes(chosen), hint)


def _marked(subject: Subject, chosen: ChosenPack, mark: str) -> Decimal:
    """The staff units of the posts and units with a mark; what lies in a marked unit counts once."""
    posts: dict[str, Position] = {}
    for ref in chosen.marks.get(mark, ()):
        post = subject.institution.positions.get(ref.id)
        if post is not None:
            posts[post.id] = post
        elif ref.id in subject.institution.units:
            for unit in subject.hierarchy.branch(subject.institution.units[ref.id]):
                posts.update((member.id, member) for member in subject.hierarchy.members(unit))
    return sum((_staff_units(post) for post in posts.values()), Decimal(0))


def _notes(chosen: ChosenPack) -> tuple[Note, ...]:
    return (Note(chosen.place, Sentence("the registry has chosen the rule pack {pack}", pack=chosen.id)),)


RULES = (
    warning("OD450", "unit-nesting", unit_nesting),
    warning("OD451", "unit-too-small", unit_too_small),
    warning("OD452", "too-few-units", too_few_units),
    warning("OD453", "too-many-deputies", too_many_deputies),
    warning("OD454", "too-large-share", too_large_share),
    warning("OD455", "too-many-levels", too_many_levels),
    warning("OD456", "marked-staff", marked_staff),
)
