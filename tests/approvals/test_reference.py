"""The ledger of the reference organisation: every record in it counts, and the two verifiers agree on each."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from orgdocs.approvals.judging import judge
from orgdocs.approvals.ledger import open_ledgers, read_ledgers
from orgdocs.approvals.signatures import NAMESPACE, find_signer

ROOT = Path(__file__).parents[2]


def test_every_record_counts() -> None:
    judgement = judge(open_ledgers(read_ledgers(ROOT))["zhytomyr"], today=date(2026, 3, 1))
    assert judgement.refusals == []
    approved = {str(each.record.matter) for each in judgement.accepted.values()}
    assert approved == {
        "zhytomyr/authority/zhytomyr",
        "zhytomyr/job-description/director",
        "zhytomyr/job-description/head-of-benefits",
        "zhytomyr/regulation/veterans",
        "zhytomyr/regulation/zhytomyr",
        "zhytomyr/staffing-table/zhytomyr",
        "zhytomyr/structure/zhytomyr",
    }


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="OpenSSH is not installed")
def test_both_verifiers_agree(tmp_path: Path) -> None:
    """OpenSSH is asked with a file of allowed signers, as it would be by somebody who does not have orgdocs."""
    (ledger,) = open_ledgers(read_ledgers(ROOT)).values()
    authority = judge(ledger, today=date(2026, 3, 1)).authority
    assert authority is not None
    lines = [f'{person} namespaces="{NAMESPACE}" {key.key}' for person in authority.people for key in authority.keys(person)]
    allowed = tmp_path / "allowed"
    allowed.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for entry in ledger.entries.values():
        assert entry.record is not None
        assert entry.signature is not None
        assert authority.owner(find_signer(entry.content, entry.signature) or "") == entry.record.approver
        signature = ROOT / entry.path.replace(".json", ".sig")
        command = ["ssh-keygen", "-Y", "verify", "-f", allowed, "-I", entry.record.approver, "-n", NAMESPACE, "-s", signature]
        assert subprocess.run(command, input=entry.content, capture_output=True, check=False).returncode == 0
