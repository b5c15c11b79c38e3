"""orgdocs reject: a decision against papers as they are now."""

from __future__ import annotations

from pathlib import Path

import click

from orgdocs.cli.deciding import Deciding, deciding_options
from orgdocs.cli.options import RefusedError


@click.command("reject")
@deciding_options
@click.option("--reason", required=True, metavar="TEXT", help="What is wrong with it.")
def command(
    papers: tuple[str, ...],
    root: Path | None,
    person: str | None,
    position: str | None,
    key: Path | None,
    yes: bool,
    language: str | None,
    reason: str,
) -> int:
    """Reject papers as they are now. A rejection stands in the way of approval until the paper is changed, or it is withdrawn.

    Whoever approves a paper or agrees to it may reject it.
    """
    from orgdocs.approvals.records import Decision  # noqa: PLC0415

    if not reason.strip():
        raise RefusedError("say why: --reason")
    wish = {"decision": Decision.REJECT, "person": person, "position": position, "reason": reason}
    return Deciding(root, language).decide(papers, wish, key=key, yes=yes)
