"""orgdocs rule: what a rule demands, why, wrong and right."""

from __future__ import annotations

import click

from orgdocs.cli.options import RefusedError, suggest_near


@click.command("rule")
@click.argument("code", required=False)
def command(code: str | None) -> int:
    """Explain the rule CODE, such as OD401 or subordination-cycle; without CODE, list all rules."""
    from orgdocs.rules import BY_CODE, BY_NAME, RULES  # noqa: PLC0415

    if code is None:
        for rule in RULES:
            click.echo(f"{rule.code} {rule.name:<22} {rule.severity:<8} {rule.documentation.splitlines()[0]}")
        return 0
    found = BY_CODE.get(code.upper()) or BY_NAME.get(code.lower())
    if found is None:
        near = suggest_near(code.lower(), list(BY_NAME))
        raise RefusedError(f"there is no rule {code}{near or '; see them all with: orgdocs rule'}")
    click.echo(f"{found.code} {found.name} ({found.severity})\n\n{_as_text(found.documentation)}")
    return 0


def _as_text(documentation: str) -> str:
    """The documentation of a rule for the terminal: its examples indented in place of fenced."""
    lines = []
    fenced = False
    for line in documentation.splitlines():
        if line.startswith("```"):
            fenced = not fenced
        else:
            lines.append(f"    {line}" if fenced and line else line)
    return "\n".join(lines)
