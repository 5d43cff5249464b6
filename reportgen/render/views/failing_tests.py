"""Each failing test with its issue and root cause, those of one cause together; and the tests that passed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from reportgen.model.audit_tests import AuditTests, FailureCause, LayerCounts
from reportgen.model.evidence import JoinedCase, SuiteError
from reportgen.model.figures import plural
from reportgen.model.states import Outcome
from reportgen.render.escape import Markdown, visible
from reportgen.render.marks import evidence_marks
from reportgen.render.places import place_mark
from reportgen.render.views.parts import CELL, CaseRow, Cut, Subject, case_row, cases_by_id, cut, same
from reportgen.render.views.quoting import CodeRow, Quotes
from reportgen.render.views.root_causes import RootCause, root_cause
from reportgen.render.wording import clipped

_NAME = 120
_MESSAGE = 400
_CASES = 12
_NAMES = 25
_SMALL_FIRST = ("unit", "integration", "contract", "e2e", "smoke", "performance")


class FailingTest(Struct, frozen=True):
    """A failing test of a layer, or several that fail there of one cause: `title` then says how many.

    `what` is what became of them, `cases` are the tests, `owner` the class or file that all of them are in;
    `number` is that of the critical issue which it is, if it is one.
    """

    title: str
    one: bool
    what: str
    owner: str
    cases: Cut[CaseRow]
    issue: str
    type: str
    place: Markdown | None
    root: RootCause
    code: tuple[CodeRow, ...]
    evidence: Markdown
    number: str = ""


class SuiteErrorRow(Struct, frozen=True):
    """An error that no test carries."""

    suite: str
    message: str
    evidence: Markdown


class FailingView(Struct, frozen=True):
    """The failing tests, layer by layer; `errors` are those that no test carries."""

    sentence: str
    tests: Cut[FailingTest]
    errors: Cut[SuiteErrorRow]


class PassedClass(Struct, frozen=True):
    """Tests of one class or file that passed; `owner` is empty where neither is known."""

    owner: str
    names: tuple[str, ...]


class PassedLayer(Struct, frozen=True):
    """The tests of a layer that passed, by class; `left` of them are not named."""

    sentence: str
    classes: tuple[PassedClass, ...]
    left: int


class PassingView(Struct, frozen=True):
    """The tests that passed; `notes` are what a reader should know of them."""

    sentence: str
    layers: tuple[PassedLayer, ...]
    notes: tuple[str, ...]


def failing_tests(subject: Subject) -> FailingView | None:
    """List what fails (of too many causes the largest), small layers first; None without results."""
    audit = subject.audit
    tests = audit.tests
    if tests is None:
        return None
    quotes = Quotes(audit)
    cases = cases_by_id(tests.cases, [id_ for cause in tests.causes for id_ in cause.cases])
    mended = {action.id: action.mends for action in audit.remediation if action.mends}
    numbers = {mended[each.action]: each.id for each in audit.issues if each.action in mended}
    kept = cut(list(_groups(tests.causes, cases)), subject.limit, "tests.causes", same)
    groups = sorted(kept.rows, key=lambda group: layer_order(group[1][0].layer))
    rows = [
        replace(
            _failing(cause, members, source_url=audit.source_url, quotes=quotes),
            number=numbers.get(cause.id, ""),
        )
        for cause, members in groups
    ]
    return FailingView(
        sentence=_failing_sentence(tests),
        tests=Cut(tuple(rows), kept.left, kept.where),
        errors=cut(tests.suite_errors, subject.limit, "tests.suite_errors", _suite_error),
    )


def layer_order(layer: str) -> tuple[int, str]:
    """Sort layers as a pyramid of tests has them, from its base on; others follow by name."""
    at = _SMALL_FIRST.index(layer) if layer in _SMALL_FIRST else len(_SMALL_FIRST)
    return at, layer


def layers_in_order(tests: AuditTests) -> Iterator[tuple[str, LayerCounts]]:
    """Yield the layers from the base of the pyramid on."""
    return iter(sorted(tests.by_layer.items(), key=lambda item: layer_order(item[0])))


def _groups(
    causes: Iterable[FailureCause], cases: Mapping[str, JoinedCase]
) -> Iterator[tuple[FailureCause, list[JoinedCase]]]:
    """Yield each cause with its tests in one layer."""
    for cause in causes:
        by_layer: dict[str, list[JoinedCase]] = defaultdict(list)
        for id_ in cause.cases:
            if id_ in cases:
                by_layer[cases[id_].layer].append(cases[id_])
        for members in by_layer.values():
            yield cause, members


def _failing_sentence(tests: AuditTests) -> str:
    executed = tests.executed
    failing = tests.failed + tests.errored
    if not executed:
        return f"No test was executed{_why_none(tests)}."
    if not failing:
        return f"No test failed or errored: {_passed_of(tests.passed, executed)}."
    told = [
        f"{layer.failed + layer.errored:,} of {layer.executed:,} in {visible(clipped(name, _NAME))}"
        for name, layer in layers_in_order(tests)
        if layer.failed + layer.errored
    ]
    several = sum(layer.executed > 0 for layer in tests.by_layer.values()) > 1
    of_layers = f": {', '.join(told)}" if several else ""
    return f"{failing:,} of {plural(executed, 'executed test')} failed or errored{of_layers}."


def _why_none(tests: AuditTests) -> str:
    if not tests.total:
        return ": the results hold none"
    counts = ((tests.skipped, "skipped"), (tests.waived, "waived"))
    told = " and ".join(f"{count:,} {word}" for count, word in counts if count)
    return f": {told}, of {tests.total:,}"


def _passed_of(passed: int, executed: int) -> str:
    return f"{passed:,} of {plural(executed, 'executed test')} passed"


def _failing(
    cause: FailureCause, cases: Sequence[JoinedCase], *, source_url: str, quotes: Quotes
) -> FailingTest:
    first = case_row(cases[0])
    one = len(cases) == 1
    message = visible(cause.message)
    errored = sum(case.outcome is not Outcome.FAILED for case in cases)
    return FailingTest(
        title=clipped(first.name, _NAME) if one else f"{plural(len(cases), 'test')} with one cause",
        one=one,
        what=_what(first, errored, len(cases)),
        owner=first.owner if len({(case.classname, case.file) for case in cases}) == 1 else "",
        cases=cut(cases, _CASES, "tests.causes", case_row),
        issue=clipped(message, _MESSAGE) or "(no message)",
        type="" if message.startswith(cause.type) else clipped(cause.type, CELL),
        place=place_mark(cause.place, clipped(cause.place, CELL), source_url) if cause.place else None,
        root=root_cause(cause, len(cause.cases), source_url),
        code=quotes.of([cause.place, *(f"{each.path}:{each.line}" for each in cause.suspects[:1])]),
        evidence=evidence_marks(id_ for case in cases for id_ in case.evidence),
    )


def _what(first: CaseRow, errored: int, tests: int) -> str:
    layer = f"Layer {first.layer}"
    if tests == 1:
        return f"{layer}, {'errored' if errored else 'failed'}, {first.time}"
    counts = ((tests - errored, "failed"), (errored, "errored"))
    return f"{layer}, {' and '.join(f'{count:,} {word}' for count, word in counts if count)}"


def _suite_error(error: SuiteError) -> SuiteErrorRow:
    return SuiteErrorRow(
        suite=clipped(f"{error.layer}: {error.suite}" if error.suite else error.layer, CELL),
        message=clipped(error.message or error.text, CELL) or "(no message)",
        evidence=evidence_marks([error.evidence]),
    )


def passing_tests(subject: Subject) -> PassingView | None:
    """List what passed, layer by layer; None where no test passed."""
    tests = subject.audit.tests
    if tests is None or not tests.passed:
        return None
    passed: dict[str, list[JoinedCase]] = defaultdict(list)
    for case in tests.cases:
        if case.outcome is Outcome.PASSED:
            passed[case.layer].append(case)
    flaky = plural(tests.flaky, "test is flaky", "tests are flaky")
    waived = plural(tests.waived, "failing test is", "failing tests are")
    notes = (
        (tests.flaky, f"{flaky}: what passed at last had failed before, or elsewhere."),
        (tests.waived, f"{waived} waived, and counted neither as passed nor as failed."),
        (tests.skipped, f"{plural(tests.skipped, 'test was', 'tests were')} skipped, and told nothing."),
    )
    return PassingView(
        sentence=f"{_passed_of(tests.passed, tests.executed)}.",
        layers=tuple(
            _passed(
                f"{visible(clipped(name, _NAME))}: {layer.passed:,} of {layer.executed:,}",
                passed[name],
                subject,
            )
            for name, layer in layers_in_order(tests)
            if passed[name]
        ),
        notes=tuple(note for count, note in notes if count),
    )


def _passed(sentence: str, cases: Sequence[JoinedCase], subject: Subject) -> PassedLayer:
    shown = cut(cases, min(subject.limit, _NAMES), "tests.cases", case_row)
    by_owner: dict[str, list[str]] = defaultdict(list)
    for row in shown.rows:
        by_owner[row.owner].append(clipped(row.name, _NAME))
    classes = tuple(PassedClass(owner, tuple(names)) for owner, names in by_owner.items())
    return PassedLayer(sentence, classes, shown.left)
