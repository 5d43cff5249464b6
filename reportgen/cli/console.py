"""The two streams: results go to standard output, talk goes to standard error."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import BinaryIO, TextIO

from reportgen.cli.terminal import safe
from reportgen.errors import OutputError


class PipeClosedError(Exception):
    """Whoever read our standard output has stopped reading, as `head` does."""


_secret_patterns: list[str] = []


def hide(patterns: Sequence[str]) -> None:
    """Keep what these patterns match out of our talk, too; `ConfigError` for one that cannot be used."""
    from reportgen.redact import check_pattern  # noqa: PLC0415 - `--version` does without

    for pattern in patterns:
        check_pattern(pattern)
    _secret_patterns[:] = patterns


def set_up() -> None:
    """Make both streams UTF-8 with plain line feeds, whatever the locale says."""
    _secret_patterns.clear()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def out(text: str | bytes) -> None:
    """Write a result to standard output, all of it, now."""
    from reportgen.output import write_stream  # noqa: PLC0415 - `--version` does without

    if sys.stdout is None:
        raise OutputError("standard output is closed", "name a file or folder: -o PATH")
    try:
        write_stream(sys.stdout.buffer, text)
    except BrokenPipeError as error:
        _silence(sys.stdout)
        raise PipeClosedError from error
    except OutputError:
        _silence(sys.stdout)
        raise


def line(text: str) -> None:
    """Write a line of our own to standard output; what comes from outside went through `safe` before."""
    out(f"{text}\n")


def say(text: str, *, indent: int = 0) -> None:
    """Write a line of talk to standard error: harmless whatever it holds, and without secrets."""
    from reportgen.redact import Redactor  # noqa: PLC0415 - `--version` does without

    if sys.stderr is None:
        return
    try:
        _write(sys.stderr, f"{' ' * indent}{safe(Redactor(_secret_patterns).scrub(text))}\n")
    except OSError:
        _silence(sys.stderr)  # nobody is listening, and there is nobody else to tell


def stdin() -> Callable[[], BinaryIO] | None:
    """Return what opens standard input as bytes, None where it is closed."""
    stream = sys.stdin
    return None if stream is None else lambda: stream.buffer


def is_terminal() -> bool:
    """Tell whether a person watches standard error."""
    return sys.stderr is not None and sys.stderr.isatty()


def _write(stream: TextIO, text: str) -> None:
    stream.write(text)
    stream.flush()


def _silence(stream: TextIO) -> None:
    """Lead a broken stream to nowhere, so that its last flush does not fail once more."""
    try:
        number = stream.fileno()
    except (OSError, ValueError):
        return  # not a real file: nothing is flushed at the end
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)
