"""The wording of packets: that of the profile, with what the institution has put in its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from orgdocs.contents.packet import PACKET
from orgdocs.contents.view import Sight
from orgdocs.contents.wording import Wording, text_at, view_context
from orgdocs.profiles import BY_LANGUAGE, PROFILES, Profile, adapt_profile, load_profile, native_profile

if TYPE_CHECKING:
    from orgdocs.hierarchy import Hierarchy
    from orgdocs.model import Actor

_ID = re.compile(r" \[[a-z0-9][a-z0-9/-]*\]")


def choose_packet_profile(hierarchy: Hierarchy) -> Profile | None:
    """The profile whose wording packets of an institution have; that of its country in another language where its own has none.

    None if the institution has no profile at all.
    """
    organisation = hierarchy.institution.organisation
    if organisation.profile not in PROFILES:
        return None
    candidates = (native_profile(organisation.profile, organisation.language), organisation.profile, BY_LANGUAGE["ru"])
    profile = next(load_profile(name) for name in candidates if PACKET in load_profile(name).data)
    wording = hierarchy.institution.wording
    if isinstance(wording, dict) and wording:
        return adapt_profile(profile, wording, f"org/{organisation.id}/wording.yaml")
    return profile


class Saying:
    """Says the sentences of a packet about one institution."""

    def __init__(self, hierarchy: Hierarchy, profile: Profile) -> None:
        self.profile = profile
        self.sight = Sight(hierarchy, profile, hierarchy.institution.organisation.language)
        organisation = hierarchy.institution.organisation
        self._view: dict[str, Any] = {
            "words": profile.data["words"],
            "language_": self.sight.language,
            "missing_": self.sight.missing,
            "introduced_": None,
            "blanks": profile.data["blanks"],
            "organisation": self.sight.unit(organisation),
            "place": self.sight.text(organisation.place_of_issue, organisation.place.under("place")),
        }

    def say(self, *route: str, **values: Any) -> str:
        """The wording at a route below ``packet``, over what is known of the institution and the values.

        Raises:
            WordingError: the institution's own wording cannot be read, or speaks of something that is not there.
        """
        whole = (PACKET, *route)
        return Wording(text_at(self.profile.data, whole), whole).write(view_context({**self._view, **values}))

    def has(self, *route: str) -> bool:
        """Whether there is a wording at a route."""
        data: Any = self.profile.data[PACKET]
        for step in route:
            if not isinstance(data, dict) or step not in data:
                return False
            data = data[step]
        return True

    def unit_beside(self, post: str, hierarchy: Hierarchy | None = None) -> str:
        """The unit of a post in parentheses, with a space in front, where another post of the institution has the same title."""
        hierarchy = hierarchy or self.sight.hierarchy
        position = hierarchy.institution.positions.get(post)
        unit = hierarchy.unit_of(position) if position is not None else None
        if position is None or unit is None or unit is hierarchy.institution.organisation:
            return ""
        others = (one for one in hierarchy.institution.positions.values() if one is not position)
        is_alone = all(other.title != position.title for other in others)
        return "" if is_alone else f" ({self.sight.unit(unit)['nominative']})"

    def columns(self, route: str) -> list[str]:
        """The titles of the columns of a table."""
        return [self.say(route, key) for key in self.profile.data[PACKET][route]]

    def person(self, actor: Actor) -> str:
        """The name of who holds a post or office, as the profile prints it, or a line to fill in."""
        parts = self.sight.holder(actor)
        name = Wording(self.profile.data["person"], ("person",)).write(view_context({**self._view, **parts})) if parts else ""
        return name or str(self.profile.data["blanks"]["name"])


def without_ids(text: str) -> str:
    """A text for people who know the organisation and not its files.

    >>> without_ids("immediate superior: Deputy [deputy] (before: Director [director])")
    'immediate superior: Deputy (before: Director)'
    """
    return _ID.sub("", text)
