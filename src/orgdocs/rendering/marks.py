"""What is printed on a paper about the paper itself: outside its content, so that the digest that was approved stays the same."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from orgdocs.contents.content import Content


class Marks(NamedTuple):
    """The marks of one paper. Where one is empty, nothing is printed, and the paper has the same bytes as without marks."""

    footer: tuple[str, ...] = ()
    """Lines at the foot of every page: revision, digest, approval."""
    stamp: tuple[str, ...] = ()
    """Lines below the approval stamp: who approved, when, by which act. An annex, which has no stamp, gets them below its head."""
    draft: str = ""
    """The word that warns that nobody has approved this yet: the first line of the paper, and in the head of every further page."""
    code: str = ""
    """The text of a QR code in the lower right corner of the first page."""

    @property
    def digest(self) -> str:
        """SHA-256 of the marks, by which a build sees that they changed; the empty text if there are none."""
        return hashlib.sha256(json.dumps(self, ensure_ascii=False).encode()).hexdigest() if any(self) else ""


NO_MARKS = Marks()


def code_of(content: Content) -> str:
    """What the QR code of a paper says: which paper it is, and the first half of the digest of its content.

    ``orgdocs:zhytomyr/job-description/director:0123456789abcdef0123456789abcdef``
    """
    return f"orgdocs:{content.paper}:{content.digest[:32]}"


def group_digest(digest: str, length: int = 32) -> str:
    """The beginning of a digest as people compare it, in groups of four.

    >>> group_digest("0123456789abcdef", 12)
    '0123 4567 89ab'
    """
    return " ".join(digest[start : start + 4] for start in range(0, min(length, len(digest)), 4))
