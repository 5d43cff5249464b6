"""`reportgen formats`: what can be read."""

from __future__ import annotations

import click

from reportgen.cli import console
from reportgen.cli.table import table


@click.command("formats", short_help="List the formats of evidence that can be read.")
def command() -> int:
    """List the formats of evidence that can be read, with the tools that write them.

    A file's format is known by its content. Where it is not, say it: reportgen build --as FORMAT:PATH

    \b
    Example:
      reportgen formats
    """  # noqa: D301 - click's own mark for a block that is not wrapped
    from reportgen.readers import READERS  # noqa: PLC0415 - rooms are opened when they are needed

    rows = {reader.name: (reader.name, reader.title, reader.written_by) for reader in reversed(READERS)}
    console.out(table(("format", "is", "written by"), [rows[name] for name in sorted(rows)]))
    return 0
