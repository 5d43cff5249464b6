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


class FailureCause(Struct, frozen=True, kw_only=True):
    """Failing tests that went wrong in the same way.

    `type` is the exception, `message` the first of their messages, `pattern` that message with its numbers,
    ids and paths taken out; `place` the innermost line of the project's own code, where the text tells it.
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
