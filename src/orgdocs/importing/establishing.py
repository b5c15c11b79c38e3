"""Units and heads of which papers speak, and for which no paper was given: each gets a file that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orgdocs.editing.declining import mark_proposal
from orgdocs.emitting import Noted, Value
from orgdocs.importing.subjects import propose_forms, tell_unit_kind, title_head
from orgdocs.problems import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgdocs.importing.clauses import Data
    from orgdocs.importing.fields import Ledger
    from orgdocs.importing.origins import Origin
    from orgdocs.language.inflecting import What

PROPOSED = Sentence("proposed: the papers do not say it")

_NOT_TAKEN = {
    "uk": "посадову інструкцію ще не перенесено",
    "ru": "должностная инструкция ещё не перенесена",
    "be": "пасадавая інструкцыя яшчэ не перанесена",
    "en": "the job description has not been taken over yet",
}
"""Why no job description is printed for a post that is only mentioned, in the language of the organisation."""


class Establishing:
    """Makes the files of units and heads that have no paper of their own."""

    def __init__(self, organisation: str, ledger: Ledger, comments: Origin, language: str) -> None:
        self._organisation = organisation
        self._directory = ledger.directory
        self._comments = comments
        self._language = language
        self.posts: dict[str, Data] = {}
        """By id; further fields of a head may still be added."""
        self.units: dict[str, Data] = {}
        self.parents: dict[str, str] = {}
        """The unit that each of them belongs to."""
        self._folders: dict[str, str] = {}

    def add_head(self, unit: str, name: str, title: str = "") -> str:
        """A post for the head of a unit or of the organisation. Without a title it has the usual one for its kind of unit."""
        proposed = title or title_head(tell_unit_kind(name), self._language)
        if unit != self._organisation:
            proposed = self._with_unit(proposed, name)
        given = self.add_post(proposed, unit=unit)
        self.posts[given]["category"] = "manager"
        if not title:
            self.posts[given]["title"] = Noted(proposed, above=self._comments.tell(PROPOSED))
        return given

    def add_post(self, title: str, *, unit: str = "") -> str:
        """A post that papers mention, in a unit or directly under the organisation."""
        if self._language != "en" and title[:2].istitle() and title[1:2].islower():
            title = title[:1].lower() + title[1:]
        given = self._directory.register(title, "post", fallback="post", beside=unit)
        reason = _NOT_TAKEN.get(self._language, _NOT_TAKEN["en"])
        self.posts[given] = {"title": title, **self.forms(title, "post"), "job_description": {"not_required": reason}}
        self._folders[given] = ""
        if unit and unit != self._organisation:
            self.posts[given]["unit"] = unit
            self._folders[given] = f"{unit}/"
        return given

    def _with_unit(self, title: str, name: str) -> str:
        """The title of a head with the name of the unit behind it, unless it names it already."""
        proposal = propose_forms(name, self._language, "unit")
        genitive = proposal.forms.get("genitive", name) if proposal is not None else name
        if genitive.casefold() in title.casefold():
            return title
        first, _, rest = genitive.partition(" ")
        if title.casefold().endswith(f" {first.casefold()}"):
            return f"{title} {rest}".strip()
        return f"{title} of the {name}" if self._language == "en" else f"{title} {genitive}"

    def name_unit(self, name: str) -> str:
        """The id of a unit that a paper names; its file comes with ``add_unit``."""
        return self._directory.register(name, "unit", fallback="unit")

    def add_unit(self, given: str, entry: Mapping[str, Any], parent: str, origin: str, head: str | None = None) -> None:
        """The file of a unit, with a post for its head unless there is one. ``entry`` has a name and perhaps ``legal_entity``."""
        name = str(entry["name"])
        data: Data = {
            "name": Noted(name, above=origin),
            **self.forms(name, "unit"),
            "kind": tell_unit_kind(name) or Noted("division", beside=self._comments.tell(PROPOSED)),
            "head": head or Noted(self.add_head(given, name), beside=self._comments.tell(PROPOSED)),
        }
        if parent != self._organisation:
            data["parent"] = parent
        if entry.get("legal_entity"):
            data["legal_entity"] = True
        self.units[given] = data
        self.parents[given] = parent

    def forms(self, name: str, what: What, *, doubtful: bool = False) -> Data:
        """The case forms of a name, where they can be proposed.

        Those of which the program is not sure are left out until a paper needs them, unless ``doubtful`` is given.
        """
        proposal = propose_forms(name, self._language, what)
        if proposal is None or not (proposal.is_sure or doubtful):
            return {}
        return {"forms": Noted(proposal.forms, beside=mark_proposal(proposal, self._comments.patterns, self._comments.language))}

    def decline(self, predecessors: Value) -> Value:
        """Predecessors with the genitive of their names, which is the case that papers need."""
        declined: list[Value] = []
        for entry in predecessors if isinstance(predecessors, list) else ():
            proposal = propose_forms(str(entry["name"]), self._language, "body")
            whole = dict(entry)
            if proposal is not None and proposal.is_sure:
                mark = mark_proposal(proposal, self._comments.patterns, self._comments.language)
                whole["forms"] = Noted({"genitive": proposal.forms["genitive"]}, beside=mark)
            declined.append(whole)
        return declined

    def files(self) -> dict[str, tuple[str, Data]]:
        """The files by path, each with its kind and what it says."""
        units = {f"org/{self._organisation}/units/{given}.yaml": ("unit", data) for given, data in self.units.items()}
        posts = {
            f"positions/{self._organisation}/{self._folders[given]}{given}.yaml": ("position", data) for given, data in self.posts.items()
        }
        return units | posts

    def settle(self, given: str, fields: Mapping[str, Value], superior: str | None) -> None:
        """Add to a head what regulations say of it, and the superior that follows from its place."""
        data = self.posts[given]
        data.update({key: value for key, value in fields.items() if key not in data or key == "category"})
        if superior is not None and superior != given and "reports_to" not in data:
            data["reports_to"] = Noted(superior, beside=self._comments.tell(PROPOSED))
