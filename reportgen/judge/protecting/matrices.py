"""The matrices: subjects against layers and environments, and requirements against their tests.

Everything is looked up once by test id, so that the work grows with the links of tests to subjects.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from msgspec import Struct, structs

from reportgen.judge.protecting.matrix_gaps import gaps_of, reasons, unknown_requirements
from reportgen.judge.wording import joined
from reportgen.model.audit_tests import AuditTests
from reportgen.model.evidence import JoinedCase, JoinedCounts, count_cases
from reportgen.model.figures import percent, plural
from reportgen.model.matrices import Gap, Matrix, MatrixCell, MatrixRow, MatrixTotal, RowStatus
from reportgen.model.policy import Policy
from reportgen.model.states import State
from reportgen.model.subjects import Subject, SubjectResult

ANY = "tests"
"""The one column of the matrix of requirements: whichever layer its tests are of."""

NO_ENVIRONMENT = "(not stated)"
_USUAL = ("unit", "integration", "contract", "e2e", "smoke", "performance")
Kind = Literal["layers", "environments", "requirements"]
_STATUSES: tuple[RowStatus, ...] = ("COMPLETE", "GOOD", "GAP", "FAILING", "UNKNOWN")
_TITLES = {"layers": "Subjects by layer", "environments": "Subjects by environment"}
_AXES = {"layers": "layer", "environments": "environment", "requirements": "requirement"}


class _Plan(Struct, frozen=True):
    """What a matrix is made from: its rows, its columns, the column of a test, and what each row wants."""

    kind: Kind
    subjects: Sequence[tuple[str, SubjectResult]]
    columns: tuple[str, ...]
    column_of: Callable[[JoinedCase], str]
    wanted: Mapping[str, frozenset[str]]
    scored: str


def matrices_of(
    tests: AuditTests | None,
    policy: Policy,
    subjects: Sequence[SubjectResult],
    unknown: Mapping[str, Sequence[str]],
) -> tuple[Matrix, ...]:
    """Make the matrices that there is something to show for; none without subjects.

    `unknown` is requirement id -> tests that name it, of ids that no requirement has.
    """
    if not subjects and not unknown:
        return ()
    cases = {} if tests is None else {case.id: case for case in tests.cases}
    numbered = [(f"S{number}", each) for number, each in enumerate(subjects, start=1)]
    stated = {each.name: each for each in policy.subjects}
    found: list[Matrix] = []
    by_layer = [(id_, each) for id_, each in numbered if each.kind != "requirement" or _own(stated, each)]
    if by_layer:
        found.append(_matrix(_by_layer(by_layer, stated, tests, policy), cases, tests))
    environments = {case.environment for case in cases.values()}
    if by_layer and (environments - {""} or policy.matrix.environments):
        found.append(_matrix(_by_environment(by_layer, environments, policy), cases, tests))
    requirements = [(id_, each) for id_, each in numbered if each.kind == "requirement"]
    if requirements or unknown:
        plan = _by_requirement(requirements)
        found.append(_matrix(plan, cases, tests, tuple(unknown_requirements(unknown, cases))))
    return tuple(found)


def _by_layer(
    subjects: Sequence[tuple[str, SubjectResult]],
    stated: Mapping[str, Subject],
    tests: AuditTests | None,
    policy: Policy,
) -> _Plan:
    """Want of each subject the layers that it states, else those of the policy, else all in the evidence."""
    there = () if tests is None else tuple(tests.by_layer)
    default = frozenset(policy.matrix.layers or there)
    wanted = {each.name: frozenset(_own(stated, each)) or default for _, each in subjects}
    columns = sorted({*there, *default, *(layer for each in wanted.values() for layer in each)}, key=_layer)
    own = sum(bool(_own(stated, each)) for _, each in subjects)
    told = (
        f"the policy wants {joined(sorted(default, key=_layer))}"
        if policy.matrix.layers
        else "the policy does not say which layers are wanted, so those of the evidence are"
    )
    if own:
        told += f"; {plural(own, 'subject')} {'states its' if own == 1 else 'state their'} own"
    return _Plan("layers", subjects, tuple(columns), lambda case: case.layer, wanted, told)


def _own(stated: Mapping[str, Subject], subject: SubjectResult) -> tuple[str, ...]:
    """Return the layers that a subject states for itself."""
    found = stated.get(subject.name)
    return () if found is None else found.layers


def _layer(name: str) -> tuple[int, str]:
    """Order layers as they are usually told, those of other names after them."""
    return (_USUAL.index(name) if name in _USUAL else len(_USUAL), name)


def _by_environment(
    subjects: Sequence[tuple[str, SubjectResult]], environments: set[str], policy: Policy
) -> _Plan:
    there = sorted(name or NO_ENVIRONMENT for name in environments)
    default = frozenset(policy.matrix.environments or there)
    wanted = {each.name: default for _, each in subjects}
    told = (
        f"the policy wants {joined(sorted(default))}"
        if policy.matrix.environments
        else "the policy does not say which environments are wanted, so those of the evidence are"
    )
    columns = tuple(sorted({*there, *default}))
    return _Plan(
        "environments", subjects, columns, lambda case: case.environment or NO_ENVIRONMENT, wanted, told
    )


def _by_requirement(subjects: Sequence[tuple[str, SubjectResult]]) -> _Plan:
    wanted = {each.name: frozenset((ANY,)) for _, each in subjects}
    return _Plan("requirements", subjects, (ANY,), lambda _: ANY, wanted, "each requirement wants a test")


def _matrix(
    plan: _Plan, cases: Mapping[str, JoinedCase], tests: AuditTests | None, more: tuple[Gap, ...] = ()
) -> Matrix:
    known = tests is not None
    rows = tuple(_row(plan, id_, each, cases, known=known) for id_, each in plan.subjects)
    totals = tuple(_total(column, [row.cells[n] for row in rows]) for n, column in enumerate(plan.columns))
    passing, wanted = sum(each.passing for each in totals), sum(each.wanted for each in totals)
    distinct = len({id_ for row in rows for cell in row.cells for id_ in cell.tests})
    statuses = Counter(row.status for row in rows)
    kind = plan.kind
    return Matrix(
        name=kind,
        title=_TITLES.get(kind, "Requirements and their tests"),
        kind=kind,
        axis=_AXES[kind],
        columns=plan.columns,
        rows=rows,
        totals=totals,
        total=added(row.total for row in rows),
        distinct=distinct,
        outside=len(cases) - distinct,
        passing=passing,
        wanted=wanted,
        score=percent(passing, wanted) if known else None,
        scored=plan.scored,
        statuses={status: statuses[status] for status in _STATUSES},
        gaps=(*gaps_of(kind, rows, totals, cases), *more),
    )


def _row(
    plan: _Plan, id_: str, subject: SubjectResult, cases: Mapping[str, JoinedCase], *, known: bool
) -> MatrixRow:
    placed: dict[str, list[JoinedCase]] = defaultdict(list)
    for each in subject.cases:
        placed[plan.column_of(cases[each])].append(cases[each])
    wanted = plan.wanted[subject.name]
    cells = tuple(
        _cell(column, placed.get(column, []), wanted=column in wanted, known=known) for column in plan.columns
    )
    status, reason = row_status(cells, plan.kind, subject, known=known)
    return MatrixRow(
        id=id_,
        subject=subject.name,
        title=subject.title,
        kind=subject.kind,
        impact=subject.value or subject.criticality,
        cells=cells,
        total=added(cell.counts for cell in cells),
        status=status,
        reason=reason,
        coverage=subject.coverage,
        findings=None if subject.findings is None else sum(subject.findings.values()),
        waivers=subject.waivers,
        evidence=subject.evidence,
    )


def _cell(column: str, placed: list[JoinedCase], *, wanted: bool, known: bool) -> MatrixCell:
    counts = count_cases(placed)
    state, reason = cell_state(counts, wanted=wanted, known=known)
    ids = tuple(sorted(case.id for case in placed))
    return MatrixCell(column=column, state=state, counts=counts, tests=ids, reason=reason, wanted=wanted)


def cell_state(counts: JoinedCounts, *, wanted: bool, known: bool) -> tuple[State, str]:
    """Say what a cell came to, the worst first; nothing executed is never a pass."""
    failing = counts.failed + counts.errored
    if failing:
        return State.FAIL, f"{failing:,} of {plural(counts.executed, 'test')} {_verb(failing, 'fail')}"
    if counts.waived:
        return State.WAIVED, f"{counts.waived:,} of {plural(counts.total, 'test')} waived"
    if not counts.total:
        if not wanted:
            return State.NOT_APPLICABLE, "no test, and none is wanted"
        return State.UNKNOWN, "no test" if known else "no test results were offered"
    if not counts.executed:
        return State.UNKNOWN, "skipped" if counts.total == 1 else f"all {counts.total:,} skipped"
    if counts.flaky:
        return State.WARN, f"{counts.flaky:,} of {plural(counts.executed, 'test')} flaky"
    return State.PASS, f"{plural(counts.passed, 'test')} {_verb(counts.passed, 'pass')}"


def _verb(count: int, verb: str) -> str:
    return verb if count != 1 else verb + ("es" if verb.endswith("ss") else "s")


def row_status(
    cells: Sequence[MatrixCell], kind: str, subject: SubjectResult, *, known: bool
) -> tuple[RowStatus, str]:
    """Say what a row came to: as its cells say, but only what is protected is complete."""
    status, reason = status_of(cells, kind, known=known)
    if status == "COMPLETE" and subject.standing != "protected":
        return "GOOD", subject.reason
    return status, reason


def status_of(cells: Sequence[MatrixCell], kind: str, *, known: bool) -> tuple[RowStatus, str]:
    """Say what a row came to, by the conditions that `RowStatus` states."""
    if not known:
        return "UNKNOWN", "no test results were offered"
    failing = [cell for cell in cells if cell.state is State.FAIL]
    wanted = [cell for cell in cells if cell.wanted]
    passed = [cell for cell in wanted if cell.counts.passed]
    if failing:
        return "FAILING", reasons(failing, kind)
    if wanted and all(cell.state is State.PASS for cell in wanted):
        one = len(wanted) == 1
        return "COMPLETE", passed[0].reason if one else f"all {len(wanted):,} wanted {_AXES[kind]}s pass"
    if passed:
        return "GOOD", reasons([cell for cell in wanted if cell.state is not State.PASS], kind)
    if not any(cell.counts.total for cell in cells):
        return "GAP", "it has no test"
    return "GAP", reasons([cell for cell in cells if cell.counts.total], kind)


def _total(column: str, cells: Sequence[MatrixCell]) -> MatrixTotal:
    return MatrixTotal(
        column=column,
        counts=added(cell.counts for cell in cells),
        passing=sum(cell.wanted and cell.state is State.PASS for cell in cells),
        wanted=sum(cell.wanted for cell in cells),
    )


def added(counts: Iterable[JoinedCounts]) -> JoinedCounts:
    """Add up counts, without their times: a test that stands twice would take twice as long."""
    names = ("total", "passed", "failed", "errored", "skipped", "flaky", "waived")
    sums = dict.fromkeys(names, 0)
    for each in counts:
        for name in names:
            sums[name] += getattr(each, name)
    return JoinedCounts(**sums, seconds=None)


def with_row_waivers(matrices: tuple[Matrix, ...], subjects: Iterable[SubjectResult]) -> tuple[Matrix, ...]:
    """Add to each row the waivers of its subject, which are known only when all is judged."""
    waivers = {each.name: each.waivers for each in subjects if each.waivers}
    if not waivers:
        return matrices
    return tuple(
        structs.replace(
            matrix,
            rows=tuple(
                structs.replace(row, waivers=waivers[row.subject]) if row.subject in waivers else row
                for row in matrix.rows
            ),
        )
        for matrix in matrices
    )


def matrix_numbers(matrices: Iterable[Matrix]) -> dict[str, int | Fraction | None]:
    """Return the metrics of the matrices, as they stand in conditions."""
    numbers: dict[str, int | Fraction | None] = {}
    for each in matrices:
        lead = f"matrices.{each.name}"
        numbers |= {
            f"{lead}.score": each.score,
            f"{lead}.rows": len(each.rows),
            f"{lead}.gaps": len(each.gaps),
            f"{lead}.passing": each.passing,
            f"{lead}.wanted": each.wanted,
        }
        numbers |= {f"{lead}.{status.lower()}": count for status, count in each.statuses.items()}
    return numbers
