"""Explanations of subjects, and of tests by the subjects that they belong to."""

from __future__ import annotations

from collections.abc import Iterator

from reportgen.judge.explaining.explanation import Explanation
from reportgen.judge.failing.phases import FAILING
from reportgen.judge.wording import some
from reportgen.model.audit import Audit
from reportgen.model.evidence import JoinedCase
from reportgen.model.figures import percent_text, plural
from reportgen.model.states import Outcome, State
from reportgen.model.subjects import SubjectResult

_MOST_TESTS = 20


def explain_subject(name: str, audit: Audit) -> Explanation | None:
    """Explain a subject by its name, or a test by its id; None where it is neither."""
    found = next((each for each in audit.subjects if each.name == name), None)
    if found is not None:
        return _of_subject(found, audit)
    if audit.links is None:
        return None
    tests = () if audit.tests is None else audit.tests.cases
    case = next((each for each in tests if each.id == name), None)
    if case is None:
        return _of_unknown(name, audit)
    return _of_test(case, audit.links.by_test.get(name, ()), audit)


def _of_subject(subject: SubjectResult, audit: Audit) -> Explanation:
    return Explanation(
        name=subject.name,
        kind=subject.kind,
        state=subject.state.value,
        condition=subject.name,
        reason=subject.reason,
        values=tuple((word, value) for word, value in _values(subject, audit) if value),
        evidence=subject.evidence,
        margin=(),
        turns=_turns(subject),
    )


def _values(subject: SubjectResult, audit: Audit) -> Iterator[tuple[str, str]]:
    yield "title", subject.title
    yield "standing", subject.standing
    yield "owner", subject.owner
    yield "criticality", subject.criticality
    yield "value", subject.value
    yield "stated in", subject.source
    for word in ("total", "passed", "failed", "errored", "skipped", "waived", "flaky"):
        count = getattr(subject.counts, word)
        yield f"tests.{word}", f"{count:,}" if count or word == "total" else ""
    if subject.coverage is not None:
        of = plural(subject.coverage.total or 0, "line")
        rate = percent_text(subject.coverage.percent)
        yield "coverage.lines", f"{rate}: {subject.coverage.covered:,} of {of}"
    for severity, count in (subject.findings or {}).items():
        yield f"findings.{severity}", f"{count:,}"
    for waiver in subject.waivers:
        yield "waiver", waiver
    yield from _tests(subject, audit)


def _tests(subject: SubjectResult, audit: Audit) -> Iterator[tuple[str, str]]:
    """Yield the tests, those that do not pass first."""
    own = frozenset(subject.cases)
    cases = [case for case in (() if audit.tests is None else audit.tests.cases) if case.id in own]
    cases.sort(key=lambda case: (case.outcome not in FAILING, case.outcome is Outcome.PASSED, case.id))
    for case in cases[:_MOST_TESTS]:
        yield f"test {case.outcome.value}", case.id
    left = len(cases) - _MOST_TESTS
    if left > 0:
        yield "tests", f"and {left:,} more"


def _turns(subject: SubjectResult) -> str:
    """Say what would have to change for the subject to come out otherwise."""
    counts = subject.counts
    match subject.state:
        case State.FAIL:
            failing = counts.failed + counts.errored
            critical = (subject.findings or {}).get("critical", 0)
            told = [f"{plural(failing, 'failing test')} passed"] if failing else []
            told += [f"{plural(critical, 'critical finding')} were mended"] if critical else []
            return f"It would no longer fail if {' and '.join(told)}."
        case State.UNKNOWN if not counts.total:
            return "It would be known if a test belonged to it: by a pattern, its paths, or a property."
        case State.UNKNOWN if not counts.executed:
            return "It would be known if one of its tests ran."
        case State.UNKNOWN:
            return "It would be known if its evidence were read whole."
        case State.WARN:
            return (
                "It would pass if none of its tests were flaky, and no high finding were open in its paths."
            )
        case State.WAIVED:
            return "It would pass if its waived tests passed."
        case _:
            return "It would turn if one of its tests failed, or if none of them ran."


def _of_test(case: JoinedCase, subjects: tuple[str, ...], audit: Audit) -> Explanation:
    """Explain a test by what it is for."""
    kinds = {each.name: each.kind for each in audit.subjects}
    return Explanation(
        name=case.id,
        kind="test",
        state=case.outcome.value,
        condition=case.id,
        reason=f"It belongs to {plural(len(subjects), 'subject')}.",
        values=tuple((kinds[name], name) for name in subjects),
        evidence=case.evidence,
        margin=(),
        turns="",
    )


def _of_unknown(name: str, audit: Audit) -> Explanation | None:
    """Explain an id that tests name and that no requirement has."""
    tests = audit.links.unknown.get(name, ()) if audit.links is not None else ()
    if not tests:
        return None
    return Explanation(
        name=name,
        kind="requirement",
        state=State.UNKNOWN.value,
        condition=name,
        reason=f"{some(len(tests), 'test', 'names', 'name')} it, and nobody lists it.",
        values=tuple(("test", each) for each in tests[:_MOST_TESTS]),
        evidence=(),
        margin=(),
        turns="It would be known if the requirements listed it, or if the tests named another.",
    )
