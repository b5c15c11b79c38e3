"""orgdocs import: Word, text and other files of an institution become files of a registry, with a proof that nothing is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from orgdocs.cli.options import RefusedError, locate, root_option, speak
from orgdocs.problems import Sentence
from orgdocs.sources import RegistryNotFoundError, Source, find_root, read_work_tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgdocs.importing.manuscript import Manuscript
    from orgdocs.importing.taking import Outcome
    from orgdocs.importing.updating import Change, Update
    from orgdocs.project import Project

_FILE = click.Path(path_type=Path)


@click.command("import")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=_FILE)
@root_option
@click.option("--organisation", metavar="ID", help="The organisation they belong to; if there is none of that id, it is founded.")
@click.option("--unit", metavar="ID", help="The unit that the posts or the unit belong to.")
@click.option("--kind", type=click.Choice(("job-description", "regulation")), help="What the papers are, if they do not tell it.")
@click.option("--profile", type=click.Choice(("ua", "ru", "by", "intl")), help="The form of the papers of a new organisation.")
@click.option("--language", type=click.Choice(("uk", "ru", "be", "en")), help="The language of the papers, if it cannot be told.")
@click.option("--update", is_flag=True, help="Take changes over into files that are there, clause by clause.")
@click.option("--yes", is_flag=True, help="With --update or a workbook of orgdocs export: take all changes over and do not ask.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--report", metavar="FILE", type=_FILE, help="Write the report to FILE as well; its ending says how: .html or .json.")
@click.option("--remove", is_flag=True, help="With a workbook of orgdocs export: take away what was deleted in it.")
@click.option("--verify", is_flag=True, help="Only compare: the first FILE is the old paper, the others were built for it.")
def command(files: tuple[Path, ...], root: Path | None, report: Path | None, **options: Any) -> int:
    """Take over the papers in FILE…: Word, text, PDF and others become YAML, and nothing is lost.

    New files are written at the right places; what is there already is left alone, unless --update is given. Every paper is
    built at once from the new files and compared with the old one, word by word.
    """
    if options.pop("verify"):
        return _verify(files)
    remove = options.pop("remove")
    if (workbook := _find_returned(files)) is not None:
        return _take_back(workbook, root, remove=remove, dry_run=options["dry_run"], yes=options["yes"])
    if report is not None and report.suffix.lower() not in {".html", ".json"}:
        raise RefusedError("the report is written as .html or .json")
    from orgdocs.importing.filing import Wishes  # noqa: PLC0415
    from orgdocs.importing.organising import FilingError  # noqa: PLC0415
    from orgdocs.importing.taking import RefusedFileError, read_papers, take_over  # noqa: PLC0415
    from orgdocs.messages import load_patterns  # noqa: PLC0415

    folder, project = _open(root)
    patterns = load_patterns(speak(project.source if project else Source(folder, {})))
    kind, update = options.pop("kind"), options.pop("update")
    dry_run, yes = options.pop("dry_run"), options.pop("yes")
    try:
        readings = read_papers(files, kind=kind, language=options["language"])
        outcome = take_over(readings, Wishes(**options), folder, project, kind=kind, update=update)
    except (RefusedFileError, FilingError) as error:
        raise RefusedError(error.sentence.told(patterns)) from None
    return _carry_out(outcome, folder, patterns, report, dry_run=dry_run, yes=yes)


def _find_returned(files: tuple[Path, ...]) -> Manuscript | None:
    """The workbook of orgdocs export that is to be taken back, if FILE is one; it may stand behind the word xlsx."""
    from orgdocs.importing.manuscript import UnreadableError  # noqa: PLC0415
    from orgdocs.importing.reading import read_manuscript  # noqa: PLC0415
    from orgdocs.importing.returning.lines import is_returned  # noqa: PLC0415

    if len(files) == 2 and files[0] == Path("xlsx") and not files[0].exists():
        files = files[1:]
    for path in files:
        if path.suffix.lower() in {".xlsx", ".ods"}:
            try:
                manuscript = read_manuscript(path)
            except UnreadableError:
                return None  # whoever takes over papers says what is wrong with the file
            if is_returned(manuscript):
                if len(files) > 1:
                    raise RefusedError(f"{path.name} is a workbook of orgdocs export; take it back alone")
                return manuscript
    return None


def _take_back(manuscript: Manuscript, root: Path | None, *, remove: bool, dry_run: bool, yes: bool) -> int:
    """Put what was changed in a workbook into the files; the exit code."""
    from orgdocs.cli.reorganising import carry_out  # noqa: PLC0415
    from orgdocs.importing.organising import FilingError  # noqa: PLC0415
    from orgdocs.importing.returning.applying import plan_return  # noqa: PLC0415
    from orgdocs.importing.returning.comparing import compare_workbook  # noqa: PLC0415
    from orgdocs.importing.returning.lines import ForeignError  # noqa: PLC0415
    from orgdocs.messages import load_patterns  # noqa: PLC0415
    from orgdocs.project import open_project  # noqa: PLC0415

    project = open_project(read_work_tree(locate(root)))
    patterns = load_patterns(speak(project.source))
    try:
        organisation, returned = compare_workbook(manuscript, project)
        plan = plan_return(project, organisation, returned, remove=remove)
    except ForeignError as error:
        raise RefusedError(f"{manuscript.name}: {error.sentence.told(patterns)}") from None
    except FilingError as error:
        raise RefusedError(error.sentence.told(patterns)) from None
    code = carry_out(project, plan, dry_run=dry_run, yes=yes)
    return 1 if returned.conflicts else code


def _open(root: Path | None) -> tuple[Path, Project | None]:
    """The registry to work in, or the folder in which one will begin."""
    from orgdocs.project import open_project  # noqa: PLC0415

    start = root or Path.cwd()
    try:
        folder = find_root(start)
    except RegistryNotFoundError:
        return start, None
    return folder, open_project(read_work_tree(folder))


def _carry_out(outcome: Outcome, folder: Path, patterns: Mapping[str, str], report: Path | None, *, dry_run: bool, yes: bool) -> int:
    """Show the report, ask about changes in files that are there, write the files; the exit code."""
    from orgdocs.importing.reporting import report_data, report_lines  # noqa: PLC0415

    changes = {**outcome.filing.files, **outcome.filing.extended}
    data = report_data(outcome, patterns, written=bool(changes) and not dry_run)
    for line in report_lines(data, patterns):
        click.echo(line)
    if report is not None:
        _write_report(report, data, patterns)
    for update in outcome.updates:
        chosen = _choose(update, patterns, dry_run=dry_run, yes=yes)
        if chosen:
            changes[update.path] = _apply(update, chosen, folder, changes, patterns)
            _prove_again(update, outcome, changes, folder, patterns)
    if dry_run or not changes:
        click.echo(Sentence("Nothing was written.").told(patterns))
    else:
        _write(folder, outcome, changes, patterns)
    lost = [paper for source in data["sources"] for paper in source["papers"] if not paper["coverage"] or paper["coverage"]["lost"]]
    lost += [table for source in data["sources"] for table in source["tables"] if table["cells"]["lost"]]
    return 1 if lost else 0


def _choose(update: Update, patterns: Mapping[str, str], *, dry_run: bool, yes: bool) -> list[Change]:
    """Show the changes that a newer edition asks for in a file, and ask about each."""
    from orgdocs.importing.reporting import change_lines, update_lines  # noqa: PLC0415

    for line in update_lines(update, patterns):
        click.echo(line)
    chosen: list[Change] = []
    everything = yes
    for change in update.changes:
        for line in change_lines(change, patterns):
            click.echo(line)
        if dry_run:
            continue
        if not everything:
            answer = click.prompt("  Take it over? yes, no, all, quit", type=click.Choice(_ANSWERS), show_choices=False, default="yes")
            if answer in {"q", "quit"}:
                break
            if answer in {"n", "no"}:
                continue
            everything = answer in {"a", "all"}
        chosen.append(change)
    return chosen


def _prove_again(update: Update, outcome: Outcome, changes: Mapping[str, bytes], folder: Path, patterns: Mapping[str, str]) -> None:
    """Show what of the newer edition is found again once the chosen changes are made."""
    from orgdocs.importing.reporting import proof_lines  # noqa: PLC0415
    from orgdocs.importing.taking import prove_updates  # noqa: PLC0415
    from orgdocs.project import open_project  # noqa: PLC0415

    proofs = prove_updates(outcome, changes, open_project(read_work_tree(folder)))
    for line in proof_lines(proofs[update.path], patterns) if update.path in proofs else ():
        click.echo(line)


_ANSWERS = ("y", "yes", "n", "no", "a", "all", "q", "quit")


def _apply(update: Update, chosen: list[Change], folder: Path, changes: Mapping[str, bytes], patterns: Mapping[str, str]) -> bytes:
    from orgdocs.importing.organising import FilingError  # noqa: PLC0415
    from orgdocs.importing.updating import apply_changes  # noqa: PLC0415

    try:
        return apply_changes(update.path, changes.get(update.path) or (folder / update.path).read_bytes(), chosen)
    except FilingError as error:
        raise RefusedError(error.sentence.told(patterns)) from None


def _write(folder: Path, outcome: Outcome, changes: Mapping[str, bytes], patterns: Mapping[str, str]) -> None:
    from orgdocs.building.writing import WriteError, write_files  # noqa: PLC0415

    for path in outcome.filing.files:
        target = folder / path
        if target.is_symlink() or target.exists():
            raise RefusedError(f"{path} is there already; nothing was written")
        link = next((above for above in target.relative_to(folder).parents if (folder / above).is_symlink() and above.parts), None)
        if link is not None:
            raise RefusedError(f"{link.as_posix()} is a link; the registry does not follow links; nothing was written")
    try:
        write_files(folder, changes)
    except WriteError as error:
        raise RefusedError(f"{error}; nothing was written") from None
    said = Sentence("1 file written") if len(changes) == 1 else Sentence("{count} files written", count=len(changes))
    click.echo(f"{said.told(patterns)}. {Sentence('Next: orgdocs check').told(patterns)}")


def _write_report(path: Path, data: Mapping[str, Any], patterns: Mapping[str, str]) -> None:
    from orgdocs.building.writing import WriteError, write_file  # noqa: PLC0415
    from orgdocs.importing.pages import draw_page  # noqa: PLC0415

    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n" if path.suffix.lower() == ".json" else draw_page(data, patterns)
    try:
        write_file(path, text.encode())
    except WriteError as error:
        raise RefusedError(str(error)) from None
    click.echo(f"{path} written")


def _verify(files: tuple[Path, ...]) -> int:
    """Compare papers with the old one; the exit code."""
    from orgdocs.importing.comparing import compare, passages_of  # noqa: PLC0415
    from orgdocs.importing.manuscript import UnreadableError  # noqa: PLC0415
    from orgdocs.importing.reading import read_manuscript  # noqa: PLC0415
    from orgdocs.importing.reporting import coverage_lines  # noqa: PLC0415
    from orgdocs.messages import load_patterns  # noqa: PLC0415

    if len(files) < 2:
        raise click.UsageError("--verify compares two files or more: the old paper, and what was built for it")
    patterns = load_patterns(speak(Source(Path(), {})))
    passages = []
    for path in files:
        try:
            passages.append(passages_of(read_manuscript(path)))
        except UnreadableError as error:
            raise RefusedError(f"{path.name}: {error.sentence.told(patterns)}") from None
    coverage = compare(passages[0], [passage for paper in passages[1:] for passage in paper])
    for line in coverage_lines(coverage, patterns):
        click.echo(line)
    return 1 if coverage.lost else 0
