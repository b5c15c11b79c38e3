"""OD7xx: the codes of posts in classifiers of occupations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from orgdocs.problems import Finding, Sentence
from orgdocs.rules.rule import Subject, error
from orgdocs.schemas import suggest

SHAPES: Mapping[str, tuple[re.Pattern[str], str]] = {
    "dk003": (re.compile(r"[0-9]{4}(\.[0-9]{1,2})?"), "2419.3"),
    "okpdtr": (re.compile(r"[0-9]{5}"), "27931"),
    "okz": (re.compile(r"[0-9]{4}"), "2635"),
    "isco08": (re.compile(r"[0-9]{4}"), "2635"),
    "okrb014": (re.compile(r"[0-9]{4}-[0-9]{3}"), "2635-003"),
}
"""What a code looks like in each scheme, with an example."""


def classifier_code(subject: Subject) -> Iterator[Finding]:
    """A classifier code has the shape of its scheme.

    The code goes into the job description and the staffing table, and from there into the records of the pension fund.
    DK 003 has four digits and mostly one or two more after a point, OKPDTR five digits, OKZ and ISCO-08 four, OKRB 014 four
    and three with a hyphen between them.

    Wrong:

    ```yaml
    classifier: {scheme: isco08, code: "2419.3"}
    ```

    Right:

    ```yaml
    classifier: {scheme: dk003, code: "2419.3"}
    ```
    """
    for position in subject.institution.positions.values():
        shape = SHAPES.get(position.classifier_scheme or "")
        if shape is None or position.classifier_code is None or shape[0].fullmatch(position.classifier_code):
            continue
        sentence = Sentence("{code} is no code of {scheme}", code=position.classifier_code, scheme=position.classifier_scheme)
        hint = Sentence("a code of {scheme} looks like {example}", scheme=position.classifier_scheme, example=shape[1])
        yield Finding(position.place.under("classifier", "code"), sentence, hint=hint)


def unknown_classifier_code(subject: Subject) -> Iterator[Finding]:
    """A classifier code stands in the organisation's own table of codes, where there is one for its scheme.

    The table is org/<organisation>/classifiers.yaml. Without a table for the scheme nothing is said.

    Wrong:

    ```yaml
    classifiers.yaml: {dk003: {"2419.3": professional in public service}}
    lawyer.yaml: {classifier: {scheme: dk003, code: "2419.2"}}
    ```

    Right:

    ```yaml
    classifiers.yaml: {dk003: {"2419.3": professional in public service}}
    lawyer.yaml: {classifier: {scheme: dk003, code: "2419.3"}}
    ```
    """
    institution = subject.institution
    if institution.is_broken("classifiers", "classifiers"):
        return
    for position in institution.positions.values():
        scheme, code = position.classifier_scheme or "", position.classifier_code
        codes = institution.classifiers.get(scheme)
        # A code that is none by its shape is reported as such.
        if codes is None or code is None or code in codes or scheme not in SHAPES or not SHAPES[scheme][0].fullmatch(code):
            continue
        path = f"org/{institution.organisation.id}/classifiers.yaml"
        hint = suggest(code, list(codes)) or Sentence("add it to {path} if it is right", path=path)
        sentence = Sentence("{code} does not stand in the table of {scheme}", code=code, scheme=scheme)
        yield Finding(position.place.under("classifier", "code"), sentence, hint=hint)


RULES = (
    error("OD707", "classifier-code", classifier_code),
    error("OD708", "unknown-classifier-code", unknown_classifier_code),
)
