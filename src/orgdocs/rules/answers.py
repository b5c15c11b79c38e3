"""Answers of conditions put together: yes, no and cannot tell, of several conditions and of the entries of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from orgdocs.rules.world import Answer, World

Condition: TypeAlias = Callable[[World, Any], Answer]


def all_of(parts: Sequence[Condition]) -> Condition:
    """All conditions hold; one that does not decides."""
    return parts[0] if len(parts) == 1 else _decided(parts, by=False)


def any_of(parts: Sequence[Condition]) -> Condition:
    """One condition holds at least, and decides."""
    return _decided(parts, by=True)


def _decided(parts: Sequence[Condition], *, by: bool) -> Condition:
    """The answer of the first condition that decides; else the opposite, unless one of them cannot tell."""

    def check(world: World, thing: Any) -> Answer:
        answer: Answer = not by
        for part in parts:
            one = part(world, thing)
            if one is by:
                return by
            if one is None:
                answer = None
        return answer

    return check


def negated(part: Condition) -> Condition:
    """The condition does not hold."""

    def check(world: World, thing: Any) -> Answer:
        answer = part(world, thing)
        return None if answer is None else not answer

    return check


class Count(NamedTuple):
    """How many entries of a list satisfy a condition, may satisfy it, and are there in all."""

    yes: int
    perhaps: int
    total: int
    open: bool


def at_least(number: Decimal) -> Callable[[Count], Answer]:
    """So many entries or more satisfy it."""
    return lambda count: True if count.yes >= number else None if count.open or count.yes + count.perhaps >= number else False


def at_most(number: Decimal) -> Callable[[Count], Answer]:
    """So many entries or fewer satisfy it."""
    return lambda count: False if count.yes > number else None if count.open or count.yes + count.perhaps > number else True


def exactly(number: Decimal) -> Callable[[Count], Answer]:
    """So many entries satisfy it, no more and no fewer."""
    least, most = at_least(number), at_most(number)

    def judge(count: Count) -> Answer:
        answers = (least(count), most(count))
        return False if False in answers else None if None in answers else True

    return judge


def is_all(count: Count) -> Answer:
    """Whether all entries satisfy it."""
    if count.yes + count.perhaps < count.total:
        return False
    return None if count.open or count.perhaps else True


def skipped(_: Any) -> bool:
    """Stands for a test that is at fault, of which its fault speaks."""
    return True


def always(world: World, thing: Any) -> Answer:
    """Stands for a condition that is at fault, or asks nothing."""
    return True


def sum_up(answers: Iterable[Answer]) -> tuple[list[int], list[int]]:
    """How many of the answers up to each are yes, and how many cannot tell."""
    sure, unsure = [0], [0]
    for answer in answers:
        sure.append(sure[-1] + (answer is True))
        unsure.append(unsure[-1] + (answer is None))
    return sure, unsure
