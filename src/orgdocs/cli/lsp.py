"""orgdocs lsp: the language server, started by an editor."""

from __future__ import annotations

import click

from orgdocs.cli.options import RefusedError


@click.command("lsp")
@click.option("--stdio", is_flag=True, hidden=True, help="What editors add; there is no other way.")
def command(stdio: bool) -> int:
    """Serve an editor by the language server protocol, over standard input and output.

    It shows problems while you type, leads to what an id stands for, offers ids with their titles and renames them. An
    editor starts it; docs/editors.md says how.
    """
    del stdio
    try:
        from orgdocs.server.serving import serve  # noqa: PLC0415
    except ModuleNotFoundError as error:
        if error.name not in {"pygls", "lsprotocol"}:
            raise
        raise RefusedError("the language server needs the library pygls; install it with: pip install 'orgdocs[lsp]'") from None
    serve()
    return 0
