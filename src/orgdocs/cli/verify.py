"""orgdocs verify: what is wrong with approvals, for CI and for everybody who relies on them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from orgdocs import caching
from orgdocs.cli.ledgers import base_option, check_history, find_pins, introduction_option, now, open_ledgers
from orgdocs.cli.options import RefusedError, locate, root_option, speak, wants_colour, width
from orgdocs.sources import read_work_tree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgdocs.approvals.verifying import Verification
    from orgdocs.problems import Problem, Sentence
    from orgdocs.sources import Source

_FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit")
_KEPT = {"report", "summary", "problems"}


@click.command("verify")
@root_option
@introduction_option
@base_option
@click.option("--complete", is_flag=True, help="Every paper has to be approved.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", help="How to report.")
@click.option("--language", type=click.Choice(["en", "uk", "ru"]), help="Language of the report.")
@click.option("--no-cache", is_flag=True, help="Verify anew even if nothing has changed.")
def command(
    root: Path | None, pins: tuple[str, ...], base: str | None, complete: bool, form: str, language: str | None, no_cache: bool
) -> int:
    """Check the approvals: every record and signature, who may decide, and that approved papers still read as approved.

    Exit code 1 if a record does not count, a paper has changed since it was approved, or one is rejected. Nothing is asked of
    the network. An approval is internal control, and no qualified electronic signature.
    """
    from orgdocs.approvals.ledger import read_ledgers  # noqa: PLC0415

    folder = locate(root)
    check_history(folder)
    source = read_work_tree(folder)
    spoken = speak(source, language)
    asked = (find_pins(folder, pins), base, complete, form, spoken, wants_colour(), width())
    request = repr((*asked, now().date(), _commits(folder, source, base)))
    key = caching.digest_files(source.files, source.templates, read_ledgers(folder), {"verify": request.encode("utf-8", "surrogateescape")})
    kept: Any = None if no_cache else caching.load(key)
    if not isinstance(kept, dict) or kept.keys() != _KEPT:
        kept = _verify(open_ledgers(source, pins, base), form, spoken, complete=complete)
        if not no_cache:
            caching.store(key, kept)
    if kept["report"]:
        click.echo(kept["report"], color=True)
    if kept["summary"]:
        click.echo(kept["summary"], err=form != "text", color=True)
    return 1 if kept["problems"] else 0


def _commits(root: Path, source: Source, base: str | None) -> tuple[str, ...]:
    """The commits on which the outcome depends besides the files: where the history ends, and the base."""
    from orgdocs.documents import read_document  # noqa: PLC0415
    from orgdocs.revisions import RevisionError, resolve_revision  # noqa: PLC0415
    from orgdocs.sources import MARKER  # noqa: PLC0415

    settings: Any = read_document(MARKER, source.files.get(MARKER, b"")).data
    of_registry = settings.get("approvals") if isinstance(settings, dict) else None
    named = base or (of_registry.get("base") if isinstance(of_registry, dict) else None)
    commits = []
    for revision in ("HEAD", *([named] if isinstance(named, str) else [])):
        try:
            commits.append(resolve_revision(root, revision))
        except RevisionError as error:
            if revision == base:
                raise RefusedError(f"the base of the approvals: {error}") from None
            commits.append("")
    return tuple(commits)


def _verify(verification: Verification, form: str, spoken: str, *, complete: bool) -> dict[str, Any]:
    from orgdocs.approvals.verifying import find_problems  # noqa: PLC0415
    from orgdocs.messages import load_patterns  # noqa: PLC0415
    from orgdocs.reporting.telling import tell  # noqa: PLC0415

    patterns = load_patterns(spoken)
    problems = find_problems(verification, complete=complete)
    told = tell(problems, patterns)
    lines = [sentence.told(patterns) for sentence in _sum_up(verification, len(problems))]
    report = _report(verification, told, form, patterns)
    summary = "\n".join(lines)
    if form == "text" and wants_colour():
        summary = click.style(summary, fg="red" if problems else "green")
    return {"report": report, "summary": "" if form in {"json", "gitlab", "sarif", "junit"} else summary, "problems": len(problems)}


def _sum_up(verification: Verification, problems: int) -> list[Sentence]:
    """How many records count and papers are approved, and what trust begins with where nobody has said that elsewhere."""
    from orgdocs.approvals.records import AUTHORITY  # noqa: PLC0415
    from orgdocs.approvals.standing import State  # noqa: PLC0415
    from orgdocs.problems import Sentence  # noqa: PLC0415
    from orgdocs.rendering.marks import group_digest  # noqa: PLC0415

    sentences = []
    for organisation, judgement in verification.judgements.items():
        if judgement.introduction and not judgement.pinned:
            digest = group_digest(judgement.introduction, 24)
            sentence = Sentence(
                "{organisation}: nobody has confirmed the introduction {digest}; if it is the right one: git config --add {setting}",
                organisation=organisation,
                digest=digest,
                setting=f"orgdocs.introduction {judgement.introduction[:24]}",
            )
            sentences.append(sentence)
    papers = [each for each in verification.standings.values() if each.bound is not None and each.matter.kind != AUTHORITY]
    approved = sum(standing.state is State.APPROVED for standing in papers)
    records = sum(len(judgement.accepted) for judgement in verification.judgements.values())
    values: dict[str, int] = {"records": records, "approved": approved, "papers": len(papers), "problems": problems}
    sentences.append(Sentence("records: {records}; papers approved: {approved} of {papers}; problems: {problems}", **values))
    return sentences


def _report(verification: Verification, told: Sequence[Problem], form: str, patterns: Mapping[str, str]) -> str:
    project = verification.project
    if form == "json":
        from orgdocs.reporting.machines import report_json  # noqa: PLC0415

        return report_json(told, project.files)
    if form == "github":
        from orgdocs.reporting.machines import report_github  # noqa: PLC0415

        return report_github(told)
    if form == "gitlab":
        from orgdocs.reporting.gitlab import report_gitlab  # noqa: PLC0415

        return report_gitlab(told)
    if form == "sarif":
        from orgdocs.reporting.sarif import report_sarif  # noqa: PLC0415

        return report_sarif(told)
    if form == "junit":
        from orgdocs.reporting.junit import report_junit  # noqa: PLC0415

        return report_junit(told, project.source.files)
    from orgdocs.reporting.text import report_text  # noqa: PLC0415

    return report_text(told, project.texts, colour=wants_colour(), width=width(), patterns=patterns)
