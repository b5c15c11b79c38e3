"""Conditions of the registry's own constraints: data compiled to closures that can read the model and do nothing else.

A condition answers yes, no, or cannot tell, where another rule has spoken. What it says of a thing that several subjects
refer to is worked out once, and lists of all posts or units below a unit are counted by prefix sums, so that the work grows
with the registry and not with its square.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from orgdocs.problems import Fault, Finding, Place, Route, Sentence
from orgdocs.rules.answers import Condition, Count, all_of, always, any_of, at_least, at_most, exactly, is_all, negated, skipped, sum_up
from orgdocs.rules.fields import FIELDS, JOINING, SUBJECTS, TESTS, Field, Getter
from orgdocs.rules.world import UNKNOWN, Answer, Listing, World
from orgdocs.schemas import MOST_FIELDS_TOLD, suggest

if TYPE_CHECKING:
    from orgdocs.documents import Data

MOST_TESTS = 2_000
"""A file of constraints holds so many tests at most."""

_NUMBER = re.compile(r"(0|[1-9][0-9]{0,11})(\.[0-9]{1,6})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


# -- compiling ------------------------------------------------------------------------------------------------------


class Compiler:
    """Turns the data of conditions into closures, and notes what is at fault."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.faults: list[Fault] = []
        self.tests = 0
        self.nodes = 0

    # -- conditions -----------------------------------------------------------------------------------------------

    def condition(self, data: Data, kind: str, route: Route) -> Condition:
        """A condition on a thing of a kind."""
        if not isinstance(data, dict):
            self._fault("wrong-type", route, Sentence("a group of fields is expected here"), _fields_hint(kind))
            return always
        fields = FIELDS[kind]
        parts = []
        for key, value in data.items():
            at = (*route, key)
            if key in fields:
                parts.append(self._field(fields[key], value, at))
            elif key in JOINING:
                parts.append(self._joined(key, value, kind, at))
            else:
                hint = suggest(key, [*fields, *JOINING]) or _fields_hint(kind)
                self._fault("unknown-field", at, Sentence("there is no field {key} here", key=_cut(key)), hint, at_key=True)
        check = all_of(parts)
        if kind not in SUBJECTS.values():
            return check

        # These know whether their file has faults.
        def guarded(world: World, thing: Any) -> Answer:
            return None if thing.partial else check(world, thing)

        return guarded

    def _joined(self, key: str, value: Data, kind: str, route: Route) -> Condition:
        if key == "not":
            return negated(self.condition(value, kind, route))
        if not isinstance(value, list):
            hint = Sentence("put each condition on a line of its own that begins with a dash")
            self._fault("wrong-type", route, Sentence("a list is expected here"), hint)
            return always
        parts = [self.condition(item, kind, (*route, index)) for index, item in enumerate(value)]
        return all_of(parts) if key == "all" else any_of(parts)

    def _remembered(self, data: Data, kind: str, route: Route) -> Condition:
        """A condition with its answers kept by thing, for things that many subjects refer to."""
        check = self.condition(data, kind, route)
        if kind not in SUBJECTS.values():  # a clause, say, belongs to one thing
            return check
        self.nodes += 1
        node = self.nodes

        def remember(world: World, thing: Any) -> Answer:
            found = world.found.get(node)
            if found is None:
                found = world.found[node] = {}
            key = id(thing)
            if key not in found:
                found[key] = check(world, thing)
            return found[key]

        return remember

    def _field(self, field: Field, value: Data, route: Route) -> Condition:
        self._count(route)
        get = field.get
        if value in ("present", "absent"):
            return is_present(get, wanted=value == "present")
        if field.kind in {"things", "words"}:
            return self._list(field, value, route)
        if field.kind == "thing":
            return self._thing(field, value, route)
        judge = self._scalar(field, value, route)

        def check(world: World, thing: Any) -> Answer:
            found = get(world, thing)
            if found is UNKNOWN:
                return None
            return judge(found)

        return check

    def _count(self, route: Route) -> None:
        self.tests += 1
        if self.tests == MOST_TESTS + 1:
            hint = Sentence("say the same with fewer of them: a list under in is one test")
            self._fault("bad-value", route, Sentence("there are more than {count} tests in this file", count=MOST_TESTS), hint, at_key=True)

    # -- one value ------------------------------------------------------------------------------------------------

    def _thing(self, field: Field, value: Data, route: Route) -> Condition:
        if isinstance(value, str):
            if "id" not in FIELDS[field.of]:
                hint = _fields_hint(field.of) if FIELDS[field.of] else Sentence("write present or absent")
                self._fault("wrong-type", route, Sentence("a group of fields is expected here"), hint)
                return always
            value = {"id": value}
        inner = self._remembered(value, field.of, route)
        get = field.get

        def check(world: World, thing: Any) -> Answer:
            found = get(world, thing)
            if found is None:
                return False
            return None if found is UNKNOWN else inner(world, found)

        return check

    def _scalar(self, field: Field, value: Data, route: Route) -> Callable[[Any], Answer]:
        """A test of one value, which is never unknown; an absent one passes none but ``not``."""
        if isinstance(value, str):
            wanted = self._read(field, value, route)
            return lambda found: found is not None and _comparable(found) == wanted
        if not isinstance(value, dict):
            self._fault("wrong-type", route, Sentence("a word or a test is expected here"), Sentence("for several words write in: […]"))
            return skipped
        judges = [self._scalar_test(field, key, item, (*route, key)) for key, item in value.items()]
        return judges[0] if len(judges) == 1 else lambda found: all(judge(found) for judge in judges)

    def _scalar_test(self, field: Field, key: str, value: Data, route: Route) -> Callable[[Any], Answer]:
        self._count(route)
        if key not in TESTS[field.kind]:
            self._no_test(key, field.kind, route)
            return skipped
        if key == "not":
            if value in ("present", "absent"):
                return lambda found: (found is None) == (value == "present")
            judge = self._scalar(field, value, route)
            return lambda found: not judge(found)
        if key == "in":
            if not isinstance(value, list):
                self._fault("wrong-type", route, Sentence("a list is expected here"), Sentence("write in: [one, another]"))
                return skipped
            wanted = frozenset(self._read(field, item, (*route, index)) for index, item in enumerate(value))
            return lambda found: found is not None and _comparable(found) in wanted
        one = self._read(field, value, route)
        if key == "equal":
            return lambda found: found is not None and _comparable(found) == one
        if key in {"at_least", "at_most"}:
            if one is None:
                return skipped
            if key == "at_least":
                return lambda found: found is not None and found >= one
            return lambda found: found is not None and found <= one
        part = str(one)
        if key == "begins":
            return lambda found: found is not None and found.casefold().startswith(part)
        if key == "ends":
            return lambda found: found is not None and found.casefold().endswith(part)
        return lambda found: found is not None and part in found.casefold()

    def _read(self, field: Field, value: Data, route: Route) -> Any:
        """What a value of the file is compared as; None with a fault where it is not of the kind."""
        if not isinstance(value, str):
            self._fault("wrong-type", route, Sentence("one word or number is expected here"), None)
            return None
        if field.kind == "number":
            if not _NUMBER.fullmatch(value):
                hint = Sentence("write it with a point and without spaces, for example 9800 or 0.5")
                self._fault("wrong-type", route, Sentence("{value} is not a number", value=_cut(value)), hint)
                return None
            return Decimal(value)
        if field.kind == "date":
            day = _read_day(value)
            if day is None:
                hint = Sentence("write year-month-day, for example 2026-01-31")
                self._fault("bad-value", route, Sentence("{value} is not a date", value=_cut(value)), hint)
            return day
        if field.kind == "flag":
            if value not in {"true", "false"}:
                sentence = Sentence("{value} is neither true nor false", value=_cut(value))
                self._fault("wrong-type", route, sentence, Sentence("write true or false"))
            return value == "true"
        if field.words and value not in field.words:
            hint = suggest(value.lower(), field.words) or Sentence("one of: {options}", options=", ".join(field.words))
            self._fault("bad-value", route, Sentence("{value} is not possible here", value=_cut(value)), hint)
        return value.casefold()

    # -- lists ----------------------------------------------------------------------------------------------------

    def _entry(self, field: Field, value: Data, route: Route) -> Condition:
        """A condition on one entry of a list."""
        if field.kind == "words":
            judge = self._scalar(_WORD, value, route)
            return lambda _, word: judge(word)
        if isinstance(value, str) and "id" in FIELDS[field.of]:
            value = {"id": value}
        return self._remembered(value, field.of, route)

    def _list(self, field: Field, value: Data, route: Route) -> Condition:
        if not isinstance(value, dict):
            hint = Sentence("the tests here are: {tests}", tests=", ".join(TESTS["list"]))
            self._fault("wrong-type", route, Sentence("a test of a list is expected here"), hint)
            return always
        where = self._entry(field, value["where"], (*route, "where")) if "where" in value else None
        count_where = self._counter(where)
        parts: list[tuple[Callable[[World, Listing], Count], Callable[[Count], Answer]]] = []
        denied = []
        for key, item in value.items():
            at = (*route, key)
            self._count(at)
            if key in {"equal", "at_least", "at_most"}:
                number = self._read(_NUMBER_FIELD, item, at)
                judge = {"equal": exactly, "at_least": at_least, "at_most": at_most}[key]
                parts.append((count_where, judge(Decimal(0) if number is None else number)))
            elif key in {"all", "any", "none", "contains"}:
                entry = self._entry(field, item, at)
                if key == "contains" and not (isinstance(item, str) and (field.kind == "words" or "id" in FIELDS[field.of])):
                    self._fault("wrong-type", at, Sentence("one word or id is expected here"), Sentence("for conditions use any"))
                if key == "all":
                    # Every one of those that count: it is not counted, or it satisfies this.
                    entry = any_of([negated(where), entry]) if where is not None else entry
                    parts.append((self._counter(entry), is_all))
                else:
                    entry = all_of([where, entry]) if where is not None else entry
                    parts.append((self._counter(entry), at_most(Decimal(0)) if key == "none" else at_least(Decimal(1))))
            elif key == "not":
                denied.append(negated(self._list(field, item, at)))
            elif key != "where":
                self._no_test(key, "list", at)
        if value.keys() == {"where"}:
            hint = Sentence("say how many there must be, for example at_least: 1")
            self._fault("missing-field", route, Sentence("nothing is demanded of this list"), hint, at_key=True)
        get = field.get

        def check(world: World, thing: Any) -> Answer:
            listing = get(world, thing)
            if listing is UNKNOWN:
                return None
            answer: Answer = True
            for count, judge in parts:
                one = judge(count(world, listing))
                if one is False:
                    return False
                if one is None:
                    answer = None
            return answer

        return all_of([check, *denied])

    def _counter(self, entry: Condition | None) -> Callable[[World, Listing], Count]:
        """What counts the entries of a list that satisfy a condition."""
        self.nodes += 1
        node = self.nodes

        def count(world: World, listing: Listing) -> Count:
            items, is_open, start, stop = listing
            if entry is None:
                total = (len(items) if stop is None else stop) - start
                return Count(total, 0, total, is_open)
            if stop is not None:
                if node not in world.sums:
                    world.sums[node] = sum_up([entry(world, item) for item in items])
                sure, unsure = world.sums[node]
                return Count(sure[stop] - sure[start], unsure[stop] - unsure[start], stop - start, is_open)
            answers = [entry(world, item) for item in items]
            return Count(answers.count(True), answers.count(None), len(answers), is_open)

        return count

    # -- faults ---------------------------------------------------------------------------------------------------

    def _no_test(self, key: str, kind: str, route: Route) -> None:
        hint = suggest(key, list(TESTS[kind])) or Sentence("the tests here are: {tests}", tests=", ".join(TESTS[kind]))
        self._fault("unknown-field", route, Sentence("there is no test {key} here", key=_cut(key)), hint, at_key=True)

    def _fault(self, rule: str, route: Route, sentence: Sentence, hint: Sentence | None, *, at_key: bool = False) -> None:
        self.faults.append(Fault(rule, Finding(Place(self.path, route, at_key=at_key), sentence, hint=hint)))


def _nothing(world: World, thing: Any) -> None:
    """For fields that only say how a value is read."""


_WORD = Field("text", _nothing, "")
_NUMBER_FIELD = Field("number", _nothing, "")


def is_present(get: Getter, *, wanted: bool) -> Condition:
    """Whether a value is there, or is absent."""

    def check(world: World, thing: Any) -> Answer:
        found = get(world, thing)
        if found is UNKNOWN:
            return None
        if isinstance(found, Listing):
            there = (len(found.items) if found.stop is None else found.stop) > found.start
            if not there and found.open:
                return None
        else:
            there = found is not None
        return there is wanted

    return check


def _comparable(found: Any) -> Any:
    return found.casefold() if isinstance(found, str) else found


def _read_day(value: str) -> dt.date | None:
    if not _DAY.fullmatch(value):
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None


def _fields_hint(kind: str) -> Sentence:
    if len(FIELDS[kind]) > MOST_FIELDS_TOLD:
        return Sentence("the fields that are possible here are listed in docs/constraints.md")
    return Sentence("the fields here are: {fields}", fields=", ".join(FIELDS[kind]))


def _cut(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
