"""What becomes of subjects, requirements and matrices while a plan is carried out, step by step.

Several steps may share in it: a requirement whose tests fail for two causes fails until both are mended. So
the counts of each subject and cell are kept, and a step changes only those that its tests and findings touch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from msgspec import structs

from reportgen.judge.failing.phases import FAILING
from reportgen.judge.ground import Ground
from reportgen.judge.planning.actions import Draft
from reportgen.judge.protecting.matrices import cell_state, row_status
from reportgen.judge.protecting.matrix_gaps import holds
from reportgen.judge.protecting.subject_numbers import numbers_by_state
from reportgen.judge.protecting.subject_states import lacking_of, standing_of
from reportgen.model.evidence import JoinedCase, JoinedCounts
from reportgen.model.figures import percent
from reportgen.model.matrices import Matrix, MatrixCell
from reportgen.model.states import Outcome, Severity, State
from reportgen.model.subjects import SubjectResult

_GRAVE = (Severity.CRITICAL, Severity.HIGH)
Values = dict[str, int | Fraction | None]


class Rows:
    """Follows the subjects and the matrices through a plan; one object a plan."""

    def __init__(self, ground: Ground) -> None:
        self._placed = ground.placed
        self._tests = ground.tests
        self._subjects = dict(ground.subject_of)
        self._cases = (
            {case.id: case for case in ground.tests.cases} if ground.tests and self._subjects else {}
        )
        self._lacking = lacking_of(ground.subjects, ground.evidence) if self._subjects else {}
        own = [each for each in ground.subjects if each.kind == "requirement"]
        self._states = Counter(each.state for each in own)
        self._untested = sum(not each.counts.total for each in own)
        self._matrices = [_Matrix(each) for each in ground.matrices]

    def done(self, draft: Draft) -> Values:
        """Carry out a step, and return what the metrics of requirements and matrices then are."""
        touched: dict[str, None] = {}
        for case in (self._cases[each] for each in draft.places if each in self._cases):
            touched |= dict.fromkeys(self._mend(case))
        for finding in draft.findings:
            for name in self._placed.subjects_of_finding.get(finding.id, ()):
                self._less(name, finding.severity.value)
                touched[name] = None
        if self._lacking and _reads(draft):
            touched |= dict.fromkeys(self._read(set(draft.evidence)))
        return self._values(touched) if touched else {}

    def _mend(self, case: JoinedCase) -> Iterator[str]:
        del self._cases[case.id]
        change = _change_of(case)
        for name in self._placed.subjects.get(case.id, ()):
            subject = self._subjects[name]
            self._subjects[name] = structs.replace(subject, counts=_changed(subject.counts, change))
            for matrix in self._matrices:
                matrix.change(name, case.id, change)
            yield name

    def _less(self, name: str, severity: str) -> None:
        subject = self._subjects[name]
        found = dict(subject.findings or {})
        if found.get(severity):
            found[severity] -= 1
            self._subjects[name] = structs.replace(subject, findings=found)

    def _read(self, now: set[str]) -> Iterator[str]:
        for name, ids in self._lacking.items():
            if not now.isdisjoint(ids):
                self._lacking[name] = tuple(each for each in ids if each not in now)
                yield name

    def _values(self, touched: Iterable[str]) -> Values:
        requirements = False
        for name in touched:
            subject = self._subjects[name]
            state, standing = standing_of(
                subject.counts,
                subject.findings or {},
                self._lacking.get(name, ()),
                has_tests=self._tests is not None,
            )
            if subject.kind == "requirement":
                requirements = True
                self._states[subject.state] -= 1
                self._states[state] += 1
            self._subjects[name] = subject = structs.replace(subject, state=state, standing=standing)
            for matrix in self._matrices:
                matrix.judge(subject)
        values: Values = {}
        if requirements and self._tests is not None:
            values |= numbers_by_state(self._states, self._untested)
        for matrix in self._matrices:
            values |= matrix.values()
        return values


def _reads(draft: Draft) -> bool:
    """Tell whether evidence is there and read whole after a step."""
    return not draft.changes.keys().isdisjoint(("evidence.unread", "evidence.empty"))


def _change_of(case: JoinedCase) -> Counter[str]:
    change: Counter[str] = Counter(flaky=-int(case.flaky))
    if case.outcome in FAILING:
        change["failed" if case.outcome is Outcome.FAILED else "errored"] -= 1
        change["passed"] += 1
    return change


def _changed(counts: JoinedCounts, change: Counter[str]) -> JoinedCounts:
    return structs.replace(counts, **{name: getattr(counts, name) + by for name, by in change.items() if by})


class _Matrix:
    """A matrix while its tests are mended."""

    def __init__(self, matrix: Matrix) -> None:
        self._matrix = matrix
        self._rows = {row.subject: list(row.cells) for row in matrix.rows}
        self._row_of = {row.subject: row for row in matrix.rows}
        self._status = {row.subject: row.status for row in matrix.rows}
        self._statuses = Counter(matrix.statuses)
        self._passed = [each.counts.passed for each in matrix.totals]
        self._passing = matrix.passing
        self._gaps = len(matrix.gaps)
        self._column_of: dict[str, int] = {}
        self._stale = False

    def change(self, name: str, case: str, change: Counter[str]) -> None:
        """Count a mended test of a row."""
        cells = self._rows.get(name)
        if cells is None:
            return
        if not self._column_of:
            self._column_of = {
                id_: at
                for row in self._matrix.rows
                for at, cell in enumerate(row.cells)
                for id_ in cell.tests
            }
        at = self._column_of[case]
        before = self._unprotected(name), self._is_gap(at)
        counts = _changed(cells[at].counts, change)
        self._passing -= _counts(cells[at])
        state, _ = cell_state(counts, wanted=cells[at].wanted, known=True)
        cells[at] = structs.replace(cells[at], counts=counts, state=state)
        self._passing += _counts(cells[at])
        self._passed[at] += change["passed"]
        self._gaps -= sum(before) - self._unprotected(name) - self._is_gap(at)
        self._stale = True

    def _unprotected(self, name: str) -> bool:
        row, kind = self._row_of[name], self._matrix.kind
        said = kind == "requirements" or (kind == "layers" and row.kind != "requirement")
        return said and bool(row.total.total) and not any(map(holds, self._rows[name]))

    def _is_gap(self, at: int) -> bool:
        total = self._matrix.totals[at]
        return self._matrix.kind != "requirements" and bool(total.wanted) and not self._passed[at]

    def judge(self, subject: SubjectResult) -> None:
        """Judge the row of a subject again."""
        cells: Sequence[MatrixCell] | None = self._rows.get(subject.name)
        if cells is None:
            return
        status, _ = row_status(
            cells, self._matrix.kind, subject, known=self._status[subject.name] != "UNKNOWN"
        )
        if status != self._status[subject.name]:
            self._statuses[self._status[subject.name]] -= 1
            self._statuses[status] += 1
            self._status[subject.name] = status
            self._stale = True

    def values(self) -> Values:
        """Return the metrics, where they changed since they were last asked for."""
        if not self._stale:
            return {}
        self._stale = False
        lead = f"matrices.{self._matrix.name}"
        score = None if self._matrix.score is None else percent(self._passing, self._matrix.wanted)
        values: Values = {
            f"{lead}.score": score,
            f"{lead}.passing": self._passing,
            f"{lead}.gaps": self._gaps,
        }
        return values | {f"{lead}.{status.lower()}": count for status, count in self._statuses.items()}


def _counts(cell: MatrixCell) -> bool:
    return cell.wanted and cell.state is State.PASS


def moved_names(draft: Draft, ground: Ground) -> frozenset[str]:
    """Name the metrics of requirements and matrices that a step may change."""
    placed = ground.placed
    names = {name for each in draft.places for name in placed.subjects.get(each, ())}
    # The others change no state.
    grave = (each for each in draft.findings if each.severity in _GRAVE)
    names |= {name for each in grave for name in placed.subjects_of_finding.get(each.id, ())}
    if _reads(draft):
        names |= ground.subject_of.keys()
    return names_of_subjects(names, ground)


def names_of_subjects(names: Iterable[str], ground: Ground) -> frozenset[str]:
    """Name the metrics of requirements and matrices that hang on some subjects."""
    kinds = {ground.subject_of[name].kind for name in names if name in ground.subject_of}
    if not kinds:
        return frozenset()
    moved = ("score", "passing", "gaps", "complete", "good", "gap", "failing")
    matrices = {f"matrices.{each.name}.{part}" for each in ground.matrices for part in moved}
    parts = ("passing", "warning", "failing", "waived", "unknown")
    requirements = {f"requirements.{part}" for part in parts} if "requirement" in kinds else set()
    return frozenset(matrices | requirements)
