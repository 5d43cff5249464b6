"""What no test protects, in both directions: subjects without tests, and tests of nobody's requirement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from reportgen.judge.cited import cited
from reportgen.judge.wording import joined
from reportgen.model.evidence import JoinedCase, JoinedCounts, count_cases
from reportgen.model.figures import plural
from reportgen.model.matrices import Gap, GapKind, MatrixCell, MatrixRow, MatrixTotal
from reportgen.model.states import Outcome, State

_UNTESTED: Mapping[str, GapKind] = {
    "requirement": "untested requirement",
    "component": "untested component",
    "risk": "untested risk",
}
_NOUNS = {"requirement": "Requirement", "component": "Component", "risk": "Risk"}
_SILENT = frozenset({State.UNKNOWN, State.NOT_APPLICABLE})


def gaps_of(
    kind: str, rows: Sequence[MatrixRow], totals: Sequence[MatrixTotal], cases: Mapping[str, JoinedCase]
) -> Iterator[Gap]:
    """Yield the gaps of a matrix; where there are no test results, nothing is known, and none is told.

    What is to be said of a subject is said once: of a requirement where the requirements stand, and nothing
    again where the same subjects stand by environment.
    """
    if any(row.status == "UNKNOWN" for row in rows):
        return
    if kind != "environments":
        skipped = _skipped_everywhere(cases)
        for row in rows:
            if kind == "requirements" or row.kind != "requirement":
                yield from _of_row(row, kind, cases, skipped)
    if kind != "requirements":
        for total in totals:
            if total.wanted and not total.counts.passed:
                yield _nothing_passes(total.column, kind, _distinct(rows, total.column, cases))


def _of_row(
    row: MatrixRow, kind: str, cases: Mapping[str, JoinedCase], skipped: frozenset[str]
) -> Iterator[Gap]:
    name = f"{_NOUNS[row.kind]} {row.subject}"
    if not row.total.total:
        yield Gap(kind=_UNTESTED[row.kind], subject=row.subject, sentence=f"{name} has no test.")
        return
    tests = tuple(sorted(id_ for cell in row.cells for id_ in cell.tests))
    lower = f"{name[0].lower()}{name[1:]}"
    if not any(holds(cell) for cell in row.cells):
        told = [cell for cell in row.cells if cell.wanted or cell.counts.total]
        lead = "No test verifies" if kind == "requirements" else "No layer protects"
        yield Gap(
            kind="unprotected",
            subject=row.subject,
            sentence=f"{lead} {lower}: {reasons(told, kind)}.",
            tests=tests,
            evidence=row.evidence,
        )
    idle = tuple(id_ for id_ in tests if id_ in skipped)
    if idle:
        are = "is" if len(idle) == 1 else "are"
        yield Gap(
            kind="skipped everywhere",
            subject=row.subject,
            sentence=f"{plural(len(idle), 'test')} of {lower} {are} skipped everywhere.",
            tests=idle,
            evidence=cited(*(cases[id_].evidence for id_ in idle)),
        )


def holds(cell: MatrixCell) -> bool:
    """Tell whether tests passed there and none failed."""
    return bool(cell.counts.passed) and cell.state is not State.FAIL


def reasons(cells: Sequence[MatrixCell], kind: str) -> str:
    """Say what cells came to; those of which the same is to be said are told together."""
    if kind == "requirements":
        return "; ".join(cell.reason for cell in cells)
    said: dict[str, list[str]] = {}
    for cell in cells:
        said.setdefault(cell.reason, []).append(cell.column)
    return "; ".join(f"{reason} in {joined(columns)}" for reason, columns in said.items())


def _skipped_everywhere(cases: Mapping[str, JoinedCase]) -> frozenset[str]:
    """Return the ids of the tests that are skipped in each layer and environment that they are there in."""
    found: dict[tuple[str, str, str], list[JoinedCase]] = defaultdict(list)
    for case in cases.values():
        found[case.suite if not case.classname else "", case.classname, case.name].append(case)
    return frozenset(
        case.id
        for same in found.values()
        if all(case.outcome is Outcome.SKIPPED for case in same)
        for case in same
    )


def _distinct(rows: Sequence[MatrixRow], column: str, cases: Mapping[str, JoinedCase]) -> JoinedCounts:
    """Count the tests of a column, each once; in its total a test counts in each of its rows."""
    ids = {each for row in rows for cell in row.cells if cell.column == column for each in cell.tests}
    return count_cases([cases[each] for each in sorted(ids)])


def _nothing_passes(column: str, kind: str, counts: JoinedCounts) -> Gap:
    noun = "layer" if kind == "layers" else "environment"
    why = (
        f"none of its {plural(counts.executed, 'executed test')} of these subjects passed"
        if counts.executed > 1
        else "its only test of these subjects that ran did not pass"
        if counts.executed
        else f"{plural(counts.total, 'test')} of these subjects {_were(counts.total)} there, and none ran"
        if counts.total
        else "it holds no test of these subjects"
    )
    return Gap(
        kind="nothing passes",
        subject=column,
        sentence=f"The {noun} {column} protects nothing: {why}.",
    )


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def unknown_requirements(
    unknown: Mapping[str, Sequence[str]], cases: Mapping[str, JoinedCase]
) -> Iterator[Gap]:
    """Yield a gap for each requirement that tests name and nobody stated."""
    for name in sorted(unknown):
        tests = tuple(sorted(unknown[name]))
        verb = "names" if len(tests) == 1 else "name"
        yield Gap(
            kind="unknown requirement",
            subject=name,
            sentence=f"{plural(len(tests), 'test')} {verb} requirement {name}, which nobody stated.",
            tests=tests,
            evidence=cited(*(cases[id_].evidence for id_ in tests if id_ in cases)),
        )
