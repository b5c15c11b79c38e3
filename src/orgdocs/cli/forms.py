"""orgdocs forms: the case forms of titles and names that papers need: shown, proposed, written, confirmed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from orgdocs.cli.options import RefusedError, locate, root_option, speak, suggest_near, wants_colour
from orgdocs.sources import Source, read_work_tree

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orgdocs.declensions import Declension
    from orgdocs.project import Project


@click.command("forms")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@root_option
@click.option("--organisation", metavar="ID", help="Only this organisation.")
@click.option("--all", "everything", is_flag=True, help="Also names whose forms are all there.")
@click.option("--write", is_flag=True, help="Write missing forms as they are proposed, marked so that somebody looks at them.")
@click.option("--confirm", is_flag=True, help="Take the marks away from the names with these IDs.")
@click.option("--check", is_flag=True, help="Exit code 1 if a form is missing, or doubtful and not confirmed.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="For people or for machines.")
def command(
    ids: tuple[str, ...], root: Path | None, organisation: str | None, everything: bool, write: bool, confirm: bool, check: bool, form: str
) -> int:  # fmt: skip
    """Show the forms of titles and names that papers need: what is missing, what is proposed, what is doubtful.

    With an ID, only those of that post, unit, body or act. Forms are proposed by the dictionaries of the extra
    orgdocs[forms]. --write stores them with the comment "proposed" beside them, or "doubtful" and the reason; a doubtful form
    is an error until a person has taken the comment away.
    """
    if ((write or confirm) and check) or (write and confirm):
        raise RefusedError("--write, --confirm and --check exclude each other")
    if confirm and not ids:
        raise RefusedError("--confirm needs the ids of what was looked at: orgdocs forms --confirm ID…")
    from orgdocs.messages import load_patterns  # noqa: PLC0415
    from orgdocs.project import open_project  # noqa: PLC0415

    source = read_work_tree(locate(root))
    project = open_project(source)
    found = _find(project, organisation, ids)
    language = speak(source)
    patterns = load_patterns(language)
    if write:
        return _write(project, found, patterns, language)
    if confirm:
        return _confirm(project, found)
    shown = found if everything or ids else [declension for declension in found if declension.wants_a_look]
    _show(found, shown, patterns, form)
    return 1 if check and any(declension.is_open for declension in found) else 0


def _find(project: Project, organisation: str | None, ids: tuple[str, ...]) -> list[Declension]:
    from orgdocs.declensions import find_declensions  # noqa: PLC0415

    known = list(project.registry.institutions)
    if organisation is not None and organisation not in known:
        raise RefusedError(f"there is no organisation {organisation}{suggest_near(organisation, known)}")
    found = [declension for key in known if organisation in {None, key} for declension in find_declensions(project, key)]
    if not ids:
        return found
    by_id: dict[str, list[Declension]] = {}
    for declension in found:
        by_id.setdefault(_id_of(declension), []).append(declension)
    for wanted in ids:
        if wanted not in by_id:
            raise RefusedError(f"no paper needs case forms of {wanted}{suggest_near(wanted, list(by_id))}")
    return [declension for wanted in dict.fromkeys(ids) for declension in by_id[wanted]]


def _id_of(declension: Declension) -> str:
    """The id of the post, unit, body or act that a name belongs to."""
    route, parts = declension.place.route, declension.place.path.split("/")
    if route[0] in {"bodies", "acts"}:
        return str(route[1])
    return parts[1] if parts[-1] == "organisation.yaml" else parts[-1].removesuffix(".yaml")


def _show(found: Sequence[Declension], shown: Sequence[Declension], patterns: Mapping[str, str], form: str) -> None:
    from orgdocs.reporting.forms import report_forms, report_forms_json, sum_up_forms  # noqa: PLC0415

    if form == "json":
        click.echo(report_forms_json(shown))
        return
    if shown:
        click.echo(report_forms(shown, patterns, colour=wants_colour()), color=True)
    click.echo(sum_up_forms(found, patterns))
    _tell_unavailable(found)


def _tell_unavailable(found: Sequence[Declension]) -> None:
    """Say where the proposals would come from, if there is none for want of a dictionary."""
    from orgdocs.contents.view import PROPOSABLE  # noqa: PLC0415

    wanting = sorted({item.language for item in found if item.is_open and item.proposal is None and item.language in PROPOSABLE})
    if wanting:
        click.echo(f"To have forms proposed ({', '.join(wanting)}), install the dictionaries: pip install 'orgdocs[forms]'", err=True)


def _write(project: Project, found: Sequence[Declension], patterns: Mapping[str, str], language: str) -> int:
    from orgdocs.editing.declining import write_forms  # noqa: PLC0415
    from orgdocs.reporting.forms import report_forms  # noqa: PLC0415

    changed, unwritten = write_forms(project, found, patterns, language)
    _put(project.source, changed)
    for sentence in unwritten:
        click.echo(sentence, err=True)
    written = [
        item for item in found if item.place.path in changed and any(form.state == "missing" and form.proposed for form in item.forms)
    ]
    if written:
        click.echo(report_forms(written, patterns, colour=wants_colour()), color=True)
    doubtful = sum(not item.proposal.is_sure for item in written if item.proposal)
    names, files = len(written), len(changed)
    said = f"Forms of {names} {'name' if names == 1 else 'names'} written to {files} {'file' if files == 1 else 'files'}"
    click.echo(f"{said}; {doubtful} of them doubtful." if doubtful else f"{said}.")
    if doubtful:
        click.echo("Look at these, then take the comment away: orgdocs forms --confirm ID")
    _tell_unavailable(found)
    return 1 if unwritten else 0


def _confirm(project: Project, found: Sequence[Declension]) -> int:
    from orgdocs.editing.declining import confirm_forms  # noqa: PLC0415

    changed = confirm_forms(project, found)
    _put(project.source, changed)
    for path in changed:
        click.echo(f"{path}: confirmed")
    if not changed:
        click.echo("Nothing was to be confirmed.")
    return 0


def _put(source: Source, changed: Mapping[str, bytes]) -> None:
    from orgdocs.building.writing import WriteError, write_files  # noqa: PLC0415

    try:
        write_files(source.root, changed)
    except WriteError as error:
        raise RefusedError(f"{error}; nothing was changed") from None
