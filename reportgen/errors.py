"""What can go wrong and be mended: a message, a hint, an exit code."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the command line returns; a code names a cause, never a count."""

    OK = 0
    FAIL = 1
    USAGE = 2
    NO_INPUT = 3
    UNKNOWN = 4
    NOT_WRITTEN = 6
    BUG = 70
    INTERRUPTED = 130


class ReportgenError(Exception):
    """Something a user can mend. `str()` is what and where; `hint` is what to do next."""

    exit_code = ExitCode.USAGE

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(ReportgenError):
    """A wrong option, or options that do not go together."""


class ConfigError(ReportgenError):
    """A configuration that cannot be used: the message names file and line or key path."""


class NoInputError(ReportgenError):
    """Neither the command line nor the configuration names an input that is there."""

    exit_code = ExitCode.NO_INPUT


class TemplateFailedError(ReportgenError):
    """A template that does not render: the message names its file and line."""

    exit_code = ExitCode.NOT_WRITTEN


class OutputError(ReportgenError):
    """A report that could not be written; nothing half-written stays behind."""

    exit_code = ExitCode.NOT_WRITTEN
