"""Found the ledger of the reference organisation anew: fresh keys for its people, and approvals of the papers that visitors see.

Run it when these papers have changed and it is known that they are right. The private keys are thrown away at the end: the
next approval is a new ledger, which only a reference registry may have. A real ledger is never founded twice.
"""

import os
import re
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from orgdocs.cli import run

ROOT = Path(__file__).parent.parent
ORGANISATION = ROOT / "org" / "zhytomyr"

DECISIONS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("2025-12-22", "ostap-lypovetskyi", "zhytomyr/authority", ()),
    # In person, by the deputy mayor.
    *(
        (day, person, f"zhytomyr/job-description/{paper}", ())
        for paper in ("director", "head-of-benefits")
        for day, person in (
            ("2026-01-30", "bohdan-levadnyi"),
            ("2026-01-30", "dzvenyslava-tkachyk"),
            ("2026-02-02", "daryna-kalynets"),
        )
    ),
    # By the mayor, by a directive.
    ("2026-01-13", "mariana-haiova", "zhytomyr/regulation/veterans", ()),
    ("2026-01-13", "bohdan-levadnyi", "zhytomyr/regulation/veterans", ()),
    ("2026-01-15", "ostap-lypovetskyi", "zhytomyr/regulation/veterans", ("--number", "43/2026", "--date", "2026-01-15")),
    # By the council, by a decision that the registrar records.
    *(
        ("2026-01-19", person, "zhytomyr/regulation/zhytomyr", ())
        for person in ("daryna-kalynets", "sofiia-yavornytska", "roman-vyshnevyi", "bohdan-levadnyi")
    ),
    (
        "2026-01-26",
        "dzvenyslava-tkachyk",
        "zhytomyr/regulation/zhytomyr",
        ("--number", "412", "--date", "2026-01-23", "--effective", "2026-02-01"),
    ),
    ("2025-12-29", "ostap-lypovetskyi", "zhytomyr/staffing-table/zhytomyr", ("--effective", "2026-01-01")),
    ("2025-12-29", "ostap-lypovetskyi", "zhytomyr/structure/zhytomyr", ()),
)
"""Day, person, paper and options of each decision, in their order."""


def main() -> None:
    """Make the keys, write them into people.yaml, and sign."""
    with tempfile.TemporaryDirectory() as folder:
        keys = Path(folder)
        people = ORGANISATION / "people.yaml"
        text = people.read_text("utf-8")
        for person in re.findall(r"^  ([a-z-]+):$", text, flags=re.MULTILINE):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", keys / person], check=True)  # noqa: S603, S607
            public = " ".join((keys / f"{person}.pub").read_text().split()[:2])
            text = re.sub(rf"(^  {person}:\n(?:    .*\n)*?      - key: ).*", rf"\g<1>{public}", text, flags=re.MULTILINE)
        people.write_text(text, "utf-8")
        shutil.rmtree(ORGANISATION / "approvals", ignore_errors=True)
        for day, person, paper, options in DECISIONS:
            moment = datetime.fromisoformat(f"{day}T09:00:00").replace(tzinfo=UTC)
            os.environ["SOURCE_DATE_EPOCH"] = str(int(moment.timestamp()))
            if run(["approve", paper, "--root", str(ROOT), "--key", str(keys / person), "--yes", *options]):
                raise SystemExit(f"{person} could not approve {paper}")


if __name__ == "__main__":
    main()
