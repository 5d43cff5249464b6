"""Matrices and audit metrics made by hand, for the tests that put hostile text into every field."""

from __future__ import annotations

from fractions import Fraction

from reportgen.judge.protecting.matrices import added
from reportgen.model.audit_coverage import Measure
from reportgen.model.categories import Categories, Category
from reportgen.model.evidence import count_cases
from reportgen.model.matrices import Gap, Matrix, MatrixCell, MatrixRow, MatrixTotal
from reportgen.model.states import State
from tests.sample_parts import sample_tests

OURS_IN_MATRICES = {
    *(("Matrix", "kind"), ("Matrix", "name"), ("Matrix", "axis"), ("Matrix", "statuses")),
    *(("MatrixRow", "kind"), ("MatrixRow", "status")),
    *(("MatrixCell", "tests"), ("Gap", "tests"), ("Gap", "kind")),
}
"""What only we write in them."""


def sample_matrices() -> tuple[Matrix, ...]:
    """Return a matrix of one row by two layers, the tests of the sample in the first of them."""
    cases = sample_tests().cases
    full = MatrixCell(
        column="unit",
        state=State.FAIL,
        counts=count_cases(cases),
        tests=tuple(sorted(case.id for case in cases)),
        reason="one fails",
    )
    none = MatrixCell(
        column="a layer", state=State.UNKNOWN, counts=count_cases([]), tests=(), reason="no test"
    )
    row = MatrixRow(
        id="S1",
        subject="pay",
        title="Payments",
        kind="risk",
        impact="$500K ARR",
        cells=(full, none),
        total=added([full.counts, none.counts]),
        status="FAILING",
        reason="one fails in unit",
        coverage=Measure(covered=1, total=2, percent=Fraction(50)),
        findings=2,
        waivers=("W1",),
        evidence=("E1",),
    )
    totals = tuple(
        MatrixTotal(column=cell.column, counts=added([cell.counts]), passing=0, wanted=1)
        for cell in row.cells
    )
    return (
        Matrix(
            name="layers",
            title="Subjects by layer",
            kind="layers",
            axis="layer",
            columns=("unit", "a layer"),
            rows=(row,),
            totals=totals,
            total=row.total,
            distinct=row.total.total,
            outside=2,
            passing=0,
            wanted=2,
            score=Fraction(0),
            scored="the policy wants unit",
            statuses={"FAILING": 1},
            gaps=(
                Gap(kind="unprotected", subject="pay", sentence="No layer protects pay.", evidence=("E1",)),
            ),
        ),
    )


def sample_categories() -> Categories:
    """Return a table of one line."""
    row = Category(name="unit", audited=2, high_quality=1, issues=3, critical=1, evidence=("E1",))
    return Categories(rows=(row,), total=row)
