"""The scored model: what a report prints, and what `--format json` writes. Its schema is published.

Numbers are exact in memory (`Fraction`, `Decimal`); the JSON writes ratios rounded down to 4 decimals, and
null for what is not known. Field names are the JSON's keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date as Date, datetime  # noqa: N812 - `date` is a key of the model
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from reportgen.model.artifact import Problem
from reportgen.model.changes import ChangedLines, Changes
from reportgen.model.coverage import Ratio
from reportgen.model.evidence import (
    EvidenceItem,
    JoinedCase,
    JoinedCounts,
    JoinedFinding,
    LedgerRow,
    SuiteError,
)
from reportgen.model.signoff import ApprovalResult
from reportgen.model.states import Severity, State
from reportgen.model.waivers import WaiverResult

SCHEMA_ID = "reportgen/audit/1"


class Deduction(Struct, frozen=True, kw_only=True):
    """A line of the waterfall. `points` are exact; `printed` add up to the printed total."""

    label: str
    points: Fraction
    printed: Fraction
    reason: str
    evidence: tuple[str, ...] = ()


class Score(Struct, frozen=True, kw_only=True):
    """The overall score, 0 to 100. The grade is that of `lower`.

    `value` is over the measured criteria (null where none is), `lower` counts the others as 0, `upper` as
    100. `waterfall` leads from 100 to `lower`: its points add up exactly.
    """

    value: Fraction | None
    lower: Fraction
    upper: Fraction
    grade: str
    measured_weight: Fraction
    total_weight: Fraction
    waterfall: tuple[Deduction, ...] = ()


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


class Measure(Struct, frozen=True, kw_only=True):
    """So many of so many, with the percentage rounded down; null where the total is not known or nothing."""

    covered: int
    total: int | None
    percent: Fraction | None


class FileMeasure(Struct, frozen=True, kw_only=True):
    """Coverage of a source file (or, in `by_folder`, of a folder). `missing` is its lines that never ran.

    `missing` is ranges in words, such as `3-7, 12`, cut where there are very many.
    """

    path: str
    lines: Measure
    branches: Measure | None
    missing: str = ""
    by_tests: int | None = None
    layers: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


class LayerCoverage(Struct, frozen=True, kw_only=True):
    """Line coverage that one layer reaches; `lines` is null where no test of it ran, with the reason."""

    name: str
    lines: Measure | None
    reason: str
    evidence: tuple[str, ...]


class AuditCoverage(Struct, frozen=True, kw_only=True):
    """Coverage after joining. `percent` is of lines; `combined` is (lines + branches) as coverage.py has it.

    `by_tests` is the lines that ran in some test's context (null where contexts are not known);
    `only_at_import` the lines that ran in none. `gain` are the files where one more test would help most.
    """

    files: int
    lines: Measure
    branches: Measure | None
    percent: Fraction | None
    combined: Fraction | None
    by_tests: Measure | None
    only_at_import: int | None
    by_file: tuple[FileMeasure, ...]
    by_folder: tuple[FileMeasure, ...] = ()
    by_layer: tuple[LayerCoverage, ...] = ()
    gain: tuple[str, ...] = ()
    excluded: int = 0
    unlisted_lines: int = 0
    evidence: tuple[str, ...] = ()


class RuleCount(Struct, frozen=True, kw_only=True):
    """The open findings of one rule."""

    rule: str
    tools: tuple[str, ...]
    severity: Severity
    count: int
    files: int
    summary: str
    help_uri: str
    minutes: int


class AuditFindings(Struct, frozen=True, kw_only=True):
    """Findings after joining. `total` counts results, `distinct` findings, `open` those that count.

    `waived` are those that a waiver covers; they are distinct findings, and not open.
    `by_level` and `by_rule` count results as in `inspect`, `by_severity` and `rules` the open findings.
    """

    total: int
    distinct: int
    open: int
    suppressed: int
    by_level: Mapping[str, int]
    by_severity: Mapping[str, int]
    by_rule: Mapping[str, int]
    rules: tuple[RuleCount, ...]
    items: tuple[JoinedFinding, ...]
    examined: int | None = None
    excluded: int = 0
    evidence: tuple[str, ...] = ()
    waived: int = 0


class CriterionScore(Struct, frozen=True, kw_only=True):
    """A criterion as measured: 0 to 100, or null where it is not known; always with its reason."""

    name: str
    weight: Fraction
    required: bool
    score: Fraction | None
    reason: str
    evidence: tuple[str, ...]


class GateResult(Struct, frozen=True, kw_only=True):
    """A gate as judged. `value` is what its condition came to, in words ("tests.failed = 4")."""

    name: str
    title: str
    state: State
    condition: str
    value: str
    reason: str
    evidence: tuple[str, ...]


class CheckItem(Struct, frozen=True, kw_only=True):
    """An item of the checklist.

    One that is tied to evidence has a `condition`. One that is not is `manual`: somebody (`who`) has to look,
    and `by`, `date` and `revision` say who did, when, and at what; it is not done where nobody did at this
    report's revision, and `reason` then says whose the answer for another one is.
    """

    id: str
    text: str
    state: State
    reason: str
    evidence: tuple[str, ...]
    condition: str = ""
    manual: bool = False
    who: str = ""
    by: str = ""
    date: Date | None = None
    revision: str = ""


class Action(Struct, frozen=True, kw_only=True):
    """A step of the remediation plan.

    `kind` is `failures`, `findings` or `gap`. `priority` is immediate, high, medium or low. `minutes` is its
    effort, `gain` what it adds to the lower score from where the steps before left it (`printed_gain` adds up
    to the printed last score less the printed first), `after` the score then. `places` are `path:line`, paths
    or test ids; `gates` the names of those that it turns to pass.
    """

    id: str
    kind: str
    priority: str
    title: str
    places: tuple[str, ...]
    count: int
    minutes: int
    gain: Fraction
    printed_gain: Fraction
    after: Fraction
    gates: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


class Hotspot(Struct, frozen=True, kw_only=True):
    """A file where a change is risky; `risk` is CRAP where complexity is known, else weighted findings."""

    path: str
    risk: Fraction
    basis: str
    findings: int
    uncovered: int | None
    complexity: int | None
    evidence: tuple[str, ...]


class Summary(Struct, frozen=True, kw_only=True):
    """The summary in sentences: the verdict's reason, then what is good, what is not, what is not known."""

    verdict: str
    strengths: tuple[str, ...]
    concerns: tuple[str, ...]
    not_measured: tuple[str, ...]


class Audit(Struct, frozen=True, kw_only=True):
    """Everything that a report says. `digest` is of the scoring model: policy and version."""

    schema: str = SCHEMA_ID
    title: str
    generated_at: datetime
    revision: str | None
    scope: tuple[str, ...] = ()
    verdict: State
    summary: Summary
    score: Score
    tests: AuditTests | None
    coverage: AuditCoverage | None
    findings: AuditFindings | None
    criteria: tuple[CriterionScore, ...]
    gates: tuple[GateResult, ...]
    matrices: tuple[Struct, ...] = ()
    checklist: tuple[CheckItem, ...]
    remediation: tuple[Action, ...]
    hotspots: tuple[Hotspot, ...]
    waivers: tuple[WaiverResult, ...] = ()
    approvals: tuple[ApprovalResult, ...] = ()
    evidence: tuple[EvidenceItem, ...]
    passed_over: int = 0
    ledger: tuple[LedgerRow, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
    method: tuple[str, ...] = ()
    changes: Changes | None = None
    changed_lines: ChangedLines | None = None
    digest: str
    version: str


def measure(ratio: Ratio) -> Measure:
    """Give a ratio its percentage; none where the total is not known, or nothing."""
    known = Fraction(100 * ratio.covered, ratio.total) if ratio.total else None
    return Measure(covered=ratio.covered, total=ratio.total, percent=known)
