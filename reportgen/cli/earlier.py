"""Earlier reports go before anything else happens: last night's green does not survive tonight's failure."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from reportgen.cli import console
from reportgen.cli.options import working_folder
from reportgen.config.overrides import Overrides
from reportgen.config.stale import stale_targets
from reportgen.config.targets import Target
from reportgen.errors import OutputError


class BuildCommand(click.Command):
    """A command of which even a line that cannot be read takes the earlier reports away."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:  # type: ignore[explicit-override]  # Python 3.12 has the decorator
        """Read the command line; where that fails, look in it for `-o` and `-c` alone."""
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.UsageError:
            output = _value_of(given, "-o", "--output") or ""
            others = (
                given[: given.index(output)] + given[given.index(output) + 1 :] if output in given else given
            )
            remove_earlier(
                _value_of(given, "-c", "--config"), Overrides(output=output, evidence=tuple(others))
            )
            raise


def remove_reports(targets: Iterable[Target]) -> None:
    """Remove what stands where these reports will be; raises `OutputError` where it cannot be."""
    from reportgen.output import remove_stale  # noqa: PLC0415 - rooms are opened when they are needed

    remove_stale([target.path for target in targets if target.path is not None])


def remove_earlier(config: str | None, flags: Overrides) -> None:
    """Remove the earlier reports of a run that fails before it begins, on the way out of its error."""
    from reportgen.pipeline import would_cost_evidence  # noqa: PLC0415 - rooms are opened when they are needed

    named = None if config is None else Path(config)
    try:
        targets = stale_targets(named, cwd=working_folder(), flags=flags)
        remove_reports(target for target in targets if not would_cost_evidence(target))
    except OutputError as error:
        console.say(f"error: {error.message}")


def _value_of(args: list[str], short: str, long: str) -> str | None:
    """Find the value of an option in a command line that click could not read."""
    for number, word in enumerate(args):
        if word in (short, long):
            return args[number + 1] if number + 1 < len(args) else None
        if word.startswith(f"{long}="):
            return word.removeprefix(f"{long}=")
        if word.startswith(short) and not word.startswith("--"):
            return word.removeprefix(short)
    return None
