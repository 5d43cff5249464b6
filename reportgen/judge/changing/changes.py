"""What changed since an earlier audit: verdict, gates, score, coverage; tests and findings are beside it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from msgspec import structs

from reportgen.judge.changing.case_changes import case_changes
from reportgen.judge.changing.finding_changes import finding_changes, tools_of
from reportgen.judge.digest import digest_of
from reportgen.judge.scoring.score import Overall, grade_of
from reportgen.model.audit import GateResult
from reportgen.model.audit_coverage import AuditCoverage
from reportgen.model.audit_findings import AuditFindings
from reportgen.model.audit_tests import AuditTests
from reportgen.model.baseline import Against, Baseline, ThenCoverage
from reportgen.model.changes import (
    CaseChanges,
    Changes,
    CoverageChanges,
    CriterionChange,
    FileChange,
    FindingChanges,
    GateChange,
    ScoreChange,
)
from reportgen.model.evidence import Evidence
from reportgen.model.figures import floor_digits, percent
from reportgen.model.metric_words import CHANGES
from reportgen.model.policy import BASELINE_GATES, Policy
from reportgen.model.states import Severity

Numbers = dict[str, int | Fraction | None]
_DIGITS = 4  # those of the JSON


def changes_of(
    against: Against,
    evidence: Evidence,
    tests: AuditTests | None,
    coverage: AuditCoverage | None,
    findings: AuditFindings | None,
) -> Changes | None:
    """Compare what the leaves say; None where no baseline was named. Score and gates come later."""
    if not against.named:
        return None
    then = against.baseline
    if then is None:
        problem = "" if against.problem is None else against.problem.message
        return Changes(baseline=against.named, problem=problem or "it cannot be compared with")
    scanned = evidence.findings is not None
    return Changes(
        baseline=against.named,
        generated_at=then.generated_at,
        revision=then.revision,
        verdict=then.verdict,
        tests=case_changes(then.tests, tests.cases, against.scrub) if then.tests and tests else None,
        coverage=_coverage(then.coverage, coverage) if then.coverage and coverage else None,
        findings=finding_changes(then.findings, findings.items, tools_of(evidence), against.scrub)
        if then.findings and findings and scanned
        else None,
    )


def _coverage(then: ThenCoverage, now: AuditCoverage) -> CoverageChanges:
    before = {file.path: percent(file.lines.covered, file.lines.total) for file in then.by_file}
    after = {file.path: file.lines.percent for file in now.by_file}
    dropped: list[FileChange] = []
    for path, rate in after.items():
        old = before.get(path)
        if old is not None and rate is not None and rate < old:
            dropped.append(FileChange(path, old, rate, rate - old))
    old_rate, new_rate = percent(then.lines.covered, then.lines.total), now.lines.percent
    return CoverageChanges(
        then=old_rate,
        now=new_rate,
        points=_difference(old_rate, new_rate),
        dropped=tuple(sorted(dropped, key=lambda file: (file.points, file.path))),
        gone=tuple(sorted(before.keys() - after.keys())),
        new=len(after.keys() - before.keys()),
    )


def with_score(
    changes: Changes | None,
    then: Baseline | None,
    policy: Policy,
    score: Overall,
    points: Iterable[tuple[str, Fraction | None]],
) -> Changes | None:
    """Add how the score moved, and by which criteria; `points` are theirs now, by name."""
    if changes is None or then is None:
        return changes
    old = {criterion.name: _exact(criterion.score) for criterion in then.criteria}
    new = {name: None if value is None else floor_digits(value, _DIGITS) for name, value in points}
    names = dict.fromkeys((*new, *old))
    lower_then, lower_now = Fraction(then.score.lower), floor_digits(score.lower, _DIGITS)
    moved = ScoreChange(
        then=lower_then,
        now=lower_now,
        points=lower_now - lower_then,
        grade_then=then.score.grade,
        grade_now=grade_of(score.lower, policy),
        criteria=tuple(
            CriterionChange(name, old.get(name), new.get(name), _difference(old.get(name), new.get(name)))
            for name in names
            if old.get(name) != new.get(name)
        ),
        same_model=then.digest == digest_of(policy),
    )
    return structs.replace(changes, score=moved)


def with_gates(changes: Changes | None, then: Baseline | None, gates: Iterable[GateResult]) -> Changes | None:
    """Add the gates whose state is another."""
    if changes is None or then is None:
        return changes
    old = {gate.name: gate.state for gate in then.gates}
    new = {gate.name: gate.state for gate in gates}
    for own in BASELINE_GATES:  # that there is a baseline now is no change
        if own.name not in old or own.name not in new:
            old.pop(own.name, None)
            new.pop(own.name, None)
    names = [name for name in dict.fromkeys((*new, *old)) if old.get(name) != new.get(name)]
    return structs.replace(
        changes, gates=tuple(GateChange(name, old.get(name), new.get(name)) for name in names)
    )


def numbers_of(changes: Changes | None) -> Numbers:
    """Return the metrics of what changed, all but the score's; None is not known."""
    known: Numbers = {name: None for name, *_ in CHANGES}
    if changes is not None:
        known["unread"] = int(bool(changes.problem))
        known |= {} if changes.tests is None else _case_numbers(changes.tests)
        known |= {} if changes.coverage is None else _coverage_numbers(changes.coverage)
        known |= {} if changes.findings is None else _finding_numbers(changes.findings)
    return {f"changes.{name}": value for name, value in known.items()}


def _case_numbers(tests: CaseChanges) -> Numbers:
    return {
        "new_failures": len(tests.new_failures),
        "still_failing": len(tests.still_failing),
        "fixed": len(tests.fixed),
        "vanished_tests": len(tests.vanished),
        "vanished_failures": len(tests.vanished_failures),
        "new_tests": len(tests.new),
        "newly_skipped": len(tests.newly_skipped),
        "newly_flaky": len(tests.newly_flaky),
        "tests_percent": tests.percent,
    }


def _coverage_numbers(coverage: CoverageChanges) -> Numbers:
    return {
        "coverage_points": coverage.points,
        "files_dropped": len(coverage.dropped),
        "files_gone": len(coverage.gone),
    }


def _finding_numbers(findings: FindingChanges) -> Numbers:
    return {
        "new_findings": len(findings.new),
        "new_critical": sum(one.severity is Severity.CRITICAL for one in findings.new),
        "new_high": sum(one.severity is Severity.HIGH for one in findings.new),
        "fixed_findings": len(findings.fixed),
        "moved_findings": findings.moved,
    }


def _exact(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _difference(old: Fraction | None, new: Fraction | None) -> Fraction | None:
    return None if old is None or new is None else new - old
