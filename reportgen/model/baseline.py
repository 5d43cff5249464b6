"""An earlier audit, as far as a later one is compared with it: just the fields that are read back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from reportgen.model.artifact import Problem
from reportgen.model.diff import Diff
from reportgen.model.states import Outcome, Severity, State


class ThenScore(Struct, frozen=True):
    """The score of the baseline; numbers are rounded down to 4 decimals, as the JSON has them."""

    lower: Decimal
    grade: str


class ThenCriterion(Struct, frozen=True):
    """A criterion of the baseline."""

    name: str
    score: Decimal | None


class ThenCase(Struct, frozen=True, gc=False):
    """A test of the baseline."""

    id: str
    outcome: Outcome
    flaky: bool


class ThenTests(Struct, frozen=True):
    """The tests of the baseline."""

    total: int
    cases: tuple[ThenCase, ...]


class ThenMeasure(Struct, frozen=True):
    """Covered lines of executable ones."""

    covered: int
    total: int | None


class ThenFile(Struct, frozen=True):
    """The coverage of a file of the baseline."""

    path: str
    lines: ThenMeasure


class ThenCoverage(Struct, frozen=True):
    """The coverage of the baseline."""

    lines: ThenMeasure
    by_file: tuple[ThenFile, ...]


class ThenFinding(Struct, frozen=True):
    """A finding of the baseline."""

    id: str
    rule: str
    tools: tuple[str, ...]
    severity: Severity
    path: str
    line: int | None
    message: str
    fingerprint: str
    state: str
    snippet: str = ""


class ThenFindings(Struct, frozen=True):
    """The findings of the baseline."""

    items: tuple[ThenFinding, ...]


class ThenGate(Struct, frozen=True):
    """A gate of the baseline."""

    name: str
    state: State


class Baseline(Struct, frozen=True, kw_only=True):
    """The audit that this one is compared with."""

    generated_at: datetime
    revision: str | None
    verdict: State
    score: ThenScore
    criteria: tuple[ThenCriterion, ...]
    gates: tuple[ThenGate, ...]
    tests: ThenTests | None
    coverage: ThenCoverage | None
    findings: ThenFindings | None
    digest: str


class Against(Struct, frozen=True, kw_only=True):
    """What the evidence is held against: an earlier audit, and a diff; each may be left out.

    `named` is what a report prints for the baseline's path, empty where none was named; `problem` says why
    the one that was named cannot be compared with. `scrub` takes secrets out of a text, as they were taken
    out of the baseline before it was written.
    """

    named: str = ""
    baseline: Baseline | None = None
    problem: Problem | None = None
    diff: Diff | None = None
    scrub: Callable[[str], str] = str


NOTHING = Against()
