"""orgdocs completion: the script that lets a shell complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> int:
    """Print the completion script for SHELL.

    bash: eval "$(orgdocs completion bash)", in ~/.bashrc. zsh: the same in ~/.zshrc. fish: orgdocs completion fish | source
    """
    from orgdocs.cli import cli  # noqa: PLC0415

    completion = get_completion_class(shell)
    if completion is None:
        raise AssertionError(shell)  # the choices above are those that click knows
    click.echo(completion(cli, {}, "orgdocs", "_ORGDOCS_COMPLETE").source())
    return 0
