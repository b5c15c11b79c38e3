"""OD95x and OD96x: records of approvals. They are found by ``orgdocs verify``, not by ``orgdocs check``; here is what they demand."""

from __future__ import annotations

from collections.abc import Iterator

from orgdocs.problems import Finding
from orgdocs.rules.rule import Subject, error


def broken_record(subject: Subject) -> Iterator[Finding]:
    """A record is as it was signed: in its name, its form, its place and its content.

    A record is never edited, moved or renamed. What has to be decided otherwise is a new record.

    Wrong:

    ```text
    org/office/approvals/regulation/legal/0123456789abcdef01234567.json   edited after it was signed
    ```

    Right:

    ```text
    orgdocs withdraw office/regulation/legal --reason "signed by mistake"
    ```
    """
    del subject
    return iter(())


def bad_signature(subject: Subject) -> Iterator[Finding]:
    """The signature beside a record is one over this record, for approvals.

    A signature over anything else, or for another purpose, says nothing about the paper.

    Wrong:

    ```text
    0123456789abcdef01234567.sig   copied from another record
    ```

    Right:

    ```text
    orgdocs approve office/regulation/legal
    ```
    """
    del subject
    return iter(())


def wrong_key(subject: Subject) -> Iterator[Finding]:
    """A record is signed with a key of the person whom it names.

    Keys stand in people.yaml, as far as that was approved.

    Wrong:

    ```text
    approver: moore, signed with the key of gray
    ```

    Right:

    ```text
    approver: gray, signed with the key of gray
    ```
    """
    del subject
    return iter(())


def ended_key(subject: Subject) -> Iterator[Finding]:
    """A key that was retired or revoked signs nothing new.

    What a retired key signed counts if others have sealed it since: whoever approves a change of who may approve seals all
    records that are there. Of what a revoked key signed, only what is named under sealed counts. The day in the record does
    not matter, for whoever has the key could write any.

    Wrong:

    ```yaml
    keys: [{key: "ssh-ed25519 AAAA…", revoked: 2026-03-02}]
    ```

    Right:

    ```yaml
    keys: [{key: "ssh-ed25519 AAAA…", revoked: 2026-03-02, sealed: [0123456789abcdef01234567]}]
    ```
    """
    del subject
    return iter(())


def missing_record(subject: Subject) -> Iterator[Finding]:
    """All records that others name, or that the base has, are there, with the files that are attached to them.

    Otherwise a rejection could be made to disappear.

    Wrong:

    ```text
    git rm org/office/approvals/regulation/legal/0123456789abcdef01234567.json
    ```

    Right:

    ```text
    orgdocs withdraw office/regulation/legal --reason "the objection is settled"
    ```
    """
    del subject
    return iter(())


def unknown_introduction(subject: Subject) -> Iterator[Finding]:
    """A ledger begins with one introduction, the one whose digest is known from elsewhere.

    Whoever could begin it anew would name the people who approve.

    Wrong:

    ```text
    a second first record in org/office/approvals/authority/office
    ```

    Right:

    ```text
    git config --add orgdocs.introduction 4f0c9a7d13e2b4866a1c0d9e
    ```
    """
    del subject
    return iter(())


def unknown_authority(subject: Subject) -> Iterator[Finding]:
    """A record is judged by a word on who may approve that was itself approved.

    Nobody makes himself an approver in the change that he approves.

    Wrong:

    ```text
    people.yaml: a new person, and an approval of that person, in one change
    ```

    Right:

    ```text
    orgdocs approve office/authority    by those who may approve it today; then the new person approves
    ```
    """
    del subject
    return iter(())


def rival_authorities(subject: Subject) -> Iterator[Finding]:
    """Changes of who may approve follow each other.

    Two that were approved on two branches know nothing of each other; which one counts, people have to say.

    Wrong:

    ```text
    two records in org/office/approvals/authority/office, each approved, both following the same one
    ```

    Right:

    ```text
    orgdocs approve office/authority    after the merge, by somebody who may approve it by both
    ```
    """
    del subject
    return iter(())


def not_entitled(subject: Subject) -> Iterator[Finding]:
    """Whoever decides may do so: holds the post on that day, or stands in for it, and the approval matrix names the post.

    Otherwise the approval of anybody who has a key would do.

    Wrong:

    ```text
    the lawyer approves what the approval matrix gives to the director
    ```

    Right:

    ```text
    the director approves, or in a vacancy the deputy who substitutes the director
    ```
    """
    del subject
    return iter(())


def own_approval(subject: Subject) -> Iterator[Finding]:
    """Where four eyes are asked for, nobody approves what he has prepared.

    Nobody finds the own mistakes.

    Wrong:

    ```text
    approver: moore, prepared_by: [moore]
    ```

    Right:

    ```text
    approver: moore, prepared_by: [gray]
    ```
    """
    del subject
    return iter(())


def stale_approval(subject: Subject) -> Iterator[Finding]:
    """A paper that was approved reads as it was approved.

    What was approved stays in force until the new text is; until then this is a draft. The problem stands at the first
    change that reaches the paper.

    Wrong:

    ```text
    a duty more in positions/office/director.yaml, after the job description was approved
    ```

    Right:

    ```text
    orgdocs approve office/job-description/director
    ```
    """
    del subject
    return iter(())


def unapproved_authority(subject: Subject) -> Iterator[Finding]:
    """What the registry says on who may approve has been approved.

    Until then nobody whom it adds may approve, and whoever it dismisses still may.

    Wrong:

    ```text
    a new key in people.yaml
    ```

    Right:

    ```text
    orgdocs approve office/authority
    ```
    """
    del subject
    return iter(())


def rejected_paper(subject: Subject) -> Iterator[Finding]:
    """A paper that somebody who is asked has rejected is changed, or the rejection withdrawn.

    A rejection stands in the way of approval, and should not be forgotten there.

    Wrong:

    ```text
    orgdocs reject office/regulation/legal --reason "the third task is not ours"
    ```

    Right:

    ```text
    orgdocs withdraw office/regulation/legal --reason "it is ours since March"
    ```
    """
    del subject
    return iter(())


def unapproved_paper(subject: Subject) -> Iterator[Finding]:
    """Every paper is approved.

    A paper that nobody has approved binds nobody. This is asked only with ``orgdocs verify --complete``.

    Wrong:

    ```text
    a new post whose job description nobody has approved
    ```

    Right:

    ```text
    orgdocs approve office/job-description/lawyer
    ```
    """
    del subject
    return iter(())


def other_act(subject: Subject) -> Iterator[Finding]:
    """Number and day that a paper prints are those of the act by which it was approved.

    They are filled in after the approval, and are no part of what was signed. What is printed would otherwise name an act
    that approved something else.

    Wrong:

    ```yaml
    regulation: {approval: {number: "13", date: 2026-02-27}}   # recorded: 12 of 2026-02-27
    ```

    Right:

    ```yaml
    regulation: {approval: {number: "12", date: 2026-02-27}}
    ```
    """
    del subject
    return iter(())


RULES = (
    error("OD950", "broken-record", broken_record),
    error("OD951", "bad-signature", bad_signature),
    error("OD952", "wrong-key", wrong_key),
    error("OD953", "ended-key", ended_key),
    error("OD954", "missing-record", missing_record),
    error("OD955", "unknown-introduction", unknown_introduction),
    error("OD956", "unknown-authority", unknown_authority),
    error("OD957", "rival-authorities", rival_authorities),
    error("OD958", "not-entitled", not_entitled),
    error("OD959", "own-approval", own_approval),
    error("OD960", "stale-approval", stale_approval),
    error("OD961", "unapproved-authority", unapproved_authority),
    error("OD962", "rejected-paper", rejected_paper),
    error("OD963", "unapproved-paper", unapproved_paper),
    error("OD964", "other-act", other_act),
)
