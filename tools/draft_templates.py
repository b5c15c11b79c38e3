"""Draw the Word templates of the package from the profiles: run after a profile's geometry or the drawing has changed."""

from pathlib import Path

from orgdocs.contents.content import KINDS
from orgdocs.contents.packet import PACKET
from orgdocs.profiles import PROFILES, load_profile
from orgdocs.rendering.drafting import draft_packet_template, draft_template

TEMPLATES = Path(__file__).parent.parent / "src" / "orgdocs" / "templates"


def main() -> None:
    """Write all templates."""
    for profile_id in PROFILES:
        for kind in KINDS:
            path = TEMPLATES / profile_id / f"{kind}.docx"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(draft_template(load_profile(profile_id), kind))
        if PACKET in load_profile(profile_id).data:
            (TEMPLATES / profile_id / f"{PACKET}.docx").write_bytes(draft_packet_template(load_profile(profile_id)))


if __name__ == "__main__":
    main()
