"""The command line: a small module a command. Only in here one may print, exit, ask environment or clock."""

from __future__ import annotations

from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line `argv` (by default that of this process) and return its exit code."""
    from reportgen.cli.run import run  # noqa: PLC0415 - importing this package shall cost nothing

    return run(argv)
