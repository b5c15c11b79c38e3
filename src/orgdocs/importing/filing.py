"""Papers that were understood become files of a registry: which file, under which id, with which fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from orgdocs.emitting import Noted, Value
from orgdocs.importing.clauses import CLAUSE_LISTS, Data, Sorted, sort_clauses
from orgdocs.importing.establishing import PROPOSED, Establishing
from orgdocs.importing.fields import Fields, Ledger, find_units, take_facts
from orgdocs.importing.naming import make_id
from orgdocs.importing.organising import FilingError, complete_approvals, dress, emit_entries, emit_file, extend
from orgdocs.importing.origins import Origin
from orgdocs.importing.registering import Directory
from orgdocs.importing.sharing import share_clauses
from orgdocs.importing.subjects import name_subject, tell_larger, tell_unit_kind
from orgdocs.importing.superiors import Superiors
from orgdocs.model import Position, Unit
from orgdocs.problems import Sentence
from orgdocs.profiles import BY_LANGUAGE
from orgdocs.sources import MARKER

if TYPE_CHECKING:
    from orgdocs.importing.drafts import Fact, PaperDraft
    from orgdocs.project import Project

_PROFILES = {**BY_LANGUAGE, "be": "by"}
_ARRANGED = Sentence("the sections as they stood in the old paper; take them away, and the paper has the form of the profile")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user says about the papers; None where they shall tell it themselves."""

    organisation: str | None = None
    unit: str | None = None
    profile: str | None = None
    language: str | None = None


@dataclass
class Taken:
    """One paper that was taken over: where it came from, what it became, and in which file."""

    draft: PaperDraft
    origin: Origin
    kind: str
    """``job-description`` or ``regulation``."""
    id: str
    path: str
    name: str
    unit: str | None = None
    """The unit that a post belongs to; None for the organisation itself."""
    fields: Fields = field(default_factory=Fields)
    sorted: Sorted = field(default_factory=Sorted)
    shared: dict[str, list[str]] = field(default_factory=dict)
    """For a file that is there already: the clauses that come before its own from clause sets, by list."""


@dataclass
class Filing:
    """The outcome: files to write, files that get further entries, and the papers in them."""

    organisation: str
    language: str
    files: dict[str, bytes] = field(default_factory=dict)
    extended: dict[str, bytes] = field(default_factory=dict)
    taken: list[Taken] = field(default_factory=list)
    present: list[Taken] = field(default_factory=list)
    """Papers whose file is there already."""


def file_papers(papers: Sequence[tuple[str, PaperDraft]], wishes: Wishes, project: Project | None = None) -> Filing:
    """Plan the files for papers, each with the name of its source, beside those that a registry has.

    Raises:
        FilingError: a unit that was asked for does not exist, or there is nothing to name the organisation by.
    """
    return _Planning([(source, draft) for source, draft in papers if draft.sections], wishes, project).plan()


class _Planning:
    def __init__(self, papers: Sequence[tuple[str, PaperDraft]], wishes: Wishes, project: Project | None) -> None:
        self._papers = papers
        self._wishes = wishes
        self._project = project
        institutions = project.registry.institutions if project else {}
        given = wishes.organisation or (next(iter(institutions)) if len(institutions) == 1 else None)
        self._institution = institutions.get(given) if given else None
        self._language = wishes.language or (self._institution.organisation.language if self._institution else self._usual_language())
        own = self._find_own_regulation()
        self._name = name_subject(own) if own is not None else self._name_organisation()
        chosen = given or make_id(self._name, self._language)
        if not chosen:
            raise FilingError(Sentence("the papers do not name the organisation; give it an id with --organisation"))
        if wishes.unit and (self._institution is None or self._institution.unit(wishes.unit) is None):
            raise FilingError(Sentence("there is no unit {unit} in {organisation}", unit=wishes.unit, organisation=chosen))
        self._own = own if self._institution is None else None
        self._organisation = chosen
        self._filing = Filing(chosen, self._language)
        self._directory = Directory.of(self._institution) if self._institution else Directory(self._language)
        if self._institution is None:
            self._directory.add(chosen, "unit", self._name)
        self._ledger = Ledger(self._directory)
        self._comments = Origin("", self._language)
        self._establishing = Establishing(chosen, self._ledger, self._comments, self._language)
        self._superiors = Superiors(chosen, self._language, self._ledger, self._establishing, self._institution)
        self._named_units: dict[str, tuple[str, str]] = {}
        """By id: units that job descriptions name, with their names and where they are named."""

    def plan(self) -> Filing:
        """The whole. Names come first: a paper may speak of a post or unit that comes after it."""
        filing = self._filing
        for source, draft in sorted(self._papers, key=lambda paper: paper[1].kind != "regulation"):
            self._enter(source, draft)
        for given, (name, origin) in self._named_units.items():
            head = self._superiors.find_head_among([taken for taken in filing.taken if taken.unit == given], given)
            self._establishing.add_unit(given, {"name": name}, self._organisation, origin, head)
            self._superiors.heads[given] = head or str(_plain(self._establishing.units[given]["head"]))
        regulations = [taken for taken in filing.taken if taken.kind == "regulation"]
        for taken in regulations:
            self._superiors.heads[taken.id] = self._superiors.find_head(taken)
        for taken in regulations:
            for fact, unit in find_units(taken.draft):
                if self._directory.find(str(unit["name"]), ("unit",)) is None:
                    given = self._establishing.name_unit(str(unit["name"]))
                    self._establishing.add_unit(given, unit, taken.id, taken.origin.paragraph(fact.spot))
        self._superiors.find_approver(filing.taken, self._name)
        for taken in filing.taken:
            self._superiors.add_mentioned(taken)
        self._superiors.find_top(filing.taken, self._name)
        for taken in filing.taken:
            taken.fields = take_facts(taken.draft, self._ledger, self._superiors.heads.get(taken.id, ""))
        for taken in regulations:
            self._superiors.tell_of_head(taken, filing.taken)
        for given in self._establishing.posts:
            self._establishing.settle(given, {}, self._superiors.top)
        whole = {taken.path: self._write(taken) for taken in filing.taken}
        posts = {taken.id: whole[taken.path] for taken in filing.taken if taken.kind == "job-description"}
        sets = share_clauses(posts, set(self._institution.clause_sets) if self._institution else set(), self._comments)
        filing.files |= {f"org/{self._organisation}/clauses/{given}.yaml": emit_file(data, "clauses") for given, data in sets.items()}
        for path, (kind, data) in self._establishing.files().items():
            filing.files[path] = emit_file(data, kind)
        if self._institution is None:
            self._found(whole.pop(self._path_of_organisation(), None))
        for taken in filing.taken:
            if taken.path in whole:
                filing.files[taken.path] = emit_file(
                    whole[taken.path], "unit" if taken.kind == "regulation" else "position", self._introduce(taken)
                )
        if self._institution is not None and self._project is not None:
            new, filing.extended = extend(self._organisation, self._project.source.files, self._ledger, self._establishing)
            filing.files |= new
        for taken in filing.present:
            self._read_again(taken)
        filing.files = dict(sorted(filing.files.items()))
        return filing

    def _read_again(self, taken: Taken) -> None:
        """What a paper says whose file is there already, as it would stand in the file; nothing is entered for it."""
        document = self._project.documents.get(taken.path) if self._project is not None else None
        data = document.data if document is not None and isinstance(document.data, dict) else {}
        taken.fields = take_facts(taken.draft, Ledger(deepcopy(self._directory)))
        taken.sorted = sort_clauses(taken.draft, taken.origin, taken.fields.told, frozenset({*data, *self._also_given(taken)}))
        post = self._institution.positions.get(taken.id) if self._institution is not None and taken.kind == "job-description" else None
        sets = [self._institution.clause_sets.get(ref.id) for ref in post.includes] if self._institution is not None and post else []
        for name in CLAUSE_LISTS:
            shared = [clause.text for one in sets if one is not None for clause in getattr(one, name)]
            if shared:
                taken.shared[name] = [text for text in shared if isinstance(text, str)]

    # -- who is who -----------------------------------------------------------------------------------------------

    def _find_own_regulation(self) -> PaperDraft | None:
        """The regulation of the organisation itself: that of the legal entity, or one that names no other above it."""
        regulations = [draft for _, draft in self._papers if draft.kind == "regulation"]
        entities = [draft for draft in regulations if any(fact.route == ("legal_entity",) and fact.value is True for fact in draft.facts)]
        alone = [draft for draft in regulations if draft.organisation in {"", draft.name} and not tell_larger(draft)]
        return next(iter([*entities, *alone]), None)

    def _usual_language(self) -> str:
        languages = [draft.language for _, draft in self._papers]
        return max(languages, key=languages.count) if languages else "en"

    def _name_organisation(self) -> str:
        named = [larger for _, draft in self._papers if (larger := draft.organisation or tell_larger(draft))]
        return max(named, key=named.count) if named else self._wishes.organisation or ""

    def _path_of_organisation(self) -> str:
        return f"org/{self._organisation}/organisation.yaml"

    def _enter(self, source: str, draft: PaperDraft) -> None:
        """Give a paper its id and file."""
        name = name_subject(draft)
        origin = Origin(source, self._language)
        if draft is self._own:
            self._filing.taken.append(Taken(draft, origin, "regulation", self._organisation, self._path_of_organisation(), name))
            return
        what = "unit" if draft.kind == "regulation" else "post"
        if (present := self._find_present(draft, name, what)) is not None:
            self._filing.present.append(Taken(draft, origin, "regulation" if what == "unit" else "job-description", *present, name))
            return
        unit = self._find_unit(draft, origin)
        given = self._directory.register(name, what, fallback=what, beside=unit or "")
        if what == "unit":
            path = f"org/{self._organisation}/units/{given}.yaml"
            self._filing.taken.append(Taken(draft, origin, "regulation", given, path, name))
        else:
            path = "/".join(["positions", self._organisation, *([unit] if unit else []), f"{given}.yaml"])
            self._filing.taken.append(Taken(draft, origin, "job-description", given, path, name, unit))

    def _find_present(self, draft: PaperDraft, name: str, what: str) -> tuple[str, str] | None:
        """Id and file of the post or unit of this name that the registry has: of several, the one with the same title of its paper."""
        if self._institution is None:
            return None
        claimed = {taken.id for taken in self._filing.present}
        found: list[Position | Unit] = []
        for known in self._directory.find_all(name, what):
            entity = self._institution.unit(known) if what == "unit" else self._institution.positions.get(known)
            if entity is not None and known not in claimed:
                found.append(entity)
        same = [entity for entity in found if _title_of(entity) == draft.title]
        entity = next(iter([*same, *found]), None)
        return (entity.id, entity.place.path) if entity is not None else None

    def _find_unit(self, draft: PaperDraft, origin: Origin) -> str | None:
        """The unit that a post belongs to: the one that was asked for, or the one that the paper names."""
        if self._wishes.unit:
            return None if self._wishes.unit == self._organisation else self._wishes.unit
        if draft.kind == "regulation" or not draft.unit:
            return None
        found = self._directory.find(draft.unit, ("unit",))
        wanted = make_id(draft.unit, self._language)
        found = found or next((given for given, (name, _) in self._named_units.items() if make_id(name, self._language) == wanted), None)
        if found is None and tell_unit_kind(draft.unit) not in {None, "institution", "centre"} and self._institution is None:
            found = self._establishing.name_unit(draft.unit)
            self._named_units[found] = (draft.unit, origin.paragraph(draft.spot))
        return found if found != self._organisation else None

    # -- one paper ------------------------------------------------------------------------------------------------

    def _write(self, taken: Taken) -> Data:
        """What the file of a paper says."""
        fields, is_unit = taken.fields, taken.kind == "regulation"
        given = frozenset({*fields.own, *(fields.head if is_unit else ()), *self._also_given(taken)})
        taken.sorted = sort_clauses(taken.draft, taken.origin, fields.told, given)
        data: Data = {"name" if is_unit else "title": taken.name, **self._establishing.forms(taken.name, "unit" if is_unit else "post")}
        if is_unit and taken.id != self._organisation:
            data["kind"] = tell_unit_kind(taken.name) or Noted("division", beside=self._comments.tell(PROPOSED))
        if taken.unit:
            data["unit"] = taken.unit
        for name, value in fields.own.items():
            whole = self._establishing.decline(value) if name == "predecessors" else value
            data[name] = _note(whole, fields.origins.get(name), taken.origin)
        short = fields.own.get("short_name" if is_unit else "short_title")
        if isinstance(short, str) and (forms := self._establishing.forms(short, "unit" if is_unit else "post")):
            data["short_forms"] = forms["forms"]
        superior = self._superiors.find_superior(taken)
        if not is_unit and "reports_to" not in data and superior is not None:
            data["reports_to"] = Noted(superior, beside=self._comments.tell(PROPOSED))
        for key, value in taken.sorted.lists.items():
            present = fields.own.get(key)
            data[key] = {**present, **value} if isinstance(present, dict) and isinstance(value, dict) else value
        if taken.sorted.leads:
            data["leads"] = taken.sorted.leads
        arrangement = Noted(taken.sorted.arrangement, above=self._comments.tell(_ARRANGED))
        data["regulation" if is_unit else "job_description"] = {"arrangement": arrangement}
        return data

    def _also_given(self, taken: Taken) -> set[str]:
        """What is given without a field of that name in the same file."""
        if taken.kind != "regulation":
            return set()
        parents = [*self._establishing.parents.values(), *(self._organisation for one in self._filing.taken if "/units/" in one.path)]
        return {"head", *({"units"} if taken.id in parents else ())}

    def _introduce(self, taken: Taken) -> list[str]:
        """The comments at the top of a file: where it comes from, and what is perhaps so."""
        return [taken.origin.paragraph(taken.draft.spot), *(self._perhaps(fact, taken.origin) for fact in taken.fields.perhaps)]

    def _perhaps(self, fact: Fact, origin: Origin) -> str:
        """A fact that is not sure enough to be a field, for a comment."""
        where = origin.clause(fact.clause, fact.spot)
        return self._comments.tell(
            Sentence("perhaps {field}: {value} ({where})", field=".".join(fact.route), value=say_value(fact.value), where=where)
        )

    # -- a new organisation ---------------------------------------------------------------------------------------

    def _found(self, data: Data | None) -> None:
        """The files of a new organisation, and of a registry if there is none."""
        files, top = self._filing.files, self._superiors.top
        own = next((taken for taken in self._filing.taken if taken.id == self._organisation), None)
        whole: Data = data or {
            "name": Noted(self._name, above=self._comments.tell(PROPOSED)),
            **self._establishing.forms(self._name, "body", doubtful=True),
        }
        whole["profile"] = self._wishes.profile or _PROFILES.get(self._language, "intl")
        whole["language"] = self._language
        if top is not None and "head" not in whole:
            whole["head"] = top
        whole["approvals"] = complete_approvals(
            whole.get("approvals"), top or "", self._superiors.find_above(self._filing.taken), self._comments
        )
        if self._ledger.bodies:
            whole["bodies"] = dress(self._ledger.bodies, "body", self._establishing)
        files[self._path_of_organisation()] = emit_file(whole, "organisation", self._introduce(own) if own else ())
        if self._ledger.acts:
            files[f"org/{self._organisation}/acts.yaml"] = emit_entries("acts", dress(self._ledger.acts, "act", self._establishing))
        if self._project is None:
            language = f"messages: {self._language}\n" if self._language in {"uk", "ru"} else ""
            files[MARKER] = f"format: 1\n{language}".encode()


def _title_of(entity: Position | Unit) -> tuple[Any, ...]:
    """The lines of the title that the paper of a post or unit keeps from an older one."""
    arrangement = (entity.job_description if isinstance(entity, Position) else entity.regulation).arrangement
    return arrangement.title if arrangement is not None else ()


def _plain(value: Value) -> Value:
    """A value without its comment."""
    return value.value if isinstance(value, Noted) else value


def _note(value: Value, fact: Fact | None, origin: Origin) -> Value:
    """A value with a comment on where it comes from."""
    if fact is None:
        return value
    where = origin.clause(fact.clause, fact.spot)
    return Noted(value, above=where) if isinstance(value, dict | list) else Noted(value, beside=where)


def say_value(value: Any) -> str:
    """A value in a comment or report, on one line."""
    if isinstance(value, Mapping):
        return "; ".join(say_value(below) if key == "name" else f"{key}: {say_value(below)}" for key, below in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(say_value(item) for item in value)
    return " ".join(str(value).split())
