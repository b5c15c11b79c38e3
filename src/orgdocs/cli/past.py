"""orgdocs build --at: the papers that were approved and in force on a day, printed from the revisions in which they were approved."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgdocs.cli.ledgers import call, choose_matters, open_ledgers

if TYPE_CHECKING:
    from datetime import date

    from orgdocs.approvals.history import Found
    from orgdocs.approvals.standing import Version
    from orgdocs.building.building import Build
    from orgdocs.contents.content import PaperId
    from orgdocs.sources import Source


def build_past(source: Source, folder: Path, day: date, named: tuple[str, ...], filters: tuple[tuple[str, ...], ...]) -> int:
    """Print the papers that were in force on a day into a folder; the exit code."""
    from orgdocs.building.building import Outcome  # noqa: PLC0415
    from orgdocs.building.locking import lock_folder  # noqa: PLC0415
    from orgdocs.building.writing import WriteError  # noqa: PLC0415

    started = time.monotonic()
    verification = open_ledgers(source)
    chosen: dict[str, dict[PaperId, tuple[Found, Version]]] = {}
    missing = 0
    for matter in choose_matters(verification, named):
        version = verification.standings[matter].in_force(day)
        if version is None or matter.kind == "authority":
            continue
        found = verification.history.find(matter, version)
        if found is None or found.bound.paper is None:
            click.echo(f"{call(matter)}: revision {version.revision} was in force, and its text is not in the history of git")
            missing += 1
            continue
        paper = found.bound.paper
        wanted = zip((paper.kind, paper.organisation, paper.language), filters, strict=True)
        if all(not values or value in values for value, values in wanted):
            chosen.setdefault(found.revision, {})[paper] = (found, version)
    counts = dict.fromkeys(Outcome, 0)
    try:
        with lock_folder(folder, lambda holder: click.echo(f"waiting for another build ({holder})", err=True)):
            for papers in chosen.values():
                account = _print(papers, folder)
                for path, sentence in sorted(account.sentences.items()):
                    click.echo(f"{path}: {sentence}")
                for outcome in account.outcomes.values():
                    counts[outcome] += 1
    except WriteError as error:
        click.echo(str(error), err=True)
        return 1
    words = ", ".join(f"{count} {outcome}" for outcome, count in counts.items() if count)
    click.echo(f"{words or 'no papers'}, as in force on {day.isoformat()}, in {time.monotonic() - started:.1f} s")
    return 1 if missing or counts[Outcome.FAILED] or counts[Outcome.EDITED] else 0


def _print(papers: dict[PaperId, tuple[Found, Version]], folder: Path) -> Build:
    """Print papers that were found in one revision, each with the marks of its approval."""
    from orgdocs.approvals.marking import mark_version  # noqa: PLC0415
    from orgdocs.building.building import Options, build  # noqa: PLC0415

    project = next(iter(papers.values()))[0].project
    contents = {paper: project.contents[paper] for paper in papers}
    return build(
        project, folder, contents, Options(), complete=False, marks=lambda content: mark_version(content, papers[content.paper][1])
    )
