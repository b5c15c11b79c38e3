"""Opening a registry: read, parse, check by schema, model, apply the rules; the result is a project with its problems."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from orgdocs.contents.content import KINDS, Content, PaperId
from orgdocs.contents.packet import PACKET
from orgdocs.contents.planning import Writing, plan_papers
from orgdocs.documents import Document, read_document
from orgdocs.hierarchy import Hierarchy, Kept
from orgdocs.model import File, Position, Registry, Settings, Unit, read_registry
from orgdocs.pictures import Picture, read_picture
from orgdocs.problems import TOP, Fault, Finding, Place, Problem, ProblemNote, Sentence, Severity, Span
from orgdocs.profiles import PROFILES, check_wording
from orgdocs.rules import BY_NAME, RULES, Rule, Subject
from orgdocs.rules.choices import check_choices
from orgdocs.rules.confirmations import find_doubtful
from orgdocs.rules.constraints import check_constraints
from orgdocs.rules.ignoring import apply_comments
from orgdocs.rules.layout import check_names, check_presence, find_torn, stand_in
from orgdocs.schemas import check_document, kind_of
from orgdocs.sources import Source

if TYPE_CHECKING:
    from orgdocs.contents.remembering import PaperMemory

_STRANGE = {
    "link": Sentence("a link is not read; put the file itself here"),
    "special": Sentence("this is no ordinary file"),
    "unreadable": Sentence("the file cannot be read"),
    "large": Sentence("the file is too large: a YAML file or a picture may hold one megabyte, a template 32"),
}
_IGNORE_MARK = "orgdocs:"


@dataclass
class Project:
    """A registry that was opened: its model, what its papers say, and all its problems in order."""

    source: Source
    registry: Registry
    hierarchies: Mapping[str, Hierarchy]
    problems: list[Problem]
    contents: dict[PaperId, Content] = field(default_factory=dict)
    subjects: dict[PaperId, Unit | Position] = field(default_factory=dict)
    """Every planned paper with what it is about, also those that could not be written."""
    uncertain: frozenset[str] = frozenset()
    """Organisations in which some tie between posts or units is not known for an error: any of their papers may lack a name."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """The text of every file that was read, for excerpts."""
    documents: Mapping[str, Document] = field(default_factory=dict)
    """Every file that was read, with the places of what stands in it."""

    @property
    def files(self) -> int:
        """How many files were read."""
        return len(self.source.files)

    @property
    def errors(self) -> int:
        """How many of the problems are errors."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)


@dataclass
class Memory:
    """What is kept when a registry is opened again and again, as an editor does: what was made of files that did not change.

    It is handed to ``open_project`` each time, and belongs to one registry.
    """

    files: dict[str, tuple[bytes, _Read]] = field(default_factory=dict)
    papers: dict[str, PaperMemory] = field(default_factory=dict)
    templates: dict[str, tuple[bytes, list[Finding]]] = field(default_factory=dict)
    pictures: dict[str, tuple[bytes, Picture | Sentence]] = field(default_factory=dict)
    kept: dict[str, Kept] = field(default_factory=dict)


def open_project(source: Source, *, select: Iterable[str] = (), ignore: Iterable[str] = (), memory: Memory | None = None) -> Project:
    """Open a registry. Never raises for what is in the files: everything wrong is in ``problems``.

    ``select`` and ``ignore`` are codes, or beginnings of codes such as ``OD4``. With a ``memory``, only what changed since
    it was last used is read and written anew; the outcome is the same.
    """
    with _collection_paused():
        return _open(source, tuple(select), tuple(ignore), memory)


@contextlib.contextmanager
def _collection_paused() -> Iterator[None]:
    """No garbage collection meanwhile: what is built here stays, and looking through it again and again costs a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _open(source: Source, select: tuple[str, ...], ignore: tuple[str, ...], memory: Memory | None) -> Project:
    opening = _Opening(source, memory)
    files = opening.read()
    registry = read_registry(files, _read_pictures(source, memory))
    opening.take("duplicate-id", registry.doubles)
    opening.take("no-organisation", check_presence(source, registry.institutions))
    kept = memory.kept if memory is not None else {}
    hierarchies = {key: Hierarchy(institution, kept.setdefault(key, Kept())) for key, institution in registry.institutions.items()}
    contents: dict[PaperId, Content] = {}
    subjects: dict[PaperId, Unit | Position] = {}
    torn = find_torn(source, registry.institutions)
    for hierarchy in hierarchies.values():
        subject = _compose(hierarchy, registry.settings, subjects, memory)
        contents |= subject.contents
        if hierarchy.institution.organisation.id in torn:
            continue  # all that would be found missing is in the part that is not there
        for rule in RULES:
            opening.take(rule.name, rule.check(subject))
    opening.take("unknown-reference", check_choices(registry))
    opening.take("template", _check_templates(source, memory))
    problems = opening.problems(registry, select, ignore)
    texts = {path: document.text for path, document in opening.documents.items()}
    uncertain = frozenset(opening.uncertain)
    return Project(
        source, registry, hierarchies, problems, contents, subjects, texts=texts, documents=opening.documents, uncertain=uncertain
    )


def _read_pictures(source: Source, memory: Memory | None) -> dict[str, Picture | Sentence | None]:
    """What is known of each picture, or what is wrong with it; of one that was not read, another rule speaks."""
    found: dict[str, Picture | Sentence | None] = {path: None for path in source.strange if path.endswith(".png")}
    for path, content in source.pictures.items():
        kept = memory.pictures.get(path) if memory is not None else None
        if kept is None or kept[0] != content:
            kept = (content, read_picture(content))
        if memory is not None:
            memory.pictures[path] = kept
        found[path] = kept[1]
    return found


def _check_templates(source: Source, memory: Memory | None) -> Iterator[Finding]:
    """What is wrong with the registry's own Word templates."""
    for path, content in source.templates.items():
        kept = memory.templates.get(path) if memory is not None else None
        if kept is None or kept[0] != content:
            kept = (content, list(_check_template(path, content)))
        if memory is not None:
            memory.templates[path] = kept
        yield from kept[1]


def _check_template(path: str, content: bytes) -> Iterator[Finding]:
    from orgdocs.rendering.expressions import TemplateFault  # noqa: PLC0415  (heavy: only for registries with own templates)
    from orgdocs.rendering.shapes import shapes_for  # noqa: PLC0415  (heavy: only for registries with own templates)
    from orgdocs.rendering.templates import Template  # noqa: PLC0415  (heavy: only for registries with own templates)

    profile, kind = _template_of(path)
    if profile not in PROFILES or kind not in {*KINDS, PACKET}:
        sentence = Sentence("no paper is printed with this template")
        hint = Sentence("a template lies at templates/PROFILE/KIND.docx; kinds are {kinds}", kinds=", ".join(KINDS))
        yield Finding(Place(path, span=TOP), sentence, hint=hint)
        return
    try:
        Template(content, shapes_for(kind))
    except TemplateFault as fault:
        yield Finding(Place(path, span=TOP), Sentence("{fault}", fault=str(fault)))


def _template_of(path: str) -> tuple[str, str]:
    """Profile and kind of paper by the path of a template."""
    parts = path.removesuffix(".docx").split("/")
    return (parts[1], parts[2]) if len(parts) == 3 else ("", "")


def _compose(hierarchy: Hierarchy, settings: Settings, subjects: dict[PaperId, Unit | Position], memory: Memory | None) -> Subject:
    """Write the contents of all papers of an institution, and gather what stood in the way."""
    subject = Subject(hierarchy, settings)
    if not hierarchy.institution.organisation.language or any(True for _ in hierarchy.cycles("part_of")):
        return subject
    writing = _writing(hierarchy, memory)
    subject.wording = writing.check_wording()
    if subject.wording:
        return subject
    forms: dict[Finding, None] = {}
    languages: dict[Finding, None] = {}
    wording: dict[Finding, None] = {}
    for paper, about in plan_papers(hierarchy):
        subjects[paper] = about
        written = writing.write(paper, about)
        if written.content is None:
            subject.untouchable.add(paper)
        else:
            subject.contents[paper] = written.content
        forms.update(dict.fromkeys(written.missing_forms))
        languages.update(dict.fromkeys(written.missing_languages))
        wording.update(dict.fromkeys(written.faults))
    subject.missing_forms, subject.missing_languages, subject.wording = list(forms), list(languages), list(wording)
    if memory is not None:
        memory.papers[hierarchy.institution.organisation.id].forget_others(subjects)
    return subject


def _writing(hierarchy: Hierarchy, memory: Memory | None) -> Writing:
    if memory is None:
        return Writing(hierarchy)
    from orgdocs.contents.remembering import PaperMemory, RememberingWriting  # noqa: PLC0415  (only who opens again needs it)

    return RememberingWriting(hierarchy, memory.papers.setdefault(hierarchy.institution.organisation.id, PaperMemory()))


@dataclass(frozen=True, slots=True)
class _Read:
    """What one file gave by itself: a part of the registry, and what was found in it."""

    file: File
    document: Document
    found: list[tuple[Rule, Finding]]


class _Opening:
    """Gathers documents and findings on the way, and turns them into problems at the end."""

    def __init__(self, source: Source, memory: Memory | None) -> None:
        self.source = source
        self.memory = memory
        self.documents: dict[str, Document] = {}
        self.found: list[tuple[Rule, Finding]] = []
        self.uncertain: set[str] = set()

    def take(self, rule: str, findings: Iterable[Finding]) -> None:
        """Keep findings under the rule they belong to."""
        self.found += [(BY_NAME[rule], finding) for finding in findings]

    def read(self) -> list[File]:
        """Parse all files and check them by their schema."""
        files = []
        for path, why in self.source.strange.items():
            self.take("unread", [Finding(Place(path, span=TOP), _STRANGE[why])])
            files += stand_in(path)
        for path, content in self.source.files.items():
            if "/approvals/" in path:
                continue
            fault = check_names(path, kind_of(path))
            if fault is None:
                files.append(self._read_file(path, content))
            else:
                self.take("out-of-place", [fault])
                files += stand_in(path)
        return files

    def _read_file(self, path: str, content: bytes) -> File:
        kept = self.memory.files.get(path) if self.memory is not None else None
        if kept is None or kept[0] != content:
            before, kept = kept, (content, _read_file(path, content))
            if before is not None:
                kept[1].file.follow(before[1].file)
            if self.memory is not None:
                self.memory.files[path] = kept
        read = kept[1]
        self.documents[path] = read.document
        self.found += read.found
        return read.file

    def problems(self, registry: Registry, select: tuple[str, ...], ignore: tuple[str, ...]) -> list[Problem]:
        """Places worked out, severities and ignores applied, sorted."""
        settings = registry.settings
        problems = [
            self._problem(rule, finding, settings.severities.get(rule.code, finding.severity or rule.severity))
            for rule, finding in self.found
        ]
        marked = [(path, document.text) for path, document in self.documents.items() if _IGNORE_MARK in document.text]
        problems, faults = apply_comments(marked, problems)
        for fault in faults:
            rule = BY_NAME[fault.rule]
            problems.append(self._problem(rule, fault.finding, settings.severities.get(rule.code, rule.severity)))
        self.uncertain = {_organisation_of(finding.place) for rule, finding in self.found if _loosens(rule, finding)}
        self.uncertain |= find_torn(self.source, registry.institutions)
        dropped = (*settings.ignored, *ignore)
        kept = [
            problem
            for problem in problems
            if not (dropped and problem.code.startswith(dropped)) and (not select or problem.code.startswith(select))
        ]
        return sorted(kept, key=lambda problem: problem.order)

    def _problem(self, rule: Rule, finding: Finding, severity: Severity) -> Problem:
        notes = tuple(ProblemNote(note.place.path, self._span(note.place), note.sentence) for note in finding.notes)
        return Problem(finding.place.path, self._span(finding.place), rule.code, rule.name, severity, finding.sentence, notes, finding.hint)

    def _span(self, place: Place) -> Span:
        document = self.documents.get(place.path)
        return document.span(place) if document is not None else place.span or TOP


def _read_file(path: str, content: bytes) -> _Read:
    """Parse one file and check it by its schema."""
    kind = kind_of(path)
    assert kind is not None  # noqa: S101  (otherwise its name is at fault)
    document = read_document(path, content)
    faults = list(document.faults)
    if document.data is None or not isinstance(document.data, dict):
        return _Read(File(path, kind, None, partial=True, unread=True), document, _by_rule(faults))
    found, data = check_document("profile" if kind == "wording" else kind, document)
    if kind == "wording":
        found += check_wording(path, document.data)
    elif kind == "constraints" and isinstance(data, dict):
        found += check_constraints(path, data)
    # What cannot be read as YAML, or not as text, is one mistake: the schema's view of the same line adds nothing.
    told = {document.span(fault.finding.place).line for fault in faults}
    faults += [fault for fault in found if not told or document.span(fault.finding.place).line not in told]
    if kind != "wording" and isinstance(data, dict):
        faults += (*_check_id(path, kind, data), *find_doubtful(document))
    return _Read(File(path, kind, data, partial=bool(found or document.faults), unread=document.broken), document, _by_rule(faults))


def _by_rule(faults: Iterable[Fault]) -> list[tuple[Rule, Finding]]:
    return [(BY_NAME[fault.rule], fault.finding) for fault in faults]


_TIES = frozenset({"unit", "parent", "head", "deputies", "reports_to", "substituted_by", "legal_entity"})
"""Fields of one thing that show in the papers of others."""

_LOOSENING = ("OD1", "OD2", "OD3", "OD4")


def _loosens(rule: Rule, finding: Finding) -> bool:
    """Whether an error hides a tie between posts or units, so that the papers at its other end come out without it."""
    if rule.severity is not Severity.ERROR or not rule.code.startswith(_LOOSENING):
        return False
    route = finding.place.route
    if rule.name == "unknown-field":  # perhaps one of those, misspelt
        return len(route) == 1 and bool(get_close_matches(str(route[0]), _TIES))
    return not route or route[0] in _TIES


def _organisation_of(place: Place) -> str:
    parts = place.path.split("/")
    return parts[1] if len(parts) > 2 else ""


def _check_id(path: str, kind: str, data: Mapping[str, object]) -> Iterator[Fault]:
    name = path.split("/")[1] if kind == "organisation" else PurePosixPath(path).stem
    if isinstance(given := data.get("id"), str) and given != name:
        hint = Sentence("write id: {name}, or rename the file", name=name)
        if kind == "organisation":
            hint = Sentence("write id: {name}, or rename the folder", name=name)
        sentence = Sentence("the id {id} differs from the name {name}", id=given, name=name)
        yield Fault("id-differs", Finding(Place(path, ("id",)), sentence, hint=hint))
