"""What failing tests expected, beside what the implementation gave them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from reportgen.model.audit_tests import AuditTests, FailureCause
from reportgen.model.evidence import JoinedCase
from reportgen.model.figures import plural
from reportgen.model.states import State
from reportgen.render.escape import Markdown
from reportgen.render.marks import badge, evidence_marks
from reportgen.render.places import place_mark
from reportgen.render.views.failing_tests import layer_order
from reportgen.render.views.parts import Cut, Subject, cases_by_id, cut, name_of
from reportgen.render.views.root_causes import listed
from reportgen.render.wording import clipped

_SIDE = 120
_KINDS = (
    ("import", "could not be imported"),
    ("collection", "could not be collected"),
    ("setup", "went wrong in setup"),
    ("teardown", "went wrong in teardown"),
    ("timeout", "ran out of time"),
    ("assertion", "failed an assertion that tells no values"),
    ("error", "ended in an error"),
    ("unknown", "without a written outcome"),
)


class ExpectationRow(Struct, frozen=True):
    """What one test expected, what came, and the lines to suspect of the difference.

    `more` is how many other tests the row is of: they expected and got the same.
    """

    name: str
    more: int
    layer: str
    expected: str
    actual: str
    suspect: Markdown | None
    evidence: Markdown


class ExpectationView(Struct, frozen=True):
    """The table, its state, and what is to be said of the failing tests that are not in it."""

    badge: Markdown
    sentence: str
    rows: Cut[ExpectationRow]
    others: str
    has_suspects: bool


class _Told(Struct, frozen=True):
    """What the tests of a row tell; all but the first are only counted."""

    case: JoinedCase
    tests: int
    cause: FailureCause
    expected: str
    actual: str


def expectation(subject: Subject) -> ExpectationView | None:
    """Compare what was asserted with what came; None where no results were given."""
    tests = subject.audit.tests
    if tests is None:
        return None
    known = cases_by_id(tests.cases, [id_ for cause in tests.causes for id_ in cause.cases])
    told = sorted(
        (each for cause in tests.causes for each in _of(cause, known)),
        key=lambda each: (layer_order(each.case.layer), each.case.id),
    )
    url = subject.audit.source_url
    rows = cut(told, subject.limit, "tests.causes", lambda each: _row(each, url))
    count = sum(each.tests for each in told)
    state = _state(tests, count)
    return ExpectationView(
        badge=badge(state, subject.profile),
        sentence=_sentence(tests, count, state),
        rows=rows,
        others=_others(tests, {each.case.id for each in told}),
        has_suspects=any(row.suspect for row in rows.rows),
    )


def _of(cause: FailureCause, known: Mapping[str, JoinedCase]) -> Iterator[_Told]:
    """Yield a row a test where they differ, else one of all tests of the cause."""
    if cause.differences:
        for each in cause.differences:
            if each.case in known:
                yield _Told(known[each.case], 1, cause, each.expected, each.actual)
        return
    cases = [known[id_] for id_ in cause.cases if id_ in known]
    if cases and (cause.expected is not None or cause.actual is not None):
        yield _Told(cases[0], len(cases), cause, cause.expected or "", cause.actual or "")


def _state(tests: AuditTests, told: int) -> State:
    """Fail where a test expected something else; pass only where all that there is ran and passed."""
    if told:
        return State.FAIL
    whole = not tests.suite_errors and all(layer.ran and layer.complete for layer in tests.by_layer.values())
    nothing_failed = not (tests.failed or tests.errored or tests.waived)
    return State.PASS if tests.executed and whole and nothing_failed else State.UNKNOWN


def _sentence(tests: AuditTests, told: int, state: State) -> str:
    failing = tests.failed + tests.errored
    if told:
        test = "test expects" if told == 1 else "tests expect"
        return f"{told:,} failing {test} something else than the implementation gave."
    if failing:
        failed = f"{plural(failing, 'test')} failed or errored"
        return f"No failing test tells what it expected and what came ({failed})."
    if not tests.executed:
        return "Not measured: no test was executed."
    passed = f"{tests.passed:,} of {plural(tests.executed, 'executed test')} passed"
    rest = "" if state is State.PASS else ", and not all that there is was executed"
    return f"No executed test expected something else than the implementation gave: {passed}{rest}."


def _others(tests: AuditTests, told: set[str]) -> str:
    """Say why the other failing tests are not in the table."""
    left: Counter[str] = Counter()
    for cause in tests.causes:
        if cause.differences:
            named = {each.case for each in cause.differences}
            left[cause.kind] += len(cause.cases) - len(named)
        elif not told.intersection(cause.cases):
            left[cause.kind] += len(cause.cases)
    words = [f"{left[kind]:,} {word}" for kind, word in _KINDS if left[kind]]
    which = "other failing tests" if told else "failing tests"
    return f"Of the {which}, {listed(words)}." if words else ""


def _row(told: _Told, source_url: str) -> ExpectationRow:
    suspect = next(iter(told.cause.suspects), None)
    return ExpectationRow(
        name=name_of(told.case.name, _SIDE),
        more=told.tests - 1,
        layer=told.case.layer,
        expected=clipped(told.expected, _SIDE),
        actual=clipped(told.actual, _SIDE),
        suspect=None
        if suspect is None
        else _short(
            f"{suspect.path}:{suspect.line}",
            "" if suspect.line == suspect.end_line else f"-{suspect.end_line}",
            source_url,
        ),
        evidence=evidence_marks(told.case.evidence),
    )


def _short(place: str, end: str, source_url: str) -> Markdown:
    """Print a place by the name of its file; the section on failing tests has its whole path."""
    name = place.replace("\\", "/").rpartition("/")[2]
    return place_mark(place, clipped(f"{name}{end}", _SIDE), source_url)
