"""The command line: a small module a command. Only in here one may print, exit, ask environment or clock."""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line `argv` (by default that of this process) and return its exit code."""
    from reportgen.cli.run import run  # noqa: PLC0415 - importing this package shall cost nothing

    return run(argv)


def entry() -> NoReturn:
    """Run this process's command line, and leave without freeing its records one by one.

    That would take a thirtieth of a large run, and the system frees them all at once.
    """
    code = main()
    atexit._run_exitfuncs()  # noqa: SLF001 - what others want done at the end is done; `os._exit` skips it
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with suppress(OSError, ValueError):  # all of ours is written, or told as not written, by now
                stream.flush()
    os._exit(code)
