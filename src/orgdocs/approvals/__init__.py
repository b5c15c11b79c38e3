"""Approvals: who decided what about which text of a paper, kept as signed records that nobody edits.

Each organisation has its ledger in ``org/<organisation>/approvals``. A record binds the digest of a paper, a person, the
post in which that person signs, and the registry's word on who may approve, its *authority*. That word is itself approved
in the ledger, by the authority before it, so that nobody can entitle himself in the change that he approves.

A record is signed with an SSH key. This is internal control, and no qualified electronic signature.
"""
