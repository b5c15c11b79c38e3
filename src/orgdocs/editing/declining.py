"""Case forms written into files: proposed ones with a mark beside them, and marks taken away once somebody has looked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from orgdocs.editing.patching import Patch, PatchError
from orgdocs.emitting import Noted, Value
from orgdocs.language import CASES
from orgdocs.rules.confirmations import COMMENT, DOUBTFUL, PROPOSED, find_marks

if TYPE_CHECKING:
    from orgdocs.declensions import Declension, Form
    from orgdocs.language.inflecting import Proposal
    from orgdocs.project import Project


def write_forms(
    project: Project, declensions: Iterable[Declension], patterns: Mapping[str, str], told_in: str
) -> tuple[dict[str, bytes], list[str]]:
    """The files with the missing forms in them, each marked as proposed or doubtful, and what could not be written.

    ``patterns`` and ``told_in`` say the language of the comments.
    """
    patches: dict[str, Patch] = {}
    unwritten: list[str] = []
    for declension in declensions:
        proposal = declension.proposal
        missing = [form for form in declension.forms if form.state == "missing" and form.proposed]
        if proposal is None or not missing:
            continue
        path = declension.place.path
        try:
            patch = patches.get(path) or Patch(path, project.source.files[path])
            _write(patch, declension, missing, mark_proposal(proposal, patterns, told_in))
        except PatchError as error:
            unwritten.append(str(error))
        else:
            patches[path] = patch
    return {path: patch.finish() for path, patch in sorted(patches.items())}, unwritten


def mark_proposal(proposal: Proposal, patterns: Mapping[str, str], told_in: str) -> str:
    """The mark beside proposed forms: that nobody has looked at them yet, or why they are doubtful."""
    if proposal.is_sure:
        return PROPOSED.get(told_in, PROPOSED["en"])
    reasons = "; ".join(doubt.sentence.told(patterns) for doubt in proposal.doubts)
    return f"{DOUBTFUL.get(told_in, DOUBTFUL['en'])}: {reasons}"


def _write(patch: Patch, declension: Declension, missing: Sequence[Form], comment: str) -> None:
    route, language, home = declension.route, declension.language, declension.home
    if not patch.value(route):
        values = {form.case: form.proposed if language == home else {language: form.proposed} for form in missing}
        patch.set(route, Noted(values, beside=comment), after=(str(declension.place.route[-1]),))
        return
    for form in missing:
        there = patch.value((*route, form.case))
        value: Value = form.proposed
        if isinstance(there, dict):
            value = {**there, language: form.proposed}
        elif language != home:
            value = {**({home: there} if there else {}), language: form.proposed}
        patch.set((*route, form.case), Noted(value, beside=comment), after=CASES[: CASES.index(form.case)])


def confirm_forms(project: Project, declensions: Iterable[Declension]) -> dict[str, bytes]:
    """The files without the marks beside the forms of these names: somebody has looked at them."""
    lines: dict[str, set[int]] = {}
    for declension in declensions:
        path = declension.place.path
        for route, mark in find_marks(project.documents[path]).items():
            if route[: len(declension.route)] == declension.route:
                lines.setdefault(path, set()).add(mark.span.line)
    changed = {}
    for path, numbers in sorted(lines.items()):
        text = project.source.files[path].decode("utf-8").split("\n")
        for number in numbers:
            end = "\r" if text[number - 1].endswith("\r") else ""
            text[number - 1] = COMMENT.sub("", text[number - 1].removesuffix("\r")) + end
        changed[path] = "\n".join(text).encode()
    return changed
