"""Contents of papers kept while a registry is opened again and again: a paper is written anew when what it asked for has changed.

While a paper is written, every question that it puts to the hierarchy and the institution is noted with its answer. The
next time the same questions are put first. If the answers are the same objects, so is the paper; nobody has to list by hand
what a paper depends on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from types import MethodType
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from orgdocs.contents.planning import Writing, Written
from orgdocs.model import Institution

if TYPE_CHECKING:
    from orgdocs.contents.content import PaperId
    from orgdocs.hierarchy import Hierarchy
    from orgdocs.model import Position, Unit
    from orgdocs.problems import Finding
    from orgdocs.profiles import Profile


class _Asked(NamedTuple):
    """A question with its answer: of the hierarchy or the institution, by which name, with what."""

    of_institution: bool
    name: str
    arguments: tuple[Any, ...]
    answer: Any


class _Kept(NamedTuple):
    """A paper that was written: what it is about, what was asked on the way, what came out."""

    subject: Unit | Position
    asked: list[_Asked]
    written: Written


class PaperMemory:
    """The papers of one institution as they were written the last time, and its profile."""

    def __init__(self) -> None:
        self.papers: dict[PaperId, _Kept] = {}
        self.profile: Profile | None = None
        self.basis: tuple[object, ...] | None = None
        """The id of the profile and the institution's own wording, for which all this holds."""
        self.wording: list[Finding] = []

    def forget_others(self, papers: Mapping[PaperId, object]) -> None:
        """Keep nothing of papers that are no longer planned."""
        for paper in self.papers.keys() - papers.keys():
            del self.papers[paper]


class RememberingWriting(Writing):
    """Writes the papers of an institution as ``Writing`` does, and takes over those for which nothing has changed."""

    def __init__(self, hierarchy: Hierarchy, memory: PaperMemory) -> None:
        basis = (hierarchy.institution.organisation.profile, hierarchy.institution.wording)
        is_new = not _same(memory.basis, basis)
        super().__init__(hierarchy, None if is_new else memory.profile)
        if is_new:
            memory.papers.clear()
            memory.profile, memory.basis = self.profile, basis
            memory.wording = super().check_wording()
        self._memory = memory
        self._real = hierarchy
        self._watch = _Watch(hierarchy)
        self.hierarchy = cast("Hierarchy", self._watch.hierarchy)
        self.institution = cast("Institution", self._watch.institution)

    def check_wording(self) -> list[Finding]:
        """What is wrong with the institution's own wording, looked at once."""
        return self._memory.wording

    def write(self, paper: PaperId, subject: Unit | Position) -> Written:
        """The content of a paper as it was kept, if it would come out the same; else written anew."""
        kept = self._memory.papers.get(paper)
        if kept is not None and kept.subject is subject and _still_true(kept.asked, self._real):
            return kept.written
        self._watch.asked.clear()
        written = super().write(paper, subject)
        if written.faults:
            # Whether a fault of the own wording is told depends on the papers before: then each is written anew every time.
            self._memory.basis = None
        self._memory.papers[paper] = _Kept(subject, list(self._watch.asked.values()), written)
        return written


def _still_true(asked: list[_Asked], hierarchy: Hierarchy) -> bool:
    """Whether each question has the answer that it had: later ones may build on what earlier ones gave."""
    institution = hierarchy.institution
    return all(
        _same(_plain(_ask(institution if of_institution else hierarchy, name, arguments)), answer)
        for of_institution, name, arguments, answer in asked
    )


def _ask(whom: object, name: str, arguments: tuple[Any, ...]) -> Any:
    answer = getattr(whom, name)
    if isinstance(answer, MethodType):
        return answer(*arguments)
    if isinstance(answer, Mapping):
        return answer.get(arguments[0]) if arguments else iter(answer)
    return answer


def _plain(answer: Any) -> Any:
    return tuple(answer) if isinstance(answer, list | Iterator) else answer


def _same(one: Any, other: Any) -> bool:
    """Whether two answers are the same: the same entities, not merely equal ones, and equal words and numbers."""
    if one is other:
        return True
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return isinstance(one, str | int | Decimal) and bool(one == other)


class _Watch:
    """Stands between a paper and the hierarchy, and notes what it is asked."""

    def __init__(self, hierarchy: Hierarchy) -> None:
        self.asked: dict[tuple[Any, ...], _Asked] = {}
        self.institution = _Watched(self, hierarchy.institution, of_institution=True)
        self.hierarchy = _Watched(self, hierarchy, of_institution=False)

    def ask(self, whom: object, of_institution: bool, name: str, *arguments: Any) -> Any:
        """The answer to a question, which is noted."""
        # Entities hold maps and have no hash; a question noted keeps them, so that their numbers stay theirs.
        key = (of_institution, name, *(argument if isinstance(argument, str) else id(argument) for argument in arguments))
        answer = _ask(whom, name, arguments)
        is_iterator = isinstance(answer, Iterator)
        plain = _plain(answer)
        if key not in self.asked:
            self.asked[key] = _Asked(of_institution, name, arguments, plain)
        return iter(plain) if is_iterator else plain


class _Watched:
    """The hierarchy or the institution, as a paper sees it."""

    def __init__(self, watch: _Watch, real: object, *, of_institution: bool) -> None:
        self._watch = watch
        self._real = real
        self._of_institution = of_institution

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._real, name)
        if isinstance(value, Institution):
            return self._watch.institution
        ask = partial(self._watch.ask, self._real, self._of_institution, name)
        if isinstance(value, MethodType):
            return ask
        if isinstance(value, Mapping):
            return _WatchedMap(ask)
        return ask()


class _WatchedMap(Mapping[str, Any]):
    """A map of the hierarchy or the institution, as a paper sees it."""

    def __init__(self, ask: Callable[..., Any]) -> None:
        self._ask = ask

    def __getitem__(self, key: str) -> Any:
        value = self._ask(key)
        if value is None:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._ask()))

    def __len__(self) -> int:
        return len(tuple(self._ask()))
