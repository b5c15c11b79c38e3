"""What rename and move have in common: showing what changes, asking, writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from orgdocs.cli.options import RefusedError, draw_diff, speak, wants_colour, width
from orgdocs.problems import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgdocs.editing.reorganising import Reorganisation
    from orgdocs.project import Project

WHATS = ("post", "unit", "body", "act", "clauses")


def carry_out(project: Project, plan: Reorganisation, *, dry_run: bool, yes: bool) -> int:
    """Show a reorganisation, ask, and write it; the exit code."""
    from orgdocs.building.writing import WriteError, write_files  # noqa: PLC0415
    from orgdocs.messages import load_patterns  # noqa: PLC0415

    patterns = load_patterns(speak(project.source))
    if not plan.changed and not plan.removed:
        _tell_notes(plan, patterns)
        click.echo(Sentence("Nothing changes.").told(patterns))
        return 0
    files = project.source.files
    for path, content in sorted(plan.changed.items()):
        before = plan.moved.get(path, path)
        if before != path:
            click.echo(f"{before} -> {path}")
        click.echo(draw_diff(files.get(before, b""), content, before, path), nl=False, color=True)
    for path in plan.removed:
        click.echo(Sentence("{path} is removed", path=path).told(patterns))
    _tell(project, plan, patterns)
    count = len(plan.changed) + len(plan.removed)
    said = (Sentence("1 file changes") if count == 1 else Sentence("{count} files change", count=count)).told(patterns)
    if dry_run:
        click.echo(f"{said}; {Sentence('nothing was written').told(patterns)}.")
        return 0
    if not yes and not click.confirm(f"{said}. {Sentence('Write them?').told(patterns)}", default=False):
        click.echo(Sentence("Nothing was written.").told(patterns))
        return 0
    try:
        write_files(project.source.root, plan.changed, (*plan.moved.values(), *plan.removed))
    except WriteError as error:
        raise RefusedError(f"{error}; nothing was changed") from None
    click.echo((Sentence("1 file written") if count == 1 else Sentence("{count} files written", count=count)).told(patterns))
    return 0


def _tell_notes(plan: Reorganisation, patterns: Mapping[str, str]) -> str:
    """The notes of a plan; the word that stands before them."""
    word = Sentence("note").told(patterns)
    for note in plan.notes:
        click.echo(f"{word}: {note.told(patterns)}")
    return word


def _tell(project: Project, plan: Reorganisation, patterns: Mapping[str, str]) -> None:
    """What the person should know before saying yes."""
    from orgdocs.editing.reorganising import look_ahead  # noqa: PLC0415

    outlook = look_ahead(project, plan)
    word = _tell_notes(plan, patterns)
    for place in outlook.left:
        span = project.documents[place.path].span(place) if place.path in project.documents else None
        where = f"{place.path}:{span.line}" if span else place.path
        sentence = Sentence("the old id stands here as well; it was left, since it may mean something else")
        click.echo(f"{word}: {where}: {sentence.told(patterns)}")
    if outlook.problems:
        from orgdocs.reporting.telling import tell  # noqa: PLC0415
        from orgdocs.reporting.text import report_text  # noqa: PLC0415

        click.echo(Sentence("Afterwards check will find:").told(patterns))
        texts = {path: content.decode("utf-8") for path, content in plan.changed.items()}
        told = tell(outlook.problems, patterns)
        report = report_text(told, {**project.texts, **texts}, colour=wants_colour(), width=width(), patterns=patterns)
        click.echo(report, color=True)
