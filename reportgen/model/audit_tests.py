"""The tests as judged: counted by layer and suite, and their failures by cause."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from reportgen.model.evidence import JoinedCase, JoinedCounts, SuiteError


class LayerCounts(Struct, frozen=True, kw_only=True):
    """The tests of one layer, counted as in `inspect`; `suites` likewise, by suite path.

    `ran` is false where none was executed (all skipped, or none there); `complete` is false where some of its
    tests could not even be collected, or some of its evidence could not be read whole.
    """

    total: int
    passed: int
    failed: int
    errored: int
    skipped: int
    flaky: int
    seconds: Decimal | None
    suites: Mapping[str, JoinedCounts]
    ran: bool
    complete: bool
    evidence: tuple[str, ...]
    waived: int = 0

    @property
    def executed(self) -> int:
        """How many ran and count: neither skipped nor waived."""
        return self.total - self.skipped - self.waived


class Difference(Struct, frozen=True, kw_only=True):
    """What one failing test expected, and what it got, as its message tells them; cut where very long."""

    case: str
    expected: str
    actual: str


class Suspect(Struct, frozen=True, kw_only=True):
    """Lines that failing tests ran more often than passing ones; all of them have the same figures.

    `score` is Ochiai's, 0 to 1, rounded down to 4 digits. `failing` of the cause's tests and `passing` of all
    passing ones ran the lines. Lines between that cannot run are counted in.
    """

    path: str
    line: int
    end_line: int
    score: Decimal
    failing: int
    passing: int
    evidence: tuple[str, ...] = ()


class FailureCause(Struct, frozen=True, kw_only=True):
    """Failing tests that went wrong in the same way.

    `type` is the exception, `message` the first message of it, `pattern` that message with its numbers,
    ids and paths taken out; `place` the innermost line of the project's own code, where the text tells it.
    `kind` is import, collection, setup, teardown, timeout, assertion, error, or unknown (no outcome was
    written). `expected` and `actual` are those of the first test whose message tells both, null where none
    does; `differences` has them for each test, where they are not all the same. `suspects` are the most
    suspicious lines; `suspects_reason` says why there are none, or what they leave out.
    """

    id: str
    type: str
    message: str
    pattern: str
    place: str
    phase: str
    cases: tuple[str, ...]
    text: str
    evidence: tuple[str, ...]
    kind: str = "error"
    expected: str | None = None
    actual: str | None = None
    differences: tuple[Difference, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    suspects_reason: str = ""


class AuditTests(Struct, frozen=True, kw_only=True):
    """The tests after joining; counts as in `inspect`. `suite_errors` are errors that no case carries.

    `waived` are failing tests that a waiver covers: they count neither as failed nor as passed.
    """

    total: int
    passed: int
    failed: int
    errored: int
    skipped: int
    flaky: int
    seconds: Decimal | None
    by_layer: Mapping[str, LayerCounts]
    cases: tuple[JoinedCase, ...]
    suite_errors: tuple[SuiteError, ...] = ()
    causes: tuple[FailureCause, ...] = ()
    slow: tuple[str, ...] = ()
    without_run: tuple[str, ...] = ()
    waived: int = 0

    @property
    def executed(self) -> int:
        """How many ran and count: neither skipped nor waived."""
        return self.total - self.skipped - self.waived
