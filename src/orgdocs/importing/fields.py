"""What a paper tells in prose becomes fields: names become ids, sure facts are written, unsure ones are only told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from orgdocs.importing.comparing import compared_words
from orgdocs.importing.naming import make_id
from orgdocs.importing.registering import is_same_word, words_of
from orgdocs.schemas import load_schema

if TYPE_CHECKING:
    from orgdocs.importing.clauses import Data
    from orgdocs.importing.drafts import ClauseDraft, Fact, PaperDraft
    from orgdocs.importing.manuscript import Spot
    from orgdocs.importing.registering import Directory

SURE = 0.7
"""From this confidence on a fact is written."""

_WHOLLY = 0.5
"""A clause tells a field wholly if so much of it is the words that tell it."""

_ACTORS = frozenset(
    {"reports_to", "by", "on_proposal_of", "substituted_by", "with", "head", "deputies", "superior_body", "accountable_to"}
    | {"coordinated_by", "subordinate_to", "cooperates_with", "agreed_by", "signed_by", "to"}
)
_ACTS = frozenset({"guided_by", "basis"})
_OFFICIALS = ("mayor", "chair", "director", "head", "deputy", "chief", "president", "secretary", "minister", "manager", "first-deputy")

_NO_CLAUSE = frozenset({"short_name", "short_title", "name", "title", "forms", "place", "leads"})
"""Fields that a clause mentions in passing: it is printed all the same."""


_BODIES = (
    "council", "city-council", "regional-council", "committee", "executive-committee", "ministry", "cabinet-of-ministers", "government",
    "administration", "mayor", "first-deputy-mayor", "deputy-mayor", "department", "directorate", "division", "president",
)  # fmt: skip


def is_body(name: str, language: str) -> bool:
    """Whether a name is that of a body, or of an official outside every institution, such as a mayor."""
    return make_id(name, language).startswith(_BODIES)


@dataclass
class Ledger:
    """What the papers of one import brought to light in an organisation besides posts and units."""

    directory: Directory
    bodies: Data = field(default_factory=dict)
    acts: Data = field(default_factory=dict)

    def find(self, name: str) -> str | None:
        """The id of a post, body or unit that is known under a name.

        «Директор закладу» is the director: of which institution, the paper need not say.
        """
        found = self.directory.find(name, ("post", "body")) or self.directory.find(name, ("unit",))
        own = next((named.words for named in self.directory.known if named.kind == "unit"), ())
        return found or next((known for shorter in shorten(name, own) if (known := self.directory.find(shorter, ("post",)))), None)

    def actor(self, name: str) -> str:
        """The id of a post, body or unit that is mentioned; a body outside is entered where nothing is known."""
        found = self.find(name)
        if found is not None:
            return found
        chosen = self.directory.register(name, "body", fallback="body")
        entry: Data = {"name": name}
        if chosen.split("-")[0] in _OFFICIALS or chosen.startswith(_OFFICIALS):
            entry["kind"] = "official"
        self.bodies[chosen] = entry
        return chosen

    def act(self, value: Mapping[str, Any]) -> str:
        """The id of an act by its title, number and date."""
        name = str(value["name"])
        title = f"{name} {value['number']}" if "number" in value else name
        found = self.directory.find(title, ("act",))
        if found is not None:
            return found
        called = f"{name.split('«', maxsplit=1)[0]} {value['number']}" if "number" in value and "«" in name else title
        called = _APPROVAL.sub("", called)
        chosen = self.directory.register(title, "act", fallback="act", called=called)
        self.acts[chosen] = {"title": name, **{key: value[key] for key in ("number", "date") if key in value}}
        return chosen


_APPROVAL = re.compile(r", (?:затвердж|утвержд|зацвердж)\w+ .*$")
"""Who approved an act: no part of what it is called."""
_OWN_KIND = re.compile(
    r"\s+(?:of\s+(?:the|this|our)\s+)?(?:institution|organi[sz]ation|enterprise|company|cent(?:re|er)|school|hospital|library"
    r"|установ|заклад|учрежден|організац|организац|арганізац|підприємств|предприят|центр|департамент|школ|ліце|лице|гімназі|гимнази"
    r"|лікарн|больниц|поліклінік|поликлиник|бібліотек|библиотек|товариств|обществ|університет|университет|коледж|колледж|музе|театр"
    r"|садк|садик|інтернат|интернат|ўстанов|клуб|дом|будинк|фірм|фирм)\w*$",
    re.IGNORECASE,
)


def shorten(title: str, institution: Sequence[str] = ()) -> list[str]:
    """A title without the name of the institution at its end, of which these are the words, or without the word for its kind."""
    words = title.split()
    for index in range(1, len(words)):
        rest = words_of(" ".join(words[index:]))
        if rest and all(any(is_same_word(word, known) for known in institution) for word in rest):
            return [" ".join(words[:index])]
    shorter = _OWN_KIND.sub("", title)
    return [shorter] if shorter and shorter != title else []


@dataclass
class Fields:
    """The fields of one paper: those of its own subject, those of the head of a unit, and what is only perhaps so.

    The units that a regulation lists stand under ``units``; files of their own will be made of them.
    """

    own: Data = field(default_factory=dict)
    head: Data = field(default_factory=dict)
    written: list[Fact] = field(default_factory=list)
    perhaps: list[Fact] = field(default_factory=list)
    told: dict[Spot, list[str]] = field(default_factory=dict)
    """By place: the fields that the clause there tells wholly."""
    origins: dict[str, Fact] = field(default_factory=dict)
    """Which fact a field comes from, by the first step of its route."""


def find_head(draft: PaperDraft) -> str:
    """How a regulation titles the head of its unit; empty if it does not say it surely."""
    facts = (fact for fact in draft.facts if fact.route == ("head",) and fact.confidence >= SURE and isinstance(fact.value, dict))
    return next((str(fact.value["name"]) for fact in facts if isinstance(fact.value, dict)), "")


def find_units(draft: PaperDraft) -> list[tuple[Fact, Mapping[str, Any]]]:
    """The units that a regulation lists, each with its name and perhaps ``legal_entity``."""
    facts = (fact for fact in draft.facts if fact.route == ("units",) and fact.confidence >= SURE and isinstance(fact.value, list))
    return [(fact, one) for fact in facts if isinstance(fact.value, list) for one in fact.value if isinstance(one, dict)]


def take_facts(draft: PaperDraft, ledger: Ledger, head: str = "") -> Fields:
    """Sort the facts of a paper, and write the sure ones as fields. ``head`` is the id of the head of the unit that it is about."""
    fields = Fields()
    is_unit = draft.kind == "regulation"
    if head:
        fields.own["head"] = head
    allowed = _names_of("organisation" if is_unit else "position")
    for fact in draft.facts:
        of_head = fact.route[0] == "head" and len(fact.route) > 1
        route = fact.route[1:] if of_head else fact.route
        if route[0] not in (_names_of("position") if of_head else allowed | {"units"}):
            continue  # defined terms and the like: the report has them
        if fact.confidence < SURE:
            fields.perhaps.append(fact)
            continue
        if fact.value is False:
            continue  # what is not so is not written
        if route not in (("units",), ("head",)):
            owner = fields.head if of_head else fields.own
            if not _put(owner, route, _resolve(fact.value, route[-1], ledger)):
                fields.perhaps.append(fact)  # another clause has told it already, in another way
                continue
        fields.written.append(fact)
        if not of_head:
            fields.origins.setdefault(route[0], fact)
    fields.told = _find_told(draft, fields.written)
    return fields


def _names_of(kind: str) -> set[str]:
    schema = load_schema(kind)
    return {*schema["properties"], *schema["$defs"].get("establishment", {}).get("properties", {})}


def _put(owner: Data, route: Sequence[str], value: Any) -> bool:
    """Put a value at a route. Lists grow; of two single values the first one counts."""
    target: Any = owner
    for step in route[:-1]:
        target = target.setdefault(step, {})
        if not isinstance(target, dict):
            return False
    present = target.get(route[-1])
    if present is None:
        target[route[-1]] = value
    elif isinstance(present, list) and isinstance(value, list):
        present += [item for item in value if item not in present]
    elif isinstance(present, dict) and isinstance(value, dict):
        target[route[-1]] = {**value, **present}
    else:
        return bool(present == value)
    return True


def _resolve(value: Any, name: str, ledger: Ledger) -> Any:
    """The value with ids in place of names."""
    if isinstance(value, list):
        return list({repr(item): item for item in (_resolve(one, name, ledger) for one in value)}.values())
    if isinstance(value, dict):
        if name in _ACTS and "name" in value:
            return ledger.act(value)
        if name in _ACTORS and "name" in value:
            found = ledger.actor(str(value["name"]))
            rest = {key: below for key, below in value.items() if key not in {"name", "kind"}}
            return {"with": found, **rest} if rest else found
        return {key: _resolve(below, key, ledger) for key, below in value.items()}
    return value


# -- clauses that only tell fields ----------------------------------------------------------------------------------


def _find_told(draft: PaperDraft, facts: Sequence[Fact]) -> dict[Spot, list[str]]:
    """Which clauses tell nothing but fields: the words that tell them are most of the clause."""
    owners = {spot: clause for section in draft.sections for clause in section.clauses for spot in _spots(clause)}
    names: dict[Spot, list[str]] = {}
    quoted: dict[Spot, set[str]] = {}
    for fact in facts:
        clause = owners.get(fact.spot)
        name = _told_name(fact)
        if clause is None or name in _NO_CLAUSE:
            continue
        here = names.setdefault(clause.spot, [])
        if name not in here:
            here.append(name)
        quoted.setdefault(clause.spot, set()).update(compared_words(fact.quote))
    told = {}
    for spot, found in names.items():
        words = set(_words(owners[spot]))
        is_list = bool(owners[spot].items) and found[0] in {"must_know", "guided_by", "units", "predecessors"}
        if is_list or len(words & quoted[spot]) >= _WHOLLY * len(words):
            told[spot] = found
    return told


def _told_name(fact: Fact) -> str:
    """The name by which a clause tells a fact: that of the field, of the head's field, or ``units``."""
    if fact.route[0] == "head" and len(fact.route) > 1:
        return fact.route[1]
    return "units" if fact.route[0] == "structure" else fact.route[0]


def _spots(clause: ClauseDraft) -> list[Spot]:
    return [clause.spot, *(spot for item in clause.items for spot in _spots(item))]


def _words(clause: ClauseDraft) -> list[str]:
    return [*compared_words(clause.text), *(word for item in clause.items for word in _words(item))]
