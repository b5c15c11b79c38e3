"""The command line: thin commands that parse, call, report and set the exit code. Heavy imports wait inside them."""

from __future__ import annotations

import contextlib
import os
import sys
from importlib import import_module
from typing import Any

import click

from orgdocs import __version__

EXIT_USAGE, EXIT_BROKEN, EXIT_INTERRUPTED, EXIT_CLOSED = 2, 3, 130, 141

_COMMANDS = {
    "init": "Start a small sound registry.",
    "new": "Add a position or unit.",
    "import": "Take over Word, text and other files.",
    "export": "Write a workbook to edit in Excel.",
    "check": "Check the registry.",
    "build": "Print the papers.",
    "approve": "Approve papers, or agree to them.",
    "reject": "Reject papers.",
    "withdraw": "Take back what you decided.",
    "status": "Show where each paper stands.",
    "verify": "Check the approvals.",
    "tree": "Show the hierarchy.",
    "diff": "Tell what changed, in words.",
    "redline": "Show what changed, in Word.",
    "packet": "Put a decision packet together.",
    "audit": "Show who performs which functions.",
    "forms": "Propose case forms.",
    "rename": "Give something another id.",
    "move": "Move a post or unit.",
    "rule": "Explain the rules.",
    "schema": "Write schemas for editors.",
    "lsp": "Serve editors while you type.",
    "template": "Copy a Word template to restyle it.",
    "completion": "Print shell completion.",
}

_MODULES = {"import": "import_"}
"""Commands whose name cannot be that of a module."""


class _LazyGroup(click.Group):
    """A group whose commands are imported only when they run, so that help is there at once."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _close_quietly()
            raise click.exceptions.Exit(EXIT_CLOSED) from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"orgdocs.cli.{_MODULES.get(cmd_name, cmd_name)}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            from difflib import get_close_matches  # noqa: PLC0415

            near = get_close_matches(args[0], _COMMANDS, n=1)
            if near:
                ctx.fail(f"there is no command {args[0]!r}; did you mean {near[0]!r}?")
            raise


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="orgdocs %(version)s")
def cli() -> None:
    """The organisation as code: check the registry, print the papers.

    Exit codes: 0 clean, 1 problems or stale papers, 2 wrong usage, 3 orgdocs itself failed, 130 interrupted.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with the exit code. Nobody ever sees a traceback."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit code."""
    _speak_utf8()
    try:
        code: Any = cli.main(args=arguments, prog_name="orgdocs", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except SystemExit as stop:  # click leaves so after shell completion
        return stop.code if isinstance(stop.code, int) else 0
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return EXIT_INTERRUPTED
    except click.ClickException as error:
        error.show()
        return EXIT_USAGE
    except Exception as error:  # noqa: BLE001  (the one boundary: a fault of the program becomes a log and a sentence)
        return _report_fault(error, sys.argv[1:] if arguments is None else arguments)
    return code if isinstance(code, int) else 0


def _close_quietly() -> None:
    """Whoever read our output is gone: what Python still holds back goes nowhere, without a word at the end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_utf8() -> None:
    """Print UTF-8 whatever the locale says; a letter that a stream cannot show must not stop the work."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _report_fault(error: Exception, arguments: list[str]) -> int:
    click.echo(f"orgdocs itself failed: {type(error).__name__}: {error}", err=True)
    try:
        log = _write_log(error, arguments)
    except OSError as unwritten:
        click.echo(f"This is a fault of the program. The details could not be written down: {unwritten}", err=True)
    else:
        click.echo(f"This is a fault of the program. The details are in {log}", err=True)
    return EXIT_BROKEN


def _write_log(error: Exception, arguments: list[str]) -> str:
    import platform  # noqa: PLC0415
    import tempfile  # noqa: PLC0415
    import traceback  # noqa: PLC0415

    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", errors="backslashreplace", prefix="orgdocs-fault-", suffix=".log", delete=False
    ) as log:
        log.write(f"orgdocs {__version__}, Python {platform.python_version()}, {platform.platform()}\n")
        log.write(f"arguments: {arguments}\n\n")
        traceback.print_exception(error, file=log)
    return log.name
