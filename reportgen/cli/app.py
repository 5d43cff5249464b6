"""The command `reportgen`: its sub-commands, each imported only when it is asked for."""

from __future__ import annotations

import os
from importlib import import_module

import click

from reportgen.errors import ExitCode, UsageError
from reportgen.model.version import VERSION

COMMANDS = {
    "build": "build",
    "inspect": "inspecting",
    "explain": "explaining",
    "init": "initial",
    "profiles": "profiles",
    "formats": "formats",
    "rules": "rules",
    "schema": "schema",
}


class LazyGroup(click.Group):
    """A group that knows its commands by name, and imports `reportgen.cli.MODULE` for the one that runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # type: ignore[explicit-override]
        """List the commands in the order of the table."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # type: ignore[explicit-override]
        """Import a command; None where there is none of that name."""
        del ctx
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command: object = getattr(import_module(f"reportgen.cli.{module}"), "command")  # noqa: B009 - typed
        assert isinstance(command, click.Command)  # noqa: S101 - for the type checker
        return command

    def resolve_command(  # type: ignore[explicit-override]
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a wrong name is told with the nearest right one."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            raise UsageError(f"there is no command {name!r}", _instead_of(name))
        return super().resolve_command(ctx, args)


def _instead_of(name: str) -> str:
    from reportgen.config.names import nearest  # noqa: PLC0415 - `--version` does without

    near = nearest(name, COMMANDS)
    if near is not None:
        return f"did you mean: reportgen {near}"
    if os.path.exists(name):  # noqa: PTH110 - it may be anything, however long
        return f"to make a report from it: reportgen build {name}"
    return "see: reportgen --help"


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(VERSION, prog_name="reportgen", message="%(prog)s %(version)s")
@click.pass_context
def app(ctx: click.Context) -> int | None:
    """Turn the evidence that a build leaves behind into an audit report.

    \b
    Examples:
      reportgen build junit.xml coverage.xml ruff.json
      reportgen build reports/ -o out/
      reportgen inspect reports/

    \b
    Exit codes:
      0    verdict pass or warn
      1    verdict fail
      2    wrong usage or config
      3    no input was found
      4    verdict unknown: evidence is missing or unreadable
      6    the report could not be written
      70   a bug in reportgen
      130  interrupted
    """  # noqa: D301 - click's own mark for a block that is not wrapped
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        return ExitCode.USAGE
    return None
