"""One run: catches once, says it once, returns a number."""

from __future__ import annotations

import errno
import signal
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

import click

from reportgen.cli import console
from reportgen.cli.app import COMMANDS, app
from reportgen.cycles import without_search
from reportgen.errors import ExitCode, ReportgenError

_VERBOSE = {"-v", "--verbose"}


def run(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; whatever goes wrong is told on standard error."""
    console.set_up()
    try:
        with _terminated_like_ctrl_c(), without_search():
            code = app.main(args=argv, prog_name="reportgen", standalone_mode=False)
    except BaseException as error:  # noqa: BLE001 - the one place that catches: it becomes an exit code
        return _told(error, list(sys.argv[1:] if argv is None else argv))
    return int(code or ExitCode.OK)


def _told(error: BaseException, argv: list[str]) -> int:
    """Say what went wrong, and return the exit code that names it."""
    match error:
        case ReportgenError():
            _tell(error.message, error.hint)
            return error.exit_code
        case click.UsageError():
            _tell(error.format_message(), f"see: {_command_of(argv)} --help")
            return ExitCode.USAGE
        case click.Abort() | KeyboardInterrupt():
            console.say("interrupted")
            return ExitCode.INTERRUPTED
        case (
            console.PipeClosedError() | SystemExit()
        ):  # click itself exits where its help meets a closed pipe
            return ExitCode.NOT_WRITTEN
        case OSError(errno=errno.ENOSPC | errno.EDQUOT):  # click prints help and version itself
            _tell("no space is left on the disk", "free some space, or write elsewhere")
            return ExitCode.NOT_WRITTEN
        case _:
            return _bug(error, verbose=not _VERBOSE.isdisjoint(argv))


def _command_of(argv: list[str]) -> str:
    return f"reportgen {argv[0]}" if argv and argv[0] in COMMANDS else "reportgen"


def _tell(message: str, hint: str = "") -> None:
    console.say(f"error: {message}")
    if hint:
        console.say(f"hint: {hint}")


def _bug(error: BaseException, *, verbose: bool) -> int:
    if verbose:
        for row in "".join(traceback.format_exception(error)).splitlines():
            console.say(row, indent=len(row) - len(row.lstrip()))
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    _tell(
        f"this is a bug in reportgen: {what}",
        "please report it, with the command line and what -v shows",
    )
    return ExitCode.BUG


@contextmanager
def _terminated_like_ctrl_c() -> Iterator[None]:
    """Let a polite kill (SIGTERM) clean up as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
