"""The wording of a profile, compiled: clause texts are templates in a sandbox, evaluated over the view of a paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import meta, nodes
from jinja2.runtime import Context

from orgdocs.language import CASES, INFLECTED, capitalise, join_names
from orgdocs.language.euphony import join_about, join_in, join_with
from orgdocs.problems import Route, Sentence
from orgdocs.sandbox import ALLOWED_NODES, Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from orgdocs.profiles import Profile

Name = dict[str, Any]
"""A name in the view: its nominative, its case forms, and ``at``, the number under which its place is kept.

A name with ``short`` gives way to that one after its first mention in the running text.
"""


class WordingError(Exception):
    """A wording cannot be evaluated; ``route`` says which part of the profile, ``sentence`` why."""

    def __init__(self, route: Route, sentence: Sentence, hint: Sentence | None = None) -> None:
        super().__init__(str(sentence))
        self.route = route
        self.sentence = sentence
        self.hint = hint


@jinja2.pass_context
def _in_case(context: Context, case: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return _form(context, case, value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_form(context, case, item) for item in value]
    raise WordingError((), Sentence("only a name has case forms, not {value}", value=str(value)))


def _form(context: Context, case: str, name: Mapping[str, Any]) -> str:
    """A name in a case. In the running text a name with a short one is introduced once, and is short from then on."""
    introduced: set[int] | None = context["introduced_"] if "short" in name else None
    if introduced is None:
        return _own_form(context, case, name)
    if name["at"] in introduced:
        return _own_form(context, case, name["short"])
    introduced.add(name["at"])
    introduction: str = context["words"]["citation"]["term"]
    return f"{_own_form(context, case, name)} {introduction.replace('TERM', name['short']['nominative'])}"


def _own_form(context: Context, case: str, name: Mapping[str, Any]) -> str:
    if case == "nominative":
        return str(name["nominative"])
    form: str | None = name["forms"].get(case)
    if form is None:
        form = name["nominative"]
        if context["language_"] in INFLECTED:
            context["missing_"].append((name["at"], case))
    return form


def _filter_for(case: str) -> Any:
    @jinja2.pass_context
    def apply(context: Context, value: Any) -> Any:
        return _in_case(context, case, value)

    return apply


@jinja2.pass_context
def _about(context: Context, name: Mapping[str, Any]) -> str:
    return join_about(_form(context, "prepositional", name))


@jinja2.pass_context
def _with(context: Context, value: Any) -> str:
    """One name or several in the instrumental, each after its own «with»: з відділом, із сектором та зі службою."""
    names = value if isinstance(value, list) else [value]
    joined = [join_with(_form(context, "instrumental", name), context["language_"]) for name in names]
    return join_names(joined, context["words"]["conjunctions"]["and"])


@jinja2.pass_context
def _within(context: Context, name: Mapping[str, Any], before: str = "") -> str:
    return join_in(_form(context, "prepositional", name), context["language_"], before)


@jinja2.pass_context
def _listed(context: Context, names: list[str], conjunction: str = "and") -> str:
    return join_names(list(names), context["words"]["conjunctions"][conjunction])


@cache
def _environment() -> Sandbox:
    """The sandbox of wordings. It does not escape: what it makes is plain text, escaped once, when it is printed."""
    return Sandbox(
        autoescape=False,
        finalize=_finalize,
        filters={
            "listed": _listed,
            "about": _about,
            "with": _with,
            "within": _within,
            "capital": capitalise,
            "upper": str.upper,
            "join": lambda values, between=", ": between.join(values),
            "length": len,
            "first": lambda values: values[0],
            **{case: _filter_for(case) for case in ("nominative", *CASES)},
        },
    )


def _finalize(value: Any) -> Any:
    """Only text and whole numbers are printed; anything else is a slip in the wording."""
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)) or isinstance(value, jinja2.Undefined):
        return value
    if isinstance(value, Mapping) and "nominative" in value:
        return value["nominative"]
    kind = (
        Sentence("a list")
        if isinstance(value, list)
        else Sentence("a group of values")
        if isinstance(value, Mapping)
        else Sentence("yes or no")
    )
    raise WordingError((), Sentence("only a text can be printed, not {kind}", kind=kind))


_DEEPEST_LOOP = 3
"""So many loops may lie in one another: each multiplies the work."""


def _check_nodes(tree: nodes.Node, route: Route, loops: int = 0) -> None:
    """Refuse what is neither value, condition nor loop, too many loops in one another, and characters that cannot be printed."""
    for node in tree.iter_child_nodes():
        if not isinstance(node, (*ALLOWED_NODES, nodes.Add)):
            raise WordingError(route, Sentence("a wording names values and cannot call anything"))
        inner = loops + isinstance(node, nodes.For)
        if inner > _DEEPEST_LOOP:
            raise WordingError(route, Sentence("more than {count} loops lie in one another", count=_DEEPEST_LOOP))
        if isinstance(node, nodes.Const) and isinstance(node.value, str) and not node.value.replace("\N{NO-BREAK SPACE}", "").isprintable():
            raise WordingError(route, Sentence("a character that cannot be printed stands in a text of the wording"))
        _check_nodes(node, route, inner)


class Wording:
    """One text or condition of a profile, compiled."""

    __slots__ = ("_render", "route", "static")

    def __init__(self, source: str, route: Route, *, condition: bool = False) -> None:
        self.route = route
        self.static = source if "{" not in source and not condition else None
        if self.static is None:
            try:
                text = f"{{% if {source} %}}1{{% endif %}}" if condition else source
                tree = _environment().parse(text)
                _check_nodes(tree, route)
                self._render = jinja2.Template.from_code(_environment(), _environment().compile(tree), {}).root_render_func
            except jinja2.TemplateSyntaxError as error:
                raise WordingError(route, Sentence("the wording cannot be read: {error}", error=error.message)) from None
            except (SyntaxError, RecursionError, ValueError, MemoryError):
                raise WordingError(route, Sentence("the wording is nested too deeply, or holds a figure that is too long")) from None

    def write(self, context: Context) -> str:
        """The text over the view in ``context``.

        Raises:
            WordingError: a name is not in the view, or something is used in a way it cannot be.
        """
        if self.static is not None:
            return self.static
        try:
            return "".join(self._render(context))
        except WordingError as error:
            raise WordingError(self.route, error.sentence) from None
        except (jinja2.TemplateError, TypeError, ValueError, LookupError, ArithmeticError, AttributeError, RecursionError) as error:
            raise WordingError(self.route, Sentence("the wording cannot be evaluated: {error}", error=str(error))) from None

    def holds(self, context: Context) -> bool:
        """Whether a condition holds over the view."""
        return bool(self.write(context))


@cache
def _blank() -> jinja2.Template:
    return _environment().from_string("")


def view_context(view: dict[str, Any]) -> Context:
    """A view made ready for wordings."""
    return _blank().new_context(view)


class ClauseWording:
    """One entry of a section: text, condition, and the lists and tables that hang on it."""

    __slots__ = ("clauses", "each", "items", "paragraphs", "route", "sentences", "style", "table", "text", "when")

    def __init__(self, data: str | dict[str, Any], route: Route) -> None:
        spec: dict[str, Any] = {"text": data} if isinstance(data, str) else data
        below = route if isinstance(data, str) else (*route, "text")
        self.route = route
        self.text = Wording(spec["text"], below) if "text" in spec else None
        self.when = Wording(spec["when"], (*route, "when"), condition=True) if "when" in spec else None
        self.each: str | None = spec.get("each")
        self.items: str | None = spec.get("items")
        self.clauses: str | None = spec.get("clauses")
        self.style: str = spec.get("style", "item")
        self.sentences = spec.get("sentences") == "true"
        self.table: str | None = spec.get("table")
        self.paragraphs = [ClauseWording(item, (*route, "paragraphs", key)) for key, item in spec.get("paragraphs", {}).items()]


class SectionWording:
    """A section of a paper: heading, lead and clauses."""

    __slots__ = ("clauses", "heading", "lead", "when")

    def __init__(self, data: dict[str, Any], route: Route) -> None:
        self.heading = Wording(data["heading"], (*route, "heading"))
        self.when = Wording(data["when"], (*route, "when"), condition=True) if "when" in data else None
        self.lead = Wording(data["lead"], (*route, "lead")) if "lead" in data else None
        self.clauses = [ClauseWording(item, (*route, "clauses", key)) for key, item in data.get("clauses", {}).items()]


class PaperWording:
    """The wording of one kind of paper in one profile, compiled."""

    def __init__(self, profile: Profile, kind: str) -> None:
        data = profile.data["papers"][kind]
        route: Route = ("papers", kind)
        self.profile = profile
        self.data = data
        self.name = Wording(data["name"], (*route, "name"))
        self.title = Wording(data["title"], (*route, "title"))
        self.subject = [Wording(item, (*route, "subject", index)) for index, item in enumerate(data.get("subject", ()))]
        own = "sections" if data["levels"][0] else "continuous"
        self.numbering: str = wanted if (wanted := data.get("numbering", own)) != own else ""
        """The way to number, if it is not the one of the levels."""
        self.head = _clause_list(data, route, "head")
        self.below = _clause_list(data, route, "below")
        self.stamp = _clause_list(data, route, "stamp")
        self.stamp_end = _clause_list(data, route, "stamp_end")
        self.preamble = _clause_map(data, route, "preamble")
        self.closing = _clause_map(data, route, "closing")
        self.sections = [SectionWording(item, (*route, "sections", key)) for key, item in data.get("sections", {}).items()]
        acquaintance = data.get("acquaintance", {})
        self.acquaintance = Wording(acquaintance["text"], (*route, "acquaintance", "text")) if acquaintance else None
        self.acquaintance_columns: list[str] = acquaintance.get("columns", [])
        annex = data.get("annex", {})
        self.annex_first = Wording(annex["first"], (*route, "annex", "first")) if annex else None
        self.annex_next = Wording(annex["next"], (*route, "annex", "next")) if annex else None
        stamps = profile.data["stamps"]
        self.stamps = {
            manner: (
                data.get("approved", stamps[manner]["word"]) if manner == "act" else stamps[manner]["word"],
                [Wording(item, ("stamps", manner, "lines", index)) for index, item in enumerate(stamps[manner]["lines"])],
            )
            for manner in ("person", "act")
        }
        self.person = Wording(profile.data["person"], ("person",))
        self.rows = {key: Wording(text, (*route, "rows", key)) for key, text in data.get("rows", {}).items()}


def _clause_list(data: dict[str, Any], route: Route, key: str) -> list[ClauseWording]:
    return [ClauseWording(item, (*route, key, index)) for index, item in enumerate(data.get(key, ()))]


def _clause_map(data: dict[str, Any], route: Route, key: str) -> list[ClauseWording]:
    return [ClauseWording(item, (*route, key, name)) for name, item in data.get(key, {}).items()]


LIST_NAMES = frozenset({"items", "clauses", "each"})
"""Fields of a wording that name a list of the view."""

NOT_WORDING = frozenset({"style", "table", "sentences", "width", "align", "like", "approved", "numbering", "relations"})
"""Fields of a wording that are neither text nor names."""


def text_at(data: Any, route: Route) -> str:
    """The text of a profile at a route."""
    for step in route:
        data = data[step]
    return str(data)


def find_unreadable(data: dict[str, Any], routes: Iterable[Route]) -> Iterator[WordingError]:
    """The texts at the given routes of a profile that cannot be read."""
    for route in routes:
        if route[-1] in NOT_WORDING | LIST_NAMES:
            continue
        try:
            Wording(text_at(data, route), route, condition=route[-1] == "when")
        except WordingError as error:
            yield error


_NEEDED = {"sections": ("heading",), "columns": ("title",), "acquaintance": ("text", "columns"), "annex": ("first", "next")}


def find_incomplete(data: dict[str, Any], routes: Iterable[Route]) -> Iterator[WordingError]:
    """Parts that an institution added to its papers and left unfinished: a section without heading, a column without title."""
    told: set[Route] = set()
    for route in routes:
        if len(route) < 4 or route[0] != "papers" or route[2] not in _NEEDED:
            continue
        part = route[:4] if route[2] in {"sections", "columns"} else route[:3]
        if part in told:
            continue
        told.add(part)
        value: Any = data
        for step in part:
            value = value[step]
        for need in _NEEDED[str(route[2])]:
            if need not in value:
                yield WordingError(
                    route, Sentence("{part} is new and needs a field {field}", part=".".join(map(str, part[2:])), field=need)
                )


def names_in(source: str) -> set[str]:
    """The names that a wording uses from its view; empty if it cannot be read."""
    try:
        return meta.find_undeclared_variables(_environment().parse(source))
    except (jinja2.TemplateSyntaxError, RecursionError, ValueError):
        return set()
