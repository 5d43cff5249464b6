"""The parts of an audit made by hand: evidence, tests, coverage and findings, untidy as real ones are."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from reportgen.model.audit_coverage import AuditCoverage, FileMeasure, LayerCoverage, Measure
from reportgen.model.audit_findings import AuditFindings, RuleCount
from reportgen.model.audit_tests import AuditTests, Difference, FailureCause, LayerCounts, Suspect
from reportgen.model.evidence import (
    Attempt,
    EvidenceItem,
    JoinedCase,
    JoinedCounts,
    JoinedFinding,
    SuiteError,
    count_cases,
)
from reportgen.model.figures import percent
from reportgen.model.states import Outcome, Severity


def item(number: int, path: str, format: str = "junit", **changes: object) -> EvidenceItem:  # noqa: A002 - the field's name
    row = EvidenceItem(
        id=f"E{number}",
        path=path,
        format=format,
        producer="pytest",
        sha256=f"{number:064x}",
        bytes=1000 * number,
        layer="unit",
        environment="",
        holds="9 tests",
        whole=True,
        has_facts=True,
    )
    return replace(row, **changes)


def case(number: int, outcome: Outcome = Outcome.PASSED, **changes: object) -> JoinedCase:
    row = JoinedCase(
        id=f"T{number:06}",
        layer="unit",
        environment="",
        suite="pytest",
        classname="tests.unit.test_lifecycle.TestAccept",
        name=f"test_number_{number}",
        outcome=outcome,
        flaky=False,
        seconds=Decimal("0.073"),
        attempts=(),
        type="",
        message="",
        evidence=("E1",),
    )
    return replace(row, **changes)


def finding(number: int, **changes: object) -> JoinedFinding:
    row = JoinedFinding(
        id=f"F{number}",
        rule="F401",
        tools=("ruff",),
        severity=Severity.LOW,
        level="error",
        path=f"app/core/module_{number % 7}.py",
        line=number + 1,
        message="`os` imported but unused",
        fingerprint="",
        state="open",
        evidence=("E4",),
    )
    return replace(row, **changes)


def measure(covered: int, total: int | None) -> Measure:
    return Measure(covered=covered, total=total, percent=percent(covered, total))


def layer(cases: Sequence[JoinedCase], **changes: object) -> LayerCounts:
    counts = count_cases(list(cases))
    row = LayerCounts(
        total=counts.total,
        passed=counts.passed,
        failed=counts.failed,
        errored=counts.errored,
        skipped=counts.skipped,
        flaky=counts.flaky,
        seconds=counts.seconds,
        suites={"pytest": counts},
        ran=counts.executed > 0,
        complete=True,
        evidence=("E1",),
    )
    return replace(row, **changes)


def sample_tests(cases: Sequence[JoinedCase] | None = None) -> AuditTests:
    if cases is None:
        cases = (
            *(case(number) for number in range(1, 5)),
            case(5, seconds=Decimal("12.5"), name="test_slow[a|b]"),
            case(
                6,
                Outcome.FAILED,
                type="AssertionError",
                message="AssertionError: Staging heartbeat too short",
            ),
            case(
                7,
                Outcome.ERRORED,
                layer="integration",
                message='failed on setup with "Error 111 connecting to localhost:6381."',
            ),
            case(8, Outcome.SKIPPED, message="needs a live server at https://staging.example.com @ops #12"),
            case(
                9,
                flaky=True,
                attempts=(Attempt(Outcome.FAILED, message="timed out"), Attempt(Outcome.PASSED)),
            ),
        )
    counts = count_cases(list(cases))
    unit = [one for one in cases if one.layer == "unit"]
    other = [one for one in cases if one.layer != "unit"]
    by_layer = {"unit": layer(unit, suites={"a.xml": count_cases(unit), "b.xml": JoinedCounts()})}
    if other:
        by_layer["integration"] = layer(other, complete=False, evidence=("E2",))
    bad = [one for one in cases if one.outcome in {Outcome.FAILED, Outcome.ERRORED}]
    causes = [
        FailureCause(
            id=f"C{number}",
            type=one.type,
            message=one.message,
            pattern=one.message,
            place="tests/unit/test_lifecycle.py:110",
            phase="setup" if one.outcome is Outcome.ERRORED else "call",
            cases=tuple(other.id for other in bad if other.message == one.message),
            text="test_lifecycle.py:110: AssertionError\nE   AssertionError: too short\nE   assert 20 >= 25",
            evidence=one.evidence,
            kind="setup" if one.outcome is Outcome.ERRORED else "assertion",
            expected="25" if number == 1 else None,
            actual="20" if number == 1 else None,
            differences=(
                Difference(case=one.id, expected="25", actual="20 | `x`"),
                Difference(case=one.id, expected="25", actual="19"),
            )
            if number == 1
            else (),
            suspects=(
                Suspect(
                    path="app/core/module_1.py",
                    line=40,
                    end_line=41,
                    score=Decimal("0.8164"),
                    failing=1,
                    passing=2,
                    evidence=("E3",),
                ),
            )
            if number == 1
            else (),
            suspects_reason="3 more lines have the score of the last of 10 rows kept"
            if number == 1
            else "no measured line ran in a context of these tests",
        )
        for number, one in enumerate({one.message: one for one in bad}.values(), 1)
    ]
    return AuditTests(
        total=counts.total,
        passed=counts.passed,
        failed=counts.failed,
        errored=counts.errored,
        skipped=counts.skipped,
        flaky=counts.flaky,
        seconds=counts.seconds,
        by_layer=by_layer,
        cases=tuple(cases),
        suite_errors=(SuiteError("integration", "pytest / db", "could not connect", "", "E2"),),
        causes=tuple(causes),
        slow=tuple(one.id for one in cases if one.seconds and one.seconds > 1),
        without_run=("tests/performance/test_load.py",),
    )


def sample_coverage(files: int = 12) -> AuditCoverage:
    rows = tuple(
        FileMeasure(
            path=f"app/core/module_{number}.py",
            lines=measure(10 * number, 100),
            branches=measure(number, 40),
            missing="3-7, 12, 40-91",
            evidence=("E3",),
        )
        for number in range(files)
    )
    return AuditCoverage(
        files=files,
        lines=measure(1573, 9934),
        branches=measure(83, 2688),
        percent=percent(1573, 9934),
        combined=percent(1573 + 83, 9934 + 2688),
        by_tests=measure(901, 9934),
        only_at_import=672,
        by_file=rows,
        by_folder=(
            FileMeasure(path="app/core", lines=measure(1000, 5000), branches=measure(80, 2000)),
            FileMeasure(path="app/factories", lines=measure(573, 4934), branches=measure(3, 688)),
        ),
        by_layer=(
            LayerCoverage(name="unit", lines=measure(1500, 9934), reason="", evidence=("E3",)),
            LayerCoverage(name="integration", lines=None, reason="no test of it ran", evidence=()),
        ),
        gain=tuple(row.path for row in rows[:4]),
        excluded=2,
        unlisted_lines=1,
        evidence=("E3",),
    )


def sample_findings(items: Sequence[JoinedFinding] | None = None) -> AuditFindings:
    if items is None:
        items = (
            *(finding(number) for number in range(31)),
            finding(40, rule="F821", severity=Severity.HIGH, message="Undefined name `Optional`"),
            finding(41, state="suppressed"),
        )
    still_open = [one for one in items if one.state == "open"]
    by_rule = {one.rule: one for one in still_open}
    counts = {rule: sum(one.rule == rule for one in still_open) for rule in by_rule}
    return AuditFindings(
        total=len(items) + 2,
        distinct=len(items),
        open=len(still_open),
        suppressed=len(items) - len(still_open),
        by_level={"error": len(items) + 2},
        by_severity={
            severity.value: count
            for severity in Severity
            if (count := sum(one.severity is severity for one in still_open))
        },
        by_rule=counts,
        rules=tuple(
            RuleCount(
                rule=rule,
                tools=one.tools,
                severity=one.severity,
                count=counts[rule],
                files=3,
                summary="Unused import" if rule == "F401" else "Undefined name",
                help_uri="https://docs.astral.sh/ruff/rules/",
                minutes=10 * counts[rule],
            )
            for rule, one in by_rule.items()
        ),
        items=tuple(items),
        examined=55,
        excluded=3,
        evidence=("E4",),
    )
