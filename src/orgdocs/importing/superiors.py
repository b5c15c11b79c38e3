"""Who stands above whom: heads of units, superiors and substitutes that papers mention, and the head of the organisation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from orgdocs.importing.fields import SURE, find_head, is_body, shorten
from orgdocs.importing.naming import make_id
from orgdocs.importing.registering import words_of
from orgdocs.importing.understanding.nominatives import restore

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgdocs.importing.establishing import Establishing
    from orgdocs.importing.fields import Ledger
    from orgdocs.importing.filing import Taken
    from orgdocs.model import Institution

_OUTSIDE = frozenset({"director", "general", "rector", "chair", "principal"})
"""First words of ids of posts that usually head an organisation: who stands above them stands outside."""
_MANAGERS = re.compile(r"(?:head|chief|manager|owner)(?:-of-(?:institution|school|kindergarten|centre|hospital|clinic))?")
"""Ids of posts that may head one if there is none of those."""
_MAYORS = ("mayor", "village-mayor")
_COUNCIL = re.compile(r"\b(?:рад[аи]|совет\w?|савет\w?|council|комітет\w*|комитет\w*|committee)\b", re.IGNORECASE)
_SANCTION = re.compile(r"(?:затвердж|утвержд|зацвердж|approve)\w*[:.]?(?: by)?", re.IGNORECASE)
_DEED = re.compile(
    r"(?P<act>наказ|розпорядження|приказ|распоряжение|загад|распараджэнне)\w*\s+(?P<by>[^\W\d_].*)$|"
    r"(?:order|directive) of (?:the )?(?P<of>.+)$",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\s*(?:_{2,}.*|[«\"“(№].*|\s[А-ЯІЇЄҐЁЎA-Z]\.\s?[А-ЯІЇЄҐЁЎA-Z]\..*|\s(?:від|от|ад)\s+\d.*)$")
_NAMED_INSTITUTION = re.compile(r"\s+[А-ЯІЇЄҐЁЎ]{2,}(?=\s|$).*$")


class Superiors:
    """Finds the superiors of posts, and makes posts of those who are only mentioned."""

    def __init__(
        self, organisation: str, language: str, ledger: Ledger, establishing: Establishing, institution: Institution | None
    ) -> None:
        self._organisation = organisation
        self._language = language
        self._ledger = ledger
        self._directory = ledger.directory
        self._establishing = establishing
        self._institution = institution
        self.heads: dict[str, str] = {}
        """The head of each unit whose regulation is taken over, or that a job description names."""
        self._mentioned: list[str] = []
        """Posts that papers mention as superiors or substitutes."""
        self.top: str | None = None
        """The head of the organisation: the superior of every post whose paper names none."""

    def find_head(self, taken: Taken) -> str:
        """The post that heads a unit: among the papers, or a new one without a paper."""
        title = find_head(taken.draft)
        full = self._directory.find(f"{title} {taken.name}", ("post",)) if title else None
        found = full or (self._directory.find(title, ("post",)) if title and taken.id == self._organisation else None)
        return found or self._establishing.add_head(taken.id, taken.name, title)

    def find_head_among(self, members: Sequence[Taken], unit: str) -> str | None:
        """Who heads a unit that only its posts name: one of them by its title, or the head to whom one of them reports."""
        for taken in members:
            if taken.id.split("-")[0] in {"head", "chief"} and not taken.id.startswith("chief-specialist"):
                return taken.id
        for taken in members:
            for fact in taken.draft.facts:
                title = str(fact.value["name"]) if fact.route == ("reports_to",) and isinstance(fact.value, dict) else ""
                given = make_id(title, self._language)
                leads = given.startswith("head") or given == f"director-{unit}"
                if fact.confidence >= SURE and leads and self._ledger.find(title) is None:
                    return self._establishing.add_post(title, unit=unit)
        return None

    def add_mentioned(self, taken: Taken) -> None:
        """Posts of the organisation that a paper mentions as superior or substitute, and that have no paper of their own.

        Who stands above the head of the organisation stands outside.
        """
        for fact in taken.draft.facts:
            name = fact.route[-1]
            if fact.confidence < SURE or name not in {"reports_to", "substituted_by"}:
                continue
            if name == "reports_to" and (taken.id == self._organisation or taken.id.split("-")[0] in _OUTSIDE):
                continue
            for value in fact.value if isinstance(fact.value, list) else [fact.value]:
                if isinstance(value, dict) and "name" in value and self._ledger.find(str(value["name"])) is None:
                    mentioned = str(value["name"])
                    if name == "substituted_by" or not is_body(mentioned, self._language):
                        self._mentioned.append(self._establishing.add_post(mentioned))

    def find_approver(self, papers: Sequence[Taken], name: str) -> None:
        """Take who approves the papers, or appoints, for the head of the organisation called ``name`` where a new one tells no other."""
        if self._institution is not None or self._organisation in self.heads:
            return
        told = [(taken.draft.stamp, taken) for taken in papers]
        titles = [_read_approver(stamp, self._language) for stamp, _ in told]
        for taken in papers:
            titles += [
                str(fact.value["by"]["name"])
                for fact in taken.draft.facts
                if fact.route == ("appointed_by",) and isinstance(fact.value, dict) and isinstance(fact.value["by"], dict)
            ]
        for full in filter(None, titles):
            title = next(iter(shorten(full, words_of(name))), full)
            given = make_id(title, self._language)
            mayor = given in _MAYORS and _COUNCIL.search(name) is not None
            leads = given.split("-")[0] in _OUTSIDE or _MANAGERS.fullmatch(given) is not None
            if mayor or (leads and title == title.split(",")[0]):
                self.top = self._directory.find(title, ("post",)) or self._establishing.add_post(title)
                self._directory.add(self.top, "post", full)
                return

    def find_top(self, papers: Sequence[Taken], name: str) -> None:
        """Find the head of the organisation called ``name``, or make a post for it."""
        if self._institution is not None:
            head = self._institution.organisation.head
            self.top = head.id if head is not None else None
            return
        posts = [taken.id for taken in papers if taken.kind == "job-description" and taken.unit is None]
        found = self.top or self.heads.get(self._organisation)
        found = found or next((given for given in [*posts, *self._mentioned] if given.split("-")[0] in _OUTSIDE), None)
        found = found or next((given for given in [*self._mentioned, *posts] if _MANAGERS.fullmatch(given)), None)
        self.top = found or self._establishing.add_head(self._organisation, name)

    def tell_of_head(self, taken: Taken, papers: Sequence[Taken]) -> None:
        """What a regulation says of the head belongs to the file of the head."""
        head = self.heads[taken.id]
        if head in self._establishing.posts:
            self._establishing.settle(head, taken.fields.head, None)
            return
        post = next((one for one in papers if one.id == head), None)
        if post is not None:
            post.fields.own = {**taken.fields.head, **post.fields.own}

    def find_superior(self, taken: Taken) -> str | None:
        """The superior of a post whose paper names none: the head of its unit, or of the organisation."""
        unit = self._institution.unit(taken.unit) if self._institution is not None and taken.unit else None
        above = self.heads.get(taken.unit or "") or (unit.head.id if unit is not None and unit.head is not None else self.top)
        return above if above != taken.id else (self.top if self.top != taken.id else None)

    def find_above(self, papers: Sequence[Taken]) -> str | None:
        """Who appoints the head of the organisation, or stands above it."""
        paper = next((taken.fields.own for taken in papers if taken.id == self.top), None)
        post = paper or self._establishing.posts.get(self.top or "", {})
        appointed = post.get("appointed_by")
        above = appointed.get("by") if isinstance(appointed, dict) else post.get("reports_to")
        return above if isinstance(above, str) and above != self.top else None


def _read_approver(stamp: Sequence[str], language: str) -> str:
    """The post that approves by a stamp: below "I approve", or after the order by which it was done; empty if it tells none."""
    start = next((index for index, line in enumerate(stamp) if _SANCTION.match(line.lstrip('«"“ '))), None)
    if start is None:
        return ""
    first = _SANCTION.sub("", stamp[start].lstrip('«"“ '), count=1).strip(' :»"”')
    lines = [line for line in (first, *stamp[start + 1 : start + 3]) if re.search(r"[^\W\d_]{3}", line)]
    if not lines:
        return ""
    ordered = _DEED.match(lines[0])
    case = "genitive" if ordered else "nominative"
    text = (ordered["by"] or ordered["of"]) if ordered else lines[0]
    title = restore(_NAMED_INSTITUTION.sub("", _SIGNED.sub("", text)).strip(" ,."), language, case).text
    return title[:1].lower() + title[1:] if language != "en" and not title.isupper() else title
