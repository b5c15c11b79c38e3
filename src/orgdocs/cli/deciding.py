"""What approve, reject and withdraw have in common: who decides, what is shown, the question, the signature, the files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from orgdocs.cli.ledgers import call, choose_matters, now, open_ledgers
from orgdocs.cli.options import RefusedError, locate, root_option, speak, width
from orgdocs.sources import read_work_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from orgdocs.approvals.authority import Authority
    from orgdocs.approvals.deciding import Wish
    from orgdocs.approvals.records import Attachment, Matter, Record
    from orgdocs.approvals.verifying import Verification
    from orgdocs.problems import Sentence


_KEY = click.Path(path_type=Path, dir_okay=False)


class _Signer(NamedTuple):
    """Who signs, with which key: the path for ssh-keygen, and the public key if it is known beforehand."""

    person: str
    path: str
    key: str | None


def deciding_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that all decisions have."""
    for option in reversed(
        (
            click.argument("papers", nargs=-1, required=True, metavar="PAPER..."),
            root_option,
            click.option("--as", "person", metavar="PERSON", help="Who decides: an id of people.yaml; else whose key it is."),
            click.option("--position", metavar="POST", help="For which post, where several are possible."),
            click.option("--key", type=_KEY, help="The key to sign with; else git or an agent tells."),
            click.option("--yes", is_flag=True, help="Do not ask."),
            click.option("--language", type=click.Choice(["en", "uk", "ru"]), help="Language of what is shown."),
        )
    ):
        command = option(command)
    return command


class Deciding:
    """One run of a command that decides about papers."""

    def __init__(self, root: Path | None, language: str | None) -> None:
        from orgdocs.messages import load_patterns  # noqa: PLC0415

        self.root = locate(root)
        source = read_work_tree(self.root)
        self.spoken = speak(source, language)
        self.patterns = load_patterns(self.spoken)
        self.verification: Verification = open_ledgers(source)

    def say(self, sentence: Sentence) -> str:
        """A sentence in the language of the user."""
        return sentence.told(self.patterns)

    def decide(self, papers: tuple[str, ...], wish: dict[str, Any], *, key: Path | None, yes: bool, attach: tuple[Path, ...] = ()) -> int:
        """Show what is to be decided, ask, sign, and write the records; the exit code.

        All papers are looked at before anything is written: what cannot be decided is told first.
        """
        from orgdocs.approvals.deciding import RefusedDecisionError, Wish, decide  # noqa: PLC0415

        verification = self.verification
        matters = choose_matters(verification, papers)
        attachments, contents = self._read_attachments(attach)
        person = wish.pop("person")
        decisions: list[tuple[Record, _Signer]] = []
        time = now()
        for matter in matters:
            self._check_errors(matter)
            signer = self._find_signer(matter, person, key)
            full: Wish = Wish(person=signer.person, attachments=attachments, **wish)
            try:
                record = decide(verification.standings[matter], verification.judgements[matter.organisation], full, time)
            except RefusedDecisionError as error:
                raise RefusedError(f"{call(matter)}: {self.say(error.sentence)}") from None
            decisions.append((record, signer))
        self._show([record for record, _ in decisions])
        if not yes and not self._ask(len(decisions)):
            click.echo(self.say(_NOTHING))
            return 1
        for record, signer in decisions:
            self._write(record, signer, contents, time)
        self._tell_uncommitted(matters)
        return 0

    def _tell_uncommitted(self, matters: Iterable[Matter]) -> None:
        """Say so if git does not have what was decided on: it could not be shown, nor printed, later."""
        from orgdocs.problems import Sentence  # noqa: PLC0415
        from orgdocs.revisions import RevisionError, list_uncommitted  # noqa: PLC0415

        bound = self.verification.bound
        files = dict.fromkeys(file for matter in matters if matter in bound for file in bound[matter].files)
        try:
            waiting = list_uncommitted(self.root, *files)
        except RevisionError:
            click.echo(
                self.say(Sentence("This is no git repository: what was decided on cannot be found again once it changes.")), err=True
            )
            return
        if waiting:
            sentence = Sentence(
                "Commit with the records what they are about, for git does not have it yet: {files}", files=", ".join(waiting)
            )
            click.echo(self.say(sentence), err=True)

    def _read_attachments(self, paths: tuple[Path, ...]) -> tuple[tuple[Attachment, ...], dict[str, bytes]]:
        from orgdocs.approvals.ledger import LARGEST_ATTACHMENT  # noqa: PLC0415
        from orgdocs.approvals.records import Attachment, digest_of  # noqa: PLC0415

        attachments, contents = [], {}
        for path in paths:
            if path.stat().st_size > LARGEST_ATTACHMENT:
                raise RefusedError(f"{path} is larger than {LARGEST_ATTACHMENT >> 20} megabytes")
            content = path.read_bytes()
            attachment = Attachment(path.name, digest_of(content))
            attachments.append(attachment)
            contents[attachment.file] = content
        return tuple(attachments), contents

    def _check_errors(self, matter: Matter) -> None:
        bound = self.verification.bound.get(matter)
        project = self.verification.project
        faulty = {problem.path for problem in project.problems if problem.severity == "error"}
        if bound is not None and (faulty & set(bound.files) or (bound.paper is not None and matter.organisation in project.uncertain)):
            raise RefusedError(f"{call(matter)}: the files behind it have errors; orgdocs check tells which")

    # -- who ------------------------------------------------------------------------------------------------------

    def _find_signer(self, matter: Matter, person: str | None, key: Path | None) -> _Signer:
        """Who decides, and with which key: the one given, the one that git signs with, or one that an agent holds."""
        from orgdocs.approvals.signatures import read_public_key  # noqa: PLC0415

        judgement = self.verification.judgements[matter.organisation]
        bound = self.verification.bound[_authority_of(matter.organisation)]
        authorities = [each for each in (judgement.authority, bound.authority) if each is not None]
        if key is not None:
            if not key.is_file() and not key.with_name(f"{key.name}.pub").is_file():
                raise RefusedError(f"there is no key {key}; ssh-keygen -t ed25519 makes one")
            public = read_public_key(key)
            owner = _owner(public, authorities)
            if person is None and owner is None:
                raise RefusedError(f"nobody in people.yaml has the key {key}; say with --as who you are")
            return _Signer(person or str(owner), str(key), public)
        for path, public in self._keys_at_hand():
            owner = _owner(public, authorities)
            if owner is not None and person in {None, owner}:
                return _Signer(owner, path, public)
        who = person or "anybody in people.yaml"
        raise RefusedError(f"there is no key of {who} at hand: name one with --key, or add it to an agent with ssh-add")

    def _keys_at_hand(self) -> list[tuple[str, str]]:
        """Keys without --key, as paths for ssh-keygen with their public halves: git's own, then those of an agent."""
        from orgdocs.approvals.signatures import list_agent_keys, read_public_key  # noqa: PLC0415
        from orgdocs.revisions import read_setting  # noqa: PLC0415

        found = []
        for setting in read_setting(self.root, "user.signingkey")[-1:]:
            literal = setting.removeprefix("key::")
            if literal.startswith("ssh-"):
                found.append((self._as_file(literal), " ".join(literal.split()[:2])))
            elif public := read_public_key(Path(setting).expanduser()):
                found.append((str(Path(setting).expanduser()), public))
        return found + [(self._as_file(public), public) for public in list_agent_keys()]

    @staticmethod
    def _as_file(public: str) -> str:
        """A file with a public key, as ssh-keygen wants it for a key that an agent holds."""
        import atexit  # noqa: PLC0415
        import tempfile  # noqa: PLC0415

        descriptor, name = tempfile.mkstemp(prefix="orgdocs-key-", suffix=".pub")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(f"{public}\n")
        atexit.register(lambda: Path(name).unlink(missing_ok=True))
        return name

    # -- what is shown --------------------------------------------------------------------------------------------

    def _show(self, records: list[Record]) -> None:
        from orgdocs.approvals.verifying import changes_since  # noqa: PLC0415
        from orgdocs.reporting.standings import Telling, tell_decision  # noqa: PLC0415

        telling = Telling(self.verification, self.patterns, width() or 80)
        for record in records:
            changes = changes_since(self.verification, self.verification.standings[record.matter])
            click.echo(tell_decision(telling, record, changes))
        click.echo(self.say(_NO_SIGNATURE))

    def _ask(self, count: int) -> bool:
        try:
            return click.confirm(self.say(_SIGN if count == 1 else _SIGN_ALL), default=False)
        except click.Abort:
            click.echo()
            return False

    # -- what is written ------------------------------------------------------------------------------------------

    def _write(self, record: Record, signer: _Signer, contents: dict[str, bytes], time: datetime) -> None:
        """Sign a record and write it with what is attached, unless the ledger would refuse it: a wrong or ended key, for instance."""
        from orgdocs.approvals.records import digest_of  # noqa: PLC0415
        from orgdocs.approvals.signatures import SigningError, sign  # noqa: PLC0415
        from orgdocs.approvals.verifying import try_record  # noqa: PLC0415
        from orgdocs.building.writing import WriteError, write_file  # noqa: PLC0415

        content = record.as_bytes()
        try:
            signature = sign(content, signer.path)
        except SigningError as error:
            raise RefusedError(str(error)) from None
        folder = self.root / record.matter.folder
        name = digest_of(content)[:24]
        signed = {f"{record.matter.folder}/{name}.json": content, f"{record.matter.folder}/{name}.sig": signature}
        attached = {f"{record.matter.folder}/{file}": data for file, data in contents.items()}
        refusal = try_record(self.verification, signed | attached, record.matter.organisation, time.date())
        if refusal is not None:
            raise RefusedError(f"{call(record.matter)}: {self.say(refusal)}; nothing was written")
        try:
            for file, data in contents.items():
                write_file(folder / file, data)
            write_file(folder / f"{name}.sig", signature)
            write_file(folder / f"{name}.json", content)
        except WriteError as error:
            raise RefusedError(str(error)) from None
        click.echo(f"{record.matter.folder}/{name}.json")


def _authority_of(organisation: str) -> Matter:
    from orgdocs.approvals.binding import authority_matter  # noqa: PLC0415

    return authority_matter(organisation)


def _owner(public: str | None, authorities: list[Authority]) -> str | None:
    return next((owner for each in authorities if public is not None and (owner := each.owner(public)) is not None), None)


def _sentences() -> tuple[Sentence, Sentence, Sentence, Sentence]:
    from orgdocs.problems import Sentence  # noqa: PLC0415

    return (
        Sentence("Nothing was signed."),
        Sentence("This is internal control, and no qualified electronic signature."),
        Sentence("Sign this?"),
        Sentence("Sign all of this?"),
    )


_NOTHING, _NO_SIGNATURE, _SIGN, _SIGN_ALL = _sentences()
