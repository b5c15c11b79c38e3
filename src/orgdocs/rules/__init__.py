"""The rules, by code: an explicit list, one module for each family."""

from orgdocs.rules import (
    arrangements,
    authorities,
    classifiers,
    codes,
    constraints,
    duties,
    emblems,
    entries,
    files,
    forms,
    identity,
    ignoring,
    ledger,
    packs,
    pay,
    people,
    posts,
    qualifications,
    relations,
    renaming,
    repetition,
    rings,
    standing,
    substitution,
    superiors,
    tasks,
    terms,
    texts,
    writing,
)
from orgdocs.rules.rule import Rule, Subject

_FAMILIES = (
    files.RULES,
    ignoring.RULES,
    identity.RULES,
    renaming.RULES,
    rings.RULES,
    standing.RULES,
    packs.RULES,
    constraints.RULES,
    superiors.RULES,
    substitution.RULES,
    duties.RULES,
    tasks.RULES,
    repetition.RULES,
    relations.RULES,
    qualifications.RULES,
    posts.RULES,
    pay.RULES,
    classifiers.RULES,
    texts.RULES,
    forms.RULES,
    emblems.RULES,
    writing.RULES,
    entries.RULES,
    terms.RULES,
    arrangements.RULES,
    codes.RULES,
    authorities.RULES,
    people.RULES,
    ledger.RULES,
)

RULES: tuple[Rule, ...] = tuple(sorted((rule for family in _FAMILIES for rule in family), key=lambda rule: rule.code))
"""All rules in the order of their codes."""

BY_NAME = {rule.name: rule for rule in RULES}
BY_CODE = {rule.code: rule for rule in RULES}

__all__ = ["BY_CODE", "BY_NAME", "RULES", "Rule", "Subject"]
