"""What the commands about approvals have in common: the registry opened with its ledgers, the day, and the papers that are meant."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgdocs.cli.options import RefusedError, suggest_near

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from orgdocs.approvals.records import Matter
    from orgdocs.approvals.verifying import Verification
    from orgdocs.sources import Source

introduction_option: Callable[..., click.Command] = click.option(
    "--introduction",
    "pins",
    multiple=True,
    metavar="DIGEST",
    envvar="ORGDOCS_INTRODUCTION",
    help="Digest of the introduction that counts, or its beginning; else what git config orgdocs.introduction says.",
)
base_option: Callable[..., click.Command] = click.option(
    "--base", metavar="REVISION", help="The revision whose ledgers nothing may be missing from; else what the registry says."
)
_SHORTEST_PIN = 16


def now() -> datetime:
    """The time: that of SOURCE_DATE_EPOCH where it is set, as for builds."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)


def open_ledgers(source: Source, pins: Sequence[str] = (), base: str | None = None) -> Verification:
    """The registry with its ledgers, judged.

    Raises:
        RefusedError: there is no such base, the history is cut off, or a digest is too short to mean one introduction.
    """
    from orgdocs.approvals.verifying import verify_project  # noqa: PLC0415
    from orgdocs.project import open_project  # noqa: PLC0415
    from orgdocs.revisions import RevisionError  # noqa: PLC0415

    check_history(source.root)
    project = open_project(source)
    base = base or project.registry.settings.approvals_base
    try:
        return verify_project(project, today=now().date(), pins=find_pins(source.root, pins), base=base)
    except RevisionError as error:
        hint = "; fetch it, or name another one with --base"
        raise RefusedError(f"the base of the approvals: {error}{hint}") from None


def check_history(root: Path) -> None:
    """Refuse a clone whose history is cut off: what was approved might lie in the part that is missing."""
    from orgdocs.revisions import RevisionError, is_shallow  # noqa: PLC0415

    try:
        shallow = is_shallow(root)
    except RevisionError:
        return  # no repository: there is nothing that could be missing
    if shallow:
        raise RefusedError("this clone lacks the older history (it is shallow); run git fetch --unshallow, or set fetch-depth: 0 in CI")


def find_pins(root: Path, given: Sequence[str]) -> tuple[str, ...]:
    """The digests of introductions that are known from elsewhere: those given, or those that git was told to remember."""
    from orgdocs.revisions import read_setting  # noqa: PLC0415

    pins = tuple(pin.replace(" ", "").lower() for pin in given) or tuple(read_setting(root, "orgdocs.introduction"))
    for pin in pins:
        if len(pin) < _SHORTEST_PIN or any(letter not in "0123456789abcdef" for letter in pin):
            raise RefusedError(f"{pin} is no digest of an introduction: give at least {_SHORTEST_PIN} of its digits and letters")
    return pins


def call(matter: Matter) -> str:
    """A paper, or the authority, as it is named on the command line."""
    return f"{matter.organisation}/{matter.kind}" if matter.kind == "authority" else str(matter)


def choose_matters(verification: Verification, named: Collection[str]) -> list[Matter]:
    """The papers that are meant: by id, by the end of it, or ``authority``; all of them where none is named.

    Raises:
        RefusedError: there is no such paper, or no organisation keeps a ledger.
    """
    known = list(verification.standings)
    if not known:
        raise RefusedError("no organisation has a people.yaml yet, so that nobody can approve; see docs/approvals.md")
    if not named:
        return known
    chosen: dict[Matter, None] = {}
    for name in named:
        hits = [matter for matter in known if f"/{call(matter)}".endswith(f"/{name}")]
        if not hits:
            of_kind = [call(matter) for matter in known if matter.kind == name]
            if of_kind:
                raise RefusedError(f"{name} is a kind of papers; say which one: {', '.join(of_kind)}")
            ends = [call(matter) if "/" in name else call(matter).rsplit("/", 1)[-1] for matter in known]
            ends = list(dict.fromkeys(ends))
            raise RefusedError(f"there is no paper {name}{suggest_near(name, ends)}")
        chosen.update(dict.fromkeys(hits))
    return list(chosen)
