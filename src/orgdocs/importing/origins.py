"""Comments that say where in which file a part of the YAML comes from, in the language of the organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgdocs.messages import load_patterns
from orgdocs.problems import Sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from orgdocs.importing.drafts import ClauseDraft
    from orgdocs.importing.manuscript import Spot

_LANGUAGES = {"be": "ru"}
"""In which language comments are written where there are no messages in that of the organisation."""


def say_number(number: str, lead_number: str = "") -> str:
    """The number of a clause without its marks, behind that of the lead above it: ``3.1(26)``."""
    bare, lead = number.strip("()."), lead_number.strip("().")
    return f"{lead}({bare})" if lead and bare and not bare.startswith(f"{lead}.") else bare


class Origin:
    """One file that is taken over, as comments name it."""

    def __init__(self, name: str, language: str) -> None:
        self.name = name
        self.language = _LANGUAGES.get(language, language)
        self.patterns = load_patterns(self.language)

    def tell(self, sentence: Sentence) -> str:
        """A sentence in the language of the comments."""
        return sentence.told(self.patterns)

    def clauses(self, clauses: Sequence[ClauseDraft], lead_number: str = "") -> str:
        """``from regulation.docx, clauses 3.1 to 3.9``; without numbers, the paragraph. ``lead_number`` is that of a lead above them."""
        numbers = [say_number(clause.number, lead_number) for clause in clauses if any(letter.isdigit() for letter in clause.number)]
        if len(numbers) > 1:
            return self.tell(Sentence("from {file}, clauses {first} to {last}", file=self.name, first=numbers[0], last=numbers[-1]))
        if numbers:
            return self.tell(Sentence("from {file}, clause {number}", file=self.name, number=numbers[0]))
        return self.paragraph(clauses[0].spot) if clauses else self.tell(Sentence("from {file}", file=self.name))

    def paragraph(self, spot: Spot) -> str:
        """``from regulation.docx, paragraph 41``."""
        return self.tell(Sentence("from {file}, paragraph {number}", file=self.name, number=spot.block))

    def clause(self, number: str, spot: Spot) -> str:
        """``clause 1.3``, or the paragraph where it has no number."""
        if number:
            return self.tell(Sentence("clause {number}", number=number.strip("().")))
        return self.tell(Sentence("paragraph {number}", number=spot.block))
