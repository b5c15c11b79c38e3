"""The drawing of lean Word templates from the geometry of a profile: what HR restyles in Word afterwards."""

from orgdocs.rendering.drafting.numbering import other_levels
from orgdocs.rendering.drafting.packets import draft_packet_template
from orgdocs.rendering.drafting.papers import TABLE_KINDS, draft_template

__all__ = ["TABLE_KINDS", "draft_packet_template", "draft_template", "other_levels"]
