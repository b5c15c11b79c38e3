"""One build: which papers are stale, rendering them on all cores, and an account of what happened."""

from __future__ import annotations

import contextlib
import io
import multiprocessing
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from orgdocs.building.manifest import Entry, digest_file, read_manifest, write_manifest
from orgdocs.building.templates import TemplateStore
from orgdocs.building.unchanged import fingerprint_source
from orgdocs.building.writing import DiskError, WriteError, flush_folder, sweep, write_file
from orgdocs.contents.content import Content, PaperId
from orgdocs.pictures import digest_picture
from orgdocs.project import Project
from orgdocs.rendering.expressions import TemplateFault
from orgdocs.rendering.marks import NO_MARKS, Marks, code_of
from orgdocs.rendering.packages import FIRST_DAY, compress_package, order_parts
from orgdocs.rendering.papers import VERSION, fixed_time, missing_texts, render_paper

WORTH_PROCESSES = 150
"""From so many stale papers on it pays to start processes: each costs as much as rendering about fifty papers."""


class Outcome(StrEnum):
    """What became of a paper."""

    BUILT = "built"
    UNCHANGED = "unchanged"
    STALE = "stale"
    FAILED = "failed"
    EDITED = "edited"
    GONE = "gone"
    PRUNED = "pruned"


@dataclass(frozen=True, slots=True)
class Options:
    """How to build."""

    check: bool = False
    """Write nothing; say what is stale."""
    prune: bool = False
    force: bool = False
    """Write over papers that were edited by hand."""
    compress: bool = False
    verify: bool = False
    """Read every written paper again and look for every text of its content."""
    jobs: int = 0
    """Processes; 0 for one on each core."""


@dataclass
class Build:
    """The account of a build: outcome and, where there is something to say, a sentence for each path."""

    folder: Path
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    sentences: dict[str, str] = field(default_factory=dict)

    def count(self, outcome: Outcome) -> int:
        """How many papers had an outcome."""
        return sum(found is outcome for found in self.outcomes.values())

    def paths(self, outcome: Outcome) -> list[str]:
        """The papers with an outcome, in order."""
        return sorted(path for path, found in self.outcomes.items() if found is outcome)


class _Task(NamedTuple):
    """One paper to be rendered, as it is handed to a process."""

    path: str
    content: Content
    marks: Marks
    emblem: bytes
    template: bytes
    template_path: str
    compress: bool
    verify: bool


def output_path(paper: PaperId, home: str) -> str:
    """Where a paper lies in the output folder: ``organisation/kind/subject.docx``, other languages ``subject.en.docx``."""
    language = "" if paper.language == home else f".{paper.language}"
    return f"{paper.organisation}/{paper.kind}/{paper.subject}{language}.docx"


def build(
    project: Project,
    folder: Path,
    papers: dict[PaperId, Content],
    options: Options,
    *,
    complete: bool,
    marks: Callable[[Content], Marks] = lambda _content: NO_MARKS,
    progress: Callable[[int, int], None] = lambda _done, _whole: None,
) -> Build:
    """Bring the given papers in ``folder`` up to date.

    ``complete`` says that these are all papers of the registry and none had errors: only then are papers that are no
    longer defined noticed, and the whole remembered as up to date.

    ``marks`` gives what is printed on a paper beside its content. A paper whose marks changed is stale like one whose
    content did. It is asked once for each paper, here and not in other processes. Papers of an organisation with
    ``qr_code`` get the code that names them, unless their marks have another one.

    Raises:
        WriteError: the output folder cannot be written at all, or the disk is full.
    """
    building = _Building(project, folder, options, marks)
    if options.check:
        building.run(building.plan(papers), progress)
        if complete:
            building.look_for_gone(papers)
        return building.account
    sweep(folder)
    try:
        building.run(building.plan(papers), progress)
        if complete:
            building.look_for_gone(papers)
    except BaseException:
        # What was written so far is remembered, so that nobody takes it for edited by hand.
        with contextlib.suppress(WriteError):
            building.remember("")
        raise
    building.finish(complete=complete)
    return building.account


class _Building:
    def __init__(self, project: Project, folder: Path, options: Options, marks: Callable[[Content], Marks]) -> None:
        self.project = project
        self.folder = folder
        self.options = options
        self.marks = marks
        self.account = Build(folder)
        self.manifest = read_manifest(folder)
        self.templates = TemplateStore(project.source.templates)
        self.digests: dict[bytes, str] = {}
        self.pictures: dict[str, bytes] = {}
        self.version = VERSION + ("z" if options.compress else "") + fixed_time()

    def plan(self, papers: dict[PaperId, Content]) -> list[_Task]:
        """The papers that have to be rendered; the others are noted as unchanged or edited."""
        tasks = []
        for paper, content in papers.items():
            organisation = self.project.registry.institutions[paper.organisation].organisation
            path = output_path(paper, organisation.language)
            template = self.templates.content(content.profile, paper.kind)
            entry = self.manifest.entries.get(path)
            marks = self.marks(content)
            if organisation.qr_code and not marks.code:
                marks = marks._replace(code=code_of(content))
            made = (content.digest, self._digest(template), self.version, marks.digest)
            kept = (entry.content, entry.template, entry.version, entry.marks) if entry is not None else None
            if made == kept and self.manifest.is_intact(self.folder, path):
                self.account.outcomes[path] = Outcome.UNCHANGED
                continue
            template_path = self.templates.path(content.profile, paper.kind)
            # A template of the registry's own may have lost a field while it was restyled: it is always verified.
            verify = self.options.verify or template_path in self.templates.own
            tasks.append(_Task(path, content, marks, self._emblem(content), template, template_path, self.options.compress, verify))
        return tasks

    def _emblem(self, content: Content) -> bytes:
        """The picture that a content names by its digest."""
        named = content.body["emblem"]["picture"]
        if named and not self.pictures:
            self.pictures = {digest_picture(picture): picture for picture in self.project.source.pictures.values()}
        return self.pictures[named] if named else b""

    def _digest(self, template: bytes) -> str:
        if template not in self.digests:
            self.digests[template] = digest_file(template)
        return self.digests[template]

    def run(self, tasks: list[_Task], progress: Callable[[int, int], None]) -> None:
        """Render the tasks and take their results over into files and manifest."""
        folders: set[Path] = set()
        try:
            for done, (task, (result, fault)) in enumerate(zip(tasks, self._render(tasks), strict=True), 1):
                if fault:
                    self.account.outcomes[task.path] = Outcome.FAILED
                    self.account.sentences[task.path] = fault
                else:
                    self._take(task, result)
                    folders.add((self.folder / task.path).parent)
                progress(done, len(tasks))
        finally:
            if not self.options.check:
                for folder in sorted(folders):
                    flush_folder(folder)

    def _render(self, tasks: list[_Task]) -> Iterator[tuple[bytes, str]]:
        jobs = min(self.options.jobs or os.cpu_count() or 1, len(tasks) // 50 + 1)
        if jobs == 1 or (len(tasks) < WORTH_PROCESSES and not self.options.jobs):
            yield from map(_render_task, tasks)
            return
        start = "fork" if "fork" in multiprocessing.get_all_start_methods() and os.name == "posix" else "spawn"
        with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context(start), initializer=_attend) as pool:
            try:
                yield from pool.map(_render_task, tasks, chunksize=25)
            except BaseException:
                pool.shutdown(wait=True, cancel_futures=True)
                raise

    def _take(self, task: _Task, result: bytes) -> None:
        target = self.folder / task.path
        try:
            present: bytes | None = target.read_bytes() if target.is_file() and not target.is_symlink() else None
        except OSError:
            present = None
        same = present == result
        edited = present is not None and not same and self._was_edited(task.path, present)
        if self.options.check:
            self.account.outcomes[task.path] = Outcome.UNCHANGED if same else Outcome.STALE
            if not same:
                found = "was edited by hand" if edited else "is not what the registry says now"
                self.account.sentences[task.path] = "is missing" if present is None else found
            return
        if edited and not self.options.force:
            self.account.outcomes[task.path] = Outcome.EDITED
            self.account.sentences[task.path] = (
                "was edited by hand and is left alone; take the change over into the YAML, or build with --force"
            )
            return
        if not same:
            try:
                write_file(target, result)
            except DiskError:
                raise
            except WriteError as error:
                self.account.outcomes[task.path] = Outcome.FAILED
                self.account.sentences[task.path] = str(error)
                return
        self.account.outcomes[task.path] = Outcome.UNCHANGED if same else Outcome.BUILT
        if edited:
            self.account.sentences[task.path] = "was edited by hand, and is written over"
        status = target.stat()
        self.manifest.entries[task.path] = Entry(
            content=task.content.digest, template=self._digest(task.template), version=self.version, file=digest_file(result),
            size=status.st_size, time=status.st_mtime_ns, marks=task.marks.digest,
        )  # fmt: skip

    def _was_edited(self, path: str, present: bytes) -> bool:
        """Whether a file in the way holds somebody's work: it is neither what was written last nor as orgdocs writes.

        The second is asked too because a build that was killed has written papers that the manifest does not know yet.
        """
        entry = self.manifest.entries.get(path)
        return (entry is None or digest_file(present) != entry.file) and not _is_ours(present)

    def look_for_gone(self, papers: dict[PaperId, Content]) -> None:
        """Papers of earlier builds that are no longer defined: named, or removed if that is wanted and nobody edited them."""
        institutions = self.project.registry.institutions
        wanted = {output_path(paper, institutions[paper.organisation].organisation.language) for paper in papers}
        for path in sorted(set(self.manifest.entries) - wanted):
            if not os.path.lexists(self.folder / path):
                self.manifest.entries.pop(path)
            elif not self.options.prune or self.options.check:
                self.account.outcomes[path] = Outcome.STALE if self.options.check else Outcome.GONE
                self.account.sentences[path] = "is no longer defined; remove it with build --prune"
            elif not self.manifest.is_intact(self.folder, path):
                self.account.outcomes[path] = Outcome.EDITED
                self.account.sentences[path] = "is no longer defined, but was edited by hand and is left alone"
            else:
                self._prune(path)

    def _prune(self, path: str) -> None:
        try:
            (self.folder / path).unlink()
        except OSError as error:
            self.account.outcomes[path] = Outcome.FAILED
            self.account.sentences[path] = f"is no longer defined, but cannot be removed ({error.strerror})"
            return
        self.manifest.entries.pop(path)
        self.account.outcomes[path] = Outcome.PRUNED
        for parent in list((self.folder / path).parents)[:2]:  # kind and organisation
            with contextlib.suppress(OSError):
                parent.rmdir()  # only if nothing is left in it

    def finish(self, *, complete: bool) -> None:
        """Write the manifest, last of all."""
        bad = (Outcome.FAILED, Outcome.EDITED, Outcome.GONE)
        source = ""
        if not self.options.compress and not any(self.account.count(outcome) for outcome in bad):
            source = fingerprint_source(self.project.source)
        # After a build of some papers, all are up to date only if they were before, with the same files.
        self.remember(source if complete or source == self.manifest.source else "")

    def remember(self, source: str) -> None:
        """Write the manifest as far as it goes."""
        self.manifest.source = source
        write_manifest(self.folder, self.manifest)


def _attend() -> None:
    """Leave Ctrl-C to the process that started this one, and end with it: nobody else would end this one."""
    import signal  # noqa: PLC0415
    import threading  # noqa: PLC0415

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _render_task(task: _Task) -> tuple[bytes, str]:
    """The paper, or the sentence that says why there is none."""
    template_store = TemplateStore({task.template_path: task.template})
    try:
        result = render_paper(template_store.prepared(task.content.profile, task.content.paper.kind), task.content, task.marks, task.emblem)
    except TemplateFault as fault:
        return b"", str(fault)
    if task.verify and (missing := missing_texts(result, task.content, task.marks)):
        return b"", f"the template {task.template_path} does not print everything: “{missing[0][:80]}” is not in the paper"
    return compress_package(result) if task.compress else result, ""


def _is_ours(content: bytes) -> bool:
    """Whether a Word file is as orgdocs wrote it: other programs leave their name, a date or another order in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            with archive.open("docProps/app.xml") as properties:
                named = b"<Application>orgdocs</Application>" in properties.read(1 << 16)
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return False
    names = [member.filename for member in members]
    return named and names == order_parts(names) and all((member.date_time, member.create_system) == (FIRST_DAY, 0) for member in members)
