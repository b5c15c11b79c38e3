"""orgdocs withdraw: a decision taken back."""

from __future__ import annotations

from pathlib import Path

import click

from orgdocs.cli.deciding import Deciding, deciding_options
from orgdocs.cli.options import RefusedError


@click.command("withdraw")
@deciding_options
@click.option("--reason", required=True, metavar="TEXT", help="Why.")
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
    """Take back what you, or another holder of your post, decided: an approval, an agreement or a rejection.

    The record of it stays in the ledger.
    """
    from orgdocs.approvals.records import Decision  # noqa: PLC0415

    if not reason.strip():
        raise RefusedError("say why: --reason")
    wish = {"decision": Decision.WITHDRAW, "person": person, "position": position, "reason": reason}
    return Deciding(root, language).decide(papers, wish, key=key, yes=yes)
