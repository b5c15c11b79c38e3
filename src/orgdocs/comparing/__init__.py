"""What changed between two registries, in the words of the organisation: changes, totals, and the papers that they reach."""

from orgdocs.comparing.changes import Change, Comparison, Figures, Kind, Money, PaperChange, Row, Segment, Spot, Subject, Totals, Value
from orgdocs.comparing.comparing import compare

__all__ = [
    "Change",
    "Comparison",
    "Figures",
    "Kind",
    "Money",
    "PaperChange",
    "Row",
    "Segment",
    "Spot",
    "Subject",
    "Totals",
    "Value",
    "compare",
]
