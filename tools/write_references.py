"""Write the pages of the user guide that the program itself knows best: the YAML reference, the rules and the commands."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from orgdocs.cli import EXIT_BROKEN, EXIT_CLOSED, EXIT_INTERRUPTED, EXIT_USAGE, cli
from orgdocs.documents import read_document
from orgdocs.rules import RULES
from orgdocs.rules.norms import PACKS, PackRule, load_pack
from orgdocs.schemas import KINDS, kind_of, load_schema

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "docs" / "example"
"""A small registry that uses every field: the examples of the YAML reference are taken from it."""

Schema = dict[str, Any]
Entries = dict[str, list[Any]]
"""Values that stand in the example, by the place of their field: ``position.staffing.posts``, ``$defs.paper.number``."""

GENERATED = "<!-- Written by tools/write_references.py. Change the source it is made from, then run the tool again. -->"


def main() -> None:
    """Write all pages."""
    for path, write in writers().items():
        (ROOT / path).write_text(write(), encoding="utf-8")


def writers() -> dict[str, Callable[[], str]]:
    """What writes each generated page, by the path of the page in the repository."""
    return {"docs/yaml.md": write_yaml, "docs/rules.md": write_rules, "docs/packs.md": write_packs, "docs/commands.md": write_commands}


def slug(heading: str) -> str:
    """The anchor under which a heading is reached: lower case, hyphens for spaces, punctuation gone."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *(tuple(cell.replace("|", "\\|") for cell in row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


# -- the YAML reference ---------------------------------------------------------------------------------------------

_WHERE = {
    "registry": ("Registry", "org/registry.yaml"),
    "constraints": ("Constraints", "org/constraints.yaml"),
    "organisation": ("Organisation", "org/<organisation>/organisation.yaml"),
    "unit": ("Unit", "org/<organisation>/units/<unit>.yaml"),
    "position": ("Position", "positions/<organisation>/<unit>/<position>.yaml"),
    "people": ("People", "org/<organisation>/people.yaml"),
    "acts": ("Acts", "org/<organisation>/acts.yaml"),
    "clauses": ("Clause set", "org/<organisation>/clauses/<set>.yaml"),
    "classifiers": ("Classifiers", "org/<organisation>/classifiers.yaml"),
    "wording": ("Wording", "org/<organisation>/wording.yaml"),
}

_WHOLE = {
    "registry": ("org/registry.yaml",),
    "constraints": ("org/constraints.yaml",),
    "organisation": ("org/library/organisation.yaml",),
    "unit": ("org/library/units/lending.yaml",),
    "position": ("positions/library/lending/librarian.yaml", "positions/library/director.yaml"),
    "people": ("org/library/people.yaml",),
    "acts": ("org/library/acts.yaml",),
    "clauses": ("org/library/clauses/staff.yaml",),
    "classifiers": ("org/library/classifiers.yaml",),
    "wording": ("org/library/wording.yaml",),
}
"""Files of the example registry in which a reader can look at a whole file of each kind."""

# Shared definitions that are only another name for a list of something.
_LISTS = {"ids": "id", "clauses": "clause", "ties": "tie"}

_PLURALS = {
    "text": "texts", "id": "ids", "clause": "clauses", "tie to a body": "ties to bodies", "duty": "duties", "function": "functions",
    "function reference": "function references", "part of pay": "parts of pay", "predecessor": "predecessors",
    "wording of a clause": "wordings of clauses", "rule pack": "rule packs", "post held": "posts held", "key": "keys",
}  # fmt: skip

# A new pattern in a schema has to be told in words here.
_PATTERNS = {
    "^[a-z][a-z0-9]*(-[a-z0-9]+)*$": "",
    "^[A-Za-z0-9_][A-Za-z0-9_-]*(/[A-Za-z0-9_][A-Za-z0-9_-]*)*$": "Latin letters, digits, `-`, `_` and slashes.",
    "^OD[0-9]{3}$": "",
    "^[0-9]{4,6}([.-][0-9]{1,3})?$": "4 to 6 digits; after a point or hyphen up to 3 more.",
    "^[0-9]{5,15}$": "5 to 15 digits.",
    "^[0-9]{8}$": "8 digits.",
    "^([0-9]{10}|[0-9]{12})$": "10 or 12 digits.",
    "^([0-9]{13}|[0-9]{15})$": "13 or 15 digits.",
    "^([0-9]{8}|[0-9]{10})$": "8 or 10 digits.",
    "^[0-9A-Z]{9}$": "9 digits or capital Latin letters.",
    "^ssh-ed25519 [A-Za-z0-9+/]{68}( [A-Za-z0-9_.@+-]+)*$": "",
    "^[0-9a-f]{24}$": "24 digits and letters from a to f.",
    "^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$": "The name of a branch.",
}

_SNIPPETS = {
    "text": """\
name: Lending Division

# or, where papers are printed in several languages:
name:
  en: Lending Division
  uk: відділ абонемента
""",
    "forms": """\
title: директор
forms:
  genitive: директора
  dative: директору
  accusative: директора
  instrumental: директором
""",
    "clause": """\
rights:
  - set the hours of the reading rooms
  - text: sign
    items:
      - letters
      - contracts
""",
    "tie": """\
accountable_to:
  - town-council
  - with: culture-officer
    matter: for its annual programme
""",
    "duty": """\
duties:
  - directs the division
  - text: lends books
    performs: [lending/issue-books]
""",
    "code_table": """\
isco08:
  "2622": Librarians
  "2635": Social workers
""",
}
"""How parts look in a file that can be written in two ways, or whose table would not show it."""

_YAML_INTRO = """\
# The YAML reference

{generated}

Which files a registry has, and which fields each of them may hold. A new registry is started with `orgdocs init`; what is
wrong with one is told by `orgdocs check`. [Editors](editors.md) offer the fields, and the ids of the registry, while you type.

## How files are read

- A file is saved as UTF-8, ends with `.yaml`, and holds one document. It may be one megabyte long.
- What you write is what is printed. `no` is the word no, `2411.10` keeps its last digit, and `00032112` stays a code. Only
  where this page says number, date, or true or false, the text is read as one.
- A text that holds a colon followed by a space, or begins with a quotation mark, a bracket, `*`, `&`, `!`, `%`, `@` or `#`,
  is put in quotation marks: `title: "Посада: юрист"`. A long text is folded with `>-` on the line of the field and the text
  indented on the lines below it.
- Numbers have a point and no spaces: `9800.50`. Dates are written year-month-day: `2026-01-31`.
- Clause numbers, and the semicolons and full stops between the entries of a list, are set by the paper. Do not type them.
- Anchors, aliases, merge keys and tags are refused. Clauses that several posts share belong in a clause set.
- An id is the name of the file without `.yaml`; for an organisation it is the name of its folder. Units, posts and bodies
  of one organisation share one set of ids.
- Fields may stand in any order.

## Where files lie

{where}

The examples below come from the registry in [example](example), which uses every field.
"""


def write_yaml() -> str:
    """The YAML reference, from the schemas and the example registry."""
    examples = _Examples()
    where = _table(
        ("File", "Kind", "What it holds"),
        [(f"`{path}`", f"[{title}](#{slug(title)})", _purpose(kind)) for kind, (title, path) in _WHERE.items()],
    )
    parts = [_YAML_INTRO.format(generated=GENERATED, where=where)]
    parts += [_Page(kind, examples).write() for kind in KINDS]
    shared = load_schema("organisation")["$defs"]
    parts.append("## Fields of organisations and units\n\nThese fields can stand in the file of an organisation and in that of a unit.\n")
    parts.append(_Fields(shared, examples).write("establishment", shared["establishment"], "Organisation or unit", ()))
    parts.append("## Shared parts\n\nParts that occur in several kinds of files, each described once.\n")
    definitions = {name: part for kind in KINDS if kind != "wording" for name, part in load_schema(kind)["$defs"].items()}
    for name in sorted(set(definitions) - set(_LISTS) - {"establishment"}, key=lambda name: str(definitions[name]["title"])):
        parts.append(_Fields(definitions, examples).define(name))
    return "\n".join(parts).rstrip() + "\n"


def _schema_of(kind: str) -> str:
    return "profile" if kind == "wording" else kind


def _purpose(kind: str) -> str:
    """What a kind of file is for, without the path with which the description begins."""
    if kind == "wording":
        return "Changes parts of the wording that the organisation's profile gives to the papers."
    description = str(load_schema(kind)["description"])
    told = description.split(": ", 1)[-1] if description.startswith("`") else description
    return told[:1].upper() + told[1:]


class _Examples:
    """The values of the example registry by field."""

    def __init__(self) -> None:
        self.values: Entries = {}
        for path in sorted(EXAMPLE.rglob("*.yaml")):
            name = path.relative_to(EXAMPLE).as_posix()
            kind = kind_of(name)
            if kind is None:
                continue
            schema = load_schema(_schema_of(kind))
            self._walk(schema, schema["$defs"], read_document(name, path.read_bytes()).data, kind)

    def find(self, place: str) -> str:
        """The first value of a field as it is written in a file; empty if it is more than a line."""
        for value in self.values.get(place, ()):
            told = _as_written(value)
            if told and len(told) <= 60:
                return f"`{told}`"
        return ""

    def _walk(self, schema: Schema, definitions: Schema, data: Any, place: str) -> None:
        if reference := schema.get("$ref", "").removeprefix("#/$defs/"):
            inner = "establishment" if reference == "establishment" else f"$defs.{reference}"
            self.values.setdefault(place, []).append(data)
            self._walk(definitions[reference], definitions, data, inner)
            if "properties" not in schema:
                return
        self.values.setdefault(place, []).append(data)
        for option in schema.get("anyOf", ()):
            fits = isinstance(data, dict) == ("properties" in option or option.get("type") == "object" or "$ref" in option)
            if fits:
                self._walk(option, definitions, data, place)
        if isinstance(data, list) and "items" in schema:
            for item in data:
                self._walk(schema["items"], definitions, item, place)
        if isinstance(data, dict):
            for key, value in data.items():
                if key in schema.get("properties", ()):
                    self._walk(schema["properties"][key], definitions, value, f"{place}.{key}")
                elif isinstance(further := schema.get("additionalProperties"), dict):
                    self._walk(further, definitions, value, f"{place}.*")


def _as_written(value: Any) -> str:
    if isinstance(value, str):
        return f'"{value}"' if value.isdigit() and (value.startswith("0") or len(value) > 5) else value
    if isinstance(value, list) and (texts := [item for item in value if isinstance(item, str)]):
        return f"[{', '.join(texts)}]" if texts == value and all(_WORD.fullmatch(text) for text in texts) else f"- {texts[0]}"
    return ""


_WORD = re.compile(r"[A-Za-z0-9/-]+")


class _Page:
    """The section of one kind of file."""

    def __init__(self, kind: str, examples: _Examples) -> None:
        self.kind = kind
        self.schema = load_schema(_schema_of(kind))
        self.fields = _Fields(self.schema["$defs"], examples)

    def write(self) -> str:
        title, path = _WHERE[self.kind]
        parts = [f"## {title}\n\nFile: `{path}`\n\n{_purpose(self.kind)}\n"]
        whole = ", ".join(f"[{name.rsplit('/', 1)[-1]}](example/{name})" for name in _WHOLE[self.kind])
        parts.append(f"A whole file to look at: {whole}.\n")
        if self.kind == "wording":
            parts.append("[Changing the wording](wording.md) explains with examples what can be done with it.\n")
        if self.kind == "constraints":
            parts.append("[Own rules](constraints.md) lists the fields and tests of conditions, with examples.\n")
        if "$ref" in self.schema:
            parts.append("Besides the fields here it has the [fields of organisations and units](#fields-of-organisations-and-units).\n")
        required = tuple(self.schema.get("required", ()))
        parts.append(self.fields.write(self.kind, self.schema, title, required))
        if self.kind == "wording":
            parts += [self.fields.define(name) for name in ("clause_wording", "paper_wording", "stamp")]
        return "\n".join(parts)


_PLAIN = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}
_LOCAL = {
    "wording": "text", "condition": "condition", "clause_wording": "[wording of a clause](#wording-of-a-clause)",
    "paper_wording": "[wording of a paper](#wording-of-a-paper)", "stamp": "[stamp](#stamp)",
}  # fmt: skip
_TITLES = {"clause_wording": "Wording of a clause", "paper_wording": "Wording of a paper"}


class _Fields:
    """Tables of fields, in plain words."""

    def __init__(self, definitions: Schema, examples: _Examples) -> None:
        self.definitions = definitions
        self.examples = examples

    def define(self, name: str) -> str:
        """The section of a shared definition."""
        schema = self.definitions[name]
        title = _TITLES.get(name, schema.get("title", name))
        parts = [f"### {title}\n"]
        if description := schema.get("description"):
            parts.append(f"{description}\n")
        if "enum" in schema:
            parts.append(f"Possible values: {_options(schema)}.\n")
        if "examples" in schema:
            parts.append(f"Example: `{schema['examples'][0]}`.\n")
        if name in _SNIPPETS:
            parts.append(f"```yaml\n{_SNIPPETS[name]}```\n")
        fields = next((option for option in (schema, *schema.get("anyOf", ())) if "properties" in option), None)
        if fields is not None:
            parts.append(self.write(f"$defs.{name}", fields, title, tuple(fields.get("required", ()))))
        return "\n".join(parts)

    def write(self, place: str, schema: Schema, title: str, required: tuple[str, ...]) -> str:
        """A table of fields; fields that have fields of their own get tables below it."""
        rows, below = [], []
        for key, field in schema["properties"].items():
            at = f"{place}.{key}"
            rows.append(
                (
                    f"`{key}`",
                    self._kind(field, f"{title}: {key}"),
                    "yes" if key in required else "",
                    _meaning(field, self.definitions),
                    self.examples.find(at),
                )
            )
            for inner_place, inner in self._inner(field, at):
                heading = f"{title}: {key}"
                entries = (
                    f"Each {'entry of the list' if field.get('type') == 'array' else 'of them'} has these fields.\n\n"
                    if inner is not field
                    else ""
                )
                below.append(f"#### {heading}\n\n{entries}" + self.write(inner_place, inner, heading, tuple(inner.get("required", ()))))
        return "\n".join([_table(("Field", "What to write", "Needed", "Meaning", "Example"), rows) + "\n", *below])

    def _inner(self, field: Schema, at: str) -> Iterator[tuple[str, Schema]]:
        """The schema with the fields of a field's own, wherever it lies in a list or map."""
        if "properties" in field:
            yield at, field
        elif isinstance(field.get("items"), dict):
            yield from self._inner(field["items"], at)
        elif isinstance(field.get("additionalProperties"), dict) and "$ref" not in field["additionalProperties"]:
            yield from self._inner(field["additionalProperties"], f"{at}.*")

    def _kind(self, field: Schema, heading: str) -> str:
        """What to write, in plain words, with a link to where it is described."""
        if reference := field.get("$ref", "").removeprefix("#/$defs/"):
            if reference in _LISTS:
                return f"list of {_plural(self._link(_LISTS[reference]))}"
            return self._link(reference)
        if "enum" in field:
            return f"one of {_options(field)}" if len(field["enum"]) > 1 else _options(field)
        kind = field.get("type")
        if kind == "array":
            entry = self._kind(field["items"], heading)
            return f"list of {entry.removeprefix('one of ') if entry.startswith('one of ') else _plural(entry)}"
        if kind == "object" or "properties" in field:
            further = field.get("additionalProperties")
            if isinstance(further, dict):
                if isinstance(further.get("additionalProperties"), dict):
                    return "texts by group and name"
                name = "id" if "$ref" in field.get("propertyNames", {}) else "name"
                return f"by {name}: {self._kind(further, heading)}"
            return f"[fields of its own](#{slug(heading)})"
        if "anyOf" in field:
            return " or ".join(dict.fromkeys(self._kind(option, heading) for option in field["anyOf"]))
        if field.get("format") == "date":
            return "date"
        return _PLAIN[kind] if isinstance(kind, str) else "text"

    def _link(self, name: str) -> str:
        if name in _LOCAL and name in self.definitions:
            return _LOCAL[name]
        title = str(self.definitions[name]["title"])
        return f"[{title.lower()}](#{slug(title)})"


def _plural(kind: str) -> str:
    """The words for a kind of value, for several of them."""
    match = re.match(r"\[?([^\]]*)", kind)
    word = match.group(1) if match else ""
    return kind.replace(word, _PLURALS[word], 1) if word in _PLURALS else kind


def _options(schema: Schema) -> str:
    return ", ".join(f"`{option}`" for option in schema["enum"])


def _meaning(field: Schema, definitions: Schema) -> str:
    """Title and description of a field; those of a shared definition where the field has none of its own."""
    reference = definitions.get(field.get("$ref", "").removeprefix("#/$defs/"), {}) if "title" not in field else {}
    title, description = field.get("title") or reference.get("title", ""), field.get("description", "")
    parts = [f"{part.rstrip('.')}." for part in (title, description) if part]
    pattern = field.get("pattern") or (field.get("items") or {}).get("pattern")
    if pattern and _PATTERNS[pattern]:
        parts.append(_PATTERNS[pattern])
    return " ".join(parts)


# -- the rules ------------------------------------------------------------------------------------------------------

_FAMILIES = {
    "OD1": "Files and YAML",
    "OD2": "Fields and values",
    "OD3": "Ids and references",
    "OD4": "Hierarchy, norms and own constraints",
    "OD5": "Functions, duties and relations",
    "OD6": "Qualifications",
    "OD7": "Staffing and pay",
    "OD8": "Texts, languages, wording and identity codes",
    "OD9": "Approvals",
}

_RULES_INTRO = """\
# The rules

{generated}

What `orgdocs check` looks for. An error stops the papers that it touches; a warning does not. In the terminal,
`orgdocs rule OD401` says the same as this page.

A rule can be silenced on one line, with the reason after the code:

```yaml
unit: finance  # orgdocs: ignore[OD304] seconded until May
```

A comment that stands alone on a line silences the line below it. A rule can be switched off for a whole registry, or
made a warning or an error, in [org/registry.yaml](yaml.md#registry). Codes are never used again for another rule.
[Checking a registry](checking.md) tells about formats, languages, known problems and mending; rules of one's own are written
as [constraints](constraints.md).

{table}
"""


def write_rules() -> str:
    """The page of rules, from their docstrings."""
    rules = sorted(RULES, key=lambda rule: rule.code)
    rows = [
        (f"[{rule.code}](#{slug(f'{rule.code} {rule.name}')})", rule.name, str(rule.severity), rule.documentation.splitlines()[0])
        for rule in rules
    ]
    parts = [_RULES_INTRO.format(generated=GENERATED, table=_table(("Code", "Name", "Severity", "What is demanded"), rows))]
    family = ""
    for rule in rules:
        if rule.code[:3] != family:
            family = rule.code[:3]
            parts.append(f"## {_FAMILIES[family]}\n")
        parts.append(f"### {rule.code} {rule.name}\n\nSeverity: {rule.severity}.\n\n{rule.documentation}\n")
    return "\n".join(parts).rstrip() + "\n"


# -- the rule packs -------------------------------------------------------------------------------------------------

_PACKS_INTRO = """\
# Rule packs

{generated}

Some states fix what a body may look like: which units may stand in which, how large they are at least, how many deputies a
head may have. orgdocs knows some of these norms as rule packs. None of them applies unless `org/registry.yaml` names it:
many organisations, local councils among them, set their own structure.

```yaml
format: 1
rules:
  packs:
    - by-sm-203
    - id: ru-federal-1829
      unverified: true
      organisations: [agency]
      body: service
      marks: {{support: [accounting, personnel]}}
```

- A pack that is named by its id applies with its verified rules, those whose numbers were read in the act itself or on an
  official site, in the edition of the day that is given. Later editions may differ: read the act before you rely on it.
  With `unverified: true` the others apply too.
- A pack applies to the organisations with the profile of its country, or to those named under `organisations`.
- `body` says what the organisation is by law, where a norm distinguishes; rules for other bodies, and without `body` rules
  for certain bodies, do not apply.
- `marks` names the posts and units that a norm means with words for which there is no field. A marked unit counts with the
  units below it.
- What breaks a norm is a warning. Its severity can be changed under `severity`, as that of any rule.
- Staff units are posts times rate. Units that are legal entities of their own are not counted and not looked at.

{table}
"""


def write_packs() -> str:
    """The page of rule packs, from their data."""
    packs = [load_pack(pack_id) for pack_id in PACKS]
    rows = [
        (f"[{pack.id}](#{slug(pack.id)})", pack.title, str(sum(rule.verified for rule in pack.rules)), str(len(pack.rules)))
        for pack in packs
    ]
    parts = [_PACKS_INTRO.format(generated=GENERATED, table=_table(("Pack", "What it is about", "Verified rules", "Rules"), rows))]
    for pack in packs:
        parts.append(f"## {pack.id}\n\n{pack.title}. Addressed to: {pack.addressed_to}\n")
        head = ("Rule", "What is demanded", "Code", "Source", "As of", "Verified")
        parts.append(_table(head, [_pack_row(rule) for rule in pack.rules]) + "\n")
        if pack.left_out:
            parts.append("Not checked:\n\n" + "\n".join(f"- {text}" for text in pack.left_out) + "\n")
    return "\n".join(parts).rstrip() + "\n"


def _pack_row(rule: PackRule) -> tuple[str, ...]:
    demand = f"{_meant(rule)}: {_demand(rule)}." + (f" {rule.remark}" if rule.remark else "")
    return rule.name, demand, _DEMAND_CODES[rule.demand], rule.source, rule.as_of, "yes" if rule.verified else "no"


_DEMAND_CODES = {
    "may_contain": "OD450", "min_units": "OD451", "min_children": "OD452", "deputies": "OD453", "max_share": "OD454",
    "max_levels": "OD455", "marked_staff": "OD456",
}  # fmt: skip


def _meant(rule: PackRule) -> str:
    """Which units a rule of a pack means, in words."""
    applies = rule.applies_to
    words = f"units of the kind {' or '.join(applies['unit_kinds'])}" if "unit_kinds" in applies else "the organisation"
    if "under" in applies:
        words += " directly under the organisation" if applies["under"] == "organisation" else " in another unit"
    if "organisation_kinds" in applies:
        words += f", in organisations of the kind {' or '.join(applies['organisation_kinds'])}"
    return words + (f", in a {' or '.join(applies['bodies'])}" if "bodies" in applies else "")


def _demand(rule: PackRule) -> str:
    """What a rule of a pack demands, in words."""
    value = rule.value
    if rule.demand == "may_contain":
        return "no units stand in them" if value == ["nothing"] else f"only these kinds stand in them: {', '.join(value)}"
    if rule.demand == "min_units":
        return f"at least {value} staff units"
    if rule.demand == "min_children":
        return " and ".join(f"at least {least} units" + ("" if kind == "any" else f" of the kind {kind}") for kind, least in value.items())
    if rule.demand == "deputies":
        return "; ".join(f"with {_band(band)} staff units at most {band['number']} deputies" for band in value)
    if rule.demand == "max_share":
        return f"at most {value['percent']} percent of the staff units are marked `{value['mark']}`"
    if rule.demand == "max_levels":
        return f"units stand on at most {value} levels"
    return "; ".join(f"with {_band(band)} staff units at least {band['number']} marked `{value['mark']}`" for band in value["sizes"])


_BANDS = {"from": "{} and more", "above": "more than {}", "below": "fewer than {}", "upto": "up to {}"}


def _band(band: dict[str, str]) -> str:
    return " and ".join(words.format(band[key]) for key, words in _BANDS.items() if key in band)


# -- the commands ---------------------------------------------------------------------------------------------------

_COMMANDS_INTRO = """\
# The commands

{generated}

Every command explains itself with `--help`. Commands look for the registry in the current folder and the folders above
it; `--root` names another one. `orgdocs --version` prints the version.

{table}

## Exit codes

{codes}

## Environment variables

| Variable | What it does |
| --- | --- |
| `NO_COLOR` | No colour, also on a terminal. |
| `FORCE_COLOR` | Colour, also in a pipe. |
| `LC_ALL`, `LC_MESSAGES`, `LANG` | The language of `orgdocs check`, where neither `--language` nor the registry gives one. |
| `GITHUB_ACTIONS`, `GITLAB_CI` | Set by these services; `check --format auto` looks for them. |
| `ORGDOCS_CACHE` | The folder in which results of `orgdocs check` are kept, in place of the user's cache folder. |
| `SOURCE_DATE_EPOCH` | The time, in seconds since 1970, that is written into papers in place of the day of approval. |
"""

_CODES = {
    0: "Everything is in order.",
    1: "There are problems; or, with `build --check`, a paper is missing or stale; or a paper could not be built.",
    EXIT_USAGE: "The command was called in a wrong way, or there is no registry here.",
    EXIT_BROKEN: "orgdocs itself failed. The message names a file with the details.",
    EXIT_INTERRUPTED: "Interrupted with Ctrl-C. No half-written file is left; the next build goes on.",
    EXIT_CLOSED: "The program that read the output, such as `head`, stopped reading.",
}


def write_commands() -> str:
    """The page of commands, from the command line itself."""
    context = click.Context(cli, info_name="orgdocs", **cli.context_settings)
    commands = list(_commands(cli, context))
    table = _table(
        ("Command", "What it does"),
        [(f"[{context.command_path}](#{slug(context.command_path)})", _help_of(command).split("\n")[0]) for command, context in commands],
    )
    codes = _table(("Code", "Meaning"), [(str(code), meaning) for code, meaning in _CODES.items()])
    parts = [_COMMANDS_INTRO.format(generated=GENERATED, table=table, codes=codes)]
    parts += [_write_command(command, context) for command, context in commands]
    return "\n".join(parts).rstrip() + "\n"


def _commands(group: click.Group, context: click.Context) -> Iterator[tuple[click.Command, click.Context]]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is None:
            continue
        inner = click.Context(command, info_name=name, parent=context)
        if isinstance(command, click.Group):
            yield from _commands(command, inner)
        else:
            yield command, inner


def _help_of(command: click.Command) -> str:
    """The help of a command, each of its paragraphs on one line."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", inspect.cleandoc(command.help or ""))


def _write_command(command: click.Command, context: click.Context) -> str:
    arguments = [_argument(parameter) for parameter in command.params if isinstance(parameter, click.Argument)]
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    usage = " ".join([context.command_path, *(["[OPTIONS]"] if options else []), *arguments])
    parts = [f"## {context.command_path}\n", f"```text\n{usage}\n```\n", f"{_help_of(command)}\n"]
    if options:
        parts.append(_table(("Option", "What it does"), [(f"`{_option(option)}`", _explain(option)) for option in options]) + "\n")
    return "\n".join(parts)


def _argument(argument: click.Argument) -> str:
    name = argument.metavar or (argument.name or "").upper()
    return name if argument.required or name.startswith("[") else f"[{name}]"


def _option(option: click.Option) -> str:
    """An option as it is typed. Written by hand, because click words it differently from version to version."""
    names = " / ".join(filter(None, [", ".join(option.opts), ", ".join(option.secondary_opts)]))
    if option.is_flag:
        return names
    if isinstance(option.type, click.Choice) and option.metavar is None:
        return f"{names} {'|'.join(map(str, option.type.choices))}"
    if isinstance(option.type, click.Path) and option.metavar is None:
        return f"{names} {'DIR' if option.type.dir_okay else 'FILE'}"
    return f"{names} {option.metavar or 'NUMBER'}"


def _explain(option: click.Option) -> str:
    told = option.help or ""
    return f"{told} Left out: {option.default}." if option.show_default else told


if __name__ == "__main__":
    main()
