"""The tests by layer and suite: what ran, what did not, and what was slow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from reportgen.judge.counting.locating import Locator
from reportgen.judge.counting.sources import Sources
from reportgen.judge.failing.causes import causes_of
from reportgen.judge.failing.phases import FAILING, is_collection
from reportgen.judge.failing.suspects import with_suspects
from reportgen.model.audit_tests import AuditTests, LayerCounts
from reportgen.model.evidence import Evidence, EvidenceItem, JoinedCase, JoinedCounts, count_cases, exact_sum
from reportgen.model.policy import Policy
from reportgen.model.states import Outcome


def tests_of(evidence: Evidence, policy: Policy, sources: Sources) -> AuditTests | None:
    """Count the tests by layer and suite; None where no evidence holds tests, not even an empty report."""
    if not evidence.has_tests:
        return None
    layers = _layers(evidence, sources)
    counts = _sum(_counts(layer) for layer in layers.values())
    paths = {item.id: item.path for item in evidence.items}
    return AuditTests(
        total=counts.total,
        passed=counts.passed,
        failed=counts.failed,
        errored=counts.errored,
        skipped=counts.skipped,
        waived=counts.waived,
        flaky=counts.flaky,
        seconds=counts.seconds,
        by_layer=layers,
        cases=evidence.cases,
        suite_errors=evidence.suite_errors,
        causes=with_suspects(causes_of(evidence.cases, Locator(evidence).place), evidence),
        slow=_slow(evidence.cases, policy),
        without_run=(
            *(f"layer {name}" for name, layer in layers.items() if not layer.ran),
            *(paths[each] for each in sources.without_run),
        ),
    )


class _Gathered:
    """What is gathered of one layer in the one pass over all tests."""

    def __init__(self) -> None:
        self.suites: dict[str, list[JoinedCase]] = defaultdict(list)
        self.cited: set[tuple[str, ...]] = set()
        self.uncollected = 0


def _layers(evidence: Evidence, sources: Sources) -> dict[str, LayerCounts]:
    gathered: dict[str, _Gathered] = defaultdict(_Gathered)
    for case in evidence.cases:
        layer = gathered[case.layer]
        layer.suites[case.suite].append(case)
        layer.cited.add(case.evidence)
        if case.outcome in FAILING or case.outcome is Outcome.WAIVED:
            layer.uncollected += is_collection(case)
    cited = {each for layer in gathered.values() for group in layer.cited for each in group}
    for item in evidence.items:
        if item.id in sources.of_kind["tests"] and item.id not in cited:
            gathered[item.layer or "default"].cited.add((item.id,))  # a report without a test
    return {name: _layer(name, gathered[name], evidence.items) for name in sorted(gathered)}


def _layer(name: str, gathered: _Gathered, items: tuple[EvidenceItem, ...]) -> LayerCounts:
    by_suite = {suite: count_cases(gathered.suites[suite]) for suite in sorted(gathered.suites)}
    counts = _sum(by_suite.values())
    cited = {each for group in gathered.cited for each in group}
    in_part = any(not item.whole and (item.id in cited or item.layer == name) for item in items)
    return LayerCounts(
        total=counts.total,
        passed=counts.passed,
        failed=counts.failed,
        errored=counts.errored,
        skipped=counts.skipped,
        waived=counts.waived,
        flaky=counts.flaky,
        seconds=counts.seconds,
        suites=by_suite,
        ran=counts.executed + counts.waived > gathered.uncollected,
        complete=not gathered.uncollected and not in_part,
        evidence=tuple(item.id for item in items if item.id in cited),
    )


def _counts(layer: LayerCounts) -> JoinedCounts:
    return JoinedCounts(
        total=layer.total,
        passed=layer.passed,
        failed=layer.failed,
        errored=layer.errored,
        skipped=layer.skipped,
        waived=layer.waived,
        flaky=layer.flaky,
        seconds=layer.seconds,
    )


def _sum(counts: Iterable[JoinedCounts]) -> JoinedCounts:
    every = list(counts)
    return JoinedCounts(
        total=sum(each.total for each in every),
        passed=sum(each.passed for each in every),
        failed=sum(each.failed for each in every),
        errored=sum(each.errored for each in every),
        skipped=sum(each.skipped for each in every),
        waived=sum(each.waived for each in every),
        flaky=sum(each.flaky for each in every),
        seconds=exact_sum(each.seconds for each in every),
    )


def _slow(cases: tuple[JoinedCase, ...], policy: Policy) -> tuple[str, ...]:
    """Return the ids of the tests that took longer than the policy's limit, the slowest first."""
    limit = Decimal(policy.slow_seconds.numerator) / Decimal(policy.slow_seconds.denominator)
    slow = [case for case in cases if case.seconds is not None and case.seconds > limit]
    return tuple(case.id for case in sorted(slow, key=lambda case: (-(case.seconds or 0), case.id)))
