"""The closed choices that everything else is said in."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """What a gate, check or cell came to. Unknown is a state of its own and never a pass.

    NOT_DONE is for what a person has to look at, and nobody has for this revision.
    """

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    WARN = "warn"
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    WAIVED = "waived"
    NOT_DONE = "not_done"


_WORST_FIRST = (State.FAIL, State.UNKNOWN, State.WARN, State.PASS)


def worst(states: list[State]) -> State:
    """Return the worst of `states` in the order fail, unknown, warn, pass.

    States that judge nothing (not applicable, waived, not done) do not count. Where none is left,
    nothing was judged, and that is unknown.
    """
    return next((state for state in _WORST_FIRST if state in states), State.UNKNOWN)


class Outcome(StrEnum):
    """How one run of a test ended; UNKNOWN is an attempt whose end its producer did not write.

    WAIVED is given by judging alone, to a failing test that a waiver matches: it neither passed nor failed.
    """

    PASSED = "passed"
    FAILED = "failed"
    ERRORED = "errored"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"
    WAIVED = "waived"


class Severity(StrEnum):
    """How much a finding matters."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"


class RepeatRule(StrEnum):
    """Which of several results of one test counts, where they are no retries of one run."""

    WORST = "worst"
    LATEST = "latest"
    BEST = "best"
