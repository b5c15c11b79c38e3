"""orgdocs build: the papers, brought up to date."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgdocs.cli.options import locate, root_option, wants_colour, width
from orgdocs.sources import MARKER, read_work_tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgdocs.building.building import Build
    from orgdocs.contents.content import Content, PaperId
    from orgdocs.project import Project

_KINDS = ("job-description", "regulation", "staffing-table", "structure")


@click.command("build")
@click.argument("papers", nargs=-1, metavar="[PAPER]...")
@root_option
@click.option("--kind", "kinds", multiple=True, type=click.Choice(_KINDS), help="Only papers of this kind; may be given several times.")
@click.option("--organisation", "organisations", multiple=True, metavar="ID", help="Only papers of this organisation.")
@click.option("--language", "languages", multiple=True, metavar="LANGUAGE", help="Only papers in this language: uk, ru, be, en.")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Where to write; else what the registry says.")
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 if a paper is missing or stale.")
@click.option("--keep-going", is_flag=True, help="Despite errors, build the papers that no error touches.")
@click.option("--prune", is_flag=True, help="Remove papers that are no longer defined.")
@click.option("--force", is_flag=True, help="Write over papers that were edited by hand.")
@click.option("--verify", is_flag=True, help="Read each paper again and find every text in it.")
@click.option("--compress", is_flag=True, help="Smaller files, for mailing.")
@click.option("--pdf", is_flag=True, help="Also PDF copies, by LibreOffice.")
@click.option("--jobs", type=click.IntRange(1), default=None, help="Processes; one on each core if not given.")
def command(
    papers: tuple[str, ...], root: Path | None, kinds: tuple[str, ...], organisations: tuple[str, ...], languages: tuple[str, ...],
    output: Path | None, check: bool, keep_going: bool, prune: bool, force: bool, verify: bool, compress: bool, pdf: bool, jobs: int | None,
) -> int:  # fmt: skip
    """Print the papers of the registry as Word files: those that changed, and no others.

    PAPER is an id such as zhytomyr/job-description/director, the end of one, or the path of a paper that was built.
    Without PAPER and options, all papers are built.
    """
    started = time.monotonic()
    folder_root = locate(root)
    source = read_work_tree(folder_root)
    everything = not (papers or kinds or organisations or languages)
    if everything and not (verify or compress or pdf or force):
        from orgdocs.building.unchanged import count_unchanged  # noqa: PLC0415

        folder = _output_folder(folder_root, output, source.files)
        count = count_unchanged(source, folder) if folder is not None else None
        if count is not None:
            _sum_up(f"{count} unchanged", started, good=True)
            return 0
    return _Command(source.root, started).run(
        _open(source), papers, (kinds, organisations, languages), output,
        check=check, keep_going=keep_going, prune=prune, force=force, verify=verify, compress=compress, pdf=pdf, jobs=jobs or 0,
    )  # fmt: skip


def _open(source: object) -> Project:
    from orgdocs.project import open_project  # noqa: PLC0415

    return open_project(source)  # type: ignore[arg-type]  # what read_work_tree gave


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
    click.echo(click.style(text, fg="green" if good else "red", bold=not good) if wants_colour() else text, color=True)


class _Command:
    """One run of the command after the registry was opened."""

    def __init__(self, root: Path, started: float) -> None:
        self.root = root
        self.started = started

    def run(
        self, project: Project, named: tuple[str, ...], filters: tuple[tuple[str, ...], ...], output: Path | None,
        *, check: bool, keep_going: bool, prune: bool, force: bool, verify: bool, compress: bool, pdf: bool, jobs: int,
    ) -> int:  # fmt: skip
        from orgdocs.building.building import Options, build  # noqa: PLC0415
        from orgdocs.building.writing import WriteError  # noqa: PLC0415

        folder = output if output is not None else self.root / project.registry.settings.output
        wanted = self._choose(project, named, filters, folder)
        if project.errors and not self._may_go_on(project, keep_going):
            return 1
        contents = {paper: project.contents[paper] for paper in wanted if paper in project.contents}
        if project.errors:
            contents = _untouched(project, contents)
        left_out = len(wanted) - len(contents)
        complete = not named and not any(filters) and not project.errors
        options = Options(check=check, prune=prune, force=force, compress=compress, verify=verify, jobs=jobs)
        if pdf and not check:
            self._need_office()
        try:
            with _locked(folder, check=check), _Bar() as progress:
                account = build(project, folder, contents, options, complete=complete, progress=progress)
        except WriteError as error:
            click.echo(str(error), err=True)
            return 1
        if pdf and not check:
            self._copy(folder, account)
        return self._tell(account, left_out)

    def _may_go_on(self, project: Project, keep_going: bool) -> bool:
        from orgdocs.problems import Severity  # noqa: PLC0415
        from orgdocs.reporting.text import report_text  # noqa: PLC0415

        errors = [problem for problem in project.problems if problem.severity is Severity.ERROR]
        click.echo(report_text(errors, project.texts, colour=wants_colour(), width=width()), color=True)
        if keep_going:
            return True
        count = f"{len(errors)} error{'' if len(errors) == 1 else 's'}"
        _sum_up(f"{count}, nothing built (--keep-going builds the papers that no error touches)", self.started, good=False)
        return False

    def _choose(self, project: Project, named: tuple[str, ...], filters: tuple[tuple[str, ...], ...], folder: Path) -> list[PaperId]:
        from orgdocs.building.building import output_path  # noqa: PLC0415

        kinds, organisations, languages = filters
        for organisation in organisations:
            if organisation not in project.registry.institutions:
                raise click.UsageError(f"there is no organisation {organisation}; there are: {', '.join(project.registry.institutions)}")
        papers = [
            paper
            for paper in project.subjects
            if (not kinds or paper.kind in kinds)
            and (not organisations or paper.organisation in organisations)
            and (not languages or paper.language in languages)
        ]
        if not named:
            return papers
        chosen: dict[PaperId, None] = {}
        for name in named:
            hits = []
            for paper in papers:
                home = project.registry.institutions[paper.organisation].organisation.language
                path = output_path(paper, home)
                given = Path(name)
                ids = str(paper)
                if (
                    ids == name
                    or ids.endswith(f"/{name}")
                    or given in {Path(path), folder / path}
                    or given.resolve() == (folder / path).resolve()
                ):
                    hits.append(paper)
            if not hits:
                raise click.UsageError(self._unknown(name, [str(paper) for paper in papers]))
            chosen.update(dict.fromkeys(hits))
        return list(chosen)

    @staticmethod
    def _unknown(name: str, known: list[str]) -> str:
        from difflib import get_close_matches  # noqa: PLC0415

        ends = {paper.rsplit("/", 1)[-1]: paper for paper in known}
        near = get_close_matches(name, known, n=1) or [ends[end] for end in get_close_matches(name, list(ends), n=1)]
        return f"there is no paper {name}" + (f"; did you mean {near[0]}?" if near else "")

    @staticmethod
    def _need_office() -> None:
        from orgdocs.building.copies import NoOfficeError, find_office  # noqa: PLC0415

        try:
            find_office()
        except NoOfficeError as error:
            raise click.UsageError(str(error)) from None

    @staticmethod
    def _copy(folder: Path, account: Build) -> None:
        from orgdocs.building.building import Outcome  # noqa: PLC0415
        from orgdocs.building.copies import copy_to_pdf  # noqa: PLC0415

        papers = [
            folder / path
            for path, outcome in account.outcomes.items()
            if outcome is Outcome.BUILT
            or (outcome is Outcome.UNCHANGED and not (folder / path).with_suffix(".pdf").is_file())
        ]  # fmt: skip
        for paper in copy_to_pdf(papers):
            account.sentences[str(paper)] = "LibreOffice made no PDF of it"
            account.outcomes[str(paper)] = Outcome.FAILED

    def _tell(self, account: Build, left_out: int) -> int:
        from orgdocs.building.building import Outcome  # noqa: PLC0415

        for path, sentence in sorted(account.sentences.items()):
            click.echo(
                f"{path}: {sentence}" if account.outcomes[path] is not Outcome.FAILED or not sentence.startswith("templates/") else sentence
            )
        words = (
            (Outcome.BUILT, "built"), (Outcome.UNCHANGED, "unchanged"), (Outcome.STALE, "stale"), (Outcome.EDITED, "edited by hand"),
            (Outcome.FAILED, "failed"), (Outcome.GONE, "no longer defined"), (Outcome.PRUNED, "removed"),
        )  # fmt: skip
        counts = [f"{count} {word}" for outcome, word in words if (count := account.count(outcome))]
        if left_out:
            counts.append(f"{left_out} left out because of errors")
        bad = left_out or any(account.count(outcome) for outcome in (Outcome.STALE, Outcome.FAILED, Outcome.EDITED))
        _sum_up(", ".join(counts) or "no papers", self.started, good=not bad)
        return 1 if bad else 0


def _untouched(project: Project, contents: dict[PaperId, Content]) -> dict[PaperId, Content]:
    """The papers that no error touches: those whose organisation's files, and own file, are free of errors."""
    from orgdocs.problems import Severity  # noqa: PLC0415

    faulty = {problem.path for problem in project.problems if problem.severity is Severity.ERROR}
    return {paper: content for paper, content in contents.items() if not faulty & _files_of(project, paper)}


def _files_of(project: Project, paper: PaperId) -> set[str]:
    """The files that a paper draws on: those of everything it names."""
    from orgdocs.contents.sources import files_behind  # noqa: PLC0415

    return files_behind(project.hierarchies[paper.organisation], paper, project.subjects[paper])


def _locked(folder: Path, *, check: bool) -> object:
    from contextlib import nullcontext  # noqa: PLC0415

    if check:
        return nullcontext()
    from orgdocs.building.locking import lock_folder  # noqa: PLC0415

    return lock_folder(folder, lambda holder: click.echo(f"waiting for another build ({holder})", err=True))


class _Bar:
    """A bar on a terminal, nothing in a pipe."""

    def __enter__(self) -> Callable[[int, int], None]:
        self.bar = None
        if not sys.stderr.isatty():
            return lambda done, whole: None
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
