"""What is new since the baseline: for the summary, and for the steps of a plan that mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from reportgen.judge.ground import Ground
from reportgen.judge.wording import joined, some
from reportgen.model.changes import Changes
from reportgen.model.evidence import JoinedCase, JoinedFinding
from reportgen.model.figures import plural, size_text
from reportgen.model.states import Severity

NEW = frozenset({"changes.new_failures", "changes.new_critical", "changes.new_high"})
"""The metrics of what nobody had accepted before: steps that bring them down come first among their like."""

_MOST_NAMED = 3


class Since(Struct, frozen=True):
    """The ids of tests that newly fail, still fail or are newly flaky, and of the new findings."""

    failing: frozenset[str]
    still: frozenset[str]
    flaky: frozenset[str]
    findings: frozenset[str]

    def of_cases(self, cases: Iterable[JoinedCase]) -> dict[str, int]:
        """Count by how much the metrics move where failing tests pass and flaky ones are steady."""
        ids = {case.id for case in cases}
        new, still = len(ids & self.failing), len(ids & self.still)
        return _moved(
            {
                "changes.new_failures": -new,
                "changes.still_failing": -still,
                "changes.fixed": still,
                "changes.newly_flaky": -len(ids & self.flaky),
            }
        )

    def of_findings(self, findings: Iterable[JoinedFinding]) -> dict[str, int]:
        """Count by how much the metrics move where findings are mended."""
        found = list(findings)
        new = [each.severity for each in found if each.id in self.findings]
        return _moved(
            {
                "changes.new_findings": -len(new),
                "changes.new_critical": -new.count(Severity.CRITICAL),
                "changes.new_high": -new.count(Severity.HIGH),
            }
        )


def _moved(changes: Mapping[str, int]) -> dict[str, int]:
    return {name: by for name, by in changes.items() if by}


def since_of(changes: Changes | None) -> Since:
    """Look up what is new once; nothing is, where there is no baseline."""
    tests = changes.tests if changes is not None else None
    findings = changes.findings if changes is not None else None
    return Since(
        failing=frozenset(tests.new_failures if tests else ()),
        still=frozenset(tests.still_failing if tests else ()),
        flaky=frozenset(tests.newly_flaky if tests else ()),
        findings=frozenset(each.id for each in findings.new) if findings else frozenset(),
    )


def since_concerns(ground: Ground) -> Iterator[str]:
    """Say what is worse than in the baseline; nothing is said where there is none."""
    changes = ground.changes
    if changes is None:
        return
    if changes.problem:
        yield "The baseline could not be compared with: what is new is not known."
        return
    yield from _of_tests(changes, ground)
    coverage, findings = changes.coverage, changes.findings
    if coverage is not None and coverage.points is not None and coverage.points < 0:
        yield f"Line coverage fell by {size_text(coverage.points)} points since the baseline."
    if findings is not None:
        counts = [(severity, sum(each.severity is severity for each in findings.new)) for severity in _SEVERE]
        told = [plural(count, f"{severity.value} finding") for severity, count in counts if count]
        if told:
            one = sum(count for _, count in counts) == 1
            yield f"New since the baseline {'is' if one else 'are'} {joined(told)}."


_SEVERE = (Severity.CRITICAL, Severity.HIGH)


def _of_tests(changes: Changes, ground: Ground) -> Iterator[str]:
    tests = changes.tests
    if tests is None:
        then = ground.against.baseline
        if then is not None and then.tests is not None and then.tests.cases:
            yield "The baseline has test results, and this run has none."
        return
    if tests.new_failures:
        count = len(tests.new_failures)
        names = _named(tests.new_failures, ground)
        yield f"{some(count, 'failure', 'is', 'are')} new since the baseline{names}."
    if tests.vanished:
        yield f"{some(len(tests.vanished), 'test', 'has', 'have')} vanished since the baseline."
    if tests.newly_skipped:
        count = len(tests.newly_skipped)
        was = "was" if count == 1 else "were"
        yield f"{some(count, 'test', 'is', 'are')} skipped that {was} not skipped in the baseline."


def _named(ids: tuple[str, ...], ground: Ground) -> str:
    """Name tests, where they are few."""
    if ground.tests is None or len(ids) > _MOST_NAMED:
        return ""
    wanted = frozenset(ids)
    return f": {joined([case.name for case in ground.tests.cases if case.id in wanted])}"
