"""A synthetic registry of any size: one Ukrainian organisation, ten duties a post, everything sound."""

from __future__ import annotations

from pathlib import Path

POSTS_PER_UNIT = 12

_ORGANISATION = """\
name: департамент вимірювань
forms:
  genitive: департаменту вимірювань
  dative: департаменту вимірювань
  accusative: департамент вимірювань
  instrumental: департаментом вимірювань
profile: ua
language: uk
place: м. Зразкове
head: director
status: є виконавчим органом міської ради
bodies:
  mayor:
    name: міський голова
    kind: official
    forms: {{genitive: міського голови, dative: міському голові, accusative: міського голову, instrumental: міським головою}}
approvals:
  - {{paper: job-description, by: mayor}}
  - {{paper: regulation, by: mayor}}
  - {{paper: staffing-table, by: mayor}}
  - {{paper: structure, by: mayor}}
staffing_table: {{currency: UAH, year: 2026}}
"""

_ACTS = """\
acts:
  constitution: {title: Конституція України, forms: {instrumental: Конституцією України}}
  local-self-government-act:
    title: Закон України «Про місцеве самоврядування в Україні»
    forms: {instrumental: Законом України «Про місцеве самоврядування в Україні»}
"""

_UNIT = """\
name: відділ вимірювань {number}
forms: {{genitive: відділу вимірювань {number}, accusative: відділ вимірювань {number}, dative: відділу вимірювань {number}}}
kind: division
head: post-{head}
functions:
{functions}
"""

_POSITION = """\
title: {title}
forms:
  genitive: {genitive}
  dative: {dative}
  accusative: {genitive}
  instrumental: {instrumental}
{unit}category: specialist
classifier: {{scheme: dk003, code: "2419.3"}}
reports_to: {superior}
appointed_by: {{by: mayor, act: directive}}
{substitute}staffing: {{posts: 1, rate: 1.0, salary: 9800.00, allowances: [{{kind: надбавка за ранг, percent: 20}}]}}
qualification:
  any_of:
    - education: {{level: master, fields: [право, економіка]}}
      experience: {{years: 2, in: у сфері соціального захисту}}
guided_by: [constitution, local-self-government-act]
must_know:
  - законодавство у сфері соціального захисту населення та практику його застосування
  - порядок ведення діловодства і захисту персональних даних
  - державну мову на рівні, визначеному законодавством
duties:
{duties}
rights:
  - одержувати в установленому порядку інформацію, потрібну для виконання посадових обов’язків
  - вносити пропозиції щодо вдосконалення роботи підрозділу {number}
responsibility:
  - за невиконання або неналежне виконання посадових обов’язків
  - за порушення правил внутрішнього трудового розпорядку
"""

_DUTY = """\
  - text: виконує вимірювання {duty} для звернень громадян за напрямом {number} та складає висновок у строк, визначений законодавством
    performs: [{target}]
"""


def write_registry(root: Path, posts: int) -> None:
    """Write a registry with so many posts below ``root``."""
    organisation = root / "org" / "synthetic"
    (organisation / "units").mkdir(parents=True)
    (root / "org" / "registry.yaml").write_text("format: 1\nrules: {limits: {span: 1000}}\n", encoding="utf-8")
    (organisation / "organisation.yaml").write_text(_ORGANISATION.format(), encoding="utf-8")
    (organisation / "acts.yaml").write_text(_ACTS, encoding="utf-8")
    positions = root / "positions" / "synthetic"
    positions.mkdir(parents=True)
    for number in range(posts):
        unit = number // POSTS_PER_UNIT
        folder = positions if number == 0 else positions / f"unit-{unit}"
        folder.mkdir(exist_ok=True)
        name = "director" if number == 0 else f"post-{number}"
        (folder / f"{name}.yaml").write_text(_position(number, unit, posts), encoding="utf-8")
    for unit in range((posts + POSTS_PER_UNIT - 1) // POSTS_PER_UNIT):
        head = max(unit * POSTS_PER_UNIT, 1)
        functions = "\n".join(f"  - {{id: function-{index}, text: виконує вимірювання {index} за напрямом відділу}}" for index in range(10))
        text = _UNIT.format(number=unit, head=head, functions=functions)
        (organisation / "units" / f"unit-{unit}.yaml").write_text(text, encoding="utf-8")


def change_posts(root: Path, step: int) -> None:
    """Change title, salary and a duty of every post of such a registry whose number is a multiple of ``step``."""
    for path in sorted((root / "positions").rglob("post-*.yaml")):
        if int(path.stem.removeprefix("post-")) % step == 0:
            text = path.read_text(encoding="utf-8")
            text = text.replace("головн", "провідн").replace("salary: 9800.00", "salary: 9900.00")
            text = text.replace("виконує вимірювання 3 для звернень", "виконує точні вимірювання 3 для всіх звернень")
            path.write_text(text, encoding="utf-8")


def _position(number: int, unit: int, posts: int) -> str:
    head = max(unit * POSTS_PER_UNIT, 1)
    following = number + 1
    has_next = number > 0 and following < posts and following // POSTS_PER_UNIT == unit
    duties = "".join(_DUTY.format(duty=duty, number=number, target=f"unit-{unit}/function-{duty}") for duty in range(10))
    within = "director" if number == head else f"post-{head}"
    superior = "mayor" if number == 0 else within
    return _POSITION.format(
        title=f"головний спеціаліст {number}",
        genitive=f"головного спеціаліста {number}",
        dative=f"головному спеціалісту {number}",
        instrumental=f"головним спеціалістом {number}",
        unit="" if number == 0 else f"unit: unit-{unit}\n",
        superior=superior,
        substitute=f"substituted_by: [post-{following}]\n" if has_next else "substitution: особа, призначена міським головою\n",
        duties=duties.rstrip("\n"),
        number=number,
    )
