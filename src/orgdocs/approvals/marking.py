"""What a paper says of its own approval: revision and digest at the foot, who approved it below the stamp, or that it is a draft."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from orgdocs.approvals.binding import matter_of
from orgdocs.approvals.standing import State
from orgdocs.language import format_day
from orgdocs.profiles import load_profile
from orgdocs.rendering.marks import NO_MARKS, Marks, group_digest

if TYPE_CHECKING:
    from collections.abc import Callable

    from orgdocs.approvals.records import Matter
    from orgdocs.approvals.standing import Version
    from orgdocs.approvals.tallying import Accepted
    from orgdocs.approvals.verifying import Verification
    from orgdocs.contents.content import Content


def mark_papers(verification: Verification) -> Callable[[Content], Marks]:
    """The marks of each paper as it is now; none for papers of organisations that keep no ledger."""

    def mark(content: Content) -> Marks:
        matter = _matter(verification, content)
        standing = verification.standings.get(matter)
        if standing is None or standing.bound is None:
            return NO_MARKS
        if standing.state is State.APPROVED and standing.latest is not None:
            return mark_version(content, standing.latest)
        words = _words(content)
        line = words["of_draft"].replace("NUMBER", str(standing.revision))
        return Marks(footer=(f"{line} · {group_digest(standing.bound.digest)}",), draft=words["draft"])

    return mark


def mark_version(content: Content, version: Version) -> Marks:
    """The marks of a paper as it was approved."""
    words = _words(content)
    number = words["revision"].replace("NUMBER", str(version.revision))
    approved = words["approved"].replace("DAY", _day(content, version.record.day))
    in_force = words["in_force"].replace("DAY", _day(content, version.effective))
    lines = [line for accepted in version.approvals for line in _approval(content, accepted)]
    return Marks(footer=(f"{number} · {group_digest(version.digest)}", f"{approved} · {in_force}"), stamp=tuple(lines))


def _approval(content: Content, accepted: Accepted) -> list[str]:
    """Who approved, and by which act."""
    record, words = accepted.record, _words(content)
    lines = []
    told = (*content.body["stamp"]["lines"], *content.body["annex_first"])
    if record.act is not None and not any(record.act.number in line for line in told):  # the stamp itself may name the act
        kind = load_profile(content.profile).data["words"]["acts"].get(record.act.kind, {})
        act = words["act"].replace("ACT", str(kind.get("nominative", record.act.kind) if isinstance(kind, dict) else kind))
        act = act.replace("DAY", _day(content, date.fromisoformat(record.act.date)))
        lines.append(act.replace("NUMBER", record.act.number))
    recorded = words["recorded"].replace("PERSON", accepted.authority.name(record.approver))
    return [*lines, recorded.replace("DAY", _day(content, record.day))]


def _words(content: Content) -> dict[str, str]:
    words: dict[str, str] = load_profile(content.profile).data["words"]["marks"]
    return words


def _day(content: Content, day: date) -> str:
    return format_day(day, content.paper.language, load_profile(content.profile).data["dates"])


def _matter(verification: Verification, content: Content) -> Matter:
    organisation = verification.project.registry.institutions[content.paper.organisation].organisation
    return matter_of(content.paper, organisation.language)
