"""Suite by suite: the tests of each file by category, and the value that they are to protect."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.evidence import JoinedCase, JoinedCounts, count_cases
from reportgen.model.figures import plural
from reportgen.model.states import Severity, State
from reportgen.model.subjects import SubjectResult
from reportgen.render.escape import Markdown
from reportgen.render.marks import badge
from reportgen.render.views.parts import CELL, Cut, Subject, cut, name_of, told_by
from reportgen.render.views.suite_files import SuiteFile, suite_files
from reportgen.render.wording import clipped, seconds_text

CATEGORIES = 12
_VALUES = 5
_DONE_TO = frozenset(("skipped", "waived"))
_WORST_FIRST = (State.FAIL, State.UNKNOWN, State.WARN, State.WAIVED, State.PASS)


class CategoryRow(Struct, frozen=True):
    """The tests of a class, by outcome; `name` is empty for those of none."""

    name: str
    badge: Markdown
    counts: JoinedCounts


class ValueLine(Struct, frozen=True):
    """What hangs on a suite's tests: a component, its value where one is stated, and its standing.

    `label` is `Value` where one is stated, else what it is: a component, a risk or a requirement.
    """

    label: str
    name: str
    value: str
    standing: str
    reason: str


class SuiteRow(Struct, frozen=True):
    """A test file. `whole` are the counts of all its categories, where all of them are printed."""

    path: str
    badge: Markdown
    sentence: str
    categories: Cut[CategoryRow]
    whole: JoinedCounts | None
    waived: bool
    values: Cut[ValueLine]
    findings: str
    evidence: Markdown


class SuitesView(Struct, frozen=True):
    """The files, the worst first; `note` says what cannot be told of any of them."""

    sentence: str
    suites: Cut[SuiteRow]
    note: str


def suites(subject: Subject) -> SuitesView | None:
    """Go through the test files; None where neither results nor a scan name one."""
    audit = subject.audit
    files = sorted(suite_files(audit), key=lambda file: (_WORST_FIRST.index(file.state), file.path))
    if not files:
        return None
    named = _Subjects(audit)
    with_results = sum(bool(file.cases) for file in files)
    return SuitesView(
        sentence=_sentence(with_results, len(files) - with_results, audit),
        suites=cut(files, subject.limit, "tests.cases", lambda file: _suite(file, subject, named)),
        note="" if audit.subjects else _NO_SUBJECTS,
    )


_NO_SUBJECTS = (
    "What hangs on these tests is not measured: the configuration states no component. A table "
    "[subjects.NAME] with “tests” and “value” would tell it."
)


def _sentence(told: int, silent: int, audit: Audit) -> str:
    tests = audit.tests
    if tests is None:
        return f"{plural(silent, 'test file')}, as scans name them; no test results were given."
    more = (
        "" if not silent else f" Of {plural(silent, 'other test file')} a scan looked at, no result is known."
    )
    return f"{plural(told, 'test file')} with {plural(tests.total, 'test')}.{more}"


class _Subjects:
    """Finds the subjects that tests are of."""

    def __init__(self, audit: Audit) -> None:
        self._known = {each.name: each for each in audit.subjects}
        self._by_test: Mapping[str, Iterable[str]] = audit.links.by_test if audit.links is not None else {}

    def of(self, cases: Iterable[JoinedCase]) -> list[SubjectResult]:
        """Return them, those that have most of the tests first."""
        counts = Counter(name for case in cases for name in self._by_test.get(case.id, ()))
        known = [(self._known[name], count) for name, count in counts.items() if name in self._known]
        return [
            each for each, _ in sorted(known, key=lambda pair: (not pair[0].value, -pair[1], pair[0].name))
        ]


def _suite(file: SuiteFile, subject: Subject, named: _Subjects) -> SuiteRow:
    grouped: dict[str, list[JoinedCase]] = defaultdict(list)
    for case in file.cases:
        grouped[category_of(case)].append(case)

    def row(name: str) -> CategoryRow:
        counts = count_cases(grouped[name])
        return CategoryRow(clipped(name, CELL), badge(_state(counts), subject.profile), counts)

    counts = count_cases(file.cases)
    categories = cut(
        sorted(grouped, key=lambda name: (-len(grouped[name]), name)), CATEGORIES, "tests.cases", row
    )
    return SuiteRow(
        path=name_of(file.path),
        badge=badge(file.state, subject.profile),
        sentence=_told(file, counts),
        categories=categories if any(grouped) else Cut((), 0, ""),
        whole=counts if len(grouped) > 1 and not categories.left else None,
        waived=counts.waived > 0,
        values=cut(named.of(file.cases), _VALUES, "subjects", _value),
        findings=_findings(file),
        evidence=told_by(sorted({mark for case in file.cases for mark in case.evidence})),
    )


def category_of(case: JoinedCase) -> str:
    """Return the class of a test without its module: `TestQueue` of `tests.test_queue.TestQueue`."""
    parts = case.classname.split(".")
    first = next((at for at, part in enumerate(parts) if part[:1].isupper()), len(parts))
    return ".".join(parts[first:])


def _state(counts: JoinedCounts) -> State:
    if counts.failed or counts.errored:
        return State.FAIL
    if not counts.passed and not counts.waived:
        return State.UNKNOWN
    if counts.flaky:
        return State.WARN
    return State.WAIVED if counts.waived else State.PASS


def _told(file: SuiteFile, counts: JoinedCounts) -> str:
    """Say what came of a suite: `21 tests in layer unit: 20 passed, 1 failed, in 1.2 s`."""
    if not file.cases:
        return "A scan looked at this file, and no result names it: nothing of it is known to have run."
    outcomes = (
        *((counts.passed, "passed"), (counts.failed, "failed"), (counts.errored, "errored")),
        *((counts.skipped, "skipped"), (counts.waived, "waived")),
    )
    told = [f"{count:,} {word}" for count, word in outcomes if count]
    whole = next((word for count, word in outcomes if count == counts.total), "")
    one = f"it {'was ' if whole in _DONE_TO else ''}{whole}"
    said = ", ".join(told) if not whole else one if counts.total == 1 else f"all {whole}"
    layers = [layer for layer in file.layers if layer]
    where = f" in {'layer' if len(layers) == 1 else 'layers'} {', '.join(layers)}" if layers else ""
    time = "" if counts.seconds is None or not counts.executed else f", in {seconds_text(counts.seconds)}"
    return f"{plural(counts.total, 'test')}{where}: {said}{time}."


def _value(each: SubjectResult) -> ValueLine:
    name = clipped(each.title or each.name, CELL)
    label = "Value" if each.value else each.kind.capitalize()
    return ValueLine(label, name, clipped(each.value, CELL), each.standing, clipped(each.reason, CELL))


def _findings(file: SuiteFile) -> str:
    if not file.findings:
        return ""
    counts = Counter(each.severity for each in file.findings)
    return f"{plural(len(file.findings), 'finding')} open in it: {', '.join(_counted(counts))}."


def _counted(counts: Mapping[Severity, int]) -> Iterator[str]:
    yield from (f"{counts[each]:,} {each.value}" for each in Severity if counts.get(each))
