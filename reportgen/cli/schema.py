"""`reportgen schema`: the JSON Schemas, for editors and for programs."""

from __future__ import annotations

import click

from reportgen.cli import console


@click.command("schema", short_help="Print the JSON Schema of audit.json, or of a file you write.")
@click.option("--config", "of", flag_value="config", help="Print the schema of reportgen.toml.")
@click.option("--signoff", "of", flag_value="signoff", help="Print the schema of signoff.toml.")
def command(of: str | None) -> int:
    """Print the JSON Schema of what `build --format json` writes, of the configuration, or of signoff.toml.

    \b
    Examples:
      reportgen schema > audit.schema.json
      reportgen schema --config > reportgen.schema.json
    """  # noqa: D301 - click's own mark for a block that is not wrapped
    if of is not None:
        from reportgen.config.schema import config_schema, signoff_schema  # noqa: PLC0415 - opened when needed

        console.out(config_schema() if of == "config" else signoff_schema())
    else:
        from reportgen.render.json_schema import audit_schema  # noqa: PLC0415 - opened when needed

        console.out(audit_schema())
    return 0
