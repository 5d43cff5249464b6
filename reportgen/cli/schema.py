"""`reportgen schema`: the JSON Schemas, for editors and for programs."""

from __future__ import annotations

import click

from reportgen.cli import console


@click.command("schema", short_help="Print the JSON Schema of audit.json, or of the configuration.")
@click.option("--config", is_flag=True, help="Print the schema of reportgen.toml.")
def command(config: bool) -> int:
    """Print the JSON Schema of what `build --format json` writes, or of the configuration.

    \b
    Examples:
      reportgen schema > audit.schema.json
      reportgen schema --config > reportgen.schema.json
    """  # noqa: D301 - click's own mark for a block that is not wrapped
    if config:
        from reportgen.config.schema import config_schema  # noqa: PLC0415 - opened when needed

        console.out(config_schema())
    else:
        from reportgen.render.json_schema import audit_schema  # noqa: PLC0415 - opened when needed

        console.out(audit_schema())
    return 0
