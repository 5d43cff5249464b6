"""The scored model: what a report prints, and what `--format json` writes. Its schema is published.

Numbers are exact in memory (`Fraction`, `Decimal`); the JSON writes ratios rounded down to 4 decimals, and
null for what is not known. Field names are the JSON's keys.
"""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from msgspec import Struct

from reportgen.model.about import NOTHING_SAID, About
from reportgen.model.artifact import Problem
from reportgen.model.audit_coverage import AuditCoverage
from reportgen.model.audit_findings import AuditFindings
from reportgen.model.audit_tests import AuditTests
from reportgen.model.categories import Categories
from reportgen.model.changes import ChangedLines, Changes
from reportgen.model.criteria import CheckScore, Scale
from reportgen.model.evidence import (
    EvidenceItem,
    LedgerRow,
)
from reportgen.model.excerpts import Excerpt
from reportgen.model.expected import ExpectedInput
from reportgen.model.issues import CriticalIssue
from reportgen.model.matrices import Matrix
from reportgen.model.notes import Note
from reportgen.model.plan import Action, AfterRemediation, Hotspot
from reportgen.model.reach import FileReach
from reportgen.model.risk import Confidence, Risk
from reportgen.model.signoff import ApprovalResult, CheckItem
from reportgen.model.slas import SlaResult
from reportgen.model.states import State
from reportgen.model.subjects import Links, SubjectResult
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


class CriterionScore(Struct, frozen=True, kw_only=True):
    """A criterion as measured: 0 to 100, or null where it is not known; always with its reason.

    `shown` is the score on its `scale`: `85/100`, `8.5/10`, or the word of a grade. `checks` are those that
    it is made of, in the order of the policy; `expression` is the number that it is, `policy` what it stands
    for.
    """

    name: str
    weight: Fraction
    required: bool
    score: Fraction | None
    reason: str
    evidence: tuple[str, ...]
    title: str = ""
    scale: Scale = 100
    shown: str = ""
    expression: str = ""
    checks: tuple[CheckScore, ...] = ()
    policy: str = ""


class GateResult(Struct, frozen=True, kw_only=True):
    """A gate as judged. `value` is what its condition came to, in words ("tests.failed = 4").

    `warn` and `unknown` are the conditions for these states, where it has them. `note` says why it never
    could fail, or never pass.
    """

    name: str
    title: str
    state: State
    condition: str
    value: str
    reason: str
    evidence: tuple[str, ...]
    warn: str = ""
    unknown: str = ""
    note: str = ""

    @property
    def conditions(self) -> str:
        """All its conditions as one text; that of a pass alone as it is."""
        told = (("warn", self.warn), ("unknown", self.unknown))
        others = [f"{word}: {text}" for word, text in told if text]
        return "; ".join((f"pass: {self.condition}", *others)) if others else self.condition


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
    about: About = NOTHING_SAID
    verdict: State
    summary: Summary
    score: Score
    tests: AuditTests | None
    coverage: AuditCoverage | None
    findings: AuditFindings | None
    criteria: tuple[CriterionScore, ...]
    gates: tuple[GateResult, ...]
    matrices: tuple[Matrix, ...] = ()
    categories: Categories | None = None
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
    subjects: tuple[SubjectResult, ...] = ()
    links: Links | None = None
    expected: tuple[ExpectedInput, ...] = ()
    slas: tuple[SlaResult, ...] = ()
    notes: tuple[Note, ...] = ()
    score_after: AfterRemediation | None = None
    issues: tuple[CriticalIssue, ...] = ()
    risk: Risk | None = None
    confidence: Confidence | None = None
    code: tuple[Excerpt, ...] = ()
    source_url: str = ""
    reach: tuple[FileReach, ...] = ()
    digest: str
    version: str
