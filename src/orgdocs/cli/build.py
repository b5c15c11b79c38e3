"""orgdocs build: the papers, brought up to date."""

from __future__ import annotations

import sys
import time
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgdocs.cli.options import RefusedError, locate, root_option, speak, suggest_near, wants_colour, width
from orgdocs.cli.papers import KINDS, LANGUAGES, explain_unknown, is_meant
from orgdocs.sources import FOLDERS, MARKER, TEMPLATES, read_work_tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from datetime import datetime

    from orgdocs.building.building import Build, Options
    from orgdocs.contents.content import Content, PaperId
    from orgdocs.project import Project
    from orgdocs.rendering.marks import Marks


@click.command("build")
@click.argument("papers", nargs=-1, metavar="[PAPER]...")
@root_option
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(KINDS),
    metavar="KIND",
    help="Only this kind of paper, such as regulation; several times for several.",
)
@click.option("--organisation", "organisations", multiple=True, metavar="ID", help="Only papers of this organisation.")
@click.option("--language", "languages", multiple=True, type=click.Choice(LANGUAGES), help="Only papers in this language.")
@click.option(
    "--output", metavar="DIR", type=click.Path(path_type=Path, file_okay=False), help="Where to write; else what the registry says."
)
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 if a paper is missing or stale.")
@click.option("--keep-going", is_flag=True, help="Despite errors, build the papers that no error touches.")
@click.option("--prune", is_flag=True, help="Remove papers that are no longer defined.")
@click.option("--force", is_flag=True, help="Write over papers that were edited by hand.")
@click.option("--verify", is_flag=True, help="Read each paper again and find every text in it.")
@click.option("--compress", is_flag=True, help="Smaller files, for mailing.")
@click.option("--pdf", is_flag=True, help="Also PDF copies, by LibreOffice.")
@click.option("--at", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="What was approved and in force on a day; with --output.")
@click.option("--jobs", type=click.IntRange(1), default=None, help="Processes; as many as are useful if not given.")
def command(
    papers: tuple[str, ...], root: Path | None, kinds: tuple[str, ...], organisations: tuple[str, ...], languages: tuple[str, ...],
    output: Path | None, check: bool, keep_going: bool, prune: bool, force: bool, verify: bool, compress: bool, pdf: bool,
    at: datetime | None, jobs: int | None,
) -> int:  # fmt: skip
    """Print the papers of the registry as Word files: those that changed, and no others.

    PAPER is an id such as zhytomyr/job-description/director, the end of one, or the path of a paper that was built.
    Without PAPER and options, all papers are built.
    """
    started = time.monotonic()
    folder_root = locate(root)
    if pdf and not check:
        _need_office()
    source = read_work_tree(folder_root)
    if at is not None:
        from orgdocs.cli.past import build_past  # noqa: PLC0415

        if output is None or check:
            raise RefusedError("--at needs a folder of its own: --output DIR; the papers of today stay where they are")
        return build_past(source, output, at.date(), papers, (kinds, organisations, languages))
    everything = not (papers or kinds or organisations or languages)
    if everything and not (verify or compress or pdf or force):
        from orgdocs.building.unchanged import count_unchanged  # noqa: PLC0415

        folder = _output_folder(folder_root, output, source.files)
        count = count_unchanged(source, folder) if folder is not None else None
        if count is not None:
            _sum_up(f"{count} unchanged", started, good=True)
            return 0
    from orgdocs.building.building import Options  # noqa: PLC0415
    from orgdocs.project import open_project  # noqa: PLC0415

    options = Options(check=check, prune=prune, force=force, compress=compress, verify=verify, jobs=jobs or 0)
    run = _Run(open_project(source), output, started)
    return run.build(papers, (kinds, organisations, languages), options, keep_going=keep_going, pdf=pdf and not check)


def _need_office() -> None:
    from orgdocs.building.copies import NoOfficeError, find_office  # noqa: PLC0415

    try:
        find_office()
    except NoOfficeError as error:
        raise RefusedError(str(error)) from None


def _output_folder(root: Path, output: Path | None, files: dict[str, bytes]) -> Path | None:
    """The output folder, without opening the registry: the given one, or what the settings say; None if they are faulty."""
    if output is not None:
        return output
    from orgdocs.documents import read_document  # noqa: PLC0415

    settings = read_document(MARKER, files.get(MARKER, b"")).data
    name = settings.get("output", "output") if isinstance(settings, dict) else None
    return root / name if isinstance(name, str) else None


def _sum_up(line: str, started: float, *, good: bool) -> None:
    text = f"{line} in {time.monotonic() - started:.1f} s"
    click.echo(click.style(text, fg="green" if good else "red", bold=None if good else True) if wants_colour() else text, color=True)


class _Run:
    """One run of the command on an opened registry."""

    def __init__(self, project: Project, output: Path | None, started: float) -> None:
        self.project = project
        self.folder = output if output is not None else project.source.root / project.registry.settings.output
        self.started = started
        root = project.source.root.resolve()
        if any(self.folder.resolve().is_relative_to(root / name) for name in (*FOLDERS, TEMPLATES)):
            raise RefusedError(f"papers cannot be written into {', '.join(FOLDERS)} or {TEMPLATES}, where the registry itself lies")

    def build(self, named: tuple[str, ...], filters: tuple[tuple[str, ...], ...], options: Options, *, keep_going: bool, pdf: bool) -> int:
        """Build the papers that are meant, and tell what became of them; the exit code."""
        from orgdocs.building.building import build  # noqa: PLC0415
        from orgdocs.building.writing import WriteError  # noqa: PLC0415

        project = self.project
        self._check_organisations(filters[1])
        if project.errors:
            self._tell_errors()
            if not keep_going:
                count = "1 error" if project.errors == 1 else f"{project.errors} errors"
                _sum_up(f"{count}, nothing built (--keep-going builds the papers that no error touches)", self.started, good=False)
                return 1
        wanted = self._choose(named, filters)
        contents = {paper: project.contents[paper] for paper in wanted if paper in project.contents}
        if project.errors:
            contents = _untouched(project, contents)
        complete = not named and not any(filters) and not project.errors
        try:
            with _locked(self.folder, check=options.check), _Bar() as progress:
                account = build(project, self.folder, contents, options, complete=complete, progress=progress, marks=self._marks())
        except WriteError as error:
            click.echo(str(error), err=True)
            return 1
        if pdf:
            self._copy(account)
        return self._tell(account, len(wanted) - len(contents))

    def _marks(self) -> Callable[[Content], Marks]:
        """What is printed on papers about their approval; nothing where nobody keeps a ledger."""
        from orgdocs.rendering.marks import NO_MARKS  # noqa: PLC0415

        project = self.project
        from orgdocs.approvals.ledger import read_ledgers  # noqa: PLC0415

        if not any(institution.people for institution in project.registry.institutions.values()) and not read_ledgers(project.source.root):
            return lambda _content: NO_MARKS
        from orgdocs.approvals.marking import mark_papers  # noqa: PLC0415
        from orgdocs.approvals.verifying import verify_project  # noqa: PLC0415
        from orgdocs.cli.ledgers import find_pins, now  # noqa: PLC0415

        return mark_papers(verify_project(project, today=now().date(), pins=find_pins(project.source.root, ())))

    def _check_organisations(self, organisations: tuple[str, ...]) -> None:
        known = list(self.project.registry.institutions)
        for organisation in organisations:
            if organisation not in known:
                raise RefusedError(f"there is no organisation {organisation}{suggest_near(organisation, known)}")

    def _tell_errors(self) -> None:
        from orgdocs.messages import load_patterns  # noqa: PLC0415
        from orgdocs.problems import Severity  # noqa: PLC0415
        from orgdocs.reporting.telling import tell  # noqa: PLC0415
        from orgdocs.reporting.text import report_text  # noqa: PLC0415

        patterns = load_patterns(speak(self.project.source))
        errors = tell([problem for problem in self.project.problems if problem.severity is Severity.ERROR], patterns)
        report = report_text(errors, self.project.texts, colour=wants_colour(), width=width(), patterns=patterns)
        click.echo(report, color=True)

    def _choose(self, named: tuple[str, ...], filters: tuple[tuple[str, ...], ...]) -> list[PaperId]:
        """The papers that the filters leave and, among them, those that are named."""
        from orgdocs.building.building import output_path  # noqa: PLC0415

        kinds, organisations, languages = filters
        papers = {
            paper: output_path(paper, self.project.registry.institutions[paper.organisation].organisation.language)
            for paper in self.project.subjects
            if (not kinds or paper.kind in kinds)
            and (not organisations or paper.organisation in organisations)
            and (not languages or paper.language in languages)
        }
        if not named:
            return list(papers)
        chosen: dict[PaperId, None] = {}
        for name in named:
            hits = [paper for paper, path in papers.items() if is_meant(name, paper, self.folder, path)]
            if not hits:
                raise RefusedError(explain_unknown(name, papers))
            chosen.update(dict.fromkeys(hits))
        return list(chosen)

    def _copy(self, account: Build) -> None:
        from orgdocs.building.building import Outcome  # noqa: PLC0415
        from orgdocs.building.copies import copy_to_pdf  # noqa: PLC0415

        papers = {
            self.folder / path: path
            for path, outcome in account.outcomes.items()
            if outcome is Outcome.BUILT
            or (outcome is Outcome.UNCHANGED and not (self.folder / path).with_suffix(".pdf").is_file())
        }  # fmt: skip
        for paper in copy_to_pdf(list(papers)):
            account.sentences[papers[paper]] = "LibreOffice made no PDF of it"
            account.outcomes[papers[paper]] = Outcome.FAILED

    def _tell(self, account: Build, left_out: int) -> int:
        """What there is to say of single papers, then the sum; the exit code."""
        from orgdocs.building.building import Outcome  # noqa: PLC0415

        for path, sentence in sorted(account.sentences.items()):
            click.echo(f"{path}: {sentence}")
        words = (
            (Outcome.BUILT, "built"), (Outcome.UNCHANGED, "unchanged"), (Outcome.STALE, "stale"), (Outcome.EDITED, "edited by hand"),
            (Outcome.FAILED, "failed"), (Outcome.GONE, "no longer defined"), (Outcome.PRUNED, "removed"),
        )  # fmt: skip
        counts = [f"{count} {word}" for outcome, word in words if (count := account.count(outcome))]
        if left_out:
            counts.append(f"{left_out} left out because of errors")
        bad = bool(self.project.errors) or any(account.count(outcome) for outcome in (Outcome.STALE, Outcome.FAILED, Outcome.EDITED))
        _sum_up(", ".join(counts) or "no papers", self.started, good=not bad)
        return 1 if bad else 0


def _untouched(project: Project, contents: dict[PaperId, Content]) -> dict[PaperId, Content]:
    """The papers that no error touches: those all of whose files are free of errors.

    Where an error hides a tie between posts or units, the paper at the other end would lack a name, and nobody can tell
    which one it is: no paper of that organisation is built.
    """
    from orgdocs.contents.sources import files_behind  # noqa: PLC0415
    from orgdocs.problems import Severity  # noqa: PLC0415

    faulty = {problem.path for problem in project.problems if problem.severity is Severity.ERROR}
    return {
        paper: content
        for paper, content in contents.items()
        if paper.organisation not in project.uncertain
        and "" not in project.uncertain
        and not faulty & files_behind(project.hierarchies[paper.organisation], paper, project.subjects[paper])
    }


def _locked(folder: Path, *, check: bool) -> AbstractContextManager[None]:
    if check:
        return nullcontext()
    from orgdocs.building.locking import lock_folder  # noqa: PLC0415

    return lock_folder(folder, lambda holder: click.echo(f"waiting for another build ({holder})", err=True))


class _Bar:
    """A bar on a terminal, nothing in a pipe."""

    def __enter__(self) -> Callable[[int, int], None]:
        self.bar = None
        if not sys.stderr.isatty():
            return _show_nothing
        from rich.console import Console  # noqa: PLC0415
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

        columns = (TextColumn("papers"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self.bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self.bar.start()
        task = self.bar.add_task("papers", total=None)
        bar = self.bar
        return lambda done, whole: bar.update(task, completed=done, total=whole)

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()


def _show_nothing(_done: int, _whole: int) -> None:
    pass
