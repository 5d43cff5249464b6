"""Test quality: each test file with what it tests, how its tests came out, and the one that stands out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct

from reportgen.model.audit import Audit
from reportgen.model.audit_tests import FailureCause
from reportgen.model.evidence import JoinedCase, count_cases, exact_sum
from reportgen.model.figures import plural
from reportgen.model.reach import FileReach
from reportgen.model.states import Outcome, Severity, State
from reportgen.model.suite_paths import holds_tests
from reportgen.render.escape import Markdown
from reportgen.render.marks import badge
from reportgen.render.views.parts import CELL, CaseRow, Cut, Subject, case_row, cut, same, told_by
from reportgen.render.views.suite_files import SuiteFile, by_rule, suite_files
from reportgen.render.wording import clipped, seconds_text

_MOST_CLASSES = 8
_MOST_CAUSES = 3
_WORST_FIRST = (State.FAIL, State.UNKNOWN, State.WARN, State.WAIVED, State.PASS)
_SEVERE = frozenset({Severity.CRITICAL, Severity.HIGH})


class ClassRow(Struct, frozen=True):
    """The tests of one class."""

    name: str
    badge: Markdown
    total: int
    passed: int
    failed: int
    errored: int
    skipped: int
    time: str


class Standout(Struct, frozen=True):
    """The passing test that runs most of the source file that most of the tests reach."""

    test: CaseRow
    path: str


class SuiteRow(Struct, frozen=True):
    """A test file; `tests_what` is what it is for, `causes` why its tests fail."""

    name: str
    path: str
    badge: Markdown
    layer: str
    sentence: str
    tests_what: str
    classes: Cut[ClassRow]
    standout: Standout | None
    causes: Cut[str]
    findings: str
    evidence: Markdown


class SuitesView(Struct, frozen=True):
    """The section: a sentence on all test files, and each of them."""

    sentence: str
    suites: Cut[SuiteRow]
    unmeasured: str


def suite_quality(subject: Subject) -> SuitesView | None:
    """Say of each test file what it tests and how it came out, the worst first; None without any."""
    audit = subject.audit
    files = sorted(suite_files(audit), key=lambda file: (_WORST_FIRST.index(file.state), file.path))
    if not files:
        return None
    causes = _causes(audit)
    top = _reached(audit.reach)
    row = _Rows(subject, causes, top)
    told = any(file.tests for file in audit.reach)
    return SuitesView(
        sentence=_sentence(files),
        suites=cut(files, subject.limit, "tests.cases", row.of),
        unmeasured=""
        if told
        else "Which test stands out is not measured: coverage with a context a test would tell.",
    )


def _sentence(files: list[SuiteFile]) -> str:
    total = plural(len(files), "test file")
    idle = sum(not file.cases for file in files)
    if not idle:
        return f"{total}, all of them in the test results." if len(files) > 1 else f"{total}."
    if idle == len(files):
        return f"{total} in the findings of a scan; the test results name none of them."
    return f"{total}: the test results name {len(files) - idle:,}, the other {idle:,} only a scan."


def _causes(audit: Audit) -> Mapping[str, FailureCause]:
    if audit.tests is None:
        return {}
    return {id_: cause for cause in audit.tests.causes for id_ in cause.cases}


def _reached(reach: Iterable[FileReach]) -> Mapping[str, tuple[str, int]]:
    """Return test id -> (source file, rank): the file that most tests run, and its place among them."""
    found: dict[str, tuple[str, int]] = {}
    for file in sorted(reach, key=lambda each: (-(each.tests or 0), each.path)):
        for rank, id_ in enumerate(file.cases):
            found.setdefault(id_, (file.path, rank))
    return found


class _Rows:
    """Makes the rows; what is looked up by test is indexed once."""

    def __init__(
        self, subject: Subject, causes: Mapping[str, FailureCause], top: Mapping[str, tuple[str, int]]
    ) -> None:
        self._subject = subject
        self._causes = causes
        self._by_id = {cause.id: cause for cause in causes.values()}
        self._top = top
        links = subject.audit.links
        self._by_test = {} if links is None else links.by_test
        self._titles = {each.name: each.title or each.name for each in subject.audit.subjects}
        self._order = {file.path: -(file.tests or 0) for file in subject.audit.reach}

    def of(self, file: SuiteFile) -> SuiteRow:
        causes = Counter(self._causes[case.id].id for case in file.failing if case.id in self._causes)
        ranked = sorted(causes.items(), key=lambda pair: (-pair[1], pair[0]))
        evidence = {id_ for case in file.cases for id_ in case.evidence} or {
            id_ for each in file.findings for id_ in each.evidence
        }
        return SuiteRow(
            name=clipped(_name(file.path), CELL),
            path=file.path,
            badge=badge(file.state, self._subject.profile),
            layer=", ".join(file.layers),
            sentence=_outcome(file),
            tests_what=self._what(file),
            classes=self._classes(file),
            standout=self._standout(file),
            causes=cut(
                ranked,
                _MOST_CAUSES,
                "tests.causes",
                lambda pair: _cause(self._by_id[pair[0]], pair[1]),
            ),
            findings=_findings(file),
            evidence=told_by(evidence),
        )

    def _what(self, file: SuiteFile) -> str:
        names = Counter(name for case in file.cases for name in self._by_test.get(case.id, ()))
        ordered = sorted(names, key=lambda name: (-names[name], name))
        shown = cut([self._titles.get(name, name) for name in ordered], _MOST_CLASSES, "subjects", same)
        told = ", ".join(clipped(each, CELL) for each in shown.rows)
        return f"{told}, …" if shown.left else told

    def _classes(self, file: SuiteFile) -> Cut[ClassRow]:
        groups: dict[str, list[JoinedCase]] = defaultdict(list)
        for case in file.cases:
            groups[case.classname].append(case)
        if len(groups) < 2:  # noqa: PLR2004 - one class is the file
            return Cut((), 0, "tests.cases")

        def row(name: str) -> ClassRow:
            counts = count_cases(groups[name])
            part = SuiteFile(name, tuple(groups[name]), ())
            return ClassRow(
                name=clipped(name.rpartition(".")[2] or name or "(no class)", CELL),
                badge=badge(part.state, self._subject.profile),
                total=counts.total,
                passed=counts.passed,
                failed=counts.failed,
                errored=counts.errored,
                skipped=counts.skipped,
                time=seconds_text(counts.seconds),
            )

        ordered = sorted(
            groups, key=lambda name: (-len(SuiteFile(name, tuple(groups[name]), ()).failing), name)
        )
        return cut(ordered, _MOST_CLASSES, "tests.cases", row)

    def _standout(self, file: SuiteFile) -> Standout | None:
        known = [
            case
            for case in file.cases
            if case.id in self._top and case.outcome is Outcome.PASSED and not case.flaky
        ]
        if not known or len(file.cases) == 1:
            return None
        best = min(known, key=lambda case: (self._order[self._top[case.id][0]], *self._top[case.id], case.id))
        return Standout(case_row(best), self._top[best.id][0])


def _name(path: str) -> str:
    """Return the last part of a path; of what is no path, all."""
    return path.rpartition("/")[2] if holds_tests(path) else path or "(no name)"


def _outcome(file: SuiteFile) -> str:
    if not file.cases:
        return "The test results name no test of this file."
    counts = count_cases(list(file.cases))
    told = {
        "passed": counts.passed,
        "failed": counts.failed,
        "errored": counts.errored,
        "skipped": counts.skipped,
        "waived": counts.waived,
    }
    outcomes = ", ".join(f"{count:,} {word}" for word, count in told.items() if count)
    seconds = exact_sum(case.seconds for case in file.cases)
    time = "" if seconds is None else f", in {seconds_text(seconds)}"
    flaky = f"; {counts.flaky:,} flaky" if counts.flaky else ""
    return f"{plural(counts.total, 'test')}: {outcomes}{flaky}{time}."


def _cause(cause: FailureCause, count: int) -> str:
    message = clipped(" ".join(cause.message.split()) or "no message", CELL)
    return f"{cause.id}, {plural(count, 'test')}: {message}"


def _findings(file: SuiteFile) -> str:
    if not file.findings:
        return ""
    severe = sum(each.severity in _SEVERE for each in file.findings)
    rules = list(by_rule(file.findings))
    named = ", ".join(f"{count:,} × {rule}" for rule, count in rules[:_MOST_CAUSES])
    more = len(rules) - _MOST_CAUSES
    rest = f" and {plural(more, 'more rule')}" if more > 0 else ""
    grave = f", {severe:,} of them critical or high" if severe else ""
    return f"{plural(len(file.findings), 'open finding')}{grave}: {named}{rest}"
