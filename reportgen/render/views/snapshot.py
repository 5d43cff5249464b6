"""The evidence at a glance: a line for each test file, with its state, its tests and what was found in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from reportgen.model.figures import plural
from reportgen.model.states import Outcome, State
from reportgen.render.escape import Markdown
from reportgen.render.marks import badge, evidence_marks
from reportgen.render.views.parts import CELL, Cut, Subject, cut
from reportgen.render.views.suite_files import SuiteFile, suite_files
from reportgen.render.wording import NOT_KNOWN, clipped

_SEVERE = frozenset({"critical", "high"})
_FAILING = (Outcome.FAILED, Outcome.ERRORED, Outcome.UNKNOWN)
_WORST_FIRST = (State.FAIL, State.UNKNOWN, State.WARN, State.WAIVED, State.PASS)


class FileRow(Struct, frozen=True):
    """A test file: its state, its tests by outcome, and the open findings in it."""

    badge: Markdown
    path: str
    layers: str
    tests: int
    passed: int
    failing: int
    other: int
    findings: str
    severe: str
    evidence: Markdown


class SnapshotView(Struct, frozen=True):
    """The files, the worst first; `others` are those left out, added up, and `total` is of all of them."""

    sentence: str
    rows: Cut[FileRow]
    others: FileRow | None
    total: FileRow
    scanned: bool
    has_others: bool


def snapshot(subject: Subject) -> SnapshotView | None:
    """List the test files; None where the evidence names none."""
    audit = subject.audit
    files = sorted(suite_files(audit), key=lambda file: (_WORST_FIRST.index(file_state(file)), file.path))
    if not files:
        return None
    scanned = audit.findings is not None

    def row(file: SuiteFile) -> FileRow:
        return _row([file], badge(file_state(file), subject.profile), file.path, scanned=scanned)

    rows = cut(files, subject.limit, "tests.cases", row)
    left = files[len(rows.rows) :]
    none = Markdown("–")
    total = _row(files, none, "", scanned=scanned)
    return SnapshotView(
        sentence=_sentence(files),
        rows=rows,
        others=_row(left, none, "", scanned=scanned) if left else None,
        total=total,
        scanned=scanned,
        has_others=total.other > 0,
    )


def file_state(file: SuiteFile) -> State:
    """Return the state of its tests; where these pass, a warning for a critical or high finding in it."""
    severe = any(each.severity.value in _SEVERE for each in file.findings)
    return State.WARN if severe and file.state is State.PASS else file.state


def _sentence(files: Sequence[SuiteFile]) -> str:
    states = Counter(file_state(file) for file in files)
    words = {
        State.FAIL: ("has", "have", "failing tests"),
        State.UNKNOWN: ("has", "have", "no test that ran"),
        State.WARN: ("has", "have", "a flaky test or a critical or high finding"),
        State.WAIVED: ("has", "have", "waived tests"),
        State.PASS: ("passes", "pass", ""),
    }
    told = [
        f"{count:,} {one if count == 1 else many} {rest}".rstrip()
        for state, (one, many, rest) in words.items()
        if (count := states[state])
    ]
    return f"{plural(len(files), 'test file')}: {', '.join(told)}."


def _row(files: Sequence[SuiteFile], mark: Markdown, path: str, *, scanned: bool) -> FileRow:
    outcomes: Counter[Outcome] = Counter()
    for file in files:
        outcomes.update(file.outcomes)
    tests, passed = outcomes.total(), outcomes[Outcome.PASSED]
    failing = sum(outcomes[each] for each in _FAILING)
    found = [each for file in files for each in file.findings]
    marks = {id_ for file in files for case in file.cases for id_ in case.evidence}
    marks |= {id_ for each in found for id_ in each.evidence}
    return FileRow(
        badge=mark,
        path=clipped(path, CELL),
        layers=", ".join(sorted({layer for file in files for layer in file.layers})) or "–",
        tests=tests,
        passed=passed,
        failing=failing,
        other=tests - passed - failing,
        findings=f"{len(found):,}" if scanned else NOT_KNOWN,
        severe=f"{sum(each.severity.value in _SEVERE for each in found):,}" if scanned else NOT_KNOWN,
        evidence=evidence_marks(sorted(marks)),
    )
