"""The list of what is tried against approvals is complete: each name in it is a test, and each test stands in it once."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent


def test_each_scenario_is_held_by_a_test() -> None:
    rows = re.findall(r"(?m)^\| [^|]+ \| ([^|]+) \|$", (HERE / "scenarios.md").read_text(encoding="utf-8"))
    named = [name for row in rows[2:] for name in row.split(", ") if name.strip()]
    sessions = [path.stem for path in (HERE / "sessions").glob("*.session")]
    files = [(HERE / name).read_text(encoding="utf-8") for name in ("test_records.py", "test_reference.py")]
    assert sorted(named) == sorted([*sessions, *(name for text in files for name in re.findall(r"(?m)^def (test_\w+)", text))])
