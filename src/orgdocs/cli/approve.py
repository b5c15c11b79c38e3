"""orgdocs approve: approval of papers as they are now, or agreement to them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from orgdocs.cli.deciding import Deciding, deciding_options

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("approve")
@deciding_options
@click.option("--number", default="", metavar="TEXT", help="Number of the act by which it is approved.")
@click.option("--date", "act_date", type=_DAY, metavar="DAY", help="Day of the act, year-month-day.")
@click.option("--effective", type=_DAY, metavar="DAY", help="From when it is in force; else the day of the act, or today.")
@click.option("--prepared-by", multiple=True, metavar="PERSON", help="Who prepared it, where four eyes are asked for.")
@click.option(
    "--attach",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A scan or a signed container to keep beside the record. orgdocs does not verify it.",
)
def command(
    papers: tuple[str, ...],
    root: Path | None,
    person: str | None,
    position: str | None,
    key: Path | None,
    yes: bool,
    language: str | None,
    number: str,
    act_date: datetime | None,
    effective: datetime | None,
    prepared_by: tuple[str, ...],
    attach: tuple[Path, ...],
) -> int:
    """Approve papers exactly as they are now, or agree to them, where that is what you are asked for.

    PAPER is an id such as office/job-description/director, the end of one, or office/authority for who may approve. What you
    sign is shown first. The registrar gives --number and --date of the act by which a body outside has approved.

    The signature is internal control, and no qualified electronic signature.
    """
    from orgdocs.approvals.records import Decision  # noqa: PLC0415

    wish = {
        "decision": Decision.APPROVE,
        "person": person,
        "position": position,
        "number": number,
        "act_date": act_date.date() if act_date else None,
        "effective": effective.date() if effective else None,
        "prepared_by": prepared_by,
    }
    return Deciding(root, language).decide(papers, wish, key=key, yes=yes, attach=attach)
