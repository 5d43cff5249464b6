"""Audits made by hand, for what renders them: an untidy one, one of nothing, and one of any size."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction as F  # noqa: N817 - these records are full of them

from msgspec.structs import replace

from reportgen.model.artifact import Problem
from reportgen.model.audit import Audit, CriterionScore, Deduction, GateResult, Score, Summary
from reportgen.model.evidence import (
    LedgerRow,
)
from reportgen.model.expected import ExpectedInput, InputState
from reportgen.model.figures import percent
from reportgen.model.plan import Action, Hotspot
from reportgen.model.reach import FileReach, ReachedLines
from reportgen.model.signoff import ApprovalResult, CheckItem
from reportgen.model.slas import SlaResult
from reportgen.model.states import Outcome, State
from reportgen.model.waivers import WaiverResult, WaiverState
from tests.sample_parts import case, finding, item, sample_coverage, sample_findings, sample_tests

MOMENT = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def sample_audit() -> Audit:
    tests = sample_tests()
    return Audit(
        title="WebSocket race conditions: audit of the test suite",
        generated_at=MOMENT,
        revision="3f1c2ab9d4e5f60718293a4b5c6d7e8f90a1b2c3",
        scope=("The tests of a WebSocket handshake",),
        verdict=State.FAIL,
        summary=Summary(
            verdict="2 of 8 tests that ran failed or errored.",
            strengths=("No critical finding is open.",),
            concerns=("Two tests do not pass (gate tests-pass).", "Line coverage is 15.8 %."),
            not_measured=("Coverage of the integration layer: no test of it ran.",),
        ),
        score=Score(
            value=F(619, 10),
            lower=F(557, 10),
            upper=F(657, 10),
            grade="F",
            measured_weight=F(90),
            total_weight=F(100),
            waterfall=(
                Deduction(
                    label="tests",
                    points=F(10),
                    printed=F(10),
                    reason="6 of 8 executed tests passed",
                    evidence=("E1", "E2"),
                ),
                Deduction(
                    label="coverage",
                    points=F(2526, 100),
                    printed=F(253, 10),
                    reason="15.8 % of the lines ran",
                    evidence=("E3",),
                ),
                Deduction(
                    label="completeness", points=F(9), printed=F(9), reason="4 of 5 files", evidence=()
                ),
                Deduction(label="nothing", points=F(0), printed=F(0), reason="", evidence=()),
            ),
        ),
        tests=tests,
        coverage=sample_coverage(),
        findings=sample_findings(),
        criteria=(
            CriterionScore(
                name="tests",
                weight=F(40),
                required=True,
                score=F(75),
                reason="6 of 8 executed tests passed",
                evidence=("E1", "E2"),
            ),
            CriterionScore(
                name="coverage",
                weight=F(30),
                required=False,
                score=percent(1573, 9934),
                reason="1,573 of 9,934 lines ran",
                evidence=("E3",),
            ),
            CriterionScore(
                name="findings",
                weight=F(20),
                required=False,
                score=None,
                reason="the size of app/x.py is not known",
                evidence=("E4",),
            ),
            CriterionScore(
                name="completeness",
                weight=F(10),
                required=True,
                score=F(80),
                reason="4 of 5 files were read whole",
                evidence=(),
            ),
        ),
        gates=(
            GateResult(
                name="no-critical-finding",
                title="No critical finding is open",
                state=State.PASS,
                condition="findings.critical == 0",
                value="findings.critical = 0",
                reason="it holds",
                evidence=("E4",),
            ),
            GateResult(
                name="tests-pass",
                title="No test failed or errored",
                state=State.FAIL,
                condition="tests.failed == 0 and tests.errored == 0",
                value="tests.failed = 1, tests.errored = 1",
                reason="1 test failed and 1 errored",
                evidence=("E1", "E2"),
            ),
            GateResult(
                name="no-flaky-test",
                title="No test is flaky",
                state=State.WARN,
                condition="tests.flaky == 0",
                value="tests.flaky = 1",
                reason="1 test is flaky",
                evidence=("E1",),
            ),
            GateResult(
                name="evidence-whole",
                title="Every artifact was read whole",
                state=State.UNKNOWN,
                condition="evidence.unread == 0",
                value="evidence.unread = 1",
                reason="1 file could not be read",
                evidence=("E5",),
            ),
            GateResult(
                name="waived",
                title="A gate that somebody waived",
                state=State.WAIVED,
                condition="x",
                value="",
                reason="until the release",
                evidence=(),
            ),
            GateResult(
                name="no-need",
                title="Not asked of this build",
                state=State.NOT_APPLICABLE,
                condition="y",
                value="",
                reason="no such evidence is expected",
                evidence=(),
            ),
        ),
        checklist=(
            CheckItem(
                id="K1",
                text="All unit tests pass",
                state=State.FAIL,
                reason="currently 1 of 8 fails",
                evidence=("E1",),
            ),
            CheckItem(
                id="K2",
                text="Every file was read",
                state=State.UNKNOWN,
                reason="E5 was not",
                evidence=("E5",),
            ),
        ),
        remediation=(
            Action(
                id="A1",
                kind="failures",
                priority="immediate",
                title="Mend the cause of 1 failing test: AssertionError",
                places=("T000006",),
                count=1,
                minutes=60,
                gain=F(5),
                printed_gain=F(5),
                after=F(607, 10),
                gates=("tests-pass",),
                evidence=("E1",),
            ),
            Action(
                id="A2",
                kind="findings",
                priority="low",
                title="Mend 31 findings of F401: Unused import",
                places=tuple(f"app/core/module_{number}.py:{number + 1}" for number in range(7)),
                count=31,
                minutes=310,
                gain=F(3, 100),
                printed_gain=F(0),
                after=F(60730, 1000),
                evidence=("E4",),
            ),
        ),
        waivers=(
            WaiverResult(
                id="W1",
                state=WaiverState.EXPIRING,
                of="test",
                match="test unit/*",
                matched=("T000006",),
                reason="mended in the next release",
                owner="Ann",
                approver="Bob",
                created=date(2026, 10, 1),
                expires=date(2026, 11, 30),
                days_left=10,
                note="",
            ),
            WaiverResult(
                id="W2",
                state=WaiverState.INVALID,
                of="finding",
                match="rule F401",
                matched=("F1",),
                reason="",
                owner="Ann",
                approver="Ann",
                created=None,
                expires=None,
                days_left=None,
                note="Its approver is its owner.",
                content=("0123456789abcdef",),
            ),
        ),
        expected=(
            ExpectedInput(
                path="shards/*.xml",
                state=InputState.MISSING,
                reason="2 of 4 artifacts are there.",
                evidence=(),
                layer="unit",
                kind="tests",
                count=2,
            ),
            ExpectedInput(
                path="coverage.xml",
                state=InputState.PRESENT,
                reason="1 artifact is there.",
                evidence=("E2",),
                count=1,
            ),
        ),
        slas=(
            SlaResult(
                name="fast",
                title="Unit tests are fast",
                state=State.FAIL,
                limit=Decimal("0.2"),
                measured=Decimal("1.25"),
                unit="s",
                what="percentile 95 of the time of the tests of layer unit",
                cases=("T000006",),
                reason="It is 1.25 s, and at most 0.2 s is asked for.",
                evidence=("E1",),
            ),
            SlaResult(
                name="latency",
                title="latency",
                state=State.UNKNOWN,
                limit=Decimal(150),
                measured=None,
                unit="ms",
                what="the greatest of latency_ms of a test",
                cases=(),
                reason="No test that ran has the property latency_ms.",
                evidence=(),
            ),
        ),
        approvals=(
            ApprovalResult(
                role="Release manager",
                state=State.NOT_DONE,
                name="",
                date=None,
                conditions="",
                revision="",
                note="Nobody decided.",
            ),
        ),
        reach=(
            FileReach(
                path="app/core/module_1.py",
                tests=4,
                cases=("T000001", "T000006"),
                layers=("unit",),
                only_at_import=ReachedLines(count=3, ranges="1-3"),
                only_unit=ReachedLines(count=7, ranges="40-46"),
                only_failing=ReachedLines(count=2, ranges="40-41"),
                evidence=("E3",),
            ),
            FileReach(
                path="app/core/module_2.py",
                tests=0,
                cases=(),
                layers=(),
                only_at_import=ReachedLines(count=5, ranges="1-5"),
                only_unit=None,
                only_failing=ReachedLines(count=0, ranges=""),
                evidence=("E3",),
            ),
        ),
        hotspots=(
            Hotspot(
                path="app/core/module_1.py",
                risk=F(3061, 2),
                basis="CRAP",
                findings=5,
                uncovered=90,
                complexity=42,
                evidence=("E3", "E4"),
            ),
        ),
        evidence=(
            item(1, "evidence/junit-unit.xml"),
            item(2, "evidence/junit-integration.xml", layer="integration"),
            item(
                3,
                "evidence/coverage-unit.xml",
                "cobertura",
                producer="coverage.py 7.10.6",
                holds="55 files, 9,934 lines",
            ),
            item(4, "evidence/ruff.sarif", "sarif", producer="ruff 0.13.0", holds="46 results"),
            item(
                5,
                "evidence/torn.xml",
                "",
                producer="",
                holds="nothing: it could not be read",
                whole=False,
                has_facts=False,
            ),
        ),
        passed_over=3,
        ledger=(
            LedgerRow("declared count", "pytest", "counted 3 tests", "declared 4", ("E1",)),
            LedgerRow(
                "path remapped", "app/core/module_1.py", "app/core/module_1.py", "/w/app/core/module_1.py"
            ),
        ),
        problems=(
            Problem(
                "not-well-formed",
                "the file ends in the middle of a tag, at line 7",
                "build it again",
                "evidence/torn.xml",
            ),
        ),
        warnings=(Problem("odd time", "a time is negative: -1", "", "evidence/junit-unit.xml"),),
        method=("Counts come from the leaves: test cases, lines and results.", "Ratios are rounded down."),
        digest="ab" * 32,
        version="0.1.0",
    )


def empty_audit() -> Audit:
    """Nothing was given, so nothing is known."""
    return Audit(
        title="Nothing ran",
        generated_at=MOMENT,
        revision=None,
        verdict=State.UNKNOWN,
        summary=Summary(
            verdict="No evidence could be read.",
            strengths=(),
            concerns=(),
            not_measured=("Tests: none given.",),
        ),
        score=Score(
            value=None, lower=F(0), upper=F(100), grade="F", measured_weight=F(0), total_weight=F(100)
        ),
        tests=None,
        coverage=None,
        findings=None,
        criteria=(),
        gates=(),
        checklist=(),
        remediation=(),
        hotspots=(),
        evidence=(),
        ledger=(),
        problems=(),
        digest="cd" * 32,
        version="0.1.0",
    )


def large_audit(cases: int = 100_000, findings: int = 20_000) -> Audit:
    """The sample with a great many tests and findings."""
    many = [
        case(
            number,
            Outcome.FAILED if number % 50 == 0 else Outcome.SKIPPED if number % 33 == 0 else Outcome.PASSED,
            message=f"AssertionError: number {number % 400} is odd" if number % 50 == 0 else "",
        )
        for number in range(cases)
    ]
    return replace(
        sample_audit(),
        tests=sample_tests(many),
        coverage=sample_coverage(2_000),
        findings=sample_findings([finding(number, rule=f"R{number % 90}") for number in range(findings)]),
    )
