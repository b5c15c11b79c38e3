"""Draw the Word templates of the package from the profiles: run after a profile's geometry or the drawing has changed."""

from pathlib import Path

from orgdocs.contents.content import KINDS
from orgdocs.profiles import PROFILES, load_profile
from orgdocs.rendering.drafting import draft_template

TEMPLATES = Path(__file__).parent.parent / "src" / "orgdocs" / "templates"


def main() -> None:
    """Write all templates."""
    for profile_id in PROFILES:
        for kind in KINDS:
            path = TEMPLATES / profile_id / f"{kind}.docx"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(draft_template(load_profile(profile_id), kind))


if __name__ == "__main__":
    main()
