"""The rules, by code: an explicit list, one module for each family."""

from orgdocs.rules import authorities, duties, files, identity, ignoring, posts, standing, texts
from orgdocs.rules.rule import Rule, Subject

_FAMILIES = (
    files.RULES,
    ignoring.RULES,
    identity.RULES,
    standing.RULES,
    duties.RULES,
    posts.RULES,
    texts.RULES,
    authorities.RULES,
)

RULES: tuple[Rule, ...] = tuple(sorted((rule for family in _FAMILIES for rule in family), key=lambda rule: rule.code))
"""All rules in the order of their codes."""

BY_NAME = {rule.name: rule for rule in RULES}
BY_CODE = {rule.code: rule for rule in RULES}

__all__ = ["BY_CODE", "BY_NAME", "RULES", "Rule", "Subject"]
