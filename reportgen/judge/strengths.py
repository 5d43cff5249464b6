"""What is good, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from reportgen.judge.ground import Ground
from reportgen.model.audit_tests import AuditTests
from reportgen.model.figures import percent_text, plural
from reportgen.model.states import Severity

GOOD_COVERAGE = Fraction(80)


def strengths_of(ground: Ground) -> Iterator[str]:
    """Say what is good; nothing is said of what was not looked at."""
    if ground.tests is not None:
        yield from _of_tests(ground.tests)
    coverage = ground.numbers.value("coverage.lines.percent")
    if coverage is not None and coverage >= GOOD_COVERAGE:
        yield f"Line coverage is {percent_text(coverage)}."
    yield from _of_findings(ground)
    sources = ground.sources
    sound = len(sources.full) == sources.offered and not sources.doubts
    if sound and sources.offered == 1:
        yield "The only artifact was read whole."
    elif sound and sources.offered:
        yield f"All {sources.offered:,} artifacts were read whole."


def _of_tests(tests: AuditTests) -> Iterator[str]:
    executed = tests.executed
    if not executed:
        return
    if tests.passed == executed and not tests.suite_errors:
        yield (
            "The only executed test passed." if executed == 1 else f"All {executed:,} executed tests passed."
        )
    for name, layer in tests.by_layer.items():
        ran = layer.executed
        if ran and layer.passed == ran and tests.passed < executed:
            yield f"Every executed test of layer {name} passed ({plural(ran, 'test')})."
    if not tests.flaky:
        yield "No test is flaky."


def _of_findings(ground: Ground) -> Iterator[str]:
    findings = ground.findings
    if ground.evidence.findings is None or findings is None:
        return
    if not findings.open:
        yield "No finding is open."
    elif not severe(ground):
        one = findings.open == 1
        told = "The only open finding is neither" if one else f"None of {findings.open:,} open findings is"
        yield f"{told} critical {'nor' if one else 'or'} high."


def severe(ground: Ground) -> list[tuple[Severity, int]]:
    """Return how many critical and high findings are open, without those of which there are none."""
    counts = {} if ground.findings is None else ground.findings.by_severity
    return [(each, counts[each]) for each in (Severity.CRITICAL, Severity.HIGH) if counts.get(each)]
