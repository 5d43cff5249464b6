"""`reportgen rules`: what reportgen itself looks for."""

from __future__ import annotations

import click

from reportgen.cli import console
from reportgen.cli.table import table


@click.command("rules", short_help="List the rules that look at the joined evidence.")
def command() -> int:
    """List the rules that look at the joined evidence and add findings of their own.

    \b
    Example:
      reportgen rules
    """  # noqa: D301 - click's own mark for a block that is not wrapped
    from reportgen.rules.table import RULES  # noqa: PLC0415 - rooms are opened when they are needed

    console.out(table(("rule", "finds"), [(rule.id, rule.title) for rule in RULES]))
    return 0
