"""orgdocs redline: the papers that change as Word files with tracked changes."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgdocs.cli.options import RefusedError, locate, root_option, speak, suggest_near
from orgdocs.cli.papers import KINDS, LANGUAGES, explain_unknown, is_meant
from orgdocs.cli.versions import name_versions, open_versions, read_versions, sign

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from orgdocs.comparing import Comparison, PaperChange
    from orgdocs.contents.content import PaperId
    from orgdocs.project import Project
    from orgdocs.redlining import Author, Pair

_WORDS = {"new": "new", "changed": "changed", "dropped": "dropped"}


@click.command("redline")
@click.argument("papers", nargs=-1, metavar="[PAPER]...")
@click.option("--from", "first", metavar="A", help="The version before; the last commit if not given. A...B tells both.")
@click.option("--to", "second", metavar="B", help="The version after; the files as they are now if not given.")
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
    "--output", metavar="DIR", type=click.Path(path_type=Path, file_okay=False), help="Where to write; else redlines in the output folder."
)
@click.option("--author", metavar="NAME", help="Whose changes they are; else the author of B.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"]), help="When they were made; else the date of B.")
def command(
    papers: tuple[str, ...], first: str | None, second: str | None, root: Path | None, kinds: tuple[str, ...],
    organisations: tuple[str, ...], languages: tuple[str, ...], output: Path | None, author: str | None, day: datetime | None,
) -> int:  # fmt: skip
    """Show what changed between the versions A and B as tracked changes in Word, one file for each paper that changes.

    Accepting all changes gives the new paper, rejecting all of them the old one. A new paper is inserted as a whole; papers that
    are dropped are named. PAPER is an id such as zhytomyr/job-description/director or the end of one. Without PAPER and
    options, all papers that change are meant.
    """
    from orgdocs.comparing import compare  # noqa: PLC0415

    started = time.monotonic()
    folder = locate(root)
    after = name_versions(folder, first, second)[1]
    projects = open_versions(*read_versions(folder, first, second))
    check_organisations(projects, organisations)
    comparison = compare(*projects, organisations=organisations)
    target = output if output is not None else folder / projects[1].registry.settings.output / "redlines"
    wanted = [paper for paper in comparison.papers if _fits(paper.paper, kinds, languages)]
    if papers:
        known = dict.fromkeys(paper for project in projects for paper in project.subjects if _fits(paper, kinds, languages))
        wanted = _choose(papers, wanted, known, lambda paper: redline_path(paper, projects), target)
    tell_notes(comparison)
    redlines = Redlines(comparison, target, sign(folder, after, author, day))
    code = redlines.write(wanted, started)
    if not (papers or kinds or languages or organisations):
        redlines.tell_earlier(wanted)
    return code


def tell_notes(comparison: Comparison) -> None:
    """Say what could not be compared, and why."""
    from orgdocs.messages import load_patterns  # noqa: PLC0415
    from orgdocs.reporting.changes import Telling  # noqa: PLC0415

    spoken = speak(comparison.after.source)
    for note in comparison.notes:
        click.echo(Telling(load_patterns(spoken), spoken).say(note), err=True)


def _fits(paper: PaperId, kinds: Sequence[str], languages: Sequence[str]) -> bool:
    return (not kinds or paper.kind in kinds) and (not languages or paper.language in languages)


def check_organisations(projects: tuple[Project, Project], organisations: Sequence[str]) -> None:
    """Refuse organisations that neither version has."""
    known = sorted({name for project in projects for name in project.registry.institutions})
    for name in organisations:
        if name not in known:
            raise RefusedError(f"there is no organisation {name}{suggest_near(name, known)}")


def _choose(
    names: Sequence[str], changed: list[PaperChange], known: Iterable[PaperId], path_of: Callable[[PaperId], str], folder: Path
) -> list[PaperChange]:
    """The papers among those that change which are named; those that are there and do not change are told."""
    known = list(known)
    chosen: dict[PaperId, PaperChange] = {}
    by_id = {change.paper: change for change in changed}
    for name in names:
        hits = [paper for paper in known if is_meant(name, paper, folder, path_of(paper))]
        if not hits:
            raise RefusedError(explain_unknown(name, known))
        found = {paper: by_id[paper] for paper in hits if paper in by_id}
        if not found:
            click.echo(f"{name} does not change")
        chosen |= found
    return list(chosen.values())


def redline_path(paper: PaperId, projects: tuple[Project, Project]) -> str:
    """Where the redline of a paper lies in its folder: as the paper itself in the output folder."""
    from orgdocs.building.building import output_path  # noqa: PLC0415

    project = next(project for project in reversed(projects) if paper.organisation in project.registry.institutions)
    return output_path(paper, project.registry.institutions[paper.organisation].organisation.language)


class Redlines:
    """The redlines of a comparison, written into a folder."""

    def __init__(self, comparison: Comparison, folder: Path, author: Author) -> None:
        self.comparison = comparison
        self.projects = (comparison.before, comparison.after)
        self.folder = folder
        self.author = author

    def write(self, papers: Sequence[PaperChange], started: float) -> int:
        """Draw and write the redlines of papers, with a line for each and one for all; the exit code."""
        written, failed, dropped = 0, 0, 0
        for paper, outcome in self.draw(papers):
            path = redline_path(paper.paper, self.projects)
            if isinstance(outcome, str):
                dropped, failed = dropped + (not outcome), failed + bool(outcome)
                click.echo(f"{path}: {outcome}" if outcome else f"dropped  {path}")
            else:
                written += 1
                click.echo(f"{_WORDS[paper.state]:<8} {path}")
        counts = [f"{written} redline{'' if written == 1 else 's'} in {shorten(self.folder)}"] if written else ["no redlines"]
        counts += [f"{dropped} dropped"] if dropped else []
        counts += [f"{failed} failed"] if failed else []
        click.echo(f"{', '.join(counts)}, in {time.monotonic() - started:.1f} s")
        return 1 if failed else 0

    def tell_earlier(self, papers: Sequence[PaperChange]) -> None:
        """Name the redlines that lie there from an earlier run and show nothing that is meant now."""
        now = {self.folder / redline_path(paper.paper, self.projects) for paper in papers if paper.state != "dropped"}
        for path in sorted(set(self.folder.rglob("*.docx")) - now):
            click.echo(f"{shorten(path)} is left from an earlier run", err=True)

    def draw(self, papers: Sequence[PaperChange]) -> Iterator[tuple[PaperChange, bytes | str]]:
        """Write the redline of each paper; what came out, or the sentence that says why there is none, empty for dropped ones."""
        from orgdocs.building.writing import WriteError, write_file  # noqa: PLC0415
        from orgdocs.redlining import UnprovenError, draw_redlines  # noqa: PLC0415

        pairs, faults = self._print(papers)
        drawn = draw_redlines(list(pairs.values()), self.author)
        for paper in papers:
            outcome: bytes | UnprovenError | str = next(drawn) if paper.paper in pairs else faults.get(paper.paper, "")
            if isinstance(outcome, bytes):
                try:
                    write_file(self.folder / redline_path(paper.paper, self.projects), outcome)
                except WriteError as error:
                    outcome = str(error)
            yield paper, f"no redline: {outcome}" if isinstance(outcome, UnprovenError) else outcome

    def _print(self, papers: Sequence[PaperChange]) -> tuple[dict[PaperId, Pair], dict[PaperId, str]]:
        """Both versions of each paper as Word files, and for those that cannot be printed why."""
        from orgdocs.building.printing import Printer  # noqa: PLC0415
        from orgdocs.redlining import Pair  # noqa: PLC0415
        from orgdocs.rendering.expressions import TemplateFault  # noqa: PLC0415

        before, after = self.projects
        old, new = Printer(before), Printer(after)
        pairs: dict[PaperId, Pair] = {}
        faults: dict[PaperId, str] = {}
        for change in papers:
            if change.state == "dropped":
                continue
            former = before.contents.get(change.formerly or change.paper) if change.state == "changed" else None
            try:
                pairs[change.paper] = Pair(None if former is None else old.print(former), new.print(after.contents[change.paper]))
            except TemplateFault as fault:
                faults[change.paper] = str(fault)
        return pairs, faults


def shorten(folder: Path) -> str:
    """A folder as it is named from here."""
    try:
        return folder.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except ValueError:
        return str(folder)
