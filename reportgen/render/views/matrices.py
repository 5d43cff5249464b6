"""The matrices: what protects what, cell by cell, and the tests behind each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from reportgen.model.evidence import JoinedCase, JoinedCounts
from reportgen.model.figures import percent_text, plural
from reportgen.model.matrices import Gap, Matrix, MatrixCell, MatrixRow, RowStatus
from reportgen.model.profile import Profile
from reportgen.model.states import Outcome, State
from reportgen.render.escape import Markdown, text
from reportgen.render.marks import evidence_marks
from reportgen.render.row_anchor import TESTS_ANCHOR
from reportgen.render.views.parts import CELL, Cut, Subject, cases_by_id, cut
from reportgen.render.wording import clipped, measure_text

STATUS_STATES: Mapping[RowStatus, State] = {
    "COMPLETE": State.PASS,
    "GOOD": State.WARN,
    "GAP": State.UNKNOWN,
    "FAILING": State.FAIL,
    "UNKNOWN": State.UNKNOWN,
}
_CONDITIONS: Mapping[RowStatus, str] = {
    "COMPLETE": "every wanted {} passes, no test failed, and nothing else speaks against the subject",
    "GOOD": "tests passed in a wanted {} and none failed, but the row is not complete",
    "GAP": "no test passed in a wanted {}, and none failed",
    "FAILING": "a test failed or errored",
    "UNKNOWN": "there are no test results",
}
_OUTCOMES = {
    Outcome.PASSED: State.PASS,
    Outcome.FAILED: State.FAIL,
    Outcome.ERRORED: State.FAIL,
    Outcome.UNKNOWN: State.FAIL,
    Outcome.SKIPPED: State.NOT_APPLICABLE,
    Outcome.WAIVED: State.WAIVED,
}
_WORST_FIRST: tuple[RowStatus, ...] = ("FAILING", "GAP", "UNKNOWN", "GOOD", "COMPLETE")
_TESTS_OF_A_ROW = 10
_MOST_SHORT = 10
_ANY = "tests"


class LinkedTest(Struct, frozen=True):
    """A test in the list below the matrices; `icon` says how it ended."""

    icon: Markdown
    name: str


class LayerTests(Struct, frozen=True):
    """The tests of a row in one layer."""

    layer: str
    tests: Cut[LinkedTest]


class RowTests(Struct, frozen=True):
    """A row of the list below the matrices, which the cells lead to."""

    id: str
    subject: str
    groups: tuple[LayerTests, ...]


class MatrixLine(Struct, frozen=True):
    """A row of a matrix as it is printed."""

    id: Markdown
    subject: str
    status: Markdown
    cells: tuple[Markdown, ...]
    total: int
    coverage: str
    findings: str
    waivers: str
    impact: str


class GapLine(Struct, frozen=True):
    """A gap as it is printed."""

    kind: str
    sentence: str
    evidence: Markdown


class MatrixView(Struct, frozen=True):
    """A matrix as it is printed. `others` are the sums of the rows left out, `totals` those of all rows."""

    title: str
    noun: str
    columns: tuple[str, ...]
    sentences: tuple[str, ...]
    rows: Cut[MatrixLine]
    others: tuple[str, ...]
    left: int
    totals: tuple[str, ...]
    total: int
    has_coverage: bool
    has_findings: bool
    has_waivers: bool
    has_impact: bool
    gaps: Cut[GapLine]
    short: Cut[str]


class MatricesView(Struct, frozen=True):
    """All matrices, what their words mean, and the tests of their rows."""

    matrices: tuple[MatrixView, ...]
    conditions: tuple[str, ...]
    tests: Cut[RowTests]


def matrices(subject: Subject) -> MatricesView | None:
    """Print the matrices; None where there are none."""
    found = subject.audit.matrices
    if not found:
        return None
    shown = {matrix.name: _shown(matrix.rows, subject.limit) for matrix in found}
    return MatricesView(
        matrices=tuple(_matrix(matrix, shown[matrix.name], subject) for matrix in found),
        conditions=tuple(_conditions(found)),
        tests=_tests(found, [row for rows in shown.values() for row in rows], subject),
    )


def _shown(rows: Sequence[MatrixRow], limit: int) -> Sequence[MatrixRow]:
    """Choose the rows to print: all in their order, or where they are too many the worst, worst first."""
    if len(rows) <= limit + 1:
        return rows
    return sorted(rows, key=lambda row: _WORST_FIRST.index(row.status))[:limit]


def _conditions(found: Sequence[Matrix]) -> list[str]:
    """Say what the words mean that the matrices print."""
    there = {row.status for matrix in found for row in matrix.rows}
    axes = {matrix.axis for matrix in found if matrix.kind != "requirements"}
    place = " or ".join(sorted(axes)) or "cell"
    return [f"{status}: {_CONDITIONS[status].format(place)}" for status in _CONDITIONS if status in there]


def _matrix(matrix: Matrix, shown: Sequence[MatrixRow], subject: Subject) -> MatrixView:
    left = len(matrix.rows) - len(shown)
    rest = _left_out(matrix, shown) if left else ((), 0)
    where = f"matrices.{matrix.name}"
    return MatrixView(
        title=matrix.title,
        noun="Requirement" if matrix.kind == "requirements" else "Subject",
        columns=tuple("Outcome" if matrix.kind == "requirements" else name for name in matrix.columns),
        sentences=tuple(_sentences(matrix)),
        rows=Cut(tuple(_line(row, subject.profile) for row in shown), left, f"{where}.rows"),
        others=rest[0],
        left=rest[1],
        totals=tuple(counted(each.counts) for each in matrix.totals),
        total=matrix.total.total,
        has_coverage=any(row.coverage is not None for row in matrix.rows),
        has_findings=any(row.findings is not None for row in matrix.rows),
        has_waivers=any(row.waivers for row in matrix.rows),
        has_impact=any(row.impact for row in matrix.rows),
        gaps=cut(matrix.gaps, subject.limit, f"{where}.gaps", _gap),
        short=cut([row for row in shown if _falls_short(row)], _MOST_SHORT, f"{where}.rows", _short),
    )


def _falls_short(row: MatrixRow) -> bool:
    """Tell whether a row is not complete although its cells do not show why."""
    return row.status == "GOOD" and all(cell.state is State.PASS for cell in row.cells if cell.wanted)


def _short(row: MatrixRow) -> str:
    return f"{row.id} is GOOD, not COMPLETE: {clipped(row.reason, CELL)}"


def _left_out(matrix: Matrix, shown: Sequence[MatrixRow]) -> tuple[tuple[str, ...], int]:
    """Add up what is not printed, so that the printed table adds up."""
    names = ("passed", "executed", "skipped", "waived", "flaky")
    texts: list[str] = []
    for number, total in enumerate(matrix.totals):
        sums = {
            name: getattr(total.counts, name) - sum(getattr(row.cells[number].counts, name) for row in shown)
            for name in names
        }
        texts.append(_counted(**sums))
    return tuple(texts), matrix.total.total - sum(row.total.total for row in shown)


def _sentences(matrix: Matrix) -> list[str]:
    """Say the score and how it came about, and how many tests stand in the rows."""
    if matrix.score is None:
        score = f"The coverage score is not known: {_why_unknown(matrix)}."
    else:
        cells = f"{matrix.passing:,} of {plural(matrix.wanted, 'wanted cell')}"
        one = "passes" if matrix.passing == 1 else "pass"
        score = f"{cells} {one}: the coverage score is {percent_text(matrix.score)} ({matrix.scored})."
    told = [score]
    twice = matrix.total.total - matrix.distinct
    if twice:
        told.append(
            f"The rows hold {plural(matrix.distinct, 'test')}; those of several rows count in each of them, "
            f"so the rows add up to {matrix.total.total:,}."
        )
    if matrix.outside:
        of = matrix.distinct + matrix.outside
        stand = "stands" if matrix.outside == 1 else "stand"
        told.append(f"{matrix.outside:,} of {plural(of, 'test')} {stand} in no row.")
    return told


def _why_unknown(matrix: Matrix) -> str:
    if not matrix.rows:
        return "nobody stated a row"
    return "there are no test results" if matrix.wanted else "no cell is wanted"


def _line(row: MatrixRow, profile: Profile) -> MatrixLine:
    name = f"{row.subject}: {row.title}" if row.title and row.title != row.subject else row.subject
    return MatrixLine(
        id=_link(text(row.id).source) if row.total.total else text(row.id),
        subject=clipped(name, CELL),
        status=status_badge(row.status, profile),
        cells=tuple(_cell(cell, profile) for cell in row.cells),
        total=row.total.total,
        coverage=measure_text(row.coverage),
        findings="n/a" if row.findings is None else f"{row.findings:,}",
        waivers=", ".join(row.waivers) or "–",
        impact=clipped(row.impact, CELL) or "–",
    )


def status_badge(status: RowStatus, profile: Profile) -> Markdown:
    """Print a row's status: the icon of the state that it stands for, and in bold its word."""
    return Markdown(f"{text(profile.icon(STATUS_STATES[status])).source} **{status}**".strip())


def _cell(cell: MatrixCell, profile: Profile) -> Markdown:
    """Print a cell: its state, and how many tests passed of those that ran; it leads to the row's tests."""
    if cell.state is State.NOT_APPLICABLE:
        return Markdown("–")
    mark = text(profile.icon(cell.state) or profile.state_word(cell.state)).source
    return _link(f"{mark} {counted(cell.counts)}") if cell.counts.total else Markdown(f"{mark} none")


def _link(label: str) -> Markdown:
    return Markdown(f"[{label}](#{TESTS_ANCHOR})")


def counted(counts: JoinedCounts) -> str:
    """Print counts so that they can be added up: `3/5`, `3/5, 2 skipped`, `2 skipped`."""
    return _counted(
        passed=counts.passed,
        executed=counts.executed,
        skipped=counts.skipped,
        waived=counts.waived,
        flaky=counts.flaky,
    )


def _counted(*, passed: int, executed: int, skipped: int, waived: int, flaky: int) -> str:
    besides = [
        f"{count:,} {word}"
        for count, word in ((flaky, "flaky"), (skipped, "skipped"), (waived, "waived"))
        if count
    ]
    if not executed:
        return ", ".join(besides) or "none"
    return ", ".join((f"{passed:,}/{executed:,}", *besides))


def _gap(gap: Gap) -> GapLine:
    return GapLine(gap.kind, clipped(gap.sentence, 2 * CELL), evidence_marks(gap.evidence))


def _tests(found: Sequence[Matrix], shown: Sequence[MatrixRow], subject: Subject) -> Cut[RowTests]:
    """List the tests of the printed rows, each row once, also where it stands in several matrices."""
    rows = {row.id: row for row in shown if row.total.total}
    tests = subject.audit.tests
    wanted = {id_ for row in rows.values() for cell in row.cells for id_ in cell.tests}
    cases = cases_by_id(() if tests is None else tests.cases, wanted)
    ordered = sorted(rows.values(), key=lambda row: (len(row.id), row.id))
    made = tuple(_row_tests(row, cases, subject.profile) for row in ordered)
    every = {row.id for matrix in found for row in matrix.rows if row.total.total}
    return Cut(made, len(every) - len(rows), "subjects")


def _row_tests(row: MatrixRow, cases: Mapping[str, JoinedCase], profile: Profile) -> RowTests:
    by_layer: dict[str, list[JoinedCase]] = {}
    for case in (cases[id_] for cell in row.cells for id_ in cell.tests):
        by_layer.setdefault(case.layer, []).append(case)
    groups = []
    for layer in sorted(by_layer):
        ordered = sorted(
            by_layer[layer], key=lambda case: (_OUTCOMES[case.outcome] is not State.FAIL, case.id)
        )
        listed = cut(ordered, _TESTS_OF_A_ROW, "subjects", lambda case: _linked(case, profile))
        groups.append(LayerTests(layer, listed))
    return RowTests(row.id, clipped(row.subject, CELL), tuple(groups))


def _linked(case: JoinedCase, profile: Profile) -> LinkedTest:
    state = _OUTCOMES[case.outcome]
    if case.flaky and state is State.PASS:
        state = State.WARN
    owner = case.classname.replace("::", ".").rpartition(".")[2]
    name = f"{owner}.{case.name}" if owner else case.name
    where = f"{name} ({case.environment})" if case.environment else name
    icon = profile.icon(state) or case.outcome.value
    return LinkedTest(text(icon), clipped(where, CELL) or "(no name)")
