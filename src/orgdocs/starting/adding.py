"""A new position or unit in a registry: a file at the right place, with every useful field and what it is for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from orgdocs.emitting import quote
from orgdocs.project import Project, open_project
from orgdocs.schemas import refuse_id, suggest
from orgdocs.sources import MARKER, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from orgdocs.model import Institution, Unit

_LANGUAGES = {"en": "en", "uk": "uk", "ru": "ru", "be": "ru"}
"""In which language the comments of a new file are, by the language of the organisation."""

# ${name:example} is a value that a field must have, ${name?example} one that it may have: without it the line is switched off.
_SLOT = re.compile(r"\$\{(?P<name>\w+)(?P<kind>[:?])(?P<example>[^}]*)\}")


class AddingError(Exception):
    """What was asked for cannot be added; the text says why. Nothing was written."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file that is to be added: its path in the registry and its content."""

    path: str
    content: bytes


def new_position(
    project: Project,
    organisation: str,
    position_id: str,
    *,
    unit: str | None = None,
    title: str | None = None,
    reports_to: str | None = None,
) -> NewFile:
    """The file of a new position. Without ``reports_to`` it reports to the head of its unit, or of the nearest one above.

    Raises:
        AddingError: the id cannot be used, or the unit or superior does not exist.
    """
    adding = _Adding(project, organisation)
    adding.check_id(position_id)
    unit = adding.find_unit(unit)
    superior = adding.find_superior(position_id, unit, reports_to)
    path = "/".join(["positions", organisation, *([unit] if unit else []), f"{position_id}.yaml"])
    return adding.fill("position", path, position_id, {"title": title, "unit": unit, "reports_to": superior})


def new_unit(
    project: Project, organisation: str, unit_id: str,
    *, name: str | None = None, kind: str | None = None, parent: str | None = None, head: str | None = None,
) -> NewFile:  # fmt: skip
    """The file of a new unit. Its head need not exist yet, as a head belongs to the unit; only the id must be possible.

    Raises:
        AddingError: an id cannot be used, or the parent does not exist.
    """
    adding = _Adding(project, organisation)
    adding.check_id(unit_id)
    parent = adding.find_unit(parent)
    if head is not None and head not in adding.institution.positions:
        if head == unit_id:
            raise AddingError(f"the unit and its head cannot both have the id {head}")
        adding.check_id(head)
    path = f"org/{organisation}/units/{unit_id}.yaml"
    return adding.fill("unit", path, unit_id, {"name": name, "kind": kind, "parent": parent, "head": head})


def write_new_file(root: Path, file: NewFile) -> None:
    """Put a new file into the registry. Nothing is ever written over, and no link is followed out of it.

    Raises:
        AddingError: there is a file already, or it cannot be written.
    """
    for folder in PurePosixPath(file.path).parents:
        if (root / folder).is_symlink() and folder.parts:
            raise AddingError(f"{folder} is a link; the registry does not follow links")
    target = root / file.path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AddingError(f"{file.path}: its folder cannot be made ({error.strerror})") from error
    try:
        with target.open("xb") as stream:
            stream.write(file.content)
    except FileExistsError:
        raise AddingError(f"{file.path} is there already; it is left alone") from None
    except OSError as error:
        raise AddingError(f"{file.path}: it cannot be written ({error.strerror})") from error


class _Adding:
    def __init__(self, project: Project, organisation: str) -> None:
        self.hierarchy = project.hierarchies[organisation]
        self.institution: Institution = project.registry.institutions[organisation]

    def check_id(self, new_id: str) -> None:
        """Refuse an id that cannot be one, or that something in the organisation has already."""
        if (reason := refuse_id(new_id)) is not None:
            raise AddingError(f"{new_id!r} cannot be an id: {reason}")
        taken = self.places().get(new_id)
        if taken is not None:
            raise AddingError(f"the id {new_id} is in use already: {taken}")

    def places(self) -> dict[str, str]:
        """Which file gives each id of the organisation: positions, units and bodies share one set of ids."""
        institution = self.institution
        entities = (institution.organisation, *institution.bodies.values(), *institution.units.values(), *institution.positions.values())
        broken = {
            entity_id: f"a {kind} whose file cannot be read" for kind, entity_id in institution.broken if kind in {"unit", "position"}
        }
        return broken | {entity.id: entity.place.path for entity in entities}

    def find_unit(self, unit_id: str | None) -> str | None:
        """The id of an existing unit; None for the organisation itself."""
        if unit_id is None or unit_id == self.institution.organisation.id:
            return None
        if unit_id not in self.institution.units and not self.institution.is_broken("unit", unit_id):
            raise AddingError(_unknown("unit", unit_id, [*self.institution.units, self.institution.organisation.id]))
        return unit_id

    def find_superior(self, position_id: str, unit_id: str | None, given: str | None) -> str | None:
        """The given superior if there is such a post or body, else the nearest head above the new position."""
        if given is not None:
            if given == position_id:
                raise AddingError(f"{given} cannot report to itself")
            if self.institution.actor(given) is None and not self.institution.is_broken("position", given):
                raise AddingError(_unknown("post or body", given, [*self.institution.positions, *self.institution.bodies]))
            return given
        unit = self.institution.unit(unit_id) if unit_id else self.institution.organisation
        above: Iterable[Unit] = () if unit is None else (unit, *self.hierarchy.parents(unit))
        return next((head.id for one in above if (head := self.hierarchy.head(one)) is not None and head.id != position_id), None)

    def fill(self, kind: str, path: str, new_id: str, values: Mapping[str, str | None]) -> NewFile:
        """The blank of a kind of file with the values in it, proved to be readable."""
        language = _LANGUAGES.get(self.institution.organisation.language, "en")
        blank = (files(__name__.rpartition(".")[0]) / "blanks" / language / f"{kind}.yaml").read_text("utf-8")
        lines = [_fill_line(line, new_id, values) for line in blank.splitlines()]
        try:
            content = ("\n".join(lines) + "\n").encode()
        except UnicodeEncodeError:
            raise AddingError("a value on the command line holds bytes that are no text") from None
        _prove(path, content)
        return NewFile(path, content)


def _fill_line(line: str, new_id: str, values: Mapping[str, str | None]) -> str:
    slot = _SLOT.search(line)
    if slot is None:
        return line
    value = values[slot["name"]]
    example = slot["example"].replace("$id", new_id).replace("$words", new_id.replace("-", " ").capitalize())
    switched_off = value is None and slot["kind"] == "?"
    return ("#" if switched_off else "") + line[: slot.start()] + (quote(example) if value is None else quote(_clean(value)))


def _clean(value: str) -> str:
    """The value as it is stored: composed letters, ordinary line ends, no spaces around."""
    return unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n").strip()


def _prove(path: str, content: bytes) -> None:
    """Read the new file by the same eyes as ``check``, whatever rules the registry has switched off."""
    alone = open_project(Source(Path(), {MARKER: b"format: 1\n", path: content}))
    for problem in alone.problems:
        if problem.path == path and problem.code.startswith(("OD1", "OD2")) and problem.name != "no-organisation":
            raise AddingError(f"this cannot be written into a file: {problem.sentence}")


def _unknown(what: str, given: str, known: list[str]) -> str:
    near = suggest(given, known)
    return f"there is no {what} {given}; {near if near is not None else 'there are: ' + ', '.join(known)}"
