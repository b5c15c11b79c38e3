"""Staffing tables that were understood become posts and units of a registry, or the staffing of those that are there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from orgdocs.editing.patching import Patch, PatchError
from orgdocs.emitting import Noted, Value, as_read
from orgdocs.exporting.sheets import in_language
from orgdocs.importing.establishing import PROPOSED, Establishing
from orgdocs.importing.fields import Ledger
from orgdocs.importing.filing import Filing, say_value
from orgdocs.importing.naming import make_id
from orgdocs.importing.organising import FilingError, complete_approvals, emit_file
from orgdocs.importing.origins import Origin
from orgdocs.importing.registering import Directory
from orgdocs.importing.tables.matching import NUMBERS, identify, is_same, lower_title
from orgdocs.importing.updating import Change, Update
from orgdocs.problems import Route, Sentence
from orgdocs.profiles import BY_LANGUAGE
from orgdocs.project import open_project
from orgdocs.schemas import load_schema
from orgdocs.sources import MARKER, Source

if TYPE_CHECKING:
    from pathlib import Path

    from orgdocs.importing.clauses import Data
    from orgdocs.importing.drafts import PostRow, TableDraft, UnitRows
    from orgdocs.importing.filing import Wishes
    from orgdocs.language.inflecting import What
    from orgdocs.model import Institution
    from orgdocs.project import Project

_PROFILES = {**BY_LANGUAGE, "be": "by"}
_OWN = ("category", "classifier", "grade")
"""Values of a row that are fields of the post itself; the others stand under ``staffing``."""
_MANAGEMENT = re.compile(
    r"адміністрація|дирекція|керівництво|керівний склад|администрация|дирекция|руководство|адміністрацыя|дырэкцыя|кіраўніцтва|"
    r"administration|management|directorate",
    re.IGNORECASE,
)
"""Headings over the head of an organisation and the deputies."""
_HEADS = re.compile(
    r"^(?:в\.\s?о\.|т\.\s?в\.\s?о\.|и\.\s?о\.)?\s*(?:начальник|начальниц|завідувач|завідуюч|керівник|директор|голова|ректор"
    r"|головний бухгалтер|головний лікар|заведующ|руководитель|председатель|главный бухгалтер|главный врач|загадчы|кіраўнік|дырэктар"
    r"|начальнік|галоўны бухгалтар|староста|старший|head|chief|director|manager|chair)",
    re.IGNORECASE,
)
"""Titles of those who lead a unit."""


@dataclass
class FiledRow:
    """A row of a table, and the post that it is about."""

    row: PostRow
    id: str
    path: str
    outcome: str
    """``new`` (the post is), ``filled`` (it got its staffing), ``same``, or ``differs``."""


@dataclass
class FiledTable:
    """A staffing table that was taken over."""

    draft: TableDraft
    origin: Origin
    rows: list[FiledRow] = field(default_factory=list)
    units: dict[int, tuple[str, str]] = field(default_factory=dict)
    """By the number of a group: id and name of its unit."""
    updates: list[Update] = field(default_factory=list)
    """What the table says otherwise than the files."""
    missing: list[str] = field(default_factory=list)
    """Ids of posts with staffing that the table does not have."""


def begin_filing(tables: Sequence[tuple[str, TableDraft]], wishes: Wishes, project: Project | None) -> Filing:
    """The plan for an import of staffing tables alone.

    Raises:
        FilingError: there is nothing to name the organisation by, or no unit of the name that was asked for.
    """
    draft = tables[0][1]
    institutions = project.registry.institutions if project else {}
    known = wishes.organisation or (next(iter(institutions)) if len(institutions) == 1 else "")
    chosen = known or make_id(draft.organisation, draft.language)
    if not chosen:
        raise FilingError(Sentence("the papers do not name the organisation; give it an id with --organisation"))
    institution = institutions.get(chosen)
    if wishes.unit and (institution is None or institution.unit(wishes.unit) is None):
        raise FilingError(Sentence("there is no unit {unit} in {organisation}", unit=wishes.unit, organisation=chosen))
    language = wishes.language or (institution.organisation.language if institution is not None else draft.language)
    return Filing(chosen, language)


def file_tables(
    tables: Sequence[tuple[str, TableDraft]], filing: Filing, wishes: Wishes, root: Path, project: Project | None
) -> list[FiledTable]:
    """Plan the files for staffing tables, each with the name of its source, on top of what is planned for papers.

    Raises:
        FilingError: a file that is to be changed has faults.
    """
    filed: list[FiledTable] = []
    for source, draft in tables:
        files = {**(project.source.files if project else {}), **filing.extended, **filing.files}
        opened = open_project(Source(root, dict(sorted(files.items())))) if files else None
        filed.append(_Planning(FiledTable(draft, Origin(source, filing.language)), filing, wishes, opened, project).plan())
    filing.files = dict(sorted(filing.files.items()))
    return filed


class _Planning:
    def __init__(self, filed: FiledTable, filing: Filing, wishes: Wishes, opened: Project | None, before: Project | None) -> None:
        self._filed = filed
        self._draft = filed.draft
        self._filing = filing
        self._wishes = wishes
        self._opened = opened
        self._before = before
        self._organisation = filing.organisation
        self._institution: Institution | None = opened.registry.institutions.get(filing.organisation) if opened else None
        self._directory = Directory.of(self._institution) if self._institution else Directory(filing.language)
        if self._institution is None:
            self._directory.add(filing.organisation, "unit", self._draft.organisation)
        self._establishing = Establishing(filing.organisation, Ledger(self._directory), filed.origin, filing.language)
        self._new_units: dict[int, UnitRows] = {}
        self._used: set[str] = set()
        self._heads: dict[str, str] = {}
        """By unit: the post that heads it, of units that are new."""
        self._top = ""

    def plan(self) -> FiledTable:
        """The whole: units first, since posts are looked for in their units."""
        for number, group in enumerate(self._draft.groups):
            self._enter_unit(number, group)
        introductions: dict[str, list[str]] = {}
        for number, group in enumerate(self._draft.groups):
            for row in group.rows:
                self._enter_post(row, self._unit_of(number), introductions, self._heading_of(group))
        self._top = self._find_top()
        self._name_heads()
        for given in self._establishing.posts:
            self._establishing.settle(given, {}, self._superior(given))
        new = {one.id: one for one in self._filed.rows if one.outcome == "new"}
        for path, (kind, data) in self._establishing.files().items():
            given = path.rpartition("/")[2].removesuffix(".yaml")
            if kind == "position" and given in new:
                new[given].path = path
            self._filing.files[path] = emit_file(data, kind, introductions.get(given, ()) if kind == "position" else ())
        if self._institution is None:
            self._found()
        else:
            self._complete_organisation()
            self._filed.missing = [
                post.id
                for post in self._institution.positions.values()
                if post.staffing is not None and post.id not in self._used and self._is_ours(post.unit.id if post.unit else None)
            ]
        return self._filed

    # -- units ----------------------------------------------------------------------------------------------------

    def _enter_unit(self, number: int, group: UnitRows) -> None:
        """The unit of a group: one that is there, or a new one."""
        if group.kind != "unit" or not group.name or self._is_management(group):
            return
        found = self._find_unit(group.name)
        if found is None:
            found = self._establishing.name_unit(group.name)
            self._new_units[number] = group
        self._filed.units[number] = (found, group.name)

    def _find_unit(self, name: str) -> str | None:
        """The unit of a name, in whatever case it stands there; units that differ by their numbers are two."""
        for given, other in self._filed.units.values():
            if identify(other) == identify(name):
                return given
        found = self._directory.find(name, ("unit",))
        known = self._institution.unit(found) if self._institution is not None and found is not None else None
        if known is None:
            return found if found == self._organisation else None
        return found if NUMBERS.findall(in_language(known.name, self._filing.language)) == NUMBERS.findall(name) else None

    def _unit_of(self, number: int | None) -> str:
        """The unit that the posts of a group belong to: its own, or the one around it."""
        while number is not None:
            if number in self._filed.units:
                return self._filed.units[number][0]
            number = self._draft.groups[number].parent
        return self._wishes.unit or self._organisation

    def _is_management(self, group: UnitRows) -> bool:
        """Whether a group is no unit but the management of a new organisation: its head belongs to none of the units."""
        return self._institution is None and group.parent is None and _MANAGEMENT.fullmatch(group.name.strip(" .:")) is not None

    def _heading_of(self, group: UnitRows) -> str:
        """A heading that is no unit, for the comment of a post."""
        return group.name if group.kind == "staff" or self._is_management(group) else ""

    def _name_heads(self) -> None:
        """A head for each new unit: the row whose title says so, else the first one if it is one post.

        Where it is not, the head of what is around the unit is entered, and check asks for a better one.
        """
        for number, group in self._new_units.items():
            given, name = self._filed.units[number]
            members = [one for one in self._filed.rows if any(one.row is row for row in self._rows_of(number))]
            leading = next((one.id for one in members if _HEADS.search(one.row.title)), None)
            first = members[0].id if members and members[0].row.values.get("posts") == 1 else None
            head = leading or first or self._heads.get(self._parent_of(group)) or self._top or None
            where = self._tell_row(group.spot.row, group.kept)
            self._establishing.add_unit(given, {"name": lower_title(name, self._filing.language)}, self._parent_of(group), where, head)
            self._heads[given] = head or str(as_read(self._establishing.units[given]["head"]))
            if leading is None:
                self._establishing.units[given]["head"] = Noted(self._heads[given], beside=self._filed.origin.tell(PROPOSED))
            elif leading in self._establishing.posts:
                self._establishing.posts[leading].setdefault("category", "manager")
            if group.parent is not None:
                self._establishing.units[given]["parent"] = Noted(self._parent_of(group), beside=self._filed.origin.tell(PROPOSED))

    def _rows_of(self, number: int) -> list[PostRow]:
        """The rows of all groups of one unit."""
        given = self._filed.units[number][0]
        return [row for place, group in enumerate(self._draft.groups) if self._unit_of(place) == given for row in group.rows]

    def _parent_of(self, group: UnitRows) -> str:
        return self._unit_of(group.parent) if group.parent is not None else self._wishes.unit or self._organisation

    def _find_top(self) -> str:
        """The head of the organisation: the one that it has, else the first row that leads, else the first one."""
        if self._institution is not None:
            head = self._institution.organisation.head
            return head.id if head is not None else ""
        direct = [
            one.id for one in self._filed.rows if one.id in self._establishing.posts and "unit" not in self._establishing.posts[one.id]
        ]
        ids = direct or [one.id for one in self._filed.rows]
        titles = {one.id: one.row.title for one in self._filed.rows}
        return next((given for given in ids if _HEADS.search(titles[given])), ids[0] if ids else "")

    def _superior(self, given: str) -> str | None:
        """Whom a new post reports to: the head of its unit, of the unit around it, or of the organisation."""
        unit = str(as_read(self._establishing.posts[given].get("unit")) or "")
        seen: set[str] = set()
        while unit and unit not in seen:
            seen.add(unit)
            head = self._heads.get(unit) or self._known_head(unit)
            if head and head != given:
                return head
            unit = self._establishing.parents.get(unit, "")
        return self._top or None

    def _known_head(self, unit: str) -> str:
        found = self._institution.unit(unit) if self._institution is not None else None
        return found.head.id if found is not None and found.head is not None else ""

    def _is_ours(self, unit: str | None) -> bool:
        """Whether the table is about a unit: about all of them, unless one was asked for."""
        return self._wishes.unit is None or unit == self._wishes.unit

    # -- posts ----------------------------------------------------------------------------------------------------

    def _enter_post(self, row: PostRow, unit: str, introductions: dict[str, list[str]], heading: str) -> None:
        present = self._find_post(row.title, unit) or self._take_proposed_head(row.title, unit)
        if present is not None:
            self._used.add(present[0])
            self._fill(row, *present)
            return
        title = lower_title(row.title, self._filing.language)
        given = self._establishing.add_post(title, unit=unit)
        self._used.add(given)
        data = self._establishing.posts[given]
        data.update({name: self._plain(row.values[name]) for name in _OWN if name in row.values})
        if staffing := self._staffing(row):
            data["staffing"] = staffing
        kept = [*row.kept, *([("", heading)] if heading else [])]
        introductions[given] = self._tell_row(row.spot.row, kept).splitlines()
        self._filed.rows.append(FiledRow(row, given, "", "new"))

    def _tell_row(self, row: int | None, kept: Sequence[tuple[str, str]]) -> str:
        """Where in the table something comes from, and what stands there besides."""
        origin = self._filed.origin
        where = origin.tell(Sentence("from {file}, row {number}", file=origin.name, number=row or 0))
        return "\n".join([where, *(f"{head}: {text}" if head else text for head, text in ((_flat(one), _flat(two)) for one, two in kept))])

    def _staffing(self, row: PostRow) -> dict[str, Value]:
        """What stands under ``staffing``, in the order of the schema."""
        order = load_schema("position")["properties"]["staffing"]["properties"]
        return {name: self._plain(row.values[name]) for name in order if name in row.values} if "posts" in row.values else {}

    def _plain(self, value: object) -> Value:
        return value  # type: ignore[return-value]  # plain data is what the emitter takes

    def _find_post(self, title: str, unit: str) -> tuple[str, str] | None:
        """Id and file of the post of this title in a unit that no row has taken yet."""
        if self._institution is None:
            return None
        wanted = identify(title)
        for post in self._institution.positions.values():
            own = post.unit.id if post.unit else self._organisation
            if post.id not in self._used and own == unit and identify(in_language(post.title, self._filing.language)) == wanted:
                return post.id, post.place.path
        return None

    def _take_proposed_head(self, title: str, unit: str) -> tuple[str, str] | None:
        """The head of the organisation that was proposed for papers that do not name one: the table does."""
        head = self._institution.organisation.head if self._institution is not None else None
        if head is None or unit != self._organisation or not _HEADS.search(title):
            return None
        post = self._institution.positions.get(head.id) if self._institution is not None else None
        path = post.place.path if post is not None else ""
        if path not in self._filing.files or head.id in self._used or any(taken.id == head.id for taken in self._filing.taken):
            return None
        patch = Patch(path, self._filing.files[path])
        self._rename(patch, "title", lower_title(title, self._filing.language), "post")
        self._filing.files[path] = patch.finish()
        return head.id, path

    def _rename(self, patch: Patch, key: str, name: str, what: What) -> None:
        """Another name in place of a proposed one, with its case forms."""
        patch.set((key,), name)
        if "forms" in patch.data:
            patch.remove(("forms",))
        for field_name, forms in self._establishing.forms(name, what).items():
            patch.set((field_name,), forms, after=(key,))

    def _fill(self, row: PostRow, given: str, path: str) -> None:
        """The staffing of a post that is there: written where there is none, told where the table says otherwise."""
        try:
            patch = Patch(path, self._content(path))
            update = Update(path)
            added = False
            for route, value in self._routes(row, has_staffing=isinstance(patch.value(("staffing",)), dict)):
                old = patch.value(route)
                if old is None and (route[0] != "staffing" or len(route) == 1):
                    patch.set(route, value, after=_fields_before(str(route[0])))
                    added = True
                elif not is_same(old, value):
                    update.changes.append(Change("changed", route, "" if old is None else say_value(old), _say(value), value))
            if added:
                self._put(path, patch)
        except PatchError as error:
            raise FilingError(Sentence("{path} cannot be extended: {error}", path=path, error=error.sentence)) from None
        if update.changes:
            self._filed.updates.append(update)
        self._filed.rows.append(FiledRow(row, given, path, "differs" if update.changes else "filled" if added else "same"))

    def _content(self, path: str) -> bytes:
        """A file as it is planned, else as it is."""
        assert self._opened is not None  # noqa: S101  (only files of an opened registry are asked for)
        return self._filing.files.get(path) or self._filing.extended.get(path) or self._opened.source.files[path]

    def _put(self, path: str, patch: Patch) -> None:
        (self._filing.files if path in self._filing.files else self._filing.extended)[path] = patch.finish()

    def _routes(self, row: PostRow, *, has_staffing: bool) -> list[tuple[Route, Value]]:
        """The fields that a row fills."""
        routes: list[tuple[Route, Value]] = [((name,), self._plain(row.values[name])) for name in _OWN if name in row.values]
        staffing = self._staffing(row)
        if staffing and has_staffing:
            routes += [(("staffing", name), value) for name, value in staffing.items()]
            if "rate" not in staffing:
                routes.append((("staffing", "rate"), 1))
        elif staffing:
            where = self._tell_row(row.spot.row, row.kept)
            routes.append((("staffing",), Noted(staffing, above=where)))
        return routes

    # -- the organisation -----------------------------------------------------------------------------------------

    def _complete_organisation(self) -> None:
        """What the table says of the organisation: its name where that was only proposed, year and currency where they are missing."""
        path = f"org/{self._organisation}/organisation.yaml"
        patch = Patch(path, self._content(path))
        before = patch.finish()
        is_proposed = path in self._filing.files and all(taken.id != self._organisation for taken in self._filing.taken)
        if is_proposed and self._draft.organisation and patch.value(("name",)) == self._organisation:
            self._rename(patch, "name", self._draft.organisation, "body")
        given = patch.value(("staffing_table",))
        for name, value in self._draft.settings.items():
            if not isinstance(given, dict) or name not in given:
                patch.set(("staffing_table", name), self._plain(value))
        if patch.finish() != before:
            self._put(path, patch)

    def _found(self) -> None:
        """The files of a new organisation, and of a registry if there is none."""
        draft, origin, files = self._draft, self._filed.origin, self._filing.files
        name = draft.organisation or self._organisation
        whole: Data = {
            "name": name if draft.organisation else Noted(name, above=origin.tell(PROPOSED)),
            **self._establishing.forms(name, "body"),
            "profile": self._wishes.profile or _PROFILES.get(self._filing.language, "intl"),
            "language": self._filing.language,
            "approvals": complete_approvals(None, self._top, None, origin),
        }
        if self._top:
            whole["head"] = self._top
        settings = {key: self._plain(value) for key, value in draft.settings.items()}
        if settings:
            lines = [*draft.above, *draft.title, *draft.below]
            whole["staffing_table"] = Noted(settings, above="\n".join(lines))
        files[f"org/{self._organisation}/organisation.yaml"] = emit_file(whole, "organisation")
        if MARKER not in (self._before.source.files if self._before else {}) and MARKER not in files:
            language = f"messages: {self._filing.language}\n" if self._filing.language in {"uk", "ru"} else ""
            files[MARKER] = f"format: 1\n{language}".encode()


def _flat(text: str) -> str:
    return " ".join(text.split())


def _fields_before(name: str) -> list[str]:
    """The fields that stand before a field in the files of posts."""
    order = list(load_schema("position")["properties"])
    return order[: order.index(name)]


def _say(value: Value) -> str:
    return say_value(as_read(value))
