"""orgdocs rule: what a rule demands, why, wrong and right."""

from __future__ import annotations

import click


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
        from difflib import get_close_matches  # noqa: PLC0415

        near = get_close_matches(code, [*BY_CODE, *BY_NAME], n=1)
        raise click.UsageError(f"there is no rule {code}" + (f"; did you mean {near[0]}?" if near else ""))
    click.echo(f"{found.code} {found.name} ({found.severity})\n\n{found.documentation}")
    return 0
