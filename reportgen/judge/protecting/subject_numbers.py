"""The metrics of subjects, requirements and paths: what conditions may ask of them.

Where no test of a subject or path was executed, how many of them failed, errored or were flaky is not known:
a condition on that must not hold only because nothing ran. `tests.timed` is no metric: it is 1 where every
test that ran states its time, else 0, and then `tests.seconds` is only the least that they took.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction

from reportgen.judge.protecting.subjects import Placed
from reportgen.model.audit_coverage import Measure
from reportgen.model.audit_tests import AuditTests
from reportgen.model.evidence import JoinedCase, JoinedCounts, count_cases
from reportgen.model.metrics import keyed_name
from reportgen.model.states import Outcome, Severity, State
from reportgen.model.subjects import SubjectResult

Named = dict[str, int | Fraction | None]

_ALWAYS = ("total", "passed", "skipped", "waived")
_OF_RUNS = ("failed", "errored", "flaky")
_NOT_RUN = frozenset({Outcome.SKIPPED, Outcome.WAIVED})
_BY_STATE = {
    State.PASS: "passing",
    State.WARN: "warning",
    State.FAIL: "failing",
    State.WAIVED: "waived",
    State.UNKNOWN: "unknown",
}


def subject_numbers(results: Collection[SubjectResult], placed: Placed, tests: AuditTests | None) -> Named:
    """Give the numbers of each subject, also of its tests in each layer, and count the requirements."""
    numbers: Named = {}
    has_tests = tests is not None
    layers = () if tests is None else tuple(tests.by_layer)
    cases = {case.id: case for case in tests.cases} if tests is not None and results else {}
    for each in results:
        lead = keyed_name("subjects", each.name)
        own = [cases[case] for case in each.cases]
        numbers.update(test_numbers(lead, each.counts if has_tests else None, own))
        numbers.update(measure_numbers(lead, each.coverage))
        numbers.update(finding_numbers(lead, each.findings))
        by_layer: dict[str, list[JoinedCase]] = defaultdict(list)
        for case in own:
            by_layer[case.layer].append(case)
        for layer in layers:
            members = by_layer.get(layer, [])
            name = f"{lead}.{keyed_name('layers', layer)}"
            numbers.update(test_numbers(name, count_cases(members), members))
    numbers.update(_requirements(results, placed, has_tests=has_tests))
    return numbers


def untimed(cases: Iterable[JoinedCase]) -> Iterator[JoinedCase]:
    """Yield the tests that ran and do not state their time."""
    return (case for case in cases if case.seconds is None and case.outcome not in _NOT_RUN)


def test_numbers(
    lead: str, counts: JoinedCounts | None, cases: Iterable[JoinedCase]
) -> Iterator[tuple[str, int | Fraction | None]]:
    """Yield the numbers of some tests; None where there are no test results."""
    for name in _ALWAYS:
        yield f"{lead}.tests.{name}", None if counts is None else getattr(counts, name)
    ran = counts is not None and counts.executed > 0
    for name in _OF_RUNS:
        yield f"{lead}.tests.{name}", getattr(counts, name) if ran else None
    seconds = None if counts is None else counts.seconds
    yield f"{lead}.tests.seconds", None if seconds is None else Fraction(seconds)
    yield f"{lead}.tests.timed", int(ran and not any(untimed(cases)))


def measure_numbers(lead: str, measure: Measure | None) -> Iterator[tuple[str, int | Fraction | None]]:
    """Yield the numbers of some lines."""
    yield f"{lead}.coverage.lines.covered", None if measure is None else measure.covered
    yield f"{lead}.coverage.lines.total", None if measure is None else measure.total


def finding_numbers(
    lead: str, found: Mapping[str, int] | None
) -> Iterator[tuple[str, int | Fraction | None]]:
    """Yield the numbers of some open findings, by severity; None where nothing was scanned."""
    yield f"{lead}.findings.open", None if found is None else sum(found.values())
    for severity in Severity:
        yield f"{lead}.findings.{severity.value}", None if found is None else found.get(severity.value, 0)


def _requirements(results: Collection[SubjectResult], placed: Placed, *, has_tests: bool) -> Named:
    """Count the requirements by state; without test results, or without any, only their number is known.

    Where tests of one did not run, or were not read whole, that none fails is not known.
    """
    own = [each for each in results if each.kind == "requirement"]
    names = ("tested", "untested", "unlisted", *_BY_STATE.values())
    numbers: Named = {"requirements.total": len(own)}
    if not has_tests or not own:
        return numbers | {f"requirements.{name}": None for name in names}
    untested = sum(not each.counts.total for each in own)
    numbers |= {
        "requirements.tested": len(own) - untested,
        "requirements.untested": untested,
        "requirements.unlisted": len(placed.unknown),
    }
    return numbers | numbers_by_state(Counter(each.state for each in own), untested)


def numbers_by_state(states: Mapping[State, int], untested: int) -> Named:
    """Give the numbers of the requirements in each state."""
    told: Named = {f"requirements.{name}": states.get(state, 0) for state, name in _BY_STATE.items()}
    if states.get(State.UNKNOWN, 0) > untested and not states.get(State.FAIL, 0):
        told["requirements.failing"] = None
    return told
