"""What kind of failure a cause is: tests that never began, an assertion, a timeout, or another error."""

from __future__ import annotations

import re
from typing import Literal

from reportgen.judge.failing.phases import Phase
from reportgen.model.states import Outcome

Kind = Literal["import", "collection", "setup", "teardown", "timeout", "assertion", "error", "unknown"]

# An assertion says what differed, not what went wrong: its place tells one cause from another.
_ASSERTION = re.compile(
    r"\w*Assert\w*|Expectation(?:Failed|NotMet)\w*|\w*ComparisonFailure|MultipleFailuresError|TestFailed\w*"
    r"|[Ff]ail(?:ed|ure)?|FAIL(?:ED|URE)?|FailureException|DocTestFailure|UnexpectedSuccess"
    r"|Condition(?:Not|Failed)\w*|CHECK\w*|REQUIRE\w*|to[A-Z]\w+"  # Spock; Catch2; Playwright's `expect.toBe`
)
_SEPARATORS = re.compile(r"[.\\:]+")
_XUNIT = "Xunit.Sdk."
# A name that cannot be imported is missing wherever it is asked for.
_IMPORTS = frozenset(
    {"ImportError", "ModuleNotFoundError", "ClassNotFoundException", "NoClassDefFoundError", "LoadError"}
)
_IMPORTING = re.compile(
    r"No module named |cannot import name |[Cc]annot find (?:module|package) "
    r"|Failed to (?:import|load url|resolve) |cannot load such file"
    r"|[Cc]ould not (?:load|resolve) (?:module|file or assembly)"
)
_TIMEOUT = re.compile(
    r"\bTimeout \(?>|\b[Tt]est timed out|[Tt]imeout of [\d,.]+ ?m?s\b|exceeded timeout of"
    r"|panic: test timed out"
)
_TIMEOUTS = frozenset({"Timeout", "TestTimedOutException", "TimeoutExpired"})
# Not an assertion, though its producer gives it no type: pytest, Go, googletest.
_BROKE = re.compile(
    r'Fixture ".{1,200}" called directly|panic: |(?:unknown file\s+)?C\+\+ exception |[Uu]ncaught '
)


# What does not answer does not answer wherever it is asked.
_OUTSIDE = frozenset(
    {"gaierror", "ConnectionError", "ConnectionRefusedError", "ConnectionResetError", "ConnectTimeout"}
    | {"NewConnectionError", "MaxRetryError", "ConnectException", "UnknownHostException"}
)


def last_name(kind: str) -> str:
    """Return the class of an exception without its package or namespace."""
    return _SEPARATORS.split(kind.strip())[-1]


def is_assertion(kind: str) -> bool:
    """Tell whether a failure's type is that of an assertion, or says no more than that the test failed."""
    return not kind or kind.startswith(_XUNIT) or _ASSERTION.fullmatch(last_name(kind)) is not None


def is_import(kind: str, message: str) -> bool:
    """Tell whether something could not be imported, found or linked."""
    return last_name(kind) in _IMPORTS or _IMPORTING.match(message) is not None


def is_placeless(kind: str, message: str) -> bool:
    """Tell whether a failure is the same wherever it comes up: something is missing, or does not answer."""
    return is_import(kind, message) or last_name(kind) in _OUTSIDE


def kind_of(phase: Phase, kind: str, message: str, outcome: Outcome, *, compared: bool) -> Kind:
    """Choose the kind of a failure: when it went wrong counts before how.

    `compared` says that its message tells what was expected and what came.
    """
    if is_import(kind, message):
        return "import"
    if phase != "run":
        return phase
    if outcome is Outcome.UNKNOWN:
        return "unknown"
    if last_name(kind) in _TIMEOUTS or _TIMEOUT.search(message[:400]):
        return "timeout"
    if _BROKE.match(message):
        return "error"
    if kind:
        return "assertion" if compared or is_assertion(kind) else "error"
    return "assertion" if compared or outcome is Outcome.FAILED else "error"
