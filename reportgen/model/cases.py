"""What a test report says: the runs of test cases, as the file has them."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from reportgen.model.states import Outcome


class Repeats(StrEnum):
    """What it means when a producer writes one identity several times in one file."""

    DUPLICATES = "duplicates"  # nothing is known: the worst counts
    RETRIES = "retries"  # each is an attempt, in order: the last counts (gotestsum --rerun-fails)
    CHILDLESS_RERUNS = "childless reruns"  # a childless row before the last is a rerun (pytest-rerunfailures)


class Detail(Struct, frozen=True, gc=False):
    """One outcome element of a case: `failure`, `error`, `skipped`, `rerunFailure`, `flakyError`, ….

    `type` is the exception's or assertion's type as given, `message` its message, `text` the body
    (a traceback mostly), cut to the limit with a mark.
    """

    tag: str
    outcome: Outcome
    message: str = ""
    type: str = ""
    text: str = ""
    seconds: Decimal | None = None


class Case(Struct, frozen=True, gc=False):
    """One leaf `<testcase>` element.

    `details` are its own outcome elements in order; `retries` those of earlier attempts that the
    element carries (`rerunFailure`, `flakyError`, …). `seconds` is the lenient reading of its time,
    None where it states none; `line` is 0 where unknown. `file` is its file attribute, else empty.
    """

    name: str
    classname: str
    outcome: Outcome
    seconds: Decimal | None = None
    details: tuple[Detail, ...] = ()
    retries: tuple[Detail, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    file: str = ""
    line: int = 0


class Suite(Struct, frozen=True):
    """A test suite and the cases directly in it.

    `path` is the names of the suites from the outermost in (the root `testsuites` has none);
    `details` are outcome elements directly under the suite: an error that has no case to hang on.
    """

    path: tuple[str, ...]
    cases: tuple[Case, ...]
    timestamp: str = ""
    details: tuple[Detail, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    file: str = ""


class Declared(Struct, frozen=True, order=True):
    """A count that the file states of itself and that its leaves do not bear out."""

    subject: str
    attribute: str
    stated: str
    counted: int


class Counts(Struct, frozen=True, kw_only=True):
    """Test cases by outcome; `seconds` is their sum, None where no case states a time."""

    total: int = 0
    passed: int = 0
    failed: int = 0
    errored: int = 0
    skipped: int = 0
    flaky: int = 0
    seconds: Decimal | None = None

    @property
    def executed(self) -> int:
        """How many ran at all: a skipped test did not."""
        return self.total - self.skipped
