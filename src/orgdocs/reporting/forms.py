"""Case forms as text for people: what is given, missing or proposed, and what is doubtful about it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from orgdocs.language import CASE_NAMES, LOCALES
from orgdocs.problems import Sentence

if TYPE_CHECKING:
    from orgdocs.declensions import Declension, Form

_COLOURS = {"missing": "31", "doubtful": "33", "proposed": "36"}


def report_forms(declensions: Iterable[Declension], patterns: Mapping[str, str], *, colour: bool = False) -> str:
    """Each name with its forms, one a line, and what a person should look at."""
    return "\n".join(line for declension in declensions for line in _lines(declension, patterns, colour=colour))


def _lines(declension: Declension, patterns: Mapping[str, str], *, colour: bool) -> list[str]:
    head = f"{declension.place.path}:{declension.span.line}: {declension.name}"
    if declension.language != declension.home:
        head += f" [{LOCALES[declension.language]}]"
    widest = max(len(sentence.told(patterns)) for sentence in CASE_NAMES.values())
    lines = [_paint(head, "1", colour)]
    for form in declension.forms:
        case = CASE_NAMES[form.case].told(patterns).ljust(widest)
        said = _say(form, declension)
        note = f"  ({said.told(patterns)})" if said else ""
        lines.append(f"    {case}  {_paint(form.stored or form.proposed or '–', _COLOURS.get(form.state), colour)}{note}")
    if declension.is_open and declension.proposal is not None:
        lines += [f"    {_paint('?', '33', colour)} {doubt.sentence.told(patterns)}" for doubt in declension.proposal.doubts]
    return lines


def _say(form: Form, declension: Declension) -> Sentence | None:
    if form.state == "missing":
        return Sentence("missing; proposed") if form.proposed else Sentence("missing")
    if form.state == "proposed":
        return Sentence("proposed, not confirmed")
    if form.state == "doubtful":
        return Sentence("doubtful, not confirmed")
    if form.differs and declension.proposal is not None and declension.proposal.is_sure:
        return Sentence("by the dictionary: {form}", form=form.proposed)
    return None


def _paint(text: str, code: str | None, wanted: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if wanted and code else text


def sum_up_forms(declensions: Sequence[Declension], patterns: Mapping[str, str]) -> str:
    """One line: how many forms of how many names, and how many of them want somebody."""
    states = [form.state for declension in declensions for form in declension.forms]
    return Sentence(
        "Names: {names}. Forms needed: {forms}; missing: {missing}, doubtful: {doubtful}, proposed and not confirmed: {proposed}",
        names=len(declensions), forms=len(states), missing=states.count("missing"), doubtful=states.count("doubtful"),
        proposed=states.count("proposed"),
    ).told(patterns)  # fmt: skip


def report_forms_json(declensions: Iterable[Declension]) -> str:
    """The same for machines: a list of names, each with its place, forms and doubts."""
    return json.dumps(
        [
            {
                "organisation": declension.organisation,
                "language": declension.language,
                "name": declension.name,
                "path": declension.place.path,
                "line": declension.span.line,
                "field": ".".join(str(step) for step in declension.route),
                "forms": [
                    {"case": form.case, "state": form.state, "stored": form.stored, "proposed": form.proposed} for form in declension.forms
                ],
                "doubts": [
                    {"code": doubt.code, "sentence": str(doubt.sentence)}
                    for doubt in (declension.proposal.doubts if declension.proposal else ())
                ],
            }
            for declension in declensions
        ],
        ensure_ascii=False,
        indent=1,
    )
