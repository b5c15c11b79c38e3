"""orgdocs packet: what a director reads before approving changes, with the redlines beside it."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgdocs.cli.options import RefusedError, locate, root_option
from orgdocs.cli.redline import Redlines, check_organisations, redline_path, shorten, tell_notes
from orgdocs.cli.versions import name_versions, open_versions, read_versions, sign

if TYPE_CHECKING:
    from datetime import datetime

    from orgdocs.comparing import Comparison
    from orgdocs.contents.content import Content, PaperId
    from orgdocs.packets.packing import Version
    from orgdocs.project import Project
    from orgdocs.redlining import Author

_REDLINES = "redlines"


@click.command("packet")
@click.argument("first", metavar="[A]", required=False)
@click.argument("second", metavar="[B]", required=False)
@root_option
@click.option("--organisation", "organisations", metavar="ID", multiple=True, help="Only this organisation; may be given several times.")
@click.option(
    "--output", metavar="DIR", type=click.Path(path_type=Path, file_okay=False), help="Where to write; else packet in the output folder."
)
@click.option("--effective", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="From when the changes hold; else a line to fill in.")
@click.option("--pdf", is_flag=True, help="Also a PDF copy, by LibreOffice.")
@click.option("--no-redlines", is_flag=True, help="Only the packet itself.")
@click.option("--author", metavar="NAME", help="Whose changes the redlines show; else the author of B.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"]), help="When they were made; else the date of B.")
def command(
    first: str | None, second: str | None, root: Path | None, organisations: tuple[str, ...], output: Path | None,
    effective: datetime | None, pdf: bool, no_redlines: bool, author: str | None, day: datetime | None,
) -> int:  # fmt: skip
    """Put together what a director reads before approving the changes between the versions A and B.

    One Word file for each organisation that changes, in its language: the changes in words, posts and payroll before and after,
    current and proposed wording side by side, the papers that change with those who approve them, and drafts of the acts that
    put the changes into force. Beside it lie the papers with tracked changes. A and B are told as for orgdocs diff.
    """
    from orgdocs.comparing import compare  # noqa: PLC0415

    started = time.monotonic()
    folder = locate(root)
    if pdf:
        _need_office()
    before, after = name_versions(folder, first, second)
    projects = open_versions(*read_versions(folder, first, second))
    check_organisations(projects, organisations)
    comparison = compare(*projects, organisations=organisations)
    tell_notes(comparison)
    target = output if output is not None else folder / projects[1].registry.settings.output / "packet"
    run = _Run(
        comparison,
        target,
        sign(folder, after, author, day),
        (_read_version(folder, before), None if after is None else _read_version(folder, after)),
    )
    return run.write(effective, started, redlines=not no_redlines, pdf=pdf)


def _need_office() -> None:
    from orgdocs.building.copies import NoOfficeError, find_office  # noqa: PLC0415

    try:
        find_office()
    except NoOfficeError as error:
        raise RefusedError(str(error)) from None


def _read_version(folder: Path, name: str) -> Version:
    """What a packet says of a revision. HEAD and hashes are no names that people use."""
    from orgdocs.packets.packing import Version  # noqa: PLC0415
    from orgdocs.revisions import read_commit  # noqa: PLC0415

    commit = read_commit(folder, name)
    is_name = not name.startswith("HEAD") and not commit.hash.startswith(name)
    return Version(name if is_name else "", commit.hash, date.fromisoformat(commit.time[:10]))


class _Run:
    """One run of the command on a comparison."""

    def __init__(self, comparison: Comparison, folder: Path, author: Author, versions: tuple[Version, Version | None]) -> None:
        self.comparison = comparison
        self.projects: tuple[Project, Project] = (comparison.before, comparison.after)
        self.folder = folder
        self.author = author
        self.versions = versions

    def write(self, effective: datetime | None, started: float, *, redlines: bool, pdf: bool) -> int:
        """Write the packets and what lies beside them; the exit code."""
        from orgdocs.building.copies import copy_to_pdf  # noqa: PLC0415
        from orgdocs.building.writing import WriteError, write_file  # noqa: PLC0415
        from orgdocs.packets.packing import organisations_that_change  # noqa: PLC0415

        drawn, failed = self._draw_redlines() if redlines else ({}, 0)
        written: list[Path] = []
        for organisation in organisations_that_change(self.comparison):
            packet = self._print(organisation, effective, drawn)
            if packet is None:
                continue
            path = self.folder / f"{organisation}.docx"
            try:
                write_file(path, packet)
            except WriteError as error:
                click.echo(str(error), err=True)
                return 1
            written.append(path)
            click.echo(shorten(path))
        if not written:
            click.echo("nothing has changed")
            return 0
        lost = copy_to_pdf(written) if pdf else []
        for path in lost:
            click.echo(f"{path}: LibreOffice made no PDF of it", err=True)
        count = f"{len(written)} packet{'' if len(written) == 1 else 's'}"
        beside = f" with {len(drawn)} redline{'' if len(drawn) == 1 else 's'}" if redlines else ""
        click.echo(f"{count}{beside}, in {time.monotonic() - started:.1f} s")
        return 1 if failed or lost else 0

    def _draw_redlines(self) -> tuple[dict[PaperId, str], int]:
        """Write the redlines; the path of each, and how many could not be made."""
        redlines = Redlines(self.comparison, self.folder / _REDLINES, self.author)
        drawn: dict[PaperId, str] = {}
        failed = 0
        for change, outcome in redlines.draw(self.comparison.papers):
            path = redline_path(change.paper, self.projects)
            if isinstance(outcome, bytes):
                drawn[change.paper] = f"{_REDLINES}/{path}"
            elif outcome:
                failed += 1
                click.echo(f"{path}: {outcome}", err=True)
        return drawn, failed

    def _print(self, organisation: str, effective: datetime | None, redlines: dict[PaperId, str]) -> bytes | None:
        """The packet of one organisation as a Word file, in which every text was found again; None if nothing changes there."""
        from orgdocs.building.printing import Printer  # noqa: PLC0415
        from orgdocs.contents.wording import WordingError  # noqa: PLC0415
        from orgdocs.packets.packing import pack  # noqa: PLC0415
        from orgdocs.rendering.expressions import TemplateFault  # noqa: PLC0415
        from orgdocs.rendering.papers import missing_texts  # noqa: PLC0415

        try:
            content: Content | None = pack(self.comparison, organisation, self.versions, effective=effective, redlines=redlines)
            if content is None:
                return None
            printed = Printer(self.comparison.after).print(content)
        except (WordingError, TemplateFault) as error:
            raise RefusedError(f"the packet of {organisation} cannot be printed: {error}") from None
        if missing := missing_texts(printed, content):
            raise RefusedError(f"the template of the packet does not print everything: “{missing[0][:80]}” is not in it")
        return printed
