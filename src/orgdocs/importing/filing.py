"""Papers that were understood become files of a registry: which file, under which id, with which fields."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from orgdocs.editing.patching import Patch, PatchError
from orgdocs.emitting import WIDTH, Noted, Value, emit
from orgdocs.importing.clauses import Data, Sorted, sort_clauses
from orgdocs.importing.fields import Fields, Ledger, take_facts
from orgdocs.importing.naming import make_id
from orgdocs.importing.origins import Origin
from orgdocs.importing.registering import Directory
from orgdocs.importing.subjects import name_subject, propose_forms, tell_unit_kind, title_head
from orgdocs.problems import Sentence
from orgdocs.profiles import BY_LANGUAGE
from orgdocs.schemas import load_schema
from orgdocs.sources import MARKER

if TYPE_CHECKING:
    from orgdocs.importing.drafts import Fact, PaperDraft
    from orgdocs.project import Project

_PROFILES = {**BY_LANGUAGE, "be": "by"}
_SURE_FORMS = Sentence("case forms as proposed by the dictionary")
_UNSURE_FORMS = Sentence("case forms as proposed by the dictionary; look at them, they are not sure")
_PROPOSED = Sentence("proposed: the papers do not say it")


class FilingError(Exception):
    """What was asked for cannot be done; the text says why. Nothing was written."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


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
    fields: Fields
    sorted: Sorted = field(default_factory=Sorted)


@dataclass
class Filing:
    """The outcome: files to write, files that get further entries, and the papers in them."""

    organisation: str
    language: str
    files: dict[str, bytes] = field(default_factory=dict)
    extended: dict[str, bytes] = field(default_factory=dict)
    taken: list[Taken] = field(default_factory=list)
    present: list[tuple[str, PaperDraft, str]] = field(default_factory=list)
    """Papers whose file is there already: name of the source, draft, path."""
    notes: list[Sentence] = field(default_factory=list)


def file_papers(papers: Sequence[tuple[str, PaperDraft]], wishes: Wishes, project: Project | None = None) -> Filing:
    """Plan the files for papers, each with the name of its source, beside those that a registry has.

    Raises:
        FilingError: a unit or organisation that was asked for does not exist, or there is nothing to name the organisation by.
    """
    return _FilingOut(papers, wishes, project).file()


class _FilingOut:
    def __init__(self, papers: Sequence[tuple[str, PaperDraft]], wishes: Wishes, project: Project | None) -> None:
        self._papers = [(source, draft) for source, draft in papers if draft.sections]
        self._wishes = wishes
        self._project = project
        institutions = project.registry.institutions if project else {}
        own = self._own_regulation()
        given = wishes.organisation or (next(iter(institutions)) if len(institutions) == 1 else None)
        self._institution = institutions.get(given) if given else None
        language = wishes.language or (self._institution.organisation.language if self._institution else self._usual_language())
        self._language = language
        self._name = self._name_organisation(own)
        chosen = given or make_id(self._name, language)
        if not chosen:
            raise FilingError(Sentence("the papers do not name the organisation; give it an id with --organisation"))
        self._directory = Directory.of(self._institution) if self._institution else Directory(language)
        if self._institution is None:
            self._directory.add(chosen, "unit", self._name)
        self._ledger = Ledger(self._directory)
        self._own = own if self._institution is None and not wishes.unit else None
        self._filing = Filing(chosen, language)
        self._stubs: dict[str, Data] = {}
        self._comments = Origin("", language)
        if wishes.unit and (self._institution is None or self._institution.unit(wishes.unit) is None):
            raise FilingError(Sentence("there is no unit {unit} in {organisation}", unit=wishes.unit, organisation=chosen))

    # -- who is who -----------------------------------------------------------------------------------------------

    def _own_regulation(self) -> PaperDraft | None:
        """The regulation of the organisation itself: the one that names no other above it."""
        regulations = [draft for _, draft in self._papers if draft.kind == "regulation"]
        return next((draft for draft in regulations if not draft.organisation or draft.organisation == draft.name), None)

    def _usual_language(self) -> str:
        languages = [draft.language for _, draft in self._papers]
        return max(languages, key=languages.count) if languages else "en"

    def _name_organisation(self, own: PaperDraft | None) -> str:
        if own is not None:
            return name_subject(own)
        named = [draft.organisation for _, draft in self._papers if draft.organisation]
        return max(named, key=named.count) if named else self._wishes.organisation or ""

    def file(self) -> Filing:
        """The whole."""
        for source, draft in sorted(self._papers, key=lambda paper: paper[1].kind != "regulation"):
            self._enter(source, draft)
        for taken in self._filing.taken:  # names first: a paper may speak of a post that comes after it
            taken.fields = take_facts(taken.draft, self._ledger)
        self._find_heads()
        for taken in self._filing.taken:
            self._write(taken)
        for path, data in self._stubs.items():
            self._filing.files[path] = self._emit(data, "unit" if "/units/" in path else "position")
        if self._institution is None:
            self._found()
        else:
            self._extend()
        self._filing.files = dict(sorted(self._filing.files.items()))
        return self._filing

    def _enter(self, source: str, draft: PaperDraft) -> None:
        """Give a paper its id and file."""
        organisation = self._filing.organisation
        name = name_subject(draft)
        origin = Origin(source, self._language)
        is_unit = draft.kind == "regulation"
        if draft is self._own:
            self._filing.taken.append(
                Taken(draft, origin, "regulation", organisation, f"org/{organisation}/organisation.yaml", name, Fields())
            )
            return
        known = self._directory.find(name, ("unit" if is_unit else "post",)) if self._institution is not None else None
        if known is not None and self._institution is not None:
            entity = self._institution.unit(known) if is_unit else self._institution.positions.get(known)
            if entity is not None:
                self._filing.present.append((source, draft, entity.place.path))
                return
        unit = self._unit_of(draft)
        given = self._directory.register(name, "unit" if is_unit else "post", fallback="unit" if is_unit else "post", beside=unit or "")
        if is_unit:
            path = f"org/{organisation}/units/{given}.yaml"
        else:
            path = "/".join(["positions", organisation, *([unit] if unit else []), f"{given}.yaml"])
        taken = Taken(draft, origin, "regulation" if is_unit else "job-description", given, path, name, Fields())
        self._filing.taken.append(taken)

    def _unit_of(self, draft: PaperDraft) -> str | None:
        """The unit that a paper belongs to: the one that was asked for, or one that is known under the name in the paper."""
        if self._wishes.unit:
            return self._wishes.unit
        found = self._directory.find(draft.unit, ("unit",)) if draft.unit else None
        return found if found != self._filing.organisation else None

    def _find_heads(self) -> None:
        """The post that heads each unit whose regulation is taken over: among the papers, or a new one without a paper."""
        for taken in self._filing.taken:
            if taken.kind != "regulation":
                continue
            self._add_child_units(taken)
            own = taken.fields.own
            named = own.get("head")
            if isinstance(named, str) and (self._directory.find(named.replace("-", " "), ("post",)) or self._is_post(named)):
                continue
            own["head"] = self._add_head(taken.id, taken.name, taken.fields.head, taken.id != self._filing.organisation)

    def _is_post(self, given: str) -> bool:
        return any(named.id == given and named.kind == "post" for named in self._directory.known)

    def _add_child_units(self, taken: Taken) -> None:
        """Files of the units that a regulation lists."""
        units = taken.fields.own.pop("units", None)
        for unit in units if isinstance(units, list) else ():
            entry: Mapping[str, Any] = unit if isinstance(unit, dict) else {"name": unit}
            name = str(entry["name"])
            if self._directory.find(name, ("unit",)) is not None:
                continue
            given = self._directory.register(name, "unit", fallback="unit")
            kind = tell_unit_kind(name)
            data: Data = {"name": name, **self._forms(name, "unit"), "kind": kind or "division"}
            if taken.id != self._filing.organisation:
                data["parent"] = taken.id
            if entry.get("legal_entity"):
                data["legal_entity"] = True
            data["head"] = self._add_head(given, name, {}, True, kind)
            origin = taken.fields.origins.get("units")
            data["name"] = Noted(name, above=taken.origin.paragraph(origin.spot) if origin else taken.origin.name)
            self._stubs[f"org/{self._filing.organisation}/units/{given}.yaml"] = data

    def _add_head(self, unit: str, name: str, fields: Data, is_unit: bool, kind: str | None = None) -> str:
        """A post for the head of a unit, for which no paper was given. Its title follows the kind of the unit."""
        title = title_head(kind or tell_unit_kind(name), self._language)
        if is_unit:
            genitive = propose_forms(name, self._language, "unit")[0].get("genitive")
            title = f"{title} {genitive or name}" if self._language != "en" else f"{title} of {name}"
        given = self._directory.register(title, "post", fallback="head", beside=unit)
        data: Data = {"title": Noted(title, above=self._comments.tell(_PROPOSED)), **self._forms(title, "post")}
        if is_unit:
            data["unit"] = unit
        data |= {"category": "manager", **fields}
        data["job_description"] = {"not_required": _NOT_TAKEN.get(self._language, _NOT_TAKEN["en"])}
        folder = f"{unit}/" if is_unit else ""
        self._stubs[f"positions/{self._filing.organisation}/{folder}{given}.yaml"] = data
        return given

    # -- one paper ------------------------------------------------------------------------------------------------

    def _write(self, taken: Taken) -> None:
        draft, fields = taken.draft, taken.fields
        given = frozenset({*fields.own, *fields.head, *({"head"} if "head" in fields.own else ())} | self._also_given(taken))
        taken.sorted = sort_clauses(draft, taken.origin, fields.told, given)
        is_unit = taken.kind == "regulation"
        data: Data = {"name" if is_unit else "title": taken.name, **self._forms(taken.name, "unit" if is_unit else "post")}
        if is_unit and taken.id != self._filing.organisation:
            data["kind"] = tell_unit_kind(taken.name) or "division"
        elif not is_unit and taken.path.count("/") > 2:
            data["unit"] = taken.path.split("/")[2]
        for name, value in fields.own.items():
            data[name] = self._noted(value, fields.origins.get(name), taken.origin)
        if not is_unit:
            self._complete_post(taken, data)
        data |= {key: value for key, value in taken.sorted.lists.items() if key not in data}
        for key in ("structure", "leadership"):
            if isinstance(present := data.get(key), dict) and isinstance(more := taken.sorted.lists.get(key), dict):
                data[key] = {**present, **more}
        if taken.sorted.leads:
            data["leads"] = taken.sorted.leads
        arrangement = Noted(taken.sorted.arrangement, above=self._comments.tell(_ARRANGED))
        data["regulation" if is_unit else "job_description"] = {"arrangement": arrangement}
        head = [taken.origin.paragraph(draft.spot), *(self._perhaps(fact, taken.origin) for fact in fields.perhaps)]
        if taken.id == self._filing.organisation:
            self._organisation_data, self._organisation_head = data, head
            return
        self._filing.files[taken.path] = self._emit(data, "unit" if is_unit else "position", head)

    def _also_given(self, taken: Taken) -> set[str]:
        """What is given without a field of that name in the same file."""
        if taken.kind != "regulation":
            return set()
        has_units = any(
            f"org/{self._filing.organisation}/units/" in path for path in (*self._stubs, *(one.path for one in self._filing.taken))
        )
        return {"head", *({"units"} if has_units and taken.id == self._filing.organisation else ())}

    def _complete_post(self, taken: Taken, data: Data) -> None:
        """A superior for a post whose paper names none: the head of its unit, or of the organisation."""
        if "reports_to" in data:
            return
        head = self._head_above(taken) if self._institution is not None else self._head_of_organisation()
        if head is not None and head != taken.id:
            data["reports_to"] = Noted(head, beside=self._comments.tell(_PROPOSED))

    def _head_above(self, taken: Taken) -> str | None:
        """The head of the unit that a post is put into, in an organisation that is there."""
        assert self._institution is not None  # noqa: S101  (asked for before)
        unit = self._institution.unit(taken.path.split("/")[2]) if taken.path.count("/") > 2 else None
        head = (unit or self._institution.organisation).head
        return head.id if head is not None else None

    def _head_of_organisation(self) -> str | None:
        if self._own is not None:
            named = next(taken for taken in self._filing.taken if taken.draft is self._own).fields.own.get("head")
            return named if isinstance(named, str) else None
        posts = [taken for taken in self._filing.taken if taken.kind == "job-description" and taken.path.count("/") == 2]
        heads = [taken for taken in posts if taken.id.split("-")[0] in {"director", "head", "chair", "rector", "chief"}]
        return heads[0].id if heads else None

    def _perhaps(self, fact: Fact, origin: Origin) -> str:
        """A fact that is not sure enough to be a field, for a comment."""
        return self._comments.tell(
            Sentence(
                "perhaps {field}: {value} ({where})",
                field=".".join(fact.route), value=_say(fact.value), where=origin.clause(fact.clause, fact.spot),
            )
        )  # fmt: skip

    @staticmethod
    def _noted(value: Value, fact: Fact | None, origin: Origin) -> Value:
        if fact is None:
            return value
        where = origin.clause(fact.clause, fact.spot)
        return Noted(value, above=where) if isinstance(value, dict | list) else Noted(value, beside=where)

    def _forms(self, name: str, what: str) -> Data:
        forms, sure = propose_forms(name, self._language, what)
        return {"forms": Noted(forms, above=self._comments.tell(_SURE_FORMS if sure else _UNSURE_FORMS))} if forms else {}

    # -- the organisation -----------------------------------------------------------------------------------------

    _organisation_data: Data | None = None
    _organisation_head: Sequence[str] = ()

    def _found(self) -> None:
        """The files of a new organisation, and of a registry if there is none."""
        organisation, files = self._filing.organisation, self._filing.files
        data = self._organisation_data or {"name": Noted(self._name, above=self._comments.tell(_PROPOSED))}
        data["profile"] = self._wishes.profile or _PROFILES.get(self._language, "intl")
        data["language"] = self._language
        if "head" not in data:
            head = self._head_of_organisation()
            if head is None:
                head = self._add_head(organisation, self._name, {}, False)
                path = f"positions/{organisation}/{head}.yaml"
                files[path] = self._emit(self._stubs[path], "position")
            data["head"] = head
        data["approvals"] = self._complete_approvals(data)
        if self._ledger.bodies:
            data["bodies"] = {key: self._with_forms(entry, "body") for key, entry in self._ledger.bodies.items()}
        files[f"org/{organisation}/organisation.yaml"] = self._emit(data, "organisation", self._organisation_head)
        if self._ledger.acts:
            files[f"org/{organisation}/acts.yaml"] = emit({"acts": self._acts()}).encode()
        if self._project is None:
            language = f"messages: {self._language}\n" if self._language in {"uk", "ru"} else ""
            files[MARKER] = f"format: 1\n{language}".encode()

    def _complete_approvals(self, data: Data) -> Value:
        """The approval matrix: what the papers say, and the head for the kinds of papers of which they say nothing."""
        present = data.get("approvals")
        known = present.value if isinstance(present, Noted) else present
        entries: list[Value] = list(known) if isinstance(known, Sequence) and not isinstance(known, str) else []
        kinds = {entry["paper"] for entry in entries if isinstance(entry, Mapping) and "of" not in entry}
        head = data["head"]
        proposed: list[Value] = [
            {"paper": kind, "by": head.value if isinstance(head, Noted) else head}
            for kind in ("job-description", "regulation", "staffing-table", "structure")
            if kind not in kinds
        ]
        proposed[:1] = [Noted(entry, above=self._comments.tell(_PROPOSED)) for entry in proposed[:1]]
        return [*entries, *proposed]

    def _with_forms(self, entry: Value, what: str) -> Value:
        assert isinstance(entry, Mapping)  # noqa: S101  (made by the ledger)
        return {**entry, **self._forms(str(entry["name" if "name" in entry else "title"]), what)}

    def _acts(self) -> dict[str, Value]:
        return {key: self._with_forms(entry, "act") for key, entry in self._ledger.acts.items()}

    def _extend(self) -> None:
        """Further bodies and acts for an organisation that is there; what it has stays as it is."""
        assert self._project is not None  # noqa: S101  (there is an institution)
        organisation = self._filing.organisation
        additions = ((f"org/{organisation}/organisation.yaml", "bodies", self._ledger.bodies, "body"),)
        for path, key, entries, what in (*additions, (f"org/{organisation}/acts.yaml", "acts", self._ledger.acts, "act")):
            if not entries:
                continue
            content = self._project.source.files.get(path)
            if content is None:
                self._filing.files[path] = emit({key: {name: self._with_forms(entry, what) for name, entry in entries.items()}}).encode()
                continue
            try:
                patch = Patch(path, content)
                for name, entry in entries.items():
                    patch.set((key, name), self._with_forms(entry, what))
                self._filing.extended[path] = patch.finish()
            except PatchError as error:
                raise FilingError(Sentence("{path} cannot be extended: {error}", path=path, error=error)) from None

    # -- writing --------------------------------------------------------------------------------------------------

    @staticmethod
    def _emit(data: Data, kind: str, head: Sequence[str] = ()) -> bytes:
        """A file in the order of its schema, with comments at the top."""
        schema = load_schema(kind)
        order = [*schema["properties"], *schema["$defs"].get("establishment", {}).get("properties", {})]
        order = [*(key for key in _FIRST if key in order), *(key for key in order if key not in _FIRST)]
        ordered = {key: data[key] for key in order if key in data}
        comments = "".join(
            f"# {line}\n" for text in head for line in textwrap.wrap(text, WIDTH - 2, subsequent_indent="  ", break_long_words=False)
        )
        return (comments + emit(ordered)).encode()


_FIRST = (
    "title", "name", "forms", "short_title", "short_name", "short_forms", "kind", "unit", "parent", "profile", "language", "head",
    "deputies", "legal_entity", "status",
)  # fmt: skip
"""What stands at the top of a file: who it is about."""

_ARRANGED = Sentence("the sections as they stood in the old paper; take them away, and the paper has the form of the profile")

_NOT_TAKEN = {
    "uk": "посадову інструкцію ще не перенесено",
    "ru": "должностная инструкция ещё не перенесена",
    "be": "пасадавая інструкцыя яшчэ не перанесена",
    "en": "the job description has not been taken over yet",
}


def _say(value: Any) -> str:
    """A value in a comment, on one line."""
    if isinstance(value, Mapping):
        return "; ".join(f"{_say(below)}" if key == "name" else f"{key} {_say(below)}" for key, below in value.items())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(_say(item) for item in value)
    return " ".join(str(value).split())
