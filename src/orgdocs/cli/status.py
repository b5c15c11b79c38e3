"""orgdocs status: where each paper stands."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from orgdocs.cli.ledgers import base_option, choose_matters, introduction_option, now, open_ledgers
from orgdocs.cli.options import locate, root_option, speak, wants_colour, width
from orgdocs.sources import read_work_tree


@click.command("status")
@click.argument("papers", nargs=-1, metavar="[PAPER]...")
@root_option
@click.option("--at", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="What was in force on a day.")
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", help="How to report.")
@introduction_option
@base_option
@click.option("--language", type=click.Choice(["en", "uk", "ru"]), help="Language of the report.")
def command(
    papers: tuple[str, ...],
    root: Path | None,
    at: datetime | None,
    form: str,
    pins: tuple[str, ...],
    base: str | None,
    language: str | None,
) -> int:
    """Show where each paper stands: draft, waiting for whom, approved and in force from when, changed since, due for review.

    PAPER is an id such as office/job-description/director, or the end of one; then all its revisions are told.
    """
    from orgdocs.messages import load_patterns  # noqa: PLC0415
    from orgdocs.problems import Sentence  # noqa: PLC0415
    from orgdocs.reporting.standings import Telling, mark_status, status_json, tell_in_force, tell_status  # noqa: PLC0415

    source = read_work_tree(locate(root))
    verification = open_ledgers(source, pins, base)
    matters = choose_matters(verification, papers)
    telling = Telling(verification, load_patterns(speak(source, language)), width() or 80, colour=wants_colour())
    day = at.date() if at is not None else now().date()
    if form == "json":
        click.echo(status_json(verification, matters, day))
    elif form == "markdown":
        click.echo(mark_status(telling, matters, day))
    elif at is not None:
        click.echo(tell_in_force(telling, matters, day))
    else:
        click.echo(tell_status(telling, matters, day, whole=bool(papers)), color=True)
    refused = sum(len(judgement.refusals) for judgement in verification.judgements.values())
    if refused:
        click.echo(telling.say(Sentence("Records that do not count: {count}; orgdocs verify tells why.", count=refused)), err=True)
    return 0
