"""What all judging stands on: the evidence, counted once by the policy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

from msgspec import Struct, field

from reportgen.judge.changing.changed_lines import changed_lines_of, line_numbers
from reportgen.judge.changing.changes import changes_of, numbers_of, with_score
from reportgen.judge.counting.blame import Blame
from reportgen.judge.counting.case_index import CaseIndex
from reportgen.judge.counting.categories import categories_of
from reportgen.judge.counting.coverage import coverage_of
from reportgen.judge.counting.findings import (
    SEVERITIES,
    Debt,
    Priced,
    debt_of,
    findings_of,
    priced_findings,
)
from reportgen.judge.counting.path_numbers import Paths
from reportgen.judge.counting.sources import Sources, sources_of
from reportgen.judge.counting.tally import Numbers
from reportgen.judge.counting.tests import tests_of
from reportgen.judge.gating.expected_rows import expected_counts
from reportgen.judge.gating.expecting import with_expected
from reportgen.judge.gating.signed import NOBODY, Signed, signed_numbers
from reportgen.judge.protecting.matrices import matrices_of, matrix_numbers
from reportgen.judge.protecting.subject_numbers import subject_numbers, untimed
from reportgen.judge.protecting.subject_states import subject_results
from reportgen.judge.protecting.subjects import NOTHING_PLACED, Placed, placed_in
from reportgen.model.audit_coverage import AuditCoverage, Measure
from reportgen.model.audit_findings import AuditFindings
from reportgen.model.audit_tests import AuditTests
from reportgen.model.baseline import NOTHING, Against
from reportgen.model.categories import Categories
from reportgen.model.changes import ChangedLines, Changes
from reportgen.model.evidence import Evidence
from reportgen.model.matrices import Matrix
from reportgen.model.metrics import keyed_name
from reportgen.model.policy import Policy
from reportgen.model.subjects import SubjectResult

_Base = dict[str, int | Fraction | None]
_TESTS = ("total", "passed", "failed", "errored", "skipped", "flaky", "waived")


class Ground(Struct, frozen=True, kw_only=True):
    """The evidence under a policy: its tests, coverage and findings as counted, and all the numbers."""

    evidence: Evidence
    policy: Policy
    sources: Sources
    tests: AuditTests | None
    coverage: AuditCoverage | None
    findings: AuditFindings | None
    priced: tuple[Priced, ...]
    debt: Debt
    numbers: Numbers
    blame: Blame
    against: Against = NOTHING
    changes: Changes | None = None
    changed_lines: ChangedLines | None = None
    placed: Placed = NOTHING_PLACED
    matrices: tuple[Matrix, ...] = ()
    categories: Categories | None = None
    signed: Signed = NOBODY
    subjects: tuple[SubjectResult, ...] = ()
    subject_of: Mapping[str, SubjectResult] = field(default_factory=dict)

    @property
    def present(self) -> frozenset[str]:
        """The kinds of evidence that are there: tests, coverage, findings; a baseline, a diff."""
        return frozenset(
            kind
            for kind, there in (
                ("tests", self.evidence.has_tests),
                ("coverage", self.evidence.coverage is not None),
                ("findings", self.evidence.findings is not None),
                ("baseline", bool(self.against.named)),
                ("diff", self.against.diff is not None),
            )
            if there
        )


def ground_of(
    evidence: Evidence,
    policy: Policy,
    against: Against = NOTHING,
    generated_at: datetime | None = None,
    revision: str | None = None,
    *,
    signed: Signed = NOBODY,
) -> Ground:
    """Count the evidence once, for everything that judging asks of it; date and revision are the report's."""
    sources = with_expected(sources_of(evidence), evidence, policy, generated_at, revision)
    tests = tests_of(evidence, policy, sources)
    coverage = coverage_of(evidence, tests, sources)
    items, priced = priced_findings(evidence, policy)
    findings = findings_of(evidence, items, priced, sources)
    debt = debt_of(evidence, policy, priced)
    base = _counted(tests, coverage, findings, debt, evidence=evidence, sources=sources)
    changes = changes_of(against, evidence, tests, coverage, findings)
    changed_lines = changed_lines_of(against.diff, evidence, findings)
    base |= numbers_of(changes) | line_numbers(changed_lines)
    index = CaseIndex(evidence)
    placed = placed_in(evidence, policy, items, index)
    subjects = subject_results(policy.subjects, placed, evidence, items)
    base |= subject_numbers(subjects, placed, tests)
    matrices = matrices_of(tests, policy, subjects, placed.unknown)
    base |= matrix_numbers(matrices) | signed_numbers(signed)
    numbers = Numbers(base, policy, paths=Paths(evidence, items, index))
    changes = _with_score(changes, against, numbers)
    return Ground(
        evidence=evidence,
        policy=policy,
        sources=sources,
        tests=tests,
        coverage=coverage,
        findings=findings,
        priced=priced,
        debt=debt,
        numbers=numbers,
        blame=Blame(evidence.cases if tests is not None else (), priced),
        against=against,
        changes=changes,
        changed_lines=changed_lines,
        placed=placed,
        matrices=matrices,
        signed=signed,
        categories=categories_of(tests, items, index, scanned=evidence.findings is not None),
        subjects=subjects,
        subject_of={each.name: each for each in subjects},
    )


def _counted(
    tests: AuditTests | None,
    coverage: AuditCoverage | None,
    findings: AuditFindings | None,
    debt: Debt,
    *,
    evidence: Evidence,
    sources: Sources,
) -> _Base:
    """Count the leaves as metrics."""
    base: _Base = {}
    _count_tests(base, tests, sources)
    _count_coverage(base, coverage)
    _count_findings(base, findings, debt, scanned=evidence.findings is not None)
    _count_evidence(base, evidence, sources)
    return base


def _with_score(changes: Changes | None, against: Against, numbers: Numbers) -> Changes | None:
    """Add how the score moved, also to the numbers: a score that is made from that is not known by it."""
    policy = numbers.policy
    points = [(each.name, numbers.points(each.name)) for each in policy.criteria]
    moved = with_score(changes, against.baseline, policy, numbers.overall, points)
    if moved is not None and moved.score is not None:
        numbers.base["changes.score_points"] = moved.score.points
    return moved


def _count_tests(base: _Base, tests: AuditTests | None, sources: Sources) -> None:
    for name in _TESTS:
        base[f"tests.{name}"] = None if tests is None else getattr(tests, name)
    layers = {} if tests is None else tests.by_layer
    silent = set() if tests is None else {case.layer for case in untimed(tests.cases)}
    base["tests.timed"] = int(tests is not None and bool(tests.executed) and not silent)
    base["tests.seconds"] = None if tests is None or tests.seconds is None else Fraction(tests.seconds)
    base["tests.suite_errors"] = None if tests is None else len(tests.suite_errors)
    base["tests.files_without_run"] = None if tests is None else len(sources.without_run)
    base["tests.layers_without_run"] = (
        None if tests is None else sum(not each.ran for each in layers.values())
    )
    base["tests.layers_incomplete"] = (
        None if tests is None else sum(not each.complete for each in layers.values())
    )
    for layer, counts in layers.items():
        for name in _TESTS:
            base[keyed_name("layers", layer, f"tests.{name}")] = getattr(counts, name)
        seconds = None if counts.seconds is None else Fraction(counts.seconds)
        base[keyed_name("layers", layer, "tests.seconds")] = seconds
        base[keyed_name("layers", layer, "tests.timed")] = int(bool(counts.executed) and layer not in silent)


def _count_coverage(base: _Base, coverage: AuditCoverage | None) -> None:
    base["coverage.files"] = None if coverage is None else coverage.files
    base["coverage.combined"] = None if coverage is None else coverage.combined
    base["coverage.only_at_import"] = None if coverage is None else coverage.only_at_import
    _measure(base, "coverage.lines", None if coverage is None else coverage.lines)
    _measure(base, "coverage.branches", None if coverage is None else coverage.branches)
    _measure(base, "coverage.by_tests", None if coverage is None else coverage.by_tests)
    for layer in () if coverage is None else coverage.by_layer:
        _measure(base, keyed_name("layers", layer.name, "coverage.lines"), layer.lines)


def _measure(base: _Base, name: str, measure: Measure | None) -> None:
    base[f"{name}.covered"] = None if measure is None else measure.covered
    base[f"{name}.total"] = None if measure is None else measure.total


def _count_findings(base: _Base, findings: AuditFindings | None, debt: Debt, *, scanned: bool) -> None:
    """Without a scan the findings of our own rules are a least number: their absence is not known."""
    known = findings if scanned else None
    for name in ("total", "distinct", "open", "suppressed", "waived"):
        base[f"findings.{name}"] = None if known is None else getattr(known, name)
    for severity in SEVERITIES:
        count = 0 if findings is None else findings.by_severity.get(severity.value, 0)
        base[f"findings.{severity.value}"] = count if scanned or count else None
    for rule in () if findings is None else findings.rules:
        base[keyed_name("findings.rules", rule.rule)] = rule.count
    base["findings.minutes"] = debt.minutes if scanned else None
    base["findings.lines"] = debt.lines if scanned else None
    base["findings.clean"] = int(scanned and not debt.minutes)


def _count_evidence(base: _Base, evidence: Evidence, sources: Sources) -> None:
    contradicted = sum(len(part.tests.declared) for part in evidence.parts if part.tests is not None)
    counts = Counter(
        {
            "total": sources.offered,
            "read": len(sources.full) + len(sources.empty),
            "full": len(sources.full),
            "unread": len(sources.unread) + len(sources.absent),
            "empty": len(sources.empty),
            "missing": len(sources.missing),
            **expected_counts(sources.expected),
            "doubtful": len(sources.doubts),
            "contradicted": contradicted,
            "problems": len(evidence.problems),
            "warnings": len(evidence.warnings),
            "passed_over": evidence.passed_over,
        }
    )
    base.update({f"evidence.{name}": count for name, count in counts.items()})
