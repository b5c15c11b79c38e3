"""The language server protocol: requests of editors passed on, answers put into its words. The one module that knows pygls."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path
from pygls.workspace import PositionCodec

from orgdocs import __version__
from orgdocs.building.writing import WriteError
from orgdocs.editing.reorganising import ReorganisingError
from orgdocs.editors.wiring import refresh_schemas
from orgdocs.problems import Sentence, Severity, Span
from orgdocs.server import answers
from orgdocs.server.desk import Desk
from orgdocs.sources import RegistryNotFoundError, find_root

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orgdocs.problems import Problem
    from orgdocs.server.edits import Renaming

PAUSE = 0.15
"""Seconds without a keystroke after which the registry is checked."""

_log = logging.getLogger(__name__)
_SEVERITIES = {Severity.ERROR: types.DiagnosticSeverity.Error, Severity.WARNING: types.DiagnosticSeverity.Warning}


class Server(LanguageServer):
    """Serves any number of registries; each is found from the files that are opened and the folders of the editor."""

    def __init__(self) -> None:
        super().__init__("orgdocs", __version__)
        self.desks: dict[Path, Desk] = {}
        self._published: dict[Path, dict[str, list[types.Diagnostic]]] = {}
        self._waiting: dict[Path, asyncio.TimerHandle] = {}
        self._uris: dict[tuple[Path, str], str] = {}
        """How the editor writes the names of files, which is not always as we would."""

    # -- registries and files -------------------------------------------------------------------------------------

    def add_folder(self, folder: Path) -> None:
        """Take up the registry that a folder lies in, if it lies in one."""
        try:
            root = find_root(folder)
        except RegistryNotFoundError:
            return
        if root not in self.desks:
            self.desks[root] = Desk(root)
            self.schedule(self.desks[root], 0)

    def at(self, uri: str) -> tuple[Desk, str] | None:
        """The registry that a file belongs to, and its path there."""
        name = to_fs_path(uri)
        if name is None:
            return None
        file = Path(name)
        file = file.parent.resolve() / file.name
        self.add_folder(file.parent)
        # The innermost registry counts, as at the command line.
        for root in sorted(self.desks, key=lambda root: len(root.parts), reverse=True):
            path = self.desks[root].path_of(file)
            if path is not None:
                self._uris[root, path] = uri
                return self.desks[root], path
        return None

    def uri_of(self, desk: Desk, path: str) -> str:
        """The name of a file for the editor."""
        return self._uris.get((desk.root, path)) or str(from_fs_path(str(desk.root / path)))

    def fresh(self, uri: str) -> tuple[Desk, str] | None:
        """The same, with everything checked that was typed."""
        found = self.at(uri)
        if found is not None and found[0].root in self._waiting:
            self._check(found[0])
        return found

    def text_of(self, desk: Desk, path: str) -> list[str]:
        """The lines of a file as the editor has it, or as it was read."""
        uri = self.uri_of(desk, path)
        if (opened := self.workspace.text_documents.get(uri)) is not None:
            return str(opened.source).split("\n")
        return desk.project.texts.get(path, "").split("\n")

    # -- checking -------------------------------------------------------------------------------------------------

    def schedule(self, desk: Desk, pause: float = PAUSE) -> None:
        """Check a registry when nothing has been typed for a moment."""
        if (waiting := self._waiting.pop(desk.root, None)) is not None:
            waiting.cancel()
        self._waiting[desk.root] = asyncio.get_running_loop().call_later(pause, self._check, desk)

    def _check(self, desk: Desk) -> None:
        if (waiting := self._waiting.pop(desk.root, None)) is not None:
            waiting.cancel()
        try:
            desk.look()
            self._publish(desk)
        except Exception as error:  # noqa: BLE001  (a fault of ours must not take the editor's help away)
            _log.exception("the registry could not be checked")
            self.window_log_message(types.LogMessageParams(types.MessageType.Error, f"orgdocs itself failed: {error!r}"))

    def _publish(self, desk: Desk) -> None:
        """Send the problems of each file for which they have changed."""
        patterns = desk.patterns
        found: dict[str, list[types.Diagnostic]] = {}
        for problem in desk.project.problems:
            found.setdefault(problem.path, []).append(self._diagnostic(desk, problem, patterns))
        before = self._published.get(desk.root, {})
        self._published[desk.root] = found
        for path in sorted(found.keys() | before.keys()):
            if found.get(path) != before.get(path):
                self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(self.uri_of(desk, path), found.get(path, [])))

    def _diagnostic(self, desk: Desk, problem: Problem, patterns: Mapping[str, str]) -> types.Diagnostic:
        message = problem.sentence.told(patterns)
        data = None
        if problem.hint is not None:
            message += f"\n{problem.hint.told(patterns)}"
            word = problem.hint.values.get("word")
            data = {"word": word} if isinstance(word, str) else None
        return types.Diagnostic(
            range=self.range_of(desk, problem.path, problem.span),
            message=message,
            severity=_SEVERITIES[problem.severity],
            code=problem.code,
            source="orgdocs",
            related_information=[
                types.DiagnosticRelatedInformation(self.location(desk, note.path, note.span), note.sentence.told(patterns))
                for note in problem.notes
            ]
            or None,
            data=data,
        )

    def keep_schemas(self, desk: Desk) -> None:
        """After a file was saved: the schemas for editors get the ids of the moment, if they were ever written."""
        try:
            refresh_schemas(desk.root, desk.project.hierarchies)
        except (WriteError, OSError) as error:
            self.window_log_message(types.LogMessageParams(types.MessageType.Warning, str(error)))

    # -- places ---------------------------------------------------------------------------------------------------

    @property
    def _codec(self) -> PositionCodec:
        return self.workspace.position_codec

    def place_of(self, desk: Desk, path: str, position: types.Position) -> tuple[int, int]:
        """Line and column, counted from 1 in characters, of an editor's position."""
        place = self._codec.position_from_client_units(self.text_of(desk, path), position)
        return place.line + 1, place.character + 1

    def range_of(self, desk: Desk, path: str, span: Span) -> types.Range:
        """An editor's range for a span."""
        lines = self.text_of(desk, path)
        return types.Range(self._position(lines, span.line, span.column), self._position(lines, span.end_line, span.end_column))

    def _position(self, lines: list[str], line: int, column: int) -> types.Position:
        text = lines[line - 1] if line <= len(lines) else ""
        return types.Position(line - 1, self._codec.client_num_units(text[: column - 1]))

    def location(self, desk: Desk, path: str, span: Span) -> types.Location:
        """An editor's location for a span of a file."""
        return types.Location(self.uri_of(desk, path), self.range_of(desk, path, span))


def make_server() -> Server:
    """The server with all that it answers."""
    server = Server()
    _add_notifications(server)
    _add_questions(server)
    _add_changes(server)
    return server


def _add_notifications(server: Server) -> None:
    @server.feature(types.INITIALIZED)
    def initialized(_: types.InitializedParams) -> None:
        for folder in server.workspace.folders.values():
            if (name := to_fs_path(folder.uri)) is not None:
                server.add_folder(Path(name))
        if not server.workspace.folders and server.workspace.root_path:
            server.add_folder(Path(server.workspace.root_path))
        watched = server.client_capabilities.workspace and server.client_capabilities.workspace.did_change_watched_files
        if watched and watched.dynamic_registration:
            watchers = [types.FileSystemWatcher(glob_pattern=f"**/*.{ending}") for ending in ("yaml", "yml", "docx")]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers=watchers)
            registration = types.Registration("orgdocs-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            server.client_register_capability(types.RegistrationParams([registration]))

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        _put(server, params.text_document.uri, 0)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        _put(server, params.text_document.uri, PAUSE)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        if (found := server.at(params.text_document.uri)) is not None:
            found[0].take_away(found[1])
            server.schedule(found[0])

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        if (found := server.fresh(params.text_document.uri)) is not None:
            server.keep_schemas(found[0])

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def files_changed(_: types.DidChangeWatchedFilesParams) -> None:
        for desk in server.desks.values():
            server.schedule(desk)

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders_changed(params: types.DidChangeWorkspaceFoldersParams) -> None:
        for folder in params.event.added:
            if (name := to_fs_path(folder.uri)) is not None:
                server.add_folder(Path(name))


def _put(server: Server, uri: str, pause: float) -> None:
    if (found := server.at(uri)) is not None:
        found[0].put(found[1], server.workspace.get_text_document(uri).source)
        server.schedule(found[0], pause)


def _add_questions(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def define(params: types.DefinitionParams) -> types.Location | None:
        found = server.fresh(params.text_document.uri)
        if found is None:
            return None
        defined = answers.locate(*found, *server.place_of(*found, params.position))
        return server.location(found[0], *defined) if defined is not None else None

    @server.feature(types.TEXT_DOCUMENT_REFERENCES)
    def refer(params: types.ReferenceParams) -> list[types.Location] | None:
        found = server.fresh(params.text_document.uri)
        if found is None:
            return None
        place = server.place_of(*found, params.position)
        mentioned = answers.mentions(*found, *place, definition=params.context.include_declaration)
        return [server.location(found[0], path, span) for path, span in mentioned] or None

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        found = server.fresh(params.text_document.uri)
        if found is None:
            return None
        described = answers.describe(*found, *server.place_of(*found, params.position))
        if described is None:
            return None
        sentences, span = described
        text = "  \n".join(sentence.told(found[0].patterns) for sentence in sentences)
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text), server.range_of(*found, span))

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=[" ", "[", ",", "/"]))
    def complete(params: types.CompletionParams) -> types.CompletionList | None:
        found = server.at(params.text_document.uri)
        if found is None:
            return None
        desk, path = found
        text = server.workspace.get_text_document(params.text_document.uri).source
        offers = answers.offer_ids(desk, path, text, *server.place_of(desk, path, params.position))
        items = [
            types.CompletionItem(
                label=offer.id,
                kind=types.CompletionItemKind.Reference,
                detail=offer.title or None,
                # Whoever types the title finds the id too.
                filter_text=f"{offer.id} {offer.title}".strip(),
                text_edit=types.TextEdit(server.range_of(desk, path, offer.span), offer.id),
            )
            for offer in offers
        ]
        return types.CompletionList(is_incomplete=False, items=items)


def _add_changes(server: Server) -> None:
    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare(params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder | None:
        found = server.fresh(params.text_document.uri)
        if found is None:
            return None
        spot = answers.renamable(*found, *server.place_of(*found, params.position))
        if spot is None:
            return None
        return types.PrepareRenamePlaceholder(server.range_of(*found, spot.span), spot.symbol.id.rpartition("/")[2])

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    def rename(params: types.RenameParams) -> types.WorkspaceEdit | None:
        found = server.fresh(params.text_document.uri)
        if found is None:
            return None
        spot = answers.renamable(*found, *server.place_of(*found, params.position))
        if spot is None:
            return None
        try:
            renaming = answers.rename(found[0], spot.symbol, params.new_name)
        except ReorganisingError as refused:
            raise JsonRpcInvalidParams(refused.sentence.told(found[0].patterns)) from None
        if renaming.moves and not _can_rename_files(server):
            sentence = Sentence("the id is the name of a file, and this editor does not let files be renamed together with texts")
            raise JsonRpcInvalidParams(sentence.told(found[0].patterns))
        return _workspace_edit(server, found[0], renaming)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]))
    def correct(params: types.CodeActionParams) -> list[types.CodeAction]:
        actions = []
        for diagnostic in params.context.diagnostics:
            word = _word(diagnostic.data)
            if diagnostic.source != "orgdocs" or word is None:
                continue
            edit = types.WorkspaceEdit({params.text_document.uri: [types.TextEdit(diagnostic.range, word)]})
            actions.append(
                types.CodeAction(
                    f"orgdocs: {word}", kind=types.CodeActionKind.QuickFix, diagnostics=[diagnostic], is_preferred=True, edit=edit
                )
            )
        return actions


def _word(data: Any) -> str | None:
    """The word that a diagnostic offers; it comes back from the editor as it was sent."""
    word = data.get("word") if isinstance(data, dict) else getattr(data, "word", None)
    return word if isinstance(word, str) else None


def _can_rename_files(server: Server) -> bool:
    workspace = server.client_capabilities.workspace
    edit = workspace.workspace_edit if workspace else None
    operations = (edit.resource_operations if edit else None) or ()
    return bool(edit and edit.document_changes and types.ResourceOperationKind.Rename in operations)


def _workspace_edit(server: Server, desk: Desk, renaming: Renaming) -> types.WorkspaceEdit:
    """The texts first, under the names that the files still have, then the names."""
    by_path: dict[str, list[types.TextEdit]] = {}
    for edit in renaming.edits:
        by_path.setdefault(edit.path, []).append(types.TextEdit(server.range_of(desk, edit.path, edit.span), edit.text))
    if not renaming.moves:
        return types.WorkspaceEdit({server.uri_of(desk, path): list(edits) for path, edits in by_path.items()})
    changes: list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile] = []
    for path, edits in by_path.items():
        uri = server.uri_of(desk, path)
        opened = server.workspace.text_documents.get(uri)
        identifier = types.OptionalVersionedTextDocumentIdentifier(uri, opened.version if opened else None)
        changes.append(types.TextDocumentEdit(identifier, list(edits)))
    changes += [types.RenameFile(server.uri_of(desk, move.old), server.uri_of(desk, move.new)) for move in renaming.moves]
    return types.WorkspaceEdit(document_changes=changes)


def serve() -> None:
    """Serve one editor over standard input and output until it goes."""
    make_server().start_io()
