"""Every text that a file can hold reaches some paper, in every profile: each is a word of its own, and is looked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orgdocs.problems import Severity
from orgdocs.project import open_project
from orgdocs.sources import Source

_FORMS = "{genitive: w-NAME-gen, dative: w-NAME-dat, accusative: w-NAME-acc, instrumental: w-NAME-ins, prepositional: w-NAME-pre}"


def _forms(name: str) -> str:
    return _FORMS.replace("NAME", name)


_ORGANISATION = f"""
name: w-org
forms: {_forms("org")}
short_name: w-orgterm
short_forms: {_forms("orgterm")}
profile: PROFILE
language: LANGUAGE
head: director
deputies: [deputy]
legal_entity: true
status: w-status
place: w-place
address: w-address
superior_body: council
codes: {{edrpou: "03192767"}}
bodies:
  council: {{name: w-council, forms: {_forms("council")}}}
  mayor: {{name: w-mayor, kind: official, forms: {_forms("mayor")}, holder: {{given: wGiven, family: wFamily, patronymic: wPatron}}}}
  bureau: {{name: w-bureau, forms: {_forms("bureau")}}}
  region: {{name: w-region, forms: {_forms("region")}}}
accountable_to: [council]
subordinate_to: [mayor]
coordinated_by: [bureau]
cooperates_with: [{{with: region, matter: w-matter}}]
predecessors: [{{name: w-predecessor, forms: {{genitive: w-predecessor-gen}}, code: "03192684"}}]
guided_by: [charter]
general: [w-general, {{text: w-general2, items: [w-general3]}}]
leads: {{tasks: w-ltasks, functions: w-lfunctions, rights: w-lrights, powers: w-lpowers, structure: w-lstructure}}
tasks: [w-task, {{text: w-task2, items: [w-task3, {{text: w-task4, items: [w-task5]}}]}}]
functions: [{{id: one, text: w-function, items: [{{id: two, text: w-function2, items: [w-function3]}}]}}]
rights: [w-right]
structure: {{open: w-open, clauses: [w-structure]}}
leadership: {{powers: [w-power], clauses: [w-leadership]}}
interaction: [w-interaction]
final: [w-final]
regulation: {{number: w-regno, annex: {{number: w1, to: w-annexto}}}}
staffing_table: {{currency: EUR, year: 2026, number: w-stno}}
approvals:
  - {{paper: job-description, by: mayor, agreed_by: [lawyer]}}
  - {{paper: regulation, of: organisation, by: council, act: decision}}
  - {{paper: regulation, by: director}}
  - {{paper: staffing-table, by: mayor}}
  - {{paper: structure, by: director}}
"""

_UNIT = f"""
name: w-unit
forms: {_forms("unit")}
kind: division
head: lawyer
status: w-ustatus
works_by: territory
territories: {{north: w-north}}
tasks: [w-utask]
functions: [{{id: advice, text: w-ufunction}}]
"""

_DIRECTOR = f"""
title: w-director
forms: {_forms("director")}
short_title: w-dterm
short_forms: {_forms("dterm")}
category: manager
reports_to: mayor
accountable_to: [council]
coordinated_by: [bureau]
appointed_by: {{by: mayor, act: order, on_proposal_of: council}}
substituted_by: [deputy]
substitution: w-substitution
staffing:
  {{posts: 1, salary: 100, allowances: [{{kind: w-kind, percent: 10}}], additions: [{{kind: w-addition, amount: 5}}],
   note: w-note, funding: w-funding}}
qualification:
  any_of:
    - {{education: {{level: master, fields: [w-field, w-field2]}}, training: w-training, experience: {{years: 3, in: w-in}}}}
    - {{text: w-qtext, experience: {{years: 0, in: w-in0}}}}
basis: [basis]
guided_by: [charter]
must_know: [w-know, {{text: w-know2, items: [w-know3]}}]
general: [w-pgeneral]
duties: [w-duty, {{text: w-duty2, items: [w-duty3, {{text: w-duty4, items: [w-duty5]}}]}}]
rights: [w-pright]
responsibility: [w-responsibility]
interaction: [w-pinteraction]
relations:
  - {{with: region, receives: [w-receives, {{text: w-receives2, items: [w-receives4]}}], provides: [w-provides]}}
  - {{who: w-who, receives: [w-receives3]}}
indicators: [w-indicator]
evaluation: [w-evaluation]
leads: {{duties: w-pldudies, rights: w-plrights, responsibility: w-plresp, indicators: w-plind}}
job_description: {{number: w-jdno}}
grade: w-grade
holder: {{given: wDGiven, family: wDFamily, patronymic: wDPatron}}
"""

_DEPUTY = f"""
title: w-deputy
forms: {_forms("deputy")}
category: manager
reports_to: director
staffing: {{posts: 1, salary: 90}}
duties: [w-dduty]
"""

_LAWYER = f"""
title: w-lawyer
forms: {_forms("lawyer")}
unit: legal
category: specialist
reports_to: director
staffing: {{posts: 1, salary: 80}}
territories: [north]
includes: [common]
duties: [{{text: w-lduty, performs: [legal/advice]}}]
"""

_COMMON = (
    "{rights: [w-cright], must_know: [w-cknow], general: [w-cgeneral], duties: [w-cduty], responsibility: [w-cresp], interaction: [w-cint]}"
)

_ACTS = f"""
acts:
  charter: {{title: w-charter, forms: {_forms("charter")}}}
  basis: {{title: w-basis, forms: {_forms("basis")}, number: w-actno}}
"""

# In which of its forms a name is printed is the wording's affair: one of them is enough.
_NAMES = frozenset(
    [
        "org",
        "orgterm",
        "council",
        "mayor",
        "bureau",
        "region",
        "predecessor",
        "unit",
        "director",
        "dterm",
        "deputy",
        "lawyer",
        "charter",
        "basis",
    ]
)


def _words(text: str) -> set[str]:
    words = {word.strip(",[]{}:\"'") for word in text.split()}
    return {word for word in words if word.startswith("w") and (word[1:2] in {"-", "1"} or word[1:2].isupper())}


@pytest.mark.parametrize(("profile", "language"), [("ua", "uk"), ("ru", "ru"), ("by", "ru"), ("intl", "en")])
def test_every_text_is_printed(profile: str, language: str) -> None:
    files = {
        "org/registry.yaml": "format: 1",
        "org/office/organisation.yaml": _ORGANISATION.replace("PROFILE", profile).replace("LANGUAGE", language),
        "org/office/units/legal.yaml": _UNIT,
        "org/office/acts.yaml": _ACTS,
        "org/office/clauses/common.yaml": _COMMON,
        "positions/office/director.yaml": _DIRECTOR,
        "positions/office/deputy.yaml": _DEPUTY,
        "positions/office/legal/lawyer.yaml": _LAWYER,
    }
    project = open_project(Source(Path("/registry"), {path: text.encode() for path, text in sorted(files.items())}))
    assert [str(problem.sentence) for problem in project.problems if problem.severity is Severity.ERROR] == []
    printed = json.dumps([content.as_data() for content in project.contents.values()], ensure_ascii=False).lower()
    wanted = set().union(*(_words(text) for text in files.values()))
    lost = {word for word in wanted if word.lower() not in printed}
    forgotten = {word for word in lost if word.partition("-")[2].partition("-")[0] not in _NAMES} if lost else set()
    forgotten |= {name for name in _NAMES if f"w-{name}" not in printed}
    initials = {word for word in forgotten if word in {"wGiven", "wPatron", "wDGiven", "wDPatron"}}
    assert sorted(forgotten - initials) == []
